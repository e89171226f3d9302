/* results-save.c: writes the results to a file on a worker. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/results/results-save.h"

#include "app/replace-file.h"
#include "store/reader.h"

#include <glib/gi18n.h>

typedef struct
{
  char             *race_path;
  GFile            *file;
  ConcResultsFormat format;
  gint64            as_of_usec;
} Save;

static void
save_free (gpointer pointer)
{
  Save *save = pointer;

  g_free (save->race_path);
  g_object_unref (save->file);
  g_free (save);
}

static gboolean
read_race (const char      *path,
           ConcScoreboard **ret_board,
           ConcSettings   **ret_settings,
           GError         **error)
{
  g_autoptr (ConcReader) reader = conc_reader_open (path, error);

  if (reader == NULL)
    return FALSE;
  *ret_settings = conc_reader_dup_settings (reader, error);
  if (*ret_settings == NULL)
    return FALSE;
  *ret_board = conc_reader_load_scoreboard (reader, error);
  return *ret_board != NULL;
}

/* The file is replaced in one step, so that nobody publishes half of the results. */
static char *
save_work (gpointer data, GError **error)
{
  Save *save = data;
  g_autoptr (ConcScoreboard) board = NULL;
  g_autoptr (ConcSettings) settings = NULL;
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autofree char *name = g_file_get_basename (save->file);
  guint            count;

  if (!read_race (save->race_path, &board, &settings, error) ||
      !conc_results_write (board, settings, CONC_RESULTS_BOARD_ALL, save->format, save->as_of_usec,
                           memory, error) ||
      !conc_replace_file (save->file, G_MEMORY_OUTPUT_STREAM (memory), error))
    return NULL;
  count = conc_scoreboard_get_count (board, CONC_LIST_OVERALL);
  return g_strdup_printf (ngettext ("Results of %u finisher saved as %s.",
                                    "Results of %u finishers saved as %s.", count),
                          count, name);
}

/* Overall and divisions, with public names only. */
void
conc_results_save (GObject          *owner,
                   const char       *race_path,
                   GFile            *file,
                   ConcResultsFormat format,
                   gint64            as_of_usec,
                   ConcWorkDone      done)
{
  Save *save = g_new0 (Save, 1);

  save->race_path = g_strdup (race_path);
  save->file = g_object_ref (file);
  save->format = format;
  save->as_of_usec = as_of_usec;
  conc_background_run (owner, save_work, save, save_free, done);
}
