/* verb-story.c: tells what happened to a runner, or to anything else, when, where and by whom. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verb.h"

#include "cli/output.h"
#include "cli/race.h"
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

/* An array with one object a line. */
static void
print_json (GPtrArray *lines, GTimeZone *zone)
{
  conc_print (lines->len > 0 ? "[\n" : "[", lines->len > 0 ? 2 : 1);
  for (guint i = 0; i < lines->len; i++)
    {
      g_autoptr (GString) json = g_string_new (NULL);

      append_json (json, g_ptr_array_index (lines, i), zone);
      g_string_append (json, i + 1 < lines->len ? "," : "");
      conc_print_line (json);
    }
  conc_print ("]\n", 2);
}

static void
print_text (GPtrArray *lines, const ConcRaceView *view)
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
}

ConcExit
conc_verb_story (ConcCall *call)
{
  gboolean           as_json = FALSE;
  const GOptionEntry options[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_ ("writes JSON"), NULL },
    { NULL },
  };
  g_auto (ConcRaceView) view = { NULL };
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *subject = NULL;
  ConcExit         status;

  if (!conc_call_parse (call, options, 2, 2, &status) ||
      !conc_race_view_open (&view, call->args[0], &status))
    return status;
  subject = conc_reader_find_story (view.reader, call->args[1], &error);
  lines = subject != NULL ? conc_reader_read_story (view.reader, subject, &error) : NULL;
  if (lines == NULL)
    return conc_failed (error);
  if (as_json)
    print_json (lines, view.zone);
  else
    print_text (lines, &view);
  return CONC_EXIT_DONE;
}
