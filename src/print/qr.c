/* qr.c: Turns the text of a token into a QR code and draws it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/qr.h"

#include "print/error.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <qrencode.h>

/* A length that is a whole number of dots must not lose one to rounding. */
#define DOT_TOLERANCE 1e-6

static guint8
module_bit (int column)
{
  /* Cairo's A1 format numbers the bits as the machine numbers its bytes. */
#if G_BYTE_ORDER == G_LITTLE_ENDIAN
  return (guint8) (1u << (column & 7));
#else
  return (guint8) (0x80u >> (column & 7));
#endif
}

static cairo_surface_t *
mask_from_code (const QRcode *code)
{
  cairo_surface_t *mask = cairo_image_surface_create (CAIRO_FORMAT_A1, code->width, code->width);
  guint8          *pixels = cairo_image_surface_get_data (mask);
  int              stride = cairo_image_surface_get_stride (mask);
  const guint8    *module = code->data;

  g_assert (pixels != NULL);
  for (int row = 0; row < code->width; row++, pixels += stride)
    for (int column = 0; column < code->width; column++, module++)
      if (*module & 1)
        pixels[column >> 3] |= module_bit (column);
  cairo_surface_mark_dirty (mask);
  return mask;
}

static QRcode *
encode (const char *text)
{
  QRcode *code = QRcode_encodeString (text, 0, QR_ECLEVEL_H, QR_MODE_8, 1);

  if (code == NULL || code->width <= CONC_QR_TOKEN_MODULES)
    return code;
  QRcode_free (code);
  return QRcode_encodeString (text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
}

/**
 * conc_qr_encode:
 * @text: (nullable): what a scanner shall read; UTF-8
 * @error: where to put why it cannot be encoded
 *
 * Encodes a text. Digits and upper-case letters take the dense alphanumeric mode. Up to 20 of them,
 * which a token has, are a code of 25 modules with the strongest error correction, H: labels get
 * wet, creased and covered. A code of 21 modules would be a fifth larger, and be lost with a tenth
 * of it. Longer texts get error correction M (15 %), as they are shown on screens.
 *
 * Returns: (transfer full): an A1 image with one pixel a module and no quiet zone, or %NULL with
 *   CONC_PRINT_ERROR_TOKEN when the text is empty or longer than a QR code holds. About 0.1 ms.
 *
 * Thread: any.
 */
cairo_surface_t *
conc_qr_encode (const char *text, GError **error)
{
  QRcode          *code;
  cairo_surface_t *mask;

  if (text == NULL || *text == '\0')
    {
      g_set_error_literal (error, CONC_PRINT_ERROR, CONC_PRINT_ERROR_TOKEN,
                           _ ("An empty token cannot be printed as a code."));
      return NULL;
    }
  code = encode (text);
  if (code == NULL)
    {
      int saved_errno = errno;

      g_set_error (error, CONC_PRINT_ERROR, CONC_PRINT_ERROR_TOKEN,
                   saved_errno == ERANGE
                       ? _ ("A token of %zu characters is too long for a QR code.")
                       : _ ("A token of %zu characters could not be encoded."),
                   strlen (text));
      return NULL;
    }
  mask = mask_from_code (code);
  QRcode_free (code);
  return mask;
}

/**
 * conc_qr_snap_module:
 * @module_mm: the largest size that a module may have
 * @dpi: dots per inch of the printer, above 0
 *
 * Makes a module a whole number of printer dots, since a module of 2.4 dots is printed as 2 here
 * and as 3 there.
 *
 * Returns: the size in mm, not above @module_mm; 0 when that is below CONC_QR_MODULE_MIN_MM.
 *
 * Thread: any.
 */
double
conc_qr_snap_module (double module_mm, int dpi)
{
  double dots, snapped_mm;

  g_return_val_if_fail (dpi > 0, 0);

  dots = floor (module_mm * dpi / 25.4 + DOT_TOLERANCE);
  snapped_mm = dots * 25.4 / dpi;
  return snapped_mm >= CONC_QR_MODULE_MIN_MM - DOT_TOLERANCE ? snapped_mm : 0;
}

/**
 * conc_qr_copy:
 * @code: what conc_qr_encode() made
 * @image: an A1 image
 * @x: the column of @image that the first module goes to
 * @y: the row
 *
 * Adds the dark modules of a code to a larger image. What does not fit is left out.
 *
 * Thread: any, one at a time for one @image.
 */
void
conc_qr_copy (cairo_surface_t *code, cairo_surface_t *image, int x, int y)
{
  int           size = cairo_image_surface_get_width (code);
  int           from_stride = cairo_image_surface_get_stride (code);
  int           to_stride = cairo_image_surface_get_stride (image);
  int           width = cairo_image_surface_get_width (image);
  int           height = cairo_image_surface_get_height (image);
  const guint8 *from = cairo_image_surface_get_data (code);
  guint8       *to = cairo_image_surface_get_data (image);

  cairo_surface_flush (image);
  for (int row = MAX (0, -y); row < MIN (size, height - y); row++)
    for (int column = MAX (0, -x); column < MIN (size, width - x); column++)
      if (from[row * from_stride + (column >> 3)] & module_bit (column))
        to[(y + row) * to_stride + ((x + column) >> 3)] |= module_bit (x + column);
  cairo_surface_mark_dirty (image);
}

/**
 * conc_qr_draw:
 * @cr: where to draw; its unit is 1 mm and its source what the dark modules get
 * @code: what conc_qr_encode() made
 * @x_mm: left edge of the first module
 * @y_mm: top edge of the first module
 * @module_mm: size of a module
 *
 * Draws the dark modules. The quiet zone is the caller's: paper that stays white.
 *
 * A mask of one bit a module makes PDF files several times smaller than rectangles, is drawn
 * several times faster, and has no seams between neighbours.
 *
 * Thread: any, one at a time for one @cr.
 */
void
conc_qr_draw (cairo_t *cr, cairo_surface_t *code, double x_mm, double y_mm, double module_mm)
{
  cairo_pattern_t *pattern = cairo_pattern_create_for_surface (code);
  cairo_matrix_t   matrix;

  cairo_matrix_init_scale (&matrix, 1 / module_mm, 1 / module_mm);
  cairo_matrix_translate (&matrix, -x_mm, -y_mm);
  cairo_pattern_set_matrix (pattern, &matrix);
  cairo_pattern_set_filter (pattern, CAIRO_FILTER_NEAREST);
  cairo_mask (cr, pattern);
  cairo_pattern_destroy (pattern);
}
