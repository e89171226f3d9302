/* open.h: creates, checks and opens the database of a race file. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/database.h"
#include "store/identity.h"

G_BEGIN_DECLS

gboolean conc_open_exists (const char *path, GError **error);
gboolean conc_open_is_race (const char *path, GError **error);
ConcDb  *conc_open_create (const char *path, const ConcIdentity *joined, GError **error);
ConcDb  *conc_open_for_writing (const char *path, GError **error);
ConcDb  *conc_open_for_reading (const char *path, GError **error);
void     conc_open_remove (const char *path);

G_END_DECLS
