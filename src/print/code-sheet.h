/* code-sheet.h: All codes of a page as one image. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

typedef struct _ConcCodeSheet ConcCodeSheet;

ConcCodeSheet *conc_code_sheet_new (double width_mm, double height_mm);
void           conc_code_sheet_free (ConcCodeSheet *self);
void           conc_code_sheet_begin (ConcCodeSheet *self, double origin_x_mm, double origin_y_mm);
void           conc_code_sheet_add (ConcCodeSheet   *self,
                                    cairo_surface_t *code,
                                    double           x_mm,
                                    double           y_mm,
                                    double           module_mm);
void           conc_code_sheet_draw (ConcCodeSheet *self, cairo_t *cr);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcCodeSheet, conc_code_sheet_free)

G_END_DECLS
