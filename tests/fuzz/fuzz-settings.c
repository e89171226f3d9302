/* fuzz-settings.c: any text is a value of a setting, in one form only, an amount or a choice of
 * bibs, or is refused. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/bib-range.h"
#include "core/money.h"
#include "core/runner.h"
#include "core/settings.h"
#include "fuzz.h"

const guint       fuzz_rounds = 10000;
const char *const fuzz_seeds[] = {
  "NOT IN OUR CITY 5K",
  "2017-12-09",
  "America/Chicago",
  "13.1 mi",
  "21097.5",
  "100",
  "1:30",
  "net",
  "shared",
  "hundredth",
  "10-year",
  "0-19,20-29,30-39,40+",
  "A, B,Wave C",
  "$75,000.00",
  "1250.5",
  "Breaking Free:34,Source:33,The Link:33",
  "1-100,205,300-999999",
  "S=120, Youth M=300",
  "waiver, guardian,balance",
  "6:30",
  NULL,
};

static void
check_desk (const ConcSettings *settings)
{
  g_autoptr (GPtrArray) shirts = conc_settings_dup_shirts (settings);

  for (guint i = 0; i < shirts->len; i++)
    g_assert_true (*((ConcShirtStock *) g_ptr_array_index (shirts, i))->size != '\0');
  g_assert_cmpint (conc_settings_get_fee_cents (settings), >=, 0);
  g_assert_cmpint (conc_settings_get_adult_age (settings), >=, 0);
  g_assert_cmpint (conc_settings_get_needs (settings), <=,
                   CONC_NEEDS_WAIVER | CONC_NEEDS_GUARDIAN | CONC_NEEDS_BALANCE);
}

static void
read_setting (ConcSetting setting, const char *text)
{
  g_autoptr (ConcSettings) settings = conc_settings_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *value = conc_setting_normalise (setting, text, &error);
  g_autofree char *again = NULL;
  g_auto (ConcRules) rules = { 0 };

  if (value == NULL)
    {
      fuzz_check_error (error);
      return;
    }
  fuzz_n_read++;
  again = conc_setting_normalise (setting, value, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again, ==, value);
  conc_settings_set (settings, setting, value);
  conc_settings_get_rules (settings, &rules);
  check_desk (settings);
}

static void
check_shares (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = conc_beneficiaries_parse (text, &error);
  guint sum = 0;

  if (list == NULL)
    return;
  for (guint i = 0; i < list->len; i++)
    sum += ((ConcBeneficiary *) g_ptr_array_index (list, i))->percent;
  g_assert_cmpuint (sum, ==, 100);
}

static void
read_money (const char *text)
{
  g_autoptr (GError) error = NULL;
  gint64 cents, again;

  if (conc_money_parse (text, &cents, &error))
    {
      g_autofree char *decimal = conc_money_to_decimal (cents);

      g_assert_cmpint (cents, >=, 0);
      g_assert_cmpint (cents, <=, CONC_MONEY_MAX_CENTS);
      g_assert_true (conc_money_parse (decimal, &again, NULL));
      g_assert_cmpint (again, ==, cents);
    }
  else
    fuzz_check_error (error);
  conc_money_parse_export (text, &cents, NULL);
}

static void
read_bibs (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcBibRange) range = conc_bib_range_parse (text, &error);

  if (range == NULL)
    {
      fuzz_check_error (error);
      return;
    }
  g_assert_false (conc_bib_range_contains (range, 0));
  g_assert_false (conc_bib_range_contains (range, CONC_BIB_MAX + 1));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  /* The command line takes no other text. */
  g_autofree char *bytes = g_strndup ((const char *) data, size);
  g_autofree char *text = g_utf8_make_valid (bytes, -1);

  for (ConcSetting setting = 0; setting < CONC_N_SETTINGS; setting++)
    read_setting (setting, text);
  check_shares (text);
  read_money (text);
  read_bibs (text);
  return 0;
}
