/* typesetter.h: Fits text into the room it has and draws it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

typedef struct _ConcTypesetter ConcTypesetter;

typedef enum
{
  CONC_FACE_REGULAR,
  CONC_FACE_BOLD,
  CONC_FACE_BLACK,
  CONC_N_FACES,
} ConcFace;

/**
 * ConcTextFit:
 * @face: the weight of the letters
 * @width_mm: the width that the text may fill
 * @height_mm: the height that several lines may fill; 0 when it does not matter
 * @size_mm: the size of the letters if it fits
 * @size_min_mm: the size down to which letters may shrink
 * @lines: in how many lines a text may be broken that does not fit then
 * @centred: whether several lines are centred; else they start at the left edge
 * @recurring: whether the same text is likely to come again, as waves and teams do
 */
typedef struct
{
  ConcFace face;
  double   width_mm;
  double   height_mm;
  double   size_mm;
  double   size_min_mm;
  int      lines;
  gboolean recurring;
  gboolean centred;
} ConcTextFit;

/**
 * ConcTextExtents:
 * @size_mm: the size of the letters that it took
 * @width_mm: width of the longest line
 * @ink_left_mm: left edge of the ink from the left edge of the text
 * @ink_top_mm: top of the ink from the first baseline, below 0 when above it
 * @ink_width_mm: width of the ink
 * @ink_height_mm: height of the ink
 * @last_baseline_mm: from the first to the last baseline
 */
typedef struct
{
  double size_mm;
  double width_mm;
  double ink_left_mm;
  double ink_top_mm;
  double ink_width_mm;
  double ink_height_mm;
  double last_baseline_mm;
} ConcTextExtents;

ConcTypesetter *conc_typesetter_new (void);
void            conc_typesetter_free (ConcTypesetter *self);
void            conc_typesetter_fit (ConcTypesetter    *self,
                                     const char        *text,
                                     const ConcTextFit *fit,
                                     ConcTextExtents   *ret_extents);
void            conc_typesetter_draw (ConcTypesetter *self, cairo_t *cr, double x_mm, double y_mm);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcTypesetter, conc_typesetter_free)

G_END_DECLS
