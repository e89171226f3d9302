/* join-job.h: finds the hub that a code is for and joins its race, on a thread of its own. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  char *text;    /* a code, or the address in a QR code */
  char *address; /* HOST:PORT of the hub when it was typed, else NULL */
  char *name;    /* of this station */
  char *path;    /* where the race file goes */
} ConcJoinJob;

void  conc_join_job_free (gpointer job);
char *conc_join_job_run (gpointer job, GError **error);

G_END_DECLS
