/* ladder-learn.c: what the chute is like, from taps and bibs that are aligned. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/ladder-private.h"

/* The alignment and the model depend on each other. */
#define ROUNDS 2u

/* So many rungs tell the walk by themselves. Some of their runners waited, so that it is the
 * shorter ones of their delays; a few are of bibs that changed places. */
#define LEAST_RUNGS 4u
#define GUESS_SPREAD_SEC 1.0
static const double WALK_QUANTILES[] = { 0.1, 0.25, 0.4 };

/* What is measured: the first taps and bibs, and the rungs among them. */
static ConcLadderInput *
get_first (const ConcLadderInput *input, guint count)
{
  ConcLadderInput *first = conc_ladder_input_new ();

  first->min_lap_usec = input->min_lap_usec;
  g_array_append_vals (first->taps, input->taps->data, count);
  g_array_append_vals (first->bibs, input->bibs->data, count);
  for (guint i = 0; i < input->rungs->len; i++)
    if (conc_ladder_model_has_rung (input, count, i))
      g_array_append_vals (first->rungs, &g_array_index (input->rungs, ConcLadderRung, i), 1);
  return first;
}

static int
compare_doubles_cb (gconstpointer a, gconstpointer b)
{
  double first = *(const double *) a;
  double second = *(const double *) b;

  return first < second ? -1 : first > second;
}

/* How long the walk is by the rungs, whatever faults there were: from where most waited to where
 * few did. Returns: how many guesses there are. */
static guint
ask_rungs (const ConcLadderPrepared *prepared, double *ret_guesses)
{
  g_autofree double *delays = g_new (double, prepared->entries->len + 1);
  guint              n = 0;

  for (guint i = 0; i < prepared->entries->len; i++)
    {
      const ConcLadderEntry *entry = &g_array_index (prepared->entries, ConcLadderEntry, i);

      if (entry->rung_weight > 0.0f)
        delays[n++] = (double) (entry->at_usec - entry->rung_usec) / (double) G_USEC_PER_SEC;
    }
  if (n < LEAST_RUNGS)
    return 0;
  qsort (delays, n, sizeof *delays, compare_doubles_cb);
  for (guint i = 0; i < G_N_ELEMENTS (WALK_QUANTILES); i++)
    ret_guesses[i] = delays[(guint) (WALK_QUANTILES[i] * n)];
  return G_N_ELEMENTS (WALK_QUANTILES);
}

static void
align (const ConcLadderModel *model, const ConcLadderPrepared *prepared, guint *taps)
{
  ConcLadderAligner *aligner = conc_ladder_aligner_new ();
  const GArray      *steps;

  for (guint i = 0; i < prepared->entries->len; i++)
    taps[i] = CONC_LADDER_NONE;
  conc_ladder_aligner_run (aligner, model, prepared, 0, 0);
  steps = conc_ladder_aligner_get_steps (aligner);
  for (guint i = 0; i < steps->len; i++)
    {
      const ConcLadderStep *step = &g_array_index (steps, ConcLadderStep, i);

      if (step->entry != CONC_LADDER_NONE && step->instant != CONC_LADDER_NONE)
        taps[step->entry] = step->instant;
    }
  conc_ladder_aligner_free (aligner);
}

/* From what was believed and from each guess: a fit ends where nothing near is better. */
static void
fit (ConcLadderModel       *model,
     const ConcLadderInput *first,
     const guint           *taps,
     const double          *guesses,
     guint                  n_guesses)
{
  ConcLadderModel before = *model;
  double          best = conc_ladder_model_fit (model, first, taps, first->bibs->len);

  for (guint i = 0; i < n_guesses; i++)
    {
      ConcLadderModel other = before;
      double          likelihood;

      other.walk_sec = guesses[i];
      other.walk_spread_sec = MIN (before.walk_spread_sec, GUESS_SPREAD_SEC);
      likelihood = conc_ladder_model_fit (&other, first, taps, first->bibs->len);
      if (likelihood > best)
        {
          best = likelihood;
          *model = other;
        }
    }
}

/**
 * conc_ladder_learn:
 * @model: (inout): what was learned before, or zeros
 * @input: the streams
 *
 * What was measured with the bibs in their order (conc_ladder_model_measure()) is measured again
 * with taps and bibs aligned: faults among the first runners make a chute look uneven. Taps, bibs
 * and the rungs among them count, so that the model changes only with them; the same input always
 * gives the same model. Any thread. Cost: two alignments of at most 1,024 entries, when the list
 * has doubled or one of its rungs is new.
 */
void
conc_ladder_learn (ConcLadderModel *model, const ConcLadderInput *input)
{
  guint count = conc_ladder_model_measure (model, input);
  g_autoptr (ConcLadderInput) first = NULL;
  g_autofree guint   *taps = NULL;
  ConcLadderPrepared *prepared;
  double              guesses[G_N_ELEMENTS (WALK_QUANTILES)];
  guint               n_guesses;

  if (count == 0)
    return;
  first = get_first (input, count);
  prepared = conc_ladder_prepare (first, model, NULL);
  n_guesses = ask_rungs (prepared, guesses);
  if (n_guesses != 0)
    model->walk_sec = guesses[n_guesses / 2];
  taps = g_new (guint, count);
  for (guint i = 0; i < ROUNDS; i++)
    {
      align (model, prepared, taps);
      fit (model, first, taps, guesses, n_guesses);
      conc_ladder_prepared_free (prepared);
      prepared = conc_ladder_prepare (first, model, NULL);
    }
  conc_ladder_prepared_free (prepared);
}
