/* log-read.c: the append-only log of facts: reading it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/log-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#define FACT_COLUMNS                                                                               \
  "SELECT s.id, f.seq, f.hlc, f.kind, f.subject, r.id, f.replaces_seq, f.operator, f.body, "       \
  "f.position FROM fact f JOIN station s ON s.n = f.station "                                      \
  "LEFT JOIN station r ON r.n = f.replaces_station "
#define COLUMN_KIND 3
#define COLUMN_POSITION 9
#define KIND_LETTERS "abcdefghijklmnopqrstuvwxyz.-"

static void
set_damaged (GError **error, const char *station, gint64 seq)
{
  g_set_error (error, CONC_STORE_ERROR, CONC_STORE_ERROR_DAMAGED,
               _ ("The race file is damaged: entry %s-%" PRId64
                  " cannot be read. Keep the file as it is and open the latest backup."),
               station, seq);
}

/* A later version adds kinds, and need not change the tables for it. */
static gboolean
may_be_kind (const char *text)
{
  return text != NULL && *text != '\0' && strspn (text, KIND_LETTERS) == strlen (text);
}

static void
set_newer (GError **error, const char *station, gint64 seq, const char *kind)
{
  g_set_error (error, CONC_STORE_ERROR, CONC_STORE_ERROR_NEWER,
               _ ("Entry %s-%" PRId64
                  " of this race file is of a newer version of Concourse (“%s”). "
                  "Update Concourse on this computer; nothing is lost."),
               station, seq, kind);
}

static ConcFact *
read_row (sqlite3_stmt *statement, GError **error)
{
  const char *station = conc_column_text (statement, 0);
  const char *replaced = conc_column_text (statement, 5);
  ConcFactId  id = { "", sqlite3_column_int64 (statement, 1) };
  ConcFactId  replaces = { "", 0 };
  ConcKind    kind = conc_kind_from_text (conc_column_text (statement, COLUMN_KIND));
  g_autoptr (ConcBody) body = NULL;

  body =
      conc_body_parse (conc_column_text (statement, 8), sqlite3_column_bytes (statement, 8), NULL);
  if (body != NULL && kind == CONC_KIND_NONE &&
      may_be_kind (conc_column_text (statement, COLUMN_KIND)) && conc_station_id_is_valid (station))
    {
      set_newer (error, station, id.seq, conc_column_text (statement, COLUMN_KIND));
      return NULL;
    }
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

/**
 * conc_log_read_subject_until:
 * @position: the place in the log of the last fact that is wanted
 *
 * Returns: (transfer full) (nullable) (element-type ConcFact): what conc_log_read_subject() gave
 * when the log was that long.
 */
GPtrArray *
conc_log_read_subject_until (ConcLog *log, const char *subject, gint64 position, GError **error)
{
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_fact_unref);
  sqlite3_stmt *statement =
      conc_db_prepare (log->db,
                       FACT_COLUMNS "WHERE f.subject = ? AND f.position <= ? ORDER BY f.position",
                       error);

  if (statement == NULL || !conc_db_bind (log->db, statement, error, "ti", subject, position) ||
      !each_row (log, statement, collect, facts, error))
    return NULL;
  return g_steal_pointer (&facts);
}

/**
 * conc_log_list_of:
 * @after: only larger numbers; 0 for all
 * @limit: at most so many
 *
 * Returns: (transfer full) (nullable) (element-type ConcFact): facts of @station by number.
 */
GPtrArray *
conc_log_list_of (ConcLog *log, const char *station, gint64 after, guint limit, GError **error)
{
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_fact_unref);
  sqlite3_stmt *statement =
      conc_db_prepare (log->db,
                       FACT_COLUMNS "WHERE f.station = (SELECT n FROM station WHERE id = ?) "
                                    "AND f.seq > ? ORDER BY f.seq LIMIT ?",
                       error);

  if (statement == NULL ||
      !conc_db_bind (log->db, statement, error, "tii", station, after, (gint64) limit) ||
      !each_row (log, statement, collect, facts, error))
    return NULL;
  return g_steal_pointer (&facts);
}

typedef struct
{
  GPtrArray    *facts;
  sqlite3_stmt *statement;
  gint64        position;
} Placed;

static gboolean
collect_placed (ConcFact *fact, gpointer user_data)
{
  Placed *placed = user_data;

  placed->position = sqlite3_column_int64 (placed->statement, COLUMN_POSITION);
  return collect (fact, placed->facts);
}

/**
 * conc_log_list_after:
 * @after: (inout): the place in the log of the last fact that was seen, 0 for none; moved on
 * @limit: at most so many
 *
 * Returns: (transfer full) (nullable) (element-type ConcFact): facts in log order.
 */
GPtrArray *
conc_log_list_after (ConcLog *log, gint64 *after, guint limit, GError **error)
{
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_fact_unref);
  Placed placed = { facts, NULL, *after };

  placed.statement =
      conc_db_prepare (log->db, FACT_COLUMNS "WHERE f.position > ? ORDER BY f.position LIMIT ?",
                       error);
  if (placed.statement == NULL ||
      !conc_db_bind (log->db, placed.statement, error, "ii", *after, (gint64) limit) ||
      !each_row (log, placed.statement, collect_placed, &placed, error))
    return NULL;
  *after = placed.position;
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
 * @own_limit: times of @station beyond it are left out
 * @others_limit: the same for those of all others
 * @ret_last: (out): where @station left off
 *
 * Reads the whole log once.
 */
gboolean
conc_log_get_last (ConcLog    *log,
                   const char *station,
                   ConcHlc     own_limit,
                   ConcHlc     others_limit,
                   ConcLast   *ret_last,
                   GError    **error)
{
  sqlite3_stmt *statement = conc_db_prepare (
      log->db,
      "SELECT max (CASE WHEN f.station = o.n THEN f.seq END), "
      "max (CASE WHEN f.station = o.n AND f.hlc <= ?2 THEN f.hlc END), "
      "max (CASE WHEN f.station IS NOT o.n AND f.hlc <= ?3 THEN f.hlc END), max (f.hlc) "
      "FROM fact f LEFT JOIN station o ON o.id = ?1",
      error);

  if (statement == NULL ||
      !conc_db_bind (log->db, statement, error, "tii", station, own_limit, others_limit) ||
      conc_db_step (log->db, statement, error) != CONC_STEP_ROW)
    return FALSE;
  ret_last->seq = sqlite3_column_int64 (statement, 0);
  ret_last->own = sqlite3_column_int64 (statement, 1);
  ret_last->others = sqlite3_column_int64 (statement, 2);
  ret_last->latest = sqlite3_column_int64 (statement, 3);
  sqlite3_reset (statement);
  return TRUE;
}

/** conc_log_get_position: @ret_position: (out): the place of the last fact, 0 when there is none.
 */
gboolean
conc_log_get_position (ConcLog *log, gint64 *ret_position, GError **error)
{
  return conc_db_get_int (log->db, "SELECT max (position) FROM fact", ret_position, error);
}

/** conc_log_get_latest: @ret_hlc: (out): the latest time of a fact about @subject, else 0. */
gboolean
conc_log_get_latest (ConcLog *log, const char *subject, ConcHlc *ret_hlc, GError **error)
{
  sqlite3_stmt *statement =
      conc_db_prepare (log->db, "SELECT max (hlc) FROM fact WHERE subject = ?", error);

  if (statement == NULL || !conc_db_bind (log->db, statement, error, "t", subject) ||
      conc_db_step (log->db, statement, error) != CONC_STEP_ROW)
    return FALSE;
  *ret_hlc = sqlite3_column_int64 (statement, 0);
  sqlite3_reset (statement);
  return TRUE;
}
