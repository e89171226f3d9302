/* test-align-target.c: The number at the edge of a label says how far a printer is off. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/align-target.h"

#include <locale.h>
#include <math.h>

static long
ink_of_column (cairo_surface_t *image, int x)
{
  const unsigned char *dots = cairo_image_surface_get_data (image);
  int                  stride = cairo_image_surface_get_stride (image);
  long                 ink = 0;

  for (int y = 0; y < cairo_image_surface_get_height (image); y++)
    ink += dots[(gsize) y * (gsize) stride + (gsize) x];
  return ink;
}

/* The middle of the darkest stripe at the left edge of the labels: the tick of 0 is the thick one.
 * A quarter of a label is enough, and keeps the other scale out. */
static double
find_zero_mm (const ConcStock *stock, double offset_mm)
{
  g_autoptr (GError) error = NULL;
  cairo_surface_t *image = conc_align_target_image_new (stock, offset_mm, 0, &error);
  const double     dots_per_mm = stock->dpi / 25.4;
  const int        stripe = (int) (0.45 * dots_per_mm);
  int              best = 0;
  long             most = -1;

  g_assert_no_error (error);
  for (int x = 0; x < (int) ((stock->left_mm + stock->label_width_mm / 4) * dots_per_mm); x++)
    {
      long ink = 0;

      for (int i = 0; i < stripe; i++)
        ink += ink_of_column (image, x + i);
      if (ink > most)
        {
          most = ink;
          best = x;
        }
    }
  cairo_surface_destroy (image);
  return (best + stripe / 2.0) / dots_per_mm;
}

static void
test_zero_at_edge (void)
{
  g_autoptr (ConcStock) stock = conc_stock_load ("avery-5163", NULL);

  g_assert_nonnull (stock);
  g_assert_cmpfloat_with_epsilon (find_zero_mm (stock, 0), stock->left_mm, 0.25);
}

/* A printer that is 2 mm too far left shows the 2 at the edge; adding it brings the 0 back. */
static void
test_offset_moves (void)
{
  g_autoptr (ConcStock) stock = conc_stock_load ("avery-5163", NULL);
  double zero_mm = find_zero_mm (stock, 0);

  g_assert_cmpfloat_with_epsilon (find_zero_mm (stock, 2), zero_mm + 2, 0.15);
  g_assert_cmpfloat_with_epsilon (find_zero_mm (stock, -1.5), zero_mm - 1.5, 0.15);
}

static void
test_pdf_of_every_stock (void)
{
  g_autoptr (GPtrArray) stocks = conc_stock_list ();

  for (guint i = 0; i < stocks->len; i++)
    {
      g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
      g_autoptr (GError) error = NULL;

      g_assert_true (
          conc_align_target_write_pdf (g_ptr_array_index (stocks, i), 0.1, -0.1, stream, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (stream)), >,
                        500);
    }
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/align-target/the zero is where the edge ought to be", test_zero_at_edge);
  g_test_add_func ("/align-target/the offset moves the scales", test_offset_moves);
  g_test_add_func ("/align-target/every stock has a target", test_pdf_of_every_stock);
  return g_test_run ();
}
