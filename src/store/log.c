/* log.c: the append-only log of facts: writing it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/log-private.h"

#include "store/source.h"

/** conc_log_new: Returns: (transfer full): the log in @db, which must outlive it. */
ConcLog *
conc_log_new (ConcDb *db)
{
  ConcLog *log = g_new0 (ConcLog, 1);

  log->db = db;
  log->numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return log;
}

/** conc_log_free: frees @log, not the connection. */
void
conc_log_free (ConcLog *log)
{
  if (log == NULL)
    return;
  g_hash_table_unref (log->numbers);
  g_free (log);
}

/** conc_log_forget_stations: to be called after a rollback, which may have taken stations back. */
void
conc_log_forget_stations (ConcLog *log)
{
  g_hash_table_remove_all (log->numbers);
}

static gboolean
get_station_number (ConcLog *log, const char *station, gint64 *ret_number, GError **error)
{
  gpointer      known = g_hash_table_lookup (log->numbers, station);
  sqlite3_stmt *statement;

  if (known != NULL)
    {
      *ret_number = (gint64) GPOINTER_TO_SIZE (known);
      return TRUE;
    }
  if (!conc_db_run (log->db, "INSERT INTO station (id) VALUES (?) ON CONFLICT DO NOTHING", error,
                    "t", station))
    return FALSE;
  statement = conc_db_prepare (log->db, "SELECT n FROM station WHERE id = ?", error);
  if (statement == NULL || !conc_db_bind (log->db, statement, error, "t", station) ||
      conc_db_step (log->db, statement, error) != CONC_STEP_ROW)
    return FALSE;
  *ret_number = sqlite3_column_int64 (statement, 0);
  sqlite3_reset (statement);
  g_hash_table_insert (log->numbers, g_strdup (station), GSIZE_TO_POINTER (*ret_number));
  return TRUE;
}

static gboolean
bind_fact (ConcLog        *log,
           sqlite3_stmt   *statement,
           const ConcFact *fact,
           gint64          station,
           gint64          replaces,
           GError        **error)
{
  const char *kind = conc_kind_to_text (fact->kind);
  const char *json = conc_body_get_json (fact->body);

  if (!conc_db_bind (log->db, statement, error, "iiissnnss", station, fact->id.seq, fact->hlc, kind,
                     fact->subject, fact->operator_name, json))
    return FALSE;
  if (replaces > 0)
    {
      sqlite3_bind_int64 (statement, 6, replaces);
      sqlite3_bind_int64 (statement, 7, fact->replaces.seq);
    }
  return TRUE;
}

/* @ret_inserted tells whether the name of @fact was free. */
static gboolean
insert (ConcLog *log, const ConcFact *fact, gboolean *ret_inserted, GError **error)
{
  sqlite3_stmt *statement;
  gint64        station, replaces = 0;

  if (!get_station_number (log, fact->id.station, &station, error))
    return FALSE;
  if (conc_fact_id_is_set (&fact->replaces) &&
      !get_station_number (log, fact->replaces.station, &replaces, error))
    return FALSE;
  statement = conc_db_prepare (
      log->db,
      "INSERT INTO fact (station, seq, hlc, kind, subject, replaces_station, replaces_seq, "
      "operator, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (station, seq) DO NOTHING",
      error);
  if (statement == NULL || !bind_fact (log, statement, fact, station, replaces, error) ||
      conc_db_step (log->db, statement, error) != CONC_STEP_DONE)
    return FALSE;
  *ret_inserted = sqlite3_changes (conc_db_get_handle (log->db)) > 0;
  return TRUE;
}

/**
 * conc_log_append:
 *
 * Appends @fact inside the caller's transaction. A fact that is there already is success and
 * changes nothing.
 */
gboolean
conc_log_append (ConcLog *log, const ConcFact *fact, GError **error)
{
  gboolean inserted;

  return insert (log, fact, &inserted, error);
}

/**
 * conc_log_take:
 * @ret_taken: (out): whether it is new, was known, or has another content than one of its name
 *
 * Appends a fact that may be there already, inside the caller's transaction.
 */
gboolean
conc_log_take (ConcLog *log, const ConcFact *fact, ConcTaken *ret_taken, GError **error)
{
  g_autoptr (ConcFact) known = NULL;
  gboolean inserted;

  *ret_taken = CONC_TAKEN_NEW;
  if (!insert (log, fact, &inserted, error))
    return FALSE;
  if (inserted)
    return TRUE;
  if (!conc_log_find (log, &fact->id, &known, error))
    return FALSE;
  *ret_taken =
      known != NULL && conc_fact_equal (known, fact) ? CONC_TAKEN_KNOWN : CONC_TAKEN_DIFFERS;
  return TRUE;
}

typedef struct
{
  gint64          station;
  ConcNewFact     fact;
  ConcNextNewFact next;
  gpointer        user_data;
} NewFacts;

static gboolean
next_new_fact (gpointer user_data)
{
  NewFacts *facts = user_data;

  return facts->next (&facts->fact, facts->user_data);
}

static void
say_new_fact (sqlite3_context *context, int column, gpointer user_data)
{
  const NewFacts    *facts = user_data;
  const ConcNewFact *fact = &facts->fact;

  switch (column)
    {
    case 0:
      sqlite3_result_int64 (context, facts->station);
      break;
    case 1:
      sqlite3_result_int64 (context, fact->seq);
      break;
    case 2:
      sqlite3_result_int64 (context, fact->hlc);
      break;
    case 3:
      sqlite3_result_text (context, conc_kind_to_text (fact->kind), -1, SQLITE_STATIC);
      break;
    case 4:
      sqlite3_result_text (context, fact->subject, -1, SQLITE_STATIC);
      break;
    default:
      sqlite3_result_text (context, fact->json, -1, SQLITE_STATIC);
    }
}

/**
 * conc_log_append_many:
 * @station: who writes them
 * @next: gives them one after the other
 *
 * Like conc_log_append() for many facts that replace nothing and have no operator; a third of the
 * time when their subjects come in order.
 */
gboolean
conc_log_append_many (ConcLog        *log,
                      const char     *station,
                      ConcNextNewFact next,
                      gpointer        user_data,
                      GError        **error)
{
  NewFacts   facts = { .next = next, .user_data = user_data };
  ConcSource source = { 6, next_new_fact, say_new_fact, &facts };

  return get_station_number (log, station, &facts.station, error) &&
         conc_source_insert (
             log->db,
             "INSERT INTO fact (station, seq, hlc, kind, subject, body) "
             "SELECT * FROM source WHERE true ON CONFLICT (station, seq) DO NOTHING",
             &source, error);
}
