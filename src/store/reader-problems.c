/* reader-problems.c: what a person must look at before the results can be trusted. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/reader-problems.h"

#include "core/runner.h"
#include "store/reader-private.h"
#include "store/reader-sync.h"

/* What is read for the search: @texts has what the arrays point to. */
typedef struct
{
  ConcRaceProblemInput input;
  GStringChunk        *texts;
} Search;

static void
search_clear (Search *search)
{
  g_clear_pointer (&search->input.runners, g_hash_table_unref);
  g_clear_pointer (&search->input.taps, g_array_unref);
  g_clear_pointer (&search->input.chute, g_array_unref);
  g_clear_pointer (&search->input.guns, g_array_unref);
  g_clear_pointer (&search->input.zone, g_time_zone_unref);
  g_string_chunk_free (search->texts);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

static char *
dup_name (sqlite3_stmt *statement, const char *id, int column)
{
  g_autoptr (ConcRunner) runner = conc_runner_new (id);

  conc_runner_set (runner, CONC_FIELD_GIVEN_NAME, conc_column_text (statement, column));
  conc_runner_set (runner, CONC_FIELD_FAMILY_NAME, conc_column_text (statement, column + 1));
  return conc_runner_dup_full_name (runner);
}

static void
add_runner (Search *search, sqlite3_stmt *statement)
{
  const char            *id = conc_column_text (statement, 0);
  ConcRaceProblemRunner *runner = g_new0 (ConcRaceProblemRunner, 1);

  runner->name = dup_name (statement, id, 1);
  runner->event = conc_column_dup (statement, 3);
  runner->is_checked_in = sqlite3_column_type (statement, 4) != SQLITE_NULL;
  runner->is_no_show = g_strcmp0 (conc_column_text (statement, 5), CONC_ATTENDANCE_NO_SHOW) == 0;
  g_hash_table_insert (search->input.runners, g_strdup (id), runner);
}

static void
add_time (Search *search, GArray *times, sqlite3_stmt *statement)
{
  ConcRaceProblemTime time = {
    .fact = g_string_chunk_insert (search->texts, conc_column_text (statement, 0)),
    .at_usec = sqlite3_column_int64 (statement, 1),
    .bib = (guint) sqlite3_column_int64 (statement, 2),
    .source = g_string_chunk_insert_const (search->texts, conc_column_text (statement, 3)),
  };

  g_array_append_val (times, time);
}

static void
add_gun (Search *search, sqlite3_stmt *statement)
{
  ConcRaceProblemGun gun = {
    .wave = g_string_chunk_insert_const (search->texts, conc_column_text (statement, 0)),
    .at_usec = sqlite3_column_int64 (statement, 1),
    .place = g_string_chunk_insert_const (search->texts, conc_column_text (statement, 2)),
  };

  g_array_append_val (search->input.guns, gun);
}

static gboolean
read_runners (ConcDb *db, Search *search, GError **error)
{
  sqlite3_stmt *statement =
      conc_db_prepare (db,
                       "SELECT id, given_name, family_name, event, checked_in_at, attendance "
                       "FROM runner r WHERE bib IS NOT NULL AND "
                       "EXISTS (SELECT 1 FROM tap t WHERE t.bib = r.bib)",
                       error);
  ConcStep step = CONC_STEP_FAILED;

  while (statement != NULL && (step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    add_runner (search, statement);
  return step == CONC_STEP_DONE;
}

static gboolean
read_times (ConcDb *db, const char *sql, Search *search, GArray *times, GError **error)
{
  sqlite3_stmt *statement = conc_db_prepare (db, sql, error);
  ConcStep      step = CONC_STEP_FAILED;

  while (statement != NULL && (step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    add_time (search, times, statement);
  return step == CONC_STEP_DONE;
}

static gboolean
read_guns (ConcDb *db, Search *search, GError **error)
{
  sqlite3_stmt *statement = conc_db_prepare (
      db,
      "SELECT g.wave, g.at_usec, coalesce (s.name, g.station) FROM gun_seen g "
      "LEFT JOIN named_station s ON s.id = g.station ORDER BY g.at_usec, g.subject",
      error);
  ConcStep step = CONC_STEP_FAILED;

  while (statement != NULL && (step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    add_gun (search, statement);
  return step == CONC_STEP_DONE;
}

/* A source is one watch: this station's key, another's, a stream. */
#define TAPS                                                                                       \
  "SELECT subject, at_usec, coalesce (bib, 0), station || ' ' || stream || ' ' || "                \
  "coalesce (source, '') FROM tap ORDER BY at_usec, hlc, subject"

#define UNTIMED                                                                                    \
  "SELECT subject, at_usec, coalesce (bib, 0), coalesce (source, '') FROM chute "                  \
  "WHERE tap IS NULL ORDER BY at_usec, hlc, subject"

static void
free_runner_cb (gpointer runner)
{
  conc_race_problem_runner_free (runner);
}

/**
 * conc_reader_list_problems: see the header and conc_race_problems_find().
 *
 * Names are as the role of this station has them.
 *
 * Returns: (transfer full) (nullable): the problems. Cost: reads every tap: some microseconds each.
 */
GPtrArray *
conc_reader_list_problems (ConcReader *reader, ConcScoreboard *board, GError **error)
{
  ConcDb *db = conc_reader_get_db (reader);
  g_autoptr (ConcSettings) settings = conc_reader_dup_settings (reader, error);
  g_auto (Search) search = { .texts = g_string_chunk_new (4096) };

  if (settings == NULL)
    return NULL;
  search.input.board = board;
  search.input.runners = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_runner_cb);
  search.input.taps = g_array_new (FALSE, FALSE, sizeof (ConcRaceProblemTime));
  search.input.chute = g_array_new (FALSE, FALSE, sizeof (ConcRaceProblemTime));
  search.input.guns = g_array_new (FALSE, FALSE, sizeof (ConcRaceProblemGun));
  search.input.zone = conc_settings_dup_zone (settings);
  if (!read_runners (db, &search, error) ||
      !read_times (db, TAPS, &search, search.input.taps, error) ||
      !read_times (db, UNTIMED, &search, search.input.chute, error) ||
      !read_guns (db, &search, error))
    return NULL;
  return conc_race_problems_find (&search.input);
}
