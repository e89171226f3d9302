/* stick-window.c: exchanges with other laptops by a file, where there is no network. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/sync/stick-window.h"

#include "app/sync/stick-job.h"

#include <glib/gi18n.h>

struct _ConcStickWindow
{
  AdwWindow parent_instance;

  /* template */
  GtkWidget  *list;
  GtkLabel   *sentence;
  GtkSpinner *spinner;

  /* owned */
  ConcSession *session;
};

G_DEFINE_FINAL_TYPE (ConcStickWindow, conc_stick_window, ADW_TYPE_WINDOW)

static void
done (GObject *owner, const char *sentence, const GError *error)
{
  ConcStickWindow *self = CONC_STICK_WINDOW (owner);

  /* The window may be gone by now. */
  if (self->session == NULL)
    return;
  gtk_spinner_stop (self->spinner);
  gtk_widget_set_sensitive (self->list, TRUE);
  gtk_label_set_label (self->sentence, error != NULL ? error->message : sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->sentence), TRUE);
}

static void
start (ConcStickWindow *self, char *source, char *target)
{
  ConcShare *share = conc_session_get_share (self->session);

  gtk_spinner_start (self->spinner);
  gtk_widget_set_sensitive (self->list, FALSE);
  conc_share_run (share, G_OBJECT (self), conc_stick_job_run,
                  conc_stick_job_new (share, source, target, NULL), conc_stick_job_free, done);
}

static void
response_cb (GtkNativeDialog *dialog, int response, ConcStickWindow *self)
{
  g_autoptr (GFile) file = NULL;
  GtkFileChooser *chooser = GTK_FILE_CHOOSER (dialog);
  gboolean        is_save = gtk_file_chooser_get_action (chooser) == GTK_FILE_CHOOSER_ACTION_SAVE;
  char           *path;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (chooser);
  path = file != NULL ? g_file_get_path (file) : NULL;
  g_object_unref (dialog);
  if (path != NULL)
    start (self, is_save ? NULL : path, is_save ? path : NULL);
}

static void
show_chooser (ConcStickWindow *self, const char *title, GtkFileChooserAction action)
{
  GtkFileChooserNative *dialog =
      gtk_file_chooser_native_new (title, GTK_WINDOW (self), action, NULL, NULL);
  GtkFileChooser *chooser = GTK_FILE_CHOOSER (dialog);
  g_autoptr (GtkFileFilter) packs = gtk_file_filter_new ();
  g_autofree char *name = NULL;

  gtk_file_filter_set_name (packs, _ ("Packs"));
  gtk_file_filter_add_suffix (packs, "pack");
  gtk_file_chooser_add_filter (chooser, packs);
  if (action == GTK_FILE_CHOOSER_ACTION_SAVE)
    {
      name = conc_stick_dup_pack_name (conc_session_get_file (self->session));
      gtk_file_chooser_set_current_name (chooser, name);
    }
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
take_cb (ConcStickWindow *self)
{
  show_chooser (self, _ ("Take a Pack"), GTK_FILE_CHOOSER_ACTION_OPEN);
}

static void
save_cb (ConcStickWindow *self)
{
  show_chooser (self, _ ("Save a Pack"), GTK_FILE_CHOOSER_ACTION_SAVE);
}

static void
conc_stick_window_dispose (GObject *object)
{
  g_clear_object (&CONC_STICK_WINDOW (object)->session);
  G_OBJECT_CLASS (conc_stick_window_parent_class)->dispose (object);
}

static void
conc_stick_window_class_init (ConcStickWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = conc_stick_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/notinourcity/Concourse/sync/stick-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcStickWindow, list);
  gtk_widget_class_bind_template_child (widget_class, ConcStickWindow, sentence);
  gtk_widget_class_bind_template_child (widget_class, ConcStickWindow, spinner);
  gtk_widget_class_bind_template_callback (widget_class, take_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
conc_stick_window_init (ConcStickWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Not modal: the desk behind it goes on. */
GtkWidget *
conc_stick_window_new (GtkWindow *parent, ConcSession *session)
{
  ConcStickWindow *self = g_object_new (CONC_TYPE_STICK_WINDOW, "transient-for", parent,
                                        "destroy-with-parent", TRUE, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}
