/* protest-sheet.c: a paper on which a protest about one runner is decided. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/protest-sheet.h"

#include "core/race-time.h"
#include "print/flow.h"
#include "print/results-lines.h"

#include <glib/gi18n-lib.h>

#define DIGITS 2

static void
add_runner (ConcFlow *flow, const ConcProtest *protest, ConcRounding rounding)
{
  g_autofree char *details = conc_protest_dup_details (protest);
  g_autofree char *result = conc_protest_dup_result (protest, rounding);
  g_autofree char *name = protest->runner != NULL ? conc_runner_dup_public_name (protest->runner)
                                                  : g_strdup (_ ("Nobody is registered"));

  conc_flow_add_heading (flow, _ ("The runner"));
  conc_flow_add_strong (flow, _ ("Name"), name);
  if (*details != '\0')
    conc_flow_add_pair (flow, _ ("Details"), details);
  conc_flow_add_strong (flow, _ ("Published"), result);
}

static void
add_story (ConcFlow *flow, const ConcCrossingStory *story, GTimeZone *zone)
{
  g_autofree char *clock = conc_crossing_dup_clock (story->at_usec, zone);
  g_autofree char *title = g_strdup_printf (_ ("The crossing at %s"), clock);

  conc_flow_add_heading (flow, title);
  for (guint i = 0; i < story->steps->len; i++)
    {
      const ConcCrossingStep *step = g_ptr_array_index (story->steps, i);
      g_autofree char        *text = step->fact != NULL
                                         ? g_strdup_printf ("%s [%s]", step->sentence, step->fact)
                                         : g_strdup (step->sentence);

      conc_flow_add_pair (flow, conc_crossing_step_get_title (step->kind), text);
    }
}

static void
add_neighbour (ConcFlow            *flow,
               const ConcNeighbour *neighbour,
               GTimeZone           *zone,
               ConcRounding         rounding)
{
  g_autofree char *clock = conc_time_format_clock (neighbour->at_usec, zone, DIGITS);
  g_autofree char *bib =
      neighbour->bib != 0 ? g_strdup_printf ("%u", neighbour->bib) : g_strdup (_ ("no bib"));
  g_autofree char *gun = neighbour->gun_usec != CONC_NO_TIME
                             ? conc_duration_format (neighbour->gun_usec, rounding)
                             : NULL;
  const char      *cells[] = { clock, bib, neighbour->name, gun };

  conc_flow_add_row (flow, cells, neighbour->is_own);
}

static void
add_neighbours (ConcFlow *flow, GPtrArray *neighbours, GTimeZone *zone, ConcRounding rounding)
{
  if (neighbours->len == 0)
    return;
  conc_flow_add_column (flow, _ ("Time of day"), CONC_COLUMN_RIGHT, 1.6);
  conc_flow_add_column (flow, _ ("Bib"), CONC_COLUMN_RIGHT, 1);
  conc_flow_add_column (flow, _ ("Name"), CONC_COLUMN_LEFT, 6);
  conc_flow_add_column (flow, _ ("Gun time"), CONC_COLUMN_RIGHT, 1.4);
  conc_flow_add_heading (flow, _ ("Around it at the line"));
  conc_flow_add_titles (flow);
  for (guint i = 0; i < neighbours->len; i++)
    add_neighbour (flow, g_ptr_array_index (neighbours, i), zone, rounding);
}

static void
add_rulings (ConcFlow *flow, GPtrArray *rulings)
{
  if (rulings->len == 0)
    return;
  conc_flow_add_heading (flow, _ ("Rulings"));
  for (guint i = 0; i < rulings->len; i++)
    conc_flow_add_text (flow, g_ptr_array_index (rulings, i));
}

static void
add_form (ConcFlow *flow)
{
  conc_flow_add_heading (flow, _ ("The protest"));
  conc_flow_add_blank (flow, _ ("Made by, at"), 1);
  conc_flow_add_blank (flow, _ ("Protest"), 2);
  conc_flow_add_blank (flow, _ ("Decision"), 2);
  conc_flow_add_blank (flow, _ ("Referee, at"), 1);
}

/**
 * conc_protest_sheet_write:
 * @as_of_usec: of when it is
 * @stream: where the PDF goes; left open
 *
 * Who it is as the public knows them, the published result, how each crossing came to its time, who
 * crossed the line around it, the rulings, and lines for the protest, the decision and a signature.
 * One page for most; a story of many crossings takes another.
 *
 * Returns: whether all of it was written. Any thread.
 */
gboolean
conc_protest_sheet_write (const ConcProtest *protest,
                          ConcSettings      *settings,
                          gint64             as_of_usec,
                          GOutputStream     *stream,
                          GError           **error)
{
  g_autoptr (GTimeZone) zone = conc_settings_dup_zone (settings);
  g_auto (ConcRules) rules = { 0 };
  g_autofree char *title = g_strdup_printf (_ ("Protest: bib %u"), protest->bib);
  g_autofree char *day = conc_results_dup_day (settings);
  g_autofree char *subtitle =
      g_strdup_printf ("%s · %s", conc_settings_get (settings, CONC_SETTING_NAME), day);
  g_autofree char *clock = conc_time_format_clock (as_of_usec, zone, 0);
  g_autofree char *as_of = g_strdup_printf (_ ("Provisional, as of %s"), clock);
  g_autoptr (ConcFlow) flow = conc_flow_new (title, subtitle, as_of);

  conc_settings_get_rules (settings, &rules);
  add_runner (flow, protest, rules.rounding);
  for (guint i = 0; i < protest->stories->len; i++)
    add_story (flow, g_ptr_array_index (protest->stories, i), zone);
  add_neighbours (flow, protest->neighbours, zone, rules.rounding);
  add_rulings (flow, protest->rulings);
  add_form (flow);
  conc_flow_set_footer (
      flow, _ ("Words in brackets name the entries; “concoursectl facts” lists what they say."));
  return conc_flow_write_pdf (flow, stream, error);
}
