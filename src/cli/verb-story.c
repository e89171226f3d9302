/* verb-story.c: tells what happened to a runner, or to anything else, when, where and by whom. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verb.h"

#include "cli/output-file.h"
#include "cli/output.h"
#include "cli/race.h"
#include "print/protest-sheet.h"
#include "store/reader-crossing.h"
#include "store/reader-protest.h"
#include "store/reader-story.h"

#include <glib/gi18n-lib.h>

static void
append_json (GString *json, const ConcStoryLine *line, GTimeZone *zone)
{
  g_string_append_c (json, '{');
  conc_json_member_time (json, "time", line->at_usec, zone);
  conc_json_member_text (json, "station", line->station);
  conc_json_member_text (json, "place", line->place);
  conc_json_member_text (json, "operator", line->operator_name);
  conc_json_member_text (json, "kind", line->kind);
  conc_json_member_text (json, "fact", line->fact);
  conc_json_member_text (json, "subject", line->subject);
  conc_json_member_text (json, "sentence", line->sentence);
  conc_json_member_bool (json, "undone", line->is_undone);
  conc_json_member_text (json, "undone_sentence", line->undone);
  g_string_append_c (json, '}');
}

/* A step of how a crossing came to its time, with the same keys. */
static void
append_step (GString                 *json,
             const ConcCrossingStory *story,
             const ConcCrossingStep  *step,
             GTimeZone               *zone)
{
  g_string_append_c (json, '{');
  conc_json_member_time (json, "time", story->at_usec, zone);
  conc_json_member_null (json, "station");
  conc_json_member_null (json, "place");
  conc_json_member_null (json, "operator");
  conc_json_member_text (json, "kind", "computation");
  conc_json_member_text (json, "fact", step->fact);
  conc_json_member_text (json, "subject", story->subject);
  conc_json_member_text (json, "sentence", step->sentence);
  conc_json_member_bool (json, "undone", FALSE);
  conc_json_member_null (json, "undone_sentence");
  conc_json_member_text (json, "step", conc_crossing_step_to_text (step->kind));
  g_string_append_c (json, '}');
}

static void
print_object (const GString *json, gboolean *is_first)
{
  conc_print (*is_first ? "[\n" : ",\n", 2);
  conc_print (json->str, json->len);
  *is_first = FALSE;
}

/* An array with one object a line. */
static void
print_json (GPtrArray *lines, GPtrArray *crossings, GTimeZone *zone)
{
  g_autoptr (GString) json = g_string_new (NULL);
  gboolean is_first = TRUE;

  for (guint i = 0; i < lines->len; i++)
    {
      g_string_truncate (json, 0);
      append_json (json, g_ptr_array_index (lines, i), zone);
      print_object (json, &is_first);
    }
  for (guint i = 0; i < crossings->len; i++)
    {
      const ConcCrossingStory *story = g_ptr_array_index (crossings, i);

      for (guint k = 0; k < story->steps->len; k++)
        {
          g_string_truncate (json, 0);
          append_step (json, story, g_ptr_array_index (story->steps, k), zone);
          print_object (json, &is_first);
        }
    }
  if (is_first)
    conc_print ("[]\n", 3);
  else
    conc_print ("\n]\n", 3);
}

static void
print_crossing (const ConcCrossingStory *story, GTimeZone *zone)
{
  g_autofree char *clock = conc_crossing_dup_clock (story->at_usec, zone);
  g_autoptr (GString) text = g_string_new (NULL);

  if (g_str_has_prefix (story->subject, "gun:"))
    g_string_printf (text, _ ("\nHow the start at %s came about:"), clock);
  else
    g_string_printf (text, _ ("\nHow the crossing at %s came to its time:"), clock);
  conc_print_line (text);
  for (guint i = 0; i < story->steps->len; i++)
    {
      const ConcCrossingStep *step = g_ptr_array_index (story->steps, i);

      g_string_printf (text, "  %s: %s", conc_crossing_step_get_title (step->kind), step->sentence);
      if (step->fact != NULL)
        g_string_append_printf (text, " [%s]", step->fact);
      conc_print_line (text);
    }
}

static void
print_text (GPtrArray *lines, GPtrArray *crossings, const ConcRaceView *view)
{
  const char *date = conc_settings_get (view->settings, CONC_SETTING_DATE);

  for (guint i = 0; i < lines->len; i++)
    {
      const ConcStoryLine *line = g_ptr_array_index (lines, i);
      g_autofree char     *time = conc_story_format_time (line->at_usec, view->zone, date);
      g_autofree char     *where = conc_story_line_dup_where (line);
      g_autoptr (GString) text = g_string_new (NULL);

      g_string_append_printf (text, "%s %s: %s", time, where, line->sentence);
      if (line->undone != NULL)
        g_string_append_printf (text, " %s", line->undone);
      g_string_append_printf (text, " [%s]", line->fact);
      conc_print_line (text);
    }
  for (guint i = 0; i < crossings->len; i++)
    print_crossing (g_ptr_array_index (crossings, i), view->zone);
}

typedef struct
{
  ConcProtest  *protest;
  ConcSettings *settings;
} Paper;

static gboolean
write_cb (GOutputStream *stream, gpointer user_data, GError **error)
{
  Paper *paper = user_data;

  return conc_protest_sheet_write (paper->protest, paper->settings,
                                   conc_clock_get_wall_usec (conc_clock_get_system ()), stream,
                                   error);
}

static guint
find_bib (ConcReader *reader, const char *word, GError **error)
{
  g_autofree char *subject = NULL;
  g_autoptr (ConcRunner) runner = NULL;
  guint64 bib = 0;
  GError *local_error = NULL;

  if (g_ascii_string_to_unsigned (word, 10, 1, CONC_BIB_MAX, &bib, NULL))
    return (guint) bib;
  subject = conc_reader_find_story (reader, word, &local_error);
  if (subject != NULL && conc_subject_get_family (subject) == CONC_FAMILY_RUNNER)
    runner = conc_reader_get_runner (reader, subject, &local_error);
  if (runner != NULL && conc_runner_get_bib (runner) != 0)
    return conc_runner_get_bib (runner);
  if (local_error != NULL)
    g_propagate_error (error, local_error);
  else
    g_set_error_literal (error, CONC_STORE_ERROR, CONC_STORE_ERROR_REFUSED,
                         _ ("A protest sheet is of one runner: give the bib."));
  return 0;
}

static ConcExit
write_sheet (const char *word, const ConcRaceView *view, const char *output)
{
  g_autoptr (ConcScoreboard) board = NULL;
  g_autoptr (ConcProtest) protest = NULL;
  g_autoptr (GError) error = NULL;
  guint bib = find_bib (view->reader, word, &error);
  Paper paper = { .settings = view->settings };

  if (bib != 0)
    board = conc_reader_load_scoreboard (view->reader, &error);
  if (board != NULL)
    protest = conc_reader_read_protest (view->reader, board, bib, &error);
  paper.protest = protest;
  if (protest == NULL || !conc_output_file_write (output, write_cb, &paper, &error))
    return conc_failed (error);
  return CONC_EXIT_DONE;
}

static ConcExit
tell (ConcCall *call, const char *output, gboolean as_json)
{
  g_auto (ConcRaceView) view = { NULL };
  g_autoptr (ConcScoreboard) board = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GPtrArray) crossings = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *subject = NULL;
  ConcExit         status;

  if (!conc_race_view_open (&view, call->args[0], &status))
    return status;
  if (output != NULL)
    return write_sheet (call->args[1], &view, output);
  subject = conc_reader_find_story (view.reader, call->args[1], &error);
  board = subject != NULL ? conc_reader_load_scoreboard (view.reader, &error) : NULL;
  lines = board != NULL ? conc_reader_read_story (view.reader, subject, &error) : NULL;
  crossings =
      lines != NULL ? conc_reader_list_crossings (view.reader, board, subject, &error) : NULL;
  if (crossings == NULL)
    return conc_failed (error);
  if (as_json)
    print_json (lines, crossings, view.zone);
  else
    print_text (lines, crossings, &view);
  return CONC_EXIT_DONE;
}

ConcExit
conc_verb_story (ConcCall *call)
{
  gboolean           as_json = FALSE;
  char              *output = NULL;
  const GOptionEntry options[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_ ("writes JSON"), NULL },
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &output,
      N_ ("writes a protest sheet of the runner to a PDF file instead"), CONC_OPTION_FILE },
    { NULL },
  };
  ConcExit status;

  if (conc_call_parse (call, options, 2, 2, &status))
    status = tell (call, output, as_json);
  g_free (output);
  return status;
}
