/* application.c: the command line, the keys of the application, and which window opens a race. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/application.h"

#include "app/scan-capture.h"
#include "app/types.h"
#include "app/window.h"

#include <glib/gi18n.h>

struct _ConcApplication
{
  AdwApplication parent_instance;

  /* owned */
  ConcScanCapture *scan_capture;
};

G_DEFINE_FINAL_TYPE (ConcApplication, conc_application, ADW_TYPE_APPLICATION)

static const struct
{
  const char *action;
  const char *keys[3];
} accels[] = {
  { "win.page::check-in", { "<Alt>1" } },
  { "win.page::timing", { "<Alt>2" } },
  { "win.page::runners", { "<Alt>3" } },
  { "win.page::results", { "<Alt>4" } },
  { "win.page::fundraising", { "<Alt>5" } },
  { "win.page::setup", { "<Alt>6" } },
  { "win.display", { "<Control>d" } },
  { "win.open", { "<Control>o" } },
  { "win.new", { "<Control>n" } },
  { "win.back-up", { "<Control>b" } },
  { "win.labels", { "<Control>l" } },
  { "win.search", { "<Control>f" } },
  { "win.undo", { "<Control>z" } },
  { "win.fullscreen", { "F11" } },
  { "win.show-help-overlay", { "F1", "<Control>question" } },
  { "window.close", { "<Control>w" } },
  { "app.quit", { "<Control>q" } },
};

static const GOptionEntry options[] = {
  { "page", 0, 0, G_OPTION_ARG_STRING, NULL,
    N_ ("Open at this page: check-in, timing, runners, results, fundraising or setup"),
    N_ ("PAGE") },
  { "display", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Open the display for the projector too"), NULL },
  { "dark", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Use dark colors"), NULL },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, NULL, NULL, N_ ("[RACE.race]") },
  { NULL }
};

/* The window that shows the race at @path, or else one that shows no race yet. */
static ConcWindow *
find_window (ConcApplication *self, const char *path)
{
  ConcWindow *empty = NULL;

  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    {
      const char *open;

      if (!CONC_IS_WINDOW (l->data))
        continue;
      open = conc_window_get_path (l->data);
      if (path != NULL && g_strcmp0 (open, path) == 0)
        return l->data;
      if (open == NULL)
        empty = l->data;
    }
  return empty;
}

static ConcWindow *
open_window (ConcApplication *self, GFile *file)
{
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  ConcWindow      *window = find_window (self, path);

  if (window == NULL)
    window = conc_window_new (GTK_APPLICATION (self));
  if (path != NULL)
    conc_window_open (window, path);
  else
    gtk_window_present (GTK_WINDOW (window));
  return window;
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GList *windows = g_list_copy (gtk_application_get_windows (user_data));

  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_close (l->data);
  g_list_free (windows);
}

static void
conc_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window != NULL)
    gtk_window_present (window);
  else
    open_window (CONC_APPLICATION (application), NULL);
}

static void
conc_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  for (int i = 0; i < n_files; i++)
    open_window (CONC_APPLICATION (application), files[i]);
}

static int
conc_application_command_line (GApplication *application, GApplicationCommandLine *line)
{
  GVariantDict     *dict = g_application_command_line_get_options_dict (line);
  g_autofree char  *page = NULL;
  g_autofree char **names = NULL;
  gboolean          wants_display = FALSE, wants_dark = FALSE;
  ConcWindow       *window = NULL;

  g_variant_dict_lookup (dict, "page", "s", &page);
  g_variant_dict_lookup (dict, "display", "b", &wants_display);
  g_variant_dict_lookup (dict, "dark", "b", &wants_dark);
  g_variant_dict_lookup (dict, G_OPTION_REMAINING, "^a&ay", &names);
  if (page != NULL && !conc_window_has_page (page))
    {
      g_application_command_line_printerr (line, _ ("There is no page “%s”.\n"), page);
      return 2;
    }
  if (wants_dark)
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                        ADW_COLOR_SCHEME_FORCE_DARK);
  if (names == NULL || names[0] == NULL)
    window = open_window (CONC_APPLICATION (application), NULL);
  for (char **name = names; name != NULL && *name != NULL; name++)
    {
      g_autoptr (GFile) file = g_application_command_line_create_file_for_arg (line, *name);

      window = open_window (CONC_APPLICATION (application), file);
    }
  conc_window_start_at (window, page, wants_display);
  return 0;
}

static void
conc_application_startup (GApplication *application)
{
  static const GActionEntry entries[] = { { "quit", quit_cb } };

  conc_app_ensure_types ();
  G_APPLICATION_CLASS (conc_application_parent_class)->startup (application);
  gtk_window_set_default_icon_name (CONC_APP_ID);
  CONC_APPLICATION (application)->scan_capture = conc_scan_capture_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries),
                                   application);
  for (guint i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), accels[i].action,
                                           accels[i].keys);
}

static void
conc_application_shutdown (GApplication *application)
{
  g_clear_object (&CONC_APPLICATION (application)->scan_capture);
  G_APPLICATION_CLASS (conc_application_parent_class)->shutdown (application);
}

static void
conc_application_class_init (ConcApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->startup = conc_application_startup;
  application_class->shutdown = conc_application_shutdown;
  application_class->activate = conc_application_activate;
  application_class->open = conc_application_open;
  application_class->command_line = conc_application_command_line;
}

static void
conc_application_init (ConcApplication *self)
{
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

/* One program for all races: a second start hands its file to the first, which knows which races
 * are open already. */
ConcApplication *
conc_application_new (void)
{
  return g_object_new (CONC_TYPE_APPLICATION, "application-id", CONC_APP_ID, "flags",
                       G_APPLICATION_HANDLES_OPEN | G_APPLICATION_HANDLES_COMMAND_LINE,
                       "resource-base-path", "/org/notinourcity/Concourse", NULL);
}
