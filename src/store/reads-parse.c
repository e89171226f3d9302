/* reads-parse.c: lines as they came become reads, and again when the place of the race changes. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/reads-private.h"
#include "store/reads.h"

#include "core/race-time.h"

#include <string.h>

/* Where and when a race is, as far as lines need it. */
typedef struct
{
  gint64   start_usec;
  char    *date;
  char    *zone_name;
  gboolean has_deliveries;
} Place;

static void
place_clear (Place *place)
{
  g_free (place->date);
  g_free (place->zone_name);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

/** conc_reads_hash: a number that equal lines share; FNV-1a of 64 bits. */
gint64
conc_reads_hash (const char *line)
{
  guint64 hash = G_GUINT64_CONSTANT (14695981039346656037);

  for (const guchar *p = (const guchar *) line; *p != '\0'; p++)
    hash = (hash ^ *p) * G_GUINT64_CONSTANT (1099511628211);
  return (gint64) hash;
}

static gboolean
read_place (ConcDb *db, Place *place, GError **error)
{
  sqlite3_stmt *statement =
      conc_db_prepare (db,
                       "SELECT (SELECT min (at_usec) FROM gun), "
                       "ifnull ((SELECT value FROM setting WHERE key = 'date'), ''), "
                       "ifnull ((SELECT value FROM setting WHERE key = 'timezone'), ''), "
                       "EXISTS (SELECT 1 FROM delivery)",
                       error);

  if (statement == NULL || conc_db_step (db, statement, error) != CONC_STEP_ROW)
    return FALSE;
  place->start_usec = sqlite3_column_type (statement, 0) == SQLITE_NULL
                          ? CONC_NO_TIME
                          : sqlite3_column_int64 (statement, 0);
  place->date = conc_column_dup (statement, 1);
  place->zone_name = conc_column_dup (statement, 2);
  place->has_deliveries = sqlite3_column_int64 (statement, 3) != 0;
  sqlite3_reset (statement);
  return TRUE;
}

/* What the reads that are kept were read by. */
static gboolean
read_base (ConcDb *db, Place *base, GError **error)
{
  sqlite3_stmt *statement =
      conc_db_prepare (db, "SELECT start_usec, date, timezone FROM read_base", error);
  ConcStep step;

  if (statement == NULL)
    return FALSE;
  step = conc_db_step (db, statement, error);
  if (step != CONC_STEP_ROW)
    return step == CONC_STEP_DONE;
  base->start_usec = sqlite3_column_int64 (statement, 0);
  base->date = conc_column_dup (statement, 1);
  base->zone_name = conc_column_dup (statement, 2);
  base->has_deliveries = TRUE;
  sqlite3_reset (statement);
  return TRUE;
}

typedef struct
{
  char *raw;
  guint line;
} RawLine;

static void
raw_line_clear (gpointer data)
{
  g_free (((RawLine *) data)->raw);
}

typedef struct
{
  char   *stream;
  char   *format;
  char   *head;
  GArray *lines; /* of RawLine */
} Delivery;

static void
delivery_clear (Delivery *delivery)
{
  g_free (delivery->stream);
  g_free (delivery->format);
  g_free (delivery->head);
  g_clear_pointer (&delivery->lines, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Delivery, delivery_clear)

static gboolean
load_lines (ConcDb *db, const char *subject, GArray *lines, GError **error)
{
  sqlite3_stmt *statement =
      conc_db_prepare (db, "SELECT line, raw FROM read WHERE subject = ? ORDER BY line", error);
  ConcStep step;

  if (statement == NULL || !conc_db_bind (db, statement, error, "t", subject))
    return FALSE;
  while ((step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    {
      RawLine line = { conc_column_dup (statement, 1),
                       (guint) sqlite3_column_int64 (statement, 0) };

      g_array_append_val (lines, line);
    }
  return step == CONC_STEP_DONE;
}

static gboolean
load_delivery (ConcDb *db, const char *subject, Delivery *delivery, GError **error)
{
  sqlite3_stmt *statement =
      conc_db_prepare (db,
                       "SELECT d.stream, ifnull (s.format, d.format), d.head FROM delivery d "
                       "LEFT JOIN stream s ON s.name = d.stream WHERE d.subject = ?",
                       error);
  ConcStep step;

  delivery->lines = g_array_new (FALSE, FALSE, sizeof (RawLine));
  g_array_set_clear_func (delivery->lines, raw_line_clear);
  if (statement == NULL || !conc_db_bind (db, statement, error, "t", subject))
    return FALSE;
  step = conc_db_step (db, statement, error);
  if (step != CONC_STEP_ROW)
    return step == CONC_STEP_DONE;
  delivery->stream = conc_column_dup (statement, 0);
  delivery->format = conc_column_dup (statement, 1);
  delivery->head = conc_column_dup (statement, 2);
  sqlite3_reset (statement);
  return load_lines (db, subject, delivery->lines, error);
}

static void
take_head (ConcReadParser *parser, const char *head)
{
  g_auto (GStrv) lines = g_strsplit (head != NULL ? head : "", "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      ConcRead read;

      conc_read_parser_take (parser, lines[i], &read, NULL);
    }
}

/* Binds nothing for what the line does not have. */
static gboolean
write_parsed (ConcDb *db, const char *subject, guint line, const ConcRead *read, GError **error)
{
  static const char *const kinds[] = { "chip", "time", "bib", "start" };

  if (read == NULL)
    return conc_db_run (db,
                        "UPDATE read SET kind = NULL, at_usec = NULL, by_start = 0, tag = NULL, "
                        "bib = NULL, position = NULL, antenna = NULL, strength = NULL "
                        "WHERE subject = ? AND line = ?",
                        error, "ti", subject, (gint64) line);
  return conc_db_run (
      db,
      "UPDATE read SET kind = ?, at_usec = nullif (?, -1), by_start = ?, tag = nullif (?, ''), "
      "bib = nullif (?, 0), position = nullif (?, 0), antenna = nullif (?, 0), "
      "strength = nullif (?, -2147483648) WHERE subject = ? AND line = ?",
      error, "tiitiiiiti", kinds[read->kind], read->at_usec, (gint64) read->by_start, read->tag,
      (gint64) read->bib, (gint64) read->position, (gint64) read->antenna, (gint64) read->strength,
      subject, (gint64) line);
}

static gboolean
parse_lines (ConcDb         *db,
             const char     *subject,
             const Delivery *delivery,
             ConcReadParser *parser,
             GError        **error)
{
  take_head (parser, delivery->head);
  for (guint i = 0; i < delivery->lines->len; i++)
    {
      const RawLine *line = &g_array_index (delivery->lines, RawLine, i);
      ConcRead       read;
      gboolean       is_read =
          conc_read_parser_take (parser, line->raw, &read, NULL) == CONC_READ_LINE_READ;

      if (!write_parsed (db, subject, line->line, is_read ? &read : NULL, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * conc_reads_parse:
 * @subject: a delivery whose raw lines are kept
 *
 * Reads its lines, in the format that its stream says now or else the one they came with. What
 * became of them is the caller's to find out.
 */
gboolean
conc_reads_parse (ConcDb *db, const char *subject, GError **error)
{
  g_auto (Delivery) delivery = { 0 };
  g_auto (Place) place = { 0 };
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (ConcReadParser) parser = NULL;
  ConcReadPlace  where;
  ConcReadFormat format;

  if (!load_delivery (db, subject, &delivery, error) || !read_place (db, &place, error))
    return FALSE;
  if (delivery.format == NULL || !conc_read_format_from_name (delivery.format, &format, NULL))
    format = CONC_READ_FORMAT_PASSINGS;
  zone = conc_time_zone_parse (place.zone_name, NULL);
  if (zone == NULL)
    zone = g_time_zone_new_utc ();
  where = (ConcReadPlace){ place.date, zone, place.start_usec };
  parser = conc_read_parser_new (format, &where);
  return parse_lines (db, subject, &delivery, parser, error);
}

static gboolean
parse_all (ConcDb *db, GPtrArray *subjects, GError **error)
{
  for (guint i = 0; i < subjects->len; i++)
    {
      const char *subject = g_ptr_array_index (subjects, i);

      if (!conc_reads_drop_rows (db, subject, error) || !conc_reads_parse (db, subject, error))
        return FALSE;
    }
  return TRUE;
}

/** conc_reads_parse_stream: reads all lines of a stream again; the caller counts them. */
gboolean
conc_reads_parse_stream (ConcDb *db, const char *stream, GError **error)
{
  g_autoptr (GPtrArray) subjects =
      conc_reads_list_texts (db, "SELECT subject FROM delivery WHERE stream = ? ORDER BY subject",
                             stream, error);

  return subjects != NULL && parse_all (db, subjects, error);
}

/* The streams whose reads depend on what has changed: of a gun those that count from it and those
 * of own starts; of the date and the zone all. */
static GPtrArray *
list_dependent (ConcDb *db, gboolean all, GError **error)
{
  return conc_reads_list_texts (
      db,
      "SELECT DISTINCT d.stream FROM delivery d WHERE ?1 = '1' "
      "OR d.stream IN (SELECT stream FROM read WHERE by_start) "
      "OR d.stream IN (SELECT name FROM stream WHERE use = 'start') ORDER BY 1",
      all ? "1" : "0", error);
}

static gboolean
write_base (ConcDb *db, const Place *place, GError **error)
{
  return conc_db_exec (db, "DELETE FROM read_base", error) &&
         (!place->has_deliveries ||
          conc_db_run (db, "INSERT INTO read_base (start_usec, date, timezone) VALUES (?, ?, ?)",
                       error, "itt", place->start_usec, place->date, place->zone_name));
}

static gboolean
is_same_place (const Place *a, const Place *b)
{
  return a->has_deliveries == b->has_deliveries &&
         (!a->has_deliveries || (a->start_usec == b->start_usec && strcmp (a->date, b->date) == 0 &&
                                 strcmp (a->zone_name, b->zone_name) == 0));
}

/**
 * conc_reads_follow:
 *
 * Reads and counts again what depends on the earliest gun, the date or the time zone of the race,
 * if any of them is another than when it was read. In the caller's transaction, after any fact that
 * may have changed one of them. Cost: one question when nothing did.
 */
gboolean
conc_reads_follow (ConcDb *db, GError **error)
{
  g_auto (Place) place = { 0 };
  g_auto (Place) base = { 0 };
  g_autoptr (GPtrArray) streams = NULL;
  gboolean all;

  if (!read_place (db, &place, error))
    return FALSE;
  if (!read_base (db, &base, error))
    return FALSE;
  if (is_same_place (&place, &base))
    return TRUE;
  if (!write_base (db, &place, error))
    return FALSE;
  if (!base.has_deliveries || !place.has_deliveries)
    return TRUE;
  all = strcmp (place.date, base.date) != 0 || strcmp (place.zone_name, base.zone_name) != 0;
  streams = list_dependent (db, all, error);
  for (guint i = 0; streams != NULL && i < streams->len; i++)
    if (!conc_reads_parse_stream (db, g_ptr_array_index (streams, i), error) ||
        !conc_reads_count_stream (db, g_ptr_array_index (streams, i), error))
      return FALSE;
  if (streams != NULL && streams->len > 0)
    conc_db_note_moved (db);
  return streams != NULL;
}
