/* on-course.c: counts who is still out, on a worker, because it asks about every runner. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/on-course.h"

#include "store/reader.h"

static void
count_cb (GTask *task, gpointer source, gpointer path, GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr (ConcReader) reader = conc_reader_open (path, &error);
  g_autoptr (ConcScoreboard) board = NULL;
  guint count = 0;

  if (reader != NULL)
    board = conc_reader_load_scoreboard (reader, &error);
  if (board != NULL && conc_reader_count_on_course (reader, board, &count, &error))
    g_task_return_int (task, (gssize) count);
  else
    g_task_return_error (task, error);
}

void
conc_on_course_count_async (const char *path, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, count_cb);
}

gboolean
conc_on_course_count_finish (GAsyncResult *result, guint *ret_count, GError **error)
{
  gssize count = g_task_propagate_int (G_TASK (result), error);

  if (count < 0)
    return FALSE;
  *ret_count = (guint) count;
  return TRUE;
}
