/* camera-mailbox.c: one slot for each kind of news, so that a busy main loop is never behind. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/camera/camera-mailbox.h"

struct _ConcCameraMailbox
{
  gatomicrefcount references;

  /* main thread */
  ConcCameraMailFunc func;
  gpointer           user_data;

  /* under the lock */
  GMutex         lock;
  ConcCameraMail mail;
  gboolean       is_due;
  gboolean       is_closed;
};

static void
clear_mail (ConcCameraMail *mail)
{
  g_clear_pointer (&mail->names, g_strfreev);
  g_clear_pointer (&mail->view, g_bytes_unref);
  g_clear_pointer (&mail->text, g_free);
  g_clear_pointer (&mail->sentence, g_free);
}

static gboolean
deliver_cb (gpointer user_data)
{
  ConcCameraMailbox *self = user_data;
  ConcCameraMail     mail;

  g_mutex_lock (&self->lock);
  mail = self->mail;
  self->mail = (ConcCameraMail){ 0 };
  self->is_due = FALSE;
  g_mutex_unlock (&self->lock);
  /* Closed on this very thread, so that it stays open while it delivers. */
  if (self->func != NULL)
    self->func (&mail, self->user_data);
  clear_mail (&mail);
  return G_SOURCE_REMOVE;
}

/* Under the lock. */
static void
make_due (ConcCameraMailbox *self)
{
  if (self->is_due)
    return;
  self->is_due = TRUE;
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, deliver_cb, conc_camera_mailbox_ref (self),
                   (GDestroyNotify) conc_camera_mailbox_unref);
}

/* @func is called on the main loop until it is closed. */
ConcCameraMailbox *
conc_camera_mailbox_new (ConcCameraMailFunc func, gpointer user_data)
{
  ConcCameraMailbox *self = g_new0 (ConcCameraMailbox, 1);

  g_atomic_ref_count_init (&self->references);
  g_mutex_init (&self->lock);
  self->func = func;
  self->user_data = user_data;
  return self;
}

ConcCameraMailbox *
conc_camera_mailbox_ref (ConcCameraMailbox *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
conc_camera_mailbox_unref (ConcCameraMailbox *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  clear_mail (&self->mail);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* Main thread: nothing is delivered from now on. */
void
conc_camera_mailbox_close (ConcCameraMailbox *self)
{
  self->func = NULL;
  g_mutex_lock (&self->lock);
  self->is_closed = TRUE;
  g_mutex_unlock (&self->lock);
}

/* Any thread: whether nobody waits for what is put in. */
gboolean
conc_camera_mailbox_is_closed (ConcCameraMailbox *self)
{
  gboolean is_closed;

  g_mutex_lock (&self->lock);
  is_closed = self->is_closed;
  g_mutex_unlock (&self->lock);
  return is_closed;
}

/* Any thread; @names: (transfer full). */
void
conc_camera_mailbox_put_names (ConcCameraMailbox *self, char **names)
{
  g_mutex_lock (&self->lock);
  g_strfreev (self->mail.names);
  self->mail.names = names;
  make_due (self);
  g_mutex_unlock (&self->lock);
}

/* Any thread; takes both. Of pictures the newest counts; a text waits until it is delivered, and
 * the same code is in the next picture anyway. */
void
conc_camera_mailbox_put_frame (ConcCameraMailbox *self, GBytes *view, char *text)
{
  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->mail.view, g_bytes_unref);
  self->mail.view = view;
  if (self->mail.text == NULL)
    self->mail.text = g_steal_pointer (&text);
  make_due (self);
  g_mutex_unlock (&self->lock);
  g_free (text);
}

/* Any thread; takes it. The first reason counts: others follow from it. */
void
conc_camera_mailbox_put_sentence (ConcCameraMailbox *self, char *sentence)
{
  g_mutex_lock (&self->lock);
  if (self->mail.sentence == NULL)
    self->mail.sentence = g_steal_pointer (&sentence);
  make_due (self);
  g_mutex_unlock (&self->lock);
  g_free (sentence);
}
