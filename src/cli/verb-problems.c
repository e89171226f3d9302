/* verb-problems.c: lists what must be looked at, and who is still on course. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verb.h"

#include "cli/output.h"
#include "cli/race.h"
#include "core/race-time.h"
#include "store/reader-problems.h"

#include <glib/gi18n-lib.h>

#define BIB_CELLS 8
#define NAME_CELLS 32
#define LAPS_CELLS 8

typedef GPtrArray *(*List) (ConcReader *reader, ConcScoreboard *board, GError **error);
typedef void (*Append) (GString *json, gpointer item, GTimeZone *zone);
typedef void (*Print) (GPtrArray *items, const ConcRaceView *view);

static void
append_bib (GString *json, guint bib)
{
  if (bib != 0)
    conc_json_member_int (json, "bib", bib);
  else
    conc_json_member_null (json, "bib");
}

static void
append_problem (GString *json, gpointer item, GTimeZone *zone)
{
  const ConcRaceProblem *problem = item;

  conc_json_member_text (json, "kind", conc_race_problem_kind_to_text (problem->kind));
  append_bib (json, problem->bib);
  conc_json_member_text (json, "runner",
                         problem->key != NULL && !g_str_has_prefix (problem->key, "bib:")
                             ? problem->key
                             : NULL);
  conc_json_member_text (json, "fact", problem->fact);
  conc_json_member_time (json, "time", problem->at_usec, zone);
  conc_json_member_text (json, "sentence", problem->sentence);
  conc_json_member_text (json, "advice", problem->advice);
}

/* One heading for each kind, since the advice is that of the kind. */
static void
print_problems (GPtrArray *problems, const ConcRaceView *view)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; i < problems->len; i++)
    {
      const ConcRaceProblem *problem = g_ptr_array_index (problems, i);
      const ConcRaceProblem *before = i > 0 ? g_ptr_array_index (problems, i - 1) : NULL;

      if (before == NULL || before->kind != problem->kind)
        {
          g_string_printf (line, "%s%s", before != NULL ? "\n" : "",
                           conc_race_problem_kind_get_title (problem->kind));
          conc_print_line (line);
        }
      g_string_printf (line, "  %s", problem->sentence);
      if (problem->fact != NULL)
        g_string_append_printf (line, " [%s]", problem->fact);
      conc_print_line (line);
      g_string_printf (line, "    %s", problem->advice);
      conc_print_line (line);
    }
  if (problems->len == 0)
    {
      g_string_assign (line, _ ("There is nothing to look at."));
      conc_print_line (line);
    }
}

static void
append_on_course (GString *json, gpointer item, GTimeZone *zone)
{
  const ConcOnCourse *runner = item;

  append_bib (json, runner->bib);
  conc_json_member_text (json, "runner", runner->id);
  conc_json_member_text (json, "name", runner->name);
  conc_json_member_text (json, "wave", runner->wave);
  conc_json_member_int (json, "laps_done", runner->laps_done);
  conc_json_member_time (json, "started", runner->start_usec, zone);
  conc_json_member_time (json, "last_seen", runner->last_usec, zone);
}

static void
append_on_course_line (GString            *line,
                       const ConcOnCourse *runner,
                       GTimeZone          *zone,
                       gboolean            has_laps)
{
  g_autofree char *bib = runner->bib != 0 ? g_strdup_printf ("%u", runner->bib) : g_strdup ("");
  g_autofree char *laps = g_strdup_printf ("%u", runner->laps_done);
  g_autofree char *last = runner->last_usec != CONC_NO_TIME
                              ? conc_time_format_clock (runner->last_usec, zone, 0)
                              : g_strdup (_ ("not yet"));

  conc_append_column (line, bib, BIB_CELLS);
  conc_append_column (line, runner->name, NAME_CELLS);
  if (has_laps)
    {
      conc_append_column (line, laps, LAPS_CELLS);
      g_string_append (line, last);
    }
}

static gboolean
has_laps (GPtrArray *runners)
{
  for (guint i = 0; i < runners->len; i++)
    if (((const ConcOnCourse *) g_ptr_array_index (runners, i))->last_usec != CONC_NO_TIME)
      return TRUE;
  return FALSE;
}

static void
print_on_course (GPtrArray *runners, const ConcRaceView *view)
{
  gboolean with_laps = has_laps (runners);
  g_autoptr (GString) line = g_string_new (NULL);

  g_string_printf (line, _ ("Still on course: %u"), runners->len);
  conc_print_line (line);
  if (runners->len == 0)
    return;
  g_string_truncate (line, 0);
  conc_append_column (line, _ ("Bib"), BIB_CELLS);
  conc_append_column (line, _ ("Name"), NAME_CELLS);
  if (with_laps)
    {
      conc_append_column (line, _ ("Laps"), LAPS_CELLS);
      g_string_append (line, _ ("Last seen"));
    }
  conc_print_line (line);
  for (guint i = 0; i < runners->len; i++)
    {
      g_string_truncate (line, 0);
      append_on_course_line (line, g_ptr_array_index (runners, i), view->zone, with_laps);
      conc_print_line (line);
    }
}

/* An array with one object a line. */
static void
print_json (GPtrArray *items, GTimeZone *zone, Append append)
{
  conc_print (items->len > 0 ? "[\n" : "[", items->len > 0 ? 2 : 1);
  for (guint i = 0; i < items->len; i++)
    {
      g_autoptr (GString) json = g_string_new ("{");

      append (json, g_ptr_array_index (items, i), zone);
      g_string_append (json, i + 1 < items->len ? "}," : "}");
      conc_print_line (json);
    }
  conc_print ("]\n", 2);
}

static ConcExit
run (ConcCall *call, List list, Append append, Print print)
{
  gboolean           as_json = FALSE;
  const GOptionEntry options[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_ ("writes JSON"), NULL },
    { NULL },
  };
  g_auto (ConcRaceView) view = { NULL };
  g_autoptr (ConcScoreboard) board = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;
  ConcExit status;

  if (!conc_call_parse (call, options, 1, 1, &status) ||
      !conc_race_view_open (&view, call->args[0], &status))
    return status;
  board = conc_reader_load_scoreboard (view.reader, &error);
  items = board != NULL ? list (view.reader, board, &error) : NULL;
  if (items == NULL)
    return conc_failed (error);
  if (as_json)
    print_json (items, view.zone, append);
  else
    print (items, &view);
  return CONC_EXIT_DONE;
}

ConcExit
conc_verb_problems (ConcCall *call)
{
  return run (call, conc_reader_list_problems, append_problem, print_problems);
}

ConcExit
conc_verb_on_course (ConcCall *call)
{
  return run (call, conc_reader_list_on_course, append_on_course, print_on_course);
}
