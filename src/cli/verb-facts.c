/* verb-facts.c: lists the facts of the race in the order of the log. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verb.h"

#include "cli/output.h"
#include "cli/race.h"
#include "core/race-time.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

typedef struct
{
  GTimeZone *zone;
  GString   *line;
  gboolean   as_json;
} Listing;

static void
append_json (GString *json, const ConcFact *fact, GTimeZone *zone)
{
  g_autofree char *name = conc_fact_id_to_text (&fact->id);
  g_autofree char *replaces = conc_fact_id_to_text (&fact->replaces);

  g_string_append_c (json, '{');
  conc_json_member_text (json, "fact", name);
  conc_json_member_text (json, "station", fact->id.station);
  conc_json_member_int (json, "seq", fact->id.seq);
  conc_json_member_time (json, "time", conc_hlc_get_usec (fact->hlc), zone);
  conc_json_member_text (json, "kind", conc_kind_to_text (fact->kind));
  conc_json_member_text (json, "subject", fact->subject);
  conc_json_member_text (json, "replaces", conc_fact_id_is_set (&fact->replaces) ? replaces : NULL);
  conc_json_member_text (json, "operator", fact->operator_name);
  conc_json_key (json, "body");
  g_string_append (json, conc_body_get_json (fact->body));
  g_string_append_c (json, '}');
}

static void
append_text (GString *line, const ConcFact *fact, GTimeZone *zone)
{
  g_autofree char *name = conc_fact_id_to_text (&fact->id);
  g_autofree char *at = conc_time_format_rfc3339 (conc_hlc_get_usec (fact->hlc), zone);
  g_autofree char *replaces = conc_fact_id_to_text (&fact->replaces);

  conc_append_column (line, name, 18);
  conc_append_column (line, at, 30);
  conc_append_column (line, conc_kind_to_text (fact->kind), 20);
  conc_append_column (line, fact->subject, 20);
  if (conc_fact_id_is_set (&fact->replaces))
    g_string_append_printf (line, "%s %s ", _ ("replaces"), replaces);
  g_string_append (line, conc_body_get_json (fact->body));
}

static gboolean
list_fact_cb (ConcFact *fact, gpointer user_data)
{
  Listing *listing = user_data;

  g_string_truncate (listing->line, 0);
  if (listing->as_json)
    append_json (listing->line, fact, listing->zone);
  else
    append_text (listing->line, fact, listing->zone);
  conc_print_line (listing->line);
  return !ferror (stdout);
}

ConcExit
conc_verb_facts (ConcCall *call)
{
  Listing            listing = { NULL };
  const GOptionEntry options[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &listing.as_json, N_ ("writes JSON, one object a line"),
      NULL },
    { NULL },
  };
  g_auto (ConcRaceView) view = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) line = g_string_new (NULL);
  ConcExit status;

  if (!conc_call_parse (call, options, 1, 1, &status) ||
      !conc_race_view_open (&view, call->args[0], &status))
    return status;
  listing.zone = view.zone;
  listing.line = line;
  if (!conc_reader_each_fact (view.reader, list_fact_cb, &listing, &error))
    return error != NULL ? conc_failed (error) : CONC_EXIT_FAILED;
  return CONC_EXIT_DONE;
}
