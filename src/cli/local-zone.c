/* local-zone.c: the time zone of this computer, by name. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/local-zone.h"

#include "core/race-time.h"

/**
 * conc_dup_local_zone:
 *
 * What the system calls its zone may be no name that a race could have, such as a path.
 *
 * Returns: (transfer full): the name; "UTC" when it has none.
 */
char *
conc_dup_local_zone (void)
{
  g_autoptr (GTimeZone) local = g_time_zone_new_local ();
  const char *name = g_time_zone_get_identifier (local);
  g_autoptr (GTimeZone) known = name != NULL ? conc_time_zone_parse (name, NULL) : NULL;

  return g_strdup (known != NULL ? name : "UTC");
}
