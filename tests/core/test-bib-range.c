/* test-bib-range.c: tests of choices of bibs. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/bib-range.h"
#include "core/error.h"

#include <locale.h>

static const struct
{
  const char *text;
  int         code;
  const char *sentence;
} bad[] = {
  { "", CONC_CORE_ERROR_INVALID, "“” is not a choice of bibs: write it like 1-100,205." },
  { "all", CONC_CORE_ERROR_INVALID, "“all” is not a choice of bibs: write it like 1-100,205." },
  { "1,", CONC_CORE_ERROR_INVALID, NULL },
  { ",1", CONC_CORE_ERROR_INVALID, NULL },
  { "1-", CONC_CORE_ERROR_INVALID, NULL },
  { "-5", CONC_CORE_ERROR_INVALID, NULL },
  { "1-2-3", CONC_CORE_ERROR_INVALID, NULL },
  { "1 2", CONC_CORE_ERROR_INVALID, NULL },
  { "1.5", CONC_CORE_ERROR_INVALID, NULL },
  { "10-1", CONC_CORE_ERROR_RANGE, "10-1 is the wrong way round: write 1-10." },
  { "0", CONC_CORE_ERROR_RANGE, "0 is not a bib: bibs are from 1 to 999999." },
  { "1-1000000", CONC_CORE_ERROR_RANGE, "1000000 is not a bib: bibs are from 1 to 999999." },
  { "99999999999999999999", CONC_CORE_ERROR_INVALID, NULL },
};

static void
test_bad (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", bad[i].text);
      g_assert_null (conc_bib_range_parse (bad[i].text, &error));
      g_assert_error (error, CONC_CORE_ERROR, bad[i].code);
      if (bad[i].sentence != NULL)
        g_assert_cmpstr (error->message, ==, bad[i].sentence);
    }
}

static void
test_too_long (void)
{
  g_autoptr (GString) text = g_string_new ("1");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < CONC_BIB_RANGE_MAX_PARTS; i++)
    g_string_append (text, ",1");
  g_assert_null (conc_bib_range_parse (text->str, &error));
  g_assert_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_LIMIT);
}

static void
test_good (void)
{
  static const struct
  {
    const char *text;
    guint       bib;
    gboolean    chosen;
  } vectors[] = {
    { "1-100,205", 1, TRUE },
    { "1-100,205", 100, TRUE },
    { "1-100,205", 101, FALSE },
    { "1-100,205", 205, TRUE },
    { " 1 - 100 , 205 ", 50, TRUE },
    { "7", 7, TRUE },
    { "7", 8, FALSE },
    { "5-5", 5, TRUE },
    { "1-10,5-20", 15, TRUE },
    { "1-999999", 999999, TRUE },
    { "0012", 12, TRUE },
    { "1-100", 0, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ConcBibRange) range = conc_bib_range_parse (vectors[i].text, &error);

      g_test_message ("%s %u", vectors[i].text, vectors[i].bib);
      g_assert_no_error (error);
      g_assert_cmpint (conc_bib_range_contains (range, vectors[i].bib), ==, vectors[i].chosen);
    }
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/bib-range/what is no choice is refused", test_bad);
  g_test_add_func ("/bib-range/too many parts are refused", test_too_long);
  g_test_add_func ("/bib-range/choices are read", test_good);
  return g_test_run ();
}
