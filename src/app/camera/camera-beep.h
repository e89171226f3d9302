/* camera-beep.h: the sound of a code that was read. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _ConcCameraBeep ConcCameraBeep;

ConcCameraBeep *conc_camera_beep_new (const char *sink);
void            conc_camera_beep_play (ConcCameraBeep *self);
void            conc_camera_beep_free (ConcCameraBeep *self);

G_END_DECLS
