/* execute-ruling.c: who is out of the race, and whose time gets longer. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/scoring.h"
#include "store/execute.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_REASON_BYTES 500

static gboolean
check_ruling (const char *text, GError **error)
{
  static const char *const rulings[] = { "", CONC_RULING_DNS, CONC_RULING_DNF, CONC_RULING_DQ,
                                         NULL };

  if (text != NULL && g_strv_contains (rulings, text))
    return TRUE;
  return conc_store_refuse (error, _ ("A ruling is dns, dnf or dq."));
}

static gboolean
check_reason (const char *reason, GError **error)
{
  if (reason == NULL || (strlen (reason) <= MAX_REASON_BYTES && g_utf8_validate (reason, -1, NULL)))
    return TRUE;
  return conc_store_refuse (error, _ ("A reason has at most %d letters."), MAX_REASON_BYTES);
}

static gboolean
has_reason (const ConcCommand *command, const ConcRunner *runner, ConcField field)
{
  const char *known = conc_runner_get (runner, field);

  return strcmp (known != NULL ? known : "", command->reason != NULL ? command->reason : "") == 0;
}

/* Why is a fact of its own, because a display does not get it. */
static gboolean
append_reason (ConcWriter        *writer,
               const ConcCommand *command,
               const ConcRunner  *runner,
               const ConcMerged  *merged,
               ConcField          field,
               ConcReceipt       *receipt,
               GError           **error)
{
  ConcBodyBuilder *builder;

  if (has_reason (command, runner, field))
    return TRUE;
  builder = conc_body_builder_new ();
  conc_body_builder_add_text (builder, conc_field_get_key (field),
                              command->reason != NULL ? command->reason : "");
  return conc_execute_append_over (writer, command, CONC_KIND_RULING_REASON,
                                   conc_runner_get_id (runner), merged, builder, receipt, error);
}

/**
 * conc_execute_ruling:
 *
 * A runner did not start, did not finish or is disqualified, or counts after all. The times stay
 * as they are; only whether they give a place changes.
 */
gboolean
conc_execute_ruling (ConcWriter        *writer,
                     const ConcCommand *command,
                     ConcReceipt       *receipt,
                     GError           **error)
{
  g_autoptr (ConcRunner) runner = conc_execute_find_runner (writer, command, error);
  g_autoptr (ConcMerged) merged = NULL;
  const char      *known;
  ConcBodyBuilder *builder;

  if (runner == NULL || !check_ruling (command->text, error) ||
      !check_reason (command->reason, error) ||
      !conc_execute_read_merged (writer, conc_runner_get_id (runner), &merged, error))
    return FALSE;
  conc_execute_fill_receipt (receipt, runner);
  known = conc_runner_get (runner, CONC_FIELD_RULING);
  receipt->was_already = strcmp (known != NULL ? known : "", command->text) == 0 &&
                         has_reason (command, runner, CONC_FIELD_RULING_REASON);
  if (receipt->was_already)
    return TRUE;
  builder = conc_body_builder_new ();
  conc_body_builder_add_text (builder, conc_field_get_key (CONC_FIELD_RULING), command->text);
  return conc_execute_append_over (writer, command, CONC_KIND_RULING, conc_runner_get_id (runner),
                                   merged, builder, receipt, error) &&
         append_reason (writer, command, runner, merged, CONC_FIELD_RULING_REASON, receipt, error);
}

/** conc_execute_penalty: time that is added to a runner's times, up to a day; 0 takes it away. */
gboolean
conc_execute_penalty (ConcWriter        *writer,
                      const ConcCommand *command,
                      ConcReceipt       *receipt,
                      GError           **error)
{
  g_autoptr (ConcRunner) runner = conc_execute_find_runner (writer, command, error);
  g_autoptr (ConcMerged) merged = NULL;
  const char      *key = conc_field_get_key (CONC_FIELD_PENALTY);
  ConcBodyBuilder *builder;

  if (runner == NULL || !check_reason (command->reason, error) ||
      !conc_execute_read_merged (writer, conc_runner_get_id (runner), &merged, error))
    return FALSE;
  if (command->penalty_usec < 0 || command->penalty_usec > CONC_PENALTY_MAX_USEC)
    return conc_store_refuse (error, _ ("A penalty is from nothing to a day."));
  conc_execute_fill_receipt (receipt, runner);
  receipt->was_already = conc_merged_get_int (merged, key, 0) == command->penalty_usec &&
                         has_reason (command, runner, CONC_FIELD_PENALTY_REASON);
  if (receipt->was_already)
    return TRUE;
  builder = conc_body_builder_new ();
  conc_body_builder_add_int (builder, key, command->penalty_usec);
  return conc_execute_append_over (writer, command, CONC_KIND_RULING, conc_runner_get_id (runner),
                                   merged, builder, receipt, error) &&
         append_reason (writer, command, runner, merged, CONC_FIELD_PENALTY_REASON, receipt, error);
}
