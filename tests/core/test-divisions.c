/* test-divisions.c: tables of ages, read, refused and looked up. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/divisions.h"
#include "core/error.h"

#include <locale.h>
#include <string.h>

static void
test_lookup (void)
{
  static const struct
  {
    const char *table;
    ConcSex     sex;
    int         age;
    const char *name;
  } rows[] = {
    { "10-year", CONC_SEX_FEMALE, 30, "F30-39" },
    { "10-year", CONC_SEX_FEMALE, 39, "F30-39" },
    { "10-year", CONC_SEX_FEMALE, 40, "F40-49" },
    { "10-year", CONC_SEX_MALE, 70, "M70+" },
    { "10-year", CONC_SEX_MALE, 104, "M70+" },
    { "10-year", CONC_SEX_NONBINARY, 25, "X20-29" },
    { "10-year", CONC_SEX_FEMALE, 0, "F0-19" },
    { "10-year", CONC_SEX_FEMALE, 19, "F0-19" },
    { "10-year", CONC_SEX_FEMALE, -1, NULL },
    { "10-year", CONC_SEX_FEMALE, 151, NULL },
    { "10-year", CONC_SEX_FEMALE, G_MAXINT, NULL },
    { "10-year", CONC_SEX_UNKNOWN, 30, NULL },
    { "10-year", (ConcSex) 17, 30, NULL },
    { "5-year", CONC_SEX_MALE, 19, "M0-19" },
    { "5-year", CONC_SEX_MALE, 20, "M20-24" },
    { "5-year", CONC_SEX_MALE, 69, "M65-69" },
    { "5-year", CONC_SEX_MALE, 150, "M70+" },
    { "18-39,40-44,45+", CONC_SEX_MALE, 17, NULL },
    { "18-39,40-44,45+", CONC_SEX_MALE, 18, "M18-39" },
    { "0-9,10-17", CONC_SEX_MALE, 18, NULL },
    { "none", CONC_SEX_MALE, 18, NULL },
    { "0+", CONC_SEX_MALE, 18, "M0+" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ConcDivisions) divisions = conc_divisions_parse (rows[i].table, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (conc_divisions_lookup (divisions, rows[i].sex, rows[i].age), ==,
                       rows[i].name);
    }
}

static void
test_text_is_canonical (void)
{
  static const char *const rows[][2] = {
    { "10-year", "10-year" },
    { "10-YEAR", "10-year" },
    { "0-19,20-29,30-39,40-49,50-59,60-69,70+", "10-year" },
    { " 40+ ; 0 – 19, 20-39 ", "0-19,20-39,40+" },
    { "none", "none" },
    { "007-9,10-10", "7-9,10-10" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (ConcDivisions) divisions = conc_divisions_parse (rows[i][0], NULL);
      g_autoptr (ConcDivisions) again =
          conc_divisions_parse (conc_divisions_get_text (divisions), NULL);

      g_assert_cmpstr (conc_divisions_get_text (divisions), ==, rows[i][1]);
      g_assert_cmpstr (conc_divisions_get_text (again), ==, rows[i][1]);
    }
}

static void
test_refused (void)
{
  /* What the sentence must name, so that the table can be mended. */
  static const char *const rows[][2] = {
    { "", "5-year" },
    { "20-29,", "“”" },
    { "0-19,30-39", "ages 20 to 29" },
    { "0-19,21-39", "age 20" },
    { "0-19,19-39", "age 19" },
    { "20-29,0-24", "ages 20 to 24" },
    { "0+,20-29", "ages 20 to 29" },
    { "20-29,20-29", "ages 20 to 29" },
    { "29-20", "29-20" },
    { "20-151", "20-151" },
    { "151+", "151+" },
    { "twenty", "twenty" },
    { "20", "20" },
    { "-20", "-20" },
    { "1000-1001", "1000-1001" },
    { "20+30", "20+30" },
    { "\xff", "\xef\xbf\xbd" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (conc_divisions_parse (rows[i][0], &error));
      g_assert_nonnull (error);
      g_assert_true (error->domain == CONC_CORE_ERROR);
      g_assert_nonnull (strstr (error->message, rows[i][1]));
    }
}

static void
test_too_many_groups (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = g_string_new ("0-0");

  for (int age = 1; age <= 60; age++)
    g_string_append_printf (text, ",%d-%d", age, age);
  g_assert_null (conc_divisions_parse (text->str, &error));
  g_assert_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_LIMIT);
}

static void
test_numbers_follow_sex_and_age (void)
{
  g_autoptr (ConcDivisions) divisions = conc_divisions_parse ("0-39,40+", NULL);
  static const char *const names[] = { "F0-39", "F40+", "M0-39", "M40+", "X0-39", "X40+" };

  g_assert_cmpuint (conc_divisions_get_count (divisions), ==, G_N_ELEMENTS (names));
  for (int i = 0; i < (int) G_N_ELEMENTS (names); i++)
    g_assert_cmpstr (conc_divisions_get_name (divisions, i), ==, names[i]);
  g_assert_null (conc_divisions_get_name (divisions, CONC_DIVISION_NONE));
  g_assert_null (conc_divisions_get_name (divisions, G_N_ELEMENTS (names)));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/divisions/lookup", test_lookup);
  g_test_add_func ("/divisions/text is canonical", test_text_is_canonical);
  g_test_add_func ("/divisions/refused", test_refused);
  g_test_add_func ("/divisions/too many groups", test_too_many_groups);
  g_test_add_func ("/divisions/numbers follow sex and age", test_numbers_follow_sex_and_age);
  return g_test_run ();
}
