/* fuzz-import.c: any bytes are a plan of an import that adds up, or are refused. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"
#include "store/import.h"

#include <glib/gstdio.h>
#include <stdlib.h>

const guint       fuzz_rounds = 2000;
const char *const fuzz_seeds[] = {
  "Registration ID,First Name,Last Name,Date of "
  "Birth,Gender,Bib,Team\n1,Ada,Lind,1990-05-01,F,11,Reds\n"
  "2,Ben,Vang,1985-01-31,M,,Blues\n3,Cai,Lor,,,12,\n1,Ada,Lind,1990-05-01,F,11,Reds\n",
  "First Name,Last Name,Email,Donation\nAda,Lind,ada@example.org,25\nAda,Lind,ada@example.org,\n",
  "Amount,Method,Name,Beneficiary,Transaction ID\n25.00,cash,Ada,source,t1\n10,check,,Nobody,t2\n"
  "25.00,cash,Ada,source,t1\n",
  NULL,
};

static char         *folder;
static ConcRaceFile *file;

static void
remove_race (void)
{
  static const char *const names[] = { "x.race", "x.race-wal", "x.race-shm", "x.race-lock" };

  conc_race_file_close (file);
  g_clear_object (&file);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
  g_free (folder);
}

/* A race that has the runners of the first seed, so that plans find something to compare with. */
static void
make_race (void)
{
  g_autoptr (ConcSettings) settings = conc_settings_new ();
  g_autoptr (GBytes) bytes = g_bytes_new (fuzz_seeds[0], strlen (fuzz_seeds[0]));
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  ConcImportPlan  *plan;

  folder = g_dir_make_tmp ("concourse-fuzz-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (folder, "x.race", NULL);
  conc_settings_set (settings, CONC_SETTING_NAME, "Test 5K");
  conc_settings_set (settings, CONC_SETTING_DATE, "2017-12-09");
  file = conc_race_file_create (path, settings, conc_clock_get_system (), &error);
  g_assert_no_error (error);
  atexit (remove_race);
  plan = conc_import_plan_new (conc_race_file_get_reader (file), bytes, CONC_IMPORT_RUNNERS, NULL,
                               &error);
  g_assert_no_error (error);
  conc_race_file_import (file, plan, &error);
  g_assert_no_error (error);
}

static void
check_plan (ConcImportPlan *plan)
{
  g_autoptr (GPtrArray) items = conc_import_plan_get_items (plan);
  g_autoptr (GHashTable) refused = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < items->len; i++)
    {
      const ConcImportItem *item = g_ptr_array_index (items, i);

      g_assert_cmpuint (item->line, >, 1);
      g_assert_true (item->name == NULL || g_utf8_validate (item->name, -1, NULL));
      g_assert_true (g_utf8_validate (item->sentence, -1, NULL));
      g_assert_true (g_str_has_suffix (item->sentence, "."));
      if (item->outcome == CONC_IMPORT_REFUSED)
        g_hash_table_add (refused, GUINT_TO_POINTER (item->line));
    }
  g_assert_cmpuint (g_hash_table_size (refused), ==,
                    conc_import_plan_count (plan, CONC_IMPORT_REFUSED));
  fuzz_n_read++;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcImportPlan) plan = NULL;

  if (file == NULL)
    make_race ();
  plan = conc_import_plan_new (conc_race_file_get_reader (file), bytes, CONC_IMPORT_GUESS, NULL,
                               &error);
  if (plan == NULL)
    fuzz_check_error (error);
  else
    check_plan (plan);
  return 0;
}
