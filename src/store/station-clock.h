/* station-clock.h: the clock of this station, kept in its race file and watched. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/steady-clock.h"
#include "store/race-file.h"
#include "store/writer.h"

G_BEGIN_DECLS

/* What a clock fact can be about: its key "event". */
#define CONC_CLOCK_EVENT_STEP "step"         /* the wall clock was set, @by_usec ahead */
#define CONC_CLOCK_EVENT_SUSPEND "suspend"   /* the computer slept for @by_usec */
#define CONC_CLOCK_EVENT_START "start"       /* the computer was started again */
#define CONC_CLOCK_EVENT_MEASURED "measured" /* the hub's clock was measured */

ConcSteadyClock *conc_station_clock_open (ConcDb    *db,
                                          ConcClock *source,
                                          gboolean  *ret_is_other_boot,
                                          GError   **error);
gboolean         conc_station_clock_keep (ConcDb *db, ConcSteadyClock *steady, GError **error);
gboolean         conc_station_clock_keep_new (ConcDb *db, ConcSteadyClock *steady, GError **error);

/* Writer thread. */
gboolean conc_station_clock_watch (ConcWriter *writer, gboolean is_other_boot, GError **error);
gboolean conc_station_clock_follow (ConcWriter *writer, GError **error);
void     conc_station_clock_add_keys (ConcWriter *writer, ConcBodyBuilder *builder, gint64 at_usec);

/* Any thread but the main loop of the app; both wait for the disk when there is something to
 * write. */
gboolean conc_race_file_watch_clock (ConcRaceFile *file, GError **error);
gboolean conc_race_file_tell_offset (ConcRaceFile *file,
                                     gint64        offset_usec,
                                     gint64        error_usec,
                                     GError      **error);

G_END_DECLS
