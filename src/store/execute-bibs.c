/* execute-bibs.c: gives numbers to all runners who have none. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/execute.h"

#include "core/runner-facts.h"
#include "core/text-fold.h"
#include "store/queries.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  char *id;
  char *sort_key;
} Waiting;

static void
waiting_free (gpointer data)
{
  Waiting *waiting = data;

  g_free (waiting->id);
  g_free (waiting->sort_key);
  g_free (waiting);
}

static int
compare_waiting (gconstpointer a, gconstpointer b)
{
  const Waiting *left = *(Waiting *const *) a;
  const Waiting *right = *(Waiting *const *) b;
  int            by_key = strcmp (left->sort_key, right->sort_key);

  return by_key != 0 ? by_key : strcmp (left->id, right->id);
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

/* Numbers of registrations are padded, so that 9 comes before 10. */
static char *
make_sort_key (sqlite3_stmt *statement, ConcBibOrder order)
{
  g_autofree char *family = conc_text_fold (or_empty (conc_column_text (statement, 1)));
  g_autofree char *given = conc_text_fold (or_empty (conc_column_text (statement, 2)));
  const char      *id = or_empty (conc_column_text (statement, 5));

  if (order == CONC_BIB_ORDER_REGISTRATION)
    return g_strdup_printf ("%s\x1f%12s\x1f%s\x1f%s", or_empty (conc_column_text (statement, 3)),
                            id, family, given);
  return g_strjoin ("\x1f",
                    order == CONC_BIB_ORDER_EVENT ? or_empty (conc_column_text (statement, 4)) : "",
                    family, given, id, NULL);
}

/* Virtual runners run elsewhere and get no bib; nor do those who do not come. */
static GPtrArray *
list_waiting (ConcDb *db, ConcBibOrder order, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (waiting_free);
  sqlite3_stmt *statement = conc_db_prepare (
      db,
      "SELECT id, family_name, given_name, registered_at, event, registration_id FROM runner "
      "WHERE bib IS NULL AND NOT is_virtual AND attendance IS NULL",
      error);
  ConcStep step;

  if (statement == NULL)
    return NULL;
  while ((step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    {
      Waiting *waiting = g_new0 (Waiting, 1);

      waiting->id = conc_column_dup (statement, 0);
      waiting->sort_key = make_sort_key (statement, order);
      g_ptr_array_add (list, waiting);
    }
  if (step != CONC_STEP_DONE)
    return NULL;
  g_ptr_array_sort (list, compare_waiting);
  return g_steal_pointer (&list);
}

static GHashTable *
list_taken (ConcDb *db, GError **error)
{
  g_autoptr (GHashTable) taken = g_hash_table_new (g_direct_hash, g_direct_equal);
  sqlite3_stmt *statement =
      conc_db_prepare (db, "SELECT bib FROM runner WHERE bib IS NOT NULL", error);
  ConcStep step;

  if (statement == NULL)
    return NULL;
  while ((step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    g_hash_table_add (taken, GINT_TO_POINTER (sqlite3_column_int (statement, 0)));
  return step == CONC_STEP_DONE ? g_steal_pointer (&taken) : NULL;
}

static GArray *
choose_bibs (GHashTable *taken, guint first, guint count)
{
  GArray *bibs = g_array_sized_new (FALSE, FALSE, sizeof (guint), count);

  for (guint bib = first; bib <= CONC_BIB_MAX && bibs->len < count; bib++)
    if (!g_hash_table_contains (taken, GINT_TO_POINTER ((int) bib)))
      g_array_append_val (bibs, bib);
  return bibs;
}

static gboolean
append_bibs (ConcWriter        *writer,
             const ConcCommand *command,
             GPtrArray         *waiting,
             GArray            *bibs,
             ConcReceipt       *receipt,
             GError           **error)
{
  for (guint i = 0; i < waiting->len; i++)
    {
      const Waiting   *each = g_ptr_array_index (waiting, i);
      guint            bib = g_array_index (bibs, guint, i);
      g_autofree char *text = g_strdup_printf ("%u", bib);

      if (!conc_execute_append (writer, command, CONC_KIND_BIB, each->id, NULL,
                                conc_field_to_body (CONC_FIELD_BIB, text), receipt, error))
        return FALSE;
      receipt->first_bib = i == 0 ? bib : receipt->first_bib;
      receipt->last_bib = bib;
    }
  return TRUE;
}

/** conc_execute_assign_bibs: numbers from the wanted one on, leaving out those that are taken. */
gboolean
conc_execute_assign_bibs (ConcWriter        *writer,
                          const ConcCommand *command,
                          ConcReceipt       *receipt,
                          GError           **error)
{
  ConcDb *db = conc_writer_get_db (writer);
  guint   first = MAX (command->bib, 1);
  g_autoptr (GPtrArray) waiting = NULL;
  g_autoptr (GHashTable) taken = NULL;
  g_autoptr (GArray) bibs = NULL;

  if (!conc_execute_check_bib (first, error))
    return FALSE;
  waiting = list_waiting (db, command->order, error);
  taken = waiting != NULL ? list_taken (db, error) : NULL;
  if (taken == NULL)
    return FALSE;
  bibs = choose_bibs (taken, first, waiting->len);
  if (bibs->len < waiting->len)
    return conc_store_refuse (error, _ ("There are not enough numbers from %u on for %u runners."),
                              first, waiting->len);
  return append_bibs (writer, command, waiting, bibs, receipt, error);
}
