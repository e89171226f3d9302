/* bench-ladder.c: how many faults at the line the ladder locates, and how fast. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ladder-race.h"

#include <stdio.h>
#include <stdlib.h>

#define RACES 100u
#define FAULTY_SEED 50000u
#define CLEAN_SEED 70000u
#define MOST_FAULTS 5u
#define FULL_AIM_MS 50.0
#define MORE_AIM_MS 2.0
#define CROSSINGS 5000u
#define MORE 200u
#define RUNS 9u

static const guint SIZES[] = { 100, 500, 1500 };
static const guint GAPS[] = { 25, 50, 100, 0 };

typedef struct
{
  guint faults[CONC_LADDER_N_KINDS];
  guint located[CONC_LADDER_N_KINDS];
  guint named;
  guint races;
  guint alarms;
} Count;

static void
run_race (LadderRaceSettings *settings, guint n_faults, guint seed, Count *count)
{
  g_autoptr (LadderRace) race = NULL;
  g_autoptr (ConcLadder) ladder = conc_ladder_new ();
  const ConcLadderResult *result;

  settings->n_faults = n_faults;
  settings->seed = seed;
  race = ladder_race_new (settings);
  result = conc_ladder_update (ladder, race->input);
  if (n_faults == 0)
    {
      count->races++;
      count->alarms += result->suspicions->len != 0;
    }
  for (guint i = 0; i < race->faults->len; i++)
    {
      const LadderFault *fault = &g_array_index (race->faults, LadderFault, i);
      gboolean           named = FALSE;

      count->faults[fault->kind]++;
      count->located[fault->kind] += ladder_race_is_located (race, fault, result, &named);
      count->named += named;
    }
}

static double
get_percent (guint part, guint all)
{
  return all == 0 ? 0.0 : 100.0 * part / all;
}

static void
print_count (const LadderRaceSettings *settings, const char *faults, const Count *count)
{
  guint all = 0, located = 0;

  for (guint i = 0; i < CONC_LADDER_N_KINDS; i++)
    {
      all += count->faults[i];
      located += count->located[i];
    }
  printf ("{\"figure\":\"ladder-located\",\"runners\":%u,\"faults\":\"%s\",\"rungs_every\":%u,"
          "\"second_timer\":%s,\"laps\":%s,\"fault_count\":%u,\"located_percent\":%.1f,"
          "\"named_percent\":%.1f,\"false_alarm_percent\":%.1f",
          settings->n_runners, faults, settings->rung_gap, settings->has_second ? "true" : "false",
          settings->has_laps ? "true" : "false", all, get_percent (located, all),
          get_percent (count->named, all), get_percent (count->alarms, count->races));
  for (guint i = 0; i < CONC_LADDER_N_KINDS; i++)
    if (count->faults[i] != 0)
      printf (",\"%s\":\"%u/%u\"", conc_ladder_kind_to_text (i), count->located[i],
              count->faults[i]);
  printf ("}\n");
}

static void
print_setting (LadderRaceSettings settings)
{
  Count all = { 0 };

  for (guint seed = 0; seed < RACES; seed++)
    run_race (&settings, 0, CLEAN_SEED + seed, &all);
  for (guint n_faults = 1; n_faults <= MOST_FAULTS; n_faults++)
    {
      g_autofree char *faults = g_strdup_printf ("%u", n_faults);
      Count            count = { 0 };

      for (guint seed = 0; seed < RACES / MOST_FAULTS; seed++)
        {
          run_race (&settings, n_faults, FAULTY_SEED + MOST_FAULTS * seed + n_faults - 1, &count);
          run_race (&settings, n_faults, FAULTY_SEED + MOST_FAULTS * seed + n_faults - 1, &all);
        }
      count.races = all.races;
      count.alarms = all.alarms;
      print_count (&settings, faults, &count);
    }
  print_count (&settings, "1-5", &all);
}

/* Exchanges of runners who came one after the other: nothing that was recorded tells of them,
 * except where a rung does. */
static void
print_neighbours (guint n_runners)
{
  LadderRaceSettings settings = { .n_runners = n_runners, .rung_gap = 25, .has_second = TRUE };
  Count              count = { 0 };

  settings.has_laps = TRUE;
  settings.neighbours = TRUE;
  settings.kinds = 1u << CONC_LADDER_SWAPPED_BIBS;
  for (guint seed = 0; seed < RACES; seed++)
    run_race (&settings, 1, FAULTY_SEED + seed, &count);
  print_count (&settings, "1 exchange of neighbours", &count);
}

static int
compare_doubles_cb (const void *a, const void *b)
{
  double first = *(const double *) a, second = *(const double *) b;

  return (first > second) - (first < second);
}

static double
get_ms (gint64 since_usec)
{
  return (double) (g_get_monotonic_time () - since_usec) / 1000.0;
}

/* The last crossings of the race come one by one: each one more is an update of its own. */
static void
print_times (guint rung_gap, gboolean has_second)
{
  LadderRaceSettings settings = { .n_runners = CROSSINGS, .n_faults = 5, .seed = 1 };
  g_autoptr (LadderRace) race = NULL;
  g_autoptr (ConcLadder) ladder = conc_ladder_new ();
  g_autoptr (ConcLadderInput) now = NULL;
  double full_ms[RUNS], more_ms[MORE];
  guint  n_bibs;

  settings.rung_gap = rung_gap;
  settings.has_second = has_second;
  settings.has_laps = TRUE;
  race = ladder_race_new (&settings);
  for (guint i = 0; i < RUNS; i++)
    {
      g_autoptr (ConcLadder) fresh = conc_ladder_new ();
      gint64 start_usec = g_get_monotonic_time ();

      conc_ladder_update (fresh, race->input);
      full_ms[i] = get_ms (start_usec);
    }
  now = conc_ladder_input_copy (race->input);
  n_bibs = now->bibs->len;
  g_array_set_size (now->bibs, n_bibs - MORE);
  conc_ladder_update (ladder, now);
  for (guint i = 0; i < MORE; i++)
    {
      gint64 start_usec;

      g_array_append_vals (now->bibs,
                           &g_array_index (race->input->bibs, ConcLadderBib, n_bibs - MORE + i), 1);
      start_usec = g_get_monotonic_time ();
      conc_ladder_update (ladder, now);
      more_ms[i] = get_ms (start_usec);
    }
  qsort (full_ms, RUNS, sizeof *full_ms, compare_doubles_cb);
  qsort (more_ms, MORE, sizeof *more_ms, compare_doubles_cb);
  printf ("{\"figure\":\"ladder-5000\",\"rungs_every\":%u,\"second_timer\":%s,\"full_ms\":%.2f,"
          "\"full_aim_ms\":%.0f,\"more_ms\":%.3f,\"more_p99_ms\":%.3f,\"more_aim_ms\":%.0f}\n",
          rung_gap, has_second ? "true" : "false", full_ms[RUNS / 2], FULL_AIM_MS,
          more_ms[MORE / 2], more_ms[MORE * 99 / 100], MORE_AIM_MS);
}

int
main (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (SIZES); i++)
    for (guint j = 0; j < G_N_ELEMENTS (GAPS); j++)
      for (guint k = 0; k < 4; k++)
        {
          LadderRaceSettings settings = { .n_runners = SIZES[i], .rung_gap = GAPS[j] };

          settings.has_second = k % 2 == 0;
          settings.has_laps = k < 2;
          print_setting (settings);
        }
  for (guint i = 0; i < G_N_ELEMENTS (SIZES); i++)
    print_neighbours (SIZES[i]);
  print_times (25, TRUE);
  print_times (25, FALSE);
  print_times (0, FALSE);
  return EXIT_SUCCESS;
}
