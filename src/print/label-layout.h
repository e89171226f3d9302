/* label-layout.h: Where the parts of a label go. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

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
 * ConcLabelParts:
 *
 * The parts that a label has besides code and bib. The foot is the line with wave and shirt.
 */
typedef enum
{
  CONC_LABEL_PARTS_NONE = 0,
  CONC_LABEL_PARTS_NAME = 1 << 0,
  CONC_LABEL_PARTS_LINE2 = 1 << 1,
  CONC_LABEL_PARTS_FOOT = 1 << 2,
} ConcLabelParts;

/**
 * ConcLabelLayout:
 * @module_mm: size of a module of the code
 * @code: the code without its quiet zone
 * @bib: what the digits of the bib may fill
 * @name: what the lines of the name may fill, down to the last baseline
 * @line2: the same for the second line
 * @foot: wave and shirt
 *
 * A label taken apart, relative to its top left corner. Parts that are not there have no height.
 */
typedef struct
{
  double   module_mm;
  ConcArea code;
  ConcArea bib;
  ConcArea name;
  ConcArea line2;
  ConcArea foot;
} ConcLabelLayout;

gboolean conc_label_layout_init (ConcLabelLayout *self,
                                 double           width_mm,
                                 double           height_mm,
                                 double           inset_mm,
                                 int              dpi,
                                 int              modules,
                                 ConcLabelParts   parts,
                                 GError         **error);

G_END_DECLS
