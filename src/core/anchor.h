/* anchor.h: what ties the time of a station to the clock that never steps. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/clock.h"

G_BEGIN_DECLS

/* All clocks of a computer, read together; @error_usec is how long that took. */
typedef struct
{
  gint64 wall_usec;
  gint64 monotonic_usec;
  gint64 boottime_usec;
  gint64 error_usec;
} ConcReading;

void conc_reading_take (ConcReading *reading, ConcClock *clock);

/* The time of the station is @wall_usec and what has gone by since @boottime_usec. The rest is what
 * was seen when the clocks were last looked at: @suspended_usec the sleep of this boot,
 * @difference_usec the wall clock less the time of the station. */
typedef struct
{
  char   boot_id[CONC_BOOT_ID_LENGTH + 1];
  gint64 wall_usec;
  gint64 boottime_usec;
  gint64 suspended_usec;
  gint64 difference_usec;
  gint64 seen_usec; /* when that was, by the clock since boot */
} ConcAnchor;

/* What happened to the clocks since they were last looked at; 0 for nothing. */
typedef struct
{
  gint64 step_usec;    /* by how much the wall clock was set ahead */
  gint64 suspend_usec; /* for how long the computer slept */
} ConcClockChange;

void     conc_anchor_begin (ConcAnchor *anchor, const char *boot_id, const ConcReading *now);
gint64   conc_anchor_get_usec (const ConcAnchor *anchor, gint64 boottime_usec);
gboolean conc_anchor_look (ConcAnchor *anchor, const ConcReading *now, ConcClockChange *ret_change);
gboolean conc_anchor_is_equal (const ConcAnchor *a, const ConcAnchor *b);
char    *conc_anchor_dup_timebase (const ConcAnchor *anchor);
char    *conc_timebase_dup_base (const char *timebase);

char    *conc_anchor_to_text (const ConcAnchor *anchor);
gboolean conc_anchor_from_text (const char *text, ConcAnchor *ret_anchor);

G_END_DECLS
