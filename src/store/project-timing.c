/* project-timing.c: the projections of taps, guns and runners' own starts. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/race-time.h"
#include "store/projector.h"

/* A fact with a time that cannot be read is as if it had none: it makes no row. */
static gboolean
get_time (const ConcMerged *merged, gint64 *ret_usec)
{
  const char *text = conc_merged_get_text (merged, "at");

  return text != NULL && conc_time_parse_rfc3339 (text, ret_usec, NULL);
}

static char *
get_fact_name (const ConcMerged *merged, const char *key)
{
  const ConcSlot *slot = conc_merged_find (merged, key);

  return slot != NULL ? conc_fact_id_to_text (&slot->winner->id) : NULL;
}

/* The fact that says when; it was recorded by the clock of its station. */
static const ConcFact *
get_timed (const ConcMerged *merged)
{
  return conc_merged_find (merged, "at")->winner;
}

static gboolean
insert_tap (ConcDb           *db,
            const char       *subject,
            const ConcMerged *merged,
            gint64            at_usec,
            GError          **error)
{
  const ConcFact  *founder = conc_merged_get_founder (merged);
  const ConcFact  *timed = get_timed (merged);
  gint64           bib = conc_merged_get_int (merged, "bib", 0);
  g_autofree char *bib_fact = get_fact_name (merged, "bib");

  if (!conc_db_run (db,
                    "INSERT INTO tap (subject, at_usec, raw_usec, hlc, station, clock, stream, "
                    "bib, bib_fact, source) VALUES (?, ?, ?, ?, ?, ?, '', nullif (?, 0), ?, ?)",
                    error, "tiiittitt", subject, at_usec, at_usec, founder->hlc, timed->id.station,
                    conc_body_get_text (timed->body, "clock"), bib,
                    bib > 0 && g_strcmp0 (bib_fact, subject) != 0 ? bib_fact : NULL,
                    conc_merged_get_text (merged, "source")))
    return FALSE;
  return TRUE;
}

/** conc_project_tap: see conc_project(). */
gboolean
conc_project_tap (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error)
{
  gint64 at_usec;

  if (!conc_db_run (db, "DELETE FROM tap WHERE subject = ?", error, "t", subject))
    return FALSE;
  if (!conc_merged_exists (merged) || !get_time (merged, &at_usec))
    return TRUE;
  return insert_tap (db, subject, merged, at_usec, error);
}

/** conc_project_gun: see conc_project(). The subject is "gun:" and the wave. */
gboolean
conc_project_gun (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error)
{
  const char      *wave = subject + strlen ("gun:");
  const ConcFact  *timed;
  g_autofree char *fact = NULL;
  gint64           at_usec;

  if (!g_str_has_prefix (subject, "gun:"))
    return TRUE;
  if (!conc_db_run (db, "DELETE FROM gun WHERE wave = ?", error, "t", wave))
    return FALSE;
  if (!conc_merged_exists (merged) || !get_time (merged, &at_usec))
    return TRUE;
  fact = get_fact_name (merged, "at");
  timed = get_timed (merged);
  return conc_db_run (db,
                      "INSERT INTO gun (wave, fact, at_usec, raw_usec, station, clock) "
                      "VALUES (?, ?, ?, ?, ?, ?)",
                      error, "ttiitt", wave, fact, at_usec, at_usec, timed->id.station,
                      conc_body_get_text (timed->body, "clock"));
}

/** conc_project_start: see conc_project(). The subject is "start:" and the bib. */
gboolean
conc_project_start (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error)
{
  guint64          bib;
  const ConcFact  *timed;
  g_autofree char *fact = NULL;
  gint64           at_usec;

  if (!g_str_has_prefix (subject, "start:") ||
      !g_ascii_string_to_unsigned (subject + strlen ("start:"), 10, 1, G_MAXINT64, &bib, NULL))
    return TRUE;
  if (!conc_db_run (db, "DELETE FROM start WHERE bib = ?", error, "i", (gint64) bib))
    return FALSE;
  if (!conc_merged_exists (merged) || !get_time (merged, &at_usec))
    return TRUE;
  fact = get_fact_name (merged, "at");
  timed = get_timed (merged);
  return conc_db_run (db,
                      "INSERT INTO start (bib, fact, at_usec, raw_usec, station, clock) "
                      "VALUES (?, ?, ?, ?, ?, ?)",
                      error, "itiitt", (gint64) bib, fact, at_usec, at_usec, timed->id.station,
                      conc_body_get_text (timed->body, "clock"));
}

/** conc_project_gun_seen: see conc_project(). */
gboolean
conc_project_gun_seen (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error)
{
  const char     *wave;
  const ConcFact *timed;
  gint64          at_usec;

  if (!conc_db_run (db, "DELETE FROM gun_seen WHERE subject = ?", error, "t", subject))
    return FALSE;
  if (!conc_merged_exists (merged) || !get_time (merged, &at_usec))
    return TRUE;
  wave = conc_merged_get_text (merged, "wave");
  timed = get_timed (merged);
  return conc_db_run (db,
                      "INSERT INTO gun_seen (subject, wave, at_usec, raw_usec, station, clock) "
                      "VALUES (?, ?, ?, ?, ?, ?)",
                      error, "ttiitt", subject, wave != NULL ? wave : "", at_usec, at_usec,
                      timed->id.station, conc_body_get_text (timed->body, "clock"));
}
