/* verb-status.c: tells where the race stands. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verb.h"

#include "cli/output.h"
#include "cli/race.h"
#include "core/money.h"
#include "core/race-time.h"
#include "store/reader-desk.h"
#include "store/reader-problems.h"
#include "store/reader-progress.h"

#include <glib/gi18n-lib.h>

#define LABEL_CELLS 18

typedef struct
{
  ConcCounts    counts;
  ConcProgress *progress;
  gint64        now_usec;
  guint         n_finished;
  guint         n_on_course;
  guint         n_problems;
} Status;

static void
clear_status (Status *status)
{
  conc_progress_free (status->progress);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Status, clear_status)

static gboolean
take_status (ConcReader *reader, Status *ret_status, GError **error)
{
  g_autoptr (ConcScoreboard) board = conc_reader_load_scoreboard (reader, error);
  g_autoptr (GPtrArray) problems = NULL;

  if (board == NULL || (problems = conc_reader_list_problems (reader, board, error)) == NULL ||
      !conc_reader_count_on_course (reader, board, &ret_status->n_on_course, error))
    return FALSE;
  ret_status->n_problems = problems->len;
  ret_status->n_finished = conc_scoreboard_get_count (board, CONC_LIST_OVERALL);
  ret_status->now_usec = conc_clock_get_wall_usec (conc_clock_get_system ());
  ret_status->progress = conc_reader_read_progress (reader, ret_status->now_usec, error);
  return ret_status->progress != NULL && conc_reader_count (reader, &ret_status->counts, error);
}

static void
append_arrivals (GString *json, const ConcArrivals *step, GTimeZone *zone)
{
  g_string_append_c (json, '{');
  conc_json_member_time (json, "from", step->from_usec, zone);
  conc_json_member_int (json, "count", step->count);
  g_string_append_c (json, '}');
}

static void
append_steps (GString *json, GArray *steps, GTimeZone *zone)
{
  conc_json_key (json, "arrivals");
  g_string_append_c (json, '[');
  for (guint i = 0; i < steps->len; i++)
    {
      conc_json_next (json);
      append_arrivals (json, &g_array_index (steps, ConcArrivals, i), zone);
    }
  g_string_append_c (json, ']');
}

static void
append_waves (GString *json, GPtrArray *waves)
{
  conc_json_key (json, "waves");
  g_string_append_c (json, '[');
  for (guint i = 0; i < waves->len; i++)
    {
      const ConcWaveCount *wave = g_ptr_array_index (waves, i);

      conc_json_next (json);
      g_string_append_c (json, '{');
      conc_json_member_text (json, "name", wave->wave);
      conc_json_member_int (json, "registered", wave->n_registered);
      conc_json_member_int (json, "expected", wave->n_expected);
      conc_json_member_int (json, "checked_in", wave->n_checked_in);
      g_string_append_c (json, '}');
    }
  g_string_append_c (json, ']');
}

static void
append_shirts (GString *json, GPtrArray *shirts)
{
  conc_json_key (json, "shirts");
  g_string_append_c (json, '[');
  for (guint i = 0; i < shirts->len; i++)
    {
      const ConcShirtCount *shirt = g_ptr_array_index (shirts, i);

      conc_json_next (json);
      g_string_append_c (json, '{');
      conc_json_member_text (json, "size", shirt->size);
      if (shirt->is_counted)
        conc_json_member_int (json, "had", shirt->had);
      else
        conc_json_member_null (json, "had");
      conc_json_member_int (json, "ordered", shirt->ordered);
      conc_json_member_int (json, "given", shirt->given);
      if (shirt->is_counted)
        conc_json_member_int (json, "left", shirt->left);
      else
        conc_json_member_null (json, "left");
      g_string_append_c (json, '}');
    }
  g_string_append_c (json, ']');
}

static void
append_progress (GString *json, const ConcProgress *progress, GTimeZone *zone)
{
  append_steps (json, progress->arrivals, zone);
  conc_json_key (json, "expected_peak");
  if (progress->peak.count > 0)
    append_arrivals (json, &progress->peak, zone);
  else
    g_string_append (json, "null");
  conc_json_member_int (json, "missing", progress->n_missing);
  conc_json_member_int (json, "no_shows", progress->n_no_shows);
  append_waves (json, progress->waves);
  append_shirts (json, progress->shirts);
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
  conc_json_member_int (json, "unmatched_bibs", counts->n_unmatched_bibs);
  conc_json_member_int (json, "problems", status->n_problems);
  conc_json_member_int (json, "conflicts", counts->n_conflicts);
  conc_json_member_int (json, "raised_cents", counts->raised_cents);
  conc_json_member_int (json, "matched_cents", counts->matched_cents);
  conc_json_member_int (json, "pledged_cents", counts->pledged_cents);
  conc_json_member_int (json, "goal_cents", conc_settings_get_goal_cents (view->settings));
  conc_json_member_int (json, "gifts", counts->n_gifts);
  conc_json_member_int (json, "facts", counts->n_facts);
  append_progress (json, status->progress, view->zone);
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

/* What a desk can do something about: sizes that were counted and run out. */
static void
print_shirts (GPtrArray *shirts)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < shirts->len; i++)
    {
      const ConcShirtCount *shirt = g_ptr_array_index (shirts, i);

      if (shirt->is_counted)
        g_string_append_printf (text, "%s%s %d", text->len > 0 ? ", " : "", shirt->size,
                                shirt->left);
    }
  if (text->len > 0)
    print_pair (_ ("Shirts left"), text->str);
}

/* A race without waves is one, which is told by the count of all. */
static void
print_waves (GPtrArray *waves)
{
  if (waves->len == 1 && ((const ConcWaveCount *) g_ptr_array_index (waves, 0))->wave == NULL)
    return;
  for (guint i = 0; i < waves->len; i++)
    {
      const ConcWaveCount *wave = g_ptr_array_index (waves, i);
      g_autofree char     *label =
          wave->wave != NULL ? conc_wave_dup_title (wave->wave) : g_strdup (_ ("No wave"));
      g_autofree char *text =
          g_strdup_printf (_ ("%u of %u checked in"), wave->n_checked_in, wave->n_expected);

      print_pair (label, text);
    }
}

static void
print_progress (const Status *status, GTimeZone *zone)
{
  const ConcProgress *progress = status->progress;
  g_autofree char    *arrivals =
      conc_arrivals_describe ((const ConcArrivals *) (gpointer) progress->arrivals->data,
                              progress->arrivals->len, zone);
  g_autofree char *outlook = conc_arrivals_describe_outlook (&progress->hours, progress->n_missing,
                                                             status->now_usec, zone);

  print_count (_ ("No-shows"), progress->n_no_shows);
  print_waves (progress->waves);
  print_pair (_ ("Arrivals"), arrivals);
  print_pair (_ ("Expected"), outlook);
  print_shirts (progress->shirts);
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
  if (counts->n_unmatched_bibs > 0)
    print_count (_ ("Unmatched bibs"), counts->n_unmatched_bibs);
  print_count (_ ("Problems"), status->n_problems);
  print_count (_ ("Conflicts"), counts->n_conflicts);
  print_money (_ ("Raised"), counts->raised_cents);
  print_money (_ ("Pledged"), counts->pledged_cents);
  print_money (_ ("Goal"), conc_settings_get_goal_cents (view->settings));
  print_progress (status, view->zone);
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
  g_auto (Status) status = { 0 };
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
