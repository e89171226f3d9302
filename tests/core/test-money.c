/* test-money.c: amounts read, written and divided. */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/error.h"
#include "core/money.h"

#include <locale.h>
#include <string.h>

#define REFUSED(code) (-1 - CONC_CORE_ERROR_##code)

/* Amounts as typed and as an export has them; below zero the error. */
static const struct
{
  const char *text;
  gint64      typed_cents;
  gint64      export_cents;
} vectors[] = {
  { "", REFUSED (INVALID), REFUSED (INVALID) },
  { "  ", REFUSED (INVALID), REFUSED (INVALID) },
  { "abc", REFUSED (INVALID), REFUSED (INVALID) },
  { "$", REFUSED (INVALID), REFUSED (INVALID) },
  { ".", REFUSED (INVALID), REFUSED (INVALID) },
  { "5.", REFUSED (INVALID), REFUSED (INVALID) },
  { "-5", REFUSED (RANGE), REFUSED (RANGE) },
  { "-$5.00", REFUSED (RANGE), REFUSED (RANGE) },
  { "$-5.00", REFUSED (RANGE), REFUSED (RANGE) },
  { "($5.00)", REFUSED (RANGE), REFUSED (RANGE) },
  { "−5", REFUSED (RANGE), REFUSED (RANGE) },
  { "--", REFUSED (INVALID), REFUSED (INVALID) },
  { "+5", REFUSED (INVALID), REFUSED (INVALID) },
  { "€5", REFUSED (INVALID), REFUSED (INVALID) },
  { "5 000", REFUSED (INVALID), REFUSED (INVALID) },
  { "1e5", REFUSED (INVALID), REFUSED (INVALID) },
  { "0x10", REFUSED (INVALID), REFUSED (INVALID) },
  { "25.001", REFUSED (AMBIGUOUS), REFUSED (AMBIGUOUS) },
  { "1.000", REFUSED (AMBIGUOUS), REFUSED (AMBIGUOUS) },
  { "1,000", REFUSED (AMBIGUOUS), 100000 },
  { "$12,345", REFUSED (AMBIGUOUS), 1234500 },
  { " 999,999 ", REFUSED (AMBIGUOUS), 99999900 },
  { "1234.567", REFUSED (INVALID), REFUSED (INVALID) },
  { "25.0000", REFUSED (INVALID), REFUSED (INVALID) },
  { "1,25.00", REFUSED (INVALID), REFUSED (INVALID) },
  { "1,2500", REFUSED (INVALID), REFUSED (INVALID) },
  { "1234,567", REFUSED (INVALID), REFUSED (INVALID) },
  { ",500", REFUSED (INVALID), REFUSED (INVALID) },
  { "25,50", REFUSED (INVALID), REFUSED (INVALID) },
  { "1.250,00", REFUSED (INVALID), REFUSED (INVALID) },
  { "1.2.3", REFUSED (INVALID), REFUSED (INVALID) },
  { "100000000.01", REFUSED (RANGE), REFUSED (RANGE) },
  { "99999999999999999999999999", REFUSED (RANGE), REFUSED (RANGE) },
  { "184467440737095516.17", REFUSED (RANGE), REFUSED (RANGE) },
  { "0000000000000000000000000000000000000000000000000000000000000000", REFUSED (INVALID),
    REFUSED (INVALID) },
  { "0", 0, 0 },
  { "0.00", 0, 0 },
  { "25", 2500, 2500 },
  { "25.00", 2500, 2500 },
  { "25.5", 2550, 2550 },
  { "25.05", 2505, 2505 },
  { ".50", 50, 50 },
  { "$25", 2500, 2500 },
  { " $ 25 ", 2500, 2500 },
  { "US$25", 2500, 2500 },
  { "usd 25", 2500, 2500 },
  { "1,250.00", 125000, 125000 },
  { "$1,250.5", 125050, 125050 },
  { "1,250,000", 125000000, 125000000 },
  { "007", 700, 700 },
  { "1000", 100000, 100000 },
  { "100,000,000.00", CONC_MONEY_MAX_CENTS, CONC_MONEY_MAX_CENTS },
};

static void
check (gboolean read, const char *text, gint64 cents, GError *error, gint64 expected)
{
  if (expected < 0)
    {
      g_test_message ("%s: %s", text, error != NULL ? error->message : "read");
      g_assert_false (read);
      g_assert_error (error, CONC_CORE_ERROR, (int) (-1 - expected));
      g_assert_true (g_str_has_suffix (error->message, "."));
      g_assert_cmpint (cents, ==, 4711);
    }
  else
    {
      g_assert_no_error (error);
      g_assert_true (read);
      g_assert_cmpint (cents, ==, expected);
    }
}

static void
test_parse (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr (GError) typed_error = NULL;
      g_autoptr (GError) export_error = NULL;
      const char *text = vectors[i].text;
      gint64      cents = 4711;
      gboolean    read = conc_money_parse (text, &cents, &typed_error);

      check (read, text, cents, typed_error, vectors[i].typed_cents);
      cents = 4711;
      read = conc_money_parse_export (text, &cents, &export_error);
      check (read, text, cents, export_error, vectors[i].export_cents);
    }
}

static void
test_ambiguous_says_what_to_type (void)
{
  g_autoptr (GError) comma = NULL;
  g_autoptr (GError) point = NULL;
  gint64 cents = 0;

  g_assert_false (conc_money_parse ("1,000", &cents, &comma));
  g_assert_nonnull (strstr (comma->message, "1000 or 1000.00"));
  g_assert_false (conc_money_parse ("12.345", &cents, &point));
  g_assert_nonnull (strstr (point->message, "12345 or 12345.00"));
}

static void
test_format (void)
{
  static const struct
  {
    gint64      cents;
    const char *full;
    const char *brief;
    const char *decimal;
  } formats[] = {
    { 0, "$0.00", "$0", "0.00" },
    { 5, "$0.05", "$0.05", "0.05" },
    { 99900, "$999.00", "$999", "999.00" },
    { 125000, "$1,250.00", "$1,250", "1250.00" },
    { 125050, "$1,250.50", "$1,250.50", "1250.50" },
    { 123456789, "$1,234,567.89", "$1,234,567.89", "1234567.89" },
    { -500, "-$5.00", "-$5", "-5.00" },
    { -5, "-$0.05", "-$0.05", "-0.05" },
    { G_MININT64, "-$92,233,720,368,547,758.08", "-$92,233,720,368,547,758.08",
      "-92233720368547758.08" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *full = conc_money_format (formats[i].cents);
      g_autofree char *brief = conc_money_format_short (formats[i].cents);
      g_autofree char *decimal = conc_money_to_decimal (formats[i].cents);

      g_assert_cmpstr (full, ==, formats[i].full);
      g_assert_cmpstr (brief, ==, formats[i].brief);
      g_assert_cmpstr (decimal, ==, formats[i].decimal);
    }
}

static void
test_allocate (void)
{
  static const struct
  {
    gint64 cents;
    guint  shares[3];
    gint64 parts[3];
  } cases[] = {
    { 100, { 1, 1, 1 }, { 34, 33, 33 } },
    { 101, { 1, 1, 1 }, { 34, 34, 33 } },
    { 1, { 1, 1, 1 }, { 1, 0, 0 } },
    { 1, { 0, 0, 7 }, { 0, 0, 1 } },
    { 1000, { 50, 30, 20 }, { 500, 300, 200 } },
    { 999, { 50, 30, 20 }, { 499, 300, 200 } },
    { 10, { 34, 33, 33 }, { 4, 3, 3 } },
    { -100, { 1, 1, 1 }, { -34, -33, -33 } },
    { 0, { 1, 2, 3 }, { 0, 0, 0 } },
    { CONC_MONEY_MAX_CENTS, { G_MAXUINT, G_MAXUINT, 0 }, { 5000000000, 5000000000, 0 } },
  };
  gint64 parts[3] = { 1, 1, 1 };

  g_assert_false (conc_money_allocate (100, (const guint[]){ 0, 0, 0 }, 3, parts));
  g_assert_cmpint (parts[0] + parts[1] + parts[2], ==, 0);
  g_assert_false (conc_money_allocate (100, NULL, 0, NULL));

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_true (conc_money_allocate (cases[i].cents, cases[i].shares, 3, parts));
      for (guint j = 0; j < 3; j++)
        g_assert_cmpint (parts[j], ==, cases[i].parts[j]);
    }
}

/* Parts add up and none is a whole cent from its exact share. */
static void
test_allocate_any (void)
{
  GRand *random = g_rand_new_with_seed (9);

  for (guint round = 0; round < 5000; round++)
    {
      guint  shares[6], n_shares = (guint) g_rand_int_range (random, 1, 7);
      gint64 parts[6], total = 0, sum = 0, cents = g_rand_int_range (random, 0, 10000000);

      for (guint i = 0; i < n_shares; i++)
        {
          shares[i] = (guint) g_rand_int_range (random, i == 0 ? 1 : 0, 101);
          total += shares[i];
        }
      g_assert_true (conc_money_allocate (cents, shares, n_shares, parts));
      for (guint i = 0; i < n_shares; i++)
        {
          sum += parts[i];
          g_assert_cmpint (ABS (parts[i] * total - cents * shares[i]), <, total);
        }
      g_assert_cmpint (sum, ==, cents);
    }
  g_rand_free (random);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/money/parse", test_parse);
  g_test_add_func ("/money/ambiguous says what to type", test_ambiguous_says_what_to_type);
  g_test_add_func ("/money/format", test_format);
  g_test_add_func ("/money/allocate", test_allocate);
  g_test_add_func ("/money/allocate any", test_allocate_any);

  return g_test_run ();
}
