/* reader-reads.c: streams, and what became of each line that they sent. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/reader-reads.h"

#include "core/race-time.h"
#include "store/queries.h"
#include "store/reader-private.h"

#include <string.h>

/** conc_stream_free: frees @stream. */
void
conc_stream_free (ConcStream *stream)
{
  g_free (stream->name);
  g_free (stream->format);
  g_free (stream->from);
  g_free (stream);
}

static gint64
get_time (sqlite3_stmt *statement, int column)
{
  return sqlite3_column_type (statement, column) == SQLITE_NULL
             ? CONC_NO_TIME
             : sqlite3_column_int64 (statement, column);
}

static ConcStream *
read_stream (sqlite3_stmt *statement)
{
  ConcStream *stream = g_new0 (ConcStream, 1);

  stream->name = conc_column_dup (statement, 0);
  conc_stream_use_from_name (conc_column_text (statement, 1), &stream->use);
  stream->format = conc_column_dup (statement, 2);
  stream->from = conc_column_dup (statement, 3);
  stream->offset_usec = sqlite3_column_int64 (statement, 4);
  conc_read_filter_from_name (conc_column_text (statement, 5), &stream->filter);
  stream->gap_usec = sqlite3_column_int64 (statement, 6);
  stream->n_lines = (guint) sqlite3_column_int64 (statement, 7);
  stream->n_counted = (guint) sqlite3_column_int64 (statement, 8);
  stream->n_damaged = (guint) sqlite3_column_int64 (statement, 9);
  stream->n_unknown = (guint) sqlite3_column_int64 (statement, 10);
  stream->last_usec = get_time (statement, 11);
  return stream;
}

/** conc_reader_list_streams: (transfer full) (nullable) (element-type ConcStream): by name. */
GPtrArray *
conc_reader_list_streams (ConcReader *reader, GError **error)
{
  g_autoptr (GPtrArray) streams =
      g_ptr_array_new_with_free_func ((GDestroyNotify) conc_stream_free);
  ConcDb       *db = conc_reader_get_db (reader);
  sqlite3_stmt *statement = conc_db_prepare (
      db,
      "SELECT s.name, s.use, s.format, s.origin, s.offset_usec, s.filter, s.gap_usec, "
      "count (r.line), "
      "ifnull (sum (r.outcome IN ('crossing', 'start', 'chute', 'watch')), 0), "
      "ifnull (sum (r.outcome = 'damaged'), 0), ifnull (sum (r.outcome = 'unknown-chip'), 0), "
      "max (r.at_usec) + s.offset_usec FROM stream s LEFT JOIN read r ON r.stream = s.name "
      "GROUP BY s.name ORDER BY s.name",
      error);
  ConcStep step;

  if (statement == NULL)
    return NULL;
  while ((step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    g_ptr_array_add (streams, read_stream (statement));
  return step == CONC_STEP_DONE ? g_steal_pointer (&streams) : NULL;
}

/** conc_read_row_free: frees @row. */
void
conc_read_row_free (ConcReadRow *row)
{
  g_free (row->name);
  g_free (row->stream);
  g_free (row->raw);
  g_free (row->format);
  g_free (row->tag);
  g_free (row->reason);
  g_free (row);
}

/* Whose a read is: the row says for whom it counts; one that does not count is still of its chip.
 */
#define ROW_COLUMNS                                                                                \
  "SELECT substr (r.subject, 2) || '#' || r.line, r.stream, r.raw, ifnull (s.format, d.format), "  \
  "r.at_usec + ifnull (s.offset_usec, 0), r.at_usec, r.tag, "                                      \
  "ifnull (nullif (r.counts_for, 0), ifnull (c.bib, r.bib)), r.position, r.antenna, r.strength, "  \
  "r.outcome, d.head FROM read r JOIN delivery d ON d.subject = r.subject "                        \
  "LEFT JOIN stream s ON s.name = r.stream LEFT JOIN chip c ON c.tag = lower (r.tag) "

#define COLUMN_HEAD 12

static ConcReadRow *
read_row (sqlite3_stmt *statement)
{
  ConcReadRow *row = g_new0 (ConcReadRow, 1);

  row->name = conc_column_dup (statement, 0);
  row->stream = conc_column_dup (statement, 1);
  row->raw = conc_column_dup (statement, 2);
  row->format = conc_column_dup (statement, 3);
  row->at_usec = get_time (statement, 4);
  row->source_usec = get_time (statement, 5);
  row->tag = conc_column_dup (statement, 6);
  row->bib = (guint) sqlite3_column_int64 (statement, 7);
  row->position = (guint) sqlite3_column_int64 (statement, 8);
  row->antenna = (guint) sqlite3_column_int64 (statement, 9);
  row->strength = sqlite3_column_type (statement, 10) == SQLITE_NULL
                      ? CONC_READ_NO_STRENGTH
                      : sqlite3_column_int (statement, 10);
  conc_read_outcome_from_name (conc_column_text (statement, 11), &row->outcome);
  return row;
}

/* Why a damaged line cannot be read; it is not kept, so that it is told in the reader's language.
 */
static void
explain (ConcReadRow *row, const char *head, const ConcReadPlace *place)
{
  g_autoptr (ConcReadParser) parser = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = g_strsplit (head != NULL ? head : "", "\n", -1);
  ConcReadFormat format;
  ConcRead       read;

  if (row->outcome != CONC_READ_OUTCOME_DAMAGED || row->format == NULL ||
      !conc_read_format_from_name (row->format, &format, NULL))
    return;
  parser = conc_read_parser_new (format, place);
  for (guint i = 0; lines[i] != NULL; i++)
    conc_read_parser_take (parser, lines[i], &read, NULL);
  if (conc_read_parser_take (parser, row->raw, &read, &error) == CONC_READ_LINE_DAMAGED)
    row->reason = g_strdup (error->message);
}

static GPtrArray *
list_rows (ConcReader *reader, sqlite3_stmt *statement, GError **error)
{
  ConcDb *db = conc_reader_get_db (reader);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_read_row_free);
  g_autoptr (ConcSettings) settings = conc_query_settings (db, error);
  g_autoptr (GTimeZone) zone = settings != NULL ? conc_settings_dup_zone (settings) : NULL;
  ConcReadPlace place = { NULL, zone, CONC_NO_TIME };
  ConcStep      step;

  if (settings == NULL)
    return NULL;
  place.race_date = conc_settings_get (settings, CONC_SETTING_DATE);
  while ((step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    {
      ConcReadRow *row = read_row (statement);

      explain (row, conc_column_text (statement, COLUMN_HEAD), &place);
      g_ptr_array_add (rows, row);
    }
  return step == CONC_STEP_DONE ? g_steal_pointer (&rows) : NULL;
}

/**
 * conc_reader_list_reads:
 * @stream: (nullable): one stream; NULL for all
 *
 * Returns: (transfer full) (nullable) (element-type ConcReadRow): every line that was recorded, in
 *   the order in which it was.
 */
GPtrArray *
conc_reader_list_reads (ConcReader *reader, const char *stream, GError **error)
{
  ConcDb       *db = conc_reader_get_db (reader);
  sqlite3_stmt *statement =
      conc_db_prepare (db,
                       ROW_COLUMNS "WHERE ?1 IS NULL OR r.stream = ?1 "
                                   "ORDER BY d.hlc, d.station, d.subject, r.line",
                       error);

  if (statement == NULL || !conc_db_bind (db, statement, error, "t", stream))
    return NULL;
  return list_rows (reader, statement, error);
}

/** conc_reader_list_reads_of_fact: (transfer full) (nullable) (element-type ConcReadRow): what came
 * with one fact, line by line. */
GPtrArray *
conc_reader_list_reads_of_fact (ConcReader *reader, const ConcFactId *fact, GError **error)
{
  ConcDb          *db = conc_reader_get_db (reader);
  g_autofree char *name = conc_fact_id_to_text (fact);
  g_autofree char *subject = g_strconcat ("d", name, NULL);
  sqlite3_stmt    *statement =
      conc_db_prepare (db, ROW_COLUMNS "WHERE r.subject = ? ORDER BY r.line", error);

  if (statement == NULL || !conc_db_bind (db, statement, error, "t", subject))
    return NULL;
  return list_rows (reader, statement, error);
}

/** conc_reader_list_reads_of_bib: (transfer full) (nullable) (element-type ConcReadRow): what was
 * read of a runner, by time. */
GPtrArray *
conc_reader_list_reads_of_bib (ConcReader *reader, guint bib, GError **error)
{
  ConcDb       *db = conc_reader_get_db (reader);
  sqlite3_stmt *statement =
      conc_db_prepare (db,
                       ROW_COLUMNS
                       "WHERE r.tag IN (SELECT tag FROM chip WHERE bib = ?1) OR r.bib = ?1 "
                       "OR r.counts_for = ?1 ORDER BY r.at_usec, r.subject, r.line",
                       error);

  if (statement == NULL || !conc_db_bind (db, statement, error, "i", (gint64) bib))
    return NULL;
  return list_rows (reader, statement, error);
}
