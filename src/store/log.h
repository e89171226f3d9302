/* log.h: the append-only log of facts. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/fact.h"
#include "store/database.h"

G_BEGIN_DECLS

/* Bound to a connection and its thread. */
typedef struct _ConcLog ConcLog;

/* What became of a fact that came to the log. */
typedef enum
{
  CONC_TAKEN_NEW,
  CONC_TAKEN_KNOWN,
  CONC_TAKEN_DIFFERS
} ConcTaken;

typedef gboolean (*ConcLogFunc) (ConcFact *fact, gpointer user_data);

/* A fact that replaces nothing and has no operator, before it is written. @json is the canonical
 * text of its body; it and @subject last until the next fact is asked for. */
typedef struct
{
  gint64      seq;
  ConcHlc     hlc;
  ConcKind    kind;
  const char *subject;
  const char *json;
} ConcNewFact;

/* Fills in the next fact; FALSE when there is none. */
typedef gboolean (*ConcNextNewFact) (ConcNewFact *fact, gpointer user_data);

ConcLog   *conc_log_new (ConcDb *db);
void       conc_log_free (ConcLog *log);
void       conc_log_forget_stations (ConcLog *log);
gboolean   conc_log_take (ConcLog *log, const ConcFact *fact, ConcTaken *ret_taken, GError **error);
gboolean   conc_log_append (ConcLog *log, const ConcFact *fact, GError **error);
gboolean   conc_log_append_many (ConcLog        *log,
                                 const char     *station,
                                 ConcNextNewFact next,
                                 gpointer        user_data,
                                 GError        **error);
GPtrArray *conc_log_read_subject (ConcLog *log, const char *subject, GError **error);
GPtrArray *
conc_log_read_subject_until (ConcLog *log, const char *subject, gint64 position, GError **error);
GPtrArray *
conc_log_list_of (ConcLog *log, const char *station, gint64 after, guint limit, GError **error);
GPtrArray *conc_log_list_after (ConcLog *log, gint64 *after, guint limit, GError **error);
gboolean   conc_log_get_position (ConcLog *log, gint64 *ret_position, GError **error);
gboolean conc_log_get_latest (ConcLog *log, const char *subject, ConcHlc *ret_hlc, GError **error);
gboolean conc_log_find (ConcLog *log, const ConcFactId *id, ConcFact **ret_fact, GError **error);
gboolean conc_log_each (ConcLog    *log,
                        gboolean    by_subject,
                        ConcLogFunc func,
                        gpointer    user_data,
                        GError    **error);

/* Where a station left off. */
typedef struct
{
  gint64  seq;    /* its last number; 0 when it wrote nothing */
  ConcHlc own;    /* the latest of its times that is not beyond the limit asked for */
  ConcHlc others; /* the same for all other stations */
  ConcHlc latest; /* the latest time of all, whatever it is */
} ConcLast;

gboolean conc_log_get_last (ConcLog    *log,
                            const char *station,
                            ConcHlc     own_limit,
                            ConcHlc     others_limit,
                            ConcLast   *ret_last,
                            GError    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcLog, conc_log_free)

G_END_DECLS
