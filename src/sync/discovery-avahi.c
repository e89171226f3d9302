/* discovery-avahi.c: finds the hub of a race on the network, and lets it be found, with Avahi. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/discovery.h"

#include <avahi-client/client.h>
#include <avahi-client/lookup.h>
#include <avahi-client/publish.h>
#include <avahi-common/address.h>
#include <avahi-common/alternative.h>
#include <avahi-common/error.h>
#include <avahi-common/malloc.h>
#include <avahi-common/thread-watch.h>

#define SERVICE "_concourse-hub._tcp"
#define NAME "Concourse"
#define RACE_KEY "race"
#define HASH_CHARS 16
#define FOUND_MAX 64

typedef struct
{
  char *name; /* of the service: what tells one from another when it goes */
  char *address;
} Found;

struct _ConcDiscovery
{
  AvahiThreadedPoll   *poll;
  AvahiClient         *client;
  AvahiServiceBrowser *browser;
  AvahiEntryGroup     *group;
  char                *race; /* hash; NULL for all races */
  char                *name;
  guint                port; /* published; 0: none */
  GMutex               mutex;
  GPtrArray           *found; /* element-type Found; guarded */
};

static void
found_free (gpointer data)
{
  Found *found = data;

  g_free (found->name);
  g_free (found->address);
  g_free (found);
}

/* The network learns which hubs are of one race, and nothing of the race. */
static char *
hash_race (const char *race_id)
{
  g_autofree char *text = g_strconcat ("concourse discovery ", race_id, NULL);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  return g_strndup (hash, HASH_CHARS);
}

static void
forget (ConcDiscovery *discovery, const char *name)
{
  g_mutex_lock (&discovery->mutex);
  for (guint i = discovery->found->len; i-- > 0;)
    if (g_strcmp0 (((Found *) g_ptr_array_index (discovery->found, i))->name, name) == 0)
      g_ptr_array_remove_index (discovery->found, i);
  g_mutex_unlock (&discovery->mutex);
}

static void
remember (ConcDiscovery *discovery, const char *name, const AvahiAddress *address, guint16 port)
{
  char   host[AVAHI_ADDRESS_STR_MAX];
  Found *found = g_new0 (Found, 1);

  avahi_address_snprint (host, sizeof host, address);
  found->name = g_strdup (name);
  found->address = g_strdup_printf ("%s:%u", host, port);
  g_mutex_lock (&discovery->mutex);
  if (discovery->found->len < FOUND_MAX)
    g_ptr_array_add (discovery->found, found);
  else
    found_free (found);
  g_mutex_unlock (&discovery->mutex);
}

static gboolean
is_of_race (ConcDiscovery *discovery, AvahiStringList *text)
{
  AvahiStringList *item = avahi_string_list_find (text, RACE_KEY);
  char            *value = NULL;
  gboolean         is_wanted = discovery->race == NULL;

  if (!is_wanted && item != NULL && avahi_string_list_get_pair (item, NULL, &value, NULL) == 0)
    is_wanted = g_strcmp0 (value, discovery->race) == 0;
  avahi_free (value);
  return is_wanted;
}

static void
resolved_cb (AvahiServiceResolver  *resolver,
             AvahiIfIndex           interface,
             AvahiProtocol          protocol,
             AvahiResolverEvent     event,
             const char            *name,
             const char            *type,
             const char            *domain,
             const char            *host,
             const AvahiAddress    *address,
             uint16_t               port,
             AvahiStringList       *text,
             AvahiLookupResultFlags flags,
             void                  *user_data)
{
  ConcDiscovery *discovery = user_data;

  if (event == AVAHI_RESOLVER_FOUND && is_of_race (discovery, text))
    remember (discovery, name, address, port);
  avahi_service_resolver_free (resolver);
}

static void
browsed_cb (AvahiServiceBrowser   *browser,
            AvahiIfIndex           interface,
            AvahiProtocol          protocol,
            AvahiBrowserEvent      event,
            const char            *name,
            const char            *type,
            const char            *domain,
            AvahiLookupResultFlags flags,
            void                  *user_data)
{
  ConcDiscovery *discovery = user_data;

  if (event == AVAHI_BROWSER_NEW)
    avahi_service_resolver_new (discovery->client, interface, protocol, name, type, domain,
                                AVAHI_PROTO_INET, 0, resolved_cb, discovery);
  else if (event == AVAHI_BROWSER_REMOVE)
    forget (discovery, name);
}

static void publish_now (ConcDiscovery *discovery, AvahiClient *client);

static void
group_cb (AvahiEntryGroup *group, AvahiEntryGroupState state, void *user_data)
{
  ConcDiscovery *discovery = user_data;
  char          *other;

  if (state != AVAHI_ENTRY_GROUP_COLLISION)
    return;
  other = avahi_alternative_service_name (discovery->name);
  g_free (discovery->name);
  discovery->name = g_strdup (other);
  avahi_free (other);
  publish_now (discovery, avahi_entry_group_get_client (group));
}

/* On the thread of the poll, or with its lock. */
static void
publish_now (ConcDiscovery *discovery, AvahiClient *client)
{
  g_autofree char *text = g_strconcat (RACE_KEY "=", discovery->race, NULL);

  if (discovery->group == NULL)
    discovery->group = avahi_entry_group_new (client, group_cb, discovery);
  if (discovery->group == NULL)
    return;
  avahi_entry_group_reset (discovery->group);
  if (discovery->port == 0 || discovery->race == NULL)
    return;
  if (avahi_entry_group_add_service (discovery->group, AVAHI_IF_UNSPEC, AVAHI_PROTO_UNSPEC, 0,
                                     discovery->name, SERVICE, NULL, NULL,
                                     (uint16_t) discovery->port, text, NULL) == 0)
    avahi_entry_group_commit (discovery->group);
}

/* Also runs inside avahi_client_new(), before the client is known. */
static void
client_cb (AvahiClient *client, AvahiClientState state, void *user_data)
{
  ConcDiscovery *discovery = user_data;

  discovery->client = client;
  if (state == AVAHI_CLIENT_S_RUNNING)
    {
      if (discovery->browser == NULL)
        discovery->browser = avahi_service_browser_new (client, AVAHI_IF_UNSPEC, AVAHI_PROTO_UNSPEC,
                                                        SERVICE, NULL, 0, browsed_cb, discovery);
      publish_now (discovery, client);
      return;
    }
  /* The daemon has gone, or its host has got another name: what was made there is void. */
  g_clear_pointer (&discovery->browser, avahi_service_browser_free);
  g_clear_pointer (&discovery->group, avahi_entry_group_free);
}

/**
 * conc_discovery_new:
 *
 * Returns: (transfer full): looks for hubs on a thread of its own from now on. It waits for the
 * daemon of Avahi when there is none yet.
 */
ConcDiscovery *
conc_discovery_new (const char *race_id)
{
  ConcDiscovery *discovery = g_new0 (ConcDiscovery, 1);

  g_mutex_init (&discovery->mutex);
  discovery->race = race_id != NULL ? hash_race (race_id) : NULL;
  discovery->name = g_strconcat (NAME " ", g_get_host_name (), NULL);
  discovery->found = g_ptr_array_new_with_free_func (found_free);
  discovery->poll = avahi_threaded_poll_new ();
  if (discovery->poll == NULL)
    return discovery;
  discovery->client = avahi_client_new (avahi_threaded_poll_get (discovery->poll),
                                        AVAHI_CLIENT_NO_FAIL, client_cb, discovery, NULL);
  if (discovery->client != NULL)
    avahi_threaded_poll_start (discovery->poll);
  return discovery;
}

/** conc_discovery_free: ends the search, and others find this computer no more. */
void
conc_discovery_free (ConcDiscovery *discovery)
{
  if (discovery == NULL)
    return;
  if (discovery->client != NULL)
    avahi_threaded_poll_stop (discovery->poll);
  /* The client frees the browser and the group that belong to it. */
  g_clear_pointer (&discovery->client, avahi_client_free);
  g_clear_pointer (&discovery->poll, avahi_threaded_poll_free);
  g_ptr_array_unref (discovery->found);
  g_mutex_clear (&discovery->mutex);
  g_free (discovery->race);
  g_free (discovery->name);
  g_free (discovery);
}

/** conc_discovery_publish: see the header. */
void
conc_discovery_publish (ConcDiscovery *discovery, guint port)
{
  if (discovery->client == NULL)
    return;
  avahi_threaded_poll_lock (discovery->poll);
  if (discovery->port != port)
    {
      discovery->port = port;
      if (avahi_client_get_state (discovery->client) == AVAHI_CLIENT_S_RUNNING)
        publish_now (discovery, discovery->client);
    }
  avahi_threaded_poll_unlock (discovery->poll);
}

/** conc_discovery_list: see the header. */
char **
conc_discovery_list (ConcDiscovery *discovery)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_mutex_lock (&discovery->mutex);
  for (guint i = 0; i < discovery->found->len; i++)
    g_strv_builder_add (builder, ((Found *) g_ptr_array_index (discovery->found, i))->address);
  g_mutex_unlock (&discovery->mutex);
  return g_strv_builder_end (builder);
}
