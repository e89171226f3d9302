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
#define LEAST_SHARE 0.5
#define PEAK_STEPS 1u
#define VOTE_STEPS 2u
#define MEAN_ROUNDS 8u
#define LEAST_EXCESS 0.4

typedef struct
{
  guint counts[STEPS];
  guint sums[STEPS + 1];
} Differences;

static gint64
get_usec (const GArray *taps, guint index)
{
  return g_array_index (taps, ConcLadderTap, index).at_usec;
}

/* All differences in reach. */
static void
count_differences (Differences *differences, const GArray *taps, const GArray *second, guint count)
{
  guint first = 0;

  memset (differences, 0, sizeof *differences);
  for (guint i = 0; i < count; i++)
    {
      gint64 at_usec = get_usec (second, i);

      while (first < taps->len && get_usec (taps, first) < at_usec - REACH_USEC)
        first++;
      for (guint j = first; j < taps->len && get_usec (taps, j) <= at_usec + REACH_USEC; j++)
        differences
            ->counts[(at_usec - get_usec (taps, j) + REACH_USEC + STEP_USEC / 2) / STEP_USEC]++;
    }
}

/* The mean of the differences near to @offset_usec, or that itself. */
static gint64
get_mean (const GArray *taps, const GArray *second, guint count, gint64 offset_usec)
{
  gint64 sum_usec = 0, n = 0;
  guint  first = 0;

  for (guint i = 0; i < count; i++)
    {
      gint64 at_usec = get_usec (second, i) - offset_usec;

      while (first < taps->len && get_usec (taps, first) < at_usec - NEAR_USEC)
        first++;
      for (guint j = first; j < taps->len && get_usec (taps, j) <= at_usec + NEAR_USEC; j++)
        {
          sum_usec += at_usec - get_usec (taps, j);
          n++;
        }
    }
  return offset_usec + (n == 0 ? 0 : sum_usec / n);
}

static void
sum_up (Differences *differences)
{
  differences->sums[0] = 0;
  for (guint i = 0; i < STEPS; i++)
    differences->sums[i + 1] = differences->sums[i] + differences->counts[i];
}

/* How many lie within so many steps of @step, and how many steps that are. */
static guint
get_around (const Differences *differences, guint step, guint reach, guint *ret_steps)
{
  guint first = step - MIN (step, reach), end = MIN (step + reach + 1, STEPS);

  *ret_steps = end - first;
  return differences->sums[end] - differences->sums[first];
}

/* What more there is near to @step than chance has in as many steps somewhere around it: before the
 * busiest minute the taps that come later are more, whatever the clock says. */
static double
get_excess (const Differences *differences, guint step, guint reach)
{
  guint near_steps, wide_steps, all_steps;
  guint votes = get_around (differences, step, reach, &near_steps);
  guint wide = get_around (differences, step, reach + 1, &wide_steps);
  guint all = get_around (differences, step, AROUND_STEPS, &all_steps);

  return votes - (double) (all - wide) * near_steps / (all_steps - wide_steps);
}

/* Of equal peaks the one that moves the clock least. */
static guint
find_peak (const Differences *differences)
{
  guint  best = STEPS / 2;
  double most = get_excess (differences, best, PEAK_STEPS);

  for (guint i = 1; i <= STEPS / 2; i++)
    for (int direction = -1; direction <= 1; direction += 2)
      {
        guint  step = direction < 0 ? STEPS / 2 - i : STEPS / 2 + i;
        double excess = get_excess (differences, step, PEAK_STEPS);

        if (excess > most)
          {
            most = excess;
            best = step;
          }
      }
  return best;
}

/**
 * conc_ladder_find_offset:
 * @taps: (element-type ConcLadderTap): by the first timer, in the order of time
 * @second: (element-type ConcLadderTap): by the second
 * @ret_usec: (out): the second clock less the first, to 10 ms
 *
 * The offset that most differences agree on, and not the difference of the first taps: the second
 * timer may have come late. It is believed when at least half of the times share it, and 0.4 of
 * them more than share any other by chance (field rule: times of one race agree by 60 %, of two by
 * 27 %).
 *
 * Returns: whether there is such an offset. Any thread. Cost: of the first 256 taps of @second with
 *   all that are within two minutes of each.
 */
gboolean
conc_ladder_find_offset (const GArray *taps, const GArray *second, gint64 *ret_usec)
{
  g_autofree Differences *differences = g_new (Differences, 1);
  guint                   count, peak, steps;
  gint64                  offset_usec;

  if (second->len < LEAST_TAPS || taps->len < LEAST_TAPS)
    return FALSE;
  count = MIN (1u << (g_bit_storage (second->len) - 1), MOST_TAPS);
  count_differences (differences, taps, second, count);
  sum_up (differences);
  peak = find_peak (differences);
  if (get_around (differences, peak, VOTE_STEPS, &steps) < LEAST_SHARE * count ||
      get_excess (differences, peak, VOTE_STEPS) < LEAST_EXCESS * count)
    return FALSE;
  /* Others who came by chance draw the mean to the middle of what is looked at: it is moved. */
  offset_usec = (gint64) peak * STEP_USEC - REACH_USEC;
  for (guint i = 0; i < MEAN_ROUNDS; i++)
    offset_usec = get_mean (taps, second, count, offset_usec);
  *ret_usec = offset_usec / ROUND_USEC * ROUND_USEC;
  return TRUE;
}
