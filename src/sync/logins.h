/* logins.h: organizers know every login of the hub, so that another one can take its place. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/race-file.h"
#include "sync/link.h"

G_BEGIN_DECLS

/* Both for organizers. Writes what is new at the hub as facts, or what the facts say to a hub. */
gboolean
conc_logins_record (ConcRaceFile *file, ConcReader *reader, ConcLink *link, GError **error);
gboolean conc_logins_restore (ConcReader *reader, ConcLink *link, GError **error);

G_END_DECLS
