/* pdf.c: Writes a PDF page by page to a stream and reports the first failure. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/pdf.h"

#include "print/error.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>

#define POINTS_PER_MM (72.0 / 25.4)
/* Cairo writes in pieces of a few bytes. */
#define BUFFER_BYTES (64 * 1024)

struct _ConcPdf
{
  GOutputStream   *buffer;
  GCancellable    *cancellable;
  cairo_surface_t *surface;
  cairo_t         *cr;
  GError          *write_error;
};

static cairo_status_t
write_cb (void *user_data, const unsigned char *bytes, unsigned int length)
{
  ConcPdf *self = user_data;

  if (self->write_error != NULL ||
      !g_output_stream_write_all (self->buffer, bytes, length, NULL, self->cancellable,
                                  &self->write_error))
    return CAIRO_STATUS_WRITE_ERROR;
  return CAIRO_STATUS_SUCCESS;
}

static gboolean
check_status (ConcPdf *self, cairo_status_t status, GError **error)
{
  if (self->write_error != NULL)
    {
      g_propagate_error (error, g_error_copy (self->write_error));
      return FALSE;
    }
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, CONC_PRINT_ERROR, CONC_PRINT_ERROR_FAILED,
                   _ ("The PDF could not be drawn: %s."), cairo_status_to_string (status));
      return FALSE;
    }
  return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

/**
 * conc_pdf_new:
 * @stream: where the bytes go; the caller closes it
 * @title: what viewers show as the name of the document
 * @cancellable: (nullable): ends the work after the page that is being drawn
 *
 * Starts a PDF document.
 *
 * Returns: (transfer full): the document.
 *
 * Thread: any; the document stays in the thread that made it.
 */
ConcPdf *
conc_pdf_new (GOutputStream *stream, const char *title, GCancellable *cancellable)
{
  ConcPdf *self;

  g_return_val_if_fail (G_IS_OUTPUT_STREAM (stream), NULL);

  self = g_new0 (ConcPdf, 1);
  self->buffer = g_buffered_output_stream_new_sized (stream, BUFFER_BYTES);
  g_filter_output_stream_set_close_base_stream (G_FILTER_OUTPUT_STREAM (self->buffer), FALSE);
  g_set_object (&self->cancellable, cancellable);
  self->surface = cairo_pdf_surface_create_for_stream (write_cb, self, 72, 72);
  cairo_pdf_surface_set_metadata (self->surface, CAIRO_PDF_METADATA_TITLE, title);
  cairo_pdf_surface_set_metadata (self->surface, CAIRO_PDF_METADATA_CREATOR, "Concourse");
  return self;
}

/**
 * conc_pdf_free:
 * @self: (nullable): a document, finished or not
 *
 * Frees a document. What is written of one that was not finished is not a PDF file.
 *
 * Thread: the one that made it.
 */
void
conc_pdf_free (ConcPdf *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->cr, cairo_destroy);
  cairo_surface_destroy (self->surface);
  g_object_unref (self->buffer);
  g_clear_object (&self->cancellable);
  g_clear_error (&self->write_error);
  g_free (self);
}

/**
 * conc_pdf_begin_page:
 * @self: a document
 * @width_mm: width of the page
 * @height_mm: height of the page
 *
 * Starts a page.
 *
 * Returns: (transfer none): what to draw on, with 1 mm as unit, until conc_pdf_end_page().
 *
 * Thread: the one that made @self.
 */
cairo_t *
conc_pdf_begin_page (ConcPdf *self, double width_mm, double height_mm)
{
  g_return_val_if_fail (self != NULL && self->cr == NULL, NULL);

  cairo_pdf_surface_set_size (self->surface, width_mm * POINTS_PER_MM, height_mm * POINTS_PER_MM);
  self->cr = cairo_create (self->surface);
  cairo_scale (self->cr, POINTS_PER_MM, POINTS_PER_MM);
  return self->cr;
}

/**
 * conc_pdf_end_page:
 * @self: a document with a page begun
 * @error: where to put what failed
 *
 * Ends a page and writes it.
 *
 * Returns: whether to go on; if not, the error of the stream, G_IO_ERROR_CANCELLED, or
 *   CONC_PRINT_ERROR_FAILED, and the document can only be freed.
 *
 * Thread: the one that made @self.
 */
gboolean
conc_pdf_end_page (ConcPdf *self, GError **error)
{
  cairo_status_t status;

  g_return_val_if_fail (self != NULL && self->cr != NULL, FALSE);

  cairo_show_page (self->cr);
  status = cairo_status (self->cr);
  g_clear_pointer (&self->cr, cairo_destroy);
  return check_status (self, status, error);
}

/**
 * conc_pdf_finish:
 * @self: a document with at least one page
 * @error: where to put what failed
 *
 * Writes fonts and the index of the document, and flushes.
 *
 * Returns: whether every byte reached the stream; if not, as conc_pdf_end_page().
 *
 * Thread: the one that made @self.
 */
gboolean
conc_pdf_finish (ConcPdf *self, GError **error)
{
  g_return_val_if_fail (self != NULL && self->cr == NULL, FALSE);

  cairo_surface_finish (self->surface);
  return check_status (self, cairo_surface_status (self->surface), error) &&
         g_output_stream_flush (self->buffer, self->cancellable, error);
}
