/* reader-log.c: everything so far in order of time, for paper. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/reader-protest.h"

#include "core/duration.h"
#include "core/runner.h"
#include "store/reader-private.h"

#include <string.h>

/* Numbers of the first column are those of ConcLogKind. Of what stands: what was taken back is in
 * the story. */
#define RACE                                                                                       \
  "SELECT 0 AS kind, at_usec, fact, 0 AS bib, station, wave AS detail, 0 AS waits FROM gun "       \
  "UNION ALL SELECT 1, at_usec, subject, 0, station, wave, 0 FROM gun_seen "                       \
  "UNION ALL SELECT 2, at_usec, fact, bib, station, NULL, 0 FROM start "                           \
  "UNION ALL SELECT 3, at_usec, subject, coalesce (bib, 0), station, NULL, bib IS NULL FROM tap "  \
  "UNION ALL SELECT 4, at_usec, substr (subject, 2), coalesce (bib, 0), station, NULL, "           \
  "tap IS NULL FROM chute "

/* What a person decided has the time at which it was written. */
#define DECIDED                                                                                    \
  "SELECT fact.hlc, station.id, fact.seq, fact.kind, "                                             \
  "json_extract (fact.body, '$.ruling'), json_extract (fact.body, '$.penalty_usec'), "             \
  "json_extract (fact.body, '$.reason'), runner.bib, runner.given_name, runner.family_name "       \
  "FROM fact JOIN station ON station.n = fact.station "                                            \
  "LEFT JOIN runner ON runner.id = fact.subject "                                                  \
  "WHERE fact.kind IN ('ruling', 'repair') AND NOT EXISTS (SELECT 1 FROM fact u WHERE "            \
  "u.kind = 'undo' AND u.replaces_station = fact.station AND u.replaces_seq = fact.seq)"

#define ORDERED                                                                                    \
  "SELECT e.kind, e.at_usec, e.fact, e.bib, coalesce (s.name, ''), e.detail, e.waits, "            \
  "r.given_name, r.family_name FROM (" RACE ") e LEFT JOIN runner r ON r.bib = e.bib AND e.bib > " \
  "0 LEFT JOIN named_station s ON s.id = e.station"

static char *
dup_name (sqlite3_stmt *statement, int column)
{
  g_autoptr (ConcRunner) runner = conc_runner_new ("r");

  conc_runner_set (runner, CONC_FIELD_GIVEN_NAME, conc_column_text (statement, column));
  conc_runner_set (runner, CONC_FIELD_FAMILY_NAME, conc_column_text (statement, column + 1));
  return conc_runner_dup_full_name (runner);
}

static ConcLogEntry *
read_entry (sqlite3_stmt *statement)
{
  ConcLogEntry *entry = g_new0 (ConcLogEntry, 1);

  entry->kind = (ConcLogKind) sqlite3_column_int (statement, 0);
  entry->at_usec = sqlite3_column_int64 (statement, 1);
  entry->fact = conc_column_dup (statement, 2);
  entry->bib = (guint) sqlite3_column_int64 (statement, 3);
  entry->place = conc_column_dup (statement, 4);
  entry->detail = conc_column_dup (statement, 5);
  entry->waits = sqlite3_column_int (statement, 6) != 0;
  entry->name = dup_name (statement, 7);
  return entry;
}

/* A ruling that was taken back by another says nothing, and neither does no penalty. */
static char *
dup_detail (sqlite3_stmt *statement)
{
  const char *ruling = conc_column_text (statement, 4);
  gint64      penalty_usec = sqlite3_column_int64 (statement, 5);

  if (strcmp (conc_column_text (statement, 3), "repair") == 0)
    return conc_column_dup (statement, 6);
  if (ruling != NULL && *ruling != '\0')
    return g_strdup (ruling);
  return penalty_usec > 0 ? conc_duration_format (penalty_usec, CONC_ROUND_EXACT) : NULL;
}

static ConcLogEntry *
read_decided (sqlite3_stmt *statement)
{
  gboolean      is_repair = strcmp (conc_column_text (statement, 3), "repair") == 0;
  ConcLogEntry *entry = g_new0 (ConcLogEntry, 1);

  entry->kind = is_repair ? CONC_LOG_REPAIR : CONC_LOG_RULING;
  entry->at_usec = conc_hlc_get_usec (sqlite3_column_int64 (statement, 0));
  entry->fact = g_strdup_printf ("%s-%" G_GINT64_FORMAT, conc_column_text (statement, 1),
                                 (gint64) sqlite3_column_int64 (statement, 2));
  entry->detail = dup_detail (statement);
  entry->bib = (guint) sqlite3_column_int64 (statement, 7);
  entry->name = dup_name (statement, 8);
  return entry;
}

static int
compare_cb (gconstpointer a, gconstpointer b)
{
  const ConcLogEntry *one = *(ConcLogEntry *const *) a;
  const ConcLogEntry *two = *(ConcLogEntry *const *) b;

  if (one->at_usec != two->at_usec)
    return one->at_usec < two->at_usec ? -1 : 1;
  if (one->kind != two->kind)
    return one->kind < two->kind ? -1 : 1;
  return strcmp (one->fact, two->fact);
}

static void
free_cb (gpointer entry)
{
  conc_log_entry_free (entry);
}

static gboolean
add_decided (ConcDb *db, GPtrArray *entries, GError **error)
{
  sqlite3_stmt *statement = conc_db_prepare (db, DECIDED, error);
  ConcStep      step = CONC_STEP_FAILED;

  while (statement != NULL && (step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    {
      ConcLogEntry *entry = read_decided (statement);

      if (entry->detail != NULL || entry->kind == CONC_LOG_REPAIR)
        g_ptr_array_add (entries, entry);
      else
        conc_log_entry_free (entry);
    }
  return step == CONC_STEP_DONE;
}

/**
 * conc_reader_list_log: see the header.
 *
 * Guns, starts, taps and bibs of the chute as they stand, rulings and repairs that were not undone.
 * Names are as the role of this station has them.
 *
 * Returns: (transfer full) (nullable): the entries. Cost: reads all of them, and the log once.
 */
GPtrArray *
conc_reader_list_log (ConcReader *reader, GError **error)
{
  ConcDb *db = conc_reader_get_db (reader);
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (free_cb);
  sqlite3_stmt *statement = conc_db_prepare (db, ORDERED, error);
  ConcStep      step = CONC_STEP_FAILED;

  while (statement != NULL && (step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    g_ptr_array_add (entries, read_entry (statement));
  if (step != CONC_STEP_DONE || !add_decided (db, entries, error))
    return NULL;
  g_ptr_array_sort (entries, compare_cb);
  return g_steal_pointer (&entries);
}
