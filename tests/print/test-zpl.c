/* test-zpl.c: What is written in ZPL, letter by letter, and unpacked again. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/error.h"
#include "print/zpl.h"

#include <locale.h>
#include <string.h>

static void
set_dot (cairo_surface_t *dots, int x, int y)
{
  guint8 *row = cairo_image_surface_get_data (dots) + y * cairo_image_surface_get_stride (dots);

#if G_BYTE_ORDER == G_LITTLE_ENDIAN
  row[x >> 3] |= (guint8) (1u << (x & 7));
#else
  row[x >> 3] |= (guint8) (0x80u >> (x & 7));
#endif
}

/* Rows of text, # is black. */
static cairo_surface_t *
dots_from_text (const char *text)
{
  g_auto (GStrv) rows = g_strsplit (text, "/", -1);
  cairo_surface_t *dots = cairo_image_surface_create (CAIRO_FORMAT_A1, (int) strlen (rows[0]),
                                                      (int) g_strv_length (rows));

  for (int y = 0; rows[y] != NULL; y++)
    for (int x = 0; rows[y][x] != '\0'; x++)
      if (rows[y][x] == '#')
        set_dot (dots, x, y);
  return dots;
}

static void
test_small_images_are_written_letter_by_letter (void)
{
  static const struct
  {
    const char *dots;
    guint       copies;
    const char *zpl;
  } ROWS[] = {
    { "#", 1, "^XA^PW1^LL1^LH0,0\n^FO0,0^GFA,1,1,1,8,^FS\n^PQ1^XZ\n" },
    { ".", 1, "^XA^PW1^LL1^LH0,0\n^FO0,0^GFA,1,1,1,,^FS\n^PQ1^XZ\n" },
    { "########", 2, "^XA^PW8^LL1^LH0,0\n^FO0,0^GFA,1,1,1,!^FS\n^PQ2^XZ\n" },
    { "####....", 1, "^XA^PW8^LL1^LH0,0\n^FO0,0^GFA,1,1,1,F,^FS\n^PQ1^XZ\n" },
    { "#......#", 1, "^XA^PW8^LL1^LH0,0\n^FO0,0^GFA,1,1,1,81^FS\n^PQ1^XZ\n" },
    { ".......#/.......#/#......./........", 999,
      "^XA^PW8^LL4^LH0,0\n^FO0,0^GFA,4,4,1,01:8,,^FS\n^PQ999^XZ\n" },
    /* The last dot of 12 is followed by four that are no dots: no exclamation mark here. */
    { "############", 1, "^XA^PW12^LL1^LH0,0\n^FO0,0^GFA,2,2,2,IF,^FS\n^PQ1^XZ\n" },
    { "........................................................................................#",
      1, "^XA^PW89^LL1^LH0,0\n^FO0,0^GFA,12,12,12,gH08,^FS\n^PQ1^XZ\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      cairo_surface_t *dots = dots_from_text (ROWS[i].dots);
      g_autofree char *zpl = conc_zpl_from_image (dots, ROWS[i].copies, NULL);

      g_assert_cmpstr (zpl, ==, ROWS[i].zpl);
      cairo_surface_destroy (dots);
    }
}

static int
parse_number (const char **at)
{
  char *end;
  int   number = (int) g_ascii_strtoll (*at, &end, 10);

  g_assert_true (end > *at);
  *at = end;
  return number;
}

static void
expect (const char **at, const char *text)
{
  g_assert_true (g_str_has_prefix (*at, text));
  *at += strlen (text);
}

/* One row of hexadecimal digits, unpacked as the programming guide of ZPL II says. */
static void
unpack_row (const char **at, char *digits, const char *above, int count)
{
  int done = 0;

  while (done < count)
    {
      char letter = *(*at)++;
      int  repeat = 0;

      if (letter == ':')
        {
          g_assert_cmpint (done, ==, 0);
          memcpy (digits, above, (gsize) count);
          return;
        }
      if (letter == ',' || letter == '!')
        {
          memset (digits + done, letter == ',' ? '0' : 'F', (gsize) (count - done));
          return;
        }
      for (; g_ascii_isalpha (letter) && letter >= 'G'; letter = *(*at)++)
        repeat += letter >= 'g' ? 20 * (letter - 'f') : letter - 'F';
      g_assert_true (g_ascii_isxdigit (letter));
      repeat = MAX (repeat, 1);
      g_assert_cmpint (done + repeat, <=, count);
      memset (digits + done, letter, (gsize) repeat);
      done += repeat;
    }
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

static void
assert_row (cairo_surface_t *dots, int y, const char *digits, int count)
{
  for (int x = 0; x < 4 * count; x++)
    {
      gboolean expected = x < cairo_image_surface_get_width (dots) && is_dot (dots, x, y);
      int      digit = g_ascii_xdigit_value (digits[x / 4]);

      g_assert_cmpint (digit >> (3 - x % 4) & 1, ==, expected ? 1 : 0);
    }
}

/* Returns the fields that the label is made of. */
static guint
assert_same (const char *zpl, cairo_surface_t *dots)
{
  int              width = cairo_image_surface_get_width (dots);
  int              height = cairo_image_surface_get_height (dots);
  int              row_bytes = (width + 7) / 8;
  g_autofree char *digits = g_malloc ((gsize) (2 * row_bytes));
  g_autofree char *above = g_malloc ((gsize) (2 * row_bytes));
  const char      *at = zpl;
  int              y = 0;
  guint            fields = 0;

  expect (&at, "^XA^PW");
  g_assert_cmpint (parse_number (&at), ==, width);
  expect (&at, "^LL");
  g_assert_cmpint (parse_number (&at), ==, height);
  expect (&at, "^LH0,0\n");
  for (; y < height; fields++)
    {
      int bytes;

      expect (&at, "^FO0,");
      g_assert_cmpint (parse_number (&at), ==, y);
      expect (&at, "^GFA,");
      bytes = parse_number (&at);
      g_assert_cmpint (bytes, <=, 99999);
      expect (&at, ",");
      g_assert_cmpint (parse_number (&at), ==, bytes);
      expect (&at, ",");
      g_assert_cmpint (parse_number (&at), ==, row_bytes);
      expect (&at, ",");
      for (int end = y + bytes / row_bytes; y < end; y++)
        {
          unpack_row (&at, digits, above, 2 * row_bytes);
          assert_row (dots, y, digits, 2 * row_bytes);
          memcpy (above, digits, (gsize) (2 * row_bytes));
        }
      expect (&at, "^FS\n");
    }
  expect (&at, "^PQ1^XZ\n");
  g_assert_cmpint (*at, ==, '\0');
  return fields;
}

/* Runs of every length that a row can have, and rows that are repeated. */
static cairo_surface_t *
random_dots (GRand *random, int width, int height)
{
  cairo_surface_t *dots = cairo_image_surface_create (CAIRO_FORMAT_A1, width, height);
  int              longest = 1 << g_rand_int_range (random, 0, 13);

  for (int y = 0; y < height; y++)
    {
      gboolean black = g_rand_boolean (random);

      if (y > 0 && g_rand_int_range (random, 0, 3) == 0)
        {
          int     stride = cairo_image_surface_get_stride (dots);
          guint8 *row = cairo_image_surface_get_data (dots) + y * stride;

          memcpy (row, row - stride, (gsize) stride);
          continue;
        }
      for (int x = 0; x < width; black = !black)
        for (int n = g_rand_int_range (random, 1, longest + 1); n > 0 && x < width; n--, x++)
          if (black)
            set_dot (dots, x, y);
    }
  return dots;
}

static void
test_what_is_packed_is_unpacked_again (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20171209);

  for (guint round = 0; round < 300; round++)
    {
      int              width = g_rand_int_range (random, 1, round < 200 ? 100 : 9000);
      cairo_surface_t *dots = random_dots (random, width, g_rand_int_range (random, 1, 12));
      g_autofree char *zpl = conc_zpl_from_image (dots, 1, NULL);

      g_assert_cmpuint (assert_same (zpl, dots), ==, 1);
      cairo_surface_destroy (dots);
    }
}

/* 812 x 1218 dots are 4 x 6 inches at 203 dpi: 102 bytes a row, and 980 rows fit one field. */
static void
test_what_is_too_much_for_a_field_gets_several (void)
{
  static const struct
  {
    int   width;
    int   height;
    guint fields;
  } ROWS[] = {
    { 812, 980, 1 }, { 812, 981, 2 }, { 812, 1218, 2 }, { 2398, 3597, 11 }, { 32000, 26, 2 },
  };
  g_autoptr (GRand) random = g_rand_new_with_seed (5);

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      cairo_surface_t *dots = random_dots (random, ROWS[i].width, ROWS[i].height);
      g_autofree char *zpl = conc_zpl_from_image (dots, 1, NULL);

      g_assert_cmpuint (assert_same (zpl, dots), ==, ROWS[i].fields);
      cairo_surface_destroy (dots);
    }
}

static void
test_a_label_longer_than_a_printer_takes_is_refused (void)
{
  static const int SIDES[][2] = { { 1, CONC_ZPL_SIDE_MAX + 1 }, { CONC_ZPL_SIDE_MAX + 1, 1 } };

  for (gsize i = 0; i < G_N_ELEMENTS (SIDES); i++)
    {
      cairo_surface_t *dots =
          cairo_image_surface_create (CAIRO_FORMAT_A1, SIDES[i][0], SIDES[i][1]);
      g_autoptr (GError) error = NULL;

      g_assert_null (conc_zpl_from_image (dots, 1, &error));
      g_assert_error (error, CONC_PRINT_ERROR, CONC_PRINT_ERROR_FAILED);
      cairo_surface_destroy (dots);
    }
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/zpl/small images are written letter by letter",
                   test_small_images_are_written_letter_by_letter);
  g_test_add_func ("/zpl/what is packed is unpacked again", test_what_is_packed_is_unpacked_again);
  g_test_add_func ("/zpl/what is too much for a field gets several",
                   test_what_is_too_much_for_a_field_gets_several);
  g_test_add_func ("/zpl/a label longer than a printer takes is refused",
                   test_a_label_longer_than_a_printer_takes_is_refused);
  return g_test_run ();
}
