/* problems-lap.c: laps that are far from the others of the runner. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/problems-private.h"

#include "core/race-time.h"

#include <glib/gi18n-lib.h>

/* With fewer, nobody can tell which of them is the usual one. */
#define MIN_LAPS 3
/* A lap is short below half of the usual one, and two laps in one from 9/5 of it on: who is caught
 * by a walk loses less than that, and two laps seldom take less. */
#define MISSED_NUMERATOR 9
#define MISSED_DENOMINATOR 5

typedef struct
{
  const ConcCrossing *crossing;
  gint64              usec;
} Lap;

static GArray *
list_laps (ConcRaceProblemSearch *search, const ConcResult *result)
{
  ConcScoreboard        *board = search->input->board;
  GArray                *laps = g_array_new (FALSE, FALSE, sizeof (Lap));
  gint64                 last_usec = conc_scoreboard_get_start (board, result->entrant->wave);
  guint                  count;
  const ConcCrossingUse *uses = conc_scoreboard_get_uses (board, result->entrant->key, &count);

  if (result->entrant->own_start_usec != CONC_NO_TIME && !result->start_ignored)
    last_usec = result->entrant->own_start_usec;
  for (guint i = 0; i < count; i++)
    {
      Lap lap = { &result->entrant->crossings[i], 0 };

      if (uses[i] >= CONC_CROSSING_FIRST_IGNORED)
        continue;
      lap.usec = lap.crossing->at_usec - last_usec;
      if (last_usec != CONC_NO_TIME)
        g_array_append_val (laps, lap);
      last_usec = lap.crossing->at_usec;
    }
  return laps;
}

static gint64
get_usual (const GArray *laps)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < laps->len; i++)
    g_array_append_val (times, g_array_index (laps, Lap, i).usec);
  return conc_race_problem_median (times);
}

static void
add_short (ConcRaceProblemSearch *search,
           const ConcResult      *result,
           const Lap             *lap,
           gint64                 usual_usec)
{
  g_autofree char *who = conc_race_problem_dup_who (search, result);
  g_autofree char *at = conc_race_problem_dup_clock (search, lap->crossing->at_usec);
  g_autofree char *span = conc_race_problem_dup_span (lap->usec);
  g_autofree char *usual = conc_race_problem_dup_span (usual_usec);

  conc_race_problem_add_of (
      search, CONC_RACE_PROBLEM_SHORT_LAP, result, lap->crossing,
      g_strdup_printf (
          _ ("%s crossed the line at %s after a lap of %s; the usual lap of this runner "
             "is %s."),
          who, at, span, usual),
      g_strdup (_ ("See whether this crossing is of another runner, or was taken twice.")));
}

static void
add_missed (ConcRaceProblemSearch *search,
            const ConcResult      *result,
            const Lap             *lap,
            gint64                 usual_usec)
{
  g_autofree char *who = conc_race_problem_dup_who (search, result);
  g_autofree char *at = conc_race_problem_dup_clock (search, lap->crossing->at_usec);
  g_autofree char *span = conc_race_problem_dup_span (lap->usec);
  g_autofree char *usual = conc_race_problem_dup_span (usual_usec);
  g_autofree char *half =
      conc_time_format_clock (lap->crossing->at_usec - lap->usec / 2, search->input->zone, 0);

  conc_race_problem_add_of (
      search, CONC_RACE_PROBLEM_MISSED_LAP, result, lap->crossing,
      g_strdup_printf (
          _ ("%s crossed the line at %s after a lap of %s; the usual lap of this runner "
             "is %s, so a crossing may be missing in between."),
          who, at, span, usual),
      g_strdup_printf (_ ("Ask the second timer. If it was missed, put it in at half time, like "
                          "“cross %u %s” where times are recorded."),
                       result->entrant->bib, half));
}

/** conc_race_problems_find_laps: adds the laps of @result that take less than half, or about twice,
 * of what the laps of this runner take; of who has three laps or more. */
void
conc_race_problems_find_laps (ConcRaceProblemSearch *search, const ConcResult *result)
{
  g_autoptr (GArray) laps = NULL;
  gint64 usual_usec;

  if (result->laps_done < MIN_LAPS)
    return;
  laps = list_laps (search, result);
  if (laps->len < MIN_LAPS)
    return;
  usual_usec = get_usual (laps);
  for (guint i = 0; i < laps->len; i++)
    {
      const Lap *lap = &g_array_index (laps, Lap, i);

      if (lap->usec * 2 < usual_usec)
        add_short (search, result, lap, usual_usec);
      else if (lap->usec * MISSED_DENOMINATOR >= usual_usec * MISSED_NUMERATOR)
        add_missed (search, result, lap, usual_usec);
    }
}
