/* labels-pdf.c: Places labels on the sheets of a stock and writes them as PDF. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/labels-pdf.h"

#include "print/error.h"
#include "print/label-painter.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  ConcPdf          *pdf;
  ConcLabelPainter *painter;
  GPtrArray        *labels;
  guint             start_at;
  double            offset_x_mm;
  double            offset_y_mm;
} Job;

static gboolean
check_job (GPtrArray *labels, const ConcStock *stock, guint start_at, GError **error)
{
  guint count = conc_stock_get_count (stock);

  if (labels->len == 0)
    {
      g_set_error_literal (error, CONC_PRINT_ERROR, CONC_PRINT_ERROR_NOTHING,
                           _ ("There are no labels to print."));
      return FALSE;
    }
  if (start_at >= count)
    {
      g_set_error (error, CONC_PRINT_ERROR, CONC_PRINT_ERROR_START,
                   ngettext ("A page of this stock has %u label, so printing cannot start at "
                             "label %u.",
                             "A page of this stock has %u labels, so printing cannot start at "
                             "label %u.",
                             count),
                   count, start_at + 1);
      return FALSE;
    }
  return conc_stock_validate (stock, error);
}

/* The back of the left label of a sheet is on the right when the sheet is turned over. */
static double
mirror (const ConcStock *stock, double x_mm)
{
  return stock->page_width_mm - x_mm - stock->label_width_mm;
}

static gboolean
draw_page (const Job *job, guint page, guint side, GError **error)
{
  const ConcStock *stock = conc_label_painter_get_stock (job->painter);
  cairo_t         *cr = conc_pdf_begin_page (job->pdf, stock->page_width_mm, stock->page_height_mm);
  guint            count = conc_stock_get_count (stock);
  guint            first_slot = MAX (page * count, job->start_at);
  guint            end_slot = MIN ((page + 1) * count, job->start_at + job->labels->len);

  conc_label_painter_begin_page (job->painter, job->offset_x_mm, job->offset_y_mm);
  for (guint slot = first_slot; slot < end_slot; slot++)
    {
      guint  label_page;
      double x_mm, y_mm;

      conc_stock_get_position (stock, slot, &label_page, &x_mm, &y_mm);
      g_assert (label_page == page);
      if (side > 0)
        x_mm = mirror (stock, x_mm);
      if (!conc_label_painter_draw (job->painter, cr, job->labels->pdata[slot - job->start_at],
                                    side, x_mm + job->offset_x_mm, y_mm + job->offset_y_mm, error))
        return FALSE;
    }
  conc_label_painter_end_page (job->painter, cr);
  return conc_pdf_end_page (job->pdf, error);
}

static gboolean
draw_sides (const Job *job, guint page, guint sides, GError **error)
{
  for (guint side = 0; side < sides; side++)
    if (!draw_page (job, page, side, error))
      return FALSE;
  return TRUE;
}

/**
 * conc_labels_write_pdf:
 * @labels: (element-type ConcLabel): the labels in their order
 * @stock: the stock
 * @layout: (nullable): the layout; %NULL for that of bib labels
 * @start_at: the first place to print on, from 0, for a sheet that is used in part
 * @offset_x_mm: how far to the right everything is moved, for a printer that is not exact
 * @offset_y_mm: how far down
 * @stream: where the PDF goes; the caller closes it, or throws away what it holds on failure
 * @progress: (nullable): called after each page
 * @progress_data: passed to @progress
 * @cancellable: (nullable): ends the work after a page
 * @error: where to put what failed
 *
 * Writes labels row by row as PDF, each page of fronts followed by that of their backs where the
 * layout has them. Memory is that of one page, however many there are.
 *
 * Returns: whether the PDF is complete. If not: CONC_PRINT_ERROR_NOTHING for an empty list,
 *   CONC_PRINT_ERROR_START for a @start_at that is not on the sheet, the errors of
 * conc_label_painter_draw() and conc_stock_validate(), or a GIOError; @stream then holds part of a
 * file. About 0.2 ms a label.
 *
 * Thread: any.
 */
gboolean
conc_labels_write_pdf (GPtrArray            *labels,
                       const ConcStock      *stock,
                       const ConcLayout     *layout,
                       guint                 start_at,
                       double                offset_x_mm,
                       double                offset_y_mm,
                       GOutputStream        *stream,
                       ConcPrintProgressFunc progress,
                       gpointer              progress_data,
                       GCancellable         *cancellable,
                       GError              **error)
{
  g_autoptr (ConcLabelPainter) painter = NULL;
  g_autoptr (ConcPdf) pdf = NULL;
  guint pages, sides;
  Job   job;

  g_return_val_if_fail (labels != NULL && stock != NULL, FALSE);
  g_return_val_if_fail (G_IS_OUTPUT_STREAM (stream), FALSE);

  if (!check_job (labels, stock, start_at, error))
    return FALSE;
  painter = conc_label_painter_new (stock, layout);
  pdf = conc_pdf_new (stream, layout != NULL ? conc_layout_get_title (layout) : _ ("Bib labels"),
                      cancellable);
  job = (Job){ pdf, painter, labels, start_at, offset_x_mm, offset_y_mm };
  sides = layout != NULL ? conc_layout_get_sides (layout) : 1;
  pages = (start_at + labels->len - 1) / conc_stock_get_count (stock) + 1;
  for (guint page = 0; page < pages; page++)
    {
      if (!draw_sides (&job, page, sides, error))
        return FALSE;
      if (progress != NULL)
        progress (page + 1, pages, progress_data);
    }
  return conc_pdf_finish (pdf, error);
}
