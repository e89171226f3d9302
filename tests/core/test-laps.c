/* test-laps.c: which crossings count, for races of one and of several laps. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/laps.h"
#include "core/race-time.h"

#include <locale.h>
#include <string.h>

#define USEC G_GINT64_CONSTANT (1000000)
#define GUN (1512835200 * USEC)
#define MAX_CROSSINGS 8

/* Crossings are in milliseconds from the gun; uses are one letter each: l lap, F finish,
 * g before the gun, s too soon, x after the finish. */
static const struct
{
  const char *name;
  int         laps;
  gboolean    has_gun;
  int         at_ms[MAX_CROSSINGS];
  const char *uses;
} rows[] = {
  { "no crossing", 1, TRUE, { 0 }, "" },
  { "one lap", 1, TRUE, { 1660000 }, "F" },
  { "an extra crossing", 1, TRUE, { 1660000, 1661000, 1700000 }, "Fxx" },
  { "before the gun", 1, TRUE, { -5000, 1660000 }, "gF" },
  { "only before the gun", 1, TRUE, { -5000, -1 }, "gg" },
  { "at the gun", 1, TRUE, { 0 }, "F" },
  { "one lap has no shortest lap", 1, TRUE, { 1000 }, "F" },
  { "no gun known", 1, FALSE, { -5000, 1660000 }, "Fx" },
  { "three laps", 3, TRUE, { 500000, 1000000, 1500000 }, "llF" },
  { "two of three laps", 3, TRUE, { 500000, 1000000 }, "ll" },
  { "taken twice", 3, TRUE, { 500000, 501000, 1000000, 1500000 }, "lslF" },
  { "exactly the shortest lap", 2, TRUE, { 500000, 520000 }, "lF" },
  { "just under the shortest lap", 2, TRUE, { 500000, 519999 }, "ls" },
  { "over the line at the start", 2, TRUE, { 3000, 500000, 1000000 }, "slF" },
  { "laps without a gun", 2, FALSE, { 3000, 500000, 1000000 }, "lFx" },
  { "soon after the finish", 2, TRUE, { 500000, 1000000, 1001000, 2000000 }, "lFxx" },
  { "too soon does not push back", 2, TRUE, { 500000, 515000, 521000 }, "lsF" },
  { "two at one instant", 2, TRUE, { 500000, 500000, 1000000 }, "lsF" },
  { "over midnight", 2, TRUE, { 50400000, 51000000 }, "lF" },
};

static void
test_count (gconstpointer data)
{
  guint            i = GPOINTER_TO_UINT (data);
  guint            count = (guint) strlen (rows[i].uses);
  ConcCrossing     crossings[MAX_CROSSINGS] = { 0 };
  ConcCrossingUse  uses[MAX_CROSSINGS];
  g_autofree char *expected = g_strdup (rows[i].uses);
  g_auto (ConcRules) rules;
  gint64   gun = rows[i].has_gun ? GUN : CONC_NO_TIME;
  guint    done = 0, ignored = 0;
  ConcLaps laps;

  conc_rules_init (&rules);
  for (guint c = 0; c < count; c++)
    crossings[c].at_usec = GUN + rows[i].at_ms[c] * G_GINT64_CONSTANT (1000);
  laps = conc_laps_count (crossings, count, gun, (guint) rows[i].laps, &rules, uses);
  for (guint c = 0; c < count; c++)
    {
      g_assert_cmpint ("lFgsx"[uses[c]], ==, expected[c]);
      g_assert_nonnull (conc_crossing_use_to_text (uses[c]));
      if (uses[c] < CONC_CROSSING_FIRST_IGNORED)
        done++;
      else
        ignored++;
      if (uses[c] == CONC_CROSSING_FINISH)
        g_assert_cmpuint (laps.finish, ==, c);
    }
  g_assert_cmpuint (laps.laps_done, ==, done);
  g_assert_cmpuint (laps.ignored_count, ==, ignored);
  if (strchr (expected, 'F') == NULL)
    g_assert_cmpuint (laps.finish, ==, CONC_NO_CROSSING);
  laps = conc_laps_count (crossings, count, gun, (guint) rows[i].laps, &rules, NULL);
  g_assert_cmpuint (laps.laps_done, ==, done);
}

static void
test_order_at_the_line_is_total (void)
{
  static const ConcCrossing sorted[] = {
    { 1, 9, { "b", 2 } }, { 2, 1, { "z", 9 } }, { 2, 2, { "a", 9 } },
    { 2, 2, { "b", 1 } }, { 2, 2, { "b", 3 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sorted); i++)
    for (guint j = 0; j < G_N_ELEMENTS (sorted); j++)
      {
        int by_index = i < j ? -1 : i > j;

        g_assert_cmpint (CLAMP (conc_crossing_compare (&sorted[i], &sorted[j]), -1, 1), ==,
                         by_index);
      }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/laps/the order at the line is total", test_order_at_the_line_is_total);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/laps/", rows[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_count);
    }
  return g_test_run ();
}
