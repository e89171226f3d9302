/* ladder-suspect.c: what the ladder says: the rows, and what it suspects. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/ladder-private.h"

#include <math.h>

/* Certainty is of a fault within two places; a fault is told when it is likely somewhere near. */
#define PLACES 2u
#define NEAR_PLACES 15u
#define LEAST_NEAR 0.5
#define LEAST_CERTAIN 0.7

/* A clock that is off by less may be two hands. */
#define LEAST_OFFSET_USEC (G_USEC_PER_SEC * 3 / 4)
#define LEAST_ALONE 3u

typedef struct
{
  ConcLadderResult         *result;
  const ConcLadderInput    *input;
  const ConcLadderPrepared *prepared;
  const ConcLadderAligner  *aligner;
  const GArray             *steps;
  guint                    *row_of_step; /* borrowed */
} Writer;

static const ConcLadderInstant *
get_instant (const Writer *writer, guint index)
{
  return &g_array_index (writer->prepared->instants, ConcLadderInstant, index);
}

static const ConcLadderEntry *
get_entry (const Writer *writer, guint index)
{
  return &g_array_index (writer->prepared->entries, ConcLadderEntry, index);
}

static const ConcLadderStep *
get_step (const Writer *writer, guint index)
{
  return &g_array_index (writer->steps, ConcLadderStep, index);
}

static guint64
get_bib_id (const Writer *writer, guint bib)
{
  return bib < writer->input->bibs->len ? g_array_index (writer->input->bibs, ConcLadderBib, bib).id
                                        : 0;
}

static guint64
get_tap_id (const Writer *writer, guint tap)
{
  return g_array_index (writer->input->taps, ConcLadderTap, tap).id;
}

static void
add_reason (ConcLadderSuspicion *suspicion, ConcLadderReasonCode code, gint64 value)
{
  g_assert (suspicion->n_reasons < CONC_LADDER_MAX_REASONS);
  suspicion->reasons[suspicion->n_reasons++] = (ConcLadderReason){ code, value };
}

static guint
get_percent (double certainty)
{
  return (guint) lround (CLAMP (certainty, 0.0, 1.0) * 100.0);
}

static double
get_mass (double (*get) (const ConcLadderAligner *, guint),
          const Writer *writer,
          guint         count,
          guint         middle,
          guint         reach)
{
  double mass = 0.0;

  for (guint i = middle > reach ? middle - reach : 0; i < count && i <= middle + reach; i++)
    mass += get (writer->aligner, i);
  return MIN (mass, 1.0);
}

static ConcLadderSuspicion
start_suspicion (ConcLadderKind kind, guint row, guint tap, guint bib, double certainty)
{
  ConcLadderSuspicion suspicion = { .kind = kind, .row = row, .last_row = row };

  suspicion.tap = tap;
  suspicion.bib = bib;
  suspicion.last_bib = bib;
  suspicion.certainty_percent = get_percent (certainty);
  return suspicion;
}

/* Rungs after a fault, up to the next fault, stand where they do because of it. */
static guint
count_rungs_after (const Writer *writer, guint step_index)
{
  guint count = 0;

  for (guint i = step_index + 1; i < writer->steps->len; i++)
    {
      const ConcLadderStep *step = get_step (writer, i);

      if (step->entry == CONC_LADDER_NONE ||
          (step->instant == CONC_LADDER_NONE && step->entry != CONC_LADDER_NONE))
        break;
      if (get_entry (writer, step->entry)->rung_weight > 0.0f)
        count++;
    }
  return count;
}

static void
add_common_reasons (const Writer *writer, ConcLadderSuspicion *suspicion, guint step, int surplus)
{
  guint rungs = count_rungs_after (writer, step);

  if (rungs != 0)
    {
      add_reason (suspicion, CONC_LADDER_REASON_RUNGS, rungs);
      add_reason (suspicion, CONC_LADDER_REASON_COUNT, surplus);
    }
}

static gint64
get_missed_usec (const Writer *writer, const ConcLadderStep *step)
{
  const ConcLadderEntry *entry = get_entry (writer, step->entry);
  guint                  count = writer->prepared->instants->len;
  guint                  passed = step->before_instant;
  gint64                 from_usec, to_usec;

  if (step->instant != CONC_LADDER_NONE)
    return get_instant (writer, step->instant)->at_usec;
  if (count == 0)
    return entry->rung_weight > 0.0f ? entry->rung_usec : entry->at_usec;
  from_usec = get_instant (writer, passed > 0 ? passed - 1 : 0)->at_usec;
  to_usec = passed < count ? get_instant (writer, passed)->at_usec
                           : MAX (from_usec, MIN (entry->at_usec, from_usec + G_USEC_PER_SEC));
  if (entry->rung_weight > 0.0f)
    return CLAMP (entry->rung_usec, from_usec, to_usec);
  return from_usec + (to_usec - from_usec) / 2;
}

static void
suspect_missed_tap (const Writer *writer, guint step_index, guint row)
{
  const ConcLadderStep *step = get_step (writer, step_index);
  guint                 count = writer->prepared->entries->len;
  double certainty = get_mass (conc_ladder_aligner_get_missing, writer, count, step->entry, PLACES);
  ConcLadderSuspicion suspicion =
      start_suspicion (CONC_LADDER_MISSED_TAP, row, CONC_LADDER_NONE, step->entry, certainty);
  gint64 at_usec = get_missed_usec (writer, step);

  if (get_mass (conc_ladder_aligner_get_missing, writer, count, step->entry, NEAR_PLACES) <
      LEAST_NEAR)
    return;
  if (step->instant != CONC_LADDER_NONE)
    add_reason (&suspicion, CONC_LADDER_REASON_SECOND_HAS, at_usec);
  if (step->before_instant > 0)
    add_reason (&suspicion, CONC_LADDER_REASON_SPACING,
                at_usec - get_instant (writer, step->before_instant - 1)->at_usec);
  add_common_reasons (writer, &suspicion, step_index, -1);
  suspicion.repair = (ConcLadderRepair){ .kind = CONC_LADDER_INSERT_TAP,
                                         .bib_id = get_bib_id (writer, step->entry),
                                         .at_usec = at_usec };
  g_array_append_val (writer->result->suspicions, suspicion);
}

static guint
find_row_of_bib (const Writer *writer, guint bib)
{
  for (guint i = 0; i < writer->result->rows->len; i++)
    if (g_array_index (writer->result->rows, ConcLadderRow, i).bib == bib)
      return i;
  return CONC_LADDER_NONE;
}

static void
suspect_double_bib (const Writer *writer, guint step_index, guint row)
{
  const ConcLadderStep *step = get_step (writer, step_index);
  gboolean              is_alone = step->instant == CONC_LADDER_NONE;
  double                certainty =
      is_alone ? conc_ladder_aligner_get_missing (writer->aligner, step->entry) : 0.5;
  ConcLadderSuspicion suspicion =
      start_suspicion (CONC_LADDER_DOUBLE_BIB, row, CONC_LADDER_NONE, step->entry, certainty);

  if (!is_alone)
    suspicion.tap = get_instant (writer, step->instant)->tap;
  add_reason (&suspicion, CONC_LADDER_REASON_SAME_BIB,
              find_row_of_bib (writer, get_entry (writer, step->entry)->same));
  add_common_reasons (writer, &suspicion, step_index, -1);
  if (is_alone)
    {
      suspicion.repair.kind = CONC_LADDER_REMOVE_BIB;
      suspicion.repair.bib_id = get_bib_id (writer, step->entry);
    }
  g_array_append_val (writer->result->suspicions, suspicion);
}

static gint64
get_kind_percent (const ConcLadderInstant *instant, gboolean is_double)
{
  double twice = (double) instant->extra;
  double missed = CONC_LADDER_P_MISSED_BIB * (double) instant->real;

  return get_percent ((is_double ? twice : missed) / (twice + missed));
}

static void
suspect_tap (const Writer *writer, guint step_index, guint row)
{
  const ConcLadderStep    *step = get_step (writer, step_index);
  const ConcLadderInstant *instant = get_instant (writer, step->instant);
  guint                    count = writer->prepared->instants->len;
  gboolean is_double = instant->extra > (float) CONC_LADDER_P_MISSED_BIB * instant->real;
  double certainty = get_mass (conc_ladder_aligner_get_extra, writer, count, step->instant, PLACES);
  ConcLadderSuspicion suspicion =
      start_suspicion (is_double ? CONC_LADDER_DOUBLE_TAP : CONC_LADDER_MISSED_BIB, row,
                       instant->tap, CONC_LADDER_NONE, certainty);

  if (get_mass (conc_ladder_aligner_get_extra, writer, count, step->instant, NEAR_PLACES) <
      LEAST_NEAR)
    return;
  if (instant->second != CONC_LADDER_NONE)
    add_reason (&suspicion, CONC_LADDER_REASON_SECOND_HAS, instant->at_usec);
  else if (instant->real < 1.0f)
    add_reason (&suspicion, CONC_LADDER_REASON_SECOND_HAS_NOT, 0);
  add_reason (&suspicion, CONC_LADDER_REASON_SPACING,
              (gint64) ((double) instant->gap_sec * G_USEC_PER_SEC));
  add_reason (&suspicion, CONC_LADDER_REASON_KIND, get_kind_percent (instant, is_double));
  add_common_reasons (writer, &suspicion, step_index, 1);
  if (is_double)
    {
      suspicion.repair.kind = CONC_LADDER_REMOVE_TAP;
      suspicion.repair.tap_id = get_tap_id (writer, instant->tap);
    }
  else
    {
      suspicion.repair.kind = CONC_LADDER_INSERT_BIB;
      suspicion.repair.bib_id = get_bib_id (writer, step->before_entry);
    }
  g_array_append_val (writer->result->suspicions, suspicion);
}

static void
add_row (const Writer *writer, guint instant_index, guint entry, gboolean waits)
{
  ConcLadderRow row = { CONC_LADDER_NONE, entry, CONC_LADDER_NONE, 0, waits };

  if (instant_index != CONC_LADDER_NONE)
    {
      const ConcLadderInstant *instant = get_instant (writer, instant_index);

      row.tap = instant->tap;
      row.second = instant->second;
      row.at_usec = instant->at_usec;
    }
  g_array_append_val (writer->result->rows, row);
}

static void
write_step (Writer *writer, guint index)
{
  const ConcLadderStep *step = get_step (writer, index);
  guint                 row = writer->result->rows->len;
  gboolean              has_tap = step->instant != CONC_LADDER_NONE &&
                     get_instant (writer, step->instant)->tap != CONC_LADDER_NONE;

  writer->row_of_step[index] = row;
  if (step->entry == CONC_LADDER_NONE && !has_tap)
    return; /* the second timer pressed the key twice */
  add_row (writer, step->instant, step->entry, FALSE);
  if (step->entry == CONC_LADDER_NONE && get_instant (writer, step->instant)->is_known)
    return;
  if (step->entry == CONC_LADDER_NONE)
    suspect_tap (writer, index, row);
  else if (get_entry (writer, step->entry)->same != CONC_LADDER_NONE)
    suspect_double_bib (writer, index, row);
  else if (!has_tap)
    suspect_missed_tap (writer, index, row);
}

static void
write_waiting (const Writer *writer)
{
  guint passed = 0;

  for (guint i = 0; i < writer->steps->len; i++)
    if (get_step (writer, i)->instant != CONC_LADDER_NONE)
      passed = get_step (writer, i)->instant + 1;
  for (guint i = passed; i < writer->prepared->instants->len; i++)
    if (get_instant (writer, i)->tap != CONC_LADDER_NONE)
      add_row (writer, i, CONC_LADDER_NONE, TRUE);
}

typedef enum
{
  PART_RUNG,
  PART_LAPS,
  PART_PACE,
  N_PARTS
} Part;

static ConcLadderEntry
get_part (const ConcLadderEntry *entry, Part part)
{
  ConcLadderEntry only = *entry;

  if (part != PART_RUNG)
    only.rung_weight = 0.0f;
  if (part != PART_LAPS)
    only.expected_weight = 0.0f;
  if (part != PART_PACE)
    {
      only.earliest_usec = G_MININT64;
      only.latest_usec = G_MAXINT64;
    }
  return only;
}

/* How many of the moved bibs fit better by more than chance, for each part of what is known. */
static void
add_move_reasons (const Writer *writer, ConcLadderSuspicion *suspicion, const ConcLadderMove *move)
{
  guint counts[N_PARTS] = { 0 };

  for (guint i = move->first; i <= move->last; i += move->is_block ? 1 : move->last - move->first)
    {
      const ConcLadderStep *from = get_step (writer, i);
      const ConcLadderStep *to = get_step (writer, move->first + move->last - i);

      if (from->entry == CONC_LADDER_NONE || from->instant == CONC_LADDER_NONE ||
          to->instant == CONC_LADDER_NONE)
        continue;
      for (Part part = PART_RUNG; part < N_PARTS; part++)
        {
          ConcLadderEntry only = get_part (get_entry (writer, from->entry), part);
          gint64          from_usec = get_instant (writer, from->instant)->at_usec;
          gint64          to_usec = get_instant (writer, to->instant)->at_usec;

          if (conc_ladder_entry_cost (&only, from_usec) >
              conc_ladder_entry_cost (&only, to_usec) + 1.0)
            counts[part]++;
        }
    }
  if (counts[PART_RUNG] != 0)
    add_reason (suspicion, CONC_LADDER_REASON_RUNGS, counts[PART_RUNG]);
  if (counts[PART_LAPS] != 0)
    add_reason (suspicion, CONC_LADDER_REASON_LAPS, counts[PART_LAPS]);
  if (counts[PART_PACE] != 0)
    add_reason (suspicion, CONC_LADDER_REASON_PACE, counts[PART_PACE]);
}

static void
suspect_move (const Writer *writer, const ConcLadderMove *move)
{
  guint               first = get_step (writer, move->first)->entry;
  guint               last = get_step (writer, move->last)->entry;
  ConcLadderSuspicion suspicion =
      start_suspicion (move->is_block ? CONC_LADDER_REVERSED_BLOCK : CONC_LADDER_SWAPPED_BIBS,
                       writer->row_of_step[move->first], CONC_LADDER_NONE, first, move->certainty);

  suspicion.last_row = writer->row_of_step[move->last];
  suspicion.last_bib = last;
  add_move_reasons (writer, &suspicion, move);
  suspicion.repair.kind = move->is_block ? CONC_LADDER_REVERSE : CONC_LADDER_SWAP;
  suspicion.repair.bib_id = get_bib_id (writer, first);
  suspicion.repair.last_bib_id = get_bib_id (writer, last);
  g_array_append_val (writer->result->suspicions, suspicion);
}

static void
suspect_second (const Writer *writer)
{
  gint64 offset_usec = writer->prepared->offset_usec;

  if (!writer->prepared->has_offset)
    return;
  if (ABS (offset_usec) >= LEAST_OFFSET_USEC)
    {
      ConcLadderSuspicion suspicion =
          start_suspicion (CONC_LADDER_SECOND_OFFSET, 0, CONC_LADDER_NONE, CONC_LADDER_NONE, 1.0);

      add_reason (&suspicion, CONC_LADDER_REASON_OFFSET, offset_usec);
      suspicion.repair.kind = CONC_LADDER_OFFSET_SECOND;
      suspicion.repair.at_usec = offset_usec;
      g_array_append_val (writer->result->suspicions, suspicion);
    }
  if (writer->prepared->alone_count >= LEAST_ALONE)
    {
      ConcLadderSuspicion suspicion =
          start_suspicion (CONC_LADDER_SECOND_LATE, 0, writer->prepared->alone_count,
                           CONC_LADDER_NONE, 1.0);

      for (guint i = 0; i < writer->result->rows->len; i++)
        if (g_array_index (writer->result->rows, ConcLadderRow, i).tap == suspicion.tap)
          suspicion.row = suspicion.last_row = i;
      add_reason (&suspicion, CONC_LADDER_REASON_FIRST_TAPS_ALONE, writer->prepared->alone_count);
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
  const GArray     *steps = conc_ladder_aligner_get_steps (aligner);
  g_autofree guint *row_of_step = g_new0 (guint, steps->len + 1);
  Writer            writer = { result, input, prepared, aligner, steps, row_of_step };

  g_array_set_size (result->rows, 0);
  g_array_set_size (result->suspicions, 0);
  result->has_second_offset = prepared->has_offset;
  result->second_offset_usec = prepared->offset_usec;
  for (guint i = 0; i < steps->len; i++)
    write_step (&writer, i);
  write_waiting (&writer);
  for (guint i = 0; i < moves->len; i++)
    {
      const ConcLadderMove *move = &g_array_index (moves, ConcLadderMove, i);

      if (move->certainty >= LEAST_CERTAIN)
        suspect_move (&writer, move);
    }
  suspect_second (&writer);
  g_array_sort (result->suspicions, compare_suspicions_cb);
}
