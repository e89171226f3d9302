/* settle-hand-over.c: what happened to one entry of a person has happened to the other. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/runner-facts.h"
#include "store/settle-private.h"

/* With the shirt that was handed out. */
static gboolean
hand_over_check_in (ConcWriter        *writer,
                    const ConcCommand *command,
                    const ConcRunner  *stays,
                    const ConcRunner  *goes,
                    ConcReceipt       *receipt,
                    GError           **error)
{
  ConcBodyBuilder *builder;

  if (!conc_runner_get_checked_in (goes) || conc_runner_get_checked_in (stays))
    return TRUE;
  builder = conc_body_builder_new ();
  conc_body_builder_add_text (builder, conc_field_get_key (CONC_FIELD_CHECKED_IN),
                              conc_runner_get (goes, CONC_FIELD_CHECKED_IN));
  if (conc_runner_get (stays, CONC_FIELD_SHIRT_GIVEN) == NULL)
    conc_body_builder_add_text (builder, conc_field_get_key (CONC_FIELD_SHIRT_GIVEN),
                                conc_runner_get (goes, CONC_FIELD_SHIRT_GIVEN));
  return conc_execute_append (writer, command, CONC_KIND_CHECK_IN, conc_runner_get_id (stays), NULL,
                              conc_body_builder_end (builder), receipt, error);
}

static gboolean
hand_over_waiver (ConcWriter        *writer,
                  const ConcCommand *command,
                  const ConcRunner  *stays,
                  const ConcRunner  *goes,
                  ConcReceipt       *receipt,
                  GError           **error)
{
  static const char *const keys[] = { CONC_KEY_WAIVER_BY, CONC_KEY_WAIVER_SIGNER,
                                      CONC_KEY_WAIVER_SIGNATURE, CONC_KEY_WAIVER_AT };
  g_autoptr (ConcMerged) merged = NULL;
  ConcBodyBuilder *builder;

  if (!conc_runner_get_waiver (goes) || conc_runner_get_waiver (stays))
    return TRUE;
  if (!conc_execute_append (writer, command, CONC_KIND_RUNNER_SET, conc_runner_get_id (stays), NULL,
                            conc_field_to_body (CONC_FIELD_WAIVER, "yes"), receipt, error) ||
      !conc_execute_read_merged (writer, conc_runner_get_id (goes), &merged, error))
    return FALSE;
  if (conc_merged_get_text (merged, CONC_KEY_WAIVER_BY) == NULL)
    return TRUE;
  builder = conc_body_builder_new ();
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    conc_body_builder_add_text (builder, keys[i], conc_merged_get_text (merged, keys[i]));
  return conc_execute_append (writer, command, CONC_KIND_WAIVER, conc_runner_get_id (stays), NULL,
                              conc_body_builder_end (builder), receipt, error);
}

static gboolean
hand_over_fees (ConcWriter        *writer,
                const ConcCommand *command,
                const ConcRunner  *stays,
                const ConcRunner  *goes,
                ConcReceipt       *receipt,
                GError           **error)
{
  g_autoptr (GPtrArray) fees = conc_settle_list_fees (writer, conc_runner_get_id (goes), error);

  for (guint i = 0; fees != NULL && i < fees->len; i++)
    {
      ConcBodyBuilder *builder = conc_body_builder_new ();

      conc_body_builder_add_text (builder, "runner", conc_runner_get_id (stays));
      if (!conc_settle_append_fee (writer, command, g_ptr_array_index (fees, i), "runner", builder,
                                   receipt, error))
        return FALSE;
    }
  return fees != NULL;
}

/**
 * conc_settle_hand_over:
 * @stays: the entry of a person that is kept
 * @goes: the other one
 *
 * Bib, check-in, waiver and payments of @goes, unless @stays has its own; all payments were made.
 */
gboolean
conc_settle_hand_over (ConcWriter        *writer,
                       const ConcCommand *command,
                       const ConcRunner  *stays,
                       const ConcRunner  *goes,
                       ConcReceipt       *receipt,
                       GError           **error)
{
  guint bib = conc_runner_get_bib (goes);

  if (bib != 0 && conc_runner_get (stays, CONC_FIELD_BIB) == NULL &&
      !conc_settle_append_bib (writer, command, conc_runner_get_id (stays), bib, receipt, error))
    return FALSE;
  return hand_over_check_in (writer, command, stays, goes, receipt, error) &&
         hand_over_waiver (writer, command, stays, goes, receipt, error) &&
         hand_over_fees (writer, command, stays, goes, receipt, error);
}
