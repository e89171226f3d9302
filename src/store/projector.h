/* projector.h: keeps the projections as the facts say. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/merge.h"
#include "core/runner.h"
#include "store/database.h"

G_BEGIN_DECLS

gboolean conc_project (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error);
gboolean conc_project_nothing (ConcDb *db, const char *subject, GError **error);

/* Somebody about whom nothing was known before. @bib_order is the time of the fact that gave the
 * bib, 0 without a bib; @search is the folded name. Lasts until the next is asked for. */
typedef struct
{
  const ConcRunner *runner;
  ConcHlc           bib_order;
  const char       *search;
} ConcNewRunner;

/* Fills in the next runner; FALSE when there is none. */
typedef gboolean (*ConcNextNewRunner) (ConcNewRunner *runner, gpointer user_data);

gboolean
conc_project_new_runners (ConcDb *db, ConcNextNewRunner next, gpointer user_data, GError **error);

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
conc_project_chute (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error);
gboolean
conc_project_read (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error);
gboolean
conc_project_stream (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error);
gboolean
conc_project_chip (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error);
gboolean
conc_project_repair (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error);
gboolean
conc_project_gun_seen (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error);
gboolean
conc_project_clock (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error);
gboolean
conc_project_gift (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error);
gboolean
conc_project_fee (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error);
gboolean
conc_project_print (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error);
gboolean
conc_project_setting (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error);
gboolean
conc_project_station (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error);

GPtrArray *conc_list_presence (const ConcMerged *merged);

/* For all families. */
gboolean
conc_project_conflicts (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error);

/* Pairs of people who may be one; @last: the highest row before the first new runner. */
gboolean conc_project_twins (ConcDb *db, const char *id, const ConcMerged *merged, GError **error);
gboolean conc_project_twins_of_new (ConcDb *db, gint64 last, GError **error);

G_END_DECLS
