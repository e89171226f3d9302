/* camera.h: the laptop's camera as a scanner. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How long a camera may take to send its first picture. */
#define CONC_CAMERA_PATIENCE_MS 8000

typedef enum
{
  CONC_CAMERA_OFF,
  CONC_CAMERA_STARTING,
  CONC_CAMERA_ON,
  CONC_CAMERA_FAILED,
} ConcCameraState;

/**
 * ConcCamera:
 *
 * Takes pictures and reads the codes in them on threads of its own. It is on between
 * conc_camera_start() and conc_camera_stop(); a failure is a state, with a sentence that says what
 * to do.
 *
 * "scanned" (text): a code that is shown. While it stays in sight it is not told again.
 * "changed": another state, sentence, picture or list of cameras.
 */
#define CONC_TYPE_CAMERA (conc_camera_get_type ())
G_DECLARE_FINAL_TYPE (ConcCamera, conc_camera, CONC, CAMERA, GObject)

gboolean           conc_camera_is_built (void);
ConcCamera        *conc_camera_new (void);
void               conc_camera_start (ConcCamera *self, const char *name);
void               conc_camera_stop (ConcCamera *self);
ConcCameraState    conc_camera_get_state (ConcCamera *self);
const char        *conc_camera_get_sentence (ConcCamera *self);
GdkTexture        *conc_camera_get_texture (ConcCamera *self);
const char *const *conc_camera_get_names (ConcCamera *self);
void               conc_camera_set_has_sound (ConcCamera *self, gboolean has_sound);
void               conc_camera_set_patience (ConcCamera *self, guint patience_ms);

G_END_DECLS
