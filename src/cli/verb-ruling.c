/* verb-ruling.c: says who is out of the race, and whose time gets longer. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verb.h"

#include "cli/field-values.h"
#include "cli/race.h"
#include "core/duration.h"
#include "core/scoring.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

static const char *const rulings[] = { CONC_RULING_DNS, CONC_RULING_DNF, CONC_RULING_DQ, NULL };

static ConcCommand *
make_command (ConcCall *call, const char *runner_id, const char *reason, ConcExit *ret_status)
{
  ConcClock  *clock = conc_clock_get_system ();
  const char *word = call->args[2];
  gint64      penalty_usec;

  if (g_strv_contains (rulings, word))
    return conc_command_new_ruling (clock, runner_id, word, reason);
  if (strcmp (word, "counts") == 0)
    return conc_command_new_ruling (clock, runner_id, "", reason);
  if (strcmp (word, "penalty") != 0)
    *ret_status =
        conc_call_misused (call, _ ("“%s” is no ruling: write dns, dnf, dq, counts or penalty."),
                           word);
  else if (call->n_args != 4)
    *ret_status = conc_call_misused (call, _ ("Say how long the penalty is, like 0:30."));
  else if (!conc_duration_parse (call->args[3], &penalty_usec, NULL))
    *ret_status = conc_call_misused (
        call, _ ("“%s” is no penalty: write minutes and seconds, like 0:30; 0:00 for none."),
        call->args[3]);
  else
    return conc_command_new_penalty (clock, runner_id, penalty_usec, reason);
  return NULL;
}

static void
say_ruling (ConcEntrantStatus ruled, const char *name)
{
  switch (ruled)
    {
    case CONC_ENTRANT_DNS:
      printf (_ ("%s did not start.\n"), name);
      return;
    case CONC_ENTRANT_DNF:
      printf (_ ("%s did not finish.\n"), name);
      return;
    case CONC_ENTRANT_DQ:
      printf (_ ("%s is disqualified.\n"), name);
      return;
    case CONC_ENTRANT_RUNNING:
    default:
      printf (_ ("%s counts.\n"), name);
    }
}

static void
say (const char *word, gboolean was_already, const char *name)
{
  if (was_already)
    printf (_ ("%s is ruled on like that already.\n"), name);
  else if (strcmp (word, "penalty") == 0)
    printf (_ ("The time penalty of %s is recorded.\n"), name);
  else
    say_ruling (conc_entrant_status_from_ruling (word), name);
}

static ConcExit
rule (ConcCall *call, ConcRaceFile *file, const char *reason)
{
  g_autoptr (ConcRunner) runner = NULL;
  g_autoptr (ConcReceipt) receipt = NULL;
  g_autofree char *name = NULL;
  ConcCommand     *command;
  ConcExit         status;

  runner = conc_find_runner (file, call->args[1], &status);
  if (runner == NULL)
    return status;
  command = make_command (call, conc_runner_get_id (runner), reason, &status);
  if (command == NULL)
    return status;
  receipt = conc_race_submit (file, command, &status);
  if (receipt == NULL)
    return status;
  name = conc_runner_dup_full_name (runner);
  say (call->args[2], receipt->was_already, name);
  return CONC_EXIT_DONE;
}

ConcExit
conc_verb_ruling (ConcCall *call)
{
  g_autofree char   *reason = NULL;
  const GOptionEntry options[] = {
    { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, N_ ("why; for the crew, never published"),
      N_ ("TEXT") },
    { NULL },
  };
  g_autoptr (ConcRaceFile) file = NULL;
  ConcExit status;

  if (!conc_call_parse (call, options, 3, 4, &status))
    return status;
  file = conc_race_open_for_writing (call->args[0], &status);
  if (file == NULL)
    return status;
  status = rule (call, file, reason);
  conc_race_file_close (file);
  return status;
}
