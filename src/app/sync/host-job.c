/* host-job.c: what an organizer asks of the hub, on a thread of its own. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/sync/host-job.h"

#include "store/identity.h"

/* Returns: (transfer full): a question about the file of @share; the rest is filled in after. */
ConcHostJob *
conc_host_job_new (ConcShare *share, ConcHostAsk ask)
{
  ConcHostJob *job = g_atomic_rc_box_new0 (ConcHostJob);

  job->file = g_object_ref (conc_share_get_file (share));
  job->ask = ask;
  return job;
}

ConcHostJob *
conc_host_job_ref (ConcHostJob *job)
{
  return g_atomic_rc_box_acquire (job);
}

static void
job_clear (gpointer data)
{
  ConcHostJob *job = data;

  g_object_unref (job->file);
  g_free (job->name);
  g_free (job->hub);
  conc_hub_status_clear (&job->status);
  conc_invitation_clear (&job->invitation);
}

void
conc_host_job_unref (ConcHostJob *job)
{
  g_atomic_rc_box_release_full (job, job_clear);
}

static gboolean
ask_hub (ConcHostJob *job, GError **error)
{
  switch (job->ask)
    {
    case CONC_HOST_JOB_START:
      return conc_hub_start (job->file, NULL, 0, NULL, error);
    case CONC_HOST_JOB_STOP:
      return conc_hub_stop (job->file, error);
    case CONC_HOST_JOB_INVITE:
      return conc_hub_invite (job->file, job->role, job->minutes, &job->invitation, error);
    case CONC_HOST_JOB_REVOKE:
      return conc_hub_revoke (job->file, job->name, error);
    case CONC_HOST_JOB_LOOK:
    default:
      return TRUE;
    }
}

/* Where the hub is was perhaps changed by what was asked, also when it failed. */
char *
conc_host_job_run (gpointer data, GError **error)
{
  ConcHostJob *job = data;
  gboolean     is_done = ask_hub (job, error);

  job->hub = conc_race_file_dup_sync (job->file, CONC_SYNC_HUB, NULL);
  conc_hub_get_status (conc_race_file_get_race_id (job->file), &job->status, NULL);
  return is_done ? g_strdup ("") : NULL;
}
