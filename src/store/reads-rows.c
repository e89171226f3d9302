/* reads-rows.c: writes the rows that follow from reads, as those of the timing table. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/reads-private.h"

#include "core/race-time.h"

#include <string.h>

/* What a row is made of, beside the read. */
typedef struct
{
  char  *at_line;  /* its name in tap and watch */
  char  *in_chute; /* its name in chute */
  char  *station;
  gint64 hlc;
  gint64 fixed_bib; /* -1: nobody corrected it */
  char  *bib_fact;
  char  *linked;
} Row;

static void
row_clear (Row *row)
{
  g_free (row->at_line);
  g_free (row->in_chute);
  g_free (row->station);
  g_free (row->bib_fact);
  g_free (row->linked);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Row, row_clear)

static const char *
get_source (int kind)
{
  return kind == CONC_READ_CHIP ? "chip" : kind == CONC_READ_BIB ? "scan" : "timer";
}

static gboolean
read_delivery (ConcDb *db, const char *subject, Row *row, GError **error)
{
  sqlite3_stmt *statement =
      conc_db_prepare (db, "SELECT station, hlc FROM delivery WHERE subject = ?", error);
  ConcStep step;

  if (statement == NULL || !conc_db_bind (db, statement, error, "t", subject))
    return FALSE;
  step = conc_db_step (db, statement, error);
  if (step == CONC_STEP_ROW)
    {
      row->station = conc_column_dup (statement, 0);
      row->hlc = sqlite3_column_int64 (statement, 1);
      sqlite3_reset (statement);
    }
  return step != CONC_STEP_FAILED;
}

/* What somebody corrected about the row that the read makes. */
static gboolean
read_fix (ConcDb *db, const char *subject, Row *row, GError **error)
{
  sqlite3_stmt *statement =
      conc_db_prepare (db, "SELECT bib, bib_fact, linked FROM read_fix WHERE subject = ?", error);
  ConcStep step;

  if (statement == NULL || !conc_db_bind (db, statement, error, "t", subject))
    return FALSE;
  step = conc_db_step (db, statement, error);
  if (step == CONC_STEP_ROW)
    {
      if (sqlite3_column_type (statement, 0) != SQLITE_NULL)
        row->fixed_bib = sqlite3_column_int64 (statement, 0);
      row->bib_fact = conc_column_dup (statement, 1);
      row->linked = conc_column_dup (statement, 2);
      sqlite3_reset (statement);
    }
  return step != CONC_STEP_FAILED;
}

static gboolean
load_row (ConcDb *db, const ConcKeptRead *read, gboolean in_chute, Row *row, GError **error)
{
  row->fixed_bib = -1;
  row->at_line = g_strdup_printf ("%s#%u", read->subject + 1, read->line);
  row->in_chute = g_strconcat ("c", row->at_line, NULL);
  return read_delivery (db, read->subject, row, error) &&
         read_fix (db, in_chute ? row->in_chute : row->at_line, row, error);
}

static gint64
get_bib (const Row *row, const ConcCounted *counted)
{
  return row->fixed_bib >= 0 ? row->fixed_bib : (gint64) counted->counts_for;
}

/* A row that says the same already is left alone, with what is known about it by now: the pairing
 * with the chute gives a tap its bib. */
static gboolean
write_tap (ConcDb             *db,
           const char         *stream,
           const ConcKeptRead *read,
           const ConcCounted  *counted,
           const Row          *row,
           GError            **error)
{
  return conc_db_run (
      db,
      "INSERT INTO tap (subject, at_usec, raw_usec, hlc, station, stream, bib, bib_fact, source) "
      "VALUES (?, ?, ?, ?, ?, ?, nullif (?, 0), ?, ?) ON CONFLICT (subject) DO UPDATE SET "
      "at_usec = excluded.at_usec, raw_usec = excluded.raw_usec, hlc = excluded.hlc, "
      "station = excluded.station, stream = excluded.stream, bib = excluded.bib, "
      "bib_fact = excluded.bib_fact, source = excluded.source, chute = NULL WHERE "
      "(at_usec, raw_usec, hlc, station, stream, CASE WHEN chute IS NULL THEN bib END, bib_fact, "
      "source) "
      "IS NOT (excluded.at_usec, excluded.raw_usec, excluded.hlc, excluded.station, "
      "excluded.stream, excluded.bib, excluded.bib_fact, excluded.source)",
      error, "tiiittitt", row->at_line, counted->at_usec, read->at_usec, row->hlc, row->station,
      stream, get_bib (row, counted), row->bib_fact, get_source (read->kind));
}

static gboolean
write_chute (ConcDb             *db,
             const char         *stream,
             const ConcKeptRead *read,
             const ConcCounted  *counted,
             const Row          *row,
             GError            **error)
{
  return conc_db_run (
      db,
      "INSERT INTO chute (subject, at_usec, raw_usec, hlc, station, stream, bib, bib_fact, linked, "
      "source) VALUES (?, ?, ?, ?, ?, ?, nullif (?, 0), ?, nullif (?, ''), ?) "
      "ON CONFLICT (subject) DO UPDATE SET at_usec = excluded.at_usec, "
      "raw_usec = excluded.raw_usec, hlc = excluded.hlc, station = excluded.station, "
      "stream = excluded.stream, bib = excluded.bib, bib_fact = excluded.bib_fact, "
      "linked = excluded.linked, source = excluded.source WHERE "
      "(at_usec, raw_usec, hlc, station, stream, bib, bib_fact, linked, source) IS NOT "
      "(excluded.at_usec, excluded.raw_usec, excluded.hlc, excluded.station, excluded.stream, "
      "excluded.bib, excluded.bib_fact, excluded.linked, excluded.source)",
      error, "tiiittittt", row->in_chute, counted->at_usec, read->at_usec, row->hlc, row->station,
      stream, get_bib (row, counted), row->bib_fact, row->linked, get_source (read->kind));
}

static gboolean
write_watch (ConcDb                *db,
             const char            *stream,
             const ConcStreamRules *rules,
             const ConcKeptRead    *read,
             const ConcCounted     *counted,
             const Row             *row,
             GError               **error)
{
  return conc_db_run (
      db,
      "INSERT OR REPLACE INTO watch (subject, at_usec, raw_usec, hlc, station, stream, use, bib, "
      "source) VALUES (?, ?, ?, ?, ?, ?, ?, nullif (?, 0), ?)",
      error, "tiiitttit", row->at_line, counted->at_usec, read->at_usec, row->hlc, row->station,
      stream, conc_stream_use_get_name (rules->use), get_bib (row, counted),
      get_source (read->kind));
}

/**
 * conc_reads_choose_start:
 *
 * A runner's own start is what somebody recorded; else the earliest read at the start that counts.
 */
gboolean
conc_reads_choose_start (ConcDb *db, guint bib, GError **error)
{
  return conc_db_run (db, "DELETE FROM start WHERE bib = ? AND instr (fact, '#') > 0", error, "i",
                      (gint64) bib) &&
         conc_db_run (db,
                      "INSERT OR IGNORE INTO start (bib, fact, at_usec, raw_usec, station) "
                      "SELECT r.counts_for, substr (r.subject, 2) || '#' || r.line, "
                      "r.at_usec + s.offset_usec, r.at_usec, d.station FROM read r "
                      "JOIN stream s ON s.name = r.stream JOIN delivery d ON d.subject = r.subject "
                      "WHERE r.outcome = 'start' AND r.counts_for = ? "
                      "ORDER BY 3, r.subject, r.line LIMIT 1",
                      error, "i", (gint64) bib);
}

/* Takes away the row that an outcome made. */
static gboolean
delete_row (ConcDb             *db,
            const ConcKeptRead *read,
            ConcReadOutcome     outcome,
            const Row          *row,
            GError            **error)
{
  switch (outcome)
    {
    case CONC_READ_OUTCOME_CROSSING:
      return conc_db_run (db, "DELETE FROM tap WHERE subject = ?", error, "t", row->at_line);
    case CONC_READ_OUTCOME_WATCH:
      return conc_db_run (db, "DELETE FROM watch WHERE subject = ?", error, "t", row->at_line);
    case CONC_READ_OUTCOME_CHUTE:
      return conc_db_run (db, "DELETE FROM chute WHERE subject = ?", error, "t", row->in_chute);
    case CONC_READ_OUTCOME_START:
      return conc_reads_choose_start (db, read->counts_for, error);
    default:
      return TRUE;
    }
}

static gboolean
makes_row (ConcReadOutcome outcome)
{
  return outcome < CONC_READ_OUTCOME_REPEAT;
}

static gboolean
write_row (ConcDb                *db,
           const char            *stream,
           const ConcStreamRules *rules,
           const ConcKeptRead    *read,
           const ConcCounted     *counted,
           const Row             *row,
           GError               **error)
{
  switch (counted->outcome)
    {
    case CONC_READ_OUTCOME_CROSSING:
      return write_tap (db, stream, read, counted, row, error);
    case CONC_READ_OUTCOME_WATCH:
      return write_watch (db, stream, rules, read, counted, row, error);
    case CONC_READ_OUTCOME_CHUTE:
      return write_chute (db, stream, read, counted, row, error);
    case CONC_READ_OUTCOME_START:
      return conc_reads_choose_start (db, counted->counts_for, error);
    default:
      return TRUE;
    }
}

/**
 * conc_reads_write:
 * @read: as it is kept, with what became of it before
 * @counted: what becomes of it now
 *
 * Writes what became of a read, and the row of the timing table that follows from it. The caller's
 * transaction.
 */
gboolean
conc_reads_write (ConcDb                *db,
                  const char            *stream,
                  const ConcStreamRules *rules,
                  const ConcKeptRead    *read,
                  const ConcCounted     *counted,
                  GError               **error)
{
  ConcReadOutcome before = CONC_READ_OUTCOME_NO_STREAM;
  g_auto (Row) row = { 0 };
  gboolean is_same;

  conc_read_outcome_from_name (read->outcome, &before);
  is_same = before == counted->outcome && read->counts_for == counted->counts_for;
  if (is_same && !makes_row (before))
    return TRUE;
  if (!is_same &&
      !conc_db_run (db,
                    "UPDATE read SET outcome = ?, counts_for = ? WHERE subject = ? AND line = ?",
                    error, "titi", conc_read_outcome_get_name (counted->outcome),
                    (gint64) counted->counts_for, read->subject, (gint64) read->line))
    return FALSE;
  if (!makes_row (before) && !makes_row (counted->outcome))
    return TRUE;
  if (!load_row (db, read, counted->outcome == CONC_READ_OUTCOME_CHUTE, &row, error))
    return FALSE;
  if (!is_same && makes_row (before) && !delete_row (db, read, before, &row, error))
    return FALSE;
  return write_row (db, stream, rules, read, counted, &row, error);
}

static gboolean
list_started (ConcDb *db, const char *subject, GArray *bibs, GError **error)
{
  sqlite3_stmt *statement = conc_db_prepare (
      db, "SELECT DISTINCT counts_for FROM read WHERE subject = ? AND outcome = 'start'", error);
  ConcStep step;

  if (statement == NULL || !conc_db_bind (db, statement, error, "t", subject))
    return FALSE;
  while ((step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    {
      guint bib = (guint) sqlite3_column_int64 (statement, 0);

      g_array_append_val (bibs, bib);
    }
  return step == CONC_STEP_DONE;
}

/**
 * conc_reads_drop_rows:
 * @subject: a delivery of reads
 *
 * Takes away all that follows from the lines of one delivery. They count as nothing until they are
 * counted again.
 */
gboolean
conc_reads_drop_rows (ConcDb *db, const char *subject, GError **error)
{
  g_autofree char *from = g_strconcat (subject + 1, "#", NULL);
  g_autofree char *to = g_strconcat (subject + 1, "$", NULL);
  g_autofree char *chute_from = g_strconcat ("c", from, NULL);
  g_autofree char *chute_to = g_strconcat ("c", to, NULL);
  g_autoptr (GArray) bibs = g_array_new (FALSE, FALSE, sizeof (guint));

  if (!list_started (db, subject, bibs, error) ||
      !conc_db_run (db, "DELETE FROM tap WHERE subject >= ? AND subject < ?", error, "tt", from,
                    to) ||
      !conc_db_run (db, "DELETE FROM watch WHERE subject >= ? AND subject < ?", error, "tt", from,
                    to) ||
      !conc_db_run (db, "DELETE FROM chute WHERE subject >= ? AND subject < ?", error, "tt",
                    chute_from, chute_to) ||
      !conc_db_run (db, "UPDATE read SET outcome = 'no-stream', counts_for = 0 WHERE subject = ?",
                    error, "t", subject))
    return FALSE;
  for (guint i = 0; i < bibs->len; i++)
    if (!conc_reads_choose_start (db, g_array_index (bibs, guint, i), error))
      return FALSE;
  return TRUE;
}
