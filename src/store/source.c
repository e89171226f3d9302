/* source.c: many rows for one INSERT, made while it runs. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/source.h"

/* What a statement costs to start and to end, and the way from the root of every index, are paid
 * once instead of once a row. SQLite reads the rows from a virtual table. */

typedef struct
{
  sqlite3_vtab      base;
  const ConcSource *source;
} Table;

typedef struct
{
  sqlite3_vtab_cursor base;
  const ConcSource   *source;
  sqlite3_int64       n_rows;
  gboolean            is_at_end;
} Cursor;

static int
connect_cb (sqlite3           *handle,
            void              *data,
            int                argc,
            const char *const *argv,
            sqlite3_vtab     **ret_table,
            char             **ret_message)
{
  const ConcSource *source = data;
  g_autoptr (GString) sql = g_string_new ("CREATE TABLE source (c0");
  Table *table;
  int    code;

  for (int i = 1; i < source->n_columns; i++)
    g_string_append_printf (sql, ", c%d", i);
  g_string_append_c (sql, ')');
  code = sqlite3_declare_vtab (handle, sql->str);
  if (code != SQLITE_OK)
    return code;
  table = g_new0 (Table, 1);
  table->source = source;
  *ret_table = &table->base;
  return SQLITE_OK;
}

static int
disconnect_cb (sqlite3_vtab *table)
{
  g_free (table);
  return SQLITE_OK;
}

static int
best_index_cb (sqlite3_vtab *table, sqlite3_index_info *info)
{
  return SQLITE_OK;
}

static int
open_cb (sqlite3_vtab *table, sqlite3_vtab_cursor **ret_cursor)
{
  Cursor *cursor = g_new0 (Cursor, 1);

  cursor->source = ((Table *) table)->source;
  *ret_cursor = &cursor->base;
  return SQLITE_OK;
}

static int
close_cb (sqlite3_vtab_cursor *cursor)
{
  g_free (cursor);
  return SQLITE_OK;
}

static int
next_cb (sqlite3_vtab_cursor *base)
{
  Cursor *cursor = (Cursor *) base;

  cursor->is_at_end = !cursor->source->next (cursor->source->user_data);
  cursor->n_rows++;
  return SQLITE_OK;
}

static int
filter_cb (sqlite3_vtab_cursor *cursor,
           int                  number,
           const char          *text,
           int                  argc,
           sqlite3_value      **argv)
{
  return next_cb (cursor);
}

static int
eof_cb (sqlite3_vtab_cursor *cursor)
{
  return ((Cursor *) cursor)->is_at_end;
}

static int
column_cb (sqlite3_vtab_cursor *base, sqlite3_context *context, int column)
{
  const ConcSource *source = ((Cursor *) base)->source;

  source->column (context, column, source->user_data);
  return SQLITE_OK;
}

static int
rowid_cb (sqlite3_vtab_cursor *cursor, sqlite3_int64 *ret_rowid)
{
  *ret_rowid = ((Cursor *) cursor)->n_rows;
  return SQLITE_OK;
}

/* Without xCreate the table needs no name of its own in the file. */
static const sqlite3_module module = {
  .xConnect = connect_cb,
  .xBestIndex = best_index_cb,
  .xDisconnect = disconnect_cb,
  .xOpen = open_cb,
  .xClose = close_cb,
  .xFilter = filter_cb,
  .xNext = next_cb,
  .xEof = eof_cb,
  .xColumn = column_cb,
  .xRowid = rowid_cb,
};

/**
 * conc_source_insert:
 * @sql: an INSERT that selects once from the table "source"
 * @source: where its rows come from; they are read once, in their order
 *
 * Returns: whether all were inserted; otherwise none is. The thread of @db.
 */
gboolean
conc_source_insert (ConcDb *db, const char *sql, const ConcSource *source, GError **error)
{
  sqlite3 *handle = conc_db_get_handle (db);
  int      code = sqlite3_create_module (handle, "source", &module, (void *) source);
  gboolean inserted;

  if (code != SQLITE_OK)
    {
      conc_store_error_from_sqlite (code, sqlite3_errmsg (handle), error);
      return FALSE;
    }
  inserted = conc_db_exec (db, sql, error);
  sqlite3_create_module (handle, "source", NULL, NULL);
  return inserted;
}
