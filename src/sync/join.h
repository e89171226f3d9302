/* join.h: a new station gets its role, its keys and its race file. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/race-file.h"
#include "sync/error.h"

G_BEGIN_DECLS

/* @url: concourse://HOST:PORT/CODE?f=FINGERPRINT, as in the QR code; f may be missing.
 * Makes @path, or gives the station a new place in it when it is of the same race. Waits for the
 * network. After a failure there is no file at @path that was not there before, and the invitation
 * is still good unless the sentence says otherwise. */
ConcRaceFile *conc_join (const char *path,
                         const char *url,
                         const char *station_name,
                         ConcClock  *clock,
                         GError    **error);

/* With a code alone, or a code and where the hub is; finds the hub by itself where Avahi does. */
ConcRaceFile *conc_join_typed (const char *path,
                               const char *text,
                               const char *address,
                               const char *station_name,
                               ConcClock  *clock,
                               GError    **error);

/* Whether @text, as it is typed or scanned, is a whole code or address. */
gboolean conc_join_check_text (const char *text, GError **error);

G_END_DECLS
