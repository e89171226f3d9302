/* progress-view.c: how check-in is getting on, for whoever coordinates it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/progress/progress-view.h"

#include "app/progress/arrivals-chart.h"
#include "app/progress/count-row.h"
#include "app/progress/progress-model.h"
#include "store/reader-desk.h"

#include <glib/gi18n.h>

struct _ConcProgressView
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget  *content;
  GtkLabel   *here;
  GtkLabel   *missing;
  GtkLabel   *no_shows;
  GtkLabel   *came;
  GtkLabel   *outlook;
  GtkWidget  *legend;
  GtkWidget  *wave_group;
  GtkListBox *waves;
  GtkWidget  *shirt_group;
  GtkListBox *shirts;
  GtkButton  *no_show_button;

  /* owned */
  ConcProgressModel *model;
};

enum
{
  PROP_SESSION = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (ConcProgressView, conc_progress_view, GTK_TYPE_WIDGET)

/* ----------------------------------------------------------------------------- lists */

static ConcCountRow *
get_row (GtkListBox *list, guint index)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (list, (int) index);
  GtkWidget     *made;

  if (row != NULL)
    return CONC_COUNT_ROW (row);
  made = conc_count_row_new ();
  gtk_list_box_append (list, made);
  return CONC_COUNT_ROW (made);
}

static void
cut_rows (GtkListBox *list, guint length)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, (int) length)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

static void
show_wave (ConcCountRow *row, const ConcWaveCount *wave)
{
  g_auto (ConcCount) count = { NULL };

  count.title =
      wave->wave != NULL ? conc_wave_dup_title (wave->wave) : g_strdup (_ ("Without a wave"));
  count.figures = g_strdup_printf (_ ("%u of %u"), wave->n_checked_in, wave->n_expected);
  count.share = wave->n_expected > 0 ? (double) wave->n_checked_in / wave->n_expected : 0;
  conc_count_row_show (row, &count);
}

/* A race without waves is told by the figures at the top. */
static void
show_waves (ConcProgressView *self, GPtrArray *waves)
{
  gboolean has_waves = FALSE;
  guint    n_rows = 0;

  for (guint i = 0; waves != NULL && i < waves->len; i++)
    {
      const ConcWaveCount *wave = g_ptr_array_index (waves, i);

      has_waves |= wave->wave != NULL;
      if (wave->n_expected > 0)
        show_wave (get_row (self->waves, n_rows++), wave);
    }
  cut_rows (self->waves, n_rows);
  gtk_widget_set_visible (self->wave_group, has_waves && n_rows > 0);
}

/* How many of those who ordered the size would go without. */
static int
get_shortage (const ConcShirtCount *shirt)
{
  int wanted = (int) shirt->ordered - (int) shirt->given;

  return shirt->is_counted ? MAX (wanted, 0) - MAX (shirt->left, 0) : 0;
}

static char *
describe_shirt (const ConcShirtCount *shirt)
{
  int              shortage = get_shortage (shirt);
  g_autofree char *given =
      g_strdup_printf (_ ("%u ordered, %u given"), shirt->ordered, shirt->given);

  if (shortage <= 0)
    return g_steal_pointer (&given);
  return g_strdup_printf (ngettext ("%s, %d too few for those who are still to come",
                                    "%s, %d too few for those who are still to come", shortage),
                          given, shortage);
}

static void
show_shirt (ConcCountRow *row, const ConcShirtCount *shirt)
{
  g_auto (ConcCount) count = { NULL };

  count.title = g_strdup_printf (_ ("Size %s"), shirt->size);
  count.detail = describe_shirt (shirt);
  count.figures =
      shirt->is_counted ? g_strdup_printf (_ ("%d left"), MAX (shirt->left, 0)) : g_strdup ("");
  count.is_short = get_shortage (shirt) > 0;
  count.share = -1;
  conc_count_row_show (row, &count);
}

static void
show_shirts (ConcProgressView *self, GPtrArray *shirts)
{
  guint n_rows = shirts != NULL ? shirts->len : 0;

  for (guint i = 0; i < n_rows; i++)
    show_shirt (get_row (self->shirts, i), g_ptr_array_index (shirts, i));
  cut_rows (self->shirts, n_rows);
  gtk_widget_set_visible (self->shirt_group, n_rows > 0);
}

/* --------------------------------------------------------------------------- figures */

static void
show_number (GtkLabel *label, guint number)
{
  g_autofree char *text = g_strdup_printf ("%u", number);

  gtk_label_set_label (label, text);
}

static void
show_words (ConcProgressView *self, const ConcProgress *progress)
{
  ConcSession     *session = conc_progress_model_get_session (self->model);
  GTimeZone       *zone = conc_session_get_zone (session);
  gint64           now_usec = conc_clock_get_wall_usec (conc_session_get_clock (session));
  g_autofree char *came =
      conc_arrivals_describe ((const ConcArrivals *) (gpointer) progress->arrivals->data,
                              progress->arrivals->len, zone);
  g_autofree char *outlook =
      conc_arrivals_describe_outlook (&progress->hours, progress->n_missing, now_usec, zone);

  gtk_label_set_label (self->came, came);
  gtk_label_set_label (self->outlook, outlook);
  gtk_widget_set_visible (self->legend, progress->arrivals->len > 0 || progress->expected->len > 0);
}

static void
show_no_shows (ConcProgressView *self, guint n_missing)
{
  g_autofree char *label =
      g_strdup_printf (ngettext ("_Mark the One Who Is Not Here as a No-Show",
                                 "_Mark the %u Who Are Not Here as No-Shows", n_missing),
                       n_missing);

  gtk_button_set_label (self->no_show_button,
                        n_missing > 0 ? label : _ ("_Nobody Is Left to Mark"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "progress.mark-no-shows", n_missing > 0);
}

static void
model_changed_cb (ConcProgressView *self)
{
  const ConcProgress *progress = conc_progress_model_get_progress (self->model);

  if (progress == NULL)
    return;
  show_number (self->here, progress->n_checked_in);
  show_number (self->missing, progress->n_missing);
  show_number (self->no_shows, progress->n_no_shows);
  show_words (self, progress);
  show_waves (self, progress->waves);
  show_shirts (self, progress->shirts);
  show_no_shows (self, progress->n_missing);
}

static void
marked (ConcSession *session, ConcReceipt *receipt, const GError *error, gpointer user_data)
{
  g_autofree char *sentence = NULL;
  g_autofree char *fact = NULL;

  if (receipt == NULL)
    {
      conc_session_fail (session, error->message);
      return;
    }
  if (receipt->n_facts == 0)
    return;
  fact = conc_fact_id_to_text (&receipt->fact);
  sentence = g_strdup_printf (ngettext ("%u runner is marked as a no-show.",
                                        "%u runners are marked as no-shows.", receipt->n_facts),
                              receipt->n_facts);
  conc_session_say (session, sentence, fact);
}

static void
mark_no_shows_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcProgressView *self = CONC_PROGRESS_VIEW (widget);
  ConcSession      *session = conc_progress_model_get_session (self->model);

  if (session == NULL)
    return;
  gtk_widget_action_set_enabled (widget, "progress.mark-no-shows", FALSE);
  conc_session_submit (session,
                       conc_command_new (CONC_COMMAND_NO_SHOWS, conc_session_get_clock (session)),
                       marked, self);
}

/* ------------------------------------------------------------------------------ class */

static void
conc_progress_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (conc_progress_view_parent_class)->map (widget);
  conc_progress_model_set_active (CONC_PROGRESS_VIEW (widget)->model, TRUE);
}

static void
conc_progress_view_unmap (GtkWidget *widget)
{
  conc_progress_model_set_active (CONC_PROGRESS_VIEW (widget)->model, FALSE);
  GTK_WIDGET_CLASS (conc_progress_view_parent_class)->unmap (widget);
}

static void
conc_progress_view_dispose (GObject *object)
{
  ConcProgressView *self = CONC_PROGRESS_VIEW (object);

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_clear_object (&self->model);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONC_TYPE_PROGRESS_VIEW);
  G_OBJECT_CLASS (conc_progress_view_parent_class)->dispose (object);
}

static void
conc_progress_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ConcProgressView *self = CONC_PROGRESS_VIEW (object);

  /* Bindings ask while the template is being built. */
  if (id == PROP_SESSION)
    g_value_set_object (value,
                        self->model != NULL ? conc_progress_model_get_session (self->model) : NULL);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
conc_progress_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    conc_progress_model_set_session (CONC_PROGRESS_VIEW (object)->model,
                                     g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/notinourcity/Concourse/progress/progress-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcProgressView, content);
  gtk_widget_class_bind_template_child (widget_class, ConcProgressView, here);
  gtk_widget_class_bind_template_child (widget_class, ConcProgressView, missing);
  gtk_widget_class_bind_template_child (widget_class, ConcProgressView, no_shows);
  gtk_widget_class_bind_template_child (widget_class, ConcProgressView, came);
  gtk_widget_class_bind_template_child (widget_class, ConcProgressView, outlook);
  gtk_widget_class_bind_template_child (widget_class, ConcProgressView, legend);
  gtk_widget_class_bind_template_child (widget_class, ConcProgressView, wave_group);
  gtk_widget_class_bind_template_child (widget_class, ConcProgressView, waves);
  gtk_widget_class_bind_template_child (widget_class, ConcProgressView, shirt_group);
  gtk_widget_class_bind_template_child (widget_class, ConcProgressView, shirts);
  gtk_widget_class_bind_template_child (widget_class, ConcProgressView, no_show_button);
}

static void
conc_progress_view_class_init (ConcProgressViewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = conc_progress_view_dispose;
  object_class->get_property = conc_progress_view_get_property;
  object_class->set_property = conc_progress_view_set_property;
  widget_class->map = conc_progress_view_map;
  widget_class->unmap = conc_progress_view_unmap;
  props[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, CONC_TYPE_SESSION,
                                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (CONC_TYPE_ARRIVALS_CHART);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "progress.mark-no-shows", NULL,
                                   mark_no_shows_action);
}

static void
conc_progress_view_init (ConcProgressView *self)
{
  self->model = conc_progress_model_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->model, "changed", G_CALLBACK (model_changed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "progress.mark-no-shows", FALSE);
}
