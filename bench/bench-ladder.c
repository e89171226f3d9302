/* bench-ladder.c: how many faults at the line the ladder locates, and how fast. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ladder-race.h"

#include <stdio.h>
#include <stdlib.h>

#define RACES 60u
#define MOST_RACES 300u /* of what the ladder has to hold */
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
  guint told;
  guint right;
  guint certainty; /* sum of percents */
} Count;

/* What is told of taps and bibs: as much of it should be right as it says by itself. */
static void
count_told (const LadderRace *race, const ConcLadderResult *result, Count *count)
{
  for (guint i = 0; i < result->suspicions->len; i++)
    {
      const ConcLadderSuspicion *suspicion =
          &g_array_index (result->suspicions, ConcLadderSuspicion, i);

      if (suspicion->kind >= CONC_LADDER_SECOND_OFFSET)
        continue;
      count->told++;
      count->certainty += suspicion->certainty_percent;
      count->right += ladder_race_is_true (race, suspicion, result);
    }
}

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
  else
    count_told (race, result, count);
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
  printf ("{\"figure\":\"ladder-located\",\"runners\":%u,\"chute\":\"%s\",\"faults\":\"%s\","
          "\"rungs_every\":%u,\"second_timer\":%s,\"laps\":%s,\"odd_laps_of_1000\":%u,",
          settings->n_runners, settings->chute == LADDER_CHUTE_STEADY ? "steady" : "crowded",
          faults, settings->rung_gap, settings->has_second ? "true" : "false",
          settings->has_laps ? "true" : "false", settings->odd_laps);
  printf ("\"fault_count\":%u,\"located_percent\":%.1f,\"named_percent\":%.1f,", all,
          get_percent (located, all), get_percent (count->named, all));
  printf ("\"told_right_percent\":%.1f,\"told_certainty_percent\":%.1f,\"clean_races\":%u,"
          "\"false_alarm_percent\":%.1f",
          get_percent (count->right, count->told),
          count->told == 0 ? 0.0 : (double) count->certainty / count->told, count->races,
          get_percent (count->alarms, count->races));
  for (guint i = 0; i < CONC_LADDER_N_KINDS; i++)
    if (count->faults[i] != 0)
      printf (",\"%s\":\"%u/%u\"", conc_ladder_kind_to_text (i), count->located[i],
              count->faults[i]);
  printf ("}\n");
}

/* As many races with faults as without, one to five faults each in turn. */
static void
print_setting (LadderRaceSettings settings, guint n_races)
{
  Count all = { 0 };

  if (settings.odd_laps == 0)
    settings.odd_laps = 2;
  for (guint seed = 0; seed < n_races; seed++)
    {
      run_race (&settings, 0, CLEAN_SEED + seed, &all);
      run_race (&settings, 1 + seed % MOST_FAULTS, FAULTY_SEED + seed, &all);
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

/* What the ladder has to hold, in a steady chute and in a crowded one, and what it makes of runners
 * whose last laps are less even. */
static void
print_held (guint n_runners)
{
  LadderRaceSettings settings = { .n_runners = n_runners, .rung_gap = 25, .has_second = TRUE };

  settings.has_laps = TRUE;
  print_setting (settings, MOST_RACES);
  settings.odd_laps = 10;
  print_setting (settings, RACES);
  settings.odd_laps = 0;
  settings.chute = LADDER_CHUTE_CROWDED;
  print_setting (settings, MOST_RACES);
}

/* What is left of it when one evidence or the other is not there. */
static void
print_without (guint n_runners)
{
  for (guint i = 0; i < G_N_ELEMENTS (GAPS); i++)
    for (guint k = 0; k < 4; k++)
      {
        LadderRaceSettings settings = { .n_runners = n_runners, .rung_gap = GAPS[i] };

        settings.has_second = k % 2 == 0;
        settings.has_laps = k < 2;
        print_setting (settings, RACES);
      }
}

int
main (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (SIZES); i++)
    print_held (SIZES[i]);
  for (guint i = 0; i < G_N_ELEMENTS (SIZES); i++)
    print_without (SIZES[i]);
  for (guint i = 0; i < G_N_ELEMENTS (SIZES); i++)
    print_neighbours (SIZES[i]);
  print_times (25, TRUE);
  print_times (25, FALSE);
  print_times (0, FALSE);
  return EXIT_SUCCESS;
}
