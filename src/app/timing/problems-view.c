/* problems-view.c: what must be looked at, and who is still on course. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/timing/problems-view.h"

#include "app/timing/problems-read.h"
#include "core/race-time.h"

#include <glib/gi18n.h>

/* Finishers come one a second; that often nobody reads a list. */
#define UPDATE_INTERVAL_MSEC 1000
/* Nobody reads more of them at once. */
#define ROW_LIMIT 200u

struct _ConcProblemsView
{
  GtkWidget parent_instance;

  /* template */
  GtkLabel    *problems_label;
  GtkListView *problems_view;
  GtkLabel    *nothing_label;
  GtkLabel    *course_label;
  GtkListView *course_view;

  /* owned */
  ConcSession          *session;
  GtkStringList        *problems;
  GArray               *problem_bibs; /* of guint: whom each row is about */
  GtkStringList        *runners;
  GArray               *runner_bibs;
  GtkFileChooserNative *chooser;

  /* state */
  guint    update_source;
  gboolean is_reading;
  gboolean is_stale;
  guint    save_bib;
};

enum
{
  PROP_SESSION = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (ConcProblemsView, conc_problems_view, GTK_TYPE_WIDGET)

static void
set_rows (GtkStringList *list, GPtrArray *texts)
{
  g_ptr_array_add (texts, NULL);
  gtk_string_list_splice (list, 0, g_list_model_get_n_items (G_LIST_MODEL (list)),
                          (const char *const *) texts->pdata);
}

static void
show_problems (ConcProblemsView *self, GPtrArray *problems)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *title = g_strdup_printf (_ ("Problems (%u)"), problems->len);

  g_array_set_size (self->problem_bibs, 0);
  for (guint i = 0; i < MIN (problems->len, ROW_LIMIT); i++)
    {
      const ConcRaceProblem *problem = g_ptr_array_index (problems, i);

      g_ptr_array_add (texts, g_strdup_printf ("%s\n%s", problem->sentence, problem->advice));
      g_array_append_val (self->problem_bibs, problem->bib);
    }
  set_rows (self->problems, texts);
  gtk_label_set_label (self->problems_label, title);
  gtk_widget_set_visible (GTK_WIDGET (self->nothing_label), problems->len == 0);
}

static char *
describe_runner (ConcProblemsView *self, const ConcOnCourse *runner)
{
  GTimeZone       *zone = conc_session_get_zone (self->session);
  g_autofree char *who = runner->bib != 0 ? g_strdup_printf ("%u  %s", runner->bib, runner->name)
                                          : g_strdup (runner->name);
  g_autofree char *seen = NULL;

  if (runner->last_usec == CONC_NO_TIME)
    return g_strdup_printf (_ ("%s\nNot seen at the line yet"), who);
  seen = conc_time_format_clock (runner->last_usec, zone, 0);
  return g_strdup_printf (ngettext ("%s\n%u lap, last seen at %s", "%s\n%u laps, last seen at %s",
                                    runner->laps_done),
                          who, runner->laps_done, seen);
}

static void
show_on_course (ConcProblemsView *self, GPtrArray *runners)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *title = g_strdup_printf (_ ("Still on course: %u"), runners->len);

  g_array_set_size (self->runner_bibs, 0);
  for (guint i = 0; i < MIN (runners->len, ROW_LIMIT); i++)
    {
      const ConcOnCourse *runner = g_ptr_array_index (runners, i);

      g_ptr_array_add (texts, describe_runner (self, runner));
      g_array_append_val (self->runner_bibs, runner->bib);
    }
  set_rows (self->runners, texts);
  gtk_label_set_label (self->course_label, title);
}

static void update (ConcProblemsView *self);

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConcProblemsView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcProblemsReport) report = conc_problems_read_finish (result, &error);

  self->is_reading = FALSE;
  if (self->session == NULL)
    return;
  if (report != NULL)
    {
      show_problems (self, report->problems);
      show_on_course (self, report->on_course);
    }
  else
    gtk_label_set_label (self->problems_label, error->message);
  if (self->is_stale)
    update (self);
}

static void
update (ConcProblemsView *self)
{
  g_clear_handle_id (&self->update_source, g_source_remove);
  if (self->session == NULL)
    return;
  self->is_stale = self->is_reading;
  if (self->is_reading)
    return;
  self->is_reading = TRUE;
  conc_problems_read_async (conc_race_file_get_path (conc_session_get_file (self->session)),
                            read_cb, g_object_ref (self));
}

static gboolean
update_cb (gpointer user_data)
{
  ConcProblemsView *self = user_data;

  self->update_source = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

static void
session_changed_cb (ConcProblemsView *self)
{
  if (self->update_source == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->update_source = g_timeout_add (UPDATE_INTERVAL_MSEC, update_cb, self);
}

/* Where it can be settled: with the runner, or where times get their bibs. */
static void
open_row (ConcProblemsView *self, GArray *bibs, guint position)
{
  guint bib = position < bibs->len ? g_array_index (bibs, guint, position) : 0;

  if (bib > 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-bib", "u", bib);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.page", "s", "timing");
}

static void
problem_activated_cb (ConcProblemsView *self, guint position)
{
  open_row (self, self->problem_bibs, position);
}

static void
runner_activated_cb (ConcProblemsView *self, guint position)
{
  open_row (self, self->runner_bibs, position);
}

/* ------------------------------------------------------------------------- papers */

static void
saved_cb (GObject *owner, const char *sentence, const GError *error)
{
  ConcProblemsView *self = CONC_PROBLEMS_VIEW (owner);

  if (self->session == NULL)
    return;
  if (error != NULL)
    conc_session_fail (self->session, error->message);
  else
    conc_session_say (self->session, sentence, NULL);
}

static void
chosen_cb (ConcProblemsView *self, int response)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));

  if (response == GTK_RESPONSE_ACCEPT && file != NULL && self->session != NULL)
    conc_papers_save (G_OBJECT (self),
                      conc_race_file_get_path (conc_session_get_file (self->session)), file,
                      self->save_bib,
                      conc_clock_get_wall_usec (conc_session_get_clock (self->session)), saved_cb);
  g_clear_object (&self->chooser);
}

/* It does not stand in the way of the keys that take times. */
static void
choose_file (ConcProblemsView *self, const char *title, const char *name, guint bib)
{
  g_clear_object (&self->chooser);
  self->save_bib = bib;
  self->chooser =
      gtk_file_chooser_native_new (title, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                   GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), FALSE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
save_log_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  choose_file (CONC_PROBLEMS_VIEW (widget), _ ("Save Paper Log"), _ ("log.pdf"), 0);
}

static void
save_protest_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  guint            bib = g_variant_get_uint32 (parameter);
  g_autofree char *file_name = g_strdup_printf (_ ("protest-%u.pdf"), bib);

  choose_file (CONC_PROBLEMS_VIEW (widget), _ ("Save Protest Sheet"), file_name, bib);
}

/* -------------------------------------------------------------------------- widget */

static void
conc_problems_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (conc_problems_view_parent_class)->map (widget);
  update (CONC_PROBLEMS_VIEW (widget));
}

static void
conc_problems_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    g_value_set_object (value, CONC_PROBLEMS_VIEW (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
set_session (ConcProblemsView *self, ConcSession *session)
{
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  if (session == NULL)
    return;
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self,
                           G_CONNECT_SWAPPED);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    update (self);
}

static void
conc_problems_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ConcProblemsView *self = CONC_PROBLEMS_VIEW (object);

  if (id != PROP_SESSION)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  else if (self->session != g_value_get_object (value))
    {
      set_session (self, g_value_get_object (value));
      g_object_notify_by_pspec (object, pspec);
    }
}

static void
conc_problems_view_dispose (GObject *object)
{
  ConcProblemsView *self = CONC_PROBLEMS_VIEW (object);
  GtkWidget        *content = gtk_widget_get_first_child (GTK_WIDGET (self));

  g_clear_handle_id (&self->update_source, g_source_remove);
  set_session (self, NULL);
  g_clear_object (&self->chooser);
  g_clear_object (&self->problems);
  g_clear_object (&self->runners);
  g_clear_pointer (&content, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONC_TYPE_PROBLEMS_VIEW);
  G_OBJECT_CLASS (conc_problems_view_parent_class)->dispose (object);
}

static void
conc_problems_view_finalize (GObject *object)
{
  ConcProblemsView *self = CONC_PROBLEMS_VIEW (object);

  g_array_unref (self->problem_bibs);
  g_array_unref (self->runner_bibs);
  G_OBJECT_CLASS (conc_problems_view_parent_class)->finalize (object);
}

static void
conc_problems_view_class_init (ConcProblemsViewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = conc_problems_view_dispose;
  object_class->finalize = conc_problems_view_finalize;
  object_class->get_property = conc_problems_view_get_property;
  object_class->set_property = conc_problems_view_set_property;
  widget_class->map = conc_problems_view_map;

  props[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, CONC_TYPE_SESSION,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_install_action (widget_class, "problems.save-log", NULL, save_log_action);
  gtk_widget_class_install_action (widget_class, "problems.save-protest", "u", save_protest_action);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/notinourcity/Concourse/timing/problems-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcProblemsView, problems_label);
  gtk_widget_class_bind_template_child (widget_class, ConcProblemsView, problems_view);
  gtk_widget_class_bind_template_child (widget_class, ConcProblemsView, nothing_label);
  gtk_widget_class_bind_template_child (widget_class, ConcProblemsView, course_label);
  gtk_widget_class_bind_template_child (widget_class, ConcProblemsView, course_view);
  gtk_widget_class_bind_template_callback (widget_class, problem_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, runner_activated_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
show_list (GtkListView *view, GtkStringList *list)
{
  g_autoptr (GtkSelectionModel) selection =
      GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (g_object_ref (list))));

  gtk_list_view_set_model (view, selection);
}

static void
conc_problems_view_init (ConcProblemsView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->problem_bibs = g_array_new (FALSE, FALSE, sizeof (guint));
  self->runner_bibs = g_array_new (FALSE, FALSE, sizeof (guint));
  self->problems = gtk_string_list_new (NULL);
  self->runners = gtk_string_list_new (NULL);
  show_list (self->problems_view, self->problems);
  show_list (self->course_view, self->runners);
}
