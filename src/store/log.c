/* log.c: the append-only log of facts. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/log.h"

#include <glib/gi18n-lib.h>

struct _ConcLog
{
  ConcDb     *db;
  GHashTable *numbers; /* station's name -> its number in this file */
};

#define FACT_COLUMNS                                                                               \
  "SELECT s.id, f.seq, f.hlc, f.kind, f.subject, r.id, f.replaces_seq, f.operator, f.body "        \
  "FROM fact f JOIN station s ON s.n = f.station "                                                 \
  "LEFT JOIN station r ON r.n = f.replaces_station "

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

static const char insert_fact[] =
    "INSERT INTO fact (station, seq, hlc, kind, subject, replaces_station, replaces_seq, operator, "
    "body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (station, seq) DO NOTHING";

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

/**
 * conc_log_append:
 *
 * Appends @fact inside the caller's transaction. A fact that is there already is success and
 * changes nothing.
 */
gboolean
conc_log_append (ConcLog *log, const ConcFact *fact, GError **error)
{
  sqlite3_stmt *statement;
  gint64        station, replaces = 0;

  if (!get_station_number (log, fact->id.station, &station, error))
    return FALSE;
  if (conc_fact_id_is_set (&fact->replaces) &&
      !get_station_number (log, fact->replaces.station, &replaces, error))
    return FALSE;
  statement = conc_db_prepare (log->db, insert_fact, error);
  return statement != NULL && bind_fact (log, statement, fact, station, replaces, error) &&
         conc_db_step (log->db, statement, error) == CONC_STEP_DONE;
}

/**
 * conc_log_append_new:
 * @json: the canonical text of the body
 *
 * Like conc_log_append() for a fact that replaces nothing and has no operator, without making the
 * fact, for many at once.
 */
gboolean
conc_log_append_new (ConcLog          *log,
                     const ConcFactId *id,
                     ConcHlc           hlc,
                     ConcKind          kind,
                     const char       *subject,
                     const char       *json,
                     GError          **error)
{
  sqlite3_stmt *statement = conc_db_prepare (log->db, insert_fact, error);
  gint64        station;

  return statement != NULL && get_station_number (log, id->station, &station, error) &&
         conc_db_bind (log->db, statement, error, "iiissnnns", station, id->seq, hlc,
                       conc_kind_to_text (kind), subject, json) &&
         conc_db_step (log->db, statement, error) == CONC_STEP_DONE;
}

static void
set_damaged (GError **error, const char *station, gint64 seq)
{
  g_set_error (error, CONC_STORE_ERROR, CONC_STORE_ERROR_DAMAGED,
               _ ("The race file is damaged: entry %s-%" G_GINT64_FORMAT
                  " cannot be read. Keep the file as it is and open the latest backup."),
               station, seq);
}

static ConcFact *
read_row (sqlite3_stmt *statement, GError **error)
{
  const char *station = conc_column_text (statement, 0);
  const char *replaced = conc_column_text (statement, 5);
  ConcFactId  id = { "", sqlite3_column_int64 (statement, 1) };
  ConcFactId  replaces = { "", 0 };
  ConcKind    kind = conc_kind_from_text (conc_column_text (statement, 3));
  g_autoptr (ConcBody) body = NULL;

  body =
      conc_body_parse (conc_column_text (statement, 8), sqlite3_column_bytes (statement, 8), NULL);
  if (body == NULL || kind == CONC_KIND_NONE || !conc_station_id_is_valid (station))
    {
      set_damaged (error, station, id.seq);
      return NULL;
    }
  g_strlcpy (id.station, station, sizeof id.station);
  if (replaced != NULL)
    {
      g_strlcpy (replaces.station, replaced, sizeof replaces.station);
      replaces.seq = sqlite3_column_int64 (statement, 6);
    }
  return conc_fact_new (&id, sqlite3_column_int64 (statement, 2), kind,
                        conc_column_text (statement, 4), &replaces, conc_column_text (statement, 7),
                        body);
}

static gboolean
each_row (ConcLog      *log,
          sqlite3_stmt *statement,
          ConcLogFunc   func,
          gpointer      user_data,
          GError      **error)
{
  ConcStep step;

  while ((step = conc_db_step (log->db, statement, error)) == CONC_STEP_ROW)
    {
      g_autoptr (ConcFact) fact = read_row (statement, error);

      if (fact == NULL || !func (fact, user_data))
        {
          sqlite3_reset (statement);
          return fact != NULL;
        }
    }
  return step == CONC_STEP_DONE;
}

static gboolean
collect (ConcFact *fact, gpointer user_data)
{
  g_ptr_array_add (user_data, conc_fact_ref (fact));
  return TRUE;
}

/**
 * conc_log_read_subject:
 *
 * Returns: (transfer full) (nullable) (element-type ConcFact): all facts about @subject in log
 * order; empty when there is none.
 */
GPtrArray *
conc_log_read_subject (ConcLog *log, const char *subject, GError **error)
{
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_fact_unref);
  sqlite3_stmt *statement;

  statement =
      conc_db_prepare (log->db, FACT_COLUMNS "WHERE f.subject = ? ORDER BY f.position", error);
  if (statement == NULL || !conc_db_bind (log->db, statement, error, "t", subject) ||
      !each_row (log, statement, collect, facts, error))
    return NULL;
  return g_steal_pointer (&facts);
}

static gboolean
take_one (ConcFact *fact, gpointer user_data)
{
  *(ConcFact **) user_data = conc_fact_ref (fact);
  return FALSE;
}

/**
 * conc_log_find:
 * @ret_fact: (out) (nullable): the fact, or %NULL when it is not in the log
 *
 * Returns: whether the log could be read.
 */
gboolean
conc_log_find (ConcLog *log, const ConcFactId *id, ConcFact **ret_fact, GError **error)
{
  sqlite3_stmt *statement =
      conc_db_prepare (log->db, FACT_COLUMNS "WHERE s.id = ? AND f.seq = ?", error);

  *ret_fact = NULL;
  return statement != NULL &&
         conc_db_bind (log->db, statement, error, "ti", id->station, id->seq) &&
         each_row (log, statement, take_one, ret_fact, error);
}

/**
 * conc_log_each:
 * @by_subject: whether facts of one subject follow each other, in log order; else log order
 * @func: returns %FALSE to stop early, which is not a failure
 */
gboolean
conc_log_each (ConcLog    *log,
               gboolean    by_subject,
               ConcLogFunc func,
               gpointer    user_data,
               GError    **error)
{
  sqlite3_stmt *statement =
      by_subject ? conc_db_prepare (log->db, FACT_COLUMNS "ORDER BY f.subject, f.position", error)
                 : conc_db_prepare (log->db, FACT_COLUMNS "ORDER BY f.position", error);

  return statement != NULL && each_row (log, statement, func, user_data, error);
}

/**
 * conc_log_get_last:
 * @ret_seq: (out): the last sequence number of @station, 0 when it wrote nothing
 * @ret_hlc: (out): the latest time of any fact, 0 when there is none
 */
gboolean
conc_log_get_last (ConcLog    *log,
                   const char *station,
                   gint64     *ret_seq,
                   ConcHlc    *ret_hlc,
                   GError    **error)
{
  sqlite3_stmt *statement = conc_db_prepare (
      log->db,
      "SELECT coalesce ((SELECT max (seq) FROM fact WHERE station = "
      "(SELECT n FROM station WHERE id = ?)), 0), coalesce ((SELECT max (hlc) FROM fact), 0)",
      error);

  if (statement == NULL || !conc_db_bind (log->db, statement, error, "t", station) ||
      conc_db_step (log->db, statement, error) != CONC_STEP_ROW)
    return FALSE;
  *ret_seq = sqlite3_column_int64 (statement, 0);
  *ret_hlc = sqlite3_column_int64 (statement, 1);
  sqlite3_reset (statement);
  return TRUE;
}
