/* ladder-suspect-moves.c: what is told of bibs that changed places. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/ladder-private.h"

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
add_move_reasons (const ConcLadderWriter *writer,
                  ConcLadderSuspicion    *suspicion,
                  const ConcLadderMove   *move)
{
  guint counts[N_PARTS] = { 0 };

  for (guint i = move->first; i <= move->last; i += move->is_block ? 1 : move->last - move->first)
    {
      const ConcLadderStep *from = conc_ladder_writer_get_step (writer, i);
      const ConcLadderStep *to = conc_ladder_writer_get_step (writer, move->first + move->last - i);

      if (from->entry == CONC_LADDER_NONE || from->instant == CONC_LADDER_NONE ||
          to->instant == CONC_LADDER_NONE)
        continue;
      for (Part part = PART_RUNG; part < N_PARTS; part++)
        {
          ConcLadderEntry only =
              get_part (conc_ladder_writer_get_entry (writer, from->entry), part);
          gint64 from_usec = conc_ladder_writer_get_instant (writer, from->instant)->at_usec;
          gint64 to_usec = conc_ladder_writer_get_instant (writer, to->instant)->at_usec;

          if (conc_ladder_entry_cost (&only, from_usec) >
              conc_ladder_entry_cost (&only, to_usec) + 1.0)
            counts[part]++;
        }
    }
  if (counts[PART_RUNG] != 0)
    conc_ladder_add_reason (suspicion, CONC_LADDER_REASON_RUNGS, counts[PART_RUNG]);
  if (counts[PART_LAPS] != 0)
    conc_ladder_add_reason (suspicion, CONC_LADDER_REASON_LAPS, counts[PART_LAPS]);
  if (counts[PART_PACE] != 0)
    conc_ladder_add_reason (suspicion, CONC_LADDER_REASON_PACE, counts[PART_PACE]);
}

/**
 * conc_ladder_suspect_move:
 * @move: of the steps of @writer
 *
 * Tells of two bibs that changed places, or of a block in reverse, with the rungs, laps and limits
 * that fit better then. Any thread. Cost: of the bibs that are moved.
 */
void
conc_ladder_suspect_move (const ConcLadderWriter *writer, const ConcLadderMove *move)
{
  guint               first = conc_ladder_writer_get_step (writer, move->first)->entry;
  guint               last = conc_ladder_writer_get_step (writer, move->last)->entry;
  ConcLadderSuspicion suspicion =
      conc_ladder_start_suspicion (move->is_block ? CONC_LADDER_REVERSED_BLOCK
                                                  : CONC_LADDER_SWAPPED_BIBS,
                                   writer->row_of_step[move->first], CONC_LADDER_NONE, first,
                                   move->certainty);

  suspicion.last_row = writer->row_of_step[move->last];
  suspicion.last_bib = last;
  add_move_reasons (writer, &suspicion, move);
  suspicion.repair.kind = move->is_block ? CONC_LADDER_REVERSE : CONC_LADDER_SWAP;
  suspicion.repair.bib_id = conc_ladder_writer_get_bib_id (writer, first);
  suspicion.repair.last_bib_id = conc_ladder_writer_get_bib_id (writer, last);
  g_array_append_val (writer->result->suspicions, suspicion);
}
