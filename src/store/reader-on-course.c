/* reader-on-course.c: who is still out there. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/reader-problems.h"

#include "core/race-time.h"
#include "core/runner.h"
#include "store/reader-private.h"

/* Known to be here is who checked in, crossed the line or has a start of their own. */
#define ON_COURSE                                                                                  \
  "SELECT r.id, r.bib, r.given_name, r.family_name, r.wave, s.at_usec FROM runner r "              \
  "LEFT JOIN start s ON s.bib = r.bib "                                                            \
  "WHERE NOT r.is_virtual AND coalesce (r.ruling, '') = '' AND (r.checked_in_at IS NOT NULL "      \
  "OR s.bib IS NOT NULL OR EXISTS (SELECT 1 FROM tap t WHERE t.bib = r.bib)) "                     \
  "AND EXISTS (SELECT 1 FROM gun g WHERE g.wave = '' OR g.wave = r.wave) "                         \
  "ORDER BY r.bib IS NULL, r.bib, r.id"

/** conc_on_course_free: frees @runner, which may be %NULL. */
void
conc_on_course_free (ConcOnCourse *runner)
{
  if (runner == NULL)
    return;
  g_free (runner->id);
  g_free (runner->name);
  g_free (runner->wave);
  g_free (runner);
}

static void
free_cb (gpointer runner)
{
  conc_on_course_free (runner);
}

/* What the board knows of them: laps and when they were last at the line. */
static void
add_progress (ConcOnCourse *runner, ConcScoreboard *board, const ConcResult *result)
{
  guint                  count;
  const ConcCrossingUse *uses = conc_scoreboard_get_uses (board, runner->id, &count);

  runner->laps_done = result->laps_done;
  for (guint i = 0; i < count; i++)
    if (uses[i] < CONC_CROSSING_FIRST_IGNORED)
      runner->last_usec = result->entrant->crossings[i].at_usec;
}

static ConcOnCourse *
read_one (sqlite3_stmt *statement, ConcScoreboard *board)
{
  ConcOnCourse *runner = g_new0 (ConcOnCourse, 1);
  g_autoptr (ConcRunner) named = NULL;

  runner->id = conc_column_dup (statement, 0);
  runner->bib = (guint) sqlite3_column_int64 (statement, 1);
  runner->wave = conc_column_dup (statement, 4);
  runner->last_usec = CONC_NO_TIME;
  runner->start_usec = sqlite3_column_type (statement, 5) != SQLITE_NULL
                           ? sqlite3_column_int64 (statement, 5)
                           : conc_scoreboard_get_start (board, runner->wave);
  named = conc_runner_new (runner->id);
  conc_runner_set (named, CONC_FIELD_BIB, conc_column_text (statement, 1));
  conc_runner_set (named, CONC_FIELD_GIVEN_NAME, conc_column_text (statement, 2));
  conc_runner_set (named, CONC_FIELD_FAMILY_NAME, conc_column_text (statement, 3));
  runner->name = conc_runner_dup_full_name (named);
  if (*runner->name == '\0')
    {
      g_free (runner->name);
      runner->name = conc_runner_dup_public_name (named);
    }
  return runner;
}

/**
 * conc_reader_list_on_course: see the header.
 * @board: the board of this moment
 *
 * Whose wave has started, who is known to be here, and who has neither finished nor left the race.
 * Names are as the role of this station has them.
 *
 * Returns: (transfer full) (nullable): by bib, those without one last. Cost: asks about every
 *   runner: some milliseconds for a thousand.
 */
GPtrArray *
conc_reader_list_on_course (ConcReader *reader, ConcScoreboard *board, GError **error)
{
  ConcDb       *db = conc_reader_get_db (reader);
  sqlite3_stmt *statement = conc_db_prepare (db, ON_COURSE, error);
  g_autoptr (GPtrArray) runners = g_ptr_array_new_with_free_func (free_cb);
  ConcStep step = CONC_STEP_FAILED;

  while (statement != NULL && (step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    {
      ConcResult    result;
      ConcOnCourse *runner;

      if (conc_scoreboard_get_result (board, conc_column_text (statement, 0), &result) &&
          result.finish_usec != CONC_NO_TIME)
        continue;
      runner = read_one (statement, board);
      if (conc_scoreboard_get_result (board, runner->id, &result))
        add_progress (runner, board, &result);
      g_ptr_array_add (runners, runner);
    }
  return step == CONC_STEP_DONE ? g_steal_pointer (&runners) : NULL;
}

/**
 * conc_reader_count_on_course:
 * @board: the board of this moment
 * @ret_count: (out): how many conc_reader_list_on_course() would list
 */
gboolean
conc_reader_count_on_course (ConcReader     *reader,
                             ConcScoreboard *board,
                             guint          *ret_count,
                             GError        **error)
{
  g_autoptr (GPtrArray) runners = conc_reader_list_on_course (reader, board, error);

  if (runners == NULL)
    return FALSE;
  *ret_count = runners->len;
  return TRUE;
}
