/* make-zpl.c: Writes labels as ZPL, and beside each the dots that a printer has to make of it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/label-image.h"
#include "print/label-verify.h"
#include "print/zpl.h"

#include <stdlib.h>
#include <string.h>

/* A label printer, how the label lies in it and how far it is moved. */
typedef struct
{
  const char *name;
  const char *width_mm;
  const char *height_mm;
  int         dpi;
  int         turns;
  int         right;
  int         down;
} Case;

static const Case CASES[] = {
  { "roll-203", "62", "29", 203, 0, 0, 0 },
  { "roll-300", "62", "29", 300, 0, 0, 0 },
  { "roll-600", "62", "29", 600, 0, 0, 0 },
  { "turned-right", "62", "29", 203, 1, 0, 0 },
  { "upside-down", "62", "29", 203, 2, 0, 0 },
  { "turned-left", "62", "29", 203, 3, 0, 0 },
  { "moved-out", "62", "29", 203, 0, -4, -3 },
  { "moved-in", "62", "29", 300, 0, 17, 9 },
  { "turned-and-moved", "62", "29", 203, 1, 5, -3 },
  { "narrow", "102", "76", 203, 0, 0, 0 },
  { "several-fields", "101.6", "152.4", 203, 0, 0, 0 },
};

static ConcStock *
make_stock (const Case *c, GError **error)
{
  g_autofree char *text =
      g_strdup_printf ("[Label Stock]\ntitle=Test\npage-width-mm=%1$s\npage-height-mm=%2$s\n"
                       "label-width-mm=%1$s\nlabel-height-mm=%2$s\ninset-mm=2\ndpi=%3$d\n",
                       c->width_mm, c->height_mm, c->dpi);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return conc_stock_new_from_bytes (c->name, bytes, error);
}

static ConcLabel *
make_label (int i)
{
  g_autofree char *token = g_strdup_printf ("C4K7M%06d8F3K2Q7Z", 214 + i);
  g_autofree char *bib = g_strdup_printf ("%d", 214 + i);
  ConcLabel       *label = conc_label_new (token, bib);

  label->name = g_strdup (i & 1 ? "Paj Ntaub 𖬌𖬣𖬵 Vang Xiong" : "عبد الرحمن García");
  label->line2 = g_strdup ("The Link");
  label->wave = g_strdup ("Wave A");
  label->shirt = g_strdup ("M");
  return label;
}

/* As a portable bitmap, in which 1 is black as in ZPL. */
static gboolean
write_dots (cairo_surface_t *dots, const char *path, GError **error)
{
  int           width = cairo_image_surface_get_width (dots);
  int           height = cairo_image_surface_get_height (dots);
  int           stride = cairo_image_surface_get_stride (dots);
  const guint8 *row = cairo_image_surface_get_data (dots);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_printf (text, "P1\n%d %d\n", width, height);
  for (int y = 0; y < height; y++, row += stride)
    for (int x = 0; x < width; x++)
      {
#if G_BYTE_ORDER == G_LITTLE_ENDIAN
        g_string_append (text, row[x >> 3] >> (x & 7) & 1 ? "1 " : "0 ");
#else
        g_string_append (text, row[x >> 3] << (x & 7) & 0x80 ? "1 " : "0 ");
#endif
      }
  return g_file_set_contents (path, text->str, (gssize) text->len, error);
}

static gboolean
write_case (const Case *c, const char *folder, int i, GError **error)
{
  g_autoptr (ConcStock) stock = make_stock (c, error);
  g_autoptr (ConcLabelPainter) painter =
      stock != NULL ? conc_label_painter_new (stock, NULL) : NULL;
  g_autoptr (ConcLabel) label = make_label (i);
  g_autofree char *zpl_path = g_strdup_printf ("%s/%s.zpl", folder, c->name);
  g_autofree char *dots_path = g_strdup_printf ("%s/%s.pbm", folder, c->name);
  g_autofree char *zpl = NULL;
  cairo_surface_t *image = painter != NULL ? conc_label_image_new (painter, label, 0, error) : NULL;
  cairo_surface_t *dots;
  gboolean         written;

  if (image == NULL)
    return FALSE;
  dots = conc_label_image_to_dots (image, c->turns, c->right, c->down);
  zpl = conc_zpl_from_image (dots, 1, error);
  written = zpl != NULL && conc_label_verify (dots, label->token, error) &&
            g_file_set_contents (zpl_path, zpl, -1, error) && write_dots (dots, dots_path, error);
  if (written)
    g_print ("%s %d %d %d %s\n", c->name, cairo_image_surface_get_width (dots),
             cairo_image_surface_get_height (dots), c->dpi, label->token);
  cairo_surface_destroy (dots);
  cairo_surface_destroy (image);
  return written;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;

  if (argc != 2)
    {
      g_printerr ("Usage: make-zpl FOLDER\n");
      return 2;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    if (!write_case (&CASES[i], argv[1], (int) i, &error))
      {
        g_printerr ("%s: %s\n", CASES[i].name, error->message);
        return 1;
      }
  return 0;
}
