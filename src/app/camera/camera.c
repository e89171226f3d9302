/* camera.c: the laptop's camera as a scanner: its states, and what is told of what it sees. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/camera/camera.h"

#include "app/camera/camera-beep.h"
#include "app/camera/camera-mailbox.h"
#include "app/camera/camera-memory.h"
#include "app/camera/camera-pipeline.h"

#include <glib/gi18n.h>

/* PNG files that stand for cameras where there are none, as in tests. */
#define PICTURES_VARIABLE "CONC_CAMERA"

/* What its own thread works with: nobody else touches it. */
typedef struct
{
  ConcCameraPipeline *pipeline;
  ConcCameraBeep     *beep;
} Works;

typedef enum
{
  ORDER_START,
  ORDER_STOP,
  ORDER_BEEP,
  ORDER_END,
} OrderKind;

typedef struct
{
  OrderKind          kind;
  ConcCameraMailbox *mailbox; /* of a start */
  char              *pictures;
  char              *name;
} Order;

struct _ConcCamera
{
  GObject parent_instance;

  /* owned */
  GThreadPool       *thread; /* one, which takes orders in turn: devices take their time */
  ConcCameraMailbox *mailbox;
  ConcCameraMemory   memory;
  GdkTexture        *texture;
  char              *sentence;
  char             **names;
  guint              patience_id;

  /* state */
  ConcCameraState state;
  guint           patience_ms;
  gboolean        has_sound;
};

enum
{
  SIGNAL_SCANNED,
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConcCamera, conc_camera, G_TYPE_OBJECT)

/* ------------------------------------------------------------------ its thread */

static void
frame_cb (GBytes *view, char *text, gpointer user_data)
{
  conc_camera_mailbox_put_frame (user_data, view, text);
}

static void
failed_cb (char *sentence, gpointer user_data)
{
  conc_camera_mailbox_put_sentence (user_data, sentence);
}

static void
start_works (Works *works, const Order *order)
{
  g_autoptr (GError) error = NULL;
  char **names;

  g_clear_pointer (&works->pipeline, conc_camera_pipeline_free);
  if (conc_camera_mailbox_is_closed (order->mailbox))
    return;
  names = conc_camera_list (order->pictures, &error);
  if (names != NULL)
    {
      conc_camera_mailbox_put_names (order->mailbox, names);
      works->pipeline =
          conc_camera_pipeline_new (order->pictures, order->name, frame_cb, failed_cb,
                                    conc_camera_mailbox_ref (order->mailbox),
                                    (GDestroyNotify) conc_camera_mailbox_unref, &error);
    }
  if (error != NULL)
    conc_camera_mailbox_put_sentence (order->mailbox, g_strdup (error->message));
}

static void
end_works (Works *works)
{
  g_clear_pointer (&works->pipeline, conc_camera_pipeline_free);
  g_clear_pointer (&works->beep, conc_camera_beep_free);
}

static void
order_cb (gpointer data, gpointer user_data)
{
  Order *order = data;
  Works *works = user_data;

  switch (order->kind)
    {
    case ORDER_START:
      start_works (works, order);
      break;
    case ORDER_STOP:
      g_clear_pointer (&works->pipeline, conc_camera_pipeline_free);
      break;
    case ORDER_BEEP:
      if (works->beep == NULL)
        works->beep = conc_camera_beep_new (NULL);
      conc_camera_beep_play (works->beep);
      break;
    case ORDER_END:
      end_works (works);
      g_free (works);
      break;
    }
  g_clear_pointer (&order->mailbox, conc_camera_mailbox_unref);
  g_free (order->pictures);
  g_free (order->name);
  g_free (order);
}

static void
give_order (ConcCamera *self, OrderKind kind, ConcCameraMailbox *mailbox, const char *name)
{
  Order *order = g_new0 (Order, 1);

  order->kind = kind;
  order->mailbox = mailbox != NULL ? conc_camera_mailbox_ref (mailbox) : NULL;
  order->name = g_strdup (name);
  /* On this thread: the environment is not to be read while somebody changes it. */
  order->pictures = g_strdup (g_getenv (PICTURES_VARIABLE));
  g_thread_pool_push (self->thread, order, NULL);
}

/* -------------------------------------------------------------------- main loop */

static void
set_state (ConcCamera *self, ConcCameraState state, const char *sentence)
{
  self->state = state;
  g_free (self->sentence);
  self->sentence = g_strdup (sentence);
  if (state != CONC_CAMERA_STARTING)
    g_clear_handle_id (&self->patience_id, g_source_remove);
}

/* The device is let go, so that another program or another try can have it. */
static void
close_mailbox (ConcCamera *self)
{
  if (self->mailbox == NULL)
    return;
  conc_camera_mailbox_close (self->mailbox);
  g_clear_pointer (&self->mailbox, conc_camera_mailbox_unref);
  give_order (self, ORDER_STOP, NULL, NULL);
}

static void
fail (ConcCamera *self, const char *sentence)
{
  close_mailbox (self);
  g_clear_object (&self->texture);
  set_state (self, CONC_CAMERA_FAILED, sentence);
}

static void
show_view (ConcCamera *self, GBytes *view)
{
  g_clear_object (&self->texture);
  self->texture = gdk_memory_texture_new (CONC_CAMERA_VIEW_WIDTH, CONC_CAMERA_VIEW_HEIGHT,
                                          GDK_MEMORY_R8G8B8, view, 3 * CONC_CAMERA_VIEW_WIDTH);
  if (self->state == CONC_CAMERA_STARTING)
    set_state (self, CONC_CAMERA_ON, NULL);
}

static void
mail_cb (const ConcCameraMail *mail, gpointer user_data)
{
  g_autoptr (ConcCamera) self = g_object_ref (user_data);

  if (mail->names != NULL)
    {
      g_strfreev (self->names);
      self->names = g_strdupv (mail->names);
    }
  if (mail->view != NULL)
    show_view (self, mail->view);
  if (mail->sentence != NULL)
    fail (self, mail->sentence);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  if (mail->text != NULL && self->state == CONC_CAMERA_ON &&
      conc_camera_memory_take (&self->memory, mail->text, g_get_monotonic_time ()))
    {
      if (self->has_sound)
        give_order (self, ORDER_BEEP, NULL, NULL);
      g_signal_emit (self, signals[SIGNAL_SCANNED], 0, mail->text);
    }
}

static gboolean
patience_cb (gpointer user_data)
{
  ConcCamera *self = user_data;

  self->patience_id = 0;
  fail (self, _ ("The camera sends no picture. Unplug it, plug it in and try again."));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return G_SOURCE_REMOVE;
}

/* ----------------------------------------------------------------------- object */

static void
conc_camera_dispose (GObject *object)
{
  ConcCamera *self = CONC_CAMERA (object);

  conc_camera_stop (self);
  if (self->thread != NULL)
    {
      give_order (self, ORDER_END, NULL, NULL);
      /* What was ordered is still done, and nobody waits for it. */
      g_thread_pool_free (g_steal_pointer (&self->thread), FALSE, FALSE);
    }
  G_OBJECT_CLASS (conc_camera_parent_class)->dispose (object);
}

static void
conc_camera_finalize (GObject *object)
{
  ConcCamera *self = CONC_CAMERA (object);

  conc_camera_memory_clear (&self->memory);
  g_strfreev (self->names);
  g_free (self->sentence);
  G_OBJECT_CLASS (conc_camera_parent_class)->finalize (object);
}

static void
conc_camera_class_init (ConcCameraClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = conc_camera_dispose;
  object_class->finalize = conc_camera_finalize;
  signals[SIGNAL_SCANNED] = g_signal_new ("scanned", CONC_TYPE_CAMERA, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", CONC_TYPE_CAMERA, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
}

static void
conc_camera_init (ConcCamera *self)
{
  self->thread = g_thread_pool_new (order_cb, g_new0 (Works, 1), 1, FALSE, NULL);
  self->names = g_new0 (char *, 1);
  self->patience_ms = CONC_CAMERA_PATIENCE_MS;
  self->has_sound = TRUE;
}

/* ------------------------------------------------------------------- public API */

ConcCamera *
conc_camera_new (void)
{
  return g_object_new (CONC_TYPE_CAMERA, NULL);
}

/* Opens the camera @name, one of conc_camera_get_names(); the first one when it is NULL or gone.
 * One that is open is closed before. Returns at once. */
void
conc_camera_start (ConcCamera *self, const char *name)
{
  conc_camera_stop (self);
  self->mailbox = conc_camera_mailbox_new (mail_cb, self);
  set_state (self, CONC_CAMERA_STARTING, _ ("Starting the camera…"));
  self->patience_id = g_timeout_add (self->patience_ms, patience_cb, self);
  give_order (self, ORDER_START, self->mailbox, name);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Nothing is told from now on; the device is closed as soon as it lets itself be. */
void
conc_camera_stop (ConcCamera *self)
{
  if (self->state == CONC_CAMERA_OFF)
    return;
  close_mailbox (self);
  g_clear_object (&self->texture);
  set_state (self, CONC_CAMERA_OFF, NULL);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

ConcCameraState
conc_camera_get_state (ConcCamera *self)
{
  return self->state;
}

/* What is going on or wrong; NULL while there are pictures, and when it is off. */
const char *
conc_camera_get_sentence (ConcCamera *self)
{
  return self->sentence;
}

/* (transfer none) (nullable): the newest picture. */
GdkTexture *
conc_camera_get_texture (ConcCamera *self)
{
  return self->texture;
}

/* The cameras that there were at the last start. */
const char *const *
conc_camera_get_names (ConcCamera *self)
{
  return (const char *const *) self->names;
}

void
conc_camera_set_has_sound (ConcCamera *self, gboolean has_sound)
{
  self->has_sound = has_sound;
}

/* How long a camera may take to its first picture, from the next start on. */
void
conc_camera_set_patience (ConcCamera *self, guint patience_ms)
{
  self->patience_ms = patience_ms;
}
