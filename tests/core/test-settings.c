/* test-settings.c: the settings of the desk. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/settings.h"

#include "core/error.h"

#include <locale.h>
#include <string.h>

static void
test_normalised (void)
{
  static const struct
  {
    ConcSetting setting;
    const char *text;
    const char *wanted; /* NULL: refused */
  } vectors[] = {
    { CONC_SETTING_SHIRTS, "", "" },
    { CONC_SETTING_SHIRTS, "S=120, M=300", "S=120, M=300" },
    { CONC_SETTING_SHIRTS, " S = 1,,Youth M=0 ,", "S=1, Youth M=0" },
    { CONC_SETTING_SHIRTS, "S", NULL },
    { CONC_SETTING_SHIRTS, "=5", NULL },
    { CONC_SETTING_SHIRTS, "S=-1", NULL },
    { CONC_SETTING_SHIRTS, "S=1.5", NULL },
    { CONC_SETTING_SHIRTS, "S=100001", NULL },
    { CONC_SETTING_SHIRTS, "S=1,s=2", NULL },
    { CONC_SETTING_FEE, "35", "35.00" },
    { CONC_SETTING_FEE, "0", "0" },
    { CONC_SETTING_FEE, "free", NULL },
    { CONC_SETTING_WAIVER, "  I run.\n", "I run." },
    { CONC_SETTING_WAIVER, "\xff", NULL },
    { CONC_SETTING_CHECK_IN_NEEDS, "", "" },
    { CONC_SETTING_CHECK_IN_NEEDS, "balance, Waiver", "waiver,balance" },
    { CONC_SETTING_CHECK_IN_NEEDS, "guardian,guardian", "guardian" },
    { CONC_SETTING_CHECK_IN_NEEDS, "shoes", NULL },
    { CONC_SETTING_CHECK_IN_OPENS, "6:30", "06:30" },
    { CONC_SETTING_CHECK_IN_OPENS, "", "" },
    { CONC_SETTING_CHECK_IN_CLOSES, "23:59", "23:59" },
    { CONC_SETTING_CHECK_IN_CLOSES, "24:00", NULL },
    { CONC_SETTING_CHECK_IN_CLOSES, "6:60", NULL },
    { CONC_SETTING_CHECK_IN_CLOSES, "6", NULL },
    { CONC_SETTING_CHECK_IN_CLOSES, "6:30 pm", NULL },
    { CONC_SETTING_ADULT_AGE, "18", "18" },
    { CONC_SETTING_ADULT_AGE, "0", "0" },
    { CONC_SETTING_ADULT_AGE, "100", NULL },
    { CONC_SETTING_ADULT_AGE, "-1", NULL },
    { CONC_SETTING_ADULT_AGE, "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *value = conc_setting_normalise (vectors[i].setting, vectors[i].text, &error);

      g_test_message ("%s: %s", conc_setting_get_key (vectors[i].setting), vectors[i].text);
      g_assert_cmpstr (value, ==, vectors[i].wanted);
      if (vectors[i].wanted == NULL)
        g_assert_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_INVALID);
    }
}

/* What a race has that nobody set anything for. */
static void
test_defaults (void)
{
  g_autoptr (ConcSettings) settings = conc_settings_new ();
  g_autoptr (GPtrArray) shirts = conc_settings_dup_shirts (settings);

  g_assert_cmpuint (shirts->len, ==, 0);
  g_assert_cmpint (conc_settings_get_fee_cents (settings), ==, 0);
  g_assert_cmpint (conc_settings_get_adult_age (settings), ==, 18);
  g_assert_cmpint (conc_settings_get_needs (settings), ==, CONC_NEEDS_WAIVER | CONC_NEEDS_GUARDIAN);
  g_assert_cmpuint (strlen (conc_settings_get (settings, CONC_SETTING_WAIVER)), >, 100);
  for (ConcSetting setting = 0; setting < CONC_N_SETTINGS; setting++)
    g_assert_cmpint (conc_setting_from_key (conc_setting_get_key (setting)), ==, setting);
}

static void
test_values (void)
{
  g_autoptr (ConcSettings) settings = conc_settings_new ();
  g_autoptr (GPtrArray) shirts = NULL;

  conc_settings_set (settings, CONC_SETTING_SHIRTS, "S=120, Youth M=3");
  conc_settings_set (settings, CONC_SETTING_FEE, "35.00");
  conc_settings_set (settings, CONC_SETTING_CHECK_IN_NEEDS, "");
  conc_settings_set (settings, CONC_SETTING_ADULT_AGE, "16");
  shirts = conc_settings_dup_shirts (settings);
  g_assert_cmpuint (shirts->len, ==, 2);
  g_assert_cmpstr (((ConcShirtStock *) g_ptr_array_index (shirts, 1))->size, ==, "Youth M");
  g_assert_cmpuint (((ConcShirtStock *) g_ptr_array_index (shirts, 1))->count, ==, 3);
  g_assert_cmpint (conc_settings_get_fee_cents (settings), ==, 3500);
  g_assert_cmpint (conc_settings_get_needs (settings), ==, 0);
  g_assert_cmpint (conc_settings_get_adult_age (settings), ==, 16);
  /* Written by a newer version, perhaps. */
  conc_settings_set (settings, CONC_SETTING_CHECK_IN_NEEDS, "shoes");
  g_assert_cmpint (conc_settings_get_needs (settings), ==, CONC_NEEDS_WAIVER | CONC_NEEDS_GUARDIAN);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/settings/are kept in one form", test_normalised);
  g_test_add_func ("/settings/defaults", test_defaults);
  g_test_add_func ("/settings/values", test_values);
  return g_test_run ();
}
