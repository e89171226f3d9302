/* import-new.c: writes the new runners of an import, all together. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/import-private.h"

#include "core/runner-facts.h"
#include "store/projector.h"
#include "store/queries.h"

#include <string.h>

/* The facts about one runner. */
enum
{
  PART_PUBLIC,
  PART_PRIVATE,
  PART_BIB,
  N_PARTS
};

typedef struct
{
  ConcWriter *writer;
  GHashTable *known; /* subjects of all facts; NULL: ask for each */
  GPtrArray  *rows;
  guint       next;
  guint       part;
  GString    *json;
} NewRunners;

/* A row beside the beginning of its id, as a number that is in the same order: nearly all are told
 * apart by it without looking at the texts. */
typedef struct
{
  guint64        head;
  ConcImportRow *row;
} Ordered;

static guint64
get_head (const char *subject)
{
  guint64 head = 0;

  memcpy (&head, subject, MIN (strlen (subject), sizeof head));
  return GUINT64_FROM_BE (head);
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  const Ordered *left = a;
  const Ordered *right = b;

  if (left->head != right->head)
    return left->head < right->head ? -1 : 1;
  return strcmp (left->row->subject, right->row->subject);
}

/* In the order of their ids: the indexes by id then grow page by page, from left to right. */
static GArray *
list_new (const ConcImportPlan *plan)
{
  GArray *rows = g_array_sized_new (FALSE, FALSE, sizeof (Ordered), plan->rows->len);

  for (guint i = 0; i < plan->rows->len; i++)
    {
      ConcImportRow *row = &g_array_index (plan->rows, ConcImportRow, i);
      Ordered        ordered = { 0, row };

      if (row->runner == NULL || row->changes != NULL)
        continue;
      ordered.head = get_head (row->subject);
      g_array_append_val (rows, ordered);
    }
  g_array_sort (rows, compare_ids);
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

/* Leaves out those about whom something is known. Check-in is never taken from a file, nor a bib
 * that somebody else has. */
static gboolean
choose_rows (NewRunners *new_runners, const ConcImportPlan *plan, GError **error)
{
  g_autoptr (GArray) rows = list_new (plan);

  if (!load_known (new_runners, rows->len, error))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      ConcImportRow *row = g_array_index (rows, Ordered, i).row;
      gboolean       known;

      if (!is_known (new_runners, row->subject, &known, error))
        return FALSE;
      if (known)
        continue;
      if (!row->bib_is_free)
        conc_runner_set (row->runner, CONC_FIELD_BIB, NULL);
      conc_runner_set (row->runner, CONC_FIELD_CHECKED_IN, NULL);
      g_ptr_array_add (new_runners->rows, row);
    }
  return TRUE;
}

static gboolean
say_part (NewRunners *new_runners, ConcImportRow *row, ConcNewFact *fact)
{
  GString *json = g_string_truncate (new_runners->json, 0);

  fact->subject = row->subject;
  switch (new_runners->part)
    {
    case PART_PUBLIC:
      fact->kind = CONC_KIND_RUNNER;
      conc_runner_append_json (row->runner, FALSE, json);
      break;
    case PART_PRIVATE:
      fact->kind = CONC_KIND_RUNNER_PRIVATE;
      if (!conc_runner_append_json (row->runner, TRUE, json))
        return FALSE;
      break;
    default:
      fact->kind = CONC_KIND_BIB;
      if (!row->bib_is_free)
        return FALSE;
      row->bib_order = fact->hlc;
      g_string_printf (json, "{\"bib\":%u}", conc_runner_get_bib (row->runner));
    }
  fact->json = json->str;
  return TRUE;
}

static gboolean
next_fact (ConcNewFact *fact, gpointer user_data)
{
  NewRunners *new_runners = user_data;

  while (new_runners->next < new_runners->rows->len)
    {
      ConcImportRow *row = g_ptr_array_index (new_runners->rows, new_runners->next);
      gboolean       is_said = say_part (new_runners, row, fact);

      if (++new_runners->part == N_PARTS)
        {
          new_runners->part = PART_PUBLIC;
          new_runners->next++;
        }
      if (is_said)
        return TRUE;
    }
  return FALSE;
}

static gboolean
next_runner (ConcNewRunner *runner, gpointer user_data)
{
  NewRunners          *new_runners = user_data;
  const ConcImportRow *row;

  if (new_runners->next == new_runners->rows->len)
    return FALSE;
  row = g_ptr_array_index (new_runners->rows, new_runners->next++);
  runner->runner = row->runner;
  runner->bib_order = row->bib_order;
  runner->search = row->search;
  return TRUE;
}

static gboolean
append_all (NewRunners *new_runners, const ConcImportPlan *plan, GError **error)
{
  if (!choose_rows (new_runners, plan, error))
    return FALSE;
  if (new_runners->rows->len == 0)
    return TRUE;
  if (!conc_writer_append_many (new_runners->writer, next_fact, new_runners, error))
    return FALSE;
  new_runners->next = 0;
  return conc_project_new_runners (conc_writer_get_db (new_runners->writer), next_runner,
                                   new_runners, error);
}

/**
 * conc_import_append_new:
 *
 * Writes facts and projections of the runners of @plan who are new: all facts in one statement,
 * then all rows in one. Nothing can contradict them yet, and so nothing is merged. Those about whom
 * something was written before are left as they are. Writer thread.
 */
gboolean
conc_import_append_new (ConcWriter *writer, ConcImportPlan *plan, GError **error)
{
  NewRunners new_runners = { .writer = writer };
  gboolean   appended;

  new_runners.rows = g_ptr_array_new ();
  new_runners.json = g_string_new (NULL);
  appended = append_all (&new_runners, plan, error);
  g_ptr_array_unref (new_runners.rows);
  g_string_free (new_runners.json, TRUE);
  g_clear_pointer (&new_runners.known, g_hash_table_unref);
  return appended;
}
