/* target-job.c: prints the page that tells how far a printer is off, on a worker. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/printing/target-job.h"

#include "print/align-target.h"
#include "print/label-image.h"
#include "print/zpl.h"
#include "spool/transport.h"

#include <glib/gi18n.h>

static GBytes *
make_pdf (const ConcStock *stock, double x_mm, double y_mm, GError **error)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();

  if (!conc_align_target_write_pdf (stock, x_mm, y_mm, stream, error) ||
      !g_output_stream_close (stream, NULL, error))
    return NULL;
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
}

static GBytes *
make_zpl (const ConcStock *stock, double x_mm, double y_mm, GError **error)
{
  cairo_surface_t *image = conc_align_target_image_new (stock, x_mm, y_mm, error);
  cairo_surface_t *dots;
  char            *zpl;

  if (image == NULL)
    return NULL;
  dots = conc_label_image_to_dots (image, 0, 0, 0);
  zpl = conc_zpl_from_image (dots, 1, error);
  cairo_surface_destroy (dots);
  cairo_surface_destroy (image);
  return zpl != NULL ? g_bytes_new_take (zpl, strlen (zpl)) : NULL;
}

/* Worker. Returns: a sentence for the crew. */
char *
conc_target_job_run (gpointer pointer, GError **error)
{
  const ConcBookJob *job = pointer;
  g_autoptr (ConcStock) stock = conc_stock_load (job->use.stock, error);
  g_autoptr (ConcTransport) transport = NULL;
  g_autoptr (GBytes) bytes = NULL;
  ConcJobOrder order = { .printer = job->printer,
                         .title = _ ("Alignment of the labels"),
                         .language = job->use.language };

  if (stock == NULL)
    return NULL;
  if (job->use.dpi > 0)
    stock->dpi = job->use.dpi;
  order.page_width_mm = stock->page_width_mm;
  order.page_height_mm = stock->page_height_mm;
  bytes = (job->use.language == CONC_PRINT_ZPL ? make_zpl : make_pdf) (stock, job->x_tenths / 10.0,
                                                                       job->y_tenths / 10.0, error);
  if (bytes == NULL)
    return NULL;
  order.bytes = bytes;
  transport = conc_transport_new ();
  if (conc_transport_send (transport, &order, error) == 0)
    return NULL;
  return g_strdup (_ ("The target was sent. Type the numbers at the edges of a label."));
}
