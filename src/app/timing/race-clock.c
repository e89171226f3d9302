/* race-clock.c: the clock that the timing crew reads from three metres away. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/timing/race-clock.h"

#include "core/duration.h"
#include "core/race-time.h"

#include <glib/gi18n.h>

/* Letters of 1/250 of the distance are readable: 12 mm at 3 m, 45 px on a screen of 96 dots per
 * inch. Figures of this size are twice as high. */
#define FIGURE_EM_PX 128
#define MIN_EM_PX 64
#define USEC_PER_MSEC 1000
#define DAY_USEC (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

struct _ConcRaceClock
{
  GtkWidget parent_instance;

  /* owned */
  GTimeZone   *zone;
  char        *text;
  PangoLayout *layout;

  /* borrowed */
  ConcClock *clock;

  /* state */
  gint64 start_usec;
  guint  tick_source;
};

G_DEFINE_FINAL_TYPE (ConcRaceClock, conc_race_clock, GTK_TYPE_WIDGET)

/* The running time since @start_usec, always with hours so that nothing jumps; before it, how long
 * it is until then, if that is less than a day. Else, and without it, the time of day. */
char *
conc_race_clock_format (gint64 now_usec, gint64 start_usec, GTimeZone *zone)
{
  gboolean is_before = start_usec != CONC_NO_TIME && now_usec < start_usec;
  gint64   seconds;

  if (start_usec == CONC_NO_TIME || (is_before && start_usec - now_usec > DAY_USEC))
    return conc_time_format_clock (now_usec, zone, 0);
  seconds = (now_usec - start_usec) / G_USEC_PER_SEC;
  if (is_before)
    seconds = (start_usec - now_usec + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC;
  return g_strdup_printf ("%s%" G_GINT64_FORMAT ":%02d:%02d", is_before ? "−" : "", seconds / 3600,
                          (int) (seconds / 60 % 60), (int) (seconds % 60));
}

/* How long the text stays right, in microseconds, 1 to a second. */
gint64
conc_race_clock_until_next (gint64 now_usec, gint64 start_usec)
{
  gint64 since = start_usec == CONC_NO_TIME ? now_usec : now_usec - start_usec;

  /* Before the start the figures change when a whole second is left. */
  since %= G_USEC_PER_SEC;
  return since < 0 ? -since : G_USEC_PER_SEC - since;
}

static void
set_label (ConcRaceClock *self)
{
  gboolean         runs = self->start_usec != CONC_NO_TIME;
  g_autofree char *label =
      g_strdup_printf (runs ? _ ("Race clock %s") : _ ("Time of day %s"), self->text);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
update_text (ConcRaceClock *self)
{
  g_autofree char *text = NULL;

  if (self->clock == NULL)
    return;
  text =
      conc_race_clock_format (conc_clock_get_wall_usec (self->clock), self->start_usec, self->zone);
  if (g_strcmp0 (text, self->text) == 0)
    return;
  g_free (self->text);
  self->text = g_steal_pointer (&text);
  set_label (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean tick_cb (gpointer user_data);

/* Waits for the next whole second of what is shown; a hidden clock costs nothing. */
static void
schedule (ConcRaceClock *self)
{
  gint64 wait_usec;

  g_clear_handle_id (&self->tick_source, g_source_remove);
  if (self->clock == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  wait_usec = conc_race_clock_until_next (conc_clock_get_wall_usec (self->clock), self->start_usec);
  self->tick_source =
      g_timeout_add_full (G_PRIORITY_DEFAULT, (guint) (wait_usec / USEC_PER_MSEC + 1), tick_cb,
                          self, NULL);
}

static gboolean
tick_cb (gpointer user_data)
{
  ConcRaceClock *self = user_data;

  self->tick_source = 0;
  update_text (self);
  schedule (self);
  return G_SOURCE_REMOVE;
}

static void
set_size (PangoLayout *layout, double em_px)
{
  g_autoptr (PangoFontDescription) font =
      pango_font_description_copy (pango_layout_get_font_description (layout));

  pango_font_description_set_absolute_size (font, em_px * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
}

static PangoLayout *
get_layout (ConcRaceClock *self)
{
  if (self->layout == NULL)
    {
      PangoAttrList *attributes = pango_attr_list_new ();
      g_autoptr (PangoFontDescription) font = pango_font_description_copy (
          pango_context_get_font_description (gtk_widget_get_pango_context (GTK_WIDGET (self))));

      pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
      self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
      pango_layout_set_font_description (self->layout, font);
      pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
      pango_layout_set_attributes (self->layout, attributes);
      pango_attr_list_unref (attributes);
    }
  return self->layout;
}

static void
conc_race_clock_measure (GtkWidget     *widget,
                         GtkOrientation orientation,
                         int            for_size,
                         int           *minimum,
                         int           *natural,
                         int           *minimum_baseline,
                         int           *natural_baseline)
{
  PangoLayout   *layout = get_layout (CONC_RACE_CLOCK (widget));
  const int      sizes[] = { MIN_EM_PX, FIGURE_EM_PX };
  PangoRectangle ink, logical;
  int            results[2];

  for (int i = 0; i < 2; i++)
    {
      set_size (layout, sizes[i]);
      pango_layout_set_text (layout, "00:00:00", -1);
      pango_layout_get_pixel_extents (layout, &ink, &logical);
      /* Figures have no descenders: the ink and a little air are enough. */
      results[i] =
          orientation == GTK_ORIENTATION_HORIZONTAL ? logical.width : ink.height + ink.height / 4;
    }
  *minimum = results[0];
  *natural = results[1];
}

static void
conc_race_clock_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ConcRaceClock   *self = CONC_RACE_CLOCK (widget);
  PangoLayout     *layout = get_layout (self);
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  int              width = gtk_widget_get_width (widget);
  int              height = gtk_widget_get_height (widget);
  PangoRectangle   ink, logical;
  GdkRGBA          color;
  double           scale;

  if (self->text == NULL)
    return;
  set_size (layout, FIGURE_EM_PX);
  pango_layout_set_text (layout, self->text, -1);
  pango_layout_get_pixel_extents (layout, &ink, &logical);
  scale = MIN ((double) width / MAX (logical.width, 1), (double) height / MAX (ink.height, 1));
  set_size (layout, FIGURE_EM_PX * MIN (scale, 1.0));
  pango_layout_get_pixel_extents (layout, &ink, &logical);
  gtk_style_context_get_color (style, &color);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (0, (height - ink.height) / 2.0f - ink.y));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
}

static void
conc_race_clock_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (conc_race_clock_parent_class)->map (widget);
  update_text (CONC_RACE_CLOCK (widget));
  schedule (CONC_RACE_CLOCK (widget));
}

static void
conc_race_clock_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (conc_race_clock_parent_class)->unmap (widget);
  g_clear_handle_id (&CONC_RACE_CLOCK (widget)->tick_source, g_source_remove);
}

static void
conc_race_clock_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (conc_race_clock_parent_class)->css_changed (widget, change);
  g_clear_object (&CONC_RACE_CLOCK (widget)->layout);
}

static void
conc_race_clock_dispose (GObject *object)
{
  ConcRaceClock *self = CONC_RACE_CLOCK (object);

  g_clear_handle_id (&self->tick_source, g_source_remove);
  g_clear_object (&self->layout);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->text, g_free);
  G_OBJECT_CLASS (conc_race_clock_parent_class)->dispose (object);
}

static void
conc_race_clock_class_init (ConcRaceClockClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = conc_race_clock_dispose;
  widget_class->measure = conc_race_clock_measure;
  widget_class->snapshot = conc_race_clock_snapshot;
  widget_class->map = conc_race_clock_map;
  widget_class->unmap = conc_race_clock_unmap;
  widget_class->css_changed = conc_race_clock_css_changed;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "raceclock");
}

static void
conc_race_clock_init (ConcRaceClock *self)
{
  self->start_usec = CONC_NO_TIME;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Race clock"), -1);
}

/* Without a clock nothing is shown. */
void
conc_race_clock_set_clock (ConcRaceClock *self, ConcClock *clock, GTimeZone *zone)
{
  self->clock = clock;
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = zone != NULL ? g_time_zone_ref (zone) : NULL;
  update_text (self);
  schedule (self);
}

/* From when to count; CONC_NO_TIME shows the time of day. */
void
conc_race_clock_set_start (ConcRaceClock *self, gint64 start_usec)
{
  self->start_usec = start_usec;
  update_text (self);
  schedule (self);
}
