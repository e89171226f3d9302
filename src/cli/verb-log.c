/* verb-log.c: writes everything so far on paper. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verb.h"

#include "cli/output-file.h"
#include "cli/race.h"
#include "print/paper-log.h"
#include "store/reader-protest.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  GPtrArray    *entries;
  ConcSettings *settings;
} Paper;

static gboolean
write_cb (GOutputStream *stream, gpointer user_data, GError **error)
{
  Paper *paper = user_data;

  return conc_paper_log_write (paper->entries, paper->settings,
                               conc_clock_get_wall_usec (conc_clock_get_system ()), stream, error);
}

static ConcExit
run (ConcCall *call, const char *output)
{
  g_auto (ConcRaceView) view = { NULL };
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;
  Paper    paper;
  ConcExit status;

  if (output == NULL)
    return conc_call_misused (call, _ ("A PDF is not for the terminal: give --output."));
  if (!conc_race_view_open (&view, call->args[0], &status))
    return status;
  entries = conc_reader_list_log (view.reader, &error);
  paper = (Paper){ entries, view.settings };
  if (entries == NULL || !conc_output_file_write (output, write_cb, &paper, &error))
    return conc_failed (error);
  return CONC_EXIT_DONE;
}

ConcExit
conc_verb_log (ConcCall *call)
{
  char              *output = NULL;
  const GOptionEntry options[] = {
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &output, N_ ("where to write"), CONC_OPTION_FILE },
    { NULL },
  };
  ConcExit status;

  if (conc_call_parse (call, options, 1, 1, &status))
    status = run (call, output);
  g_free (output);
  return status;
}
