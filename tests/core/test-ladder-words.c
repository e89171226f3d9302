/* test-ladder-words.c: what the ladder suspects, a repair and its consequence, in sentences. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/ladder.h"

#include <locale.h>

#define SECOND G_USEC_PER_SEC
/* 10:24:20 in the zone of the race. */
#define START (G_GINT64_CONSTANT (1512836660) * G_USEC_PER_SEC)

typedef struct
{
  const char         *sentence;
  ConcLadderSuspicion suspicion;
} SuspicionRow;

typedef struct
{
  const char      *sentence;
  ConcLadderRepair repair;
} RepairRow;

/* Taps 1 to 9 a second apart; bibs 11 to 19 with ids 21 to 29, of which that at 5 was not read. */
static ConcLadderInput *
make_input (void)
{
  ConcLadderInput *input = conc_ladder_input_new ();

  for (guint i = 0; i < 9; i++)
    {
      ConcLadderTap tap = { i + 1, START + i * SECOND + SECOND / 5 };
      ConcLadderBib bib = { 21 + i, tap.at_usec + 10 * SECOND, i == 5 ? 0 : 11 + i };

      g_array_append_val (input->taps, tap);
      g_array_append_val (input->bibs, bib);
    }
  return input;
}

static const SuspicionRow SUSPICIONS[] = {
  { "A tap is probably missing after place 212 (92 %): 3 rungs fit only with it, and the second "
    "timer has one at 10:24:31.2.",
    { CONC_LADDER_MISSED_TAP, .row = 212, .certainty_percent = 92,
      .reasons = { { CONC_LADDER_REASON_RUNGS, 3 },
                   { CONC_LADDER_REASON_COUNT, -1 },
                   { CONC_LADDER_REASON_SECOND_HAS, START + 11 * SECOND + SECOND / 4 },
                   { CONC_LADDER_REASON_SPACING, SECOND } },
      .n_reasons = 4 } },
  { "A tap is probably missing before place 1 (60 %).",
    { CONC_LADDER_MISSED_TAP, .certainty_percent = 60 } },
  { "A tap is probably missing near place 7 (31 % within two places): there is a tap fewer than "
    "bibs up to the next rung.",
    { CONC_LADDER_MISSED_TAP, .row = 7, .certainty_percent = 31,
      .reasons = { { CONC_LADDER_REASON_COUNT, -1 } }, .n_reasons = 1 } },
  { "The tap at place 3, 10:24:22.2, is probably one too many (88 %): the second timer has none "
    "there, it came 0.2 s after the one before, and a rung fits only without it. Or else a bib is "
    "missing there (20 %).",
    { CONC_LADDER_DOUBLE_TAP, .row = 2, .tap = 2, .certainty_percent = 88,
      .reasons = { { CONC_LADDER_REASON_SECOND_HAS_NOT, 0 },
                   { CONC_LADDER_REASON_SPACING, SECOND / 5 },
                   { CONC_LADDER_REASON_RUNGS, 1 },
                   { CONC_LADDER_REASON_KIND, 80 } },
      .n_reasons = 4 } },
  { "A tap is probably one too many near place 3 (40 % within two places).",
    { CONC_LADDER_DOUBLE_TAP, .row = 2, .tap = 2, .certainty_percent = 40 } },
  { "The bib of the tap at place 4, 10:24:23.2, is probably missing (75 %): the second timer has "
    "the tap of 10:24:23.2 too. Or else a tap is one too many there (30 %).",
    { CONC_LADDER_MISSED_BIB, .row = 3, .tap = 3, .certainty_percent = 75,
      .reasons = { { CONC_LADDER_REASON_SECOND_HAS, START + 3 * SECOND + SECOND / 5 },
                   { CONC_LADDER_REASON_KIND, 70 } },
      .n_reasons = 2 } },
  { "A bib is probably missing near place 4 (49 % within two places): there are 2 taps more than "
    "bibs up to the next rung.",
    { CONC_LADDER_MISSED_BIB, .row = 3, .tap = 3, .certainty_percent = 49,
      .reasons = { { CONC_LADDER_REASON_COUNT, 2 }, { CONC_LADDER_REASON_KIND, 99 } },
      .n_reasons = 2 } },
  { "Bib 13 at place 8 was probably entered twice (97 %): it is at place 3 already.",
    { CONC_LADDER_DOUBLE_BIB, .row = 7, .bib = 2, .certainty_percent = 97,
      .reasons = { { CONC_LADDER_REASON_SAME_BIB, 2 } }, .n_reasons = 1 } },
  { "Bibs 12 and 18, at places 2 and 8, have probably changed places (90 %): the laps of 2 runners "
    "fit better then, and one time is not plausible otherwise.",
    { CONC_LADDER_SWAPPED_BIBS, .row = 1, .last_row = 7, .bib = 1, .last_bib = 7,
      .certainty_percent = 90,
      .reasons = { { CONC_LADDER_REASON_LAPS, 2 }, { CONC_LADDER_REASON_PACE, 1 } },
      .n_reasons = 2 } },
  { "The bibs at places 2 and 6 have probably changed places (90 %): a rung fits only the other "
    "way.",
    { CONC_LADDER_SWAPPED_BIBS, .row = 1, .last_row = 5, .bib = 1, .last_bib = 5,
      .certainty_percent = 90, .reasons = { { CONC_LADDER_REASON_RUNGS, 1 } }, .n_reasons = 1 } },
  { "Places 2 to 9, bibs 12 to 19, are probably in reverse order (99 %).",
    { CONC_LADDER_REVERSED_BLOCK, .row = 1, .last_row = 8, .bib = 1, .last_bib = 8,
      .certainty_percent = 99 } },
  { "Places 2 to 6 are probably in reverse order (99 %).",
    { CONC_LADDER_REVERSED_BLOCK, .row = 1, .last_row = 5, .bib = 1, .last_bib = 5,
      .certainty_percent = 99 } },
  { "The second timer's clock is 2.0 s ahead of the first.",
    { CONC_LADDER_SECOND_OFFSET, .certainty_percent = 100,
      .reasons = { { CONC_LADDER_REASON_OFFSET, 2 * SECOND + 40000 } }, .n_reasons = 1 } },
  { "The second timer's clock is 2.1 s behind the first.",
    { CONC_LADDER_SECOND_OFFSET, .certainty_percent = 100,
      .reasons = { { CONC_LADDER_REASON_OFFSET, -2 * SECOND - 50000 } }, .n_reasons = 1 } },
  { "The second timer came late: it has not got the first 20 taps.",
    { CONC_LADDER_SECOND_LATE, .certainty_percent = 100,
      .reasons = { { CONC_LADDER_REASON_FIRST_TAPS_ALONE, 20 } }, .n_reasons = 1 } },
};

static void
test_suspicions (void)
{
  g_autoptr (ConcLadderInput) input = make_input ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("America/Chicago");

  for (guint i = 0; i < G_N_ELEMENTS (SUSPICIONS); i++)
    {
      g_autofree char *sentence =
          conc_ladder_suspicion_dup_sentence (input, &SUSPICIONS[i].suspicion, zone);

      g_assert_cmpstr (sentence, ==, SUSPICIONS[i].sentence);
    }
}

static void
test_reasons (void)
{
  g_autoptr (ConcLadderInput) input = make_input ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("America/Chicago");
  g_autofree char *reasons =
      conc_ladder_suspicion_dup_reasons (input, &SUSPICIONS[0].suspicion, zone);
  g_autofree char *none = conc_ladder_suspicion_dup_reasons (input, &SUSPICIONS[1].suspicion, zone);

  g_assert_cmpstr (reasons, ==,
                   "3 rungs fit only with it, and the second timer has one at 10:24:31.2");
  g_assert_null (none);
}

static const RepairRow REPAIRS[] = {
  { NULL, { CONC_LADDER_REPAIR_NONE } },
  { "Insert a tap at 10:24:31.2",
    { CONC_LADDER_INSERT_TAP, .at_usec = START + 11 * SECOND + SECOND / 4 } },
  { "Insert bib 77 before bib 12", { CONC_LADDER_INSERT_BIB, .bib_id = 22, .bib = 77 } },
  { "Insert bib 77 at the end", { CONC_LADDER_INSERT_BIB, .bib = 77 } },
  { "Insert an unread bib before bib 12", { CONC_LADDER_INSERT_BIB, .bib_id = 22 } },
  { "Insert an unread bib at the end", { CONC_LADDER_INSERT_BIB } },
  { "Remove the tap at 10:24:22.2", { CONC_LADDER_REMOVE_TAP, .tap_id = 3 } },
  { "Remove the tap at ?", { CONC_LADDER_REMOVE_TAP, .tap_id = 99 } },
  { "Remove bib 13 at number 3 of the chute", { CONC_LADDER_REMOVE_BIB, .bib_id = 23 } },
  { "Shift everybody from bib 13 on to the next tap",
    { CONC_LADDER_SHIFT, .bib_id = 23, .count = 1 } },
  { "Shift everybody from bib 13 on by 2 taps later",
    { CONC_LADDER_SHIFT, .bib_id = 23, .count = 2 } },
  { "Shift everybody from bib 13 on to a tap before",
    { CONC_LADDER_SHIFT, .bib_id = 23, .count = -1 } },
  { "Shift everybody from bib 13 on by 3 taps earlier",
    { CONC_LADDER_SHIFT, .bib_id = 23, .count = -3 } },
  { "Swap bib 13 and the unread bib, entry 6",
    { CONC_LADDER_SWAP, .bib_id = 23, .last_bib_id = 26 } },
  { "Reverse the order from bib 12 to bib 19",
    { CONC_LADDER_REVERSE, .bib_id = 22, .last_bib_id = 29 } },
  { "Link bib 13 with the tap at 10:24:24.2", { CONC_LADDER_LINK, .bib_id = 23, .tap_id = 5 } },
  { "Unlink bib 13 from its tap", { CONC_LADDER_UNLINK, .bib_id = 23 } },
  { "Unlink the unknown bib from its tap", { CONC_LADDER_UNLINK, .bib_id = 99 } },
  { "Take 2.0 s from the second timer's times",
    { CONC_LADDER_OFFSET_SECOND, .at_usec = 2 * SECOND } },
  { "Add 2.0 s to the second timer's times",
    { CONC_LADDER_OFFSET_SECOND, .at_usec = -2 * SECOND } },
};

static void
test_repairs (void)
{
  g_autoptr (ConcLadderInput) input = make_input ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("America/Chicago");

  for (guint i = 0; i < G_N_ELEMENTS (REPAIRS); i++)
    {
      g_autofree char *sentence = conc_ladder_repair_dup_sentence (input, &REPAIRS[i].repair, zone);

      g_assert_cmpstr (sentence, ==, REPAIRS[i].sentence);
    }
}

static void
test_consequences (void)
{
  static const RepairRow rows[] = {
    { "5 runners get a time that is 0.5 to 1.0 s earlier. 1 runner who had no time gets one.",
      { CONC_LADDER_INSERT_TAP, .new_id = 90, .at_usec = START + 2 * SECOND + 7 * SECOND / 10 } },
    { "6 runners get a time that is 1.0 s later. 1 runner is left without a time.",
      { CONC_LADDER_REMOVE_TAP, .tap_id = 2 } },
    { "1 runner gets a later time and 1 an earlier one, by 4.0 s.",
      { CONC_LADDER_SWAP, .bib_id = 22, .last_bib_id = 26 } },
    { "6 runners get a time that is 1.0 s earlier. 1 runner who had no time gets one. 1 entry of "
      "the chute goes.",
      { CONC_LADDER_REMOVE_BIB, .bib_id = 22 } },
    { "Nobody's time changes.", { CONC_LADDER_OFFSET_SECOND, .at_usec = SECOND } },
  };
  g_autoptr (ConcLadderInput) input = make_input ();
  ConcLadderTap second = { 1, START };

  g_array_append_val (input->second, second);
  g_array_remove_index (input->taps, 8);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GArray) changes = conc_ladder_consequence (input, &rows[i].repair);
      g_autofree char *sentence = NULL;

      g_assert_nonnull (changes);
      sentence = conc_ladder_changes_dup_sentence (changes);
      g_assert_cmpstr (sentence, ==, rows[i].sentence);
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ladder-words/suspicions", test_suspicions);
  g_test_add_func ("/ladder-words/reasons alone", test_reasons);
  g_test_add_func ("/ladder-words/repairs", test_repairs);
  g_test_add_func ("/ladder-words/consequences", test_consequences);
  return g_test_run ();
}
