/* sync-line.c: how the exchange with other laptops goes, at the lower end of the rail. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/sync/sync-line.h"

struct _ConcSyncLine
{
  AdwBin parent_instance;

  /* template */
  GtkWidget *button;
  GtkImage  *image;
  GtkLabel  *short_label;
  GtkLabel  *long_label;
  GtkWidget *host_button;

  /* owned */
  ConcSession *session;
};

enum
{
  PROP_SESSION = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (ConcSyncLine, conc_sync_line, ADW_TYPE_BIN)

/* The short words stand there; a screen reader and the popover have all of them. */
static void
update_cb (ConcSyncLine *self)
{
  ConcShare       *share = conc_session_get_share (self->session);
  g_autofree char *text = NULL;
  g_autofree char *short_text = NULL;
  g_autofree char *icon = NULL;

  g_object_get (share, "text", &text, "short-text", &short_text, "icon-name", &icon, NULL);
  gtk_label_set_label (self->long_label, text);
  gtk_widget_set_tooltip_text (self->button, text);
  if (g_strcmp0 (gtk_label_get_label (self->short_label), short_text) == 0 &&
      g_strcmp0 (gtk_image_get_icon_name (self->image), icon) == 0)
    return;
  gtk_label_set_label (self->short_label, short_text);
  gtk_image_set_from_icon_name (self->image, icon);
  /* GTK 4.8 leaves the button inside a menu button without its name. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (self->button)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, short_text, -1);
}

static void
set_session (ConcSyncLine *self, ConcSession *session)
{
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (conc_session_get_share (self->session), self);
  if (!g_set_object (&self->session, session))
    return;
  if (session != NULL)
    {
      ConcShare *share = conc_session_get_share (session);

      gtk_widget_set_visible (self->host_button,
                              conc_share_get_role (share) == CONC_ROLE_ORGANIZER);
      g_signal_connect_object (share, "notify", G_CALLBACK (update_cb), self, G_CONNECT_SWAPPED);
      update_cb (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SESSION]);
}

static void
conc_sync_line_dispose (GObject *object)
{
  set_session (CONC_SYNC_LINE (object), NULL);
  G_OBJECT_CLASS (conc_sync_line_parent_class)->dispose (object);
}

static void
conc_sync_line_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    g_value_set_object (value, CONC_SYNC_LINE (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
conc_sync_line_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    set_session (CONC_SYNC_LINE (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
conc_sync_line_class_init (ConcSyncLineClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = conc_sync_line_dispose;
  object_class->get_property = conc_sync_line_get_property;
  object_class->set_property = conc_sync_line_set_property;
  props[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, CONC_TYPE_SESSION,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/notinourcity/Concourse/sync/sync-line.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcSyncLine, button);
  gtk_widget_class_bind_template_child (widget_class, ConcSyncLine, image);
  gtk_widget_class_bind_template_child (widget_class, ConcSyncLine, short_label);
  gtk_widget_class_bind_template_child (widget_class, ConcSyncLine, long_label);
  gtk_widget_class_bind_template_child (widget_class, ConcSyncLine, host_button);
}

static void
conc_sync_line_init (ConcSyncLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
