/* writer.c: the one thread that writes a race file. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/writer.h"

#include "store/allow.h"
#include "store/pairing.h"
#include "store/projector.h"
#include "store/queries.h"
#include "store/station-clock.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* More requests than this are not put into one commit, so that the first need not wait long. */
#define BATCH_MAX 512
/* More subjects than this are not named to listeners: they read everything again. */
#define NAMED_SUBJECTS_MAX 1000
/* When the write-ahead log has so many pages, they are brought into the file. */
#define LOG_PAGES_MAX 1000

typedef struct
{
  ConcWriteFunc  func;
  gpointer       data;
  GDestroyNotify free_data;
  GDestroyNotify free_result;
  GTask         *task; /* NULL: somebody waits for @done */
  gpointer       result;
  GError        *error;
  gboolean       done;
} Request;

struct _ConcWriter
{
  /* owned */
  ConcDb      *db;
  ConcLog     *log;
  ConcPairing *pairing;
  GThread     *thread;
  GAsyncQueue *queue;
  char        *race_id;
  GMutex       mutex;
  GCond        cond;

  /* state of the log, rolled back with it */
  char            station[CONC_STATION_ID_LENGTH + 1];
  ConcRole        role;
  ConcHybridClock hybrid;
  ConcHlc         latest; /* of all facts, also of those that the clock does not follow */
  gint64          last_seq;
  int             n_log_pages;

  /* the clock of the station; what is known of it is rolled back too */
  ConcSteadyClock *steady; /* borrowed */
  gboolean         is_other_boot;

  /* state of the request and of the batch */
  GHashTable   *dirty;   /* subjects to project at the end of the request */
  GHashTable   *touched; /* subjects the batch changed */
  guint         n_appended;
  gboolean      is_bulk;
  ConcChanged   changed;
  ConcSettings *settings; /* NULL when stale */
  GTimeZone    *zone;
  GTimeZone    *utc;

  ConcCommitFunc committed;
  gpointer       committed_data;
};

/* The hybrid clock follows a fact of another station this far ahead of the wall clock, and the
 * station's own past, or what a fact of its own comes after, that far. A clock that is wrong by
 * more is not followed: nobody else's times would be right again for as long. */
#define OTHERS_AHEAD_USEC (G_GINT64_CONSTANT (600) * G_USEC_PER_SEC)
#define OWN_AHEAD_USEC (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

/* In the queue, tells the thread to end. */
static Request stop_request;

static void
assert_writer_thread (ConcWriter *writer)
{
  g_assert (writer->thread == NULL || g_thread_self () == writer->thread);
}

static void
request_free (Request *request)
{
  if (request->free_data != NULL)
    request->free_data (request->data);
  g_clear_object (&request->task);
  g_free (request);
}

static void
drop_result (Request *request)
{
  if (request->result != NULL && request->free_result != NULL)
    request->free_result (request->result);
  request->result = NULL;
}

static ConcChanged
changed_by (ConcKind kind)
{
  switch (conc_kind_get_family (kind))
    {
    case CONC_FAMILY_RUNNER:
      return CONC_CHANGED_RUNNERS;
    case CONC_FAMILY_GIFT:
    case CONC_FAMILY_FEE:
      return CONC_CHANGED_MONEY;
    case CONC_FAMILY_PRINT:
      return CONC_CHANGED_PRINTS;
    case CONC_FAMILY_SETTING:
      return CONC_CHANGED_SETTINGS;
    case CONC_FAMILY_GUN:
    case CONC_FAMILY_START:
    case CONC_FAMILY_TAP:
    case CONC_FAMILY_CHUTE:
    case CONC_FAMILY_STREAM:
    case CONC_FAMILY_READ:
    case CONC_FAMILY_CHIP:
    case CONC_FAMILY_REPAIR:
    case CONC_FAMILY_GUN_SEEN:
    case CONC_FAMILY_CLOCK:
      return CONC_CHANGED_TIMING;
    case CONC_FAMILY_STATION:
      return CONC_CHANGED_STATIONS;
    default:
      return 0;
    }
}

static void
forget_settings (ConcWriter *writer)
{
  g_clear_pointer (&writer->settings, conc_settings_unref);
  g_clear_pointer (&writer->zone, g_time_zone_unref);
}

static void
forget_settings_after (ConcWriter *writer, ConcKind kind)
{
  if (kind == CONC_KIND_SETTING || kind == CONC_KIND_UNDO || kind == CONC_KIND_SETTLE)
    forget_settings (writer);
}

/* What readers sent makes rows of its own, and which of them is for other facts to say. */
static void
note_pairing (ConcWriter *writer, const char *subject)
{
  switch (conc_subject_get_family (subject))
    {
    case CONC_FAMILY_TAP:
    case CONC_FAMILY_CHUTE:
      conc_pairing_note (writer->pairing, subject);
      return;
    case CONC_FAMILY_READ:
    case CONC_FAMILY_STREAM:
    case CONC_FAMILY_CHIP:
    case CONC_FAMILY_GUN:
    case CONC_FAMILY_SETTING:
      conc_pairing_note_all (writer->pairing);
      return;
    default:
      return;
    }
}

static void
note_touched (const char *subject, gpointer user_data)
{
  ConcWriter *writer = user_data;

  if (g_hash_table_size (writer->touched) <= NAMED_SUBJECTS_MAX)
    g_hash_table_add (writer->touched, g_strdup (subject));
  writer->changed |= CONC_CHANGED_TIMING;
}

/**
 * conc_writer_pair:
 *
 * Gives taps their chute bibs now, for a request that looks at them. It is done in any case before
 * the commit.
 */
gboolean
conc_writer_pair (ConcWriter *writer, GError **error)
{
  return conc_pairing_settle (writer->pairing, note_touched, writer, error);
}

/** conc_writer_note_pairs: taps or chute bibs were changed beside conc_writer_project(). */
void
conc_writer_note_pairs (ConcWriter *writer)
{
  conc_pairing_note_all (writer->pairing);
}

/**
 * conc_writer_project:
 * @facts: (element-type ConcFact): all that are known about @subject
 *
 * Projects a subject now, for a caller that has its facts at hand.
 */
gboolean
conc_writer_project (ConcWriter *writer, const char *subject, GPtrArray *facts, GError **error)
{
  g_autoptr (ConcMerged) merged = conc_merge (facts);

  for (guint i = 0; i < facts->len; i++)
    writer->changed |= changed_by (((ConcFact *) g_ptr_array_index (facts, i))->kind);
  if (g_hash_table_size (writer->touched) <= NAMED_SUBJECTS_MAX)
    g_hash_table_add (writer->touched, g_strdup (subject));
  note_pairing (writer, subject);
  return conc_project (writer->db, subject, merged, error);
}

static gboolean
project_subject (ConcWriter *writer, const char *subject, GError **error)
{
  g_autoptr (GPtrArray) facts = conc_log_read_subject (writer->log, subject, error);

  return facts != NULL && conc_writer_project (writer, subject, facts, error);
}

static gboolean
project_dirty (ConcWriter *writer, GError **error)
{
  GHashTableIter iter;
  gpointer       subject;

  g_hash_table_iter_init (&iter, writer->dirty);
  while (g_hash_table_iter_next (&iter, &subject, NULL))
    if (!project_subject (writer, subject, error))
      return FALSE;
  g_hash_table_remove_all (writer->dirty);
  return TRUE;
}

/* A clock was measured better, and times of many subjects count as something else. */
static void
note_moved (ConcWriter *writer)
{
  if (!conc_db_take_moved (writer->db))
    return;
  conc_writer_note_pairs (writer);
  conc_pairing_note_all (writer->pairing);
  writer->changed |= CONC_CHANGED_TIMING;
  writer->is_bulk = TRUE;
}

static gboolean
run_request (ConcWriter *writer, Request *request)
{
  guint n_before = writer->n_appended;

  g_clear_error (&request->error);
  drop_result (request);
  if (request->func (writer, request->data, &request->result, &request->error) &&
      project_dirty (writer, &request->error))
    {
      note_moved (writer);
      return TRUE;
    }
  drop_result (request);
  return writer->n_appended == n_before &&
         g_error_matches (request->error, CONC_STORE_ERROR, CONC_STORE_ERROR_REFUSED);
}

static gboolean
watch_clock (ConcWriter *writer, GError **error)
{
  return conc_station_clock_watch (writer, writer->is_other_boot, error) &&
         project_dirty (writer, error);
}

static void
roll_back (ConcWriter *writer, const char *station, gint64 last_seq, const ConcAnchor *anchor)
{
  conc_db_exec (writer->db, "ROLLBACK", NULL);
  conc_steady_clock_set_anchor (writer->steady, anchor);
  conc_db_take_moved (writer->db);
  conc_log_forget_stations (writer->log);
  conc_pairing_forget (writer->pairing);
  forget_settings (writer);
  g_hash_table_remove_all (writer->dirty);
  g_hash_table_remove_all (writer->touched);
  g_strlcpy (writer->station, station, sizeof writer->station);
  writer->last_seq = last_seq;
  writer->changed = 0;
  writer->is_bulk = FALSE;
}

static gboolean
commit (ConcWriter *writer, GError **error)
{
  return conc_writer_pair (writer, error) && conc_db_exec (writer->db, "COMMIT", error);
}

/* Returns FALSE after a rollback; then a lone request has the reason in its error. */
static gboolean
run_batch (ConcWriter *writer, GPtrArray *batch)
{
  g_autofree char *station = g_strdup (writer->station);
  gint64           last_seq = writer->last_seq;
  GError          *error = NULL;
  guint            n_done = 0;
  ConcAnchor       anchor;

  writer->n_appended = 0;
  conc_steady_clock_get_anchor (writer->steady, &anchor);
  if (conc_db_exec (writer->db, "BEGIN IMMEDIATE", &error))
    {
      if (watch_clock (writer, &error))
        while (n_done < batch->len && run_request (writer, g_ptr_array_index (batch, n_done)))
          n_done++;
      if (n_done == batch->len && commit (writer, &error))
        {
          writer->is_other_boot = FALSE;
          return TRUE;
        }
      roll_back (writer, station, last_seq, &anchor);
    }
  if (error != NULL && batch->len == 1)
    {
      Request *request = g_ptr_array_index (batch, 0);

      drop_result (request);
      g_clear_error (&request->error);
      request->error = g_steal_pointer (&error);
    }
  g_clear_error (&error);
  return FALSE;
}

static void
complete (ConcWriter *writer, Request *request)
{
  if (request->task == NULL)
    {
      g_mutex_lock (&writer->mutex);
      request->done = TRUE;
      g_cond_broadcast (&writer->cond);
      g_mutex_unlock (&writer->mutex);
      return;
    }
  if (request->error != NULL)
    g_task_return_error (request->task, g_steal_pointer (&request->error));
  else
    g_task_return_pointer (request->task, g_steal_pointer (&request->result), request->free_result);
  request_free (request);
}

static void
announce (ConcWriter *writer)
{
  GStrv subjects = NULL;

  if (writer->changed != 0)
    {
      if (!writer->is_bulk && g_hash_table_size (writer->touched) <= NAMED_SUBJECTS_MAX)
        {
          g_autofree char **keys = (char **) g_hash_table_get_keys_as_array (writer->touched, NULL);

          subjects = g_strdupv (keys);
        }
      writer->committed (writer->changed, subjects, writer->committed_data);
    }
  g_hash_table_remove_all (writer->touched);
  writer->changed = 0;
  writer->is_bulk = FALSE;
}

static void
run_and_complete (ConcWriter *writer, GPtrArray *batch)
{
  gboolean committed = run_batch (writer, batch);

  if (committed && (writer->changed & (CONC_CHANGED_TIMING | CONC_CHANGED_STATIONS)) != 0)
    conc_station_clock_follow (writer, NULL);
  if (committed)
    announce (writer);
  if (!committed && batch->len > 1)
    {
      /* One of them failed and took the others with it: each on its own now. */
      for (guint i = 0; i < batch->len; i++)
        {
          g_autoptr (GPtrArray) alone = g_ptr_array_new ();

          g_ptr_array_add (alone, g_ptr_array_index (batch, i));
          run_and_complete (writer, alone);
        }
      return;
    }
  for (guint i = 0; i < batch->len; i++)
    complete (writer, g_ptr_array_index (batch, i));
}

static int
committed_cb (void *user_data, sqlite3 *handle, const char *name, int n_pages)
{
  ConcWriter *writer = user_data;

  writer->n_log_pages = n_pages;
  return SQLITE_OK;
}

/* What is committed is durable in the write-ahead log, so nobody is kept waiting for this. What
 * does not succeed now, perhaps because somebody reads, does after a later commit. */
static void
shorten_log (ConcWriter *writer)
{
  if (writer->n_log_pages < LOG_PAGES_MAX)
    return;
  sqlite3_wal_checkpoint_v2 (conc_db_get_handle (writer->db), NULL, SQLITE_CHECKPOINT_PASSIVE, NULL,
                             NULL);
  writer->n_log_pages = 0;
}

static gpointer
writer_main (gpointer data)
{
  ConcWriter *writer = data;
  gboolean    stopping = FALSE;

  while (!stopping)
    {
      g_autoptr (GPtrArray) batch = g_ptr_array_new ();
      Request *request = g_async_queue_pop (writer->queue);

      for (; request != NULL && request != &stop_request;
           request = g_async_queue_try_pop (writer->queue))
        {
          g_ptr_array_add (batch, request);
          if (batch->len == BATCH_MAX)
            break;
        }
      stopping = request == &stop_request;
      if (batch->len > 0)
        run_and_complete (writer, batch);
      shorten_log (writer);
    }
  return NULL;
}

static gboolean
find_last (ConcWriter *writer, GError **error)
{
  ConcClock *clock = conc_steady_clock_get_source (writer->steady);
  gint64     now_usec = conc_clock_get_wall_usec (clock);
  ConcLast   last;

  if (!conc_log_get_last (writer->log, writer->station,
                          conc_hlc_from_usec (now_usec + OWN_AHEAD_USEC),
                          conc_hlc_from_usec (now_usec + OTHERS_AHEAD_USEC), &last, error))
    return FALSE;
  conc_hybrid_clock_init (&writer->hybrid, clock, MAX (last.own, last.others));
  writer->last_seq = last.seq;
  writer->latest = last.latest;
  return TRUE;
}

/**
 * conc_writer_start:
 * @db: (transfer full): the connection; it belongs to the new thread from now on
 * @steady: (transfer none): the clock of the station; must outlive the writer
 * @is_other_boot: it is a new one, because the computer was started again; that will be said
 * @committed: called on the writer thread after a commit, before the requests complete
 *
 * Returns: (transfer full) (nullable): the running writer.
 */
ConcWriter *
conc_writer_start (ConcDb          *db,
                   const char      *race_id,
                   const char      *station,
                   ConcRole         role,
                   ConcSteadyClock *steady,
                   gboolean         is_other_boot,
                   ConcCommitFunc   committed,
                   gpointer         user_data,
                   GError         **error)
{
  ConcWriter *writer = g_new0 (ConcWriter, 1);

  writer->db = db;
  writer->log = conc_log_new (db);
  writer->pairing = conc_pairing_new (db);
  writer->race_id = g_strdup (race_id);
  writer->queue = g_async_queue_new ();
  writer->dirty = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  writer->touched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  writer->utc = g_time_zone_new_utc ();
  writer->committed = committed;
  writer->committed_data = user_data;
  g_mutex_init (&writer->mutex);
  g_cond_init (&writer->cond);
  g_strlcpy (writer->station, station, sizeof writer->station);
  writer->role = role;
  writer->steady = steady;
  writer->is_other_boot = is_other_boot;
  if (!conc_station_clock_keep_new (db, steady, error) ||
      !conc_station_clock_follow (writer, error) || !find_last (writer, error))
    {
      conc_writer_stop (writer);
      return NULL;
    }
  sqlite3_wal_hook (conc_db_get_handle (db), committed_cb, writer);
  writer->thread = g_thread_new ("race-file-writer", writer_main, writer);
  return writer;
}

/** conc_writer_stop: does what is queued, ends the thread and closes the connection. */
void
conc_writer_stop (ConcWriter *writer)
{
  if (writer->thread != NULL)
    {
      g_async_queue_push (writer->queue, &stop_request);
      g_thread_join (g_steal_pointer (&writer->thread));
    }
  forget_settings (writer);
  conc_log_free (writer->log);
  conc_pairing_free (writer->pairing);
  conc_db_close (writer->db);
  g_async_queue_unref (writer->queue);
  g_hash_table_unref (writer->dirty);
  g_hash_table_unref (writer->touched);
  g_time_zone_unref (writer->utc);
  g_mutex_clear (&writer->mutex);
  g_cond_clear (&writer->cond);
  g_free (writer->race_id);
  g_free (writer);
}

/** conc_writer_call: queues a request and waits for it; not for the main loop of the app. */
gboolean
conc_writer_call (ConcWriter   *writer,
                  ConcWriteFunc func,
                  gpointer      data,
                  gpointer     *ret_result,
                  GError      **error)
{
  Request request = { .func = func, .data = data };

  g_async_queue_push (writer->queue, &request);
  g_mutex_lock (&writer->mutex);
  while (!request.done)
    g_cond_wait (&writer->cond, &writer->mutex);
  g_mutex_unlock (&writer->mutex);
  if (request.error != NULL)
    {
      g_propagate_error (error, request.error);
      return FALSE;
    }
  if (ret_result != NULL)
    *ret_result = request.result;
  return TRUE;
}

/**
 * conc_writer_push:
 * @task: (transfer full): returns the result, or the error, on its own main context
 *
 * Queues a request. Requests complete in the order in which they were queued.
 */
void
conc_writer_push (ConcWriter    *writer,
                  ConcWriteFunc  func,
                  gpointer       data,
                  GDestroyNotify free_data,
                  GDestroyNotify free_result,
                  GTask         *task)
{
  Request *request = g_new0 (Request, 1);

  request->func = func;
  request->data = data;
  request->free_data = free_data;
  request->free_result = free_result;
  request->task = task;
  g_async_queue_push (writer->queue, request);
}

/** conc_writer_get_steady_clock: Returns: (transfer none): the clock of this station. Any thread.
 */
ConcSteadyClock *
conc_writer_get_steady_clock (ConcWriter *writer)
{
  return writer->steady;
}

/** conc_writer_get_db: Returns: (transfer none): the connection. */
ConcDb *
conc_writer_get_db (ConcWriter *writer)
{
  assert_writer_thread (writer);
  return writer->db;
}

/** conc_writer_get_log: Returns: (transfer none): the log. */
ConcLog *
conc_writer_get_log (ConcWriter *writer)
{
  assert_writer_thread (writer);
  return writer->log;
}

/** conc_writer_get_race_id: Returns: (transfer none): the id of the race. */
const char *
conc_writer_get_race_id (ConcWriter *writer)
{
  return writer->race_id;
}

/** conc_writer_get_station: Returns: (transfer none): the name of this station now. */
const char *
conc_writer_get_station (ConcWriter *writer)
{
  assert_writer_thread (writer);
  return writer->station;
}

/**
 * conc_writer_set_station:
 * @last_seq: the last number that is used under the new name
 *
 * The station has another name from now on, which the caller has written down.
 */
void
conc_writer_set_station (ConcWriter *writer, const char *station, gint64 last_seq)
{
  assert_writer_thread (writer);
  g_strlcpy (writer->station, station, sizeof writer->station);
  writer->last_seq = last_seq;
  writer->changed |= CONC_CHANGED_STATIONS;
  writer->is_bulk = TRUE;
  conc_writer_note_pairs (writer);
  forget_settings (writer);
}

/** conc_writer_get_role: Returns: what this station may read and write. */
ConcRole
conc_writer_get_role (ConcWriter *writer)
{
  return writer->role;
}

/** conc_writer_get_settings: Returns: (transfer none): the settings as of this request. */
ConcSettings *
conc_writer_get_settings (ConcWriter *writer)
{
  assert_writer_thread (writer);
  if (writer->settings == NULL)
    writer->settings = conc_query_settings (writer->db, NULL);
  if (writer->settings == NULL)
    writer->settings = conc_settings_new ();
  return writer->settings;
}

/** conc_writer_get_zone: Returns: (transfer none): the race's time zone. */
GTimeZone *
conc_writer_get_zone (ConcWriter *writer)
{
  ConcSettings *settings = conc_writer_get_settings (writer);

  if (writer->zone == NULL)
    writer->zone = conc_settings_dup_zone (settings);
  return writer->zone;
}

/** conc_writer_get_utc: Returns: (transfer none): UTC, in which facts have their times. */
GTimeZone *
conc_writer_get_utc (ConcWriter *writer)
{
  return writer->utc;
}

/** conc_writer_get_wall_usec: Returns: what the wall clock says now; it may step. */
gint64
conc_writer_get_wall_usec (ConcWriter *writer)
{
  return conc_clock_get_wall_usec (writer->hybrid.clock);
}

/** conc_writer_get_n_appended: Returns: facts appended in this batch so far. */
guint
conc_writer_get_n_appended (ConcWriter *writer)
{
  return writer->n_appended;
}

/** conc_writer_peek_next_id: what the next appended fact will be named. */
void
conc_writer_peek_next_id (ConcWriter *writer, ConcFactId *ret_id)
{
  g_strlcpy (ret_id->station, writer->station, sizeof ret_id->station);
  ret_id->seq = writer->last_seq + 1;
}

static void
count_appended (ConcWriter *writer, const ConcFactId *id)
{
  writer->last_seq = id->seq;
  writer->n_appended++;
}

/* What is said now about a subject is later than all that is known about it, also when that came
 * from a clock that runs ahead: else it could be neither corrected nor taken back. */
static gboolean
choose_time (ConcWriter *writer, const char *subject, ConcHlc *ret_hlc, GError **error)
{
  ConcHlc latest;

  *ret_hlc = conc_hybrid_clock_tick (&writer->hybrid);
  if (writer->latest < *ret_hlc)
    return TRUE;
  if (!conc_log_get_latest (writer->log, subject, &latest, error))
    return FALSE;
  if (latest <= conc_hlc_from_usec (conc_writer_get_wall_usec (writer) + OWN_AHEAD_USEC))
    *ret_hlc = MAX (*ret_hlc, latest + 1);
  return TRUE;
}

/**
 * conc_writer_append:
 * @replaces: (nullable): the fact that is corrected or taken back
 * @body: (transfer full): the body
 * @ret_id: (out) (optional): the name of the new fact
 *
 * Appends a fact of this station. Its subject is projected at the end of the request; a request
 * that looks at projections does so before it appends.
 */
gboolean
conc_writer_append (ConcWriter       *writer,
                    ConcKind          kind,
                    const char       *subject,
                    const ConcFactId *replaces,
                    const char       *operator_name,
                    ConcBody         *body,
                    ConcFactId       *ret_id,
                    GError          **error)
{
  g_autoptr (ConcBody) owned_body = body;
  g_autoptr (ConcFact) fact = NULL;
  ConcFactId id;
  ConcHlc    hlc;

  assert_writer_thread (writer);
  conc_writer_peek_next_id (writer, &id);
  if (!conc_allow_about (writer->role, writer->log, kind, subject, replaces, error) ||
      !choose_time (writer, subject, &hlc, error))
    return FALSE;
  fact = conc_fact_new (&id, hlc, kind, subject, replaces, operator_name, body);
  if (!conc_log_append (writer->log, fact, error))
    return FALSE;
  count_appended (writer, &id);
  forget_settings_after (writer, kind);
  if (ret_id != NULL)
    *ret_id = id;
  if (!g_hash_table_contains (writer->dirty, subject))
    g_hash_table_add (writer->dirty, g_strdup (subject));
  return TRUE;
}

typedef struct
{
  ConcWriter     *writer;
  ConcNextNewFact next;
  gpointer        user_data;
  GError         *error; /* what this station may not write */
} Naming;

static gboolean
name_next (ConcNewFact *fact, gpointer user_data)
{
  Naming    *naming = user_data;
  ConcFactId id;

  conc_writer_peek_next_id (naming->writer, &id);
  fact->seq = id.seq;
  fact->hlc = conc_hybrid_clock_tick (&naming->writer->hybrid);
  if (!naming->next (fact, naming->user_data) ||
      !conc_allow (naming->writer->role, fact->kind, &naming->error))
    return FALSE;
  count_appended (naming->writer, &id);
  naming->writer->changed |= changed_by (fact->kind);
  return TRUE;
}

/**
 * conc_writer_append_many:
 * @next: gives the facts; sequence and time are there when it is called
 *
 * Appends facts that replace nothing and whose subjects the caller projects itself, as an import
 * of many new runners does. Listeners are told to read everything again.
 */
gboolean
conc_writer_append_many (ConcWriter     *writer,
                         ConcNextNewFact next,
                         gpointer        user_data,
                         GError        **error)
{
  Naming naming = { writer, next, user_data, NULL };

  assert_writer_thread (writer);
  writer->is_bulk = TRUE;
  if (!conc_log_append_many (writer->log, writer->station, name_next, &naming, error))
    return FALSE;
  if (naming.error == NULL)
    return TRUE;
  g_propagate_error (error, naming.error);
  return FALSE;
}

/**
 * conc_writer_take:
 * @ret_taken: (out): whether it is new; when its name is that of a fact that says something else,
 *   nothing was written
 *
 * Appends a fact that came from elsewhere, which may also be one of this station's own that was
 * lost here. The caller projects its subject.
 */
gboolean
conc_writer_take (ConcWriter *writer, const ConcFact *fact, ConcTaken *ret_taken, GError **error)
{
  gint64 now_usec = conc_writer_get_wall_usec (writer);

  assert_writer_thread (writer);
  if (!conc_log_take (writer->log, fact, ret_taken, error))
    return FALSE;
  if (*ret_taken != CONC_TAKEN_NEW)
    return TRUE;
  writer->n_appended++;
  writer->latest = MAX (writer->latest, fact->hlc);
  if (fact->hlc <= conc_hlc_from_usec (now_usec + OTHERS_AHEAD_USEC))
    conc_hybrid_clock_observe (&writer->hybrid, fact->hlc);
  if (strcmp (fact->id.station, writer->station) == 0)
    writer->last_seq = MAX (writer->last_seq, fact->id.seq);
  forget_settings_after (writer, fact->kind);
  return TRUE;
}

/** conc_writer_mark_bulk: listeners will be told to read everything again after this commit. */
void
conc_writer_mark_bulk (ConcWriter *writer)
{
  writer->is_bulk = TRUE;
}
