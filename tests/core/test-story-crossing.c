/* test-story-crossing.c: how a crossing came to its published time and place. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/race-time.h"
#include "core/story-crossing.h"

#include <locale.h>
#include <string.h>

#define SECOND ((gint64) G_USEC_PER_SEC)
#define MINUTE (60 * SECOND)
#define GUN (G_GINT64_CONSTANT (1512835200) * SECOND) /* 16:00 UTC */

/* A race of Ada Ash, bib 11, with what is told of one of her crossings. */
typedef struct
{
  ConcScoreboard   *board;
  ConcRules         rules;
  ConcCrossing      crossings[4];
  ConcEntrant       entrant;
  ConcResult        result;
  ConcCrossingFacts facts;
} Tale;

static void
tale_init (Tale *tale)
{
  *tale = (Tale){ 0 };
  conc_rules_init (&tale->rules);
  tale->rules.min_lap_usec = MINUTE;
  tale->entrant = (ConcEntrant){ .key = "r1",
                                 .bib = 11,
                                 .sex = CONC_SEX_FEMALE,
                                 .age = 34,
                                 .wave = "A",
                                 .own_start_usec = CONC_NO_TIME };
  tale->crossings[0].at_usec = GUN + 24 * MINUTE + 31 * SECOND + 200000;
  tale->entrant.crossings = tale->crossings;
  tale->entrant.crossing_count = 1;
  tale->facts = (ConcCrossingFacts){ .fact = "aaaaaaaaaa-7",
                                     .place = "Finish 1",
                                     .source = "key",
                                     .raw_usec = tale->crossings[0].at_usec,
                                     .wall_usec = CONC_NO_TIME,
                                     .monotonic_usec = 84731203000,
                                     .at_usec = tale->crossings[0].at_usec,
                                     .error_usec = -1,
                                     .bib = 11,
                                     .bib_source = CONC_BIB_WITH_TIME,
                                     .chute_usec = CONC_NO_TIME,
                                     .start_usec = GUN,
                                     .start_fact = "aaaaaaaaaa-1",
                                     .laps_needed = 1,
                                     .zone = g_time_zone_new_utc () };
}

static void
tale_clear (Tale *tale)
{
  g_clear_pointer (&tale->board, conc_scoreboard_free);
  conc_rules_clear (&tale->rules);
  g_clear_pointer (&tale->facts.zone, g_time_zone_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Tale, tale_clear)

/* All steps in one text, "taken: …" a line. */
static char *
tell (Tale *tale)
{
  g_autoptr (GPtrArray) steps = NULL;
  GString *text = g_string_new (NULL);
  guint    count;

  g_clear_pointer (&tale->board, conc_scoreboard_free);
  tale->board = conc_scoreboard_new (&tale->rules);
  conc_scoreboard_set_start (tale->board, "", tale->facts.start_usec);
  conc_scoreboard_put (tale->board, &tale->entrant);
  if (tale->facts.bib != 0)
    {
      g_assert_true (conc_scoreboard_get_result (tale->board, "r1", &tale->result));
      tale->facts.uses = conc_scoreboard_get_uses (tale->board, "r1", &count);
      tale->facts.result = &tale->result;
    }
  tale->facts.rules = &tale->rules;
  steps = conc_crossing_tell (&tale->facts);
  for (guint i = 0; i < steps->len; i++)
    {
      const ConcCrossingStep *step = g_ptr_array_index (steps, i);

      g_assert_nonnull (conc_crossing_step_get_title (step->kind));
      g_string_append_printf (text, "%s: %s\n", conc_crossing_step_to_text (step->kind),
                              step->sentence);
    }
  return g_string_free (text, FALSE);
}

static void
assert_tells (Tale *tale, const char *line)
{
  g_autofree char *text = tell (tale);
  g_autofree char *whole = g_strconcat (line, "\n", NULL);

  if (strstr (text, whole) == NULL)
    g_test_message ("%s", text);
  g_assert_nonnull (strstr (text, whole));
}

static void
test_whole (void)
{
  g_auto (Tale) tale = { 0 };
  g_autofree char *text = NULL;

  tale_init (&tale);
  text = tell (&tale);
  g_assert_cmpstr (
      text, ==,
      "taken: A key was pressed at 16:24:31.20, which is the time of the key event (Finish 1). The "
      "monotonic clock, which nobody can set, read 84731.203 s.\n"
      "bib: Bib 11 was entered together with the time.\n"
      "start: Wave A started at 16:00:00.00.\n"
      "lap: It is the first crossing from the gun on, which is the finish.\n"
      "time: Gun time: 16:24:31.20 − 16:00:00.00 = 24:31.20.\n"
      "rounding: The gun time decides: 24:31.20, rounded up to the second, is shown as 24:32.\n"
      "result: Place 1 overall, 1 of F, 1 of F30-39.\n");
}

static void
test_sources (void)
{
  static const struct
  {
    const char *source;
    const char *stream;
    const char *line;
    const char *who;
    const char *told;
  } cases[] = {
    { "typed", NULL, NULL, NULL, "taken: The time 16:24:31.20 was typed in (Finish 1)." },
    { "clock", NULL, NULL, "Bo",
      "taken: The time 16:24:31.20 was taken by the clock when it was recorded (Finish 1, Bo)." },
    { "repair", NULL, NULL, NULL,
      "taken: The time 16:24:31.20 was put in by a repair (Finish 1)." },
    { "key", "second", NULL, NULL,
      "taken: The stream “second” has the time 16:24:31.20 (Finish 1)." },
    { "reader", "mat", "aa00", NULL,
      "taken: The line “aa00” came from the stream “mat”; its time is 16:24:31.20 (Finish 1)." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Tale) tale = { 0 };

      tale_init (&tale);
      tale.facts.monotonic_usec = -1;
      tale.facts.source = cases[i].source;
      tale.facts.stream = cases[i].stream;
      tale.facts.line = cases[i].line;
      tale.facts.who = cases[i].who;
      assert_tells (&tale, cases[i].told);
    }
}

static void
test_clock (void)
{
  g_auto (Tale) tale = { 0 };

  tale_init (&tale);
  tale.facts.wall_usec = tale.facts.raw_usec - 3 * SECOND;
  assert_tells (&tale, "clock: The wall clock said 16:24:28.20: it was set back by 3 s, which does "
                       "not count.");
  tale.facts.is_measured = TRUE;
  tale.facts.error_usec = 12345;
  assert_tells (&tale, "clock: That clock and the hub's agreed (± 0.012 s), so the time stays.");
  tale.facts.raw_usec -= 34000;
  assert_tells (&tale, "clock: That clock was 0.034 s (± 0.012) behind the hub's: 16:24:31.166 + "
                       "0.034 s = 16:24:31.20.");
  tale.facts.raw_usec += 68001;
  assert_tells (&tale, "clock: That clock was 0.034001 s (± 0.012) ahead of the hub's: "
                       "16:24:31.234001 − 0.034001 s = 16:24:31.20.");
}

static void
test_bib (void)
{
  g_auto (Tale) tale = { 0 };
  g_autoptr (GArray) corrections = g_array_new (FALSE, FALSE, sizeof (ConcCrossingCorrection));
  ConcCrossingCorrection one = { "aaaaaaaaaa-8", "At the chute it was bib 11 and not bib 17.",
                                 FALSE };

  tale_init (&tale);
  tale.facts.bib_source = CONC_BIB_GIVEN;
  assert_tells (&tale, "bib: Bib 11 was given to the time afterwards.");
  tale.facts.chute_usec = GUN + 25 * MINUTE;
  tale.facts.bib_source = CONC_BIB_OF_CHUTE;
  assert_tells (&tale,
                "bib: Bib 11 came through the chute at 16:25:00.00, and is the one whose turn "
                "it was at this time.");
  tale.facts.bib_source = CONC_BIB_LINKED;
  assert_tells (
      &tale, "bib: Bib 11 came through the chute at 16:25:00.00, and was linked with this time.");
  g_array_append_val (corrections, one);
  tale.facts.corrections = corrections;
  assert_tells (&tale, "correction: At the chute it was bib 11 and not bib 17.");
  g_array_index (corrections, ConcCrossingCorrection, 0).is_undone = TRUE;
  assert_tells (&tale,
                "correction: At the chute it was bib 11 and not bib 17. This was taken back.");
}

static void
test_no_bib (void)
{
  g_auto (Tale) tale = { 0 };
  g_autofree char *text = NULL;

  tale_init (&tale);
  tale.facts.bib = 0;
  tale.facts.bib_source = CONC_BIB_NONE;
  text = tell (&tale);
  g_assert_true (
      g_str_has_suffix (text, "bib: No bib belongs to this time yet, so it is in no result.\n"));
}

static void
test_own_start_and_penalty (void)
{
  g_auto (Tale) tale = { 0 };

  tale_init (&tale);
  tale.rules.rank_by = CONC_RANK_BY_NET;
  tale.rules.rounding = CONC_ROUND_UP_TENTH;
  tale.entrant.own_start_usec = GUN + 12 * SECOND + 30000;
  tale.entrant.penalty_usec = 30 * SECOND;
  tale.facts.penalty_reason = "went before the gun";
  assert_tells (&tale, "start: Bib 11 has an own start at 16:00:12.03.");
  assert_tells (&tale, "time: Net time: 16:24:31.20 − 16:00:12.03 = 24:19.17.");
  assert_tells (&tale, "penalty: Net time with the penalty: 24:19.17 + 0:30.00 = 24:49.17. The "
                       "reason: “went before the gun”.");
  assert_tells (&tale,
                "rounding: The net time decides: 24:49.17, rounded up to the tenth, is shown as "
                "24:49.2.");
}

static void
test_laps (void)
{
  g_auto (Tale) tale = { 0 };

  tale_init (&tale);
  tale.rules.laps = 2;
  tale.facts.laps_needed = 2;
  tale.entrant.crossing_count = 4;
  tale.crossings[0].at_usec = GUN + 10 * MINUTE;
  tale.crossings[1].at_usec = GUN + 10 * MINUTE + 30 * SECOND;
  tale.crossings[2].at_usec = GUN + 21 * MINUTE;
  tale.crossings[3].at_usec = GUN + 31 * MINUTE;
  tale.facts.raw_usec = tale.facts.at_usec = tale.crossings[0].at_usec;
  assert_tells (&tale, "lap: It is lap 1 of 2: 16:10:00.00 − 16:00:00.00 = 10:00.00.");
  tale.facts.crossing = 1;
  tale.facts.raw_usec = tale.facts.at_usec = tale.crossings[1].at_usec;
  assert_tells (&tale,
                "lap: 16:10:30.00 − 16:10:00.00 = 0:30.00 since the crossing before, which is "
                "less than the shortest lap of 1:00.00, so it does not count.");
  tale.facts.crossing = 2;
  tale.facts.raw_usec = tale.facts.at_usec = tale.crossings[2].at_usec;
  assert_tells (&tale, "lap: It is lap 2 of 2: 16:21:00.00 − 16:10:00.00 = 11:00.00.");
  assert_tells (&tale, "time: Gun time: 16:21:00.00 − 16:00:00.00 = 21:00.00.");
  tale.facts.crossing = 3;
  tale.facts.raw_usec = tale.facts.at_usec = tale.crossings[3].at_usec;
  assert_tells (&tale, "lap: Bib 11 had finished at 16:21:00.00, so it does not count.");
  tale.facts.crossing = 0;
  tale.crossings[0].at_usec = GUN - SECOND;
  assert_tells (&tale, "lap: It is before the gun, so it does not count.");
}

static void
test_out (void)
{
  g_auto (Tale) tale = { 0 };

  tale_init (&tale);
  tale.entrant.status = CONC_ENTRANT_DQ;
  assert_tells (&tale, "result: Disqualified: no place.");
  tale.entrant.status = CONC_ENTRANT_DNF;
  assert_tells (&tale, "result: Did not finish: no place.");
  tale.entrant.status = CONC_ENTRANT_RUNNING;
  tale.facts.start_usec = CONC_NO_TIME;
  assert_tells (&tale, "start: Wave A has no gun, so there is no time.");
}

/* What is subtracted adds up to the last decimal. */
static void
test_decimals (void)
{
  g_auto (Tale) tale = { 0 };

  tale_init (&tale);
  tale.crossings[0].at_usec += 3456;
  tale.facts.at_usec = tale.crossings[0].at_usec;
  tale.facts.start_usec = GUN + 1;
  assert_tells (&tale, "time: Gun time: 16:24:31.203456 − 16:00:00.000001 = 24:31.203455.");
  assert_tells (&tale, "rounding: The gun time decides: 24:31.203455, rounded up to the second, is "
                       "shown as 24:32.");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/story-crossing/whole", test_whole);
  g_test_add_func ("/story-crossing/sources", test_sources);
  g_test_add_func ("/story-crossing/clock", test_clock);
  g_test_add_func ("/story-crossing/bib", test_bib);
  g_test_add_func ("/story-crossing/no-bib", test_no_bib);
  g_test_add_func ("/story-crossing/own-start-and-penalty", test_own_start_and_penalty);
  g_test_add_func ("/story-crossing/laps", test_laps);
  g_test_add_func ("/story-crossing/out", test_out);
  g_test_add_func ("/story-crossing/decimals", test_decimals);
  return g_test_run ();
}
