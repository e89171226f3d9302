/* clock.h: the clock that everything is given, real or fake. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Both functions may be called on any thread. */
typedef struct _ConcClock ConcClock;
struct _ConcClock
{
  gint64 (*get_wall_usec) (ConcClock *clock);
  gint64 (*get_monotonic_usec) (ConcClock *clock);
};

ConcClock *conc_clock_get_system (void);
gint64     conc_clock_get_wall_usec (ConcClock *clock);
gint64     conc_clock_get_monotonic_usec (ConcClock *clock);

/* A clock that stands still until it is told; for tests and simulations. */
typedef struct
{
  ConcClock clock;
  gint64    wall_usec;
  gint64    monotonic_usec;
} ConcFakeClock;

void conc_fake_clock_init (ConcFakeClock *fake, gint64 wall_usec);
void conc_fake_clock_advance (ConcFakeClock *fake, gint64 usec);

G_END_DECLS
