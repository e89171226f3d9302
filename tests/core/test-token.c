/* test-token.c: the text in the QR code of a bib. */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/error.h"
#include "core/token.h"

#include <locale.h>
#include <string.h>

static const guint8 key[CONC_TOKEN_KEY_BYTES] = "0123456789abcdef0123456789abcde";
static const guint8 other_key[CONC_TOKEN_KEY_BYTES] = "0123456789abcdef0123456789abcdf";
static const char   race[] = "race-one";

static void
assert_refused (const char *text, const char *race_id, const guint8 *with_key, ConcCoreError code)
{
  g_autoptr (GError) error = NULL;
  guint bib = 4711;

  g_assert_false (conc_token_parse (text, race_id, with_key, &bib, &error));
  g_assert_error (error, CONC_CORE_ERROR, (int) code);
  g_assert_cmpuint (bib, ==, 4711);
}

static void
test_refuses_what_is_no_token (void)
{
  static const char *const texts[] = {
    "",
    " ",
    "214",
    "C",
    "CAAAA000214",
    "Emma Peterson",
    "Christopherjohnsons",
    "C1234000214ABCDEFGHJ",
    "CU234000214ABCDEFGH",
    "D1234000214ABCDEFGH",
    "C12340002X4ABCDEFGH",
    "C1234000214ABCDEFG!",
    "C1234000214ABCDEFG\xc3\x98",
    "]Q1",
    "http://example.org",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_assert_false (conc_token_looks_like_token (texts[i]));
      assert_refused (texts[i], race, key, CONC_CORE_ERROR_INVALID);
    }
}

static void
test_refuses_other_race (void)
{
  g_autofree char *token = conc_token_make (race, key, 214);

  assert_refused (token, "race-two", key, CONC_CORE_ERROR_OTHER_RACE);
  assert_refused (token, "race-two", other_key, CONC_CORE_ERROR_OTHER_RACE);
}

static void
test_refuses_every_single_change (void)
{
  static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  g_autofree char  *token = conc_token_make (race, key, 214);

  assert_refused (token, race, other_key, CONC_CORE_ERROR_FORGED);
  for (guint at = 0; at < CONC_TOKEN_LENGTH; at++)
    for (const char *letter = alphabet; *letter != '\0'; letter++)
      {
        g_autofree char *changed = g_strdup (token);
        guint            bib = 0;

        changed[at] = *letter;
        if (strcmp (changed, token) != 0)
          g_assert_false (conc_token_parse (changed, race, key, &bib, NULL));
      }
}

static void
test_bib_zero_is_refused (void)
{
  g_autofree char *token = conc_token_make (race, key, 1);

  token[10] = '0';
  assert_refused (token, race, key, CONC_CORE_ERROR_FORGED);
}

static void
test_form (void)
{
  static const guint bibs[] = { 1, 9, 214, 99999, 100000, 999999 };

  for (guint i = 0; i < G_N_ELEMENTS (bibs); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *token = conc_token_make (race, key, bibs[i]);
      guint            bib = 0;

      g_assert_cmpuint (strlen (token), ==, CONC_TOKEN_LENGTH);
      g_assert_cmpuint (strspn (token, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"), ==,
                        CONC_TOKEN_LENGTH);
      g_assert_true (conc_token_looks_like_token (token));
      g_assert_true (conc_token_parse (token, race, key, &bib, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (bib, ==, bibs[i]);
    }
}

/* Printed labels must stay valid: the form is fixed. */
static void
test_known_token (void)
{
  g_autofree char *token = conc_token_make (race, key, 214);

  g_assert_cmpstr (token, ==, "CPKTB000214AAH9061X");
}

static void
test_scanner_junk_is_dropped (void)
{
  g_autofree char *token = conc_token_make (race, key, 214);
  g_autofree char *lower = g_ascii_strdown (token, -1);
  g_autofree char *junk = g_strdup_printf (" \002%s\035\r\n", lower);
  g_autofree char *prefixed = g_strdup_printf ("]Q1%s\t", token);
  g_autofree char *spaced = g_strdup_printf ("%.5s %.6s %s", token, token + 5, token + 11);
  g_autofree char *spelled = g_strdup (token);
  const char      *texts[] = { lower, junk, prefixed, spaced, spelled };

  for (char *p = spelled; *p != '\0'; p++)
    *p = *p == '0' ? 'O' : *p == '1' ? 'l' : *p;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      guint bib = 0;

      g_assert_true (conc_token_parse (texts[i], race, key, &bib, NULL));
      g_assert_cmpuint (bib, ==, 214);
    }
}

/* Of any race, authentic or not; what is no token names none. */
static void
test_the_bib_that_a_token_names (void)
{
  static const struct
  {
    const char *text;
    guint       bib;
  } rows[] = {
    { "CPKTB000214AAH9061X", 214 },
    { "czzzz999999zzzzzzzz", 999999 },
    { "]Q1CPKTB000214AAH9061X", 214 },
    { "CPKTB000000AAH9061X", 0 },
    { "CPKTB00021AAAH9061X", 0 },
    { "214", 0 },
    { "", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpuint (conc_token_peek_bib (rows[i].text), ==, rows[i].bib);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/token/refuses what is no token", test_refuses_what_is_no_token);
  g_test_add_func ("/token/refuses another race", test_refuses_other_race);
  g_test_add_func ("/token/refuses every single change", test_refuses_every_single_change);
  g_test_add_func ("/token/bib zero is refused", test_bib_zero_is_refused);
  g_test_add_func ("/token/form", test_form);
  g_test_add_func ("/token/known token", test_known_token);
  g_test_add_func ("/token/scanner junk is dropped", test_scanner_junk_is_dropped);
  g_test_add_func ("/token/the bib that a token names", test_the_bib_that_a_token_names);

  return g_test_run ();
}
