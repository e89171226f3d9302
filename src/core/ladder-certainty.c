/* ladder-certainty.c: how certain each fault is, by all ways of the alignment. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/ladder-align-private.h"

/* Certainty is worked out for a block of rows at a time, with so many rows of what comes after. */
#define BLOCK 32u
#define AHEAD 96u

/* The odds of all that comes after a cell, by the row after it and the cells to its right. */
static void
step_back (const ConcLadderAligner *aligner,
           guint                    index,
           const double (*next)[CONC_LADDER_N_STATES],
           double (*here)[CONC_LADDER_N_STATES])
{
  const ConcLadderAlignRow *row = conc_ladder_align_get_row (aligner, index);
  const ConcLadderAlignRow *after = conc_ladder_align_get_row (aligner, index + 1);
  double                    most = 1e-290;

  for (guint i = row->width; i-- != 0;)
    {
      guint                 passed = row->low + i;
      const ConcLadderCell *diagonal = conc_ladder_align_get_cell (aligner, index + 1, passed + 1);
      const ConcLadderCell *below = conc_ladder_align_get_cell (aligner, index + 1, passed);
      double                match = 0.0, bib = 0.0, bib_again = 0.0, tap = 0.0, tap_again = 0.0;

      if (diagonal != NULL)
        match = (double) diagonal->match * next[passed + 1 - after->low][CONC_LADDER_STATE_MATCH];
      if (below != NULL)
        {
          conc_ladder_odds_get_bib (aligner, below, index, &bib, &bib_again);
          bib *= next[passed - after->low][CONC_LADDER_STATE_BIB];
          bib_again *= next[passed - after->low][CONC_LADDER_STATE_BIB];
        }
      if (i + 1 < row->width)
        {
          conc_ladder_odds_get_tap (aligner, passed, &tap, &tap_again);
          tap *= here[i + 1][CONC_LADDER_STATE_TAP];
          tap_again *= here[i + 1][CONC_LADDER_STATE_TAP];
        }
      here[i][CONC_LADDER_STATE_MATCH] = match + bib + tap;
      here[i][CONC_LADDER_STATE_TAP] = match + bib + tap_again;
      here[i][CONC_LADDER_STATE_BIB] = match + bib_again + tap;
      for (guint state = 0; state < CONC_LADDER_N_STATES; state++)
        most = MAX (most, here[i][state]);
    }
  for (guint i = 0; i < row->width; i++)
    for (guint state = 0; state < CONC_LADDER_N_STATES; state++)
      here[i][state] /= most;
}

static void
note_certainty (const ConcLadderAligner *aligner,
                guint                    index,
                const double (*after)[CONC_LADDER_N_STATES])
{
  const ConcLadderAlignRow *row = conc_ladder_align_get_row (aligner, index);
  double                    sum = 1e-290;

  /* Every way enters a row once, by a match or a bib. */
  for (guint i = 0; i < row->width; i++)
    {
      const ConcLadderCell *cell = &g_array_index (aligner->cells, ConcLadderCell, row->offset + i);

      sum += cell->forward[CONC_LADDER_STATE_MATCH] * after[i][CONC_LADDER_STATE_MATCH] +
             cell->forward[CONC_LADDER_STATE_BIB] * after[i][CONC_LADDER_STATE_BIB];
    }
  for (guint i = 0; i < row->width; i++)
    {
      ConcLadderCell *cell = &g_array_index (aligner->cells, ConcLadderCell, row->offset + i);

      cell->tap_alone =
          (float) (cell->forward[CONC_LADDER_STATE_TAP] * after[i][CONC_LADDER_STATE_TAP] / sum);
      cell->bib_alone =
          (float) (cell->forward[CONC_LADDER_STATE_BIB] * after[i][CONC_LADDER_STATE_BIB] / sum);
      /* A moment of the second timer alone is a tap that the first one lacks. */
      if (row->low + i > 0 &&
          conc_ladder_align_get_instant (aligner, row->low + i - 1)->tap == CONC_LADDER_NONE)
        {
          cell->tap_alone = 0.0f;
          cell->bib_alone += (float) (cell->forward[CONC_LADDER_STATE_MATCH] *
                                      after[i][CONC_LADDER_STATE_MATCH] / sum);
        }
    }
}

/* At the end of the entries the taps that are left wait for their bibs, at no cost. */
static void
start_back (const ConcLadderAligner *aligner, guint index, double (*odds)[CONC_LADDER_N_STATES])
{
  const ConcLadderAlignRow *row = conc_ladder_align_get_row (aligner, index);
  gboolean                  is_end = index + 1 == aligner->rows->len;

  for (guint i = 0; i < row->width; i++)
    {
      odds[i][CONC_LADDER_STATE_MATCH] = odds[i][CONC_LADDER_STATE_BIB] = 1.0;
      odds[i][CONC_LADDER_STATE_TAP] = is_end ? 0.0 : 1.0;
    }
}

static void
run_block (const ConcLadderAligner *aligner, guint first, guint end)
{
  guint  last_row = aligner->rows->len - 1;
  guint  from = MIN (end - 1 + AHEAD, last_row);
  double odds[2][CONC_LADDER_MOST_WIDTH][CONC_LADDER_N_STATES];

  start_back (aligner, from, odds[from % 2]);
  for (guint i = from;; i--)
    {
      if (i != from)
        step_back (aligner, i, (const double (*)[CONC_LADDER_N_STATES]) odds[(i + 1) % 2],
                   odds[i % 2]);
      if (i < end)
        note_certainty (aligner, i, (const double (*)[CONC_LADDER_N_STATES]) odds[i % 2]);
      if (i == first)
        return;
    }
}

/** conc_ladder_certainty_run: works out for each cell from @from_row on, and for those before it
 * that look so far ahead, how likely its faults are by all ways through it. */
void
conc_ladder_certainty_run (ConcLadderAligner *aligner, guint from_row)
{
  guint n_rows = aligner->rows->len;
  guint first = MIN (aligner->sure_rows, from_row / BLOCK * BLOCK);

  while (first >= BLOCK && first - 1 + AHEAD >= from_row)
    first -= BLOCK;
  for (guint i = first; i < n_rows; i += BLOCK)
    run_block (aligner, i, MIN (i + BLOCK, n_rows));
  aligner->sure_rows = n_rows / BLOCK * BLOCK;
  while (aligner->sure_rows >= BLOCK && aligner->sure_rows - 1 + AHEAD >= n_rows - 1)
    aligner->sure_rows -= BLOCK;
}

/** conc_ladder_certainty_sum: sums up how likely each entry and each moment is alone. */
void
conc_ladder_certainty_sum (ConcLadderAligner *aligner)
{
  g_array_set_size (aligner->bib_alone, 0);
  g_array_set_size (aligner->tap_alone, 0);
  g_array_set_size (aligner->bib_alone, aligner->prepared->entries->len);
  g_array_set_size (aligner->tap_alone, aligner->prepared->instants->len);
  for (guint i = 0; i < aligner->rows->len; i++)
    {
      const ConcLadderAlignRow *row = conc_ladder_align_get_row (aligner, i);

      for (guint j = 0; j < row->width; j++)
        {
          const ConcLadderCell *cell =
              &g_array_index (aligner->cells, ConcLadderCell, row->offset + j);

          if (i > 0)
            g_array_index (aligner->bib_alone, double, i - 1) += (double) cell->bib_alone;
          if (row->low + j > 0)
            g_array_index (aligner->tap_alone, double, row->low + j - 1) +=
                (double) cell->tap_alone;
        }
    }
}
