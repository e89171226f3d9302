/* verb-walk-up.c: registers somebody at the desk. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verb.h"

#include "cli/field-values.h"
#include "cli/output.h"
#include "cli/race.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

typedef struct
{
  char    *bib;
  gboolean with_check_in;
  gboolean as_json;
} WalkUp;

static gboolean
set_bib (ConcRunner *runner, const char *text)
{
  gint64 bib;

  if (text == NULL)
    return TRUE;
  if (!conc_call_parse_number ("--bib", text, 1, CONC_BIB_MAX, &bib))
    return FALSE;
  conc_runner_take (runner, CONC_FIELD_BIB, g_strdup_printf ("%d", (int) bib));
  return TRUE;
}

static gboolean
check_in (ConcRaceFile *file, const char *id, ConcExit *ret_exit)
{
  ConcCommand *command = conc_command_new (CONC_COMMAND_CHECK_IN, conc_clock_get_system ());
  g_autoptr (ConcReceipt) receipt = NULL;

  command->runner_id = g_strdup (id);
  receipt = conc_race_submit (file, command, ret_exit);
  return receipt != NULL;
}

static void
print_json (const WalkUp *self, const ConcRunner *runner, const ConcReceipt *receipt)
{
  g_autoptr (GString) json = g_string_new ("{");
  g_autofree char *fact = conc_fact_id_to_text (&receipt->fact);
  g_autofree char *name = conc_runner_dup_full_name (runner);

  conc_json_member_text (json, "id", receipt->runner_id);
  if (receipt->bib > 0)
    conc_json_member_int (json, "bib", receipt->bib);
  else
    conc_json_member_null (json, "bib");
  conc_json_member_text (json, "name", name);
  conc_json_member_bool (json, "checked_in", self->with_check_in);
  conc_json_member_text (json, "fact", fact);
  g_string_append_c (json, '}');
  conc_print_line (json);
}

static void
print_text (const WalkUp *self, const ConcRunner *runner, const ConcReceipt *receipt)
{
  g_autofree char *name = conc_runner_dup_full_name (runner);

  if (receipt->bib == 0)
    printf (self->with_check_in ? _ ("%s is registered and checked in.\n")
                                : _ ("%s is registered.\n"),
            name);
  else
    printf (self->with_check_in ? _ ("%s is registered with bib %u and checked in.\n")
                                : _ ("%s is registered with bib %u.\n"),
            name, receipt->bib);
}

static ConcExit
register_runner (const WalkUp *self, ConcRaceFile *file, const ConcRunner *runner)
{
  ConcCommand *command = conc_command_new (CONC_COMMAND_REGISTER, conc_clock_get_system ());
  g_autoptr (ConcReceipt) receipt = NULL;
  ConcExit status;

  command->runner = conc_runner_copy (runner);
  receipt = conc_race_submit (file, command, &status);
  if (receipt == NULL || (self->with_check_in && !check_in (file, receipt->runner_id, &status)))
    return status;
  if (self->as_json)
    print_json (self, runner, receipt);
  else
    print_text (self, runner, receipt);
  return CONC_EXIT_DONE;
}

ConcExit
conc_verb_walk_up (ConcCall *call)
{
  WalkUp             self = { NULL };
  const GOptionEntry options[] = {
    { "bib", 0, 0, CONC_OPTION_TEXT, &self.bib, N_ ("the bib that the runner gets"), "N" },
    { "check-in", 0, 0, G_OPTION_ARG_NONE, &self.with_check_in, N_ ("checks the runner in too"),
      NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self.as_json, N_ ("writes JSON"), NULL },
    { NULL },
  };
  g_autoptr (ConcRaceFile) file = NULL;
  g_autoptr (ConcRunner) runner = NULL;
  g_autofree char *bib = NULL;
  ConcExit         status = CONC_EXIT_USAGE;

  if (!conc_call_parse (call, options, 2, G_MAXUINT, &status))
    return status;
  bib = self.bib;
  file = conc_race_open_for_writing (call->args[0], &status);
  if (file == NULL)
    return status;
  status = CONC_EXIT_USAGE;
  runner = conc_field_values_read (call, call->args + 1, call->n_args - 1,
                                   conc_race_file_get_settings (file), NULL, &status);
  if (runner != NULL && set_bib (runner, self.bib))
    status = register_runner (&self, file, runner);
  conc_race_file_close (file);
  return status;
}
