/* source.h: many rows for one INSERT, made while it runs. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/database.h"

G_BEGIN_DECLS

typedef struct
{
  int n_columns;
  /* To the first row, then to the next; FALSE when there is none. */
  gboolean (*next) (gpointer user_data);
  /* Says what @column of the row holds, by sqlite3_result_…(); nothing said is null. What is said
   * to be static has to last until the next row only. */
  void (*column) (sqlite3_context *context, int column, gpointer user_data);
  gpointer user_data;
} ConcSource;

gboolean conc_source_insert (ConcDb *db, const char *sql, const ConcSource *source, GError **error);

G_END_DECLS
