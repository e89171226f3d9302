/* test-prints.c: the print queue as facts, and what is still to be printed. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"

#include "store/reader-desk.h"

#include <locale.h>
#include <string.h>

#define LAYOUT "bib-label"

static const char export[] = "First Name,Last Name,Registration ID,Bib,Event\n"
                             "Ann,Olson,R1,5,5K\nBen,Olson,R2,6,5K\nCai,Lee,R3,7,5K\n"
                             "Dee,Vang,R4,,5K\nEli,Vang,R5,9,Virtual 5K\n";

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture_set_up (fixture, data);
  fixture_import (fixture, export, strlen (export));
}

static ConcPrint *
make_print (Fixture *fixture, guint bib)
{
  g_autoptr (ConcRunner) runner =
      conc_reader_get_runner_by_bib (fixture_get_reader (fixture), bib, NULL);
  ConcPrint *print = conc_print_new ();

  print->runner_id = g_strdup (conc_runner_get_id (runner));
  print->bib = bib;
  print->layout = g_strdup (LAYOUT);
  print->stock = g_strdup ("avery-5160");
  print->printer = g_strdup ("Desk");
  print->batch = g_strdup ("b1");
  print->content = g_strdup_printf ("hash of %u", bib);
  return print;
}

static ConcReceipt *
submit (Fixture *fixture, ConcCommandKind kind, GPtrArray *prints, GError **error)
{
  g_autoptr (ConcCommand) command = conc_command_new_prints (kind, &fixture->clock.clock, prints);
  ConcReceipt *receipt = conc_race_file_submit (fixture->file, command, error);

  conc_fake_clock_advance (&fixture->clock, G_USEC_PER_SEC);
  return receipt;
}

static char *
queue_one (Fixture *fixture, guint bib)
{
  g_autoptr (GPtrArray) prints = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_print_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcReceipt) receipt = NULL;

  g_ptr_array_add (prints, make_print (fixture, bib));
  receipt = submit (fixture, CONC_COMMAND_PRINT, prints, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (receipt->print_ids->len, ==, 1);
  return g_strdup (g_ptr_array_index (receipt->print_ids, 0));
}

static guint
set_state (Fixture *fixture, const char *id, ConcPrintState state, const char *detail)
{
  g_autoptr (GPtrArray) prints = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_print_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcReceipt) receipt = NULL;
  ConcPrint *print = conc_print_new ();

  print->id = g_strdup (id);
  print->state = state;
  print->detail = g_strdup (detail);
  g_ptr_array_add (prints, print);
  receipt = submit (fixture, CONC_COMMAND_PRINT_STATE, prints, &error);
  g_assert_no_error (error);
  return receipt->n_facts;
}

static void
test_states (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = queue_one (fixture, 5);
  g_autoptr (ConcPrint) print = conc_reader_get_print (fixture_get_reader (fixture), id, NULL);
  g_autoptr (ConcPrint) failed = NULL;

  g_assert_true (*id == 'p');
  g_assert_cmpint (print->state, ==, CONC_PRINT_QUEUED);
  g_assert_cmpint (print->queued_usec, ==, RACE_DAY_USEC);
  g_assert_cmpint (print->state_usec, ==, RACE_DAY_USEC);
  g_assert_cmpstr (print->station, ==, conc_race_file_get_station (fixture->file));
  g_assert_cmpstr (print->stock, ==, "avery-5160");
  g_assert_cmpstr (print->content, ==, "hash of 5");
  g_assert_cmpuint (print->bib, ==, 5);
  g_assert_cmpuint (set_state (fixture, id, CONC_PRINT_PRINTING, NULL), ==, 1);
  g_assert_cmpuint (set_state (fixture, id, CONC_PRINT_PRINTING, NULL), ==, 0);
  g_assert_cmpuint (set_state (fixture, id, CONC_PRINT_FAILED, "no paper"), ==, 1);
  failed = conc_reader_get_print (fixture_get_reader (fixture), id, NULL);
  g_assert_cmpint (failed->state, ==, CONC_PRINT_FAILED);
  g_assert_cmpstr (failed->detail, ==, "no paper");
  g_assert_cmpstr (failed->printer, ==, "Desk");
  g_assert_cmpint (failed->state_usec, >, failed->queued_usec);
}

static void
test_lists (Fixture *fixture, gconstpointer data)
{
  g_autofree char *a = queue_one (fixture, 5);
  g_autofree char *b = queue_one (fixture, 6);
  g_autofree char *c = queue_one (fixture, 5);
  const char      *station = conc_race_file_get_station (fixture->file);
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) open = NULL;
  g_autoptr (GPtrArray) elsewhere = NULL;
  g_autoptr (GPtrArray) of_five = NULL;

  set_state (fixture, b, CONC_PRINT_PRINTED, NULL);
  all = conc_reader_list_prints (fixture_get_reader (fixture), NULL, 0, NULL);
  g_assert_cmpuint (all->len, ==, 3);
  g_assert_cmpstr (((ConcPrint *) g_ptr_array_index (all, 0))->id, ==, a);
  g_assert_cmpstr (((ConcPrint *) g_ptr_array_index (all, 2))->id, ==, c);
  open = conc_reader_list_prints (fixture_get_reader (fixture), station,
                                  CONC_PRINT_STATE_BIT (CONC_PRINT_QUEUED) |
                                      CONC_PRINT_STATE_BIT (CONC_PRINT_PRINTING),
                                  NULL);
  g_assert_cmpuint (open->len, ==, 2);
  elsewhere = conc_reader_list_prints (fixture_get_reader (fixture), "zzzzzzzzzz", 0, NULL);
  g_assert_cmpuint (elsewhere->len, ==, 0);
  of_five = conc_reader_get_prints_of (fixture_get_reader (fixture),
                                       ((ConcPrint *) g_ptr_array_index (all, 0))->runner_id, NULL);
  g_assert_cmpuint (of_five->len, ==, 2);
}

static guint
count_facts (Fixture *fixture)
{
  ConcCounts counts;

  g_assert_true (conc_reader_count (fixture_get_reader (fixture), &counts, NULL));
  return (guint) counts.n_facts;
}

/* All or none, and why. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *runner;
    const char *layout;
    const char *reprint_of;
    const char *reason;
    const char *sentence;
  } vectors[] = {
    { "rnobody", LAYOUT, NULL, NULL, "This runner is not in the race any more." },
    { NULL, NULL, NULL, NULL, "A label needs a layout." },
    { NULL, LAYOUT, "p1", NULL, "A label is printed again for a reason: give one." },
    { NULL, LAYOUT, "p1", "", "A label is printed again for a reason: give one." },
  };
  guint n_before = count_facts (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr (GPtrArray) prints =
          g_ptr_array_new_with_free_func ((GDestroyNotify) conc_print_free);
      g_autoptr (GError) error = NULL;
      ConcPrint *print = make_print (fixture, 6);

      if (vectors[i].runner != NULL)
        {
          g_free (print->runner_id);
          print->runner_id = g_strdup (vectors[i].runner);
        }
      g_free (print->layout);
      print->layout = g_strdup (vectors[i].layout);
      print->reprint_of = g_strdup (vectors[i].reprint_of);
      print->reason = g_strdup (vectors[i].reason);
      g_ptr_array_add (prints, make_print (fixture, 5));
      g_ptr_array_add (prints, print);
      g_assert_null (submit (fixture, CONC_COMMAND_PRINT, prints, &error));
      g_assert_error (error, CONC_STORE_ERROR, CONC_STORE_ERROR_REFUSED);
      g_assert_cmpstr (error->message, ==, vectors[i].sentence);
      g_assert_cmpuint (count_facts (fixture), ==, n_before);
    }
}

static void
test_state_of_nothing (Fixture *fixture, gconstpointer data)
{
  static const char *const ids[] = { "pnothing", "rnothing", "" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (GPtrArray) prints =
          g_ptr_array_new_with_free_func ((GDestroyNotify) conc_print_free);
      g_autoptr (GError) error = NULL;
      ConcPrint *print = conc_print_new ();

      print->id = g_strdup (ids[i]);
      g_ptr_array_add (prints, print);
      g_assert_null (submit (fixture, CONC_COMMAND_PRINT_STATE, prints, &error));
      g_assert_error (error, CONC_STORE_ERROR, CONC_STORE_ERROR_REFUSED);
    }
}

/* A batch is one commit; here of more labels than a commit has commands. */
static void
test_batch (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) prints = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_print_free);
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcReceipt) receipt = NULL;

  for (guint i = 0; i < 600; i++)
    g_ptr_array_add (prints, make_print (fixture, 5 + i % 3));
  receipt = submit (fixture, CONC_COMMAND_PRINT, prints, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (receipt->n_facts, ==, 600);
  g_assert_cmpuint (receipt->print_ids->len, ==, 600);
  all = conc_reader_list_prints (fixture_get_reader (fixture), NULL, 0, NULL);
  g_assert_cmpuint (all->len, ==, 600);
  for (guint i = 0; i < 600; i++)
    g_assert_cmpstr (((ConcPrint *) g_ptr_array_index (all, i))->id, ==,
                     g_ptr_array_index (receipt->print_ids, i));
}

static void
add (const char *path, void (*test) (Fixture *fixture, gconstpointer data))
{
  g_autofree char *name = g_strconcat ("/prints/", path, NULL);

  g_test_add (name, Fixture, NULL, set_up, test, fixture_tear_down);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  add ("states", test_states);
  add ("the queue and its history", test_lists);
  add ("all or none are queued", test_refused);
  add ("the state of nothing", test_state_of_nothing);
  add ("a batch is one commit, in its order", test_batch);
  return g_test_run ();
}
