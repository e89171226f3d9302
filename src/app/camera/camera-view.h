/* camera-view.h: scanning with the camera: picture, frame, and the word that says what was read. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * ConcCameraView:
 *
 * Place it anywhere and bind "active", which is FALSE to begin with, to a toggle button. While it
 * is active and on the screen the camera is on; otherwise it is off, also for the eye of its lamp.
 * What is read goes to conc_scan_deliver() of its window.
 *
 * "active": whether the camera is wanted; visible with it
 * "available" (read only): whether this program can use cameras at all: for the button's visibility
 * "scanned" (text): for those who want to know besides
 */
#define CONC_TYPE_CAMERA_VIEW (conc_camera_view_get_type ())
G_DECLARE_FINAL_TYPE (ConcCameraView, conc_camera_view, CONC, CAMERA_VIEW, AdwBin)

gboolean conc_camera_view_get_active (ConcCameraView *self);
void     conc_camera_view_set_active (ConcCameraView *self, gboolean active);

G_END_DECLS
