/* test-desk-commands.c: what the desk does: bibs, waivers, payments, transfers, and who does not
 * come. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"

#include "core/race-time.h"
#include "core/runner-facts.h"
#include "store/reader-desk.h"

#include <locale.h>
#include <string.h>

#define SECOND_USEC ((gint64) G_USEC_PER_SEC)

static const char export[] =
    "First Name,Last Name,Registration ID,Date of Birth,Bib,Event,Wave,Team,Team Captain,T-Shirt "
    "Size,Email,Nickname,Balance Due,Medical Notes,Waiver\n"
    "Ann,Olson,R1,1990-05-01,5,5K,A,Olsons,yes,M,olson@example.org,Annie,,asthma,yes\n"
    "Ben,Olson,R2,2010-02-03,,5K,B,Olsons,no,Youth M,olson@example.org,,12.50,,no\n"
    "Cai,Lee,R3,,7,5K,A,Runners,,L,cai@example.org,,,,yes\n"
    "Dee,Vang,R4,1970-01-01,,Virtual 5K,,Olsons,,S,olson@example.org,,,,yes\n"
    "Eli,Vang,R5,1971-01-01,,5K,A,Runners,,m,eli@example.org,,,,yes\n";

/* ----------------------------------------------------------------------- what is asked */

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture_set_up (fixture, data);
  fixture_set (fixture, CONC_SETTING_FEE, "35.00");
  fixture_set (fixture, CONC_SETTING_SHIRTS, "S=2, M=3");
  fixture_import (fixture, export, strlen (export));
}

static ConcRunner *
find (Fixture *fixture, const char *name)
{
  g_autoptr (GPtrArray) runners = conc_reader_list_runners (fixture_get_reader (fixture), NULL);

  for (guint i = 0; i < runners->len; i++)
    {
      ConcRunner      *runner = g_ptr_array_index (runners, i);
      g_autofree char *full = conc_runner_dup_full_name (runner);

      if (strcmp (full, name) == 0)
        return conc_runner_copy (runner);
    }
  return NULL;
}

static char *
find_id (Fixture *fixture, const char *name)
{
  g_autoptr (ConcRunner) runner = find (fixture, name);

  g_assert_nonnull (runner);
  return g_strdup (conc_runner_get_id (runner));
}

static void
assert_field (Fixture *fixture, const char *name, ConcField field, const char *wanted)
{
  g_autoptr (ConcRunner) runner = find (fixture, name);

  g_assert_nonnull (runner);
  g_assert_cmpstr (conc_runner_get (runner, field), ==, wanted);
}

static gboolean
count_cb (ConcFact *fact, gpointer user_data)
{
  (*(guint *) user_data)++;
  return TRUE;
}

static guint
count_facts (Fixture *fixture)
{
  guint n = 0;

  g_assert_true (conc_reader_each_fact (fixture_get_reader (fixture), count_cb, &n, NULL));
  return n;
}

static ConcReceipt *
submit (Fixture *fixture, ConcCommand *command)
{
  g_autoptr (ConcCommand) owned = command;
  g_autoptr (GError) error = NULL;
  ConcReceipt *receipt = conc_race_file_submit (fixture->file, owned, &error);

  g_assert_no_error (error);
  conc_fake_clock_advance (&fixture->clock, SECOND_USEC);
  return receipt;
}

static void
do_it (Fixture *fixture, ConcCommand *command)
{
  g_autoptr (ConcReceipt) receipt = submit (fixture, command);
}

/* Nothing is written, and a whole sentence says why. */
static void
assert_refused (Fixture *fixture, ConcCommand *command, const char *sentence)
{
  g_autoptr (ConcCommand) owned = command;
  g_autoptr (GError) error = NULL;
  guint n_before = count_facts (fixture);

  g_assert_null (conc_race_file_submit (fixture->file, owned, &error));
  g_assert_error (error, CONC_STORE_ERROR, CONC_STORE_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==, sentence);
  g_assert_cmpuint (count_facts (fixture), ==, n_before);
}

static ConcCommand *
about (Fixture *fixture, ConcCommandKind kind, const char *name)
{
  ConcCommand *command = conc_command_new (kind, &fixture->clock.clock);

  command->runner_id = find_id (fixture, name);
  return command;
}

static ConcCommand *
check_in (Fixture *fixture, const char *name, guint bib)
{
  g_autofree char *id = find_id (fixture, name);

  return conc_command_new_check_in (&fixture->clock.clock, id, bib);
}

static ConcCommand *
attend (Fixture *fixture, const char *name, const char *attendance)
{
  g_autofree char *id = find_id (fixture, name);

  return conc_command_new_attendance (&fixture->clock.clock, id, attendance);
}

static ConcCommand *
pay (Fixture *fixture, const char *name, gint64 cents, ConcMethod method)
{
  g_autofree char *id = find_id (fixture, name);

  return conc_command_new_fee (&fixture->clock.clock, id, cents, method);
}

static ConcCommand *
transfer (Fixture *fixture, const char *name, const char *given, const char *family)
{
  g_autofree char *id = find_id (fixture, name);
  g_autoptr (ConcRunner) person = conc_runner_new (NULL);

  conc_runner_set (person, CONC_FIELD_GIVEN_NAME, given);
  conc_runner_set (person, CONC_FIELD_FAMILY_NAME, family);
  conc_runner_set (person, CONC_FIELD_EMAIL, "new@example.org");
  conc_runner_set (person, CONC_FIELD_BIRTH_DATE, "2000-01-01");
  return conc_command_new_transfer (&fixture->clock.clock, id, person);
}

static void
cross (Fixture *fixture, guint bib)
{
  do_it (fixture, conc_command_new_bib (CONC_COMMAND_CROSS, &fixture->clock.clock, bib));
}

/* ------------------------------------------------------------------------- check-in */

static void
test_bib_with_check_in (Fixture *fixture, gconstpointer data)
{
  ConcCommand *command = check_in (fixture, "Ben Olson", 20);
  g_autoptr (ConcReceipt) receipt = NULL;

  command->shirt = g_strdup ("Youth L");
  receipt = submit (fixture, command);
  g_assert_cmpuint (receipt->n_facts, ==, 1);
  g_assert_cmpuint (receipt->bib, ==, 20);
  assert_field (fixture, "Ben Olson", CONC_FIELD_BIB, "20");
  assert_field (fixture, "Ben Olson", CONC_FIELD_SHIRT_GIVEN, "Youth L");
  assert_field (fixture, "Ben Olson", CONC_FIELD_SHIRT, "Youth M");
  do_it (fixture, about (fixture, CONC_COMMAND_CHECK_OUT, "Ben Olson"));
  assert_field (fixture, "Ben Olson", CONC_FIELD_BIB, NULL);
  assert_field (fixture, "Ben Olson", CONC_FIELD_SHIRT_GIVEN, NULL);
  assert_field (fixture, "Ben Olson", CONC_FIELD_CHECKED_IN, NULL);
}

static void
test_undo_takes_both (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConcReceipt) receipt = submit (fixture, check_in (fixture, "Ben Olson", 20));

  do_it (fixture, conc_command_new_undo (&fixture->clock.clock, &receipt->fact));
  assert_field (fixture, "Ben Olson", CONC_FIELD_BIB, NULL);
  assert_field (fixture, "Ben Olson", CONC_FIELD_CHECKED_IN, NULL);
}

static void
test_bib_of_another (Fixture *fixture, gconstpointer data)
{
  ConcCommand *command = check_in (fixture, "Ben Olson", 5);

  assert_refused (fixture, command, "Bib 5 belongs to Ann Olson. Give another bib.");
  command = check_in (fixture, "Ben Olson", 5);
  command->take_bib = TRUE;
  do_it (fixture, command);
  assert_field (fixture, "Ben Olson", CONC_FIELD_BIB, "5");
  assert_field (fixture, "Ann Olson", CONC_FIELD_BIB, NULL);
  do_it (fixture, check_in (fixture, "Ann Olson", 6));
  command = check_in (fixture, "Eli Vang", 6);
  command->take_bib = TRUE;
  assert_refused (fixture, command,
                  "Bib 6 belongs to Ann Olson, who is checked in with it. Give another bib.");
}

static void
test_other_bib (Fixture *fixture, gconstpointer data)
{
  ConcCommand *command = check_in (fixture, "Ann Olson", 9);
  g_autoptr (ConcReceipt) receipt = NULL;

  assert_refused (fixture, command, "Ann Olson has bib 5 already, not 9.");
  command = check_in (fixture, "Ann Olson", 9);
  command->replace_bib = TRUE;
  receipt = submit (fixture, command);
  g_assert_cmpuint (receipt->n_facts, ==, 1);
  assert_field (fixture, "Ann Olson", CONC_FIELD_BIB, "9");
  do_it (fixture, about (fixture, CONC_COMMAND_CHECK_OUT, "Ann Olson"));
  assert_field (fixture, "Ann Olson", CONC_FIELD_BIB, "5");
}

static void
test_bib_out_of_range (Fixture *fixture, gconstpointer data)
{
  assert_refused (fixture, check_in (fixture, "Ben Olson", CONC_BIB_MAX + 1),
                  "A bib is a number from 1 to 999999.");
}

/* The bib that the runner has is not said again. */
static void
test_same_bib (Fixture *fixture, gconstpointer data)
{
  do_it (fixture, check_in (fixture, "Ann Olson", 5));
  do_it (fixture, about (fixture, CONC_COMMAND_CHECK_OUT, "Ann Olson"));
  assert_field (fixture, "Ann Olson", CONC_FIELD_BIB, "5");
}

static void
test_here_already (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConcReceipt) first = submit (fixture, check_in (fixture, "Ben Olson", 0));
  g_autoptr (ConcReceipt) again = submit (fixture, check_in (fixture, "Ben Olson", 0));
  g_autoptr (ConcReceipt) with_bib = NULL;
  ConcCommand *command = check_in (fixture, "Ben Olson", 20);

  g_assert_true (again->was_already);
  g_assert_cmpuint (again->n_facts, ==, 0);
  g_assert_cmpint (again->at_usec, ==, first->at_usec);
  command->shirt = g_strdup ("L");
  with_bib = submit (fixture, command);
  g_assert_true (with_bib->was_already);
  g_assert_cmpuint (with_bib->n_facts, ==, 2);
  assert_field (fixture, "Ben Olson", CONC_FIELD_BIB, "20");
  assert_field (fixture, "Ben Olson", CONC_FIELD_SHIRT_GIVEN, "L");
}

/* --------------------------------------------------------------------------- waiver */

static ConcCommand *
sign (Fixture *fixture, const char *how, const char *signer, const char *signature)
{
  g_autofree char *id = find_id (fixture, "Ben Olson");

  return conc_command_new_waiver (&fixture->clock.clock, id, how, signer, signature);
}

static void
test_waiver (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = find_id (fixture, "Ben Olson");
  g_autoptr (ConcWaiver) none = conc_reader_get_waiver (fixture_get_reader (fixture), id, NULL);
  g_autoptr (ConcWaiver) screen = NULL;
  g_autoptr (ConcWaiver) paper = NULL;

  g_assert_null (none);
  do_it (fixture, sign (fixture, "screen", "Ann Olson", "1,2 1,2 3,4"));
  assert_field (fixture, "Ben Olson", CONC_FIELD_WAIVER, "yes");
  screen = conc_reader_get_waiver (fixture_get_reader (fixture), id, NULL);
  g_assert_false (screen->is_on_paper);
  g_assert_cmpstr (screen->signer, ==, "Ann Olson");
  g_assert_cmpstr (screen->signature, ==, "1,2 3,4");
  g_assert_cmpint (screen->at_usec, ==, RACE_DAY_USEC);
  do_it (fixture, sign (fixture, "paper", NULL, NULL));
  paper = conc_reader_get_waiver (fixture_get_reader (fixture), id, NULL);
  g_assert_true (paper->is_on_paper);
}

static void
test_waiver_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *long_name = g_strnfill (401, 'n');

  assert_refused (fixture, sign (fixture, "screen", NULL, NULL), "The waiver is not signed yet.");
  assert_refused (fixture, sign (fixture, "screen", NULL, "5,5"), "The waiver is not signed yet.");
  assert_refused (fixture, sign (fixture, "air", NULL, "1,1 2,2"),
                  "A waiver is accepted on the screen or on paper.");
  assert_refused (fixture, sign (fixture, NULL, NULL, NULL),
                  "A waiver is accepted on the screen or on paper.");
  assert_refused (fixture, sign (fixture, "paper", long_name, NULL),
                  "The name of who signs has at most 400 letters.");
  assert_refused (fixture, sign (fixture, "screen", NULL, "x"),
                  "This is not a signature: strokes are written “x,y x,y;x,y x,y” in whole "
                  "numbers from 0 to 1000.");
}

/* ------------------------------------------------------------------------- payments */

static void
test_fee (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = find_id (fixture, "Ben Olson");
  g_autoptr (ConcReceipt) first = NULL;
  g_autoptr (GPtrArray) fees = NULL;
  ConcCounts counts;

  assert_field (fixture, "Ben Olson", CONC_FIELD_BALANCE, "1250");
  g_assert_cmpint (conc_reader_get_paid_cents (fixture_get_reader (fixture), id, NULL), ==, 0);
  first = submit (fixture, pay (fixture, "Ben Olson", 1000, CONC_METHOD_CASH));
  do_it (fixture, pay (fixture, "Ben Olson", 250, CONC_METHOD_CARD));
  g_assert_cmpint (conc_reader_get_paid_cents (fixture_get_reader (fixture), id, NULL), ==, 1250);
  fees = conc_reader_list_fees (fixture_get_reader (fixture), id, NULL);
  g_assert_cmpuint (fees->len, ==, 2);
  g_assert_cmpint (((ConcFee *) g_ptr_array_index (fees, 0))->amount_cents, ==, 1000);
  g_assert_cmpint (((ConcFee *) g_ptr_array_index (fees, 1))->method, ==, CONC_METHOD_CARD);
  do_it (fixture, conc_command_new_undo (&fixture->clock.clock, &first->fact));
  g_assert_cmpint (conc_reader_get_paid_cents (fixture_get_reader (fixture), id, NULL), ==, 250);
  g_assert_true (conc_reader_count (fixture_get_reader (fixture), &counts, NULL));
  g_assert_cmpint (counts.raised_cents, ==, 0);
  g_assert_cmpuint (counts.n_gifts, ==, 0);
}

static void
test_fee_refused (Fixture *fixture, gconstpointer data)
{
  assert_refused (fixture, pay (fixture, "Ben Olson", 0, CONC_METHOD_CASH),
                  "A payment is more than nothing and at most $100,000,000.");
  assert_refused (fixture, pay (fixture, "Ben Olson", -5, CONC_METHOD_CASH),
                  "A payment is more than nothing and at most $100,000,000.");
  assert_refused (fixture, pay (fixture, "Ben Olson", 5, CONC_METHOD_PLEDGE),
                  "A fee is paid in cash, by check, by card or online.");
}

/* A walk-up owes what the race asks for, unless the desk says otherwise. */
static void
test_walk_up_owes (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "Una", "Vic" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      ConcCommand *command = conc_command_new (CONC_COMMAND_REGISTER, &fixture->clock.clock);

      command->runner = conc_runner_new (NULL);
      conc_runner_set (command->runner, CONC_FIELD_GIVEN_NAME, names[i]);
      if (i == 1)
        conc_runner_set (command->runner, CONC_FIELD_BALANCE, "0");
      do_it (fixture, command);
    }
  assert_field (fixture, "Una", CONC_FIELD_BALANCE, "3500");
  assert_field (fixture, "Vic", CONC_FIELD_BALANCE, "0");
}

/* ------------------------------------------------------------------------ transfers */

static void
test_transfer (Fixture *fixture, gconstpointer data)
{
  g_autofree char *old_id = find_id (fixture, "Ann Olson");
  g_autofree char *to = NULL;
  g_autofree char *from = NULL;
  g_autoptr (ConcReceipt) receipt =
      submit (fixture, transfer (fixture, "Ann Olson", "Zoe", "Yang"));

  assert_field (fixture, "Zoe Yang", CONC_FIELD_BIB, "5");
  assert_field (fixture, "Zoe Yang", CONC_FIELD_EVENT, "5K");
  assert_field (fixture, "Zoe Yang", CONC_FIELD_WAVE, "A");
  assert_field (fixture, "Zoe Yang", CONC_FIELD_SHIRT, "M");
  assert_field (fixture, "Zoe Yang", CONC_FIELD_TEAM, "Olsons");
  assert_field (fixture, "Zoe Yang", CONC_FIELD_AGE, "17");
  assert_field (fixture, "Zoe Yang", CONC_FIELD_EMAIL, "new@example.org");
  assert_field (fixture, "Zoe Yang", CONC_FIELD_WAIVER, NULL);
  assert_field (fixture, "Zoe Yang", CONC_FIELD_MEDICAL, NULL);
  assert_field (fixture, "Zoe Yang", CONC_FIELD_BALANCE, NULL);
  assert_field (fixture, "Ann Olson", CONC_FIELD_BIB, NULL);
  assert_field (fixture, "Ann Olson", CONC_FIELD_ATTENDANCE, "transferred");
  to = conc_reader_dup_transferred_to (fixture_get_reader (fixture), old_id, NULL);
  g_assert_cmpstr (to, ==, receipt->runner_id);
  from = conc_reader_dup_transferred_from (fixture_get_reader (fixture), to, NULL);
  g_assert_cmpstr (from, ==, old_id);
  assert_refused (fixture, check_in (fixture, "Ann Olson", 0),
                  "The place of Ann Olson was given to Zoe Yang. Take that back first.");
  assert_refused (fixture, attend (fixture, "Ann Olson", ""),
                  "The place was given to Zoe Yang. Take Zoe Yang out of the race first.");
  assert_refused (fixture, attend (fixture, "Ann Olson", "deferred"),
                  "The place of Ann Olson was given to somebody else. Take that back first.");
  assert_refused (fixture, transfer (fixture, "Ann Olson", "Xi", "Yang"),
                  "The place of Ann Olson was given to somebody else already.");
}

static void
test_transfer_back (Fixture *fixture, gconstpointer data)
{
  do_it (fixture, transfer (fixture, "Ann Olson", "Zoe", "Yang"));
  do_it (fixture, about (fixture, CONC_COMMAND_REMOVE_RUNNER, "Zoe Yang"));
  do_it (fixture, attend (fixture, "Ann Olson", ""));
  assert_field (fixture, "Ann Olson", CONC_FIELD_BIB, "5");
  assert_field (fixture, "Ann Olson", CONC_FIELD_ATTENDANCE, NULL);
  do_it (fixture, check_in (fixture, "Ann Olson", 0));
}

static void
test_transfer_refused (Fixture *fixture, gconstpointer data)
{
  assert_refused (fixture, transfer (fixture, "Ann Olson", "", NULL), "A runner needs a name.");
  cross (fixture, 7);
  assert_refused (fixture, transfer (fixture, "Cai Lee", "Zoe", "Yang"),
                  "Cai Lee has a time on the course, and so is here.");
  do_it (fixture, check_in (fixture, "Ann Olson", 0));
  assert_refused (fixture, transfer (fixture, "Ann Olson", "Zoe", "Yang"),
                  "Ann Olson is checked in. Take the check-in back first.");
}

/* ----------------------------------------------------------------------- attendance */

static void
test_deferred (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConcReceipt) again = NULL;

  do_it (fixture, attend (fixture, "Ann Olson", "deferred"));
  assert_field (fixture, "Ann Olson", CONC_FIELD_ATTENDANCE, "deferred");
  assert_field (fixture, "Ann Olson", CONC_FIELD_EVENT, "Virtual 5K");
  again = submit (fixture, attend (fixture, "Ann Olson", "deferred"));
  g_assert_true (again->was_already);
  do_it (fixture, attend (fixture, "Ann Olson", "no-show"));
  assert_field (fixture, "Ann Olson", CONC_FIELD_EVENT, "5K");
  do_it (fixture, attend (fixture, "Ann Olson", "deferred"));
  do_it (fixture, attend (fixture, "Ann Olson", ""));
  assert_field (fixture, "Ann Olson", CONC_FIELD_ATTENDANCE, NULL);
  assert_field (fixture, "Ann Olson", CONC_FIELD_EVENT, "5K");
}

static void
test_deferred_comes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConcReceipt) receipt = NULL;

  do_it (fixture, attend (fixture, "Ann Olson", "deferred"));
  receipt = submit (fixture, check_in (fixture, "Ann Olson", 0));
  g_assert_cmpuint (receipt->n_facts, ==, 1);
  assert_field (fixture, "Ann Olson", CONC_FIELD_ATTENDANCE, NULL);
  assert_field (fixture, "Ann Olson", CONC_FIELD_EVENT, "5K");
  do_it (fixture, about (fixture, CONC_COMMAND_CHECK_OUT, "Ann Olson"));
  assert_field (fixture, "Ann Olson", CONC_FIELD_ATTENDANCE, "deferred");
  assert_field (fixture, "Ann Olson", CONC_FIELD_EVENT, "Virtual 5K");
}

static void
test_attendance_refused (Fixture *fixture, gconstpointer data)
{
  assert_refused (fixture, attend (fixture, "Ann Olson", "asleep"),
                  "A runner is expected, a no-show or deferred.");
  assert_refused (fixture, attend (fixture, "Ann Olson", "transferred"),
                  "A runner is expected, a no-show or deferred.");
  do_it (fixture, check_in (fixture, "Ann Olson", 0));
  assert_refused (fixture, attend (fixture, "Ann Olson", "no-show"),
                  "Ann Olson is checked in. Take the check-in back first.");
}

static void
test_no_shows (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConcReceipt) receipt = NULL;
  g_autoptr (ConcReceipt) again = NULL;
  ConcCounts counts;

  do_it (fixture, check_in (fixture, "Ann Olson", 0));
  cross (fixture, 7);
  receipt = submit (fixture, conc_command_new (CONC_COMMAND_NO_SHOWS, &fixture->clock.clock));
  g_assert_cmpuint (receipt->n_facts, ==, 2);
  assert_field (fixture, "Ben Olson", CONC_FIELD_ATTENDANCE, "no-show");
  assert_field (fixture, "Eli Vang", CONC_FIELD_ATTENDANCE, "no-show");
  assert_field (fixture, "Ann Olson", CONC_FIELD_ATTENDANCE, NULL);
  assert_field (fixture, "Cai Lee", CONC_FIELD_ATTENDANCE, NULL);
  assert_field (fixture, "Dee Vang", CONC_FIELD_ATTENDANCE, NULL);
  again = submit (fixture, conc_command_new (CONC_COMMAND_NO_SHOWS, &fixture->clock.clock));
  g_assert_true (again->was_already);
  g_assert_true (conc_reader_count (fixture_get_reader (fixture), &counts, NULL));
  g_assert_cmpuint (counts.n_no_shows, ==, 2);
  g_assert_cmpuint (counts.n_expected, ==, 4);
  do_it (fixture, check_in (fixture, "Eli Vang", 30));
  assert_field (fixture, "Eli Vang", CONC_FIELD_ATTENDANCE, NULL);
}

/* Who does not come gets no number, and is not expected. */
static void
test_who_counts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConcReceipt) receipt = NULL;
  ConcCounts counts;

  do_it (fixture, attend (fixture, "Ben Olson", "deferred"));
  do_it (fixture, transfer (fixture, "Ann Olson", "Zoe", "Yang"));
  g_assert_true (conc_reader_count (fixture_get_reader (fixture), &counts, NULL));
  g_assert_cmpuint (counts.n_registered, ==, 6);
  g_assert_cmpuint (counts.n_virtual, ==, 2);
  g_assert_cmpuint (counts.n_deferred, ==, 1);
  g_assert_cmpuint (counts.n_transferred, ==, 1);
  g_assert_cmpuint (counts.n_expected, ==, 3);
  receipt = submit (fixture, conc_command_new (CONC_COMMAND_ASSIGN_BIBS, &fixture->clock.clock));
  g_assert_cmpuint (receipt->n_facts, ==, 1);
  assert_field (fixture, "Eli Vang", CONC_FIELD_BIB, "1");
}

/* -------------------------------------------------------------------------- readers */

static void
test_groups (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *name;
    const char *group;
  } vectors[] = {
    { "Ann Olson", "Ann Ben" },    { "Ben Olson", "Ann Ben" }, { "Cai Lee", "Cai" },
    { "Dee Vang", "Ann Ben Dee" }, { "Eli Vang", "Eli" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *id = find_id (fixture, vectors[i].name);
      g_autoptr (GPtrArray) group = conc_reader_list_group (fixture_get_reader (fixture), id, NULL);
      g_autoptr (GString) names = g_string_new (NULL);

      for (guint n = 0; n < group->len; n++)
        g_string_append_printf (names, "%s%s", n > 0 ? " " : "",
                                conc_runner_get (g_ptr_array_index (group, n),
                                                 CONC_FIELD_GIVEN_NAME));
      g_assert_cmpstr (names->str, ==, vectors[i].group);
    }
}

static void
test_large_group (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = NULL;
  g_autoptr (GPtrArray) group = NULL;
  gboolean has_last = FALSE;

  for (guint i = 0; i < 60; i++)
    {
      ConcCommand *command = conc_command_new (CONC_COMMAND_REGISTER, &fixture->clock.clock);

      command->runner = conc_runner_new (NULL);
      conc_runner_take (command->runner, CONC_FIELD_GIVEN_NAME, g_strdup_printf ("Kid %02u", i));
      conc_runner_set (command->runner, CONC_FIELD_EMAIL, "School@Example.org");
      do_it (fixture, command);
    }
  id = find_id (fixture, "Kid 59");
  group = conc_reader_list_group (fixture_get_reader (fixture), id, NULL);
  g_assert_cmpuint (group->len, ==, CONC_GROUP_MAX);
  for (guint i = 0; i < group->len; i++)
    has_last |= g_strcmp0 (conc_runner_get_id (g_ptr_array_index (group, i)), id) == 0;
  g_assert_true (has_last);
}

static void
assert_shirts (Fixture *fixture, const char *wanted)
{
  g_autoptr (GPtrArray) counts = conc_reader_count_shirts (fixture_get_reader (fixture), NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < counts->len; i++)
    {
      const ConcShirtCount *count = g_ptr_array_index (counts, i);

      g_string_append_printf (text, "%s%s %u %u %u %d", i > 0 ? "; " : "", count->size, count->had,
                              count->ordered, count->given, count->left);
    }
  g_assert_cmpstr (text->str, ==, wanted);
}

/* Size, had, ordered, handed out, left. */
static void
test_shirts (Fixture *fixture, gconstpointer data)
{
  ConcCommand *command = check_in (fixture, "Ann Olson", 0);

  assert_shirts (fixture, "S 2 0 0 2; M 3 2 0 3; L 0 1 0 0; Youth M 0 1 0 0");
  command->shirt = g_strdup ("L");
  do_it (fixture, command);
  do_it (fixture, attend (fixture, "Eli Vang", "deferred"));
  assert_shirts (fixture, "S 2 0 0 2; M 3 1 0 3; L 0 1 1 -1; Youth M 0 1 0 0");
}

/* Somebody who is not to be named is not named by another name either. */
static void
test_known_as (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConcRunner) seen = find (fixture, "Ann Olson");
  g_autoptr (ConcRunner) wanted = conc_runner_copy (seen);
  g_autoptr (ConcBody) public_body = NULL;

  g_assert_cmpstr (conc_runner_get (seen, CONC_FIELD_KNOWN_AS), ==, "Annie");
  g_assert_true (conc_runner_get_captain (seen));
  conc_runner_set (wanted, CONC_FIELD_PUBLIC, "no");
  public_body = conc_runner_to_public_body (wanted);
  g_assert_false (conc_body_has (public_body, "known_as"));
  g_assert_cmpint (conc_field_get_set_kind (CONC_FIELD_KNOWN_AS, FALSE), ==,
                   CONC_KIND_RUNNER_SET_PRIVATE);
  g_assert_cmpint (conc_field_get_set_kind (CONC_FIELD_KNOWN_AS, TRUE), ==, CONC_KIND_RUNNER_SET);
}

static void
add (const char *path, void (*test) (Fixture *fixture, gconstpointer data))
{
  g_autofree char *name = g_strconcat ("/desk/", path, NULL);

  g_test_add (name, Fixture, NULL, set_up, test, fixture_tear_down);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  add ("a bib is given with the check-in, and taken back with it", test_bib_with_check_in);
  add ("an undo takes back check-in and bib", test_undo_takes_both);
  add ("the bib of another", test_bib_of_another);
  add ("another bib than the runner has", test_other_bib);
  add ("a bib out of range", test_bib_out_of_range);
  add ("the bib that the runner has", test_same_bib);
  add ("here already", test_here_already);
  add ("a waiver", test_waiver);
  add ("a waiver is refused", test_waiver_refused);
  add ("a fee", test_fee);
  add ("a fee is refused", test_fee_refused);
  add ("a walk-up owes the fee", test_walk_up_owes);
  add ("a transfer", test_transfer);
  add ("a transfer is taken back", test_transfer_back);
  add ("a transfer is refused", test_transfer_refused);
  add ("deferred", test_deferred);
  add ("deferred and comes", test_deferred_comes);
  add ("attendance is refused", test_attendance_refused);
  add ("no-shows", test_no_shows);
  add ("who does not come is not expected", test_who_counts);
  add ("who registered together", test_groups);
  add ("a school registered together", test_large_group);
  add ("shirts", test_shirts);
  add ("another name is a name", test_known_as);
  return g_test_run ();
}
