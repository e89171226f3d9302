/* test-lap-race.c: what is called out in a race of laps, who comes next, and how guns differ. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/expected-next.h"
#include "core/gun-words.h"
#include "core/lap-call.h"
#include "core/race-time.h"

#include <locale.h>

#define SECOND G_GINT64_CONSTANT (1000000)

static void
test_call (void)
{
  static const struct
  {
    guint             done;
    guint             needed;
    guint             place;
    ConcEntrantStatus status;
    ConcCrossingUse   use;
    const char       *words;
  } rows[] = {
    { 1, 3, 0, CONC_ENTRANT_RUNNING, CONC_CROSSING_LAP, "2 laps to go" },
    { 2, 3, 0, CONC_ENTRANT_RUNNING, CONC_CROSSING_LAP, "last lap" },
    { 3, 3, 3, CONC_ENTRANT_RUNNING, CONC_CROSSING_FINISH, "finished, place 3" },
    { 1, 1, 0, CONC_ENTRANT_RUNNING, CONC_CROSSING_FINISH, "finished" },
    { 1, 3, 0, CONC_ENTRANT_RUNNING, CONC_CROSSING_TOO_SOON, "does not count, 2 laps to go" },
    { 0, 1, 0, CONC_ENTRANT_RUNNING, CONC_CROSSING_BEFORE_GUN, "does not count, last lap" },
    { 3, 3, 3, CONC_ENTRANT_RUNNING, CONC_CROSSING_AFTER_FINISH, "finished already" },
    { 1, 3, 0, CONC_ENTRANT_DQ, CONC_CROSSING_LAP, "out of the race, DQ" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      ConcEntrant      entrant = { .status = rows[i].status };
      ConcResult       result = { .entrant = &entrant,
                                  .place = rows[i].place,
                                  .laps_done = rows[i].done,
                                  .laps_needed = rows[i].needed };
      g_autofree char *words = conc_lap_call_describe (&result, rows[i].use);

      g_assert_cmpstr (words, ==, rows[i].words);
      g_assert_cmpuint (conc_laps_to_go (&result), ==, rows[i].needed - rows[i].done);
    }
}

static void
test_usual_lap (void)
{
  static const gint64 laps[] = { 240, 250, 480, 241 };

  g_assert_cmpint (conc_usual_lap (laps, 0), ==, 0);
  g_assert_cmpint (conc_usual_lap (laps, 1), ==, 240);
  g_assert_cmpint (conc_usual_lap (laps, 2), ==, 245);
  g_assert_cmpint (conc_usual_lap (laps, 3), ==, 250);
  g_assert_cmpint (conc_usual_lap (laps, 4), ==, 245);
}

/* Times in seconds, with 1000 for now. 0 for a lap is none, -1 for the last crossing is no start.
 */
static void
test_rank (void)
{
  static const struct
  {
    const char *name;
    int         bibs[5];
    int         last[5];
    int         lap[5];
    int         order[5];
  } rows[] = {
    { "nobody is on the course", { 0 }, { 0 }, { 0 }, { 0 } },
    { "whoever is due first", { 1, 2, 3 }, { 900, 800, 850 }, { 240, 240, 240 }, { 2, 3, 1 } },
    { "a fast one overtakes", { 1, 2 }, { 880, 900 }, { 260, 200 }, { 2, 1 } },
    { "a little late is still first", { 1, 2 }, { 700, 900 }, { 240, 240 }, { 1, 2 } },
    { "half a lap late is last", { 1, 2, 3 }, { 600, 500, 900 }, { 240, 240, 240 }, { 3, 2, 1 } },
    { "a first lap is as that of others", { 1, 2 }, { 760, 500 }, { 0, 410 }, { 2, 1 } },
    { "no lap at all: by bib", { 3, 1, 2 }, { 600, 600, 600 }, { 0, 0, 0 }, { 1, 2, 3 } },
    { "who has not started is after", { 1, 2 }, { -1, 900 }, { 0, 240 }, { 2, 1 } },
    { "equal times by bib", { 9, 4 }, { 900, 900 }, { 240, 240 }, { 4, 9 } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GArray) runners = g_array_new (FALSE, FALSE, sizeof (ConcExpected));

      g_test_message ("%s", rows[i].name);
      for (guint k = 0; k < 5 && rows[i].bibs[k] > 0; k++)
        {
          ConcExpected runner = { .index = k, .bib = (guint) rows[i].bibs[k] };

          runner.last_usec = rows[i].last[k] < 0 ? CONC_NO_TIME : rows[i].last[k] * SECOND;
          runner.lap_usec = rows[i].lap[k] * SECOND;
          g_array_append_val (runners, runner);
        }
      conc_expected_rank (runners, 1000 * SECOND);
      for (guint k = 0; k < runners->len; k++)
        g_assert_cmpint ((int) g_array_index (runners, ConcExpected, k).bib, ==, rows[i].order[k]);
    }
}

static void
test_due (void)
{
  g_autoptr (GArray) runners = g_array_new (FALSE, FALSE, sizeof (ConcExpected));
  ConcExpected runner = { .last_usec = 600 * SECOND, .lap_usec = 240 * SECOND };

  g_array_append_val (runners, runner);
  conc_expected_rank (runners, 960 * SECOND);
  g_assert_cmpint (g_array_index (runners, ConcExpected, 0).due_usec, ==, 840 * SECOND);
  g_assert_false (g_array_index (runners, ConcExpected, 0).is_overdue);
  conc_expected_rank (runners, 960 * SECOND + 1);
  g_assert_true (g_array_index (runners, ConcExpected, 0).is_overdue);
}

static void
test_guns (void)
{
  static const struct
  {
    gint64      by_usec;
    const char *words;
  } differences[] = {
    { 210000, "0.21 s later" },
    { -210000, "0.21 s sooner" },
    { 0, "at the same time" },
    { 4999, "at the same time" },
    { 5000, "0.01 s later" },
    { 12345678, "12.35 s later" },
    { 65 * SECOND, "1:05 later" },
    { -3600 * SECOND, "1:00:00 sooner" },
    { 60 * SECOND - 1, "60.00 s later" },
  };
  static const struct
  {
    guint       times;
    guint       places;
    const char *words;
  } changes[] = {
    { 0, 0, "No result changes." },
    { 1, 0, "The time of 1 finisher changes, and no place does." },
    { 212, 31, "The times of 212 finishers change, and 31 places." },
    { 2, 1, "The times of 2 finishers change, and 1 place." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (differences); i++)
    {
      g_autofree char *words = conc_gun_describe_difference (differences[i].by_usec);

      g_assert_cmpstr (words, ==, differences[i].words);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *words = conc_gun_describe_change (changes[i].times, changes[i].places);

      g_assert_cmpstr (words, ==, changes[i].words);
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lap-race/what is called out", test_call);
  g_test_add_func ("/lap-race/the usual lap", test_usual_lap);
  g_test_add_func ("/lap-race/who comes next", test_rank);
  g_test_add_func ("/lap-race/when somebody is due", test_due);
  g_test_add_func ("/lap-race/what is said of guns", test_guns);
  return g_test_run ();
}
