/* align-target.h: A page that shows how far a printer prints beside its labels. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "print/stock.h"

#include <cairo.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/* The scales go this far beyond the edge of a label, and this far into it. */
#define CONC_ALIGN_OUTSIDE_MM 5
#define CONC_ALIGN_INSIDE_MM 8

void             conc_align_target_draw (cairo_t         *cr,
                                         const ConcStock *stock,
                                         double           offset_x_mm,
                                         double           offset_y_mm);
gboolean         conc_align_target_write_pdf (const ConcStock *stock,
                                              double           offset_x_mm,
                                              double           offset_y_mm,
                                              GOutputStream   *stream,
                                              GError         **error);
cairo_surface_t *conc_align_target_image_new (const ConcStock *stock,
                                              double           offset_x_mm,
                                              double           offset_y_mm,
                                              GError         **error);

G_END_DECLS
