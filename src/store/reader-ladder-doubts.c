/* reader-ladder-doubts.c: what the ladder of a race suspects, and what a repair would do. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/race-time.h"
#include "store/reader-ladder-private.h"

#include <glib/gi18n-lib.h>

#define ID_LENGTH 8

/* ------------------------------------------------------------- names and ids */

static const char *
name_tap (ConcLadderTable *table, guint64 id)
{
  if (id == 0 || id > table->taps->len)
    return NULL;
  return ((ConcTableTap *) g_ptr_array_index (table->taps, (guint) id - 1))->subject;
}

static const char *
name_entry (ConcReaderLadder *ladder, guint64 id)
{
  if (id == 0 || id > ladder->order->len)
    return NULL;
  return ((ConcTableEntry *) g_ptr_array_index (ladder->order, (guint) id - 1))->subject;
}

/** conc_reader_ladder_make_order: Returns: (transfer full): @repair, with the names of what its ids
 * are. */
ConcRepairOrder *
conc_reader_ladder_make_order (ConcReaderLadder *ladder, const ConcLadderRepair *repair)
{
  ConcRepairOrder *order = conc_repair_order_new (repair->kind);

  order->tap = g_strdup (name_tap (ladder->table, repair->tap_id));
  order->entry = g_strdup (name_entry (ladder, repair->bib_id));
  order->last_entry = g_strdup (name_entry (ladder, repair->last_bib_id));
  order->at_usec = repair->at_usec;
  order->bib = repair->bib;
  order->count = repair->count;
  return order;
}

/**
 * conc_reader_ladder_find_subject:
 * @name: a tap or a bib of the chute, by its subject or by the fact that founded it
 * @ret_is_entry: (out): whether it is a bib of the chute
 *
 * Returns: (transfer none) (nullable): its subject, if it stands.
 */
const char *
conc_reader_ladder_find_subject (ConcReaderLadder *ladder, const char *name, gboolean *ret_is_entry)
{
  g_autofree char      *founded = g_strconcat ("c", name, NULL);
  const ConcTableEntry *entry = conc_ladder_table_find_entry (ladder->table, name);
  const ConcTableTap   *tap;

  if (entry == NULL)
    entry = conc_ladder_table_find_entry (ladder->table, founded);
  *ret_is_entry = entry != NULL;
  if (entry != NULL)
    return entry->subject;
  tap = conc_ladder_table_find_tap (ladder->table, name);
  return tap != NULL ? tap->subject : NULL;
}

static gboolean
find_tap (ConcLadderTable *table, const char *subject, guint64 *ret_id, GError **error)
{
  const ConcTableTap *tap;

  *ret_id = 0;
  if (subject == NULL)
    return TRUE;
  tap = conc_ladder_table_find_tap (table, subject);
  if (tap == NULL)
    return conc_store_refuse (error, _ ("The tap %s is not there any more, so look again."),
                              subject);
  *ret_id = (guint64) tap->index + 1;
  return TRUE;
}

static gboolean
find_entry (ConcLadderTable *table, const char *subject, guint64 *ret_id, GError **error)
{
  const ConcTableEntry *entry;

  *ret_id = 0;
  if (subject == NULL)
    return TRUE;
  entry = conc_ladder_table_find_entry (table, subject);
  if (entry == NULL)
    return conc_store_refuse (error,
                              _ ("The bib %s of the chute is not there any more, so look again."),
                              subject);
  *ret_id = (guint64) entry->index + 1;
  return TRUE;
}

static gboolean
is_complete (const ConcRepairOrder *order)
{
  switch (order->kind)
    {
    case CONC_LADDER_INSERT_TAP:
      return order->at_usec > 0;
    case CONC_LADDER_INSERT_BIB:
      return TRUE;
    case CONC_LADDER_REMOVE_TAP:
      return order->tap != NULL;
    case CONC_LADDER_REMOVE_BIB:
    case CONC_LADDER_UNLINK:
      return order->entry != NULL;
    case CONC_LADDER_SHIFT:
      return order->entry != NULL && order->count != 0;
    case CONC_LADDER_SWAP:
    case CONC_LADDER_REVERSE:
      return order->entry != NULL && order->last_entry != NULL;
    case CONC_LADDER_LINK:
      return order->entry != NULL && order->tap != NULL;
    case CONC_LADDER_OFFSET_SECOND:
      return order->at_usec != 0;
    case CONC_LADDER_REPAIR_NONE:
    default:
      return FALSE;
    }
}

/**
 * conc_ladder_resolve_order:
 * @table: as conc_ladder_table_fill() has numbered it
 * @ret_repair: (out): what @order says, with the ids of that
 *
 * Returns: whether all that it names is there; otherwise %CONC_STORE_ERROR_REFUSED.
 */
gboolean
conc_ladder_resolve_order (ConcLadderTable       *table,
                           const ConcRepairOrder *order,
                           ConcLadderRepair      *ret_repair,
                           GError               **error)
{
  ConcLadderRepair repair = {
    .kind = order->kind, .at_usec = order->at_usec, .bib = order->bib, .count = order->count
  };

  if (!is_complete (order))
    return conc_store_refuse (error, _ ("The repair does not say what is to be repaired."));
  if (!find_tap (table, order->tap, &repair.tap_id, error) ||
      !find_entry (table, order->entry, &repair.bib_id, error) ||
      !find_entry (table, order->last_entry, &repair.last_bib_id, error))
    return FALSE;
  repair.new_id = (guint64) table->taps->len + table->entries->len + 1;
  *ret_repair = repair;
  return TRUE;
}

/* ------------------------------------------------------------- suspicions */

static void
doubt_free (gpointer data)
{
  ConcLadderDoubt *doubt = data;

  g_free (doubt->id);
  g_free (doubt->sentence);
  g_free (doubt->reasons);
  g_free (doubt->repair);
  conc_repair_order_free (doubt->order);
  g_free (doubt);
}

/* What it is about, and not where that stands now. */
static char *
make_id (ConcReaderLadder *ladder, const ConcLadderSuspicion *suspicion)
{
  guint64 tap = suspicion->tap == CONC_LADDER_NONE ? 0 : (guint64) suspicion->tap + 1;
  guint64 bib = suspicion->bib == CONC_LADDER_NONE ? 0 : (guint64) suspicion->bib + 1;
  guint64 last = suspicion->last_bib == CONC_LADDER_NONE ? 0 : (guint64) suspicion->last_bib + 1;
  const char *parts[] = { name_tap (ladder->table, tap), name_entry (ladder, bib),
                          name_entry (ladder, last) };
  g_autoptr (GString) text = g_string_new (conc_ladder_kind_to_text (suspicion->kind));
  g_autofree char *hash = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    g_string_append_printf (text, " %s", parts[i] != NULL ? parts[i] : "-");
  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, -1);
  return g_strndup (hash, ID_LENGTH);
}

static ConcLadderDoubt *
make_doubt (ConcReaderLadder *ladder, const ConcLadderSuspicion *suspicion)
{
  ConcLadderDoubt *doubt = g_new0 (ConcLadderDoubt, 1);

  doubt->id = make_id (ladder, suspicion);
  doubt->kind = suspicion->kind;
  doubt->place = suspicion->row + 1;
  doubt->last_place = suspicion->last_row + 1;
  doubt->certainty_percent = suspicion->certainty_percent;
  doubt->sentence = conc_ladder_suspicion_dup_sentence (ladder->input, suspicion, ladder->zone);
  doubt->reasons = conc_ladder_suspicion_dup_reasons (ladder->input, suspicion, ladder->zone);
  if (suspicion->repair.kind == CONC_LADDER_REPAIR_NONE)
    return doubt;
  doubt->repair = conc_ladder_repair_dup_sentence (ladder->input, &suspicion->repair, ladder->zone);
  doubt->order = conc_reader_ladder_make_order (ladder, &suspicion->repair);
  doubt->order->suspicion = g_strdup (doubt->id);
  doubt->order->certainty_percent = doubt->certainty_percent;
  doubt->order->reason = g_strdup (doubt->sentence);
  return doubt;
}

/** conc_reader_ladder_get_doubts: Returns: (transfer none) (element-type ConcLadderDoubt): what is
 * suspected, in the order of the lines. */
const GPtrArray *
conc_reader_ladder_get_doubts (ConcReaderLadder *ladder)
{
  if (ladder->doubts != NULL)
    return ladder->doubts;
  ladder->doubts = g_ptr_array_new_with_free_func (doubt_free);
  for (guint i = 0; ladder->result != NULL && i < ladder->result->suspicions->len; i++)
    g_ptr_array_add (ladder->doubts, make_doubt (ladder, &g_array_index (ladder->result->suspicions,
                                                                         ConcLadderSuspicion, i)));
  return ladder->doubts;
}

/** conc_reader_ladder_find_doubt: Returns: (transfer none) (nullable): the suspicion @id, if it is
 * still one. */
const ConcLadderDoubt *
conc_reader_ladder_find_doubt (ConcReaderLadder *ladder, const char *id)
{
  const GPtrArray *doubts = conc_reader_ladder_get_doubts (ladder);

  for (guint i = 0; i < doubts->len; i++)
    if (g_str_equal (((ConcLadderDoubt *) g_ptr_array_index (doubts, i))->id, id))
      return g_ptr_array_index (doubts, i);
  return NULL;
}

/* ------------------------------------------------------------- what a repair would do */

static void
effect_free (gpointer data)
{
  ConcLadderEffect *effect = data;

  g_free (effect->name);
  g_free (effect);
}

/** conc_ladder_outcome_free: frees @outcome, which may be %NULL. */
void
conc_ladder_outcome_free (ConcLadderOutcome *outcome)
{
  if (outcome == NULL)
    return;
  g_ptr_array_unref (outcome->effects);
  g_free (outcome->repair);
  g_free (outcome->sentence);
  g_free (outcome);
}

static ConcLadderEffect *
make_effect (ConcReaderLadder *ladder, const ConcLadderChange *change)
{
  ConcLadderEffect *effect = g_new0 (ConcLadderEffect, 1);

  effect->bib = change->bib;
  effect->name = g_strdup (conc_reader_ladder_find_holder (ladder, change->bib)->name);
  effect->before_usec = change->before_usec != 0 ? change->before_usec : CONC_NO_TIME;
  effect->after_usec = change->after_usec != 0 ? change->after_usec : CONC_NO_TIME;
  /* NONE is the highest number, so that it becomes 0. */
  effect->before_place = change->before_place + 1;
  effect->after_place = change->after_place + 1;
  return effect;
}

/**
 * conc_reader_ladder_try:
 * @order: a repair that nobody has applied yet
 *
 * Returns: (transfer full) (nullable): what it would do; %CONC_STORE_ERROR_REFUSED when it cannot
 *   be done, or would change nothing. Cost: of the streams.
 */
ConcLadderOutcome *
conc_reader_ladder_try (ConcReaderLadder *ladder, const ConcRepairOrder *order, GError **error)
{
  ConcLadderOutcome *outcome;
  ConcLadderRepair   repair;
  g_autoptr (GArray) changes = NULL;

  if (!conc_ladder_resolve_order (ladder->table, order, &repair, error))
    return NULL;
  changes = conc_ladder_consequence (ladder->input, &repair);
  if (changes == NULL)
    {
      conc_store_refuse (error, _ ("That would repair nothing."));
      return NULL;
    }
  outcome = g_new0 (ConcLadderOutcome, 1);
  outcome->repair = conc_ladder_repair_dup_sentence (ladder->input, &repair, ladder->zone);
  outcome->sentence = conc_ladder_changes_dup_sentence (changes);
  outcome->effects = g_ptr_array_new_with_free_func (effect_free);
  for (guint i = 0; i < changes->len; i++)
    g_ptr_array_add (outcome->effects,
                     make_effect (ladder, &g_array_index (changes, ConcLadderChange, i)));
  return outcome;
}
