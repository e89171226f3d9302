/* bench-reads.c: a file of 100,000 reads, and a live batch of 20 behind it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/chip-table.h"
#include "store/race-file.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define N_READS 100000u
#define N_CHIPS 2000u
#define N_BATCHES 101u
#define BATCH 20u
#define FILE_AIM_MS 5000.0
#define BATCH_AIM_MS 10.0

static double
get_ms (gint64 start_usec)
{
  return (double) (g_get_monotonic_time () - start_usec) / 1000.0;
}

static void
submit (ConcRaceFile *file, ConcCommand *take_command)
{
  g_autoptr (ConcCommand) command = take_command;
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcReceipt) receipt = conc_race_file_submit (file, command, &error);

  if (receipt == NULL)
    g_error ("%s", error->message);
}

/* Fifty reads of each chip, a second apart, as in a minute at the mat. */
static void
add_read (ConcReadBatch *batch, guint n)
{
  guint            second = n / (N_READS / 3600);
  g_autofree char *line =
      g_strdup_printf ("T%04u,2017-12-09 10:%02u:%02u.%03u", n * 3 / 100 % N_CHIPS,
                       second / 60 % 60, second % 60, n % 1000);

  conc_read_batch_add (batch, line, 1);
}

static ConcReadBatch *
make_batch (guint first, guint n)
{
  ConcReadBatch *batch = conc_read_batch_new ("mat", "passings");

  batch->head = g_strdup ("Chip,Time\n");
  for (guint i = 0; i < n; i++)
    add_read (batch, first + i);
  return batch;
}

static void
give_chips (ConcRaceFile *file)
{
  g_autoptr (GPtrArray) chips = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) tags = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < N_CHIPS; i++)
    {
      ConcChip *chip = g_new0 (ConcChip, 1);

      chip->tag = g_strdup_printf ("t%04u", i);
      chip->bib = i + 1;
      g_ptr_array_add (tags, chip->tag);
      g_ptr_array_add (chips, chip);
    }
  submit (file, conc_command_new_chips (conc_race_file_get_clock (file), chips));
}

static int
compare_doubles_cb (const void *a, const void *b)
{
  double first = *(const double *) a, second = *(const double *) b;

  return first < second ? -1 : first > second;
}

static void
measure (ConcRaceFile *file)
{
  ConcClock      *clock = conc_race_file_get_clock (file);
  ConcStreamOrder order = { .name = (char *) "mat", .use = (char *) "finish" };
  ConcReadBatch  *all = make_batch (0, N_READS);
  double          batch_ms[N_BATCHES], file_ms;
  gint64          start_usec;

  submit (file, conc_command_new_stream (clock, &order));
  give_chips (file);
  start_usec = g_get_monotonic_time ();
  submit (file, conc_command_new_reads (clock, all));
  file_ms = get_ms (start_usec);
  for (guint i = 0; i < N_BATCHES; i++)
    {
      ConcReadBatch *batch = make_batch (N_READS + i * BATCH, BATCH);

      start_usec = g_get_monotonic_time ();
      submit (file, conc_command_new_reads (clock, batch));
      batch_ms[i] = get_ms (start_usec);
    }
  qsort (batch_ms, N_BATCHES, sizeof *batch_ms, compare_doubles_cb);
  printf ("{\"figure\":\"reads\",\"reads\":%u,\"file_ms\":%.0f,\"file_aim_ms\":%.0f,\"batch\":%u,"
          "\"batch_ms\":%.2f,\"batch_p99_ms\":%.2f,\"batch_aim_ms\":%.0f}\n",
          N_READS, file_ms, FILE_AIM_MS, BATCH, batch_ms[N_BATCHES / 2],
          batch_ms[N_BATCHES * 99 / 100], BATCH_AIM_MS);
}

int
main (void)
{
  g_autofree char *folder = g_dir_make_tmp ("concourse-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "x.race", NULL);
  g_autofree char *lock = g_strconcat (path, "-lock", NULL);
  g_autoptr (ConcSettings) settings = conc_settings_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcRaceFile) file = NULL;

  conc_settings_set (settings, CONC_SETTING_NAME, "Bench");
  conc_settings_set (settings, CONC_SETTING_DATE, "2017-12-09");
  conc_settings_set (settings, CONC_SETTING_TIMEZONE, "America/Chicago");
  file = conc_race_file_create (path, settings, conc_clock_get_system (), &error);
  if (file == NULL)
    g_error ("%s", error->message);
  measure (file);
  conc_race_file_close (file);
  g_unlink (path);
  g_unlink (lock);
  g_rmdir (folder);
  return EXIT_SUCCESS;
}
