/* verb-transfer.c: gives the place of a runner to another person. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verb.h"

#include "cli/field-values.h"
#include "cli/output.h"
#include "cli/race.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

static void
print_json (const ConcRunner *from, const ConcRunner *person, const ConcReceipt *receipt)
{
  g_autoptr (GString) json = g_string_new ("{");
  g_autofree char *fact = conc_fact_id_to_text (&receipt->fact);
  g_autofree char *name = conc_runner_dup_full_name (person);

  conc_json_member_text (json, "id", receipt->runner_id);
  conc_json_member_text (json, "from", conc_runner_get_id (from));
  if (receipt->bib > 0)
    conc_json_member_int (json, "bib", receipt->bib);
  else
    conc_json_member_null (json, "bib");
  conc_json_member_text (json, "name", name);
  conc_json_member_text (json, "fact", fact);
  g_string_append_c (json, '}');
  conc_print_line (json);
}

static void
print_text (const ConcRunner *from, const ConcRunner *person, const ConcReceipt *receipt)
{
  g_autofree char *old_name = conc_runner_dup_full_name (from);
  g_autofree char *name = conc_runner_dup_full_name (person);

  if (receipt->bib > 0)
    printf (_ ("%s runs in the place of %s, with bib %u.\n"), name, old_name, receipt->bib);
  else
    printf (_ ("%s runs in the place of %s.\n"), name, old_name);
}

static ConcExit
transfer (ConcCall *call, ConcRaceFile *file, gboolean as_json)
{
  g_autoptr (ConcRunner) from = NULL;
  g_autoptr (ConcRunner) person = NULL;
  g_autoptr (ConcReceipt) receipt = NULL;
  ConcExit status;

  from = conc_find_runner (file, call->args[1], &status);
  if (from == NULL)
    return status;
  person = conc_field_values_read (call, call->args + 2, call->n_args - 2,
                                   conc_race_file_get_settings (file), NULL, &status);
  if (person == NULL)
    return status;
  receipt = conc_race_submit (file,
                              conc_command_new_transfer (conc_clock_get_system (),
                                                         conc_runner_get_id (from), person),
                              &status);
  if (receipt == NULL)
    return status;
  if (as_json)
    print_json (from, person, receipt);
  else
    print_text (from, person, receipt);
  return CONC_EXIT_DONE;
}

ConcExit
conc_verb_transfer (ConcCall *call)
{
  gboolean           as_json = FALSE;
  const GOptionEntry options[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_ ("writes JSON"), NULL },
    { NULL },
  };
  g_autoptr (ConcRaceFile) file = NULL;
  ConcExit status;

  if (!conc_call_parse (call, options, 3, G_MAXUINT, &status))
    return status;
  file = conc_race_open_for_writing (call->args[0], &status);
  if (file == NULL)
    return status;
  status = transfer (call, file, as_json);
  conc_race_file_close (file);
  return status;
}
