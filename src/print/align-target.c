/* align-target.c: A page that shows how far a printer prints beside its labels. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/align-target.h"

#include "print/error.h"
#include "print/pdf.h"
#include "print/typesetter.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define MM_PER_INCH 25.4
#define LINE_MM 0.15
#define TICK_MM 2.0
#define LONG_TICK_MM 3.5
#define FIGURE_MM 2.0
/* Every second millimetre has its number: more do not fit beside each other. */
#define NUMBERED 2

/* One scale: where its 0 is, which way it grows, and which way its ticks point. */
typedef struct
{
  double x_mm;
  double y_mm;
  double along_x, along_y;
  double across_x, across_y;
} Scale;

static void
draw_tick (cairo_t *cr, const Scale *scale, int mm)
{
  double length_mm = mm % NUMBERED == 0 ? LONG_TICK_MM : TICK_MM;
  double x_mm = scale->x_mm + mm * scale->along_x;
  double y_mm = scale->y_mm + mm * scale->along_y;

  cairo_set_line_width (cr, mm == 0 ? 3 * LINE_MM : LINE_MM);
  cairo_move_to (cr, x_mm, y_mm);
  cairo_line_to (cr, x_mm + length_mm * scale->across_x, y_mm + length_mm * scale->across_y);
  cairo_stroke (cr);
}

static void
draw_figure (cairo_t *cr, ConcTypesetter *setter, const Scale *scale, int mm)
{
  const ConcTextFit fit = { .face = CONC_FACE_REGULAR,
                            .width_mm = NUMBERED * 2,
                            .size_mm = FIGURE_MM,
                            .size_min_mm = FIGURE_MM,
                            .lines = 1,
                            .recurring = TRUE };
  g_autofree char  *text = g_strdup_printf ("%d", mm);
  ConcTextExtents   extents;
  double            far_mm = LONG_TICK_MM + 0.4;

  conc_typesetter_fit (setter, text, &fit, &extents);
  /* Beside the end of its tick, in the middle of it across the scale. */
  conc_typesetter_draw (setter, cr,
                        scale->x_mm + mm * scale->along_x + far_mm * scale->across_x -
                            (scale->across_x == 0 ? extents.width_mm / 2 : 0),
                        scale->y_mm + mm * scale->along_y + far_mm * scale->across_y +
                            (scale->across_y == 0 ? extents.ink_height_mm / 2
                                                  : extents.ink_height_mm));
}

static void
draw_scale (cairo_t *cr, ConcTypesetter *setter, const Scale *scale, double room_mm)
{
  int last = (int) MIN (CONC_ALIGN_INSIDE_MM, room_mm / 2);

  cairo_set_line_width (cr, LINE_MM);
  cairo_move_to (cr, scale->x_mm - CONC_ALIGN_OUTSIDE_MM * scale->along_x,
                 scale->y_mm - CONC_ALIGN_OUTSIDE_MM * scale->along_y);
  cairo_line_to (cr, scale->x_mm + last * scale->along_x, scale->y_mm + last * scale->along_y);
  cairo_stroke (cr);
  for (int mm = -CONC_ALIGN_OUTSIDE_MM; mm <= last; mm++)
    {
      draw_tick (cr, scale, mm);
      if (mm % NUMBERED == 0)
        draw_figure (cr, setter, scale, mm);
    }
}

static void
draw_on_label (cairo_t *cr, ConcTypesetter *setter, const ConcStock *stock, double x, double y)
{
  const Scale across = {
    .x_mm = x, .y_mm = y + stock->label_height_mm * 0.55, .along_x = 1, .across_y = 1
  };
  const Scale down = {
    .x_mm = x + stock->label_width_mm * 0.55, .y_mm = y, .along_y = 1, .across_x = 1
  };

  draw_scale (cr, setter, &across, stock->label_width_mm);
  draw_scale (cr, setter, &down, stock->label_height_mm);
}

/**
 * conc_align_target_draw:
 * @cr: where to draw, with 1 mm as unit and the corner of the page as origin
 * @stock: the labels in the printer
 * @offset_x_mm: the offset to the right that is being tried
 * @offset_y_mm: the one down
 *
 * Draws two scales on every label of a page: one across its left edge and one across its top edge,
 * each with 0 where the edge ought to be. The number at the edge of a label is therefore what has
 * to be added to the offset: above 0 to the right or down, below 0 to the left or up.
 *
 * Thread: any.
 */
void
conc_align_target_draw (cairo_t *cr, const ConcStock *stock, double offset_x_mm, double offset_y_mm)
{
  g_autoptr (ConcTypesetter) setter = NULL;

  g_return_if_fail (cr != NULL && stock != NULL);

  setter = conc_typesetter_new ();
  cairo_set_source_rgb (cr, 0, 0, 0);
  for (guint slot = 0; slot < conc_stock_get_count (stock); slot++)
    {
      guint  page;
      double x_mm, y_mm;

      conc_stock_get_position (stock, slot, &page, &x_mm, &y_mm);
      draw_on_label (cr, setter, stock, x_mm + offset_x_mm, y_mm + offset_y_mm);
    }
}

/**
 * conc_align_target_write_pdf:
 * @stream: where to write; it stays open
 *
 * Writes a PDF of one page with what conc_align_target_draw() draws.
 *
 * Returns: whether it was written; if not, the error of the stream, of which a part may have been
 *   written.
 *
 * Thread: any.
 */
gboolean
conc_align_target_write_pdf (const ConcStock *stock,
                             double           offset_x_mm,
                             double           offset_y_mm,
                             GOutputStream   *stream,
                             GError         **error)
{
  g_autoptr (ConcPdf) pdf = NULL;

  g_return_val_if_fail (stock != NULL && G_IS_OUTPUT_STREAM (stream), FALSE);

  pdf = conc_pdf_new (stream, _ ("Alignment of the labels"), NULL);
  conc_align_target_draw (conc_pdf_begin_page (pdf, stock->page_width_mm, stock->page_height_mm),
                          stock, offset_x_mm, offset_y_mm);
  return conc_pdf_end_page (pdf, error) && conc_pdf_finish (pdf, error);
}

/**
 * conc_align_target_image_new:
 *
 * Draws the target in the dots of the printer, for one that takes images only.
 *
 * Returns: (transfer full): an A8 image of the page, 255 is black; %NULL with
 *   CONC_PRINT_ERROR_FAILED when it could not be drawn.
 *
 * Thread: any.
 */
cairo_surface_t *
conc_align_target_image_new (const ConcStock *stock,
                             double           offset_x_mm,
                             double           offset_y_mm,
                             GError         **error)
{
  double           dots_per_mm;
  cairo_surface_t *image;
  cairo_t         *cr;

  g_return_val_if_fail (stock != NULL, NULL);

  dots_per_mm = stock->dpi / MM_PER_INCH;
  image = cairo_image_surface_create (CAIRO_FORMAT_A8,
                                      (int) lround (stock->page_width_mm * dots_per_mm),
                                      (int) lround (stock->page_height_mm * dots_per_mm));
  cr = cairo_create (image);
  cairo_scale (cr, dots_per_mm, dots_per_mm);
  conc_align_target_draw (cr, stock, offset_x_mm, offset_y_mm);
  cairo_destroy (cr);
  if (cairo_surface_status (image) == CAIRO_STATUS_SUCCESS)
    return image;
  g_set_error (error, CONC_PRINT_ERROR, CONC_PRINT_ERROR_FAILED,
               _ ("A label could not be drawn: %s."),
               cairo_status_to_string (cairo_surface_status (image)));
  cairo_surface_destroy (image);
  return NULL;
}
