/* queries.c: questions that reader and writer both ask. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/queries.h"

#include "store/cards.h"

#include "core/race-time.h"

/** conc_query_read_runner: Returns: (transfer full): a row of CONC_RUNNER_COLUMNS. */
ConcRunner *
conc_query_read_runner (sqlite3_stmt *statement)
{
  ConcRunner *runner = conc_runner_new (conc_column_text (statement, 0));

  for (ConcField field = 0; field < CONC_N_FIELDS; field++)
    conc_runner_set (runner, field, conc_column_text (statement, 1 + (int) field));
  return runner;
}

static ConcRunner *
read_one (ConcDb *db, sqlite3_stmt *statement, GError **error)
{
  ConcRunner *runner;

  if (conc_db_step (db, statement, error) != CONC_STEP_ROW)
    return NULL;
  runner = conc_query_read_runner (statement);
  sqlite3_reset (statement);
  return runner;
}

/** conc_query_runner: Returns: (transfer full) (nullable): the runner; %NULL without @error: none.
 */
ConcRunner *
conc_query_runner (ConcDb *db, const char *id, GError **error)
{
  sqlite3_stmt *statement =
      conc_db_prepare (db, "SELECT " CONC_RUNNER_COLUMNS " FROM runner WHERE id = ?", error);

  if (statement == NULL || !conc_db_bind (db, statement, error, "t", id))
    return NULL;
  return read_one (db, statement, error);
}

/**
 * conc_query_bib_holder:
 *
 * When two people hold one bib, which only stations that work apart can bring about, the one who
 * was given it first counts until somebody decides.
 *
 * Returns: (transfer full) (nullable): the holder; %NULL without @error: nobody.
 */
ConcRunner *
conc_query_bib_holder (ConcDb *db, guint bib, GError **error)
{
  sqlite3_stmt *statement =
      conc_db_prepare (db,
                       "SELECT " CONC_RUNNER_COLUMNS
                       " FROM runner WHERE bib = ? ORDER BY bib_order, id LIMIT 1",
                       error);

  if (statement == NULL || !conc_db_bind (db, statement, error, "i", (gint64) bib))
    return NULL;
  return read_one (db, statement, error);
}

/** conc_query_is_known: @ret_known: (out): whether there is any fact about @subject. */
gboolean
conc_query_is_known (ConcDb *db, const char *subject, gboolean *ret_known, GError **error)
{
  sqlite3_stmt *statement =
      conc_db_prepare (db, "SELECT 1 FROM fact WHERE subject = ? LIMIT 1", error);
  ConcStep step;

  if (statement == NULL || !conc_db_bind (db, statement, error, "t", subject))
    return FALSE;
  step = conc_db_step (db, statement, error);
  *ret_known = step == CONC_STEP_ROW;
  if (step == CONC_STEP_ROW)
    sqlite3_reset (statement);
  return step != CONC_STEP_FAILED;
}

/** conc_query_has_run: @ret_has_run: (out): whether a start or a time at the line has @bib; not for
 * bib 0. */
gboolean
conc_query_has_run (ConcDb *db, guint bib, gboolean *ret_has_run, GError **error)
{
  sqlite3_stmt *statement = conc_db_prepare (db,
                                             "SELECT EXISTS (SELECT 1 FROM tap WHERE bib = ?1) OR "
                                             "EXISTS (SELECT 1 FROM start WHERE bib = ?1)",
                                             error);

  if (statement == NULL || !conc_db_bind (db, statement, error, "i", (gint64) bib) ||
      conc_db_step (db, statement, error) != CONC_STEP_ROW)
    return FALSE;
  *ret_has_run = bib > 0 && sqlite3_column_int (statement, 0) != 0;
  sqlite3_reset (statement);
  return TRUE;
}

/** conc_query_paid_cents: @ret_cents: (out): what was paid at desks for @runner_id and counts. */
gboolean
conc_query_paid_cents (ConcDb *db, const char *runner_id, gint64 *ret_cents, GError **error)
{
  sqlite3_stmt *statement = conc_db_prepare (db,
                                             "SELECT coalesce (sum (amount_cents), 0) FROM fee "
                                             "WHERE runner = ? AND counts IS NOT 0",
                                             error);

  if (statement == NULL || !conc_db_bind (db, statement, error, "t", runner_id) ||
      conc_db_step (db, statement, error) != CONC_STEP_ROW)
    return FALSE;
  *ret_cents = sqlite3_column_int64 (statement, 0);
  sqlite3_reset (statement);
  return TRUE;
}

/** conc_query_settings: Returns: (transfer full) (nullable): the settings of the race. */
ConcSettings *
conc_query_settings (ConcDb *db, GError **error)
{
  g_autoptr (ConcSettings) settings = conc_settings_new ();
  sqlite3_stmt *statement = conc_db_prepare (db, "SELECT key, value FROM setting", error);
  ConcStep      step;

  if (statement == NULL)
    return NULL;
  while ((step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    {
      ConcSetting setting = conc_setting_from_key (conc_column_text (statement, 0));

      if (setting != CONC_SETTING_NONE)
        conc_settings_set (settings, setting, conc_column_text (statement, 1));
    }
  return step == CONC_STEP_DONE ? g_steal_pointer (&settings) : NULL;
}

/**
 * conc_query_first_gun:
 * @except_wave: (nullable): a wave whose gun is left out
 * @ret_usec: (out): the earliest gun, or %CONC_NO_TIME
 */
gboolean
conc_query_first_gun (ConcDb *db, const char *except_wave, gint64 *ret_usec, GError **error)
{
  sqlite3_stmt *statement =
      conc_db_prepare (db, "SELECT min (at_usec) FROM gun WHERE wave IS NOT ?", error);

  if (statement == NULL || !conc_db_bind (db, statement, error, "t", except_wave) ||
      conc_db_step (db, statement, error) != CONC_STEP_ROW)
    return FALSE;
  *ret_usec = sqlite3_column_type (statement, 0) == SQLITE_NULL
                  ? CONC_NO_TIME
                  : sqlite3_column_int64 (statement, 0);
  sqlite3_reset (statement);
  return TRUE;
}

/**
 * conc_query_waves:
 *
 * Returns: (transfer full) (nullable) (element-type utf8): the waves the settings name, in their
 * order, then those that only runners have, by name.
 */
GPtrArray *
conc_query_waves (ConcDb *db, ConcSettings *settings, GError **error)
{
  g_autoptr (GPtrArray) waves = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) named = conc_settings_dup_waves (settings);
  sqlite3_stmt *statement =
      conc_db_prepare (db, "SELECT DISTINCT wave FROM runner WHERE wave IS NOT NULL ORDER BY wave",
                       error);
  ConcStep step;

  if (statement == NULL)
    return NULL;
  for (guint i = 0; named[i] != NULL; i++)
    g_ptr_array_add (waves, g_strdup (named[i]));
  while ((step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    if (!g_ptr_array_find_with_equal_func (waves, conc_column_text (statement, 0), g_str_equal,
                                           NULL))
      g_ptr_array_add (waves, conc_column_dup (statement, 0));
  return step == CONC_STEP_DONE ? g_steal_pointer (&waves) : NULL;
}

/**
 * conc_query_bib_claimants:
 *
 * Who holds @bib, and whom one station gave it and another took it from: the one who is scored with
 * it first.
 *
 * Returns: (transfer full) (nullable) (element-type utf8): ids of runners.
 */
GPtrArray *
conc_query_bib_claimants (ConcDb *db, guint bib, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *card = g_strdup_printf (CONC_CARD_BIB_PREFIX "%u", bib);
  sqlite3_stmt    *statement = conc_db_prepare (db,
                                                "SELECT id FROM runner WHERE bib = ?1 OR id IN "
                                                   "(SELECT subject FROM conflict WHERE card = ?2) "
                                                   "ORDER BY bib IS NOT ?1, bib_order, id",
                                                error);
  ConcStep         step;

  if (statement == NULL || !conc_db_bind (db, statement, error, "it", (gint64) bib, card))
    return NULL;
  while ((step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    g_ptr_array_add (ids, conc_column_dup (statement, 0));
  return step == CONC_STEP_DONE ? g_steal_pointer (&ids) : NULL;
}
