/* station-clock.h: the clock of this station, kept in its race file and watched. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/clock-words.h"
#include "core/steady-clock.h"
#include "store/race-file.h"
#include "store/writer.h"

G_BEGIN_DECLS

ConcSteadyClock *conc_station_clock_open (ConcDb    *db,
                                          ConcClock *source,
                                          gboolean  *ret_is_other_boot,
                                          GError   **error);
gboolean         conc_station_clock_keep (ConcDb *db, ConcSteadyClock *steady, GError **error);
gboolean         conc_station_clock_keep_new (ConcDb *db, ConcSteadyClock *steady, GError **error);

/* Writer thread. */
gboolean conc_station_clock_watch (ConcWriter *writer, gboolean is_other_boot, GError **error);
gboolean conc_station_clock_follow (ConcWriter *writer, GError **error);
gint64   conc_station_clock_count (ConcWriter *writer, const ConcCommand *command, gint64 raw_usec);
void     conc_station_clock_add_keys (ConcWriter *writer, ConcBodyBuilder *builder, gint64 at_usec);

/* Any thread but the main loop of the app; both wait for the disk when there is something to
 * write. */
gboolean conc_race_file_watch_clock (ConcRaceFile *file, GError **error);
gboolean conc_race_file_tell_offset (ConcRaceFile *file,
                                     gint64        offset_usec,
                                     gint64        error_usec,
                                     GError      **error);

G_END_DECLS
