/* label-wave.c: Draws a wave: its word in a box of its colour. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/label-private.h"

#include <math.h>
#include <pango/pango.h>

#define TEXT_SHARE 0.68
#define TEXT_MIN_MM 1.8
#define PADDING_SHARE 0.7
#define CORNER_SHARE 0.22
#define OUTLINE_MM 0.3
/* Length of the handles of a curve that is a quarter of a circle. */
#define CIRCLE_BY_CURVE 0.5523
/* Where black and white text have the same contrast (WCAG 2.1, contrast ratio). */
#define WHITE_TEXT_LUMINANCE 0.179

static double
linear_light (guint16 channel)
{
  double value = channel / 65535.0;

  return value <= 0.03928 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4);
}

static double
luminance (const PangoColor *colour)
{
  return 0.2126 * linear_light (colour->red) + 0.7152 * linear_light (colour->green) +
         0.0722 * linear_light (colour->blue);
}

/* The word is always in a box; a colour fills the box and never stands for the word. */
static void
draw_box (const ConcPartPen *pen, const ConcArea *box)
{
  const char *colour_text = pen->label->wave_colour;
  PangoColor  colour;
  ConcArea    middle = { box->x_mm + OUTLINE_MM / 2, box->y_mm + OUTLINE_MM / 2,
                         box->width_mm - OUTLINE_MM, box->height_mm - OUTLINE_MM };

  if (pen->in_colour && colour_text != NULL && pango_color_parse (&colour, colour_text))
    {
      conc_part_rounded (pen->cr, box, CORNER_SHARE * box->height_mm);
      cairo_set_source_rgb (pen->cr, colour.red / 65535.0, colour.green / 65535.0,
                            colour.blue / 65535.0);
      cairo_fill (pen->cr);
      if (luminance (&colour) <= WHITE_TEXT_LUMINANCE)
        cairo_set_source_rgb (pen->cr, 1, 1, 1);
      else
        cairo_set_source_rgb (pen->cr, 0, 0, 0);
      return;
    }
  conc_part_rounded (pen->cr, &middle, CORNER_SHARE * middle.height_mm);
  cairo_set_line_width (pen->cr, OUTLINE_MM);
  cairo_stroke (pen->cr);
}

/**
 * conc_part_rounded:
 * @cr: where the path goes
 * @area: the rectangle
 * @radius_mm: radius of its corners
 *
 * Adds a rectangle with round corners to the path, with one curve a corner: an arc would be two,
 * and half of what a box costs in a PDF.
 *
 * Thread: any, one at a time for one @cr.
 */
void
conc_part_rounded (cairo_t *cr, const ConcArea *area, double radius_mm)
{
  double left = area->x_mm, right = left + area->width_mm;
  double top = area->y_mm, bottom = top + area->height_mm;
  double near = radius_mm * (1 - CIRCLE_BY_CURVE);

  cairo_move_to (cr, left + radius_mm, top);
  cairo_line_to (cr, right - radius_mm, top);
  cairo_curve_to (cr, right - near, top, right, top + near, right, top + radius_mm);
  cairo_line_to (cr, right, bottom - radius_mm);
  cairo_curve_to (cr, right, bottom - near, right - near, bottom, right - radius_mm, bottom);
  cairo_line_to (cr, left + radius_mm, bottom);
  cairo_curve_to (cr, left + near, bottom, left, bottom - near, left, bottom - radius_mm);
  cairo_line_to (cr, left, top + radius_mm);
  cairo_curve_to (cr, left, top + near, left + near, top, left + radius_mm, top);
  cairo_close_path (cr);
}

/**
 * conc_part_draw_wave:
 * @pen: what to draw with
 * @part: the part
 * @area: its box
 * @text: the wave in words
 *
 * Draws the box of a wave, as wide as its word or, if the part says so, as its own box.
 *
 * Thread: that of the typesetter.
 */
void
conc_part_draw_wave (const ConcPartPen    *pen,
                     const ConcLayoutPart *part,
                     const ConcArea       *area,
                     const char           *text)
{
  static const double SHARES[] = { 0, 0.5, 1 };
  double              size_mm = TEXT_SHARE * area->height_mm;
  double              padding_mm = PADDING_SHARE * size_mm;
  ConcTextFit         fit = {
            .face = part->face,
            .width_mm = MAX (1, area->width_mm - 2 * padding_mm),
            .size_mm = size_mm,
            .size_min_mm = MIN (size_mm, TEXT_MIN_MM),
            .lines = 1,
            .recurring = TRUE,
  };
  ConcTextExtents extents;
  ConcArea        box = *area, inside;
  ConcLayoutPart  middle = { .align = CONC_ALIGN_CENTRE, .valign = CONC_ALIGN_CENTRE };

  conc_typesetter_fit (pen->typesetter, text, &fit, &extents);
  /* Smaller letters need less white beside them, and can be larger for it. */
  if (extents.size_mm < 0.95 * size_mm)
    {
      padding_mm = PADDING_SHARE * extents.size_mm;
      fit.width_mm = MAX (1, area->width_mm - 2 * padding_mm);
      conc_typesetter_fit (pen->typesetter, text, &fit, &extents);
    }
  if (!part->stretch)
    box.width_mm = MIN (area->width_mm, extents.width_mm + 2 * padding_mm);
  box.x_mm += SHARES[part->align] * (area->width_mm - box.width_mm);
  inside = (ConcArea){ box.x_mm + OUTLINE_MM, box.y_mm + OUTLINE_MM, box.width_mm - 2 * OUTLINE_MM,
                       box.height_mm - 2 * OUTLINE_MM };
  draw_box (pen, &box);
  conc_part_draw_fitted (pen, &middle, &inside, &extents);
  cairo_set_source_rgb (pen->cr, 0, 0, 0);
}
