/* ladder-repair.c: what a repair would make of the streams, and whose times it would change. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/ladder-private.h"

#include <string.h>

static ConcLadderTap *
get_tap (const GArray *taps, guint index)
{
  return &g_array_index (taps, ConcLadderTap, index);
}

static ConcLadderBib *
get_bib (const ConcLadderInput *input, guint index)
{
  return &g_array_index (input->bibs, ConcLadderBib, index);
}

static guint
find_tap (const ConcLadderInput *input, guint64 id)
{
  for (guint i = 0; i < input->taps->len; i++)
    if (get_tap (input->taps, i)->id == id)
      return i;
  return CONC_LADDER_NONE;
}

static guint
find_bib (const ConcLadderInput *input, guint64 id)
{
  for (guint i = 0; i < input->bibs->len; i++)
    if (get_bib (input, i)->id == id)
      return i;
  return CONC_LADDER_NONE;
}

static gboolean
insert_tap (ConcLadderInput *input, guint64 id, gint64 at_usec)
{
  ConcLadderTap tap = { id, at_usec };
  guint         index = input->taps->len;

  while (index > 0 && get_tap (input->taps, index - 1)->at_usec > at_usec)
    index--;
  g_array_insert_val (input->taps, index, tap);
  return TRUE;
}

/* An entry that is put in has the time of its neighbours. */
static gint64
get_entry_usec (const ConcLadderInput *input, guint index)
{
  guint count = input->bibs->len;

  if (count == 0)
    return input->taps->len == 0 ? 0 : get_tap (input->taps, input->taps->len - 1)->at_usec;
  if (index == 0)
    return get_bib (input, 0)->at_usec;
  if (index >= count)
    return get_bib (input, count - 1)->at_usec;
  return get_bib (input, index - 1)->at_usec +
         (get_bib (input, index)->at_usec - get_bib (input, index - 1)->at_usec) / 2;
}

static gboolean
insert_bib (ConcLadderInput *input, const ConcLadderRepair *repair)
{
  guint         index = repair->bib_id == 0 ? input->bibs->len : find_bib (input, repair->bib_id);
  ConcLadderBib bib = { repair->new_id, 0, repair->bib };

  if (index == CONC_LADDER_NONE)
    return FALSE;
  bib.at_usec = get_entry_usec (input, index);
  g_array_insert_val (input->bibs, index, bib);
  return TRUE;
}

/* Whether the link @rung is that of the entry @bib: it names it, or the bib within a lap. */
static gboolean
is_link_of (const ConcLadderInput *input, const ConcLadderRung *rung, const ConcLadderBib *bib)
{
  if (rung->tap == 0)
    return FALSE;
  if (rung->bib_id != 0)
    return rung->bib_id == bib->id;
  return bib->bib != 0 && rung->bib == bib->bib &&
         (input->min_lap_usec == 0 || ABS (rung->at_usec - bib->at_usec) < input->min_lap_usec);
}

/* Returns: whether there was a link of the entry. */
static gboolean
drop_links_of_bib (ConcLadderInput *input, ConcLadderBib bib)
{
  guint before = input->rungs->len;

  for (guint i = input->rungs->len; i-- != 0;)
    if (is_link_of (input, &g_array_index (input->rungs, ConcLadderRung, i), &bib))
      g_array_remove_index (input->rungs, i);
  return input->rungs->len != before;
}

static void
drop_links_of_tap (ConcLadderInput *input, guint64 tap_id)
{
  for (guint i = input->rungs->len; i-- != 0;)
    if (g_array_index (input->rungs, ConcLadderRung, i).tap == tap_id)
      g_array_remove_index (input->rungs, i);
}

static gboolean
remove_tap (ConcLadderInput *input, guint64 id)
{
  guint index = find_tap (input, id);

  if (index == CONC_LADDER_NONE)
    return FALSE;
  g_array_remove_index (input->taps, index);
  drop_links_of_tap (input, id);
  return TRUE;
}

/* A bib that is still there takes no link along, except that of the entry itself. */
static gboolean
remove_bib (ConcLadderInput *input, guint64 id)
{
  guint         index = find_bib (input, id);
  ConcLadderBib bib;

  if (index == CONC_LADDER_NONE)
    return FALSE;
  bib = *get_bib (input, index);
  g_array_remove_index (input->bibs, index);
  for (guint i = 0; i < input->bibs->len; i++)
    if (get_bib (input, i)->bib == bib.bib)
      bib.bib = 0;
  drop_links_of_bib (input, bib);
  return TRUE;
}

/* Later by placeholders in the list of bibs, earlier by taps in front of that of the entry. */
static gboolean
shift (ConcLadderInput *input, const ConcLadderRepair *repair)
{
  g_autoptr (GArray) pairs = conc_ladder_pair (input);
  guint index = find_bib (input, repair->bib_id);
  guint tap;

  if (index == CONC_LADDER_NONE || repair->count == 0)
    return FALSE;
  tap = g_array_index (pairs, guint, index);
  if (repair->count < 0 && tap == CONC_LADDER_NONE)
    return FALSE;
  for (guint i = 0; i < (guint) ABS (repair->count); i++)
    {
      ConcLadderBib bib = { repair->new_id + i, get_entry_usec (input, index), 0 };
      gint64        at_usec = repair->count < 0 ? get_tap (input->taps, tap)->at_usec : 0;

      if (repair->count > 0)
        g_array_insert_val (input->bibs, index, bib);
      else
        {
          gint64        before_usec = tap > 0 ? get_tap (input->taps, tap - 1)->at_usec : at_usec;
          ConcLadderTap added = { repair->new_id + i, before_usec + (at_usec - before_usec) / 2 };

          g_array_insert_val (input->taps, tap, added);
        }
    }
  return TRUE;
}

/* The times of entry stay where they are: it is the bibs that change places. */
static void
exchange (ConcLadderInput *input, guint a, guint b)
{
  ConcLadderBib kept = *get_bib (input, a);

  get_bib (input, a)->bib = get_bib (input, b)->bib;
  get_bib (input, a)->id = get_bib (input, b)->id;
  get_bib (input, b)->bib = kept.bib;
  get_bib (input, b)->id = kept.id;
}

static gboolean
move (ConcLadderInput *input, const ConcLadderRepair *repair)
{
  guint first = find_bib (input, repair->bib_id);
  guint last = find_bib (input, repair->last_bib_id);

  if (first == CONC_LADDER_NONE || last == CONC_LADDER_NONE || first == last)
    return FALSE;
  if (repair->kind == CONC_LADDER_SWAP)
    {
      exchange (input, first, last);
      return TRUE;
    }
  if (first > last)
    return FALSE;
  for (; first < last; first++, last--)
    exchange (input, first, last);
  return TRUE;
}

static gboolean
link_bib (ConcLadderInput *input, const ConcLadderRepair *repair)
{
  ConcLadderRung rung = { .tap = repair->tap_id, .bib_id = repair->bib_id };
  guint          bib = find_bib (input, repair->bib_id);
  guint          tap = find_tap (input, repair->tap_id);

  if (bib == CONC_LADDER_NONE || tap == CONC_LADDER_NONE)
    return FALSE;
  rung.bib = get_bib (input, bib)->bib;
  rung.at_usec = get_tap (input->taps, tap)->at_usec;
  drop_links_of_tap (input, rung.tap);
  drop_links_of_bib (input, *get_bib (input, bib));
  g_array_append_val (input->rungs, rung);
  return TRUE;
}

static gboolean
unlink_bib (ConcLadderInput *input, guint64 bib_id)
{
  guint bib = find_bib (input, bib_id);

  return bib != CONC_LADDER_NONE && drop_links_of_bib (input, *get_bib (input, bib));
}

static gboolean
offset_second (ConcLadderInput *input, gint64 by_usec)
{
  for (guint i = 0; i < input->second->len; i++)
    get_tap (input->second, i)->at_usec -= by_usec;
  return input->second->len != 0 && by_usec != 0;
}

static gboolean
apply (ConcLadderInput *input, const ConcLadderRepair *repair)
{
  switch (repair->kind)
    {
    case CONC_LADDER_INSERT_TAP:
      return insert_tap (input, repair->new_id, repair->at_usec);
    case CONC_LADDER_INSERT_BIB:
      return insert_bib (input, repair);
    case CONC_LADDER_REMOVE_TAP:
      return remove_tap (input, repair->tap_id);
    case CONC_LADDER_REMOVE_BIB:
      return remove_bib (input, repair->bib_id);
    case CONC_LADDER_SHIFT:
      return shift (input, repair);
    case CONC_LADDER_SWAP:
    case CONC_LADDER_REVERSE:
      return move (input, repair);
    case CONC_LADDER_LINK:
      return link_bib (input, repair);
    case CONC_LADDER_UNLINK:
      return unlink_bib (input, repair->bib_id);
    case CONC_LADDER_OFFSET_SECOND:
      return offset_second (input, repair->at_usec);
    case CONC_LADDER_REPAIR_NONE:
    default:
      return FALSE;
    }
}

/**
 * conc_ladder_repair:
 * @input: the streams; they stay as they are
 * @repair: what to do
 *
 * Returns: (transfer full) (nullable): the streams after it; NULL when it names a tap or an entry
 *   that is not there, or would change nothing. Any thread. Cost: of the streams.
 */
ConcLadderInput *
conc_ladder_repair (const ConcLadderInput *input, const ConcLadderRepair *repair)
{
  g_autoptr (ConcLadderInput) repaired = conc_ladder_input_copy (input);

  return apply (repaired, repair) ? g_steal_pointer (&repaired) : NULL;
}

static void
fill_side (ConcLadderChange      *change,
           const ConcLadderInput *input,
           const GArray          *pairs,
           guint                  index,
           gboolean               is_after)
{
  guint  tap = g_array_index (pairs, guint, index);
  gint64 at_usec = tap == CONC_LADDER_NONE ? 0 : get_tap (input->taps, tap)->at_usec;

  change->bib_id = get_bib (input, index)->id;
  change->bib = get_bib (input, index)->bib;
  *(is_after ? &change->after_usec : &change->before_usec) = at_usec;
  *(is_after ? &change->after_place : &change->before_place) = index;
}

static void
add_changed (GArray *changes, const ConcLadderChange *change)
{
  if (change->before_usec != change->after_usec ||
      (change->before_place == CONC_LADDER_NONE) != (change->after_place == CONC_LADDER_NONE))
    g_array_append_vals (changes, change, 1);
}

/**
 * conc_ladder_consequence:
 * @input: the streams
 * @repair: what is proposed; it is not applied
 *
 * Whose times the repair would change, by what stands before and after it (conc_ladder_pair()).
 *
 * Returns: (transfer full) (nullable) (element-type ConcLadderChange): in the order of the entries
 *   after it, then entries that it would remove; NULL when it cannot be done. Any thread. Cost: of
 * the streams.
 */
GArray *
conc_ladder_consequence (const ConcLadderInput *input, const ConcLadderRepair *repair)
{
  g_autoptr (ConcLadderInput) repaired = conc_ladder_repair (input, repair);
  g_autoptr (GHashTable) before = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GArray) old_pairs = NULL;
  g_autoptr (GArray) new_pairs = NULL;
  GArray *changes;

  if (repaired == NULL)
    return NULL;
  changes = g_array_new (FALSE, FALSE, sizeof (ConcLadderChange));
  old_pairs = conc_ladder_pair (input);
  new_pairs = conc_ladder_pair (repaired);
  for (guint i = 0; i < input->bibs->len; i++)
    g_hash_table_insert (before, &get_bib (input, i)->id, GUINT_TO_POINTER (i));
  for (guint i = 0; i < repaired->bibs->len; i++)
    {
      ConcLadderChange change = { .before_place = CONC_LADDER_NONE };
      gpointer         index = NULL;

      if (g_hash_table_steal_extended (before, &get_bib (repaired, i)->id, NULL, &index))
        fill_side (&change, input, old_pairs, GPOINTER_TO_UINT (index), FALSE);
      fill_side (&change, repaired, new_pairs, i, TRUE);
      add_changed (changes, &change);
    }
  for (guint i = 0; i < input->bibs->len; i++)
    if (g_hash_table_contains (before, &get_bib (input, i)->id))
      {
        ConcLadderChange change = { .after_place = CONC_LADDER_NONE };

        fill_side (&change, input, old_pairs, i, FALSE);
        add_changed (changes, &change);
      }
  return changes;
}
