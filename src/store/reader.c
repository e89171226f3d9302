/* reader.c: questions to a race file about runners, taps and gifts. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/reader-private.h"

#include "core/race-time.h"
#include "core/text-fold.h"
#include "store/open.h"
#include "store/queries.h"

#include <glib/gi18n-lib.h>

struct _ConcReader
{
  ConcDb           *db;
  ConcLog          *log;
  ConcReaderSearch *search;
};

G_DEFINE_BOXED_TYPE (ConcTap, conc_tap, conc_tap_copy, conc_tap_free)

/**
 * conc_reader_open:
 *
 * Returns: (transfer full) (nullable): a connection for reading. The race may be written by
 * another program meanwhile. Any thread, which then owns it.
 */
ConcReader *
conc_reader_open (const char *path, GError **error)
{
  ConcDb     *db = conc_open_for_reading (path, error);
  ConcReader *reader;

  if (db == NULL)
    return NULL;
  reader = g_new0 (ConcReader, 1);
  reader->db = db;
  reader->log = conc_log_new (db);
  reader->search = conc_reader_search_new ();
  return reader;
}

/** conc_reader_close: closes the connection; @reader may be %NULL. */
void
conc_reader_close (ConcReader *reader)
{
  if (reader == NULL)
    return;
  conc_reader_search_free (reader->search);
  conc_log_free (reader->log);
  conc_db_close (reader->db);
  g_free (reader);
}

/** conc_reader_get_db: Returns: (transfer none): the connection. */
ConcDb *
conc_reader_get_db (ConcReader *reader)
{
  return reader->db;
}

/** conc_reader_get_log: Returns: (transfer none): the log. */
ConcLog *
conc_reader_get_log (ConcReader *reader)
{
  return reader->log;
}

/** conc_reader_get_search: Returns: (transfer none): what searches keep. */
ConcReaderSearch *
conc_reader_get_search (ConcReader *reader)
{
  return reader->search;
}

/** conc_reader_begin: everything read until conc_reader_end() is of this moment. */
gboolean
conc_reader_begin (ConcReader *reader, GError **error)
{
  return conc_db_exec (reader->db, "BEGIN", error);
}

/** conc_reader_end: ends what conc_reader_begin() began. */
void
conc_reader_end (ConcReader *reader)
{
  conc_db_exec (reader->db, "COMMIT", NULL);
}

/** conc_reader_get_runner: Returns: (transfer full) (nullable): %NULL without @error: none. */
ConcRunner *
conc_reader_get_runner (ConcReader *reader, const char *id, GError **error)
{
  return conc_query_runner (reader->db, id, error);
}

/** conc_reader_get_runner_by_bib: Returns: (transfer full) (nullable): who holds @bib. */
ConcRunner *
conc_reader_get_runner_by_bib (ConcReader *reader, guint bib, GError **error)
{
  return conc_query_bib_holder (reader->db, bib, error);
}

static GPtrArray *
read_runners (ConcReader *reader, sqlite3_stmt *statement, GError **error)
{
  g_autoptr (GPtrArray) runners =
      g_ptr_array_new_with_free_func ((GDestroyNotify) conc_runner_free);
  ConcStep step;

  while ((step = conc_db_step (reader->db, statement, error)) == CONC_STEP_ROW)
    g_ptr_array_add (runners, conc_query_read_runner (statement));
  return step == CONC_STEP_DONE ? g_steal_pointer (&runners) : NULL;
}

typedef struct
{
  char       *key;
  ConcRunner *runner;
} Named;

static int
compare_named (gconstpointer a, gconstpointer b)
{
  const Named *left = a;
  const Named *right = b;
  int          by_key = strcmp (left->key, right->key);

  return by_key != 0
             ? by_key
             : strcmp (conc_runner_get_id (left->runner), conc_runner_get_id (right->runner));
}

static char *
make_name_key (const ConcRunner *runner)
{
  const char      *family = conc_runner_get (runner, CONC_FIELD_FAMILY_NAME);
  const char      *given = conc_runner_get (runner, CONC_FIELD_GIVEN_NAME);
  const char      *id = conc_runner_get (runner, CONC_FIELD_REGISTRATION_ID);
  g_autofree char *folded_family = conc_text_fold (family != NULL ? family : "");
  g_autofree char *folded_given = conc_text_fold (given != NULL ? given : "");

  return g_strjoin ("\x1f", folded_family, folded_given, id != NULL ? id : "", NULL);
}

/* In the order in which bibs are given by name: Å is with A, and not behind Z. */
static void
sort_by_name (GPtrArray *runners)
{
  g_autofree Named *list = g_new (Named, runners->len + 1);

  for (guint i = 0; i < runners->len; i++)
    list[i] = (Named){ make_name_key (runners->pdata[i]), runners->pdata[i] };
  qsort (list, runners->len, sizeof *list, compare_named);
  for (guint i = 0; i < runners->len; i++)
    {
      runners->pdata[i] = list[i].runner;
      g_free (list[i].key);
    }
}

/** conc_reader_list_runners: Returns: (transfer full) (nullable): everyone, by name. */
GPtrArray *
conc_reader_list_runners (ConcReader *reader, GError **error)
{
  sqlite3_stmt *statement =
      conc_db_prepare (reader->db, "SELECT " CONC_RUNNER_COLUMNS " FROM runner", error);
  GPtrArray *runners = statement != NULL ? read_runners (reader, statement, error) : NULL;

  if (runners != NULL)
    sort_by_name (runners);
  return runners;
}

/** conc_tap_copy: Returns: (transfer full): a deep copy. */
ConcTap *
conc_tap_copy (const ConcTap *tap)
{
  ConcTap *copy = g_memdup2 (tap, sizeof *tap);

  copy->fact = g_strdup (tap->fact);
  copy->bib_fact = g_strdup (tap->bib_fact);
  copy->runner_id = g_strdup (tap->runner_id);
  copy->runner_name = g_strdup (tap->runner_name);
  copy->source = g_strdup (tap->source);
  return copy;
}

/** conc_tap_free: frees @tap, which may be %NULL. */
void
conc_tap_free (ConcTap *tap)
{
  if (tap == NULL)
    return;
  g_free (tap->fact);
  g_free (tap->bib_fact);
  g_free (tap->runner_id);
  g_free (tap->runner_name);
  g_free (tap->source);
  g_free (tap);
}

#define TAP_COLUMNS                                                                                \
  "SELECT t.subject, t.at_usec, t.bib, t.bib_fact, t.source, r.id, r.given_name, r.family_name, "  \
  "t.raw_usec "                                                                                    \
  "FROM tap t LEFT JOIN runner r ON r.id = (SELECT id FROM runner WHERE bib = t.bib "              \
  "ORDER BY bib_order, id LIMIT 1) "

static char *
join_name (const char *given_name, const char *family_name)
{
  if (given_name == NULL || family_name == NULL)
    return g_strdup (given_name != NULL ? given_name : family_name);
  return g_strconcat (given_name, " ", family_name, NULL);
}

static ConcTap *
read_tap (sqlite3_stmt *statement)
{
  ConcTap *tap = g_new0 (ConcTap, 1);

  tap->fact = conc_column_dup (statement, 0);
  tap->at_usec = sqlite3_column_int64 (statement, 1);
  tap->bib = (guint) sqlite3_column_int64 (statement, 2);
  tap->bib_fact = conc_column_dup (statement, 3);
  tap->source = conc_column_dup (statement, 4);
  tap->runner_id = conc_column_dup (statement, 5);
  tap->runner_name = join_name (conc_column_text (statement, 6), conc_column_text (statement, 7));
  tap->raw_usec = sqlite3_column_int64 (statement, 8);
  return tap;
}

static void
reverse (GPtrArray *array)
{
  for (guint i = 0, j = array->len; i + 1 < j; i++)
    {
      gpointer swap = array->pdata[--j];

      array->pdata[j] = array->pdata[i];
      array->pdata[i] = swap;
    }
}

/**
 * conc_reader_list_taps:
 * @limit: the last so many; 0 for all
 *
 * Returns: (transfer full) (nullable) (element-type ConcTap): standing taps by time, then in the
 * order in which they were recorded.
 */
GPtrArray *
conc_reader_list_taps (ConcReader *reader, guint limit, GError **error)
{
  g_autoptr (GPtrArray) taps = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_tap_free);
  sqlite3_stmt *statement =
      conc_db_prepare (reader->db,
                       TAP_COLUMNS "ORDER BY t.at_usec DESC, t.hlc DESC, t.subject DESC LIMIT ?",
                       error);
  ConcStep step;

  if (statement == NULL ||
      !conc_db_bind (reader->db, statement, error, "i", limit > 0 ? (gint64) limit : -1))
    return NULL;
  while ((step = conc_db_step (reader->db, statement, error)) == CONC_STEP_ROW)
    g_ptr_array_add (taps, read_tap (statement));
  if (step != CONC_STEP_DONE)
    return NULL;
  reverse (taps);
  return g_steal_pointer (&taps);
}

/** conc_reader_get_tap: Returns: (transfer full) (nullable): the tap named @fact, if it stands. */
ConcTap *
conc_reader_get_tap (ConcReader *reader, const char *fact, GError **error)
{
  sqlite3_stmt *statement = conc_db_prepare (reader->db, TAP_COLUMNS "WHERE t.subject = ?", error);
  ConcTap      *tap;

  if (statement == NULL || !conc_db_bind (reader->db, statement, error, "t", fact) ||
      conc_db_step (reader->db, statement, error) != CONC_STEP_ROW)
    return NULL;
  tap = read_tap (statement);
  sqlite3_reset (statement);
  return tap;
}

/** conc_gun_free: frees @gun. */
void
conc_gun_free (ConcGun *gun)
{
  g_free (gun->wave);
  g_free (gun->fact);
  g_free (gun);
}

/** conc_reader_list_guns: Returns: (transfer full) (nullable) (element-type ConcGun): by time. */
GPtrArray *
conc_reader_list_guns (ConcReader *reader, GError **error)
{
  g_autoptr (GPtrArray) guns = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_gun_free);
  sqlite3_stmt *statement =
      conc_db_prepare (reader->db, "SELECT wave, fact, at_usec FROM gun ORDER BY at_usec, wave",
                       error);
  ConcStep step;

  if (statement == NULL)
    return NULL;
  while ((step = conc_db_step (reader->db, statement, error)) == CONC_STEP_ROW)
    {
      ConcGun *gun = g_new0 (ConcGun, 1);

      gun->wave = conc_column_dup (statement, 0);
      gun->fact = conc_column_dup (statement, 1);
      gun->at_usec = sqlite3_column_int64 (statement, 2);
      g_ptr_array_add (guns, gun);
    }
  return step == CONC_STEP_DONE ? g_steal_pointer (&guns) : NULL;
}

/** conc_reader_list_waves: Returns: (transfer full) (nullable): the waves in their order. */
char **
conc_reader_list_waves (ConcReader *reader, GError **error)
{
  g_autoptr (ConcSettings) settings = conc_query_settings (reader->db, error);
  GPtrArray *waves = settings != NULL ? conc_query_waves (reader->db, settings, error) : NULL;

  if (waves == NULL)
    return NULL;
  g_ptr_array_add (waves, NULL);
  return (char **) g_ptr_array_free (waves, FALSE);
}

/** conc_reader_list_events: Returns: (transfer full) (nullable): the events, by name. */
char **
conc_reader_list_events (ConcReader *reader, GError **error)
{
  g_autoptr (GStrvBuilder) events = g_strv_builder_new ();
  sqlite3_stmt *statement =
      conc_db_prepare (reader->db,
                       "SELECT DISTINCT event FROM runner WHERE event IS NOT NULL ORDER BY event",
                       error);
  ConcStep step;

  if (statement == NULL)
    return NULL;
  while ((step = conc_db_step (reader->db, statement, error)) == CONC_STEP_ROW)
    g_strv_builder_add (events, conc_column_text (statement, 0));
  return step == CONC_STEP_DONE ? g_strv_builder_end (events) : NULL;
}

/** conc_reader_each_fact: calls @func for every fact in log order until it returns %FALSE. */
gboolean
conc_reader_each_fact (ConcReader *reader, ConcFactFunc func, gpointer user_data, GError **error)
{
  return conc_log_each (reader->log, FALSE, func, user_data, error);
}

/** conc_reader_dup_settings: Returns: (transfer full) (nullable): the settings of the race. */
ConcSettings *
conc_reader_dup_settings (ConcReader *reader, GError **error)
{
  return conc_query_settings (reader->db, error);
}
