/* exchange-push.c: sends the facts of this station to the hub. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/identity.h"
#include "store/reader-sync.h"
#include "sync/exchange-private.h"
#include "sync/fact-row.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define BATCH 1000

/* The table is one of ours, never a word from outside. */
static char *
make_insert (const char *table)
{
  return g_strdup_printf ("INSERT INTO hub.%s (" CONC_ROW_COLUMNS ") SELECT * FROM unnest ("
                          "$1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], "
                          "$6::text[], $7::text[], $8::text[]) ON CONFLICT DO NOTHING",
                          table);
}

/**
 * conc_exchange_write:
 * @table: "fact" or "relay"
 * @ret_n_taken: (out): how many the hub did not have
 *
 * One statement, so all of them or none. A refusal of the hub leaves the link open.
 */
gboolean
conc_exchange_write (ConcExchange *exchange,
                     const char   *table,
                     GPtrArray    *facts,
                     gint64       *ret_n_taken,
                     GError      **error)
{
  char            *columns[CONC_ROW_N_COLUMNS];
  g_autofree char *sql = make_insert (table);
  g_autoptr (PGresult) result = NULL;

  if (!conc_rows_from_facts (facts, exchange->private_key, columns, error))
    return FALSE;
  result = conc_link_query (exchange->link, CONC_EXCHANGE_TIMEOUT_MSEC, error, sql,
                            CONC_ROW_N_COLUMNS, (const char *const *) columns);
  for (guint i = 0; i < CONC_ROW_N_COLUMNS; i++)
    g_free (columns[i]);
  if (result == NULL)
    return FALSE;
  *ret_n_taken = g_ascii_strtoll (PQcmdTuples (result), NULL, 10);
  return TRUE;
}

static GPtrArray *
slice (GPtrArray *facts, guint from, guint to)
{
  GPtrArray *part = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_fact_unref);

  for (guint i = from; i < to; i++)
    g_ptr_array_add (part, conc_fact_ref (g_ptr_array_index (facts, i)));
  return part;
}

/* What is about something that the hub does not have is offered again when it has got something. */
static void
note_refusal (ConcExchange *exchange, const ConcFact *fact, const GError *refusal)
{
  if (g_error_matches (refusal, CONC_SYNC_ERROR, CONC_SYNC_ERROR_LACKING) &&
      strcmp (fact->id.station, exchange->station) == 0)
    g_array_append_val (exchange->lacking, fact->id.seq);
}

/* One entry that the hub refuses must not keep the others here: halves are tried until it is
 * found. It stays in this file and is counted. */
static gboolean
write_what_is_allowed (ConcExchange *exchange,
                       const char   *table,
                       GPtrArray    *facts,
                       gint64       *ret_n_taken,
                       gint64       *ret_n_refused,
                       GError      **error)
{
  g_autoptr (GError) refusal = NULL;
  gint64 n_taken;

  if (conc_exchange_write (exchange, table, facts, &n_taken, &refusal))
    {
      *ret_n_taken += n_taken;
      return TRUE;
    }
  if (!g_error_matches (refusal, CONC_SYNC_ERROR, CONC_SYNC_ERROR_REFUSED) &&
      !g_error_matches (refusal, CONC_SYNC_ERROR, CONC_SYNC_ERROR_LACKING))
    {
      g_propagate_error (error, g_steal_pointer (&refusal));
      return FALSE;
    }
  if (facts->len == 1)
    {
      note_refusal (exchange, g_ptr_array_index (facts, 0), refusal);
      ++*ret_n_refused;
      return TRUE;
    }
  for (guint half = 0; half < 2; half++)
    {
      guint middle = facts->len / 2;
      g_autoptr (GPtrArray) part =
          slice (facts, half == 0 ? 0 : middle, half == 0 ? middle : facts->len);

      if (!write_what_is_allowed (exchange, table, part, ret_n_taken, ret_n_refused, error))
        return FALSE;
    }
  return TRUE;
}

static const ConcFact *
find_fact (GPtrArray *facts, gint64 seq)
{
  for (guint i = 0; i < facts->len; i++)
    {
      const ConcFact *fact = g_ptr_array_index (facts, i);

      if (fact->id.seq == seq)
        return fact;
    }
  return NULL;
}

static GPtrArray *
read_of_hub (ConcExchange *exchange, gint64 first, gint64 last, GError **error)
{
  g_autofree char  *from = g_strdup_printf ("%" G_GINT64_FORMAT, first);
  g_autofree char  *to = g_strdup_printf ("%" G_GINT64_FORMAT, last);
  const char *const params[] = { exchange->station, from, to };
  g_autoptr (PGresult) result = conc_link_query (
      exchange->link, CONC_EXCHANGE_TIMEOUT_MSEC, error,
      "SELECT " CONC_ROW_COLUMNS
      " FROM hub.fact WHERE station = $1 AND seq BETWEEN $2::bigint AND $3::bigint",
      G_N_ELEMENTS (params), params);

  return result != NULL ? conc_exchange_read_rows (exchange, result, 0, NULL) : NULL;
}

/* The hub had some of @facts already. That is nothing when they were sent before, and two laptops
 * with copies of one file when they say something else. Then this one takes a new name. */
static gboolean
check_own_name (ConcExchange *exchange, GPtrArray *facts, GError **error)
{
  const ConcFact *first = g_ptr_array_index (facts, 0);
  const ConcFact *last = g_ptr_array_index (facts, facts->len - 1);
  g_autoptr (GPtrArray) there = read_of_hub (exchange, first->id.seq, last->id.seq, error);

  if (there == NULL)
    return FALSE;
  for (guint i = 0; i < facts->len; i++)
    {
      const ConcFact *here = g_ptr_array_index (facts, i);
      const ConcFact *other = find_fact (there, here->id.seq);

      if (other == NULL || conc_fact_equal (here, other))
        continue;
      if (conc_race_file_rename_station (exchange->file, &here->id, error))
        g_set_error_literal (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_RENAMED,
                             _ ("Two laptops used copies of one race file. This one has taken a "
                                "name of its own; nothing is lost."));
      return FALSE;
    }
  return TRUE;
}

static gboolean
push_batch (ConcExchange *exchange, GPtrArray *facts, gint64 *n_sent, GError **error)
{
  const ConcFact *last = g_ptr_array_index (facts, facts->len - 1);
  gint64          n_taken = 0, n_refused = 0;

  if (!write_what_is_allowed (exchange, "fact", facts, &n_taken, &n_refused, error))
    return FALSE;
  if (n_taken + n_refused < facts->len && !check_own_name (exchange, facts, error))
    return FALSE;
  exchange->n_refused += n_refused;
  exchange->pushed = last->id.seq;
  *n_sent += n_taken;
  return TRUE;
}

static gboolean
append_own (ConcExchange *exchange, gint64 seq, GPtrArray *facts, GError **error)
{
  g_autoptr (GPtrArray) one =
      conc_reader_list_facts_of (exchange->reader, exchange->station, seq - 1, 1, error);

  if (one == NULL)
    return FALSE;
  for (guint i = 0; i < one->len; i++)
    g_ptr_array_add (facts, conc_fact_ref (g_ptr_array_index (one, i)));
  return TRUE;
}

/* The hub has something new: maybe what it lacked. */
static gboolean
push_again (ConcExchange *exchange, gint64 *n_sent, GError **error)
{
  g_autoptr (GArray) lacking = g_steal_pointer (&exchange->lacking);
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_fact_unref);

  exchange->lacking = g_array_new (FALSE, FALSE, sizeof (gint64));
  exchange->n_refused -= lacking->len;
  for (guint i = 0; i < lacking->len; i++)
    if (!append_own (exchange, g_array_index (lacking, gint64, i), facts, error))
      return FALSE;
  return write_what_is_allowed (exchange, "fact", facts, n_sent, &exchange->n_refused, error);
}

/** conc_exchange_push: see the header. An interruption at any point is made good by the next. */
gboolean
conc_exchange_push (ConcExchange *exchange, gint64 *ret_n_sent, GError **error)
{
  *ret_n_sent = 0;
  if (exchange->has_news && exchange->lacking->len > 0 && !push_again (exchange, ret_n_sent, error))
    return FALSE;
  exchange->has_news = FALSE;
  for (;;)
    {
      g_autoptr (GPtrArray) facts = conc_reader_list_facts_of (exchange->reader, exchange->station,
                                                               exchange->pushed, BATCH, error);

      if (facts == NULL)
        return FALSE;
      if (facts->len == 0)
        return TRUE;
      if (!push_batch (exchange, facts, ret_n_sent, error))
        return FALSE;
    }
}

/* ------------------------------------------------------------- the facts of others */

static gint64
count_at_hub (const PGresult *known, const char *station)
{
  for (int row = 0; row < PQntuples (known); row++)
    if (g_strcmp0 (PQgetvalue (known, row, 0), station) == 0)
      return g_ascii_strtoll (PQgetvalue (known, row, 1), NULL, 10);
  return 0;
}

static gboolean
refill_station (ConcExchange *exchange, const char *station, gint64 *n_sent, GError **error)
{
  const char *table = exchange->role == CONC_ROLE_ORGANIZER ? "fact" : "relay";
  gint64      after = 0, n_refused = 0;

  for (;;)
    {
      g_autoptr (GPtrArray) facts =
          conc_reader_list_facts_of (exchange->reader, station, after, BATCH, error);

      if (facts == NULL)
        return FALSE;
      if (facts->len == 0)
        return TRUE;
      if (!write_what_is_allowed (exchange, table, facts, n_sent, &n_refused, error))
        return FALSE;
      after = ((const ConcFact *) g_ptr_array_index (facts, facts->len - 1))->id.seq;
    }
}

static gboolean
bring_what_is_lacking (ConcExchange *exchange, gint64 *n_sent, GError **error)
{
  g_autoptr (GPtrArray) here = conc_reader_count_by_station (exchange->reader, error);
  g_autoptr (PGresult) known = NULL;

  if (here == NULL)
    return FALSE;
  known = conc_link_query (exchange->link, CONC_EXCHANGE_TIMEOUT_MSEC, error,
                           "SELECT station, n FROM hub.known ()", 0, NULL);
  if (known == NULL)
    return FALSE;
  for (guint i = 0; i < here->len; i++)
    {
      const ConcStationCount *count = g_ptr_array_index (here, i);

      if (g_strcmp0 (count->station, exchange->station) != 0 &&
          count->n_facts > count_at_hub (known, count->station) &&
          !refill_station (exchange, count->station, n_sent, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * conc_exchange_refill:
 *
 * After a pull this station has all that the hub has. When it has more of another station, the
 * hub has lost something, or a pack brought it. Organizers write it into the log of the hub; what
 * others bring waits there until an organizer has looked at it.
 *
 * A hub loses nothing while somebody is connected. So all is counted, here and there, when a
 * conversation begins, and then only when facts of others have come here otherwise than from it.
 */
gboolean
conc_exchange_refill (ConcExchange *exchange, gint64 *ret_n_sent, GError **error)
{
  gint64 seen = exchange->seen, n_came;

  *ret_n_sent = 0;
  if (!conc_reader_count_of_others (exchange->reader, exchange->station, &seen, &n_came, error))
    return FALSE;
  if ((!exchange->is_refilled || n_came > exchange->n_pulled) &&
      !bring_what_is_lacking (exchange, ret_n_sent, error))
    return FALSE;
  exchange->is_refilled = TRUE;
  exchange->seen = seen;
  exchange->n_pulled = 0;
  if (exchange->role == CONC_ROLE_ORGANIZER &&
      !conc_exchange_take_relayed (exchange, ret_n_sent, error))
    return FALSE;
  exchange->has_news = exchange->has_news || *ret_n_sent > 0;
  return TRUE;
}

/** conc_exchange_get_n_refused: Returns: entries that the hub refused in this conversation. */
gint64
conc_exchange_get_n_refused (ConcExchange *exchange)
{
  return exchange->n_refused;
}
