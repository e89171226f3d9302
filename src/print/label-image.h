/* label-image.h: One label as an image in the dots of a printer. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "print/label-painter.h"

G_BEGIN_DECLS

/* A sheet of A5 at 600 dots per inch has 17 millions. */
#define CONC_LABEL_IMAGE_DOTS_MAX (40 * 1000 * 1000)

cairo_surface_t *conc_label_image_new (ConcLabelPainter *painter,
                                       const ConcLabel  *label,
                                       guint             side,
                                       GError          **error);
cairo_surface_t *
conc_label_image_to_dots (cairo_surface_t *image, int quarter_turns, int right_dots, int down_dots);

G_END_DECLS
