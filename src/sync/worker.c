/* worker.c: the thread that exchanges facts with the hub, whenever it can. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/worker.h"

#include "store/identity.h"
#include "store/reader-sync.h"
#include "store/station-clock.h"
#include "sync/back-off.h"
#include "sync/candidates.h"
#include "sync/exchange.h"
#include "sync/hub.h"
#include "sync/status-private.h"

#include <errno.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#define BEAT_MSEC 1000
#define PULL_MSEC 5000
#define SURVEY_MSEC 2000
#define REFILL_MSEC 5000
#define ALONE_MSEC 5000
#define ANNOUNCE_MSEC 100

/* When each thing was last done, by the monotonic clock in milliseconds. */
typedef struct
{
  gint64 beat;
  gint64 pull;
  gint64 survey;
  gint64 refill;
} Times;

struct _ConcSyncWorker
{
  GObject parent_instance;

  /* owned */
  ConcRaceFile   *file;
  GThread        *thread;
  GMainContext   *context;
  GCancellable   *cancellable;
  gulong          changed_id;
  int             wake_fd;
  int             stopping; /* atomic */
  GMutex          mutex;    /* guards the two that follow */
  ConcSyncStatus *status;
  GSource        *announcing;

  /* of the thread alone */
  ConcReader       *reader;
  ConcOffsetFilter *filter;
  ConcPeer         *self;
  ConcSyncStatus   *draft;
  ConcCandidates   *candidates;
  GRand            *random;
  gint64            pushed;
  guint             back_off_msec;
};

enum
{
  SIGNAL_STATUS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConcSyncWorker, conc_sync_worker, G_TYPE_OBJECT)

static gint64
now_msec (void)
{
  return g_get_monotonic_time () / 1000;
}

static gboolean
is_stopping (ConcSyncWorker *worker)
{
  return g_atomic_int_get (&worker->stopping) != 0;
}

/* ---------------------------------------------------------------- telling */

static gboolean
announce_cb (gpointer user_data)
{
  ConcSyncWorker *worker = user_data;

  g_mutex_lock (&worker->mutex);
  g_clear_pointer (&worker->announcing, g_source_unref);
  g_mutex_unlock (&worker->mutex);
  g_signal_emit (worker, signals[SIGNAL_STATUS], 0);
  return G_SOURCE_REMOVE;
}

/* However much happens, the main loop hears of it ten times a second at most. The source holds no
 * reference, because the thread may get here while the last one is given back. */
static void
announce (ConcSyncWorker *worker)
{
  g_mutex_lock (&worker->mutex);
  if (worker->announcing == NULL)
    {
      worker->announcing = g_timeout_source_new (ANNOUNCE_MSEC);
      g_source_set_callback (worker->announcing, announce_cb, worker, NULL);
      g_source_attach (worker->announcing, worker->context);
    }
  g_mutex_unlock (&worker->mutex);
}

static gint64
find_oldest_waiting (ConcSyncWorker *worker)
{
  g_autoptr (GPtrArray) oldest =
      conc_reader_list_facts_of (worker->reader, conc_race_file_get_station (worker->file),
                                 worker->pushed, 1, NULL);

  if (oldest == NULL || oldest->len == 0)
    return -1;
  return conc_hlc_get_usec (((const ConcFact *) g_ptr_array_index (oldest, 0))->hlc);
}

static gint64
count_waiting (ConcSyncWorker *worker)
{
  const char *station = conc_race_file_get_station (worker->file);
  gint64      last_seq = 0;

  if (!conc_reader_get_last_seq (worker->reader, station, &last_seq, NULL))
    return 0;
  return MAX (last_seq - worker->pushed, 0);
}

/* This clock less the hub's; the filter says it the other way round. */
static void
get_offset (ConcSyncWorker *worker, gint64 *ret_offset_usec, gint64 *ret_error_usec)
{
  *ret_offset_usec = 0;
  *ret_error_usec = -1;
  if (conc_offset_filter_get (worker->filter, ret_offset_usec, ret_error_usec))
    *ret_offset_usec = -*ret_offset_usec;
}

static void
publish (ConcSyncWorker *worker)
{
  ConcSyncStatus *draft = worker->draft;

  draft->n_waiting = count_waiting (worker);
  draft->waiting_since_usec = draft->n_waiting > 0 ? find_oldest_waiting (worker) : -1;
  get_offset (worker, &draft->offset_usec, &draft->offset_error_usec);
  worker->draft = conc_sync_status_copy (draft);
  g_mutex_lock (&worker->mutex);
  conc_sync_status_unref (worker->status);
  worker->status = draft;
  g_mutex_unlock (&worker->mutex);
  announce (worker);
}

static void
set_state (ConcSyncWorker *worker, ConcSyncState state, const char *problem)
{
  worker->draft->state = state;
  g_free (worker->draft->problem);
  worker->draft->problem = g_strdup (problem);
  publish (worker);
}

/* ---------------------------------------------------------------- waiting */

static void
drain (ConcSyncWorker *worker)
{
  guint64 count;

  while (read (worker->wake_fd, &count, sizeof count) < 0 && errno == EINTR)
    ;
}

static void
rest (ConcSyncWorker *worker, guint timeout_msec)
{
  struct pollfd wake = { worker->wake_fd, POLLIN, 0 };

  if (timeout_msec > 0 && !is_stopping (worker))
    poll (&wake, 1, (int) timeout_msec);
  drain (worker);
}

/* What is entered meanwhile does not shorten it. */
static void
back_off (ConcSyncWorker *worker)
{
  gint64 end = now_msec () + conc_back_off_next (&worker->back_off_msec, worker->random);

  while (!is_stopping (worker) && now_msec () < end)
    {
      rest (worker, (guint) MAX (end - now_msec (), 0));
      publish (worker);
    }
}

/* ---------------------------------------------------------------- talking */

static gboolean
survey (ConcSyncWorker *worker, ConcExchange *exchange, GError **error)
{
  GPtrArray *peers = conc_exchange_list_peers (exchange, error);

  if (peers == NULL)
    return FALSE;
  g_ptr_array_unref (worker->draft->peers);
  worker->draft->peers = peers;
  conc_peer_measure (worker->self, conc_race_file_get_path (worker->file));
  conc_candidates_learn (worker->candidates, peers);
  return conc_exchange_check_alone (exchange, peers, worker->self->run, error);
}

/* A race file that cannot be written says so to those who enter something. */
static void
tell_offset (ConcSyncWorker *worker)
{
  gint64 offset_usec, error_usec;

  if (conc_offset_filter_get (worker->filter, &offset_usec, &error_usec))
    conc_race_file_tell_offset (worker->file, offset_usec, error_usec, NULL);
}

static gboolean
beat (ConcSyncWorker *worker, ConcExchange *exchange, GError **error)
{
  g_autofree char *status = NULL;

  worker->self->n_waiting = count_waiting (worker);
  worker->self->n_refused = conc_exchange_get_n_refused (exchange);
  get_offset (worker, &worker->self->offset_usec, &worker->self->offset_error_usec);
  status = conc_peer_to_status (worker->self);
  if (!conc_exchange_beat (exchange, status, worker->filter, error))
    return FALSE;
  tell_offset (worker);
  worker->draft->heard_usec = g_get_real_time ();
  worker->draft->n_refused = conc_exchange_get_n_refused (exchange);
  worker->draft->n_newer = conc_exchange_get_n_newer (exchange);
  return TRUE;
}

static gboolean
is_due (gint64 *last_msec, guint every_msec)
{
  gint64 now = now_msec ();

  if (*last_msec != 0 && now - *last_msec < every_msec)
    return FALSE;
  *last_msec = now;
  return TRUE;
}

/* What there is to do now, in the order of how much somebody waits for it. */
static gboolean
do_round (ConcSyncWorker *worker,
          ConcExchange   *exchange,
          Times          *times,
          gboolean        is_hinted,
          GError        **error)
{
  gint64 n_sent, n_received;

  conc_race_file_watch_clock (worker->file, NULL);
  if (!conc_exchange_push (exchange, &n_sent, error))
    return FALSE;
  worker->pushed = conc_exchange_get_pushed (exchange);
  if ((is_due (&times->pull, PULL_MSEC) || is_hinted) &&
      !conc_exchange_pull (exchange, &n_received, error))
    return FALSE;
  if (is_due (&times->refill, REFILL_MSEC) && (!conc_exchange_refill (exchange, &n_sent, error) ||
                                               !conc_exchange_keep_logins (exchange, error)))
    return FALSE;
  if (is_due (&times->beat, BEAT_MSEC) && !beat (worker, exchange, error))
    return FALSE;
  return !is_due (&times->survey, SURVEY_MSEC) || survey (worker, exchange, error);
}

static gboolean
talk (ConcSyncWorker *worker, ConcExchange *exchange, GError **error)
{
  Times    times = { 0 };
  gboolean is_hinted = TRUE;

  while (!is_stopping (worker))
    {
      gint64 wait_msec;

      if (!do_round (worker, exchange, &times, is_hinted, error))
        return FALSE;
      set_state (worker, CONC_SYNC_WORKING, NULL);
      wait_msec = CLAMP (times.beat + BEAT_MSEC - now_msec (), 0, BEAT_MSEC);
      if (!conc_link_wait (conc_exchange_get_link (exchange), worker->wake_fd, (guint) wait_msec,
                           &is_hinted, error))
        return FALSE;
      drain (worker);
    }
  return TRUE;
}

static void
note_failure (ConcSyncWorker *worker, const GError *error)
{
  if (g_error_matches (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_RENAMED))
    {
      worker->pushed = 0;
      worker->back_off_msec = 0;
      return;
    }
  if (g_error_matches (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_REFUSED) ||
      g_error_matches (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_LACKING) ||
      g_error_matches (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_FOREIGN) ||
      g_error_matches (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_NEWER) ||
      g_error_matches (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_NOT_THE_HUB))
    set_state (worker, CONC_SYNC_REFUSED, error->message);
  else
    set_state (worker, CONC_SYNC_CONNECTING, error != NULL ? error->message : NULL);
}

/* Tries one address; whether it is time to wait before the next. */
static gboolean
converse (ConcSyncWorker *worker)
{
  g_autoptr (GError) error = NULL;
  gboolean         is_last;
  g_autofree char *address = conc_candidates_next (worker->candidates, &is_last);
  g_autoptr (ConcExchange) exchange = NULL;

  conc_hub_revive (worker->file, worker->cancellable);
  exchange = conc_exchange_open (worker->file, address, worker->cancellable, &error);
  if (exchange != NULL && conc_exchange_introduce (exchange, &error))
    {
      worker->back_off_msec = CONC_BACK_OFF_FIRST_MSEC;
      conc_candidates_praise (worker->candidates);
      conc_offset_filter_forget (worker->filter);
      talk (worker, exchange, &error);
      conc_exchange_keep_place (exchange);
    }
  if (!is_stopping (worker) && error != NULL)
    note_failure (worker, error);
  return is_last;
}

static gboolean
has_hub (ConcSyncWorker *worker)
{
  g_autofree char *hub = conc_race_file_dup_sync (worker->file, CONC_SYNC_HUB, NULL);

  return hub != NULL && *hub != '\0';
}

static gboolean
set_up (ConcSyncWorker *worker)
{
  g_autofree char *pushed = conc_race_file_dup_sync (worker->file, CONC_SYNC_PUSHED, NULL);

  worker->reader = conc_reader_open (conc_race_file_get_path (worker->file), NULL);
  worker->pushed = pushed != NULL ? g_ascii_strtoll (pushed, NULL, 10) : 0;
  worker->filter = conc_offset_filter_new ();
  worker->draft = conc_sync_status_new ();
  worker->candidates = conc_candidates_new (worker->file);
  worker->random = g_rand_new ();
  worker->self = conc_peer_new (conc_race_file_get_station (worker->file), "", "", NULL, 0);
  worker->self->run = g_uuid_string_random ();
  worker->back_off_msec = CONC_BACK_OFF_FIRST_MSEC;
  return worker->reader != NULL;
}

static gpointer
worker_main (gpointer data)
{
  ConcSyncWorker *worker = data;
  gboolean        is_ready = set_up (worker);

  while (is_ready && !is_stopping (worker))
    {
      conc_race_file_watch_clock (worker->file, NULL);
      if (!has_hub (worker))
        {
          set_state (worker, CONC_SYNC_ALONE, NULL);
          rest (worker, ALONE_MSEC);
          continue;
        }
      if (converse (worker) && !is_stopping (worker) && worker->back_off_msec > 0)
        back_off (worker);
      worker->back_off_msec = MAX (worker->back_off_msec, CONC_BACK_OFF_FIRST_MSEC);
    }
  g_clear_pointer (&worker->reader, conc_reader_close);
  g_clear_pointer (&worker->filter, conc_offset_filter_free);
  g_clear_pointer (&worker->draft, conc_sync_status_unref);
  g_clear_pointer (&worker->candidates, conc_candidates_free);
  g_clear_pointer (&worker->self, conc_peer_free);
  g_clear_pointer (&worker->random, g_rand_free);
  return NULL;
}

/* ---------------------------------------------------------------- the object */

static void
conc_sync_worker_finalize (GObject *object)
{
  ConcSyncWorker *worker = CONC_SYNC_WORKER (object);

  conc_sync_worker_stop (worker);
  g_clear_object (&worker->file);
  g_clear_object (&worker->cancellable);
  g_clear_pointer (&worker->context, g_main_context_unref);
  g_clear_pointer (&worker->status, conc_sync_status_unref);
  g_mutex_clear (&worker->mutex);
  close (worker->wake_fd);

  G_OBJECT_CLASS (conc_sync_worker_parent_class)->finalize (object);
}

static void
conc_sync_worker_class_init (ConcSyncWorkerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = conc_sync_worker_finalize;
  signals[SIGNAL_STATUS] = g_signal_new ("status", CONC_TYPE_SYNC_WORKER, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
conc_sync_worker_init (ConcSyncWorker *worker)
{
  g_mutex_init (&worker->mutex);
  worker->wake_fd = eventfd (0, EFD_NONBLOCK | EFD_CLOEXEC);
  worker->cancellable = g_cancellable_new ();
  worker->status = conc_sync_status_new ();
  worker->context = g_main_context_ref_thread_default ();
}

/**
 * conc_sync_worker_new:
 * @file: open for writing; the worker must be stopped before it is closed
 *
 * Starts the thread. It waits for a hub when the race has none, and finds it when one is set.
 *
 * Returns: (transfer full): the worker.
 */
ConcSyncWorker *
conc_sync_worker_new (ConcRaceFile *file)
{
  ConcSyncWorker *worker = g_object_new (CONC_TYPE_SYNC_WORKER, NULL);

  worker->file = g_object_ref (file);
  worker->changed_id =
      g_signal_connect_swapped (file, "changed", G_CALLBACK (conc_sync_worker_wake), worker);
  worker->thread = g_thread_new ("sync", worker_main, worker);
  return worker;
}

/** conc_sync_worker_get_status: Returns: (transfer full): how it goes. Any thread. */
ConcSyncStatus *
conc_sync_worker_get_status (ConcSyncWorker *worker)
{
  ConcSyncStatus *status;

  g_mutex_lock (&worker->mutex);
  status = conc_sync_status_ref (worker->status);
  g_mutex_unlock (&worker->mutex);
  return status;
}

/** conc_sync_worker_wake: there may be something to send, or a hub to find. Any thread. */
void
conc_sync_worker_wake (ConcSyncWorker *worker)
{
  const guint64 one = 1;

  while (write (worker->wake_fd, &one, sizeof one) < 0 && errno == EINTR)
    ;
}

/** conc_sync_worker_stop: ends the thread, at once; what was not sent is sent next time. On the
 * thread that made the worker. */
void
conc_sync_worker_stop (ConcSyncWorker *worker)
{
  if (worker->thread == NULL)
    return;
  g_clear_signal_handler (&worker->changed_id, worker->file);
  g_atomic_int_set (&worker->stopping, 1);
  g_cancellable_cancel (worker->cancellable);
  conc_sync_worker_wake (worker);
  g_thread_join (g_steal_pointer (&worker->thread));
  if (worker->announcing != NULL)
    g_source_destroy (worker->announcing);
  g_clear_pointer (&worker->announcing, g_source_unref);
}

/**
 * conc_sync_once:
 * @ret_exchanged: (out): how many entries went and came
 *
 * One exchange: sends all, takes all. For scripts; waits for the network.
 */
gboolean
conc_sync_once (ConcRaceFile  *file,
                GCancellable  *cancellable,
                ConcExchanged *ret_exchanged,
                GError       **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (ConcExchange) exchange = conc_exchange_open (file, NULL, cancellable, &local_error);
  gint64 n_refilled = 0, n_again = 0;

  if (g_error_matches (local_error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_RENAMED))
    exchange = conc_exchange_open (file, NULL, cancellable, error);
  else if (exchange == NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  if (exchange == NULL || !conc_exchange_introduce (exchange, error) ||
      !conc_exchange_push (exchange, &ret_exchanged->n_sent, error) ||
      !conc_exchange_pull (exchange, &ret_exchanged->n_received, error) ||
      !conc_exchange_refill (exchange, &n_refilled, error) ||
      !conc_exchange_push (exchange, &n_again, error) ||
      !conc_exchange_keep_logins (exchange, error))
    return FALSE;
  ret_exchanged->n_sent += n_refilled + n_again;
  ret_exchanged->n_newer = conc_exchange_get_n_newer (exchange);
  conc_exchange_keep_place (exchange);
  return TRUE;
}
