/* on-course.c: counts who is still out, on a worker, because it asks about every runner. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/on-course.h"

#include "core/race-time.h"
#include "store/reader.h"

/* Somebody of whom there is a sign that they came, whose gun was fired, and who is not back. */
static gboolean
is_on_course (ConcScoreboard *board, const ConcRunner *runner)
{
  ConcResult result;

  if (conc_runner_get_virtual (runner) ||
      conc_scoreboard_get_start (board, conc_runner_get (runner, CONC_FIELD_WAVE)) == CONC_NO_TIME)
    return FALSE;
  if (!conc_scoreboard_get_result (board, conc_runner_get_id (runner), &result))
    return conc_runner_get_checked_in (runner);
  return result.finish_usec == CONC_NO_TIME && result.entrant->status == CONC_ENTRANT_RUNNING &&
         (conc_runner_get_checked_in (runner) || result.entrant->crossing_count > 0 ||
          result.entrant->own_start_usec != CONC_NO_TIME);
}

static void
count_cb (GTask *task, gpointer source, gpointer path, GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr (ConcReader) reader = conc_reader_open (path, &error);
  g_autoptr (ConcScoreboard) board = NULL;
  g_autoptr (GPtrArray) runners = NULL;
  guint count = 0;

  if (reader != NULL)
    board = conc_reader_load_scoreboard (reader, &error);
  if (board != NULL)
    runners = conc_reader_list_runners (reader, &error);
  if (runners == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  for (guint i = 0; i < runners->len; i++)
    if (is_on_course (board, g_ptr_array_index (runners, i)))
      count++;
  g_task_return_int (task, (gssize) count);
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
