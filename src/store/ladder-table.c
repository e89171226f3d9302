/* ladder-table.c: the taps and the bibs of the chute, in memory. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/ladder-table.h"

#include "core/runner.h"
#include "store/chute-order.h"

/** conc_ladder_table_new: Returns: (transfer full): a table that has read nothing of @db yet. */
ConcLadderTable *
conc_ladder_table_new (ConcDb *db)
{
  ConcLadderTable *table = g_new0 (ConcLadderTable, 1);

  table->db = db;
  table->texts = g_string_chunk_new (4096);
  table->taps = g_ptr_array_new_with_free_func (g_free);
  table->entries = g_ptr_array_new_with_free_func (g_free);
  table->taps_by_subject = g_hash_table_new (NULL, NULL);
  table->entries_by_subject = g_hash_table_new (NULL, NULL);
  return table;
}

/** conc_ladder_table_clear: forgets everything; texts that it gave are gone. */
void
conc_ladder_table_clear (ConcLadderTable *table)
{
  g_hash_table_remove_all (table->taps_by_subject);
  g_hash_table_remove_all (table->entries_by_subject);
  g_ptr_array_set_size (table->taps, 0);
  g_ptr_array_set_size (table->entries, 0);
  g_string_chunk_clear (table->texts);
}

/** conc_ladder_table_free: frees @table, which may be %NULL. */
void
conc_ladder_table_free (ConcLadderTable *table)
{
  if (table == NULL)
    return;
  g_hash_table_unref (table->taps_by_subject);
  g_hash_table_unref (table->entries_by_subject);
  g_ptr_array_unref (table->taps);
  g_ptr_array_unref (table->entries);
  g_string_chunk_free (table->texts);
  g_free (table);
}

/** conc_ladder_table_keep: Returns: (transfer none): the one copy of @text, which may be %NULL. */
const char *
conc_ladder_table_keep (ConcLadderTable *table, const char *text)
{
  return text != NULL ? g_string_chunk_insert_const (table->texts, text) : NULL;
}

/** conc_ladder_table_find_tap: Returns: (transfer none) (nullable): the tap named @subject, which
 * is a text of any owner. */
ConcTableTap *
conc_ladder_table_find_tap (ConcLadderTable *table, const char *subject)
{
  return g_hash_table_lookup (table->taps_by_subject, conc_ladder_table_keep (table, subject));
}

/** conc_ladder_table_find_entry: like conc_ladder_table_find_tap(), for bibs of the chute. */
ConcTableEntry *
conc_ladder_table_find_entry (ConcLadderTable *table, const char *subject)
{
  return g_hash_table_lookup (table->entries_by_subject, conc_ladder_table_keep (table, subject));
}

/* ------------------------------------------------------------- rows */

/* What cannot be a bib is a bib of its own that nobody else can have, or none that was read. */
static guint
read_bib (sqlite3_stmt *statement, int column, guint otherwise)
{
  gint64 bib = sqlite3_column_int64 (statement, column);

  if (sqlite3_column_type (statement, column) == SQLITE_NULL)
    return 0;
  return bib >= 1 && bib <= CONC_BIB_MAX ? (guint) bib : otherwise;
}

#define TAP_SQL "SELECT subject, at_usec, hlc, bib, bib_fact, chute FROM tap "

/* A tap with a chute bib has the bib of that; otherwise the bib is its own. */
static ConcTableTap *
read_tap (ConcLadderTable *table, sqlite3_stmt *statement)
{
  ConcTableTap *tap = g_new0 (ConcTableTap, 1);

  tap->subject = conc_ladder_table_keep (table, conc_column_text (statement, 0));
  tap->at_usec = sqlite3_column_int64 (statement, 1);
  tap->hlc = sqlite3_column_int64 (statement, 2);
  tap->chute = conc_ladder_table_keep (table, conc_column_text (statement, 5));
  if (tap->chute == NULL)
    tap->own_bib = read_bib (statement, 3, CONC_BIB_MAX + 1);
  else
    {
      tap->bib = read_bib (statement, 3, 0);
      tap->bib_fact = conc_ladder_table_keep (table, conc_column_text (statement, 4));
    }
  return tap;
}

#define ENTRY_SQL "SELECT subject, at_usec, hlc, bib, bib_fact, before, linked, tap FROM chute "

static ConcTableEntry *
read_entry (ConcLadderTable *table, sqlite3_stmt *statement)
{
  ConcTableEntry *entry = g_new0 (ConcTableEntry, 1);

  entry->subject = conc_ladder_table_keep (table, conc_column_text (statement, 0));
  entry->at_usec = sqlite3_column_int64 (statement, 1);
  entry->hlc = sqlite3_column_int64 (statement, 2);
  entry->bib = read_bib (statement, 3, 0);
  if (entry->bib != 0)
    entry->bib_fact = conc_ladder_table_keep (table, conc_column_text (statement, 4));
  entry->before = conc_ladder_table_keep (table, conc_column_text (statement, 5));
  entry->linked = conc_ladder_table_keep (table, conc_column_text (statement, 6));
  entry->tap = conc_ladder_table_keep (table, conc_column_text (statement, 7));
  return entry;
}

/* Mostly the last of all. */
static void
add_tap (ConcLadderTable *table, ConcTableTap *tap)
{
  guint index = table->taps->len;

  for (; index > 0; index--)
    {
      const ConcTableTap *other = g_ptr_array_index (table->taps, index - 1);

      if (conc_chute_compare (other->at_usec, other->hlc, other->subject, tap->at_usec, tap->hlc,
                              tap->subject) < 0)
        break;
    }
  g_ptr_array_insert (table->taps, (int) index, tap);
  g_hash_table_insert (table->taps_by_subject, (gpointer) tap->subject, tap);
}

static void
add_entry (ConcLadderTable *table, ConcTableEntry *entry)
{
  guint index = table->entries->len;

  for (; index > 0; index--)
    {
      const ConcTableEntry *other = g_ptr_array_index (table->entries, index - 1);

      if (conc_chute_compare (other->at_usec, other->hlc, other->subject, entry->at_usec,
                              entry->hlc, entry->subject) < 0)
        break;
    }
  g_ptr_array_insert (table->entries, (int) index, entry);
  g_hash_table_insert (table->entries_by_subject, (gpointer) entry->subject, entry);
}

static gboolean
load_taps (ConcLadderTable *table, GError **error)
{
  sqlite3_stmt *statement =
      conc_db_prepare (table->db, TAP_SQL "ORDER BY at_usec, hlc, subject", error);
  ConcStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = conc_db_step (table->db, statement, error)) == CONC_STEP_ROW)
    add_tap (table, read_tap (table, statement));
  return step == CONC_STEP_DONE;
}

static gboolean
load_entries (ConcLadderTable *table, GError **error)
{
  sqlite3_stmt *statement =
      conc_db_prepare (table->db, ENTRY_SQL "ORDER BY at_usec, hlc, subject", error);
  ConcStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = conc_db_step (table->db, statement, error)) == CONC_STEP_ROW)
    add_entry (table, read_entry (table, statement));
  return step == CONC_STEP_DONE;
}

/** conc_ladder_table_load: reads everything that stands. After an error @table is of no use until
 * it is loaded again. Cost: about 2 us a row. */
gboolean
conc_ladder_table_load (ConcLadderTable *table, GError **error)
{
  conc_ladder_table_clear (table);
  return load_taps (table, error) && load_entries (table, error);
}

static gboolean
find_row (ConcLadderTable *table,
          const char      *sql,
          const char      *subject,
          sqlite3_stmt   **ret_statement,
          GError         **error)
{
  sqlite3_stmt *statement = conc_db_prepare (table->db, sql, error);
  ConcStep      step;

  *ret_statement = NULL;
  if (statement == NULL || !conc_db_bind (table->db, statement, error, "t", subject))
    return FALSE;
  step = conc_db_step (table->db, statement, error);
  if (step == CONC_STEP_ROW)
    *ret_statement = statement;
  return step != CONC_STEP_FAILED;
}

static gboolean
read_tap_anew (ConcLadderTable *table, const char *subject, GError **error)
{
  ConcTableTap *old = g_hash_table_lookup (table->taps_by_subject, subject);
  sqlite3_stmt *statement;

  if (old != NULL)
    {
      g_hash_table_remove (table->taps_by_subject, subject);
      g_ptr_array_remove (table->taps, old);
    }
  if (!find_row (table, TAP_SQL "WHERE subject = ?", subject, &statement, error))
    return FALSE;
  if (statement == NULL)
    return TRUE;
  add_tap (table, read_tap (table, statement));
  sqlite3_reset (statement);
  return TRUE;
}

static gboolean
read_entry_anew (ConcLadderTable *table, const char *subject, GError **error)
{
  ConcTableEntry *old = g_hash_table_lookup (table->entries_by_subject, subject);
  sqlite3_stmt   *statement;

  if (old != NULL)
    {
      g_hash_table_remove (table->entries_by_subject, subject);
      g_ptr_array_remove (table->entries, old);
    }
  if (!find_row (table, ENTRY_SQL "WHERE subject = ?", subject, &statement, error))
    return FALSE;
  if (statement == NULL)
    return TRUE;
  add_entry (table, read_entry (table, statement));
  sqlite3_reset (statement);
  return TRUE;
}

/** conc_ladder_table_read: reads the row of the tap or chute bib @subject anew, which may be gone.
 */
gboolean
conc_ladder_table_read (ConcLadderTable *table, const char *subject, GError **error)
{
  const char *kept = conc_ladder_table_keep (table, subject);

  return read_tap_anew (table, kept, error) && read_entry_anew (table, kept, error);
}

/* ------------------------------------------------------------- for the ladder */

/** conc_ladder_table_list_in_order: Returns: (transfer full) (element-type ConcTableEntry): the
 * bibs of the chute in the order of arrival, numbered. */
GPtrArray *
conc_ladder_table_list_in_order (ConcLadderTable *table)
{
  g_autoptr (GArray) standing =
      g_array_sized_new (FALSE, FALSE, sizeof (ConcChuteStanding), table->entries->len);
  GPtrArray *order;

  for (guint i = 0; i < table->entries->len; i++)
    {
      ConcTableEntry   *entry = g_ptr_array_index (table->entries, i);
      ConcChuteStanding each = { entry->subject, entry->before, entry->at_usec, entry->hlc, entry };

      g_array_append_val (standing, each);
    }
  order = conc_chute_order (standing);
  for (guint i = 0; i < order->len; i++)
    ((ConcTableEntry *) g_ptr_array_index (order, i))->index = i;
  return order;
}

/* A bib that was entered with the tap cannot be linked away from it. */
static void
add_link (ConcLadderTable *table, ConcLadderInput *input, const ConcTableEntry *entry)
{
  const ConcTableTap *tap = g_hash_table_lookup (table->taps_by_subject, entry->linked);
  ConcLadderRung      rung = { .bib = entry->bib, .bib_id = (guint64) entry->index + 1 };

  if (tap == NULL || (tap->own_bib != 0 && entry->bib != 0 && tap->own_bib != entry->bib))
    return;
  rung.tap = (guint64) tap->index + 1;
  rung.at_usec = tap->at_usec;
  g_array_append_val (input->rungs, rung);
}

static void
add_taps (ConcLadderTable *table, ConcLadderInput *input)
{
  for (guint i = 0; i < table->taps->len; i++)
    {
      ConcTableTap *tap = g_ptr_array_index (table->taps, i);
      ConcLadderTap each = { (guint64) i + 1, tap->at_usec };

      tap->index = i;
      g_array_append_val (input->taps, each);
    }
}

static void
add_own_bibs (ConcLadderTable *table, ConcLadderInput *input)
{
  for (guint i = 0; i < table->taps->len; i++)
    {
      const ConcTableTap *tap = g_ptr_array_index (table->taps, i);
      ConcLadderRung      rung = { .tap = (guint64) i + 1, .at_usec = tap->at_usec };

      rung.bib = tap->own_bib;
      if (tap->own_bib != 0)
        g_array_append_val (input->rungs, rung);
    }
}

/**
 * conc_ladder_table_fill:
 * @order: as conc_ladder_table_list_in_order() told
 * @input: gets all taps and bibs of the chute, with their places from 1 as ids, and their links
 *
 * Links that were made by hand come before bibs of taps, which are of any entry of the bib. Cost:
 * some 10 ns a row.
 */
void
conc_ladder_table_fill (ConcLadderTable *table, GPtrArray *order, ConcLadderInput *input)
{
  add_taps (table, input);
  for (guint i = 0; i < order->len; i++)
    {
      const ConcTableEntry *entry = g_ptr_array_index (order, i);
      ConcLadderBib         each = { (guint64) i + 1, entry->at_usec, entry->bib };

      g_array_append_val (input->bibs, each);
      if (entry->linked != NULL)
        add_link (table, input, entry);
    }
  add_own_bibs (table, input);
}
