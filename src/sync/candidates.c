/* candidates.c: the addresses at which the hub of a race may be. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/candidates.h"

#include "store/identity.h"
#include "sync/discovery.h"
#include "sync/hub.h"
#include "sync/peers.h"
#include "sync/target.h"

#include <string.h>

struct _ConcCandidates
{
  ConcRaceFile  *file;
  ConcDiscovery *discovery;
  char          *known; /* addresses of organizers, separated by spaces */
  GPtrArray     *round; /* the addresses of this round that were not tried; NULL: it begins */
  gboolean       is_remembered_next;
};

/** conc_candidates_new: Returns: (transfer full): what @file remembers of earlier days. */
ConcCandidates *
conc_candidates_new (ConcRaceFile *file)
{
  ConcCandidates *candidates = g_new0 (ConcCandidates, 1);

  candidates->file = file;
  candidates->discovery = conc_discovery_new (conc_race_file_get_race_id (file));
  candidates->known = conc_race_file_dup_sync (file, CONC_SYNC_PEERS, NULL);
  return candidates;
}

/** conc_candidates_free: frees @candidates. */
void
conc_candidates_free (ConcCandidates *candidates)
{
  conc_discovery_free (candidates->discovery);
  g_clear_pointer (&candidates->round, g_ptr_array_unref);
  g_free (candidates->known);
  g_free (candidates);
}

static gboolean
get_remembered (ConcCandidates *candidates, char **ret_host, guint *ret_port)
{
  g_autofree char *hub = conc_race_file_dup_sync (candidates->file, CONC_SYNC_HUB, NULL);

  return hub != NULL && !g_str_has_prefix (hub, "postgres") &&
         conc_target_split_address (hub, ret_host, ret_port);
}

static void
add_other (GPtrArray *others, char *address, const char *remembered)
{
  if (g_strcmp0 (address, remembered) != 0 &&
      !g_ptr_array_find_with_equal_func (others, address, g_str_equal, NULL))
    g_ptr_array_add (others, address);
  else
    g_free (address);
}

static GPtrArray *
list_others (ConcCandidates *candidates)
{
  GPtrArray *others = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) found = conc_discovery_list (candidates->discovery);
  g_auto (GStrv) known = g_strsplit (candidates->known != NULL ? candidates->known : "", " ", -1);
  g_autofree char *remembered = conc_race_file_dup_sync (candidates->file, CONC_SYNC_HUB, NULL);
  g_autofree char *host = NULL;
  guint            port = CONC_HUB_DEFAULT_PORT;

  get_remembered (candidates, &host, &port);
  for (char **each = found; *each != NULL; each++)
    add_other (others, g_strdup (*each), remembered);
  for (char **each = known; *each != NULL; each++)
    if (**each != '\0')
      add_other (others, g_strdup_printf ("%s:%u", *each, port), remembered);
  return others;
}

/**
 * conc_candidates_next:
 * @ret_is_last: (out): whether everybody was asked with this one, and it is time to wait
 *
 * Each address that was found on the network or is an organizer's, and before each the remembered
 * one, because most often the hub comes back where it was. Whoever answers is let in only with the
 * certificate of the race.
 *
 * Returns: (transfer full) (nullable): the address to try now, %NULL for the remembered one.
 */
char *
conc_candidates_next (ConcCandidates *candidates, gboolean *ret_is_last)
{
  char *address = NULL;

  if (candidates->round == NULL)
    {
      candidates->round = list_others (candidates);
      candidates->is_remembered_next = TRUE;
    }
  if (!candidates->is_remembered_next)
    address = g_ptr_array_steal_index (candidates->round, 0);
  candidates->is_remembered_next = !candidates->is_remembered_next;
  *ret_is_last = candidates->round->len == 0;
  if (*ret_is_last)
    g_clear_pointer (&candidates->round, g_ptr_array_unref);
  return address;
}

/** conc_candidates_praise: the address that was tried last is the hub's. If it is on this computer,
 * others are let find it. */
void
conc_candidates_praise (ConcCandidates *candidates)
{
  g_autofree char *host = NULL;
  guint            port = 0;
  gboolean         is_here =
      get_remembered (candidates, &host, &port) && g_strcmp0 (host, CONC_HUB_OWN_HOST) == 0;

  g_clear_pointer (&candidates->round, g_ptr_array_unref);
  conc_discovery_publish (candidates->discovery, is_here ? port : 0);
}

/** conc_candidates_learn: remembers where the organizers among @peers are. */
void
conc_candidates_learn (ConcCandidates *candidates, GPtrArray *peers)
{
  g_autoptr (GString) known = g_string_new (NULL);

  for (guint i = 0; i < peers->len; i++)
    {
      const ConcPeer *peer = g_ptr_array_index (peers, i);

      if (peer->role == CONC_ROLE_ORGANIZER && peer->addresses != NULL && *peer->addresses != '\0')
        g_string_append_printf (known, "%s%s", known->len > 0 ? " " : "", peer->addresses);
    }
  if (known->len == 0 || g_strcmp0 (known->str, candidates->known) == 0)
    return;
  g_free (candidates->known);
  candidates->known = g_strdup (known->str);
  conc_race_file_set_sync (candidates->file, CONC_SYNC_PEERS, candidates->known, NULL);
}
