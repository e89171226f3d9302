/* execute-timing.c: the commands of the timing table. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/execute.h"

#include "core/race-time.h"
#include "store/queries.h"
#include "store/station-clock.h"
#include "store/timebase.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * conc_execute_begin_timed_body:
 * @at_usec: when it was, as conc_execute_resolve_time() says
 *
 * Returns: (transfer full): a body that says when and how that is known: by which clock, what the
 * wall clock said, and how far the hub's clock was. A typed time is what somebody said, and no
 * clock of this station has a part in it.
 */
ConcBodyBuilder *
conc_execute_begin_timed_body (ConcWriter *writer, const ConcCommand *command, gint64 at_usec)
{
  ConcBodyBuilder *builder = conc_body_builder_new ();
  g_autofree char *at = conc_time_format_rfc3339 (at_usec, conc_writer_get_utc (writer));

  conc_body_builder_add_text (builder, "at", at);
  if (command->when != NULL)
    conc_body_builder_add_text (builder, "source", "typed");
  else
    {
      conc_body_builder_add_text (builder, "source", command->source);
      conc_body_builder_add_int (builder, CONC_KEY_MONOTONIC, command->monotonic_usec);
      conc_station_clock_add_keys (writer, builder, at_usec);
    }
  if (command->stream != NULL)
    conc_body_builder_add_text (builder, "stream", command->stream);
  return builder;
}

/* A tap is its own subject, named like the fact that founds it. */
static gboolean
append_tap (ConcWriter        *writer,
            const ConcCommand *command,
            ConcKind           kind,
            ConcBody          *body,
            ConcReceipt       *receipt,
            GError           **error)
{
  ConcFactId       id;
  g_autofree char *subject = NULL;

  conc_writer_peek_next_id (writer, &id);
  subject = conc_fact_id_to_text (&id);
  receipt->at_usec = conc_station_clock_count (writer, command, receipt->at_usec);
  return conc_execute_append (writer, command, kind, subject, NULL, body, receipt, error);
}

/** conc_execute_tap: a time without a bib. */
gboolean
conc_execute_tap (ConcWriter        *writer,
                  const ConcCommand *command,
                  ConcReceipt       *receipt,
                  GError           **error)
{
  if (!conc_execute_check_stream (writer, command, error) ||
      !conc_execute_resolve_time (writer, command, NULL, &receipt->at_usec, error))
    return FALSE;
  return append_tap (writer, command, CONC_KIND_TAP,
                     conc_body_builder_end (
                         conc_execute_begin_timed_body (writer, command, receipt->at_usec)),
                     receipt, error);
}

/** conc_execute_cross: a time with its bib. */
gboolean
conc_execute_cross (ConcWriter        *writer,
                    const ConcCommand *command,
                    ConcReceipt       *receipt,
                    GError           **error)
{
  ConcBodyBuilder *builder;

  if (!conc_execute_check_bib (command->bib, error) ||
      !conc_execute_check_stream (writer, command, error) ||
      !conc_execute_resolve_time (writer, command, NULL, &receipt->at_usec, error))
    return FALSE;
  receipt->bib = command->bib;
  builder = conc_execute_begin_timed_body (writer, command, receipt->at_usec);
  conc_body_builder_add_int (builder, "bib", command->bib);
  return append_tap (writer, command, CONC_KIND_CROSSING, conc_body_builder_end (builder), receipt,
                     error);
}

static ConcBody *
make_bib_body (guint bib)
{
  ConcBodyBuilder *builder = conc_body_builder_new ();

  conc_body_builder_add_int (builder, "bib", bib);
  return conc_body_builder_end (builder);
}

static gboolean
find_oldest_unmatched (ConcWriter *writer, char **ret_subject, gint64 *ret_usec, GError **error)
{
  ConcDb       *db = conc_writer_get_db (writer);
  sqlite3_stmt *statement = conc_db_prepare (
      db, "SELECT subject, at_usec FROM tap WHERE bib IS NULL ORDER BY at_usec, hlc LIMIT 1",
      error);
  ConcStep step;

  if (statement == NULL || !conc_writer_pair (writer, error))
    return FALSE;
  step = conc_db_step (db, statement, error);
  if (step == CONC_STEP_DONE)
    return conc_store_refuse (error, _ ("No tap is waiting for a bib. Tap first, then the bib."));
  if (step == CONC_STEP_FAILED)
    return FALSE;
  *ret_subject = conc_column_dup (statement, 0);
  *ret_usec = sqlite3_column_int64 (statement, 1);
  sqlite3_reset (statement);
  return TRUE;
}

/** conc_execute_bib: the bib of the oldest tap that has none. */
gboolean
conc_execute_bib (ConcWriter        *writer,
                  const ConcCommand *command,
                  ConcReceipt       *receipt,
                  GError           **error)
{
  g_autofree char *subject = NULL;

  if (!conc_execute_check_bib (command->bib, error) ||
      !find_oldest_unmatched (writer, &subject, &receipt->at_usec, error))
    return FALSE;
  receipt->bib = command->bib;
  return conc_execute_append (writer, command, CONC_KIND_TAP_BIB, subject, NULL,
                              make_bib_body (command->bib), receipt, error);
}

/* The bib that a tap has now. One that follows from a reader's line has no fact that founds it. */
static gboolean
find_tap_bib (ConcWriter       *writer,
              const char       *subject,
              const ConcMerged *merged,
              gboolean         *ret_found,
              gint64           *ret_bib,
              GError          **error)
{
  ConcDb         *db = conc_writer_get_db (writer);
  const ConcSlot *slot = conc_merged_find (merged, "bib");
  sqlite3_stmt   *statement;
  ConcStep        step;

  if (strchr (subject, '#') == NULL)
    {
      *ret_found =
          conc_merged_exists (merged) && conc_merged_get_family (merged) == CONC_FAMILY_TAP;
      *ret_bib = slot != NULL ? conc_body_get_int (slot->winner->body, "bib", 0) : 0;
      return TRUE;
    }
  statement = conc_db_prepare (db, "SELECT bib FROM tap WHERE subject = ?", error);
  if (statement == NULL || !conc_db_bind (db, statement, error, "t", subject))
    return FALSE;
  step = conc_db_step (db, statement, error);
  *ret_found = step == CONC_STEP_ROW;
  *ret_bib = *ret_found ? sqlite3_column_int64 (statement, 0) : 0;
  sqlite3_reset (statement);
  return step != CONC_STEP_FAILED;
}

/** conc_execute_link: gives one tap its bib, or another one; bib 0 takes it away. */
gboolean
conc_execute_link (ConcWriter        *writer,
                   const ConcCommand *command,
                   ConcReceipt       *receipt,
                   GError           **error)
{
  g_autofree char *subject =
      command->entry != NULL ? g_strdup (command->entry) : conc_fact_id_to_text (&command->target);
  g_autoptr (ConcMerged) merged = NULL;
  const ConcSlot *slot;
  gboolean        found;
  gint64          bib;

  if (command->bib != 0 && !conc_execute_check_bib (command->bib, error))
    return FALSE;
  if (!conc_execute_read_merged (writer, subject, &merged, error) ||
      !find_tap_bib (writer, subject, merged, &found, &bib, error))
    return FALSE;
  if (!found)
    return conc_store_refuse (error, _ ("There is no tap %s."), subject);
  slot = conc_merged_find (merged, "bib");
  receipt->bib = command->bib;
  if (bib == command->bib)
    {
      receipt->was_already = TRUE;
      return TRUE;
    }
  return conc_execute_append (writer, command, CONC_KIND_TAP_BIB, subject,
                              slot != NULL ? &slot->winner->id : NULL, make_bib_body (command->bib),
                              receipt, error);
}

/**
 * conc_execute_append_single_time:
 * @merged: what is known about @subject
 * @builder: (transfer full): what is said; the time is in it
 *
 * Appends a time of which a subject has one: a later one corrects the one that stands.
 */
gboolean
conc_execute_append_single_time (ConcWriter        *writer,
                                 const ConcCommand *command,
                                 ConcKind           kind,
                                 const char        *subject,
                                 const ConcMerged  *merged,
                                 ConcBodyBuilder   *builder,
                                 ConcReceipt       *receipt,
                                 GError           **error)
{
  const ConcSlot *slot = conc_merged_find (merged, "at");

  receipt->at_usec = conc_station_clock_count (writer, command, receipt->at_usec);
  return conc_execute_append (writer, command, kind, subject,
                              slot != NULL ? &slot->winner->id : NULL,
                              conc_body_builder_end (builder), receipt, error);
}

/** conc_execute_start: a runner's own start, for net time. */
gboolean
conc_execute_start (ConcWriter        *writer,
                    const ConcCommand *command,
                    ConcReceipt       *receipt,
                    GError           **error)
{
  g_autofree char *subject = g_strdup_printf ("start:%u", command->bib);
  g_autoptr (ConcMerged) merged = NULL;
  ConcBodyBuilder *builder;

  if (!conc_execute_check_bib (command->bib, error) ||
      !conc_execute_resolve_time (writer, command, NULL, &receipt->at_usec, error) ||
      !conc_execute_read_merged (writer, subject, &merged, error))
    return FALSE;
  receipt->bib = command->bib;
  builder = conc_execute_begin_timed_body (writer, command, receipt->at_usec);
  conc_body_builder_add_int (builder, "bib", command->bib);
  return conc_execute_append_single_time (writer, command, CONC_KIND_START, subject, merged,
                                          builder, receipt, error);
}
