/* results-export.c: results as a file for people, spreadsheets and programs. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/results-export.h"

#include "print/results-lines.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char *const boards[] = { "overall", "division", "all" };
static const char *const formats[] = { "text", "csv", "json", "html", "pdf" };

static guint
find_text (const char *const *texts, guint n_texts, const char *text)
{
  for (guint i = 0; i < n_texts; i++)
    if (g_strcmp0 (texts[i], text) == 0)
      return i;
  return n_texts;
}

/**
 * conc_results_board_from_text:
 * @text: (nullable): "overall", "division" or "all"
 *
 * Returns: the board, or %CONC_N_RESULTS_BOARDS for anything else. Any thread.
 */
ConcResultsBoard
conc_results_board_from_text (const char *text)
{
  return find_text (boards, G_N_ELEMENTS (boards), text);
}

/**
 * conc_results_format_from_text:
 * @text: (nullable): "text", "csv", "json", "html" or "pdf"
 *
 * Returns: the format, or %CONC_N_RESULTS_FORMATS for anything else. Any thread.
 */
ConcResultsFormat
conc_results_format_from_text (const char *text)
{
  return find_text (formats, G_N_ELEMENTS (formats), text);
}

/** conc_results_format_to_text: Returns: the name of @format, also the ending of a file of it. */
const char *
conc_results_format_to_text (ConcResultsFormat format)
{
  g_return_val_if_fail (format < CONC_N_RESULTS_FORMATS, NULL);
  return formats[format];
}

static const char *
get_rounding_text (ConcRounding rounding)
{
  switch (rounding)
    {
    case CONC_ROUND_UP_TENTH:
      return _ ("Times are rounded up to the tenth of a second.");
    case CONC_ROUND_UP_HUNDREDTH:
      return _ ("Times are rounded up to the hundredth of a second.");
    case CONC_ROUND_EXACT:
      return _ ("Times are not rounded.");
    default:
      return _ ("Times are rounded up to the whole second.");
    }
}

/**
 * conc_results_dup_rules_text:
 * @rules: how the race is scored
 *
 * Returns: (transfer full): in words, by which time runners are placed, what happens to equal
 * times, and how times are rounded. Any thread.
 */
char *
conc_results_dup_rules_text (const ConcRules *rules)
{
  const char *rank =
      rules->rank_by == CONC_RANK_BY_NET
          ? _ ("Placed by net time, from the runner’s own start; without one by gun time.")
          : _ ("Placed by gun time, from the gun to the finish.");
  const char *places = rules->places == CONC_PLACES_SHARED
                           ? _ ("Equal times share a place.")
                           : _ ("Equal times are placed in the order at the line.");

  return g_strjoin (" ", rank, places, get_rounding_text (rules->rounding), NULL);
}

static gboolean
write_text (char *take_text, GOutputStream *stream, GError **error)
{
  g_autofree char *text = take_text;

  return g_output_stream_write_all (stream, text, strlen (text), NULL, NULL, error);
}

/**
 * conc_results_write:
 * @board: the scores
 * @settings: of the race
 * @which: which lists
 * @format: the form of the file; a text for the terminal is "text"
 * @as_of_usec: the moment of which @board is, told to readers
 * @stream: where it is written; left open
 * @error: what the stream says, or CONC_PRINT_ERROR
 *
 * The CSV and JSON of all lists are those of the overall list, for each line has all its places.
 * A race without finishers gives a file that says so, or one with a heading only.
 *
 * Returns: whether all of it was written; if not, a part may have been. Thread: that of @board.
 * Cost: linear in the finishers, in memory before it is written.
 */
gboolean
conc_results_write (ConcScoreboard   *board,
                    ConcSettings     *settings,
                    ConcResultsBoard  which,
                    ConcResultsFormat format,
                    gint64            as_of_usec,
                    GOutputStream    *stream,
                    GError          **error)
{
  gboolean is_table = format == CONC_RESULTS_FORMAT_CSV || format == CONC_RESULTS_FORMAT_JSON;
  g_autoptr (ConcResultsSheet) sheet = NULL;

  g_return_val_if_fail (board != NULL && settings != NULL, FALSE);
  g_return_val_if_fail (G_IS_OUTPUT_STREAM (stream), FALSE);

  if (is_table && which == CONC_RESULTS_BOARD_ALL)
    which = CONC_RESULTS_BOARD_OVERALL;
  sheet = conc_results_sheet_new (board, settings, which, as_of_usec);
  switch (format)
    {
    case CONC_RESULTS_FORMAT_CSV:
      return write_text (conc_results_sheet_to_csv (sheet), stream, error);
    case CONC_RESULTS_FORMAT_JSON:
      return write_text (conc_results_sheet_to_json (sheet), stream, error);
    case CONC_RESULTS_FORMAT_HTML:
      return write_text (conc_results_sheet_to_html (sheet), stream, error);
    case CONC_RESULTS_FORMAT_PDF:
      return conc_results_sheet_to_pdf (sheet, stream, error);
    default:
      return write_text (conc_results_sheet_to_text (sheet), stream, error);
    }
}
