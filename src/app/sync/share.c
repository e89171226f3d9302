/* share.c: what an open race shares with other laptops: the exchange, and work on its file. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/sync/share.h"

#include "store/identity.h"

#include <glib/gi18n.h>

struct _ConcShare
{
  GObject parent_instance;

  /* owned */
  ConcRaceFile   *file;
  ConcSyncWorker *worker;
  ConcSyncStatus *status;
  char           *text;
  char           *short_text;

  /* state */
  ConcRole role;
  guint    n_jobs;
  gboolean is_closing;
  gboolean is_stopped;
};

enum
{
  PROP_TEXT = 1,
  PROP_SHORT_TEXT,
  PROP_ICON_NAME,
  PROP_STATE,
  N_PROPS
};

static GParamSpec *props[N_PROPS];
static guint       status_signal;

G_DEFINE_FINAL_TYPE (ConcShare, conc_share, G_TYPE_OBJECT)

/* ------------------------------------------------------------------- closing */

static GMutex closing_mutex;
static GCond  closing_cond;
static GList *closing; /* paths; guarded by the mutex */

static void
closing_add (const char *path)
{
  g_mutex_lock (&closing_mutex);
  closing = g_list_prepend (closing, g_strdup (path));
  g_mutex_unlock (&closing_mutex);
}

static GList *
find_closing (const char *path)
{
  return g_list_find_custom (closing, path, (GCompareFunc) g_strcmp0);
}

static void
closing_remove (const char *path)
{
  GList *l;

  g_mutex_lock (&closing_mutex);
  l = find_closing (path);
  g_free (l->data);
  closing = g_list_delete_link (closing, l);
  g_cond_broadcast (&closing_cond);
  g_mutex_unlock (&closing_mutex);
}

/* A race that is opened again at once must not find its own lock. */
void
conc_share_wait_closed (const char *path)
{
  g_mutex_lock (&closing_mutex);
  while (find_closing (path) != NULL)
    g_cond_wait (&closing_cond, &closing_mutex);
  g_mutex_unlock (&closing_mutex);
}

static void
close_when_idle (ConcShare *self)
{
  if (!self->is_stopped || self->n_jobs > 0)
    return;
  conc_race_file_close (self->file);
  closing_remove (conc_race_file_get_path (self->file));
  if (g_application_get_default () != NULL)
    g_application_release (g_application_get_default ());
  g_object_unref (self);
}

static char *
stop (gpointer worker, GError **error)
{
  conc_sync_worker_stop (worker);
  return g_strdup ("");
}

static void
stopped (GObject *owner, const char *sentence, const GError *error)
{
  CONC_SHARE (owner)->is_stopped = TRUE;
  close_when_idle (CONC_SHARE (owner));
}

/* The program lives until it is done, also without a window. */
void
conc_share_close (ConcShare *self)
{
  if (self->is_closing)
    return;
  self->is_closing = TRUE;
  g_object_ref (self);
  closing_add (conc_race_file_get_path (self->file));
  if (g_application_get_default () != NULL)
    g_application_hold (g_application_get_default ());
  g_signal_handlers_disconnect_by_data (self->worker, self);
  conc_background_run (G_OBJECT (self), stop, g_object_ref (self->worker), g_object_unref, stopped);
}

/* ------------------------------------------------------------------------ work */

typedef struct
{
  ConcShare     *share;
  GObject       *owner;
  ConcWork       work;
  gpointer       data;
  GDestroyNotify free_data;
  ConcWorkDone   done;
} Job;

static void
job_free (gpointer pointer)
{
  Job *job = pointer;

  if (job->free_data != NULL)
    job->free_data (job->data);
  g_object_unref (job->owner);
  g_object_unref (job->share);
  g_free (job);
}

static void
run_cb (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job    *job = task_data;
  GError *error = NULL;
  char   *sentence = job->work (job->data, &error);

  if (sentence == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, sentence, g_free);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Job *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = g_task_propagate_pointer (G_TASK (result), &error);

  job->share->n_jobs--;
  if (job->share->is_closing)
    close_when_idle (job->share);
  else
    conc_sync_worker_wake (job->share->worker);
  job->done (job->owner, sentence, error);
}

void
conc_share_run (ConcShare     *self,
                GObject       *owner,
                ConcWork       work,
                gpointer       data,
                GDestroyNotify free_data,
                ConcWorkDone   done)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, done_cb, NULL);
  Job *job = g_new0 (Job, 1);

  job->share = g_object_ref (self);
  job->owner = g_object_ref (owner);
  job->work = work;
  job->data = data;
  job->free_data = free_data;
  job->done = done;
  self->n_jobs++;
  g_task_set_source_tag (task, conc_share_run);
  g_task_set_task_data (task, job, job_free);
  if (self->is_closing)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CLOSED, "%s",
                             _ ("The race is being closed."));
  else
    g_task_run_in_thread (task, run_cb);
}

/* ---------------------------------------------------------------------- status */

static const char *
get_icon_name (ConcShare *self)
{
  const ConcSyncStatus *status = self->status;

  switch (status->state)
    {
    case CONC_SYNC_ALONE:
      return "computer-symbolic";
    case CONC_SYNC_CONNECTING:
      return "network-offline-symbolic";
    case CONC_SYNC_REFUSED:
      return "dialog-error-symbolic";
    default:
      if (conc_sync_status_has_silent (status, conc_race_file_get_station (self->file)))
        return "dialog-warning-symbolic";
      return status->n_waiting > 0 ? "content-loading-symbolic" : "emblem-ok-symbolic";
    }
}

static void
take_text (ConcShare *self, char **place, char *text, guint prop)
{
  g_autofree char *old = *place;

  *place = text;
  if (g_strcmp0 (old, text) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

static void
update_texts (ConcShare *self)
{
  g_autoptr (GTimeZone) zone = conc_settings_dup_zone (conc_race_file_get_settings (self->file));
  const char *station = conc_race_file_get_station (self->file);

  take_text (self, &self->text, conc_sync_status_to_text (self->status, station, zone), PROP_TEXT);
  take_text (self, &self->short_text, conc_sync_status_to_short_text (self->status, station, zone),
             PROP_SHORT_TEXT);
}

static void
status_cb (ConcShare *self)
{
  g_autofree char *icon = g_strdup (get_icon_name (self));
  ConcSyncState    state = self->status->state;

  conc_sync_status_unref (self->status);
  self->status = conc_sync_worker_get_status (self->worker);
  update_texts (self);
  if (self->status->state != state)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
  if (g_strcmp0 (get_icon_name (self), icon) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ICON_NAME]);
  g_signal_emit (self, status_signal, 0);
}

/* ---------------------------------------------------------------------- object */

static void
conc_share_finalize (GObject *object)
{
  ConcShare *self = CONC_SHARE (object);

  /* Only what was never closed still waits here. */
  conc_sync_worker_stop (self->worker);
  g_object_unref (self->worker);
  g_object_unref (self->file);
  conc_sync_status_unref (self->status);
  g_free (self->text);
  g_free (self->short_text);
  G_OBJECT_CLASS (conc_share_parent_class)->finalize (object);
}

static void
conc_share_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ConcShare *self = CONC_SHARE (object);

  if (id == PROP_TEXT)
    g_value_set_string (value, self->text);
  else if (id == PROP_SHORT_TEXT)
    g_value_set_string (value, self->short_text);
  else if (id == PROP_ICON_NAME)
    g_value_set_string (value, get_icon_name (self));
  else if (id == PROP_STATE)
    g_value_set_uint (value, self->status->state);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
conc_share_class_init (ConcShareClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = conc_share_finalize;
  object_class->get_property = conc_share_get_property;
  props[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);
  props[PROP_SHORT_TEXT] = g_param_spec_string ("short-text", NULL, NULL, NULL, flags);
  props[PROP_ICON_NAME] = g_param_spec_string ("icon-name", NULL, NULL, NULL, flags);
  props[PROP_STATE] = g_param_spec_uint ("state", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  status_signal = g_signal_new ("status", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 0);
}

static void
conc_share_init (ConcShare *self)
{
}

/* @file is open for writing, and this closes it. */
ConcShare *
conc_share_new (ConcRaceFile *file)
{
  ConcShare *self = g_object_new (CONC_TYPE_SHARE, NULL);

  self->file = g_object_ref (file);
  self->role = conc_race_file_get_role (file);
  self->worker = conc_sync_worker_new (file);
  self->status = conc_sync_worker_get_status (self->worker);
  update_texts (self);
  g_signal_connect_object (self->worker, "status", G_CALLBACK (status_cb), self, G_CONNECT_SWAPPED);
  return self;
}

ConcRaceFile *
conc_share_get_file (ConcShare *self)
{
  return self->file;
}

/* Returns: (transfer none): how the exchange goes; good until the next turn of the main loop. */
ConcSyncStatus *
conc_share_get_status (ConcShare *self)
{
  return self->status;
}

/* What this laptop is for. */
ConcRole
conc_share_get_role (ConcShare *self)
{
  return self->role;
}

/* There may be a hub now, or another one. */
void
conc_share_wake (ConcShare *self)
{
  conc_sync_worker_wake (self->worker);
}
