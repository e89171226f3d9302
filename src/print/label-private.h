/* label-private.h: Drawing one part of a label. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "print/label-layout.h"

#include <cairo.h>

G_BEGIN_DECLS

/* What parts are drawn with: 1 mm is the unit of @cr, the corner of the label its origin. */
typedef struct
{
  cairo_t         *cr;
  ConcTypesetter  *typesetter;
  const ConcLabel *label;
  gboolean         in_colour;
  /* Ink of a usual bib for letters of 1 mm. */
  double usual_bib_width;
  double usual_bib_height;
} ConcPartPen;

void conc_part_draw_text (const ConcPartPen    *pen,
                          const ConcLayoutPart *part,
                          const ConcArea       *area,
                          const char           *text);
void conc_part_draw_fitted (const ConcPartPen     *pen,
                            const ConcLayoutPart  *part,
                            const ConcArea        *area,
                            const ConcTextExtents *extents);
void conc_part_draw_bib (const ConcPartPen    *pen,
                         const ConcLayoutPart *part,
                         const ConcArea       *area,
                         const char           *text);
void conc_part_draw_wave (const ConcPartPen    *pen,
                          const ConcLayoutPart *part,
                          const ConcArea       *area,
                          const char           *text);
void conc_part_draw_rule (const ConcPartPen *pen, const ConcArea *area);
void conc_part_draw_panel (const ConcPartPen    *pen,
                           const ConcLayoutPart *part,
                           const ConcArea       *area,
                           const char           *title,
                           const char           *text);
void conc_part_rounded (cairo_t *cr, const ConcArea *area, double radius_mm);

/* layout-texts.c */
const char *const *conc_layout_get_texts (void);
const char        *conc_layout_translate (const char *text);

G_END_DECLS
