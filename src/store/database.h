/* database.h: a SQLite connection whose every failure is seen. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/error-private.h"

#include <glib.h>

G_BEGIN_DECLS

/* Used on one thread at a time. */
typedef struct _ConcDb ConcDb;

typedef enum
{
  CONC_STEP_FAILED,
  CONC_STEP_ROW,
  CONC_STEP_DONE
} ConcStep;

ConcDb       *conc_db_open (const char *path, int flags, GError **error);
void          conc_db_close (ConcDb *db);
sqlite3      *conc_db_get_handle (ConcDb *db);
gboolean      conc_db_exec (ConcDb *db, const char *sql, GError **error);
sqlite3_stmt *conc_db_prepare (ConcDb *db, const char *sql, GError **error);
ConcStep      conc_db_step (ConcDb *db, sqlite3_stmt *statement, GError **error);
gboolean conc_db_bind (ConcDb *db, sqlite3_stmt *statement, GError **error, const char *types, ...);
gboolean conc_db_run (ConcDb *db, const char *sql, GError **error, const char *types, ...);
gboolean conc_db_get_int (ConcDb *db, const char *sql, gint64 *ret_value, GError **error);

void     conc_db_note_moved (ConcDb *db);
gboolean conc_db_take_moved (ConcDb *db);

const char *conc_column_text (sqlite3_stmt *statement, int column);
char       *conc_column_dup (sqlite3_stmt *statement, int column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcDb, conc_db_close)

G_END_DECLS
