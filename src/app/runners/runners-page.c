/* runners-page.c: all runners: search, change, add, import and export. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/runners/runners-page.h"

#include "app/runners/bibs-window.h"
#include "app/runners/import-window.h"
#include "app/runners/runner-editor.h"
#include "app/runners/runner-item.h"
#include "app/runners/runner-list.h"
#include "app/runners/runners-export.h"
#include "app/runners/text-columns.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define WAVE_COLUMN 5

struct _ConcRunnersPage
{
  GtkWidget parent_instance;

  /* template */
  AdwFlap          *flap;
  ConcRunnerEditor *editor;
  GtkSearchEntry   *search_entry;
  GtkStack         *stack;
  GtkWidget        *scroller;
  GtkColumnView    *view;
  GtkLabel         *state_label;
  GtkWidget        *import_button;
  GtkWidget        *add_button;

  /* owned */
  ConcSession          *session;
  ConcRunnerList       *list;
  GtkSortListModel     *sorted;
  GtkFileChooserNative *chooser;
};

G_DEFINE_FINAL_TYPE (ConcRunnersPage, conc_runners_page, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_SESSION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static const ConcTextColumn columns[] = {
  { "bib", "bib-order", 5, 6, TRUE },
  { "name", "name-order", 16, 24, FALSE },
  { "sex", "sex", 3, 4, FALSE },
  { "age", "age-order", 4, 4, TRUE },
  { "event", "event", 8, 12, FALSE },
  { "wave", "wave", 5, 6, FALSE },
  { "team", "team", 8, 16, FALSE },
  { "shirt", "shirt", 6, 8, FALSE },
  { "checked-in", "checked-in", 9, 9, FALSE },
};

static char *
dup_state (ConcRunnersPage *self)
{
  guint             n_found = g_list_model_get_n_items (conc_runner_list_get_model (self->list));
  guint             n_runners = conc_runner_list_get_n_runners (self->list);
  const ConcCounts *counts = conc_session_get_counts (self->session);
  g_autofree char  *found = NULL;
  g_autofree char  *checked_in = NULL;

  if (conc_runner_list_is_cut (self->list))
    return g_strdup_printf (_ ("The first %u are shown. Type more to find the right one."),
                            n_found);
  if (*conc_runner_list_get_search (self->list) != '\0')
    return g_strdup_printf (ngettext ("%u of %u runner", "%u of %u runners", n_runners), n_found,
                            n_runners);
  found = g_strdup_printf (ngettext ("%u runner", "%u runners", n_runners), n_runners);
  checked_in = g_strdup_printf (_ ("%u with a bib, %u checked in"), counts->n_with_bib,
                                counts->n_checked_in);
  return g_strdup_printf ("%s · %s", found, checked_in);
}

static const char *
get_state_name (ConcRunnersPage *self)
{
  if (conc_runner_list_get_n_runners (self->list) == 0)
    return conc_runner_list_is_loading (self->list) ? "loading" : "empty";
  if (g_list_model_get_n_items (conc_runner_list_get_model (self->list)) == 0)
    return "nobody";
  return "table";
}

/* A race without waves needs no column for them. */
static void
update_columns (ConcRunnersPage *self)
{
  g_auto (GStrv) waves = conc_settings_dup_waves (conc_session_get_settings (self->session));
  g_autoptr (GtkColumnViewColumn) column =
      g_list_model_get_item (gtk_column_view_get_columns (self->view), WAVE_COLUMN);

  gtk_column_view_column_set_visible (column, waves[0] != NULL);
}

static void
list_changed_cb (ConcRunnersPage *self)
{
  const char      *name = get_state_name (self);
  g_autofree char *state = dup_state (self);
  gboolean         is_empty = g_str_equal (name, "empty");
  GListModel      *model = conc_runner_list_get_model (self->list);

  if (gtk_sort_list_model_get_model (self->sorted) != model)
    gtk_sort_list_model_set_model (self->sorted, model);
  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_label_set_text (self->state_label, state);
  gtk_widget_set_visible (GTK_WIDGET (self->state_label), !is_empty);
  /* One primary action: in an empty race it is in the middle of the page. */
  gtk_widget_set_visible (self->import_button, !is_empty);
  gtk_widget_set_visible (self->add_button, !is_empty);
  gtk_widget_set_sensitive (GTK_WIDGET (self->search_entry), !is_empty);
  update_columns (self);
}

static void
runner_changed_cb (ConcRunnersPage *self, const char *id)
{
  const ConcRunner *runner = conc_runner_list_find (self->list, id);

  if (runner != NULL)
    conc_runner_editor_refresh (self->editor, runner);
}

static void
show_runner_cb (ConcRunnersPage *self, const char *id)
{
  const ConcRunner *runner = conc_runner_list_find (self->list, id);

  if (runner != NULL && conc_runner_editor_edit (self->editor, runner))
    adw_flap_set_reveal_flap (self->flap, TRUE);
}

static void
row_activated_cb (ConcRunnersPage *self, guint position)
{
  g_autoptr (ConcRunnerItem) item =
      g_list_model_get_item (G_LIST_MODEL (gtk_column_view_get_model (self->view)), position);

  if (item != NULL)
    show_runner_cb (self, conc_runner_get_id (conc_runner_item_get_runner (item)));
}

static void
editor_closed_cb (ConcRunnersPage *self)
{
  adw_flap_set_reveal_flap (self->flap, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

static void
search_changed_cb (ConcRunnersPage *self)
{
  if (self->list != NULL)
    conc_runner_list_set_search (self->list,
                                 gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
}

/* Enter opens the first that was found, which is what somebody with a bib in hand wants. */
static void
search_activated_cb (ConcRunnersPage *self)
{
  search_changed_cb (self);
  if (self->list != NULL && *conc_runner_list_get_search (self->list) != '\0')
    row_activated_cb (self, 0);
}

static void
stop_search_cb (ConcRunnersPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
}

static void
add_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcRunnersPage *self = CONC_RUNNERS_PAGE (widget);

  if (self->list != NULL &&
      conc_runner_editor_add (self->editor, conc_runner_list_get_next_bib (self->list)))
    adw_flap_set_reveal_flap (self->flap, TRUE);
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (CONC_RUNNERS_PAGE (widget)->search_entry));
}

static void
bibs_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcRunnersPage *self = CONC_RUNNERS_PAGE (widget);

  conc_bibs_window_present (self->session, conc_runner_list_get_next_bib (self->list),
                            GTK_WINDOW (gtk_widget_get_root (widget)));
}

static void
choose (ConcRunnersPage     *self,
        const char          *title,
        GtkFileChooserAction action,
        const char          *accept,
        GCallback            response)
{
  g_clear_object (&self->chooser);
  self->chooser =
      gtk_file_chooser_native_new (title, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                   action, accept, NULL);
  g_signal_connect_object (self->chooser, "response", response, self, G_CONNECT_SWAPPED);
}

static void
import_response_cb (ConcRunnersPage *self, int response)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  if (file != NULL)
    conc_import_window_present (self->session, file,
                                GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  g_clear_object (&self->chooser);
}

static void
add_table_filter (GtkFileChooser *chooser)
{
  g_autoptr (GtkFileFilter) tables = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (tables, _ ("Tables (CSV, text)"));
  gtk_file_filter_add_suffix (tables, "csv");
  gtk_file_filter_add_suffix (tables, "txt");
  gtk_file_filter_add_suffix (tables, "tsv");
  gtk_file_filter_set_name (all, _ ("All files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (chooser, tables);
  gtk_file_chooser_add_filter (chooser, all);
}

static void
import_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcRunnersPage *self = CONC_RUNNERS_PAGE (widget);

  choose (self, _ ("Import Registrations or Gifts"), GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"),
          G_CALLBACK (import_response_cb));
  add_table_filter (GTK_FILE_CHOOSER (self->chooser));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
exported_cb (GObject *owner, const char *sentence, const GError *error)
{
  ConcRunnersPage *self = CONC_RUNNERS_PAGE (owner);

  if (self->session == NULL)
    return;
  if (error != NULL)
    conc_session_fail (self->session, error->message);
  else
    conc_session_say (self->session, sentence, NULL);
}

static void
export_response_cb (ConcRunnersPage *self, int response)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  if (file != NULL)
    conc_runners_export (G_OBJECT (self),
                         conc_race_file_get_path (conc_session_get_file (self->session)), file,
                         exported_cb);
  g_clear_object (&self->chooser);
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcRunnersPage *self = CONC_RUNNERS_PAGE (widget);

  choose (self, _ ("Export All Runners"), GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Export"),
          G_CALLBACK (export_response_cb));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), _ ("runners.csv"));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
set_session (ConcRunnersPage *self, ConcSession *session)
{
  adw_flap_set_reveal_flap (self->flap, FALSE);
  gtk_sort_list_model_set_model (self->sorted, NULL);
  if (self->list != NULL)
    g_signal_handlers_disconnect_by_data (self->list, self);
  g_clear_object (&self->list);
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  if (session == NULL)
    return;
  self->list = conc_runner_list_new (session);
  g_signal_connect_object (self->list, "changed", G_CALLBACK (list_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "runner-changed", G_CALLBACK (runner_changed_cb), self,
                           G_CONNECT_SWAPPED);
  list_changed_cb (self);
}

static gboolean
conc_runners_page_grab_focus (GtkWidget *widget)
{
  ConcRunnersPage *self = CONC_RUNNERS_PAGE (widget);

  if (gtk_widget_is_sensitive (GTK_WIDGET (self->search_entry)))
    return gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
  return gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}

static void
conc_runners_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    g_value_set_object (value, CONC_RUNNERS_PAGE (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
conc_runners_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ConcRunnersPage *self = CONC_RUNNERS_PAGE (object);

  if (id != PROP_SESSION)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  else if (g_set_object (&self->session, g_value_get_object (value)))
    {
      set_session (self, self->session);
      g_object_notify_by_pspec (object, pspec);
    }
}

static void
conc_runners_page_dispose (GObject *object)
{
  ConcRunnersPage *self = CONC_RUNNERS_PAGE (object);
  GtkWidget       *child;

  if (self->list != NULL)
    g_signal_handlers_disconnect_by_data (self->list, self);
  g_clear_object (&self->list);
  g_clear_object (&self->session);
  g_clear_object (&self->chooser);
  g_clear_object (&self->sorted);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONC_TYPE_RUNNERS_PAGE);
  child = gtk_widget_get_first_child (GTK_WIDGET (self));
  g_clear_pointer (&child, gtk_widget_unparent);
  G_OBJECT_CLASS (conc_runners_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/notinourcity/Concourse/runners/runners-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcRunnersPage, flap);
  gtk_widget_class_bind_template_child (widget_class, ConcRunnersPage, editor);
  gtk_widget_class_bind_template_child (widget_class, ConcRunnersPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, ConcRunnersPage, stack);
  gtk_widget_class_bind_template_child (widget_class, ConcRunnersPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, ConcRunnersPage, view);
  gtk_widget_class_bind_template_child (widget_class, ConcRunnersPage, state_label);
  gtk_widget_class_bind_template_child (widget_class, ConcRunnersPage, import_button);
  gtk_widget_class_bind_template_child (widget_class, ConcRunnersPage, add_button);
  gtk_widget_class_bind_template_callback (widget_class, editor_closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_runner_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
}

static void
conc_runners_page_class_init (ConcRunnersPageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = conc_runners_page_get_property;
  object_class->set_property = conc_runners_page_set_property;
  object_class->dispose = conc_runners_page_dispose;
  widget_class->grab_focus = conc_runners_page_grab_focus;

  properties[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, CONC_TYPE_SESSION,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (CONC_TYPE_RUNNER_EDITOR);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "runners.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "runners.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "runners.import", NULL, import_action);
  gtk_widget_class_install_action (widget_class, "runners.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "runners.assign-bibs", NULL, bibs_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "runners.search",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_N, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "runners.add", NULL);
}

static void
conc_runners_page_init (ConcRunnersPage *self)
{
  GtkSingleSelection *selection;

  gtk_widget_init_template (GTK_WIDGET (self));
  conc_text_columns_apply (self->view, CONC_TYPE_RUNNER_ITEM, columns, G_N_ELEMENTS (columns));
  gtk_search_entry_set_key_capture_widget (self->search_entry, self->scroller);

  self->sorted = gtk_sort_list_model_new (NULL, NULL);
  gtk_sort_list_model_set_sorter (self->sorted, gtk_column_view_get_sorter (self->view));
  gtk_sort_list_model_set_incremental (self->sorted, TRUE);
  selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->sorted)));
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
  g_object_unref (selection);
}

/* Opens who has @bib; for a bib that nobody has, says so where a runner can be added. */
void
conc_runners_page_show_bib (ConcRunnersPage *self, guint bib)
{
  g_autofree char *text = g_strdup_printf ("%u", bib);
  g_autoptr (ConcRunner) runner = NULL;

  if (self->list == NULL)
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), text);
  search_changed_cb (self);
  runner = conc_reader_get_runner_by_bib (conc_session_get_reader (self->session), bib, NULL);
  if (runner != NULL)
    show_runner_cb (self, conc_runner_get_id (runner));
}

void
conc_runners_page_show_runner (ConcRunnersPage *self, const char *id)
{
  if (self->list == NULL)
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  search_changed_cb (self);
  show_runner_cb (self, id);
}
