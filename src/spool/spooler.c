/* spooler.c: The queue of labels of one race, worked on by a thread of its own. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "spool/spooler.h"

#include "spool/sender.h"

#include <glib/gi18n-lib.h>

#define ANNOUNCE_MSEC 100
#define PICTURE_USEC (200 * G_TIME_SPAN_MILLISECOND)

struct _ConcSpooler
{
  GObject parent_instance;

  /* owned */
  ConcRaceFile *file;
  GThread      *thread;
  GMainContext *context;
  GAsyncQueue  *requests;
  GMutex        mutex; /* guards the two that follow */
  ConcQueue    *queue;
  GSource      *announcing;

  /* of the thread alone */
  ConcSender *sender;
  GError     *broken;
  gint64      pictured_usec;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConcSpooler, conc_spooler, G_TYPE_OBJECT)

/* What somebody asks for: @order, or a decision. */
typedef struct
{
  GTask          *task;
  ConcPrintOrder *order;
  ConcDecision    decision;
  char          **ids;
  char           *printer;
  char           *reason;
  char           *operator_name;
} Request;

/* In the queue after everything else, it ends the thread. */
static Request stop_request;

static void
request_free (gpointer data)
{
  Request *request = data;

  if (request == &stop_request)
    return;
  g_clear_object (&request->task);
  conc_print_order_free (request->order);
  g_strfreev (request->ids);
  g_free (request->printer);
  g_free (request->reason);
  g_free (request->operator_name);
  g_free (request);
}

/* ---------------------------------------------------------------- telling */

static gboolean
announce_cb (gpointer user_data)
{
  g_autoptr (ConcSpooler) self = g_weak_ref_get (user_data);

  if (self == NULL)
    return G_SOURCE_REMOVE;
  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->announcing, g_source_unref);
  g_mutex_unlock (&self->mutex);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return G_SOURCE_REMOVE;
}

static void
weak_ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

/* With the mutex locked. */
static void
announce (ConcSpooler *self)
{
  GWeakRef *weak;

  if (self->announcing != NULL)
    return;
  weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, self);
  self->announcing = g_timeout_source_new (ANNOUNCE_MSEC);
  g_source_set_callback (self->announcing, announce_cb, weak, weak_ref_free);
  g_source_attach (self->announcing, self->context);
}

static void
show (ConcSpooler *self, ConcQueue *picture)
{
  g_mutex_lock (&self->mutex);
  conc_queue_unref (self->queue);
  self->queue = picture;
  announce (self);
  g_mutex_unlock (&self->mutex);
}

static void
draw_picture (ConcSpooler *self)
{
  g_autoptr (GError) error = NULL;
  ConcQueue *picture = conc_sender_picture (self->sender, &error);

  if (picture == NULL)
    {
      picture = conc_queue_new ();
      picture->problem = g_strdup (error->message);
    }
  show (self, picture);
  self->pictured_usec = g_get_monotonic_time ();
}

/* ---------------------------------------------------------------- working */

static gboolean
decide (ConcSpooler *self, const Request *request, GError **error)
{
  const char *const *ids = (const char *const *) request->ids;

  conc_sender_set_operator (self->sender, request->operator_name);
  switch (request->decision)
    {
    case CONC_DECISION_SEND:
      return conc_sender_release (self->sender, ids, request->printer, error);
    case CONC_DECISION_REPEAT:
      return conc_sender_repeat (self->sender, ids, request->printer, request->reason, error);
    case CONC_DECISION_PRINTED:
      return conc_sender_mark_printed (self->sender, ids, error);
    case CONC_DECISION_CANCEL:
    default:
      return conc_sender_cancel (self->sender, ids, error);
    }
}

static void
serve (ConcSpooler *self, Request *request)
{
  GError           *error = NULL;
  ConcPrintReceipt *receipt;

  if (self->sender == NULL)
    g_task_return_error (request->task, g_error_copy (self->broken));
  else if (request->order != NULL)
    {
      receipt = conc_sender_order (self->sender, request->order, &error);
      if (receipt != NULL)
        g_task_return_pointer (request->task, receipt, (GDestroyNotify) conc_print_receipt_free);
      else
        g_task_return_error (request->task, error);
    }
  else if (decide (self, request, &error))
    g_task_return_boolean (request->task, TRUE);
  else
    g_task_return_error (request->task, error);
  if (self->sender != NULL)
    draw_picture (self);
}

static Request *
wait_for_request (ConcSpooler *self, int wait_msec)
{
  if (wait_msec == CONC_SENDER_IDLE)
    return g_async_queue_pop (self->requests);
  if (wait_msec == 0)
    return g_async_queue_try_pop (self->requests);
  return g_async_queue_timeout_pop (self->requests, (guint64) wait_msec * 1000);
}

/* Idle is shown at once, so that what is finished does not look as if it went on. */
static int
step (ConcSpooler *self)
{
  int wait_msec = self->sender != NULL ? conc_sender_step (self->sender) : CONC_SENDER_IDLE;

  if (self->sender != NULL && (wait_msec == CONC_SENDER_IDLE ||
                               g_get_monotonic_time () - self->pictured_usec >= PICTURE_USEC))
    draw_picture (self);
  return wait_msec;
}

static void
begin (ConcSpooler *self)
{
  self->sender = conc_sender_new (self->file, &self->broken);
  if (self->sender != NULL && !conc_sender_recover (self->sender, &self->broken))
    g_clear_pointer (&self->sender, conc_sender_free);
  if (self->sender == NULL)
    {
      ConcQueue *picture = conc_queue_new ();

      picture->problem = g_strdup (self->broken->message);
      show (self, picture);
    }
}

static gpointer
work (gpointer data)
{
  ConcSpooler *self = data;
  Request     *request = NULL;

  begin (self);
  while (request != &stop_request)
    {
      request = wait_for_request (self, step (self));
      if (request != NULL && request != &stop_request)
        {
          serve (self, request);
          request_free (request);
        }
    }
  g_clear_pointer (&self->sender, conc_sender_free);
  return NULL;
}

/* ---------------------------------------------------------------- the object */

static void
conc_spooler_dispose (GObject *object)
{
  conc_spooler_stop (CONC_SPOOLER (object));

  G_OBJECT_CLASS (conc_spooler_parent_class)->dispose (object);
}

static void
conc_spooler_finalize (GObject *object)
{
  ConcSpooler *self = CONC_SPOOLER (object);

  if (self->announcing != NULL)
    g_source_destroy (self->announcing);
  g_clear_pointer (&self->announcing, g_source_unref);
  g_clear_pointer (&self->requests, g_async_queue_unref);
  g_clear_pointer (&self->queue, conc_queue_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_error (&self->broken);
  g_clear_object (&self->file);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (conc_spooler_parent_class)->finalize (object);
}

static void
conc_spooler_class_init (ConcSpoolerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = conc_spooler_dispose;
  object_class->finalize = conc_spooler_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", CONC_TYPE_SPOOLER, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
}

static void
conc_spooler_init (ConcSpooler *self)
{
  g_mutex_init (&self->mutex);
  self->requests = g_async_queue_new_full (request_free);
  self->queue = conc_queue_new ();
  self->context = g_main_context_ref_thread_default ();
}

/**
 * conc_spooler_new:
 * @file: the race, open for writing; stop the spooler before closing it
 *
 * Starts the thread, which asks the print service about what it was given before. Nothing is sent
 * until somebody orders or decides. There is one spooler for a race file.
 *
 * Returns: (transfer full): the spooler. Thread: main.
 */
ConcSpooler *
conc_spooler_new (ConcRaceFile *file)
{
  ConcSpooler *self = g_object_new (CONC_TYPE_SPOOLER, NULL);

  self->file = g_object_ref (file);
  self->thread = g_thread_new ("spooler", work, self);
  return self;
}

/**
 * conc_spooler_stop:
 *
 * Does what was asked for, but sends nothing more, and ends the thread. It waits for what the print
 * service is being asked now, which can take some seconds: a window lets another thread do this.
 * What was not sent is in the queue; what was sent is asked about when the race is opened again.
 * Again, it does nothing. Thread: any, one at a time.
 */
void
conc_spooler_stop (ConcSpooler *self)
{
  if (self->thread == NULL)
    return;
  g_async_queue_push (self->requests, &stop_request);
  g_thread_join (g_steal_pointer (&self->thread));
}

/** conc_spooler_dup_queue: Returns: (transfer full): the newest picture. Thread: any. */
ConcQueue *
conc_spooler_dup_queue (ConcSpooler *self)
{
  ConcQueue *queue;

  g_mutex_lock (&self->mutex);
  queue = conc_queue_ref (self->queue);
  g_mutex_unlock (&self->mutex);
  return queue;
}

static void
push (ConcSpooler *self, Request *request)
{
  if (self->thread != NULL)
    {
      g_async_queue_push (self->requests, request);
      return;
    }
  g_task_return_new_error (request->task, G_IO_ERROR, G_IO_ERROR_CLOSED,
                           _ ("The race was closed, so nothing is printed."));
  request_free (request);
}

/**
 * conc_spooler_order_async:
 * @order: (transfer full): what is wanted
 *
 * Puts labels into the queue and sends them as fast as the printer takes them. Never blocks.
 */
void
conc_spooler_order_async (ConcSpooler        *self,
                          ConcPrintOrder     *order,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  Request *request = g_new0 (Request, 1);

  request->task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (request->task, conc_spooler_order_async);
  request->order = order;
  push (self, request);
}

/** conc_spooler_order_finish: Returns: (transfer full): see conc_print_order_queue(). */
ConcPrintReceipt *
conc_spooler_order_finish (ConcSpooler *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * conc_spooler_decide_async:
 * @ids: (nullable): names of prints; %NULL for all that are queued, not for REPEAT and PRINTED
 * @printer: (nullable): for SEND and REPEAT, another printer than before
 * @reason: (nullable): for REPEAT, why
 * @operator_name: (nullable): who decides
 *
 * Never blocks. What is refused is told by the error; see conc_sender_release(),
 * conc_sender_repeat(), conc_sender_mark_printed() and conc_sender_cancel().
 */
void
conc_spooler_decide_async (ConcSpooler        *self,
                           ConcDecision        decision,
                           const char *const  *ids,
                           const char         *printer,
                           const char         *reason,
                           const char         *operator_name,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  Request *request = g_new0 (Request, 1);

  g_return_if_fail (ids != NULL ||
                    (decision != CONC_DECISION_REPEAT && decision != CONC_DECISION_PRINTED));
  g_return_if_fail (reason != NULL || decision != CONC_DECISION_REPEAT);

  request->task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (request->task, conc_spooler_decide_async);
  request->decision = decision;
  request->ids = g_strdupv ((char **) ids);
  request->printer = g_strdup (printer);
  request->reason = g_strdup (reason);
  request->operator_name = g_strdup (operator_name);
  push (self, request);
}

/** conc_spooler_decide_finish: Returns: whether it is durable; see the errors of the sender. */
gboolean
conc_spooler_decide_finish (ConcSpooler *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
