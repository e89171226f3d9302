/* background.c: runs work on a thread and reports back on the main loop. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/background.h"

typedef struct
{
  ConcWork       work;
  ConcWorkDone   done;
  gpointer       data;
  GDestroyNotify free_data;
} Job;

static void
job_free (gpointer pointer)
{
  Job *job = pointer;

  if (job->free_data != NULL)
    job->free_data (job->data);
  g_free (job);
}

static void
run_cb (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job    *job = task_data;
  GError *error = NULL;
  char   *sentence = job->work (job->data, &error);

  if (sentence == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, sentence, g_free);
}

static void
done_cb (GObject *owner, GAsyncResult *result, gpointer user_data)
{
  Job *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = g_task_propagate_pointer (G_TASK (result), &error);

  job->done (owner, sentence, error);
}

/* @owner lives until @done ran. Takes @data. */
void
conc_background_run (GObject       *owner,
                     ConcWork       work,
                     gpointer       data,
                     GDestroyNotify free_data,
                     ConcWorkDone   done)
{
  g_autoptr (GTask) task = g_task_new (owner, NULL, done_cb, NULL);
  Job *job = g_new0 (Job, 1);

  job->work = work;
  job->done = done;
  job->data = data;
  job->free_data = free_data;
  g_task_set_source_tag (task, conc_background_run);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, run_cb);
}
