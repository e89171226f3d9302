/* label-verify.c: Reads the code of a label back from its image, as it is and as if printed. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/label-verify.h"

#include "print/code-read.h"
#include "print/error.h"

#include <glib/gi18n-lib.h>

/* How much a code is enlarged to learn whether it is only too small. */
#define ENLARGED 4
/* White around the image: labels are cut, but what lies behind them is not dark. */
#define MARGIN_DOTS 8

/* A picture as a scanner sees it: 0 is black. */
typedef struct
{
  guint8 *pixels;
  int     width;
  int     height;
} Picture;

static Picture
picture_new (int width, int height)
{
  Picture picture = { g_malloc ((gsize) width * (gsize) height), width, height };

  memset (picture.pixels, 0xff, (gsize) width * (gsize) height);
  return picture;
}

static guint8
lightness (const guint8 *row, int x, cairo_format_t format)
{
  if (format == CAIRO_FORMAT_A8)
    return (guint8) (255 - row[x]);
#if G_BYTE_ORDER == G_LITTLE_ENDIAN
  return row[x >> 3] >> (x & 7) & 1 ? 0 : 255;
#else
  return row[x >> 3] << (x & 7) & 0x80 ? 0 : 255;
#endif
}

static Picture
picture_from_image (cairo_surface_t *image)
{
  cairo_format_t format = cairo_image_surface_get_format (image);
  int            width = cairo_image_surface_get_width (image);
  int            height = cairo_image_surface_get_height (image);
  int            stride = cairo_image_surface_get_stride (image);
  const guint8  *row;
  Picture        picture = picture_new (width + 2 * MARGIN_DOTS, height + 2 * MARGIN_DOTS);
  guint8        *to = picture.pixels + MARGIN_DOTS * picture.width + MARGIN_DOTS;

  cairo_surface_flush (image);
  row = cairo_image_surface_get_data (image);
  for (int y = 0; y < height; y++, row += stride, to += picture.width)
    for (int x = 0; x < width; x++)
      to[x] = lightness (row, x, format);
  return picture;
}

static Picture
picture_enlarged (const Picture *from)
{
  Picture to = picture_new (ENLARGED * from->width, ENLARGED * from->height);

  for (int y = 0; y < to.height; y++)
    for (int x = 0; x < to.width; x++)
      to.pixels[(gsize) y * (gsize) to.width + (gsize) x] =
          from->pixels[(gsize) (y / ENLARGED) * (gsize) from->width + (gsize) (x / ENLARGED)];
  return to;
}

/* Each dot runs into its eight neighbours, as heat and ink do. The edge is margin and stays. */
static Picture
picture_blurred (const Picture *from)
{
  Picture to = picture_new (from->width, from->height);

  for (int y = 1; y < from->height - 1; y++)
    for (int x = 1; x < from->width - 1; x++)
      {
        const guint8 *dot = from->pixels + (gsize) y * (gsize) from->width + x;
        const guint8 *above = dot - from->width, *below = dot + from->width;
        int sum = above[-1] + above[0] + above[1] + dot[-1] + dot[0] + dot[1] + below[-1] +
                  below[0] + below[1];

        to.pixels[(gsize) y * (gsize) to.width + (gsize) x] = (guint8) (sum / 9);
      }
  return to;
}

static char *
picture_read (const Picture *picture)
{
  return conc_code_read_gray (picture->pixels, picture->width, picture->height, picture->width);
}

static char *
read_changed (const Picture *picture, Picture (*change) (const Picture *))
{
  Picture changed = change (picture);
  char   *text = picture_read (&changed);

  g_free (changed.pixels);
  return text;
}

static void
set_unreadable (GError **error, const char *sentence)
{
  g_set_error_literal (error, CONC_PRINT_ERROR, CONC_PRINT_ERROR_UNREADABLE, sentence);
}

static gboolean
check_picture (const Picture *picture, const char *token, GError **error)
{
  g_autofree char *text = picture_read (picture);
  g_autofree char *enlarged = text == NULL ? read_changed (picture, picture_enlarged) : NULL;
  g_autofree char *blurred = text != NULL ? read_changed (picture, picture_blurred) : NULL;
  const char      *found = text != NULL ? text : enlarged;

  if (found == NULL)
    set_unreadable (error, _ ("The code on the label cannot be read: something covers it, or a "
                              "part of it is not on the label. It was not printed."));
  else if (strcmp (found, token) != 0)
    g_set_error (error, CONC_PRINT_ERROR, CONC_PRINT_ERROR_UNREADABLE,
                 _ ("The code on the label says “%s” and should say “%s”. It was not printed."),
                 found, token);
  else if (g_strcmp0 (blurred, token) != 0)
    set_unreadable (error, _ ("The code on the label is too small for this printer to be read. "
                              "It was not printed. Choose a larger label or a printer with more "
                              "dots per inch."));
  else
    return TRUE;
  return FALSE;
}

/**
 * conc_label_verify:
 * @image: the label, A8 or A1, as conc_label_image_new() and conc_label_image_to_dots() make it;
 *   with the offset of the printer, so that what is cut off is missed here
 * @token: what its code has to say
 * @error: where to put why the label must not be printed
 *
 * Reads the code on a label: as it is drawn, and once more with every dot run into its neighbours,
 * since one that is only read when it is perfect will not be read on paper.
 *
 * Returns: whether both say @token. If not, CONC_PRINT_ERROR_UNREADABLE with a sentence that says
 *   whether the code is covered or cut off, another one, or too small. Time grows
 *   with the dots.
 *
 * Thread: any.
 */
gboolean
conc_label_verify (cairo_surface_t *image, const char *token, GError **error)
{
  cairo_format_t format = cairo_image_surface_get_format (image);
  Picture        picture;
  gboolean       verified;

  g_return_val_if_fail (format == CAIRO_FORMAT_A8 || format == CAIRO_FORMAT_A1, FALSE);
  g_return_val_if_fail (token != NULL, FALSE);

  picture = picture_from_image (image);
  verified = check_picture (&picture, token, error);
  g_free (picture.pixels);
  return verified;
}
