/* other-hub.h: whether somebody else hosts the race already. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/race-file.h"

#include <gio/gio.h>

G_BEGIN_DECLS

char *conc_other_hub_find (ConcRaceFile *file, GCancellable *cancellable);

G_END_DECLS
