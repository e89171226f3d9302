/* clock.c: the clock that everything is given, real or fake. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/clock.h"

#include <time.h>

#define NSEC_PER_USEC 1000

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

static gint64
system_boottime_usec (ConcClock *clock)
{
  struct timespec now;

  clock_gettime (CLOCK_BOOTTIME, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / NSEC_PER_USEC;
}

/**
 * conc_clock_get_system:
 *
 * Returns: (transfer none): the clock of this computer.
 */
ConcClock *
conc_clock_get_system (void)
{
  static ConcClock system_clock = {
    .get_wall_usec = system_wall_usec,
    .get_monotonic_usec = system_monotonic_usec,
    .get_boottime_usec = system_boottime_usec,
  };
  return &system_clock;
}

/** conc_clock_get_wall_usec: Returns: microseconds since 1970-01-01 UTC; it may step. Any thread.
 */
gint64
conc_clock_get_wall_usec (ConcClock *clock)
{
  return clock->get_wall_usec (clock);
}

/** conc_clock_get_monotonic_usec: Returns: microseconds that never step back, and stand still while
 * the computer sleeps. Any thread. */
gint64
conc_clock_get_monotonic_usec (ConcClock *clock)
{
  return clock->get_monotonic_usec (clock);
}

/** conc_clock_get_boottime_usec: Returns: microseconds since the computer was started, which never
 * step and count its sleep too. Any thread. */
gint64
conc_clock_get_boottime_usec (ConcClock *clock)
{
  return clock->get_boottime_usec (clock);
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

static gint64
fake_boottime_usec (ConcClock *clock)
{
  return ((ConcFakeClock *) clock)->boottime_usec;
}

static const char *
fake_boot_id (ConcClock *clock)
{
  return ((ConcFakeClock *) clock)->boot_id;
}

static void
begin_boot (ConcFakeClock *fake)
{
  fake->monotonic_usec = G_USEC_PER_SEC;
  fake->boottime_usec = G_USEC_PER_SEC;
  g_snprintf (fake->boot_id, sizeof fake->boot_id, "fake%u", ++fake->n_boots);
}

/**
 * conc_fake_clock_init:
 * @wall_usec: where the wall clock stands, microseconds since 1970 UTC
 *
 * The other readings begin at one second. Change the members freely; not thread-safe.
 */
void
conc_fake_clock_init (ConcFakeClock *fake, gint64 wall_usec)
{
  *fake = (ConcFakeClock){ .wall_usec = wall_usec };
  fake->clock.get_wall_usec = fake_wall_usec;
  fake->clock.get_monotonic_usec = fake_monotonic_usec;
  fake->clock.get_boottime_usec = fake_boottime_usec;
  fake->clock.get_boot_id = fake_boot_id;
  begin_boot (fake);
}

/** conc_fake_clock_advance: time goes on by @usec. */
void
conc_fake_clock_advance (ConcFakeClock *fake, gint64 usec)
{
  fake->wall_usec += usec;
  fake->monotonic_usec += usec;
  fake->boottime_usec += usec;
}

/** conc_fake_clock_set_wall: somebody sets the wall clock @step_usec ahead, or back. */
void
conc_fake_clock_set_wall (ConcFakeClock *fake, gint64 step_usec)
{
  fake->wall_usec += step_usec;
}

/** conc_fake_clock_suspend: the computer sleeps for @usec. */
void
conc_fake_clock_suspend (ConcFakeClock *fake, gint64 usec)
{
  fake->wall_usec += usec;
  fake->boottime_usec += usec;
}

/** conc_fake_clock_reboot: the computer is off for @usec, and started again. */
void
conc_fake_clock_reboot (ConcFakeClock *fake, gint64 usec)
{
  fake->wall_usec += usec;
  begin_boot (fake);
}
