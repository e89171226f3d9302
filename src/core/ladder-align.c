/* ladder-align.c: which tap belongs to which bib, as a pair hidden Markov model. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/ladder-align-private.h"

/* How far the alignment may be from the best one so far, in taps. */
#define BAND 10u

/** conc_ladder_aligner_new: Returns: (transfer full): an aligner that has seen nothing. */
ConcLadderAligner *
conc_ladder_aligner_new (void)
{
  ConcLadderAligner *aligner = g_new0 (ConcLadderAligner, 1);

  aligner->rows = g_array_new (FALSE, FALSE, sizeof (ConcLadderAlignRow));
  aligner->cells = g_array_new (FALSE, TRUE, sizeof (ConcLadderCell));
  aligner->steps = g_array_new (FALSE, FALSE, sizeof (ConcLadderStep));
  aligner->bib_alone = g_array_new (FALSE, TRUE, sizeof (double));
  aligner->tap_alone = g_array_new (FALSE, TRUE, sizeof (double));
  return aligner;
}

/** conc_ladder_aligner_free: frees @aligner. */
void
conc_ladder_aligner_free (ConcLadderAligner *aligner)
{
  g_array_unref (aligner->rows);
  g_array_unref (aligner->cells);
  g_array_unref (aligner->steps);
  g_array_unref (aligner->bib_alone);
  g_array_unref (aligner->tap_alone);
  g_free (aligner);
}

/** conc_ladder_align_get_instant: Returns: (transfer none): a moment of what is aligned now. */
const ConcLadderInstant *
conc_ladder_align_get_instant (const ConcLadderAligner *aligner, guint index)
{
  return &g_array_index (aligner->prepared->instants, ConcLadderInstant, index);
}

/** conc_ladder_align_get_entry: Returns: (transfer none): an entry of what is aligned now. */
const ConcLadderEntry *
conc_ladder_align_get_entry (const ConcLadderAligner *aligner, guint index)
{
  return &g_array_index (aligner->prepared->entries, ConcLadderEntry, index);
}

/** conc_ladder_align_get_row: Returns: (transfer none): the row after @index entries. */
ConcLadderAlignRow *
conc_ladder_align_get_row (const ConcLadderAligner *aligner, guint index)
{
  return &g_array_index (aligner->rows, ConcLadderAlignRow, index);
}

/** conc_ladder_align_get_cell: Returns: (transfer none): (nullable): the cell after so many entries
 * and moments, NULL outside of the band. */
ConcLadderCell *
conc_ladder_align_get_cell (const ConcLadderAligner *aligner, guint row_index, guint passed)
{
  const ConcLadderAlignRow *row = conc_ladder_align_get_row (aligner, row_index);

  if (passed < row->low || passed - row->low >= row->width)
    return NULL;
  return &g_array_index (aligner->cells, ConcLadderCell, row->offset + passed - row->low);
}

static void
plan_row (ConcLadderAligner *aligner, guint index)
{
  guint              count = aligner->prepared->instants->len;
  ConcLadderAlignRow row = { 0, 0, aligner->cells->len, 0 };
  guint              high = BAND;

  if (index > 0)
    {
      const ConcLadderAlignRow *before = conc_ladder_align_get_row (aligner, index - 1);
      guint                     peak = before->peak + 1;
      guint                     hint = conc_ladder_align_get_entry (aligner, index - 1)->hint;

      if (hint != CONC_LADDER_NONE)
        hint++;
      row.low = peak > BAND ? peak - BAND : 0;
      high = peak + BAND;
      if (hint != CONC_LADDER_NONE && hint < peak)
        row.low = MIN (row.low, hint > BAND ? hint - BAND : 0);
      if (hint != CONC_LADDER_NONE && hint > peak)
        high = MAX (high, hint + BAND);
      row.low = MAX (row.low, before->low);
      row.low = MIN (row.low, before->low + before->width);
    }
  row.low = MIN (row.low, count);
  high = MAX (MIN (high, count), row.low);
  row.width = MIN (high - row.low + 1, CONC_LADDER_MOST_WIDTH);
  g_array_append_val (aligner->rows, row);
  g_array_set_size (aligner->cells, row.offset + row.width);
}

static guint8
get_better (const double best[CONC_LADDER_N_STATES],
            const double odds[CONC_LADDER_N_STATES],
            double      *ret_best)
{
  guint8 from = CONC_LADDER_STATE_MATCH;

  *ret_best = best[CONC_LADDER_STATE_MATCH] * odds[CONC_LADDER_STATE_MATCH];
  for (guint8 state = CONC_LADDER_STATE_TAP; state < CONC_LADDER_N_STATES; state++)
    if (best[state] * odds[state] > *ret_best)
      {
        *ret_best = best[state] * odds[state];
        from = state;
      }
  return from;
}

static void
step_match (ConcLadderCell *cell, const ConcLadderCell *from)
{
  double match = (double) cell->match;
  double odds[CONC_LADDER_N_STATES] = { match, match, match };

  cell->forward[CONC_LADDER_STATE_MATCH] =
      match * (from->forward[CONC_LADDER_STATE_MATCH] + from->forward[CONC_LADDER_STATE_TAP] +
               from->forward[CONC_LADDER_STATE_BIB]);
  cell->from[CONC_LADDER_STATE_MATCH] =
      get_better (from->best, odds, &cell->best[CONC_LADDER_STATE_MATCH]);
}

static void
step_bib (const ConcLadderAligner *aligner,
          ConcLadderCell          *cell,
          const ConcLadderCell    *from,
          guint                    entry_index)
{
  double odds[CONC_LADDER_N_STATES];

  conc_ladder_odds_get_bib (aligner, cell, entry_index, &odds[CONC_LADDER_STATE_MATCH],
                            &odds[CONC_LADDER_STATE_BIB]);
  odds[CONC_LADDER_STATE_TAP] = odds[CONC_LADDER_STATE_MATCH];
  cell->forward[CONC_LADDER_STATE_BIB] =
      odds[CONC_LADDER_STATE_MATCH] *
          (from->forward[CONC_LADDER_STATE_MATCH] + from->forward[CONC_LADDER_STATE_TAP]) +
      odds[CONC_LADDER_STATE_BIB] * from->forward[CONC_LADDER_STATE_BIB];
  cell->from[CONC_LADDER_STATE_BIB] =
      get_better (from->best, odds, &cell->best[CONC_LADDER_STATE_BIB]);
}

static void
step_tap (const ConcLadderAligner *aligner,
          ConcLadderCell          *cell,
          const ConcLadderCell    *from,
          guint                    instant_index)
{
  double odds[CONC_LADDER_N_STATES];

  conc_ladder_odds_get_tap (aligner, instant_index, &odds[CONC_LADDER_STATE_MATCH],
                            &odds[CONC_LADDER_STATE_TAP]);
  odds[CONC_LADDER_STATE_BIB] = odds[CONC_LADDER_STATE_MATCH];
  cell->forward[CONC_LADDER_STATE_TAP] =
      odds[CONC_LADDER_STATE_MATCH] *
          (from->forward[CONC_LADDER_STATE_MATCH] + from->forward[CONC_LADDER_STATE_BIB]) +
      odds[CONC_LADDER_STATE_TAP] * from->forward[CONC_LADDER_STATE_TAP];
  cell->from[CONC_LADDER_STATE_TAP] =
      get_better (from->best, odds, &cell->best[CONC_LADDER_STATE_TAP]);
}

/* Only the odds within a row count, so that each row is made to sum to one. */
static void
scale_row (ConcLadderAligner *aligner, guint index)
{
  ConcLadderAlignRow *row = conc_ladder_align_get_row (aligner, index);
  double              sum = 0.0, most = 0.0;

  for (guint i = 0; i < row->width; i++)
    {
      const ConcLadderCell *cell = &g_array_index (aligner->cells, ConcLadderCell, row->offset + i);

      for (guint state = 0; state < CONC_LADDER_N_STATES; state++)
        {
          sum += cell->forward[state];
          if (cell->best[state] > most)
            {
              most = cell->best[state];
              row->peak = row->low + i;
            }
        }
    }
  for (guint i = 0; i < row->width; i++)
    {
      ConcLadderCell *cell = &g_array_index (aligner->cells, ConcLadderCell, row->offset + i);

      for (guint state = 0; state < CONC_LADDER_N_STATES; state++)
        {
          cell->forward[state] /= MAX (sum, 1e-290);
          cell->best[state] /= MAX (most, 1e-290);
        }
    }
}

static void
run_row (ConcLadderAligner *aligner, guint index)
{
  const ConcLadderAlignRow *row;

  plan_row (aligner, index);
  row = conc_ladder_align_get_row (aligner, index);
  for (guint i = 0; i < row->width; i++)
    {
      guint                 passed = row->low + i;
      ConcLadderCell       *cell = &g_array_index (aligner->cells, ConcLadderCell, row->offset + i);
      const ConcLadderCell *diagonal = NULL, *above = NULL;

      *cell = (ConcLadderCell){ 0 };
      if (index == 0 && passed == 0)
        cell->forward[CONC_LADDER_STATE_MATCH] = cell->best[CONC_LADDER_STATE_MATCH] = 1.0;
      if (index > 0)
        {
          diagonal =
              passed > 0 ? conc_ladder_align_get_cell (aligner, index - 1, passed - 1) : NULL;
          above = conc_ladder_align_get_cell (aligner, index - 1, passed);
        }
      if (diagonal != NULL)
        {
          cell->match = conc_ladder_odds_get_match (aligner, passed - 1, index - 1);
          step_match (cell, diagonal);
        }
      if (above != NULL)
        {
          cell->bib_open = conc_ladder_odds_get_bib_open (aligner, passed, index - 1);
          step_bib (aligner, cell, above, index - 1);
        }
      if (i > 0)
        step_tap (aligner, cell, cell - 1, passed - 1);
    }
  scale_row (aligner, index);
}

static ConcLadderState
find_end (const ConcLadderAligner *aligner, guint *ret_passed)
{
  guint                     last = aligner->rows->len - 1;
  const ConcLadderAlignRow *row = conc_ladder_align_get_row (aligner, last);
  double                    most = -1.0;
  ConcLadderState           state = CONC_LADDER_STATE_MATCH;

  for (guint i = 0; i < row->width; i++)
    {
      const ConcLadderCell *cell = &g_array_index (aligner->cells, ConcLadderCell, row->offset + i);

      for (guint s = CONC_LADDER_STATE_MATCH; s < CONC_LADDER_N_STATES; s += CONC_LADDER_STATE_BIB)
        if (cell->best[s] > most)
          {
            most = cell->best[s];
            state = s;
            *ret_passed = row->low + i;
          }
    }
  return state;
}

static void
trace (ConcLadderAligner *aligner)
{
  guint           row = aligner->rows->len - 1, passed = 0;
  ConcLadderState state = find_end (aligner, &passed);

  g_array_set_size (aligner->steps, 0);
  while (row != 0 || passed != 0)
    {
      const ConcLadderCell *cell = conc_ladder_align_get_cell (aligner, row, passed);
      ConcLadderStep        step = { CONC_LADDER_NONE, CONC_LADDER_NONE, 0, 0 };

      g_assert (cell != NULL);
      if (state != CONC_LADDER_STATE_BIB)
        step.instant = --passed;
      if (state != CONC_LADDER_STATE_TAP)
        step.entry = --row;
      step.before_instant = passed;
      step.before_entry = row;
      state = cell->from[state];
      g_array_append_val (aligner->steps, step);
    }
  for (guint i = 0; i < aligner->steps->len / 2; i++)
    {
      ConcLadderStep *a = &g_array_index (aligner->steps, ConcLadderStep, i);
      ConcLadderStep *b =
          &g_array_index (aligner->steps, ConcLadderStep, aligner->steps->len - 1 - i);
      ConcLadderStep kept = *a;

      *a = *b;
      *b = kept;
    }
}

static guint
get_first_row (const ConcLadderAligner *aligner, guint same_instants, guint same_entries)
{
  guint kept = MIN (aligner->rows->len, same_entries + 1);

  /* A cell needs the moment after it too, and a row may be cut short where the moments ended. */
  while (kept > 0)
    {
      const ConcLadderAlignRow *row = conc_ladder_align_get_row (aligner, kept - 1);

      if (row->low + row->width + 1 <= same_instants)
        break;
      kept--;
    }
  return kept;
}

/**
 * conc_ladder_aligner_run:
 * @model: of the chute
 * @prepared: what is known now
 * @same_instants: so many moments at the beginning are as they were in the run before
 * @same_entries: so many entries are; 0 for both when @model is another one
 *
 * A global alignment of two sequences in a band (Needleman and Wunsch 1970; with gaps that cost
 * less when they go on: Gotoh 1982), as the pair hidden Markov model that Durbin, Eddy, Krogh and
 * Mitchison describe (Biological sequence analysis, 1998, chapter 4). Its three states are a tap
 * with its bib, a tap alone, and a bib alone. The best way (Viterbi) gives the rows; the sum over
 * all ways (forward and backward) gives how certain each fault is.
 *
 * Likelihoods: the time of an entry given its tap is the later of the walk through the chute and
 * the end of the entry before, both measured from the streams (ladder-model.c); the laps, limits
 * and rungs of the bib multiply it (conc_ladder_entry_cost()). A tap alone is a key pressed twice
 * or a bib not entered; a bib alone is a tap not taken, anywhere between two others. The odds of
 * the faults are in ladder-private.h: field notes tell that they happen once or twice a race and
 * not how often, so that they stand for one of each in some 1,200 crossings.
 *
 * Rows that nothing changed are kept; certainty looks 96 rows ahead. A run from nothing gives the
 * same as one after another run. Any thread. Cost: of the rows that are not kept; from nothing,
 * some 20 cells for each entry.
 */
void
conc_ladder_aligner_run (ConcLadderAligner        *aligner,
                         const ConcLadderModel    *model,
                         const ConcLadderPrepared *prepared,
                         guint                     same_instants,
                         guint                     same_entries)
{
  guint first;

  aligner->model = model;
  aligner->prepared = prepared;
  first = get_first_row (aligner, same_instants, same_entries);
  if (first == 0)
    conc_ladder_odds_fill (aligner);
  g_array_set_size (aligner->cells,
                    first == 0 ? 0
                               : conc_ladder_align_get_row (aligner, first - 1)->offset +
                                     conc_ladder_align_get_row (aligner, first - 1)->width);
  g_array_set_size (aligner->rows, first);
  for (guint i = first; i <= prepared->entries->len; i++)
    run_row (aligner, i);
  conc_ladder_certainty_run (aligner, first);
  conc_ladder_certainty_sum (aligner);
  trace (aligner);
  aligner->model = NULL;
  aligner->prepared = NULL;
}

/** conc_ladder_aligner_get_steps: Returns: (transfer none): the best way, from the beginning. */
const GArray *
conc_ladder_aligner_get_steps (const ConcLadderAligner *aligner)
{
  return aligner->steps;
}

/** conc_ladder_aligner_get_missing: Returns: how likely it is that @entry has no tap, 0 to 1. */
double
conc_ladder_aligner_get_missing (const ConcLadderAligner *aligner, guint entry)
{
  return g_array_index (aligner->bib_alone, double, entry);
}

/** conc_ladder_aligner_get_extra: Returns: how likely it is that @instant has no bib, 0 to 1. */
double
conc_ladder_aligner_get_extra (const ConcLadderAligner *aligner, guint instant)
{
  return g_array_index (aligner->tap_alone, double, instant);
}
