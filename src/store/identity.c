/* identity.c: keys, the state of the exchange, and facts that this station says of itself. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/identity.h"

#include "store/execute.h"
#include "store/open.h"
#include "store/race-file-private.h"

/* One value of a table of names: its first column, a text or bytes. */
static GBytes *
read_value (ConcRaceFile *file, const char *sql, const char *name, GError **error)
{
  g_autoptr (ConcDb) db = conc_open_for_reading (conc_race_file_get_path (file), error);
  sqlite3_stmt *statement = db != NULL ? conc_db_prepare (db, sql, error) : NULL;

  if (statement == NULL || !conc_db_bind (db, statement, error, "t", name) ||
      conc_db_step (db, statement, error) != CONC_STEP_ROW)
    return NULL;
  return g_bytes_new (sqlite3_column_blob (statement, 0),
                      (gsize) sqlite3_column_bytes (statement, 0));
}

/**
 * conc_race_file_dup_secret:
 *
 * Returns: (transfer full) (nullable): the secret; %NULL without @error when there is none. Any
 * thread; opens a connection of its own.
 */
GBytes *
conc_race_file_dup_secret (ConcRaceFile *file, const char *name, GError **error)
{
  return read_value (file, "SELECT value FROM secret WHERE name = ?", name, error);
}

/** conc_race_file_dup_sync: Returns: (transfer full) (nullable): as conc_race_file_dup_secret(). */
char *
conc_race_file_dup_sync (ConcRaceFile *file, const char *key, GError **error)
{
  g_autoptr (GBytes) value = read_value (file, "SELECT value FROM sync WHERE key = ?", key, error);
  gsize       size;
  const char *text;

  if (value == NULL)
    return NULL;
  text = g_bytes_get_data (value, &size);
  return g_strndup (text != NULL ? text : "", size);
}

typedef struct
{
  const char *name;
  GBytes     *secret;
  const char *text;
} Setting;

static gboolean
set_secret_cb (ConcWriter *writer, gpointer data, gpointer *ret_result, GError **error)
{
  ConcDb        *db = conc_writer_get_db (writer);
  const Setting *setting = data;

  if (setting->secret == NULL)
    return conc_db_run (db, "DELETE FROM secret WHERE name = ?", error, "t", setting->name);
  return conc_db_run (db,
                      "INSERT INTO secret (name, value) VALUES (?, ?) "
                      "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                      error, "tb", setting->name, setting->secret);
}

static gboolean
set_sync_cb (ConcWriter *writer, gpointer data, gpointer *ret_result, GError **error)
{
  ConcDb        *db = conc_writer_get_db (writer);
  const Setting *setting = data;

  if (setting->text == NULL)
    return conc_db_run (db, "DELETE FROM sync WHERE key = ?", error, "t", setting->name);
  return conc_db_run (db,
                      "INSERT INTO sync (key, value) VALUES (?, ?) "
                      "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                      error, "tt", setting->name, setting->text);
}

/** conc_race_file_set_secret: @value: (nullable): %NULL removes it. Waits until it is durable. */
gboolean
conc_race_file_set_secret (ConcRaceFile *file, const char *name, GBytes *value, GError **error)
{
  ConcWriter *writer = conc_race_file_get_writer (file, error);
  Setting     setting = { .name = name, .secret = value };

  return writer != NULL && conc_writer_call (writer, set_secret_cb, &setting, NULL, error);
}

/** conc_race_file_set_sync: @value: (nullable): %NULL removes it. Waits until it is durable. */
gboolean
conc_race_file_set_sync (ConcRaceFile *file, const char *key, const char *value, GError **error)
{
  ConcWriter *writer = conc_race_file_get_writer (file, error);
  Setting     setting = { .name = key, .text = value };

  return writer != NULL && conc_writer_call (writer, set_sync_cb, &setting, NULL, error);
}

typedef struct
{
  ConcKind    kind;
  const char *subject;
  ConcBody   *body;
} Statement;

/* What is said again replaces what was said before: else a new name would be a conflict. */
static gboolean
append_cb (ConcWriter *writer, gpointer data, gpointer *ret_result, GError **error)
{
  const Statement *statement = data;
  g_autoptr (ConcMerged) merged = NULL;
  const ConcSlot *slot = NULL;

  if (!conc_execute_read_merged (writer, statement->subject, &merged, error))
    return FALSE;
  if (conc_body_get_n (statement->body) > 0)
    slot = conc_merged_find (merged, conc_body_get_key (statement->body, 0));
  return conc_writer_append (writer, statement->kind, statement->subject,
                             slot != NULL ? &slot->winner->id : NULL, NULL,
                             conc_body_ref (statement->body), NULL, error);
}

/**
 * conc_race_file_append:
 * @body: (transfer full): the body
 *
 * Appends a fact that no command makes; it replaces the one that said the same thing before. Waits
 * until it is durable. %CONC_STORE_ERROR_REFUSED when the role of this station may not say it.
 */
gboolean
conc_race_file_append (ConcRaceFile *file,
                       ConcKind      kind,
                       const char   *subject,
                       ConcBody     *body,
                       GError      **error)
{
  g_autoptr (ConcBody) owned = body;
  ConcWriter *writer = conc_race_file_get_writer (file, error);
  Statement   statement = { kind, subject, owned };

  return writer != NULL && conc_writer_call (writer, append_cb, &statement, NULL, error);
}
