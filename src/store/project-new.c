/* project-new.c: the projection of many runners about whom nothing was known. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/projector.h"
#include "store/queries.h"
#include "store/schema.h"
#include "store/source.h"

/* Columns that the rows have: the id, the fields in the order of ConcField, then these. */
enum
{
  COLUMN_ID,
  COLUMN_FIRST_FIELD,
  COLUMN_BIB_ORDER = COLUMN_FIRST_FIELD + CONC_N_FIELDS,
  COLUMN_IS_VIRTUAL,
  COLUMN_SEARCH,
  N_COLUMNS
};

typedef struct
{
  ConcNewRunner     each;
  ConcNextNewRunner next;
  gpointer          user_data;
} NewRunners;

static gboolean
next_runner (gpointer user_data)
{
  NewRunners *runners = user_data;

  return runners->next (&runners->each, runners->user_data);
}

static void
say_field (sqlite3_context *context, ConcField field, const char *text)
{
  if (text == NULL)
    return;
  if (conc_field_is_number (field))
    sqlite3_result_int64 (context, g_ascii_strtoll (text, NULL, 10));
  else
    sqlite3_result_text (context, text, -1, SQLITE_STATIC);
}

static void
say_column (sqlite3_context *context, int column, gpointer user_data)
{
  const ConcNewRunner *each = &((NewRunners *) user_data)->each;
  ConcField            field = (ConcField) (column - COLUMN_FIRST_FIELD);

  if (column == COLUMN_ID)
    sqlite3_result_text (context, conc_runner_get_id (each->runner), -1, SQLITE_STATIC);
  else if (column < COLUMN_BIB_ORDER)
    say_field (context, field, conc_runner_get (each->runner, field));
  else if (column == COLUMN_IS_VIRTUAL)
    sqlite3_result_int (context, conc_runner_get_virtual (each->runner));
  else if (column == COLUMN_SEARCH)
    sqlite3_result_text (context, each->search, -1, SQLITE_STATIC);
  else if (each->bib_order > 0)
    sqlite3_result_int64 (context, each->bib_order);
}

/**
 * conc_project_new_runners:
 * @next: gives them one after the other, best in the order of their ids
 *
 * The rows of runners about whom nothing was known before; an import of many is then spared the
 * merge of facts that it has just made. Verify holds them to the facts.
 */
gboolean
conc_project_new_runners (ConcDb *db, ConcNextNewRunner next, gpointer user_data, GError **error)
{
  NewRunners runners = { .next = next, .user_data = user_data };
  ConcSource source = { N_COLUMNS, next_runner, say_column, &runners };
  gint64     last;

  return conc_db_get_int (db, "SELECT coalesce (max (n), 0) FROM runner", &last, error) &&
         (last > 0 || conc_schema_drop_name_index (db, error)) &&
         conc_source_insert (db,
                             "INSERT INTO runner (" CONC_RUNNER_COLUMNS
                             ", bib_order, is_virtual, search) SELECT * FROM source",
                             &source, error) &&
         (last > 0 || conc_schema_create_name_index (db, error)) &&
         conc_project_twins_of_new (db, last, error);
}
