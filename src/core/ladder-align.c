/* ladder-align.c: which tap belongs to which bib, as a pair hidden Markov model. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/ladder-private.h"

#include <math.h>

/* How far the alignment may be from the best one so far, in taps, and the widest row. */
#define BAND 10u
#define MOST_WIDTH 400u

/* Certainty is worked out for a block of rows at a time, with so many rows of what comes after. */
#define BLOCK 32u
#define AHEAD 96u

/* What an entry costs whose time has nothing to do with the walk: somebody paused, or typed later.
 */
#define P_PAUSE 0.02
#define PAUSE_DENSITY 0.05

/* A bib that is there already does not belong to a second tap. */
#define SAME_MATCH 0.02
#define SAME_EXTRA 0.5

/* A tap that is known to be of another runner, who is not in the list. */
#define KNOWN_MATCH 1e-6

/* What a bib in the wrong place may cost here. An exchange or a reversed block has to be passed as
 * it is: ladder-moves.c looks for those, and nothing is gained by leaving out taps and bibs around
 * it. */
#define MOST_LAP_COST 1.5
#define MOST_RUNG_COST 9.0

#define LONGEST_GAP_SEC 20.0
#define COMPANY 0.25
#define COMPANY_USEC 300000

#define TABLE_REACH 12
#define TABLE_STEPS 32
#define TABLE_SIZE (2 * TABLE_REACH * TABLE_STEPS + 1)

typedef enum
{
  STATE_MATCH,
  STATE_TAP,
  STATE_BIB,
  N_STATES
} State;

/* One cell: the likelihoods of its steps, the sum over all ways to it, the best way to it, and how
 * likely its two kinds of fault are in the end. */
typedef struct
{
  float  match;
  float  bib_open;
  double forward[N_STATES];
  double best[N_STATES];
  float  tap_alone;
  float  bib_alone;
  guint8 from[N_STATES];
} Cell;

typedef struct
{
  guint low; /* the first number of instants passed */
  guint width;
  guint offset; /* into the cells */
  guint peak;   /* where the best way is */
} Row;

struct _ConcLadderAligner
{
  GArray                   *rows;  /* Row: one more than there are entries */
  GArray                   *cells; /* Cell */
  GArray                   *steps; /* ConcLadderStep */
  GArray                   *bib_alone;
  GArray                   *tap_alone;
  guint                     sure_rows; /* rows whose certainty is worked out for good */
  const ConcLadderModel    *model;     /* borrowed while it runs */
  const ConcLadderPrepared *prepared;
  float                     walk_density[TABLE_SIZE];
  float                     walk_chance[TABLE_SIZE];
};

/** conc_ladder_aligner_new: Returns: (transfer full): an aligner that has seen nothing. */
ConcLadderAligner *
conc_ladder_aligner_new (void)
{
  ConcLadderAligner *aligner = g_new0 (ConcLadderAligner, 1);

  aligner->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  aligner->cells = g_array_new (FALSE, TRUE, sizeof (Cell));
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

static const ConcLadderInstant *
get_instant (const ConcLadderAligner *aligner, guint index)
{
  return &g_array_index (aligner->prepared->instants, ConcLadderInstant, index);
}

static const ConcLadderEntry *
get_entry (const ConcLadderAligner *aligner, guint index)
{
  return &g_array_index (aligner->prepared->entries, ConcLadderEntry, index);
}

static Row *
get_row (const ConcLadderAligner *aligner, guint index)
{
  return &g_array_index (aligner->rows, Row, index);
}

static Cell *
get_cell (const ConcLadderAligner *aligner, guint row_index, guint passed)
{
  const Row *row = get_row (aligner, row_index);

  if (passed < row->low || passed - row->low >= row->width)
    return NULL;
  return &g_array_index (aligner->cells, Cell, row->offset + passed - row->low);
}

static void
fill_tables (ConcLadderAligner *aligner)
{
  for (int i = 0; i < TABLE_SIZE; i++)
    {
      double delay = aligner->model->walk_sec +
                     ((double) i / TABLE_STEPS - TABLE_REACH) * aligner->model->walk_spread_sec;

      aligner->walk_density[i] = (float) conc_ladder_model_walk_density (aligner->model, delay);
      aligner->walk_chance[i] = (float) conc_ladder_model_walk_chance (aligner->model, delay);
    }
}

static guint
get_place (const ConcLadderAligner *aligner, double delay_sec)
{
  double z = (delay_sec - aligner->model->walk_sec) / aligner->model->walk_spread_sec;

  return (guint) ((CLAMP (z, -TABLE_REACH, TABLE_REACH) + TABLE_REACH) * TABLE_STEPS);
}

/* A runner walks and then waits until the one before is done: the entry comes at the later of two
 * moments, and the density of the later of two is that of either times the chance of the other. */
static double
get_entry_density (const ConcLadderAligner *aligner, const ConcLadderEntry *entry, double delay_sec)
{
  guint place = get_place (aligner, delay_sec);

  return (double) aligner->walk_density[place] * (double) entry->service_chance +
         (double) aligner->walk_chance[place] * (double) entry->service_density;
}

static double
get_delay_sec (const ConcLadderEntry *entry, gint64 at_usec)
{
  return (double) (entry->at_usec - at_usec) / (double) G_USEC_PER_SEC;
}

static double
get_fit (const ConcLadderEntry *entry, gint64 at_usec)
{
  double most = entry->rung_weight > 0.0f ? MOST_RUNG_COST : MOST_LAP_COST;
  double cost = MIN (conc_ladder_entry_cost (entry, at_usec), most);

  return cost > 0.0 ? exp (-cost) : 1.0;
}

static float
get_match (const ConcLadderAligner *aligner, guint instant_index, guint entry_index)
{
  const ConcLadderInstant *instant = get_instant (aligner, instant_index);
  const ConcLadderEntry   *entry = get_entry (aligner, entry_index);
  double                   delay_sec = get_delay_sec (entry, instant->at_usec);
  double density = (1.0 - P_PAUSE) * get_entry_density (aligner, entry, delay_sec);

  if (delay_sec > 0.0)
    density += P_PAUSE * PAUSE_DENSITY;
  if (entry->same != CONC_LADDER_NONE)
    density *= SAME_MATCH;
  if (instant->is_known && entry->bib != 0)
    density *= KNOWN_MATCH;
  return (float) MAX ((double) instant->real * density * get_fit (entry, instant->at_usec), 1e-30);
}

/* An entry whose tap is not there: its runner crossed unseen between two moments, at the local
 * rate, or in company with one of them. */
static float
get_bib_open (const ConcLadderAligner *aligner, guint passed, guint entry_index)
{
  const ConcLadderEntry *entry = get_entry (aligner, entry_index);
  guint                  count = aligner->prepared->instants->len;
  gint64                 from_usec, to_usec, at_usec;
  double                 rate, gap_sec, density, from_sec, to_sec;

  if (count == 0)
    return (float) CONC_LADDER_P_MISSED_TAP;
  to_usec = passed < count ? get_instant (aligner, passed)->at_usec : entry->at_usec;
  from_usec = passed > 0 ? get_instant (aligner, passed - 1)->at_usec
                         : to_usec - (gint64) LONGEST_GAP_SEC * G_USEC_PER_SEC;
  to_usec = MAX (to_usec, from_usec);
  rate = (double) get_instant (aligner, passed < count ? passed : count - 1)->rate;
  gap_sec = MIN ((double) (to_usec - from_usec) / G_USEC_PER_SEC, LONGEST_GAP_SEC);
  from_sec = get_delay_sec (entry, from_usec);
  to_sec = get_delay_sec (entry, to_usec);
  density = (double) entry->service_chance *
            (double) (aligner->walk_chance[get_place (aligner, from_sec)] -
                      aligner->walk_chance[get_place (aligner, to_sec)]);
  density += (double) entry->service_density * gap_sec *
             (double) aligner->walk_chance[get_place (aligner, (from_sec + to_sec) / 2.0)];
  density *= rate;
  density +=
      COMPANY *
      (get_entry_density (aligner, entry, from_sec) + get_entry_density (aligner, entry, to_sec)) /
      2.0;
  density += P_PAUSE * PAUSE_DENSITY;
  at_usec = entry->rung_weight > 0.0f ? entry->rung_usec : entry->expected_usec;
  at_usec = CLAMP (at_usec, from_usec - COMPANY_USEC, to_usec + COMPANY_USEC);
  return (float) MAX (CONC_LADDER_P_MISSED_TAP * density * get_fit (entry, at_usec), 1e-30);
}

static void
get_tap_odds (const ConcLadderAligner *aligner, guint instant_index, double *open, double *again)
{
  const ConcLadderInstant *instant = get_instant (aligner, instant_index);

  *open = CONC_LADDER_P_MISSED_BIB * (double) instant->real + (double) instant->extra;
  *again = CONC_LADDER_P_AGAIN * (double) instant->real + (double) instant->extra;
}

static void
get_bib_odds (const ConcLadderAligner *aligner,
              const Cell              *cell,
              guint                    entry_index,
              double                  *open,
              double                  *again)
{
  *open = (double) cell->bib_open;
  *again = *open / CONC_LADDER_P_MISSED_TAP * CONC_LADDER_P_AGAIN;
  if (get_entry (aligner, entry_index)->same != CONC_LADDER_NONE)
    {
      /* As if it had never been there: its time says nothing. */
      *open = MAX (*open, SAME_EXTRA * PAUSE_DENSITY);
      *again = *open;
    }
}

static void
plan_row (ConcLadderAligner *aligner, guint index)
{
  guint count = aligner->prepared->instants->len;
  Row   row = { 0, 0, aligner->cells->len, 0 };
  guint high = BAND;

  if (index > 0)
    {
      const Row *before = get_row (aligner, index - 1);
      guint      peak = before->peak + 1;
      guint      hint = get_entry (aligner, index - 1)->hint;

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
  row.width = MIN (high - row.low + 1, MOST_WIDTH);
  g_array_append_val (aligner->rows, row);
  g_array_set_size (aligner->cells, row.offset + row.width);
}

static guint8
get_better (const double best[N_STATES], const double odds[N_STATES], double *ret_best)
{
  guint8 from = STATE_MATCH;

  *ret_best = best[STATE_MATCH] * odds[STATE_MATCH];
  for (guint8 state = STATE_TAP; state < N_STATES; state++)
    if (best[state] * odds[state] > *ret_best)
      {
        *ret_best = best[state] * odds[state];
        from = state;
      }
  return from;
}

static void
step_match (Cell *cell, const Cell *from)
{
  double match = (double) cell->match;
  double odds[N_STATES] = { match, match, match };

  cell->forward[STATE_MATCH] =
      match * (from->forward[STATE_MATCH] + from->forward[STATE_TAP] + from->forward[STATE_BIB]);
  cell->from[STATE_MATCH] = get_better (from->best, odds, &cell->best[STATE_MATCH]);
}

static void
step_bib (const ConcLadderAligner *aligner, Cell *cell, const Cell *from, guint entry_index)
{
  double odds[N_STATES];

  get_bib_odds (aligner, cell, entry_index, &odds[STATE_MATCH], &odds[STATE_BIB]);
  odds[STATE_TAP] = odds[STATE_MATCH];
  cell->forward[STATE_BIB] =
      odds[STATE_MATCH] * (from->forward[STATE_MATCH] + from->forward[STATE_TAP]) +
      odds[STATE_BIB] * from->forward[STATE_BIB];
  cell->from[STATE_BIB] = get_better (from->best, odds, &cell->best[STATE_BIB]);
}

static void
step_tap (const ConcLadderAligner *aligner, Cell *cell, const Cell *from, guint instant_index)
{
  double odds[N_STATES];

  get_tap_odds (aligner, instant_index, &odds[STATE_MATCH], &odds[STATE_TAP]);
  odds[STATE_BIB] = odds[STATE_MATCH];
  cell->forward[STATE_TAP] =
      odds[STATE_MATCH] * (from->forward[STATE_MATCH] + from->forward[STATE_BIB]) +
      odds[STATE_TAP] * from->forward[STATE_TAP];
  cell->from[STATE_TAP] = get_better (from->best, odds, &cell->best[STATE_TAP]);
}

/* Only the odds within a row count, so that each row is made to sum to one. */
static void
scale_row (ConcLadderAligner *aligner, guint index)
{
  Row   *row = get_row (aligner, index);
  double sum = 0.0, most = 0.0;

  for (guint i = 0; i < row->width; i++)
    {
      const Cell *cell = &g_array_index (aligner->cells, Cell, row->offset + i);

      for (guint state = 0; state < N_STATES; state++)
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
      Cell *cell = &g_array_index (aligner->cells, Cell, row->offset + i);

      for (guint state = 0; state < N_STATES; state++)
        {
          cell->forward[state] /= MAX (sum, 1e-290);
          cell->best[state] /= MAX (most, 1e-290);
        }
    }
}

static void
run_row (ConcLadderAligner *aligner, guint index)
{
  const Row *row;

  plan_row (aligner, index);
  row = get_row (aligner, index);
  for (guint i = 0; i < row->width; i++)
    {
      guint       passed = row->low + i;
      Cell       *cell = &g_array_index (aligner->cells, Cell, row->offset + i);
      const Cell *diagonal = NULL, *above = NULL;

      *cell = (Cell){ 0 };
      if (index == 0 && passed == 0)
        cell->forward[STATE_MATCH] = cell->best[STATE_MATCH] = 1.0;
      if (index > 0)
        {
          diagonal = passed > 0 ? get_cell (aligner, index - 1, passed - 1) : NULL;
          above = get_cell (aligner, index - 1, passed);
        }
      if (diagonal != NULL)
        {
          cell->match = get_match (aligner, passed - 1, index - 1);
          step_match (cell, diagonal);
        }
      if (above != NULL)
        {
          cell->bib_open = get_bib_open (aligner, passed, index - 1);
          step_bib (aligner, cell, above, index - 1);
        }
      if (i > 0)
        step_tap (aligner, cell, cell - 1, passed - 1);
    }
  scale_row (aligner, index);
}

/* The odds of all that comes after a cell, by the row after it and the cells to its right. */
static void
step_back (const ConcLadderAligner *aligner,
           guint                    index,
           const double (*next)[N_STATES],
           double (*here)[N_STATES])
{
  const Row *row = get_row (aligner, index);
  const Row *after = get_row (aligner, index + 1);
  double     most = 1e-290;

  for (guint i = row->width; i-- != 0;)
    {
      guint       passed = row->low + i;
      const Cell *diagonal = get_cell (aligner, index + 1, passed + 1);
      const Cell *below = get_cell (aligner, index + 1, passed);
      double      match = 0.0, bib = 0.0, bib_again = 0.0, tap = 0.0, tap_again = 0.0;

      if (diagonal != NULL)
        match = (double) diagonal->match * next[passed + 1 - after->low][STATE_MATCH];
      if (below != NULL)
        {
          get_bib_odds (aligner, below, index, &bib, &bib_again);
          bib *= next[passed - after->low][STATE_BIB];
          bib_again *= next[passed - after->low][STATE_BIB];
        }
      if (i + 1 < row->width)
        {
          get_tap_odds (aligner, passed, &tap, &tap_again);
          tap *= here[i + 1][STATE_TAP];
          tap_again *= here[i + 1][STATE_TAP];
        }
      here[i][STATE_MATCH] = match + bib + tap;
      here[i][STATE_TAP] = match + bib + tap_again;
      here[i][STATE_BIB] = match + bib_again + tap;
      for (guint state = 0; state < N_STATES; state++)
        most = MAX (most, here[i][state]);
    }
  for (guint i = 0; i < row->width; i++)
    for (guint state = 0; state < N_STATES; state++)
      here[i][state] /= most;
}

static void
note_certainty (const ConcLadderAligner *aligner, guint index, const double (*after)[N_STATES])
{
  const Row *row = get_row (aligner, index);
  double     sum = 1e-290;

  /* Every way enters a row once, by a match or a bib. */
  for (guint i = 0; i < row->width; i++)
    {
      const Cell *cell = &g_array_index (aligner->cells, Cell, row->offset + i);

      sum += cell->forward[STATE_MATCH] * after[i][STATE_MATCH] +
             cell->forward[STATE_BIB] * after[i][STATE_BIB];
    }
  for (guint i = 0; i < row->width; i++)
    {
      Cell *cell = &g_array_index (aligner->cells, Cell, row->offset + i);

      cell->tap_alone = (float) (cell->forward[STATE_TAP] * after[i][STATE_TAP] / sum);
      cell->bib_alone = (float) (cell->forward[STATE_BIB] * after[i][STATE_BIB] / sum);
      /* A moment of the second timer alone is a tap that the first one lacks. */
      if (row->low + i > 0 && get_instant (aligner, row->low + i - 1)->tap == CONC_LADDER_NONE)
        {
          cell->tap_alone = 0.0f;
          cell->bib_alone += (float) (cell->forward[STATE_MATCH] * after[i][STATE_MATCH] / sum);
        }
    }
}

/* At the end of the entries the taps that are left wait for their bibs, at no cost. */
static void
start_back (const ConcLadderAligner *aligner, guint index, double (*odds)[N_STATES])
{
  const Row *row = get_row (aligner, index);
  gboolean   is_end = index + 1 == aligner->rows->len;

  for (guint i = 0; i < row->width; i++)
    {
      odds[i][STATE_MATCH] = odds[i][STATE_BIB] = 1.0;
      odds[i][STATE_TAP] = is_end ? 0.0 : 1.0;
    }
}

static void
run_block (const ConcLadderAligner *aligner, guint first, guint end)
{
  guint  last_row = aligner->rows->len - 1;
  guint  from = MIN (end - 1 + AHEAD, last_row);
  double odds[2][MOST_WIDTH][N_STATES];

  start_back (aligner, from, odds[from % 2]);
  for (guint i = from;; i--)
    {
      if (i != from)
        step_back (aligner, i, (const double (*)[N_STATES]) odds[(i + 1) % 2], odds[i % 2]);
      if (i < end)
        note_certainty (aligner, i, (const double (*)[N_STATES]) odds[i % 2]);
      if (i == first)
        return;
    }
}

static void
run_certainty (ConcLadderAligner *aligner, guint from_row)
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

static void
sum_certainty (ConcLadderAligner *aligner)
{
  g_array_set_size (aligner->bib_alone, 0);
  g_array_set_size (aligner->tap_alone, 0);
  g_array_set_size (aligner->bib_alone, aligner->prepared->entries->len);
  g_array_set_size (aligner->tap_alone, aligner->prepared->instants->len);
  for (guint i = 0; i < aligner->rows->len; i++)
    {
      const Row *row = get_row (aligner, i);

      for (guint j = 0; j < row->width; j++)
        {
          const Cell *cell = &g_array_index (aligner->cells, Cell, row->offset + j);

          if (i > 0)
            g_array_index (aligner->bib_alone, double, i - 1) += (double) cell->bib_alone;
          if (row->low + j > 0)
            g_array_index (aligner->tap_alone, double, row->low + j - 1) +=
                (double) cell->tap_alone;
        }
    }
}

static State
find_end (const ConcLadderAligner *aligner, guint *ret_passed)
{
  guint      last = aligner->rows->len - 1;
  const Row *row = get_row (aligner, last);
  double     most = -1.0;
  State      state = STATE_MATCH;

  for (guint i = 0; i < row->width; i++)
    {
      const Cell *cell = &g_array_index (aligner->cells, Cell, row->offset + i);

      for (guint s = STATE_MATCH; s < N_STATES; s += STATE_BIB)
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
  guint row = aligner->rows->len - 1, passed = 0;
  State state = find_end (aligner, &passed);

  g_array_set_size (aligner->steps, 0);
  while (row != 0 || passed != 0)
    {
      const Cell    *cell = get_cell (aligner, row, passed);
      ConcLadderStep step = { CONC_LADDER_NONE, CONC_LADDER_NONE, 0, 0 };

      g_assert (cell != NULL);
      if (state != STATE_BIB)
        step.instant = --passed;
      if (state != STATE_TAP)
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
      const Row *row = get_row (aligner, kept - 1);

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
    fill_tables (aligner);
  g_array_set_size (aligner->cells, first == 0 ? 0
                                               : get_row (aligner, first - 1)->offset +
                                                     get_row (aligner, first - 1)->width);
  g_array_set_size (aligner->rows, first);
  for (guint i = first; i <= prepared->entries->len; i++)
    run_row (aligner, i);
  run_certainty (aligner, first);
  sum_certainty (aligner);
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
