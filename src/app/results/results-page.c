/* results-page.c: the results, live, and their export. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/results/results-page.h"

#include "app/results/result-item.h"
#include "app/results/results-list.h"
#include "app/results/results-problems.h"
#include "app/results/results-save.h"
#include "app/runners/text-columns.h"
#include "core/race-time.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* With thousands of finishers a list takes some milliseconds; nobody reads faster than this. */
#define UPDATE_INTERVAL_MSEC 100
#define PROBLEM_LIMIT 50u
#define NET_COLUMN 7

struct _ConcResultsPage
{
  GtkWidget parent_instance;

  /* template */
  GtkDropDown   *list_drop;
  GtkStack      *stack;
  GtkColumnView *view;
  GtkLabel      *count_label;
  GtkLabel      *state_label;
  GtkLabel      *rules_label;
  GtkWidget     *problems_pane;
  GtkLabel      *problems_label;
  GtkListView   *problems_view;

  /* owned */
  ConcSession          *session;
  GListStore           *rows;
  GtkStringList        *problems;
  GArray               *lists;        /* of int: the lists of the scoreboard behind the choices */
  GArray               *problem_bibs; /* of guint: whom each problem is about */
  GtkFileChooserNative *chooser;

  /* state */
  ConcResultsFormat format;
  guint             update_source;
  gboolean          is_filling;
};

G_DEFINE_FINAL_TYPE (ConcResultsPage, conc_results_page, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_SESSION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static const ConcTextColumn columns[] = {
  { "place", NULL, 5, 6, TRUE }, { "bib", NULL, 5, 6, TRUE }, { "name", NULL, 16, 28, FALSE },
  { "sex", NULL, 3, 4, FALSE },  { "age", NULL, 3, 4, TRUE }, { "division", NULL, 8, 9, FALSE },
  { "gun", NULL, 7, 9, TRUE },   { "net", NULL, 7, 9, TRUE },
};

static int
get_list (ConcResultsPage *self)
{
  guint selected = gtk_drop_down_get_selected (self->list_drop);

  return selected < self->lists->len ? g_array_index (self->lists, int, selected)
                                     : CONC_LIST_OVERALL;
}

static char *
dup_list_title (ConcScoreboard *board, int list)
{
  switch (list)
    {
    case CONC_LIST_OVERALL:
      return g_strdup (_ ("Overall"));
    case CONC_SEX_FEMALE:
      return g_strdup (_ ("Women"));
    case CONC_SEX_MALE:
      return g_strdup (_ ("Men"));
    case CONC_SEX_NONBINARY:
      return g_strdup (_ ("Non-binary"));
    default:
      return g_strdup (conc_scoreboard_get_list_name (board, list));
    }
}

static GArray *
dup_lists (ConcScoreboard *board)
{
  g_autoptr (GArray) divisions = conc_scoreboard_dup_divisions (board);
  GArray *lists = g_array_new (FALSE, FALSE, sizeof (int));

  for (int list = CONC_LIST_OVERALL; list < CONC_LIST_FIRST_DIVISION; list++)
    g_array_append_val (lists, list);
  g_array_append_vals (lists, divisions->data, divisions->len);
  return lists;
}

static gboolean
is_same (const GArray *a, const GArray *b)
{
  return a->len == b->len && memcmp (a->data, b->data, a->len * sizeof (int)) == 0;
}

/* A division appears with its first finisher; the choice that was made stays. */
static void
update_lists (ConcResultsPage *self, ConcScoreboard *board)
{
  g_autoptr (GArray) lists = dup_lists (board);
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  int   chosen = get_list (self);
  guint selected = 0;

  if (is_same (lists, self->lists))
    return;
  for (guint i = 0; i < lists->len; i++)
    {
      int list = g_array_index (lists, int, i);

      gtk_string_list_take (titles, dup_list_title (board, list));
      if (list == chosen)
        selected = i;
    }
  g_array_unref (self->lists);
  self->lists = g_steal_pointer (&lists);
  self->is_filling = TRUE;
  gtk_drop_down_set_model (self->list_drop, G_LIST_MODEL (titles));
  gtk_drop_down_set_selected (self->list_drop, selected);
  self->is_filling = FALSE;
}

static void
update_words (ConcResultsPage *self, ConcScoreboard *board)
{
  guint            n_finished = conc_scoreboard_get_count (board, CONC_LIST_OVERALL);
  guint            n_on_course;
  gint64           now_usec = conc_clock_get_wall_usec (conc_session_get_clock (self->session));
  g_autofree char *clock =
      conc_time_format_clock (now_usec, conc_session_get_zone (self->session), 0);
  g_autofree char *rules = conc_results_dup_rules_text (conc_scoreboard_get_rules (board));
  g_autofree char *finished = NULL;
  g_autofree char *count = NULL;
  g_autofree char *state = NULL;

  g_object_get (self->session, "on-course", &n_on_course, NULL);
  finished = g_strdup_printf (ngettext ("%u finisher", "%u finishers", n_finished), n_finished);
  count = g_strdup_printf (_ ("%s · still on course: %u"), finished, n_on_course);
  if (n_finished > 0)
    state = g_strdup_printf (_ ("Provisional, as of %s"), clock);
  else
    state = g_strdup (_ ("Nobody has finished yet."));
  gtk_label_set_text (self->count_label, count);
  gtk_label_set_text (self->state_label, state);
  gtk_label_set_text (self->rules_label, rules);
}

static gboolean
has_net_times (ConcScoreboard *board)
{
  ConcResult result;

  for (guint n = 0; conc_scoreboard_get_row (board, CONC_LIST_OVERALL, n, &result); n++)
    if (result.net_usec != CONC_NO_TIME)
      return TRUE;
  return FALSE;
}

/* Without a start of their own nobody has a net time, and the column would stay empty. */
static void
update_columns (ConcResultsPage *self, ConcScoreboard *board)
{
  g_autoptr (GtkColumnViewColumn) column =
      g_list_model_get_item (gtk_column_view_get_columns (self->view), NET_COLUMN);

  gtk_column_view_column_set_visible (column, has_net_times (board));
}

static void
update_problems (ConcResultsPage *self, ConcScoreboard *board)
{
  guint n_problems;
  g_auto (GStrv) sentences = conc_results_problems (board, conc_session_get_counts (self->session),
                                                    PROBLEM_LIMIT, self->problem_bibs, &n_problems);
  g_autofree char *title = g_strdup_printf (_ ("To Be Settled (%u)"), n_problems);

  gtk_string_list_splice (self->problems, 0,
                          g_list_model_get_n_items (G_LIST_MODEL (self->problems)),
                          (const char *const *) sentences);
  gtk_label_set_text (self->problems_label, title);
  gtk_widget_set_visible (self->problems_pane, n_problems > 0);
}

/* Where it can be settled: with the runner, or where times get their bibs. */
static void
problem_activated_cb (ConcResultsPage *self, guint position)
{
  guint bib = g_array_index (self->problem_bibs, guint, position);

  if (bib > 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-bib", "u", bib);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.page", "s", "timing");
}

static void
update (ConcResultsPage *self)
{
  ConcScoreboard *board;
  gboolean        is_empty;

  g_clear_handle_id (&self->update_source, g_source_remove);
  if (self->session == NULL)
    return;
  board = conc_session_get_scoreboard (self->session);
  update_lists (self, board);
  conc_results_list_update (self->rows, board, get_list (self));
  update_columns (self, board);
  update_words (self, board);
  update_problems (self, board);
  is_empty = conc_scoreboard_get_count (board, CONC_LIST_OVERALL) == 0;
  if (is_empty)
    gtk_stack_set_visible_child_name (self->stack, "empty");
  else if (g_list_model_get_n_items (G_LIST_MODEL (self->rows)) == 0)
    gtk_stack_set_visible_child_name (self->stack, "nobody");
  else
    gtk_stack_set_visible_child_name (self->stack, "table");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "results.export", !is_empty);
}

static gboolean
update_cb (gpointer user_data)
{
  ConcResultsPage *self = user_data;

  self->update_source = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

/* Finishers come one by one; a page that nobody looks at is brought up to date when it is. */
static void
session_changed_cb (ConcResultsPage *self)
{
  if (self->update_source == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->update_source = g_timeout_add (UPDATE_INTERVAL_MSEC, update_cb, self);
}

static void
list_selected_cb (ConcResultsPage *self)
{
  if (!self->is_filling)
    update (self);
}

static void
saved_cb (GObject *owner, const char *sentence, const GError *error)
{
  ConcResultsPage *self = CONC_RESULTS_PAGE (owner);

  if (self->session == NULL)
    return;
  if (error != NULL)
    conc_session_fail (self->session, error->message);
  else
    conc_session_say (self->session, sentence, NULL);
}

static void
export_response_cb (ConcResultsPage *self, int response)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  if (file != NULL)
    conc_results_save (G_OBJECT (self),
                       conc_race_file_get_path (conc_session_get_file (self->session)), file,
                       self->format,
                       conc_clock_get_wall_usec (conc_session_get_clock (self->session)), saved_cb);
  g_clear_object (&self->chooser);
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcResultsPage *self = CONC_RESULTS_PAGE (widget);
  const char      *format = g_variant_get_string (parameter, NULL);
  g_autofree char *file_name = g_strdup_printf ("%s.%s", _ ("results"), format);

  self->format = conc_results_format_from_text (format);
  g_return_if_fail (self->format < CONC_N_RESULTS_FORMATS);
  g_clear_object (&self->chooser);
  self->chooser =
      gtk_file_chooser_native_new (_ ("Export Results"), GTK_WINDOW (gtk_widget_get_root (widget)),
                                   GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Export"), NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), file_name);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (export_response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
conc_results_page_map (GtkWidget *widget)
{
  update (CONC_RESULTS_PAGE (widget));
  GTK_WIDGET_CLASS (conc_results_page_parent_class)->map (widget);
}

static gboolean
conc_results_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (CONC_RESULTS_PAGE (widget)->list_drop));
}

static void
conc_results_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    g_value_set_object (value, CONC_RESULTS_PAGE (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
set_session (ConcResultsPage *self, ConcSession *session)
{
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  g_list_store_remove_all (self->rows);
  if (session == NULL)
    return;
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self,
                           G_CONNECT_SWAPPED);
  update (self);
}

static void
conc_results_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ConcResultsPage *self = CONC_RESULTS_PAGE (object);

  if (id != PROP_SESSION)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  else if (self->session != g_value_get_object (value))
    {
      set_session (self, g_value_get_object (value));
      g_object_notify_by_pspec (object, pspec);
    }
}

static void
conc_results_page_dispose (GObject *object)
{
  ConcResultsPage *self = CONC_RESULTS_PAGE (object);
  GtkWidget       *child;

  g_clear_handle_id (&self->update_source, g_source_remove);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  g_clear_object (&self->chooser);
  g_clear_object (&self->rows);
  g_clear_object (&self->problems);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONC_TYPE_RESULTS_PAGE);
  child = gtk_widget_get_first_child (GTK_WIDGET (self));
  g_clear_pointer (&child, gtk_widget_unparent);
  G_OBJECT_CLASS (conc_results_page_parent_class)->dispose (object);
}

static void
conc_results_page_finalize (GObject *object)
{
  g_array_unref (CONC_RESULTS_PAGE (object)->lists);
  g_array_unref (CONC_RESULTS_PAGE (object)->problem_bibs);
  G_OBJECT_CLASS (conc_results_page_parent_class)->finalize (object);
}

static void
conc_results_page_class_init (ConcResultsPageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = conc_results_page_get_property;
  object_class->set_property = conc_results_page_set_property;
  object_class->dispose = conc_results_page_dispose;
  object_class->finalize = conc_results_page_finalize;
  widget_class->map = conc_results_page_map;
  widget_class->grab_focus = conc_results_page_grab_focus;

  properties[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, CONC_TYPE_SESSION,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/notinourcity/Concourse/results/results-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcResultsPage, list_drop);
  gtk_widget_class_bind_template_child (widget_class, ConcResultsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, ConcResultsPage, view);
  gtk_widget_class_bind_template_child (widget_class, ConcResultsPage, count_label);
  gtk_widget_class_bind_template_child (widget_class, ConcResultsPage, state_label);
  gtk_widget_class_bind_template_child (widget_class, ConcResultsPage, rules_label);
  gtk_widget_class_bind_template_child (widget_class, ConcResultsPage, problems_pane);
  gtk_widget_class_bind_template_child (widget_class, ConcResultsPage, problems_label);
  gtk_widget_class_bind_template_child (widget_class, ConcResultsPage, problems_view);
  gtk_widget_class_bind_template_callback (widget_class, list_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, problem_activated_cb);
  gtk_widget_class_install_action (widget_class, "results.export", "s", export_action);
}

static void
conc_results_page_init (ConcResultsPage *self)
{
  g_autoptr (GtkSelectionModel) rows = NULL;
  g_autoptr (GtkSelectionModel) problems = NULL;

  self->lists = g_array_new (FALSE, FALSE, sizeof (int));
  self->problem_bibs = g_array_new (FALSE, FALSE, sizeof (guint));
  self->rows = g_list_store_new (CONC_TYPE_RESULT_ITEM);
  self->problems = gtk_string_list_new (NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  conc_text_columns_apply (self->view, CONC_TYPE_RESULT_ITEM, columns, G_N_ELEMENTS (columns));
  rows = GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->rows))));
  gtk_column_view_set_model (self->view, rows);
  problems =
      GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->problems))));
  gtk_list_view_set_model (self->problems_view, problems);
}
