/* pack.h: facts in a file, sealed, to carry from station to station. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/race-file.h"
#include "store/receive.h"
#include "sync/error.h"

G_BEGIN_DECLS

/* Waits for disks: a worker or a script, never the main loop of the app. */

/* Writes all facts of @file, which may be open for reading only, beside @target and renames when
 * complete. Only a pack of this race is replaced. */
gboolean conc_pack (ConcRaceFile *file, const char *target, gint64 *ret_n_facts, GError **error);

typedef struct
{
  ConcReceived received;
  guint        n_ahead;                             /* dated more than a day ahead: not taken */
  char         station[CONC_STATION_ID_LENGTH + 1]; /* who made the pack */
  gboolean     was_renamed; /* a copy of this file wrote under one name with it: this one has a
                             * new name now */
} ConcUnpacked;

/* Reads and checks the whole pack, then takes what is new in one transaction. A damaged or
 * foreign pack is refused and nothing changes. */
gboolean
conc_unpack (ConcRaceFile *file, const char *source, ConcUnpacked *ret_unpacked, GError **error);

/* Whether @path is a pack of the race @race_id, without its key; for a stick that was plugged in.
 */
gboolean conc_pack_is_of (const char *path, const char *race_id);

G_END_DECLS
