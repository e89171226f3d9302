/* camera-source.h: which cameras there are, and what is wrong with one. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

gboolean    conc_camera_source_prepare (const char *pictures, GError **error);
GstElement *conc_camera_source_new (const char *pictures, const char *name, GError **error);
char       *conc_camera_source_explain (const GError *error);

G_END_DECLS
