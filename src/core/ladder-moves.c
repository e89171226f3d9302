/* ladder-moves.c: bibs that changed places, and blocks that came in reverse. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/ladder-private.h"

#include <math.h>

/* How far apart two exchanged bibs may stand, and how long a reversed block may be (a spindle of
 * tags). A block of three is an exchange of its ends. */
#define SWAP_REACH 128u
#define LEAST_BLOCK 4u
#define BLOCK_REACH 20u

/* What a move costs before it is believed, as negative logarithms of its odds at one place: of
 * neighbours once in 3,000 places, of two bibs farther apart once in 2,000 divided among 128, and
 * of a block once in 2,000 divided among 40. */
#define NEIGHBOUR_COST 8.0
#define SWAP_COST 12.4
#define BLOCK_COST 11.3
#define LEAST_LOG_ODDS (-4.0)

/* What another move must gain over the likeliest one. */
#define LEAST_GAIN 0.02

typedef struct
{
  guint  step;
  guint  entry;
  gint64 at_usec;
  double cost;
} Match;

struct _ConcLadderMover
{
  GArray *matches;    /* Match */
  GArray *candidates; /* ConcLadderMove, over matches */
  GArray *chosen;     /* ConcLadderMove, over steps */
};

/** conc_ladder_mover_new: Returns: (transfer full): for conc_ladder_mover_free(). */
ConcLadderMover *
conc_ladder_mover_new (void)
{
  ConcLadderMover *mover = g_new0 (ConcLadderMover, 1);

  mover->matches = g_array_new (FALSE, FALSE, sizeof (Match));
  mover->candidates = g_array_new (FALSE, FALSE, sizeof (ConcLadderMove));
  mover->chosen = g_array_new (FALSE, FALSE, sizeof (ConcLadderMove));
  return mover;
}

/** conc_ladder_mover_free: frees @mover. */
void
conc_ladder_mover_free (ConcLadderMover *mover)
{
  g_array_unref (mover->matches);
  g_array_unref (mover->candidates);
  g_array_unref (mover->chosen);
  g_free (mover);
}

static Match *
get_match (const ConcLadderMover *mover, guint index)
{
  return &g_array_index (mover->matches, Match, index);
}

/* Returns: how many of the matches are as they were. */
static guint
collect_matches (ConcLadderMover          *mover,
                 const ConcLadderPrepared *prepared,
                 const GArray             *steps,
                 guint                     same_entries)
{
  guint n = 0, same = 0, n_before = mover->matches->len;

  for (guint i = 0; i < steps->len; i++)
    {
      const ConcLadderStep *step = &g_array_index (steps, ConcLadderStep, i);
      Match                 match = { i, step->entry, 0, 0.0 };

      if (step->instant == CONC_LADDER_NONE || step->entry == CONC_LADDER_NONE)
        continue;
      match.at_usec = g_array_index (prepared->instants, ConcLadderInstant, step->instant).at_usec;
      if (same == n && n < n_before && match.entry < same_entries &&
          get_match (mover, n)->entry == match.entry &&
          get_match (mover, n)->at_usec == match.at_usec)
        {
          get_match (mover, n)->step = i;
          same++;
        }
      else
        {
          match.cost = conc_ladder_entry_cost (&g_array_index (prepared->entries, ConcLadderEntry,
                                                               match.entry),
                                               match.at_usec);
          g_array_set_size (mover->matches, n);
          g_array_append_val (mover->matches, match);
        }
      n++;
    }
  g_array_set_size (mover->matches, n);
  return same;
}

/* What it gains when two matches exchange their bibs. */
static double
get_gain (const ConcLadderPrepared *prepared, const Match *a, const Match *b)
{
  return a->cost + b->cost -
         conc_ladder_entry_cost (&g_array_index (prepared->entries, ConcLadderEntry, a->entry),
                                 b->at_usec) -
         conc_ladder_entry_cost (&g_array_index (prepared->entries, ConcLadderEntry, b->entry),
                                 a->at_usec);
}

static void
add_candidate (ConcLadderMover *mover,
               guint            first,
               guint            last,
               guint            center,
               gboolean         is_block,
               double           log_odds)
{
  ConcLadderMove move = { first, last, center, is_block, 0.0, 0.0 };

  if (log_odds < LEAST_LOG_ODDS)
    return;
  move.odds = exp (MIN (log_odds, 300.0));
  g_array_append_val (mover->candidates, move);
}

static void
find_swaps (ConcLadderMover *mover, const ConcLadderPrepared *prepared, guint from)
{
  for (guint i = from; i < mover->matches->len; i++)
    {
      const Match *a = get_match (mover, i);

      for (guint j = i + 1; j < mover->matches->len && j <= i + SWAP_REACH; j++)
        {
          double price = j == i + 1 ? NEIGHBOUR_COST : SWAP_COST;
          double most = a->cost + get_match (mover, j)->cost - price;

          if (most > LEAST_LOG_ODDS)
            add_candidate (mover, i, j, i, FALSE,
                           get_gain (prepared, a, get_match (mover, j)) - price);
        }
    }
}

/* @center is twice the middle of the block: blocks of an even length have theirs between two. */
static void
find_blocks (ConcLadderMover *mover, const ConcLadderPrepared *prepared, guint from)
{
  for (guint center = 2 * from; center + 1 < 2 * mover->matches->len; center++)
    {
      guint  low = center / 2, high = (center + 1) / 2;
      double gain = 0.0;

      for (guint i = 0; i < BLOCK_REACH && i <= low && high + i < mover->matches->len; i++)
        {
          if (low == high && i == 0)
            continue;
          gain += get_gain (prepared, get_match (mover, low - i), get_match (mover, high + i));
          if (high - low + 2 * i + 1 >= LEAST_BLOCK)
            add_candidate (mover, low - i, high + i, low, TRUE, gain - BLOCK_COST);
        }
    }
}

/* Candidates whose whole reach is as it was stay. */
static void
find_candidates (ConcLadderMover *mover, const ConcLadderPrepared *prepared, guint same)
{
  guint swap_from = same > SWAP_REACH ? same - SWAP_REACH : 0;
  guint block_from = same > BLOCK_REACH + 1 ? same - BLOCK_REACH - 1 : 0;
  guint n = 0;

  for (guint i = 0; i < mover->candidates->len; i++)
    {
      ConcLadderMove *move = &g_array_index (mover->candidates, ConcLadderMove, i);

      if (move->center < (move->is_block ? block_from : swap_from))
        g_array_index (mover->candidates, ConcLadderMove, n++) = *move;
    }
  g_array_set_size (mover->candidates, n);
  find_swaps (mover, prepared, swap_from);
  find_blocks (mover, prepared, block_from);
}

static int
compare_odds_cb (gconstpointer a, gconstpointer b)
{
  const ConcLadderMove *first = a;
  const ConcLadderMove *second = b;

  if (first->odds != second->odds)
    return first->odds > second->odds ? -1 : 1;
  if (first->is_block != second->is_block)
    return first->is_block ? 1 : -1;
  if (first->first != second->first)
    return first->first < second->first ? -1 : 1;
  return first->last < second->last ? -1 : first->last > second->last;
}

static gboolean
is_within (const ConcLadderMove *move, guint index)
{
  return move->is_block ? index >= move->first && index <= move->last
                        : index == move->first || index == move->last;
}

static gboolean
overlaps (const ConcLadderMove *a, const ConcLadderMove *b)
{
  if (a->is_block && b->is_block)
    return a->first <= b->last && b->first <= a->last;
  if (a->is_block)
    return overlaps (b, a);
  return is_within (b, a->first) || is_within (b, a->last);
}

static gboolean
is_near (guint a, guint b)
{
  return a <= b + 2 && b <= a + 2;
}

/* Of all that could have happened to these bibs, the part that is this move to within two places.
 */
static double
get_certainty (const GArray *sorted, const ConcLadderMove *move)
{
  double all = 1.0, near = 0.0;

  for (guint i = 0; i < sorted->len; i++)
    {
      const ConcLadderMove *other = &g_array_index (sorted, ConcLadderMove, i);

      if (!overlaps (move, other))
        continue;
      all += other->odds;
      if (other->is_block == move->is_block && is_near (other->first, move->first) &&
          is_near (other->last, move->last))
        near += other->odds;
    }
  return near / all;
}

/* Of the moves that are near to @move, the one that most likely has the truth within two places. */
static ConcLadderMove
find_middle (const GArray *sorted, const ConcLadderMove *move)
{
  ConcLadderMove best = *move;

  best.certainty = get_certainty (sorted, move);
  for (guint i = 0; i < sorted->len; i++)
    {
      ConcLadderMove other = g_array_index (sorted, ConcLadderMove, i);

      if (other.is_block != move->is_block || !is_near (other.first, move->first) ||
          !is_near (other.last, move->last))
        continue;
      other.certainty = get_certainty (sorted, &other);
      if (other.certainty > best.certainty + LEAST_GAIN)
        best = other;
    }
  return best;
}

static void
choose (ConcLadderMover *mover)
{
  g_autoptr (GArray) sorted = g_array_copy (mover->candidates);

  g_array_sort (sorted, compare_odds_cb);
  g_array_set_size (mover->chosen, 0);
  for (guint i = 0; i < sorted->len; i++)
    {
      ConcLadderMove move = g_array_index (sorted, ConcLadderMove, i);
      gboolean       is_free = move.odds > 1.0;

      for (guint j = 0; j < mover->chosen->len && is_free; j++)
        is_free = !overlaps (&move, &g_array_index (mover->chosen, ConcLadderMove, j));
      if (!is_free)
        continue;
      move = find_middle (sorted, &move);
      g_array_append_val (mover->chosen, move);
    }
  for (guint i = 0; i < mover->chosen->len; i++)
    {
      ConcLadderMove *move = &g_array_index (mover->chosen, ConcLadderMove, i);

      move->first = get_match (mover, move->first)->step;
      move->last = get_match (mover, move->last)->step;
    }
}

/**
 * conc_ladder_mover_run:
 * @prepared: what is known
 * @steps: (element-type ConcLadderStep): the best way of the aligner
 * @same_entries: so many entries are as they were in the run before
 *
 * Moves that a global alignment cannot have, since it keeps the order: two bibs that changed
 * places, and a block that was entered from its end. A move gains what the times fit better the
 * laps, limits and rungs of the bibs, and costs the odds of such a fault. Two neighbours of whom
 * nothing is known cannot be told apart, and nothing is said of them.
 *
 * Returns: (transfer none) (element-type ConcLadderMove): moves that are more likely than not, that
 *   do not overlap, best first. Any thread. Cost: 170 pairs for each row that changed.
 */
const GArray *
conc_ladder_mover_run (ConcLadderMover          *mover,
                       const ConcLadderPrepared *prepared,
                       const GArray             *steps,
                       guint                     same_entries)
{
  guint same = collect_matches (mover, prepared, steps, same_entries);

  find_candidates (mover, prepared, same);
  choose (mover);
  return mover->chosen;
}
