/* exchange.c: opens a conversation with a hub, and its heartbeat. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/exchange.h"

#include "store/identity.h"
#include "store/reader-sync.h"
#include "sync/exchange-private.h"
#include "sync/peers.h"
#include "sync/target.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A heartbeat that takes longer than this is a dead line, noticed within three seconds. */
#define BEAT_TIMEOUT_MSEC 1500

static gint64
get_number (const PGresult *result, int column)
{
  return g_ascii_strtoll (PQgetvalue (result, 0, column), NULL, 10);
}

/* How far an earlier conversation with the same hub came; from the beginning with another hub or
 * another version of this program. */
static void
restore_cursor (ConcExchange *exchange)
{
  g_autofree char *text = conc_race_file_dup_sync (exchange->file, CONC_SYNC_CURSOR, NULL);
  g_autofree char *hub_id = conc_race_file_dup_sync (exchange->file, CONC_SYNC_HUB_ID, NULL);
  g_autofree char *reads = conc_exchange_dup_reads ();
  g_auto (GStrv) words = text != NULL ? g_strsplit (text, " ", 4) : NULL;

  exchange->cursor_txid = 0;
  exchange->cursor_position = -1;
  if (words == NULL || g_strv_length (words) != 4 || strcmp (words[2], reads) != 0 ||
      g_strcmp0 (hub_id, exchange->hub_id) != 0)
    return;
  exchange->cursor_txid = g_ascii_strtoull (words[0], NULL, 10);
  exchange->cursor_position = g_ascii_strtoll (words[1], NULL, 10);
  exchange->n_newer = g_ascii_strtoll (words[3], NULL, 10);
}

static gboolean
greet (ConcExchange *exchange, GError **error)
{
  g_autoptr (PGresult) result =
      conc_link_query (exchange->link, CONC_EXCHANGE_TIMEOUT_MSEC, error,
                       "SELECT race_id, hub_id, version FROM hub.meta", 0, NULL);

  if (result == NULL)
    return FALSE;
  if (PQntuples (result) != 1 ||
      g_strcmp0 (PQgetvalue (result, 0, 0), conc_race_file_get_race_id (exchange->file)) != 0)
    {
      g_set_error_literal (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_FOREIGN,
                           _ ("The hub that answers is of another race. Nothing was exchanged."));
      return FALSE;
    }
  if (get_number (result, 2) > CONC_HUB_VERSION)
    {
      g_set_error_literal (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_NEWER,
                           _ ("The hub is of a newer version of Concourse. Update Concourse on "
                              "this laptop; what is entered here is kept."));
      return FALSE;
    }
  exchange->hub_id = g_strdup (PQgetvalue (result, 0, 1));
  return TRUE;
}

/* A file that was copied has taken a name of its own; the hub is told it with the login that
 * came with the copy. */
static gboolean
introduce_new_name (ConcExchange *exchange, GError **error)
{
  g_autofree char *password = conc_target_make_password ();
  g_autofree char *user = conc_target_get_user (exchange->station);
  g_autofree char *verifier = conc_link_make_verifier (user, password, error);
  g_autoptr (GBytes) secret = g_bytes_new (password, strlen (password));
  g_autoptr (PGresult) result = NULL;
  const char *params[] = { exchange->station, verifier };

  if (verifier == NULL)
    return FALSE;
  result = conc_link_query (exchange->link, CONC_EXCHANGE_TIMEOUT_MSEC, error,
                            "SELECT hub.split ($1, $2)", G_N_ELEMENTS (params), params);
  return result != NULL &&
         conc_race_file_set_secret (exchange->file, CONC_SECRET_PASSWORD, secret, error) &&
         conc_race_file_set_sync (exchange->file, CONC_SYNC_LOGIN, exchange->station, error) &&
         conc_race_file_set_sync (exchange->file, CONC_SYNC_CURSOR, NULL, error);
}

static gboolean
connect_as (ConcExchange *exchange,
            const char   *address,
            const char   *login,
            GCancellable *cancellable,
            GError      **error)
{
  g_auto (ConcTarget) target = { 0 };

  g_clear_pointer (&exchange->link, conc_link_close);
  if (!conc_target_load (&target, exchange->file, address, login, error))
    return FALSE;
  exchange->link = conc_link_open (&target.link, cancellable, error);
  return exchange->link != NULL;
}

static gboolean
connect_here (ConcExchange *exchange,
              const char   *address,
              GCancellable *cancellable,
              GError      **error)
{
  g_autofree char *login = conc_race_file_dup_sync (exchange->file, CONC_SYNC_LOGIN, error);

  if (login == NULL || *login == '\0')
    {
      if (error != NULL && *error == NULL)
        g_set_error_literal (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_REFUSED,
                             _ ("This station has not joined a hub. Join with an invitation."));
      return FALSE;
    }
  if (!connect_as (exchange, address, login, cancellable, error))
    return FALSE;
  if (strcmp (login, exchange->station) == 0)
    return TRUE;
  return introduce_new_name (exchange, error) &&
         connect_as (exchange, address, exchange->station, cancellable, error);
}

/* What the hub has of this station says where to go on. More than was ever written here: the file
 * is an older copy of itself, and takes a new name before it writes anything under the old one. */
static gboolean
find_where_to_go_on (ConcExchange *exchange, GError **error)
{
  const char *const params[] = { exchange->station };
  gint64            last_seq, last_there;
  g_autoptr (PGresult) result =
      conc_link_query (exchange->link, CONC_EXCHANGE_TIMEOUT_MSEC, error,
                       "SELECT coalesce (max (seq), 0), count (*) FROM hub.fact WHERE station = $1",
                       1, params);

  if (result == NULL ||
      !conc_reader_get_last_seq (exchange->reader, exchange->station, &last_seq, error))
    return FALSE;
  last_there = get_number (result, 0);
  if (last_there > last_seq)
    {
      if (conc_race_file_rename_station (exchange->file, NULL, error))
        g_set_error_literal (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_RENAMED,
                             _ ("This race file is an older copy of one that was used since. It "
                                "has taken a name of its own; nothing is lost."));
      return FALSE;
    }
  exchange->pushed = last_there == get_number (result, 1) ? last_there : 0;
  return TRUE;
}

/**
 * conc_exchange_open:
 * @address: (nullable): HOST:PORT to try instead of the remembered one
 *
 * Connects, with this station's own login and to nobody but the hub of this race, and finds out
 * where to go on. %CONC_SYNC_ERROR_RENAMED: open again at once.
 *
 * Returns: (transfer full) (nullable): the conversation.
 */
ConcExchange *
conc_exchange_open (ConcRaceFile *file,
                    const char   *address,
                    GCancellable *cancellable,
                    GError      **error)
{
  g_autoptr (ConcExchange) exchange = g_new0 (ConcExchange, 1);

  exchange->file = file;
  exchange->lacking = g_array_new (FALSE, FALSE, sizeof (gint64));
  exchange->role = conc_race_file_get_role (file);
  g_strlcpy (exchange->station, conc_race_file_get_station (file), sizeof exchange->station);
  if (conc_role_has_private_key (exchange->role))
    exchange->private_key = conc_race_file_dup_secret (file, CONC_SECRET_PRIVATE_KEY, NULL);
  exchange->reader = conc_reader_open (conc_race_file_get_path (file), error);
  if (exchange->reader == NULL || !connect_here (exchange, address, cancellable, error) ||
      !greet (exchange, error) || !find_where_to_go_on (exchange, error))
    return NULL;
  restore_cursor (exchange);
  if (!conc_race_file_set_sync (file, CONC_SYNC_HUB_ID, exchange->hub_id, error) ||
      (address != NULL && !conc_race_file_set_sync (file, CONC_SYNC_HUB, address, error)) ||
      !conc_link_run (exchange->link, CONC_EXCHANGE_TIMEOUT_MSEC, error, "LISTEN hub"))
    return NULL;
  return g_steal_pointer (&exchange);
}

/** conc_exchange_close: ends the conversation. */
void
conc_exchange_close (ConcExchange *exchange)
{
  if (exchange == NULL)
    return;
  g_clear_pointer (&exchange->link, conc_link_close);
  g_clear_pointer (&exchange->reader, conc_reader_close);
  g_clear_pointer (&exchange->private_key, g_bytes_unref);
  g_array_unref (exchange->lacking);
  g_free (exchange->hub_id);
  g_free (exchange);
}

/** conc_exchange_get_link: Returns: (transfer none): the connection, to wait on. */
ConcLink *
conc_exchange_get_link (ConcExchange *exchange)
{
  return exchange->link;
}

/** conc_exchange_get_pushed: Returns: the last own number that was offered to the hub. */
gint64
conc_exchange_get_pushed (ConcExchange *exchange)
{
  return exchange->pushed;
}

/**
 * conc_exchange_beat:
 * @status: a flat JSON object of at most 4 KiB, shown at other stations
 * @filter: learns how far the hub's clock is from that of this station, which nobody can set
 *
 * Also notices a dead line: a beat that is not answered in time closes the link.
 */
gboolean
conc_exchange_beat (ConcExchange     *exchange,
                    const char       *status,
                    ConcOffsetFilter *filter,
                    GError          **error)
{
  ConcClock *clock = conc_race_file_get_clock (exchange->file);
  gint64     sent_usec = conc_clock_get_boottime_usec (clock);
  gint64     received_usec;
  g_autoptr (PGresult) result = conc_link_query (exchange->link, BEAT_TIMEOUT_MSEC, error,
                                                 "SELECT hub.beat ($1)", 1, &status);

  if (result == NULL)
    return FALSE;
  received_usec = conc_clock_get_boottime_usec (clock);
  conc_offset_filter_add (filter, sent_usec, get_number (result, 0), received_usec,
                          conc_clock_get_wall_usec (clock) - received_usec);
  return TRUE;
}

/** conc_exchange_list_peers: see the header. */
GPtrArray *
conc_exchange_list_peers (ConcExchange *exchange, GError **error)
{
  g_autoptr (PGresult) result =
      conc_link_query (exchange->link, CONC_EXCHANGE_TIMEOUT_MSEC, error,
                       "SELECT s.id, s.name, s.role, a.status, "
                       "(extract (epoch FROM clock_timestamp () - a.at) * 1000000)::bigint "
                       "FROM hub.station s LEFT JOIN hub.alive a ON a.station = s.id "
                       "WHERE s.revoked_at IS NULL ORDER BY s.role, s.name, s.id",
                       0, NULL);
  GPtrArray *peers;

  if (result == NULL)
    return NULL;
  peers = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_peer_free);
  for (int row = 0; row < PQntuples (result); row++)
    g_ptr_array_add (peers,
                     conc_peer_new (PQgetvalue (result, row, 0), PQgetvalue (result, row, 1),
                                    PQgetvalue (result, row, 2),
                                    PQgetisnull (result, row, 3) ? NULL
                                                                 : PQgetvalue (result, row, 3),
                                    PQgetisnull (result, row, 4)
                                        ? -1
                                        : g_ascii_strtoll (PQgetvalue (result, row, 4), NULL, 10)));
  return peers;
}
