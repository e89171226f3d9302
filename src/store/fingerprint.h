/* fingerprint.h: knows a copied race file from the one that it is a copy of. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/database.h"

G_BEGIN_DECLS

gboolean conc_fingerprint_claim (ConcDb *db, const char *path, GError **error);
gboolean conc_fingerprint_mark_copy (ConcDb *db, GError **error);
gboolean conc_fingerprint_set_station (ConcDb *db, const char *station, GError **error);

G_END_DECLS
