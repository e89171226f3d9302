/* execute-other.c: undo, gifts and settings. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/execute.h"

#include "core/gift.h"
#include "core/money.h"
#include "core/race-time.h"

#include <glib/gi18n-lib.h>

static gboolean
find_target (ConcWriter *writer, const ConcFactId *id, ConcFact **ret_fact, GError **error)
{
  g_autofree char *name = conc_fact_id_to_text (id);

  if (!conc_log_find (conc_writer_get_log (writer), id, ret_fact, error))
    return FALSE;
  if (*ret_fact == NULL)
    return conc_store_refuse (error, _ ("There is no entry %s."), name);
  return TRUE;
}

/**
 * conc_execute_undo:
 *
 * Takes one fact back; taking back an undo brings its target back. The settings that a race was
 * created with can be corrected, not taken back. With another date of the race, ages change too.
 */
gboolean
conc_execute_undo (ConcWriter        *writer,
                   const ConcCommand *command,
                   ConcReceipt       *receipt,
                   GError           **error)
{
  g_autoptr (ConcFact) target = NULL;
  g_autoptr (ConcMerged) merged = NULL;

  if (!find_target (writer, &command->target, &target, error) ||
      !conc_execute_read_merged (writer, target->subject, &merged, error))
    return FALSE;
  if (!conc_merged_is_effective (merged, &target->id))
    return conc_store_refuse (error, _ ("This entry was taken back already."));
  if (target->kind == CONC_KIND_SETTING && !conc_fact_id_is_set (&target->replaces))
    return conc_store_refuse (error, _ ("A setting that the race began with cannot be taken back; "
                                        "change it instead."));
  return conc_execute_append (writer, command, CONC_KIND_UNDO, target->subject, &target->id,
                              conc_body_builder_end (conc_body_builder_new ()), receipt, error) &&
         (conc_subject_get_family (target->subject) != CONC_FAMILY_REPAIR ||
          conc_execute_follow_repair (writer, command, target->subject, receipt, error)) &&
         (g_strcmp0 (target->subject, CONC_EXECUTE_DATE_SUBJECT) != 0 ||
          conc_execute_correct_ages (writer, command, receipt, error));
}

static gboolean
find_beneficiary (ConcWriter *writer, const char *wanted, char **ret_name, GError **error)
{
  g_autoptr (GPtrArray) list = conc_settings_dup_beneficiaries (conc_writer_get_settings (writer));
  g_autofree char *folded = g_utf8_casefold (wanted, -1);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < list->len; i++)
    {
      const ConcBeneficiary *each = g_ptr_array_index (list, i);
      g_autofree char       *other = g_utf8_casefold (each->name, -1);

      if (strcmp (folded, other) == 0)
        {
          *ret_name = g_strdup (each->name);
          return TRUE;
        }
      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", each->name);
    }
  return conc_store_refuse (error, _ ("“%s” is not a beneficiary of this race. They are: %s."),
                            wanted, names->str);
}

static gboolean
check_amount (gint64 cents, GError **error)
{
  if (cents > 0 && cents <= CONC_MONEY_MAX_CENTS)
    return TRUE;
  return conc_store_refuse (error, _ ("A gift is more than nothing and at most $100,000,000."));
}

static ConcBody *
make_gift_body (ConcWriter *writer, const ConcGift *gift, const char *beneficiary, gint64 at_usec)
{
  ConcBodyBuilder *builder = conc_body_builder_new ();
  g_autofree char *at = conc_time_format_rfc3339 (at_usec, conc_writer_get_utc (writer));

  conc_body_builder_add_int (builder, "amount_cents", gift->amount_cents);
  conc_body_builder_add_text (builder, "at", at);
  conc_body_builder_add_text (builder, "method", conc_method_to_text (gift->method));
  conc_body_builder_add_text (builder, "beneficiary", beneficiary);
  if (gift->is_anonymous)
    conc_body_builder_add_bool (builder, "anonymous", TRUE);
  else
    {
      conc_body_builder_add_text (builder, "from", gift->from);
      conc_body_builder_add_text (builder, "message", gift->message);
    }
  return conc_body_builder_end (builder);
}

/* Who wants to stay unknown is known to the treasurer only. */
static ConcBody *
make_private_gift_body (const ConcGift *gift)
{
  ConcBodyBuilder *builder = conc_body_builder_new ();

  if (gift->is_anonymous)
    {
      conc_body_builder_add_text (builder, "from", gift->from);
      conc_body_builder_add_text (builder, "message", gift->message);
    }
  return conc_body_builder_end (builder);
}

/**
 * conc_execute_append_gift:
 * @subject: the id of the gift
 * @beneficiary: (nullable): as the settings have it
 */
gboolean
conc_execute_append_gift (ConcWriter        *writer,
                          const ConcCommand *command,
                          const char        *subject,
                          const char        *beneficiary,
                          ConcReceipt       *receipt,
                          GError           **error)
{
  const ConcGift *gift = command->gift;
  g_autoptr (ConcBody) private_body = make_private_gift_body (gift);

  if (!conc_execute_append (writer, command, CONC_KIND_GIFT, subject, NULL,
                            make_gift_body (writer, gift, beneficiary, receipt->at_usec), receipt,
                            error))
    return FALSE;
  return conc_body_get_n (private_body) == 0 ||
         conc_execute_append (writer, command, CONC_KIND_GIFT_PRIVATE, subject, NULL,
                              g_steal_pointer (&private_body), receipt, error);
}

/** conc_execute_gift: enters a gift. Its subject is its own fact, with a "g" before it. */
gboolean
conc_execute_gift (ConcWriter        *writer,
                   const ConcCommand *command,
                   ConcReceipt       *receipt,
                   GError           **error)
{
  const ConcGift  *gift = command->gift;
  g_autofree char *beneficiary = NULL;
  g_autofree char *name = NULL;
  g_autofree char *subject = NULL;
  ConcFactId       id;

  if (!check_amount (gift->amount_cents, error) ||
      !conc_execute_resolve_time (writer, command, NULL, &receipt->at_usec, error))
    return FALSE;
  if (gift->beneficiary != NULL && *gift->beneficiary != '\0' &&
      !find_beneficiary (writer, gift->beneficiary, &beneficiary, error))
    return FALSE;
  conc_writer_peek_next_id (writer, &id);
  name = conc_fact_id_to_text (&id);
  subject = g_strconcat ("g", name, NULL);
  return conc_execute_append_gift (writer, command, subject, beneficiary, receipt, error);
}

/** conc_execute_setting: changes one setting; setting it to what it is writes nothing. */
gboolean
conc_execute_setting (ConcWriter        *writer,
                      const ConcCommand *command,
                      ConcReceipt       *receipt,
                      GError           **error)
{
  const char      *key = conc_setting_get_key (command->setting);
  g_autofree char *subject = g_strconcat ("setting:", key, NULL);
  g_autoptr (GError) local_error = NULL;
  g_autofree char *value = NULL;
  g_autoptr (ConcMerged) merged = NULL;
  const ConcSlot  *slot;
  ConcBodyBuilder *builder;

  value = conc_setting_normalise (command->setting, command->text, &local_error);
  if (value == NULL)
    return conc_store_refuse (error, "%s", local_error->message);
  if (!conc_execute_read_merged (writer, subject, &merged, error))
    return FALSE;
  slot = conc_merged_find (merged, "value");
  receipt->was_already = g_strcmp0 (conc_merged_get_text (merged, "value"), value) == 0;
  if (receipt->was_already)
    return TRUE;
  builder = conc_body_builder_new ();
  conc_body_builder_add_text (builder, "value", value);
  return conc_execute_append (writer, command, CONC_KIND_SETTING, subject,
                              slot != NULL ? &slot->winner->id : NULL,
                              conc_body_builder_end (builder), receipt, error) &&
         (command->setting != CONC_SETTING_DATE ||
          conc_execute_correct_ages (writer, command, receipt, error));
}
