/* reader-desk.c: what the desk asks: who came together, what was paid, which shirts are left. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/reader-desk.h"

#include "core/race-time.h"
#include "core/runner-facts.h"
#include "store/queries.h"
#include "store/reader-private.h"

/* ------------------------------------------------------------------------- groups */

static const char list_group[] =
    "SELECT " CONC_RUNNER_COLUMNS " FROM runner WHERE (id = ?1 OR "
    "(NOT is_virtual AND attendance IS NOT 'transferred' AND "
    "((?2 IS NOT NULL AND email = ?2 COLLATE NOCASE) OR (?3 IS NOT NULL AND team = ?3)))) "
    "ORDER BY given_name COLLATE NOCASE, family_name COLLATE NOCASE, id LIMIT ?4";

static gboolean
has_captain (ConcDb *db, const char *team, gboolean *ret_has, GError **error)
{
  sqlite3_stmt *statement =
      conc_db_prepare (db, "SELECT 1 FROM runner WHERE team = ? AND captain = 'yes' LIMIT 1",
                       error);
  ConcStep step;

  if (statement == NULL || !conc_db_bind (db, statement, error, "t", team))
    return FALSE;
  step = conc_db_step (db, statement, error);
  *ret_has = step == CONC_STEP_ROW;
  sqlite3_reset (statement);
  return step != CONC_STEP_FAILED;
}

static GPtrArray *
read_runners (ConcDb *db, sqlite3_stmt *statement, GError **error)
{
  g_autoptr (GPtrArray) runners =
      g_ptr_array_new_with_free_func ((GDestroyNotify) conc_runner_free);
  ConcStep step;

  while ((step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    g_ptr_array_add (runners, conc_query_read_runner (statement));
  return step == CONC_STEP_DONE ? g_steal_pointer (&runners) : NULL;
}

/* The one who stands at the desk is offered also when so many others are before by name. */
static void
put_in (GPtrArray *group, const ConcRunner *runner)
{
  for (guint i = 0; i < group->len; i++)
    if (g_strcmp0 (conc_runner_get_id (g_ptr_array_index (group, i)),
                   conc_runner_get_id (runner)) == 0)
      return;
  g_ptr_array_set_size (group, MIN (group->len, CONC_GROUP_MAX - 1));
  g_ptr_array_add (group, conc_runner_copy (runner));
}

/**
 * conc_reader_list_group:
 * @runner_id: somebody who stands at the desk
 *
 * Who registered together with @runner_id: everybody of the same e-mail, which only a station with
 * private facts has, or of the same team, when that has a captain. Virtual runners and those whose
 * place went to somebody else are left out.
 *
 * Returns: (transfer full) (nullable) (element-type ConcRunner): the runner and the others by given
 *   name, at most %CONC_GROUP_MAX; empty when the runner is not in the race. Cost: one pass over
 *   the runners.
 */
GPtrArray *
conc_reader_list_group (ConcReader *reader, const char *runner_id, GError **error)
{
  ConcDb *db = conc_reader_get_db (reader);
  GError *local_error = NULL;
  g_autoptr (ConcRunner) runner = conc_query_runner (db, runner_id, &local_error);
  g_autoptr (GPtrArray) group = NULL;
  sqlite3_stmt *statement;
  const char   *team;
  gboolean      is_team = FALSE;

  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return NULL;
    }
  if (runner == NULL)
    return g_ptr_array_new_with_free_func ((GDestroyNotify) conc_runner_free);
  team = conc_runner_get (runner, CONC_FIELD_TEAM);
  if (team != NULL && !has_captain (db, team, &is_team, error))
    return NULL;
  statement = conc_db_prepare (db, list_group, error);
  if (statement == NULL || !conc_db_bind (db, statement, error, "ttti", runner_id,
                                          conc_runner_get (runner, CONC_FIELD_EMAIL),
                                          is_team ? team : NULL, (gint64) CONC_GROUP_MAX))
    return NULL;
  group = read_runners (db, statement, error);
  if (group != NULL)
    put_in (group, runner);
  return g_steal_pointer (&group);
}

/* ----------------------------------------------------------------------- payments */

/** conc_fee_free: frees @fee, which may be %NULL. */
void
conc_fee_free (ConcFee *fee)
{
  if (fee == NULL)
    return;
  g_free (fee->id);
  g_free (fee->fact);
  g_free (fee);
}

static ConcFee *
read_fee (sqlite3_stmt *statement)
{
  ConcFee   *fee = g_new0 (ConcFee, 1);
  ConcMethod method = conc_method_from_text (conc_column_text (statement, 3));

  fee->id = conc_column_dup (statement, 0);
  fee->fact = conc_column_dup (statement, 1);
  fee->amount_cents = sqlite3_column_int64 (statement, 2);
  fee->method = method < CONC_N_METHODS ? method : CONC_METHOD_CASH;
  fee->at_usec = sqlite3_column_int64 (statement, 4);
  return fee;
}

/**
 * conc_reader_list_fees:
 *
 * Returns: (transfer full) (nullable) (element-type ConcFee): what was paid at desks for
 * @runner_id, in order of time, without what somebody decided does not count.
 */
GPtrArray *
conc_reader_list_fees (ConcReader *reader, const char *runner_id, GError **error)
{
  ConcDb *db = conc_reader_get_db (reader);
  g_autoptr (GPtrArray) fees = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_fee_free);
  sqlite3_stmt *statement =
      conc_db_prepare (db,
                       "SELECT id, fact, amount_cents, method, at_usec FROM fee "
                       "WHERE runner = ? AND counts IS NOT 0 ORDER BY at_usec, hlc, id",
                       error);
  ConcStep step;

  if (statement == NULL || !conc_db_bind (db, statement, error, "t", runner_id))
    return NULL;
  while ((step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    g_ptr_array_add (fees, read_fee (statement));
  return step == CONC_STEP_DONE ? g_steal_pointer (&fees) : NULL;
}

/** conc_reader_get_paid_cents: Returns: what was paid at desks for @runner_id; -1 with @error. */
gint64
conc_reader_get_paid_cents (ConcReader *reader, const char *runner_id, GError **error)
{
  gint64 cents;

  return conc_query_paid_cents (conc_reader_get_db (reader), runner_id, &cents, error) ? cents : -1;
}

/* ------------------------------------------------------- what only the facts have */

static ConcMerged *
read_merged (ConcReader *reader, const char *runner_id, GError **error)
{
  g_autoptr (GPtrArray) facts =
      conc_log_read_subject (conc_reader_get_log (reader), runner_id, error);

  return facts != NULL ? conc_merge (facts) : NULL;
}

/** conc_waiver_free: frees @waiver, which may be %NULL. */
void
conc_waiver_free (ConcWaiver *waiver)
{
  if (waiver == NULL)
    return;
  g_free (waiver->signer);
  g_free (waiver->signature);
  g_free (waiver);
}

/**
 * conc_reader_get_waiver:
 *
 * Returns: (transfer full) (nullable): how @runner_id accepted the waiver at a desk; %NULL without
 *   @error when that is not known, as of one who did with the registration.
 */
ConcWaiver *
conc_reader_get_waiver (ConcReader *reader, const char *runner_id, GError **error)
{
  g_autoptr (ConcMerged) merged = read_merged (reader, runner_id, error);
  const char *by = merged != NULL ? conc_merged_get_text (merged, CONC_KEY_WAIVER_BY) : NULL;
  const char *at;
  ConcWaiver *waiver;

  if (by == NULL)
    return NULL;
  waiver = g_new0 (ConcWaiver, 1);
  waiver->is_on_paper = g_strcmp0 (by, CONC_WAIVER_ON_PAPER) == 0;
  waiver->signer = g_strdup (conc_merged_get_text (merged, CONC_KEY_WAIVER_SIGNER));
  waiver->signature = g_strdup (conc_merged_get_text (merged, CONC_KEY_WAIVER_SIGNATURE));
  at = conc_merged_get_text (merged, CONC_KEY_WAIVER_AT);
  waiver->at_usec = CONC_NO_TIME;
  if (at != NULL)
    conc_time_parse_rfc3339 (at, &waiver->at_usec, NULL);
  return waiver;
}

static char *
dup_key (ConcReader *reader, const char *runner_id, const char *key, GError **error)
{
  g_autoptr (ConcMerged) merged = read_merged (reader, runner_id, error);
  const char *text = merged != NULL ? conc_merged_get_text (merged, key) : NULL;

  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

/** conc_reader_dup_transferred_to: Returns: (transfer full) (nullable): who runs instead. */
char *
conc_reader_dup_transferred_to (ConcReader *reader, const char *runner_id, GError **error)
{
  return dup_key (reader, runner_id, CONC_KEY_TRANSFERRED_TO, error);
}

/** conc_reader_dup_transferred_from: Returns: (transfer full) (nullable): whose place it was. */
char *
conc_reader_dup_transferred_from (ConcReader *reader, const char *runner_id, GError **error)
{
  return dup_key (reader, runner_id, CONC_KEY_TRANSFERRED_FROM, error);
}

/* ------------------------------------------------------------------------- shirts */

/** conc_shirt_count_free: frees @count, which may be %NULL. */
void
conc_shirt_count_free (ConcShirtCount *count)
{
  if (count == NULL)
    return;
  g_free (count->size);
  g_free (count);
}

static gboolean
has_size (gconstpointer count, gconstpointer size)
{
  return g_ascii_strcasecmp (((const ConcShirtCount *) count)->size, size) == 0;
}

static ConcShirtCount *
find_size (GPtrArray *counts, const char *size)
{
  ConcShirtCount *count;
  guint           place;

  if (g_ptr_array_find_with_equal_func (counts, size, has_size, &place))
    return counts->pdata[place];
  count = g_new0 (ConcShirtCount, 1);
  count->size = g_strdup (size);
  g_ptr_array_add (counts, count);
  return count;
}

static GPtrArray *
begin_shirts (const ConcSettings *settings)
{
  g_autoptr (GPtrArray) shirts = conc_settings_dup_shirts (settings);
  GPtrArray *counts = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_shirt_count_free);

  for (guint i = 0; i < shirts->len; i++)
    {
      const ConcShirtStock *stock = g_ptr_array_index (shirts, i);
      ConcShirtCount       *count = find_size (counts, stock->size);

      count->is_counted = TRUE;
      count->had = stock->count;
    }
  return counts;
}

static gboolean
add_shirts (ConcDb *db, GPtrArray *counts, GError **error)
{
  sqlite3_stmt *statement = conc_db_prepare (
      db,
      "SELECT size, sum (ordered), sum (given) FROM (SELECT shirt AS size, 1 AS ordered, 0 AS "
      "given "
      "FROM runner WHERE shirt IS NOT NULL AND NOT is_virtual AND (attendance IS NULL OR "
      "attendance = 'no-show') UNION ALL SELECT shirt_given, 0, 1 FROM runner "
      "WHERE shirt_given IS NOT NULL) GROUP BY size ORDER BY size",
      error);
  ConcStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    {
      ConcShirtCount *count = find_size (counts, conc_column_text (statement, 0));

      count->ordered += (guint) sqlite3_column_int64 (statement, 1);
      count->given += (guint) sqlite3_column_int64 (statement, 2);
    }
  return step == CONC_STEP_DONE;
}

/**
 * conc_reader_count_shirts:
 *
 * Sizes that differ in capital letters only are one. Ordered is what those want who are to come or
 * came; handed out is what the desk said, which may be another size.
 *
 * Returns: (transfer full) (nullable) (element-type ConcShirtCount): the sizes of the settings in
 *   their order, then those that only runners have, by name. Cost: one pass over the runners.
 */
GPtrArray *
conc_reader_count_shirts (ConcReader *reader, GError **error)
{
  ConcDb *db = conc_reader_get_db (reader);
  g_autoptr (ConcSettings) settings = conc_query_settings (db, error);
  g_autoptr (GPtrArray) counts = NULL;

  if (settings == NULL)
    return NULL;
  counts = begin_shirts (settings);
  if (!add_shirts (db, counts, error))
    return NULL;
  for (guint i = 0; i < counts->len; i++)
    {
      ConcShirtCount *count = g_ptr_array_index (counts, i);

      count->left = (int) count->had - (int) count->given;
    }
  return g_steal_pointer (&counts);
}
