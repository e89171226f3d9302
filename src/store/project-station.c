/* project-station.c: the projection of stations and what they are called. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/role.h"
#include "store/projector.h"

#define PREFIX "station:"

/** conc_project_station: see conc_project(). The subject is "station:" and the station's id. */
gboolean
conc_project_station (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error)
{
  const char *id = subject + strlen (PREFIX);
  const char *name = conc_merged_get_text (merged, "name");
  const char *role = conc_merged_get_text (merged, "role");

  if (!g_str_has_prefix (subject, PREFIX))
    return TRUE;
  if (!conc_db_run (db, "DELETE FROM named_station WHERE id = ?", error, "t", id))
    return FALSE;
  if (!conc_merged_exists (merged) || name == NULL || conc_role_from_text (role) == CONC_ROLE_NONE)
    return TRUE;
  return conc_db_run (db, "INSERT INTO named_station (id, name, role) VALUES (?, ?, ?)", error,
                      "ttt", id, name, role);
}
