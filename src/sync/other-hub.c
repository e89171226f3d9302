/* other-hub.c: whether somebody else hosts the race already. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/other-hub.h"

#include "store/identity.h"
#include "sync/hub.h"
#include "sync/peers.h"
#include "sync/target.h"

#include <string.h>

/* A hub on the same network answers in much less. */
#define TIMEOUT_MSEC 800
#define ADDRESSES_MAX 6

static gboolean
is_here (const char *host, const char *own_addresses)
{
  g_auto (GStrv) own = g_strsplit (own_addresses, " ", -1);

  return g_str_has_prefix (host, "127.") || strcmp (host, "localhost") == 0 ||
         g_strv_contains ((const char *const *) own, host);
}

static gboolean
is_hub_of_race (ConcRaceFile *file, const char *address, GCancellable *cancellable)
{
  g_autofree char *login = conc_race_file_dup_sync (file, CONC_SYNC_LOGIN, NULL);
  g_auto (ConcTarget) target = { 0 };
  g_autoptr (ConcLink) link = NULL;
  g_autoptr (PGresult) result = NULL;

  if (login == NULL || *login == '\0' || !conc_target_load (&target, file, address, login, NULL))
    return FALSE;
  target.link.timeout_msec = TIMEOUT_MSEC;
  link = conc_link_open (&target.link, cancellable, NULL);
  if (link == NULL)
    return FALSE;
  result = conc_link_query (link, TIMEOUT_MSEC, NULL, "SELECT race_id FROM hub.meta", 0, NULL);
  return result != NULL && PQntuples (result) == 1 &&
         strcmp (PQgetvalue (result, 0, 0), conc_race_file_get_race_id (file)) == 0;
}

static void
add_address (GPtrArray *addresses, const char *address, const char *own_addresses)
{
  g_autofree char *host = NULL;
  guint            port;

  if (addresses->len < ADDRESSES_MAX && conc_target_split_address (address, &host, &port) &&
      !is_here (host, own_addresses))
    g_ptr_array_add (addresses, g_strdup_printf ("%s:%u", host, port));
}

static GPtrArray *
list_addresses (ConcRaceFile *file)
{
  GPtrArray       *addresses = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *hub = conc_race_file_dup_sync (file, CONC_SYNC_HUB, NULL);
  g_autofree char *peers = conc_race_file_dup_sync (file, CONC_SYNC_PEERS, NULL);
  g_auto (GStrv) known = g_strsplit (peers != NULL ? peers : "", " ", -1);
  ConcPeer self = { NULL };

  conc_peer_measure (&self, conc_race_file_get_path (file));
  if (hub != NULL && !g_str_has_prefix (hub, "postgres"))
    add_address (addresses, hub, self.addresses);
  for (char **each = known; *each != NULL; each++)
    if (**each != '\0')
      add_address (addresses, *each, self.addresses);
  g_free (self.addresses);
  g_free (self.version);
  return addresses;
}

/**
 * conc_other_hub_find:
 *
 * Asks where this station last found the hub, and the other organizers, whether the hub of this
 * race runs there: two hubs would each have a part of what happens. Waits up to five seconds for
 * laptops that are not there.
 *
 * Returns: (transfer full) (nullable): HOST:PORT of a hub on another computer.
 */
char *
conc_other_hub_find (ConcRaceFile *file, GCancellable *cancellable)
{
  g_autoptr (GPtrArray) addresses = list_addresses (file);

  for (guint i = 0; i < addresses->len; i++)
    if (is_hub_of_race (file, g_ptr_array_index (addresses, i), cancellable))
      return g_strdup (g_ptr_array_index (addresses, i));
  return NULL;
}
