/* stick-job.h: packs on a stick: found, taken and saved, on a thread of its own. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/sync/share.h"

G_BEGIN_DECLS

typedef struct
{
  ConcRaceFile *file;
  char         *source; /* a pack to take, or NULL */
  char         *target; /* a pack to save, or NULL */
  char         *folder; /* a stick to exchange with: takes all of this race, saves one, or NULL */
} ConcStickJob;

/* Takes @source, @target and @folder. */
ConcStickJob *conc_stick_job_new (ConcShare *share, char *source, char *target, char *folder);
void          conc_stick_job_free (gpointer job);
char         *conc_stick_job_run (gpointer job, GError **error);

/* "Harbor 5K Timing 1.pack"; transfer full. Reads the file of the race. */
char *conc_stick_dup_pack_name (ConcRaceFile *file);
/* The packs of a race in @folder, not below it (element-type filename). */
GPtrArray *conc_stick_list_packs (const char *folder, const char *race_id);

G_END_DECLS
