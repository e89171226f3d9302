/* execute-transfer.c: another person runs instead of one who is registered. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/execute.h"

#include "core/runner-facts.h"
#include "store/queries.h"

#include <glib/gi18n-lib.h>

/* What the place is; all else is of the person. */
static const ConcField of_place[] = { CONC_FIELD_WAVE, CONC_FIELD_SHIRT, CONC_FIELD_TEAM };

static gboolean
check_place (ConcWriter *writer, const ConcRunner *runner, GError **error)
{
  g_autofree char *name = conc_runner_dup_full_name (runner);

  if (g_strcmp0 (conc_runner_get (runner, CONC_FIELD_ATTENDANCE), CONC_ATTENDANCE_TRANSFERRED) == 0)
    return conc_store_refuse (error, _ ("The place of %s was given to somebody else already."),
                              name);
  return conc_execute_check_not_here (writer, runner, error);
}

/* Who accepted a waiver or is named for a minor did so for one person. */
static void
take_place (ConcRunner *person, const ConcRunner *runner, const ConcMerged *merged)
{
  g_autofree char *event = conc_execute_dup_event_before (merged);

  conc_runner_set (person, CONC_FIELD_WAIVER, NULL);
  conc_runner_set (person, CONC_FIELD_REGISTRATION_ID, NULL);
  if (conc_runner_get (person, CONC_FIELD_EVENT) == NULL)
    conc_runner_set (person, CONC_FIELD_EVENT,
                     event != NULL ? event : conc_runner_get (runner, CONC_FIELD_EVENT));
  for (guint i = 0; i < G_N_ELEMENTS (of_place); i++)
    if (conc_runner_get (person, of_place[i]) == NULL)
      conc_runner_set (person, of_place[i], conc_runner_get (runner, of_place[i]));
  conc_runner_set (person, CONC_FIELD_BIB, conc_runner_get (runner, CONC_FIELD_BIB));
}

/* One fact says that the runner does not come and has no bib, so that taking it back gives both
 * back. */
static gboolean
append_given_away (ConcWriter        *writer,
                   const ConcCommand *command,
                   const ConcRunner  *runner,
                   const ConcRunner  *person,
                   const ConcMerged  *merged,
                   ConcReceipt       *receipt,
                   GError           **error)
{
  ConcBodyBuilder *builder = conc_body_builder_new ();

  conc_body_builder_add_text (builder, conc_field_get_key (CONC_FIELD_ATTENDANCE),
                              CONC_ATTENDANCE_TRANSFERRED);
  conc_body_builder_add_text (builder, CONC_KEY_TRANSFERRED_TO, conc_runner_get_id (person));
  if (conc_runner_get (runner, CONC_FIELD_BIB) != NULL)
    conc_body_builder_add_text (builder, conc_field_get_key (CONC_FIELD_BIB), "");
  return conc_execute_append_over (writer, command, CONC_KIND_RUNNER_SET,
                                   conc_runner_get_id (runner), merged, builder, receipt, error);
}

/**
 * conc_execute_transfer:
 *
 * The new person gets event, wave, shirt, team and bib of the registration, and nothing that is
 * private about the one who was registered. @receipt names the new person.
 */
gboolean
conc_execute_transfer (ConcWriter        *writer,
                       const ConcCommand *command,
                       ConcReceipt       *receipt,
                       GError           **error)
{
  g_autoptr (ConcRunner) runner = conc_execute_find_runner (writer, command, error);
  g_autoptr (ConcRunner) person = conc_runner_copy (command->runner);
  g_autoptr (ConcMerged) merged = NULL;

  if (runner == NULL || !check_place (writer, runner, error) ||
      !conc_execute_complete_runner (writer, command, person, error) ||
      !conc_execute_read_merged (writer, conc_runner_get_id (runner), &merged, error))
    return FALSE;
  take_place (person, runner, merged);
  conc_execute_fill_receipt (receipt, person);
  return conc_execute_append_registration (writer, command, person, conc_runner_get_id (runner),
                                           receipt, error) &&
         append_given_away (writer, command, runner, person, merged, receipt, error);
}
