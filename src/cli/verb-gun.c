/* verb-gun.c: records the gun of the race or of a wave. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verb.h"

#include "cli/race.h"
#include "core/race-time.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

static ConcExit
fire (ConcRaceFile *file, const char *wave, const char *when)
{
  g_autoptr (GTimeZone) zone = conc_settings_dup_zone (conc_race_file_get_settings (file));
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcReceipt) receipt = NULL;
  g_autofree char *at = NULL;
  g_autofree char *fact = NULL;
  ConcCommand     *command;
  ConcExit         status;

  if (!conc_race_check_time (file, when, &error))
    return conc_misused (error);
  command = conc_command_new (CONC_COMMAND_GUN, conc_race_file_get_clock (file));
  command->wave = g_strdup (wave);
  if (when != NULL)
    {
      command->when = g_strdup (when);
      command->source = "typed";
    }
  receipt = conc_race_submit (file, command, &status);
  if (receipt == NULL)
    return status;
  at = conc_time_format_rfc3339 (receipt->at_usec, zone);
  fact = conc_fact_id_to_text (&receipt->fact);
  if (wave != NULL && *wave != '\0')
    printf (_ ("The gun of wave %s was fired at %s (%s).\n"), wave, at, fact);
  else
    printf (_ ("The gun was fired at %s (%s).\n"), at, fact);
  return CONC_EXIT_DONE;
}

ConcExit
conc_verb_gun (ConcCall *call)
{
  g_autofree char   *wave = NULL;
  g_autofree char   *when = NULL;
  const GOptionEntry options[] = {
    { "wave", 0, 0, CONC_OPTION_TEXT, &wave, N_ ("of this wave only"), "NAME" },
    { "at", 0, 0, CONC_OPTION_TEXT, &when, N_ ("when it was fired; now when not given"), "TIME" },
    { NULL },
  };
  g_autoptr (ConcRaceFile) file = NULL;
  ConcExit status;

  if (!conc_call_parse (call, options, 1, 1, &status))
    return status;
  file = conc_race_open_for_writing (call->args[0], &status);
  if (file == NULL)
    return status;
  status = fire (file, wave, when);
  conc_race_file_close (file);
  return status;
}
