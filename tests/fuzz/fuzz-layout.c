/* fuzz-layout.c: any bytes are a layout that puts nothing off the label, or are refused. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"
#include "print/label-painter.h"

const guint       fuzz_rounds = 3000;
const char *const fuzz_seeds[] = {
  "[Label Layout]\ntitle=Bib label\nrotate=true\nshape=47%\n[Part code]\nkind=qr\nany=wave,shirt\n"
  "width=42%\nheight=84%\nvalign=middle\n[Part column]\nkind=box\nbeside=true\nheight=80%\n"
  "[Part bib]\nkind=bib\nwithin=column\nneeds=name\nheight=47%\n[Part name]\nkind=name\n"
  "within=column\ny=51%\nheight=31%\nmax-size=84%\nmin-size=2 mm\nlines=2\n[Part wave]\n"
  "kind=wave\ny=84%\nheight=16%\nstretch=true\n",
  "[Label Layout]\ntitle=Back\nmin-width=30 mm\n[Part number]\nkind=bib\nnumerals=true\n"
  "[Part call]\nside=back\nkind=panel\ntitle=Call\ntext={emergency}, {medical}\nlines=3\n"
  "[Part rule]\nside=back\nkind=rule\ny=5 mm\nheight=0.6 mm\nwithout=task\n[Part text]\n"
  "side=back\nkind=text\ntext=Shirt {shirt}\nalign=right\nweight=regular\n",
  NULL,
};

/* Draws both sides for a label of everything and for one of nothing. */
static void
check_layout (const ConcLayout *layout)
{
  g_autoptr (ConcStock) stock = conc_stock_load ("roll-62x29", NULL);
  g_autoptr (ConcLabelPainter) painter = conc_label_painter_new (stock, layout);
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_A8, 62, 29);
  cairo_t         *cr = cairo_create (image);
  ConcLabel        labels[] = {
           { .token = (char *) "C4K7M0002148F3K2Q7Z",
             .bib = (char *) "214",
             .name = (char *) "{name} of a race",
             .wave = (char *) "Wave A",
             .shirt = (char *) "M",
             .emergency = (char *) "612-555-0143" },
           { .token = (char *) "C4K7M0002148F3K2Q7Z" },
  };

  g_assert_true (conc_layout_get_title (layout) != NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    for (guint side = 0; side < conc_layout_get_sides (layout); side++)
      {
        g_autoptr (GError) error = NULL;

        if (!conc_label_painter_draw (painter, cr, &labels[i], side, 0, 0, &error))
          fuzz_check_error (error);
      }
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_destroy (image);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcLayout) layout = conc_layout_new_from_bytes ("fuzz", bytes, &error);

  if (layout == NULL)
    {
      fuzz_check_error (error);
      return 0;
    }
  fuzz_n_read++;
  check_layout (layout);
  return 0;
}
