/* laps.c: which crossings of a runner count. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/laps.h"

#include "core/race-time.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * conc_crossing_compare:
 *
 * The order at the line: by time, then as recorded, then by the name of the fact, so that two
 * crossings never compare equal unless they are the same fact.
 *
 * Returns: below, equal to or above 0, as strcmp(). Any thread.
 * Source: USATF rule 245, the order across the line is the official order.
 */
int
conc_crossing_compare (const ConcCrossing *a, const ConcCrossing *b)
{
  int by_station;

  if (a->at_usec != b->at_usec)
    return a->at_usec < b->at_usec ? -1 : 1;
  if (a->hlc != b->hlc)
    return a->hlc < b->hlc ? -1 : 1;
  by_station = strcmp (a->fact.station, b->fact.station);
  if (by_station != 0)
    return by_station;
  if (a->fact.seq != b->fact.seq)
    return a->fact.seq < b->fact.seq ? -1 : 1;
  return a->line < b->line ? -1 : a->line > b->line;
}

static ConcCrossingUse
use_crossing (gint64           at_usec,
              gint64           start_usec,
              gint64           last_usec,
              guint            laps_needed,
              const ConcRules *rules,
              guint            laps)
{
  if (start_usec != CONC_NO_TIME && at_usec < start_usec)
    return CONC_CROSSING_BEFORE_GUN;
  if (laps >= laps_needed)
    return CONC_CROSSING_AFTER_FINISH;
  if (laps_needed > 1 && last_usec != CONC_NO_TIME && at_usec - last_usec < rules->min_lap_usec)
    return CONC_CROSSING_TOO_SOON;
  return laps + 1 == laps_needed ? CONC_CROSSING_FINISH : CONC_CROSSING_LAP;
}

/**
 * conc_laps_count:
 * @crossings: (array length=count): the crossings of one runner, sorted by conc_crossing_compare()
 * @count: how many, perhaps 0
 * @start_usec: the gun of the runner's wave, or CONC_NO_TIME: then none is before the gun
 * @laps_needed: how many laps the runner's event has, 1 or more
 * @rules: the shortest lap
 * @ret_uses: (out caller-allocates) (optional) (array length=count): what became of each
 *
 * In a race of several laps a crossing that comes sooner than the shortest lap after the last one
 * that counted, or after the gun, does not count: the runner stood at the line, or was taken twice.
 * A race of one lap takes the first crossing from the gun on.
 *
 * Returns: the laps done, the index of the finish or CONC_NO_CROSSING, and how many do not count.
 *   Thread: any. Cost: linear.
 */
ConcLaps
conc_laps_count (const ConcCrossing *crossings,
                 guint               count,
                 gint64              start_usec,
                 guint               laps_needed,
                 const ConcRules    *rules,
                 ConcCrossingUse    *ret_uses)
{
  ConcLaps laps = { .finish = CONC_NO_CROSSING };
  gint64   last_usec = start_usec;

  for (guint i = 0; i < count; i++)
    {
      ConcCrossingUse use = use_crossing (crossings[i].at_usec, start_usec, last_usec, laps_needed,
                                          rules, laps.laps_done);

      if (use < CONC_CROSSING_FIRST_IGNORED)
        {
          laps.laps_done++;
          last_usec = crossings[i].at_usec;
        }
      else
        laps.ignored_count++;
      if (use == CONC_CROSSING_FINISH)
        laps.finish = i;
      if (ret_uses != NULL)
        ret_uses[i] = use;
    }
  return laps;
}

/**
 * conc_crossing_use_to_text:
 *
 * Returns: (transfer none): a few translated words for the timing table, like "Finish" or
 *   "Not counted: before the gun". Any thread.
 */
const char *
conc_crossing_use_to_text (ConcCrossingUse use)
{
  static const char *const texts[] = {
    [CONC_CROSSING_LAP] = N_ ("Lap"),
    [CONC_CROSSING_FINISH] = N_ ("Finish"),
    [CONC_CROSSING_BEFORE_GUN] = N_ ("Not counted: before the gun"),
    [CONC_CROSSING_TOO_SOON] = N_ ("Not counted: too soon after the last crossing"),
    [CONC_CROSSING_AFTER_FINISH] = N_ ("Not counted: already finished"),
  };

  return _ (texts[use]);
}
