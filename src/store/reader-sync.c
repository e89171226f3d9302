/* reader-sync.c: what the exchange with other stations asks of a race file. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/reader-sync.h"

#include "store/reader-private.h"

/** conc_reader_list_facts_of: Returns: (transfer full) (nullable): see conc_log_list_of(). */
GPtrArray *
conc_reader_list_facts_of (ConcReader *reader,
                           const char *station,
                           gint64      after,
                           guint       limit,
                           GError    **error)
{
  return conc_log_list_of (conc_reader_get_log (reader), station, after, limit, error);
}

/** conc_reader_list_facts_after: Returns: (transfer full) (nullable): see conc_log_list_after(). */
GPtrArray *
conc_reader_list_facts_after (ConcReader *reader, gint64 *after, guint limit, GError **error)
{
  return conc_log_list_after (conc_reader_get_log (reader), after, limit, error);
}

/** conc_reader_get_last_seq: @ret_last_seq: (out): the last number of @station, 0 for none. */
gboolean
conc_reader_get_last_seq (ConcReader *reader,
                          const char *station,
                          gint64     *ret_last_seq,
                          GError    **error)
{
  ConcDb       *db = conc_reader_get_db (reader);
  sqlite3_stmt *statement = conc_db_prepare (
      db, "SELECT max (seq) FROM fact WHERE station = (SELECT n FROM station WHERE id = ?)", error);

  if (statement == NULL || !conc_db_bind (db, statement, error, "t", station) ||
      conc_db_step (db, statement, error) != CONC_STEP_ROW)
    return FALSE;
  *ret_last_seq = sqlite3_column_int64 (statement, 0);
  sqlite3_reset (statement);
  return TRUE;
}

/**
 * conc_reader_count_by_station:
 *
 * Returns: (transfer full) (nullable) (element-type ConcStationCount): the stations of which facts
 * are here, by name. Reads an index of all facts.
 */
GPtrArray *
conc_reader_count_by_station (ConcReader *reader, GError **error)
{
  ConcDb       *db = conc_reader_get_db (reader);
  sqlite3_stmt *statement =
      conc_db_prepare (db,
                       "SELECT s.id, f.n, f.last FROM (SELECT station, count (*) AS n, "
                       "max (seq) AS last FROM fact GROUP BY station) f "
                       "JOIN station s ON s.n = f.station ORDER BY s.id",
                       error);
  g_autoptr (GPtrArray) counts = g_ptr_array_new_with_free_func (g_free);
  ConcStep step;

  if (statement == NULL)
    return NULL;
  while ((step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    {
      ConcStationCount *count = g_new0 (ConcStationCount, 1);

      g_strlcpy (count->station, conc_column_text (statement, 0), sizeof count->station);
      count->n_facts = sqlite3_column_int64 (statement, 1);
      count->last_seq = sqlite3_column_int64 (statement, 2);
      g_ptr_array_add (counts, count);
    }
  return step == CONC_STEP_DONE ? g_steal_pointer (&counts) : NULL;
}

/**
 * conc_reader_count_of_others:
 * @after: (inout): a place in this log, 0 for its beginning; then its end
 * @ret_n_facts: (out): how many facts of other stations than @station are between them
 *
 * Reads what is new only.
 */
gboolean
conc_reader_count_of_others (ConcReader *reader,
                             const char *station,
                             gint64     *after,
                             gint64     *ret_n_facts,
                             GError    **error)
{
  ConcDb       *db = conc_reader_get_db (reader);
  sqlite3_stmt *statement = conc_db_prepare (
      db,
      "SELECT coalesce (sum (station IS NOT (SELECT n FROM station WHERE id = ?)), 0), "
      "coalesce (max (position), ?) FROM fact WHERE position > ?",
      error);

  if (statement == NULL || !conc_db_bind (db, statement, error, "tii", station, *after, *after) ||
      conc_db_step (db, statement, error) != CONC_STEP_ROW)
    return FALSE;
  *ret_n_facts = sqlite3_column_int64 (statement, 0);
  *after = sqlite3_column_int64 (statement, 1);
  sqlite3_reset (statement);
  return TRUE;
}

/** conc_reader_dup_station_name: Returns: (transfer full): what people call @station, else it. */
char *
conc_reader_dup_station_name (ConcReader *reader, const char *station)
{
  ConcDb       *db = conc_reader_get_db (reader);
  sqlite3_stmt *statement =
      conc_db_prepare (db, "SELECT name FROM named_station WHERE id = ?", NULL);
  char *name;

  if (statement == NULL || !conc_db_bind (db, statement, NULL, "t", station) ||
      conc_db_step (db, statement, NULL) != CONC_STEP_ROW)
    return g_strdup (station);
  name = conc_column_dup (statement, 0);
  sqlite3_reset (statement);
  return name;
}
