/* rehearse-clock.h: a clock that stands where the rehearsal is. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/clock.h"

G_BEGIN_DECLS

/* It may be read on any thread while the rehearsal sets it on the main loop. */
typedef struct
{
  ConcClock        clock;
  gint64           base_usec;
  _Atomic (gint64) after_usec;
  char             boot_id[CONC_BOOT_ID_LENGTH + 1];
} ConcRehearseClock;

void conc_rehearse_clock_init (ConcRehearseClock *self, gint64 base_usec);
void conc_rehearse_clock_set (ConcRehearseClock *self, gint64 after_usec);

G_END_DECLS
