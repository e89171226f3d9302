/* label-layout.h: Where the parts of a label go. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "print/layout-private.h"

G_BEGIN_DECLS

/**
 * ConcArea:
 *
 * A rectangle on paper, from its top left corner.
 */
typedef struct
{
  double x_mm;
  double y_mm;
  double width_mm;
  double height_mm;
} ConcArea;

/**
 * ConcLabelLayout:
 * @module_mm: size of a module of the code; 0 when this side has none
 * @code: the code without its quiet zone
 * @shown: which parts of the layout are there
 * @areas: the boxes of those that are there
 *
 * One side of a label taken apart, relative to its top left corner as it is read.
 */
typedef struct
{
  double   module_mm;
  ConcArea code;
  gboolean shown[CONC_LAYOUT_PARTS_MAX];
  ConcArea areas[CONC_LAYOUT_PARTS_MAX];
} ConcLabelLayout;

ConcStock *conc_layout_fit_stock (const ConcLayout *layout, const ConcStock *stock);
gboolean   conc_layout_is_turned (const ConcLayout *layout, const ConcStock *stock);
gboolean   conc_label_layout_init (ConcLabelLayout  *self,
                                   const ConcLayout *layout,
                                   const ConcStock  *stock,
                                   guint             side,
                                   guint             fields,
                                   int               modules,
                                   GError          **error);

G_END_DECLS
