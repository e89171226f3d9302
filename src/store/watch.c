/* watch.c: taps of other watches, which do not count. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/watch.h"

#include "store/reads-private.h"

/* Rows that follow from reads are put in their place as they are written. */
#define OF_FACTS "instr (subject, '#') = 0"

#define TO_WATCH                                                                                   \
  "INSERT OR REPLACE INTO watch (subject, at_usec, raw_usec, hlc, station, clock, stream, use, "   \
  "bib, bib_fact, source) SELECT subject, at_usec, raw_usec, hlc, station, clock, stream, ?, "     \
  "CASE WHEN chute IS NULL THEN bib END, bib_fact, source FROM tap WHERE "

#define TO_TAP                                                                                     \
  "INSERT OR REPLACE INTO tap (subject, at_usec, raw_usec, hlc, station, clock, stream, bib, "     \
  "bib_fact, source) SELECT subject, at_usec, raw_usec, hlc, station, clock, stream, bib, "        \
  "bib_fact, source FROM watch WHERE "

static gboolean
is_watch (ConcDb          *db,
          const char      *stream,
          ConcStreamRules *rules,
          gboolean        *ret_is_watch,
          GError         **error)
{
  if (!conc_reads_load_rules (db, stream, rules, error))
    return FALSE;
  *ret_is_watch =
      rules->exists && (rules->use == CONC_STREAM_SECOND || rules->use == CONC_STREAM_SELECT);
  return TRUE;
}

/**
 * conc_watch_sort_tap:
 * @subject: a tap of @stream that was just written
 *
 * Puts it beside the taps when its stream is a second timer or one of select times.
 */
gboolean
conc_watch_sort_tap (ConcDb *db, const char *subject, const char *stream, GError **error)
{
  g_auto (ConcStreamRules) rules = { 0 };
  gboolean watches;

  if (!is_watch (db, stream, &rules, &watches, error))
    return FALSE;
  return !watches || (conc_db_run (db, TO_WATCH "subject = ?", error, "tt",
                                   conc_stream_use_get_name (rules.use), subject) &&
                      conc_db_run (db, "DELETE FROM tap WHERE subject = ?", error, "t", subject));
}

/** conc_watch_sort_stream: does so for all taps of a stream, or the other way round. */
gboolean
conc_watch_sort_stream (ConcDb *db, const char *stream, GError **error)
{
  g_auto (ConcStreamRules) rules = { 0 };
  gboolean watches;

  if (!is_watch (db, stream, &rules, &watches, error) ||
      !conc_db_run (db, TO_TAP "stream = ? AND " OF_FACTS, error, "t", stream) ||
      !conc_db_run (db, "DELETE FROM watch WHERE stream = ? AND " OF_FACTS, error, "t", stream))
    return FALSE;
  return !watches ||
         (conc_db_run (db, TO_WATCH "stream = ? AND " OF_FACTS, error, "tt",
                       conc_stream_use_get_name (rules.use), stream) &&
          conc_db_run (db, "DELETE FROM tap WHERE stream = ? AND " OF_FACTS, error, "t", stream));
}
