/* test-scoreboard.c: places and times, from scratch and one crossing at a time. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/race-time.h"
#include "core/scoreboard.h"

#include <locale.h>
#include <string.h>

#define USEC G_GINT64_CONSTANT (1000000)
#define MSEC G_GINT64_CONSTANT (1000)

/* 9 December 2017, 23:30 in Chicago: every race here runs over midnight. */
#define GUN (1512883800 * USEC)

static const char *const list_names[] = { "overall", "F",     "M",    "X",     "F0-39",
                                          "F40+",    "M0-39", "M40+", "X0-39", "X40+" };

static void
init_rules (ConcRules *rules)
{
  conc_rules_init (rules);
  conc_rules_set (rules, "divisions", "0-39,40+", NULL);
}

/* One who crosses the line once, @at_ms after GUN; G_MININT for one who does not. */
static void
put_one (ConcScoreboard *board, const char *key, ConcSex sex, int age, int at_ms, ConcHlc hlc)
{
  ConcCrossing crossing = { GUN + at_ms * MSEC, hlc, { "station", hlc } };
  ConcEntrant  entrant = {
     .key = key,
     .sex = sex,
     .age = age,
     .own_start_usec = CONC_NO_TIME,
     .crossings = &crossing,
     .crossing_count = at_ms == G_MININT ? 0 : 1,
  };

  conc_scoreboard_put (board, &entrant);
}

static guint
get_place (ConcScoreboard *board, const char *key)
{
  ConcResult row;

  g_assert_true (conc_scoreboard_get_result (board, key, &row));
  return row.place;
}

/* The keys of a list in order, each with its place, as "1a 2b 2c". */
static char *
dup_list (ConcScoreboard *board, const char *name)
{
  GString   *out = g_string_new (NULL);
  int        list = conc_scoreboard_find_list (board, name);
  ConcResult row;

  for (guint n = 0; conc_scoreboard_get_row (board, list, n, &row); n++)
    {
      gboolean overall = list == CONC_LIST_OVERALL;
      gboolean by_sex = list < CONC_LIST_FIRST_DIVISION;
      guint    place = overall ? row.place : by_sex ? row.sex_place : row.division_place;
      gboolean tied = overall ? row.tied : by_sex ? row.sex_tied : row.division_tied;

      g_string_append_printf (out, "%s%s%u%s", n > 0 ? " " : "", tied ? "=" : "", place,
                              row.entrant->key);
    }
  return g_string_free (out, FALSE);
}

static void
assert_list (ConcScoreboard *board, const char *name, const char *expected)
{
  g_autofree char *text = dup_list (board, name);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_empty (void)
{
  g_auto (ConcRules) rules;
  g_autoptr (ConcScoreboard) board = NULL;
  g_autoptr (GArray) divisions = NULL;
  ConcResult row;

  init_rules (&rules);
  board = conc_scoreboard_new (&rules);
  divisions = conc_scoreboard_dup_divisions (board);
  g_assert_cmpuint (divisions->len, ==, 0);
  g_assert_cmpuint (conc_scoreboard_get_count (board, CONC_LIST_OVERALL), ==, 0);
  g_assert_cmpuint (conc_scoreboard_get_count (board, CONC_LIST_NONE), ==, 0);
  g_assert_cmpuint (conc_scoreboard_get_count (board, 1000), ==, 0);
  g_assert_false (conc_scoreboard_get_row (board, CONC_LIST_OVERALL, 0, &row));
  g_assert_false (conc_scoreboard_get_result (board, "nobody", &row));
  g_assert_false (conc_scoreboard_remove (board, "nobody"));
  g_assert_cmpint (conc_scoreboard_get_start (board, "A"), ==, CONC_NO_TIME);
}

static void
test_lists_have_names (void)
{
  g_auto (ConcRules) rules;
  g_autoptr (ConcScoreboard) board = NULL;

  init_rules (&rules);
  board = conc_scoreboard_new (&rules);
  for (int i = 0; i < (int) G_N_ELEMENTS (list_names); i++)
    {
      g_assert_cmpstr (conc_scoreboard_get_list_name (board, i), ==, list_names[i]);
      g_assert_cmpint (conc_scoreboard_find_list (board, list_names[i]), ==, i);
    }
  g_assert_cmpint (conc_scoreboard_find_list (board, "f40+"), ==, 5);
  g_assert_cmpint (conc_scoreboard_find_list (board, "F50+"), ==, CONC_LIST_NONE);
  g_assert_null (conc_scoreboard_get_list_name (board, G_N_ELEMENTS (list_names)));
  g_assert_null (conc_scoreboard_get_list_name (board, CONC_LIST_NONE));
}

static void
test_places_and_missing_values (void)
{
  g_auto (ConcRules) rules;
  g_autoptr (ConcScoreboard) board = NULL;
  g_autoptr (GArray) divisions = NULL;
  ConcResult row;

  init_rules (&rules);
  board = conc_scoreboard_new (&rules);
  conc_scoreboard_set_start (board, "", GUN);
  put_one (board, "ann", CONC_SEX_FEMALE, 30, 3000000, 1);
  put_one (board, "bob", CONC_SEX_MALE, 40, 2000000, 2);
  put_one (board, "bib:999", CONC_SEX_UNKNOWN, -1, 2500000, 3);
  put_one (board, "cat", CONC_SEX_FEMALE, -1, 2600000, 4);
  put_one (board, "dee", CONC_SEX_NONBINARY, 22, 2700000, 5);
  put_one (board, "eve", CONC_SEX_FEMALE, 44, G_MININT, 6);
  put_one (board, "fay", CONC_SEX_UNKNOWN, 30, 2800000, 7);
  put_one (board, "gus", CONC_SEX_MALE, 39, -1, 8);

  assert_list (board, "overall", "1bob 2bib:999 3cat 4dee 5fay 6ann");
  assert_list (board, "F", "1cat 2ann");
  assert_list (board, "M", "1bob");
  assert_list (board, "X", "1dee");
  assert_list (board, "F0-39", "1ann");
  assert_list (board, "M40+", "1bob");
  assert_list (board, "M0-39", "");
  divisions = conc_scoreboard_dup_divisions (board);
  g_assert_cmpuint (divisions->len, ==, 3);
  g_assert_cmpuint (conc_scoreboard_get_entrant_count (board), ==, 8);

  g_assert_true (conc_scoreboard_get_result (board, "cat", &row));
  g_assert_null (row.division);
  g_assert_cmpuint (row.division_place, ==, 0);
  g_assert_cmpint (row.gun_usec, ==, 2600 * USEC);
  g_assert_cmpint (row.net_usec, ==, CONC_NO_TIME);
  g_assert_true (conc_scoreboard_get_result (board, "bib:999", &row));
  g_assert_cmpuint (row.sex_place, ==, 0);
  g_assert_true (conc_scoreboard_get_result (board, "eve", &row));
  g_assert_cmpstr (row.division, ==, "F40+");
  g_assert_cmpuint (row.place + row.sex_place + row.division_place, ==, 0);
  g_assert_cmpint (row.gun_usec, ==, CONC_NO_TIME);
  g_assert_true (conc_scoreboard_get_result (board, "gus", &row));
  g_assert_cmpuint (row.place, ==, 0);
  g_assert_cmpuint (row.ignored_count, ==, 1);
}

static void
test_ties (void)
{
  /* Times in ms and the order of recording; which rounding; the list as distinct and as shared. */
  static const struct
  {
    ConcRounding rounding;
    int          at_ms[4];
    const char  *distinct;
    const char  *shared;
  } rows[] = {
    { CONC_ROUND_UP_SECOND,
      { 1000000, 1000300, 1000100, 1001001 },
      "1a 2c 3b 4d",
      "1a =2c =2b 4d" },
    { CONC_ROUND_UP_TENTH, { 1000000, 1000300, 1000100, 1001001 }, "1a 2c 3b 4d", "1a 2c 3b 4d" },
    { CONC_ROUND_UP_TENTH,
      { 1000010, 1000100, 1000090, 1000101 },
      "1a 2c 3b 4d",
      "=1a =1c =1b 4d" },
    { CONC_ROUND_EXACT, { 1000000, 1000000, 1000000, 1000001 }, "1a 2b 3c 4d", "=1a =1b =1c 4d" },
    { CONC_ROUND_UP_HUNDREDTH, { 990, 991, 1000, 1001 }, "1a 2b 3c 4d", "1a =2b =2c 4d" },
    { CONC_ROUND_UP_SECOND, { 1, 1000, 1001, 2000 }, "1a 2b 3c 4d", "=1a =1b =3c =3d" },
    { CONC_ROUND_UP_SECOND, { 0, 0, 0, 0 }, "1a 2b 3c 4d", "=1a =1b =1c =1d" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (ConcPlaces places = CONC_PLACES_DISTINCT; places <= CONC_PLACES_SHARED; places++)
      {
        g_auto (ConcRules) rules;
        g_autoptr (ConcScoreboard) board = NULL;

        init_rules (&rules);
        rules.rounding = rows[i].rounding;
        rules.places = places;
        board = conc_scoreboard_new (&rules);
        conc_scoreboard_set_start (board, "", GUN);
        for (int c = 3; c >= 0; c--)
          {
            char key[2] = { (char) ('a' + c), '\0' };

            put_one (board, key, CONC_SEX_FEMALE, 50, rows[i].at_ms[c], c + 1);
          }
        assert_list (board, "overall",
                     places == CONC_PLACES_SHARED ? rows[i].shared : rows[i].distinct);
        assert_list (board, "F40+",
                     places == CONC_PLACES_SHARED ? rows[i].shared : rows[i].distinct);
      }
}

static void
test_recorded_order_breaks_equal_instants (void)
{
  g_auto (ConcRules) rules;
  g_autoptr (ConcScoreboard) board = NULL;

  init_rules (&rules);
  board = conc_scoreboard_new (&rules);
  conc_scoreboard_set_start (board, "", GUN);
  put_one (board, "a", CONC_SEX_MALE, 20, 1000, 9);
  put_one (board, "b", CONC_SEX_MALE, 20, 1000, 4);
  put_one (board, "d", CONC_SEX_MALE, 20, 1000, 6);
  put_one (board, "c", CONC_SEX_MALE, 20, 1000, 6);
  assert_list (board, "overall", "1b 2c 3d 4a");
}

static void
put_waved (ConcScoreboard *board, const char *key, const char *wave, int own_ms, int at_ms)
{
  ConcCrossing crossing = { GUN + at_ms * MSEC, at_ms, { "station", at_ms } };
  ConcEntrant  entrant = {
     .key = key,
     .age = -1,
     .wave = wave,
     .own_start_usec = own_ms == G_MININT ? CONC_NO_TIME : GUN + own_ms * MSEC,
     .crossings = &crossing,
     .crossing_count = 1,
  };

  conc_scoreboard_put (board, &entrant);
}

static void
test_waves (void)
{
  g_auto (ConcRules) rules;
  g_autoptr (ConcScoreboard) board = NULL;
  ConcResult row;

  init_rules (&rules);
  board = conc_scoreboard_new (&rules);
  put_waved (board, "a", "A", G_MININT, 1000000);
  put_waved (board, "b", "B", G_MININT, 1200000);
  put_waved (board, "c", NULL, G_MININT, 1100000);
  /* No gun at all: in order at the line, without a time. */
  assert_list (board, "overall", "1a 2c 3b");
  g_assert_true (conc_scoreboard_get_result (board, "a", &row));
  g_assert_cmpint (row.gun_usec, ==, CONC_NO_TIME);

  conc_scoreboard_set_start (board, "B", GUN + 600 * USEC);
  assert_list (board, "overall", "1b 2a 3c");
  conc_scoreboard_set_start (board, NULL, GUN);
  assert_list (board, "overall", "1b 2a 3c");
  g_assert_true (conc_scoreboard_get_result (board, "b", &row));
  g_assert_cmpint (row.gun_usec, ==, 600 * USEC);
  g_assert_true (conc_scoreboard_get_result (board, "c", &row));
  g_assert_cmpint (row.gun_usec, ==, 1100 * USEC);
  g_assert_cmpint (conc_scoreboard_get_start (board, "A"), ==, GUN);
  g_assert_cmpint (conc_scoreboard_get_start (board, "B"), ==, GUN + 600 * USEC);
  g_assert_cmpint (conc_scoreboard_get_start (board, "never seen"), ==, GUN);

  conc_scoreboard_set_start (board, "B", CONC_NO_TIME);
  assert_list (board, "overall", "1a 2c 3b");
  conc_scoreboard_set_start (board, "", GUN + 1050 * USEC);
  assert_list (board, "overall", "1c 2b");
  conc_scoreboard_set_start (board, "", CONC_NO_TIME);
  assert_list (board, "overall", "1a 2c 3b");
}

static void
test_net_time (void)
{
  g_auto (ConcRules) rules;
  g_autoptr (ConcScoreboard) board = NULL;
  ConcResult row;

  init_rules (&rules);
  board = conc_scoreboard_new (&rules);
  conc_scoreboard_set_start (board, "", GUN);
  put_waved (board, "front", NULL, 1000, 1500000);
  put_waved (board, "back", NULL, 90000, 1510000);
  put_waved (board, "mat missed", NULL, G_MININT, 1499500);
  put_waved (board, "early", NULL, -10000, 1600000);
  put_waved (board, "bad start", NULL, 1700001, 1700000);
  assert_list (board, "overall", "1mat missed 2front 3back 4early 5bad start");

  g_assert_cmpint (conc_scoreboard_get_rules (board)->rank_by, ==, CONC_RANK_BY_GUN);
  rules.rank_by = CONC_RANK_BY_NET;
  conc_scoreboard_set_rules (board, &rules);
  assert_list (board, "overall", "1back 2front 3mat missed 4early 5bad start");
  g_assert_true (conc_scoreboard_get_result (board, "early", &row));
  g_assert_cmpint (row.net_usec, ==, 1610 * USEC);
  g_assert_true (conc_scoreboard_get_result (board, "bad start", &row));
  g_assert_cmpint (row.net_usec, ==, CONC_NO_TIME);
  g_assert_true (row.start_ignored);
  g_assert_cmpint (row.rank_usec, ==, 1700 * USEC);

  /* Net times stand without any gun. */
  conc_scoreboard_set_start (board, "", CONC_NO_TIME);
  assert_list (board, "overall", "1back 2front 3early 4mat missed 5bad start");
}

static void
test_status_takes_the_place_away (void)
{
  g_auto (ConcRules) rules;
  g_autoptr (ConcScoreboard) board = NULL;
  ConcCrossing crossing = { GUN + 1000 * USEC, 1, { "station", 1 } };
  ConcEntrant  entrant = { .key = "a",
                           .age = 20,
                           .sex = CONC_SEX_MALE,
                           .own_start_usec = CONC_NO_TIME,
                           .status = CONC_ENTRANT_DQ,
                           .crossings = &crossing,
                           .crossing_count = 1 };
  ConcResult   row;

  init_rules (&rules);
  board = conc_scoreboard_new (&rules);
  conc_scoreboard_set_start (board, "", GUN);
  conc_scoreboard_put (board, &entrant);
  put_one (board, "b", CONC_SEX_MALE, 20, 2000000, 2);
  assert_list (board, "overall", "1b");
  g_assert_true (conc_scoreboard_get_result (board, "a", &row));
  g_assert_cmpint (row.gun_usec, ==, 1000 * USEC);
  entrant.status = CONC_ENTRANT_RUNNING;
  conc_scoreboard_put (board, &entrant);
  assert_list (board, "overall", "1a 2b");
}

static void
test_laps_and_uses (void)
{
  static const ConcCrossingUse expected[] = { CONC_CROSSING_BEFORE_GUN, CONC_CROSSING_LAP,
                                              CONC_CROSSING_TOO_SOON, CONC_CROSSING_FINISH,
                                              CONC_CROSSING_AFTER_FINISH };
  /* Out of order on purpose. */
  static const ConcCrossing crossings[] = {
    { GUN + 900 * USEC, 4, { "s", 4 } }, { GUN - 5 * USEC, 1, { "s", 1 } },
    { GUN + 999 * USEC, 5, { "s", 5 } }, { GUN + 401 * USEC, 3, { "s", 3 } },
    { GUN + 400 * USEC, 2, { "s", 2 } },
  };
  g_auto (ConcRules) rules;
  g_autoptr (ConcScoreboard) board = NULL;
  ConcEntrant            entrant = { .key = "a",
                                     .bib = 7,
                                     .name = "Ann",
                                     .age = -1,
                                     .crossings = crossings,
                                     .own_start_usec = CONC_NO_TIME,
                                     .crossing_count = 2 };
  ConcResult             row;
  guint                  count;
  const ConcCrossingUse *uses;

  init_rules (&rules);
  rules.laps = 2;
  board = conc_scoreboard_new (&rules);
  conc_scoreboard_set_start (board, "", GUN);
  conc_scoreboard_put (board, &entrant);
  g_assert_cmpuint (get_place (board, "a"), ==, 0);
  entrant.crossing_count = 5;
  conc_scoreboard_put (board, &entrant);
  g_assert_true (conc_scoreboard_get_result (board, "a", &row));
  g_assert_cmpuint (row.place, ==, 1);
  g_assert_cmpuint (row.laps_done, ==, 2);
  g_assert_cmpuint (row.ignored_count, ==, 3);
  g_assert_cmpint (row.gun_usec, ==, 900 * USEC);
  g_assert_cmpstr (row.entrant->name, ==, "Ann");
  g_assert_cmpuint (row.entrant->bib, ==, 7);
  uses = conc_scoreboard_get_uses (board, "a", &count);
  g_assert_cmpmem (uses, count * sizeof *uses, expected, sizeof expected);
  g_assert_cmpint (row.entrant->crossings[3].fact.seq, ==, 4);
  g_assert_null (conc_scoreboard_get_uses (board, "nobody", &count));
  g_assert_cmpuint (count, ==, 0);
}

static void
test_put_accepts_its_own_entrant (void)
{
  g_auto (ConcRules) rules;
  g_autoptr (ConcScoreboard) board = NULL;
  ConcResult  row;
  ConcEntrant changed;

  init_rules (&rules);
  board = conc_scoreboard_new (&rules);
  conc_scoreboard_set_start (board, "A", GUN);
  put_waved (board, "a", "A", G_MININT, 5000);
  g_assert_true (conc_scoreboard_get_result (board, "a", &row));
  changed = *row.entrant;
  changed.age = 41;
  changed.sex = CONC_SEX_FEMALE;
  conc_scoreboard_put (board, &changed);
  assert_list (board, "F40+", "1a");
}

/* What the property test knows of everyone: enough to fill any board. */
#define MODEL_SIZE 30
#define MODEL_CROSSINGS 4
#define MODEL_WAVES 4

typedef struct
{
  gboolean     present[MODEL_SIZE];
  ConcEntrant  entrants[MODEL_SIZE];
  ConcCrossing crossings[MODEL_SIZE][MODEL_CROSSINGS];
  gint64       starts[MODEL_WAVES];
  char         keys[MODEL_SIZE][8];
} Model;

static const char *const model_waves[MODEL_WAVES] = { "", "A", "B", "C" };

static void
change_entrant (Model *model, ConcScoreboard *board, GRand *rand)
{
  int           i = g_rand_int_range (rand, 0, MODEL_SIZE);
  ConcEntrant  *entrant = &model->entrants[i];
  ConcCrossing *crossings = model->crossings[i];

  g_snprintf (model->keys[i], sizeof model->keys[i], "k%d", i);
  *entrant = (ConcEntrant){
    .key = model->keys[i],
    .sex = (ConcSex) g_rand_int_range (rand, 0, 4),
    .age = g_rand_int_range (rand, -1, 80),
    .wave = model_waves[g_rand_int_range (rand, 0, MODEL_WAVES)],
    .own_start_usec =
        g_rand_boolean (rand) ? CONC_NO_TIME : GUN + g_rand_int_range (rand, -1, 6) * USEC,
    .status = g_rand_int_range (rand, 0, 8) == 0 ? CONC_ENTRANT_DNF : CONC_ENTRANT_RUNNING,
    .crossings = crossings,
    .crossing_count = (guint) g_rand_int_range (rand, 0, MODEL_CROSSINGS + 1),
  };
  /* Few different instants, so that ties of every kind come up. */
  for (guint c = 0; c < entrant->crossing_count; c++)
    crossings[c] = (ConcCrossing){ GUN + g_rand_int_range (rand, -4, 60) * USEC / 4,
                                   g_rand_int_range (rand, 0, 5),
                                   { "s", g_rand_int_range (rand, 0, 3) } };
  model->present[i] = TRUE;
  conc_scoreboard_put (board, entrant);
}

static void
change_anything (Model *model, ConcScoreboard *board, GRand *rand)
{
  int i = g_rand_int_range (rand, 0, MODEL_SIZE);
  int wave = g_rand_int_range (rand, 0, MODEL_WAVES);

  switch (g_rand_int_range (rand, 0, 10))
    {
    case 0:
      model->starts[wave] =
          g_rand_boolean (rand) ? CONC_NO_TIME : GUN + g_rand_int_range (rand, 0, 5) * USEC;
      conc_scoreboard_set_start (board, model_waves[wave], model->starts[wave]);
      return;
    case 1:
    case 2:
      g_snprintf (model->keys[i], sizeof model->keys[i], "k%d", i);
      g_assert_cmpint (conc_scoreboard_remove (board, model->keys[i]), ==, model->present[i]);
      model->present[i] = FALSE;
      return;
    default:
      change_entrant (model, board, rand);
    }
}

static ConcScoreboard *
build_from_scratch (const Model *model, const ConcRules *rules)
{
  ConcScoreboard *board = conc_scoreboard_new (rules);

  for (int i = MODEL_SIZE - 1; i >= 0; i--)
    if (model->present[i])
      conc_scoreboard_put (board, &model->entrants[i]);
  for (int wave = 0; wave < MODEL_WAVES; wave++)
    conc_scoreboard_set_start (board, model_waves[wave], model->starts[wave]);
  return board;
}

static void
assert_same_boards (ConcScoreboard *a, ConcScoreboard *b)
{
  for (guint i = 0; i < G_N_ELEMENTS (list_names); i++)
    {
      g_autofree char *a_text = dup_list (a, list_names[i]);
      g_autofree char *b_text = dup_list (b, list_names[i]);

      g_assert_cmpstr (a_text, ==, b_text);
    }
}

/* Places by counting, which is slow and plainly right. */
static void
assert_places_count_the_faster (ConcScoreboard *board)
{
  const ConcRules *rules = conc_scoreboard_get_rules (board);
  guint            count = conc_scoreboard_get_count (board, CONC_LIST_OVERALL);
  ConcResult       row, other;

  for (guint n = 0; conc_scoreboard_get_row (board, CONC_LIST_OVERALL, n, &row); n++)
    {
      guint    faster = 0, slower = 0;
      gboolean timed = row.rank_usec != CONC_NO_TIME;
      gint64   shown = timed ? conc_duration_round (row.rank_usec, rules->rounding) : G_MAXINT64;

      for (guint m = 0; conc_scoreboard_get_row (board, CONC_LIST_OVERALL, m, &other); m++)
        {
          gint64 other_shown = other.rank_usec != CONC_NO_TIME
                                   ? conc_duration_round (other.rank_usec, rules->rounding)
                                   : G_MAXINT64;

          faster += other_shown < shown;
          slower += other_shown > shown;
        }
      g_assert_cmpuint (row.place, >, faster);
      g_assert_cmpuint (row.place, <=, count - slower);
      if (rules->places == CONC_PLACES_SHARED && timed)
        {
          g_assert_cmpuint (row.place, ==, faster + 1);
          g_assert_cmpint (row.tied, ==, faster + slower + 1 < count);
        }
      else
        g_assert_cmpuint (row.place, ==, n + 1);
    }
}

static void
test_incremental_equals_from_scratch (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1209);

  for (guint sequence = 0; sequence < 300; sequence++)
    {
      g_autofree Model *model = g_new0 (Model, 1);
      g_auto (ConcRules) rules;
      g_autoptr (ConcScoreboard) board = NULL;
      /* Now and then so many changes without a read that the board sorts instead of inserting. */
      int changes = sequence % 10 == 0 ? 900 : g_rand_int_range (rand, 1, 20);

      init_rules (&rules);
      rules.laps = g_rand_int_range (rand, 1, 3);
      rules.min_lap_usec = 2 * USEC;
      rules.rank_by = g_rand_boolean (rand) ? CONC_RANK_BY_NET : CONC_RANK_BY_GUN;
      rules.places = g_rand_boolean (rand) ? CONC_PLACES_SHARED : CONC_PLACES_DISTINCT;
      rules.rounding = (ConcRounding) g_rand_int_range (rand, 0, 4);
      board = conc_scoreboard_new (&rules);
      for (int wave = 0; wave < MODEL_WAVES; wave++)
        model->starts[wave] = CONC_NO_TIME;
      for (int round = 0; round < 6; round++)
        {
          g_autoptr (ConcScoreboard) scratch = NULL;

          for (int change = 0; change < changes; change++)
            change_anything (model, board, rand);
          scratch = build_from_scratch (model, &rules);
          assert_same_boards (board, scratch);
          assert_places_count_the_faster (board);
        }
      rules.places = CONC_PLACES_SHARED;
      rules.rank_by = CONC_RANK_BY_NET;
      conc_scoreboard_set_rules (board, &rules);
      assert_places_count_the_faster (board);
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scoreboard/empty", test_empty);
  g_test_add_func ("/scoreboard/lists have names", test_lists_have_names);
  g_test_add_func ("/scoreboard/places and missing values", test_places_and_missing_values);
  g_test_add_func ("/scoreboard/ties", test_ties);
  g_test_add_func ("/scoreboard/recorded order breaks equal instants",
                   test_recorded_order_breaks_equal_instants);
  g_test_add_func ("/scoreboard/waves", test_waves);
  g_test_add_func ("/scoreboard/net time", test_net_time);
  g_test_add_func ("/scoreboard/status takes the place away", test_status_takes_the_place_away);
  g_test_add_func ("/scoreboard/laps and uses", test_laps_and_uses);
  g_test_add_func ("/scoreboard/put accepts its own entrant", test_put_accepts_its_own_entrant);
  g_test_add_func ("/scoreboard/incremental equals from scratch",
                   test_incremental_equals_from_scratch);
  return g_test_run ();
}
