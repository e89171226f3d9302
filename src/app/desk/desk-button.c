/* desk-button.c: tells in words how much there is to decide, and leads to it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/desk/desk-button.h"

#include "app/desk/desk-window.h"

#include <glib/gi18n.h>

struct _ConcDeskButton
{
  AdwBin parent_instance;

  /* template */
  GtkWidget *button;
  GtkLabel  *label;

  /* owned */
  ConcSession *session;

  /* borrowed */
  GtkWindow *desk; /* a weak pointer */
};

enum
{
  PROP_SESSION = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (ConcDeskButton, conc_desk_button, ADW_TYPE_BIN)

static void
close_desk (ConcDeskButton *self)
{
  GtkWindow *desk = self->desk;

  g_clear_weak_pointer (&self->desk);
  if (desk != NULL)
    gtk_window_destroy (desk);
}

static void
update_cb (ConcDeskButton *self)
{
  guint n = self->session != NULL ? conc_session_get_counts (self->session)->n_conflicts : 0;
  g_autofree char *text = g_strdup_printf (ngettext ("%u to decide", "%u to decide", n), n);

  gtk_label_set_label (self->label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text, -1);
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
}

static void
clicked_cb (ConcDeskButton *self)
{
  GtkWindow *parent = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));

  if (self->desk == NULL)
    g_set_weak_pointer (&self->desk, GTK_WINDOW (conc_desk_window_new (parent, self->session)));
  gtk_window_present (self->desk);
}

static void
set_session (ConcDeskButton *self, ConcSession *session)
{
  close_desk (self);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  if (session != NULL)
    g_signal_connect_object (session, "notify::conflicts", G_CALLBACK (update_cb), self,
                             G_CONNECT_SWAPPED);
  update_cb (self);
}

static void
conc_desk_button_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    set_session (CONC_DESK_BUTTON (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
conc_desk_button_dispose (GObject *object)
{
  ConcDeskButton *self = CONC_DESK_BUTTON (object);

  close_desk (self);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (conc_desk_button_parent_class)->dispose (object);
}

static void
conc_desk_button_class_init (ConcDeskButtonClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = conc_desk_button_set_property;
  object_class->dispose = conc_desk_button_dispose;
  props[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, CONC_TYPE_SESSION,
                                             G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/notinourcity/Concourse/desk/desk-button.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcDeskButton, button);
  gtk_widget_class_bind_template_child (widget_class, ConcDeskButton, label);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
}

static void
conc_desk_button_init (ConcDeskButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
