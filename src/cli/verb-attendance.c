/* verb-attendance.c: says who does not come, and who takes part from elsewhere. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verb.h"

#include "cli/field-values.h"
#include "cli/race.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

static const struct
{
  const char *word;
  const char *attendance;
} words[] = {
  { "no-show", CONC_ATTENDANCE_NO_SHOW },
  { "deferred", CONC_ATTENDANCE_DEFERRED },
  { "expected", "" },
};

static void
say (const char *attendance, gboolean was_already, const char *name)
{
  if (was_already)
    printf (_ ("%s is like that already.\n"), name);
  else if (strcmp (attendance, CONC_ATTENDANCE_NO_SHOW) == 0)
    printf (_ ("%s does not come.\n"), name);
  else if (strcmp (attendance, CONC_ATTENDANCE_DEFERRED) == 0)
    printf (_ ("%s takes part from elsewhere.\n"), name);
  else
    printf (_ ("%s is expected.\n"), name);
}

static ConcExit
set_one (ConcCall *call, ConcRaceFile *file, guint word)
{
  g_autoptr (ConcRunner) runner = NULL;
  g_autoptr (ConcReceipt) receipt = NULL;
  g_autofree char *name = NULL;
  ConcExit         status;

  runner = conc_find_runner (file, call->args[1], &status);
  if (runner == NULL)
    return status;
  receipt = conc_race_submit (file,
                              conc_command_new_attendance (conc_clock_get_system (),
                                                           conc_runner_get_id (runner),
                                                           words[word].attendance),
                              &status);
  if (receipt == NULL)
    return status;
  name = conc_runner_dup_full_name (runner);
  say (words[word].attendance, receipt->was_already, name);
  return CONC_EXIT_DONE;
}

static ConcExit
set_all (ConcRaceFile *file)
{
  ConcExit status;
  g_autoptr (ConcReceipt) receipt =
      conc_race_submit (file, conc_command_new (CONC_COMMAND_NO_SHOWS, conc_clock_get_system ()),
                        &status);

  if (receipt == NULL)
    return status;
  printf (ngettext ("%u runner does not come.\n", "%u runners do not come.\n", receipt->n_facts),
          receipt->n_facts);
  return CONC_EXIT_DONE;
}

static gboolean
find_word (ConcCall *call, guint *ret_word)
{
  for (*ret_word = 0; *ret_word < G_N_ELEMENTS (words); (*ret_word)++)
    if (strcmp (call->args[2], words[*ret_word].word) == 0)
      return TRUE;
  return FALSE;
}

ConcExit
conc_verb_attendance (ConcCall *call)
{
  gboolean           is_all = FALSE;
  const GOptionEntry options[] = {
    { "no-shows", 0, 0, G_OPTION_ARG_NONE, &is_all,
      N_ ("everybody who is expected and not checked in does not come"), NULL },
    { NULL },
  };
  g_autoptr (ConcRaceFile) file = NULL;
  guint    word = 0;
  ConcExit status;

  if (!conc_call_parse (call, options, 1, 3, &status))
    return status;
  if (call->n_args != (is_all ? 1 : 3))
    return conc_call_misused (call, _ ("Give a runner and a word, or --no-shows alone."));
  if (!is_all && !find_word (call, &word))
    return conc_call_misused (call,
                              _ ("“%s” is none of the words: write no-show, deferred or "
                                 "expected."),
                              call->args[2]);
  file = conc_race_open_for_writing (call->args[0], &status);
  if (file == NULL)
    return status;
  status = is_all ? set_all (file) : set_one (call, file, word);
  conc_race_file_close (file);
  return status;
}
