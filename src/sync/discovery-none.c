/* discovery-none.c: without Avahi no hub is found by itself; addresses are typed. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/discovery.h"

/** conc_discovery_new: Returns: (nullable): %NULL, which the other functions take. */
ConcDiscovery *
conc_discovery_new (const char *race_id)
{
  return NULL;
}

/** conc_discovery_free: nothing is to be freed. */
void
conc_discovery_free (ConcDiscovery *discovery)
{
}

/** conc_discovery_publish: nobody is told. */
void
conc_discovery_publish (ConcDiscovery *discovery, guint port)
{
}

/** conc_discovery_list: Returns: (transfer full): an empty list. */
char **
conc_discovery_list (ConcDiscovery *discovery)
{
  return g_new0 (char *, 1);
}
