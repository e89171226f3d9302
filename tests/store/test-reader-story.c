/* test-reader-story.c: what the story of a runner collects: labels, fees, waivers, transfers. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"

#include "store/reader-progress.h"
#include "store/reader-story.h"

#include <locale.h>

static ConcReceipt *
submit (Fixture *fixture, ConcCommand *command)
{
  g_autoptr (GError) error = NULL;
  ConcReceipt *receipt = conc_race_file_submit (fixture->file, command, &error);

  g_assert_no_error (error);
  conc_command_free (command);
  conc_fake_clock_advance (&fixture->clock, G_USEC_PER_SEC);
  return receipt;
}

static void
submit_and_forget (Fixture *fixture, ConcCommand *command)
{
  conc_receipt_free (submit (fixture, command));
}

static ConcRunner *
make_person (const char *given_name)
{
  ConcRunner *runner = conc_runner_new (NULL);

  conc_runner_set (runner, CONC_FIELD_GIVEN_NAME, given_name);
  conc_runner_set (runner, CONC_FIELD_FAMILY_NAME, "Lee");
  conc_runner_set (runner, CONC_FIELD_EVENT, "5K");
  return runner;
}

static char *
register_runner (Fixture *fixture, const char *given_name)
{
  ConcCommand *command = conc_command_new (CONC_COMMAND_REGISTER, &fixture->clock.clock);
  g_autoptr (ConcReceipt) receipt = NULL;

  command->runner = make_person (given_name);
  command->operator_name = g_strdup ("Maria");
  receipt = submit (fixture, command);
  return g_strdup (receipt->runner_id);
}

static void
queue_label (Fixture *fixture, const char *id)
{
  g_autoptr (GPtrArray) prints = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_print_free);
  ConcPrint *print = conc_print_new ();

  print->runner_id = g_strdup (id);
  print->bib = 7;
  print->layout = g_strdup ("bib-label");
  print->stock = g_strdup ("roll-62x29");
  print->printer = g_strdup ("Zebra");
  print->content = g_strdup ("x");
  g_ptr_array_add (prints, print);
  submit_and_forget (fixture,
                     conc_command_new_prints (CONC_COMMAND_PRINT, &fixture->clock.clock, prints));
}

static void
assert_story (Fixture *fixture, const char *subject, const char *const *wanted)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines =
      conc_reader_read_story (fixture_get_reader (fixture), subject, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < lines->len; i++)
    {
      const ConcStoryLine *line = g_ptr_array_index (lines, i);

      g_test_message ("%s", line->sentence);
      g_assert_cmpstr (line->place, ==, "This laptop");
      g_assert_cmpstr (line->sentence, ==, wanted[i]);
    }
  g_assert_null (wanted[lines->len]);
}

static void
test_desk (Fixture *fixture, gconstpointer data)
{
  static const char *const wanted[] = {
    "Registered at the desk: Cai Lee, 5K.",
    "Waiver signed on the screen by Cai Lee.",
    "Waiver accepted.",
    "Paid $35.00 at the desk (Cash).",
    "Checked in and given bib 7.",
    "Bib label for bib 7 waits for Zebra.",
    NULL,
  };
  g_autofree char *id = register_runner (fixture, "Cai");
  g_autofree char *other = register_runner (fixture, "Dee");

  submit_and_forget (fixture, conc_command_new_waiver (&fixture->clock.clock, id, "screen",
                                                       "Cai Lee", "0,0 9,9"));
  submit_and_forget (fixture,
                     conc_command_new_fee (&fixture->clock.clock, id, 3500, CONC_METHOD_CASH));
  submit_and_forget (fixture,
                     conc_command_new_fee (&fixture->clock.clock, other, 100, CONC_METHOD_CASH));
  submit_and_forget (fixture, conc_command_new_check_in (&fixture->clock.clock, id, 7));
  queue_label (fixture, id);
  queue_label (fixture, other);
  assert_story (fixture, id, wanted);
}

/* Each of the two says who the other is. */
static void
test_transfer (Fixture *fixture, gconstpointer data)
{
  static const char *const wanted_old[] = {
    "Registered at the desk: Cai Lee, 5K.",
    "The place was given to somebody else. Eli Lee runs instead.",
    NULL,
  };
  static const char *const wanted_new[] = {
    "Entered at the desk in place of Cai Lee: Eli Lee, 5K.",
    NULL,
  };
  g_autofree char *id = register_runner (fixture, "Cai");
  g_autoptr (ConcRunner) person = make_person ("Eli");
  g_autoptr (ConcReceipt) receipt = NULL;

  receipt = submit (fixture, conc_command_new_transfer (&fixture->clock.clock, id, person));
  assert_story (fixture, id, wanted_old);
  assert_story (fixture, receipt->runner_id, wanted_new);
}

static void
test_who_and_where (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = register_runner (fixture, "Cai");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines = conc_reader_read_story (fixture_get_reader (fixture), id, &error);
  const ConcStoryLine *line;
  g_autofree char     *where = NULL;

  g_assert_no_error (error);
  line = g_ptr_array_index (lines, 0);
  where = conc_story_line_dup_where (line);
  g_assert_cmpstr (where, ==, "This laptop (Maria)");
  g_assert_cmpint (line->at_usec, ==, RACE_DAY_USEC);
}

static void
test_nothing_known (Fixture *fixture, gconstpointer data)
{
  static const char *const wanted[] = { NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *subject = conc_reader_find_story (fixture_get_reader (fixture), "5", &error);

  g_assert_error (error, CONC_STORE_ERROR, CONC_STORE_ERROR_REFUSED);
  g_assert_null (subject);
  assert_story (fixture, "rnobody", wanted);
}

/* Who does not come is not missing, and comes all the same when checked in. */
static void
test_progress (Fixture *fixture, gconstpointer data)
{
  g_autofree char *cai = register_runner (fixture, "Cai");
  g_autofree char *dee = register_runner (fixture, "Dee");
  g_autoptr (ConcProgress) before = NULL;
  g_autoptr (ConcProgress) after = NULL;
  g_autoptr (ConcProgress) late = NULL;

  submit_and_forget (fixture, conc_command_new_check_in (&fixture->clock.clock, cai, 1));
  before = conc_reader_read_progress (fixture_get_reader (fixture), RACE_DAY_USEC, NULL);
  g_assert_cmpuint (before->n_missing, ==, 1);
  g_assert_cmpuint (before->arrivals->len, ==, 1);
  submit_and_forget (fixture, conc_command_new (CONC_COMMAND_NO_SHOWS, &fixture->clock.clock));
  after = conc_reader_read_progress (fixture_get_reader (fixture), RACE_DAY_USEC, NULL);
  g_assert_cmpuint (after->n_missing, ==, 0);
  g_assert_cmpuint (after->n_no_shows, ==, 1);
  g_assert_cmpuint (after->n_expected, ==, 1);
  submit_and_forget (fixture, conc_command_new_check_in (&fixture->clock.clock, dee, 2));
  late = conc_reader_read_progress (fixture_get_reader (fixture), RACE_DAY_USEC, NULL);
  g_assert_cmpuint (late->n_no_shows, ==, 0);
  g_assert_cmpuint (late->n_checked_in, ==, 2);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/reader-story/what-a-desk-does", Fixture, NULL, fixture_set_up, test_desk,
              fixture_tear_down);
  g_test_add ("/reader-story/a-transfer-is-told-on-both-sides", Fixture, NULL, fixture_set_up,
              test_transfer, fixture_tear_down);
  g_test_add ("/reader-story/who-and-where", Fixture, NULL, fixture_set_up, test_who_and_where,
              fixture_tear_down);
  g_test_add ("/reader-story/nothing-known", Fixture, NULL, fixture_set_up, test_nothing_known,
              fixture_tear_down);
  g_test_add ("/reader-story/who-does-not-come-is-not-missing", Fixture, NULL, fixture_set_up,
              test_progress, fixture_tear_down);
  return g_test_run ();
}
