/* ladder-learn.c: what the chute is like, from taps and bibs that are aligned. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/ladder-private.h"

/* The alignment and the model depend on each other. */
#define ROUNDS 2u

/* So many rungs tell the walk by themselves. Some of their runners waited, so that it is the
 * shorter ones of their delays. */
#define LEAST_RUNGS 4u
#define WALK_QUANTILE 0.3

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

/* Where the rungs say how long the walk is, faults among the first runners do not matter. */
static void
ask_rungs (ConcLadderModel *model, const ConcLadderPrepared *prepared)
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
    return;
  qsort (delays, n, sizeof *delays, compare_doubles_cb);
  model->walk_sec = delays[(guint) (WALK_QUANTILE * n)];
}

static void
fit (ConcLadderModel *model, const ConcLadderInput *first, const ConcLadderPrepared *prepared)
{
  g_autofree guint  *taps = g_new (guint, first->bibs->len);
  ConcLadderAligner *aligner = conc_ladder_aligner_new ();
  const GArray      *steps;

  for (guint i = 0; i < first->bibs->len; i++)
    taps[i] = CONC_LADDER_NONE;
  conc_ladder_aligner_run (aligner, model, prepared, 0, 0);
  steps = conc_ladder_aligner_get_steps (aligner);
  for (guint i = 0; i < steps->len; i++)
    {
      const ConcLadderStep *step = &g_array_index (steps, ConcLadderStep, i);

      if (step->entry != CONC_LADDER_NONE && step->instant != CONC_LADDER_NONE)
        taps[step->entry] = step->instant;
    }
  conc_ladder_model_fit (model, first, taps, first->bibs->len);
  conc_ladder_aligner_free (aligner);
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

  if (count == 0)
    return;
  first = get_first (input, count);
  for (guint i = 0; i < ROUNDS; i++)
    {
      ConcLadderPrepared *prepared = conc_ladder_prepare (first, model, NULL);

      if (i == 0)
        ask_rungs (model, prepared);
      fit (model, first, prepared);
      conc_ladder_prepared_free (prepared);
    }
}
