/* camera-pipeline.h: pictures of a camera and the codes in them, on threads of GStreamer. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What is looked at, and half of it, which is shown. */
#define CONC_CAMERA_WIDTH 1280
#define CONC_CAMERA_HEIGHT 720
#define CONC_CAMERA_VIEW_WIDTH (CONC_CAMERA_WIDTH / 2)
#define CONC_CAMERA_VIEW_HEIGHT (CONC_CAMERA_HEIGHT / 2)

typedef struct _ConcCameraPipeline ConcCameraPipeline;

/**
 * ConcCameraFrameFunc:
 * @view: (transfer full): the picture as a mirror shows it, three bytes a pixel, red first
 * @text: (transfer full) (nullable): what the code in it says
 *
 * Called on a thread of the pipeline, about 15 times a second.
 */
typedef void (*ConcCameraFrameFunc) (GBytes *view, char *text, gpointer user_data);

/**
 * ConcCameraFailedFunc:
 * @sentence: (transfer full): why there are no more pictures
 *
 * Called on a thread of the pipeline, perhaps more than once.
 */
typedef void (*ConcCameraFailedFunc) (char *sentence, gpointer user_data);

gboolean            conc_camera_is_built (void);
char              **conc_camera_list (const char *pictures, GError **error);
ConcCameraPipeline *conc_camera_pipeline_new (const char          *pictures,
                                              const char          *name,
                                              ConcCameraFrameFunc  frame,
                                              ConcCameraFailedFunc failed,
                                              gpointer             user_data,
                                              GDestroyNotify       free_data,
                                              GError             **error);
void                conc_camera_pipeline_free (ConcCameraPipeline *self);

G_END_DECLS
