/* verb-status.c: tells where the race stands. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verb.h"

#include "cli/output.h"
#include "cli/race.h"
#include "core/money.h"
#include "core/race-time.h"

#include <glib/gi18n-lib.h>

#define LABEL_CELLS 18

typedef struct
{
  ConcCounts counts;
  guint      n_finished;
  guint      n_on_course;
} Status;

static gboolean
take_status (ConcReader *reader, Status *ret_status, GError **error)
{
  g_autoptr (ConcScoreboard) board = conc_reader_load_scoreboard (reader, error);

  if (board == NULL ||
      !conc_reader_count_on_course (reader, board, &ret_status->n_on_course, error))
    return FALSE;
  ret_status->n_finished = conc_scoreboard_get_count (board, CONC_LIST_OVERALL);
  return conc_reader_count (reader, &ret_status->counts, error);
}

static void
print_json (const Status *status, const ConcRaceView *view)
{
  const ConcCounts *counts = &status->counts;
  g_autoptr (GString) json = g_string_new ("{");

  conc_json_member_text (json, "name", conc_settings_get (view->settings, CONC_SETTING_NAME));
  conc_json_member_text (json, "date", conc_settings_get (view->settings, CONC_SETTING_DATE));
  conc_json_member_text (json, "timezone",
                         conc_settings_get (view->settings, CONC_SETTING_TIMEZONE));
  conc_json_member_time (json, "gun", counts->first_gun_usec, view->zone);
  conc_json_member_int (json, "registered", counts->n_registered);
  conc_json_member_int (json, "virtual", counts->n_virtual);
  conc_json_member_int (json, "expected", counts->n_expected);
  conc_json_member_int (json, "with_bib", counts->n_with_bib);
  conc_json_member_int (json, "checked_in", counts->n_checked_in);
  conc_json_member_int (json, "finished", status->n_finished);
  conc_json_member_int (json, "on_course", status->n_on_course);
  conc_json_member_int (json, "taps", counts->n_taps);
  conc_json_member_int (json, "unmatched_taps", counts->n_unmatched);
  conc_json_member_int (json, "conflicts", counts->n_conflicts);
  conc_json_member_int (json, "raised_cents", counts->raised_cents);
  conc_json_member_int (json, "matched_cents", counts->matched_cents);
  conc_json_member_int (json, "pledged_cents", counts->pledged_cents);
  conc_json_member_int (json, "goal_cents", conc_settings_get_goal_cents (view->settings));
  conc_json_member_int (json, "gifts", counts->n_gifts);
  conc_json_member_int (json, "facts", counts->n_facts);
  g_string_append_c (json, '}');
  conc_print_line (json);
}

static void
print_pair (const char *label, const char *text)
{
  g_autoptr (GString) line = g_string_new (NULL);

  conc_append_column (line, label, LABEL_CELLS);
  g_string_append (line, text);
  conc_print_line (line);
}

static void
print_count (const char *label, guint count)
{
  g_autofree char *text = g_strdup_printf ("%u", count);

  print_pair (label, text);
}

static void
print_money (const char *label, gint64 cents)
{
  g_autofree char *text = conc_money_format (cents);

  print_pair (label, text);
}

static void
print_text (const Status *status, const ConcRaceView *view)
{
  const ConcCounts *counts = &status->counts;
  g_autofree char  *gun = counts->first_gun_usec != CONC_NO_TIME
                              ? conc_time_format_rfc3339 (counts->first_gun_usec, view->zone)
                              : g_strdup (_ ("not yet"));

  print_pair (_ ("Race"), conc_settings_get (view->settings, CONC_SETTING_NAME));
  print_pair (_ ("Date"), conc_settings_get (view->settings, CONC_SETTING_DATE));
  print_pair (_ ("Time zone"), conc_settings_get (view->settings, CONC_SETTING_TIMEZONE));
  print_pair (_ ("Gun"), gun);
  print_count (_ ("Registered"), counts->n_registered);
  print_count (_ ("Checked in"), counts->n_checked_in);
  print_count (_ ("Finished"), status->n_finished);
  print_count (_ ("On course"), status->n_on_course);
  print_count (_ ("Unmatched taps"), counts->n_unmatched);
  print_count (_ ("Conflicts"), counts->n_conflicts);
  print_money (_ ("Raised"), counts->raised_cents);
  print_money (_ ("Pledged"), counts->pledged_cents);
  print_money (_ ("Goal"), conc_settings_get_goal_cents (view->settings));
}

ConcExit
conc_verb_status (ConcCall *call)
{
  gboolean           as_json = FALSE;
  const GOptionEntry options[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_ ("writes JSON"), NULL },
    { NULL },
  };
  g_auto (ConcRaceView) view = { NULL };
  g_autoptr (GError) error = NULL;
  Status   status = { 0 };
  ConcExit ret;

  if (!conc_call_parse (call, options, 1, 1, &ret) ||
      !conc_race_view_open (&view, call->args[0], &ret))
    return ret;
  if (!take_status (view.reader, &status, &error))
    return conc_failed (error);
  if (as_json)
    print_json (&status, &view);
  else
    print_text (&status, &view);
  return CONC_EXIT_DONE;
}
