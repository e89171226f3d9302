/* tube-swatch.c: a sample of how the thermometer draws one kind of money, for its legend. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/fundraising/tube-swatch.h"

#include "app/fundraising/thermometer.h"

#include <adwaita.h>

#define SIZE_PX 16

struct _ConcTubeSwatch
{
  GtkWidget parent_instance;

  /* state */
  guint part;
};

G_DEFINE_FINAL_TYPE (ConcTubeSwatch, conc_tube_swatch, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_PART,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
conc_tube_swatch_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ConcBox  box = { .x = 0, .y = 0, .width = SIZE_PX, .height = SIZE_PX };
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, SIZE_PX, SIZE_PX));

  conc_tube_draw_swatch (cr, &box, CONC_TUBE_SWATCH (widget)->part, conc_thermometer_get_inks ());
  cairo_destroy (cr);
}

static void
conc_tube_swatch_measure (GtkWidget     *widget,
                          GtkOrientation orientation,
                          int            for_size,
                          int           *minimum,
                          int           *natural,
                          int           *minimum_baseline,
                          int           *natural_baseline)
{
  *minimum = *natural = SIZE_PX;
}

static void
conc_tube_swatch_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_PART)
    g_value_set_uint (value, CONC_TUBE_SWATCH (object)->part);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
conc_tube_swatch_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_PART)
    CONC_TUBE_SWATCH (object)->part = g_value_get_uint (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
conc_tube_swatch_class_init (ConcTubeSwatchClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = conc_tube_swatch_get_property;
  object_class->set_property = conc_tube_swatch_set_property;
  widget_class->snapshot = conc_tube_swatch_snapshot;
  widget_class->measure = conc_tube_swatch_measure;
  properties[PROP_PART] =
      g_param_spec_uint ("part", NULL, NULL, 0, CONC_TUBE_N_PARTS - 1, 0,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
conc_tube_swatch_init (ConcTubeSwatch *self)
{
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}
