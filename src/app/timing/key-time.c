/* key-time.c: when a key was pressed, from what its event says. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/timing/key-time.h"

#define USEC_PER_MSEC 1000
/* The event's time is cut to whole milliseconds: the middle is the best guess. */
#define HALF_MSEC_USEC 500
/* A press that waited longer than this did not wait: its time is of another clock. */
#define MAX_AGE_MSEC 10000u

/**
 * conc_key_time_resolve:
 * @event_msec: the time of the event: the lower 32 bits of the milliseconds of the monotonic clock,
 *   which begin again every 49.7 days; 0 when the event has none
 * @now_monotonic_usec: the monotonic clock while the event is handled
 * @now_wall_usec: the wall clock, read together with it
 *
 * A key may have waited while the program was busy, so the time of its event is the true one. A
 * time in the future or older than 10 s is not of this clock and is not used.
 *
 * Returns: when the key was pressed, never later than now.
 */
ConcKeyTime
conc_key_time_resolve (guint32 event_msec, gint64 now_monotonic_usec, gint64 now_wall_usec)
{
  ConcKeyTime time = { now_wall_usec, now_monotonic_usec, FALSE };
  /* Unsigned arithmetic makes the age right across the wrap, and huge for the future. */
  guint32 age_msec = (guint32) (now_monotonic_usec / USEC_PER_MSEC) - event_msec;
  gint64  age_usec;

  if (event_msec == 0 || age_msec >= MAX_AGE_MSEC)
    return time;
  age_usec = (gint64) age_msec * USEC_PER_MSEC + now_monotonic_usec % USEC_PER_MSEC;
  age_usec = MAX (age_usec - HALF_MSEC_USEC, 0);
  time.wall_usec -= age_usec;
  time.monotonic_usec -= age_usec;
  time.is_key_time = TRUE;
  return time;
}

/** conc_key_time_read: conc_key_time_resolve() with what @clock says now. */
ConcKeyTime
conc_key_time_read (guint32 event_msec, ConcClock *clock)
{
  gint64 monotonic_usec = conc_clock_get_monotonic_usec (clock);

  return conc_key_time_resolve (event_msec, monotonic_usec, conc_clock_get_wall_usec (clock));
}
