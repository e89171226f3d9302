/* progress-model.c: how check-in is getting on, kept current for the widgets that show it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/progress/progress-model.h"

/* It reads all runners, so it does that at most so often while they are checked in. */
#define REREAD_MSEC 500
/* What is expected changes with the time alone. */
#define RENEW_SEC 30

struct _ConcProgressModel
{
  GObject parent_instance;

  /* owned */
  ConcSession  *session;
  ConcProgress *progress;

  /* state */
  guint    reread_source;
  guint    renew_source;
  gboolean is_active;
  gboolean is_reading;
  gboolean must_read; /* what is shown may be old */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConcProgressModel, conc_progress_model, G_TYPE_OBJECT)

/* -------------------------------------------------------------------- on the worker */

typedef struct
{
  char  *path;
  gint64 now_usec;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->path);
  g_free (question);
}

static void
read_cb (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Question *question = task_data;
  GError         *error = NULL;
  g_autoptr (ConcReader) reader = conc_reader_open (question->path, &error);
  ConcProgress *progress = NULL;

  if (reader != NULL && conc_reader_begin (reader, &error))
    progress = conc_reader_read_progress (reader, question->now_usec, &error);
  if (progress != NULL)
    g_task_return_pointer (task, progress, (GDestroyNotify) conc_progress_free);
  else
    g_task_return_error (task, error);
}

/* ----------------------------------------------------------------- on the main loop */

static void schedule (ConcProgressModel *self);

static void
progress_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ConcProgressModel *self = CONC_PROGRESS_MODEL (source);
  ConcProgress      *progress = g_task_propagate_pointer (G_TASK (result), NULL);

  self->is_reading = FALSE;
  /* What cannot be read is read again with the next change; the session says what is wrong. */
  if (progress != NULL && self->session == user_data)
    {
      conc_progress_free (self->progress);
      self->progress = progress;
      g_signal_emit (self, signals[CHANGED], 0);
    }
  else
    conc_progress_free (progress);
  if (self->must_read)
    schedule (self);
}

static void
update (ConcProgressModel *self)
{
  g_autoptr (GTask) task = NULL;
  Question *question;

  self->must_read = TRUE;
  if (self->is_reading || self->session == NULL || !self->is_active)
    return;
  self->must_read = FALSE;
  self->is_reading = TRUE;
  question = g_new0 (Question, 1);
  question->path = g_strdup (conc_race_file_get_path (conc_session_get_file (self->session)));
  question->now_usec = conc_clock_get_wall_usec (conc_session_get_clock (self->session));
  task = g_task_new (self, NULL, progress_cb, self->session);
  g_task_set_task_data (task, question, question_free);
  g_task_run_in_thread (task, read_cb);
}

static gboolean
reread_cb (gpointer user_data)
{
  ConcProgressModel *self = user_data;

  self->reread_source = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

static void
schedule (ConcProgressModel *self)
{
  self->must_read = TRUE;
  if (self->is_active && self->reread_source == 0)
    self->reread_source = g_timeout_add (REREAD_MSEC, reread_cb, self);
}

static gboolean
renew_cb (gpointer user_data)
{
  update (user_data);
  return G_SOURCE_CONTINUE;
}

static void
session_changed_cb (ConcSession *session, guint what, char **subjects, ConcProgressModel *self)
{
  if ((what & (CONC_CHANGED_RUNNERS | CONC_CHANGED_SETTINGS | CONC_CHANGED_TIMING)) != 0)
    schedule (self);
}

static void
stop_waiting (ConcProgressModel *self)
{
  g_clear_handle_id (&self->reread_source, g_source_remove);
  g_clear_handle_id (&self->renew_source, g_source_remove);
}

static void
conc_progress_model_dispose (GObject *object)
{
  ConcProgressModel *self = CONC_PROGRESS_MODEL (object);

  stop_waiting (self);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  g_clear_pointer (&self->progress, conc_progress_free);
  G_OBJECT_CLASS (conc_progress_model_parent_class)->dispose (object);
}

static void
conc_progress_model_class_init (ConcProgressModelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = conc_progress_model_dispose;
  signals[CHANGED] = g_signal_new ("changed", CONC_TYPE_PROGRESS_MODEL, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
conc_progress_model_init (ConcProgressModel *self)
{
}

ConcProgressModel *
conc_progress_model_new (void)
{
  return g_object_new (CONC_TYPE_PROGRESS_MODEL, NULL);
}

void
conc_progress_model_set_session (ConcProgressModel *self, ConcSession *session)
{
  if (self->session == session)
    return;
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  g_clear_pointer (&self->progress, conc_progress_free);
  if (session != NULL)
    g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self, 0);
  g_signal_emit (self, signals[CHANGED], 0);
  update (self);
}

ConcSession *
conc_progress_model_get_session (ConcProgressModel *self)
{
  return self->session;
}

/* Nothing is read while nobody looks. */
void
conc_progress_model_set_active (ConcProgressModel *self, gboolean is_active)
{
  if (self->is_active == is_active)
    return;
  self->is_active = is_active;
  stop_waiting (self);
  if (!is_active)
    return;
  self->renew_source = g_timeout_add_seconds (RENEW_SEC, renew_cb, self);
  update (self);
}

const ConcProgress *
conc_progress_model_get_progress (ConcProgressModel *self)
{
  return self->progress;
}
