/* zpl.h: A label in ZPL II, the language of Zebra's printers. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* What the length and the width of a label may be in ZPL, in dots. */
#define CONC_ZPL_SIDE_MAX 32000
#define CONC_ZPL_COPIES_MAX 999

char *conc_zpl_from_image (cairo_surface_t *dots, guint copies, GError **error);

G_END_DECLS
