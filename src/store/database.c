/* database.c: a SQLite connection whose every failure is seen. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/database.h"

/* Readers wait this long for a checkpoint or a writer; nobody waits longer. */
#define BUSY_TIMEOUT_MSEC 2000

struct _ConcDb
{
  sqlite3    *handle;
  GHashTable *statements;
  gboolean    has_moved;
};

static void
set_error (ConcDb *db, int code, GError **error)
{
  conc_store_error_from_sqlite (code, sqlite3_errmsg (db->handle), error);
}

/* SQLite counts its memory under one lock for all threads, and nobody asks. */
static void
leave_out_statistics (void)
{
  static gsize done = 0;

  if (!g_once_init_enter (&done))
    return;
  sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
  g_once_init_leave (&done, 1);
}

/**
 * conc_db_open:
 * @path: a file name, a "file:" URI or ":memory:"
 * @flags: SQLITE_OPEN_… flags
 *
 * Returns: (transfer full) (nullable): the connection. Any thread, which then owns it.
 */
ConcDb *
conc_db_open (const char *path, int flags, GError **error)
{
  g_autoptr (ConcDb) db = g_new0 (ConcDb, 1);
  int code;

  leave_out_statistics ();
  db->statements = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL,
                                          (GDestroyNotify) sqlite3_finalize);
  code = sqlite3_open_v2 (path, &db->handle, flags | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL);
  if (code != SQLITE_OK)
    {
      conc_store_error_from_sqlite (code, NULL, error);
      return NULL;
    }
  sqlite3_extended_result_codes (db->handle, 1);
  sqlite3_busy_timeout (db->handle, BUSY_TIMEOUT_MSEC);
  return g_steal_pointer (&db);
}

/** conc_db_close: finalizes all statements and closes; @db may be %NULL. */
void
conc_db_close (ConcDb *db)
{
  if (db == NULL)
    return;
  g_hash_table_unref (db->statements);
  sqlite3_close_v2 (db->handle);
  g_free (db);
}

/** conc_db_get_handle: Returns: (transfer none): SQLite's own handle. */
sqlite3 *
conc_db_get_handle (ConcDb *db)
{
  return db->handle;
}

/** conc_db_note_moved: says that times of many subjects were moved, beside that which is projected.
 */
void
conc_db_note_moved (ConcDb *db)
{
  db->has_moved = TRUE;
}

/** conc_db_take_moved: Returns: whether that was said since this was last asked. */
gboolean
conc_db_take_moved (ConcDb *db)
{
  gboolean has_moved = db->has_moved;

  db->has_moved = FALSE;
  return has_moved;
}

/** conc_db_exec: runs statements that return nothing; stops at the first failure. */
gboolean
conc_db_exec (ConcDb *db, const char *sql, GError **error)
{
  int code = sqlite3_exec (db->handle, sql, NULL, NULL, NULL);

  if (code == SQLITE_OK)
    return TRUE;
  set_error (db, code, error);
  return FALSE;
}

/**
 * conc_db_prepare:
 * @sql: a string constant; its address is the key under which the statement is kept
 *
 * Returns: (transfer none) (nullable): the statement, reset and without bindings.
 */
sqlite3_stmt *
conc_db_prepare (ConcDb *db, const char *sql, GError **error)
{
  sqlite3_stmt *statement = g_hash_table_lookup (db->statements, sql);
  int           code;

  if (statement != NULL)
    {
      sqlite3_reset (statement);
      sqlite3_clear_bindings (statement);
      return statement;
    }
  code = sqlite3_prepare_v3 (db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);
  if (code != SQLITE_OK)
    {
      set_error (db, code, error);
      return NULL;
    }
  g_hash_table_insert (db->statements, (gpointer) sql, statement);
  return statement;
}

/**
 * conc_db_step:
 *
 * Returns: whether there is a row, the end, or a failure with @error set; after the last two the
 * statement is reset, so that it holds no lock.
 */
ConcStep
conc_db_step (ConcDb *db, sqlite3_stmt *statement, GError **error)
{
  int code = sqlite3_step (statement);

  if (code == SQLITE_ROW)
    return CONC_STEP_ROW;
  if (code != SQLITE_DONE)
    set_error (db, code, error);
  sqlite3_reset (statement);
  return code == SQLITE_DONE ? CONC_STEP_DONE : CONC_STEP_FAILED;
}

static int
bind_one (sqlite3_stmt *statement, int index, char type, va_list *arguments)
{
  if (type == 'i')
    return sqlite3_bind_int64 (statement, index, va_arg (*arguments, gint64));
  if (type == 't')
    return sqlite3_bind_text (statement, index, va_arg (*arguments, const char *), -1,
                              SQLITE_TRANSIENT);
  if (type == 's')
    return sqlite3_bind_text (statement, index, va_arg (*arguments, const char *), -1,
                              SQLITE_STATIC);
  if (type == 'b')
    {
      GBytes       *bytes = va_arg (*arguments, GBytes *);
      gsize         size;
      gconstpointer data = g_bytes_get_data (bytes, &size);

      return sqlite3_bind_blob (statement, index, data, (int) size, SQLITE_TRANSIENT);
    }
  g_assert (type == 'n');
  return sqlite3_bind_null (statement, index);
}

static gboolean
bind_all (ConcDb       *db,
          sqlite3_stmt *statement,
          const char   *types,
          va_list      *arguments,
          GError      **error)
{
  for (int i = 0; types[i] != '\0'; i++)
    {
      int code = bind_one (statement, i + 1, types[i], arguments);

      if (code != SQLITE_OK)
        {
          set_error (db, code, error);
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * conc_db_bind:
 * @types: one letter a parameter: i gint64, t text that is copied, s text that outlives the
 *   step, b GBytes, n null without an argument; a %NULL text binds null
 */
gboolean
conc_db_bind (ConcDb *db, sqlite3_stmt *statement, GError **error, const char *types, ...)
{
  va_list  arguments;
  gboolean bound;

  va_start (arguments, types);
  bound = bind_all (db, statement, types, &arguments, error);
  va_end (arguments);
  return bound;
}

/** conc_db_run: prepares, binds and runs a statement whose rows are not wanted. */
gboolean
conc_db_run (ConcDb *db, const char *sql, GError **error, const char *types, ...)
{
  sqlite3_stmt *statement = conc_db_prepare (db, sql, error);
  va_list       arguments;
  gboolean      bound;
  ConcStep      step = CONC_STEP_ROW;

  if (statement == NULL)
    return FALSE;
  va_start (arguments, types);
  bound = bind_all (db, statement, types, &arguments, error);
  va_end (arguments);
  if (!bound)
    return FALSE;
  while (step == CONC_STEP_ROW)
    step = conc_db_step (db, statement, error);
  return step == CONC_STEP_DONE;
}

/** conc_db_get_int: Returns: whether @sql gave a first row, whose first column is stored. */
gboolean
conc_db_get_int (ConcDb *db, const char *sql, gint64 *ret_value, GError **error)
{
  sqlite3_stmt *statement = conc_db_prepare (db, sql, error);

  if (statement == NULL)
    return FALSE;
  switch (conc_db_step (db, statement, error))
    {
    case CONC_STEP_ROW:
      *ret_value = sqlite3_column_int64 (statement, 0);
      sqlite3_reset (statement);
      return TRUE;
    case CONC_STEP_DONE:
      *ret_value = 0;
      return TRUE;
    default:
      return FALSE;
    }
}

/** conc_column_text: Returns: (nullable): the text of a column, valid until the next step. */
const char *
conc_column_text (sqlite3_stmt *statement, int column)
{
  return (const char *) sqlite3_column_text (statement, column);
}

/** conc_column_dup: Returns: (transfer full) (nullable): a copy of the text of a column. */
char *
conc_column_dup (sqlite3_stmt *statement, int column)
{
  return g_strdup (conc_column_text (statement, column));
}
