/* schema.h: the tables of a race file, version by version. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/database.h"

G_BEGIN_DECLS

#define CONC_SCHEMA_VERSION 4
#define CONC_APPLICATION_ID 0x436e6372 /* "Cncr" */

gboolean conc_schema_create (ConcDb *db, GError **error);
gboolean conc_schema_create_projections (ConcDb *db, GError **error);
gboolean conc_schema_drop_name_index (ConcDb *db, GError **error);
gboolean conc_schema_create_name_index (ConcDb *db, GError **error);
gboolean conc_schema_check (ConcDb *db, GError **error);
gboolean conc_schema_is_current (ConcDb *db);
gboolean conc_schema_upgrade (ConcDb *db, GError **error);
gboolean conc_schema_make_private_key (ConcDb *db, GError **error);
gboolean conc_schema_delete_facts (ConcDb *db, const char *station, gint64 first, GError **error);

G_END_DECLS
