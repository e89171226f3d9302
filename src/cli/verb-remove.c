/* verb-remove.c: takes a runner out of the race. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verb.h"

#include "cli/field-values.h"
#include "cli/race.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

static ConcExit
remove_runner (ConcRaceFile *file, const char *text, const char *reason)
{
  g_autoptr (ConcRunner) runner = NULL;
  g_autoptr (ConcReceipt) receipt = NULL;
  g_autofree char *name = NULL;
  g_autofree char *fact = NULL;
  ConcExit         status;

  runner = conc_find_runner (file, text, &status);
  if (runner == NULL)
    return status;
  receipt = conc_race_submit (file,
                              conc_command_new_remove (conc_clock_get_system (),
                                                       conc_runner_get_id (runner), reason),
                              &status);
  if (receipt == NULL)
    return status;
  name = conc_runner_dup_full_name (runner);
  fact = conc_fact_id_to_text (&receipt->fact);
  printf (_ ("%s is out of the race (%s).\n"), name, fact);
  return CONC_EXIT_DONE;
}

ConcExit
conc_verb_remove (ConcCall *call)
{
  g_autofree char   *reason = NULL;
  const GOptionEntry options[] = {
    { "reason", 0, 0, CONC_OPTION_TEXT, &reason, N_ ("why"), "TEXT" },
    { NULL },
  };
  g_autoptr (ConcRaceFile) file = NULL;
  ConcExit status;

  if (!conc_call_parse (call, options, 2, 2, &status))
    return status;
  file = conc_race_open_for_writing (call->args[0], &status);
  if (file == NULL)
    return status;
  status = remove_runner (file, call->args[1], reason);
  conc_race_file_close (file);
  return status;
}
