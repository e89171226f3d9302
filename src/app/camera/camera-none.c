/* camera-none.c: stands in for the camera where Concourse was built without GStreamer. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/camera/camera-beep.h"
#include "app/camera/camera-pipeline.h"

#include <glib/gi18n.h>

gboolean
conc_camera_is_built (void)
{
  return FALSE;
}

char **
conc_camera_list (const char *pictures, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                       _ ("This Concourse was built without scanning by camera. A scanner and the "
                          "keyboard work without."));
  return NULL;
}

ConcCameraPipeline *
conc_camera_pipeline_new (const char          *pictures,
                          const char          *name,
                          ConcCameraFrameFunc  frame,
                          ConcCameraFailedFunc failed,
                          gpointer             user_data,
                          GDestroyNotify       free_data,
                          GError             **error)
{
  free_data (user_data);
  g_assert_null (conc_camera_list (pictures, error));
  return NULL;
}

void
conc_camera_pipeline_free (ConcCameraPipeline *self)
{
  g_assert_not_reached ();
}

ConcCameraBeep *
conc_camera_beep_new (const char *sink)
{
  return NULL;
}

void
conc_camera_beep_play (ConcCameraBeep *self)
{
}

void
conc_camera_beep_free (ConcCameraBeep *self)
{
}
