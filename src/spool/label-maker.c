/* label-maker.c: Makes what is sent to a printer: PDF or ZPL, aligned, and read back before. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "spool/label-maker.h"

#include "print/label-image.h"
#include "print/label-verify.h"
#include "print/labels-pdf.h"
#include "print/zpl.h"

#include <glib/gi18n-lib.h>

#define TENTHS_AN_INCH 254

struct _ConcLabelMaker
{
  ConcStock        *stock;
  ConcLayout       *layout;
  ConcLabelPainter *painter;
  ConcPrintLanguage language;
  int               x_tenths;
  int               y_tenths;
};

static gboolean
check_language (const ConcLabelMaker *self, GError **error)
{
  if (self->language == CONC_PRINT_PDF)
    return TRUE;
  if (conc_stock_get_count (self->stock) > 1)
    g_set_error (error, CONC_SPOOL_ERROR, CONC_SPOOL_ERROR_REFUSED,
                 _ ("A printer that speaks ZPL prints one label after the other, and %s has "
                    "several on a sheet: choose a roll."),
                 self->stock->title);
  else if (conc_layout_get_sides (self->layout) > 1)
    g_set_error (error, CONC_SPOOL_ERROR, CONC_SPOOL_ERROR_REFUSED,
                 _ ("“%s” has a back, which a printer that speaks ZPL cannot print."),
                 conc_layout_get_title (self->layout));
  else
    return TRUE;
  return FALSE;
}

/**
 * conc_label_maker_new:
 * @book: what is known about the printer; it is not needed afterwards
 * @printer: what the print service calls the printer
 * @layout: the name of a layout
 * @stock: the name of a stock
 *
 * Returns: (transfer full): what makes the labels; %NULL with an error of the print layer when
 *   there is no such layout or stock, or %CONC_SPOOL_ERROR_REFUSED when the printer cannot print
 *   it. Thread: any, and that one from then on.
 */
ConcLabelMaker *
conc_label_maker_new (ConcPrinterBook *book,
                      const char      *printer,
                      const char      *layout,
                      const char      *stock,
                      GError         **error)
{
  g_autoptr (ConcPrinterUse) use = conc_printer_book_dup_use (book, printer);
  g_autoptr (ConcLabelMaker) self = g_new0 (ConcLabelMaker, 1);

  self->stock = conc_stock_load (stock, error);
  if (self->stock == NULL)
    return NULL;
  self->layout = conc_layout_load (layout, error);
  if (self->layout == NULL)
    return NULL;
  if (use->dpi > 0)
    self->stock->dpi = use->dpi;
  self->language = use->language;
  conc_printer_book_get_offset (book, printer, stock, &self->x_tenths, &self->y_tenths);
  self->painter = conc_label_painter_new (self->stock, self->layout);
  return check_language (self, error) ? g_steal_pointer (&self) : NULL;
}

/** conc_label_maker_free: @self: (nullable): frees it. */
void
conc_label_maker_free (ConcLabelMaker *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->painter, conc_label_painter_free);
  g_clear_pointer (&self->layout, conc_layout_unref);
  g_clear_pointer (&self->stock, conc_stock_free);
  g_free (self);
}

/** conc_label_maker_get_stock: Returns: (transfer none): the stock, with the dpi of the printer. */
const ConcStock *
conc_label_maker_get_stock (ConcLabelMaker *self)
{
  return self->stock;
}

/** conc_label_maker_get_layout: Returns: (transfer none): the layout. */
const ConcLayout *
conc_label_maker_get_layout (ConcLabelMaker *self)
{
  return self->layout;
}

/** conc_label_maker_get_language: Returns: what the printer understands. */
ConcPrintLanguage
conc_label_maker_get_language (ConcLabelMaker *self)
{
  return self->language;
}

static int
to_dots (int tenths, int dpi)
{
  int twice = 2 * tenths * dpi;

  return (twice + (twice < 0 ? -TENTHS_AN_INCH : TENTHS_AN_INCH)) / (2 * TENTHS_AN_INCH);
}

static cairo_surface_t *
move (const ConcLabelMaker *self, cairo_surface_t *image)
{
  return conc_label_image_to_dots (image, 0, to_dots (self->x_tenths, self->stock->dpi),
                                   to_dots (self->y_tenths, self->stock->dpi));
}

/* A label alone on its page can be moved over its edge; on a sheet there is paper around it. */
static cairo_surface_t *
draw_as_printed (const ConcLabelMaker *self, const ConcLabel *label, GError **error)
{
  cairo_surface_t *image = conc_label_image_new (self->painter, label, 0, error);
  cairo_surface_t *dots;

  if (image == NULL || conc_stock_get_count (self->stock) > 1)
    return image;
  dots = move (self, image);
  cairo_surface_destroy (image);
  return dots;
}

/**
 * conc_label_maker_check:
 * @label: a label
 *
 * Draws a label as the printer will, moved by its alignment, and reads the code back. A layout
 * without a code passes when it can be drawn.
 *
 * Returns: whether it may be printed; if not, a sentence that says why. Thread: that of @self. Some
 *   milliseconds.
 */
gboolean
conc_label_maker_check (ConcLabelMaker *self, const ConcLabel *label, GError **error)
{
  cairo_surface_t *surface = draw_as_printed (self, label, error);
  gboolean         is_good;

  if (surface == NULL)
    return FALSE;
  is_good =
      !conc_layout_has_code (self->layout) || conc_label_verify (surface, label->token, error);
  cairo_surface_destroy (surface);
  return is_good;
}

static GBytes *
make_zpl (ConcLabelMaker *self, GPtrArray *labels, GError **error)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < labels->len; i++)
    {
      cairo_surface_t *dots = draw_as_printed (self, g_ptr_array_index (labels, i), error);
      g_autofree char *zpl = dots != NULL ? conc_zpl_from_image (dots, 1, error) : NULL;

      g_clear_pointer (&dots, cairo_surface_destroy);
      if (zpl == NULL)
        return NULL;
      g_string_append (all, zpl);
    }
  return g_string_free_to_bytes (g_steal_pointer (&all));
}

static GBytes *
make_pdf (ConcLabelMaker *self, GPtrArray *labels, guint start_at, GError **error)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();

  if (!conc_labels_write_pdf (labels, self->stock, self->layout, start_at, self->x_tenths / 10.0,
                              self->y_tenths / 10.0, stream, NULL, NULL, NULL, error) ||
      !g_output_stream_close (stream, NULL, error))
    return NULL;
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
}

/**
 * conc_label_maker_make:
 * @labels: (element-type ConcLabel): the labels, at least one
 * @start_at: the first place to print on, from 0; 0 for ZPL
 *
 * Returns: (transfer full): what is sent to the printer; %NULL with an error of the print layer.
 *   Thread: that of @self. About 0.2 ms a label for PDF, some milliseconds for ZPL.
 */
GBytes *
conc_label_maker_make (ConcLabelMaker *self, GPtrArray *labels, guint start_at, GError **error)
{
  return self->language == CONC_PRINT_ZPL ? make_zpl (self, labels, error)
                                          : make_pdf (self, labels, start_at, error);
}
