/* execute-chute.c: bibs that are read at the end of the chute, and streams of times. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/execute.h"

#include <glib/gi18n-lib.h>

static gboolean
find_one (ConcDb *db, const char *sql, const char *text, gboolean *ret_found, GError **error)
{
  sqlite3_stmt *statement = conc_db_prepare (db, sql, error);
  ConcStep      step;

  if (statement == NULL || !conc_db_bind (db, statement, error, "t", text))
    return FALSE;
  step = conc_db_step (db, statement, error);
  *ret_found = step == CONC_STEP_ROW;
  sqlite3_reset (statement);
  return step != CONC_STEP_FAILED;
}

/** conc_execute_check_entry: Returns: whether @entry is a chute bib that stands; else refuses. */
gboolean
conc_execute_check_entry (ConcWriter *writer, const char *entry, GError **error)
{
  gboolean found;

  if (!find_one (conc_writer_get_db (writer), "SELECT 1 FROM chute WHERE subject = ?", entry,
                 &found, error))
    return FALSE;
  return found ||
         conc_store_refuse (error, _ ("There is no bib of the chute named %s any more."), entry);
}

/**
 * conc_execute_check_stream:
 *
 * Returns: whether times of @command's stream can be recorded: the timing table itself, or a stream
 *   that somebody set up. Anything else is refused, because a slip in a name would lose times.
 */
gboolean
conc_execute_check_stream (ConcWriter *writer, const ConcCommand *command, GError **error)
{
  gboolean found;

  if (command->stream == NULL)
    return TRUE;
  if (!find_one (conc_writer_get_db (writer), "SELECT 1 FROM stream WHERE name = ?",
                 command->stream, &found, error))
    return FALSE;
  return found || conc_store_refuse (error, _ ("There is no stream “%s”. Set it up first."),
                                     command->stream);
}

/** conc_execute_chute: a bib that was read at the end of the chute, or one that could not be; a bib
 * that nobody holds is kept like any other. Its subject is its own fact, with a "c" before it. */
gboolean
conc_execute_chute (ConcWriter        *writer,
                    const ConcCommand *command,
                    ConcReceipt       *receipt,
                    GError           **error)
{
  g_autofree char *name = NULL;
  g_autofree char *subject = NULL;
  ConcBodyBuilder *builder;
  ConcFactId       id;

  if ((command->bib != 0 && !conc_execute_check_bib (command->bib, error)) ||
      !conc_execute_check_stream (writer, command, error) ||
      !conc_execute_resolve_time (writer, command, NULL, &receipt->at_usec, error) ||
      (command->entry != NULL && !conc_execute_check_entry (writer, command->entry, error)))
    return FALSE;
  receipt->bib = command->bib;
  builder = conc_execute_begin_timed_body (writer, command, receipt->at_usec);
  if (command->bib != 0)
    conc_body_builder_add_int (builder, "bib", command->bib);
  if (command->entry != NULL)
    conc_body_builder_add_text (builder, "before", command->entry);
  conc_writer_peek_next_id (writer, &id);
  name = conc_fact_id_to_text (&id);
  subject = g_strconcat ("c", name, NULL);
  return conc_execute_append (writer, command, CONC_KIND_CHUTE, subject, NULL,
                              conc_body_builder_end (builder), receipt, error);
}

/* What was put in by a repair is not what somebody has just read. */
static gboolean
find_last_of_station (ConcWriter *writer, char **ret_entry, GError **error)
{
  ConcDb          *db = conc_writer_get_db (writer);
  g_autofree char *from = g_strdup_printf ("c%s-", conc_writer_get_station (writer));
  g_autofree char *until = g_strdup_printf ("c%s.", conc_writer_get_station (writer));
  sqlite3_stmt    *statement =
      conc_db_prepare (db,
                       "SELECT subject FROM chute WHERE subject > ? AND subject < ? "
                       "AND source IS NOT 'repair' ORDER BY hlc DESC LIMIT 1",
                       error);
  ConcStep step;

  if (statement == NULL || !conc_db_bind (db, statement, error, "tt", from, until))
    return FALSE;
  step = conc_db_step (db, statement, error);
  if (step == CONC_STEP_DONE)
    return conc_store_refuse (error, _ ("No bib was read at this station yet."));
  if (step == CONC_STEP_ROW)
    *ret_entry = conc_column_dup (statement, 0);
  sqlite3_reset (statement);
  return step == CONC_STEP_ROW;
}

/**
 * conc_execute_set_entry:
 * @entry: a chute bib that stands
 * @builder: (transfer full): what it is now
 *
 * Corrects all that is shown of @entry for the keys of @builder.
 */
gboolean
conc_execute_set_entry (ConcWriter        *writer,
                        const ConcCommand *command,
                        const char        *entry,
                        ConcBodyBuilder   *builder,
                        ConcReceipt       *receipt,
                        GError           **error)
{
  g_autoptr (ConcMerged) merged = NULL;

  if (!conc_execute_read_merged (writer, entry, &merged, error))
    {
      conc_body_unref (conc_body_builder_end (builder));
      return FALSE;
    }
  return conc_execute_append_over (writer, command, CONC_KIND_CHUTE_SET, entry, merged, builder,
                                   receipt, error);
}

static gboolean
read_bib (ConcWriter *writer, const char *entry, gint64 *ret_bib, GError **error)
{
  ConcDb       *db = conc_writer_get_db (writer);
  sqlite3_stmt *statement =
      conc_db_prepare (db, "SELECT coalesce (bib, 0) FROM chute WHERE subject = ?", error);

  if (statement == NULL || !conc_db_bind (db, statement, error, "t", entry) ||
      conc_db_step (db, statement, error) != CONC_STEP_ROW)
    return FALSE;
  *ret_bib = sqlite3_column_int64 (statement, 0);
  sqlite3_reset (statement);
  return TRUE;
}

/** conc_execute_chute_set: says which bib a chute bib is; without one, the last of this station. */
gboolean
conc_execute_chute_set (ConcWriter        *writer,
                        const ConcCommand *command,
                        ConcReceipt       *receipt,
                        GError           **error)
{
  g_autofree char *entry = g_strdup (command->entry);
  ConcBodyBuilder *builder;
  gint64           bib;

  if ((command->bib != 0 && !conc_execute_check_bib (command->bib, error)) ||
      (entry != NULL ? !conc_execute_check_entry (writer, entry, error)
                     : !find_last_of_station (writer, &entry, error)) ||
      !read_bib (writer, entry, &bib, error))
    return FALSE;
  receipt->bib = command->bib;
  receipt->was_already = bib == (gint64) command->bib;
  if (receipt->was_already)
    return TRUE;
  builder = conc_body_builder_new ();
  conc_body_builder_add_int (builder, "bib", command->bib);
  return conc_execute_set_entry (writer, command, entry, builder, receipt, error);
}
