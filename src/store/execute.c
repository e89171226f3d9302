/* execute.c: turns commands into facts, on the writer thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/execute.h"

#include "core/race-time.h"
#include "store/queries.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const ConcExecuteFunc functions[] = {
  [CONC_COMMAND_TAP] = conc_execute_tap,
  [CONC_COMMAND_BIB] = conc_execute_bib,
  [CONC_COMMAND_CROSS] = conc_execute_cross,
  [CONC_COMMAND_LINK] = conc_execute_link,
  [CONC_COMMAND_START] = conc_execute_start,
  [CONC_COMMAND_GUN] = conc_execute_gun,
  [CONC_COMMAND_GUN_SEEN] = conc_execute_gun_seen,
  [CONC_COMMAND_UNDO] = conc_execute_undo,
  [CONC_COMMAND_CHECK_IN] = conc_execute_check_in,
  [CONC_COMMAND_CHECK_OUT] = conc_execute_check_out,
  [CONC_COMMAND_REGISTER] = conc_execute_register,
  [CONC_COMMAND_EDIT] = conc_execute_edit,
  [CONC_COMMAND_ASSIGN_BIBS] = conc_execute_assign_bibs,
  [CONC_COMMAND_GIFT] = conc_execute_gift,
  [CONC_COMMAND_SETTING] = conc_execute_setting,
  [CONC_COMMAND_REMOVE_RUNNER] = conc_execute_remove_runner,
  [CONC_COMMAND_SETTLE] = conc_execute_settle,
  [CONC_COMMAND_WAIVER] = conc_execute_waiver,
  [CONC_COMMAND_FEE] = conc_execute_fee,
  [CONC_COMMAND_TRANSFER] = conc_execute_transfer,
  [CONC_COMMAND_ATTENDANCE] = conc_execute_attendance,
  [CONC_COMMAND_RULING] = conc_execute_ruling,
  [CONC_COMMAND_PENALTY] = conc_execute_penalty,
  [CONC_COMMAND_NO_SHOWS] = conc_execute_no_shows,
  [CONC_COMMAND_PRINT] = conc_execute_print,
  [CONC_COMMAND_PRINT_STATE] = conc_execute_print_state,
  [CONC_COMMAND_CHUTE] = conc_execute_chute,
  [CONC_COMMAND_CHUTE_SET] = conc_execute_chute_set,
  [CONC_COMMAND_REPAIR] = conc_execute_repair,
  [CONC_COMMAND_STREAM] = conc_execute_stream,
  [CONC_COMMAND_READS] = conc_execute_reads,
  [CONC_COMMAND_IGNORE_READ] = conc_execute_ignore_read,
  [CONC_COMMAND_CHIPS] = conc_execute_chips,
};

/**
 * conc_execute:
 * @receipt: filled in
 *
 * Returns: whether the facts of @command were appended. %CONC_STORE_ERROR_REFUSED: the command
 * makes no sense now and nothing was appended. Writer thread.
 */
gboolean
conc_execute (ConcWriter *writer, const ConcCommand *command, ConcReceipt *receipt, GError **error)
{
  g_assert (command->kind < G_N_ELEMENTS (functions));
  return functions[command->kind](writer, command, receipt, error);
}

/**
 * conc_execute_resolve_time:
 * @except_wave: (nullable): a wave whose gun does not help to tell which day is meant
 * @ret_usec: (out): the time that @command is about
 *
 * A time of day is on race day, or after midnight when that is what the gun makes of it.
 */
gboolean
conc_execute_resolve_time (ConcWriter        *writer,
                           const ConcCommand *command,
                           const char        *except_wave,
                           gint64            *ret_usec,
                           GError           **error)
{
  g_autoptr (GError) local_error = NULL;
  ConcSettings *settings;
  gint64        gun_usec;

  if (command->when == NULL)
    {
      *ret_usec = command->at_usec;
      return TRUE;
    }
  settings = conc_writer_get_settings (writer);
  if (!conc_query_first_gun (conc_writer_get_db (writer), except_wave, &gun_usec, error))
    return FALSE;
  if (conc_race_time_parse (command->when, conc_settings_get (settings, CONC_SETTING_DATE),
                            conc_writer_get_zone (writer), gun_usec, ret_usec, &local_error))
    return TRUE;
  return conc_store_refuse (error, "%s", local_error->message);
}

/**
 * conc_execute_append:
 * @body: (transfer full): the body
 *
 * Appends a fact and counts it in @receipt, which keeps the name of the first.
 */
gboolean
conc_execute_append (ConcWriter        *writer,
                     const ConcCommand *command,
                     ConcKind           kind,
                     const char        *subject,
                     const ConcFactId  *replaces,
                     ConcBody          *body,
                     ConcReceipt       *receipt,
                     GError           **error)
{
  ConcFactId id;

  if (!conc_writer_append (writer, kind, subject, replaces, command->operator_name, body, &id,
                           error))
    return FALSE;
  if (receipt->n_facts++ == 0)
    receipt->fact = id;
  return TRUE;
}

/** conc_execute_copy_entry: says in @builder what @from says for @key, if anything. */
void
conc_execute_copy_entry (ConcBodyBuilder *builder, const ConcBody *from, const char *key)
{
  for (guint i = 0; i < conc_body_get_n (from); i++)
    {
      if (strcmp (conc_body_get_key (from, i), key) != 0)
        continue;
      switch (conc_body_get_entry_type (from, i))
        {
        case CONC_BODY_INT:
          conc_body_builder_add_int (builder, key, conc_body_get_int (from, key, 0));
          break;
        case CONC_BODY_BOOL:
          conc_body_builder_add_bool (builder, key, conc_body_get_bool (from, key, FALSE));
          break;
        case CONC_BODY_TEXT:
        default:
          conc_body_builder_add_text (builder, key, conc_body_get_text (from, key));
        }
    }
}

/* What is shown now for the keys of @body, each fact once. */
static GPtrArray *
list_shown (const ConcMerged *merged, const ConcBody *body)
{
  GPtrArray *shown = g_ptr_array_new ();

  for (guint i = 0; i < conc_body_get_n (body); i++)
    {
      const ConcSlot *slot = conc_merged_find (merged, conc_body_get_key (body, i));

      if (slot != NULL && !g_ptr_array_find (shown, slot->winner, NULL))
        g_ptr_array_add (shown, slot->winner);
    }
  return shown;
}

static ConcBody *
add_settles (const ConcBody *body, const GPtrArray *shown)
{
  ConcBodyBuilder *builder = conc_body_builder_new ();
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < conc_body_get_n (body); i++)
    conc_execute_copy_entry (builder, body, conc_body_get_key (body, i));
  for (guint i = 0; i < shown->len; i++)
    {
      const ConcFact  *fact = g_ptr_array_index (shown, i);
      g_autofree char *name = conc_fact_id_to_text (&fact->id);

      g_string_append_printf (names, "%s%s", i > 0 ? " " : "", name);
    }
  conc_body_builder_add_text (builder, CONC_KEY_SETTLES, names->str);
  return conc_body_builder_end (builder);
}

/**
 * conc_execute_append_over:
 * @merged: what is known about @subject
 * @builder: (transfer full): what is said
 *
 * Appends one fact that corrects all that is shown for its keys, however many facts said it.
 */
gboolean
conc_execute_append_over (ConcWriter        *writer,
                          const ConcCommand *command,
                          ConcKind           kind,
                          const char        *subject,
                          const ConcMerged  *merged,
                          ConcBodyBuilder   *builder,
                          ConcReceipt       *receipt,
                          GError           **error)
{
  g_autoptr (ConcBody) body = conc_body_builder_end (builder);
  g_autoptr (GPtrArray) shown = list_shown (merged, body);
  const ConcFact *first = shown->len > 0 ? g_ptr_array_index (shown, 0) : NULL;

  if (shown->len > 1)
    return conc_execute_append (writer, command, kind, subject, NULL, add_settles (body, shown),
                                receipt, error);
  return conc_execute_append (writer, command, kind, subject, first != NULL ? &first->id : NULL,
                              g_steal_pointer (&body), receipt, error);
}

/** conc_execute_check_bib: Returns: whether @bib can be a bib. */
gboolean
conc_execute_check_bib (guint bib, GError **error)
{
  if (bib >= 1 && bib <= CONC_BIB_MAX)
    return TRUE;
  return conc_store_refuse (error, _ ("A bib is a number from 1 to %u."), CONC_BIB_MAX);
}

/** conc_execute_read_merged: what is known about @subject before this command. */
gboolean
conc_execute_read_merged (ConcWriter  *writer,
                          const char  *subject,
                          ConcMerged **ret_merged,
                          GError     **error)
{
  g_autoptr (GPtrArray) facts =
      conc_log_read_subject (conc_writer_get_log (writer), subject, error);

  if (facts == NULL)
    return FALSE;
  *ret_merged = conc_merge (facts);
  return TRUE;
}
