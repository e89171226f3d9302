/* race-file-private.h: what the rest of the store sees of a race file. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/race-file.h"
#include "store/writer.h"

G_BEGIN_DECLS

ConcWriter *conc_race_file_get_writer (ConcRaceFile *file, GError **error);
void        conc_race_file_set_station (ConcRaceFile *file, const char *station);

G_END_DECLS
