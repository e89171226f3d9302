/* labels-window.c: chooses stock and bibs, and saves the labels as a PDF file. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/labels-window.h"

#include "app/background.h"
#include "app/labels-job.h"

#include <glib/gi18n.h>

#define DEFAULT_STOCK "avery-5163"

struct _ConcLabelsWindow
{
  AdwWindow parent_instance;

  /* template */
  AdwComboRow   *stock_row;
  GtkStringList *stock_titles;
  AdwEntryRow   *bibs_row;
  GtkLabel      *sentence;
  GtkSpinner    *spinner;

  /* owned */
  ConcSession *session;
  GPtrArray   *stocks;
};

G_DEFINE_FINAL_TYPE (ConcLabelsWindow, conc_labels_window, ADW_TYPE_WINDOW)

static void
say (ConcLabelsWindow *self, const char *sentence, gboolean is_problem)
{
  gtk_label_set_label (self->sentence, sentence);
  if (is_problem)
    gtk_widget_add_css_class (GTK_WIDGET (self->sentence), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->sentence), "error");
}

/* NULL for all bibs, also when @ret_valid is FALSE. */
static ConcBibRange *
parse_bibs (ConcLabelsWindow *self, gboolean *ret_valid)
{
  g_autofree char *text =
      g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->bibs_row))));
  g_autoptr (GError) error = NULL;
  ConcBibRange *range = NULL;

  if (*text != '\0')
    range = conc_bib_range_parse (text, &error);
  say (self,
       error != NULL   ? error->message
       : range != NULL ? _ ("Only the labels of these bibs.")
                       : _ ("A label for every runner who has a bib, in the order of bibs."),
       error != NULL);
  *ret_valid = error == NULL;
  return range;
}

static void
judge_cb (ConcLabelsWindow *self)
{
  gboolean is_valid;
  g_autoptr (ConcBibRange) range = parse_bibs (self, &is_valid);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "labels.save",
                                 is_valid && self->stocks->len > 0);
}

static void
finished (GObject *owner, const char *sentence, const GError *error)
{
  ConcLabelsWindow *self = CONC_LABELS_WINDOW (owner);

  gtk_spinner_stop (self->spinner);
  if (error != NULL)
    {
      say (self, error->message, TRUE);
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "labels.save", TRUE);
      return;
    }
  conc_session_say (self->session, sentence, NULL);
  gtk_window_destroy (GTK_WINDOW (self));
}

/* Takes @target. */
static void
start (ConcLabelsWindow *self, char *target)
{
  ConcRaceFile  *file = conc_session_get_file (self->session);
  ConcLabelsJob *job = g_new0 (ConcLabelsJob, 1);
  gboolean       is_valid;

  job->race_path = g_strdup (conc_race_file_get_path (file));
  job->race_id = g_strdup (conc_race_file_get_race_id (file));
  job->key = g_bytes_ref (conc_race_file_get_key (file));
  job->target = target;
  job->range = parse_bibs (self, &is_valid);
  job->stock = conc_stock_copy (
      g_ptr_array_index (self->stocks, adw_combo_row_get_selected (self->stock_row)));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "labels.save", FALSE);
  gtk_spinner_start (self->spinner);
  say (self, _ ("Making the labels…"), FALSE);
  conc_background_run (G_OBJECT (self), conc_labels_job_run, job, conc_labels_job_free, finished);
}

static void
response_cb (GtkNativeDialog *dialog, int response, ConcLabelsWindow *self)
{
  g_autoptr (GFile) file = NULL;
  char *path;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  path = file != NULL ? g_file_get_path (file) : NULL;
  g_object_unref (dialog);
  if (path != NULL)
    start (self, path);
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkFileChooserNative *dialog =
      gtk_file_chooser_native_new (_ ("Save the Labels"), GTK_WINDOW (widget),
                                   GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), _ ("Labels.pdf"));
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), widget, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
conc_labels_window_dispose (GObject *object)
{
  ConcLabelsWindow *self = CONC_LABELS_WINDOW (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->stocks, g_ptr_array_unref);
  G_OBJECT_CLASS (conc_labels_window_parent_class)->dispose (object);
}

static void
conc_labels_window_class_init (ConcLabelsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = conc_labels_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/notinourcity/Concourse/labels-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcLabelsWindow, stock_row);
  gtk_widget_class_bind_template_child (widget_class, ConcLabelsWindow, stock_titles);
  gtk_widget_class_bind_template_child (widget_class, ConcLabelsWindow, bibs_row);
  gtk_widget_class_bind_template_child (widget_class, ConcLabelsWindow, sentence);
  gtk_widget_class_bind_template_child (widget_class, ConcLabelsWindow, spinner);
  gtk_widget_class_bind_template_callback (widget_class, judge_cb);
  gtk_widget_class_install_action (widget_class, "labels.save", NULL, save_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
conc_labels_window_init (ConcLabelsWindow *self)
{
  self->stocks = conc_stock_list ();
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < self->stocks->len; i++)
    {
      const ConcStock *stock = g_ptr_array_index (self->stocks, i);

      gtk_string_list_append (self->stock_titles, stock->title);
      if (g_strcmp0 (stock->name, DEFAULT_STOCK) == 0)
        adw_combo_row_set_selected (self->stock_row, i);
    }
  judge_cb (self);
}

GtkWidget *
conc_labels_window_new (GtkWindow *parent, ConcSession *session)
{
  ConcLabelsWindow *self = g_object_new (CONC_TYPE_LABELS_WINDOW, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  gtk_widget_grab_focus (GTK_WIDGET (self->bibs_row));
  return GTK_WIDGET (self);
}
