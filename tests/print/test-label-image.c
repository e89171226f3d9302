/* test-label-image.c: The image of a label: its dots, its ink, turned, moved, and read back. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/error.h"
#include "print/label-image.h"
#include "print/label-verify.h"
#include "print/qr.h"

#include <locale.h>
#include <string.h>

#define TOKEN "C4K7M0002148F3K2Q7Z"
#define OTHER "C4K7M0002158F3K2Q7Z"

static ConcStock *
make_stock (double width_mm, double height_mm, int dpi)
{
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  char       width[G_ASCII_DTOSTR_BUF_SIZE], height[G_ASCII_DTOSTR_BUF_SIZE];
  ConcStock *stock;

  g_ascii_dtostr (width, sizeof width, width_mm);
  g_ascii_dtostr (height, sizeof height, height_mm);
  text = g_strdup_printf ("[Label Stock]\ntitle=Test\npage-width-mm=%s\npage-height-mm=%s\n"
                          "label-width-mm=%s\nlabel-height-mm=%s\ninset-mm=2\ndpi=%d\n"
                          "colour=true\n",
                          width, height, width, height, dpi);
  bytes = g_bytes_new (text, strlen (text));
  stock = conc_stock_new_from_bytes ("test", bytes, &error);
  g_assert_no_error (error);
  return stock;
}

static ConcLabel *
make_label (const char *wave_colour)
{
  ConcLabel *label = conc_label_new (TOKEN, "214");

  label->name = g_strdup ("José García");
  label->wave = g_strdup ("Wave A");
  label->wave_colour = g_strdup (wave_colour);
  return label;
}

static cairo_surface_t *
make_image (double width_mm, double height_mm, int dpi)
{
  g_autoptr (ConcStock) stock = make_stock (width_mm, height_mm, dpi);
  g_autoptr (ConcLabelPainter) painter = conc_label_painter_new (stock, NULL);
  g_autoptr (ConcLabel) label = make_label (NULL);
  g_autoptr (GError) error = NULL;
  cairo_surface_t *image = conc_label_image_new (painter, label, 0, &error);

  g_assert_no_error (error);
  return image;
}

static gboolean
is_dot (cairo_surface_t *dots, int x, int y)
{
  const guint8 *row =
      cairo_image_surface_get_data (dots) + y * cairo_image_surface_get_stride (dots);

#if G_BYTE_ORDER == G_LITTLE_ENDIAN
  return (row[x >> 3] >> (x & 7) & 1) != 0;
#else
  return (row[x >> 3] << (x & 7) & 0x80) != 0;
#endif
}

static guint
count_dots (cairo_surface_t *dots)
{
  guint count = 0;

  for (int y = 0; y < cairo_image_surface_get_height (dots); y++)
    for (int x = 0; x < cairo_image_surface_get_width (dots); x++)
      if (is_dot (dots, x, y))
        count++;
  return count;
}

static void
test_an_image_has_the_dots_of_its_label (void)
{
  static const struct
  {
    double width_mm;
    double height_mm;
    int    dpi;
    int    width;
    int    height;
  } ROWS[] = {
    { 62, 29, 203, 496, 232 },        { 62, 29, 300, 732, 343 },
    { 62, 29, 600, 1465, 685 },       { 101.6, 50.8, 203, 812, 406 },
    { 101.6, 152.4, 203, 812, 1218 }, { 66.675, 25.4, 300, 788, 300 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      cairo_surface_t *image = make_image (ROWS[i].width_mm, ROWS[i].height_mm, ROWS[i].dpi);
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (cairo_image_surface_get_format (image), ==, CAIRO_FORMAT_A8);
      g_assert_cmpint (cairo_image_surface_get_width (image), ==, ROWS[i].width);
      g_assert_cmpint (cairo_image_surface_get_height (image), ==, ROWS[i].height);
      conc_label_verify (image, TOKEN, &error);
      g_assert_no_error (error);
      cairo_surface_destroy (image);
    }
}

/* @ret_n counts the labels that were read back; a stock without room for a layout is refused. */
static void
read_back (const ConcStock *model, const ConcLayout *layout, int dpi, guint *ret_n)
{
  g_autoptr (ConcStock) stock = conc_stock_copy (model);
  g_autoptr (ConcLabelPainter) painter = NULL;
  g_autoptr (ConcLabel) label = make_label ("#1c71d8");
  g_autoptr (GError) error = NULL;
  cairo_surface_t *image;

  g_test_message ("%s on %s at %d dpi", conc_layout_get_name (layout), model->name, dpi);
  stock->dpi = dpi;
  painter = conc_label_painter_new (stock, layout);
  image = conc_label_image_new (painter, label, 0, &error);
  if (image == NULL)
    {
      g_assert_error (error, CONC_PRINT_ERROR, CONC_PRINT_ERROR_TOO_SMALL);
      return;
    }
  conc_label_verify (image, TOKEN, &error);
  g_assert_no_error (error);
  cairo_surface_destroy (image);
  (*ret_n)++;
}

static void
test_every_stock_and_layout_is_read_back (void)
{
  static const int DPIS[] = { 150, 203, 300 };
  g_autoptr (GPtrArray) stocks = conc_stock_list ();
  g_autoptr (GPtrArray) layouts = conc_layout_list ();

  for (guint i = 0; i < stocks->len; i++)
    {
      guint n_read = 0;

      for (guint j = 0; j < layouts->len; j++)
        for (gsize k = 0; k < G_N_ELEMENTS (DPIS); k++)
          if (conc_layout_has_code (layouts->pdata[j]))
            read_back (stocks->pdata[i], layouts->pdata[j], DPIS[k], &n_read);
      g_assert_cmpuint (n_read, >, 0);
    }
}

/* Every module is as many dots as every other: no dot of the code is gray. */
static void
test_modules_are_whole_dots_of_the_image (void)
{
  static const int DPIS[] = { 203, 300, 600 };

  for (gsize i = 0; i < G_N_ELEMENTS (DPIS); i++)
    {
      cairo_surface_t *image = make_image (62, 29, DPIS[i]);
      const guint8    *pixels = cairo_image_surface_get_data (image);
      int              stride = cairo_image_surface_get_stride (image);
      /* The code takes the left fifth at least and reaches from the edge to the foot. */
      int width = cairo_image_surface_get_width (image) / 5;
      int height = cairo_image_surface_get_height (image) / 2;

      for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
          g_assert_true (pixels[y * stride + x] == 0 || pixels[y * stride + x] == 255);
      cairo_surface_destroy (image);
    }
}

static guint8
darkest_ink (const char *wave_colour)
{
  g_autoptr (ConcStock) stock = make_stock (62, 29, 203);
  g_autoptr (ConcLabelPainter) painter = conc_label_painter_new (stock, NULL);
  g_autoptr (ConcLabel) label = make_label (wave_colour);
  cairo_surface_t *image = conc_label_image_new (painter, label, 0, NULL);
  /* Inside the box of the wave, left of its word, in the line of the foot. */
  int     stride = cairo_image_surface_get_stride (image);
  guint8 *row = cairo_image_surface_get_data (image) + 192 * stride;
  guint8  ink = 0;

  for (int x = 24; x < 32; x++)
    ink = MAX (ink, row[x]);
  cairo_surface_destroy (image);
  return ink;
}

static void
test_colours_are_as_dark_as_they_look (void)
{
  g_assert_cmpint (darkest_ink ("#000000"), ==, 255);
  g_assert_cmpint (darkest_ink ("#1c71d8"), >, 140);
  g_assert_cmpint (darkest_ink ("#f5c211"), <, 90);
  g_assert_cmpint (darkest_ink ("#ffffff"), ==, 0);
}

static void
test_a_label_that_is_too_large_is_refused (void)
{
  g_autoptr (ConcStock) stock = make_stock (300, 300, 600);
  g_autoptr (ConcLabelPainter) painter = conc_label_painter_new (stock, NULL);
  g_autoptr (ConcLabel) label = make_label (NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (conc_label_image_new (painter, label, 0, &error));
  g_assert_error (error, CONC_PRINT_ERROR, CONC_PRINT_ERROR_FAILED);
  g_assert_true (g_str_has_prefix (error->message, "A label of 7087 × 7087 dots is too large"));
}

static void
test_a_label_without_room_is_refused (void)
{
  g_autoptr (ConcStock) stock = make_stock (20, 12, 203);
  g_autoptr (ConcLabelPainter) painter = conc_label_painter_new (stock, NULL);
  g_autoptr (ConcLabel) label = make_label (NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (conc_label_image_new (painter, label, 0, &error));
  g_assert_error (error, CONC_PRINT_ERROR, CONC_PRINT_ERROR_TOO_SMALL);
}

/* An image of 5 x 3 with ink that rises from dot to dot, so that each can be told from all. */
static cairo_surface_t *
make_ladder (void)
{
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_A8, 5, 3);
  guint8          *pixels = cairo_image_surface_get_data (image);
  int              stride = cairo_image_surface_get_stride (image);

  memset (pixels, 127, (gsize) stride * 3);
  pixels[0] = 128;
  pixels[1] = 255;
  pixels[2 * stride + 4] = 200;
  cairo_surface_mark_dirty (image);
  return image;
}

static char *
text_from_dots (cairo_surface_t *dots)
{
  GString *text = g_string_new (NULL);

  for (int y = 0; y < cairo_image_surface_get_height (dots); y++)
    {
      for (int x = 0; x < cairo_image_surface_get_width (dots); x++)
        g_string_append_c (text, is_dot (dots, x, y) ? '#' : '.');
      g_string_append_c (text, '/');
    }
  return g_string_free (text, FALSE);
}

static void
test_dots_are_turned_and_moved (void)
{
  static const struct
  {
    int         turns;
    int         right;
    int         down;
    const char *text;
  } ROWS[] = {
    { 0, 0, 0, "##.../...../....#/" },
    { 1, 0, 0, "..#/..#/.../.../#../" },
    { 2, 0, 0, "#..../...../...##/" },
    { 3, 0, 0, "..#/.../.../#../#../" },
    { 0, 1, 0, ".##../...../...../" },
    { 0, -1, 0, "#..../...../...#./" },
    { 0, 0, 1, "...../##.../...../" },
    { 0, 0, -1, "...../....#/...../" },
    { 0, 2, 2, "...../...../..##./" },
    { 1, -1, 1, ".../.#./.#./.../.../" },
    { 0, 5, 0, "...../...../...../" },
    { 0, -5, 0, "...../...../...../" },
    { 0, G_MAXINT, G_MININT, "...../...../...../" },
    { 2, G_MININT, G_MAXINT, "...../...../...../" },
  };
  cairo_surface_t *image = make_ladder ();

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      cairo_surface_t *dots =
          conc_label_image_to_dots (image, ROWS[i].turns, ROWS[i].right, ROWS[i].down);
      g_autofree char *text = text_from_dots (dots);

      g_assert_cmpstr (text, ==, ROWS[i].text);
      cairo_surface_destroy (dots);
    }
  cairo_surface_destroy (image);
}

static void
test_turning_loses_nothing (void)
{
  cairo_surface_t *image = make_image (62, 29, 203);
  guint            count = 0;

  for (int turns = 0; turns < 4; turns++)
    {
      cairo_surface_t *dots = conc_label_image_to_dots (image, turns, 0, 0);
      g_autoptr (GError) error = NULL;

      if (turns == 0)
        count = count_dots (dots);
      g_assert_cmpuint (count_dots (dots), ==, count);
      g_assert_true (conc_label_verify (dots, TOKEN, &error));
      g_assert_no_error (error);
      cairo_surface_destroy (dots);
    }
  cairo_surface_destroy (image);
}

static void
assert_unreadable (cairo_surface_t *image, const char *token, const char *sentence)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (conc_label_verify (image, token, &error));
  g_assert_error (error, CONC_PRINT_ERROR, CONC_PRINT_ERROR_UNREADABLE);
  g_assert_cmpstr (error->message, ==, sentence);
}

#define COVERED                                                                                    \
  "The code on the label cannot be read: something covers it, or a part of it is not on the "      \
  "label. It was not printed."
#define SMALL                                                                                      \
  "The code on the label is too small for this printer to be read. It was not printed. Choose a "  \
  "larger label or a printer with more dots per inch."

static void
test_another_runner_is_not_printed (void)
{
  cairo_surface_t *image = make_image (62, 29, 203);

  assert_unreadable (image, OTHER,
                     "The code on the label says “" TOKEN "” and should say “" OTHER
                     "”. It was not printed.");
  cairo_surface_destroy (image);
}

/* A name that runs over the code, as ink and as white. */
static void
test_a_covered_code_is_not_printed (void)
{
  static const double INKS[] = { 1, 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (INKS); i++)
    {
      cairo_surface_t *image = make_image (62, 29, 203);
      cairo_t         *cr = cairo_create (image);

      cairo_set_operator (cr, CAIRO_OPERATOR_SOURCE);
      cairo_set_source_rgba (cr, 0, 0, 0, INKS[i]);
      cairo_rectangle (cr, 0, 60, 496, 40);
      cairo_fill (cr);
      cairo_destroy (cr);
      assert_unreadable (image, TOKEN, COVERED);
      cairo_surface_destroy (image);
    }
}

static void
test_a_code_moved_off_the_label_is_not_printed (void)
{
  cairo_surface_t *image = make_image (62, 29, 203);
  cairo_surface_t *dots = conc_label_image_to_dots (image, 0, -60, 0);

  assert_unreadable (dots, TOKEN, COVERED);
  cairo_surface_destroy (dots);
  dots = conc_label_image_to_dots (image, 0, -3, 2);
  g_assert_true (conc_label_verify (dots, TOKEN, NULL));
  cairo_surface_destroy (dots);
  cairo_surface_destroy (image);
}

static void
test_an_empty_label_is_not_printed (void)
{
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_A8, 496, 232);

  assert_unreadable (image, TOKEN, COVERED);
  cairo_surface_destroy (image);
  image = cairo_image_surface_create (CAIRO_FORMAT_A1, 1, 1);
  assert_unreadable (image, TOKEN, COVERED);
  cairo_surface_destroy (image);
}

/* Drawn past the layout, which would refuse modules of one or two dots. */
static void
test_a_code_that_is_too_small_is_not_printed (void)
{
  for (int module_dots = 1; module_dots <= 4; module_dots++)
    {
      cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_A8, 300, 200);
      cairo_t         *cr = cairo_create (image);
      cairo_surface_t *code = conc_qr_encode (TOKEN, NULL);

      conc_qr_draw (cr, code, 40, 40, module_dots);
      cairo_surface_destroy (code);
      cairo_destroy (cr);
      if (module_dots <= 2)
        assert_unreadable (image, TOKEN, SMALL);
      else
        g_assert_true (conc_label_verify (image, TOKEN, NULL));
      cairo_surface_destroy (image);
    }
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  /* Stocks of whoever runs this are not looked at. */
  g_setenv ("XDG_DATA_HOME", "/nonexistent", TRUE);
  g_test_add_func ("/label-image/an image has the dots of its label",
                   test_an_image_has_the_dots_of_its_label);
  g_test_add_func ("/label-image/every stock and layout is read back",
                   test_every_stock_and_layout_is_read_back);
  g_test_add_func ("/label-image/modules are whole dots of the image",
                   test_modules_are_whole_dots_of_the_image);
  g_test_add_func ("/label-image/colours are as dark as they look",
                   test_colours_are_as_dark_as_they_look);
  g_test_add_func ("/label-image/a label that is too large is refused",
                   test_a_label_that_is_too_large_is_refused);
  g_test_add_func ("/label-image/a label without room is refused",
                   test_a_label_without_room_is_refused);
  g_test_add_func ("/label-image/dots are turned and moved", test_dots_are_turned_and_moved);
  g_test_add_func ("/label-image/turning loses nothing", test_turning_loses_nothing);
  g_test_add_func ("/label-verify/another runner is not printed",
                   test_another_runner_is_not_printed);
  g_test_add_func ("/label-verify/a covered code is not printed",
                   test_a_covered_code_is_not_printed);
  g_test_add_func ("/label-verify/a code moved off the label is not printed",
                   test_a_code_moved_off_the_label_is_not_printed);
  g_test_add_func ("/label-verify/an empty label is not printed",
                   test_an_empty_label_is_not_printed);
  g_test_add_func ("/label-verify/a code that is too small is not printed",
                   test_a_code_that_is_too_small_is_not_printed);
  return g_test_run ();
}
