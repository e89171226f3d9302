/* fuzz-race-file.c: a race file in which any byte was changed is read, or refused, or differs. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"
#include "store/maintain.h"
#include "store/race-file.h"

#include <glib/gstdio.h>
#include <stdlib.h>

/* An input is a list of changes: a text "OFFSET:BYTES," with the offset in hexadecimal digits. */
const guint       fuzz_rounds = 300;
const char *const fuzz_seeds[] = {
  "0:SQLite,", "12:\x01,",   "1c:\x7f,",     "1004:\xff\xff,",
  "2000:\r,",  "3fff:\x01,", "5a10:runner,", "60:zz,9001:q,a001:{},b123:2017,",
  "",          NULL,
};

static char *folder;
static char *path;
static char *sound;
static gsize sound_length;

static void
remove_race (void)
{
  static const char *const suffixes[] = { "", "-wal", "-shm", "-lock", "-journal" };

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (path, suffixes[i], NULL);

      g_unlink (name);
    }
  g_rmdir (folder);
  g_free (folder);
  g_free (path);
  g_free (sound);
}

static void
submit (ConcRaceFile *file, ConcCommand *command)
{
  g_autoptr (ConcCommand) owned = command;
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcReceipt) receipt = conc_race_file_submit (file, owned, &error);

  g_assert_no_error (error);
}

static void
fill_race (ConcRaceFile *file)
{
  ConcClock *clock = conc_clock_get_system ();

  submit (file, conc_command_new (CONC_COMMAND_GUN, clock));
  for (guint bib = 1; bib <= 20; bib++)
    {
      ConcCommand *walk_up = conc_command_new (CONC_COMMAND_REGISTER, clock);

      walk_up->runner = conc_runner_new ("");
      conc_runner_set (walk_up->runner, CONC_FIELD_GIVEN_NAME, "Ada");
      conc_runner_take (walk_up->runner, CONC_FIELD_BIB, g_strdup_printf ("%u", bib));
      submit (file, walk_up);
      submit (file, conc_command_new_bib (CONC_COMMAND_CHECK_IN, clock, bib));
      submit (file, conc_command_new_bib (CONC_COMMAND_CROSS, clock, bib));
    }
}

static void
make_race (void)
{
  g_autoptr (ConcSettings) settings = conc_settings_new ();
  g_autoptr (ConcRaceFile) file = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *live = NULL;

  folder = g_dir_make_tmp ("concourse-fuzz-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (folder, "x.race", NULL);
  live = g_build_filename (folder, "live.race", NULL);
  atexit (remove_race);
  conc_settings_set (settings, CONC_SETTING_NAME, "Test 5K");
  conc_settings_set (settings, CONC_SETTING_DATE, "2017-12-09");
  file = conc_race_file_create (path, settings, conc_clock_get_system (), &error);
  g_assert_no_error (error);
  fill_race (file);
  conc_backup (path, live, &error);
  g_assert_no_error (error);
  conc_race_file_close (file);
  g_file_get_contents (live, &sound, &sound_length, &error);
  g_assert_no_error (error);
  g_unlink (live);
}

static void
damage (char *bytes, const char *changes, gsize length)
{
  g_autofree char *text = g_strndup (changes, length);
  g_auto (GStrv) list = g_strsplit (text, ",", 50);

  for (guint i = 0; list[i] != NULL; i++)
    {
      char   *colon = NULL;
      guint64 at = g_ascii_strtoull (list[i], &colon, 16);

      if (*colon == ':')
        for (const char *byte = colon + 1; *byte != '\0'; byte++, at++)
          bytes[at % sound_length] = *byte;
    }
}

/* Whoever looks at a file is told what is wrong with it, and nothing breaks. */
static void
read_race (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcReader) reader = conc_reader_open (path, &error);
  g_autoptr (GPtrArray) runners = NULL;
  g_autoptr (GPtrArray) taps = NULL;
  ConcCounts counts;

  if (reader == NULL)
    return;
  runners = conc_reader_list_runners (reader, NULL);
  taps = conc_reader_list_taps (reader, 0, NULL);
  conc_reader_count (reader, &counts, NULL);
}

static void
verify (void)
{
  g_autoptr (GPtrArray) sentences = NULL;
  g_autoptr (GError) error = NULL;
  gint64 n_facts;

  if (conc_verify (path, &sentences, &n_facts, NULL, &error))
    fuzz_n_read++;
  else
    fuzz_check_error (error);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;

  if (sound == NULL)
    make_race ();
  bytes = g_memdup2 (sound, sound_length);
  damage (bytes, (const char *) data, size);
  g_file_set_contents_full (path, bytes, (gssize) sound_length, G_FILE_SET_CONTENTS_NONE, 0600,
                            &error);
  g_assert_no_error (error);
  read_race ();
  verify ();
  return 0;
}
