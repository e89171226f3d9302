/* execute-remove.c: takes a runner out of the race. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/execute.h"

#include "core/runner-facts.h"
#include "store/queries.h"

/* The last fact of each station about the runner. What is not among them or before was written by
 * somebody who did not know of the removal. */
static char *
list_seen (const ConcMerged *merged)
{
  g_autoptr (GHashTable) last = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GList) stations = NULL;
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < conc_merged_get_n_facts (merged); i++)
    {
      gboolean        is_effective;
      const ConcFact *fact = conc_merged_get_fact (merged, i, &is_effective);
      const ConcFact *known = g_hash_table_lookup (last, fact->id.station);

      if (known == NULL || fact->id.seq > known->id.seq)
        g_hash_table_replace (last, (gpointer) fact->id.station, (gpointer) fact);
    }
  stations = g_list_sort (g_hash_table_get_keys (last), (GCompareFunc) g_strcmp0);
  for (GList *each = stations; each != NULL; each = each->next)
    {
      const ConcFact  *fact = g_hash_table_lookup (last, each->data);
      g_autofree char *name = conc_fact_id_to_text (&fact->id);

      g_string_append_printf (names, "%s%s", names->len > 0 ? " " : "", name);
    }
  return g_string_free (names, FALSE);
}

/**
 * conc_execute_append_removal:
 * @subject: the runner
 * @replaces: (nullable): an earlier removal that this one confirms
 * @merged: what is known about the runner at this station
 * @reason: (nullable): in the words of the person at the desk
 *
 * Appends that the runner is out, with what was known here when that was said.
 */
gboolean
conc_execute_append_removal (ConcWriter        *writer,
                             const ConcCommand *command,
                             const char        *subject,
                             const ConcFactId  *replaces,
                             const ConcMerged  *merged,
                             const char        *reason,
                             ConcReceipt       *receipt,
                             GError           **error)
{
  g_autofree char *seen = list_seen (merged);
  ConcBodyBuilder *builder = conc_body_builder_new ();

  conc_body_builder_add_bool (builder, CONC_KEY_REMOVED, TRUE);
  conc_body_builder_add_text (builder, "reason", reason);
  conc_body_builder_add_text (builder, CONC_KEY_SAW, seen);
  return conc_execute_append (writer, command, CONC_KIND_RUNNER_REMOVED, subject, replaces,
                              conc_body_builder_end (builder), receipt, error);
}

/**
 * conc_execute_remove_runner:
 *
 * The runner is on no list any more and the bib is free. What was written stays in the log: an undo
 * brings the runner back as before.
 */
gboolean
conc_execute_remove_runner (ConcWriter        *writer,
                            const ConcCommand *command,
                            ConcReceipt       *receipt,
                            GError           **error)
{
  g_autoptr (ConcRunner) runner = conc_execute_find_runner (writer, command, error);
  g_autoptr (ConcMerged) merged = NULL;
  const char *id;

  if (runner == NULL)
    return FALSE;
  id = conc_runner_get_id (runner);
  if (!conc_execute_read_merged (writer, id, &merged, error))
    return FALSE;
  receipt->bib = conc_runner_get_bib (runner);
  receipt->runner_id = g_strdup (id);
  return conc_execute_append_removal (writer, command, id, NULL, merged, command->text, receipt,
                                      error);
}
