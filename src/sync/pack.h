/* pack.h: facts in a file, sealed, to carry from station to station. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/race-file.h"
#include "store/receive.h"
#include "sync/error.h"

G_BEGIN_DECLS

/* Writes all facts of @file beside @target and renames when complete. Returns how many. */
gboolean conc_pack (ConcRaceFile *file, const char *target, gint64 *ret_n_facts, GError **error);

/* Reads and checks the whole pack, then takes what is new in one transaction. A damaged or
 * foreign pack is refused and nothing changes. */
gboolean
conc_unpack (ConcRaceFile *file, const char *source, ConcReceived *ret_received, GError **error);

/* Whether @path is a pack of the race @race_id, without its key; for a stick that was plugged in.
 */
gboolean conc_pack_is_of (const char *path, const char *race_id);

G_END_DECLS
