/* settle-fees.c: what is decided about payments at the desk. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/settle-private.h"

/** conc_settle_list_fees: Returns: (transfer full): the names of the payments of a runner, in the
 * order in which they were entered. Writer thread.
 */
GPtrArray *
conc_settle_list_fees (ConcWriter *writer, const char *runner_id, GError **error)
{
  ConcDb *db = conc_writer_get_db (writer);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *statement =
      conc_db_prepare (db, "SELECT id FROM fee WHERE runner = ? ORDER BY hlc, id", error);
  ConcStep step;

  if (statement == NULL || !conc_db_bind (db, statement, error, "t", runner_id))
    return NULL;
  while ((step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    g_ptr_array_add (ids, conc_column_dup (statement, 0));
  return step == CONC_STEP_DONE ? g_steal_pointer (&ids) : NULL;
}

/**
 * conc_settle_append_fee:
 * @key: what is decided about @fee
 * @builder: (transfer full): has the decision under @key
 *
 * Appends a decision in the place of all that was said about @key before; where nothing was, in
 * that of the fact that entered the payment.
 */
gboolean
conc_settle_append_fee (ConcWriter        *writer,
                        const ConcCommand *command,
                        const char        *fee,
                        const char        *key,
                        ConcBodyBuilder   *builder,
                        ConcReceipt       *receipt,
                        GError           **error)
{
  g_autoptr (ConcBodyBuilder) owned = builder;
  g_autoptr (ConcMerged) merged = NULL;
  g_autofree char *names = NULL;
  const ConcSlot  *slot;

  if (!conc_execute_read_merged (writer, fee, &merged, error))
    return FALSE;
  slot = conc_merged_find (merged, key);
  names = slot != NULL ? conc_settle_list_names (slot)
                       : conc_fact_id_to_text (&conc_merged_get_founder (merged)->id);
  conc_body_builder_add_text (owned, CONC_KEY_SETTLES, names);
  return conc_execute_append (writer, command, CONC_KIND_FEE, fee, NULL,
                              conc_body_builder_end (g_steal_pointer (&owned)), receipt, error);
}
