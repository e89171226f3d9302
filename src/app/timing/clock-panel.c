/* clock-panel.c: what is known of the clocks, beside the guns. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/timing/clock-panel.h"

#include "core/clock-words.h"
#include "store/clock-report.h"

/* The sentence of a clock that runs right need not be of this second. */
#define UPDATE_SEC 2
/* A difference that people would see between two clocks side by side. */
#define SEEN_USEC 50000

struct _ConcClockPanel
{
  GtkWidget parent_instance;

  /* template */
  GtkLabel        *summary;
  GtkToggleButton *more_button;
  GtkLabel        *details;

  /* owned */
  ConcSession *session;

  /* state */
  guint source;
};

enum
{
  PROP_SESSION = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (ConcClockPanel, conc_clock_panel, GTK_TYPE_WIDGET)

/* What somebody at the line should know: that the clock on the wall and this one differ, or how far
 * the hub is; else that all is well. */
static char *
dup_summary (ConcClockPanel *self)
{
  ConcSteadyClock *steady = conc_race_file_get_steady_clock (conc_session_get_file (self->session));
  gint64           difference_usec = conc_steady_clock_get_difference (steady);
  gint64           offset_usec, error_usec, age_usec;

  if (ABS (difference_usec) < SEEN_USEC &&
      conc_steady_clock_get_offset (steady, &offset_usec, &error_usec, &age_usec))
    return conc_clock_describe_hub (-offset_usec, error_usec, -1);
  return conc_clock_describe_wall (ABS (difference_usec) < SEEN_USEC ? 0 : difference_usec);
}

static void
update_details (ConcClockPanel *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcClockReport) report =
      conc_clock_report_new (conc_session_get_file (self->session), &error);
  g_auto (GStrv) sentences = NULL;
  g_autofree char *text = NULL;

  if (report == NULL)
    {
      gtk_label_set_label (self->details, error->message);
      return;
    }
  sentences = conc_clock_report_describe (report, conc_session_get_zone (self->session));
  text = g_strjoinv ("\n", sentences);
  gtk_label_set_label (self->details, text);
}

static gboolean
update_cb (gpointer user_data)
{
  ConcClockPanel  *self = user_data;
  g_autofree char *summary = NULL;

  if (self->session == NULL)
    return G_SOURCE_CONTINUE;
  summary = dup_summary (self);
  gtk_label_set_label (self->summary, summary);
  if (gtk_toggle_button_get_active (self->more_button))
    update_details (self);
  return G_SOURCE_CONTINUE;
}

static void
more_toggled_cb (ConcClockPanel *self)
{
  update_cb (self);
}

static void
conc_clock_panel_map (GtkWidget *widget)
{
  ConcClockPanel *self = CONC_CLOCK_PANEL (widget);

  GTK_WIDGET_CLASS (conc_clock_panel_parent_class)->map (widget);
  update_cb (self);
  self->source = g_timeout_add_seconds (UPDATE_SEC, update_cb, self);
}

static void
conc_clock_panel_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&CONC_CLOCK_PANEL (widget)->source, g_source_remove);
  GTK_WIDGET_CLASS (conc_clock_panel_parent_class)->unmap (widget);
}

static void
conc_clock_panel_dispose (GObject *object)
{
  ConcClockPanel *self = CONC_CLOCK_PANEL (object);
  GtkWidget      *content = gtk_widget_get_first_child (GTK_WIDGET (self));

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_object (&self->session);
  g_clear_pointer (&content, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONC_TYPE_CLOCK_PANEL);
  G_OBJECT_CLASS (conc_clock_panel_parent_class)->dispose (object);
}

static void
conc_clock_panel_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    g_value_set_object (value, CONC_CLOCK_PANEL (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
conc_clock_panel_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ConcClockPanel *self = CONC_CLOCK_PANEL (object);

  if (id != PROP_SESSION)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  if (g_set_object (&self->session, g_value_get_object (value)))
    update_cb (self);
}

static void
conc_clock_panel_class_init (ConcClockPanelClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = conc_clock_panel_dispose;
  object_class->get_property = conc_clock_panel_get_property;
  object_class->set_property = conc_clock_panel_set_property;
  widget_class->map = conc_clock_panel_map;
  widget_class->unmap = conc_clock_panel_unmap;

  props[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, CONC_TYPE_SESSION,
                                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/notinourcity/Concourse/timing/clock-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcClockPanel, summary);
  gtk_widget_class_bind_template_child (widget_class, ConcClockPanel, more_button);
  gtk_widget_class_bind_template_child (widget_class, ConcClockPanel, details);
  gtk_widget_class_bind_template_callback (widget_class, more_toggled_cb);
}

static void
conc_clock_panel_init (ConcClockPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
