/* join-job.c: finds the hub that a code is for and joins its race, on a thread of its own. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/sync/join-job.h"

#include "sync/join.h"
#include "sync/worker.h"

#include <glib/gi18n.h>

void
conc_join_job_free (gpointer pointer)
{
  ConcJoinJob *job = pointer;

  g_free (job->text);
  g_free (job->address);
  g_free (job->name);
  g_free (job->path);
  g_free (job);
}

/* The race is fetched here too, so that the window opens with runners and not empty. Where the link
 * breaks meanwhile the rest comes later, as always. */
char *
conc_join_job_run (gpointer data, GError **error)
{
  const ConcJoinJob *job = data;
  g_autoptr (ConcRaceFile) file = conc_join_typed (job->path, job->text, job->address, job->name,
                                                   conc_clock_get_system (), error);
  ConcExchanged exchanged = { 0 };

  if (file == NULL)
    return NULL;
  conc_sync_once (file, NULL, &exchanged, NULL);
  conc_race_file_close (file);
  return g_strdup_printf (ngettext ("%d entry of the race is here.",
                                    "%d entries of the race are here.",
                                    (gulong) exchanged.n_received),
                          (int) exchanged.n_received);
}
