/* project-timing.c: the projections of taps, guns and runners' own starts. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/projector.h"
#include "store/reads.h"
#include "store/timebase.h"
#include "store/watch.h"

#include <string.h>

static char *
get_fact_name (const ConcMerged *merged, const char *key)
{
  const ConcSlot *slot = conc_merged_find (merged, key);

  return slot != NULL ? conc_fact_id_to_text (&slot->winner->id) : NULL;
}

static gboolean
insert_tap (ConcDb           *db,
            const char       *subject,
            const ConcMerged *merged,
            const ConcTimed  *timed,
            GError          **error)
{
  const ConcFact  *founder = conc_merged_get_founder (merged);
  gint64           bib = conc_merged_get_int (merged, "bib", 0);
  const char      *stream = conc_merged_get_text (merged, "stream");
  g_autofree char *bib_fact = get_fact_name (merged, "bib");

  if (!conc_db_run (db,
                    "INSERT INTO tap (subject, at_usec, raw_usec, hlc, station, clock, stream, "
                    "bib, bib_fact, source) VALUES (?, ?, ?, ?, ?, ?, ?, nullif (?, 0), ?, ?)",
                    error, "tiiitttitt", subject, timed->at_usec, timed->raw_usec, founder->hlc,
                    timed->station, timed->clock, stream != NULL ? stream : "", bib,
                    bib > 0 && g_strcmp0 (bib_fact, subject) != 0 ? bib_fact : NULL,
                    conc_merged_get_text (merged, "source")))
    return FALSE;
  return stream == NULL || *stream == '\0' || conc_watch_sort_tap (db, subject, stream, error);
}

/* A subject that is not there, or whose time cannot be read, makes no row. */
static gboolean
read_time (ConcDb           *db,
           const ConcMerged *merged,
           ConcTimed        *ret_timed,
           gboolean         *ret_has_time,
           GError          **error)
{
  *ret_has_time = FALSE;
  return !conc_merged_exists (merged) ||
         conc_timebase_read (db, merged, ret_timed, ret_has_time, error);
}

/** conc_project_tap: see conc_project(). */
gboolean
conc_project_tap (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error)
{
  ConcTimed timed;
  gboolean  has_time;

  if (strchr (subject, '#') != NULL)
    return conc_reads_project_fix (db, subject, merged, error);
  return conc_db_run (db, "DELETE FROM tap WHERE subject = ?", error, "t", subject) &&
         conc_db_run (db, "DELETE FROM watch WHERE subject = ?", error, "t", subject) &&
         read_time (db, merged, &timed, &has_time, error) &&
         (!has_time || insert_tap (db, subject, merged, &timed, error));
}

/** conc_project_gun: see conc_project(). The subject is "gun:" and the wave. */
gboolean
conc_project_gun (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error)
{
  const char      *wave = subject + strlen ("gun:");
  g_autofree char *fact = NULL;
  ConcTimed        timed;
  gboolean         has_time;

  if (!g_str_has_prefix (subject, "gun:"))
    return TRUE;
  if (!conc_db_run (db, "DELETE FROM gun WHERE wave = ?", error, "t", wave) ||
      !read_time (db, merged, &timed, &has_time, error))
    return FALSE;
  if (!has_time)
    return TRUE;
  fact = conc_fact_id_to_text (&timed.fact->id);
  return conc_db_run (db,
                      "INSERT INTO gun (wave, fact, at_usec, raw_usec, station, clock) "
                      "VALUES (?, ?, ?, ?, ?, ?)",
                      error, "ttiitt", wave, fact, timed.at_usec, timed.raw_usec, timed.station,
                      timed.clock);
}

/** conc_project_start: see conc_project(). The subject is "start:" and the bib. */
gboolean
conc_project_start (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error)
{
  guint64          bib;
  g_autofree char *fact = NULL;
  ConcTimed        timed;
  gboolean         has_time;

  if (!g_str_has_prefix (subject, "start:") ||
      !g_ascii_string_to_unsigned (subject + strlen ("start:"), 10, 1, G_MAXINT64, &bib, NULL))
    return TRUE;
  if (!conc_db_run (db, "DELETE FROM start WHERE bib = ?", error, "i", (gint64) bib) ||
      !read_time (db, merged, &timed, &has_time, error))
    return FALSE;
  if (!has_time)
    return conc_reads_choose_start (db, (guint) MIN (bib, G_MAXUINT), error);
  fact = conc_fact_id_to_text (&timed.fact->id);
  return conc_db_run (db,
                      "INSERT INTO start (bib, fact, at_usec, raw_usec, station, clock) "
                      "VALUES (?, ?, ?, ?, ?, ?)",
                      error, "itiitt", (gint64) bib, fact, timed.at_usec, timed.raw_usec,
                      timed.station, timed.clock);
}

/** conc_project_gun_seen: see conc_project(). */
gboolean
conc_project_gun_seen (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error)
{
  const char *wave;
  ConcTimed   timed;
  gboolean    has_time;

  if (!conc_db_run (db, "DELETE FROM gun_seen WHERE subject = ?", error, "t", subject) ||
      !read_time (db, merged, &timed, &has_time, error))
    return FALSE;
  if (!has_time)
    return TRUE;
  wave = conc_merged_get_text (merged, "wave");
  return conc_db_run (db,
                      "INSERT INTO gun_seen (subject, wave, at_usec, raw_usec, station, clock) "
                      "VALUES (?, ?, ?, ?, ?, ?)",
                      error, "ttiitt", subject, wave != NULL ? wave : "", timed.at_usec,
                      timed.raw_usec, timed.station, timed.clock);
}
