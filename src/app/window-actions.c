/* window-actions.c: what the window can be asked to do, by key, menu or the accessibility bus. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/window-private.h"

#include "app/background.h"
#include "app/create-window.h"
#include "app/display/display-window.h"
#include "app/printing/print-window.h"
#include "app/preferences.h"
#include "app/sync/host-window.h"
#include "app/sync/join-window.h"
#include "app/sync/roles.h"
#include "app/sync/stick-window.h"
#include "store/maintain.h"

#include <glib/gi18n.h>

static void
race_file_filter (GtkFileChooser *chooser)
{
  g_autoptr (GtkFileFilter) races = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (races, _ ("Races"));
  gtk_file_filter_add_suffix (races, "race");
  gtk_file_filter_set_name (all, _ ("All files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (chooser, races);
  gtk_file_chooser_add_filter (chooser, all);
}

static char *
dup_chosen_path (GtkNativeDialog *dialog, int response)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  return file != NULL ? g_file_get_path (file) : NULL;
}

static void
open_response_cb (GtkNativeDialog *dialog, int response, ConcWindow *self)
{
  g_autofree char *path = dup_chosen_path (dialog, response);

  if (path != NULL)
    conc_window_open (self, path);
  g_object_unref (dialog);
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkFileChooserNative *dialog =
      gtk_file_chooser_native_new (_ ("Open a Race"), GTK_WINDOW (widget),
                                   GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);

  race_file_filter (GTK_FILE_CHOOSER (dialog));
  g_signal_connect_object (dialog, "response", G_CALLBACK (open_response_cb), widget, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
open_path_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  conc_window_open (CONC_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
try_again_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcWindow *self = CONC_WINDOW (widget);

  if (self->path != NULL && self->session == NULL)
    conc_window_open (self, self->path);
}

static void
new_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkWidget *window = conc_create_window_new (GTK_WINDOW (widget));

  g_signal_connect_object (window, "created", G_CALLBACK (conc_window_open), widget,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}

typedef struct
{
  char *path;
  char *target;
} Backup;

static void
backup_free (gpointer pointer)
{
  Backup *backup = pointer;

  g_free (backup->path);
  g_free (backup->target);
  g_free (backup);
}

static char *
back_up (gpointer data, GError **error)
{
  Backup          *backup = data;
  g_autofree char *name = g_path_get_basename (backup->target);

  if (!conc_backup (backup->path, backup->target, error))
    return NULL;
  return g_strdup_printf (_ ("Backed up to %s."), name);
}

static void
backed_up (GObject *owner, const char *sentence, const GError *error)
{
  if (error != NULL)
    conc_window_fail (CONC_WINDOW (owner), error->message);
  else
    conc_window_say (CONC_WINDOW (owner), sentence);
}

static void
back_up_response_cb (GtkNativeDialog *dialog, int response, ConcWindow *self)
{
  g_autofree char *target = dup_chosen_path (dialog, response);
  Backup          *backup;

  g_object_unref (dialog);
  if (target == NULL)
    return;
  backup = g_new0 (Backup, 1);
  backup->path = g_strdup (self->path);
  backup->target = g_steal_pointer (&target);
  conc_background_run (G_OBJECT (self), back_up, backup, backup_free, backed_up);
}

/* "My race 2017-12-09 0814.race": copies of one day do not overwrite each other. */
static char *
dup_backup_name (ConcWindow *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now (conc_session_get_zone (self->session));
  g_autofree char *stamp = g_date_time_format (now, "%Y-%m-%d %H%M");
  g_autofree char *name = g_path_get_basename (self->path);

  if (g_str_has_suffix (name, ".race"))
    name[strlen (name) - strlen (".race")] = '\0';
  return g_strdup_printf ("%s %s.race", name, stamp);
}

static void
back_up_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_autofree char      *name = dup_backup_name (CONC_WINDOW (widget));
  GtkFileChooserNative *dialog =
      gtk_file_chooser_native_new (_ ("Back Up the Race"), GTK_WINDOW (widget),
                                   GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  race_file_filter (GTK_FILE_CHOOSER (dialog));
  g_signal_connect_object (dialog, "response", G_CALLBACK (back_up_response_cb), widget, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* In an entry Ctrl+Z is for what was typed there, as long as there is some of it. */
static gboolean
undo_typing (ConcWindow *self)
{
  GtkWidget       *focus = gtk_window_get_focus (GTK_WINDOW (self));
  g_autofree char *before = NULL;

  if (!GTK_IS_TEXT (focus) || *gtk_editable_get_text (GTK_EDITABLE (focus)) == '\0')
    return FALSE;
  before = g_strdup (gtk_editable_get_text (GTK_EDITABLE (focus)));
  gtk_widget_activate_action (focus, "text.undo", NULL);
  return !g_str_equal (before, gtk_editable_get_text (GTK_EDITABLE (focus)));
}

static void
undo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcWindow *self = CONC_WINDOW (widget);

  if (!undo_typing (self))
    conc_session_undo_last (self->session);
}

static void
undo_fact_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcWindow *self = CONC_WINDOW (widget);

  if (self->session != NULL)
    conc_session_undo (self->session, g_variant_get_string (parameter, NULL));
}

static GtkWidget *
find_search_entry (GtkWidget *widget)
{
  if (GTK_IS_SEARCH_ENTRY (widget) && gtk_widget_is_visible (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = gtk_widget_get_visible (child) ? find_search_entry (child) : NULL;

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Pages without a search lead to the runners, where there is one. */
static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcWindow *self = CONC_WINDOW (widget);
  GtkWidget  *entry = find_search_entry (gtk_stack_get_visible_child (self->page_stack));

  if (entry == NULL)
    conc_window_set_page (self, "runners");
  else
    {
      gtk_widget_grab_focus (entry);
      gtk_editable_select_region (GTK_EDITABLE (entry), 0, -1);
    }
}

static void
show_bib_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcWindow *self = CONC_WINDOW (widget);

  conc_window_set_page (self, "runners");
  conc_runners_page_show_bib (self->runners_page, g_variant_get_uint32 (parameter));
}

static void
fullscreen_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (gtk_window_is_fullscreen (GTK_WINDOW (widget)))
    gtk_window_unfullscreen (GTK_WINDOW (widget));
  else
    gtk_window_fullscreen (GTK_WINDOW (widget));
}

static void
display_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  conc_window_show_display (CONC_WINDOW (widget));
}

/* One of each for a race: asked again, it comes to the front. */
static void
present_one (ConcWindow *self, GtkWindow **place, GtkWidget *(*make) (GtkWindow *, ConcSession *) )
{
  if (*place == NULL)
    g_set_weak_pointer (place, GTK_WINDOW (make (GTK_WINDOW (self), self->session)));
  gtk_window_present (*place);
}

static void
labels_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  present_one (CONC_WINDOW (widget), &CONC_WINDOW (widget)->print, conc_print_window_new);
}

static void
print_queue_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  labels_action (widget, name, parameter);
  conc_print_window_show_page (CONC_PRINT_WINDOW (CONC_WINDOW (widget)->print), "queue");
}

static void
host_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  present_one (CONC_WINDOW (widget), &CONC_WINDOW (widget)->host, conc_host_window_new);
}

static void
stick_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  present_one (CONC_WINDOW (widget), &CONC_WINDOW (widget)->stick, conc_stick_window_new);
}

static void
join_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkWidget *window = conc_join_window_new (GTK_WINDOW (widget));

  g_signal_connect_object (window, "joined", G_CALLBACK (conc_window_open), widget,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}

static void
go_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  conc_window_set_page (CONC_WINDOW (widget), name + strlen ("win.go-"));
}

static void
about_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkWidget *window = g_object_new (
      ADW_TYPE_ABOUT_WINDOW, "transient-for", widget, "modal", TRUE, "application-name",
      _ ("Concourse"), "application-icon", CONC_APP_ID, "version", CONC_VERSION, "developer-name",
      _ ("The Concourse contributors"), "license-type", GTK_LICENSE_GPL_3_0, "comments",
      _ ("The race day of a charity run, on one laptop: check-in, timing, results and "
         "fundraising."),
      NULL);

  gtk_window_present (GTK_WINDOW (window));
}

void
conc_window_update_actions (ConcWindow *self)
{
  static const char *const with_race[] = { "win.back-up", "win.undo", "win.undo-fact", "win.search",
                                           "win.display" };

  GtkWidget *widget = GTK_WIDGET (self);
  ConcRole   role = conc_window_get_role (self);
  gboolean   has_race = self->session != NULL;
  gboolean   has_runners = conc_role_has_page (role, "runners");

  for (guint i = 0; i < G_N_ELEMENTS (with_race); i++)
    gtk_widget_action_set_enabled (widget, with_race[i], has_race);
  gtk_widget_action_set_enabled (widget, "win.labels", has_race && has_runners);
  gtk_widget_action_set_enabled (widget, "win.show-bib", has_runners);
  gtk_widget_action_set_enabled (widget, "win.host", has_race && role == CONC_ROLE_ORGANIZER);
  gtk_widget_action_set_enabled (widget, "win.stick", has_race && conc_role_has_race_key (role));
}

/* "win.page" is for buttons and keys; the accessibility bus shows only actions without a
 * parameter, so each page has one of its own too. */
void
conc_window_install_actions (GtkWidgetClass *widget_class)
{
  static const char *const go[] = { "win.go-check-in", "win.go-timing",      "win.go-runners",
                                    "win.go-results",  "win.go-fundraising", "win.go-setup" };

  gtk_widget_class_install_property_action (widget_class, "win.page", "page");
  for (guint i = 0; i < G_N_ELEMENTS (go); i++)
    gtk_widget_class_install_action (widget_class, go[i], NULL, go_action);
  gtk_widget_class_install_action (widget_class, "win.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "win.open-path", "s", open_path_action);
  gtk_widget_class_install_action (widget_class, "win.try-again", NULL, try_again_action);
  gtk_widget_class_install_action (widget_class, "win.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "win.back-up", NULL, back_up_action);
  gtk_widget_class_install_action (widget_class, "win.labels", NULL, labels_action);
  gtk_widget_class_install_action (widget_class, "win.print-queue", NULL, print_queue_action);
  gtk_widget_class_install_action (widget_class, "win.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "win.undo-fact", "s", undo_fact_action);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "win.show-bib", "u", show_bib_action);
  gtk_widget_class_install_action (widget_class, "win.fullscreen", NULL, fullscreen_action);
  gtk_widget_class_install_action (widget_class, "win.display", NULL, display_action);
  gtk_widget_class_install_action (widget_class, "win.host", NULL, host_action);
  gtk_widget_class_install_action (widget_class, "win.join", NULL, join_action);
  gtk_widget_class_install_action (widget_class, "win.stick", NULL, stick_action);
  gtk_widget_class_install_action (widget_class, "win.about", NULL, about_action);
}

/* One display for each race: asked again, it comes to the front. */
void
conc_window_show_display (ConcWindow *self)
{
  if (self->display == NULL)
    {
      GtkWidget *display = conc_display_window_new (self->session);

      g_set_weak_pointer (&self->display, GTK_WINDOW (display));
    }
  gtk_window_present (self->display);
}
