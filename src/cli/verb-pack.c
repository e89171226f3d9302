/* verb-pack.c: writes all facts into a sealed file, to carry to another station. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verb.h"

#include "cli/output.h"
#include "store/race-file.h"
#include "sync/pack.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

static void
print_packed (gint64 n_facts, const char *target, gboolean as_json)
{
  g_autoptr (GString) json = g_string_new ("{");
  g_autofree char *shown = g_filename_display_name (target);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, n_facts);

  if (!as_json)
    {
      printf (_ ("Packed %s facts into %s.\n"), number, target);
      return;
    }
  conc_json_member_int (json, "facts", n_facts);
  conc_json_member_text (json, "file", shown);
  g_string_append_c (json, '}');
  conc_print_line (json);
}

ConcExit
conc_verb_pack (ConcCall *call)
{
  gboolean           as_json = FALSE;
  const GOptionEntry options[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_ ("writes JSON"), NULL },
    { NULL },
  };
  g_autoptr (ConcRaceFile) file = NULL;
  g_autoptr (GError) error = NULL;
  gint64   n_facts = 0;
  gboolean is_packed;
  ConcExit status;

  if (!conc_call_parse (call, options, 2, 2, &status))
    return status;
  file = conc_race_file_open (call->args[0], CONC_OPEN_READ, conc_clock_get_system (), &error);
  if (file == NULL)
    return conc_failed (error);
  is_packed = conc_pack (file, call->args[1], &n_facts, &error);
  conc_race_file_close (file);
  if (!is_packed)
    return conc_failed (error);
  print_packed (n_facts, call->args[1], as_json);
  return CONC_EXIT_DONE;
}
