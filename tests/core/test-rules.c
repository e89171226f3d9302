/* test-rules.c: the rules of scoring as text. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/error.h"
#include "core/rules.h"

#include <locale.h>

static void
test_defaults (void)
{
  static const char *const rows[][2] = {
    { "laps", "1" },
    { "min_lap", "20" },
    { "rank_by", "gun" },
    { "places", "distinct" },
    { "rounding", "second" },
    { "distance", "0" },
    { "divisions", "10-year" },
  };
  g_auto (ConcRules) rules;

  conc_rules_init (&rules);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = conc_rules_dup_text (&rules, rows[i][0]);

      g_assert_cmpstr (text, ==, rows[i][1]);
    }
}

static void
test_every_key_reads_back (void)
{
  g_auto (ConcRules) rules;

  conc_rules_init (&rules);
  for (const char *const *key = conc_rules_get_keys (); *key != NULL; key++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = conc_rules_dup_text (&rules, *key);

      g_assert_nonnull (text);
      g_assert_true (conc_rules_set (&rules, *key, text, &error));
      g_assert_no_error (error);
    }
  g_assert_null (conc_rules_dup_text (&rules, "colour"));
}

static void
test_set (void)
{
  static const char *const rows[][3] = {
    { "laps", "100", "100" },
    { "laps", " 3 ", "3" },
    { "event_laps", "", "" },
    { "event_laps", " 5K = 3 ,1 mile=1,", "5K=3, 1 mile=1" },
    { "event_laps", "a=b=100", "a=b=100" },
    { "min_lap", "0", "0" },
    { "min_lap", "20.5", "20.5" },
    { "min_lap", "20 s", "20" },
    { "min_lap", "20s", "20" },
    { "min_lap", "1:30", "90" },
    { "min_lap", "86400", "86400" },
    { "rank_by", "net", "net" },
    { "rank_by", "GUN", "gun" },
    { "places", "shared", "shared" },
    { "rounding", "tenth", "tenth" },
    { "rounding", "hundredth", "hundredth" },
    { "rounding", "exact", "exact" },
    { "distance", "5000", "5000" },
    { "distance", "42195.5", "42195.5" },
    { "distance", "0.001", "0.001" },
    { "distance", "5 km", "5000" },
    { "distance", "5K", "5000" },
    { "distance", "21.0975 km", "21097.5" },
    { "distance", "10 mi", "16093.44" },
    { "distance", "13.1mi", "21082.406" },
    { "distance", "5000 m", "5000" },
    { "distance", "", "0" },
    { "divisions", "5-year", "5-year" },
    { "divisions", "0-19, 20+", "0-19,20+" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (ConcRules) rules;
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;

      conc_rules_init (&rules);
      conc_rules_set (&rules, rows[i][0], rows[i][1], &error);
      g_assert_no_error (error);
      text = conc_rules_dup_text (&rules, rows[i][0]);
      g_assert_cmpstr (text, ==, rows[i][2]);
    }
}

static void
test_refused_and_unchanged (void)
{
  static const char *const rows[][2] = {
    { "laps", "0" },
    { "laps", "101" },
    { "laps", "1.5" },
    { "laps", "" },
    { "laps", "-1" },
    { "laps", "one" },
    { "event_laps", "5K" },
    { "event_laps", "5K=" },
    { "event_laps", "=3" },
    { "event_laps", "5K=0" },
    { "event_laps", "5K=101" },
    { "event_laps", "5K=3, 5k=2" },
    { "event_laps", "5K=1.5" },
    { "event_laps", "5K=\xff" },
    { "min_lap", "-1" },
    { "min_lap", "1:3" },
    { "min_lap", "86401" },
    { "min_lap", "" },
    { "min_lap", "20 min" },
    { "rank_by", "chip" },
    { "places", "" },
    { "rounding", "down" },
    { "distance", "1000001" },
    { "distance", "5." },
    { "distance", "-5" },
    { "distance", "5 furlongs" },
    { "distance", "5,5" },
    { "divisions", "" },
    { "divisions", "0-19,30+" },
    { "colour", "red" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (ConcRules) rules;
      g_autoptr (GError) error = NULL;
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;

      conc_rules_init (&rules);
      before = conc_rules_dup_text (&rules, rows[i][0]);
      g_assert_false (conc_rules_set (&rules, rows[i][0], rows[i][1], &error));
      g_assert_nonnull (error);
      g_assert_true (error->domain == CONC_CORE_ERROR);
      after = conc_rules_dup_text (&rules, rows[i][0]);
      g_assert_cmpstr (before, ==, after);
    }
}

static void
test_copy_stands_alone (void)
{
  g_auto (ConcRules) rules;
  g_auto (ConcRules) copy;

  conc_rules_init (&rules);
  conc_rules_copy (&rules, &copy);
  conc_rules_set (&rules, "divisions", "none", NULL);
  g_assert_cmpstr (conc_divisions_get_text (copy.divisions), ==, "10-year");
}

static void
test_laps_of_an_event (void)
{
  g_auto (ConcRules) rules;
  g_auto (ConcRules) copy;
  g_autoptr (GString) many = g_string_new (NULL);

  conc_rules_init (&rules);
  g_assert_cmpuint (conc_rules_get_laps (&rules, "5K"), ==, 1);
  g_assert_cmpuint (conc_rules_get_most_laps (&rules), ==, 1);
  g_assert_true (conc_rules_set (&rules, "laps", "2", NULL));
  g_assert_true (conc_rules_set (&rules, "event_laps", "Fun Run=1, Öl-Lauf=7", NULL));
  conc_rules_copy (&rules, &copy);
  g_assert_true (conc_rules_set (&rules, "event_laps", "", NULL));
  g_assert_cmpuint (conc_rules_get_most_laps (&rules), ==, 2);
  g_assert_cmpuint (conc_rules_get_laps (&copy, " fun run "), ==, 1);
  g_assert_cmpuint (conc_rules_get_laps (&copy, "ÖL-LAUF"), ==, 7);
  g_assert_cmpuint (conc_rules_get_laps (&copy, "Walk"), ==, 2);
  g_assert_cmpuint (conc_rules_get_laps (&copy, NULL), ==, 2);
  g_assert_cmpuint (conc_rules_get_most_laps (&copy), ==, 7);
  for (int i = 0; i < 41; i++)
    g_string_append_printf (many, "Event %d=2,", i);
  g_assert_false (conc_rules_set (&rules, "event_laps", many->str, NULL));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/defaults", test_defaults);
  g_test_add_func ("/rules/every key reads back", test_every_key_reads_back);
  g_test_add_func ("/rules/set", test_set);
  g_test_add_func ("/rules/refused and unchanged", test_refused_and_unchanged);
  g_test_add_func ("/rules/a copy stands alone", test_copy_stands_alone);
  return g_test_run ();
  g_test_add_func ("/rules/an event has laps of its own", test_laps_of_an_event);
}
