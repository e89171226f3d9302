/* verb-roles.c: what each role reads and writes, kind by kind. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verb.h"

#include "cli/output.h"
#include "core/role.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
append_roles (GString *json, const char *key, ConcKind kind, gboolean (*may) (ConcRole, ConcKind))
{
  conc_json_key (json, key);
  g_string_append_c (json, '[');
  for (ConcRole role = 0; role < CONC_N_ROLES; role++)
    if (may (role, kind))
      {
        conc_json_next (json);
        g_string_append_printf (json, "\"%s\"", conc_role_to_text (role));
      }
  g_string_append_c (json, ']');
}

static void
print_json (void)
{
  for (ConcKind kind = 0; kind < CONC_N_KINDS; kind++)
    {
      g_autoptr (GString) json = g_string_new ("{");

      conc_json_member_text (json, "kind", conc_kind_to_text (kind));
      conc_json_member_bool (json, "private", conc_kind_is_private (kind));
      append_roles (json, "readers", kind, conc_role_may_read);
      append_roles (json, "writers", kind, conc_role_may_write);
      g_string_append_c (json, '}');
      conc_print_line (json);
    }
}

ConcExit
conc_verb_roles (ConcCall *call)
{
  gboolean           as_json = FALSE;
  const GOptionEntry options[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_ ("writes JSON, one object a line"), NULL },
    { NULL },
  };
  g_autofree char *table = NULL;
  ConcExit         status;

  if (!conc_call_parse (call, options, 0, 0, &status))
    return status;
  if (as_json)
    {
      print_json ();
      return CONC_EXIT_DONE;
    }
  table = conc_role_table_to_markdown ();
  conc_print (table, strlen (table));
  return CONC_EXIT_DONE;
}
