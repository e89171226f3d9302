/* project-clock.c: the projection of what happened to the clocks of the stations. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/race-time.h"
#include "store/projector.h"

/** conc_project_clock: see conc_project(). */
gboolean
conc_project_clock (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error)
{
  const char *at = conc_merged_get_text (merged, "at");
  const char *clock = conc_merged_get_text (merged, "clock");
  const char *event = conc_merged_get_text (merged, "event");
  gint64      at_usec;

  if (!conc_db_run (db, "DELETE FROM clock_event WHERE subject = ?", error, "t", subject))
    return FALSE;
  if (!conc_merged_exists (merged) || at == NULL || !conc_time_parse_rfc3339 (at, &at_usec, NULL))
    return TRUE;
  return conc_db_run (db,
                      "INSERT INTO clock_event (subject, station, clock, event, at_usec, by_usec) "
                      "VALUES (?, ?, ?, ?, ?, ?)",
                      error, "ttttii", subject, conc_merged_get_founder (merged)->id.station,
                      clock != NULL ? clock : "", event != NULL ? event : "", at_usec,
                      conc_merged_get_int (merged, "by_usec", 0));
}
