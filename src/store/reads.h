/* reads.h: reads are kept as they came, and counted anew when what they depend on changes. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/merge.h"
#include "store/database.h"

G_BEGIN_DECLS

gboolean conc_reads_follow (ConcDb *db, GError **error);
gboolean conc_reads_choose_start (ConcDb *db, guint bib, GError **error);
gboolean
conc_reads_project_fix (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error);
gint64 conc_reads_hash (const char *line);

G_END_DECLS
