/* camera-memory.h: which codes the camera has seen of late. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A code has to be out of sight this long to count as shown again. */
#define CONC_CAMERA_AGAIN_USEC (2 * G_USEC_PER_SEC)
#define CONC_CAMERA_MEMORY_MAX 8

typedef struct
{
  char  *text;
  gint64 seen_usec;
} ConcCameraSight;

/* Zero it to begin with. */
typedef struct
{
  ConcCameraSight sights[CONC_CAMERA_MEMORY_MAX];
} ConcCameraMemory;

gboolean conc_camera_memory_take (ConcCameraMemory *self, const char *text, gint64 now_usec);
void     conc_camera_memory_clear (ConcCameraMemory *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ConcCameraMemory, conc_camera_memory_clear)

G_END_DECLS
