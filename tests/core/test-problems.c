/* test-problems.c: what a person must look at before the results can be trusted. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/problems.h"
#include "core/race-time.h"
#include "core/world-best.h"

#include <locale.h>
#include <string.h>

#define SECOND ((gint64) G_USEC_PER_SEC)
#define MINUTE (60 * SECOND)
#define GUN (G_GINT64_CONSTANT (1512835200) * SECOND) /* 16:00 UTC */

typedef struct
{
  ConcRaceProblemInput input;
  GPtrArray           *problems;
  guint                n_facts;
} Race;

static void
race_init (Race *race, int laps)
{
  g_auto (ConcRules) rules = { 0 };

  conc_rules_init (&rules);
  rules.laps = laps;
  rules.min_lap_usec = MINUTE;
  rules.distance_mm = 5000000;
  *race = (Race){ 0 };
  race->input.board = conc_scoreboard_new (&rules);
  race->input.runners = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                               (GDestroyNotify) conc_race_problem_runner_free);
  race->input.taps = g_array_new (FALSE, FALSE, sizeof (ConcRaceProblemTime));
  race->input.chute = g_array_new (FALSE, FALSE, sizeof (ConcRaceProblemTime));
  race->input.guns = g_array_new (FALSE, FALSE, sizeof (ConcRaceProblemGun));
  race->input.zone = g_time_zone_new_utc ();
  conc_scoreboard_set_start (race->input.board, "", GUN);
}

static void
race_clear (Race *race)
{
  conc_scoreboard_free (race->input.board);
  g_hash_table_unref (race->input.runners);
  g_array_unref (race->input.taps);
  g_array_unref (race->input.chute);
  g_array_unref (race->input.guns);
  g_time_zone_unref (race->input.zone);
  g_clear_pointer (&race->problems, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Race, race_clear)

static ConcRaceProblemRunner *
know (Race *race, guint bib, const char *name)
{
  ConcRaceProblemRunner *runner = g_new0 (ConcRaceProblemRunner, 1);

  runner->name = g_strdup (name);
  runner->event = g_strdup ("5K");
  runner->is_checked_in = TRUE;
  g_hash_table_insert (race->input.runners, g_strdup_printf ("r%u", bib), runner);
  return runner;
}

/* Times are from the gun of the race, and end with 0. */
static void
cross_in (Race *race, ConcEntrant entrant, const gint64 *usecs)
{
  ConcCrossing     crossings[8] = { 0 };
  g_autofree char *key = g_strdup_printf ("r%u", entrant.bib);

  for (; usecs[entrant.crossing_count] != 0; entrant.crossing_count++)
    {
      ConcCrossing *crossing = &crossings[entrant.crossing_count];

      crossing->at_usec = GUN + usecs[entrant.crossing_count];
      strcpy (crossing->fact.station, "aaaaaaaaaa");
      crossing->fact.seq = ++race->n_facts;
    }
  if (entrant.key == NULL)
    entrant.key = key;
  if (entrant.sex == CONC_SEX_UNKNOWN)
    entrant.sex = CONC_SEX_FEMALE;
  if (entrant.age == 0)
    entrant.age = 30;
  if (entrant.own_start_usec == 0)
    entrant.own_start_usec = CONC_NO_TIME;
  entrant.crossings = crossings;
  conc_scoreboard_put (race->input.board, &entrant);
}

#define CROSS(where, number, ...)                                                                  \
  cross_in (where, (ConcEntrant){ .bib = (number) }, (const gint64[]){ __VA_ARGS__, 0 })

static void
find (Race *race)
{
  g_clear_pointer (&race->problems, g_ptr_array_unref);
  race->problems = conc_race_problems_find (&race->input);
}

static const ConcRaceProblem *
at (Race *race, guint n)
{
  g_assert_cmpuint (race->problems->len, >, n);
  return g_ptr_array_index (race->problems, n);
}

/* That the only problem is of @kind, about @bib, and says @sentence. */
static void
assert_only (Race *race, const char *kind, guint bib, const char *sentence)
{
  find (race);
  for (guint i = 1; i < race->problems->len; i++)
    g_test_message ("also: %s", at (race, i)->sentence);
  g_assert_cmpuint (race->problems->len, ==, 1);
  g_assert_cmpstr (conc_race_problem_kind_to_text (at (race, 0)->kind), ==, kind);
  g_assert_cmpuint (at (race, 0)->bib, ==, bib);
  g_assert_cmpstr (at (race, 0)->sentence, ==, sentence);
  g_assert_nonnull (at (race, 0)->advice);
}

static void
test_clean (void)
{
  g_auto (Race) race = { 0 };

  race_init (&race, 1);
  find (&race);
  g_assert_cmpuint (race.problems->len, ==, 0);
  know (&race, 11, "Ada Ash");
  CROSS (&race, 11, 20 * MINUTE);
  find (&race);
  g_assert_cmpuint (race.problems->len, ==, 0);
}

static void
test_taps_and_chute (void)
{
  g_auto (Race) race = { 0 };
  ConcRaceProblemTime tap = { "aaaaaaaaaa-9", GUN + 20 * MINUTE + 310000, 0, "key" };
  ConcRaceProblemTime bib = { "caaaaaaaaaa-10", GUN + 21 * MINUTE, 17, "key" };
  ConcRaceProblemTime unread = { "caaaaaaaaaa-11", GUN + 22 * MINUTE, 0, "key" };

  race_init (&race, 1);
  g_array_append_val (race.input.taps, tap);
  assert_only (&race, "no-bib", 0, "Somebody crossed the line at 16:20:00.31, and has no bib yet.");
  g_assert_cmpstr (at (&race, 0)->fact, ==, "aaaaaaaaaa-9");
  g_array_set_size (race.input.taps, 0);
  g_array_append_val (race.input.chute, bib);
  assert_only (&race, "no-time", 17,
               "Bib 17 came through the chute at 16:21:00.00, and there is no tap for it.");
  g_array_set_size (race.input.chute, 0);
  g_array_append_val (race.input.chute, unread);
  assert_only (&race, "no-time", 0,
               "A bib that was not read came through the chute at 16:22:00.00, and there is no tap "
               "for it.");
}

static void
test_unknown_bib (void)
{
  g_auto (Race) race = { 0 };

  race_init (&race, 1);
  cross_in (&race, (ConcEntrant){ .key = "bib:999", .bib = 999 },
            (const gint64[]){ 20 * MINUTE, 0 });
  assert_only (
      &race, "unknown-bib", 999,
      "Bib 999 crossed the line at 16:20:00.00, and nobody is registered for it. It is kept "
      "and listed.");
}

static void
test_two_places (void)
{
  g_auto (Race) race = { 0 };

  race_init (&race, 1);
  know (&race, 11, "Ada Ash");
  CROSS (&race, 11, 20 * MINUTE, 23 * MINUTE + 500000);
  assert_only (
      &race, "two-places", 11,
      "Bib 11 (Ada Ash) finished at 16:20:00.00 and crossed the line again at 16:23:00.50, "
      "3:00.50 later. Only the first counts.");
  g_assert_cmpstr (at (&race, 0)->fact, ==, "aaaaaaaaaa-2");
}

static void
test_too_fast (void)
{
  static const struct
  {
    gint64   usec;
    ConcSex  sex;
    gboolean is_too_fast;
  } cases[] = {
    { 12 * MINUTE + 35 * SECOND + 350000, CONC_SEX_MALE, TRUE },
    { 12 * MINUTE + 35 * SECOND + 360000, CONC_SEX_MALE, FALSE },
    { 12 * MINUTE + 36 * SECOND, CONC_SEX_NONBINARY, FALSE },
    { 13 * MINUTE, CONC_SEX_FEMALE, TRUE },
    { 13 * MINUTE + 58 * SECOND + 60000, CONC_SEX_FEMALE, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Race) race = { 0 };

      race_init (&race, 1);
      know (&race, 11, "Ada Ash");
      cross_in (&race, (ConcEntrant){ .bib = 11, .sex = cases[i].sex },
                (const gint64[]){ cases[i].usec, 0 });
      find (&race);
      g_assert_cmpint (race.problems->len > 0, ==, cases[i].is_too_fast);
    }
}

/* What a penalty adds does not make a time possible; an own start can make it impossible. */
static void
test_too_fast_by_net (void)
{
  g_auto (Race) race = { 0 };

  race_init (&race, 1);
  know (&race, 11, "Ada Ash");
  cross_in (&race,
            (ConcEntrant){ .bib = 11, .own_start_usec = GUN + 8 * MINUTE, .penalty_usec = MINUTE },
            (const gint64[]){ 20 * MINUTE, 0 });
  assert_only (&race, "too-fast", 11,
               "Bib 11 (Ada Ash) finished in 12:00.00, and nobody has ever run this distance below "
               "13:58.06.");
}

static void
test_never_started (void)
{
  g_auto (Race) race = { 0 };
  ConcRaceProblemRunner *runner;

  race_init (&race, 1);
  for (guint bib = 11; bib < 14; bib++)
    {
      runner = know (&race, bib, "Ada Ash");
      CROSS (&race, bib, (20 + bib) * MINUTE);
    }
  runner->is_checked_in = FALSE;
  assert_only (&race, "never-started", 13,
               "Bib 13 (Ada Ash) crossed the line at 16:33:00.00, and never checked in.");
  runner->is_no_show = TRUE;
  assert_only (
      &race, "never-started", 13,
      "Bib 13 (Ada Ash) crossed the line at 16:33:00.00, and is marked as one who does not "
      "come.");
  cross_in (&race, (ConcEntrant){ .bib = 13, .status = CONC_ENTRANT_DNS },
            (const gint64[]){ 30 * MINUTE, 0 });
  assert_only (
      &race, "never-started", 13,
      "Bib 13 (Ada Ash) crossed the line at 16:30:00.00, and is ruled not to have started.");
}

/* Where nobody is checked in, that says nothing of anybody. */
static void
test_race_without_check_in (void)
{
  g_auto (Race) race = { 0 };

  race_init (&race, 1);
  for (guint bib = 11; bib < 14; bib++)
    {
      know (&race, bib, "Ada Ash")->is_checked_in = bib == 11;
      CROSS (&race, bib, (20 + bib) * MINUTE);
    }
  find (&race);
  g_assert_cmpuint (race.problems->len, ==, 0);
}

static void
test_rulings (void)
{
  g_auto (Race) race = { 0 };

  race_init (&race, 1);
  know (&race, 11, "Ada Ash");
  cross_in (&race, (ConcEntrant){ .bib = 11, .status = CONC_ENTRANT_DQ },
            (const gint64[]){ 30 * MINUTE, 0 });
  find (&race);
  g_assert_cmpuint (race.problems->len, ==, 0);
  cross_in (&race, (ConcEntrant){ .bib = 11, .status = CONC_ENTRANT_DNF },
            (const gint64[]){ 30 * MINUTE, 0 });
  assert_only (&race, "ruled-out", 11,
               "Bib 11 (Ada Ash) finished at 16:30:00.00, and is ruled not to have finished.");
}

static void
test_before_gun (void)
{
  g_auto (Race) race = { 0 };

  race_init (&race, 1);
  know (&race, 11, "Ada Ash");
  CROSS (&race, 11, -10 * SECOND);
  assert_only (
      &race, "before-gun", 11,
      "Bib 11 (Ada Ash) crossed the line at 15:59:50.00, which is 0:10.00 before the gun of "
      "the wave, and has no other crossing.");
  CROSS (&race, 11, -10 * SECOND, 20 * MINUTE);
  find (&race);
  g_assert_cmpuint (race.problems->len, ==, 0);
}

static void
test_laps (void)
{
  g_auto (Race) race = { 0 };

  race_init (&race, 5);
  know (&race, 11, "Ada Ash");
  CROSS (&race, 11, 6 * MINUTE, 12 * MINUTE, 18 * MINUTE);
  find (&race);
  g_assert_cmpuint (race.problems->len, ==, 0);
  CROSS (&race, 11, 6 * MINUTE, 12 * MINUTE, 24 * MINUTE);
  assert_only (
      &race, "missed-lap", 11,
      "Bib 11 (Ada Ash) crossed the line at 16:24:00.00 after a lap of 12:00.00; the usual "
      "lap of this runner is 6:00.00, so a crossing may be missing in between.");
  CROSS (&race, 11, 6 * MINUTE, 8 * MINUTE, 14 * MINUTE);
  assert_only (
      &race, "short-lap", 11,
      "Bib 11 (Ada Ash) crossed the line at 16:08:00.00 after a lap of 2:00.00; the usual lap "
      "of this runner is 6:00.00.");
}

static void
put_wave (Race *race, const char *wave, guint first_bib, guint n, gint64 first_usec)
{
  for (guint i = 0; i < n; i++)
    {
      know (race, first_bib + i, "Somebody");
      cross_in (race, (ConcEntrant){ .bib = first_bib + i, .wave = wave },
                (const gint64[]){ first_usec + i * MINUTE, 0 });
    }
}

static void
test_wave_start (void)
{
  g_auto (Race) race = { 0 };

  race_init (&race, 1);
  put_wave (&race, "A", 100, 9, 25 * MINUTE);
  put_wave (&race, "B", 200, 9, 35 * MINUTE);
  put_wave (&race, "C", 300, 9, 45 * MINUTE);
  conc_scoreboard_set_start (race.input.board, "B", GUN + 10 * MINUTE);
  conc_scoreboard_set_start (race.input.board, "C", GUN + 20 * MINUTE);
  find (&race);
  g_assert_cmpuint (race.problems->len, ==, 0);
  conc_scoreboard_set_start (race.input.board, "C", GUN + 5 * MINUTE);
  assert_only (&race, "wave-start", 0,
               "Wave C started at 16:05:00.00. The middle one of its 9 finishers took 44:00.00, of "
               "the other waves 29:00.00: perhaps the gun is early by about 15:00.00.");
  conc_scoreboard_set_start (race.input.board, "C", GUN + 34 * MINUTE);
  assert_only (
      &race, "wave-start", 0,
      "Wave C started at 16:34:00.00, and 3 of 9 who crossed the line did so before that or "
      "faster than anybody ever ran.");
}

/* Who walks is not compared with who runs. */
static void
test_walkers (void)
{
  g_auto (Race) race = { 0 };

  race_init (&race, 1);
  put_wave (&race, "A", 100, 9, 25 * MINUTE);
  put_wave (&race, "B", 200, 9, 55 * MINUTE);
  for (guint bib = 200; bib < 209; bib++)
    {
      ConcRaceProblemRunner *runner = know (&race, bib, "Somebody");

      g_free (runner->event);
      runner->event = g_strdup ("Walk");
    }
  find (&race);
  g_assert_cmpuint (race.problems->len, ==, 0);
}

static void
test_guns (void)
{
  g_auto (Race) race = { 0 };
  ConcRaceProblemGun close = { "", GUN + SECOND, "Finish 2" };
  ConcRaceProblemGun far = { "", GUN + 2 * SECOND, "Finish 2" };

  race_init (&race, 1);
  g_array_append_val (race.input.guns, close);
  find (&race);
  g_assert_cmpuint (race.problems->len, ==, 0);
  g_array_append_val (race.input.guns, far);
  assert_only (&race, "gun-differs", 0,
               "The race started at 16:00:00.00, but Finish 2 took the gun at 16:00:02.00.");
  g_array_set_size (race.input.guns, 0);
  put_wave (&race, "A", 100, 2, 25 * MINUTE);
  conc_scoreboard_set_start (race.input.board, "", CONC_NO_TIME);
  assert_only (&race, "no-gun", 0, "Wave A has no gun, so 2 finishers have no time.");
}

static void
test_same_time (void)
{
  g_auto (Race) race = { 0 };
  ConcRaceProblemTime a = { "aaaaaaaaaa-1", GUN + 20 * MINUTE + 310000, 11, "key" };
  ConcRaceProblemTime b = { "aaaaaaaaaa-2", GUN + 20 * MINUTE + 319999, 12, "key" };

  race_init (&race, 1);
  g_array_append_val (race.input.taps, a);
  g_array_append_val (race.input.taps, b);
  find (&race);
  g_assert_cmpuint (race.problems->len, ==, 0);
  g_array_index (race.input.taps, ConcRaceProblemTime, 1).source = "reader";
  assert_only (
      &race, "same-time", 12,
      "Bib 11 and bib 12 crossed the line in the same hundredth, at 16:20:00.31, and their "
      "times come from different sources.");
}

static void
test_order (void)
{
  g_auto (Race) race = { 0 };
  ConcRaceProblemTime tap = { "aaaaaaaaaa-9", GUN, 0, "key" };

  race_init (&race, 1);
  g_array_append_val (race.input.taps, tap);
  know (&race, 12, "Bo Birch");
  know (&race, 11, "Ada Ash");
  CROSS (&race, 12, 10 * MINUTE);
  CROSS (&race, 11, 9 * MINUTE);
  find (&race);
  g_assert_cmpuint (race.problems->len, ==, 3);
  g_assert_cmpuint (at (&race, 0)->bib, ==, 11);
  g_assert_cmpuint (at (&race, 1)->bib, ==, 12);
  g_assert_cmpint (at (&race, 2)->kind, ==, CONC_RACE_PROBLEM_NO_BIB);
}

static void
test_kinds (void)
{
  g_autoptr (GHashTable) words = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint kind = 0; kind < CONC_N_RACE_PROBLEMS; kind++)
    {
      g_assert_true (g_hash_table_add (words, (gpointer) conc_race_problem_kind_to_text (kind)));
      g_assert_nonnull (conc_race_problem_kind_get_title (kind));
    }
}

static void
test_world_best (void)
{
  g_assert_cmpint (conc_world_best_usec (0, CONC_SEX_MALE), ==, 0);
  g_assert_cmpint (conc_world_best_usec (99999, CONC_SEX_MALE), ==, 0);
  g_assert_cmpint (conc_world_best_usec (100000, CONC_SEX_FEMALE), ==, 10490000);
  g_assert_cmpint (conc_world_best_usec (1609344, CONC_SEX_UNKNOWN), ==, 223130000);
  g_assert_cmpint (conc_world_best_usec (42195000, CONC_SEX_FEMALE), ==, 7796 * SECOND);
  /* 8 km at the pace of 5 km */
  g_assert_cmpint (conc_world_best_usec (8000000, CONC_SEX_MALE), ==, 1208570000);
  for (gint64 metres = 100; metres < 200000; metres += 77)
    g_assert_cmpint (conc_world_best_usec (metres * 1000, CONC_SEX_MALE), <=,
                     conc_world_best_usec (metres * 1000, CONC_SEX_FEMALE));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/problems/none", test_clean);
  g_test_add_func ("/problems/taps-and-chute", test_taps_and_chute);
  g_test_add_func ("/problems/unknown-bib", test_unknown_bib);
  g_test_add_func ("/problems/two-places", test_two_places);
  g_test_add_func ("/problems/too-fast", test_too_fast);
  g_test_add_func ("/problems/too-fast-by-net", test_too_fast_by_net);
  g_test_add_func ("/problems/never-started", test_never_started);
  g_test_add_func ("/problems/race-without-check-in", test_race_without_check_in);
  g_test_add_func ("/problems/rulings", test_rulings);
  g_test_add_func ("/problems/before-gun", test_before_gun);
  g_test_add_func ("/problems/laps", test_laps);
  g_test_add_func ("/problems/wave-start", test_wave_start);
  g_test_add_func ("/problems/walkers", test_walkers);
  g_test_add_func ("/problems/guns", test_guns);
  g_test_add_func ("/problems/same-time", test_same_time);
  g_test_add_func ("/problems/order", test_order);
  g_test_add_func ("/problems/kinds", test_kinds);
  g_test_add_func ("/world-best", test_world_best);
  return g_test_run ();
}
