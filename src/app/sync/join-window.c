/* join-window.c: makes this laptop a station of a race that another laptop hosts. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/sync/join-window.h"

#include "app/background.h"
#include "app/scan.h"
#include "app/sync/join-job.h"
#include "sync/join.h"

#include <glib/gi18n.h>

#define NAMES_MAX 1000u

struct _ConcJoinWindow
{
  AdwWindow parent_instance;

  /* template */
  GtkWidget    *form;
  AdwEntryRow  *code_row;
  AdwEntryRow  *address_row;
  AdwEntryRow  *name_row;
  AdwActionRow *file_row;
  GtkLabel     *sentence;
  GtkSpinner   *spinner;

  /* owned */
  char *path;

  /* state */
  gboolean is_busy;
};

enum
{
  JOINED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void init_scan_target (ConcScanTargetInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ConcJoinWindow,
                               conc_join_window,
                               ADW_TYPE_WINDOW,
                               G_IMPLEMENT_INTERFACE (CONC_TYPE_SCAN_TARGET, init_scan_target))

static void
say (ConcJoinWindow *self, const char *sentence, gboolean is_problem)
{
  gtk_label_set_label (self->sentence, sentence);
  if (is_problem)
    gtk_widget_add_css_class (GTK_WIDGET (self->sentence), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->sentence), "error");
}

static char *
dup_text (AdwEntryRow *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}

/* What is wrong is said while the code is typed, before anybody is asked. */
static void
judge_cb (ConcJoinWindow *self)
{
  g_autofree char *text = dup_text (self->code_row);
  g_autofree char *name = dup_text (self->name_row);
  g_autoptr (GError) error = NULL;
  gboolean is_valid = *text != '\0' && conc_join_check_text (text, &error);

  if (error != NULL)
    say (self, error->message, TRUE);
  else if (is_valid)
    say (self, _ ("The code is whole."), FALSE);
  else
    say (self, _ ("An organizer finds it under “Invite a Station”. A scanner may type it."), FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "join.join",
                                 is_valid && *name != '\0' && !self->is_busy);
}

/* A scanner that reads an invitation is all that is needed. */
static gboolean
take_scan (ConcScanTarget *target, const ConcScanned *scanned)
{
  ConcJoinWindow *self = CONC_JOIN_WINDOW (target);

  if (!self->is_busy)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->code_row), scanned->text);
      gtk_widget_activate_action (GTK_WIDGET (self), "join.join", NULL);
    }
  return TRUE;
}

static void
init_scan_target (ConcScanTargetInterface *iface)
{
  iface->take_scan = take_scan;
}

static void
set_busy (ConcJoinWindow *self, gboolean is_busy)
{
  self->is_busy = is_busy;
  gtk_widget_set_sensitive (self->form, !is_busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "join.join", !is_busy);
  if (is_busy)
    gtk_spinner_start (self->spinner);
  else
    gtk_spinner_stop (self->spinner);
}

static void
joined (GObject *owner, const char *sentence, const GError *error)
{
  ConcJoinWindow *self = CONC_JOIN_WINDOW (owner);

  if (error == NULL)
    {
      g_signal_emit (self, signals[JOINED], 0, self->path);
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  set_busy (self, FALSE);
  say (self, error->message, TRUE);
  if (g_error_matches (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_UNREACHABLE))
    {
      gtk_widget_set_visible (GTK_WIDGET (self->address_row), TRUE);
      gtk_widget_grab_focus (GTK_WIDGET (self->address_row));
    }
}

static void
join_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  ConcJoinWindow  *self = CONC_JOIN_WINDOW (widget);
  ConcJoinJob     *job = g_new0 (ConcJoinJob, 1);
  g_autofree char *address = dup_text (self->address_row);

  job->text = dup_text (self->code_row);
  job->address = *address != '\0' ? g_steal_pointer (&address) : NULL;
  job->name = dup_text (self->name_row);
  job->path = g_strdup (self->path);
  set_busy (self, TRUE);
  say (self, _ ("Looking for the hub, and fetching the race…"), FALSE);
  conc_background_run (G_OBJECT (self), conc_join_job_run, job, conc_join_job_free, joined);
}

/* ----------------------------------------------------------- where the file goes */

static void
take_path (ConcJoinWindow *self, char *path)
{
  g_autofree char *subtitle = g_markup_escape_text (path, -1);

  g_free (self->path);
  self->path = path;
  adw_action_row_set_subtitle (self->file_row, subtitle);
}

/* "Race 2017-12-09.race" in the folder of documents, or the next name that is free. */
static char *
dup_free_path (void)
{
  const char *folder = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *date = g_date_time_format (now, "%Y-%m-%d");
  char            *path = NULL;

  if (folder == NULL || !g_file_test (folder, G_FILE_TEST_IS_DIR))
    folder = g_get_home_dir ();
  for (guint i = 1; i < NAMES_MAX; i++)
    {
      g_autofree char *name = i == 1 ? g_strdup_printf ("Race %s.race", date)
                                     : g_strdup_printf ("Race %s %u.race", date, i);

      g_free (path);
      path = g_build_filename (folder, name, NULL);
      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        break;
    }
  return path;
}

static void
response_cb (GtkNativeDialog *dialog, int response, ConcJoinWindow *self)
{
  g_autoptr (GFile) file = NULL;
  char *path;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  path = file != NULL ? g_file_get_path (file) : NULL;
  g_object_unref (dialog);
  if (path != NULL)
    take_path (self, path);
}

static void
place_cb (ConcJoinWindow *self)
{
  g_autofree char      *name = g_path_get_basename (self->path);
  GtkFileChooserNative *dialog =
      gtk_file_chooser_native_new (_ ("Where the Race File Goes"), GTK_WINDOW (self),
                                   GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* ------------------------------------------------------------------------- object */

static void
conc_join_window_finalize (GObject *object)
{
  g_free (CONC_JOIN_WINDOW (object)->path);
  G_OBJECT_CLASS (conc_join_window_parent_class)->finalize (object);
}

static void
conc_join_window_class_init (ConcJoinWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = conc_join_window_finalize;
  signals[JOINED] = g_signal_new ("joined", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/notinourcity/Concourse/sync/join-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcJoinWindow, form);
  gtk_widget_class_bind_template_child (widget_class, ConcJoinWindow, code_row);
  gtk_widget_class_bind_template_child (widget_class, ConcJoinWindow, address_row);
  gtk_widget_class_bind_template_child (widget_class, ConcJoinWindow, name_row);
  gtk_widget_class_bind_template_child (widget_class, ConcJoinWindow, file_row);
  gtk_widget_class_bind_template_child (widget_class, ConcJoinWindow, sentence);
  gtk_widget_class_bind_template_child (widget_class, ConcJoinWindow, spinner);
  gtk_widget_class_bind_template_callback (widget_class, place_cb);
  gtk_widget_class_install_action (widget_class, "join.join", NULL, join_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
conc_join_window_init (ConcJoinWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), g_get_host_name ());
  g_signal_connect_object (self->code_row, "changed", G_CALLBACK (judge_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->name_row, "changed", G_CALLBACK (judge_cb), self,
                           G_CONNECT_SWAPPED);
  take_path (self, dup_free_path ());
  judge_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->code_row));
}

GtkWidget *
conc_join_window_new (GtkWindow *parent)
{
  return g_object_new (CONC_TYPE_JOIN_WINDOW, "transient-for", parent, NULL);
}
