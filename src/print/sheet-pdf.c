/* sheet-pdf.c: Draws a table page by page. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/sheet-private.h"

#include "print/typesetter.h"

#include <glib/gi18n-lib.h>

#define MM_PER_POINT (25.4 / 72.0)
#define TITLE_PT 18.0
#define SECTION_PT 11.5
#define LINE_PT 10.0
#define TEXT_PT 9.5
#define COLUMN_PT 8.5
#define SMALL_PT 8.0
#define SMALLEST_PT 6.5
#define FOOTER_SHARE 0.86
#define GUTTER_MM 3.5
#define CAP_HEIGHT 0.70
#define TEXT_GREY 0.0
#define QUIET_GREY 0.35
#define RULE_GREY 0.85

typedef struct
{
  const ConcSheet *sheet;
  ConcTypesetter  *typesetter;
  cairo_t         *cr;
  double           y_mm;
} Pen;

/* One line of text in a box, level on one side, in the middle of its height. A text that is too
 * long is set smaller before it is cut. */
static void
draw_cell (Pen           *pen,
           const char    *text,
           ConcFace       face,
           double         size_pt,
           ConcColumnSide side,
           double         x_mm,
           double         width_mm,
           double         height_mm)
{
  double      size_mm = size_pt * MM_PER_POINT;
  ConcTextFit fit = { .face = face,
                      .width_mm = width_mm,
                      .size_mm = size_mm,
                      .size_min_mm = MIN (size_pt, SMALLEST_PT) * MM_PER_POINT,
                      .lines = 1 };

  ConcTextExtents extents;

  if (text == NULL || *text == '\0')
    return;
  conc_typesetter_fit (pen->typesetter, text, &fit, &extents);
  if (side == CONC_COLUMN_RIGHT)
    x_mm += width_mm - extents.width_mm;
  conc_typesetter_draw (pen->typesetter, pen->cr, x_mm,
                        pen->y_mm + (height_mm + CAP_HEIGHT * size_mm) / 2);
}

static void
set_grey (Pen *pen, double grey)
{
  cairo_set_source_rgb (pen->cr, grey, grey, grey);
}

static void
draw_rule (Pen *pen, double width_mm, double grey)
{
  set_grey (pen, grey);
  cairo_set_line_width (pen->cr, width_mm);
  cairo_move_to (pen->cr, SHEET_MARGIN_MM, pen->y_mm);
  cairo_line_to (pen->cr, conc_sheet_get_width_mm (pen->sheet) - SHEET_MARGIN_MM, pen->y_mm);
  cairo_stroke (pen->cr);
  set_grey (pen, TEXT_GREY);
}

static double
inner_width_mm (const ConcSheet *sheet)
{
  return conc_sheet_get_width_mm (sheet) - 2 * SHEET_MARGIN_MM;
}

static void
draw_line (Pen *pen, const char *text, ConcFace face, double size_pt, double height_mm)
{
  draw_cell (pen, text, face, size_pt, CONC_COLUMN_LEFT, SHEET_MARGIN_MM,
             inner_width_mm (pen->sheet), height_mm);
  pen->y_mm += height_mm;
}

static void
draw_title (Pen *pen)
{
  const ConcSheet *sheet = pen->sheet;

  pen->y_mm = SHEET_MARGIN_MM;
  draw_line (pen, sheet->title, CONC_FACE_BLACK, TITLE_PT, SHEET_TITLE_MM);
  if (sheet->subtitle != NULL)
    draw_line (pen, sheet->subtitle, CONC_FACE_REGULAR, LINE_PT, SHEET_LINE_MM);
  set_grey (pen, QUIET_GREY);
  if (sheet->as_of != NULL)
    draw_line (pen, sheet->as_of, CONC_FACE_REGULAR, LINE_PT, SHEET_LINE_MM);
  set_grey (pen, TEXT_GREY);
}

static void
draw_running_title (Pen *pen)
{
  double half_mm = inner_width_mm (pen->sheet) / 2;

  pen->y_mm = SHEET_MARGIN_MM;
  draw_cell (pen, pen->sheet->title, CONC_FACE_BOLD, LINE_PT, CONC_COLUMN_LEFT, SHEET_MARGIN_MM,
             half_mm - GUTTER_MM, SHEET_LINE_MM);
  set_grey (pen, QUIET_GREY);
  draw_cell (pen, pen->sheet->as_of, CONC_FACE_REGULAR, SMALL_PT, CONC_COLUMN_RIGHT,
             SHEET_MARGIN_MM + half_mm, half_mm, SHEET_LINE_MM);
  set_grey (pen, TEXT_GREY);
}

static void
draw_footer (Pen *pen, guint page, guint pages)
{
  g_autofree char *number = g_strdup_printf (_ ("Page %u of %u"), page + 1, pages);
  double           width_mm = inner_width_mm (pen->sheet);

  pen->y_mm = conc_sheet_get_height_mm (pen->sheet) - SHEET_MARGIN_MM - SHEET_LINE_MM;
  draw_rule (pen, 0.15, RULE_GREY);
  set_grey (pen, QUIET_GREY);
  draw_cell (pen, pen->sheet->footer, CONC_FACE_REGULAR, SMALL_PT, CONC_COLUMN_LEFT,
             SHEET_MARGIN_MM, width_mm * FOOTER_SHARE, SHEET_LINE_MM);
  draw_cell (pen, number, CONC_FACE_REGULAR, SMALL_PT, CONC_COLUMN_RIGHT,
             SHEET_MARGIN_MM + width_mm * FOOTER_SHARE, width_mm * (1 - FOOTER_SHARE),
             SHEET_LINE_MM);
  set_grey (pen, TEXT_GREY);
}

/* With cells NULL, the titles of the columns. */
static void
draw_row (Pen *pen, char **cells, double height_mm)
{
  GArray *columns = pen->sheet->columns;
  double  room_mm = inner_width_mm (pen->sheet) - GUTTER_MM * (columns->len - 1.0);
  double  x_mm = SHEET_MARGIN_MM;
  double  weights = 0;

  for (guint i = 0; i < columns->len; i++)
    weights += g_array_index (columns, SheetColumn, i).weight;
  for (guint i = 0; i < columns->len; i++)
    {
      const SheetColumn *column = &g_array_index (columns, SheetColumn, i);
      double             width_mm = room_mm * column->weight / weights;

      if (cells != NULL)
        draw_cell (pen, cells[i], CONC_FACE_REGULAR, TEXT_PT, column->side, x_mm, width_mm,
                   height_mm);
      else
        draw_cell (pen, column->title, CONC_FACE_BOLD, COLUMN_PT, column->side, x_mm, width_mm,
                   height_mm);
      x_mm += width_mm + GUTTER_MM;
    }
  pen->y_mm += height_mm;
}

/* The heading sits low in its height, next to the rows that it belongs to. */
static void
draw_section (Pen *pen, const char *heading)
{
  double white_mm = SHEET_SECTION_MM - SHEET_ROW_MM - 1.0;

  pen->y_mm += white_mm;
  draw_line (pen, heading, CONC_FACE_BOLD, SECTION_PT, SHEET_SECTION_MM - white_mm);
  draw_rule (pen, 0.15, RULE_GREY);
}

static void
draw_table (Pen *pen, const SheetPage *page)
{
  draw_row (pen, NULL, SHEET_COLUMNS_MM);
  draw_rule (pen, 0.35, TEXT_GREY);
  if (page->continued != NULL)
    {
      g_autofree char *heading = g_strdup_printf (_ ("%s (continued)"), page->continued->heading);

      draw_section (pen, heading);
    }
  for (guint i = page->first; i < page->end; i++)
    {
      const SheetItem *item = &g_array_index (pen->sheet->items, SheetItem, i);

      if (item->cells == NULL)
        {
          draw_section (pen, item->heading);
          continue;
        }
      draw_row (pen, item->cells, SHEET_ROW_MM);
      draw_rule (pen, 0.1, RULE_GREY);
    }
  if (pen->sheet->items->len == 0 && pen->sheet->empty_text != NULL)
    draw_line (pen, pen->sheet->empty_text, CONC_FACE_REGULAR, TEXT_PT, SHEET_SECTION_MM);
}

static void
draw_page (Pen *pen, GArray *pages, guint index)
{
  set_grey (pen, TEXT_GREY);
  if (index == 0)
    draw_title (pen);
  else
    draw_running_title (pen);
  pen->y_mm = conc_sheet_get_table_top_mm (pen->sheet, index);
  draw_table (pen, &g_array_index (pages, SheetPage, index));
  draw_footer (pen, index, pages->len);
}

/**
 * conc_sheet_write_pdf:
 * @self: a table with at least one column
 * @stream: where the PDF goes; the caller closes it, or throws away what it holds on failure
 * @progress: (nullable): called after each page
 * @progress_data: passed to @progress
 * @cancellable: (nullable): ends the work after a page
 * @error: where to put what failed
 *
 * Writes a table as PDF. Every page has the titles of the columns, the footer, "Page x of y" and
 * of when the table is. A table without rows has one page with its empty text.
 *
 * Returns: whether the PDF is complete. If not: a GIOError or CONC_PRINT_ERROR_FAILED; @stream then
 *   holds part of a file. About 0.1 ms a row.
 *
 * Thread: any.
 */
gboolean
conc_sheet_write_pdf (ConcSheet            *self,
                      GOutputStream        *stream,
                      ConcPrintProgressFunc progress,
                      gpointer              progress_data,
                      GCancellable         *cancellable,
                      GError              **error)
{
  g_autoptr (ConcPdf) pdf = NULL;
  g_autoptr (ConcTypesetter) typesetter = NULL;
  g_autoptr (GArray) pages = NULL;
  Pen pen = { 0 };

  g_return_val_if_fail (self != NULL && self->columns->len > 0, FALSE);
  g_return_val_if_fail (G_IS_OUTPUT_STREAM (stream), FALSE);

  pdf = conc_pdf_new (stream, self->title, cancellable);
  pages = conc_sheet_paginate (self);
  pen.sheet = self;
  pen.typesetter = typesetter = conc_typesetter_new ();
  for (guint i = 0; i < pages->len; i++)
    {
      pen.cr = conc_pdf_begin_page (pdf, conc_sheet_get_width_mm (self),
                                    conc_sheet_get_height_mm (self));
      draw_page (&pen, pages, i);
      if (!conc_pdf_end_page (pdf, error))
        return FALSE;
      if (progress != NULL)
        progress (i + 1, pages->len, progress_data);
    }
  return conc_pdf_finish (pdf, error);
}
