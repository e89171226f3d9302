/* test-ladder.c: the ladder finds what went wrong at the line, and says nothing when nothing did.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ladder-race.h"

#include <locale.h>
#include <string.h>

#define SECOND G_USEC_PER_SEC
#define GUN (G_GINT64_CONSTANT (1512835200) * G_USEC_PER_SEC)
#define FAULTY_SEED 50000u
#define CLEAN_SEED 70000u
#define MOST_FALSE_PERCENT 1.0
#define NEW_ID 5000000u

static const ConcLadderSuspicion *
get_suspicion (const ConcLadderResult *result, guint index)
{
  g_assert_cmpuint (index, <, result->suspicions->len);
  return &g_array_index (result->suspicions, ConcLadderSuspicion, index);
}

static const ConcLadderTap *
get_tap (const ConcLadderInput *input, guint index)
{
  return &g_array_index (input->taps, ConcLadderTap, index);
}

static ConcLadderBib *
get_bib (const ConcLadderInput *input, guint index)
{
  return &g_array_index (input->bibs, ConcLadderBib, index);
}

static void
assert_same (const ConcLadderResult *a, const ConcLadderResult *b)
{
  g_assert_cmpuint (a->rows->len, ==, b->rows->len);
  g_assert_cmpuint (a->suspicions->len, ==, b->suspicions->len);
  g_assert_cmpint (a->second_offset_usec, ==, b->second_offset_usec);
  g_assert_true (a->has_second_offset == b->has_second_offset);
  for (guint i = 0; i < a->rows->len; i++)
    {
      const ConcLadderRow *first = &g_array_index (a->rows, ConcLadderRow, i);
      const ConcLadderRow *second = &g_array_index (b->rows, ConcLadderRow, i);

      g_assert_cmpuint (first->tap, ==, second->tap);
      g_assert_cmpuint (first->bib, ==, second->bib);
      g_assert_cmpuint (first->second, ==, second->second);
      g_assert_cmpint (first->at_usec, ==, second->at_usec);
      g_assert_true (first->waits == second->waits);
    }
  for (guint i = 0; i < a->suspicions->len; i++)
    {
      const ConcLadderSuspicion *first = get_suspicion (a, i);
      const ConcLadderSuspicion *second = get_suspicion (b, i);

      g_assert_cmpint (first->kind, ==, second->kind);
      g_assert_cmpuint (first->row, ==, second->row);
      g_assert_cmpuint (first->last_row, ==, second->last_row);
      g_assert_cmpuint (first->certainty_percent, ==, second->certainty_percent);
      g_assert_cmpuint (first->n_reasons, ==, second->n_reasons);
      g_assert_cmpint (first->repair.at_usec, ==, second->repair.at_usec);
      g_assert_cmpuint (first->repair.bib_id, ==, second->repair.bib_id);
      g_assert_cmpuint (first->repair.tap_id, ==, second->repair.tap_id);
    }
}

/* Faults, and those that are located, by kind and in all. */
typedef struct
{
  guint faults[CONC_LADDER_N_KINDS + 1];
  guint located[CONC_LADDER_N_KINDS + 1];
} Table;

static void
count_located (guint n_runners, LadderChute chute, guint seed, Table *table)
{
  LadderRaceSettings settings = { .n_runners = n_runners, .n_faults = 1 + seed % 5 };
  g_autoptr (LadderRace) race = NULL;
  g_autoptr (ConcLadder) ladder = conc_ladder_new ();
  const ConcLadderResult *result;

  settings.rung_gap = 25;
  settings.has_second = TRUE;
  settings.has_laps = TRUE;
  settings.chute = chute;
  settings.seed = FAULTY_SEED + seed;
  race = ladder_race_new (&settings);
  result = conc_ladder_update (ladder, race->input);
  for (guint i = 0; i < race->faults->len; i++)
    {
      const LadderFault *fault = &g_array_index (race->faults, LadderFault, i);
      gboolean           named;
      gboolean           is_located = ladder_race_is_located (race, fault, result, &named);

      table->faults[fault->kind]++;
      table->faults[CONC_LADDER_N_KINDS]++;
      table->located[fault->kind] += is_located;
      table->located[CONC_LADDER_N_KINDS] += is_located;
    }
}

static double
get_percent (const Table *table, guint kind)
{
  return table->faults[kind] == 0 ? 100.0 : 100.0 * table->located[kind] / table->faults[kind];
}

/* The numbers that the ladder has to hold, in all and for each kind of a tap or a bib too few or
 * too many. Where bibs leave the chute at the pace of the scanner, one that is missing among them
 * is missing anywhere between two rungs, and where three come in a second the laps of a runner do
 * not tell who came first. The bench prints the table of more races. */
static void
test_located (void)
{
  static const struct
  {
    LadderChute chute;
    guint       n_runners;
    guint       races;
    double      all;
    double      missed_tap;
    double      double_tap;
    double      missed_bib;
  } rows[] = {
    { LADDER_CHUTE_STEADY, 100, 100, 97.0, 97.0, 97.0, 97.0 },
    { LADDER_CHUTE_STEADY, 500, 60, 95.0, 97.0, 97.0, 90.0 },
    { LADDER_CHUTE_STEADY, 1500, 40, 86.0, 88.0, 88.0, 75.0 },
    { LADDER_CHUTE_CROWDED, 100, 60, 95.0, 97.0, 97.0, 95.0 },
    { LADDER_CHUTE_CROWDED, 500, 40, 82.0, 85.0, 85.0, 40.0 },
    { LADDER_CHUTE_CROWDED, 1500, 40, 72.0, 75.0, 65.0, 20.0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Table table = { 0 };

      for (guint seed = 0; seed < rows[i].races; seed++)
        count_located (rows[i].n_runners, rows[i].chute, seed, &table);
      for (guint kind = 0; kind <= CONC_LADDER_N_KINDS; kind++)
        g_test_message ("%u runners, %s chute: %u of %u located, %s", rows[i].n_runners,
                        rows[i].chute == LADDER_CHUTE_STEADY ? "steady" : "crowded",
                        table.located[kind], table.faults[kind],
                        kind == CONC_LADDER_N_KINDS ? "all" : conc_ladder_kind_to_text (kind));
      g_assert_cmpfloat (get_percent (&table, CONC_LADDER_N_KINDS), >=, rows[i].all);
      g_assert_cmpfloat (get_percent (&table, CONC_LADDER_MISSED_TAP), >=, rows[i].missed_tap);
      g_assert_cmpfloat (get_percent (&table, CONC_LADDER_DOUBLE_TAP), >=, rows[i].double_tap);
      g_assert_cmpfloat (get_percent (&table, CONC_LADDER_MISSED_BIB), >=, rows[i].missed_bib);
      g_assert_cmpfloat (get_percent (&table, CONC_LADDER_SECOND_OFFSET), >=, 99.0);
    }
}

static void
test_clean (void)
{
  static const struct
  {
    guint n_runners;
    guint races;
  } rows[] = { { 100, 100 }, { 500, 60 }, { 1500, 40 } };
  guint races = 0, alarms = 0;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint seed = 0; seed < rows[i].races; seed++)
      {
        LadderRaceSettings settings = { .n_runners = rows[i].n_runners };
        g_autoptr (LadderRace) race = NULL;
        g_autoptr (ConcLadder) ladder = conc_ladder_new ();

        settings.rung_gap = 25;
        settings.has_second = seed % 2 == 0;
        settings.has_laps = TRUE;
        settings.chute = seed % 4 < 2 ? LADDER_CHUTE_STEADY : LADDER_CHUTE_CROWDED;
        settings.seed = CLEAN_SEED + seed;
        race = ladder_race_new (&settings);
        races++;
        alarms += conc_ladder_update (ladder, race->input)->suspicions->len != 0;
      }
  g_test_message ("%u of %u races without a fault are suspected of one", alarms, races);
  g_assert_cmpfloat (100.0 * alarms / races, <=, MOST_FALSE_PERCENT);
}

/* A race with one fault, which is found, and what is proposed mends it. */
static void
check_kind (ConcLadderKind kind, ConcLadderRepairKind repair_kind)
{
  LadderRaceSettings settings = { .n_runners = 120, .n_faults = 1, .rung_gap = 25 };
  g_autoptr (LadderRace) race = NULL;
  g_autoptr (ConcLadder) ladder = conc_ladder_new ();
  g_autoptr (ConcLadderInput) repaired = NULL;
  g_autoptr (GArray) changes = NULL;
  const ConcLadderResult *result;
  ConcLadderRepair        repair;
  gboolean                named = FALSE;

  settings.has_second = TRUE;
  settings.has_laps = TRUE;
  settings.kinds = 1u << kind;
  settings.seed = 7;
  race = ladder_race_new (&settings);
  result = conc_ladder_update (ladder, race->input);
  g_assert_cmpuint (race->faults->len, ==, 1);
  g_assert_cmpuint (result->suspicions->len, ==, 1);
  g_assert_true (
      ladder_race_is_located (race, &g_array_index (race->faults, LadderFault, 0), result, &named));
  g_assert_true (named);
  g_assert_cmpuint (get_suspicion (result, 0)->certainty_percent, >=, 50);
  g_assert_cmpuint (get_suspicion (result, 0)->n_reasons, >, 0);
  repair = get_suspicion (result, 0)->repair;
  repair.new_id = NEW_ID;
  g_assert_cmpint (repair.kind, ==, repair_kind);
  changes = conc_ladder_consequence (race->input, &repair);
  g_assert_nonnull (changes);
  repaired = conc_ladder_repair (race->input, &repair);
  g_assert_nonnull (repaired);
  g_assert_cmpuint (conc_ladder_update (ladder, repaired)->suspicions->len, ==, 0);
}

static void
test_missed_tap (void)
{
  check_kind (CONC_LADDER_MISSED_TAP, CONC_LADDER_INSERT_TAP);
}

static void
test_double_tap (void)
{
  check_kind (CONC_LADDER_DOUBLE_TAP, CONC_LADDER_REMOVE_TAP);
}

static void
test_missed_bib (void)
{
  check_kind (CONC_LADDER_MISSED_BIB, CONC_LADDER_INSERT_BIB);
}

static void
test_swapped_bibs (void)
{
  check_kind (CONC_LADDER_SWAPPED_BIBS, CONC_LADDER_SWAP);
}

static void
test_reversed_block (void)
{
  check_kind (CONC_LADDER_REVERSED_BLOCK, CONC_LADDER_REVERSE);
}

static void
test_second_offset (void)
{
  check_kind (CONC_LADDER_SECOND_OFFSET, CONC_LADDER_OFFSET_SECOND);
}

static LadderRace *
make_clean (guint n_runners, gboolean has_second)
{
  LadderRaceSettings settings = { .n_runners = n_runners, .rung_gap = 25, .seed = 3 };

  settings.has_second = has_second;
  settings.has_laps = TRUE;
  return ladder_race_new (&settings);
}

/* The first finisher's time is not what the clock is judged by. */
static void
test_second_late (void)
{
  g_autoptr (LadderRace) race = make_clean (120, TRUE);
  g_autoptr (ConcLadder) ladder = conc_ladder_new ();
  const ConcLadderResult    *result;
  const ConcLadderSuspicion *suspicion;

  g_array_remove_range (race->input->second, 0, 20);
  g_array_index (race->input->second, ConcLadderTap, 0).at_usec -= SECOND;
  result = conc_ladder_update (ladder, race->input);
  g_assert_true (result->has_second_offset);
  g_assert_cmpint (ABS (result->second_offset_usec), <=, SECOND / 5);
  suspicion = get_suspicion (result, 0);
  for (guint i = 0; i < result->suspicions->len; i++)
    if (get_suspicion (result, i)->kind == CONC_LADDER_SECOND_LATE)
      suspicion = get_suspicion (result, i);
  g_assert_cmpint (suspicion->kind, ==, CONC_LADDER_SECOND_LATE);
  g_assert_cmpint (suspicion->reasons[0].code, ==, CONC_LADDER_REASON_FIRST_TAPS_ALONE);
  g_assert_cmpint (ABS (suspicion->reasons[0].value - 20), <=, 2);
}

static void
test_double_bib (void)
{
  g_autoptr (LadderRace) race = make_clean (120, TRUE);
  g_autoptr (ConcLadder) ladder = conc_ladder_new ();
  g_autoptr (ConcLadderInput) repaired = NULL;
  ConcLadderBib              again = *get_bib (race->input, 60);
  const ConcLadderSuspicion *suspicion;
  const ConcLadderResult    *result;

  again.id = NEW_ID;
  again.at_usec += SECOND / 2;
  g_array_insert_val (race->input->bibs, 61, again);
  result = conc_ladder_update (ladder, race->input);
  g_assert_cmpuint (result->suspicions->len, ==, 1);
  suspicion = get_suspicion (result, 0);
  g_assert_cmpint (suspicion->kind, ==, CONC_LADDER_DOUBLE_BIB);
  g_assert_cmpuint (suspicion->bib, ==, 61);
  g_assert_cmpint (suspicion->reasons[0].code, ==, CONC_LADDER_REASON_SAME_BIB);
  g_assert_cmpuint (suspicion->repair.bib_id, ==, NEW_ID);
  repaired = conc_ladder_repair (race->input, &suspicion->repair);
  g_assert_cmpuint (conc_ladder_update (ladder, repaired)->suspicions->len, ==, 0);
}

/* In a race of laps a bib comes again after the shortest lap, and that is no mistake. */
static void
test_laps (void)
{
  g_autoptr (GArray) pairs = NULL;
  g_autoptr (ConcLadderInput) input = conc_ladder_input_new ();
  g_autoptr (ConcLadder) ladder = conc_ladder_new ();

  input->min_lap_usec = 60 * SECOND;
  for (guint i = 0; i < 60; i++)
    {
      ConcLadderTap tap = { i + 1, GUN + (gint64) i * 9 * SECOND };
      ConcLadderBib bib = { i + 1, tap.at_usec + 5 * SECOND, 1 + i % 10 };

      g_array_append_val (input->taps, tap);
      g_array_append_val (input->bibs, bib);
    }
  g_assert_cmpuint (conc_ladder_update (ladder, input)->suspicions->len, ==, 0);
  /* The rung of a lap and what is expected of a lap are not of another lap. */
  for (guint i = 20; i < 60; i += 20)
    {
      ConcLadderRung        rung = { 1, i + 1, get_tap (input, i)->at_usec, 0 };
      ConcLadderExpectation expectation = { 1, rung.at_usec, SECOND, G_MININT64, G_MAXINT64 };

      g_array_append_val (input->rungs, rung);
      g_array_append_val (input->expectations, expectation);
    }
  g_assert_cmpuint (conc_ladder_update (ladder, input)->suspicions->len, ==, 0);
  pairs = conc_ladder_pair (input);
  for (guint i = 0; i < pairs->len; i++)
    g_assert_cmpuint (g_array_index (pairs, guint, i), ==, i);
  input->min_lap_usec = 0;
  g_assert_cmpuint (conc_ladder_update (ladder, input)->suspicions->len, ==, 50);
}

static ConcLadderInput *
make_input (guint n_taps, guint n_bibs, gint64 gap_usec)
{
  ConcLadderInput *input = conc_ladder_input_new ();

  for (guint i = 0; i < n_taps; i++)
    {
      ConcLadderTap tap = { i + 1, GUN + i * gap_usec };

      g_array_append_val (input->taps, tap);
    }
  for (guint i = 0; i < n_bibs; i++)
    {
      ConcLadderBib bib = { i + 1, GUN + 10 * SECOND + i * gap_usec, i + 1 };

      g_array_append_val (input->bibs, bib);
    }
  return input;
}

static void
test_edges (void)
{
  static const struct
  {
    guint taps;
    guint bibs;
    guint rows;
  } rows[] = { { 0, 0, 0 }, { 1, 0, 1 }, { 0, 1, 1 }, { 1, 1, 1 }, { 30, 0, 30 }, { 0, 30, 30 } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (ConcLadderInput) input = make_input (rows[i].taps, rows[i].bibs, 2 * SECOND);
      g_autoptr (ConcLadder) ladder = conc_ladder_new ();
      const ConcLadderResult *result = conc_ladder_update (ladder, input);

      g_assert_cmpuint (result->rows->len, ==, rows[i].rows);
      if (rows[i].bibs == 0)
        g_assert_cmpuint (result->suspicions->len, ==, 0);
      if (rows[i].taps == 1 && rows[i].bibs == 1)
        g_assert_cmpuint (g_array_index (result->rows, ConcLadderRow, 0).tap, ==, 0);
    }
}

static void
test_waiting (void)
{
  g_autoptr (ConcLadderInput) input = make_input (40, 30, 3 * SECOND);
  g_autoptr (ConcLadder) ladder = conc_ladder_new ();
  const ConcLadderResult *result = conc_ladder_update (ladder, input);

  g_assert_cmpuint (result->suspicions->len, ==, 0);
  g_assert_cmpuint (result->rows->len, ==, 40);
  for (guint i = 0; i < 40; i++)
    g_assert_true (g_array_index (result->rows, ConcLadderRow, i).waits == (i >= 30));
}

static void
test_equal_times (void)
{
  g_autoptr (ConcLadderInput) input = make_input (5000, 5000, 0);
  g_autoptr (ConcLadder) ladder = conc_ladder_new ();
  const ConcLadderResult *result = conc_ladder_update (ladder, input);

  g_assert_cmpuint (result->rows->len, >=, 5000);
}

/* A race as it comes in, crossing by crossing, with repairs in between. */
static void
test_incremental (void)
{
  LadderRaceSettings settings = { .n_runners = 320, .n_faults = 5, .rung_gap = 25, .seed = 5 };
  g_autoptr (LadderRace) race = NULL;
  g_autoptr (ConcLadderInput) now = conc_ladder_input_new ();
  g_autoptr (ConcLadder) kept = conc_ladder_new ();
  guint taps = 0, second = 0, rungs = 0;

  settings.has_second = TRUE;
  settings.has_laps = TRUE;
  race = ladder_race_new (&settings);
  g_array_append_vals (now->expectations, race->input->expectations->data,
                       race->input->expectations->len);
  for (guint i = 0; i < race->input->bibs->len; i++)
    {
      ConcLadderBib bib = *get_bib (race->input, i);
      g_autoptr (ConcLadder) fresh = conc_ladder_new ();

      for (; taps < race->input->taps->len && get_tap (race->input, taps)->at_usec <= bib.at_usec;
           taps++)
        g_array_append_vals (now->taps, get_tap (race->input, taps), 1);
      for (; second < race->input->second->len &&
             g_array_index (race->input->second, ConcLadderTap, second).at_usec <= bib.at_usec;
           second++)
        g_array_append_vals (now->second,
                             &g_array_index (race->input->second, ConcLadderTap, second), 1);
      g_array_append_val (now->bibs, bib);
      for (; rungs < race->input->rungs->len &&
             g_array_index (race->input->rungs, ConcLadderRung, rungs).bib < bib.bib;
           rungs++)
        g_array_append_vals (now->rungs, &g_array_index (race->input->rungs, ConcLadderRung, rungs),
                             1);
      if (i == 150)
        g_array_remove_index (now->bibs, 40);
      if (i == 250)
        g_array_remove_index (now->taps, 200);
      assert_same (conc_ladder_update (kept, now), conc_ladder_update (fresh, now));
    }
  g_assert_cmpuint (conc_ladder_update (kept, now)->suspicions->len, >, 0);
}

static void
test_repairs (void)
{
  static const struct
  {
    const char      *name;
    ConcLadderRepair repair;
    guint            taps;
    guint            bibs;
    guint            pairs[6]; /* tap of each bib 1 to 5 by its id, from 1; 0 none */
  } rows[] = {
    { "insert tap",
      { CONC_LADDER_INSERT_TAP, 0, 0, 0, 90, GUN + 3 * SECOND },
      6,
      5,
      { 1, 2, 90, 3, 4 } },
    { "insert bib", { CONC_LADDER_INSERT_BIB, 0, 2, 0, 90 }, 5, 6, { 1, 3, 4, 5, 0 } },
    { "insert bib at the end", { CONC_LADDER_INSERT_BIB, 0, 0, 0, 90 }, 5, 6, { 1, 2, 3, 4, 5 } },
    { "remove tap", { CONC_LADDER_REMOVE_TAP, 2 }, 4, 5, { 1, 3, 4, 5, 0 } },
    { "remove bib", { CONC_LADDER_REMOVE_BIB, 0, 2 }, 5, 4, { 1, 0, 2, 3, 4 } },
    { "shift later", { CONC_LADDER_SHIFT, 0, 3, 0, 90, 0, 0, 1 }, 5, 6, { 1, 2, 4, 5, 0 } },
    { "shift earlier", { CONC_LADDER_SHIFT, 0, 3, 0, 90, 0, 0, -1 }, 6, 5, { 1, 2, 90, 3, 4 } },
    { "swap", { CONC_LADDER_SWAP, 0, 2, 4 }, 5, 5, { 1, 4, 3, 2, 5 } },
    { "reverse", { CONC_LADDER_REVERSE, 0, 2, 5 }, 5, 5, { 1, 5, 4, 3, 2 } },
    { "link", { CONC_LADDER_LINK, 4, 3 }, 5, 5, { 1, 2, 4, 5, 0 } },
    { "link to an earlier tap", { CONC_LADDER_LINK, 2, 3 }, 5, 5, { 1, 0, 2, 3, 4 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (ConcLadderInput) input = make_input (5, 5, 2 * SECOND);
      g_autoptr (ConcLadderInput) repaired = conc_ladder_repair (input, &rows[i].repair);
      g_autoptr (GArray) pairs = NULL;

      g_test_message ("%s", rows[i].name);
      g_assert_nonnull (repaired);
      g_assert_cmpuint (input->taps->len, ==, 5);
      g_assert_cmpuint (input->bibs->len, ==, 5);
      g_assert_cmpuint (repaired->taps->len, ==, rows[i].taps);
      g_assert_cmpuint (repaired->bibs->len, ==, rows[i].bibs);
      pairs = conc_ladder_pair (repaired);
      for (guint j = 0; j < repaired->bibs->len; j++)
        {
          guint64 id = get_bib (repaired, j)->id;
          guint   tap = g_array_index (pairs, guint, j);

          if (id <= 5)
            g_assert_cmpuint (tap == CONC_LADDER_NONE ? 0 : get_tap (repaired, tap)->id, ==,
                              rows[i].pairs[id - 1]);
        }
    }
}

static void
test_refused_repairs (void)
{
  static const ConcLadderRepair repairs[] = {
    { CONC_LADDER_REPAIR_NONE },
    { CONC_LADDER_INSERT_BIB, 0, 77 },
    { CONC_LADDER_REMOVE_TAP, 77 },
    { CONC_LADDER_REMOVE_BIB, 0, 77 },
    { CONC_LADDER_SHIFT, 0, 3 },
    { CONC_LADDER_SHIFT, 0, 77, 0, 90, 0, 0, 1 },
    { CONC_LADDER_SWAP, 0, 2, 2 },
    { CONC_LADDER_SWAP, 0, 2, 77 },
    { CONC_LADDER_REVERSE, 0, 4, 2 },
    { CONC_LADDER_LINK, 77, 2 },
    { CONC_LADDER_LINK, 2, 77 },
    { CONC_LADDER_UNLINK, 0, 2 },
    { CONC_LADDER_OFFSET_SECOND, 0, 0, 0, 0, SECOND },
  };
  g_autoptr (ConcLadderInput) input = make_input (5, 5, 2 * SECOND);

  for (guint i = 0; i < G_N_ELEMENTS (repairs); i++)
    {
      g_assert_null (conc_ladder_repair (input, &repairs[i]));
      g_assert_null (conc_ladder_consequence (input, &repairs[i]));
    }
}

static void
test_unlink (void)
{
  static const ConcLadderRepair link = { CONC_LADDER_LINK, 4, 3 };
  static const ConcLadderRepair unlink = { CONC_LADDER_UNLINK, 0, 3 };
  g_autoptr (ConcLadderInput) input = make_input (5, 5, 2 * SECOND);
  g_autoptr (ConcLadderInput) linked = conc_ladder_repair (input, &link);
  g_autoptr (ConcLadderInput) free = conc_ladder_repair (linked, &unlink);

  g_assert_cmpuint (linked->rungs->len, ==, 1);
  g_assert_cmpuint (free->rungs->len, ==, 0);
}

/* One tap was missed at the third place: all behind are a place late, up to the link. */
static void
test_consequence (void)
{
  static const ConcLadderRepair link = { CONC_LADDER_LINK, 5, 6 };
  static const ConcLadderRepair insert = { CONC_LADDER_INSERT_TAP, 0, 0, 0, 90, GUN + 3 * SECOND };
  g_autoptr (ConcLadderInput) input = make_input (6, 6, 2 * SECOND);
  g_autoptr (ConcLadderInput) linked = conc_ladder_repair (input, &link);
  g_autoptr (GArray) changes = conc_ladder_consequence (linked, &insert);
  const ConcLadderChange *change;

  g_assert_cmpuint (changes->len, ==, 3);
  change = &g_array_index (changes, ConcLadderChange, 0);
  g_assert_cmpuint (change->bib, ==, 3);
  g_assert_cmpint (change->before_usec, ==, GUN + 4 * SECOND);
  g_assert_cmpint (change->after_usec, ==, GUN + 3 * SECOND);
  change = &g_array_index (changes, ConcLadderChange, 2);
  g_assert_cmpuint (change->bib, ==, 5);
  g_assert_cmpint (change->before_usec, ==, 0);
  g_assert_cmpint (change->after_usec, ==, GUN + 6 * SECOND);
}

static void
add_rung (ConcLadderInput *input, guint bib, guint64 tap, guint64 bib_id)
{
  ConcLadderRung rung = { .bib = bib, .tap = tap, .bib_id = bib_id };

  rung.at_usec = get_tap (input, (guint) tap - 1)->at_usec;
  g_array_append_val (input->rungs, rung);
}

static void
assert_pairs (const ConcLadderInput *input, const guint64 *taps)
{
  g_autoptr (GArray) pairs = conc_ladder_pair (input);

  for (guint i = 0; i < input->bibs->len; i++)
    {
      guint tap = g_array_index (pairs, guint, i);

      g_assert_cmpuint (tap == CONC_LADDER_NONE ? 0 : get_tap (input, tap)->id, ==, taps[i]);
    }
}

static void
test_pairs (void)
{
  static const struct
  {
    const char    *name;
    ConcLadderRung rungs[3];
    guint64        taps[6];
  } rows[] = {
    { "in their order", { { 0 } }, { 1, 2, 3, 4, 5, 6 } },
    { "a tap of a bib that is not in the list", { { 99, 2 } }, { 1, 3, 4, 5, 6, 0 } },
    { "a tap of an entry that is not there",
      { { 99, 2, 0, 0, 99 }, { 3, 1, 0, 0, 99 } },
      { 3, 4, 5, 6, 0, 0 } },
    { "an unread entry has the tap of a bib that is not in the list",
      { { 99, 6 } },
      { 1, 2, 3, 4, 5, 6 } },
    { "an unread entry", { { 0, 3, 0, 0, 2 } }, { 1, 3, 4, 5, 6, 0 } },
    { "an entry, whatever its bib is", { { 5, 3, 0, 0, 2 } }, { 1, 3, 4, 5, 6, 0 } },
    { "two links of one tap", { { 2, 4 }, { 4, 4 } }, { 1, 4, 5, 6, 0, 0 } },
    { "two links of one entry", { { 2, 3 }, { 2, 4 } }, { 1, 4, 5, 6, 0, 0 } },
    { "links that cross", { { 2, 5 }, { 4, 3 } }, { 1, 5, 0, 3, 6, 0 } },
    { "a time without a tap", { { 2, 0 } }, { 1, 2, 3, 4, 5, 6 } },
    { "a tap that is not there", { { 2, 77 } }, { 1, 2, 3, 4, 5, 6 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (ConcLadderInput) input = make_input (6, 6, 2 * SECOND);

      g_test_message ("%s", rows[i].name);
      get_bib (input, 5)->bib = 0;
      for (guint j = 0; j < G_N_ELEMENTS (rows[i].rungs); j++)
        g_array_append_val (input->rungs, rows[i].rungs[j]);
      assert_pairs (input, rows[i].taps);
    }
}

/* Some links in their order, others anywhere. */
static ConcLadderInput *
make_linked (GRand *random)
{
  ConcLadderInput *input = make_input ((guint) g_rand_int_range (random, 1, 60),
                                       (guint) g_rand_int_range (random, 1, 60), 2 * SECOND);

  for (guint i = 0; i < 4; i++)
    {
      guint bib = (guint) g_rand_int_range (random, 1, (gint32) input->bibs->len + 1);
      guint tap = g_rand_boolean (random)
                      ? MIN (bib + (guint) i / 2, input->taps->len)
                      : (guint) g_rand_int_range (random, 1, (gint32) input->taps->len + 1);

      add_rung (input, bib, tap, g_rand_boolean (random) ? bib : 0);
    }
  return input;
}

static gboolean
has_link (const ConcLadderInput *input, const GArray *pairs, guint entry)
{
  guint tap = g_array_index (pairs, guint, entry);

  for (guint i = 0; i < input->rungs->len; i++)
    if (tap != CONC_LADDER_NONE && g_array_index (input->rungs, ConcLadderRung, i).tap == tap + 1 &&
        g_array_index (input->rungs, ConcLadderRung, i).bib == entry + 1)
      return TRUE;
  return FALSE;
}

/* No tap twice, and who is not linked keeps the order. */
static void
check_order (const ConcLadderInput *input, const GArray *pairs)
{
  g_autofree gboolean *used = g_new0 (gboolean, input->taps->len);
  guint                next = 0;

  for (guint i = 0; i < pairs->len; i++)
    {
      guint tap = g_array_index (pairs, guint, i);

      if (tap == CONC_LADDER_NONE)
        continue;
      g_assert_false (used[tap]);
      used[tap] = TRUE;
      if (has_link (input, pairs, i))
        continue;
      g_assert_cmpuint (tap, >=, next);
      next = tap + 1;
    }
}

/* Whether the link of @entry is behind all that are before it and in front of all after it. */
static gboolean
is_parting (const ConcLadderInput *input, const GArray *pairs, guint entry)
{
  guint tap = g_array_index (pairs, guint, entry);

  if (!has_link (input, pairs, entry))
    return FALSE;
  for (guint i = 0; i < input->rungs->len; i++)
    {
      const ConcLadderRung *rung = &g_array_index (input->rungs, ConcLadderRung, i);

      if (rung->bib != entry + 1 && (rung->bib < entry + 1) != (rung->tap < tap + 1))
        return FALSE;
    }
  return TRUE;
}

static void
check_part (const ConcLadderInput *input, const GArray *pairs, guint entry)
{
  g_autoptr (ConcLadderInput) part = conc_ladder_input_copy (input);
  g_autoptr (GArray) alone = NULL;
  guint tap = g_array_index (pairs, guint, entry);

  g_array_remove_range (part->taps, 0, tap + 1);
  g_array_remove_range (part->bibs, 0, entry + 1);
  alone = conc_ladder_pair (part);
  for (guint i = 0; i < alone->len; i++)
    {
      guint here = g_array_index (alone, guint, i);

      g_assert_cmpuint (here == CONC_LADDER_NONE ? here : here + tap + 1, ==,
                        g_array_index (pairs, guint, i + entry + 1));
    }
}

static void
test_parted_pairs (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  guint parted = 0;

  for (guint i = 0; i < 400; i++)
    {
      g_autoptr (ConcLadderInput) input = make_linked (random);
      g_autoptr (GArray) pairs = conc_ladder_pair (input);

      check_order (input, pairs);
      for (guint j = 0; j < pairs->len; j++)
        if (is_parting (input, pairs, j))
          {
            check_part (input, pairs, j);
            parted++;
          }
    }
  g_assert_cmpuint (parted, >, 200);
}

/* A crossing that was entered whole at the line needs no entry at the end of the chute. */
static void
test_known_crossing (void)
{
  g_autoptr (LadderRace) race = make_clean (120, FALSE);
  g_autoptr (ConcLadder) ladder = conc_ladder_new ();

  g_array_remove_index (race->input->bibs, 60);
  g_assert_cmpuint (conc_ladder_update (ladder, race->input)->suspicions->len, ==, 1);
  add_rung (race->input, 61, 61, 0);
  g_assert_cmpuint (conc_ladder_update (ladder, race->input)->suspicions->len, ==, 0);
}

static void
test_unread (void)
{
  g_autoptr (LadderRace) race = make_clean (120, FALSE);
  g_autoptr (ConcLadder) ladder = conc_ladder_new ();

  for (guint i = 0; i < race->input->bibs->len; i += 5)
    g_array_index (race->input->bibs, ConcLadderBib, i).bib = 0;
  g_assert_cmpuint (conc_ladder_update (ladder, race->input)->suspicions->len, ==, 0);
}

static void
test_texts (void)
{
  for (guint i = 0; i < CONC_LADDER_N_KINDS; i++)
    g_assert_nonnull (conc_ladder_kind_to_text (i));
  for (guint i = 0; i <= CONC_LADDER_REASON_KIND; i++)
    g_assert_nonnull (conc_ladder_reason_to_text (i));
  for (guint i = 0; i <= CONC_LADDER_OFFSET_SECOND; i++)
    g_assert_nonnull (conc_ladder_repair_to_text (i));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ladder/faults are located within two places", test_located);
  g_test_add_func ("/ladder/clean races are not suspected", test_clean);
  g_test_add_func ("/ladder/kind/missed tap", test_missed_tap);
  g_test_add_func ("/ladder/kind/double tap", test_double_tap);
  g_test_add_func ("/ladder/kind/missed bib", test_missed_bib);
  g_test_add_func ("/ladder/kind/double bib", test_double_bib);
  g_test_add_func ("/ladder/kind/swapped bibs", test_swapped_bibs);
  g_test_add_func ("/ladder/kind/reversed block", test_reversed_block);
  g_test_add_func ("/ladder/kind/second timer's clock", test_second_offset);
  g_test_add_func ("/ladder/kind/second timer came late", test_second_late);
  g_test_add_func ("/ladder/a bib comes again in the next lap", test_laps);
  g_test_add_func ("/ladder/runners whose bib was not read", test_unread);
  g_test_add_func ("/ladder/edges", test_edges);
  g_test_add_func ("/ladder/taps whose bibs come later wait", test_waiting);
  g_test_add_func ("/ladder/5,000 equal times", test_equal_times);
  g_test_add_func ("/ladder/crossing by crossing is the same as at once", test_incremental);
  g_test_add_func ("/ladder/repair/each", test_repairs);
  g_test_add_func ("/ladder/repair/refused", test_refused_repairs);
  g_test_add_func ("/ladder/repair/unlink", test_unlink);
  g_test_add_func ("/ladder/repair/consequence", test_consequence);
  g_test_add_func ("/ladder/pairs/each rule", test_pairs);
  g_test_add_func ("/ladder/pairs/a link parts the streams", test_parted_pairs);
  g_test_add_func ("/ladder/a crossing entered whole needs no entry", test_known_crossing);
  g_test_add_func ("/ladder/words for scripts", test_texts);
  return g_test_run ();
}
