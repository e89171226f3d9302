/* test-race-file.c: a race in one file: commands, reopening, and every refusal to open it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/error-private.h"
#include "store/import.h"
#include "store/maintain.h"
#include "store/race-file.h"

#include <glib/gstdio.h>
#include <locale.h>

#define RACE_DAY_USEC (G_GINT64_CONSTANT (1512831600) * G_USEC_PER_SEC)
#define N_ASYNC 1000
#define ASYNC_LOOK 25

typedef struct
{
  char         *folder;
  char         *path;
  ConcFakeClock clock;
  ConcRaceFile *file;
} Fixture;

static ConcRaceFile *
create_race (Fixture *fixture)
{
  g_autoptr (ConcSettings) settings = conc_settings_new ();
  g_autoptr (GError) error = NULL;
  ConcRaceFile *file;

  conc_settings_set (settings, CONC_SETTING_NAME, "Test 5K");
  conc_settings_set (settings, CONC_SETTING_DATE, "2017-12-09");
  conc_settings_set (settings, CONC_SETTING_TIMEZONE, "America/Chicago");
  file = conc_race_file_create (fixture->path, settings, &fixture->clock.clock, &error);
  g_assert_no_error (error);
  return file;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("concourse-test-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "x.race", NULL);
  conc_fake_clock_init (&fixture->clock, RACE_DAY_USEC);
  fixture->file = create_race (fixture);
}

static void
close_race (Fixture *fixture)
{
  if (fixture->file != NULL)
    conc_race_file_close (fixture->file);
  g_clear_object (&fixture->file);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = NULL;

  close_race (fixture);
  dir = g_dir_open (fixture->folder, 0, NULL);
  for (const char *name; (name = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static void
open_race (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fixture->file =
      conc_race_file_open (fixture->path, CONC_OPEN_WRITE, &fixture->clock.clock, &error);
  g_assert_no_error (error);
}

static void
assert_cannot_open (Fixture *fixture, const char *path, ConcStoreError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcRaceFile) file =
      conc_race_file_open (path, CONC_OPEN_WRITE, &fixture->clock.clock, &error);

  g_assert_error (error, CONC_STORE_ERROR, (int) code);
  g_assert_null (file);
}

static void
assert_verified (const char *path)
{
  g_autoptr (GPtrArray) sentences = NULL;
  g_autoptr (GError) error = NULL;
  gint64 n_facts;

  conc_verify (path, &sentences, &n_facts, NULL, &error);
  g_assert_no_error (error);
  if (sentences->len > 0)
    g_test_message ("%s", (char *) g_ptr_array_index (sentences, 0));
  g_assert_cmpuint (sentences->len, ==, 0);
  g_assert_cmpint (n_facts, >, 0);
}

/* Takes the command; gives its first fact back. */
static ConcFactId
submit (Fixture *fixture, ConcCommand *command)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcReceipt) receipt = conc_race_file_submit (fixture->file, command, &error);

  g_assert_no_error (error);
  conc_command_free (command);
  conc_fake_clock_advance (&fixture->clock, G_USEC_PER_SEC);
  return receipt->fact;
}

static gint64
count_facts (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  ConcCounts counts;

  conc_reader_count (conc_race_file_get_reader (fixture->file), &counts, &error);
  g_assert_no_error (error);
  return counts.n_facts;
}

static void
assert_refused (Fixture *fixture, ConcCommand *command)
{
  gint64 n_before = count_facts (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcReceipt) receipt = conc_race_file_submit (fixture->file, command, &error);

  g_assert_error (error, CONC_STORE_ERROR, CONC_STORE_ERROR_REFUSED);
  g_assert_null (receipt);
  g_assert_cmpint (count_facts (fixture), ==, n_before);
  conc_command_free (command);
}

static ConcCommand *
make (Fixture *fixture, ConcCommandKind kind)
{
  return conc_command_new (kind, &fixture->clock.clock);
}

static ConcCommand *
make_bib (Fixture *fixture, ConcCommandKind kind, guint bib)
{
  return conc_command_new_bib (kind, &fixture->clock.clock, bib);
}

static ConcCommand *
make_walk_up (Fixture *fixture, const char *given_name, const char *bib)
{
  ConcCommand *command = make (fixture, CONC_COMMAND_REGISTER);

  command->runner = conc_runner_new ("");
  conc_runner_set (command->runner, CONC_FIELD_GIVEN_NAME, given_name);
  conc_runner_set (command->runner, CONC_FIELD_FAMILY_NAME, "Ødegård");
  conc_runner_set (command->runner, CONC_FIELD_EMAIL, "walk-up@example.org");
  conc_runner_set (command->runner, CONC_FIELD_BIB, bib);
  return command;
}

static ConcRunner *
get_runner (Fixture *fixture, guint bib)
{
  g_autoptr (GError) error = NULL;
  ConcRunner *runner =
      conc_reader_get_runner_by_bib (conc_race_file_get_reader (fixture->file), bib, &error);

  g_assert_no_error (error);
  return runner;
}

static GPtrArray *
list_taps (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *taps = conc_reader_list_taps (conc_race_file_get_reader (fixture->file), 0, &error);

  g_assert_no_error (error);
  return taps;
}

static void
reopen (Fixture *fixture)
{
  close_race (fixture);
  assert_verified (fixture->path);
  open_race (fixture);
}

static void
test_timing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) taps = NULL;
  ConcFactId   undone;
  ConcFactId   undo;
  ConcCommand *correction;
  ConcCounts   counts;

  submit (fixture, make (fixture, CONC_COMMAND_GUN));
  assert_refused (fixture, make (fixture, CONC_COMMAND_GUN));
  correction = make (fixture, CONC_COMMAND_GUN);
  correction->when = g_strdup ("09:00:00");
  submit (fixture, correction);
  submit (fixture, make (fixture, CONC_COMMAND_TAP));
  submit (fixture, make_bib (fixture, CONC_COMMAND_BIB, 11));
  assert_refused (fixture, make_bib (fixture, CONC_COMMAND_BIB, 12));
  submit (fixture, make_bib (fixture, CONC_COMMAND_CROSS, 12));
  assert_refused (fixture, make_bib (fixture, CONC_COMMAND_CROSS, 0));
  undone = submit (fixture, make_bib (fixture, CONC_COMMAND_CROSS, 13));
  undo = submit (fixture, conc_command_new_undo (&fixture->clock.clock, &undone));
  assert_refused (fixture, conc_command_new_undo (&fixture->clock.clock, &undone));
  reopen (fixture);
  taps = list_taps (fixture);
  g_assert_cmpuint (taps->len, ==, 2);
  g_assert_cmpuint (((ConcTap *) g_ptr_array_index (taps, 0))->bib, ==, 11);
  g_assert_cmpuint (((ConcTap *) g_ptr_array_index (taps, 1))->bib, ==, 12);
  g_assert_true (conc_reader_count (conc_race_file_get_reader (fixture->file), &counts, NULL));
  g_assert_cmpint (counts.first_gun_usec, ==, RACE_DAY_USEC);
  submit (fixture, conc_command_new_undo (&fixture->clock.clock, &undo));
  g_clear_pointer (&taps, g_ptr_array_unref);
  taps = list_taps (fixture);
  g_assert_cmpuint (taps->len, ==, 3);
}

static void
test_runners (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConcRunner) seen = NULL;
  g_autoptr (ConcRunner) wanted = NULL;
  g_autoptr (ConcRunner) found = NULL;
  ConcFactId again;

  submit (fixture, make_walk_up (fixture, "Ada", "21"));
  assert_refused (fixture, make_walk_up (fixture, "Ben", "21"));
  submit (fixture, make_walk_up (fixture, "Ben", NULL));
  submit (fixture, make_bib (fixture, CONC_COMMAND_CHECK_IN, 21));
  again = submit (fixture, make_bib (fixture, CONC_COMMAND_CHECK_IN, 21));
  g_assert_false (conc_fact_id_is_set (&again));
  assert_refused (fixture, make_bib (fixture, CONC_COMMAND_CHECK_IN, 22));
  seen = get_runner (fixture, 21);
  wanted = conc_runner_copy (seen);
  conc_runner_set (wanted, CONC_FIELD_TEAM, "Team Freedom");
  conc_runner_set (wanted, CONC_FIELD_BIB, "31");
  submit (fixture, conc_command_new_edit (&fixture->clock.clock, seen, wanted));
  reopen (fixture);
  g_assert_null (get_runner (fixture, 21));
  found = get_runner (fixture, 31);
  g_assert_cmpstr (conc_runner_get (found, CONC_FIELD_GIVEN_NAME), ==, "Ada");
  g_assert_cmpstr (conc_runner_get (found, CONC_FIELD_TEAM), ==, "Team Freedom");
  g_assert_cmpstr (conc_runner_get (found, CONC_FIELD_EMAIL), ==, "walk-up@example.org");
  g_assert_true (conc_runner_get_checked_in (found));
}

static void
test_removed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConcRunner) seen = NULL;
  g_autoptr (ConcRunner) wanted = NULL;
  g_autoptr (ConcRunner) again = NULL;
  g_autoptr (GPtrArray) found = NULL;
  ConcFactId removal;
  ConcCounts counts;

  submit (fixture, make_walk_up (fixture, "Ada", "21"));
  seen = get_runner (fixture, 21);
  wanted = conc_runner_copy (seen);
  conc_runner_set (wanted, CONC_FIELD_TEAM, "Team Freedom");
  removal = submit (fixture, conc_command_new_remove (&fixture->clock.clock,
                                                      conc_runner_get_id (seen), "Twice"));
  g_assert_null (get_runner (fixture, 21));
  g_assert_true (conc_reader_count (conc_race_file_get_reader (fixture->file), &counts, NULL));
  g_assert_cmpuint (counts.n_registered, ==, 0);
  found = conc_reader_search (conc_race_file_get_reader (fixture->file), "ada", 0, NULL);
  g_assert_cmpuint (found->len, ==, 0);
  assert_refused (fixture,
                  conc_command_new_remove (&fixture->clock.clock, conc_runner_get_id (seen), NULL));
  assert_refused (fixture, conc_command_new_edit (&fixture->clock.clock, seen, wanted));
  submit (fixture, make_walk_up (fixture, "Ben", "21"));
  reopen (fixture);
  submit (fixture, conc_command_new_undo (&fixture->clock.clock, &removal));
  g_assert_true (conc_reader_count (conc_race_file_get_reader (fixture->file), &counts, NULL));
  g_assert_cmpuint (counts.n_registered, ==, 2);
  again = get_runner (fixture, 21);
  g_assert_cmpstr (conc_runner_get_id (again), ==, conc_runner_get_id (seen));
  reopen (fixture);
}

static int
get_age (Fixture *fixture, guint bib)
{
  g_autoptr (ConcRunner) runner = get_runner (fixture, bib);

  return conc_runner_get_age (runner);
}

static void
import_runners (Fixture *fixture, const char *csv)
{
  g_autoptr (GBytes) bytes = g_bytes_new (csv, strlen (csv));
  g_autoptr (GError) error = NULL;
  ConcImportPlan *plan = conc_import_plan_new (conc_race_file_get_reader (fixture->file), bytes,
                                               CONC_IMPORT_RUNNERS, NULL, &error);

  g_assert_no_error (error);
  conc_race_file_import (fixture->file, plan, &error);
  g_assert_no_error (error);
}

static void
assert_first_found (Fixture *fixture, const char *text, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found =
      conc_reader_search (conc_race_file_get_reader (fixture->file), text, 50, &error);
  g_autofree char *first = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (found->len, >=, 1);
  g_assert_cmpuint (found->len, <=, 50);
  first = conc_runner_dup_full_name (g_ptr_array_index (found, 0));
  g_assert_cmpstr (first, ==, name);
  for (guint i = 1; i < found->len; i++)
    g_assert_true (g_ptr_array_index (found, i) != g_ptr_array_index (found, 0));
}

/* Far more begin with the same letters than are looked at. */
static void
test_search (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) csv = g_string_new ("First Name,Last Name,Bib\n");
  g_autoptr (GPtrArray) all = NULL;

  for (guint i = 0; i < 3000; i++)
    g_string_append_printf (csv, "Annette%u,Smithers%u,%u\n", i, i, 10000 + i);
  g_string_append (csv, "Ann,Smith,1\nAnn,Smithson,10\nZoe,Ann,100\nBea,Smit,99\n");
  import_runners (fixture, csv->str);
  assert_first_found (fixture, "ann", "Ann Smith");
  assert_first_found (fixture, "smith", "Ann Smith");
  assert_first_found (fixture, "smith ann", "Ann Smith");
  assert_first_found (fixture, "a smith", "Ann Smith");
  assert_first_found (fixture, "ann smiths", "Ann Smithson");
  assert_first_found (fixture, "smit be", "Bea Smit");
  assert_first_found (fixture, "1", "Ann Smith");
  assert_first_found (fixture, "10", "Ann Smithson");
  assert_first_found (fixture, "12999", "Annette2999 Smithers2999");
  all = conc_reader_search (conc_race_file_get_reader (fixture->file), "ann", 0, NULL);
  g_assert_nonnull (all);
  g_assert_cmpuint (all->len, ==, 3003);
}

/* The next file of the same registrations does not bring back who was removed here. */
static void
test_removed_import (Fixture *fixture, gconstpointer data)
{
  static const char csv[] = "Registration ID,First Name,Last Name,Bib\n1,Ada,Ødegård,1\n"
                            "2,Ben,Smith,2\n";
  ConcCounts        counts;

  import_runners (fixture, csv);
  submit (fixture, make_bib (fixture, CONC_COMMAND_REMOVE_RUNNER, 1));
  import_runners (fixture, csv);
  g_assert_true (conc_reader_count (conc_race_file_get_reader (fixture->file), &counts, NULL));
  g_assert_cmpuint (counts.n_registered, ==, 1);
  g_assert_null (get_runner (fixture, 1));
  assert_verified (fixture->path);
}

static void
test_ages (Fixture *fixture, gconstpointer data)
{
  ConcCommand *born = make_walk_up (fixture, "Ada", "21");
  ConcCommand *told = make_walk_up (fixture, "Ben", "22");
  ConcFactId   moved;

  conc_runner_set (born->runner, CONC_FIELD_BIRTH_DATE, "2000-02-29");
  conc_runner_set (told->runner, CONC_FIELD_AGE, "17");
  submit (fixture, born);
  submit (fixture, told);
  g_assert_cmpint (get_age (fixture, 21), ==, 17);
  submit (fixture,
          conc_command_new_setting (&fixture->clock.clock, CONC_SETTING_DATE, "2018-02-28"));
  g_assert_cmpint (get_age (fixture, 21), ==, 17);
  moved = submit (fixture, conc_command_new_setting (&fixture->clock.clock, CONC_SETTING_DATE,
                                                     "2018-03-01"));
  g_assert_cmpint (get_age (fixture, 21), ==, 18);
  g_assert_cmpint (get_age (fixture, 22), ==, 17);
  submit (fixture, conc_command_new_undo (&fixture->clock.clock, &moved));
  reopen (fixture);
  g_assert_cmpint (get_age (fixture, 21), ==, 17);
}

static ConcCommand *
make_gift (Fixture *fixture, gint64 amount_cents, const char *beneficiary)
{
  ConcCommand *command = make (fixture, CONC_COMMAND_GIFT);

  command->gift = conc_gift_new ();
  command->gift->amount_cents = amount_cents;
  command->gift->method = CONC_METHOD_CASH;
  command->gift->from = g_strdup ("Ada Ødegård");
  command->gift->is_anonymous = TRUE;
  command->gift->beneficiary = g_strdup (beneficiary);
  return command;
}

static void
test_gifts_and_settings (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) gifts = NULL;
  const ConcGift *gift;
  ConcFactId      again;

  submit (fixture, make_gift (fixture, 2500, "source"));
  assert_refused (fixture, make_gift (fixture, 0, NULL));
  assert_refused (fixture, make_gift (fixture, 2500, "Somebody Else"));
  submit (fixture, conc_command_new_setting (&fixture->clock.clock, CONC_SETTING_NAME, "Other 5K"));
  again = submit (fixture,
                  conc_command_new_setting (&fixture->clock.clock, CONC_SETTING_NAME, "Other 5K"));
  g_assert_false (conc_fact_id_is_set (&again));
  assert_refused (fixture,
                  conc_command_new_setting (&fixture->clock.clock, CONC_SETTING_DATE, "soon"));
  reopen (fixture);
  gifts = conc_reader_list_gifts (conc_race_file_get_reader (fixture->file), 0, NULL);
  g_assert_nonnull (gifts);
  g_assert_cmpuint (gifts->len, ==, 1);
  gift = g_ptr_array_index (gifts, 0);
  g_assert_cmpint (gift->amount_cents, ==, 2500);
  g_assert_cmpstr (gift->beneficiary, ==, "Source");
  g_assert_cmpstr (gift->from, ==, "Ada Ødegård");
  g_assert_true (gift->is_anonymous);
  g_assert_cmpstr (conc_settings_get (conc_race_file_get_settings (fixture->file),
                                      CONC_SETTING_NAME),
                   ==, "Other 5K");
}

static void
test_one_writer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcRaceFile) reading = NULL;

  assert_cannot_open (fixture, fixture->path, CONC_STORE_ERROR_LOCKED);
  reading = conc_race_file_open (fixture->path, CONC_OPEN_READ, &fixture->clock.clock, &error);
  g_assert_no_error (error);
  conc_race_file_close (reading);
  submit (fixture, make (fixture, CONC_COMMAND_TAP));
}

static void
test_other_files (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = g_build_filename (fixture->folder, "text.race", NULL);
  g_autofree char *missing = g_build_filename (fixture->folder, "missing.race", NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;

  g_file_set_contents (text, "Registration ID,First Name\n1,Ada\n", -1, &error);
  g_assert_no_error (error);
  assert_cannot_open (fixture, text, CONC_STORE_ERROR_NOT_A_RACE);
  g_file_get_contents (text, &contents, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (contents, ==, "Registration ID,First Name\n1,Ada\n");
  assert_cannot_open (fixture, missing, CONC_STORE_ERROR_NOT_FOUND);
  g_assert_false (g_file_test (missing, G_FILE_TEST_EXISTS));
}

static void
test_existing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConcSettings) settings = conc_settings_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (conc_race_file_create (fixture->path, settings, &fixture->clock.clock, &error));
  g_assert_error (error, CONC_STORE_ERROR, CONC_STORE_ERROR_EXISTS);
}

static void
test_newer (Fixture *fixture, gconstpointer data)
{
  sqlite3 *db = NULL;

  close_race (fixture);
  g_assert_cmpint (sqlite3_open (fixture->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "PRAGMA user_version = 99", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
  assert_cannot_open (fixture, fixture->path, CONC_STORE_ERROR_NEWER);
}

/* What is answered is committed: another connection sees it. */
static void
collect_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ConcRaceFile *file = CONC_RACE_FILE (source);
  GArray       *bibs = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcReceipt) receipt = conc_race_file_submit_finish (file, result, &error);
  ConcCounts counts;

  g_assert_no_error (error);
  g_array_append_val (bibs, receipt->bib);
  if (bibs->len % ASYNC_LOOK != 1)
    return;
  g_assert_true (conc_reader_count (conc_race_file_get_reader (file), &counts, NULL));
  g_assert_cmpuint (counts.n_taps, >=, bibs->len);
}

static void
test_async_order (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) bibs = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GPtrArray) taps = NULL;

  for (guint i = 1; i <= N_ASYNC; i++)
    conc_race_file_submit_async (fixture->file, make_bib (fixture, CONC_COMMAND_CROSS, i),
                                 collect_cb, bibs);
  while (bibs->len < N_ASYNC)
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < N_ASYNC; i++)
    g_assert_cmpuint (g_array_index (bibs, guint, i), ==, i + 1);
  reopen (fixture);
  taps = list_taps (fixture);
  g_assert_cmpuint (taps->len, ==, N_ASYNC);
}

/* What another program sees, one that writes and takes the log away when it is the last to go. */
static char *
ask_another_program (Fixture *fixture, const char *statement)
{
  const char *const argv[] = { "sqlite3", fixture->path, statement, NULL };
  g_autoptr (GError) error = NULL;
  char *answer = NULL;
  int   status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &answer, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return answer;
}

/* POSIX drops all locks of a process when it closes the file in any way. */
static void
test_locks_are_kept (Fixture *fixture, gconstpointer data)
{
  static const char question[] = "SELECT count (*) FROM tap";
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  submit (fixture, make (fixture, CONC_COMMAND_TAP));
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (ConcReader) reader = conc_reader_open (fixture->path, &error);

      g_assert_no_error (error);
    }
  before = ask_another_program (fixture, question);
  g_assert_cmpstr (before, ==, "1\n");
  submit (fixture, make (fixture, CONC_COMMAND_TAP));
  after = ask_another_program (fixture, question);
  g_assert_cmpstr (after, ==, "2\n");
}

static void
put_in_place (Fixture *fixture, const char *name)
{
  g_autofree char *source = g_build_filename (STORE_DATA_DIR, name, NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  close_race (fixture);
  g_assert_cmpint (g_unlink (fixture->path), ==, 0);
  g_file_get_contents (source, &contents, &length, &error);
  g_assert_no_error (error);
  g_file_set_contents (fixture->path, contents, (gssize) length, &error);
  g_assert_no_error (error);
}

/* A file that an earlier release wrote stays readable and writable for ever. */
static void
test_version_1 (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConcRunner) runner = NULL;
  g_autoptr (GPtrArray) taps = NULL;
  ConcCounts counts;

  put_in_place (fixture, "version-1.race");
  open_race (fixture);
  assert_verified (fixture->path);
  g_assert_true (conc_reader_count (conc_race_file_get_reader (fixture->file), &counts, NULL));
  g_assert_cmpuint (counts.n_registered, ==, 5);
  g_assert_cmpuint (counts.n_with_bib, ==, 5);
  g_assert_cmpuint (counts.n_checked_in, ==, 1);
  g_assert_cmpuint (counts.n_unmatched, ==, 1);
  g_assert_cmpint (counts.raised_cents, ==, 2500);
  g_assert_cmpint (counts.pledged_cents, ==, 10000);
  g_assert_cmpint (counts.first_gun_usec, ==, RACE_DAY_USEC);
  taps = list_taps (fixture);
  g_assert_cmpuint (taps->len, ==, 4);
  runner = get_runner (fixture, 11);
  g_assert_cmpstr (conc_runner_get (runner, CONC_FIELD_FAMILY_NAME), ==, "Ødegård");
  submit (fixture, make (fixture, CONC_COMMAND_TAP));
  reopen (fixture);
}

/* With two cards, which are still asked. */
static void
test_version_2 (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConcRunner) runner = NULL;
  g_autofree char *id = NULL;
  ConcCommand     *command;
  ConcCounts       counts;

  put_in_place (fixture, "version-2.race");
  open_race (fixture);
  assert_verified (fixture->path);
  g_assert_true (conc_reader_count (conc_race_file_get_reader (fixture->file), &counts, NULL));
  g_assert_cmpuint (counts.n_registered, ==, 5);
  g_assert_cmpuint (counts.n_virtual, ==, 1);
  g_assert_cmpuint (counts.n_expected, ==, 4);
  g_assert_cmpuint (counts.n_checked_in, ==, 2);
  g_assert_cmpuint (counts.n_conflicts, ==, 2);
  g_assert_cmpuint (counts.n_unmatched, ==, 1);
  g_assert_cmpint (counts.raised_cents, ==, 2500);
  runner = get_runner (fixture, 11);
  g_assert_cmpstr (conc_runner_get (runner, CONC_FIELD_NOTE), ==, "wheelchair, ramp at Gate 29");
  g_assert_null (conc_runner_get (runner, CONC_FIELD_ATTENDANCE));
  command = conc_command_new_fee (&fixture->clock.clock, conc_runner_get_id (runner), 500,
                                  CONC_METHOD_CASH);
  submit (fixture, command);
  reopen (fixture);
  assert_verified (fixture->path);
}

/* With a gun, taps with and without bibs, laps and a start of somebody's own. */
static void
test_version_3 (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) taps = NULL;
  g_autoptr (ConcScoreboard) board = NULL;
  ConcReader *reader;
  ConcResult  row;
  ConcCounts  counts;

  put_in_place (fixture, "version-3.race");
  open_race (fixture);
  assert_verified (fixture->path);
  reader = conc_race_file_get_reader (fixture->file);
  g_assert_true (conc_reader_count (reader, &counts, NULL));
  g_assert_cmpuint (counts.n_registered, ==, 5);
  g_assert_cmpuint (counts.n_no_shows, ==, 1);
  g_assert_cmpuint (counts.n_unmatched, ==, 1);
  taps = list_taps (fixture);
  g_assert_cmpuint (taps->len, ==, 4);
  board = conc_reader_load_scoreboard (reader, NULL);
  g_assert_cmpuint (conc_scoreboard_get_count (board, CONC_LIST_OVERALL), ==, 1);
  g_assert_true (conc_scoreboard_get_row (board, CONC_LIST_OVERALL, 0, &row));
  g_assert_cmpuint (row.entrant->bib, ==, 11);
  g_assert_cmpint (row.gun_usec, ==, 21 * 60 * G_USEC_PER_SEC);
  submit (fixture, make (fixture, CONC_COMMAND_TAP));
  reopen (fixture);
  assert_verified (fixture->path);
}

/* A station of version 2 kept what newer ones said of a runner, and could not show it. */
static void
test_version_2_kept (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConcRunner) runner = NULL;
  sqlite3 *db = NULL;

  put_in_place (fixture, "version-2.race");
  g_assert_cmpint (sqlite3_open (fixture->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (
      sqlite3_exec (db,
                    "INSERT INTO fact (station, seq, hlc, kind, subject, body) SELECT station, "
                    "(SELECT max (seq) + 1 FROM fact WHERE station = 1), hlc + 1, 'runner.set', "
                    "subject, '{\"attendance\":\"no-show\"}' FROM fact "
                    "WHERE body = '{\"bib\":11}' LIMIT 1",
                    NULL, NULL, NULL),
      ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
  open_race (fixture);
  assert_verified (fixture->path);
  runner = get_runner (fixture, 11);
  g_assert_cmpstr (conc_runner_get (runner, CONC_FIELD_ATTENDANCE), ==, "no-show");
}

static const struct
{
  const char    *name;
  int            sqlite_code;
  ConcStoreError code;
} codes[] = {
  { "FULL", SQLITE_FULL, CONC_STORE_ERROR_FULL },
  { "NOTADB", SQLITE_NOTADB, CONC_STORE_ERROR_NOT_A_RACE },
  { "CORRUPT", SQLITE_CORRUPT, CONC_STORE_ERROR_DAMAGED },
  { "CORRUPT_INDEX", SQLITE_CORRUPT_INDEX, CONC_STORE_ERROR_DAMAGED },
  { "READONLY", SQLITE_READONLY, CONC_STORE_ERROR_READ_ONLY },
  { "READONLY_DIRECTORY", SQLITE_READONLY_DIRECTORY, CONC_STORE_ERROR_READ_ONLY },
  { "PERM", SQLITE_PERM, CONC_STORE_ERROR_READ_ONLY },
  { "AUTH", SQLITE_AUTH, CONC_STORE_ERROR_READ_ONLY },
  { "CANTOPEN", SQLITE_CANTOPEN, CONC_STORE_ERROR_IO },
  { "BUSY", SQLITE_BUSY, CONC_STORE_ERROR_LOCKED },
  { "BUSY_SNAPSHOT", SQLITE_BUSY_SNAPSHOT, CONC_STORE_ERROR_LOCKED },
  { "LOCKED", SQLITE_LOCKED, CONC_STORE_ERROR_LOCKED },
  { "IOERR", SQLITE_IOERR, CONC_STORE_ERROR_IO },
  { "IOERR_FSYNC", SQLITE_IOERR_FSYNC, CONC_STORE_ERROR_IO },
  { "NOMEM", SQLITE_NOMEM, CONC_STORE_ERROR_FAILED },
  { "TOOBIG", SQLITE_TOOBIG, CONC_STORE_ERROR_FAILED },
  { "MISUSE", SQLITE_MISUSE, CONC_STORE_ERROR_FAILED },
};

static void
test_code (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  g_autoptr (GError) error = NULL;

  conc_store_error_from_sqlite (codes[row].sqlite_code, "detail", &error);
  g_assert_error (error, CONC_STORE_ERROR, (int) codes[row].code);
  g_assert_true (g_str_has_suffix (error->message, "."));
}

static void
add_codes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autofree char *path = g_strconcat ("/store/error of SQLITE_", codes[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_code);
    }
}

static void
add (const char *path, void (*test) (Fixture *fixture, gconstpointer data))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  add ("/race-file/timing is there after reopening", test_timing);
  add ("/race-file/runners are there after reopening", test_runners);
  add ("/race-file/a removed runner is on no list and frees the bib", test_removed);
  add ("/race-file/the best match is found among thousands", test_search);
  add ("/race-file/an import brings nobody back who was removed", test_removed_import);
  add ("/race-file/ages follow the date of the race", test_ages);
  add ("/race-file/gifts and settings are there after reopening", test_gifts_and_settings);
  add ("/race-file/one program writes at a time", test_one_writer);
  add ("/race-file/another program cannot take the log away", test_locks_are_kept);
  add ("/race-file/other files are refused and left alone", test_other_files);
  add ("/race-file/an existing file is not written over", test_existing);
  add ("/race-file/a newer file is refused", test_newer);
  add ("/race-file/asynchronous commands complete in order", test_async_order);
  add ("/race-file/a file of version 1 opens for writing", test_version_1);
  add ("/race-file/a file of version 2 opens for writing", test_version_2);
  add ("/race-file/a file of version 3 opens for writing", test_version_3);
  add ("/race-file/a file of version 2 that kept newer facts", test_version_2_kept);
  add_codes ();
  return g_test_run ();
}
