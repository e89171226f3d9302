/* project-chute.c: the projections of chute bibs and of repairs. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/projector.h"
#include "store/reads.h"
#include "store/timebase.h"

#include <string.h>

/** conc_project_chute: see conc_project(). */
gboolean
conc_project_chute (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error)
{
  const ConcSlot  *bib = conc_merged_find (merged, "bib");
  g_autofree char *bib_fact = bib != NULL ? conc_fact_id_to_text (&bib->winner->id) : NULL;
  ConcTimed        timed;
  gboolean         has_time;

  if (strchr (subject, '#') != NULL)
    return conc_reads_project_fix (db, subject, merged, error);
  if (!conc_db_run (db, "DELETE FROM chute WHERE subject = ?", error, "t", subject))
    return FALSE;
  if (!conc_merged_exists (merged))
    return TRUE;
  if (!conc_timebase_read (db, merged, &timed, &has_time, error))
    return FALSE;
  if (!has_time)
    return TRUE;
  return conc_db_run (db,
                      "INSERT INTO chute (subject, at_usec, raw_usec, hlc, station, clock, stream, "
                      "before, bib, bib_fact, linked, source) VALUES (?, ?, ?, ?, ?, ?, '', ?, "
                      "nullif (?, 0), ?, nullif (?, ''), ?)",
                      error, "tiiitttittt", subject, timed.at_usec, timed.raw_usec,
                      conc_merged_get_founder (merged)->hlc, timed.station, timed.clock,
                      conc_merged_get_text (merged, "before"),
                      conc_merged_get_int (merged, "bib", 0), bib_fact,
                      conc_merged_get_text (merged, "tap"),
                      conc_merged_get_text (merged, "source"));
}

/** conc_project_repair: see conc_project(). */
gboolean
conc_project_repair (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error)
{
  const ConcFact *founder;
  const char     *repair, *facts;

  if (!conc_db_run (db, "DELETE FROM repair WHERE subject = ?", error, "t", subject))
    return FALSE;
  if (!conc_merged_exists (merged))
    return TRUE;
  founder = conc_merged_get_founder (merged);
  repair = conc_merged_get_text (merged, "repair");
  facts = conc_merged_get_text (merged, "facts");
  return conc_db_run (db,
                      "INSERT INTO repair (subject, hlc, station, operator, repair, facts, reason) "
                      "VALUES (?, ?, ?, ?, ?, ?, ?)",
                      error, "tittttt", subject, founder->hlc, founder->id.station,
                      founder->operator_name, repair != NULL ? repair : "",
                      facts != NULL ? facts : "", conc_merged_get_text (merged, "reason"));
}
