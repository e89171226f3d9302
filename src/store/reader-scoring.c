/* reader-scoring.c: puts the race on a scoreboard and keeps it there. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/reader-private.h"

#include "core/merge.h"
#include "core/race-time.h"
#include "core/streams.h"
#include "store/queries.h"

#include <string.h>

/* What an entrant is made of, read bib by bib. */
typedef struct
{
  guint       bib;
  ConcRunner *runner; /* NULL: nobody holds the bib */
  GArray     *crossings;
  gint64      own_start_usec;
} Entry;

/* One that cannot be is none. */
static gint64
get_penalty (const ConcRunner *runner)
{
  const char *text = conc_runner_get (runner, CONC_FIELD_PENALTY);
  gint64      usec;

  return text != NULL && g_ascii_string_to_signed (text, 10, 0, CONC_PENALTY_MAX_USEC, &usec, NULL)
             ? usec
             : 0;
}

static void
put_entry (ConcScoreboard *board, const Entry *entry)
{
  g_autofree char *unknown = g_strdup_printf ("bib:%u", entry->bib);
  g_autofree char *name = NULL;
  ConcEntrant      entrant = { .key = unknown, .bib = entry->bib, .age = -1 };

  if (entry->runner != NULL)
    {
      entrant.key = conc_runner_get_id (entry->runner);
      entrant.sex = conc_runner_get_sex (entry->runner);
      entrant.age = conc_runner_get_age (entry->runner);
      entrant.wave = conc_runner_get (entry->runner, CONC_FIELD_WAVE);
      entrant.event = conc_runner_get (entry->runner, CONC_FIELD_EVENT);
      entrant.status =
          conc_entrant_status_from_ruling (conc_runner_get (entry->runner, CONC_FIELD_RULING));
      entrant.penalty_usec = get_penalty (entry->runner);
      name = conc_runner_dup_public_name (entry->runner);
    }
  else
    name = conc_public_name (NULL, NULL, FALSE, entry->bib);
  entrant.name = name;
  entrant.own_start_usec = entry->own_start_usec;
  entrant.crossings = (const ConcCrossing *) entry->crossings->data;
  entrant.crossing_count = entry->crossings->len;
  conc_scoreboard_put (board, &entrant);
}

static void
append_crossing (GArray *crossings, sqlite3_stmt *statement, int first_column)
{
  ConcCrossing crossing = { 0 };
  const char  *subject;

  crossing.at_usec = sqlite3_column_int64 (statement, first_column);
  crossing.hlc = sqlite3_column_int64 (statement, first_column + 1);
  subject = conc_column_text (statement, first_column + 2);
  if (!conc_read_subject_parse (subject, &crossing.fact, &crossing.line))
    conc_fact_id_parse (subject, &crossing.fact);
  g_array_append_val (crossings, crossing);
}

static ConcRunner *
read_scored_runner (sqlite3_stmt *statement, int column)
{
  static const ConcField fields[] = { CONC_FIELD_BIB,         CONC_FIELD_GIVEN_NAME,
                                      CONC_FIELD_FAMILY_NAME, CONC_FIELD_SEX,
                                      CONC_FIELD_AGE,         CONC_FIELD_WAVE,
                                      CONC_FIELD_PUBLIC,      CONC_FIELD_RULING,
                                      CONC_FIELD_PENALTY,     CONC_FIELD_EVENT };
  const char            *id = conc_column_text (statement, column);
  ConcRunner            *runner;

  if (id == NULL)
    return NULL;
  runner = conc_runner_new (id);
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    conc_runner_set (runner, fields[i], conc_column_text (statement, column + 1 + (int) i));
  return runner;
}

/* One row a crossing, those of one bib together: columns of the tap, the own start, the runner. */
#define ENTRY_COLUMNS                                                                              \
  "SELECT t.bib, t.at_usec, t.hlc, t.subject, s.at_usec, r.id, r.bib, r.given_name, "              \
  "r.family_name, r.sex, r.age, r.wave, r.public, r.ruling, r.penalty_usec, r.event FROM tap t "   \
  "LEFT JOIN start s ON s.bib = t.bib "                                                            \
  "LEFT JOIN runner r ON r.bib = t.bib AND NOT EXISTS (SELECT 1 FROM runner o "                    \
  "WHERE o.bib = r.bib AND (o.bib_order, o.id) < (r.bib_order, r.id)) "

#define COLUMN_OWN_START 4
#define COLUMN_RUNNER 5

static void
begin_entry (Entry *entry, sqlite3_stmt *statement)
{
  entry->bib = (guint) sqlite3_column_int64 (statement, 0);
  entry->own_start_usec = sqlite3_column_type (statement, COLUMN_OWN_START) == SQLITE_NULL
                              ? CONC_NO_TIME
                              : sqlite3_column_int64 (statement, COLUMN_OWN_START);
  g_clear_pointer (&entry->runner, conc_runner_free);
  entry->runner = read_scored_runner (statement, COLUMN_RUNNER);
  g_array_set_size (entry->crossings, 0);
}

static gboolean
put_rows (ConcDb *db, sqlite3_stmt *statement, ConcScoreboard *board, GError **error)
{
  Entry    entry = { .crossings = g_array_new (FALSE, FALSE, sizeof (ConcCrossing)) };
  ConcStep step;

  while ((step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    {
      if ((guint) sqlite3_column_int64 (statement, 0) != entry.bib)
        {
          if (entry.bib != 0)
            put_entry (board, &entry);
          begin_entry (&entry, statement);
        }
      append_crossing (entry.crossings, statement, 1);
    }
  if (entry.bib != 0)
    put_entry (board, &entry);
  conc_runner_free (entry.runner);
  g_array_unref (entry.crossings);
  return step == CONC_STEP_DONE;
}

/* Who is out of the race and never crossed the line: all of them, or the runner @id. */
static gboolean
put_ruled (ConcDb *db, const char *id, ConcScoreboard *board, GError **error)
{
  sqlite3_stmt *statement = conc_db_prepare (
      db,
      "SELECT r.id, r.bib, r.given_name, r.family_name, r.sex, r.age, r.wave, r.public, r.ruling, "
      "r.penalty_usec, r.event FROM runner r WHERE r.ruling IS NOT NULL AND (?1 IS NULL OR r.id = "
      "?1) "
      "AND NOT EXISTS (SELECT 1 FROM tap t WHERE t.bib = r.bib)",
      error);
  ConcStep step;

  if (statement == NULL || !conc_db_bind (db, statement, error, "t", id))
    return FALSE;
  while ((step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    {
      Entry       entry = { .own_start_usec = CONC_NO_TIME };
      const char *bib = conc_column_text (statement, 1);

      entry.bib = bib != NULL ? (guint) g_ascii_strtoull (bib, NULL, 10) : 0;
      entry.runner = read_scored_runner (statement, 0);
      entry.crossings = g_array_new (FALSE, FALSE, sizeof (ConcCrossing));
      if (conc_entrant_status_from_ruling (conc_runner_get (entry.runner, CONC_FIELD_RULING)) !=
          CONC_ENTRANT_RUNNING)
        put_entry (board, &entry);
      g_array_unref (entry.crossings);
      conc_runner_free (entry.runner);
    }
  return step == CONC_STEP_DONE;
}

static gboolean
put_starts (ConcReader *reader, ConcScoreboard *board, GError **error)
{
  g_autoptr (GPtrArray) guns = conc_reader_list_guns (reader, error);

  for (guint i = 0; guns != NULL && i < guns->len; i++)
    {
      const ConcGun *gun = g_ptr_array_index (guns, i);

      conc_scoreboard_set_start (board, gun->wave, gun->at_usec);
    }
  return guns != NULL;
}

/**
 * conc_reader_load_scoreboard:
 *
 * Everybody who crossed the line, bibs that nobody holds included, and who is out of the race.
 *
 * Returns: (transfer full) (nullable): the board. Cost: about a microsecond a crossing.
 */
ConcScoreboard *
conc_reader_load_scoreboard (ConcReader *reader, GError **error)
{
  ConcDb *db = conc_reader_get_db (reader);
  g_autoptr (ConcSettings) settings = conc_query_settings (db, error);
  g_autoptr (ConcScoreboard) board = NULL;
  g_auto (ConcRules) rules = { 0 };
  sqlite3_stmt *statement;

  if (settings == NULL)
    return NULL;
  conc_settings_get_rules (settings, &rules);
  board = conc_scoreboard_new (&rules);
  statement =
      conc_db_prepare (db,
                       ENTRY_COLUMNS
                       "WHERE t.bib IS NOT NULL ORDER BY t.bib, t.at_usec, t.hlc, t.subject",
                       error);
  if (!put_starts (reader, board, error) || statement == NULL ||
      !put_rows (db, statement, board, error) || !put_ruled (db, NULL, board, error))
    return NULL;
  return g_steal_pointer (&board);
}

static gboolean
refresh_bib (ConcReader *reader, ConcScoreboard *board, guint bib, GError **error)
{
  ConcDb          *db = conc_reader_get_db (reader);
  g_autofree char *unknown = g_strdup_printf ("bib:%u", bib);
  g_autoptr (ConcRunner) holder = NULL;
  GError       *local_error = NULL;
  sqlite3_stmt *statement;

  holder = conc_query_bib_holder (db, bib, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  conc_scoreboard_remove (board, unknown);
  if (holder != NULL)
    conc_scoreboard_remove (board, conc_runner_get_id (holder));
  statement =
      conc_db_prepare (db, ENTRY_COLUMNS "WHERE t.bib = ? ORDER BY t.at_usec, t.hlc, t.subject",
                       error);
  return statement != NULL && conc_db_bind (db, statement, error, "i", (gint64) bib) &&
         put_rows (db, statement, board, error) &&
         (holder == NULL || put_ruled (db, conc_runner_get_id (holder), board, error));
}

/* A correction may have moved a crossing, or a runner, from one bib to another: both change. */
static gboolean
refresh_bibs_of (ConcReader *reader, ConcScoreboard *board, const char *subject, GError **error)
{
  g_autoptr (GPtrArray) facts =
      conc_log_read_subject (conc_reader_get_log (reader), subject, error);

  if (facts == NULL)
    return FALSE;
  conc_scoreboard_remove (board, subject);
  for (guint i = 0; i < facts->len; i++)
    {
      const ConcFact *fact = g_ptr_array_index (facts, i);
      gint64          bib = conc_body_get_int (fact->body, "bib", 0);

      if (bib > 0 && bib <= CONC_BIB_MAX && !refresh_bib (reader, board, (guint) bib, error))
        return FALSE;
    }
  return put_ruled (conc_reader_get_db (reader), subject, board, error);
}

static gboolean
refresh_gun (ConcReader *reader, ConcScoreboard *board, const char *wave, GError **error)
{
  g_autoptr (GPtrArray) guns = conc_reader_list_guns (reader, error);
  gint64 at_usec = CONC_NO_TIME;

  if (guns == NULL)
    return FALSE;
  for (guint i = 0; i < guns->len; i++)
    {
      const ConcGun *gun = g_ptr_array_index (guns, i);

      if (strcmp (gun->wave, wave) == 0)
        at_usec = gun->at_usec;
    }
  conc_scoreboard_set_start (board, wave, at_usec);
  return TRUE;
}

static gboolean
refresh_rules (ConcReader *reader, ConcScoreboard *board, GError **error)
{
  g_autoptr (ConcSettings) settings = conc_reader_dup_settings (reader, error);
  g_auto (ConcRules) rules = { 0 };

  if (settings == NULL)
    return FALSE;
  conc_settings_get_rules (settings, &rules);
  conc_scoreboard_set_rules (board, &rules);
  return TRUE;
}

/* What came from a reader may have moved any crossing of its chips. */
static gboolean
refresh_bibs_of_reads (ConcReader     *reader,
                       ConcScoreboard *board,
                       const char     *subject,
                       GError        **error)
{
  ConcDb *db = conc_reader_get_db (reader);
  g_autoptr (GArray) bibs = g_array_new (FALSE, FALSE, sizeof (guint));
  sqlite3_stmt *statement = conc_db_prepare (
      db,
      "SELECT DISTINCT ifnull (c.bib, r.bib) FROM read r LEFT JOIN chip c ON c.tag = lower (r.tag) "
      "WHERE r.subject = ? AND ifnull (c.bib, r.bib) > 0",
      error);
  ConcStep step;

  if (statement == NULL || !conc_db_bind (db, statement, error, "t", subject))
    return FALSE;
  while ((step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    {
      guint bib = (guint) sqlite3_column_int64 (statement, 0);

      g_array_append_val (bibs, bib);
    }
  for (guint i = 0; step == CONC_STEP_DONE && i < bibs->len; i++)
    if (!refresh_bib (reader, board, g_array_index (bibs, guint, i), error))
      return FALSE;
  return step == CONC_STEP_DONE;
}

static gboolean
refresh_subject (ConcReader *reader, ConcScoreboard *board, const char *subject, GError **error)
{
  guint64          bib;
  g_autofree char *name = NULL;
  g_autofree char *delivery = NULL;
  ConcFactId       fact;
  guint            line;

  if (g_str_has_prefix (subject, "gun:"))
    return refresh_gun (reader, board, subject + strlen ("gun:"), error);
  if (g_str_has_prefix (subject, "setting:"))
    return refresh_rules (reader, board, error);
  if (g_str_has_prefix (subject, "start:"))
    return !g_ascii_string_to_unsigned (subject + strlen ("start:"), 10, 1, CONC_BIB_MAX, &bib,
                                        NULL) ||
           refresh_bib (reader, board, (guint) bib, error);
  if (conc_subject_get_family (subject) == CONC_FAMILY_READ)
    return refresh_bibs_of_reads (reader, board, subject, error);
  if (conc_read_subject_parse (subject, &fact, &line))
    {
      name = conc_fact_id_to_text (&fact);
      delivery = g_strconcat ("d", name, NULL);
      if (!refresh_bibs_of_reads (reader, board, delivery, error))
        return FALSE;
    }
  return refresh_bibs_of (reader, board, subject, error);
}

/**
 * conc_reader_update_scoreboard:
 * @board: as of an earlier moment
 * @subjects: what changed since, as ConcRaceFile::changed names it
 *
 * Afterwards @board is as conc_reader_load_scoreboard() would make it. After a failure it must be
 * loaded again. Cost: well under a millisecond a subject.
 */
gboolean
conc_reader_update_scoreboard (ConcReader        *reader,
                               ConcScoreboard    *board,
                               const char *const *subjects,
                               GError           **error)
{
  for (guint i = 0; subjects[i] != NULL; i++)
    if (!refresh_subject (reader, board, subjects[i], error))
      return FALSE;
  return TRUE;
}
