/* settle-desk.c: somebody decides which payments count, and whether a runner is here. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/runner-facts.h"
#include "store/card-private.h"
#include "store/projector.h"
#include "store/settle-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* ----------------------------------------------------------------------- payments */

static gboolean
is_open (ConcDb *db, const char *runner_id, gboolean *ret_open, GError **error)
{
  sqlite3_stmt *statement =
      conc_db_prepare (db, "SELECT 1 FROM " CONC_OPEN_FEES " WHERE runner = ?", error);
  ConcStep step;

  if (statement == NULL || !conc_db_bind (db, statement, error, "t", runner_id))
    return FALSE;
  step = conc_db_step (db, statement, error);
  *ret_open = step == CONC_STEP_ROW;
  sqlite3_reset (statement);
  return step != CONC_STEP_FAILED;
}

/** conc_settle_fees: see conc_execute_settle(). What does not count was entered twice; nothing is
 * paid back by it. */
gboolean
conc_settle_fees (ConcWriter        *writer,
                  const ConcCommand *command,
                  ConcReceipt       *receipt,
                  GError           **error)
{
  ConcDb     *db = conc_writer_get_db (writer);
  const char *runner_id = command->card + strlen (CONC_CARD_FEE_PREFIX);
  gboolean    is_all = strcmp (command->choice, CONC_CHOICE_ALL) == 0;
  gboolean    open;
  g_autoptr (GPtrArray) payments = conc_settle_list_fees (writer, runner_id, error);

  if (payments == NULL || !is_open (db, runner_id, &open, error))
    return FALSE;
  if (!open)
    return conc_settle_refuse_settled (error);
  if (!is_all && !g_ptr_array_find_with_equal_func (payments, command->choice, g_str_equal, NULL))
    return conc_settle_refuse_choice (error, command->choice);
  /* Said about every payment, so that another decision made apart is found to differ. */
  for (guint i = 0; i < payments->len; i++)
    {
      const char      *payment = g_ptr_array_index (payments, i);
      ConcBodyBuilder *builder = conc_body_builder_new ();

      conc_body_builder_add_bool (builder, CONC_KEY_COUNTS,
                                  is_all || strcmp (payment, command->choice) == 0);
      if (!conc_settle_append_fee (writer, command, payment, CONC_KEY_COUNTS, builder, receipt,
                                   error))
        return FALSE;
    }
  return TRUE;
}

/* ---------------------------------------------------------------- here or elsewhere */

static const ConcFact *
find_fact (const GPtrArray *facts, const char *name)
{
  ConcFactId id;

  for (guint i = 0; conc_fact_id_parse (name, &id) && i < facts->len; i++)
    if (conc_fact_id_equal (&((ConcFact *) g_ptr_array_index (facts, i))->id, &id))
      return g_ptr_array_index (facts, i);
  return NULL;
}

static void
add_names (ConcBodyBuilder *builder, const GPtrArray *facts)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < facts->len; i++)
    {
      g_autofree char *name =
          conc_fact_id_to_text (&((ConcFact *) g_ptr_array_index (facts, i))->id);

      g_string_append_printf (names, "%s%s", i > 0 ? " " : "", name);
    }
  conc_body_builder_add_text (builder, CONC_KEY_SETTLES, names->str);
}

/* Says both: whether the runner is here, and whether expected; and the event that goes with it. */
static ConcBody *
make_presence_body (const ConcMerged *merged, const GPtrArray *facts, const ConcFact *chosen)
{
  const char      *at = conc_field_get_key (CONC_FIELD_CHECKED_IN);
  const char      *attendance = conc_field_get_key (CONC_FIELD_ATTENDANCE);
  const char      *event = conc_field_get_key (CONC_FIELD_EVENT);
  const char      *time = conc_body_get_text (chosen->body, at);
  gboolean         is_here = time != NULL && *time != '\0';
  const char      *absence = conc_body_get_text (chosen->body, attendance);
  g_autofree char *before = is_here ? conc_execute_dup_event_before (merged) : NULL;
  ConcBodyBuilder *builder = conc_body_builder_new ();

  add_names (builder, facts);
  conc_body_builder_add_text (builder, at, is_here ? time : "");
  conc_body_builder_add_text (builder, attendance, is_here || absence == NULL ? "" : absence);
  if (conc_body_has (chosen->body, event))
    conc_execute_copy_entry (builder, chosen->body, event);
  else
    conc_body_builder_add_text (builder, event, before);
  return conc_body_builder_end (builder);
}

/** conc_settle_presence: see conc_execute_settle(). */
gboolean
conc_settle_presence (ConcWriter        *writer,
                      const ConcCommand *command,
                      const ConcMerged  *merged,
                      const char        *subject,
                      ConcReceipt       *receipt,
                      GError           **error)
{
  g_autoptr (GPtrArray) facts = conc_list_presence (merged);
  const ConcFact *chosen;
  gboolean        noted;

  if (!conc_settle_is_noted (writer, command->card, &noted, error))
    return FALSE;
  if (!noted)
    return conc_settle_refuse_settled (error);
  chosen = find_fact (facts, command->choice);
  if (chosen == NULL)
    return conc_settle_refuse_choice (error, command->choice);
  return conc_execute_append (writer, command, CONC_KIND_SETTLE, subject, NULL,
                              make_presence_body (merged, facts, chosen), receipt, error);
}
