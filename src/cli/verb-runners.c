/* verb-runners.c: lists the runners. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verb.h"

#include "cli/output.h"
#include "cli/race.h"
#include "core/race-time.h"
#include "core/tell-apart.h"

#include <glib/gi18n-lib.h>

static void
append_number (GString *json, const char *key, const char *text)
{
  gint64 number;

  if (text != NULL && g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &number, NULL))
    conc_json_member_int (json, key, number);
  else
    conc_json_member_null (json, key);
}

static void
append_instant (GString *json, const char *key, const char *text, GTimeZone *zone)
{
  gint64 usec;

  if (text != NULL && conc_time_parse_rfc3339 (text, &usec, NULL))
    conc_json_member_time (json, key, usec, zone);
  else
    conc_json_member_text (json, key, text);
}

static void
append_field (GString *json, const ConcRunner *runner, ConcField field, GTimeZone *zone)
{
  const char *key = conc_field_get_key (field);
  const char *text = conc_runner_get (runner, field);

  switch (field)
    {
    case CONC_FIELD_BIB:
    case CONC_FIELD_AGE:
    case CONC_FIELD_DONATION:
    case CONC_FIELD_BALANCE:
      append_number (json, key, text);
      break;
    case CONC_FIELD_PUBLIC:
      conc_json_member_bool (json, key, conc_runner_get_public (runner));
      break;
    case CONC_FIELD_WAIVER:
      if (text != NULL)
        conc_json_member_bool (json, key, conc_runner_get_waiver (runner));
      else
        conc_json_member_null (json, key);
      break;
    case CONC_FIELD_CAPTAIN:
      conc_json_member_bool (json, key, conc_runner_get_captain (runner));
      break;
    case CONC_FIELD_REGISTERED:
    case CONC_FIELD_CHECKED_IN:
      append_instant (json, key, text, zone);
      break;
    default:
      conc_json_member_text (json, key, text);
    }
}

static void
append_runner (GString          *json,
               const ConcRunner *runner,
               GPtrArray        *tell_apart,
               guint             i,
               GTimeZone        *zone)
{
  g_autofree char *public_name = conc_runner_dup_public_name (runner);

  g_string_append_c (json, '{');
  conc_json_member_text (json, "id", conc_runner_get_id (runner));
  for (ConcField field = 0; field < CONC_N_FIELDS; field++)
    append_field (json, runner, field, zone);
  conc_json_member_bool (json, "checked_in", conc_runner_get_checked_in (runner));
  conc_json_member_text (json, "public_name", public_name);
  if (tell_apart != NULL)
    conc_json_member_text (json, "tell_apart", g_ptr_array_index (tell_apart, i));
  g_string_append_c (json, '}');
}

/* An array with one object a line, so that line tools can be used on it too. @tell_apart is what
 * tells runners of one name apart; NULL when that was not asked for. */
static void
print_json (GPtrArray *runners, GPtrArray *tell_apart, GTimeZone *zone)
{
  g_autoptr (GString) line = g_string_new (NULL);

  conc_print (runners->len > 0 ? "[\n" : "[", runners->len > 0 ? 2 : 1);
  for (guint i = 0; i < runners->len; i++)
    {
      g_string_truncate (line, 0);
      append_runner (line, g_ptr_array_index (runners, i), tell_apart, i, zone);
      if (i + 1 < runners->len)
        g_string_append_c (line, ',');
      conc_print_line (line);
    }
  conc_print ("]\n", 2);
}

static void
print_text (GPtrArray *runners)
{
  for (guint i = 0; i < runners->len; i++)
    {
      const ConcRunner *runner = g_ptr_array_index (runners, i);
      g_autofree char  *name = conc_runner_dup_full_name (runner);
      g_autoptr (GString) line = g_string_new (NULL);

      conc_append_column (line, conc_runner_get (runner, CONC_FIELD_BIB), 8);
      conc_append_column (line, name, 32);
      conc_append_column (line, conc_runner_get (runner, CONC_FIELD_SEX), 3);
      conc_append_column (line, conc_runner_get (runner, CONC_FIELD_AGE), 5);
      conc_append_column (line, conc_runner_get (runner, CONC_FIELD_EVENT), 20);
      conc_append_column (line, conc_runner_get (runner, CONC_FIELD_TEAM), 24);
      g_string_append (line, conc_runner_get_checked_in (runner) ? _ ("checked in") : "");
      conc_print_line (line);
    }
}

ConcExit
conc_verb_runners (ConcCall *call)
{
  g_autofree char   *search = NULL;
  gboolean           as_json = FALSE;
  const GOptionEntry options[] = {
    { "search", 0, 0, CONC_OPTION_TEXT, &search,
      N_ ("only those found by a name, a bib, an address or a number"), "TEXT" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_ ("writes JSON"), NULL },
    { NULL },
  };
  g_auto (ConcRaceView) view = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runners = NULL;
  g_autoptr (GPtrArray) tell_apart = NULL;
  gboolean is_search;
  ConcExit status;

  if (!conc_call_parse (call, options, 1, 1, &status) ||
      !conc_race_view_open (&view, call->args[0], &status))
    return status;
  /* Every name has nothing in it: a script whose search is empty gets all. */
  is_search = search != NULL && *g_strstrip (search) != '\0';
  runners = is_search ? conc_reader_search (view.reader, search, 0, &error)
                      : conc_reader_list_runners (view.reader, &error);
  if (runners == NULL)
    return conc_failed (error);
  if (as_json && is_search)
    tell_apart = conc_tell_apart (runners);
  if (as_json)
    print_json (runners, tell_apart, view.zone);
  else
    print_text (runners);
  return CONC_EXIT_DONE;
}
