/* preferences.c: the size of the window, recent races and the last page. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/preferences.h"

/* NULL when the schema is not installed, as in a build folder: then nothing is remembered. */
static GSettings *
open_settings (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, CONC_APP_ID, TRUE);
  return schema != NULL ? g_settings_new_full (schema, NULL, NULL) : NULL;
}

void
conc_preferences_bind_window (GtkWindow *window)
{
  g_autoptr (GSettings) settings = open_settings ();

  if (settings == NULL)
    return;
  g_settings_bind (settings, "window-width", window, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-height", window, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-maximized", window, "maximized", G_SETTINGS_BIND_DEFAULT);
}

void
conc_preferences_remember_race (const char *path)
{
  g_autofree char  *uri = g_filename_to_uri (path, NULL, NULL);
  GtkRecentData     data = { .mime_type = (char *) CONC_RACE_MIME_TYPE,
                             .app_name = (char *) "concourse",
                             .app_exec = (char *) "concourse %f" };
  GtkRecentManager *manager = gtk_recent_manager_get_default ();
  g_autoptr (GSettings) settings = open_settings ();

  if (uri != NULL)
    gtk_recent_manager_add_full (manager, uri, &data);
  if (settings != NULL)
    g_settings_set_string (settings, "last-race", path);
}

void
conc_preferences_remember_page (const char *name)
{
  g_autoptr (GSettings) settings = open_settings ();

  if (settings != NULL && name != NULL)
    g_settings_set_string (settings, "last-page", name);
}

/* (transfer full) (nullable): the connector of the projector, as "HDMI-1"; empty or NULL when none
 * was chosen. */
char *
conc_preferences_dup_monitor (void)
{
  g_autoptr (GSettings) settings = open_settings ();

  return settings != NULL ? g_settings_get_string (settings, "display-monitor") : NULL;
}

void
conc_preferences_remember_monitor (const char *connector)
{
  g_autoptr (GSettings) settings = open_settings ();

  if (settings != NULL && connector != NULL)
    g_settings_set_string (settings, "display-monitor", connector);
}

/* (transfer full) (nullable): who was at this station last; empty or NULL when nobody said it. */
char *
conc_preferences_dup_operator (void)
{
  g_autoptr (GSettings) settings = open_settings ();

  return settings != NULL ? g_settings_get_string (settings, "operator") : NULL;
}

void
conc_preferences_remember_operator (const char *name)
{
  g_autoptr (GSettings) settings = open_settings ();

  if (settings != NULL)
    g_settings_set_string (settings, "operator", name);
}

/* @view has the properties "camera", a name or empty for any, and "sound". */
void
conc_preferences_bind_camera (GObject *view)
{
  g_autoptr (GSettings) settings = open_settings ();

  if (settings == NULL)
    return;
  g_settings_bind (settings, "camera", view, "camera", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "camera-sound", view, "sound", G_SETTINGS_BIND_DEFAULT);
}

/* The page that was shown last; NULL when nothing is remembered. */
char *
conc_preferences_dup_page (void)
{
  g_autoptr (GSettings) settings = open_settings ();

  return settings != NULL ? g_settings_get_string (settings, "last-page") : NULL;
}
