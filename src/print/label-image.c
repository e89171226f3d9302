/* label-image.c: Draws one label in the dots of a printer, as ink from 0 to 255 and as yes or no.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/label-image.h"

#include "print/error.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* From this much ink on a printer of one colour makes a dot. */
#define DOT_INK 128

static int
dots_from_mm (double length_mm, int dpi)
{
  return MAX (1, (int) lround (length_mm * dpi / 25.4));
}

static gboolean
check_surface (cairo_surface_t *surface, GError **error)
{
  cairo_status_t status = cairo_surface_status (surface);

  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error (error, CONC_PRINT_ERROR, CONC_PRINT_ERROR_FAILED,
               _ ("A label could not be drawn: %s."), cairo_status_to_string (status));
  return FALSE;
}

static gboolean
draw_in_colour (cairo_surface_t  *surface,
                ConcLabelPainter *painter,
                const ConcLabel  *label,
                guint             side,
                GError          **error)
{
  int      dpi = conc_label_painter_get_stock (painter)->dpi;
  cairo_t *cr = cairo_create (surface);
  gboolean drawn;

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, dpi / 25.4, dpi / 25.4);
  drawn = conc_label_painter_draw (painter, cr, label, side, 0, 0, error);
  cairo_destroy (cr);
  return drawn;
}

/* Lightness by the weights of ITU-R BT.601, as scanners and their decoders take it. */
static guint8
ink_of (guint32 pixel)
{
  guint red = pixel >> 16 & 0xff, green = pixel >> 8 & 0xff, blue = pixel & 0xff;

  return (guint8) (255 - (299 * red + 587 * green + 114 * blue + 500) / 1000);
}

static cairo_surface_t *
ink_from_colour (cairo_surface_t *colour)
{
  int              width = cairo_image_surface_get_width (colour);
  int              height = cairo_image_surface_get_height (colour);
  int              from_stride = cairo_image_surface_get_stride (colour);
  const guint8    *from;
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_A8, width, height);
  guint8          *to = cairo_image_surface_get_data (image);
  int              to_stride = cairo_image_surface_get_stride (image);

  if (to == NULL)
    return image;
  cairo_surface_flush (colour);
  from = cairo_image_surface_get_data (colour);
  for (int y = 0; y < height; y++, from += from_stride, to += to_stride)
    for (int x = 0; x < width; x++)
      to[x] = ink_of (((const guint32 *) (const void *) from)[x]);
  cairo_surface_mark_dirty (image);
  return image;
}

/**
 * conc_label_image_new:
 * @painter: what draws the label; the dpi of its stock are those of the image
 * @label: what is on the label
 * @side: which side of it, from 0, as conc_label_painter_draw() takes it
 * @error: where to put why it cannot be drawn
 *
 * Draws one label, without the page that it is on, dot by dot as a printer does.
 * Colours become the ink that looks as dark.
 *
 * Returns: (transfer full): an A8 image: how much ink a dot gets, 255 is black. %NULL with
 *   CONC_PRINT_ERROR_FAILED when it has more than CONC_LABEL_IMAGE_DOTS_MAX dots or cairo refuses,
 *   or with the errors of conc_label_painter_draw(). Time and memory,
 *   five bytes a dot, grow with the dots.
 *
 * Thread: the one that made @painter.
 */
cairo_surface_t *
conc_label_image_new (ConcLabelPainter *painter, const ConcLabel *label, guint side, GError **error)
{
  const ConcStock *stock;
  int              width, height;
  cairo_surface_t *colour;
  cairo_surface_t *image = NULL;

  g_return_val_if_fail (painter != NULL && label != NULL, NULL);

  stock = conc_label_painter_get_stock (painter);
  width = dots_from_mm (stock->label_width_mm, stock->dpi);
  height = dots_from_mm (stock->label_height_mm, stock->dpi);
  if ((gint64) width * height > CONC_LABEL_IMAGE_DOTS_MAX)
    {
      g_set_error (error, CONC_PRINT_ERROR, CONC_PRINT_ERROR_FAILED,
                   _ ("A label of %d × %d dots is too large to be made as an image. Choose fewer "
                      "dots per inch."),
                   width, height);
      return NULL;
    }
  colour = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  if (check_surface (colour, error) && draw_in_colour (colour, painter, label, side, error))
    {
      image = ink_from_colour (colour);
      if (!check_surface (image, error))
        g_clear_pointer (&image, cairo_surface_destroy);
    }
  cairo_surface_destroy (colour);
  return image;
}

/* A bit of cairo's A1 format, which numbers the bits as the machine numbers its bytes. */
static guint8
dot_bit (int x)
{
#if G_BYTE_ORDER == G_LITTLE_ENDIAN
  return (guint8) (1u << (x & 7));
#else
  return (guint8) (0x80u >> (x & 7));
#endif
}

/* Where a dot comes from: the corner of the image that is now top left, and the way on from it. */
typedef struct
{
  const guint8 *corner;
  int           right;
  int           down;
} Walk;

static Walk
walk_turned (cairo_surface_t *image, int quarter_turns)
{
  const guint8 *pixels = cairo_image_surface_get_data (image);
  int           stride = cairo_image_surface_get_stride (image);
  int           last_x = cairo_image_surface_get_width (image) - 1;
  int           last_y = (cairo_image_surface_get_height (image) - 1) * stride;

  switch (quarter_turns)
    {
    case 1:
      return (Walk){ pixels + last_y, -stride, 1 };
    case 2:
      return (Walk){ pixels + last_y + last_x, -1, -stride };
    case 3:
      return (Walk){ pixels + last_x, stride, -1 };
    default:
      return (Walk){ pixels, 1, stride };
    }
}

/**
 * conc_label_image_to_dots:
 * @image: an A8 image as conc_label_image_new() makes it
 * @quarter_turns: how often to turn it by 90 degrees clockwise, 0 to 3; for a label that lies
 *   across the roll
 * @right_dots: how far to move it to the right on the turned label; negative is to the left
 * @down_dots: how far to move it down; negative is up
 *
 * Decides for each dot whether it is printed. What is moved over the edge is cut off, and what
 * comes in is white, so that the image has the size of the label however it is moved: printers
 * refuse places left of the first dot or above it.
 *
 * Returns: (transfer full): an A1 image, a bit that is set is black. Its status is an error when
 *   there is no memory for it, and then it can be destroyed and nothing else.
 *
 * Thread: any.
 */
cairo_surface_t *
conc_label_image_to_dots (cairo_surface_t *image, int quarter_turns, int right_dots, int down_dots)
{
  int              width, height, stride;
  Walk             walk;
  cairo_surface_t *dots;
  guint8          *to;

  g_return_val_if_fail (cairo_image_surface_get_format (image) == CAIRO_FORMAT_A8, NULL);
  g_return_val_if_fail (quarter_turns >= 0 && quarter_turns <= 3, NULL);

  width = cairo_image_surface_get_width (image);
  height = cairo_image_surface_get_height (image);
  if (quarter_turns & 1)
    {
      int turned = width;

      width = height;
      height = turned;
    }
  dots = cairo_image_surface_create (CAIRO_FORMAT_A1, width, height);
  to = cairo_image_surface_get_data (dots);
  if (to == NULL)
    return dots;
  stride = cairo_image_surface_get_stride (dots);
  cairo_surface_flush (image);
  walk = walk_turned (image, quarter_turns);
  right_dots = CLAMP (right_dots, -width, width);
  down_dots = CLAMP (down_dots, -height, height);
  for (int y = MAX (0, down_dots); y < height + MIN (0, down_dots); y++)
    for (int x = MAX (0, right_dots); x < width + MIN (0, right_dots); x++)
      if (walk.corner[(gssize) (y - down_dots) * walk.down +
                      (gssize) (x - right_dots) * walk.right] >= DOT_INK)
        to[(gssize) y * stride + (x >> 3)] |= dot_bit (x);
  cairo_surface_mark_dirty (dots);
  return dots;
}
