/* hlc.c: the hybrid logical clock that orders facts across stations. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/hlc.h"

#define COUNTER_BITS 16
#define USEC_PER_MSEC 1000

/**
 * conc_hybrid_clock_init:
 * @clock: (transfer none): the clock to read; must outlive @hybrid
 * @last: the largest time seen so far, 0 for none
 */
void
conc_hybrid_clock_init (ConcHybridClock *hybrid, ConcClock *clock, ConcHlc last)
{
  hybrid->clock = clock;
  hybrid->last = last;
}

/**
 * conc_hybrid_clock_tick:
 *
 * Kulkarni, Demirbas and others, "Logical Physical Clocks" (2014). Times of one station always
 * grow, also when the wall clock is set back: then the counter runs on, and past 65,535 it
 * carries into the milliseconds.
 *
 * Returns: the time of a new fact, larger than every earlier and every observed one. One thread.
 */
ConcHlc
conc_hybrid_clock_tick (ConcHybridClock *hybrid)
{
  ConcHlc now = conc_hlc_from_usec (conc_clock_get_wall_usec (hybrid->clock));

  hybrid->last = MAX (now, hybrid->last + 1);
  return hybrid->last;
}

/** conc_hybrid_clock_observe: makes later ticks larger than @seen, the time of a fact read. */
void
conc_hybrid_clock_observe (ConcHybridClock *hybrid, ConcHlc seen)
{
  hybrid->last = MAX (hybrid->last, seen);
}

/** conc_hlc_get_usec: Returns: the wall-clock part, microseconds since 1970 UTC. */
gint64
conc_hlc_get_usec (ConcHlc hlc)
{
  return (hlc >> COUNTER_BITS) * USEC_PER_MSEC;
}

/** conc_hlc_from_usec: Returns: the first time of the millisecond of @usec, since 1970 UTC. */
ConcHlc
conc_hlc_from_usec (gint64 usec)
{
  return usec / USEC_PER_MSEC * (G_GINT64_CONSTANT (1) << COUNTER_BITS);
}
