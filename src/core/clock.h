/* clock.h: the clock that everything is given, real or fake. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The functions may be called on any thread. A clock without get_boot_id is that of this computer,
 * whose boot only its files tell. */
typedef struct _ConcClock ConcClock;
struct _ConcClock
{
  gint64 (*get_wall_usec) (ConcClock *clock);
  gint64 (*get_monotonic_usec) (ConcClock *clock);
  gint64 (*get_boottime_usec) (ConcClock *clock);
  const char *(*get_boot_id) (ConcClock *clock);
};

ConcClock *conc_clock_get_system (void);
gint64     conc_clock_get_wall_usec (ConcClock *clock);
gint64     conc_clock_get_monotonic_usec (ConcClock *clock);
gint64     conc_clock_get_boottime_usec (ConcClock *clock);

/* The first characters tell boots apart; the rest of the kernel's 36 is not kept. */
#define CONC_BOOT_ID_LENGTH 12

/* A clock that stands still until it is told; for tests and simulations. */
typedef struct
{
  ConcClock clock;
  gint64    wall_usec;
  gint64    monotonic_usec;
  gint64    boottime_usec;
  guint     n_boots;
  char      boot_id[CONC_BOOT_ID_LENGTH + 1];
} ConcFakeClock;

void conc_fake_clock_init (ConcFakeClock *fake, gint64 wall_usec);
void conc_fake_clock_advance (ConcFakeClock *fake, gint64 usec);
void conc_fake_clock_set_wall (ConcFakeClock *fake, gint64 step_usec);
void conc_fake_clock_suspend (ConcFakeClock *fake, gint64 usec);
void conc_fake_clock_reboot (ConcFakeClock *fake, gint64 usec);

G_END_DECLS
