/* expected-tile.c: one runner who is expected at the line, as a button. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/timing/expected-tile.h"

#include <glib/gi18n.h>

struct _ConcExpectedTile
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget          *button;
  GtkEventController *press;
  GtkLabel           *key_label;
  GtkLabel           *bib_label;
  GtkLabel           *name_label;
  GtkLabel           *laps_label;
  GtkLabel           *previous_label;
  GtkLabel           *due_label;

  /* state */
  guint   number;
  guint   bib;
  guint32 press_msec;
};

enum
{
  PROP_NUMBER = 1,
  N_PROPS
};

enum
{
  CROSS,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint       signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConcExpectedTile, conc_expected_tile, GTK_TYPE_WIDGET)

/* A click is over when the button is let go; the runner was at the line when it went down. */
static void
pressed_cb (ConcExpectedTile *self)
{
  self->press_msec = gtk_event_controller_get_current_event_time (self->press);
}

static void
clicked_cb (ConcExpectedTile *self)
{
  guint32 msec = self->press_msec;

  self->press_msec = 0;
  if (self->bib > 0)
    g_signal_emit (self, signals[CROSS], 0, self->bib, msec);
}

static void
set_text (GtkLabel *label, const char *text)
{
  if (g_strcmp0 (gtk_label_get_label (label), text) != 0)
    gtk_label_set_label (label, text);
}

static void
conc_expected_tile_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_NUMBER)
    g_value_set_uint (value, CONC_EXPECTED_TILE (object)->number);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
conc_expected_tile_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ConcExpectedTile *self = CONC_EXPECTED_TILE (object);
  g_autofree char  *key = NULL;

  if (id != PROP_NUMBER)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  self->number = g_value_get_uint (value);
  key = g_strdup_printf (_ ("Ctrl+%u"), self->number);
  gtk_label_set_label (self->key_label, key);
}

static void
conc_expected_tile_dispose (GObject *object)
{
  GtkWidget *content = gtk_widget_get_first_child (GTK_WIDGET (object));

  g_clear_pointer (&content, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (object), CONC_TYPE_EXPECTED_TILE);
  G_OBJECT_CLASS (conc_expected_tile_parent_class)->dispose (object);
}

static void
conc_expected_tile_class_init (ConcExpectedTileClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = conc_expected_tile_dispose;
  object_class->get_property = conc_expected_tile_get_property;
  object_class->set_property = conc_expected_tile_set_property;

  props[PROP_NUMBER] =
      g_param_spec_uint ("number", NULL, NULL, 0, 9, 0, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[CROSS] = g_signal_new ("cross", CONC_TYPE_EXPECTED_TILE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/notinourcity/Concourse/timing/expected-tile.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcExpectedTile, button);
  gtk_widget_class_bind_template_child (widget_class, ConcExpectedTile, press);
  gtk_widget_class_bind_template_child (widget_class, ConcExpectedTile, key_label);
  gtk_widget_class_bind_template_child (widget_class, ConcExpectedTile, bib_label);
  gtk_widget_class_bind_template_child (widget_class, ConcExpectedTile, name_label);
  gtk_widget_class_bind_template_child (widget_class, ConcExpectedTile, laps_label);
  gtk_widget_class_bind_template_child (widget_class, ConcExpectedTile, previous_label);
  gtk_widget_class_bind_template_child (widget_class, ConcExpectedTile, due_label);
  gtk_widget_class_bind_template_callback (widget_class, pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
}

static void
conc_expected_tile_init (ConcExpectedTile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Nobody is expected here. */
void
conc_expected_tile_clear (ConcExpectedTile *self)
{
  self->bib = 0;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/* @laps, @previous and @due are a few words each. */
void
conc_expected_tile_set (ConcExpectedTile *self,
                        guint             bib,
                        const char       *name,
                        const char       *laps,
                        const char       *previous,
                        const char       *due)
{
  g_autofree char *number = g_strdup_printf ("%u", bib);
  g_autofree char *label = g_strdup_printf (_ ("At the line: %u %s, %s, %s"), bib, name, laps, due);

  if (self->bib != bib)
    self->press_msec = 0;
  self->bib = bib;
  set_text (self->bib_label, number);
  set_text (self->name_label, name);
  set_text (self->laps_label, laps);
  set_text (self->previous_label, previous);
  set_text (self->due_label, due);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

/* 0 when nobody is expected here. */
guint
conc_expected_tile_get_bib (ConcExpectedTile *self)
{
  return self->bib;
}
