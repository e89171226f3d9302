/* reader-prints.c: the print queue and its history. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/reader-desk.h"

#include "store/queries.h"
#include "store/reader-private.h"

#define PRINT_COLUMNS                                                                              \
  "SELECT id, runner, bib, layout, stock, printer, batch, content, reprint_of, reason, station, "  \
  "operator, queued_usec, state, state_usec, detail FROM print "

/* As the statement below says them. */
G_STATIC_ASSERT (CONC_PRINT_QUEUED == 0 && CONC_PRINT_PRINTING == 1 && CONC_PRINT_PRINTED == 2 &&
                 CONC_PRINT_FAILED == 3 && CONC_PRINT_CANCELLED == 4 && CONC_N_PRINT_STATES == 5);

static ConcPrint *
read_print (sqlite3_stmt *statement)
{
  ConcPrint     *print = conc_print_new ();
  ConcPrintState state = conc_print_state_from_text (conc_column_text (statement, 13));

  print->id = conc_column_dup (statement, 0);
  print->runner_id = conc_column_dup (statement, 1);
  print->bib = (guint) sqlite3_column_int64 (statement, 2);
  print->layout = conc_column_dup (statement, 3);
  print->stock = conc_column_dup (statement, 4);
  print->printer = conc_column_dup (statement, 5);
  print->batch = conc_column_dup (statement, 6);
  print->content = conc_column_dup (statement, 7);
  print->reprint_of = conc_column_dup (statement, 8);
  print->reason = conc_column_dup (statement, 9);
  print->station = conc_column_dup (statement, 10);
  print->operator_name = conc_column_dup (statement, 11);
  print->queued_usec = sqlite3_column_int64 (statement, 12);
  print->state = state < CONC_N_PRINT_STATES ? state : CONC_PRINT_QUEUED;
  print->state_usec = sqlite3_column_int64 (statement, 14);
  print->detail = conc_column_dup (statement, 15);
  return print;
}

static GPtrArray *
read_prints (ConcDb *db, sqlite3_stmt *statement, GError **error)
{
  g_autoptr (GPtrArray) prints = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_print_free);
  ConcStep step;

  while ((step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    g_ptr_array_add (prints, read_print (statement));
  return step == CONC_STEP_DONE ? g_steal_pointer (&prints) : NULL;
}

/**
 * conc_reader_list_prints:
 * @station: (nullable): the station that queued them; %NULL for all
 * @states: a set of %CONC_PRINT_STATE_BIT; 0 for all
 *
 * Returns: (transfer full) (nullable) (element-type ConcPrint): in the order in which they were
 *   queued.
 */
GPtrArray *
conc_reader_list_prints (ConcReader *reader, const char *station, guint states, GError **error)
{
  ConcDb       *db = conc_reader_get_db (reader);
  sqlite3_stmt *statement =
      conc_db_prepare (db,
                       PRINT_COLUMNS "WHERE (?1 IS NULL OR station = ?1) AND (?2 = 0 OR ?2 & CASE "
                                     "state WHEN 'queued' THEN 1 WHEN 'printing' THEN 2 WHEN "
                                     "'printed' THEN 4 WHEN 'failed' THEN 8 ELSE 16 END) "
                                     "ORDER BY queued_usec, hlc, id",
                       error);

  if (statement == NULL || !conc_db_bind (db, statement, error, "ti", station, (gint64) states))
    return NULL;
  return read_prints (db, statement, error);
}

/** conc_reader_get_prints_of: Returns: (transfer full) (nullable) (element-type ConcPrint): all of
 * one runner, oldest first. */
GPtrArray *
conc_reader_get_prints_of (ConcReader *reader, const char *runner_id, GError **error)
{
  ConcDb       *db = conc_reader_get_db (reader);
  sqlite3_stmt *statement =
      conc_db_prepare (db, PRINT_COLUMNS "WHERE runner = ? ORDER BY queued_usec, hlc, id", error);

  if (statement == NULL || !conc_db_bind (db, statement, error, "t", runner_id))
    return NULL;
  return read_prints (db, statement, error);
}

/** conc_reader_get_print: Returns: (transfer full) (nullable): %NULL without @error: none. */
ConcPrint *
conc_reader_get_print (ConcReader *reader, const char *id, GError **error)
{
  ConcDb       *db = conc_reader_get_db (reader);
  sqlite3_stmt *statement = conc_db_prepare (db, PRINT_COLUMNS "WHERE id = ?", error);
  ConcPrint    *print;

  if (statement == NULL || !conc_db_bind (db, statement, error, "t", id) ||
      conc_db_step (db, statement, error) != CONC_STEP_ROW)
    return NULL;
  print = read_print (statement);
  sqlite3_reset (statement);
  return print;
}
