/* log.h: the append-only log of facts. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/fact.h"
#include "store/database.h"

G_BEGIN_DECLS

/* Bound to a connection and its thread. */
typedef struct _ConcLog ConcLog;

typedef gboolean (*ConcLogFunc) (ConcFact *fact, gpointer user_data);

ConcLog   *conc_log_new (ConcDb *db);
void       conc_log_free (ConcLog *log);
void       conc_log_forget_stations (ConcLog *log);
gboolean   conc_log_append (ConcLog *log, const ConcFact *fact, GError **error);
gboolean   conc_log_append_new (ConcLog          *log,
                                const ConcFactId *id,
                                ConcHlc           hlc,
                                ConcKind          kind,
                                const char       *subject,
                                const char       *json,
                                GError          **error);
GPtrArray *conc_log_read_subject (ConcLog *log, const char *subject, GError **error);
gboolean   conc_log_find (ConcLog *log, const ConcFactId *id, ConcFact **ret_fact, GError **error);
gboolean   conc_log_each (ConcLog    *log,
                          gboolean    by_subject,
                          ConcLogFunc func,
                          gpointer    user_data,
                          GError    **error);
gboolean   conc_log_get_last (ConcLog    *log,
                              const char *station,
                              gint64     *ret_seq,
                              ConcHlc    *ret_hlc,
                              GError    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcLog, conc_log_free)

G_END_DECLS
