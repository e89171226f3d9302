/* ladder-second.c: the clock of a second timer. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/ladder-private.h"

#include <string.h>

/* The watch of a second timer is believed to be within two minutes. Differences are counted in
 * steps of a tenth of a second. */
#define REACH_USEC (120 * G_USEC_PER_SEC)
#define STEP_USEC (G_USEC_PER_SEC / 10)
#define STEPS (2 * 1200 + 1)
#define MOST_TAPS 256u
#define LEAST_TAPS 4u

/* What is taken as the peak, and the background that it must stand out of. */
#define NEAR_USEC (G_USEC_PER_SEC / 4)
#define AROUND_STEPS 50u
#define ROUND_USEC 10000

typedef struct
{
  guint  counts[STEPS];
  gint64 near_sum_usec;
  guint  near_count;
} Differences;

static gint64
get_usec (const GArray *taps, guint index)
{
  return g_array_index (taps, ConcLadderTap, index).at_usec;
}

/* All differences in reach; with @peak_usec not NONE also the mean of those near to it. */
static void
count_differences (Differences  *differences,
                   const GArray *taps,
                   const GArray *second,
                   guint         count,
                   gint64        peak_usec)
{
  guint first = 0;

  memset (differences, 0, sizeof *differences);
  for (guint i = 0; i < count; i++)
    {
      gint64 at_usec = get_usec (second, i);

      while (first < taps->len && get_usec (taps, first) < at_usec - REACH_USEC)
        first++;
      for (guint j = first; j < taps->len && get_usec (taps, j) <= at_usec + REACH_USEC; j++)
        {
          gint64 by_usec = at_usec - get_usec (taps, j);

          differences->counts[(by_usec + REACH_USEC + STEP_USEC / 2) / STEP_USEC]++;
          if (ABS (by_usec - peak_usec) <= NEAR_USEC)
            {
              differences->near_sum_usec += by_usec;
              differences->near_count++;
            }
        }
    }
}

static guint
get_three (const Differences *differences, guint step)
{
  return differences->counts[step - 1] + differences->counts[step] + differences->counts[step + 1];
}

/* Of equal peaks the one that moves the clock least. */
static guint
find_peak (const Differences *differences)
{
  guint best = STEPS / 2;

  for (guint i = 1; i < STEPS / 2; i++)
    {
      guint before = STEPS / 2 - i, after = STEPS / 2 + i;

      if (before >= 1 && get_three (differences, before) > get_three (differences, best))
        best = before;
      if (after + 1 < STEPS && get_three (differences, after) > get_three (differences, best))
        best = after;
    }
  return best;
}

static double
get_background (const Differences *differences, guint peak)
{
  guint first = peak > AROUND_STEPS ? peak - AROUND_STEPS : 0;
  guint end = MIN (peak + AROUND_STEPS + 1, STEPS);
  guint sum = 0, count = 0;

  for (guint i = first; i < end; i++)
    if (i + 3 < peak || i > peak + 3)
      {
        sum += differences->counts[i];
        count++;
      }
  return count == 0 ? 0.0 : 3.0 * (double) sum / (double) count;
}

/**
 * conc_ladder_find_offset:
 * @taps: (element-type ConcLadderTap): by the first timer, in the order of time
 * @second: (element-type ConcLadderTap): by the second
 * @ret_usec: (out): the second clock less the first, to 10 ms
 *
 * The offset that most differences agree on, and not the difference of the first taps: the second
 * timer may have come late. It is believed when at least half of the times share it and it stands
 * out of the chance of others (field rule: times of one race agree by 60 %, of two by 27 %).
 *
 * Returns: whether there is such an offset. Any thread. Cost: of the first 256 taps of @second with
 *   all that are within two minutes of each.
 */
gboolean
conc_ladder_find_offset (const GArray *taps, const GArray *second, gint64 *ret_usec)
{
  g_autofree Differences *differences = g_new (Differences, 1);
  guint                   count, peak;
  gint64                  peak_usec;
  double                  votes;

  if (second->len < LEAST_TAPS || taps->len < LEAST_TAPS)
    return FALSE;
  count = MIN (1u << (g_bit_storage (second->len) - 1), MOST_TAPS);
  count_differences (differences, taps, second, count, G_MAXINT64 / 2);
  peak = find_peak (differences);
  votes = get_three (differences, peak);
  if (votes < 0.5 * count || votes < 1.5 * get_background (differences, peak))
    return FALSE;
  peak_usec = (gint64) peak * STEP_USEC - REACH_USEC;
  count_differences (differences, taps, second, count, peak_usec);
  if (differences->near_count == 0)
    return FALSE;
  *ret_usec = differences->near_sum_usec / differences->near_count / ROUND_USEC * ROUND_USEC;
  return TRUE;
}
