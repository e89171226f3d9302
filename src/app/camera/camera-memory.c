/* camera-memory.c: tells a code that is shown from one that is still before the camera. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/camera/camera-memory.h"

/* Where @text was seen; else the place that was not used for the longest time. */
static ConcCameraSight *
find_sight (ConcCameraMemory *self, const char *text)
{
  ConcCameraSight *oldest = &self->sights[0];

  for (guint i = 0; i < CONC_CAMERA_MEMORY_MAX; i++)
    {
      ConcCameraSight *sight = &self->sights[i];

      if (g_strcmp0 (sight->text, text) == 0)
        return sight;
      if (oldest->text != NULL && (sight->text == NULL || sight->seen_usec < oldest->seen_usec))
        oldest = sight;
    }
  return oldest;
}

/* A code was read at @now_usec by a clock that is never set. Whether it counts: a bib that lies
 * before the camera is read in every picture and counts once, however long it lies there, since
 * the second time a page may check its runner in. */
gboolean
conc_camera_memory_take (ConcCameraMemory *self, const char *text, gint64 now_usec)
{
  ConcCameraSight *sight = find_sight (self, text);
  gboolean         is_known = g_strcmp0 (sight->text, text) == 0;
  gboolean         counts = !is_known || now_usec - sight->seen_usec >= CONC_CAMERA_AGAIN_USEC;

  if (!is_known)
    {
      g_free (sight->text);
      sight->text = g_strdup (text);
    }
  sight->seen_usec = now_usec;
  return counts;
}

void
conc_camera_memory_clear (ConcCameraMemory *self)
{
  for (guint i = 0; i < CONC_CAMERA_MEMORY_MAX; i++)
    g_clear_pointer (&self->sights[i].text, g_free);
}
