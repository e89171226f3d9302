/* gun-take-row.c: the gun as another station took it, with the difference. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/timing/gun-take-row.h"

#include "core/gun-words.h"

#include <glib/gi18n.h>

struct _ConcGunTakeRow
{
  GtkWidget parent_instance;

  /* template */
  GtkLabel  *label;
  GtkWidget *use_button;

  /* state */
  gint64 at_usec;
};

enum
{
  USE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConcGunTakeRow, conc_gun_take_row, GTK_TYPE_WIDGET)

static void
use_cb (ConcGunTakeRow *self)
{
  g_signal_emit (self, signals[USE], 0);
}

static void
conc_gun_take_row_dispose (GObject *object)
{
  GtkWidget *content = gtk_widget_get_first_child (GTK_WIDGET (object));

  g_clear_pointer (&content, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (object), CONC_TYPE_GUN_TAKE_ROW);
  G_OBJECT_CLASS (conc_gun_take_row_parent_class)->dispose (object);
}

static void
conc_gun_take_row_class_init (ConcGunTakeRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = conc_gun_take_row_dispose;

  signals[USE] = g_signal_new ("use", CONC_TYPE_GUN_TAKE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/notinourcity/Concourse/timing/gun-take-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcGunTakeRow, label);
  gtk_widget_class_bind_template_child (widget_class, ConcGunTakeRow, use_button);
  gtk_widget_class_bind_template_callback (widget_class, use_cb);
}

static void
conc_gun_take_row_init (ConcGunTakeRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* @name is what the station is called, @counts_usec the gun that counts. */
GtkWidget *
conc_gun_take_row_new (const ConcGunTake *take, const char *name, gint64 counts_usec)
{
  ConcGunTakeRow  *self = g_object_new (CONC_TYPE_GUN_TAKE_ROW, NULL);
  g_autofree char *difference = conc_gun_describe_difference (take->at_usec - counts_usec);
  g_autofree char *text = g_strdup_printf (_ ("%s: %s"), name, difference);
  g_autofree char *use = g_strdup_printf (_ ("Let this gun count: %s"), text);

  self->at_usec = take->at_usec;
  gtk_label_set_label (self->label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->use_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  use, -1);
  return GTK_WIDGET (self);
}

gint64
conc_gun_take_row_get_at_usec (ConcGunTakeRow *self)
{
  return self->at_usec;
}
