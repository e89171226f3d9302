/* test-published-results.c: places of real races, computed again and compared row by row. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/race-time.h"
#include "core/scoreboard.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#define USEC G_GINT64_CONSTANT (1000000)
#define MSEC G_GINT64_CONSTANT (1000)
#define GUN (1398088800 * USEC)
#define COLUMNS 10
#define GROUPS "40-44,45-49,50-54,55-59,60-64,65-69,70-74,75-79,80+"

enum
{
  COLUMN_GENDER = 1,
  COLUMN_AGE,
  COLUMN_GROUP,
  COLUMN_GUN_MS,
  COLUMN_NET_MS,
  COLUMN_STATUS,
  COLUMN_OVERALL,
  COLUMN_SEX_PLACE,
  COLUMN_GROUP_PLACE
};

typedef struct
{
  const char *file;
  guint       row_count;
  const char *divisions;
  ConcRankBy  rank_by;
  gboolean    recorded_order;
} Race;

static const Race boston = { "boston-2014.csv", 31931, "18-39," GROUPS, CONC_RANK_BY_GUN, FALSE };
static const Race cherry = { "cherry-blossom-10mi-2012.csv", 16924,
                             "0-19,20-24,25-29,30-34,35-39," GROUPS, CONC_RANK_BY_NET, FALSE };
static const Race parkrun = { "parkrun-linfordwood-241.csv", 321, "none", CONC_RANK_BY_GUN, TRUE };

/* Lines are cut by hand: g_strsplit() of a whole file takes seconds under the address sanitizer,
 * which measures the rest of the text at every line. */
static GPtrArray *
read_rows (const Race *race)
{
  g_autofree char *path = g_build_filename (TEST_DATA_DIR, "results", race->file, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray  *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  const char *end;
  gsize       length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  for (char *line = text; (end = memchr (line, '\n', text + length - line)) != NULL;)
    {
      g_autofree char *copy = g_strndup (line, end - line);

      if (line != text)
        {
          char **cells = g_strsplit (g_strchomp (copy), ",", -1);

          g_assert_cmpuint (g_strv_length (cells), ==, COLUMNS);
          g_ptr_array_add (rows, cells);
        }
      line = text + (end - text) + 1;
    }
  g_assert_cmpuint (rows->len, ==, race->row_count);
  return rows;
}

/* Everyone crosses the line once. Who has a net time only started at a moment of their own; who has
 * no time crossed together with the one recorded before. */
static void
put_row (ConcScoreboard *board, char **cells, guint n, gint64 *last_usec)
{
  g_autofree char *key = g_strdup_printf ("%u", n);
  gint64           own_start = CONC_NO_TIME;
  gint64           at_usec = *last_usec;
  ConcCrossing     crossing = { 0, n, { "station", n } };
  ConcEntrant      entrant = { .key = key, .sex = conc_sex_from_text (cells[COLUMN_GENDER]) };

  if (cells[COLUMN_NET_MS][0] != '\0')
    {
      own_start = GUN + (gint64) (n * 7919 % 1800) * USEC;
      at_usec = own_start + g_ascii_strtoll (cells[COLUMN_NET_MS], NULL, 10) * MSEC;
    }
  else if (cells[COLUMN_GUN_MS][0] != '\0')
    at_usec = GUN + g_ascii_strtoll (cells[COLUMN_GUN_MS], NULL, 10) * MSEC;
  crossing.at_usec = at_usec;
  *last_usec = at_usec;
  entrant.age = cells[COLUMN_AGE][0] == '\0' ? -1 : atoi (cells[COLUMN_AGE]);
  entrant.own_start_usec = own_start;
  entrant.crossings = &crossing;
  entrant.crossing_count = 1;
  conc_scoreboard_put (board, &entrant);
}

static ConcScoreboard *
build_board (const Race *race, const GPtrArray *rows)
{
  g_auto (ConcRules) rules;
  ConcScoreboard *board;
  g_autoptr (GError) error = NULL;
  gint64 last_usec = GUN;

  conc_rules_init (&rules);
  conc_rules_set (&rules, "divisions", race->divisions, &error);
  g_assert_no_error (error);
  rules.rank_by = race->rank_by;
  board = conc_scoreboard_new (&rules);
  conc_scoreboard_set_start (board, "", GUN);
  for (guint n = 0; n < rows->len; n++)
    put_row (board, g_ptr_array_index (rows, n), n, &last_usec);
  return board;
}

/* The published place of everyone in @list lies between those of the first and the last with the
 * same time. */
static guint
check_list (const Race *race, ConcScoreboard *board, const GPtrArray *rows, int list, int column)
{
  guint      count = conc_scoreboard_get_count (board, list);
  guint      checked = 0;
  ConcResult row, end;

  for (guint first = 0, behind; first < count; first = behind)
    {
      conc_scoreboard_get_row (board, list, first, &row);
      for (behind = first + 1; conc_scoreboard_get_row (board, list, behind, &end); behind++)
        if (end.rank_usec != row.rank_usec)
          break;
      for (guint n = first; n < behind; n++)
        {
          char **cells;
          guint  published;

          conc_scoreboard_get_row (board, list, n, &row);
          cells = g_ptr_array_index (rows, atoi (row.entrant->key));
          if (cells[column][0] == '\0')
            continue;
          published = (guint) atoi (cells[column]);
          g_assert_cmpuint (published, >, first);
          g_assert_cmpuint (published, <=, behind);
          if (race->recorded_order)
            g_assert_cmpuint (published, ==, n + 1);
          checked++;
        }
    }
  return checked;
}

static guint
count_cells (const GPtrArray *rows, int column)
{
  guint count = 0;

  for (guint n = 0; n < rows->len; n++)
    if (((char **) g_ptr_array_index (rows, n))[column][0] != '\0')
      count++;
  return count;
}

static void
check_division_names (ConcScoreboard *board, const GPtrArray *rows)
{
  for (guint n = 0; n < rows->len; n++)
    {
      char           **cells = g_ptr_array_index (rows, n);
      const char      *group = cells[COLUMN_GROUP];
      g_autofree char *key = g_strdup_printf ("%u", n);
      g_autofree char *name =
          g_strconcat (cells[COLUMN_GENDER], strcmp (group, "U20") == 0 ? "0-19" : group, NULL);
      ConcResult row;

      g_assert_true (conc_scoreboard_get_result (board, key, &row));
      if (group[0] == '\0')
        g_assert_null (row.division);
      else
        g_assert_cmpstr (row.division, ==, name);
    }
}

static void
test_race (gconstpointer data)
{
  const Race *race = data;
  g_autoptr (GPtrArray) rows = read_rows (race);
  g_autoptr (ConcScoreboard) board = build_board (race, rows);
  g_autoptr (GArray) divisions = conc_scoreboard_dup_divisions (board);
  guint checked;

  checked = check_list (race, board, rows, CONC_LIST_OVERALL, COLUMN_OVERALL);
  g_assert_cmpuint (checked, ==, count_cells (rows, COLUMN_OVERALL));
  checked = 0;
  for (ConcSex sex = CONC_SEX_FEMALE; sex <= CONC_SEX_NONBINARY; sex++)
    checked += check_list (race, board, rows, conc_list_of_sex (sex), COLUMN_SEX_PLACE);
  g_assert_cmpuint (checked, ==, count_cells (rows, COLUMN_SEX_PLACE));
  checked = 0;
  for (guint i = 0; i < divisions->len; i++)
    checked +=
        check_list (race, board, rows, g_array_index (divisions, int, i), COLUMN_GROUP_PLACE);
  g_assert_cmpuint (checked, ==, count_cells (rows, COLUMN_GROUP_PLACE));
  if (divisions->len > 0)
    check_division_names (board, rows);
}

static void
test_unknown_runner_keeps_the_place (void)
{
  g_autoptr (GPtrArray) rows = read_rows (&parkrun);
  g_autoptr (ConcScoreboard) board = build_board (&parkrun, rows);
  guint unknown = 0;

  for (guint n = 0; n < rows->len; n++)
    {
      char     **cells = g_ptr_array_index (rows, n);
      ConcResult row;

      g_assert_true (conc_scoreboard_get_row (board, CONC_LIST_OVERALL, n, &row));
      g_assert_cmpint (atoi (row.entrant->key), ==, n);
      if (strcmp (cells[COLUMN_STATUS], "UNKNOWN") != 0)
        continue;
      g_assert_cmpuint (row.place, ==, n + 1);
      g_assert_cmpuint (row.sex_place, ==, 0);
      unknown++;
    }
  g_assert_cmpuint (unknown, ==, 15);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/published-results/Boston 2014", &boston, test_race);
  g_test_add_data_func ("/published-results/Cherry Blossom 2012", &cherry, test_race);
  g_test_add_data_func ("/published-results/parkrun 241", &parkrun, test_race);
  g_test_add_func ("/published-results/an unknown runner keeps the place",
                   test_unknown_runner_keeps_the_place);
  return g_test_run ();
}
