/* recent-row.c: somebody who was checked in last, with Undo. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/check-in/recent-row.h"

#include <glib/gi18n.h>

struct _ConcRecentRow
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget *content;
  GtkWidget *undo_button;

  /* owned */
  ConcMatch *match;
};

enum
{
  PROP_MATCH = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (ConcRecentRow, conc_recent_row, GTK_TYPE_WIDGET)

/* Five buttons that all say "Undo" are told apart by whom they take out, and from the one on the
 * card by the time. */
static void
set_match (ConcRecentRow *self, ConcMatch *match)
{
  g_autofree char *name = NULL;
  g_autofree char *clock = NULL;

  if (!g_set_object (&self->match, match) || match == NULL)
    return;
  g_object_get (match, "clock-text", &clock, NULL);
  /* Translators: a name and a time of day. */
  name = g_strdup_printf (_ ("Undo check-in of %s at %s"), conc_match_get_name (match),
                          clock != NULL ? clock : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->undo_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->undo_button), "s",
                                    conc_match_get_id (match));
}

static void
conc_recent_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_object (value, CONC_RECENT_ROW (object)->match);
}

static void
conc_recent_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  set_match (CONC_RECENT_ROW (object), g_value_get_object (value));
  g_object_notify_by_pspec (object, pspec);
}

static void
conc_recent_row_dispose (GObject *object)
{
  g_clear_object (&CONC_RECENT_ROW (object)->match);
  gtk_widget_dispose_template (GTK_WIDGET (object), CONC_TYPE_RECENT_ROW);
  G_OBJECT_CLASS (conc_recent_row_parent_class)->dispose (object);
}

static void
conc_recent_row_class_init (ConcRecentRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = conc_recent_row_dispose;
  object_class->get_property = conc_recent_row_get_property;
  object_class->set_property = conc_recent_row_set_property;

  props[PROP_MATCH] =
      g_param_spec_object ("match", NULL, NULL, CONC_TYPE_MATCH,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/notinourcity/Concourse/check-in/recent-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcRecentRow, content);
  gtk_widget_class_bind_template_child (widget_class, ConcRecentRow, undo_button);
}

static void
conc_recent_row_init (ConcRecentRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
