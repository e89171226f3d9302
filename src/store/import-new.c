/* import-new.c: writes the new runners of an import, all together. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/import-private.h"

#include "core/runner-facts.h"
#include "store/projector.h"
#include "store/queries.h"

#include <string.h>

typedef struct
{
  ConcWriter *writer;
  GHashTable *known; /* subjects of all facts; NULL: ask for each */
  GString    *json;
} NewRunners;

/* In the order of their ids: the indexes by id then grow page by page, from left to right. */
static int
compare_subjects (gconstpointer a, gconstpointer b)
{
  const ConcImportRow *left = *(const ConcImportRow *const *) a;
  const ConcImportRow *right = *(const ConcImportRow *const *) b;

  return strcmp (left->subject, right->subject);
}

static GPtrArray *
list_new (const ConcImportPlan *plan)
{
  GPtrArray *rows = g_ptr_array_sized_new (plan->rows->len);

  for (guint i = 0; i < plan->rows->len; i++)
    {
      ConcImportRow *row = &g_array_index (plan->rows, ConcImportRow, i);

      if (row->runner != NULL && row->changes == NULL)
        g_ptr_array_add (rows, row);
    }
  g_ptr_array_sort (rows, compare_subjects);
  return rows;
}

/* One question for all when the log is short beside the file, as it is before the first import. */
static gboolean
load_known (NewRunners *new_runners, guint n_rows, GError **error)
{
  ConcDb       *db = conc_writer_get_db (new_runners->writer);
  sqlite3_stmt *statement;
  gint64        n_facts;
  ConcStep      step;

  if (!conc_db_get_int (db, "SELECT coalesce (max (position), 0) FROM fact", &n_facts, error))
    return FALSE;
  if (n_facts > n_rows)
    return TRUE;
  new_runners->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  statement = conc_db_prepare (db, "SELECT DISTINCT subject FROM fact", error);
  if (statement == NULL)
    return FALSE;
  while ((step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    g_hash_table_add (new_runners->known, conc_column_dup (statement, 0));
  return step == CONC_STEP_DONE;
}

static gboolean
is_known (NewRunners *new_runners, const char *subject, gboolean *ret_known, GError **error)
{
  if (new_runners->known == NULL)
    return conc_query_is_known (conc_writer_get_db (new_runners->writer), subject, ret_known,
                                error);
  *ret_known = g_hash_table_contains (new_runners->known, subject);
  return TRUE;
}

static gboolean
append_registration (NewRunners *new_runners, const ConcImportRow *row, GError **error)
{
  GString *json = new_runners->json;

  g_string_truncate (json, 0);
  conc_runner_append_json (row->runner, FALSE, json);
  if (!conc_writer_append_projected (new_runners->writer, CONC_KIND_RUNNER, row->subject, json->str,
                                     NULL, error))
    return FALSE;
  g_string_truncate (json, 0);
  return !conc_runner_append_json (row->runner, TRUE, json) ||
         conc_writer_append_projected (new_runners->writer, CONC_KIND_RUNNER_PRIVATE, row->subject,
                                       json->str, NULL, error);
}

static gboolean
append_bib (NewRunners *new_runners, const ConcImportRow *row, ConcHlc *ret_hlc, GError **error)
{
  g_autoptr (ConcBody) body =
      conc_field_to_body (CONC_FIELD_BIB, conc_runner_get (row->runner, CONC_FIELD_BIB));

  return conc_writer_append_projected (new_runners->writer, CONC_KIND_BIB, row->subject,
                                       conc_body_get_json (body), ret_hlc, error);
}

/* Facts and row of a runner who is new: nothing can contradict them yet. */
static gboolean
append_runner (NewRunners *new_runners, const ConcImportRow *row, GError **error)
{
  ConcHlc bib_order = 0;

  /* Another holds the bib; and check-in is never taken from a file. */
  if (!row->bib_is_free)
    conc_runner_set (row->runner, CONC_FIELD_BIB, NULL);
  conc_runner_set (row->runner, CONC_FIELD_CHECKED_IN, NULL);
  return append_registration (new_runners, row, error) &&
         (!row->bib_is_free || append_bib (new_runners, row, &bib_order, error)) &&
         conc_project_new_runner (conc_writer_get_db (new_runners->writer), row->runner, bib_order,
                                  error);
}

static gboolean
append_all (NewRunners *new_runners, GPtrArray *rows, GError **error)
{
  ConcDb *db = conc_writer_get_db (new_runners->writer);
  gint64  last;

  if (!load_known (new_runners, rows->len, error) ||
      !conc_db_get_int (db, "SELECT coalesce (max (n), 0) FROM runner", &last, error))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const ConcImportRow *row = g_ptr_array_index (rows, i);
      gboolean             known;

      if (!is_known (new_runners, row->subject, &known, error) ||
          (!known && !append_runner (new_runners, row, error)))
        return FALSE;
    }
  return conc_project_new_runners_end (db, last, error);
}

/**
 * conc_import_append_new:
 *
 * Writes facts and projections of the runners of @plan who are new. Those about whom something was
 * written since the plan was made are left as they are. Writer thread.
 */
gboolean
conc_import_append_new (ConcWriter *writer, ConcImportPlan *plan, GError **error)
{
  NewRunners new_runners = { .writer = writer, .json = g_string_new (NULL) };
  g_autoptr (GPtrArray) rows = list_new (plan);
  gboolean appended = rows->len == 0 || append_all (&new_runners, rows, error);

  g_string_free (new_runners.json, TRUE);
  g_clear_pointer (&new_runners.known, g_hash_table_unref);
  return appended;
}
