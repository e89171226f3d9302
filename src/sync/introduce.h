/* introduce.h: a station tells the others what it is called. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/race-file.h"

G_BEGIN_DECLS

char    *conc_introduce_dup_name (ConcRaceFile *file);
gboolean conc_introduce_station (ConcRaceFile *file, ConcReader *reader, GError **error);

G_END_DECLS
