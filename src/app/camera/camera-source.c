/* camera-source.c: finds cameras, or the pictures that stand for them in tests, and says what is
 * wrong with one. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/camera/camera-source.h"

#include "app/camera/camera-pipeline.h"

#include <glib/gi18n.h>

#define DEFAULT_DEVICE "/dev/video0"

static gboolean
has_elements (const char *const *names, GError **error)
{
  for (; *names != NULL; names++)
    {
      g_autoptr (GstElementFactory) factory = gst_element_factory_find (*names);

      if (factory == NULL)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                       _ ("Scanning with a camera needs the plug-ins “base” and “good” of "
                          "GStreamer, and “%s” of them is not installed. A scanner and the "
                          "keyboard work without."),
                       *names);
          return FALSE;
        }
    }
  return TRUE;
}

/* Whether GStreamer has what a camera needs. Any thread; the first time it may take seconds.
 * @pictures here and below: PNG files that stand for cameras, with colons between them; NULL for
 * cameras. */
gboolean
conc_camera_source_prepare (const char *pictures, GError **error)
{
  static const char *const common[] = { "videorate", "videoconvert", "videoscale", "appsink",
                                        NULL };
  static const char *const camera[] = { "v4l2src", NULL };
  static const char *const stand_ins[] = { "filesrc", "pngdec", "imagefreeze", NULL };

  if (!gst_init_check (NULL, NULL, error))
    return FALSE;
  return has_elements (common, error) &&
         has_elements (pictures != NULL ? stand_ins : camera, error);
}

static GList *
find_devices (void)
{
  g_autoptr (GstDeviceMonitor) monitor = gst_device_monitor_new ();
  GList *devices = NULL;

  gst_device_monitor_add_filter (monitor, "Video/Source", NULL);
  if (gst_device_monitor_start (monitor))
    {
      devices = gst_device_monitor_get_devices (monitor);
      gst_device_monitor_stop (monitor);
    }
  return devices;
}

static void
free_devices (GList *devices)
{
  g_list_free_full (devices, gst_object_unref);
}

static char **
list_pictures (const char *paths)
{
  g_auto (GStrv) files = g_strsplit (paths, G_SEARCHPATH_SEPARATOR_S, -1);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (char **file = files; *file != NULL; file++)
    {
      g_autofree char *name = g_path_get_basename (*file);

      g_strv_builder_add (names, name);
    }
  return g_strv_builder_end (names);
}

/* The names of the cameras; none is an empty list. Any thread, and never the main one: devices are
 * asked. */
char **
conc_camera_list (const char *pictures, GError **error)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  GList *devices;

  if (!conc_camera_source_prepare (pictures, error))
    return NULL;
  if (pictures != NULL)
    return list_pictures (pictures);
  devices = find_devices ();
  for (GList *l = devices; l != NULL; l = l->next)
    {
      g_autofree char *name = gst_device_get_display_name (l->data);

      g_strv_builder_add (names, name);
    }
  free_devices (devices);
  return g_strv_builder_end (names);
}

static GstElement *
source_from_pictures (const char *paths, const char *name, GError **error)
{
  g_auto (GStrv) files = g_strsplit (paths, G_SEARCHPATH_SEPARATOR_S, -1);
  const char *path = files[0];
  GstElement *bin =
      gst_parse_bin_from_description_full ("filesrc name=file ! pngdec ! imagefreeze is-live=true "
                                           "! capsfilter caps=video/x-raw,framerate=15/1",
                                           TRUE, NULL, GST_PARSE_FLAG_FATAL_ERRORS, error);
  g_autoptr (GstElement) file = NULL;

  if (bin == NULL)
    return NULL;
  for (char **each = files; *each != NULL; each++)
    {
      g_autofree char *base = g_path_get_basename (*each);

      if (g_strcmp0 (base, name) == 0)
        path = *each;
    }
  file = gst_bin_get_by_name (GST_BIN (bin), "file");
  g_object_set (file, "location", path, NULL);
  return bin;
}

static GstElement *
source_from_devices (const char *name)
{
  GList      *devices = find_devices ();
  GstDevice  *chosen = devices != NULL ? devices->data : NULL;
  GstElement *source = NULL;

  for (GList *l = devices; l != NULL; l = l->next)
    {
      g_autofree char *display_name = gst_device_get_display_name (l->data);

      if (g_strcmp0 (display_name, name) == 0)
        chosen = l->data;
    }
  if (chosen != NULL)
    source = gst_device_create_element (chosen, NULL);
  /* Where nobody keeps a list of devices, the first one is found all the same. */
  else if (g_file_test (DEFAULT_DEVICE, G_FILE_TEST_EXISTS))
    source = gst_element_factory_make ("v4l2src", NULL);
  free_devices (devices);
  return source;
}

/* (transfer floating): the camera @name; the first one when there is none of that name. After
 * conc_camera_source_prepare(). */
GstElement *
conc_camera_source_new (const char *pictures, const char *name, GError **error)
{
  GstElement *source;

  if (pictures != NULL)
    {
      if (*pictures != '\0')
        return source_from_pictures (pictures, name, error);
      source = NULL;
    }
  else
    source = source_from_devices (name);
  if (source == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                         _ ("No camera was found. Plug one in and try again, or use a scanner or "
                            "the keyboard."));
  return source;
}

/* (transfer full): what GStreamer says of a camera, in words that say what to do. */
char *
conc_camera_source_explain (const GError *error)
{
  static const struct
  {
    int         code;
    const char *sentence;
  } ROWS[] = {
    { GST_RESOURCE_ERROR_NOT_FOUND, N_ ("The camera is not there. Plug it in and try again.") },
    { GST_RESOURCE_ERROR_BUSY,
      N_ ("Another program uses the camera. Close that program and try again.") },
    { GST_RESOURCE_ERROR_NOT_AUTHORIZED,
      N_ ("This user may not use the camera. Allow it in the settings of the system.") },
    { GST_RESOURCE_ERROR_OPEN_READ,
      N_ ("The camera cannot be opened. Another program may use it, or this user may not.") },
    { GST_RESOURCE_ERROR_OPEN_READ_WRITE,
      N_ ("The camera cannot be opened. Another program may use it, or this user may not.") },
    { GST_RESOURCE_ERROR_READ,
      N_ ("The camera sends no more pictures. See that it is plugged in and try again.") },
  };

  if (error->domain == GST_RESOURCE_ERROR)
    for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
      if (ROWS[i].code == error->code)
        return g_strdup (_ (ROWS[i].sentence));
  /* Translators: what follows is a sentence of another program, with its full stop. */
  return g_strdup_printf (_ ("The camera cannot be used: %s"), error->message);
}
