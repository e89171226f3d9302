/* exchange-self.c: what a station tells of itself, and keeps of the others for a new hub. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/identity.h"
#include "sync/exchange-private.h"
#include "sync/introduce.h"
#include "sync/logins.h"
#include "sync/peers.h"
#include "sync/worker.h"

#include <glib/gi18n-lib.h>

/** conc_exchange_introduce: says what this station is called, unless it was said. */
gboolean
conc_exchange_introduce (ConcExchange *exchange, GError **error)
{
  return conc_introduce_station (exchange->file, exchange->reader, error);
}

/** conc_exchange_keep_place: remembers how far this conversation came; losing it costs time. */
void
conc_exchange_keep_place (ConcExchange *exchange)
{
  g_autofree char *pushed = g_strdup_printf ("%" G_GINT64_FORMAT, exchange->pushed);

  conc_exchange_keep_cursor (exchange, NULL);
  conc_race_file_set_sync (exchange->file, CONC_SYNC_PUSHED, pushed, NULL);
}

/**
 * conc_exchange_check_alone:
 * @run: of this program, as told in its heartbeats
 *
 * Another program that beats under the name of this station has a copy of the same file. Then
 * this one takes a new name, before the two write different things under one.
 */
gboolean
conc_exchange_check_alone (ConcExchange *exchange,
                           GPtrArray    *peers,
                           const char   *run,
                           GError      **error)
{
  for (guint i = 0; i < peers->len; i++)
    {
      const ConcPeer *peer = g_ptr_array_index (peers, i);

      if (g_strcmp0 (peer->id, exchange->station) != 0 || peer->run == NULL ||
          g_strcmp0 (peer->run, run) == 0)
        continue;
      if (conc_race_file_rename_station (exchange->file, NULL, error))
        g_set_error_literal (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_RENAMED,
                             _ ("Two laptops used copies of one race file. This one has taken a "
                                "name of its own; nothing is lost."));
      return FALSE;
    }
  return TRUE;
}

/**
 * conc_exchange_keep_logins:
 *
 * An organizer keeps how each station logs in (not its password, which nobody but the station
 * knows), so that any organizer can become the hub and everybody gets in again.
 */
gboolean
conc_exchange_keep_logins (ConcExchange *exchange, GError **error)
{
  return exchange->role != CONC_ROLE_ORGANIZER ||
         conc_logins_record (exchange->file, exchange->reader, exchange->link, error);
}
