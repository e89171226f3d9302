/* rehearse-clock.c: a clock that stands where the rehearsal is. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/rehearse-clock.h"

static gint64
get_wall_usec (ConcClock *clock)
{
  ConcRehearseClock *self = (ConcRehearseClock *) clock;

  return self->base_usec + self->after_usec;
}

static gint64
get_monotonic_usec (ConcClock *clock)
{
  return ((ConcRehearseClock *) clock)->after_usec;
}

/* Each rehearsed day is a boot of its own: none resumes the clock of another. */
static const char *
get_boot_id (ConcClock *clock)
{
  return ((ConcRehearseClock *) clock)->boot_id;
}

/**
 * conc_rehearse_clock_init:
 * @base_usec: when the rehearsed day begins, microseconds since 1970 UTC
 */
void
conc_rehearse_clock_init (ConcRehearseClock *self, gint64 base_usec)
{
  self->clock.get_wall_usec = get_wall_usec;
  self->clock.get_monotonic_usec = get_monotonic_usec;
  self->clock.get_boottime_usec = get_monotonic_usec;
  self->clock.get_boot_id = get_boot_id;
  g_snprintf (self->boot_id, sizeof self->boot_id, "r%" G_GINT64_MODIFIER "x",
              base_usec / G_USEC_PER_SEC);
  self->base_usec = base_usec;
  self->after_usec = 0;
}

/** conc_rehearse_clock_set: puts the clock @after_usec after the beginning of the day. */
void
conc_rehearse_clock_set (ConcRehearseClock *self, gint64 after_usec)
{
  self->after_usec = after_usec;
}
