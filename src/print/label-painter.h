/* label-painter.h: Draws labels on any cairo context. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "print/label.h"
#include "print/layout.h"
#include "print/stock.h"

#include <cairo.h>

G_BEGIN_DECLS

typedef struct _ConcLabelPainter ConcLabelPainter;

ConcLabelPainter *conc_label_painter_new (const ConcStock *stock, const ConcLayout *layout);
const ConcStock  *conc_label_painter_get_stock (const ConcLabelPainter *self);
void              conc_label_painter_free (ConcLabelPainter *self);
void conc_label_painter_begin_page (ConcLabelPainter *self, double offset_x_mm, double offset_y_mm);
void conc_label_painter_end_page (ConcLabelPainter *self, cairo_t *cr);
gboolean conc_label_painter_draw (ConcLabelPainter *self,
                                  cairo_t          *cr,
                                  const ConcLabel  *label,
                                  guint             side,
                                  double            x_mm,
                                  double            y_mm,
                                  GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcLabelPainter, conc_label_painter_free)

G_END_DECLS
