/* execute-remove.c: takes a runner out of the race. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/execute.h"

#include "store/queries.h"

static const ConcFact *
find_latest (GPtrArray *facts)
{
  const ConcFact *latest = NULL;

  for (guint i = 0; i < facts->len; i++)
    {
      const ConcFact *fact = g_ptr_array_index (facts, i);

      if (latest == NULL || conc_fact_compare (fact, latest) > 0)
        latest = fact;
    }
  return latest;
}

/* What was known at this station when the runner was taken out: what comes later, from elsewhere,
 * was written by somebody who did not know of it. */
static ConcBody *
make_body (const char *reason, GPtrArray *facts)
{
  const ConcFact  *latest = find_latest (facts);
  g_autofree char *saw = latest != NULL ? conc_fact_id_to_text (&latest->id) : NULL;
  ConcBodyBuilder *builder = conc_body_builder_new ();

  conc_body_builder_add_bool (builder, "removed", TRUE);
  conc_body_builder_add_text (builder, "reason", reason);
  conc_body_builder_add_text (builder, CONC_KEY_SAW, saw);
  return conc_body_builder_end (builder);
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
  g_autoptr (GPtrArray) facts = NULL;
  const char *id;

  if (runner == NULL)
    return FALSE;
  id = conc_runner_get_id (runner);
  facts = conc_log_read_subject (conc_writer_get_log (writer), id, error);
  if (facts == NULL)
    return FALSE;
  receipt->bib = conc_runner_get_bib (runner);
  receipt->runner_id = g_strdup (id);
  return conc_execute_append (writer, command, CONC_KIND_RUNNER_REMOVED, id, NULL,
                              make_body (command->text, facts), receipt, error);
}
