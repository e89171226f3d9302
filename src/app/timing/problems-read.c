/* problems-read.c: reads what must be looked at on a worker, and writes papers there. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/timing/problems-read.h"

#include "app/replace-file.h"
#include "print/paper-log.h"
#include "print/protest-sheet.h"
#include "store/reader-protest.h"

#include <glib/gi18n.h>

typedef struct
{
  char  *race_path;
  GFile *file;
  guint  bib;
  gint64 as_of_usec;
} Save;

void
conc_problems_report_free (ConcProblemsReport *report)
{
  if (report == NULL)
    return;
  g_clear_pointer (&report->problems, g_ptr_array_unref);
  g_clear_pointer (&report->on_course, g_ptr_array_unref);
  g_free (report);
}

static void
free_report_cb (gpointer report)
{
  conc_problems_report_free (report);
}

static void
read_cb (GTask *task, gpointer source, gpointer path, GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr (ConcReader) reader = conc_reader_open (path, &error);
  g_autoptr (ConcScoreboard) board = NULL;
  g_autoptr (ConcProblemsReport) report = g_new0 (ConcProblemsReport, 1);

  if (reader != NULL && conc_reader_begin (reader, &error))
    board = conc_reader_load_scoreboard (reader, &error);
  if (board != NULL)
    report->problems = conc_reader_list_problems (reader, board, &error);
  if (report->problems != NULL)
    report->on_course = conc_reader_list_on_course (reader, board, &error);
  if (report->on_course != NULL)
    g_task_return_pointer (task, g_steal_pointer (&report), free_report_cb);
  else
    g_task_return_error (task, error);
}

void
conc_problems_read_async (const char *path, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, read_cb);
}

ConcProblemsReport *
conc_problems_read_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ------------------------------------------------------------------------- papers */

static void
save_free (gpointer pointer)
{
  Save *save = pointer;

  g_free (save->race_path);
  g_object_unref (save->file);
  g_free (save);
}

static gboolean
write_log (ConcReader *reader, const Save *save, GOutputStream *stream, GError **error)
{
  g_autoptr (ConcSettings) settings = conc_reader_dup_settings (reader, error);
  g_autoptr (GPtrArray) entries = settings != NULL ? conc_reader_list_log (reader, error) : NULL;

  return entries != NULL &&
         conc_paper_log_write (entries, settings, save->as_of_usec, stream, error);
}

static gboolean
write_protest (ConcReader *reader, const Save *save, GOutputStream *stream, GError **error)
{
  g_autoptr (ConcSettings) settings = conc_reader_dup_settings (reader, error);
  g_autoptr (ConcScoreboard) board =
      settings != NULL ? conc_reader_load_scoreboard (reader, error) : NULL;
  g_autoptr (ConcProtest) protest =
      board != NULL ? conc_reader_read_protest (reader, board, save->bib, error) : NULL;

  return protest != NULL &&
         conc_protest_sheet_write (protest, settings, save->as_of_usec, stream, error);
}

/* The file is replaced in one step, so that nobody prints half of a paper. */
static char *
save_work (gpointer data, GError **error)
{
  Save *save = data;
  g_autoptr (ConcReader) reader = conc_reader_open (save->race_path, error);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autofree char *name = g_file_get_basename (save->file);

  if (reader == NULL || !(save->bib != 0 ? write_protest (reader, save, memory, error)
                                         : write_log (reader, save, memory, error)))
    return NULL;
  if (!conc_replace_file (save->file, G_MEMORY_OUTPUT_STREAM (memory), error))
    return NULL;
  return save->bib != 0
             ? g_strdup_printf (_ ("Protest sheet of bib %u saved as %s."), save->bib, name)
             : g_strdup_printf (_ ("Log saved as %s."), name);
}

void
conc_papers_save (GObject     *owner,
                  const char  *race_path,
                  GFile       *file,
                  guint        bib,
                  gint64       as_of_usec,
                  ConcWorkDone done)
{
  Save *save = g_new0 (Save, 1);

  save->race_path = g_strdup (race_path);
  save->file = g_object_ref (file);
  save->bib = bib;
  save->as_of_usec = as_of_usec;
  conc_background_run (owner, save_work, save, save_free, done);
}
