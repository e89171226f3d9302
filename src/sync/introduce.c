/* introduce.c: a station tells the others what it is called. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/introduce.h"

#include "store/identity.h"
#include "store/reader-sync.h"

/** conc_introduce_dup_name: Returns: (transfer full): what people call this station; the name of
 * the computer until somebody has said. */
char *
conc_introduce_dup_name (ConcRaceFile *file)
{
  char *name = conc_race_file_dup_sync (file, CONC_SYNC_NAME, NULL);

  if (name != NULL && *name != '\0')
    return name;
  g_free (name);
  return g_strdup (g_get_host_name ());
}

/**
 * conc_introduce_station:
 * @reader: of the calling thread, on the same file
 *
 * Writes the fact that says what this station is called and what it is for, unless it is there. So
 * every station can tell in words where an entry was made, also long after the race.
 */
gboolean
conc_introduce_station (ConcRaceFile *file, ConcReader *reader, GError **error)
{
  const char      *station = conc_race_file_get_station (file);
  g_autofree char *known = conc_reader_dup_station_name (reader, station);
  g_autofree char *subject = g_strconcat ("station:", station, NULL);
  g_autofree char *name = NULL;
  ConcBodyBuilder *builder;

  if (g_strcmp0 (known, station) != 0)
    return TRUE;
  name = conc_introduce_dup_name (file);
  builder = conc_body_builder_new ();
  conc_body_builder_add_text (builder, "name", name);
  conc_body_builder_add_text (builder, "role", conc_role_to_text (conc_race_file_get_role (file)));
  return conc_race_file_append (file, CONC_KIND_STATION, subject, conc_body_builder_end (builder),
                                error);
}
