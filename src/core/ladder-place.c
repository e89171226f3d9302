/* ladder-place.c: at which place a fault is told. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/ladder-private.h"

/* Certainty is of a fault within two places; a fault is told when it is likely somewhere near. */
#define PLACES 2u
#define NEAR_PLACES 15u

/* So far around a tap of the second timer alone others may be the one instead. */
#define SPREAD_REACH 10u
#define LEAST_ALONE 0.01

typedef struct
{
  const ConcLadderWriter *writer;
  ConcLadderSide          side;
  guint                   high;
} Span;

/**
 * conc_ladder_step_is_alone:
 *
 * Returns: whether the best way has a tap without a bib here, or a bib without a tap; that the
 *   second timer alone has the moment does not count as a tap. Any thread.
 */
gboolean
conc_ladder_step_is_alone (const ConcLadderWriter *writer, guint step_index, ConcLadderSide side)
{
  const ConcLadderStep *step = conc_ladder_writer_get_step (writer, step_index);
  gboolean              has_tap =
      step->instant != CONC_LADDER_NONE &&
      conc_ladder_writer_get_instant (writer, step->instant)->tap != CONC_LADDER_NONE;

  return side == CONC_LADDER_SIDE_TAP ? has_tap && step->entry == CONC_LADDER_NONE
                                      : !has_tap && step->entry != CONC_LADDER_NONE;
}

static guint
get_index (const ConcLadderWriter *writer, guint step_index, ConcLadderSide side)
{
  const ConcLadderStep *step = conc_ladder_writer_get_step (writer, step_index);

  return side == CONC_LADDER_SIDE_TAP ? step->instant : step->entry;
}

/* Half of the way to the next fault of this side, so that no two are told at one place. */
static guint
get_reach (const ConcLadderWriter *writer, guint step_index, ConcLadderSide side, int direction)
{
  guint index = get_index (writer, step_index, side);

  for (guint i = 1; i <= 2 * NEAR_PLACES; i++)
    {
      gint64 other = (gint64) step_index + direction * (gint64) i;

      if (other < 0 || other >= writer->steps->len)
        break;
      if (conc_ladder_step_is_alone (writer, (guint) other, side))
        {
          guint there = get_index (writer, (guint) other, side);

          return MIN (NEAR_PLACES, (there > index ? there - index : index - there) / 2);
        }
    }
  return NEAR_PLACES;
}

static double
get_likelihood (const Span *span, gint64 index)
{
  if (index < 0 || index > span->high)
    return 0.0;
  return span->side == CONC_LADDER_SIDE_TAP
             ? conc_ladder_aligner_get_extra (span->writer->aligner, (guint) index)
             : span->writer->missing[index];
}

static double
get_mass (const Span *span, gint64 middle, guint reach)
{
  double mass = 0.0;

  for (gint64 i = middle - reach; i <= middle + reach; i++)
    mass += get_likelihood (span, i);
  return MIN (mass, 1.0);
}

/* How good it is to tell @middle: what lies within two places counts, and a little more the nearer
 * it is. */
static double
get_score (const Span *span, gint64 middle)
{
  static const double shares[PLACES + 1] = { 1.0, 0.995, 0.98 };
  double              score = shares[0] * get_likelihood (span, middle);

  for (guint i = 1; i <= PLACES; i++)
    score += shares[i] * (get_likelihood (span, middle - i) + get_likelihood (span, middle + i));
  return score;
}

/* The entry that goes with a tap of the second timer. */
static guint
get_entry_of_second (const ConcLadderWriter *writer, const guint *instants, guint second)
{
  guint step = instants[second] == CONC_LADDER_NONE ? CONC_LADDER_NONE
                                                    : writer->step_of_instant[instants[second]];

  return step == CONC_LADDER_NONE ? CONC_LADDER_NONE
                                  : conc_ladder_writer_get_step (writer, step)->entry;
}

/* Divides what is known of @entry among the entries that go with taps around @second, which the
 * first timer may lack as well. */
static void
spread (const ConcLadderWriter *writer, const guint *instants, guint second, guint entry)
{
  const double *alone = writer->prepared->pairing->second_alone;
  guint         first = second, last = second, count = writer->input->second->len;
  double        sum = 0.0, mass = conc_ladder_aligner_get_missing (writer->aligner, entry);

  while (first > 0 && second - first < SPREAD_REACH && alone[first - 1] > LEAST_ALONE)
    first--;
  while (last + 1 < count && last - second < SPREAD_REACH && alone[last + 1] > LEAST_ALONE)
    last++;
  for (guint i = first; i <= last; i++)
    sum += alone[i];
  if (sum <= 0.0)
    return;
  writer->missing[entry] -= mass;
  for (guint i = first; i <= last; i++)
    {
      guint there = get_entry_of_second (writer, instants, i);

      writer->missing[there == CONC_LADDER_NONE ? entry : there] += mass * alone[i] / sum;
    }
}

/**
 * conc_ladder_spread_missing:
 * @writer: its rows are written; its @missing is filled
 *
 * How likely each entry is the one that has no tap. What the aligner says of a tap that the second
 * timer alone has is divided among those that came within the reach of two hands of it. Any thread.
 * Cost: of the entries and of the second timer's taps.
 */
void
conc_ladder_spread_missing (const ConcLadderWriter *writer)
{
  g_autofree guint *instants = g_new (guint, writer->input->second->len + 1);

  for (guint i = 0; i < writer->prepared->entries->len; i++)
    writer->missing[i] = conc_ladder_aligner_get_missing (writer->aligner, i);
  if (writer->prepared->pairing == NULL)
    return;
  for (guint i = 0; i < writer->input->second->len; i++)
    instants[i] = CONC_LADDER_NONE;
  for (guint i = 0; i < writer->prepared->instants->len; i++)
    {
      guint second = conc_ladder_writer_get_instant (writer, i)->second;

      if (second != CONC_LADDER_NONE)
        instants[second] = i;
    }
  for (guint i = 0; i < writer->steps->len; i++)
    {
      const ConcLadderStep *step = conc_ladder_writer_get_step (writer, i);

      if (step->instant != CONC_LADDER_NONE &&
          conc_ladder_step_is_alone (writer, i, CONC_LADDER_SIDE_BIB))
        spread (writer, instants, conc_ladder_writer_get_instant (writer, step->instant)->second,
                step->entry);
    }
}

/**
 * conc_ladder_find_place:
 * @step: where the best way has the fault
 * @side: of what is alone there
 *
 * The place that has the most of the probability within two places of it, which need not be the
 * likeliest place: of a run in which any could be it, that is the middle.
 *
 * Returns: the place, by the index of the moment or of the entry. Any thread. Cost: of the 31
 *   places around.
 */
ConcLadderPlace
conc_ladder_find_place (const ConcLadderWriter *writer, guint step, ConcLadderSide side)
{
  guint           count = side == CONC_LADDER_SIDE_TAP ? writer->prepared->instants->len
                                                       : writer->prepared->entries->len;
  guint           index = get_index (writer, step, side);
  Span            span = { writer, side, count - 1 };
  guint           before = MIN (get_reach (writer, step, side, -1), index);
  guint           after = MIN (get_reach (writer, step, side, 1), count - 1 - index);
  ConcLadderPlace best = { index, 0.0, get_mass (&span, index, NEAR_PLACES) };
  double          most = get_score (&span, index);

  for (guint i = index - before; i <= index + after; i++)
    {
      double score = get_score (&span, i);

      if (score > most && (side == CONC_LADDER_SIDE_BIB ||
                           conc_ladder_writer_get_instant (writer, i)->tap != CONC_LADDER_NONE))
        {
          best.middle = i;
          most = score;
        }
    }
  best.certainty = get_mass (&span, best.middle, PLACES);
  return best;
}
