/* import-map.h: what a person says about the columns of a file. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/import.h"

G_BEGIN_DECLS

gboolean conc_import_map_check (const char *const *map, ConcImportKind kind, GError **error);

G_END_DECLS
