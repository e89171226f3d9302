/* label-verify.h: Reads a label back before it is printed. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

gboolean conc_label_verify (cairo_surface_t *image, const char *token, GError **error);

G_END_DECLS
