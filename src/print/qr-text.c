/* qr-text.c: QR codes in a terminal. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/qr-text.h"

#include "print/qr.h"

/* Black on white whatever the colours of the terminal are: scanners want it so. */
#define BLACK_ON_WHITE "\033[38;5;16;48;5;231m"
#define NORMAL "\033[0m"

static gboolean
is_dark (cairo_surface_t *code, int row, int column)
{
  const guint8 *pixels = cairo_image_surface_get_data (code);
  int           size = cairo_image_surface_get_width (code);

  if (row < 0 || column < 0 || row >= size || column >= size)
    return FALSE;
  pixels += row * cairo_image_surface_get_stride (code);
#if G_BYTE_ORDER == G_LITTLE_ENDIAN
  return (pixels[column >> 3] >> (column & 7) & 1) != 0;
#else
  return (pixels[column >> 3] << (column & 7) & 0x80) != 0;
#endif
}

/**
 * conc_qr_to_text:
 * @text: what a scanner shall read; UTF-8
 *
 * A character holds two modules, one above the other, because it is twice as high as wide.
 *
 * Returns: (transfer full): lines for a terminal that knows UTF-8 and colours, with the quiet zone
 * of the standard. Any thread.
 */
char *
conc_qr_to_text (const char *text, GError **error)
{
  static const char *const halves[] = { " ", "▀", "▄", "█" };
  cairo_surface_t         *code = conc_qr_encode (text, error);
  GString                 *lines;
  int                      size;

  if (code == NULL)
    return NULL;
  lines = g_string_new (NULL);
  size = cairo_image_surface_get_width (code);
  for (int row = -CONC_QR_QUIET_MODULES; row < size + CONC_QR_QUIET_MODULES; row += 2)
    {
      g_string_append (lines, BLACK_ON_WHITE);
      for (int column = -CONC_QR_QUIET_MODULES; column < size + CONC_QR_QUIET_MODULES; column++)
        g_string_append (lines, halves[(is_dark (code, row, column) ? 1 : 0) |
                                       (is_dark (code, row + 1, column) ? 2 : 0)]);
      g_string_append (lines, NORMAL "\n");
    }
  cairo_surface_destroy (code);
  return g_string_free (lines, FALSE);
}
