/* execute-gun.c: the guns of the race and of its waves, and who took them for comparison. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/execute.h"

#include "core/race-time.h"
#include "store/queries.h"
#include "store/station-clock.h"
#include "store/timebase.h"

#include <glib/gi18n-lib.h>

static gboolean
refuse_second_gun (ConcWriter *writer, const char *wave, gint64 usec, GError **error)
{
  g_autofree char *clock = conc_time_format_clock (usec, conc_writer_get_zone (writer), 0);

  if (*wave == '\0')
    return conc_store_refuse (
        error, _ ("The gun was fired at %s already. To correct it, give the right time."), clock);
  return conc_store_refuse (
      error, _ ("The gun of wave %s was fired at %s already. To correct it, give the right time."),
      wave, clock);
}

/* What stands of the gun of the wave that @command is about. */
static gboolean
read_gun (ConcWriter        *writer,
          const ConcCommand *command,
          ConcReceipt       *receipt,
          char             **ret_subject,
          ConcMerged       **ret_merged,
          gboolean          *ret_is_fired,
          GError           **error)
{
  ConcDb   *db = conc_writer_get_db (writer);
  ConcTimed before;

  receipt->previous_usec = CONC_NO_TIME;
  if (!conc_query_resolve_wave (db, conc_writer_get_settings (writer), command->wave,
                                &receipt->wave, error))
    return FALSE;
  *ret_subject = g_strconcat ("gun:", receipt->wave, NULL);
  if (!conc_execute_read_merged (writer, *ret_subject, ret_merged, error) ||
      !conc_timebase_read (db, *ret_merged, &before, ret_is_fired, error))
    return FALSE;
  if (*ret_is_fired)
    receipt->previous_usec = before.at_usec;
  return TRUE;
}

/**
 * conc_execute_gun:
 *
 * Without a time a second gun of a wave is refused, because a slip of the finger would move
 * everybody's time; with a time it is a correction. A gun that was set to a time which has not come
 * yet is fired by one without a time: the race began sooner.
 */
gboolean
conc_execute_gun (ConcWriter        *writer,
                  const ConcCommand *command,
                  ConcReceipt       *receipt,
                  GError           **error)
{
  g_autofree char *subject = NULL;
  g_autoptr (ConcMerged) merged = NULL;
  ConcBodyBuilder *builder;
  gboolean         is_fired;

  if (!read_gun (writer, command, receipt, &subject, &merged, &is_fired, error) ||
      !conc_execute_resolve_time (writer, command, receipt->wave, &receipt->at_usec, error))
    return FALSE;
  if (is_fired && command->when == NULL &&
      receipt->previous_usec <= conc_station_clock_count (writer, command, receipt->at_usec))
    return refuse_second_gun (writer, receipt->wave, receipt->previous_usec, error);
  builder = conc_execute_begin_timed_body (writer, command, receipt->at_usec);
  conc_body_builder_add_text (builder, "wave", receipt->wave);
  return conc_execute_append_single_time (writer, command, CONC_KIND_GUN, subject, merged, builder,
                                          receipt, error);
}

/**
 * conc_execute_gun_seen:
 *
 * The gun as this station took it, beside the one that counts: it changes no result. The receipt
 * has the one that counts as its previous time. Refused before there is one: the first to take a
 * gun fires it.
 */
gboolean
conc_execute_gun_seen (ConcWriter        *writer,
                       const ConcCommand *command,
                       ConcReceipt       *receipt,
                       GError           **error)
{
  g_autofree char *gun = NULL;
  g_autofree char *subject = NULL;
  g_autoptr (ConcMerged) merged = NULL;
  ConcBodyBuilder *builder;
  ConcFactId       id;
  gboolean         is_fired;

  if (!read_gun (writer, command, receipt, &gun, &merged, &is_fired, error) ||
      !conc_execute_resolve_time (writer, command, receipt->wave, &receipt->at_usec, error))
    return FALSE;
  if (!is_fired)
    return conc_store_refuse (error, _ ("There is no gun yet to compare this one with."));
  conc_writer_peek_next_id (writer, &id);
  subject = conc_fact_id_to_text (&id);
  builder = conc_execute_begin_timed_body (writer, command, receipt->at_usec);
  conc_body_builder_add_text (builder, "wave", receipt->wave);
  receipt->at_usec = conc_station_clock_count (writer, command, receipt->at_usec);
  return conc_execute_append (writer, command, CONC_KIND_GUN_SEEN, subject, NULL,
                              conc_body_builder_end (builder), receipt, error);
}
