/* ladder.c: taps and bibs side by side, and where one is believed to be missing. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/ladder.h"

#include "core/ladder-private.h"

#include <math.h>
#include <string.h>

/* Runners keep the pace of their laps to some two in a hundred. */
#define LAP_SPREAD 0.02
#define LEAST_LAP_SPREAD_USEC (G_USEC_PER_SEC / 2)

/* Nobody runs a lap in half of what the ones before took, and few take three times as long. */
#define SHORTEST_LAP 0.5
#define LONGEST_LAP 3.0

struct _ConcLadder
{
  ConcLadderModel     model;
  ConcLadderPrepared *prepared; /* owned: of the update before */
  ConcLadderAligner  *aligner;
  ConcLadderMover    *mover;
  ConcLadderResult    result;
};

/** conc_ladder_input_new: Returns: (transfer full): streams with nothing in them. */
ConcLadderInput *
conc_ladder_input_new (void)
{
  ConcLadderInput *input = g_new0 (ConcLadderInput, 1);

  input->taps = g_array_new (FALSE, FALSE, sizeof (ConcLadderTap));
  input->bibs = g_array_new (FALSE, FALSE, sizeof (ConcLadderBib));
  input->rungs = g_array_new (FALSE, FALSE, sizeof (ConcLadderRung));
  input->second = g_array_new (FALSE, FALSE, sizeof (ConcLadderTap));
  input->expectations = g_array_new (FALSE, FALSE, sizeof (ConcLadderExpectation));
  return input;
}

/** conc_ladder_input_copy: Returns: (transfer full): another one like @input. */
ConcLadderInput *
conc_ladder_input_copy (const ConcLadderInput *input)
{
  ConcLadderInput *copy = g_new0 (ConcLadderInput, 1);

  copy->taps = g_array_copy (input->taps);
  copy->bibs = g_array_copy (input->bibs);
  copy->rungs = g_array_copy (input->rungs);
  copy->second = g_array_copy (input->second);
  copy->expectations = g_array_copy (input->expectations);
  copy->min_lap_usec = input->min_lap_usec;
  return copy;
}

/** conc_ladder_input_free: frees @input, which may be NULL. */
void
conc_ladder_input_free (ConcLadderInput *input)
{
  if (input == NULL)
    return;
  g_array_unref (input->taps);
  g_array_unref (input->bibs);
  g_array_unref (input->rungs);
  g_array_unref (input->second);
  g_array_unref (input->expectations);
  g_free (input);
}

/**
 * conc_ladder_expect_lap:
 * @bib: the runner
 * @crossings_usec: the runner's start and earlier laps, in order
 * @n_crossings: fewer than two tell nothing, and nothing is added
 *
 * Adds to @input when the runner should come next: after the mean of the laps so far, to two in a
 * hundred of it, and not in less than half of it. Any thread.
 */
void
conc_ladder_expect_lap (ConcLadderInput *input,
                        guint            bib,
                        const gint64    *crossings_usec,
                        guint            n_crossings)
{
  ConcLadderExpectation expectation = { .bib = bib };
  gint64                lap_usec, latest_usec;

  if (n_crossings < 2)
    return;
  latest_usec = crossings_usec[n_crossings - 1];
  lap_usec = (latest_usec - crossings_usec[0]) / (n_crossings - 1);
  if (lap_usec <= 0)
    return;
  expectation.expected_usec = latest_usec + lap_usec;
  expectation.spread_usec =
      MAX ((gint64) ((double) lap_usec * LAP_SPREAD * sqrt (1.0 + 1.0 / (n_crossings - 1))),
           LEAST_LAP_SPREAD_USEC);
  expectation.earliest_usec = latest_usec + (gint64) ((double) lap_usec * SHORTEST_LAP);
  expectation.latest_usec = latest_usec + (gint64) ((double) lap_usec * LONGEST_LAP);
  g_array_append_val (input->expectations, expectation);
}

/** conc_ladder_new: Returns: (transfer full): a ladder that has seen nothing. */
ConcLadder *
conc_ladder_new (void)
{
  ConcLadder *ladder = g_new0 (ConcLadder, 1);

  ladder->aligner = conc_ladder_aligner_new ();
  ladder->mover = conc_ladder_mover_new ();
  ladder->result.rows = g_array_new (FALSE, FALSE, sizeof (ConcLadderRow));
  ladder->result.suspicions = g_array_new (FALSE, FALSE, sizeof (ConcLadderSuspicion));
  return ladder;
}

/** conc_ladder_free: frees @ladder, which may be NULL, with its result. */
void
conc_ladder_free (ConcLadder *ladder)
{
  if (ladder == NULL)
    return;
  conc_ladder_prepared_free (ladder->prepared);
  conc_ladder_aligner_free (ladder->aligner);
  conc_ladder_mover_free (ladder->mover);
  g_array_unref (ladder->result.rows);
  g_array_unref (ladder->result.suspicions);
  g_free (ladder);
}

/* How many elements at the beginning are the same in both. */
static guint
count_same (const GArray *a, const GArray *b)
{
  gsize size = g_array_get_element_size ((GArray *) a);
  guint count = MIN (a->len, b->len), same = 0;

  while (same < count && memcmp (a->data + same * size, b->data + same * size, size) == 0)
    same++;
  return same;
}

/**
 * conc_ladder_update:
 * @ladder: keeps what it worked out before, which makes the next update fast and changes no result
 * @input: the streams as they are now; any of them may be empty
 *
 * Aligns taps and bibs and tells what it suspects. It repairs nothing. The model and its sources
 * are told at conc_ladder_aligner_run() and conc_ladder_mover_run().
 *
 * The certainty of a suspicion is the probability, under that model, that a fault of its kind lies
 * within two places of the place that is told. A missed or doubled tap or bib is told when it is
 * more likely than not within 15 places, so that its certainty may be below 50; an exchange or a
 * reversed block only from 50 on, and far down a long list from up to 93 on, since two odd last
 * laps may look like one.
 *
 * A tap too many is a key pressed twice or a bib not entered. The likelier is told with the odds of
 * the two as a reason; the certainty is that of either.
 *
 * The input is one order of one line; a race of several laps has all laps of all runners in it,
 * with the time of the shortest lap, or the last lap alone.
 *
 * Returns: (transfer none): rows in the order of the line; valid until the next update. Any thread,
 *   one at a time. Cost: about 2 us for each entry that is new or that comes after a change.
 */
const ConcLadderResult *
conc_ladder_update (ConcLadder *ladder, const ConcLadderInput *input)
{
  guint64             mark = ladder->model.mark;
  ConcLadderPrepared *prepared;
  guint               same_instants = 0, same_entries = 0;
  const GArray       *moves;

  conc_ladder_learn (&ladder->model, input);
  if (mark != ladder->model.mark)
    g_clear_pointer (&ladder->prepared, conc_ladder_prepared_free);
  prepared = conc_ladder_prepare (input, &ladder->model, ladder->prepared);
  if (ladder->prepared != NULL)
    {
      same_instants = count_same (ladder->prepared->instants, prepared->instants);
      same_entries = count_same (ladder->prepared->entries, prepared->entries);
    }
  conc_ladder_prepared_free (ladder->prepared);
  ladder->prepared = prepared;
  conc_ladder_aligner_run (ladder->aligner, &ladder->model, prepared, same_instants, same_entries);
  moves = conc_ladder_mover_run (ladder->mover, prepared,
                                 conc_ladder_aligner_get_steps (ladder->aligner), same_entries);
  conc_ladder_suspect (&ladder->result, input, prepared, ladder->aligner, moves);
  return &ladder->result;
}

/** conc_ladder_kind_to_text: Returns: the word for @kind in scripts, never translated. */
const char *
conc_ladder_kind_to_text (ConcLadderKind kind)
{
  static const char *const texts[] = { "missed-tap",    "double-tap",   "missed-bib",
                                       "double-bib",    "swapped-bibs", "reversed-block",
                                       "second-offset", "second-late" };

  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (texts), NULL);
  return texts[kind];
}

/** conc_ladder_reason_to_text: Returns: the word for @code in scripts, never translated. */
const char *
conc_ladder_reason_to_text (ConcLadderReasonCode code)
{
  static const char *const texts[] = {
    "rungs",    "second-has", "second-has-not",   "laps", "pace", "spacing", "count",
    "same-bib", "offset",     "first-taps-alone", "kind"
  };

  g_return_val_if_fail ((guint) code < G_N_ELEMENTS (texts), NULL);
  return texts[code];
}

/** conc_ladder_repair_to_text: Returns: the word for @kind in scripts, never translated. */
const char *
conc_ladder_repair_to_text (ConcLadderRepairKind kind)
{
  static const char *const texts[] = { "none",       "insert-tap", "insert-bib",   "remove-tap",
                                       "remove-bib", "shift",      "swap",         "reverse",
                                       "link",       "unlink",     "offset-second" };

  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (texts), NULL);
  return texts[kind];
}
