/* test-import.c: what an import would do, does, and keeps of what was changed here. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/import.h"
#include "store/maintain.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

#define RACE_DAY_USEC (G_GINT64_CONSTANT (1512831600) * G_USEC_PER_SEC)
#define HEADER "Registration ID,First Name,Last Name,Team,City,Bib\n"

typedef struct
{
  char         *folder;
  char         *path;
  ConcFakeClock clock;
  ConcRaceFile *file;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConcSettings) settings = conc_settings_new ();
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("concourse-test-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "x.race", NULL);
  conc_fake_clock_init (&fixture->clock, RACE_DAY_USEC);
  conc_settings_set (settings, CONC_SETTING_NAME, "Test 5K");
  conc_settings_set (settings, CONC_SETTING_DATE, "2017-12-09");
  fixture->file = conc_race_file_create (fixture->path, settings, &fixture->clock.clock, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) sentences = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = NULL;
  gint64 n_facts;

  conc_race_file_close (fixture->file);
  g_clear_object (&fixture->file);
  g_assert_true (conc_verify (fixture->path, &sentences, &n_facts, NULL, &error));
  g_assert_cmpuint (sentences->len, ==, 0);
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

static ConcImportPlan *
make_plan (Fixture *fixture, const char *csv)
{
  g_autoptr (GBytes) bytes = g_bytes_new (csv, strlen (csv));
  g_autoptr (GError) error = NULL;
  ConcImportPlan *plan = conc_import_plan_new (conc_race_file_get_reader (fixture->file), bytes,
                                               CONC_IMPORT_GUESS, NULL, &error);

  g_assert_no_error (error);
  return plan;
}

/* What the plan says, as "line outcome: sentence" lines. */
static char *
describe (ConcImportPlan *plan)
{
  g_autoptr (GPtrArray) items = conc_import_plan_get_items (plan);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < items->len; i++)
    {
      const ConcImportItem *item = g_ptr_array_index (items, i);

      g_string_append_printf (text, "%u %s: %s\n", item->line,
                              conc_import_outcome_to_text (item->outcome), item->sentence);
    }
  return g_string_free (text, FALSE);
}

static void
import (Fixture *fixture, const char *csv, const char *sentences)
{
  ConcImportPlan  *plan = make_plan (fixture, csv);
  g_autofree char *text = describe (plan);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (text, ==, sentences);
  conc_race_file_import (fixture->file, plan, &error);
  g_assert_no_error (error);
}

static ConcFactId
submit (Fixture *fixture, ConcCommand *command)
{
  g_autoptr (ConcCommand) owned = command;
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcReceipt) receipt = conc_race_file_submit (fixture->file, owned, &error);

  g_assert_no_error (error);
  conc_fake_clock_advance (&fixture->clock, G_USEC_PER_SEC);
  return receipt->fact;
}

static ConcRunner *
find (Fixture *fixture, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found =
      conc_reader_search (conc_race_file_get_reader (fixture->file), name, 1, &error);

  g_assert_no_error (error);
  return found->len > 0 ? conc_runner_copy (g_ptr_array_index (found, 0)) : NULL;
}

static void
edit (Fixture *fixture, const char *name, ConcField field, const char *text)
{
  g_autoptr (ConcRunner) seen = find (fixture, name);
  g_autoptr (ConcRunner) wanted = conc_runner_copy (seen);

  conc_runner_set (wanted, field, text);
  submit (fixture, conc_command_new_edit (&fixture->clock.clock, seen, wanted));
}

static void
assert_runner (Fixture *fixture, const char *name, ConcField field, const char *wanted)
{
  g_autoptr (ConcRunner) runner = find (fixture, name);

  g_assert_nonnull (runner);
  g_assert_cmpstr (conc_runner_get (runner, field), ==, wanted);
}

static void
test_newer_export (Fixture *fixture, gconstpointer data)
{
  import (fixture, HEADER "1,Ada,Lind,Reds,Edina,\n2,Ben,Vang,Reds,Edina,\n", "");
  edit (fixture, "ada", CONC_FIELD_TEAM, "Greens");
  edit (fixture, "ben", CONC_FIELD_CITY, NULL);
  import (fixture, HEADER "1,Ada,Lind,Blues,Hudson,\n2,Ben,Vang,Blues,Edina,\n3,Cai,Lor,Blues,,\n",
          "2 changed: Changed: Town.\n2 changed: Kept as changed here: Team.\n"
          "3 changed: Changed: Team.\n");
  assert_runner (fixture, "ada", CONC_FIELD_TEAM, "Greens");
  assert_runner (fixture, "ada", CONC_FIELD_CITY, "Hudson");
  assert_runner (fixture, "ben", CONC_FIELD_TEAM, "Blues");
  assert_runner (fixture, "ben", CONC_FIELD_CITY, NULL);
  import (fixture, HEADER "1,Ada,Lind,Blues,Hudson,\n2,Ben,Vang,Blues,Edina,\n3,Cai,Lor,Blues,,\n",
          "2 unchanged: Kept as changed here: Team.\n");
}

static void
test_bibs (Fixture *fixture, gconstpointer data)
{
  import (fixture, HEADER "1,Ada,Lind,,,11\n2,Ben,Vang,,,12\n3,Cai,Lor,,,\n", "");
  edit (fixture, "ada", CONC_FIELD_BIB, "21");
  import (fixture, HEADER "1,Ada,Lind,,,11\n2,Ben,Vang,,,12\n3,Cai,Lor,,,12\n4,Dee,Moe,,,21\n",
          "2 unchanged: Bib 21 is kept; the file says 11.\n"
          "4 unchanged: Bib 12 belongs to Ben Vang; taken without a bib.\n"
          "5 doubtful: Bib 21 belongs to Ada Lind; taken without a bib.\n");
  assert_runner (fixture, "ada", CONC_FIELD_BIB, "21");
  assert_runner (fixture, "cai", CONC_FIELD_BIB, NULL);
  assert_runner (fixture, "dee", CONC_FIELD_BIB, NULL);
  /* The number that Ada does not wear any more is free. */
  import (fixture, HEADER "1,Ada,Lind,,,11\n3,Cai,Lor,,,11\n",
          "2 unchanged: Bib 21 is kept; the file says 11.\n3 changed: Changed: Bib.\n");
  assert_runner (fixture, "cai", CONC_FIELD_BIB, "11");
}

static void
test_taken_out (Fixture *fixture, gconstpointer data)
{
  ConcCommand *walk_up = conc_command_new (CONC_COMMAND_REGISTER, &fixture->clock.clock);
  ConcFactId   founded;

  walk_up->runner = conc_runner_new ("");
  conc_runner_set (walk_up->runner, CONC_FIELD_GIVEN_NAME, "Eve");
  founded = submit (fixture, walk_up);
  /* The import writes the next fact. */
  founded.seq++;
  import (fixture, HEADER "1,Ada,Lind,,,\n", "");
  submit (fixture, conc_command_new_undo (&fixture->clock.clock, &founded));
  g_assert_null (find (fixture, "ada"));
  import (fixture, HEADER "1,Ada,Lind,,,\n", "2 unchanged: Was taken out of the race here.\n");
  g_assert_null (find (fixture, "ada"));
}

static void
test_rows_that_say_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConcImportPlan) plan =
      make_plan (fixture, HEADER "1,Ada,Lind,,,\n,,,,,\n" HEADER "2,,,,,\n");
  g_autofree char *text = describe (plan);

  g_assert_cmpuint (conc_import_plan_count (plan, CONC_IMPORT_NEW), ==, 1);
  g_assert_cmpuint (conc_import_plan_count (plan, CONC_IMPORT_REFUSED), ==, 1);
  g_assert_nonnull (strstr (text, "3 unchanged: "));
  g_assert_nonnull (strstr (text, "4 unchanged: "));
  g_assert_nonnull (strstr (text, "5 refused: "));
}

static void
test_plan_that_is_old (Fixture *fixture, gconstpointer data)
{
  const char *csv = HEADER "1,Ada,Lind,Blues,,\n2,Ben,Vang,,,21\n";
  g_autoptr (GError) error = NULL;
  ConcImportPlan *plan;

  import (fixture, HEADER "1,Ada,Lind,Reds,,\n", "");
  plan = make_plan (fixture, csv);
  edit (fixture, "ada", CONC_FIELD_BIB, "21");
  g_assert_false (conc_race_file_import (fixture->file, plan, &error));
  g_assert_error (error, CONC_STORE_ERROR, CONC_STORE_ERROR_REFUSED);
  assert_runner (fixture, "ada", CONC_FIELD_TEAM, "Reds");
  plan = make_plan (fixture, csv);
  submit (fixture, conc_command_new_bib (CONC_COMMAND_CHECK_IN, &fixture->clock.clock, 21));
  g_clear_error (&error);
  conc_race_file_import (fixture->file, plan, &error);
  g_assert_no_error (error);
  assert_runner (fixture, "ada", CONC_FIELD_TEAM, "Blues");
}

/* Registrations from @first on. Every third asks for a bib, and every sixth for one that another
 * has asked for; every fifth is not to be named in public. */
static char *
make_many (guint first, guint n_rows)
{
  GString *csv = g_string_new ("Registration ID,First Name,Last Name,Team,Bib,Email,Public,Note\n");

  for (guint i = first; i < first + n_rows; i++)
    {
      g_autofree char *bib = i % 3 == 0 ? g_strdup_printf ("%u", i % 6 == 0 ? i + 3 : i) : NULL;

      g_string_append_printf (csv,
                              "%u,Ån %u,\"O’Brien \"\"%u\"\"\",Team %u,%s,r%u@example.org,%s,"
                              "\"two\nlines\"\n",
                              i, i % 97, i, i % 7, bib != NULL ? bib : "", i,
                              i % 5 == 0 ? "no" : "yes");
    }
  return g_string_free (csv, FALSE);
}

static void
import_many (Fixture *fixture, guint first, guint n_rows, guint n_new, guint n_doubtful)
{
  g_autofree char *csv = make_many (first, n_rows);
  g_autoptr (GError) error = NULL;
  ConcImportPlan *plan = make_plan (fixture, csv);

  g_assert_cmpuint (conc_import_plan_count (plan, CONC_IMPORT_NEW), ==, n_new);
  g_assert_cmpuint (conc_import_plan_count (plan, CONC_IMPORT_DOUBTFUL), ==, n_doubtful);
  g_assert_cmpuint (conc_import_plan_count (plan, CONC_IMPORT_REFUSED), ==, 0);
  conc_race_file_import (fixture->file, plan, &error);
  g_assert_no_error (error);
}

static guint
count_found (Fixture *fixture, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found =
      conc_reader_search (conc_race_file_get_reader (fixture->file), text, 0, &error);

  g_assert_no_error (error);
  return found->len;
}

/* Tearing down verifies that facts and projections of the many are those of the few. */
static void
test_many (Fixture *fixture, gconstpointer data)
{
  /* Of 2,000 who ask for a bib, 999 find it taken. */
  import_many (fixture, 1, 6000, 5001, 999);
  g_assert_cmpuint (count_found (fixture, "obrien"), ==, 6000);
  assert_runner (fixture, "obrien 4500", CONC_FIELD_GIVEN_NAME, "Ån 38");
  /* The same file changes nothing. */
  import_many (fixture, 1, 6000, 0, 0);
}

static void
test_many_beside_others (Fixture *fixture, gconstpointer data)
{
  ConcCommand *walk_up = conc_command_new (CONC_COMMAND_REGISTER, &fixture->clock.clock);

  /* At the desk came somebody of the name of one in the file, and somebody has a bib of it. */
  walk_up->runner = conc_runner_new ("");
  conc_runner_set (walk_up->runner, CONC_FIELD_GIVEN_NAME, "An 10");
  conc_runner_set (walk_up->runner, CONC_FIELD_FAMILY_NAME, "OBrien 1465");
  submit (fixture, walk_up);
  import (fixture, HEADER "9001,Ada,Lind,,,1203\n9002,Ben,Vang,Reds,,\n", "");
  edit (fixture, "ben", CONC_FIELD_TEAM, "Greens");
  import_many (fixture, 1000, 3000, 2499, 501);
  /* Half of these are known. */
  import_many (fixture, 2500, 3000, 1250, 250);
  g_assert_cmpuint (count_found (fixture, "obrien"), ==, 4501);
  g_assert_cmpuint (count_found (fixture, "ob 1465"), ==, 2);
  assert_runner (fixture, "1203", CONC_FIELD_GIVEN_NAME, "Ada");
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  add ("/import/a newer export keeps what was changed here", test_newer_export);
  add ("/import/bibs that were given here are kept", test_bibs);
  add ("/import/who was taken out stays out", test_taken_out);
  add ("/import/rows that say nothing are not refused", test_rows_that_say_nothing);
  add ("/import/a plan is not carried out over later changes", test_plan_that_is_old);
  add ("/import/many at once are written as few are", test_many);
  add ("/import/many at once beside those who are there", test_many_beside_others);
  return g_test_run ();
}
