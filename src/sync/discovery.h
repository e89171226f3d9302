/* discovery.h: finds the hub of a race on the network, and lets it be found. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A convenience: without Avahi, or without its daemon, nothing is found and addresses are typed.
 * What is found is not trusted: the hub must show the certificate of the race. Any thread. */
typedef struct _ConcDiscovery ConcDiscovery;

/* @race_id NULL: the hubs of all races, for one who has only a code. */
ConcDiscovery *conc_discovery_new (const char *race_id);
void           conc_discovery_free (ConcDiscovery *discovery);

/* Lets others find a hub of the race at @port of this computer; 0 ends it. */
void conc_discovery_publish (ConcDiscovery *discovery, guint port);

/* HOST:PORT of each hub that is there now; transfer full, NULL-terminated. */
char **conc_discovery_list (ConcDiscovery *discovery);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcDiscovery, conc_discovery_free)

G_END_DECLS
