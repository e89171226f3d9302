/* queue-row.c: one label of the queue, with what can be decided about it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/printing/queue-row.h"

#include "spool/spooler.h"

struct _ConcQueueRow
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget *content;
  GtkWidget *send_button;
  GtkWidget *repeat_button;
  GtkWidget *mark_button;
  GtkWidget *cancel_button;

  /* owned */
  ConcQueueEntry *entry;
};

enum
{
  PROP_ENTRY = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (ConcQueueRow, conc_queue_row, GTK_TYPE_WIDGET)

static gboolean
has_text (GtkWidget *widget, const char *text)
{
  return text != NULL && *text != '\0';
}

static void
decide (ConcQueueRow *self, ConcDecision decision)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "queue.decide", "(si)",
                              conc_queue_entry_get_id (self->entry), (int) decision);
}

static void
send_cb (ConcQueueRow *self)
{
  decide (self, CONC_DECISION_SEND);
}

static void
repeat_cb (ConcQueueRow *self)
{
  decide (self, CONC_DECISION_REPEAT);
}

static void
mark_cb (ConcQueueRow *self)
{
  decide (self, CONC_DECISION_PRINTED);
}

static void
cancel_cb (ConcQueueRow *self)
{
  decide (self, CONC_DECISION_CANCEL);
}

/* A reader of the screen hears whose label a button is about. */
static void
name_button (ConcQueueRow *self, GtkWidget *button, const char *property)
{
  g_autofree char *name = NULL;

  g_object_get (self->entry, property, &name, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
set_entry (ConcQueueRow *self, ConcQueueEntry *entry)
{
  if (!g_set_object (&self->entry, entry))
    return;
  if (entry != NULL)
    {
      name_button (self, self->send_button, "send-label");
      name_button (self, self->repeat_button, "repeat-label");
      name_button (self, self->mark_button, "mark-label");
      name_button (self, self->cancel_button, "cancel-label");
    }
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ENTRY]);
}

static void
conc_queue_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_object (value, CONC_QUEUE_ROW (object)->entry);
}

static void
conc_queue_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  set_entry (CONC_QUEUE_ROW (object), g_value_get_object (value));
}

static void
conc_queue_row_dispose (GObject *object)
{
  g_clear_object (&CONC_QUEUE_ROW (object)->entry);
  gtk_widget_dispose_template (GTK_WIDGET (object), CONC_TYPE_QUEUE_ROW);
  G_OBJECT_CLASS (conc_queue_row_parent_class)->dispose (object);
}

static void
conc_queue_row_class_init (ConcQueueRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = conc_queue_row_get_property;
  object_class->set_property = conc_queue_row_set_property;
  object_class->dispose = conc_queue_row_dispose;
  props[PROP_ENTRY] =
      g_param_spec_object ("entry", NULL, NULL, CONC_TYPE_QUEUE_ENTRY,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/notinourcity/Concourse/printing/queue-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcQueueRow, content);
  gtk_widget_class_bind_template_child (widget_class, ConcQueueRow, send_button);
  gtk_widget_class_bind_template_child (widget_class, ConcQueueRow, repeat_button);
  gtk_widget_class_bind_template_child (widget_class, ConcQueueRow, mark_button);
  gtk_widget_class_bind_template_child (widget_class, ConcQueueRow, cancel_button);
  gtk_widget_class_bind_template_callback (widget_class, has_text);
  gtk_widget_class_bind_template_callback (widget_class, send_cb);
  gtk_widget_class_bind_template_callback (widget_class, repeat_cb);
  gtk_widget_class_bind_template_callback (widget_class, mark_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
}

static void
conc_queue_row_init (ConcQueueRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
