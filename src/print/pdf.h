/* pdf.h: A PDF file written page by page to a stream. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ConcPrintProgressFunc:
 * @done: pages that are finished
 * @total: pages in all
 * @user_data: what was passed with the function
 *
 * Called after each page, in the thread that prints.
 */
typedef void (*ConcPrintProgressFunc) (guint done, guint total, gpointer user_data);

typedef struct _ConcPdf ConcPdf;

ConcPdf *conc_pdf_new (GOutputStream *stream, const char *title, GCancellable *cancellable);
void     conc_pdf_free (ConcPdf *self);
cairo_t *conc_pdf_begin_page (ConcPdf *self, double width_mm, double height_mm);
gboolean conc_pdf_end_page (ConcPdf *self, GError **error);
gboolean conc_pdf_finish (ConcPdf *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcPdf, conc_pdf_free)

G_END_DECLS
