/* verb-edit.c: corrects fields of a runner. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verb.h"

#include "cli/field-values.h"
#include "cli/race.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

static ConcExit
edit (ConcCall *call, ConcRaceFile *file)
{
  g_autoptr (ConcRunner) seen = NULL;
  g_autoptr (ConcRunner) wanted = NULL;
  g_autoptr (ConcReceipt) receipt = NULL;
  g_autofree char *name = NULL;
  ConcExit         status;

  seen = conc_find_runner (file, call->args[1], &status);
  if (seen == NULL)
    return status;
  wanted = conc_field_values_read (call, call->args + 2, call->n_args - 2,
                                   conc_race_file_get_settings (file), seen, &status);
  if (wanted == NULL)
    return status;
  receipt = conc_race_submit (file, conc_command_new_edit (conc_clock_get_system (), seen, wanted),
                              &status);
  if (receipt == NULL)
    return status;
  name = conc_runner_dup_full_name (wanted);
  printf (receipt->was_already ? _ ("%s is like that already.\n") : _ ("%s is changed.\n"), name);
  return CONC_EXIT_DONE;
}

ConcExit
conc_verb_edit (ConcCall *call)
{
  const GOptionEntry options[] = { { NULL } };
  g_autoptr (ConcRaceFile) file = NULL;
  ConcExit status;

  if (!conc_call_parse (call, options, 3, G_MAXUINT, &status))
    return status;
  file = conc_race_open_for_writing (call->args[0], &status);
  if (file == NULL)
    return status;
  status = edit (call, file);
  conc_race_file_close (file);
  return status;
}
