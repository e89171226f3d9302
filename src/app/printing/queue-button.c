/* queue-button.c: tells in words that labels wait for somebody, and leads to them. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/printing/queue-button.h"

#include <glib/gi18n.h>

struct _ConcQueueButton
{
  AdwBin parent_instance;

  /* template */
  GtkWidget *button;
  GtkLabel  *label;

  /* owned */
  ConcSession *session;
};

enum
{
  PROP_SESSION = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (ConcQueueButton, conc_queue_button, ADW_TYPE_BIN)

/* Those that wait for somebody, and all of them when their printer needs somebody. */
static guint
count_waiting (ConcQueueButton *self)
{
  g_autoptr (ConcQueue) queue = NULL;

  if (self->session == NULL)
    return 0;
  queue = conc_spooler_dup_queue (conc_session_get_spooler (self->session));
  return queue->problem != NULL ? queue->items->len : queue->n_asking;
}

static void
update_cb (ConcQueueButton *self)
{
  guint            n = count_waiting (self);
  g_autofree char *text = g_strdup_printf (ngettext ("%u label waits", "%u labels wait", n), n);

  gtk_label_set_label (self->label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text, -1);
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
}

static void
set_session (ConcQueueButton *self, ConcSession *session)
{
  if (self->session == session)
    return;
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (conc_session_get_spooler (self->session), self);
  g_set_object (&self->session, session);
  if (session != NULL)
    g_signal_connect_object (conc_session_get_spooler (session), "changed", G_CALLBACK (update_cb),
                             self, G_CONNECT_SWAPPED);
  update_cb (self);
}

static void
conc_queue_button_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  set_session (CONC_QUEUE_BUTTON (object), g_value_get_object (value));
}

static void
conc_queue_button_dispose (GObject *object)
{
  g_clear_object (&CONC_QUEUE_BUTTON (object)->session);
  G_OBJECT_CLASS (conc_queue_button_parent_class)->dispose (object);
}

static void
conc_queue_button_class_init (ConcQueueButtonClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = conc_queue_button_set_property;
  object_class->dispose = conc_queue_button_dispose;
  props[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, CONC_TYPE_SESSION,
                                             G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/notinourcity/Concourse/printing/queue-button.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcQueueButton, button);
  gtk_widget_class_bind_template_child (widget_class, ConcQueueButton, label);
}

static void
conc_queue_button_init (ConcQueueButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
