/* projector.h: keeps the projections as the facts say. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/merge.h"
#include "core/runner.h"
#include "store/database.h"

G_BEGIN_DECLS

gboolean conc_project (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error);
gboolean conc_project_nothing (ConcDb *db, const char *subject, GError **error);
gboolean
conc_project_new_runner (ConcDb *db, const ConcRunner *runner, ConcHlc bib_order, GError **error);
gboolean conc_project_new_runners_end (ConcDb *db, gint64 last, GError **error);

/* One function a family, each in a file of its own. */
gboolean
conc_project_runner (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error);
gboolean
conc_project_tap (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error);
gboolean
conc_project_gun (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error);
gboolean
conc_project_start (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error);
gboolean
conc_project_gift (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error);
gboolean
conc_project_setting (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error);
gboolean
conc_project_station (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error);

G_END_DECLS
