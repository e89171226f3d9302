/* ladder-second.c: a second timer: its clock, and which of its taps are of the same runners. */
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

/* Two hands at one runner: seldom half a second apart. One in a hundred runners is missed. */
#define HANDS_SEC 0.17
#define TOGETHER_USEC (G_USEC_PER_SEC * 7 / 10)
#define ALONE_COST 4.6
#define MOST_TOGETHER 48u

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

/* What it costs to have come so far: after one tap of the first timer and @low taps of the second,
 * and so on. */
typedef struct
{
  guint  low;
  guint  count;
  double costs[MOST_TOGETHER + 1];
} Front;

typedef enum
{
  FROM_FIRST,
  FROM_BOTH,
  FROM_SECOND
} From;

static double
get_cost (const Front *front, guint passed)
{
  if (passed < front->low)
    return G_MAXDOUBLE;
  if (passed - front->low < front->count)
    return front->costs[passed - front->low];
  return front->costs[front->count - 1] +
         ALONE_COST * (double) (passed - front->low - front->count + 1);
}

static double
get_together_cost (gint64 apart_usec)
{
  double z = (double) apart_usec / (double) G_USEC_PER_SEC / HANDS_SEC;

  return ABS (apart_usec) > TOGETHER_USEC ? G_MAXDOUBLE : 0.5 * z * z;
}

/* One tap more of the first timer, at @at_usec by the second's clock. */
static void
advance (const GArray *second, const Front *before, Front *front, gint64 at_usec, guint8 *ret_from)
{
  guint low = before->low, high;

  while (low < second->len && get_usec (second, low) < at_usec - TOGETHER_USEC)
    low++;
  for (high = low; high < second->len && high < low + MOST_TOGETHER - 1 &&
                   get_usec (second, high) <= at_usec + TOGETHER_USEC;)
    high++;
  front->low = low;
  front->count = high - low + 1;
  for (guint passed = low; passed <= high; passed++)
    {
      double *cost = &front->costs[passed - low];
      double  both = passed > 0 ? get_cost (before, passed - 1) : G_MAXDOUBLE;

      *cost = get_cost (before, passed) + ALONE_COST;
      ret_from[passed - low] = FROM_FIRST;
      if (both < G_MAXDOUBLE)
        both += get_together_cost (get_usec (second, passed - 1) - at_usec);
      if (both < *cost)
        {
          *cost = both;
          ret_from[passed - low] = FROM_BOTH;
        }
      if (passed > low && cost[-1] + ALONE_COST < *cost)
        {
          *cost = cost[-1] + ALONE_COST;
          ret_from[passed - low] = FROM_SECOND;
        }
    }
}

/* Back from the end; what lies outside of a front was passed by the second alone. */
static void
trace_back (guint *pairs, const guint *lows, const guint8 *from, guint n_taps, guint passed)
{
  for (guint i = n_taps; i-- != 0;)
    {
      const guint8 *row = from + (gsize) i * (MOST_TOGETHER + 1);
      guint         count = row[MOST_TOGETHER] + 1u;

      if (passed - lows[i] >= count)
        passed = lows[i] + count - 1;
      while (row[passed - lows[i]] == FROM_SECOND)
        passed--;
      pairs[i] = row[passed - lows[i]] == FROM_BOTH ? --passed : CONC_LADDER_NONE;
    }
}

/**
 * conc_ladder_pair_timers:
 * @taps: (element-type ConcLadderTap): by the first timer, in the order of time
 * @second: (element-type ConcLadderTap): by the second
 * @offset_usec: the second clock less the first
 *
 * Aligns the two lists as the ladder aligns taps and bibs (Needleman and Wunsch 1970): two taps of
 * one runner cost the square of what lies between them, and a tap alone what it costs to be missed.
 *
 * Returns: (transfer full): for each tap the index of the other timer's tap of the same runner, or
 *   CONC_LADDER_NONE. Any thread. Cost: of the taps with those around them.
 */
guint *
conc_ladder_pair_timers (const GArray *taps, const GArray *second, gint64 offset_usec)
{
  guint             *pairs = g_new (guint, taps->len + 1);
  g_autofree guint  *lows = g_new (guint, taps->len + 1);
  g_autofree guint8 *from = g_new (guint8, (gsize) (taps->len + 1) * (MOST_TOGETHER + 1));
  Front              fronts[2] = { { 0, 1, { 0.0 } } };

  for (guint i = 0; i < taps->len; i++)
    {
      Front  *front = &fronts[(i + 1) % 2];
      guint8 *row = from + (gsize) i * (MOST_TOGETHER + 1);

      advance (second, &fronts[i % 2], front, get_usec (taps, i) + offset_usec, row);
      lows[i] = front->low;
      /* The last place of a row is free for its count. */
      row[MOST_TOGETHER] = (guint8) (front->count - 1);
    }
  trace_back (pairs, lows, from, taps->len, second->len);
  return pairs;
}
