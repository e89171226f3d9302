/* results-lines.c: the lines of a results file, before they take a form. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/results-lines.h"

#include "core/race-time.h"
#include "core/runner.h"

#include <glib/gi18n-lib.h>

static void
line_free (gpointer pointer)
{
  ConcResultsLine *line = pointer;

  g_free (line->name);
  g_free (line->gun_time);
  g_free (line->net_time);
  g_free (line->penalty);
  g_free (line);
}

static void
section_free (gpointer pointer)
{
  ConcResultsSection *section = pointer;

  g_free (section->title);
  g_free (section->anchor);
  g_ptr_array_unref (section->lines);
  g_free (section);
}

static char *
dup_time (gint64 usec, ConcRounding rounding)
{
  return usec != CONC_NO_TIME ? conc_duration_format (usec, rounding) : NULL;
}

/* A bib that nobody is registered for has no name, and is published like those who asked for
 * theirs not to be. */
static ConcResultsLine *
line_new (const ConcResult *result, ConcRounding rounding)
{
  ConcResultsLine *line = g_new0 (ConcResultsLine, 1);

  line->place = result->place;
  line->sex_place = result->sex_place;
  line->division_place = result->division_place;
  line->tied = result->tied;
  line->bib = result->entrant->bib;
  line->name = result->entrant->name != NULL && *result->entrant->name != '\0'
                   ? g_strdup (result->entrant->name)
                   : conc_public_name (NULL, NULL, FALSE, result->entrant->bib);
  line->sex = conc_sex_to_text (result->entrant->sex);
  line->age = result->entrant->age;
  line->division = result->division;
  line->gun_usec = result->gun_usec;
  line->net_usec = result->net_usec;
  line->finish_usec = result->finish_usec;
  line->laps_done = result->laps_done;
  line->gun_time = dup_time (result->gun_usec, rounding);
  line->net_time = dup_time (result->net_usec, rounding);
  line->status = conc_entrant_status_to_text (result->entrant->status);
  if (line->status == NULL)
    line->status = "FIN";
  line->penalty_usec = result->entrant->penalty_usec;
  line->penalty =
      line->penalty_usec > 0 ? conc_duration_format (line->penalty_usec, CONC_ROUND_EXACT) : NULL;
  return line;
}

static char *
dup_title (ConcScoreboard *board, int list)
{
  if (list == CONC_LIST_OVERALL)
    return g_strdup (_ ("Overall"));
  return g_strdup (conc_scoreboard_get_list_name (board, list));
}

static ConcResultsSection *
section_new (ConcScoreboard *board, int list)
{
  const ConcRules    *rules = conc_scoreboard_get_rules (board);
  ConcResultsSection *section = g_new0 (ConcResultsSection, 1);
  ConcResult          result;

  section->list = list;
  section->title = dup_title (board, list);
  section->anchor = g_ascii_strdown (conc_scoreboard_get_list_name (board, list), -1);
  g_strdelimit (section->anchor, "+", 'p');
  section->lines = g_ptr_array_new_with_free_func (line_free);
  for (guint n = 0; conc_scoreboard_get_row (board, list, n, &result); n++)
    g_ptr_array_add (section->lines, line_new (&result, rules->rounding));
  return section;
}

/* Whose sex or age is missing finished all the same, and must not get lost. */
static ConcResultsSection *
rest_new (ConcScoreboard *board)
{
  const ConcRules    *rules = conc_scoreboard_get_rules (board);
  ConcResultsSection *section = g_new0 (ConcResultsSection, 1);
  ConcResult          result;

  section->list = CONC_LIST_NONE;
  section->title = g_strdup (_ ("Without a division"));
  section->anchor = g_strdup ("without");
  section->lines = g_ptr_array_new_with_free_func (line_free);
  for (guint n = 0; conc_scoreboard_get_row (board, CONC_LIST_OVERALL, n, &result); n++)
    if (result.division == NULL)
      g_ptr_array_add (section->lines, line_new (&result, rules->rounding));
  return section;
}

/* Who is out of the race: with times, where there are any, but without a place. */
static ConcResultsSection *
out_new (ConcScoreboard *board)
{
  const ConcRules    *rules = conc_scoreboard_get_rules (board);
  ConcResultsSection *section = g_new0 (ConcResultsSection, 1);
  g_autoptr (GArray) out = conc_scoreboard_list_out (board);

  section->list = CONC_LIST_NONE;
  section->title = g_strdup (_ ("Not placed"));
  section->anchor = g_strdup ("out");
  section->is_out = TRUE;
  section->lines = g_ptr_array_new_with_free_func (line_free);
  for (guint i = 0; i < out->len; i++)
    g_ptr_array_add (section->lines,
                     line_new (&g_array_index (out, ConcResult, i), rules->rounding));
  return section;
}

static void
add_unless_empty (ConcResultsSheet *sheet, ConcResultsSection *section)
{
  if (section->lines->len > 0)
    g_ptr_array_add (sheet->sections, section);
  else
    section_free (section);
}

static void
add_divisions (ConcResultsSheet *sheet, ConcScoreboard *board)
{
  g_autoptr (GArray) divisions = conc_scoreboard_dup_divisions (board);

  for (guint i = 0; i < divisions->len; i++)
    g_ptr_array_add (sheet->sections, section_new (board, g_array_index (divisions, int, i)));
  add_unless_empty (sheet, rest_new (board));
}

static gboolean
has_net (const ConcResultsSheet *sheet)
{
  for (guint s = 0; s < sheet->sections->len; s++)
    {
      const ConcResultsSection *section = g_ptr_array_index (sheet->sections, s);

      for (guint i = 0; i < section->lines->len; i++)
        if (((const ConcResultsLine *) g_ptr_array_index (section->lines, i))->net_time != NULL)
          return TRUE;
    }
  return FALSE;
}

/**
 * conc_results_sheet_new:
 * @board: the scores
 * @settings: the name, the day and the time zone of the race
 * @which: overall in order of place; divisions with their places, then those without one; or both
 * @as_of_usec: the moment of which @board is
 *
 * At the end are those who are out of the race, whichever list is asked for. Only the public name
 * of a runner is on a sheet, and never the reason of a ruling. Two who are tied stand in the order
 * in which they crossed the line.
 *
 * Returns: (transfer full): the sheet, which may be used as long as @board is not changed. Thread:
 * that of @board. Cost: linear in the finishers.
 */
ConcResultsSheet *
conc_results_sheet_new (ConcScoreboard  *board,
                        ConcSettings    *settings,
                        ConcResultsBoard which,
                        gint64           as_of_usec)
{
  ConcResultsSheet *sheet = g_new0 (ConcResultsSheet, 1);

  sheet->settings = conc_settings_ref (settings);
  sheet->rules = conc_scoreboard_get_rules (board);
  sheet->zone = conc_settings_dup_zone (settings);
  sheet->as_of_usec = as_of_usec;
  sheet->sections = g_ptr_array_new_with_free_func (section_free);
  if (which != CONC_RESULTS_BOARD_DIVISION)
    g_ptr_array_add (sheet->sections, section_new (board, CONC_LIST_OVERALL));
  if (which != CONC_RESULTS_BOARD_OVERALL)
    add_divisions (sheet, board);
  add_unless_empty (sheet, out_new (board));
  sheet->has_net = has_net (sheet);
  return sheet;
}

/**
 * conc_results_sheet_free:
 * @sheet: (transfer full) (nullable): the sheet. Any thread.
 */
void
conc_results_sheet_free (ConcResultsSheet *sheet)
{
  if (sheet == NULL)
    return;
  g_ptr_array_unref (sheet->sections);
  g_time_zone_unref (sheet->zone);
  conc_settings_unref (sheet->settings);
  g_free (sheet);
}

/** conc_results_section_get_place: Returns: the place of @line in @section; 0 for none. */
guint
conc_results_section_get_place (const ConcResultsSection *section, const ConcResultsLine *line)
{
  return section->list < CONC_LIST_FIRST_DIVISION ? line->place : line->division_place;
}

/** conc_results_section_dup_place: Returns: (transfer full): the place of @line in @section as
 * people read it, or why it has none: "DQ". */
char *
conc_results_section_dup_place (const ConcResultsSection *section, const ConcResultsLine *line)
{
  guint place = conc_results_section_get_place (section, line);

  if (place > 0)
    return g_strdup_printf ("%u", place);
  return g_strdup (section->is_out ? line->status : "");
}

/** conc_results_line_dup_name: Returns: (transfer full): the name, and the penalty of who has one.
 */
char *
conc_results_line_dup_name (const ConcResultsLine *line)
{
  if (line->penalty == NULL)
    return g_strdup (line->name);
  /* Translators: a runner and the penalty that is in the time: "Ann Lee (penalty 0:30)" */
  return g_strdup_printf (_ ("%s (penalty %s)"), line->name, line->penalty);
}

/** conc_results_section_dup_heading: Returns: (transfer full): "F30-39, 12 finishers". */
char *
conc_results_section_dup_heading (const ConcResultsSection *section)
{
  guint count = section->lines->len;

  if (section->is_out)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s, %u runner", "%s, %u runners", count),
                            section->title, count);
  /* Translators: a list of results and how many are in it: "F30-39, 12 finishers" */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s, %u finisher", "%s, %u finishers",
                                       count),
                          section->title, count);
}

/** conc_results_sheet_dup_state: Returns: (transfer full): how far the results can be trusted. */
char *
conc_results_sheet_dup_state (const ConcResultsSheet *sheet)
{
  g_autofree char *clock = conc_time_format_clock (sheet->as_of_usec, sheet->zone, 0);

  return g_strdup_printf (_ ("Provisional, as of %s"), clock);
}

/** conc_results_dup_day: Returns: (transfer full): the day of the race in words. */
char *
conc_results_dup_day (const ConcSettings *settings)
{
  const char *text = conc_settings_get (settings, CONC_SETTING_DATE);
  g_autoptr (GDateTime) day = NULL;
  int year, month, day_of_month;

  if (text == NULL || !conc_race_date_parse (text, &year, &month, &day_of_month, NULL))
    return g_strdup (text != NULL ? text : "");
  day = g_date_time_new_utc (year, month, day_of_month, 0, 0, 0);
  /* Translators: a day like 9 December 2017, see strftime. */
  return g_date_time_format (day, _ ("%-d %B %Y"));
}

/** conc_results_sheet_dup_day: Returns: (transfer full): the day of the race in words. */
char *
conc_results_sheet_dup_day (const ConcResultsSheet *sheet)
{
  return conc_results_dup_day (sheet->settings);
}
