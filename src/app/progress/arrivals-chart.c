/* arrivals-chart.c: how many came to check-in in each five minutes, and are to come, as bars. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/progress/arrivals-chart.h"

#include "app/progress/progress-model.h"
#include "core/race-time.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define HEIGHT_PX 200
#define COMPACT_HEIGHT_PX 72
#define MIN_WIDTH_PX 240
#define GAP_PX 6
#define MAX_BAR_PX 36
#define MAX_STEPS 48u
#define MIN_STEPS 12u
/* Room between two times below the bars, in widths of one. */
#define TIME_ROOM 1.6

/* One bar: who came, and above it who is still expected in that step. */
typedef struct
{
  guint came;
  guint expected;
} Bar;

struct _ConcArrivalsChart
{
  GtkWidget parent_instance;

  /* owned */
  ConcProgressModel *model;

  /* state */
  gboolean compact;
  gint64   from_usec;
  guint    n_bars;
  Bar      bars[MAX_STEPS];
  guint    top; /* what the uppermost line stands for */
};

enum
{
  PROP_SESSION = 1,
  PROP_COMPACT,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (ConcArrivalsChart, conc_arrivals_chart, GTK_TYPE_WIDGET)

/* --------------------------------------------------------------------- what is drawn */

static const ConcArrivals *
get_last (GArray *steps)
{
  return steps->len > 0 ? &g_array_index (steps, ConcArrivals, steps->len - 1) : NULL;
}

/* From the opening of the desk, or the first who came, to its closing, or the last; of a longer
 * time the end, since the evening before is another desk. */
static void
find_span (ConcArrivalsChart *self, const ConcProgress *progress)
{
  const ConcArrivals *last_came = get_last (progress->arrivals);
  const ConcArrivals *last_expected = get_last (progress->expected);
  const gint64        step = CONC_ARRIVALS_STEP_USEC;
  gint64              from = G_MAXINT64, until = 0;

  if (conc_desk_hours_are_known (&progress->hours))
    {
      from = progress->hours.opens_usec - progress->hours.opens_usec % step;
      until = from + MIN_STEPS * step;
    }
  if (last_came != NULL)
    {
      from = MIN (from, g_array_index (progress->arrivals, ConcArrivals, 0).from_usec);
      until = MAX (until, last_came->from_usec + step);
    }
  if (last_expected != NULL)
    until = MAX (until, last_expected->from_usec + step);
  self->n_bars = from < until ? (guint) MIN ((until - from) / step, MAX_STEPS) : 0;
  self->n_bars = self->n_bars > 0 ? MAX (self->n_bars, MIN_STEPS) : 0;
  self->from_usec = MAX (from, until - (gint64) self->n_bars * step);
}

static Bar *
find_bar (ConcArrivalsChart *self, gint64 from_usec)
{
  gint64 index = (from_usec - self->from_usec) / CONC_ARRIVALS_STEP_USEC;

  return from_usec >= self->from_usec && index < self->n_bars ? &self->bars[index] : NULL;
}

/* A round number whose half is a whole one, for the line in the middle. */
static guint
find_top (guint highest)
{
  static const guint few[] = { 2, 4, 6, 8 };
  static const guint tens[] = { 10, 20, 30, 40, 50, 60, 80 };
  guint              factor = 1;

  for (gsize i = 0; i < G_N_ELEMENTS (few); i++)
    if (few[i] >= highest)
      return few[i];
  for (;; factor *= 10)
    for (gsize i = 0; i < G_N_ELEMENTS (tens); i++)
      if (tens[i] * factor >= highest)
        return tens[i] * factor;
}

static void
fill_bars (ConcArrivalsChart *self, const ConcProgress *progress)
{
  guint highest = 0;

  memset (self->bars, 0, sizeof self->bars);
  find_span (self, progress);
  for (guint i = 0; i < progress->arrivals->len; i++)
    {
      const ConcArrivals *step = &g_array_index (progress->arrivals, ConcArrivals, i);
      Bar                *bar = find_bar (self, step->from_usec);

      if (bar != NULL)
        bar->came = step->count;
    }
  for (guint i = 0; i < progress->expected->len; i++)
    {
      const ConcArrivals *step = &g_array_index (progress->expected, ConcArrivals, i);
      Bar                *bar = find_bar (self, step->from_usec);

      if (bar != NULL)
        bar->expected = step->count;
    }
  for (guint i = 0; i < self->n_bars; i++)
    highest = MAX (highest, self->bars[i].came + self->bars[i].expected);
  self->top = find_top (highest);
}

static char *
describe (ConcArrivalsChart *self)
{
  const ConcProgress *progress = conc_progress_model_get_progress (self->model);
  ConcSession        *session = conc_progress_model_get_session (self->model);
  GTimeZone          *zone;
  g_autofree char    *came = NULL;
  g_autofree char    *outlook = NULL;

  if (progress == NULL || session == NULL)
    return g_strdup (_ ("Arrivals"));
  zone = conc_session_get_zone (session);
  came = conc_arrivals_describe ((const ConcArrivals *) (gpointer) progress->arrivals->data,
                                 progress->arrivals->len, zone);
  outlook =
      conc_arrivals_describe_outlook (&progress->hours, progress->n_missing,
                                      conc_clock_get_wall_usec (conc_session_get_clock (session)),
                                      zone);
  return g_strdup_printf (_ ("Arrivals: %s %s"), came, outlook);
}

static void
model_changed_cb (ConcArrivalsChart *self)
{
  const ConcProgress *progress = conc_progress_model_get_progress (self->model);
  g_autofree char    *label = describe (self);
  guint               n_before = self->n_bars;

  self->n_bars = 0;
  if (progress != NULL)
    fill_bars (self, progress);
  if ((self->n_bars == 0) != (n_before == 0))
    gtk_widget_queue_resize (GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* -------------------------------------------------------------------------- drawing */

typedef struct
{
  GtkSnapshot *snapshot;
  GdkRGBA      ink;
  GdkRGBA      fill;
  float        left, top, width, height; /* of the bars */
} Plot;

static PangoLayout *
make_text (ConcArrivalsChart *self, const char *text)
{
  PangoLayout   *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (PANGO_SCALE_SMALL));
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  return layout;
}

static void
measure_text (ConcArrivalsChart *self, const char *text, int *ret_width, int *ret_height)
{
  g_autoptr (PangoLayout) layout = make_text (self, text);

  pango_layout_get_pixel_size (layout, ret_width, ret_height);
}

/* @align: which part of the text is at @x, from 0 for its beginning to 1 for its end. */
static void
draw_text (ConcArrivalsChart *self,
           const Plot        *plot,
           const char        *text,
           float              x,
           float              y,
           float              align)
{
  g_autoptr (PangoLayout) layout = make_text (self, text);
  GdkRGBA ink = plot->ink;
  int     width;

  ink.alpha *= 0.72f;
  pango_layout_get_pixel_size (layout, &width, NULL);
  gtk_snapshot_save (plot->snapshot);
  gtk_snapshot_translate (plot->snapshot,
                          &GRAPHENE_POINT_INIT (roundf (x - align * (float) width), roundf (y)));
  gtk_snapshot_append_layout (plot->snapshot, layout, &ink);
  gtk_snapshot_restore (plot->snapshot);
}

static float
get_x (ConcArrivalsChart *self, const Plot *plot, guint index)
{
  return plot->left + plot->width * (float) index / (float) self->n_bars;
}

static void
draw_line (const Plot *plot, float y)
{
  GdkRGBA ink = plot->ink;

  ink.alpha *= 0.15f;
  gtk_snapshot_append_color (plot->snapshot, &ink,
                             &GRAPHENE_RECT_INIT (plot->left, roundf (y), plot->width, 1));
}

/* Who is expected is an outline: it differs by its form, not by its color alone. */
static void
draw_outline (const Plot *plot, const graphene_rect_t *bounds)
{
  const float    widths[4] = { 1, 1, 1, 1 };
  GdkRGBA        ink = plot->ink;
  GskRoundedRect outline;
  GdkRGBA        colors[4];

  ink.alpha *= 0.55f;
  for (gsize i = 0; i < G_N_ELEMENTS (colors); i++)
    colors[i] = ink;
  gsk_rounded_rect_init_from_rect (&outline, bounds, 0);
  gtk_snapshot_append_border (plot->snapshot, &outline, widths, colors);
}

static void
draw_bar (ConcArrivalsChart *self, const Plot *plot, guint index)
{
  const Bar *bar = &self->bars[index];
  float      begin = get_x (self, plot, index), end = get_x (self, plot, index + 1);
  float      width = CLAMP (floorf (end - begin - 2), 1, MAX_BAR_PX);
  float      x = roundf (begin + (end - begin - width) / 2);
  float      unit = plot->height / (float) self->top;
  float      came = roundf (unit * (float) bar->came);
  float      expected = roundf (unit * (float) bar->expected);
  float      bottom = plot->top + plot->height;

  if (bar->came > 0)
    gtk_snapshot_append_color (plot->snapshot, &plot->fill,
                               &GRAPHENE_RECT_INIT (x, bottom - MAX (came, 2), width,
                                                    MAX (came, 2)));
  if (bar->expected > 0 && expected >= 2)
    draw_outline (plot, &GRAPHENE_RECT_INIT (x, bottom - came - expected, width, expected));
}

static char *
dup_time (ConcArrivalsChart *self, guint index)
{
  ConcSession *session = conc_progress_model_get_session (self->model);
  gint64       usec = self->from_usec + index * CONC_ARRIVALS_STEP_USEC;
  char        *clock = conc_time_format_clock (usec, conc_session_get_zone (session), 0);

  *strrchr (clock, ':') = '\0';
  return clock;
}

static gint64
get_minute (ConcArrivalsChart *self, guint index)
{
  return self->from_usec / G_TIME_SPAN_MINUTE + index * CONC_ARRIVALS_STEP_MINUTES;
}

/* A quarter of an hour, or as many as there is room for. */
static void
draw_times (ConcArrivalsChart *self, const Plot *plot)
{
  static const int minutes[] = { 15, 30, 60, 120 };
  float            y = plot->top + plot->height + GAP_PX / 2;
  gsize            choice = 0;
  int              width, height;

  measure_text (self, "00:00", &width, &height);
  while (choice + 1 < G_N_ELEMENTS (minutes) &&
         plot->width / (float) self->n_bars * (float) minutes[choice] / CONC_ARRIVALS_STEP_MINUTES <
             TIME_ROOM * (float) width)
    choice++;
  for (guint i = 0; i < self->n_bars; i++)
    {
      g_autofree char *time = NULL;

      if (get_minute (self, i) % minutes[choice] != 0)
        continue;
      time = dup_time (self, i);
      draw_text (self, plot, time, get_x (self, plot, i), y, i == 0 ? 0 : 0.5f);
    }
}

/* Between the first and the last time it says what the bars are, where there is room for it. */
static void
draw_ends (ConcArrivalsChart *self, const Plot *plot)
{
  float            y = plot->top + plot->height + GAP_PX / 2;
  const char      *title = _ ("Arrivals in Five Minutes");
  g_autofree char *first = dup_time (self, 0);
  g_autofree char *last = dup_time (self, self->n_bars);
  int              time_width, title_width;

  measure_text (self, last, &time_width, NULL);
  measure_text (self, title, &title_width, NULL);
  if ((float) title_width + 2 * TIME_ROOM * (float) time_width < plot->width)
    draw_text (self, plot, title, plot->left + plot->width / 2, y, 0.5f);
  draw_text (self, plot, first, plot->left, y, 0);
  draw_text (self, plot, last, plot->left + plot->width, y, 1);
}

static void
draw_counts (ConcArrivalsChart *self, const Plot *plot, int text_height)
{
  const guint counts[] = { 0, self->top / 2, self->top };

  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      float y = plot->top + plot->height - plot->height * (float) counts[i] / (float) self->top;
      g_autofree char *text = g_strdup_printf ("%u", counts[i]);

      draw_line (plot, y);
      draw_text (self, plot, text, plot->left - GAP_PX, y - (float) text_height / 2, 1);
    }
}

static void
conc_arrivals_chart_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ConcArrivalsChart *self = CONC_ARRIVALS_CHART (widget);
  GtkStyleContext   *style = gtk_widget_get_style_context (widget);
  g_autofree char   *highest = g_strdup_printf ("%u", self->top);
  Plot               plot = { .snapshot = snapshot };
  int                text_width, text_height;

  if (self->n_bars == 0)
    return;
  measure_text (self, highest, &text_width, &text_height);
  gtk_style_context_get_color (style, &plot.ink);
  if (!gtk_style_context_lookup_color (style, "accent_color", &plot.fill))
    plot.fill = plot.ink;
  plot.left = self->compact ? 0 : (float) (text_width + GAP_PX);
  plot.top = self->compact ? 0 : (float) text_height / 2;
  plot.width = (float) gtk_widget_get_width (widget) - plot.left;
  plot.height =
      (float) gtk_widget_get_height (widget) - plot.top - (float) text_height - GAP_PX / 2;
  if (plot.width < 1 || plot.height < 1)
    return;
  if (self->compact)
    {
      draw_line (&plot, plot.top + plot.height);
      draw_ends (self, &plot);
    }
  else
    {
      draw_counts (self, &plot, text_height);
      draw_times (self, &plot);
    }
  for (guint i = 0; i < self->n_bars; i++)
    draw_bar (self, &plot, i);
}

static void
conc_arrivals_chart_measure (GtkWidget     *widget,
                             GtkOrientation orientation,
                             int            for_size,
                             int           *minimum,
                             int           *natural,
                             int           *minimum_baseline,
                             int           *natural_baseline)
{
  ConcArrivalsChart *self = CONC_ARRIVALS_CHART (widget);

  /* Before anybody comes there is nothing to see. */
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = MIN_WIDTH_PX;
  else if (self->n_bars == 0)
    *minimum = 0;
  else
    *minimum = self->compact ? COMPACT_HEIGHT_PX : HEIGHT_PX;
  *natural = *minimum;
}

static void
conc_arrivals_chart_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (conc_arrivals_chart_parent_class)->map (widget);
  conc_progress_model_set_active (CONC_ARRIVALS_CHART (widget)->model, TRUE);
}

static void
conc_arrivals_chart_unmap (GtkWidget *widget)
{
  conc_progress_model_set_active (CONC_ARRIVALS_CHART (widget)->model, FALSE);
  GTK_WIDGET_CLASS (conc_arrivals_chart_parent_class)->unmap (widget);
}

static void
conc_arrivals_chart_dispose (GObject *object)
{
  ConcArrivalsChart *self = CONC_ARRIVALS_CHART (object);

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (conc_arrivals_chart_parent_class)->dispose (object);
}

static void
conc_arrivals_chart_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ConcArrivalsChart *self = CONC_ARRIVALS_CHART (object);

  if (id == PROP_SESSION)
    g_value_set_object (value, conc_progress_model_get_session (self->model));
  else if (id == PROP_COMPACT)
    g_value_set_boolean (value, self->compact);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
conc_arrivals_chart_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ConcArrivalsChart *self = CONC_ARRIVALS_CHART (object);

  if (id == PROP_SESSION)
    conc_progress_model_set_session (self->model, g_value_get_object (value));
  else if (id == PROP_COMPACT)
    {
      self->compact = g_value_get_boolean (value);
      gtk_widget_queue_resize (GTK_WIDGET (self));
    }
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
conc_arrivals_chart_class_init (ConcArrivalsChartClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = conc_arrivals_chart_dispose;
  object_class->get_property = conc_arrivals_chart_get_property;
  object_class->set_property = conc_arrivals_chart_set_property;
  widget_class->snapshot = conc_arrivals_chart_snapshot;
  widget_class->measure = conc_arrivals_chart_measure;
  widget_class->map = conc_arrivals_chart_map;
  widget_class->unmap = conc_arrivals_chart_unmap;
  props[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, CONC_TYPE_SESSION, flags);
  props[PROP_COMPACT] = g_param_spec_boolean ("compact", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_css_name (widget_class, "arrivalschart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
conc_arrivals_chart_init (ConcArrivalsChart *self)
{
  self->model = conc_progress_model_new ();
  g_signal_connect_object (self->model, "changed", G_CALLBACK (model_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  model_changed_cb (self);
}
