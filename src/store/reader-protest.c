/* reader-protest.c: what a protest about one runner is decided by. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/reader-protest.h"

#include "core/race-time.h"
#include "store/queries.h"
#include "store/reader-crossing.h"
#include "store/reader-private.h"
#include "store/reader-story.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define NEIGHBOURS "5"

/* ------------------------------------------------------------- around it at the line */

#define COLUMNS                                                                                    \
  "SELECT t.subject, t.at_usec, coalesce (t.bib, 0), r.id FROM tap t "                             \
  "LEFT JOIN runner r ON r.bib = t.bib "
#define BEFORE COLUMNS "WHERE t.at_usec < ? ORDER BY t.at_usec DESC, t.hlc DESC LIMIT " NEIGHBOURS
#define AT COLUMNS "WHERE t.at_usec = ? ORDER BY t.hlc"
#define AFTER COLUMNS "WHERE t.at_usec > ? ORDER BY t.at_usec, t.hlc LIMIT " NEIGHBOURS

static ConcNeighbour *
read_neighbour (sqlite3_stmt *statement, ConcScoreboard *board)
{
  ConcNeighbour   *neighbour = g_new0 (ConcNeighbour, 1);
  const char      *id = conc_column_text (statement, 3);
  g_autofree char *unknown = NULL;
  ConcResult       result;

  neighbour->at_usec = sqlite3_column_int64 (statement, 1);
  neighbour->bib = (guint) sqlite3_column_int64 (statement, 2);
  neighbour->gun_usec = CONC_NO_TIME;
  unknown = g_strdup_printf ("bib:%u", neighbour->bib);
  if (neighbour->bib == 0 ||
      !conc_scoreboard_get_result (board, id != NULL ? id : unknown, &result))
    return neighbour;
  neighbour->name = g_strdup (result.entrant->name);
  if (result.finish_usec == neighbour->at_usec)
    neighbour->gun_usec = result.gun_usec;
  return neighbour;
}

static gboolean
add_neighbours (ConcReader     *reader,
                ConcScoreboard *board,
                const char     *sql,
                gint64          at_usec,
                ConcProtest    *protest,
                GError        **error)
{
  ConcDb       *db = conc_reader_get_db (reader);
  sqlite3_stmt *statement = conc_db_prepare (db, sql, error);
  gboolean      is_before = strcmp (sql, BEFORE) == 0;
  ConcStep      step;

  if (statement == NULL || !conc_db_bind (db, statement, error, "i", at_usec))
    return FALSE;
  while ((step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    {
      ConcNeighbour *neighbour = read_neighbour (statement, board);

      neighbour->is_own = neighbour->bib == protest->bib && neighbour->at_usec == at_usec;
      g_ptr_array_insert (protest->neighbours, is_before ? 0 : -1, neighbour);
    }
  return step == CONC_STEP_DONE;
}

/* The finish; without one, the last crossing. */
static gint64
get_moment (const ConcProtest *protest)
{
  if (protest->has_result && protest->result.finish_usec != CONC_NO_TIME)
    return protest->result.finish_usec;
  if (protest->stories->len == 0)
    return CONC_NO_TIME;
  return ((const ConcCrossingStory *) g_ptr_array_index (protest->stories,
                                                         protest->stories->len - 1))
      ->at_usec;
}

/* ---------------------------------------------------------------------------- rulings */

static void
add_ruling (ConcProtest *protest, const ConcStoryLine *line, GTimeZone *zone, const char *date)
{
  g_autofree char *time = conc_story_format_time (line->at_usec, zone, date);
  g_autofree char *where = conc_story_line_dup_where (line);

  g_ptr_array_add (protest->rulings,
                   g_strdup_printf (line->is_undone ? _ ("%s, %s: %s This was taken back. [%s]")
                                                    : _ ("%s, %s: %s [%s]"),
                                    time, where, line->sentence, line->fact));
}

static gboolean
add_rulings (ConcReader *reader, ConcProtest *protest, GError **error)
{
  g_autoptr (ConcSettings) settings = conc_reader_dup_settings (reader, error);
  g_autoptr (GPtrArray) lines =
      conc_reader_read_story (reader, conc_runner_get_id (protest->runner), error);
  g_autoptr (GTimeZone) zone = settings != NULL ? conc_settings_dup_zone (settings) : NULL;

  if (settings == NULL || lines == NULL)
    return FALSE;
  for (guint i = 0; i < lines->len; i++)
    {
      const ConcStoryLine *line = g_ptr_array_index (lines, i);
      ConcKind             kind = conc_kind_from_text (line->kind);

      if (kind == CONC_KIND_RULING || kind == CONC_KIND_RULING_REASON)
        add_ruling (protest, line, zone, conc_settings_get (settings, CONC_SETTING_DATE));
    }
  return TRUE;
}

/* ---------------------------------------------------------------------------- crossings */

static gboolean
add_stories (ConcReader *reader, ConcScoreboard *board, ConcProtest *protest, GError **error)
{
  if (protest->runner != NULL)
    protest->stories =
        conc_reader_list_crossings (reader, board, conc_runner_get_id (protest->runner), error);
  else
    protest->stories = conc_reader_list_crossings_of_bib (reader, board, protest->bib, error);
  return protest->stories != NULL;
}

static void
find_result (ConcScoreboard *board, ConcProtest *protest)
{
  g_autofree char *unknown = g_strdup_printf ("bib:%u", protest->bib);

  protest->has_result =
      conc_scoreboard_get_result (board,
                                  protest->runner != NULL ? conc_runner_get_id (protest->runner)
                                                          : unknown,
                                  &protest->result);
}

static void
free_neighbour_cb (gpointer neighbour)
{
  conc_neighbour_free (neighbour);
}

/**
 * conc_reader_read_protest: see the header.
 *
 * Of a bib that nobody holds, its crossings; it is refused when that has none either.
 *
 * Returns: (transfer full) (nullable): what is known. Cost: some queries a crossing.
 */
ConcProtest *
conc_reader_read_protest (ConcReader *reader, ConcScoreboard *board, guint bib, GError **error)
{
  g_autoptr (ConcProtest) protest = g_new0 (ConcProtest, 1);
  GError *local_error = NULL;
  gint64  moment_usec;

  protest->bib = bib;
  protest->neighbours = g_ptr_array_new_with_free_func (free_neighbour_cb);
  protest->rulings = g_ptr_array_new_with_free_func (g_free);
  protest->runner = conc_query_bib_holder (conc_reader_get_db (reader), bib, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return NULL;
    }
  find_result (board, protest);
  if (protest->runner == NULL && !protest->has_result)
    {
      conc_store_refuse (error, _ ("Nobody has bib %u, and it never crossed the line."), bib);
      return NULL;
    }
  if (!add_stories (reader, board, protest, error) ||
      (protest->runner != NULL && !add_rulings (reader, protest, error)))
    return NULL;
  moment_usec = get_moment (protest);
  if (moment_usec != CONC_NO_TIME &&
      (!add_neighbours (reader, board, BEFORE, moment_usec, protest, error) ||
       !add_neighbours (reader, board, AT, moment_usec, protest, error) ||
       !add_neighbours (reader, board, AFTER, moment_usec, protest, error)))
    return NULL;
  return g_steal_pointer (&protest);
}
