/* numerals.h: Narrow, heavy digits for numbers that are read from afar. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

gboolean conc_numerals_can_draw (const char *text);
double   conc_numerals_get_width (const char *text, double height_mm);
double   conc_numerals_get_height (const char *text, double width_mm, double height_max_mm);
void conc_numerals_draw (cairo_t *cr, const char *text, double x_mm, double y_mm, double height_mm);

G_END_DECLS
