/* ladder-suspect.c: what the ladder says: the rows, and what it suspects. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/ladder-private.h"

#include <math.h>

/* A fault is told when it is likely somewhere near. A move is told when it is likely where it is,
 * and the more bibs there are the more of them look by chance as if two had changed places: from
 * 200 places on it has to be more certain, so that a long list is not suspected more often. */
#define LEAST_NEAR 0.5
#define LEAST_CERTAIN 0.5
#define CHANCE_PLACES 100.0

/* So far around a place the taps have a say in what kind of fault it is. */
#define KIND_REACH 2u

/* A clock that is off by less may be two hands. */
#define LEAST_OFFSET_USEC (G_USEC_PER_SEC * 3 / 4)
#define LEAST_ALONE 3u

/** conc_ladder_writer_get_instant: Returns: what @index stands for. */
const ConcLadderInstant *
conc_ladder_writer_get_instant (const ConcLadderWriter *writer, guint index)
{
  return &g_array_index (writer->prepared->instants, ConcLadderInstant, index);
}

/** conc_ladder_writer_get_entry: Returns: what @index stands for. */
const ConcLadderEntry *
conc_ladder_writer_get_entry (const ConcLadderWriter *writer, guint index)
{
  return &g_array_index (writer->prepared->entries, ConcLadderEntry, index);
}

/** conc_ladder_writer_get_step: Returns: what @index stands for. */
const ConcLadderStep *
conc_ladder_writer_get_step (const ConcLadderWriter *writer, guint index)
{
  return &g_array_index (writer->steps, ConcLadderStep, index);
}

/** conc_ladder_writer_get_bib_id: Returns: the id of the entry @bib, 0 behind the last one. */
guint64
conc_ladder_writer_get_bib_id (const ConcLadderWriter *writer, guint bib)
{
  return bib < writer->input->bibs->len ? g_array_index (writer->input->bibs, ConcLadderBib, bib).id
                                        : 0;
}

static guint
get_percent (double certainty)
{
  return (guint) lround (CLAMP (certainty, 0.0, 1.0) * 100.0);
}

/** conc_ladder_add_reason: adds one to @suspicion, which has room for it. */
void
conc_ladder_add_reason (ConcLadderSuspicion *suspicion, ConcLadderReasonCode code, gint64 value)
{
  g_assert (suspicion->n_reasons < CONC_LADDER_MAX_REASONS);
  suspicion->reasons[suspicion->n_reasons++] = (ConcLadderReason){ code, value };
}

/**
 * conc_ladder_start_suspicion:
 * @row: where it is
 * @tap: index into the input, or NONE
 * @bib: likewise
 * @certainty: 0 to 1
 *
 * Returns: a suspicion without reasons and repair. Any thread.
 */
ConcLadderSuspicion
conc_ladder_start_suspicion (ConcLadderKind kind, guint row, guint tap, guint bib, double certainty)
{
  ConcLadderSuspicion suspicion = { .kind = kind, .row = row, .last_row = row };

  suspicion.tap = tap;
  suspicion.bib = bib;
  suspicion.last_bib = bib;
  suspicion.certainty_percent = get_percent (certainty);
  return suspicion;
}

static guint
get_entry_row (const ConcLadderWriter *writer, guint entry)
{
  return writer->row_of_step[writer->step_of_entry[entry]];
}

/* Rungs after a fault, up to the next fault, stand where they do because of it. */
static guint
count_rungs_after (const ConcLadderWriter *writer, guint step_index)
{
  guint count = 0;

  for (guint i = step_index + 1; i < writer->steps->len; i++)
    {
      const ConcLadderStep *step = conc_ladder_writer_get_step (writer, i);

      if (step->entry == CONC_LADDER_NONE ||
          (step->instant == CONC_LADDER_NONE && step->entry != CONC_LADDER_NONE))
        break;
      if (conc_ladder_writer_get_entry (writer, step->entry)->rung_weight > 0.0f)
        count++;
    }
  return count;
}

static void
add_common_reasons (const ConcLadderWriter *writer,
                    ConcLadderSuspicion    *suspicion,
                    guint                   step,
                    int                     surplus)
{
  guint rungs = count_rungs_after (writer, step);

  if (rungs != 0)
    {
      conc_ladder_add_reason (suspicion, CONC_LADDER_REASON_RUNGS, rungs);
      conc_ladder_add_reason (suspicion, CONC_LADDER_REASON_COUNT, surplus);
    }
}

static gint64
get_missed_usec (const ConcLadderWriter *writer, const ConcLadderStep *step)
{
  const ConcLadderEntry *entry = conc_ladder_writer_get_entry (writer, step->entry);
  guint                  count = writer->prepared->instants->len;
  guint                  passed = step->before_instant;
  gint64                 from_usec, to_usec;

  if (step->instant != CONC_LADDER_NONE)
    return conc_ladder_writer_get_instant (writer, step->instant)->at_usec;
  if (count == 0)
    return entry->rung_weight > 0.0f ? entry->rung_usec : entry->at_usec;
  from_usec = conc_ladder_writer_get_instant (writer, passed > 0 ? passed - 1 : 0)->at_usec;
  to_usec = passed < count ? conc_ladder_writer_get_instant (writer, passed)->at_usec
                           : MAX (from_usec, MIN (entry->at_usec, from_usec + G_USEC_PER_SEC));
  if (entry->rung_weight > 0.0f)
    return CLAMP (entry->rung_usec, from_usec, to_usec);
  return from_usec + (to_usec - from_usec) / 2;
}

/* The time is that at which the best way has it, wherever near it is told: there a second timer has
 * it, or there is room for it. */
static void
suspect_missed_tap (const ConcLadderWriter *writer, guint step_index)
{
  const ConcLadderStep *step = conc_ladder_writer_get_step (writer, step_index);
  ConcLadderPlace       place = conc_ladder_find_place (writer, step_index, CONC_LADDER_SIDE_BIB);
  ConcLadderSuspicion   suspicion =
      conc_ladder_start_suspicion (CONC_LADDER_MISSED_TAP, get_entry_row (writer, place.middle),
                                   CONC_LADDER_NONE, place.middle, place.certainty);
  gint64 at_usec = get_missed_usec (writer, step);

  if (place.near < LEAST_NEAR)
    return;
  if (step->instant != CONC_LADDER_NONE)
    conc_ladder_add_reason (&suspicion, CONC_LADDER_REASON_SECOND_HAS, at_usec);
  if (step->before_instant > 0)
    conc_ladder_add_reason (
        &suspicion, CONC_LADDER_REASON_SPACING,
        at_usec - conc_ladder_writer_get_instant (writer, step->before_instant - 1)->at_usec);
  add_common_reasons (writer, &suspicion, step_index, -1);
  suspicion.repair =
      (ConcLadderRepair){ .kind = CONC_LADDER_INSERT_TAP,
                          .bib_id = conc_ladder_writer_get_bib_id (writer, place.middle),
                          .at_usec = at_usec };
  g_array_append_val (writer->result->suspicions, suspicion);
}

static void
suspect_double_bib (const ConcLadderWriter *writer, guint step_index)
{
  const ConcLadderStep *step = conc_ladder_writer_get_step (writer, step_index);
  gboolean              is_alone = step->instant == CONC_LADDER_NONE;
  double                certainty =
      is_alone ? conc_ladder_aligner_get_missing (writer->aligner, step->entry) : 0.5;
  ConcLadderSuspicion suspicion =
      conc_ladder_start_suspicion (CONC_LADDER_DOUBLE_BIB, writer->row_of_step[step_index],
                                   CONC_LADDER_NONE, step->entry, certainty);

  if (!is_alone)
    suspicion.tap = conc_ladder_writer_get_instant (writer, step->instant)->tap;
  conc_ladder_add_reason (&suspicion, CONC_LADDER_REASON_SAME_BIB,
                          get_entry_row (writer,
                                         conc_ladder_writer_get_entry (writer, step->entry)->same));
  add_common_reasons (writer, &suspicion, step_index, -1);
  if (is_alone)
    {
      suspicion.repair.kind = CONC_LADDER_REMOVE_BIB;
      suspicion.repair.bib_id = conc_ladder_writer_get_bib_id (writer, step->entry);
    }
  g_array_append_val (writer->result->suspicions, suspicion);
}

/* What part of the taps that may be alone around a place is keys pressed twice; the rest are bibs
 * that are missing. */
static double
get_double_share (const ConcLadderWriter *writer, guint middle)
{
  guint  count = writer->prepared->instants->len;
  double twice = 0.0, sum = 1e-300;

  for (guint i = middle - MIN (middle, KIND_REACH); i < count && i <= middle + KIND_REACH; i++)
    {
      const ConcLadderInstant *instant = conc_ladder_writer_get_instant (writer, i);
      double                   mass = conc_ladder_aligner_get_extra (writer->aligner, i);
      double                   missed = CONC_LADDER_P_MISSED_BIB * (double) instant->real;

      sum += mass;
      twice += mass * (double) instant->extra / ((double) instant->extra + missed);
    }
  return twice / sum;
}

/* The entry in front of which a bib is missing, when that of @middle is. */
static guint
get_entry_after (const ConcLadderWriter *writer, guint step_index, guint middle)
{
  guint                 there = writer->step_of_instant[middle];
  const ConcLadderStep *step;

  if (there == CONC_LADDER_NONE)
    return CONC_LADDER_NONE;
  step = conc_ladder_writer_get_step (writer, there);
  return step->before_entry + (there > step_index && step->entry != CONC_LADDER_NONE ? 1 : 0);
}

static void
add_tap_reasons (const ConcLadderWriter *writer, ConcLadderSuspicion *suspicion, guint middle)
{
  const ConcLadderInstant *instant = conc_ladder_writer_get_instant (writer, middle);

  if (instant->second != CONC_LADDER_NONE)
    conc_ladder_add_reason (suspicion, CONC_LADDER_REASON_SECOND_HAS, instant->at_usec);
  else if (instant->real < 1.0f)
    conc_ladder_add_reason (suspicion, CONC_LADDER_REASON_SECOND_HAS_NOT, 0);
  conc_ladder_add_reason (suspicion, CONC_LADDER_REASON_SPACING,
                          (gint64) ((double) instant->gap_sec * G_USEC_PER_SEC));
}

static void
suspect_tap (const ConcLadderWriter *writer, guint step_index)
{
  ConcLadderPlace     place = conc_ladder_find_place (writer, step_index, CONC_LADDER_SIDE_TAP);
  double              twice = get_double_share (writer, place.middle);
  guint               there = writer->step_of_instant[place.middle];
  guint               tap = conc_ladder_writer_get_instant (writer, place.middle)->tap;
  ConcLadderSuspicion suspicion =
      conc_ladder_start_suspicion (twice > 0.5 ? CONC_LADDER_DOUBLE_TAP : CONC_LADDER_MISSED_BIB,
                                   there == CONC_LADDER_NONE ? writer->result->rows->len - 1
                                                             : writer->row_of_step[there],
                                   tap, CONC_LADDER_NONE, place.certainty);

  if (place.near < LEAST_NEAR)
    return;
  add_tap_reasons (writer, &suspicion, place.middle);
  conc_ladder_add_reason (&suspicion, CONC_LADDER_REASON_KIND,
                          get_percent (MAX (twice, 1.0 - twice)));
  add_common_reasons (writer, &suspicion, step_index, 1);
  if (twice > 0.5)
    {
      suspicion.repair.kind = CONC_LADDER_REMOVE_TAP;
      suspicion.repair.tap_id = g_array_index (writer->input->taps, ConcLadderTap, tap).id;
    }
  else
    {
      suspicion.repair.kind = CONC_LADDER_INSERT_BIB;
      suspicion.repair.bib_id =
          conc_ladder_writer_get_bib_id (writer,
                                         get_entry_after (writer, step_index, place.middle));
    }
  g_array_append_val (writer->result->suspicions, suspicion);
}

static void
add_row (const ConcLadderWriter *writer, guint instant_index, guint entry, gboolean waits)
{
  ConcLadderRow row = { CONC_LADDER_NONE, entry, CONC_LADDER_NONE, 0, waits };

  if (instant_index != CONC_LADDER_NONE)
    {
      const ConcLadderInstant *instant = conc_ladder_writer_get_instant (writer, instant_index);

      row.tap = instant->tap;
      row.second = instant->second;
      row.at_usec = instant->at_usec;
    }
  g_array_append_val (writer->result->rows, row);
}

static void
write_step (ConcLadderWriter *writer, guint index)
{
  const ConcLadderStep *step = conc_ladder_writer_get_step (writer, index);

  writer->row_of_step[index] = writer->result->rows->len;
  if (step->entry != CONC_LADDER_NONE)
    writer->step_of_entry[step->entry] = index;
  /* A moment without either is the second timer's key pressed twice. */
  if (step->entry == CONC_LADDER_NONE &&
      !conc_ladder_step_is_alone (writer, index, CONC_LADDER_SIDE_TAP))
    return;
  if (step->instant != CONC_LADDER_NONE)
    writer->step_of_instant[step->instant] = index;
  add_row (writer, step->instant, step->entry, FALSE);
}

static void
suspect_step (const ConcLadderWriter *writer, guint index)
{
  const ConcLadderStep *step = conc_ladder_writer_get_step (writer, index);

  if (conc_ladder_step_is_alone (writer, index, CONC_LADDER_SIDE_TAP))
    {
      if (!conc_ladder_writer_get_instant (writer, step->instant)->is_known)
        suspect_tap (writer, index);
    }
  else if (step->entry != CONC_LADDER_NONE &&
           conc_ladder_writer_get_entry (writer, step->entry)->same != CONC_LADDER_NONE)
    suspect_double_bib (writer, index);
  else if (conc_ladder_step_is_alone (writer, index, CONC_LADDER_SIDE_BIB))
    suspect_missed_tap (writer, index);
}

static void
write_waiting (const ConcLadderWriter *writer)
{
  guint passed = 0;

  for (guint i = 0; i < writer->steps->len; i++)
    if (conc_ladder_writer_get_step (writer, i)->instant != CONC_LADDER_NONE)
      passed = conc_ladder_writer_get_step (writer, i)->instant + 1;
  for (guint i = passed; i < writer->prepared->instants->len; i++)
    if (conc_ladder_writer_get_instant (writer, i)->tap != CONC_LADDER_NONE)
      add_row (writer, i, CONC_LADDER_NONE, TRUE);
}

static gboolean
is_certain (const ConcLadderWriter *writer, const ConcLadderMove *move)
{
  double place = writer->row_of_step[move->last] + 1.0;

  return move->certainty >= MAX (LEAST_CERTAIN, 1.0 - CHANCE_PLACES / place);
}

static void
suspect_second (const ConcLadderWriter *writer)
{
  gint64 offset_usec = writer->prepared->offset_usec;

  if (!writer->prepared->has_offset)
    return;
  if (ABS (offset_usec) >= LEAST_OFFSET_USEC)
    {
      ConcLadderSuspicion suspicion =
          conc_ladder_start_suspicion (CONC_LADDER_SECOND_OFFSET, 0, CONC_LADDER_NONE,
                                       CONC_LADDER_NONE, 1.0);

      conc_ladder_add_reason (&suspicion, CONC_LADDER_REASON_OFFSET, offset_usec);
      suspicion.repair.kind = CONC_LADDER_OFFSET_SECOND;
      suspicion.repair.at_usec = offset_usec;
      g_array_append_val (writer->result->suspicions, suspicion);
    }
  if (writer->prepared->alone_count >= LEAST_ALONE)
    {
      ConcLadderSuspicion suspicion =
          conc_ladder_start_suspicion (CONC_LADDER_SECOND_LATE, 0, writer->prepared->alone_count,
                                       CONC_LADDER_NONE, 1.0);

      for (guint i = 0; i < writer->result->rows->len; i++)
        if (g_array_index (writer->result->rows, ConcLadderRow, i).tap == suspicion.tap)
          suspicion.row = suspicion.last_row = i;
      conc_ladder_add_reason (&suspicion, CONC_LADDER_REASON_FIRST_TAPS_ALONE,
                              writer->prepared->alone_count);
      g_array_append_val (writer->result->suspicions, suspicion);
    }
}

static int
compare_suspicions_cb (gconstpointer a, gconstpointer b)
{
  const ConcLadderSuspicion *first = a;
  const ConcLadderSuspicion *second = b;

  if (first->row != second->row)
    return first->row < second->row ? -1 : 1;
  if (first->kind != second->kind)
    return first->kind < second->kind ? -1 : 1;
  return first->last_row < second->last_row ? -1 : first->last_row > second->last_row;
}

/**
 * conc_ladder_suspect:
 * @result: (inout): its arrays are filled
 * @moves: (element-type ConcLadderMove): of @aligner's steps
 *
 * Writes the rows and what is suspected. Nothing is repaired. Any thread. Cost: of the rows.
 */
void
conc_ladder_suspect (ConcLadderResult         *result,
                     const ConcLadderInput    *input,
                     const ConcLadderPrepared *prepared,
                     const ConcLadderAligner  *aligner,
                     const GArray             *moves)
{
  const GArray      *steps = conc_ladder_aligner_get_steps (aligner);
  g_autofree guint  *row_of_step = g_new0 (guint, steps->len + 1);
  g_autofree guint  *step_of_entry = g_new0 (guint, prepared->entries->len + 1);
  g_autofree guint  *step_of_instant = g_new (guint, prepared->instants->len + 1);
  g_autofree double *missing = g_new0 (double, prepared->entries->len + 1);
  ConcLadderWriter   writer = { result,      input,         prepared,        aligner, steps,
                                row_of_step, step_of_entry, step_of_instant, missing };

  g_array_set_size (result->rows, 0);
  g_array_set_size (result->suspicions, 0);
  result->has_second_offset = prepared->has_offset;
  result->second_offset_usec = prepared->offset_usec;
  for (guint i = 0; i < prepared->instants->len; i++)
    step_of_instant[i] = CONC_LADDER_NONE;
  for (guint i = 0; i < steps->len; i++)
    write_step (&writer, i);
  write_waiting (&writer);
  conc_ladder_spread_missing (&writer);
  for (guint i = 0; i < steps->len; i++)
    suspect_step (&writer, i);
  for (guint i = 0; i < moves->len; i++)
    if (is_certain (&writer, &g_array_index (moves, ConcLadderMove, i)))
      conc_ladder_suspect_move (&writer, &g_array_index (moves, ConcLadderMove, i));
  suspect_second (&writer);
  g_array_sort (result->suspicions, compare_suspicions_cb);
}
