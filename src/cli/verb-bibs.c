/* verb-bibs.c: gives a bib to every runner who has none. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verb.h"

#include "cli/output.h"
#include "cli/race.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

static const char *const orders[] = {
  [CONC_BIB_ORDER_NAME] = "name",
  [CONC_BIB_ORDER_REGISTRATION] = "registration",
  [CONC_BIB_ORDER_EVENT] = "event",
};

static gboolean
parse_order (const char *text, ConcBibOrder *ret_order)
{
  for (gsize i = 0; text != NULL && i < G_N_ELEMENTS (orders); i++)
    if (strcmp (text, orders[i]) == 0)
      *ret_order = (ConcBibOrder) i;
  if (text == NULL || strcmp (text, orders[*ret_order]) == 0)
    return TRUE;
  conc_complain (_ ("“%s” does not fit --order: write name, registration or event."), text);
  return FALSE;
}

static void
print_json (const ConcReceipt *receipt)
{
  g_autoptr (GString) json = g_string_new ("{");

  conc_json_member_int (json, "assigned", receipt->n_facts);
  if (receipt->n_facts > 0)
    {
      conc_json_member_int (json, "first", receipt->first_bib);
      conc_json_member_int (json, "last", receipt->last_bib);
    }
  else
    {
      conc_json_member_null (json, "first");
      conc_json_member_null (json, "last");
    }
  g_string_append_c (json, '}');
  conc_print_line (json);
}

static void
print_text (const ConcReceipt *receipt)
{
  if (receipt->n_facts == 0)
    printf (_ ("Every runner has a bib already.\n"));
  else
    printf (g_dngettext (GETTEXT_PACKAGE, "Gave out %u bib: %u.\n", "Gave out %u bibs: %u to %u.\n",
                         receipt->n_facts),
            receipt->n_facts, receipt->first_bib, receipt->last_bib);
}

static ConcExit
assign (const char *path, guint first, ConcBibOrder order, gboolean as_json)
{
  ConcExit status;
  g_autoptr (ConcRaceFile) file = conc_race_open_for_writing (path, &status);
  g_autoptr (ConcReceipt) receipt = NULL;
  ConcCommand *command;

  if (file == NULL)
    return status;
  command = conc_command_new_bib (CONC_COMMAND_ASSIGN_BIBS, conc_clock_get_system (), first);
  command->order = order;
  receipt = conc_race_submit (file, command, &status);
  conc_race_file_close (file);
  if (receipt == NULL)
    return status;
  if (as_json)
    print_json (receipt);
  else
    print_text (receipt);
  return CONC_EXIT_DONE;
}

ConcExit
conc_verb_bibs (ConcCall *call)
{
  g_autofree char   *from = NULL;
  g_autofree char   *order_text = NULL;
  gboolean           as_json = FALSE;
  const GOptionEntry options[] = {
    { "from", 0, 0, CONC_OPTION_TEXT, &from, N_ ("the first number to give; 1 when not given"),
      "N" },
    { "order", 0, 0, CONC_OPTION_TEXT, &order_text,
      N_ ("by name (as when not given), registration or event"), "ORDER" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_ ("writes JSON"), NULL },
    { NULL },
  };
  gint64       first = 1;
  ConcBibOrder order = CONC_BIB_ORDER_NAME;
  ConcExit     status;

  if (!conc_call_parse (call, options, 2, 2, &status))
    return status;
  if (strcmp (call->args[1], "assign") != 0)
    return conc_call_misused (call, _ ("“%s” is nothing to do with bibs: write assign."),
                              call->args[1]);
  if (!conc_call_parse_number ("from", from, 1, CONC_BIB_MAX, &first) ||
      !parse_order (order_text, &order))
    return CONC_EXIT_USAGE;
  return assign (call->args[0], (guint) first, order, as_json);
}
