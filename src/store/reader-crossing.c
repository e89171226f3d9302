/* reader-crossing.c: how crossings came to their published times. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/reader-crossing.h"

#include "core/race-time.h"
#include "core/streams.h"
#include "store/queries.h"
#include "store/reader-private.h"
#include "store/reader-story.h"
#include "store/reader-sync.h"
#include "store/timebase.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What is told of one crossing; @texts has what @facts points to. */
typedef struct
{
  ConcReader       *reader;
  ConcScoreboard   *board;
  ConcSettings     *settings;
  ConcCrossingFacts facts;
  ConcResult        result;
  ConcFactId        id;
  guint             line;
  gboolean          is_read;
  char             *chute;
  char             *station;
  char             *clock;
  GStringChunk     *texts;
  GArray           *corrections;
} Tale;

static void
tale_clear (Tale *tale)
{
  g_free (tale->chute);
  g_free (tale->station);
  g_free (tale->clock);
  g_string_chunk_free (tale->texts);
  g_array_unref (tale->corrections);
  g_time_zone_unref (tale->facts.zone);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Tale, tale_clear)

static void
tale_init (Tale *tale, ConcReader *reader, ConcScoreboard *board, ConcSettings *settings)
{
  *tale = (Tale){ .reader = reader, .board = board, .settings = settings };
  tale->texts = g_string_chunk_new (1024);
  tale->corrections = g_array_new (FALSE, FALSE, sizeof (ConcCrossingCorrection));
  tale->facts.corrections = tale->corrections;
  tale->facts.zone = conc_settings_dup_zone (settings);
  tale->facts.rules = conc_scoreboard_get_rules (board);
  tale->facts.wall_usec = CONC_NO_TIME;
  tale->facts.chute_usec = CONC_NO_TIME;
  tale->facts.monotonic_usec = -1;
  tale->facts.error_usec = -1;
}

static const char *
keep (Tale *tale, const char *text)
{
  return text != NULL ? g_string_chunk_insert (tale->texts, text) : NULL;
}

/* ----------------------------------------------------------------------- the time */

/* Steps to the only row that @sql has for @text. */
static gboolean
find_row (ConcReader    *reader,
          const char    *sql,
          const char    *text,
          sqlite3_stmt **ret_statement,
          gboolean      *ret_found,
          GError       **error)
{
  ConcDb  *db = conc_reader_get_db (reader);
  ConcStep step;

  *ret_statement = conc_db_prepare (db, sql, error);
  if (*ret_statement == NULL || !conc_db_bind (db, *ret_statement, error, "t", text))
    return FALSE;
  step = conc_db_step (db, *ret_statement, error);
  *ret_found = step == CONC_STEP_ROW;
  return step != CONC_STEP_FAILED;
}

static void
take_timed (Tale *tale, sqlite3_stmt *statement)
{
  tale->facts.at_usec = sqlite3_column_int64 (statement, 0);
  tale->facts.raw_usec = sqlite3_column_int64 (statement, 1);
  tale->station = conc_column_dup (statement, 2);
  tale->clock = conc_column_dup (statement, 3);
}

/* What the fact with the time says beside the time. */
static void
take_readings (Tale *tale, const ConcFact *fact)
{
  const char *wall = conc_body_get_text (fact->body, CONC_KEY_WALL);
  gint64      wall_usec;

  tale->facts.monotonic_usec = conc_body_get_int (fact->body, CONC_KEY_MONOTONIC, -1);
  tale->facts.who = keep (tale, fact->operator_name);
  if (wall != NULL && conc_time_parse_rfc3339 (wall, &wall_usec, NULL))
    tale->facts.wall_usec = wall_usec;
}

static gboolean
add_readings (Tale *tale, const char *subject, GError **error)
{
  g_autoptr (GPtrArray) facts =
      conc_log_read_subject (conc_reader_get_log (tale->reader), subject, error);
  g_autoptr (ConcMerged) merged = NULL;
  ConcTimed timed;
  gboolean  has_time;

  if (facts == NULL)
    return FALSE;
  merged = conc_merge (facts);
  if (!conc_merged_exists (merged))
    return TRUE;
  if (!conc_timebase_read (conc_reader_get_db (tale->reader), merged, &timed, &has_time, error))
    return FALSE;
  if (has_time)
    take_readings (tale, timed.fact);
  return TRUE;
}

/* The line of the reader, and the chip that was in it. */
static gboolean
add_line (Tale *tale, GError **error)
{
  ConcDb *db = conc_reader_get_db (tale->reader);
  g_autoptr (ConcFact) fact = NULL;
  sqlite3_stmt *statement;
  ConcStep      step;

  if (!conc_log_find (conc_reader_get_log (tale->reader), &tale->id, &fact, error))
    return FALSE;
  if (fact == NULL)
    return TRUE;
  tale->facts.who = keep (tale, fact->operator_name);
  statement =
      conc_db_prepare (db, "SELECT raw, tag FROM read WHERE subject = ? AND line = ?", error);
  if (statement == NULL ||
      !conc_db_bind (db, statement, error, "ti", fact->subject, (gint64) tale->line))
    return FALSE;
  step = conc_db_step (db, statement, error);
  if (step == CONC_STEP_ROW)
    {
      tale->facts.line = keep (tale, conc_column_text (statement, 0));
      tale->facts.tag = keep (tale, conc_column_text (statement, 1));
      sqlite3_reset (statement);
    }
  return step != CONC_STEP_FAILED;
}

static gboolean
add_clock (Tale *tale, GError **error)
{
  g_autofree char *name = conc_reader_dup_station_name (tale->reader, tale->station);
  gint64           offset_usec;

  /* A race on one laptop has no names of stations. */
  if (g_strcmp0 (name, tale->station) != 0)
    tale->facts.place = keep (tale, name);
  if (tale->clock == NULL)
    return TRUE;
  if (!conc_timebase_find (conc_reader_get_db (tale->reader), tale->station, tale->clock,
                           &offset_usec, &tale->facts.error_usec, error))
    return FALSE;
  tale->facts.is_measured = tale->facts.error_usec >= 0;
  return TRUE;
}

/* -------------------------------------------------------------------- corrections */

static void
add_correction (Tale *tale, const ConcStoryLine *line)
{
  const char      *date = conc_settings_get (tale->settings, CONC_SETTING_DATE);
  g_autofree char *time = conc_story_format_time (line->at_usec, tale->facts.zone, date);
  g_autofree char *where = conc_story_line_dup_where (line);
  /* Translators: what was corrected, when and where */
  g_autofree char *sentence = g_strdup_printf (_ ("%s (%s, %s)"), line->sentence, time, where);
  ConcCrossingCorrection correction = { keep (tale, line->fact), keep (tale, sentence),
                                        line->is_undone };

  g_array_append_val (tale->corrections, correction);
}

static gboolean
founds (const ConcStoryLine *line)
{
  ConcKind kind = conc_kind_from_text (line->kind);

  return kind != CONC_KIND_NONE && conc_kind_founds (kind) && kind != CONC_KIND_REPAIR;
}

static gboolean
add_repairs (Tale *tale, const char *fact, GHashTable *seen, GError **error)
{
  sqlite3_stmt    *statement;
  gboolean         found;
  g_autofree char *subject = NULL;
  g_autoptr (GPtrArray) lines = NULL;

  if (!find_row (tale->reader,
                 "SELECT subject FROM repair WHERE instr (' ' || facts || ' ', ' ' || ? || ' ')",
                 fact, &statement, &found, error))
    return FALSE;
  if (!found)
    return TRUE;
  subject = conc_column_dup (statement, 0);
  sqlite3_reset (statement);
  if (g_hash_table_contains (seen, subject))
    return TRUE;
  lines = conc_reader_read_story (tale->reader, subject, error);
  for (guint i = 0; lines != NULL && i < lines->len; i++)
    add_correction (tale, g_ptr_array_index (lines, i));
  g_hash_table_add (seen, g_steal_pointer (&subject));
  return lines != NULL;
}

/* What was said about @subject after it was there, and the repairs that said it. */
static gboolean
add_corrections (Tale *tale, const char *subject, GHashTable *seen, GError **error)
{
  g_autoptr (GPtrArray) lines = conc_reader_read_story (tale->reader, subject, error);

  for (guint i = 0; lines != NULL && i < lines->len; i++)
    {
      const ConcStoryLine *line = g_ptr_array_index (lines, i);

      /* A gun is corrected by another gun. */
      if (!founds (line) || (i > 0 && conc_kind_from_text (line->kind) == CONC_KIND_GUN))
        add_correction (tale, line);
      if (!add_repairs (tale, line->fact, seen, error))
        return FALSE;
    }
  return lines != NULL;
}

/* ------------------------------------------------------------- the bib and the rest */

static gboolean
add_chute (Tale *tale, GError **error)
{
  sqlite3_stmt *statement;
  gboolean      found;

  if (!find_row (tale->reader, "SELECT at_usec, linked FROM chute WHERE subject = ?", tale->chute,
                 &statement, &found, error))
    return FALSE;
  if (!found)
    return TRUE;
  tale->facts.chute_usec = sqlite3_column_int64 (statement, 0);
  tale->facts.chute_fact = keep (tale, tale->chute + 1);
  tale->facts.bib_source =
      sqlite3_column_type (statement, 1) != SQLITE_NULL ? CONC_BIB_LINKED : CONC_BIB_OF_CHUTE;
  sqlite3_reset (statement);
  return TRUE;
}

static void
find_bib_source (Tale *tale, const char *subject)
{
  ConcCrossingFacts *facts = &tale->facts;

  if (facts->bib == 0)
    facts->bib_source = CONC_BIB_NONE;
  else if (facts->bib_fact != NULL && strcmp (facts->bib_fact, subject) != 0)
    facts->bib_source = CONC_BIB_GIVEN;
  else
    facts->bib_source = facts->tag != NULL ? CONC_BIB_OF_CHIP : CONC_BIB_WITH_TIME;
}

static gboolean
is_same (const Tale *tale, const ConcCrossing *crossing)
{
  return crossing->at_usec == tale->facts.at_usec && crossing->line == tale->line &&
         conc_fact_id_equal (&crossing->fact, &tale->id);
}

static void
find_crossing (Tale *tale, const char *key)
{
  ConcCrossingFacts *facts = &tale->facts;
  guint              count;

  if (!conc_scoreboard_get_result (tale->board, key, &tale->result))
    return;
  facts->uses = conc_scoreboard_get_uses (tale->board, key, &count);
  for (guint i = 0; i < count; i++)
    if (is_same (tale, &tale->result.entrant->crossings[i]))
      {
        facts->crossing = i;
        facts->result = &tale->result;
      }
  facts->laps_needed = tale->result.laps_needed;
}

static gboolean
add_gun (Tale *tale, const char *wave, GError **error)
{
  sqlite3_stmt *statement;
  gboolean      found;

  if (!find_row (tale->reader,
                 "SELECT fact FROM gun WHERE wave IN (?, '') ORDER BY wave = '' LIMIT 1", wave,
                 &statement, &found, error))
    return FALSE;
  if (!found)
    return TRUE;
  tale->facts.start_fact = keep (tale, conc_column_text (statement, 0));
  sqlite3_reset (statement);
  return TRUE;
}

static gboolean
add_result (Tale *tale, GError **error)
{
  g_autoptr (ConcRunner) runner = NULL;
  g_autofree char *unknown = g_strdup_printf ("bib:%u", tale->facts.bib);
  GError          *local_error = NULL;
  const char      *wave = NULL;

  runner = conc_query_bib_holder (conc_reader_get_db (tale->reader), tale->facts.bib, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  find_crossing (tale, runner != NULL ? conc_runner_get_id (runner) : unknown);
  if (runner != NULL)
    {
      wave = conc_runner_get (runner, CONC_FIELD_WAVE);
      tale->facts.penalty_reason = keep (tale, conc_runner_get (runner, CONC_FIELD_PENALTY_REASON));
    }
  tale->facts.start_usec = conc_scoreboard_get_start (tale->board, wave);
  return add_gun (tale, wave != NULL ? wave : "", error);
}

/* ---------------------------------------------------------------------- a crossing */

#define TAP                                                                                        \
  "SELECT at_usec, raw_usec, station, clock, stream, coalesce (bib, 0), bib_fact, chute, source "  \
  "FROM tap WHERE subject = ?"

static gboolean
take_tap (Tale *tale, const char *subject, gboolean *ret_found, GError **error)
{
  sqlite3_stmt *statement;

  if (!find_row (tale->reader, TAP, subject, &statement, ret_found, error))
    return FALSE;
  if (!*ret_found)
    return TRUE;
  take_timed (tale, statement);
  tale->facts.stream = keep (tale, conc_column_text (statement, 4));
  tale->facts.bib = (guint) sqlite3_column_int64 (statement, 5);
  tale->facts.bib_fact = keep (tale, conc_column_text (statement, 6));
  tale->chute = conc_column_dup (statement, 7);
  tale->facts.source = keep (tale, conc_column_text (statement, 8));
  sqlite3_reset (statement);
  tale->is_read = conc_read_subject_parse (subject, &tale->id, &tale->line);
  if (!tale->is_read)
    conc_fact_id_parse (subject, &tale->id);
  tale->facts.fact = keep (tale, subject);
  return TRUE;
}

static gboolean
tell_tap (Tale *tale, const char *subject, ConcCrossingStory **ret_story, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean found;

  *ret_story = NULL;
  if (!take_tap (tale, subject, &found, error))
    return FALSE;
  if (!found)
    return TRUE;
  if (!(tale->is_read ? add_line (tale, error) : add_readings (tale, subject, error)) ||
      !add_clock (tale, error) || !add_corrections (tale, subject, seen, error))
    return FALSE;
  find_bib_source (tale, subject);
  if (tale->chute != NULL &&
      (!add_chute (tale, error) || !add_corrections (tale, tale->chute, seen, error)))
    return FALSE;
  if (tale->facts.bib != 0 && !add_result (tale, error))
    return FALSE;
  *ret_story = g_new0 (ConcCrossingStory, 1);
  (*ret_story)->subject = g_strdup (subject);
  (*ret_story)->bib = tale->facts.bib;
  (*ret_story)->at_usec = tale->facts.at_usec;
  (*ret_story)->steps = conc_crossing_tell (&tale->facts);
  return TRUE;
}

/* -------------------------------------------------------------------------- a gun */

static guint
count_finishers (ConcScoreboard *board, const char *wave, gint64 gun_usec)
{
  guint      count = 0;
  ConcResult result;

  for (guint n = 0; conc_scoreboard_get_nth (board, n, &result); n++)
    {
      const char *own = result.entrant->wave != NULL ? result.entrant->wave : "";

      if (result.gun_usec != CONC_NO_TIME && (*wave == '\0' || strcmp (own, wave) == 0) &&
          conc_scoreboard_get_start (board, own) == gun_usec)
        count++;
    }
  return count;
}

#define GUN                                                                                        \
  "SELECT g.at_usec, g.raw_usec, g.station, g.clock, g.fact FROM gun g WHERE 'gun:' || g.wave = ?"

static gboolean
tell_gun (Tale *tale, const char *subject, ConcCrossingStory **ret_story, GError **error)
{
  const char *wave = subject + strlen ("gun:");
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (ConcFact) fact = NULL;
  sqlite3_stmt *statement;
  gboolean      found;

  *ret_story = NULL;
  if (!find_row (tale->reader, GUN, subject, &statement, &found, error))
    return FALSE;
  if (!found)
    return TRUE;
  take_timed (tale, statement);
  tale->facts.fact = keep (tale, conc_column_text (statement, 4));
  sqlite3_reset (statement);
  if (!conc_fact_id_parse (tale->facts.fact, &tale->id) ||
      !conc_log_find (conc_reader_get_log (tale->reader), &tale->id, &fact, error))
    return FALSE;
  if (fact != NULL)
    {
      tale->facts.source = keep (tale, conc_body_get_text (fact->body, "source"));
      take_readings (tale, fact);
    }
  if (!add_clock (tale, error) || !add_corrections (tale, subject, seen, error))
    return FALSE;
  *ret_story = g_new0 (ConcCrossingStory, 1);
  (*ret_story)->subject = g_strdup (subject);
  (*ret_story)->at_usec = tale->facts.at_usec;
  (*ret_story)->steps =
      conc_crossing_tell_gun (&tale->facts, wave,
                              count_finishers (tale->board, wave, tale->facts.at_usec));
  return TRUE;
}

/* ---------------------------------------------------------------------- which ones */

#define OF_RUNNER                                                                                  \
  "SELECT t.subject FROM tap t JOIN runner r ON r.bib = t.bib WHERE r.id = ? "                     \
  "ORDER BY t.at_usec, t.hlc, t.subject"
#define OF_TAP "SELECT subject FROM tap WHERE subject = ?"
#define OF_CHUTE "SELECT subject FROM tap WHERE chute = ?"
#define OF_READ                                                                                    \
  "SELECT subject FROM tap WHERE instr (subject, '#') > 0 AND "                                    \
  "substr (subject, 1, instr (subject, '#') - 1) = substr (?, 2) ORDER BY at_usec, subject"

static const char *
get_sql (const char *subject)
{
  switch (conc_subject_get_family (subject))
    {
    case CONC_FAMILY_RUNNER:
      return OF_RUNNER;
    case CONC_FAMILY_CHUTE:
      return OF_CHUTE;
    case CONC_FAMILY_READ:
      return OF_READ;
    default:
      return OF_TAP;
    }
}

/* They are read before they are used, because that asks the same database. */
static GPtrArray *
list_taps (ConcReader *reader, const char *sql, const char *text, GError **error)
{
  ConcDb       *db = conc_reader_get_db (reader);
  sqlite3_stmt *statement = conc_db_prepare (db, sql, error);
  g_autoptr (GPtrArray) taps = g_ptr_array_new_with_free_func (g_free);
  ConcStep step;

  if (statement == NULL || !conc_db_bind (db, statement, error, "t", text))
    return NULL;
  while ((step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    g_ptr_array_add (taps, conc_column_dup (statement, 0));
  return step == CONC_STEP_DONE ? g_steal_pointer (&taps) : NULL;
}

static void
free_story_cb (gpointer story)
{
  conc_crossing_story_free (story);
}

static GPtrArray *
tell_all (ConcReader     *reader,
          ConcScoreboard *board,
          GPtrArray      *subjects,
          gboolean        are_guns,
          GError        **error)
{
  g_autoptr (GPtrArray) stories = g_ptr_array_new_with_free_func (free_story_cb);
  g_autoptr (ConcSettings) settings = conc_reader_dup_settings (reader, error);

  for (guint i = 0; settings != NULL && i < subjects->len; i++)
    {
      g_auto (Tale) tale = { 0 };
      ConcCrossingStory *story;

      tale_init (&tale, reader, board, settings);
      if (are_guns ? !tell_gun (&tale, g_ptr_array_index (subjects, i), &story, error)
                   : !tell_tap (&tale, g_ptr_array_index (subjects, i), &story, error))
        return NULL;
      if (story != NULL)
        g_ptr_array_add (stories, story);
    }
  return settings != NULL ? g_steal_pointer (&stories) : NULL;
}

/** conc_reader_list_crossings: see the header. Cost: some queries a crossing. */
GPtrArray *
conc_reader_list_crossings (ConcReader     *reader,
                            ConcScoreboard *board,
                            const char     *subject,
                            GError        **error)
{
  gboolean is_gun = conc_subject_get_family (subject) == CONC_FAMILY_GUN;
  g_autoptr (GPtrArray) subjects = NULL;

  subjects = is_gun ? g_ptr_array_new_with_free_func (g_free)
                    : list_taps (reader, get_sql (subject), subject, error);
  if (subjects == NULL)
    return NULL;
  if (is_gun)
    g_ptr_array_add (subjects, g_strdup (subject));
  return tell_all (reader, board, subjects, is_gun, error);
}

/** conc_reader_list_crossings_of_bib: as conc_reader_list_crossings(), of a bib that perhaps nobody
 * holds. */
GPtrArray *
conc_reader_list_crossings_of_bib (ConcReader     *reader,
                                   ConcScoreboard *board,
                                   guint           bib,
                                   GError        **error)
{
  g_autofree char *text = g_strdup_printf ("%u", bib);
  g_autoptr (GPtrArray) subjects = list_taps (
      reader,
      "SELECT subject FROM tap WHERE bib = CAST (? AS INTEGER) ORDER BY at_usec, hlc, subject",
      text, error);

  return subjects != NULL ? tell_all (reader, board, subjects, FALSE, error) : NULL;
}
