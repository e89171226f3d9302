/* clock.c: the clock that everything is given, real or fake. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/clock.h"

static gint64
system_wall_usec (ConcClock *clock)
{
  return g_get_real_time ();
}

static gint64
system_monotonic_usec (ConcClock *clock)
{
  return g_get_monotonic_time ();
}

/**
 * conc_clock_get_system:
 *
 * Returns: (transfer none): the clock of this computer.
 */
ConcClock *
conc_clock_get_system (void)
{
  static ConcClock system_clock = { system_wall_usec, system_monotonic_usec };
  return &system_clock;
}

/** conc_clock_get_wall_usec: Returns: microseconds since 1970-01-01 UTC; it may step. Any thread.
 */
gint64
conc_clock_get_wall_usec (ConcClock *clock)
{
  return clock->get_wall_usec (clock);
}

/** conc_clock_get_monotonic_usec: Returns: microseconds that never step back. Any thread. */
gint64
conc_clock_get_monotonic_usec (ConcClock *clock)
{
  return clock->get_monotonic_usec (clock);
}

static gint64
fake_wall_usec (ConcClock *clock)
{
  return ((ConcFakeClock *) clock)->wall_usec;
}

static gint64
fake_monotonic_usec (ConcClock *clock)
{
  return ((ConcFakeClock *) clock)->monotonic_usec;
}

/**
 * conc_fake_clock_init:
 * @wall_usec: where the wall clock stands, microseconds since 1970 UTC
 *
 * The monotonic reading begins at one second. Change the members freely; not thread-safe.
 */
void
conc_fake_clock_init (ConcFakeClock *fake, gint64 wall_usec)
{
  fake->clock.get_wall_usec = fake_wall_usec;
  fake->clock.get_monotonic_usec = fake_monotonic_usec;
  fake->wall_usec = wall_usec;
  fake->monotonic_usec = G_USEC_PER_SEC;
}

/** conc_fake_clock_advance: moves both readings forward by @usec. */
void
conc_fake_clock_advance (ConcFakeClock *fake, gint64 usec)
{
  fake->wall_usec += usec;
  fake->monotonic_usec += usec;
}
