/* writer.h: the one thread that writes a race file. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/role.h"
#include "core/settings.h"
#include "core/steady-clock.h"
#include "store/database.h"
#include "store/log.h"
#include "store/race-file.h"

G_BEGIN_DECLS

/* What a request on the writer thread works with. A request that is refused
 * (%CONC_STORE_ERROR_REFUSED) has appended nothing; any other failure rolls everything back. */
typedef struct _ConcWriter ConcWriter;

typedef gboolean (*ConcWriteFunc) (ConcWriter *writer,
                                   gpointer    data,
                                   gpointer   *ret_result,
                                   GError    **error);

/* What a commit changed; @subjects is NULL when there are too many to name. */
typedef void (*ConcCommitFunc) (ConcChanged changed, GStrv subjects, gpointer user_data);

ConcWriter *conc_writer_start (ConcDb          *db,
                               const char      *race_id,
                               const char      *station,
                               ConcRole         role,
                               ConcSteadyClock *steady,
                               gboolean         is_other_boot,
                               ConcCommitFunc   committed,
                               gpointer         user_data,
                               GError         **error);
void        conc_writer_stop (ConcWriter *writer);

/* Any thread. */
gboolean conc_writer_call (ConcWriter   *writer,
                           ConcWriteFunc func,
                           gpointer      data,
                           gpointer     *ret_result,
                           GError      **error);
void     conc_writer_push (ConcWriter    *writer,
                           ConcWriteFunc  func,
                           gpointer       data,
                           GDestroyNotify free_data,
                           GDestroyNotify free_result,
                           GTask         *task);

ConcSteadyClock *conc_writer_get_steady_clock (ConcWriter *writer);

/* Writer thread only. */
ConcDb       *conc_writer_get_db (ConcWriter *writer);
ConcLog      *conc_writer_get_log (ConcWriter *writer);
const char   *conc_writer_get_race_id (ConcWriter *writer);
const char   *conc_writer_get_station (ConcWriter *writer);
void          conc_writer_set_station (ConcWriter *writer, const char *station, gint64 last_seq);
ConcRole      conc_writer_get_role (ConcWriter *writer);
ConcSettings *conc_writer_get_settings (ConcWriter *writer);
GTimeZone    *conc_writer_get_zone (ConcWriter *writer);
GTimeZone    *conc_writer_get_utc (ConcWriter *writer);
gint64        conc_writer_get_wall_usec (ConcWriter *writer);
guint         conc_writer_get_n_appended (ConcWriter *writer);
gboolean      conc_writer_append (ConcWriter       *writer,
                                  ConcKind          kind,
                                  const char       *subject,
                                  const ConcFactId *replaces,
                                  const char       *operator_name,
                                  ConcBody         *body,
                                  ConcFactId       *ret_id,
                                  GError          **error);
gboolean      conc_writer_append_many (ConcWriter     *writer,
                                       ConcNextNewFact next,
                                       gpointer        user_data,
                                       GError        **error);
gboolean
conc_writer_take (ConcWriter *writer, const ConcFact *fact, ConcTaken *ret_taken, GError **error);
gboolean
conc_writer_project (ConcWriter *writer, const char *subject, GPtrArray *facts, GError **error);
void     conc_writer_peek_next_id (ConcWriter *writer, ConcFactId *ret_id);
gboolean conc_writer_pair (ConcWriter *writer, GError **error);
void     conc_writer_note_pairs (ConcWriter *writer);
void     conc_writer_mark_bulk (ConcWriter *writer);

G_END_DECLS
