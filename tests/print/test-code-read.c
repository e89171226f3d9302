/* test-code-read.c: Codes are read in pictures of any direction, and nothing in garbage. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/code-read.h"
#include "print/qr.h"

#include <locale.h>
#include <math.h>
#include <string.h>

#define TOKEN "C4K7M0002148F3K2Q7Z"

/* A code on paper that is as gray as paper in a hall: turned about the middle, in @module_px. */
static cairo_surface_t *
draw_code (const char *text, int width, int height, double module_px, double degrees)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, width, height);
  cairo_t         *cr = cairo_create (surface);
  cairo_surface_t *code = conc_qr_encode (text, NULL);
  double           size;

  g_assert_nonnull (code);
  size = module_px * cairo_image_surface_get_width (code);
  cairo_set_source_rgba (cr, 0, 0, 0, 0.75);
  cairo_paint (cr);
  cairo_translate (cr, width / 2.0, height / 2.0);
  cairo_rotate (cr, degrees * G_PI / 180);
  cairo_set_operator (cr, CAIRO_OPERATOR_DEST_OUT);
  conc_qr_draw (cr, code, -size / 2, -size / 2, module_px);
  cairo_surface_destroy (code);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static char *
read_surface (cairo_surface_t *surface)
{
  return conc_code_read_gray (cairo_image_surface_get_data (surface),
                              cairo_image_surface_get_width (surface),
                              cairo_image_surface_get_height (surface),
                              cairo_image_surface_get_stride (surface));
}

static void
assert_reads (cairo_surface_t *surface, const char *expected)
{
  g_autofree char *text = read_surface (surface);

  g_assert_cmpstr (text, ==, expected);
  cairo_surface_destroy (surface);
}

static void
test_a_code_is_read_in_any_direction (void)
{
  for (int degrees = 0; degrees < 360; degrees += 15)
    {
      g_test_message ("turned by %d degrees", degrees);
      assert_reads (draw_code (TOKEN, 640, 480, 6, degrees), TOKEN);
    }
}

static void
test_a_code_is_read_in_any_size (void)
{
  static const double SIZES_PX[] = { 3, 4, 4.7, 8, 12, 20 };

  for (gsize i = 0; i < G_N_ELEMENTS (SIZES_PX); i++)
    {
      g_test_message ("modules of %g pixels", SIZES_PX[i]);
      assert_reads (draw_code (TOKEN, 640, 640, SIZES_PX[i], 0), TOKEN);
    }
}

static void
test_what_a_code_says_is_text (void)
{
  static const char *const TEXTS[] = { "a", "https://example.org/c?r=4711", "Ünïcödé, 你好, ғ",
                                       "two\nlines" };

  for (gsize i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    assert_reads (draw_code (TEXTS[i], 640, 640, 8, 0), TEXTS[i]);
}

/* The rows lie far apart and what is between them would spoil every one. */
static void
test_the_space_between_rows_is_not_looked_at (void)
{
  enum
  {
    SIDE = 200,
    STRIDE = 333,
  };
  cairo_surface_t   *surface = draw_code (TOKEN, SIDE, SIDE, 6, 0);
  const guint8      *pixels = cairo_image_surface_get_data (surface);
  int                stride = cairo_image_surface_get_stride (surface);
  gsize              size = (SIDE - 1) * STRIDE + SIDE;
  g_autofree guint8 *wide = g_malloc (size);
  g_autofree char   *text = NULL;

  for (gsize i = 0; i < size; i++)
    wide[i] = (i / 3) & 1 ? 0 : 255;
  for (int y = 0; y < SIDE; y++)
    memcpy (wide + y * STRIDE, pixels + y * stride, SIDE);
  text = conc_code_read_gray (wide, SIDE, SIDE, STRIDE);
  g_assert_cmpstr (text, ==, TOKEN);
  cairo_surface_destroy (surface);
}

static void
test_what_is_no_picture_has_no_code (void)
{
  static const guint8 PIXELS[64] = { 0 };
  static const struct
  {
    const guint8 *gray;
    int           width;
    int           height;
    int           stride;
  } ROWS[] = {
    { NULL, 8, 8, 8 },    { PIXELS, 0, 8, 8 },
    { PIXELS, 8, 0, 8 },  { PIXELS, -8, 8, 8 },
    { PIXELS, 8, -8, 8 }, { PIXELS, 8, 8, 7 },
    { PIXELS, 8, 8, -8 }, { PIXELS, CONC_CODE_READ_SIDE_MAX + 1, 1, CONC_CODE_READ_SIDE_MAX + 1 },
    { PIXELS, 8, 8, 8 },  { PIXELS, 1, 1, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    g_assert_null (
        conc_code_read_gray (ROWS[i].gray, ROWS[i].width, ROWS[i].height, ROWS[i].stride));
}

static guint8
garbage_pixel (GRand *random, guint kind, int x, int y)
{
  switch (kind)
    {
    case 0:
      return (guint8) g_rand_int_range (random, 0, 256);
    case 1:
      return g_rand_boolean (random) ? 0 : 255;
    case 2:
      return (guint8) ((x * x + y * y) / 16);
    default:
      return x / 3 % 2 ^ y / 3 % 2 ? 255 : 0;
    }
}

/* Buffers of the very size, so that a sanitizer sees what is read behind them. */
static void
test_nothing_is_read_in_garbage (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20171209);

  for (guint round = 0; round < 200; round++)
    {
      int                width = g_rand_int_range (random, 1, round < 100 ? 24 : 300);
      int                height = g_rand_int_range (random, 1, round < 100 ? 24 : 300);
      g_autofree guint8 *pixels = g_malloc ((gsize) width * (gsize) height);
      g_autofree char   *text = NULL;

      for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
          pixels[y * width + x] = garbage_pixel (random, round % 4, x, y);
      text = conc_code_read_gray (pixels, width, height, width);
      g_assert_cmpstr (text, ==, NULL);
    }
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/code-read/a code is read in any direction",
                   test_a_code_is_read_in_any_direction);
  g_test_add_func ("/code-read/a code is read in any size", test_a_code_is_read_in_any_size);
  g_test_add_func ("/code-read/what a code says is text", test_what_a_code_says_is_text);
  g_test_add_func ("/code-read/the space between rows is not looked at",
                   test_the_space_between_rows_is_not_looked_at);
  g_test_add_func ("/code-read/what is no picture has no code",
                   test_what_is_no_picture_has_no_code);
  g_test_add_func ("/code-read/nothing is read in garbage", test_nothing_is_read_in_garbage);
  return g_test_run ();
}
