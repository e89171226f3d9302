/* steady-clock.h: the clock of a station, which setting the wall clock does not change. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/anchor.h"

G_BEGIN_DECLS

/* All functions but new and free may be called on any thread. */
typedef struct _ConcSteadyClock ConcSteadyClock;

ConcSteadyClock      *
conc_steady_clock_new (ConcClock *source, const char *boot_id, const ConcAnchor *kept);
void conc_steady_clock_free (ConcSteadyClock *steady);

/* The time of the station, in which times are recorded; that of the hub, as far as it is known, in
 * which they are compared and shown; and the clock of the computer. */
ConcClock *conc_steady_clock_get_station_clock (ConcSteadyClock *steady);
ConcClock *conc_steady_clock_get_race_clock (ConcSteadyClock *steady);
ConcClock *conc_steady_clock_get_source (ConcSteadyClock *steady);
gint64     conc_steady_clock_from_monotonic (ConcSteadyClock *steady, gint64 monotonic_usec);
gint64     conc_steady_clock_get_difference (ConcSteadyClock *steady);

void     conc_steady_clock_get_anchor (ConcSteadyClock *steady, ConcAnchor *ret_anchor);
void     conc_steady_clock_set_anchor (ConcSteadyClock *steady, const ConcAnchor *anchor);
void     conc_steady_clock_begin_anew (ConcSteadyClock *steady);
gboolean conc_steady_clock_look (ConcSteadyClock *steady, ConcClockChange *ret_change);
gboolean conc_steady_clock_has_news (ConcSteadyClock *steady);

/* The hub's clock less that of this station, as it was last measured. */
gboolean
conc_steady_clock_set_offset (ConcSteadyClock *steady, gint64 offset_usec, gint64 error_usec);
gboolean conc_steady_clock_get_offset (ConcSteadyClock *steady,
                                       gint64          *ret_offset_usec,
                                       gint64          *ret_error_usec,
                                       gint64          *ret_age_usec);

/* What the race clock adds to the time of the station. */
void   conc_steady_clock_set_shift (ConcSteadyClock *steady, gint64 shift_usec);
gint64 conc_steady_clock_get_shift (ConcSteadyClock *steady);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcSteadyClock, conc_steady_clock_free)

G_END_DECLS
