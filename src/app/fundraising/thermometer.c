/* thermometer.c: the tube of the projector's thermometer as a widget, with its ticks. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/fundraising/thermometer.h"

#include "core/money.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define TUBE_WIDTH_PX 44
#define TICK_PX 8
#define GAP_PX 6
#define MIN_TICKS_PX 66
#define MAX_TICKS 5

struct _ConcThermometer
{
  GtkWidget parent_instance;

  /* state */
  ConcSceneMoney money;
};

G_DEFINE_FINAL_TYPE (ConcThermometer, conc_thermometer, GTK_TYPE_WIDGET)

/* On white the parts are dark; the patterns are those of the projector. */
static const ConcTubeInks inks_light = {
  .glass = { 0.35, 0.40, 0.50, 0.9 },
  .received = { 0.09, 0.25, 0.43, 1.0 },
  .matched = { 0.42, 0.65, 0.95, 1.0 },
  .pledged = { 0.35, 0.40, 0.50, 1.0 },
  .fresh = { 0.72, 0.40, 0.0, 1.0 },
};

/* The inks for the style that is in use, light or dark. */
const ConcTubeInks *
conc_thermometer_get_inks (void)
{
  return adw_style_manager_get_dark (adw_style_manager_get_default ()) ? &conc_tube_inks_dark
                                                                       : &inks_light;
}

static void
draw_tick (ConcThermometer *self, GtkSnapshot *snapshot, const ConcBox *tube, gint64 cents)
{
  GtkWidget       *widget = GTK_WIDGET (self);
  g_autofree char *text = conc_money_format_short (cents);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, text);
  double  y = conc_tube_get_y (&self->money, tube, cents);
  double  x = tube->x + tube->width + GAP_PX;
  GdkRGBA color;
  int     height;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  pango_layout_get_pixel_size (layout, NULL, &height);
  gtk_snapshot_append_color (snapshot, &color,
                             &GRAPHENE_RECT_INIT ((float) x, (float) y - 0.5f, TICK_PX, 1));
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) (x + TICK_PX + GAP_PX),
                                                          (float) (y - height / 2.0)));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
}

static void
conc_thermometer_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ConcThermometer *self = CONC_THERMOMETER (widget);
  int              width = gtk_widget_get_width (widget);
  int              height = gtk_widget_get_height (widget);
  /* Room for half a line of text above the upper tick and below the lower one. */
  ConcBox  tube = { .x = 2, .y = 12, .width = TUBE_WIDTH_PX, .height = MAX (height - 24, 1) };
  gint64   ticks[MAX_TICKS];
  guint    n_ticks = conc_tube_get_ticks (&self->money, ticks, MAX_TICKS);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width,
                                                                          (float) height));

  conc_tube_draw (cr, &tube, &self->money, conc_thermometer_get_inks ());
  cairo_destroy (cr);
  for (guint i = 0; i < n_ticks; i++)
    draw_tick (self, snapshot, &tube, ticks[i]);
}

/* As wide as the widest amount beside the tube, so that it covers nothing. */
static int
measure_ticks (ConcThermometer *self)
{
  gint64 ticks[MAX_TICKS];
  guint  n_ticks = conc_tube_get_ticks (&self->money, ticks, MAX_TICKS);
  int    widest = MIN_TICKS_PX;

  for (guint i = 0; i < n_ticks; i++)
    {
      g_autofree char *text = conc_money_format_short (ticks[i]);
      g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
      int width;

      pango_layout_get_pixel_size (layout, &width, NULL);
      widest = MAX (widest, width);
    }
  return widest;
}

static void
conc_thermometer_measure (GtkWidget     *widget,
                          GtkOrientation orientation,
                          int            for_size,
                          int           *minimum,
                          int           *natural,
                          int           *minimum_baseline,
                          int           *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = 160;
      *natural = 320;
      return;
    }
  *minimum = 2 + TUBE_WIDTH_PX + TICK_PX + 2 * GAP_PX + measure_ticks (CONC_THERMOMETER (widget));
  *natural = *minimum;
}

static void
conc_thermometer_class_init (ConcThermometerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = conc_thermometer_snapshot;
  widget_class->measure = conc_thermometer_measure;
  gtk_widget_class_set_css_name (widget_class, "thermometer");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
conc_thermometer_init (ConcThermometer *self)
{
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  conc_thermometer_set_money (self, &self->money);
}

void
conc_thermometer_set_money (ConcThermometer *self, const ConcSceneMoney *money)
{
  g_autofree char *raised = conc_money_format_short (money->raised_cents);
  g_autofree char *goal = conc_money_format_short (money->goal_cents);
  g_autofree char *label = money->goal_cents > 0
                               ? g_strdup_printf (_ ("%s of %s raised"), raised, goal)
                               : g_strdup_printf (_ ("%s raised"), raised);

  self->money = *money;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
