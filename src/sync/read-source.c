/* read-source.c: a reader on the network, or a file that grows, whose lines are recorded. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/read-source.h"

#include "sync/back-off.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DEFAULT_PORT 10000 /* of IPICO's readers */
#define CONNECT_TIMEOUT_SECONDS 10
#define BUFFER_BYTES 8192

/* What came waits so long for more before it is written: one commit holds many lines. */
#define FLUSH_MSEC 250

struct _ConcReadSource
{
  GObject parent_instance;

  /* owned */
  ConcRaceFile   *file;
  char           *stream;
  char           *from;
  ConcReadIntake *intake;
  GCancellable   *cancellable;
  GIOStream      *connection; /* NULL: of a file */
  GInputStream   *input;
  GFileMonitor   *monitor;
  GRand          *random;
  char           *sentence;
  char            buffer[BUFFER_BYTES];

  /* state */
  ConcReadSourceState state;
  gboolean            has_format;
  ConcReadFormat      format;
  gboolean            is_stopping;
  gboolean            is_reading;
  guint               flush_id;
  guint               retry_id;
  guint               step_msec;
  guint               n_pending;
  guint               n_new;
  guint               n_known;
};

G_DEFINE_FINAL_TYPE (ConcReadSource, conc_read_source, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_RECORDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void open_source (ConcReadSource *self);
static void read_on (ConcReadSource *self);

static gboolean
is_tcp (ConcReadSource *self)
{
  return g_str_has_prefix (self->from, CONC_READ_SOURCE_TCP);
}

static void
set_state (ConcReadSource *self, ConcReadSourceState state, char *take_sentence)
{
  g_free (self->sentence);
  self->sentence = take_sentence;
  self->state = state;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
end_when_done (ConcReadSource *self)
{
  if (self->is_stopping && self->n_pending == 0 && self->state != CONC_READ_SOURCE_ENDED)
    set_state (self, CONC_READ_SOURCE_ENDED, NULL);
}

static void
submitted_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConcReadSource) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcReceipt) receipt =
      conc_race_file_submit_finish (CONC_RACE_FILE (object), result, &error);

  self->n_pending--;
  if (receipt != NULL)
    {
      self->n_new += receipt->n_new;
      self->n_known += receipt->n_known;
      g_signal_emit (self, signals[SIGNAL_RECORDED], 0, receipt);
      g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
    }
  else
    set_state (self, self->state, g_strdup (error->message));
  end_when_done (self);
}

static void
flush (ConcReadSource *self)
{
  ConcReadBatch *batch;

  g_clear_handle_id (&self->flush_id, g_source_remove);
  while (self->intake != NULL && (batch = conc_read_intake_take (self->intake)) != NULL)
    {
      ConcCommand *command = conc_command_new_reads (conc_race_file_get_clock (self->file), batch);

      self->n_pending++;
      conc_race_file_submit_async (self->file, command, submitted_cb, g_object_ref (self));
    }
}

static gboolean
flush_cb (gpointer user_data)
{
  ConcReadSource *self = user_data;

  self->flush_id = 0;
  flush (self);
  return G_SOURCE_REMOVE;
}

/* A line that is sent again after a new connection is known by its count, so that begins anew. */
static void
renew_intake (ConcReadSource *self)
{
  if (self->intake != NULL && !self->has_format)
    self->has_format = conc_read_intake_get_format (self->intake, &self->format);
  g_clear_pointer (&self->intake, conc_read_intake_free);
  self->intake = conc_read_intake_new (self->stream, self->from);
  if (self->has_format)
    conc_read_intake_set_format (self->intake, self->format);
}

static gboolean
retry_cb (gpointer user_data)
{
  ConcReadSource *self = user_data;

  self->retry_id = 0;
  open_source (self);
  return G_SOURCE_REMOVE;
}

/* Writes down what came, and tries again after a while that grows. */
static void
lose (ConcReadSource *self, const char *why)
{
  guint wait_msec;

  if (self->intake != NULL)
    conc_read_intake_end (self->intake);
  flush (self);
  g_clear_object (&self->input);
  g_clear_object (&self->connection);
  if (self->is_stopping)
    return;
  wait_msec = conc_back_off_next (&self->step_msec, self->random);
  self->retry_id = g_timeout_add (wait_msec, retry_cb, self);
  /* Translators: the first %s is where times come from, the second what went wrong. */
  set_state (self, CONC_READ_SOURCE_WAITING,
             g_strdup_printf (_ ("%s: %s Trying again."), self->from, why));
}

static void
schedule_flush (ConcReadSource *self)
{
  if (self->flush_id == 0)
    self->flush_id = g_timeout_add (FLUSH_MSEC, flush_cb, self);
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConcReadSource) self = user_data;
  g_autoptr (GError) error = NULL;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (object), result, &error);

  self->is_reading = FALSE;
  if (n > 0)
    {
      self->step_msec = CONC_BACK_OFF_FIRST_MSEC;
      conc_read_intake_feed (self->intake, self->buffer, (gsize) n);
      schedule_flush (self);
      read_on (self);
    }
  else if (self->is_stopping)
    return;
  else if (n < 0)
    {
      g_autofree char *why = g_strdup_printf ("%s.", error->message);

      lose (self, why);
    }
  else if (is_tcp (self))
    lose (self, _ ("The connection was closed."));
}

/* At the end of a file nothing more is read until the file changes. */
static void
read_on (ConcReadSource *self)
{
  if (self->is_reading || self->input == NULL || self->is_stopping)
    return;
  self->is_reading = TRUE;
  g_input_stream_read_async (self->input, self->buffer, sizeof self->buffer, G_PRIORITY_DEFAULT,
                             self->cancellable, read_cb, g_object_ref (self));
}

static void
greet (ConcReadSource *self)
{
  const char *greeting = self->has_format ? conc_read_format_get_greeting (self->format) : NULL;

  /* A few bytes into an empty buffer of a new connection do not block. */
  if (greeting != NULL)
    g_output_stream_write_all (g_io_stream_get_output_stream (self->connection), greeting,
                               strlen (greeting), NULL, self->cancellable, NULL);
}

static void
connected_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConcReadSource) self = user_data;
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection =
      g_socket_client_connect_to_host_finish (G_SOCKET_CLIENT (object), result, &error);

  if (self->is_stopping)
    {
      g_clear_object (&connection);
      return;
    }
  if (connection == NULL)
    {
      g_autofree char *why = g_strdup_printf ("%s.", error->message);

      lose (self, why);
      return;
    }
  g_socket_set_timeout (g_socket_connection_get_socket (connection), 0);
  g_socket_set_keepalive (g_socket_connection_get_socket (connection), TRUE);
  self->connection = G_IO_STREAM (connection);
  self->input = g_object_ref (g_io_stream_get_input_stream (self->connection));
  greet (self);
  set_state (self, CONC_READ_SOURCE_CONNECTED, NULL);
  read_on (self);
}

static void
open_tcp (ConcReadSource *self)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();

  g_socket_client_set_timeout (client, CONNECT_TIMEOUT_SECONDS);
  g_socket_client_connect_to_host_async (client, self->from + strlen (CONC_READ_SOURCE_TCP),
                                         DEFAULT_PORT, self->cancellable, connected_cb,
                                         g_object_ref (self));
}

static void
file_changed_cb (GFileMonitor     *monitor,
                 GFile            *file,
                 GFile            *other,
                 GFileMonitorEvent event,
                 ConcReadSource   *self)
{
  read_on (self);
}

static void
opened_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConcReadSource) self = user_data;
  g_autoptr (GError) error = NULL;
  GFileInputStream *input = g_file_read_finish (G_FILE (object), result, &error);

  if (input == NULL || self->is_stopping)
    {
      g_autofree char *why = error != NULL ? g_strdup_printf ("%s.", error->message) : NULL;

      g_clear_object (&input);
      if (!self->is_stopping)
        lose (self, why);
      return;
    }
  self->input = G_INPUT_STREAM (input);
  set_state (self, CONC_READ_SOURCE_CONNECTED, NULL);
  read_on (self);
}

static void
open_file (ConcReadSource *self)
{
  g_autoptr (GFile) path = g_file_new_for_path (self->from);

  if (self->monitor == NULL)
    {
      self->monitor = g_file_monitor_file (path, G_FILE_MONITOR_NONE, NULL, NULL);
      if (self->monitor != NULL)
        {
          g_file_monitor_set_rate_limit (self->monitor, FLUSH_MSEC);
          g_signal_connect (self->monitor, "changed", G_CALLBACK (file_changed_cb), self);
        }
    }
  g_file_read_async (path, G_PRIORITY_DEFAULT, self->cancellable, opened_cb, g_object_ref (self));
}

static void
open_source (ConcReadSource *self)
{
  renew_intake (self);
  set_state (self, CONC_READ_SOURCE_CONNECTING, NULL);
  if (is_tcp (self))
    open_tcp (self);
  else
    open_file (self);
}

static void
conc_read_source_dispose (GObject *object)
{
  ConcReadSource *self = CONC_READ_SOURCE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->flush_id, g_source_remove);
  g_clear_handle_id (&self->retry_id, g_source_remove);
  if (self->monitor != NULL)
    g_signal_handlers_disconnect_by_data (self->monitor, self);
  g_clear_object (&self->monitor);
  g_clear_object (&self->input);
  g_clear_object (&self->connection);
  g_clear_object (&self->file);
  G_OBJECT_CLASS (conc_read_source_parent_class)->dispose (object);
}

static void
conc_read_source_finalize (GObject *object)
{
  ConcReadSource *self = CONC_READ_SOURCE (object);

  g_clear_pointer (&self->intake, conc_read_intake_free);
  g_clear_object (&self->cancellable);
  g_rand_free (self->random);
  g_free (self->stream);
  g_free (self->from);
  g_free (self->sentence);
  G_OBJECT_CLASS (conc_read_source_parent_class)->finalize (object);
}

static void
conc_read_source_class_init (ConcReadSourceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = conc_read_source_dispose;
  object_class->finalize = conc_read_source_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", CONC_TYPE_READ_SOURCE, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_RECORDED] = g_signal_new ("recorded", CONC_TYPE_READ_SOURCE, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
conc_read_source_init (ConcReadSource *self)
{
  self->cancellable = g_cancellable_new ();
  self->random = g_rand_new ();
  self->step_msec = CONC_BACK_OFF_FIRST_MSEC;
}

/**
 * conc_read_source_new:
 * @file: a race that is open for writing; kept
 * @stream: a stream that is set up
 * @from: "tcp:HOST:PORT", or the path of a file that grows
 *
 * Returns: (transfer full): a source that does nothing yet. On the thread that opened @file, whose
 *   main loop it never blocks.
 */
ConcReadSource *
conc_read_source_new (ConcRaceFile *file, const char *stream, const char *from)
{
  ConcReadSource *self = g_object_new (CONC_TYPE_READ_SOURCE, NULL);

  self->file = g_object_ref (file);
  self->stream = g_strdup (stream);
  self->from = g_strdup (from);
  return self;
}

/** conc_read_source_set_format: decides the format; else the lines tell it. Before the start. */
void
conc_read_source_set_format (ConcReadSource *self, ConcReadFormat format)
{
  self->has_format = TRUE;
  self->format = format;
}

/** conc_read_source_start: connects, and again whenever the source goes away. What comes is durable
 * at most half a second later. */
void
conc_read_source_start (ConcReadSource *self)
{
  g_return_if_fail (self->state == CONC_READ_SOURCE_IDLE);

  open_source (self);
}

/** conc_read_source_stop: writes down what came; the state is %CONC_READ_SOURCE_ENDED when that is
 * durable. */
void
conc_read_source_stop (ConcReadSource *self)
{
  if (self->is_stopping)
    return;
  self->is_stopping = TRUE;
  g_clear_handle_id (&self->retry_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  if (self->intake != NULL)
    conc_read_intake_end (self->intake);
  flush (self);
  end_when_done (self);
}

/** conc_read_source_get_state: Returns: what the source is doing. */
ConcReadSourceState
conc_read_source_get_state (ConcReadSource *self)
{
  return self->state;
}

/** conc_read_source_get_sentence: Returns: (nullable): what is wrong, for people. */
const char *
conc_read_source_get_sentence (ConcReadSource *self)
{
  return self->sentence;
}

/** conc_read_source_get_n_new: Returns: lines recorded since the start. */
guint
conc_read_source_get_n_new (ConcReadSource *self)
{
  return self->n_new;
}

/** conc_read_source_get_n_known: Returns: lines that had been recorded before. */
guint
conc_read_source_get_n_known (ConcReadSource *self)
{
  return self->n_known;
}
