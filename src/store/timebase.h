/* timebase.h: what the times of a station count as, by the clock of the hub. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/merge.h"
#include "store/database.h"

G_BEGIN_DECLS

/* Keys of the body of a fact with a time, beside "at". All but "at" and "source" are absent when
 * the time was typed. */
#define CONC_KEY_MONOTONIC "monotonic_usec"       /* the clock that the key event has */
#define CONC_KEY_WALL "wall"                      /* the wall clock, where it differs */
#define CONC_KEY_CLOCK "clock"                    /* the timebase */
#define CONC_KEY_CLOCK_OF "clock_of"              /* its station, when that is another */
#define CONC_KEY_OFFSET "offset_usec"             /* the hub's clock less this one */
#define CONC_KEY_OFFSET_ERROR "offset_error_usec" /* half the width of what was known */

/* When something happened: as its station took it, and as it counts. @station and @clock say by
 * which clock; @clock is NULL for a typed time, and both belong to the facts. */
typedef struct
{
  gint64          at_usec;
  gint64          raw_usec;
  const char     *station;
  const char     *clock;
  const ConcFact *fact;
} ConcTimed;

gboolean conc_timebase_learn (ConcDb *db, const ConcMerged *merged, GError **error);
gboolean conc_timebase_read (ConcDb           *db,
                             const ConcMerged *merged,
                             ConcTimed        *ret_timed,
                             gboolean         *ret_has_time,
                             GError          **error);

/* What is added to the times of a timebase; @ret_error_usec is -1 when it was not measured. */
gboolean conc_timebase_find (ConcDb     *db,
                             const char *station,
                             const char *clock,
                             gint64     *ret_offset_usec,
                             gint64     *ret_error_usec,
                             GError    **error);
gboolean conc_timebase_forget (ConcDb *db, const char *station, GError **error);
gboolean conc_timebase_is_used (ConcDb     *db,
                                const char *station,
                                const char *clock,
                                gboolean   *ret_is_used,
                                GError    **error);
gboolean conc_timebase_has_race_begun (ConcDb *db, gboolean *ret_has_begun, GError **error);

G_END_DECLS
