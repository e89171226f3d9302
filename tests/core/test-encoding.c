/* test-encoding.c: bytes of unknown encoding become UTF-8 or are refused. */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/encoding.h"
#include "core/error.h"

#include <locale.h>
#include <string.h>

#define BYTES(literal) literal, sizeof literal - 1

static void
test_refuses (void)
{
  static const struct
  {
    const char *bytes;
    gsize       length;
    const char *part_of_sentence;
  } vectors[] = {
    { BYTES ("PK\003\004zip"), "Excel workbook" },
    { BYTES ("\xd0\xcf\x11\xe0xls"), "old Excel" },
    { BYTES ("%PDF-1.4"), "PDF" },
    { BYTES ("SQLite format 3\0x"), "race file" },
    { BYTES ("\x1f\x8b\x08"), "compressed" },
    { BYTES ("a,b\0c"), "not a text file" },
    { BYTES ("a\x01\xff"), "not a text file" },
    { BYTES ("a\x81"), "not a text file" },
    { BYTES ("\xff\xfe"
             "a"),
      "not a text file" },
    { BYTES ("\xff\xfe"
             "a\0\0\0"),
      "not a text file" },
    { BYTES ("\xff\xfe\x00\xd8"
             "a\0"),
      "not a text file" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr (GError) error = NULL;
      gsize        length = 77;
      ConcEncoding encoding = CONC_ENCODING_UTF16_BE;

      g_assert_null (
          conc_encoding_to_utf8 (vectors[i].bytes, vectors[i].length, &length, &encoding, &error));
      g_assert_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_ENCODING);
      g_assert_nonnull (strstr (error->message, vectors[i].part_of_sentence));
      g_assert_cmpuint (length, ==, 77);
      g_assert_cmpint (encoding, ==, CONC_ENCODING_UTF16_BE);
    }
}

static void
test_reads (void)
{
  static const struct
  {
    const char  *bytes;
    gsize        length;
    const char  *text;
    ConcEncoding encoding;
  } vectors[] = {
    { BYTES (""), "", CONC_ENCODING_UTF8 },
    { BYTES ("abc"), "abc", CONC_ENCODING_UTF8 },
    { BYTES ("\xef\xbb\xbf"), "", CONC_ENCODING_UTF8 },
    { BYTES ("\xef\xbb\xbf\xc3\x98"), "\xc3\x98", CONC_ENCODING_UTF8 },
    { BYTES ("S\xc3\xb8ren"), "S\xc3\xb8ren", CONC_ENCODING_UTF8 },
    { BYTES ("\xff\xfe"), "", CONC_ENCODING_UTF16_LE },
    { BYTES ("\xff\xfe"
             "a\0\xd8\0"),
      "a\xc3\x98", CONC_ENCODING_UTF16_LE },
    { BYTES ("\xfe\xff\0a\0\xd8"), "a\xc3\x98", CONC_ENCODING_UTF16_BE },
    { BYTES ("\xff\xfe\x3d\xd8\x00\xde"), "\xf0\x9f\x98\x80", CONC_ENCODING_UTF16_LE },
    { BYTES ("S\xf8ren \x80\x92"), "S\xc3\xb8ren \xe2\x82\xac\xe2\x80\x99",
      CONC_ENCODING_WINDOWS_1252 },
    { BYTES ("Jos\xe9,\x93x\x94\r\n"), "Jos\xc3\xa9,\xe2\x80\x9cx\xe2\x80\x9d\r\n",
      CONC_ENCODING_WINDOWS_1252 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr (GError) error = NULL;
      gsize            length = 77;
      ConcEncoding     encoding = CONC_ENCODING_UTF16_BE;
      g_autofree char *text =
          conc_encoding_to_utf8 (vectors[i].bytes, vectors[i].length, &length, &encoding, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (text, ==, vectors[i].text);
      g_assert_cmpuint (length, ==, strlen (vectors[i].text));
      g_assert_cmpint (encoding, ==, vectors[i].encoding);
    }
  g_assert_cmpstr (conc_encoding_get_name (CONC_ENCODING_WINDOWS_1252), ==, "Windows-1252");
}

/* The quick check agrees with GLib's wherever the odd bytes stand. */
static void
test_is_utf8 (void)
{
  static const char *const pieces[] = { "abcdefgh", "a",    "\xc3\x98",         "\xe2\x82\xac",
                                        "\xff",     "\xc3", "\xf0\x9f\x98\x80", "\x80" };
  GRand                   *random = g_rand_new_with_seed (1);

  g_assert_true (conc_encoding_is_utf8 (NULL, 0));
  g_assert_false (conc_encoding_is_utf8 ("a\0b", 3));
  for (guint round = 0; round < 20000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      for (int left = g_rand_int_range (random, 0, 6); left > 0; left--)
        g_string_append (text, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
      g_assert_true (conc_encoding_is_utf8 (text->str, text->len) ==
                     g_utf8_validate_len (text->str, text->len, NULL));
    }
  g_rand_free (random);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/encoding/refuses", test_refuses);
  g_test_add_func ("/encoding/reads", test_reads);
  g_test_add_func ("/encoding/is utf-8", test_is_utf8);

  return g_test_run ();
}
