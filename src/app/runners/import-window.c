/* import-window.c: shows what importing a file would do, and does it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/runners/import-window.h"

#include "app/runners/import-columns.h"
#include "app/runners/import-row.h"
#include "core/money.h"
#include "store/import.h"

#include <glib/gi18n.h>

struct _ConcImportWindow
{
  AdwWindow parent_instance;

  /* template */
  AdwWindowTitle *title;
  GtkStack       *stack;
  AdwStatusPage  *failure;
  GtkLabel       *counts[CONC_N_IMPORT_OUTCOMES];
  GtkCheckButton *donations_check;
  GtkStack       *look_stack;
  GtkListView    *look_view;
  GtkListBox     *columns_box;
  GtkButton      *import_button;

  /* owned */
  ConcSession    *session;
  GFile          *file;
  GBytes         *bytes;
  ConcImportPlan *plan;
  GListStore     *look;
  GHashTable     *map; /* column name to field key, what the user chose */

  /* state */
  guint    generation; /* of the plan that is being made */
  gboolean is_importing;
};

G_DEFINE_FINAL_TYPE (ConcImportWindow, conc_import_window, ADW_TYPE_WINDOW)

typedef struct
{
  char          *race_path;
  GFile         *file;
  GBytes        *bytes; /* NULL until the file was read */
  ConcImportKind kind;
  char         **map;
  guint          generation;
} Job;

typedef struct
{
  GBytes         *bytes;
  ConcImportPlan *plan;
} Made;

static void
job_free (gpointer pointer)
{
  Job *job = pointer;

  g_free (job->race_path);
  g_object_unref (job->file);
  g_clear_pointer (&job->bytes, g_bytes_unref);
  g_strfreev (job->map);
  g_free (job);
}

static void
made_free (gpointer pointer)
{
  Made *made = pointer;

  g_clear_pointer (&made->bytes, g_bytes_unref);
  conc_import_plan_free (made->plan);
  g_free (made);
}

static void
plan_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job    *job = task_data;
  GError *error = NULL;
  g_autoptr (GBytes) bytes = job->bytes != NULL ? g_bytes_ref (job->bytes)
                                                : g_file_load_bytes (job->file, NULL, NULL, &error);
  g_autoptr (ConcReader) reader = NULL;
  ConcImportPlan *plan = NULL;
  Made           *made;

  if (bytes != NULL)
    reader = conc_reader_open (job->race_path, &error);
  if (reader != NULL)
    plan = conc_import_plan_new (reader, bytes, job->kind, (const char *const *) job->map, &error);
  if (plan == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  made = g_new0 (Made, 1);
  made->bytes = g_steal_pointer (&bytes);
  made->plan = plan;
  g_task_return_pointer (task, made, made_free);
}

static char **
dup_map (ConcImportWindow *self)
{
  GPtrArray     *map = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer       column, field;

  g_hash_table_iter_init (&iter, self->map);
  while (g_hash_table_iter_next (&iter, &column, &field))
    g_ptr_array_add (map, g_strdup_printf ("%s=%s", (char *) column, (char *) field));
  g_ptr_array_add (map, NULL);
  return (char **) g_ptr_array_free (map, FALSE);
}

static void
show_counts (ConcImportWindow *self)
{
  for (ConcImportOutcome outcome = 0; outcome < CONC_N_IMPORT_OUTCOMES; outcome++)
    {
      g_autofree char *text = g_strdup_printf ("%u", conc_import_plan_count (self->plan, outcome));

      gtk_label_set_text (self->counts[outcome], text);
    }
}

static void
show_donations (ConcImportWindow *self)
{
  guint            count;
  gint64           cents;
  g_autofree char *money = NULL;
  g_autofree char *label = NULL;

  conc_import_plan_get_donations (self->plan, &count, &cents);
  money = conc_money_format (cents);
  label = g_strdup_printf (_ ("Enter the donations made at registration (%s) as _gifts"), money);
  gtk_check_button_set_label (self->donations_check, label);
  gtk_widget_set_visible (GTK_WIDGET (self->donations_check), count > 0);
}

static void
show_look (ConcImportWindow *self)
{
  GPtrArray *items = conc_import_plan_get_items (self->plan);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (rows, conc_import_row_new (items->pdata[i]));
  g_list_store_splice (self->look, 0, g_list_model_get_n_items (G_LIST_MODEL (self->look)),
                       rows->pdata, rows->len);
  gtk_stack_set_visible_child_name (self->look_stack, rows->len > 0 ? "list" : "nothing");
}

/* Unchanged lines are part of what is imported: nothing happens to them. */
static void
show_button (ConcImportWindow *self)
{
  guint n_lines = conc_import_plan_count (self->plan, CONC_IMPORT_NEW) +
                  conc_import_plan_count (self->plan, CONC_IMPORT_CHANGED) +
                  conc_import_plan_count (self->plan, CONC_IMPORT_DOUBTFUL);
  gboolean         is_gifts = conc_import_plan_get_kind (self->plan) == CONC_IMPORT_GIFTS;
  guint            n_donations;
  gint64           cents;
  g_autofree char *label =
      is_gifts
          ? g_strdup_printf (ngettext ("_Import %u Gift", "_Import %u Gifts", n_lines), n_lines)
          : g_strdup_printf (ngettext ("_Import %u Runner", "_Import %u Runners", n_lines),
                             n_lines);

  conc_import_plan_get_donations (self->plan, &n_donations, &cents);
  gtk_button_set_label (self->import_button, n_lines > 0 ? label : _ ("_Import"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.apply", n_lines > 0 || n_donations > 0);
}

static void map_changed_cb (const char *column, const char *field, gpointer user_data);

static void
show_plan (ConcImportWindow *self)
{
  show_counts (self);
  show_donations (self);
  show_look (self);
  show_button (self);
  conc_import_columns_fill (self->columns_box, self->plan, map_changed_cb, self);
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "reading") == 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->import_button));
  gtk_stack_set_visible_child_name (self->stack, "preview");
}

static void
planned_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ConcImportWindow *self = CONC_IMPORT_WINDOW (source);
  Job              *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  Made *made = g_task_propagate_pointer (G_TASK (result), &error);

  if (self->session == NULL || job->generation != self->generation)
    {
      g_clear_pointer (&made, made_free);
      return;
    }
  if (made == NULL)
    {
      adw_status_page_set_description (self->failure, error->message);
      gtk_stack_set_visible_child_name (self->stack, "failed");
      return;
    }
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->plan, conc_import_plan_free);
  self->bytes = g_steal_pointer (&made->bytes);
  self->plan = g_steal_pointer (&made->plan);
  made_free (made);
  show_plan (self);
}

static void
make_plan (ConcImportWindow *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, planned_cb, NULL);
  Job *job = g_new0 (Job, 1);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.apply", FALSE);
  job->race_path = g_strdup (conc_race_file_get_path (conc_session_get_file (self->session)));
  job->file = g_object_ref (self->file);
  job->bytes = self->bytes != NULL ? g_bytes_ref (self->bytes) : NULL;
  job->kind = self->plan != NULL ? conc_import_plan_get_kind (self->plan) : CONC_IMPORT_GUESS;
  job->map = dup_map (self);
  job->generation = ++self->generation;
  g_task_set_source_tag (task, make_plan);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, plan_thread);
}

static void
map_changed_cb (const char *column, const char *field, gpointer user_data)
{
  ConcImportWindow *self = CONC_IMPORT_WINDOW (user_data);

  g_hash_table_insert (self->map, g_strdup (column), g_strdup (field));
  make_plan (self);
}

static char *
dup_done_sentence (guint n_new, guint n_changed, gboolean is_gifts)
{
  g_autofree char *added =
      is_gifts
          ? g_strdup_printf (ngettext ("%u gift imported", "%u gifts imported", n_new), n_new)
          : g_strdup_printf (ngettext ("%u runner imported", "%u runners imported", n_new), n_new);

  return g_strdup_printf (ngettext ("%s, %u changed.", "%s, %u changed.", n_changed), added,
                          n_changed);
}

typedef struct
{
  ConcImportWindow *self;
  char             *sentence;
} Import;

static void
imported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Import *import = user_data;
  g_autoptr (ConcImportWindow) self = import->self;
  g_autofree char *sentence = import->sentence;
  g_autoptr (GError) error = NULL;
  gboolean is_done = conc_race_file_import_finish (CONC_RACE_FILE (source), result, &error);

  g_free (import);
  self->is_importing = FALSE;
  if (self->session == NULL)
    return;
  if (is_done)
    {
      conc_session_say (self->session, sentence, NULL);
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  adw_status_page_set_description (self->failure, error->message);
  gtk_stack_set_visible_child_name (self->stack, "failed");
}

static void
apply_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcImportWindow *self = CONC_IMPORT_WINDOW (widget);
  Import           *import;
  guint             n_new, n_changed;

  if (self->plan == NULL)
    return;
  n_new = conc_import_plan_count (self->plan, CONC_IMPORT_NEW) +
          conc_import_plan_count (self->plan, CONC_IMPORT_DOUBTFUL);
  n_changed = conc_import_plan_count (self->plan, CONC_IMPORT_CHANGED);
  import = g_new0 (Import, 1);
  import->self = g_object_ref (self);
  import->sentence =
      dup_done_sentence (n_new, n_changed,
                         conc_import_plan_get_kind (self->plan) == CONC_IMPORT_GIFTS);
  conc_import_plan_set_enter_donations (self->plan,
                                        gtk_widget_get_visible (
                                            GTK_WIDGET (self->donations_check)) &&
                                            gtk_check_button_get_active (self->donations_check));
  self->is_importing = TRUE;
  gtk_widget_action_set_enabled (widget, "import.apply", FALSE);
  gtk_stack_set_visible_child_name (self->stack, "working");
  conc_race_file_import_async (conc_session_get_file (self->session), g_steal_pointer (&self->plan),
                               imported_cb, import);
}

static void
conc_import_window_dispose (GObject *object)
{
  ConcImportWindow *self = CONC_IMPORT_WINDOW (object);

  g_clear_object (&self->session);
  g_clear_object (&self->file);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->plan, conc_import_plan_free);
  g_clear_object (&self->look);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONC_TYPE_IMPORT_WINDOW);
  G_OBJECT_CLASS (conc_import_window_parent_class)->dispose (object);
}

static void
conc_import_window_finalize (GObject *object)
{
  g_hash_table_unref (CONC_IMPORT_WINDOW (object)->map);
  G_OBJECT_CLASS (conc_import_window_parent_class)->finalize (object);
}

static void
conc_import_window_class_init (ConcImportWindowClass *klass)
{
  static const char *const counts[CONC_N_IMPORT_OUTCOMES] = { "count_new", "count_changed",
                                                              "count_unchanged", "count_doubtful",
                                                              "count_refused" };
  GObjectClass            *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass          *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = conc_import_window_dispose;
  object_class->finalize = conc_import_window_finalize;

  g_type_ensure (CONC_TYPE_IMPORT_ROW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/notinourcity/Concourse/runners/import-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcImportWindow, title);
  gtk_widget_class_bind_template_child (widget_class, ConcImportWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, ConcImportWindow, failure);
  gtk_widget_class_bind_template_child (widget_class, ConcImportWindow, donations_check);
  gtk_widget_class_bind_template_child (widget_class, ConcImportWindow, look_stack);
  gtk_widget_class_bind_template_child (widget_class, ConcImportWindow, look_view);
  gtk_widget_class_bind_template_child (widget_class, ConcImportWindow, columns_box);
  gtk_widget_class_bind_template_child (widget_class, ConcImportWindow, import_button);
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    gtk_widget_class_bind_template_child_full (widget_class, counts[i], FALSE,
                                               G_STRUCT_OFFSET (ConcImportWindow, counts) +
                                                   (gssize) (i * sizeof (GtkLabel *)));
  gtk_widget_class_install_action (widget_class, "import.apply", NULL, apply_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
conc_import_window_init (ConcImportWindow *self)
{
  GtkNoSelection *selection;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->map = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->look = g_list_store_new (CONC_TYPE_IMPORT_ROW);
  selection = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->look)));
  gtk_list_view_set_model (self->look_view, GTK_SELECTION_MODEL (selection));
  g_object_unref (selection);
}

/* Reads @file on a worker and shows what importing it would do; the window below stays usable. */
void
conc_import_window_present (ConcSession *session, GFile *file, GtkWindow *parent)
{
  ConcImportWindow *self = g_object_new (CONC_TYPE_IMPORT_WINDOW, "transient-for", parent,
                                         "destroy-with-parent", TRUE, NULL);
  g_autofree char  *name = g_file_get_basename (file);

  self->session = g_object_ref (session);
  self->file = g_object_ref (file);
  adw_window_title_set_subtitle (self->title, name);
  make_plan (self);
  gtk_window_present (GTK_WINDOW (self));
}
