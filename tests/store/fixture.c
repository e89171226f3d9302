/* fixture.c: a small race in a folder of its own, for tests of the store. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"

#include "store/import.h"
#include "store/maintain.h"

#include <glib/gstdio.h>

/* An empty race on a race day in Minneapolis. */
void
fixture_set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConcSettings) settings = conc_settings_new ();
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("concourse-test-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "x.race", NULL);
  conc_fake_clock_init (&fixture->clock, RACE_DAY_USEC);
  conc_settings_set (settings, CONC_SETTING_NAME, "Test 5K");
  conc_settings_set (settings, CONC_SETTING_DATE, "2017-12-09");
  conc_settings_set (settings, CONC_SETTING_TIMEZONE, "America/Chicago");
  fixture->file = conc_race_file_create (fixture->path, settings, &fixture->clock.clock, &error);
  g_assert_no_error (error);
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  for (const char *name; (name = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* Whatever a test did, the projections are as the facts say. */
void
fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) sentences = NULL;
  g_autoptr (GError) error = NULL;
  gint64 n_facts;

  g_assert_true (conc_verify (fixture->path, &sentences, &n_facts, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (sentences->len, ==, 0);
  conc_race_file_close (fixture->file);
  g_clear_object (&fixture->file);
  remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

void
fixture_set (Fixture *fixture, ConcSetting setting, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcCommand) command = conc_command_new_setting (&fixture->clock.clock, setting, text);
  g_autoptr (ConcReceipt) receipt = conc_race_file_submit (fixture->file, command, &error);

  g_assert_no_error (error);
}

/* Registrations in CSV form. */
void
fixture_import (Fixture *fixture, const char *csv, gsize length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (csv, length);
  g_autoptr (GError) error = NULL;
  ConcImportPlan *plan =
      conc_import_plan_new (fixture_get_reader (fixture), bytes, CONC_IMPORT_RUNNERS, NULL, &error);

  g_assert_no_error (error);
  conc_race_file_import (fixture->file, plan, &error);
  g_assert_no_error (error);
}

ConcReader *
fixture_get_reader (Fixture *fixture)
{
  return conc_race_file_get_reader (fixture->file);
}
