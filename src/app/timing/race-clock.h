/* race-clock.h: the clock that the timing crew reads from three metres away. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/clock.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CONC_TYPE_RACE_CLOCK (conc_race_clock_get_type ())
G_DECLARE_FINAL_TYPE (ConcRaceClock, conc_race_clock, CONC, RACE_CLOCK, GtkWidget)

void   conc_race_clock_set_clock (ConcRaceClock *self, ConcClock *clock, GTimeZone *zone);
void   conc_race_clock_set_start (ConcRaceClock *self, gint64 start_usec);
char  *conc_race_clock_format (gint64 now_usec, gint64 start_usec, GTimeZone *zone);
gint64 conc_race_clock_until_next (gint64 now_usec, gint64 start_usec);

G_END_DECLS
