/* execute-repair.c: repairs of the ladder, and taking them back. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/execute.h"

#include "core/race-time.h"
#include "store/reader-ladder-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SOURCE "repair"

/* So that the names of what was written fit into one fact. */
#define FACTS_MAX 2000u

/* A repair while it is written; @order are the entries of the table in the order of arrival. */
typedef struct
{
  ConcWriter        *writer;
  const ConcCommand *command;
  ConcReceipt       *receipt;
  ConcLadderTable   *table;
  GPtrArray         *order;
  ConcLadderInput   *input;
  ConcLadderRepair   repair;
  GString           *facts;
  guint              n_facts;
} Repair;

static const ConcTableTap *
get_tap (const Repair *repair, guint64 id)
{
  return g_ptr_array_index (repair->table->taps, (guint) id - 1);
}

static const ConcTableEntry *
get_entry (const Repair *repair, guint64 id)
{
  return g_ptr_array_index (repair->order, (guint) id - 1);
}

/* ------------------------------------------------------------- what is written */

static void
note_next (Repair *repair)
{
  g_autofree char *name = NULL;
  ConcFactId       id;

  conc_writer_peek_next_id (repair->writer, &id);
  name = conc_fact_id_to_text (&id);
  g_string_append_printf (repair->facts, "%s%s", repair->facts->len > 0 ? " " : "", name);
  repair->n_facts++;
}

static gboolean
append (Repair           *repair,
        ConcKind          kind,
        const char       *subject,
        const ConcFactId *replaces,
        ConcBodyBuilder  *builder,
        GError          **error)
{
  note_next (repair);
  return conc_execute_append (repair->writer, repair->command, kind, subject, replaces,
                              conc_body_builder_end (builder), repair->receipt, error);
}

static gboolean
append_over (Repair          *repair,
             ConcKind         kind,
             const char      *subject,
             ConcBodyBuilder *builder,
             GError         **error)
{
  g_autoptr (ConcMerged) merged = NULL;

  if (!conc_execute_read_merged (repair->writer, subject, &merged, error))
    {
      conc_body_unref (conc_body_builder_end (builder));
      return FALSE;
    }
  note_next (repair);
  return conc_execute_append_over (repair->writer, repair->command, kind, subject, merged, builder,
                                   repair->receipt, error);
}

/* Times of a repair are by the clock that results go by. */
static ConcBodyBuilder *
begin_body (Repair *repair, gint64 at_usec)
{
  ConcBodyBuilder *builder = conc_body_builder_new ();
  g_autofree char *at = conc_time_format_rfc3339 (at_usec, conc_writer_get_utc (repair->writer));

  conc_body_builder_add_text (builder, "at", at);
  conc_body_builder_add_text (builder, "source", SOURCE);
  return builder;
}

static char *
dup_next_subject (Repair *repair, const char *letter)
{
  g_autofree char *name = NULL;
  ConcFactId       id;

  conc_writer_peek_next_id (repair->writer, &id);
  name = conc_fact_id_to_text (&id);
  return g_strconcat (letter, name, NULL);
}

static gboolean
write_tap (Repair *repair, gint64 at_usec, GError **error)
{
  g_autofree char *subject = dup_next_subject (repair, "");

  return append (repair, CONC_KIND_TAP, subject, NULL, begin_body (repair, at_usec), error);
}

static gboolean
write_entry (Repair *repair, gint64 at_usec, guint bib, const char *before, GError **error)
{
  g_autofree char *subject = dup_next_subject (repair, "c");
  ConcBodyBuilder *builder = begin_body (repair, at_usec);

  if (bib != 0)
    conc_body_builder_add_int (builder, "bib", bib);
  conc_body_builder_add_text (builder, "before", before);
  return append (repair, CONC_KIND_CHUTE, subject, NULL, builder, error);
}

static gboolean
write_undo (Repair *repair, const char *subject, const char *fact, GError **error)
{
  ConcFactId id;
  g_autoptr (ConcMerged) merged = NULL;

  if (!conc_fact_id_parse (fact, &id))
    return conc_store_refuse (
        error, _ ("That came from a reader: leave its line out of what the reader sent."));
  if (!conc_execute_read_merged (repair->writer, subject, &merged, error))
    return FALSE;
  if (!conc_merged_is_effective (merged, &id))
    return conc_store_refuse (error, _ ("This entry was taken back already."));
  return append (repair, CONC_KIND_UNDO, subject, &id, conc_body_builder_new (), error);
}

/* @tap: the subject of a tap, "" for none; %NULL leaves the link as it is. */
static gboolean
write_set (Repair *repair, const ConcTableEntry *entry, gint64 bib, const char *tap, GError **error)
{
  ConcBodyBuilder *builder = conc_body_builder_new ();

  if (bib >= 0)
    conc_body_builder_add_int (builder, "bib", bib);
  conc_body_builder_add_text (builder, "tap", tap);
  return append_over (repair, CONC_KIND_CHUTE_SET, entry->subject, builder, error);
}

static gboolean
write_no_bib (Repair *repair, const char *tap, GError **error)
{
  ConcBodyBuilder *builder = conc_body_builder_new ();

  conc_body_builder_add_int (builder, "bib", 0);
  return append_over (repair, CONC_KIND_TAP_BIB, tap, builder, error);
}

/* ------------------------------------------------------------- repairs */

/* What the ladder says of the new ones: their times are between those of their neighbours. */
static gint64
find_entry_usec (Repair *repair, guint64 id)
{
  g_autoptr (ConcLadderInput) after = conc_ladder_repair (repair->input, &repair->repair);

  for (guint i = 0; after != NULL && i < after->bibs->len; i++)
    if (g_array_index (after->bibs, ConcLadderBib, i).id == id)
      return g_array_index (after->bibs, ConcLadderBib, i).at_usec;
  return 0;
}

static gint64
find_tap_usec (Repair *repair, guint64 id)
{
  g_autoptr (ConcLadderInput) after = conc_ladder_repair (repair->input, &repair->repair);

  for (guint i = 0; after != NULL && i < after->taps->len; i++)
    if (g_array_index (after->taps, ConcLadderTap, i).id == id)
      return g_array_index (after->taps, ConcLadderTap, i).at_usec;
  return 0;
}

static gboolean
insert_entry (Repair *repair, GError **error)
{
  const ConcLadderRepair *what = &repair->repair;
  const char *before = what->bib_id != 0 ? get_entry (repair, what->bib_id)->subject : NULL;

  if (what->bib != 0 && !conc_execute_check_bib (what->bib, error))
    return FALSE;
  return write_entry (repair, find_entry_usec (repair, what->new_id), what->bib, before, error);
}

static gboolean
shift (Repair *repair, GError **error)
{
  const ConcLadderRepair *what = &repair->repair;
  guint                   count = (guint) ABS (what->count);

  if (count > repair->order->len + repair->table->taps->len || count > FACTS_MAX)
    return conc_store_refuse (error, _ ("That is more than there are."));
  for (guint i = 0; i < count; i++)
    {
      guint64 id = what->new_id + i;

      if (what->count > 0 ? !write_entry (repair, find_entry_usec (repair, id), 0,
                                          get_entry (repair, what->bib_id)->subject, error)
                          : !write_tap (repair, find_tap_usec (repair, id), error))
        return FALSE;
    }
  return TRUE;
}

/* A place gets the bib of another place, and its link with that. */
static gboolean
take_over (Repair *repair, const ConcTableEntry *entry, const ConcTableEntry *from, GError **error)
{
  gboolean    is_linked = entry->linked != NULL || from->linked != NULL;
  const char *link = from->linked != NULL ? from->linked : "";

  return entry == from || (entry->bib == from->bib && !is_linked) ||
         write_set (repair, entry, from->bib, is_linked ? link : NULL, error);
}

static gboolean
reverse (Repair *repair, guint64 first, guint64 last, GError **error)
{
  if (last - first > FACTS_MAX)
    return conc_store_refuse (error, _ ("That are too many at once."));
  for (guint64 i = 0; i <= last - first; i++)
    if (!take_over (repair, get_entry (repair, first + i), get_entry (repair, last - i), error))
      return FALSE;
  return TRUE;
}

static gboolean
swap (Repair *repair, GError **error)
{
  const ConcTableEntry *a = get_entry (repair, repair->repair.bib_id);
  const ConcTableEntry *b = get_entry (repair, repair->repair.last_bib_id);

  return take_over (repair, a, b, error) && take_over (repair, b, a, error);
}

/* Whose link with its tap is that the tap has the same bib of its own. */
static const ConcTableTap *
find_own_link (const Repair *repair, const ConcTableEntry *entry)
{
  const ConcTableTap *tap =
      entry->tap != NULL ? conc_ladder_table_find_tap (repair->table, entry->tap) : NULL;

  return tap != NULL && entry->linked != tap->subject && tap->own_bib != 0 &&
                 tap->own_bib == entry->bib
             ? tap
             : NULL;
}

static gboolean
drop_other_links (Repair *repair, const ConcTableEntry *entry, const char *tap, GError **error)
{
  for (guint i = 0; i < repair->order->len; i++)
    {
      const ConcTableEntry *other = g_ptr_array_index (repair->order, i);

      if (other != entry && other->linked == tap && !write_set (repair, other, -1, "", error))
        return FALSE;
    }
  return TRUE;
}

/* A bib that somebody gave the tap, or gave another tap as this runner's, gives way. */
static gboolean
link_entry (Repair *repair, GError **error)
{
  const ConcTableEntry *entry = get_entry (repair, repair->repair.bib_id);
  const ConcTableTap   *tap = get_tap (repair, repair->repair.tap_id);
  const ConcTableTap   *own = find_own_link (repair, entry);

  if (tap == own || entry->linked == tap->subject)
    return conc_store_refuse (error, _ ("They are linked already."));
  if (own != NULL && !write_no_bib (repair, own->subject, error))
    return FALSE;
  if (tap->own_bib != 0 && entry->bib != 0 && tap->own_bib != entry->bib &&
      !write_no_bib (repair, tap->subject, error))
    return FALSE;
  return drop_other_links (repair, entry, tap->subject, error) &&
         write_set (repair, entry, -1, tap->subject, error);
}

static gboolean
unlink_entry (Repair *repair, GError **error)
{
  const ConcTableEntry *entry = get_entry (repair, repair->repair.bib_id);
  const ConcTableTap   *own = find_own_link (repair, entry);

  if (entry->linked == NULL && own == NULL)
    return conc_store_refuse (error, _ ("This bib is not linked with a tap: it has the one that is "
                                        "its turn."));
  if (entry->linked != NULL && !write_set (repair, entry, -1, "", error))
    return FALSE;
  return own == NULL || write_no_bib (repair, own->subject, error);
}

static gboolean
find_second (Repair *repair, char **ret_stream, gint64 *ret_offset_usec, GError **error)
{
  ConcDb       *db = conc_writer_get_db (repair->writer);
  sqlite3_stmt *statement =
      conc_db_prepare (db,
                       "SELECT name, offset_usec FROM stream WHERE use = 'second' "
                       "AND name = coalesce (?, name) ORDER BY name LIMIT 1",
                       error);
  ConcStep step;

  if (statement == NULL ||
      !conc_db_bind (db, statement, error, "t", repair->command->repair->stream))
    return FALSE;
  step = conc_db_step (db, statement, error);
  if (step == CONC_STEP_DONE)
    return conc_store_refuse (error, _ ("There is no second timer."));
  if (step != CONC_STEP_ROW)
    return FALSE;
  *ret_stream = conc_column_dup (statement, 0);
  *ret_offset_usec = sqlite3_column_int64 (statement, 1);
  sqlite3_reset (statement);
  return TRUE;
}

static gboolean
set_offset (Repair *repair, GError **error)
{
  g_autofree char *stream = NULL;
  g_autofree char *subject = NULL;
  ConcBodyBuilder *builder;
  gint64           offset_usec = 0;

  if (!find_second (repair, &stream, &offset_usec, error))
    return FALSE;
  subject = g_strconcat ("stream:", stream, NULL);
  builder = conc_body_builder_new ();
  conc_body_builder_add_int (builder, "offset_usec", offset_usec - repair->repair.at_usec);
  return append_over (repair, CONC_KIND_STREAM, subject, builder, error);
}

static gboolean
write_repair (Repair *repair, GError **error)
{
  const ConcLadderRepair *what = &repair->repair;

  switch (what->kind)
    {
    case CONC_LADDER_INSERT_TAP:
      return write_tap (repair, what->at_usec, error);
    case CONC_LADDER_INSERT_BIB:
      return insert_entry (repair, error);
    case CONC_LADDER_REMOVE_TAP:
      return write_undo (repair, get_tap (repair, what->tap_id)->subject,
                         get_tap (repair, what->tap_id)->subject, error);
    case CONC_LADDER_REMOVE_BIB:
      return write_undo (repair, get_entry (repair, what->bib_id)->subject,
                         get_entry (repair, what->bib_id)->subject + 1, error);
    case CONC_LADDER_SHIFT:
      return shift (repair, error);
    case CONC_LADDER_SWAP:
      return swap (repair, error);
    case CONC_LADDER_REVERSE:
      return reverse (repair, what->bib_id, what->last_bib_id, error);
    case CONC_LADDER_LINK:
      return link_entry (repair, error);
    case CONC_LADDER_UNLINK:
      return unlink_entry (repair, error);
    case CONC_LADDER_OFFSET_SECOND:
      return set_offset (repair, error);
    case CONC_LADDER_REPAIR_NONE:
    default:
      return conc_store_refuse (error, _ ("That would repair nothing."));
    }
}

/* ------------------------------------------------------------- one deed */

static gboolean
check_repair (Repair *repair, char **ret_after, GError **error)
{
  const ConcLadderRepair *what = &repair->repair;
  g_autoptr (GArray) changes = NULL;

  if (what->kind == CONC_LADDER_REVERSE && what->bib_id > what->last_bib_id)
    return conc_store_refuse (error, _ ("The block ends before it begins."));
  if (what->kind == CONC_LADDER_OFFSET_SECOND)
    return TRUE;
  changes = conc_ladder_consequence (repair->input, what);
  if (changes == NULL)
    return conc_store_refuse (error, _ ("That would repair nothing."));
  *ret_after = conc_ladder_changes_dup_sentence (changes);
  return TRUE;
}

/* The fact comes last, but it is what the receipt names: taking it back takes back all. */
static gboolean
write_deed (Repair *repair, const char *after, GError **error)
{
  const ConcRepairOrder *order = repair->command->repair;
  g_autofree char       *subject = dup_next_subject (repair, "x");
  g_autofree char       *sentence =
      conc_ladder_repair_dup_sentence (repair->input, &repair->repair,
                                       conc_writer_get_zone (repair->writer));
  ConcBodyBuilder *builder = conc_body_builder_new ();
  ConcFactId       id;

  conc_body_builder_add_text (builder, "repair", conc_ladder_repair_to_text (repair->repair.kind));
  conc_body_builder_add_text (builder, "facts", repair->facts->str);
  conc_body_builder_add_text (builder, "suspicion", order->suspicion);
  if (order->certainty_percent != 0)
    conc_body_builder_add_int (builder, "certainty", order->certainty_percent);
  conc_body_builder_add_text (builder, "reason", order->reason != NULL ? order->reason : sentence);
  conc_body_builder_add_text (builder, "before", order->before);
  conc_body_builder_add_text (builder, "after", order->after != NULL ? order->after : after);
  conc_writer_peek_next_id (repair->writer, &id);
  if (!append (repair, CONC_KIND_REPAIR, subject, NULL, builder, error))
    return FALSE;
  repair->receipt->fact = id;
  return TRUE;
}

static gboolean
execute (Repair *repair, GError **error)
{
  g_autofree char *after = NULL;

  if (!conc_writer_pair (repair->writer, error) || !conc_ladder_table_load (repair->table, error))
    return FALSE;
  repair->order = conc_ladder_table_list_in_order (repair->table);
  conc_ladder_table_fill (repair->table, repair->order, repair->input);
  return conc_ladder_resolve_order (repair->table, repair->command->repair, &repair->repair,
                                    error) &&
         check_repair (repair, &after, error) && write_repair (repair, error) &&
         write_deed (repair, after, error);
}

/**
 * conc_execute_repair:
 *
 * Does one repair of the ladder: what was recorded stays as it is, and what is written beside it is
 * named by one fact, so that all of it can be taken back at once. It is refused when what it names
 * is not there any more, or when it would change nothing.
 */
gboolean
conc_execute_repair (ConcWriter        *writer,
                     const ConcCommand *command,
                     ConcReceipt       *receipt,
                     GError           **error)
{
  Repair   repair = { .writer = writer, .command = command, .receipt = receipt };
  gboolean done;

  repair.table = conc_ladder_table_new (conc_writer_get_db (writer));
  repair.input = conc_ladder_input_new ();
  repair.facts = g_string_new (NULL);
  done = execute (&repair, error);
  conc_ladder_table_free (repair.table);
  conc_ladder_input_free (repair.input);
  g_clear_pointer (&repair.order, g_ptr_array_unref);
  g_string_free (repair.facts, TRUE);
  return done;
}

/* ------------------------------------------------------------- taking it back */

static gboolean
append_undo (ConcWriter        *writer,
             const ConcCommand *command,
             const char        *subject,
             const ConcFactId  *id,
             ConcReceipt       *receipt,
             GError           **error)
{
  return conc_execute_append (writer, command, CONC_KIND_UNDO, subject, id,
                              conc_body_builder_end (conc_body_builder_new ()), receipt, error);
}

/* The undo that holds @id down, or NULL. */
static const ConcFact *
find_undo (const ConcMerged *merged, const ConcFactId *id)
{
  for (guint i = conc_merged_get_n_facts (merged); i-- > 0;)
    {
      gboolean        is_effective;
      const ConcFact *fact = conc_merged_get_fact (merged, i, &is_effective);

      if (is_effective && fact->kind == CONC_KIND_UNDO && conc_fact_id_equal (&fact->replaces, id))
        return fact;
    }
  return NULL;
}

/* What somebody took back, or brought back, by itself meanwhile stays so. */
static gboolean
undo_one (ConcWriter        *writer,
          const ConcCommand *command,
          const ConcFactId  *id,
          gboolean           is_back,
          ConcReceipt       *receipt,
          GError           **error)
{
  g_autoptr (ConcFact) fact = NULL;
  g_autoptr (ConcMerged) merged = NULL;
  const ConcFact *undo;

  if (!conc_log_find (conc_writer_get_log (writer), id, &fact, error))
    return FALSE;
  if (fact == NULL)
    return TRUE;
  if (!conc_execute_read_merged (writer, fact->subject, &merged, error))
    return FALSE;
  if (!is_back)
    return !conc_merged_is_effective (merged, id) ||
           append_undo (writer, command, fact->subject, id, receipt, error);
  undo = find_undo (merged, id);
  return undo == NULL || append_undo (writer, command, fact->subject, &undo->id, receipt, error);
}

static const ConcFact *
find_deed (const ConcMerged *merged, gboolean *ret_stands)
{
  for (guint i = 0; i < conc_merged_get_n_facts (merged); i++)
    {
      const ConcFact *fact = conc_merged_get_fact (merged, i, ret_stands);

      if (fact->kind == CONC_KIND_REPAIR)
        return fact;
    }
  return NULL;
}

/**
 * conc_execute_follow_repair:
 * @subject: a repair that was just taken back, or came back
 *
 * Takes back what the repair wrote, the last first, or brings it back.
 */
gboolean
conc_execute_follow_repair (ConcWriter        *writer,
                            const ConcCommand *command,
                            const char        *subject,
                            ConcReceipt       *receipt,
                            GError           **error)
{
  g_autoptr (ConcMerged) merged = NULL;
  g_auto (GStrv) names = NULL;
  const ConcFact *deed;
  const char     *facts;
  gboolean        stands;
  ConcFactId      id;

  if (!conc_execute_read_merged (writer, subject, &merged, error))
    return FALSE;
  deed = find_deed (merged, &stands);
  facts = deed != NULL ? conc_body_get_text (deed->body, "facts") : NULL;
  names = g_strsplit (facts != NULL ? facts : "", " ", -1);
  for (guint i = g_strv_length (names); i-- > 0;)
    if (conc_fact_id_parse (names[i], &id) &&
        !undo_one (writer, command, &id, stands, receipt, error))
      return FALSE;
  return TRUE;
}
