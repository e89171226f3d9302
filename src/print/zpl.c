/* zpl.c: Writes an image as a label in ZPL II, packed by its run lengths. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/zpl.h"

#include "print/error.h"

#include <glib/gi18n-lib.h>

/* The most bytes that one graphic field may have (ZPL II Programming Guide, ^GF). */
#define FIELD_BYTES_MAX 99999
/* Upper-case letters repeat up to 19 times, lower-case ones a multiple of this. */
#define REPEAT_STEP 20
#define REPEAT_MAX 400

/* The bits of a row from left to right, the first the highest, whatever cairo's order is. */
static void
pack_row (const guint8 *pixels, guint8 *packed, int row_bytes)
{
  for (int i = 0; i < row_bytes; i++)
    {
#if G_BYTE_ORDER == G_LITTLE_ENDIAN
      guint8 byte = pixels[i];

      byte = (guint8) ((byte & 0xf0) >> 4 | (byte & 0x0f) << 4);
      byte = (guint8) ((byte & 0xcc) >> 2 | (byte & 0x33) << 2);
      packed[i] = (guint8) ((byte & 0xaa) >> 1 | (byte & 0x55) << 1);
#else
      packed[i] = pixels[i];
#endif
    }
}

/* How often, then the digit: G to Y are 1 to 19, g to z are 20 to 400 by twenties, and letters add
 * up. */
static void
append_run (GString *zpl, int digit, int count)
{
  int ones = count % REPEAT_STEP;

  if (count > 1)
    {
      for (count -= ones; count > 0; count -= MIN (count, REPEAT_MAX))
        g_string_append_c (zpl, (char) ('f' + MIN (count, REPEAT_MAX) / REPEAT_STEP));
      if (ones > 0)
        g_string_append_c (zpl, (char) ('F' + ones));
    }
  g_string_append_c (zpl, "0123456789ABCDEF"[digit]);
}

static int
digit_at (const guint8 *packed, int i)
{
  return i & 1 ? packed[i >> 1] & 0x0f : packed[i >> 1] >> 4;
}

/* The last run of a row of 0 is a comma, of F an exclamation mark. */
static void
append_row (GString *zpl, const guint8 *packed, int row_bytes)
{
  int digits = 2 * row_bytes;
  int start = 0;

  while (start < digits)
    {
      int digit = digit_at (packed, start);
      int end = start + 1;

      while (end < digits && digit_at (packed, end) == digit)
        end++;
      if (end == digits && (digit == 0 || digit == 0x0f))
        g_string_append_c (zpl, digit == 0 ? ',' : '!');
      else
        append_run (zpl, digit, end - start);
      start = end;
    }
}

/* Rows from @first on, as many as one field may hold. A row like the one above is a colon. */
static int
append_field (GString *zpl, cairo_surface_t *dots, int first)
{
  int                row_bytes = (cairo_image_surface_get_width (dots) + 7) / 8;
  int                height = cairo_image_surface_get_height (dots);
  int                stride = cairo_image_surface_get_stride (dots);
  int                rows = MIN (height - first, FIELD_BYTES_MAX / row_bytes);
  const guint8      *pixels = cairo_image_surface_get_data (dots) + (gssize) first * stride;
  g_autofree guint8 *packed = g_malloc ((gsize) row_bytes);
  g_autofree guint8 *above = g_malloc ((gsize) row_bytes);

  g_string_append_printf (zpl, "^FO0,%d^GFA,%d,%d,%d,", first, rows * row_bytes, rows * row_bytes,
                          row_bytes);
  for (int row = 0; row < rows; row++, pixels += stride)
    {
      pack_row (pixels, packed, row_bytes);
      if (row > 0 && memcmp (packed, above, (gsize) row_bytes) == 0)
        g_string_append_c (zpl, ':');
      else
        append_row (zpl, packed, row_bytes);
      memcpy (above, packed, (gsize) row_bytes);
    }
  g_string_append (zpl, "^FS\n");
  return rows;
}

/**
 * conc_zpl_from_image:
 * @dots: the label, A1, as conc_label_image_to_dots() makes it
 * @copies: how often it is printed, 1 to CONC_ZPL_COPIES_MAX
 * @error: where to put why the printer would not take it
 *
 * Writes a label as one format of ZPL II: its size in dots, and its dots in one graphic field or,
 * as a field holds 99,999 bytes, in several below each other. What the printer was told about
 * darkness, speed and kind of label is left alone; the home of labels, which another program may
 * have moved, is set to the corner.
 *
 * Returns: (transfer full): ASCII text to be sent to the printer as it is; %NULL with
 *   CONC_PRINT_ERROR_FAILED when the label has more than CONC_ZPL_SIDE_MAX dots in one direction.
 *   About 6 kB for 62 x 29 mm at 203 dpi.
 *
 * Thread: any.
 */
char *
conc_zpl_from_image (cairo_surface_t *dots, guint copies, GError **error)
{
  int      width, height;
  GString *zpl;

  g_return_val_if_fail (cairo_image_surface_get_format (dots) == CAIRO_FORMAT_A1, NULL);
  g_return_val_if_fail (copies >= 1 && copies <= CONC_ZPL_COPIES_MAX, NULL);

  width = cairo_image_surface_get_width (dots);
  height = cairo_image_surface_get_height (dots);
  if (width > CONC_ZPL_SIDE_MAX || height > CONC_ZPL_SIDE_MAX)
    {
      g_set_error (error, CONC_PRINT_ERROR, CONC_PRINT_ERROR_FAILED,
                   _ ("A label of %d × %d dots is larger than a label printer takes."), width,
                   height);
      return NULL;
    }
  cairo_surface_flush (dots);
  zpl = g_string_new (NULL);
  g_string_append_printf (zpl, "^XA^PW%d^LL%d^LH0,0\n", width, height);
  for (int row = 0; row < height;)
    row += append_field (zpl, dots, row);
  g_string_append_printf (zpl, "^PQ%u^XZ\n", copies);
  return g_string_free (zpl, FALSE);
}
