/* exchange-pull.c: takes the facts of other stations from the hub. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/identity.h"
#include "store/reader-sync.h"
#include "store/receive.h"
#include "sync/exchange-private.h"
#include "sync/fact-row.h"

#include <string.h>

#define BATCH 5000
#define FIRST_ROW_COLUMN 3

/* Late commits: a row is passed on only when no transaction that began before it still runs, and
 * the order is that of the transactions. So what commits late with a small number is not skipped.
 * The horizon comes along, also without a row, so that the next question begins there. */
static const char pull_sql[] =
    "WITH horizon AS (SELECT pg_snapshot_xmin (pg_current_snapshot ()) AS x) "
    "SELECT horizon.x::text, f.txid::text, f.position::text, " CONC_ROW_COLUMNS
    " FROM horizon LEFT JOIN LATERAL (SELECT * FROM hub.fact WHERE "
    "(txid, position) > ($1::text::xid8, $2::bigint) AND txid < horizon.x AND station <> $3 "
    "ORDER BY txid, position LIMIT $4::bigint) f ON true";

/**
 * conc_exchange_read_rows:
 * @n_newer: (inout) (optional): is raised by those that only a newer version reads
 *
 * Returns: (transfer full) (element-type ConcFact): the facts of @result; what cannot be read is
 * left out, so that one broken or hostile row keeps nobody from the others.
 */
GPtrArray *
conc_exchange_read_rows (ConcExchange   *exchange,
                         const PGresult *result,
                         int             first_column,
                         gint64         *n_newer)
{
  GPtrArray *facts = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_fact_unref);

  for (int row = 0; row < PQntuples (result); row++)
    {
      g_autoptr (GError) error = NULL;
      ConcFact *fact = NULL;

      if (!PQgetisnull (result, row, first_column))
        fact = conc_fact_from_row (result, row, first_column, exchange->private_key, &error);
      if (n_newer != NULL && g_error_matches (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_NEWER))
        ++*n_newer;
      if (fact != NULL && conc_receive_check (fact, NULL))
        g_ptr_array_add (facts, fact);
      else
        conc_fact_unref (fact);
    }
  return facts;
}

static PGresult *
ask (ConcExchange *exchange, GError **error)
{
  g_autofree char  *txid = g_strdup_printf ("%" G_GUINT64_FORMAT, exchange->cursor_txid);
  g_autofree char  *position = g_strdup_printf ("%" G_GINT64_FORMAT, exchange->cursor_position);
  g_autofree char  *limit = g_strdup_printf ("%d", BATCH);
  const char *const params[] = { txid, position, exchange->station, limit };

  return conc_link_query (exchange->link, CONC_EXCHANGE_TIMEOUT_MSEC, error, pull_sql,
                          G_N_ELEMENTS (params), params);
}

/* After a full batch there is more behind its last row; otherwise everything before the horizon
 * has been seen. */
static gboolean
move_cursor (ConcExchange *exchange, const PGresult *result)
{
  int n_rows = PQntuples (result);

  if (n_rows == BATCH)
    {
      exchange->cursor_txid = g_ascii_strtoull (PQgetvalue (result, n_rows - 1, 1), NULL, 10);
      exchange->cursor_position = g_ascii_strtoll (PQgetvalue (result, n_rows - 1, 2), NULL, 10);
      return FALSE;
    }
  exchange->cursor_txid = g_ascii_strtoull (PQgetvalue (result, 0, 0), NULL, 10);
  exchange->cursor_position = -1;
  return TRUE;
}

/** conc_exchange_dup_reads: Returns: (transfer full): what tells apart programs that do not read
 * the same: the version, and how many kinds it knows, because some are added between two versions.
 */
char *
conc_exchange_dup_reads (void)
{
  return g_strdup_printf ("%s/%d", CONC_VERSION, CONC_N_KINDS);
}

/** conc_exchange_keep_cursor: remembers how far was pulled and how much of that had to be left out,
 * with the version, because another one may read it. */
gboolean
conc_exchange_keep_cursor (ConcExchange *exchange, GError **error)
{
  g_autofree char *reads = conc_exchange_dup_reads ();
  g_autofree char *text =
      g_strdup_printf ("%" G_GUINT64_FORMAT " %" G_GINT64_FORMAT " %s %" G_GINT64_FORMAT,
                       exchange->cursor_txid, exchange->cursor_position, reads, exchange->n_newer);

  return conc_race_file_set_sync (exchange->file, CONC_SYNC_CURSOR, text, error);
}

/** conc_exchange_get_n_newer: Returns: entries at the hub that only a newer version reads. They
 * stay there, and are taken when this program is of another version. */
gint64
conc_exchange_get_n_newer (ConcExchange *exchange)
{
  return exchange->n_newer;
}

/** conc_exchange_pull: see the header. What was taken is durable before the next is asked for. */
gboolean
conc_exchange_pull (ConcExchange *exchange, gint64 *ret_n_received, GError **error)
{
  gboolean is_done = FALSE;

  *ret_n_received = 0;
  while (!is_done)
    {
      g_autoptr (PGresult) result = ask (exchange, error);
      g_autoptr (GPtrArray) facts = NULL;
      ConcReceived received = { 0 };
      gint64       n_newer = 0;

      if (result == NULL)
        return FALSE;
      facts = conc_exchange_read_rows (exchange, result, FIRST_ROW_COLUMN, &n_newer);
      if (facts->len > 0 && !conc_race_file_receive (exchange->file, facts, &received, error))
        return FALSE;
      exchange->has_news = exchange->has_news || facts->len > 0;
      is_done = move_cursor (exchange, result);
      exchange->n_newer += n_newer;
      if (facts->len + n_newer > 0 && !conc_exchange_keep_cursor (exchange, error))
        return FALSE;
      exchange->n_pulled += received.n_new;
      *ret_n_received += received.n_new;
    }
  return TRUE;
}

/* ------------------------------------------------ what came by way of other stations */

static gboolean
is_known_here (GPtrArray *counts, const char *station)
{
  for (guint i = 0; i < counts->len; i++)
    if (strcmp (((const ConcStationCount *) g_ptr_array_index (counts, i))->station, station) == 0)
      return TRUE;
  return FALSE;
}

static ConcRole
find_role (const PGresult *stations, const char *station)
{
  for (int row = 0; row < PQntuples (stations); row++)
    if (strcmp (PQgetvalue (stations, row, 0), station) == 0)
      return conc_role_from_text (PQgetvalue (stations, row, 1));
  return CONC_ROLE_NONE;
}

/* What an organizer lets in: the station is one of this race, and its role writes such facts. */
static GPtrArray *
choose_sound (GPtrArray *facts, GPtrArray *counts, const PGresult *stations)
{
  GPtrArray *sound = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_fact_unref);

  for (guint i = 0; i < facts->len; i++)
    {
      ConcFact *fact = g_ptr_array_index (facts, i);
      ConcRole  role = find_role (stations, fact->id.station);

      if (role != CONC_ROLE_NONE ? conc_role_may_write (role, fact->kind)
                                 : is_known_here (counts, fact->id.station))
        g_ptr_array_add (sound, conc_fact_ref (fact));
    }
  return sound;
}

/* Whoever is heard brings what is its own itself, and nobody speaks for it. What an organizer left
 * lying is passed over, so that it keeps nothing that lies behind it. */
static const char relayed_sql[] =
    "SELECT " CONC_ROW_COLUMNS ", brought_by FROM hub.relay r WHERE NOT EXISTS "
    "(SELECT FROM hub.fact f WHERE f.station = r.station AND f.seq = r.seq) AND NOT EXISTS "
    "(SELECT FROM hub.alive a WHERE a.station = r.station"
    " AND a.at > clock_timestamp () - interval '60 s') AND "
    "(station, seq, brought_by) > ($1, $2::bigint, $3) "
    "ORDER BY station, seq, brought_by LIMIT $4::bigint";

/* What is in the log word for word is not needed any more. */
static const char clear_sql[] =
    "DELETE FROM hub.relay r USING hub.fact f WHERE f.station = r.station AND f.seq = r.seq AND "
    "(f.hlc, f.kind, f.subject, f.body) = (r.hlc, r.kind, r.subject, r.body)";

static gboolean
take_sound (ConcExchange *exchange, const PGresult *result, gint64 *n_taken, GError **error)
{
  g_autoptr (PGresult) stations = NULL;
  g_autoptr (GPtrArray) counts = NULL;
  g_autoptr (GPtrArray) facts = NULL;
  g_autoptr (GPtrArray) sound = NULL;
  gint64 n_new = 0;

  stations = conc_link_query (exchange->link, CONC_EXCHANGE_TIMEOUT_MSEC, error,
                              "SELECT id, role FROM hub.station", 0, NULL);
  counts = conc_reader_count_by_station (exchange->reader, error);
  if (stations == NULL || counts == NULL)
    return FALSE;
  facts = conc_exchange_read_rows (exchange, result, 0, NULL);
  sound = choose_sound (facts, counts, stations);
  if (sound->len > 0 && !conc_exchange_write (exchange, "fact", sound, &n_new, error))
    return FALSE;
  *n_taken += n_new;
  return TRUE;
}

/** conc_exchange_take_relayed: an organizer lets in what other stations have brought. */
gboolean
conc_exchange_take_relayed (ConcExchange *exchange, gint64 *ret_n_taken, GError **error)
{
  g_autofree char *limit = g_strdup_printf ("%d", BATCH);
  const char      *params[] = { "", "0", "", limit };
  g_autoptr (PGresult) result = NULL;
  gint64 n_before = *ret_n_taken;

  do
    {
      g_autoptr (PGresult) before = g_steal_pointer (&result);
      int last;

      result = conc_link_query (exchange->link, CONC_EXCHANGE_TIMEOUT_MSEC, error, relayed_sql,
                                G_N_ELEMENTS (params), params);
      last = result != NULL ? PQntuples (result) - 1 : -1;
      if (result == NULL || (last >= 0 && !take_sound (exchange, result, ret_n_taken, error)))
        return FALSE;
      if (last < 0)
        break;
      params[0] = PQgetvalue (result, last, 0);
      params[1] = PQgetvalue (result, last, 1);
      params[2] = PQgetvalue (result, last, CONC_ROW_N_COLUMNS);
    }
  while (PQntuples (result) == BATCH);
  return *ret_n_taken == n_before ||
         conc_link_run (exchange->link, CONC_EXCHANGE_TIMEOUT_MSEC, error, clear_sql);
}
