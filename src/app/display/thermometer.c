/* thermometer.c: the tube of the projector as a widget for a page. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/display/thermometer.h"

#include "app/display/tube.h"
#include "core/money.h"

#include <glib/gi18n.h>

#define TUBE_WIDTH 44
#define TICK_LENGTH 8
#define TICK_GAP 8
#define MIN_HEIGHT 160
#define NATURAL_HEIGHT 320
#define MAX_TICKS 5

struct _ConcThermometer
{
  GtkWidget parent_instance;

  /* state */
  ConcSceneMoney money;
};

G_DEFINE_FINAL_TYPE (ConcThermometer, conc_thermometer, GTK_TYPE_WIDGET)

static PangoLayout *
create_tick_layout (ConcThermometer *self, gint64 cents)
{
  g_autofree char *text = conc_money_format_short (cents - cents % 100);

  return gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
}

static int
measure_ticks (ConcThermometer *self, int *ret_height)
{
  gint64 ticks[MAX_TICKS];
  guint  n_ticks = conc_tube_get_ticks (&self->money, ticks, MAX_TICKS);
  int    widest = 0;

  for (guint i = 0; i < n_ticks; i++)
    {
      g_autoptr (PangoLayout) layout = create_tick_layout (self, ticks[i]);
      int width;

      pango_layout_get_pixel_size (layout, &width, ret_height);
      widest = MAX (widest, width);
    }
  return widest;
}

static ConcInk
ink_of (const GdkRGBA *color, double alpha)
{
  return (ConcInk){ color->red, color->green, color->blue, alpha };
}

/* The colors of the page: those of the projector are made for its dark ground. */
static ConcTubeInks
get_inks (ConcThermometer *self)
{
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (self));
  GdkRGBA          text, accent;

  gtk_style_context_get_color (style, &text);
  if (!gtk_style_context_lookup_color (style, "accent_color", &accent))
    accent = text;
  return (ConcTubeInks){ ink_of (&text, 0.55), ink_of (&accent, 1), ink_of (&accent, 0.85),
                         ink_of (&text, 0.5), ink_of (&accent, 1) };
}

static void
draw_tick (ConcThermometer *self, GtkSnapshot *snapshot, const ConcBox *tube, gint64 cents)
{
  g_autoptr (PangoLayout) layout = create_tick_layout (self, cents);
  double  y = conc_tube_get_y (&self->money, tube, cents);
  float   right = (float) (tube->x + tube->width + 3);
  GdkRGBA color;
  int     height;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &color);
  pango_layout_get_pixel_size (layout, NULL, &height);
  gtk_snapshot_append_color (snapshot, &color,
                             &GRAPHENE_RECT_INIT (right, (float) y - 0.5f, TICK_LENGTH, 1));
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (right + TICK_LENGTH + TICK_GAP,
                                                          (float) y - (float) height / 2));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
}

static void
conc_thermometer_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ConcThermometer *self = CONC_THERMOMETER (widget);
  ConcTubeInks     inks = get_inks (self);
  int              width = gtk_widget_get_width (widget);
  int              height = gtk_widget_get_height (widget);
  int              line = 0;
  int              ticks_width = measure_ticks (self, &line);
  int              whole = TUBE_WIDTH + 3 + TICK_LENGTH + TICK_GAP + ticks_width;
  ConcBox          tube = { MAX (2, (width - whole) / 2), line / 2.0, TUBE_WIDTH, height - line };
  gint64           ticks[MAX_TICKS];
  guint            n_ticks = conc_tube_get_ticks (&self->money, ticks, MAX_TICKS);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));

  conc_tube_draw (cr, &tube, &self->money, &inks);
  cairo_destroy (cr);
  for (guint i = 0; i < n_ticks; i++)
    draw_tick (self, snapshot, &tube, ticks[i]);
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
  int line;

  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = MIN_HEIGHT;
      *natural = NATURAL_HEIGHT;
      return;
    }
  *minimum = *natural =
      TUBE_WIDTH + 5 + TICK_LENGTH + TICK_GAP + measure_ticks (CONC_THERMOMETER (widget), &line);
}

static void
conc_thermometer_class_init (ConcThermometerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = conc_thermometer_snapshot;
  widget_class->measure = conc_thermometer_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "thermometer");
}

static void
conc_thermometer_init (ConcThermometer *self)
{
  conc_thermometer_set_money (self, &(ConcSceneMoney){ 0 });
}

GtkWidget *
conc_thermometer_new (void)
{
  return g_object_new (CONC_TYPE_THERMOMETER, NULL);
}

/* Copies @money. The label for the accessibility bus follows. */
void
conc_thermometer_set_money (ConcThermometer *self, const ConcSceneMoney *money)
{
  g_autofree char *raised = conc_money_format (money->raised_cents);
  g_autofree char *goal = conc_money_format (money->goal_cents);
  g_autofree char *label = NULL;
  int              percent = conc_tube_get_percent (money);

  self->money = *money;
  if (percent >= 0)
    label = g_strdup_printf (_ ("Thermometer: %s raised, %d %% of %s"), raised, percent, goal);
  else
    label = g_strdup_printf (_ ("Thermometer: %s raised"), raised);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
