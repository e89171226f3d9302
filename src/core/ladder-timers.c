/* ladder-timers.c: which taps of two timers are of the same runners. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/ladder-private.h"

#include <math.h>
#include <string.h>

/* Two hands at one runner: seldom half a second apart. One in a hundred runners is missed. */
#define HANDS_SEC 0.15
#define TOGETHER_USEC (G_USEC_PER_SEC * 7 / 10)
#define P_ALONE 0.01
#define MOST_TOGETHER 48u

/* How well two taps fit, by what lies between them. */
#define TABLE_USEC 2000
#define TABLE_SIZE (TOGETHER_USEC / TABLE_USEC + 1)

/* After so many taps of the first timer: how many of the second's may be passed, @count numbers
 * from @low on. */
typedef struct
{
  guint low;
  guint count;
  guint offset; /* of its cells */
} Row;

/* The sum over all ways to here, the likeliest of them, whether that has the tap before together
 * with one, and the sum over all ways from here on. */
typedef struct
{
  double   forward;
  double   best;
  double   backward;
  gboolean is_together;
} Cell;

typedef struct
{
  const GArray      *taps;
  const GArray      *second;
  gint64             offset_usec;
  Row               *rows;  /* one more than there are taps */
  GArray            *cells; /* Cell */
  ConcLadderPairing *pairing;
  double             together[TABLE_SIZE];
} Timers;

static gint64
get_usec (const GArray *taps, guint index)
{
  return g_array_index (taps, ConcLadderTap, index).at_usec;
}

static gint64
get_second_usec (const Timers *timers, guint index)
{
  return get_usec (timers->second, index) - timers->offset_usec;
}

static Cell *
get_cells (const Timers *timers, guint row)
{
  return &g_array_index (timers->cells, Cell, timers->rows[row].offset);
}

static void
fill_table (Timers *timers)
{
  for (guint i = 0; i < TABLE_SIZE; i++)
    {
      double z = (i + 0.5) * TABLE_USEC / (double) G_USEC_PER_SEC / HANDS_SEC;

      timers->together[i] = exp (-0.5 * z * z);
    }
}

/* Whether @second may be of the same runner as @tap, and then how well the two fit. */
static gboolean
is_in_reach (const Timers *timers, guint tap, guint second, double *ret_together)
{
  gint64 apart_usec = get_second_usec (timers, second) - get_usec (timers->taps, tap);

  if (apart_usec > TOGETHER_USEC)
    return FALSE;
  *ret_together =
      apart_usec < -TOGETHER_USEC ? 0.0 : timers->together[ABS (apart_usec) / TABLE_USEC];
  return TRUE;
}

static double
get_alone (guint count)
{
  double odds = 1.0;

  for (; count != 0 && odds > 1e-200; count--)
    odds *= P_ALONE;
  return odds;
}

/* What is too early for the next tap is passed, and nothing that is too late for the one before. */
static void
plan_rows (Timers *timers)
{
  guint low = 0, high = 0;

  for (guint i = 0; i <= timers->taps->len; i++)
    {
      Row *row = &timers->rows[i];

      if (i < timers->taps->len)
        while (low < timers->second->len &&
               get_second_usec (timers, low) < get_usec (timers->taps, i) - TOGETHER_USEC)
          low++;
      if (i > 0)
        while (high < timers->second->len &&
               get_second_usec (timers, high) <= get_usec (timers->taps, i - 1) + TOGETHER_USEC)
          high++;
      high = MAX (high, low);
      *row = (Row){ low, MIN (high - low + 1, MOST_TOGETHER), timers->cells->len };
      g_array_set_size (timers->cells, timers->cells->len + row->count);
    }
}

/* The place in the row after @row of a way that passes @tap alone, or NONE. Those that have passed
 * too few of the second timer's pass them now. */
static guint
get_place (const Timers *timers, guint row, guint index, double *ret_odds)
{
  guint passed = timers->rows[row].low + index;
  guint low = timers->rows[row + 1].low, to = MAX (passed, low);

  *ret_odds = P_ALONE * get_alone (to - passed);
  return to - low < timers->rows[row + 1].count ? to - low : CONC_LADDER_NONE;
}

static void
add_way (Cell *cell, double sum, double best, gboolean is_together)
{
  cell->forward += sum;
  if (best > cell->best)
    {
      cell->best = best;
      cell->is_together = is_together;
    }
}

static void
pass_tap (const Timers *timers, guint tap)
{
  const Cell *cells = get_cells (timers, tap);

  for (guint i = 0; i < timers->rows[tap].count; i++)
    {
      double odds;
      guint  to = get_place (timers, tap, i, &odds);

      if (to != CONC_LADDER_NONE)
        add_way (get_cells (timers, tap + 1) + to, cells[i].forward * odds, cells[i].best * odds,
                 FALSE);
    }
}

/* Taps of the second timer that are passed alone are passed right in front of one that is not, so
 * that no way counts twice. */
static void
pair_tap (const Timers *timers, guint tap)
{
  const Row  *row = &timers->rows[tap], *next = &timers->rows[tap + 1];
  const Cell *cells = get_cells (timers, tap);
  double      sum = 0.0, most = 0.0, together;

  for (guint i = 0;
       row->low + i < timers->second->len && is_in_reach (timers, tap, row->low + i, &together);
       i++)
    {
      guint passed = row->low + i + 1;

      sum = sum * P_ALONE + (i < row->count ? cells[i].forward : 0.0);
      most = MAX (most * P_ALONE, i < row->count ? cells[i].best : 0.0);
      if (passed >= next->low && passed - next->low < next->count)
        add_way (get_cells (timers, tap + 1) + (passed - next->low), sum * together,
                 most * together, TRUE);
    }
}

static void
run_forward (Timers *timers)
{
  Cell *cell = get_cells (timers, 0);

  cell->forward = cell->best = 1.0;
  for (guint i = 0; i < timers->taps->len; i++)
    {
      Cell  *cells = get_cells (timers, i + 1);
      guint  count = timers->rows[i + 1].count;
      double sum = 1e-290, most = 1e-290;

      pass_tap (timers, i);
      pair_tap (timers, i);
      for (guint j = 0; j < count; j++)
        {
          sum += cells[j].forward;
          most = MAX (most, cells[j].best);
        }
      for (guint j = 0; j < count; j++)
        {
          cells[j].forward /= sum;
          cells[j].best /= most;
        }
    }
}

/* What comes after @tap when it is together with @second; 0 when that cannot be. */
static double
get_after (const Timers *timers, guint tap, guint second)
{
  const Row *next = &timers->rows[tap + 1];
  guint      passed = second + 1;
  double     together;

  if (second >= timers->second->len || passed < next->low || passed - next->low >= next->count ||
      !is_in_reach (timers, tap, second, &together))
    return 0.0;
  return together * get_cells (timers, tap + 1)[passed - next->low].backward;
}

static void
step_back (const Timers *timers, guint tap)
{
  const Row *row = &timers->rows[tap];
  Cell      *cells = get_cells (timers, tap);
  double     pairs = 0.0, all = 1e-290, alone = 0.0, sum = 0.0, most = 1e-290;
  double     after[MOST_TOGETHER];

  for (guint i = row->count; i-- != 0;)
    {
      double odds;
      guint  to = get_place (timers, tap, i, &odds);

      odds *= to == CONC_LADDER_NONE ? 0.0 : get_cells (timers, tap + 1)[to].backward;
      after[i] = get_after (timers, tap, row->low + i);
      pairs = pairs * P_ALONE + after[i];
      cells[i].backward = pairs + odds;
      alone += cells[i].forward * odds;
      all += cells[i].forward * cells[i].backward;
    }
  timers->pairing->first_alone[tap] = alone / all;
  for (guint i = 0; i < row->count; i++)
    {
      sum = sum * P_ALONE + cells[i].forward;
      if (after[i] > 0.0)
        timers->pairing->second_alone[row->low + i] -= sum * after[i] / all;
      most = MAX (most, cells[i].backward);
    }
  for (guint i = 0; i < row->count; i++)
    cells[i].backward /= most;
}

static void
run_backward (Timers *timers)
{
  guint n = timers->taps->len;
  Cell *cells = get_cells (timers, n);

  for (guint i = 0; i < timers->second->len; i++)
    timers->pairing->second_alone[i] = 1.0;
  for (guint i = timers->rows[n].count; i-- != 0;)
    cells[i].backward = get_alone (timers->rows[n].count - 1 - i);
  for (guint i = n; i-- != 0;)
    step_back (timers, i);
}

/* Where the likeliest way to @passed was before @tap. */
static guint
find_before (const Timers *timers, guint tap, guint passed, gboolean is_together)
{
  const Cell *cells = get_cells (timers, tap);
  guint       before = timers->rows[tap].low;
  double      best = -1.0;

  for (guint i = 0; i < timers->rows[tap].count; i++)
    {
      guint  here = timers->rows[tap].low + i;
      guint  to = is_together ? passed - 1 : MAX (here, timers->rows[tap + 1].low);
      double odds;

      if (here > to || (!is_together && to != passed))
        continue;
      odds = cells[i].best * get_alone (to - here);
      if (odds > best)
        {
          best = odds;
          before = here;
        }
    }
  return before;
}

static void
trace_back (Timers *timers)
{
  guint      n = timers->taps->len;
  const Row *last = &timers->rows[n];
  guint      passed = last->low;
  double     best = -1.0;

  for (guint i = 0; i < last->count; i++)
    {
      double odds = get_cells (timers, n)[i].best * get_alone (last->count - 1 - i);

      if (odds > best)
        {
          best = odds;
          passed = last->low + i;
        }
    }
  for (guint i = n; i-- != 0;)
    {
      gboolean is_together =
          get_cells (timers, i + 1)[passed - timers->rows[i + 1].low].is_together;

      timers->pairing->pairs[i] = is_together ? passed - 1 : CONC_LADDER_NONE;
      passed = find_before (timers, i, passed, is_together);
    }
}

/**
 * conc_ladder_pair_timers:
 * @taps: (element-type ConcLadderTap): by the first timer, in the order of time
 * @second: (element-type ConcLadderTap): by the second
 * @offset_usec: the second clock less the first
 *
 * Aligns the two lists as the ladder aligns taps and bibs, by the same kind of model: two taps of
 * one runner are apart by two hands, and each timer has one in a hundred alone. Where several came
 * within the reach of two hands, it is not known which of them one timer lacks, and each has its
 * part of the probability.
 *
 * Returns: (transfer full): for conc_ladder_pairing_unref(). Any thread. Cost: of the taps with
 * those around them.
 */
ConcLadderPairing *
conc_ladder_pair_timers (const GArray *taps, const GArray *second, gint64 offset_usec)
{
  ConcLadderPairing *pairing = g_rc_box_new0 (ConcLadderPairing);
  g_autofree Row    *rows = g_new (Row, taps->len + 1);
  g_autoptr (GArray) cells = g_array_new (FALSE, TRUE, sizeof (Cell));
  Timers timers = { taps, second, offset_usec, rows, cells, pairing, { 0.0 } };

  pairing->pairs = g_new (guint, taps->len + 1);
  pairing->first_alone = g_new0 (double, taps->len + 1);
  pairing->second_alone = g_new0 (double, second->len + 1);
  pairing->taps = g_array_copy ((GArray *) taps);
  pairing->second = g_array_copy ((GArray *) second);
  pairing->offset_usec = offset_usec;
  fill_table (&timers);
  plan_rows (&timers);
  run_forward (&timers);
  run_backward (&timers);
  trace_back (&timers);
  return pairing;
}

static gboolean
is_same (const GArray *a, const GArray *b)
{
  return a->len == b->len && memcmp (a->data, b->data, a->len * sizeof (ConcLadderTap)) == 0;
}

/**
 * conc_ladder_pairing_ref_if_same:
 * @pairing: (nullable): what was paired before
 *
 * Returns: (transfer full) (nullable): @pairing once more, when it is of the same taps and offset:
 *   a bib that is entered leaves them as they were. Any thread. Cost: of the taps.
 */
ConcLadderPairing *
conc_ladder_pairing_ref_if_same (ConcLadderPairing *pairing,
                                 const GArray      *taps,
                                 const GArray      *second,
                                 gint64             offset_usec)
{
  return pairing != NULL && pairing->offset_usec == offset_usec && is_same (pairing->taps, taps) &&
                 is_same (pairing->second, second)
             ? g_rc_box_acquire (pairing)
             : NULL;
}

static void
clear (gpointer data)
{
  ConcLadderPairing *pairing = data;

  g_free (pairing->pairs);
  g_free (pairing->first_alone);
  g_free (pairing->second_alone);
  g_array_unref (pairing->taps);
  g_array_unref (pairing->second);
}

/** conc_ladder_pairing_unref: frees @pairing, which may be NULL, when it was the last of it. */
void
conc_ladder_pairing_unref (ConcLadderPairing *pairing)
{
  if (pairing != NULL)
    g_rc_box_release_full (pairing, clear);
}
