/* reader-money.c: counts, gifts and who receives them. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/reader-private.h"

#include "core/money.h"
#include "core/race-time.h"
#include "store/cards.h"
#include "store/queries.h"

static gboolean
count_runners (ConcDb *db, ConcCounts *counts, GError **error)
{
  sqlite3_stmt *statement = conc_db_prepare (
      db,
      "SELECT count (*), coalesce (sum (is_virtual), 0), count (checked_in_at), count (bib), "
      "(SELECT count (*) FROM runner WHERE attendance = 'no-show'), "
      "(SELECT count (*) FROM runner WHERE attendance = 'deferred'), "
      "(SELECT count (*) FROM runner WHERE attendance = 'transferred'), "
      "(SELECT count (*) FROM runner WHERE attendance IN ('deferred', 'transferred') AND "
      "NOT is_virtual) FROM runner",
      error);

  if (statement == NULL || conc_db_step (db, statement, error) != CONC_STEP_ROW)
    return FALSE;
  counts->n_registered = (guint) sqlite3_column_int64 (statement, 0);
  counts->n_virtual = (guint) sqlite3_column_int64 (statement, 1);
  counts->n_checked_in = (guint) sqlite3_column_int64 (statement, 2);
  counts->n_with_bib = (guint) sqlite3_column_int64 (statement, 3);
  counts->n_no_shows = (guint) sqlite3_column_int64 (statement, 4);
  counts->n_deferred = (guint) sqlite3_column_int64 (statement, 5);
  counts->n_transferred = (guint) sqlite3_column_int64 (statement, 6);
  counts->n_expected =
      counts->n_registered - counts->n_virtual - (guint) sqlite3_column_int64 (statement, 7);
  sqlite3_reset (statement);
  return TRUE;
}

static gboolean
count_others (ConcDb *db, ConcCounts *counts, GError **error)
{
  sqlite3_stmt *statement = conc_db_prepare (
      db,
      "SELECT (SELECT count (*) FROM tap), (SELECT count (*) FROM tap WHERE bib IS NULL), "
      "(SELECT count (*) FROM fact), (SELECT count (*) FROM chute WHERE tap IS NULL)",
      error);

  if (statement == NULL || conc_db_step (db, statement, error) != CONC_STEP_ROW)
    return FALSE;
  counts->n_taps = (guint) sqlite3_column_int64 (statement, 0);
  counts->n_unmatched = (guint) sqlite3_column_int64 (statement, 1);
  counts->n_facts = sqlite3_column_int64 (statement, 2);
  counts->n_unmatched_bibs = (guint) sqlite3_column_int64 (statement, 3);
  sqlite3_reset (statement);
  return TRUE;
}

static void
add_method (ConcCounts *counts, ConcMethod method, guint n_gifts, gint64 cents)
{
  counts->n_gifts += n_gifts;
  if (method >= CONC_N_METHODS)
    return;
  counts->by_method_cents[method] += cents;
  if (method == CONC_METHOD_PLEDGE)
    counts->pledged_cents += cents;
  else
    counts->raised_cents += cents;
  if (method == CONC_METHOD_MATCH)
    counts->matched_cents += cents;
}

static gboolean
count_gifts (ConcDb *db, ConcCounts *counts, GError **error)
{
  sqlite3_stmt *statement =
      conc_db_prepare (db, "SELECT method, count (*), sum (amount_cents) FROM gift GROUP BY method",
                       error);
  ConcStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    add_method (counts, conc_method_from_text (conc_column_text (statement, 0)),
                (guint) sqlite3_column_int64 (statement, 1), sqlite3_column_int64 (statement, 2));
  return step == CONC_STEP_DONE;
}

/** conc_reader_count: fills @ret_counts, which is not touched after a failure. */
gboolean
conc_reader_count (ConcReader *reader, ConcCounts *ret_counts, GError **error)
{
  ConcDb    *db = conc_reader_get_db (reader);
  ConcCounts counts = { 0 };

  if (!count_runners (db, &counts, error) || !count_others (db, &counts, error) ||
      !count_gifts (db, &counts, error) ||
      !conc_reader_count_cards (reader, &counts.n_conflicts, error) ||
      !conc_query_first_gun (db, NULL, &counts.first_gun_usec, error))
    return FALSE;
  *ret_counts = counts;
  return TRUE;
}

static ConcGift *
read_gift (sqlite3_stmt *statement)
{
  ConcGift  *gift = conc_gift_new ();
  ConcMethod method = conc_method_from_text (conc_column_text (statement, 3));

  gift->id = conc_column_dup (statement, 0);
  gift->fact = conc_column_dup (statement, 1);
  gift->amount_cents = sqlite3_column_int64 (statement, 2);
  gift->method = method < CONC_N_METHODS ? method : CONC_METHOD_CASH;
  gift->from = conc_column_dup (statement, 4);
  gift->is_anonymous = sqlite3_column_int (statement, 5) != 0;
  gift->beneficiary = conc_column_dup (statement, 6);
  gift->message = conc_column_dup (statement, 7);
  gift->at_usec = sqlite3_column_int64 (statement, 8);
  return gift;
}

/**
 * conc_reader_list_gifts:
 * @limit: the latest so many; 0 for all
 *
 * Returns: (transfer full) (nullable) (element-type ConcGift): gifts that stand, the one entered
 * last first.
 */
GPtrArray *
conc_reader_list_gifts (ConcReader *reader, guint limit, GError **error)
{
  ConcDb *db = conc_reader_get_db (reader);
  g_autoptr (GPtrArray) gifts = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_gift_free);
  sqlite3_stmt *statement = conc_db_prepare (
      db,
      "SELECT id, fact, amount_cents, method, donor, is_anonymous, beneficiary, message, at_usec "
      "FROM gift ORDER BY hlc DESC, id LIMIT ?",
      error);
  ConcStep step;

  if (statement == NULL ||
      !conc_db_bind (db, statement, error, "i", limit > 0 ? (gint64) limit : -1))
    return NULL;
  while ((step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    g_ptr_array_add (gifts, read_gift (statement));
  return step == CONC_STEP_DONE ? g_steal_pointer (&gifts) : NULL;
}

/** conc_allocation_free: frees @allocation. */
void
conc_allocation_free (ConcAllocation *allocation)
{
  g_free (allocation->name);
  g_free (allocation);
}

static GPtrArray *
begin_allocations (ConcSettings *settings)
{
  g_autoptr (GPtrArray) beneficiaries = conc_settings_dup_beneficiaries (settings);
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_allocation_free);

  for (guint i = 0; i < beneficiaries->len; i++)
    {
      const ConcBeneficiary *each = g_ptr_array_index (beneficiaries, i);
      ConcAllocation        *allocation = g_new0 (ConcAllocation, 1);

      allocation->name = g_strdup (each->name);
      allocation->percent = each->percent;
      g_ptr_array_add (list, allocation);
    }
  return list;
}

static gboolean
is_for (gconstpointer allocation, gconstpointer name)
{
  return g_strcmp0 (((const ConcAllocation *) allocation)->name, name) == 0;
}

/* What was given for somebody who is no beneficiary any more still goes to them. */
static ConcAllocation *
find_allocation (GPtrArray *list, const char *name)
{
  ConcAllocation *allocation;
  guint           place;

  if (g_ptr_array_find_with_equal_func (list, name, is_for, &place))
    return list->pdata[place];
  allocation = g_new0 (ConcAllocation, 1);
  allocation->name = g_strdup (name);
  g_ptr_array_add (list, allocation);
  return allocation;
}

static gboolean
add_designated (ConcDb *db, GPtrArray *list, gint64 *ret_rest_cents, GError **error)
{
  sqlite3_stmt *statement =
      conc_db_prepare (db,
                       "SELECT beneficiary, sum (amount_cents) FROM gift WHERE method <> 'pledge' "
                       "GROUP BY beneficiary ORDER BY beneficiary",
                       error);
  ConcStep step;

  *ret_rest_cents = 0;
  if (statement == NULL)
    return FALSE;
  while ((step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    {
      const char *name = conc_column_text (statement, 0);
      gint64      cents = sqlite3_column_int64 (statement, 1);

      if (name == NULL)
        *ret_rest_cents += cents;
      else
        find_allocation (list, name)->designated_cents += cents;
    }
  return step == CONC_STEP_DONE;
}

static gboolean
share_rest (GPtrArray *list, gint64 rest_cents)
{
  g_autofree guint  *shares = g_new0 (guint, list->len + 1);
  g_autofree gint64 *parts = g_new0 (gint64, list->len + 1);

  for (guint i = 0; i < list->len; i++)
    shares[i] = ((ConcAllocation *) g_ptr_array_index (list, i))->percent;
  if (rest_cents > 0 && !conc_money_allocate (rest_cents, shares, list->len, parts))
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    {
      ConcAllocation *allocation = g_ptr_array_index (list, i);

      allocation->total_cents = allocation->designated_cents + parts[i];
    }
  return TRUE;
}

/**
 * conc_reader_allocate:
 *
 * Who receives what was raised: what is designated goes where the donor said, the rest by the
 * shares of the settings, to the cent (see conc_money_allocate()). Pledges are not divided.
 *
 * Returns: (transfer full) (nullable) (element-type ConcAllocation): in the order of the settings.
 */
GPtrArray *
conc_reader_allocate (ConcReader *reader, GError **error)
{
  ConcDb *db = conc_reader_get_db (reader);
  g_autoptr (ConcSettings) settings = conc_query_settings (db, error);
  g_autoptr (GPtrArray) list = NULL;
  gint64 rest_cents;

  if (settings == NULL)
    return NULL;
  list = begin_allocations (settings);
  if (!add_designated (db, list, &rest_cents, error))
    return NULL;
  share_rest (list, rest_cents);
  return g_steal_pointer (&list);
}
