/* labels-pdf.c: Places labels on the sheets of a stock and writes them as PDF. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/labels-pdf.h"

#include "print/error.h"
#include "print/label-painter.h"

#include <glib/gi18n-lib.h>

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

static gboolean
draw_page (ConcPdf          *pdf,
           ConcLabelPainter *painter,
           GPtrArray        *labels,
           const ConcStock  *stock,
           guint             start_at,
           guint             page,
           double            offset_x_mm,
           double            offset_y_mm,
           GError          **error)
{
  cairo_t *cr = conc_pdf_begin_page (pdf, stock->page_width_mm, stock->page_height_mm);
  guint    count = conc_stock_get_count (stock);
  guint    first_slot = MAX (page * count, start_at);
  guint    end_slot = MIN ((page + 1) * count, start_at + labels->len);

  for (guint slot = first_slot; slot < end_slot; slot++)
    {
      guint  label_page;
      double x_mm, y_mm;

      conc_stock_get_position (stock, slot, &label_page, &x_mm, &y_mm);
      g_assert (label_page == page);
      if (!conc_label_painter_draw (painter, cr, labels->pdata[slot - start_at], 0,
                                    x_mm + offset_x_mm, y_mm + offset_y_mm, error))
        return FALSE;
    }
  return conc_pdf_end_page (pdf, error);
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
 * Writes labels row by row as PDF. Memory is that of one page, however many there are.
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
  guint pages;

  g_return_val_if_fail (labels != NULL && stock != NULL, FALSE);
  g_return_val_if_fail (G_IS_OUTPUT_STREAM (stream), FALSE);

  if (!check_job (labels, stock, start_at, error))
    return FALSE;
  painter = conc_label_painter_new (stock, layout);
  pdf = conc_pdf_new (stream, _ ("Bib labels"), cancellable);
  pages = (start_at + labels->len - 1) / conc_stock_get_count (stock) + 1;
  for (guint page = 0; page < pages; page++)
    {
      if (!draw_page (pdf, painter, labels, stock, start_at, page, offset_x_mm, offset_y_mm, error))
        return FALSE;
      if (progress != NULL)
        progress (page + 1, pages, progress_data);
    }
  return conc_pdf_finish (pdf, error);
}
