/* test-signature.c: a signature made by mouse or touch, as text. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/signature.h"

#include "core/error.h"

#include <locale.h>
#include <string.h>

static void
test_read_and_written (void)
{
  static const struct
  {
    const char *text;
    const char *wanted; /* NULL: the same */
    guint       n_strokes;
    gboolean    is_empty;
  } vectors[] = {
    { "", NULL, 0, TRUE },
    { "0,0", NULL, 1, TRUE },
    { "0,0 1000,1000", NULL, 1, FALSE },
    { "10,20 30,40;50,60 70,80", NULL, 2, FALSE },
    { "10,20 10,20 10,20", "10,20", 1, TRUE },
    { "10,20 10,20 11,20", "10,20 11,20", 1, FALSE },
    { "007,0020 8,9", "7,20 8,9", 1, FALSE },
    { "1,1;2,2;3,3 4,4", NULL, 3, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      const char *wanted = vectors[i].wanted != NULL ? vectors[i].wanted : vectors[i].text;
      g_autoptr (GError) error = NULL;
      g_autoptr (ConcSignature) signature = conc_signature_parse (vectors[i].text, &error);
      g_autofree char *text = NULL;

      g_test_message ("%s", vectors[i].text);
      g_assert_no_error (error);
      text = conc_signature_to_text (signature);
      g_assert_cmpstr (text, ==, wanted);
      g_assert_cmpuint (conc_signature_get_n_strokes (signature), ==, vectors[i].n_strokes);
      g_assert_true (conc_signature_is_empty (signature) == vectors[i].is_empty);
    }
}

static void
test_refused (void)
{
  static const char *const texts[] = {
    " ",        "1",      "1,",     ",1",   "1,2,3", "1,2 ",   "1,2  3,4", "1,2;",     ";1,2",
    "1,2;;3,4", "1001,2", "1,1001", "-1,2", "+1,2",  "1.5,2",  "1,2\n3,4", "1;2",      "12345,1",
    "1,2 3",    "x",      "1,2x",   "1, 2", "1 ,2",  "0x10,2", "１,２",    "1,2\t3,4", "1,2 ;3,4",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", texts[i]);
      g_assert_null (conc_signature_parse (texts[i], &error));
      g_assert_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_INVALID);
    }
}

static void
test_too_long (void)
{
  g_autoptr (GString) text = g_string_new ("1,1");
  g_autoptr (GError) error = NULL;

  while (text->len <= CONC_SIGNATURE_MAX_BYTES)
    g_string_append (text, " 1,1");
  g_assert_null (conc_signature_normalise (text->str, &error));
  g_assert_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_LIMIT);
}

static void
test_drawn (void)
{
  g_autoptr (ConcSignature) signature = conc_signature_new ();
  g_autofree char          *text = NULL;
  const ConcSignaturePoint *points;
  guint                     n_points;

  g_assert_true (conc_signature_is_empty (signature));
  conc_signature_begin_stroke (signature);
  conc_signature_begin_stroke (signature);
  conc_signature_add_point (signature, -5, 2000);
  conc_signature_add_point (signature, 500, 500);
  conc_signature_begin_stroke (signature);
  g_assert_cmpuint (conc_signature_get_n_strokes (signature), ==, 1);
  conc_signature_add_point (signature, 1, 2);
  text = conc_signature_to_text (signature);
  g_assert_cmpstr (text, ==, "0,1000 500,500;1,2");
  points = conc_signature_get_stroke (signature, 0, &n_points);
  g_assert_cmpuint (n_points, ==, 2);
  g_assert_cmpint (points[1].x, ==, 500);
  conc_signature_clear (signature);
  g_assert_cmpuint (conc_signature_get_n_strokes (signature), ==, 0);
}

/* Of a long signature every stroke is left, with its beginning and its end. */
static void
test_thinned_out (void)
{
  g_autoptr (ConcSignature) signature = conc_signature_new ();
  g_autoptr (ConcSignature) again = NULL;
  g_autofree char          *text = NULL;
  const ConcSignaturePoint *points;
  guint                     n_points;

  for (int stroke = 0; stroke < 10; stroke++)
    {
      conc_signature_begin_stroke (signature);
      for (int i = 0; i <= 700; i++)
        conc_signature_add_point (signature, 100 + i, 200 + stroke);
    }
  text = conc_signature_to_text (signature);
  g_assert_cmpuint (strlen (text), <=, CONC_SIGNATURE_MAX_BYTES);
  g_assert_cmpuint (strlen (text), >, CONC_SIGNATURE_MAX_BYTES / 3);
  again = conc_signature_parse (text, NULL);
  g_assert_nonnull (again);
  g_assert_cmpuint (conc_signature_get_n_strokes (again), ==, 10);
  for (guint stroke = 0; stroke < 10; stroke++)
    {
      points = conc_signature_get_stroke (again, stroke, &n_points);
      g_assert_cmpint (points[0].x, ==, 100);
      g_assert_cmpint (points[n_points - 1].x, ==, 800);
    }
}

static void
test_scribbled (void)
{
  g_autoptr (ConcSignature) signature = conc_signature_new ();
  g_autoptr (ConcSignature) again = NULL;
  g_autofree char *text = NULL;

  for (int stroke = 0; stroke < 5000; stroke++)
    {
      conc_signature_begin_stroke (signature);
      conc_signature_add_point (signature, stroke % 1000, 999);
      conc_signature_add_point (signature, 1000, stroke % 1000);
    }
  text = conc_signature_to_text (signature);
  g_assert_cmpuint (strlen (text), <=, CONC_SIGNATURE_MAX_BYTES);
  again = conc_signature_parse (text, NULL);
  g_assert_nonnull (again);
  g_assert_cmpuint (conc_signature_get_n_strokes (again), >, 400);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/signature/is read and written", test_read_and_written);
  g_test_add_func ("/signature/other text is refused", test_refused);
  g_test_add_func ("/signature/too long a text is refused", test_too_long);
  g_test_add_func ("/signature/is drawn", test_drawn);
  g_test_add_func ("/signature/a long one is thinned out", test_thinned_out);
  g_test_add_func ("/signature/a scribble is cut off", test_scribbled);
  return g_test_run ();
}
