/* execute-settle.c: somebody decides between what stations did apart. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/race-time.h"
#include "core/runner-facts.h"
#include "store/cards.h"
#include "store/settle-private.h"
#include "store/timebase.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/** conc_settle_refuse_settled: Returns: %FALSE: the card is not open. */
gboolean
conc_settle_refuse_settled (GError **error)
{
  return conc_store_refuse (error, _ ("This was settled already, or the race has changed since. "
                                      "Look at the conflicts again."));
}

/** conc_settle_refuse_choice: Returns: %FALSE: the card has no such choice. */
gboolean
conc_settle_refuse_choice (GError **error, const char *choice)
{
  return conc_store_refuse (error, _ ("“%s” is not one of the choices of this conflict."), choice);
}

/** conc_settle_is_noted: @ret_noted: (out): whether the projection of conflicts has @card. */
gboolean
conc_settle_is_noted (ConcWriter *writer, const char *card, gboolean *ret_noted, GError **error)
{
  ConcDb       *db = conc_writer_get_db (writer);
  sqlite3_stmt *statement =
      conc_db_prepare (db, "SELECT 1 FROM conflict WHERE card = ? LIMIT 1", error);
  ConcStep step;

  if (statement == NULL || !conc_db_bind (db, statement, error, "t", card))
    return FALSE;
  step = conc_db_step (db, statement, error);
  *ret_noted = step == CONC_STEP_ROW;
  sqlite3_reset (statement);
  return step != CONC_STEP_FAILED;
}

/* ---------------------------------------------------------- one key of one subject */

/* Who may not read what is decided may not read the decision: it is then of the kind of its family
 * that says such things. */
static ConcKind
choose_kind (const ConcMerged *merged, const ConcSlot *slot)
{
  gboolean is_private = conc_kind_is_private (slot->winner->kind);

  for (guint i = 0; i < slot->rivals->len; i++)
    is_private |= conc_kind_is_private (((ConcFact *) g_ptr_array_index (slot->rivals, i))->kind);
  if (conc_merged_get_family (merged) == CONC_FAMILY_GIFT)
    return is_private ? CONC_KIND_GIFT_PRIVATE : CONC_KIND_GIFT;
  if (conc_merged_get_family (merged) == CONC_FAMILY_FEE)
    return CONC_KIND_FEE;
  return is_private ? CONC_KIND_RUNNER_SET_PRIVATE : CONC_KIND_SETTLE;
}

static void
add_name (GString *names, const ConcFact *fact)
{
  g_autofree char *name = conc_fact_id_to_text (&fact->id);

  g_string_append_printf (names, "%s%s", names->len > 0 ? " " : "", name);
}

static const ConcFact *
find_chosen (const ConcSlot *slot, const ConcFactId *id)
{
  if (conc_fact_id_equal (&slot->winner->id, id))
    return slot->winner;
  for (guint i = 0; i < slot->rivals->len; i++)
    {
      const ConcFact *rival = g_ptr_array_index (slot->rivals, i);

      if (conc_fact_id_equal (&rival->id, id))
        return rival;
    }
  return NULL;
}

/** conc_settle_list_names: Returns: (transfer full): the facts between which is decided. */
char *
conc_settle_list_names (const ConcSlot *slot)
{
  GString *names = g_string_new (NULL);

  add_name (names, slot->winner);
  for (guint i = 0; slot->rivals != NULL && i < slot->rivals->len; i++)
    add_name (names, g_ptr_array_index (slot->rivals, i));
  return g_string_free (names, FALSE);
}

/* The age follows from the birth date that was chosen. */
static gboolean
settle_age (ConcWriter        *writer,
            const ConcCommand *command,
            const ConcMerged  *merged,
            const ConcFact    *chosen,
            const char        *subject,
            ConcReceipt       *receipt,
            GError           **error)
{
  const char     *date = conc_settings_get (conc_writer_get_settings (writer), CONC_SETTING_DATE);
  const char     *key = conc_field_get_key (CONC_FIELD_AGE);
  const ConcSlot *slot = conc_merged_find (merged, key);
  int             age =
      conc_age_on (conc_body_get_text (chosen->body, conc_field_get_key (CONC_FIELD_BIRTH_DATE)),
                   date);
  g_autofree char *names = NULL;
  ConcBodyBuilder *builder;

  if (slot == NULL || age < 0)
    return TRUE;
  names = conc_settle_list_names (slot);
  builder = conc_body_builder_new ();
  conc_body_builder_add_text (builder, CONC_KEY_SETTLES, names);
  conc_body_builder_add_int (builder, key, age);
  return conc_execute_append (writer, command, CONC_KIND_SETTLE, subject, NULL,
                              conc_body_builder_end (builder), receipt, error);
}

/* What goes along with the key: how a time was taken, or the check-in with which a bib was given.
 */
static void
copy_companions (ConcBodyBuilder *builder, const ConcFact *chosen, const char *key)
{
  conc_execute_copy_entry (builder, chosen->body, key);
  if (strcmp (key, conc_field_get_key (CONC_FIELD_BIB)) == 0 &&
      conc_subject_get_family (chosen->subject) == CONC_FAMILY_RUNNER)
    conc_execute_copy_entry (builder, chosen->body, conc_field_get_key (CONC_FIELD_CHECKED_IN));
  if (strcmp (key, "at") != 0)
    return;
  conc_execute_copy_entry (builder, chosen->body, "source");
  conc_execute_copy_entry (builder, chosen->body, CONC_KEY_MONOTONIC);
  conc_execute_copy_entry (builder, chosen->body, CONC_KEY_WALL);
  conc_execute_copy_entry (builder, chosen->body, CONC_KEY_CLOCK);
  if (conc_body_has (chosen->body, CONC_KEY_CLOCK_OF))
    conc_execute_copy_entry (builder, chosen->body, CONC_KEY_CLOCK_OF);
  else if (conc_body_has (chosen->body, CONC_KEY_CLOCK))
    conc_body_builder_add_text (builder, CONC_KEY_CLOCK_OF, chosen->id.station);
}

static gboolean
settle_what_follows (ConcWriter        *writer,
                     const ConcCommand *command,
                     const ConcMerged  *merged,
                     const ConcFact    *chosen,
                     const char        *key,
                     ConcReceipt       *receipt,
                     GError           **error)
{
  if (strcmp (chosen->subject, CONC_EXECUTE_DATE_SUBJECT) == 0)
    return conc_execute_correct_ages (writer, command, receipt, error);
  if (strcmp (key, conc_field_get_key (CONC_FIELD_BIRTH_DATE)) == 0)
    return settle_age (writer, command, merged, chosen, chosen->subject, receipt, error);
  return TRUE;
}

static gboolean
settle_slot (ConcWriter        *writer,
             const ConcCommand *command,
             const ConcMerged  *merged,
             const char        *subject,
             const char        *key,
             ConcReceipt       *receipt,
             GError           **error)
{
  const ConcSlot  *slot = conc_merged_find (merged, key);
  const ConcFact  *chosen;
  g_autofree char *names = NULL;
  ConcBodyBuilder *builder;
  ConcFactId       id;

  if (slot == NULL || slot->rivals == NULL)
    return conc_settle_refuse_settled (error);
  if (!conc_fact_id_parse (command->choice, &id))
    return conc_settle_refuse_choice (error, command->choice);
  chosen = find_chosen (slot, &id);
  if (chosen == NULL)
    return conc_settle_refuse_choice (error, command->choice);
  names = conc_settle_list_names (slot);
  builder = conc_body_builder_new ();
  conc_body_builder_add_text (builder, CONC_KEY_SETTLES, names);
  copy_companions (builder, chosen, key);
  return conc_execute_append (writer, command, choose_kind (merged, slot), subject, NULL,
                              conc_body_builder_end (builder), receipt, error) &&
         settle_what_follows (writer, command, merged, chosen, key, receipt, error);
}

/* ------------------------------------------------------- removed here, edited there */

/* However many desks removed the runner. */
static gboolean
bring_back (ConcWriter        *writer,
            const ConcCommand *command,
            const ConcMerged  *merged,
            const char        *subject,
            ConcReceipt       *receipt,
            GError           **error)
{
  for (guint i = 0; i < conc_merged_get_n_facts (merged); i++)
    {
      gboolean        is_effective;
      const ConcFact *fact = conc_merged_get_fact (merged, i, &is_effective);

      if (is_effective && fact->kind == CONC_KIND_RUNNER_REMOVED &&
          !conc_execute_append (writer, command, CONC_KIND_UNDO, subject, &fact->id,
                                conc_body_builder_end (conc_body_builder_new ()), receipt, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
settle_removed (ConcWriter        *writer,
                const ConcCommand *command,
                const ConcMerged  *merged,
                const char        *subject,
                ConcReceipt       *receipt,
                GError           **error)
{
  const ConcSlot *slot = conc_merged_find (merged, CONC_KEY_REMOVED);
  gboolean        noted;

  if (!conc_settle_is_noted (writer, command->card, &noted, error))
    return FALSE;
  if (!noted || slot == NULL)
    return conc_settle_refuse_settled (error);
  if (strcmp (command->choice, CONC_CHOICE_BRING_BACK) == 0)
    return bring_back (writer, command, merged, subject, receipt, error);
  if (strcmp (command->choice, CONC_CHOICE_KEEP_REMOVED) == 0)
    return conc_execute_append_removal (writer, command, subject, &slot->winner->id, merged, NULL,
                                        receipt, error);
  return conc_settle_refuse_choice (error, command->choice);
}

static gboolean
execute_slot (ConcWriter *writer, const ConcCommand *command, ConcReceipt *receipt, GError **error)
{
  const char      *slash = strrchr (command->card, '/');
  g_autofree char *subject = NULL;
  g_autoptr (ConcMerged) merged = NULL;

  if (slash == NULL)
    return conc_store_refuse (error, _ ("“%s” is not the name of a conflict."), command->card);
  subject = g_strndup (command->card, (gsize) (slash - command->card));
  if (!conc_execute_read_merged (writer, subject, &merged, error))
    return FALSE;
  if (strcmp (slash + 1, CONC_KEY_REMOVED) == 0)
    return settle_removed (writer, command, merged, subject, receipt, error);
  if (strcmp (slash + 1, conc_field_get_key (CONC_FIELD_ATTENDANCE)) == 0)
    return conc_settle_presence (writer, command, merged, subject, receipt, error);
  return settle_slot (writer, command, merged, subject, slash + 1, receipt, error);
}

/**
 * conc_execute_settle:
 *
 * Decides card @card of conc_reader_list_cards() by its choice @choice. The decision is a fact, or
 * several, and can be taken back like any other. A card that was settled meanwhile is refused.
 */
gboolean
conc_execute_settle (ConcWriter        *writer,
                     const ConcCommand *command,
                     ConcReceipt       *receipt,
                     GError           **error)
{
  if (g_str_has_prefix (command->card, CONC_CARD_BIB_PREFIX))
    return conc_settle_bib (writer, command, receipt, error);
  if (g_str_has_prefix (command->card, CONC_CARD_SAME_PREFIX))
    return conc_settle_same (writer, command, receipt, error);
  if (g_str_has_prefix (command->card, CONC_CARD_FEE_PREFIX))
    return conc_settle_fees (writer, command, receipt, error);
  return execute_slot (writer, command, receipt, error);
}
