/* verb-results.c: writes the results. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verb.h"

#include "cli/output-file.h"
#include "cli/race.h"
#include "print/results-export.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  char *board;
  char *format;
  char *output;
} Words;

typedef struct
{
  ConcResultsBoard  which;
  ConcResultsFormat format;
  ConcScoreboard   *board;
  ConcSettings     *settings;
} Job;

static gboolean
write_cb (GOutputStream *stream, gpointer user_data, GError **error)
{
  Job *job = user_data;

  return conc_results_write (job->board, job->settings, job->which, job->format,
                             conc_clock_get_wall_usec (conc_clock_get_system ()), stream, error);
}

static ConcExit
write_results (const char *path, const char *output, Job *job)
{
  g_auto (ConcRaceView) view = { NULL };
  g_autoptr (ConcScoreboard) board = NULL;
  g_autoptr (GError) error = NULL;
  ConcExit status;

  if (!conc_race_view_open (&view, path, &status))
    return status;
  board = conc_reader_load_scoreboard (view.reader, &error);
  if (board == NULL)
    return conc_failed (error);
  job->board = board;
  job->settings = view.settings;
  if (output != NULL ? !conc_output_file_write (output, write_cb, job, &error)
                     : !conc_output_stdout_write (write_cb, job, &error))
    return conc_failed (error);
  return CONC_EXIT_DONE;
}

/* Without --format the ending of the file's name tells, if it is one of the formats. */
static ConcResultsFormat
get_format (const Words *words)
{
  const char       *ending = words->output != NULL ? strrchr (words->output, '.') : NULL;
  ConcResultsFormat format = CONC_N_RESULTS_FORMATS;

  if (words->format != NULL)
    return conc_results_format_from_text (words->format);
  if (ending != NULL)
    format = conc_results_format_from_text (ending + 1);
  return format != CONC_N_RESULTS_FORMATS ? format : CONC_RESULTS_FORMAT_TEXT;
}

static ConcExit
run (ConcCall *call, const Words *words)
{
  Job job = { CONC_RESULTS_BOARD_OVERALL, get_format (words) };

  if (words->board != NULL)
    job.which = conc_results_board_from_text (words->board);
  if (job.which == CONC_N_RESULTS_BOARDS)
    return conc_call_misused (call,
                              _ ("“%s” does not fit --board: write overall, division or "
                                 "all."),
                              words->board);
  if (job.format == CONC_N_RESULTS_FORMATS)
    return conc_call_misused (call,
                              _ ("“%s” does not fit --format: write text, csv, json, html "
                                 "or pdf."),
                              words->format);
  if (job.format == CONC_RESULTS_FORMAT_PDF && words->output == NULL)
    return conc_call_misused (call, _ ("A PDF is not for the terminal: give --output."));
  return write_results (call->args[0], words->output, &job);
}

ConcExit
conc_verb_results (ConcCall *call)
{
  Words              words = { NULL };
  const GOptionEntry options[] = {
    { "board", 0, 0, CONC_OPTION_TEXT, &words.board,
      N_ ("overall (as when not given), division or all"), "BOARD" },
    { "format", 0, 0, CONC_OPTION_TEXT, &words.format,
      N_ ("text, csv, json, html or pdf; as FILE ends when not given, or text"), "FORMAT" },
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &words.output,
      N_ ("where to write; standard output when not given"), CONC_OPTION_FILE },
    { NULL },
  };
  ConcExit status;

  if (conc_call_parse (call, options, 1, 1, &status))
    status = run (call, &words);
  g_free (words.board);
  g_free (words.format);
  g_free (words.output);
  return status;
}
