/* host-job.h: what an organizer asks of the hub, on a thread of its own. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/sync/share.h"
#include "sync/hub.h"

G_BEGIN_DECLS

typedef enum
{
  CONC_HOST_JOB_LOOK, /* how the hub of this computer is; changes nothing */
  CONC_HOST_JOB_START,
  CONC_HOST_JOB_STOP,
  CONC_HOST_JOB_INVITE,
  CONC_HOST_JOB_REVOKE
} ConcHostAsk;

/* In and out; an atomic reference, because the one who asked may be gone when it is done. */
typedef struct
{
  ConcRaceFile  *file;
  ConcHostAsk    ask;
  ConcRole       role;       /* of an invitation */
  guint          minutes;    /* of an invitation */
  char          *name;       /* who is revoked: a station's id or an invitation's code */
  ConcHubStatus  status;     /* after all but an invitation */
  char          *hub;        /* where the hub is as this station knows it, or NULL */
  ConcInvitation invitation; /* what was made */
} ConcHostJob;

ConcHostJob *conc_host_job_new (ConcShare *share, ConcHostAsk ask);
ConcHostJob *conc_host_job_ref (ConcHostJob *job);
void         conc_host_job_unref (ConcHostJob *job);
char        *conc_host_job_run (gpointer job, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcHostJob, conc_host_job_unref)

G_END_DECLS
