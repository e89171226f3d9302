/* execute-desk.c: waivers and payments at the desk. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/execute.h"

#include "core/money.h"
#include "core/race-time.h"
#include "core/runner-facts.h"
#include "core/signature.h"
#include "store/cards.h"
#include "store/queries.h"
#include "store/random.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SIGNER_MAX_BYTES 400
#define ID_CHARS 16

static gboolean
check_signer (const char *signer, GError **error)
{
  if (signer == NULL || (strlen (signer) <= SIGNER_MAX_BYTES && g_utf8_validate (signer, -1, NULL)))
    return TRUE;
  return conc_store_refuse (error, _ ("The name of who signs has at most %d letters."),
                            SIGNER_MAX_BYTES);
}

/* On paper nobody signs here; on the screen a line must be on the pad. */
static gboolean
check_signature (const ConcCommand *command, char **ret_signature, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (ConcSignature) signature = NULL;

  if (g_strcmp0 (command->text, CONC_WAIVER_ON_PAPER) == 0)
    {
      *ret_signature = NULL;
      return TRUE;
    }
  if (g_strcmp0 (command->text, CONC_WAIVER_ON_SCREEN) != 0)
    return conc_store_refuse (error, _ ("A waiver is accepted on the screen or on paper."));
  signature =
      conc_signature_parse (command->signature != NULL ? command->signature : "", &local_error);
  if (signature == NULL)
    return conc_store_refuse (error, "%s", local_error->message);
  if (conc_signature_is_empty (signature))
    return conc_store_refuse (error, _ ("The waiver is not signed yet."));
  *ret_signature = conc_signature_to_text (signature);
  return TRUE;
}

static ConcBody *
make_waiver_body (const ConcCommand *command, const char *signature, const char *at)
{
  ConcBodyBuilder *builder = conc_body_builder_new ();

  conc_body_builder_add_text (builder, CONC_KEY_WAIVER_BY, command->text);
  conc_body_builder_add_text (builder, CONC_KEY_WAIVER_SIGNER, command->signer);
  conc_body_builder_add_text (builder, CONC_KEY_WAIVER_SIGNATURE, signature);
  conc_body_builder_add_text (builder, CONC_KEY_WAIVER_AT, at);
  return conc_body_builder_end (builder);
}

/* That it is accepted, everybody may know; once is enough. */
static gboolean
append_accepted (ConcWriter        *writer,
                 const ConcCommand *command,
                 const ConcRunner  *runner,
                 const ConcMerged  *merged,
                 ConcReceipt       *receipt,
                 GError           **error)
{
  const ConcSlot *slot = conc_merged_find (merged, conc_field_get_key (CONC_FIELD_WAIVER));

  return conc_runner_get_waiver (runner) ||
         conc_execute_append (writer, command, CONC_KIND_RUNNER_SET, conc_runner_get_id (runner),
                              slot != NULL ? &slot->winner->id : NULL,
                              conc_field_to_body (CONC_FIELD_WAIVER, "yes"), receipt, error);
}

/** conc_execute_waiver: a runner accepts the waiver, on the screen or on a form that is filed. */
gboolean
conc_execute_waiver (ConcWriter        *writer,
                     const ConcCommand *command,
                     ConcReceipt       *receipt,
                     GError           **error)
{
  g_autoptr (ConcRunner) runner = conc_execute_find_runner (writer, command, error);
  g_autoptr (ConcMerged) merged = NULL;
  g_autofree char *signature = NULL;
  g_autofree char *at = NULL;

  if (runner == NULL || !check_signer (command->signer, error) ||
      !check_signature (command, &signature, error) ||
      !conc_execute_resolve_time (writer, command, NULL, &receipt->at_usec, error) ||
      !conc_execute_read_merged (writer, conc_runner_get_id (runner), &merged, error))
    return FALSE;
  conc_execute_fill_receipt (receipt, runner);
  at = conc_time_format_rfc3339 (receipt->at_usec, conc_writer_get_utc (writer));
  return conc_execute_append (writer, command, CONC_KIND_WAIVER, conc_runner_get_id (runner), NULL,
                              make_waiver_body (command, signature, at), receipt, error) &&
         append_accepted (writer, command, runner, merged, receipt, error);
}

static gboolean
check_payment (const ConcGift *payment, GError **error)
{
  if (payment->amount_cents <= 0 || payment->amount_cents > CONC_MONEY_MAX_CENTS)
    return conc_store_refuse (error,
                              _ ("A payment is more than nothing and at most $100,000,000."));
  if (payment->method == CONC_METHOD_PLEDGE || payment->method == CONC_METHOD_MATCH ||
      payment->method >= CONC_N_METHODS)
    return conc_store_refuse (error, _ ("A fee is paid in cash, by check, by card or online."));
  return TRUE;
}

static ConcBody *
make_fee_body (const ConcRunner *runner,
               const ConcGift   *payment,
               gint64            before_cents,
               const char       *at)
{
  ConcBodyBuilder *builder = conc_body_builder_new ();

  conc_body_builder_add_text (builder, "runner", conc_runner_get_id (runner));
  conc_body_builder_add_int (builder, "amount_cents", payment->amount_cents);
  conc_body_builder_add_text (builder, "method", conc_method_to_text (payment->method));
  conc_body_builder_add_text (builder, "at", at);
  if (before_cents > 0)
    conc_body_builder_add_int (builder, CONC_KEY_BEFORE, before_cents);
  return conc_body_builder_end (builder);
}

/** conc_execute_fee: an entry fee or what is left of it is paid at the desk. No part of it is a
 * gift. */
gboolean
conc_execute_fee (ConcWriter        *writer,
                  const ConcCommand *command,
                  ConcReceipt       *receipt,
                  GError           **error)
{
  g_autoptr (ConcRunner) runner = conc_execute_find_runner (writer, command, error);
  g_autofree char *id = NULL;
  g_autofree char *subject = NULL;
  g_autofree char *at = NULL;
  gint64           before_cents;

  if (runner == NULL || !check_payment (command->gift, error) ||
      !conc_execute_resolve_time (writer, command, NULL, &receipt->at_usec, error))
    return FALSE;
  id = conc_random_id (ID_CHARS, error);
  if (id == NULL || !conc_query_paid_cents (conc_writer_get_db (writer),
                                            conc_runner_get_id (runner), &before_cents, error))
    return FALSE;
  conc_execute_fill_receipt (receipt, runner);
  subject = g_strconcat ("f", id, NULL);
  at = conc_time_format_rfc3339 (receipt->at_usec, conc_writer_get_utc (writer));
  return conc_execute_append (writer, command, CONC_KIND_FEE, subject, NULL,
                              make_fee_body (runner, command->gift, before_cents, at), receipt,
                              error);
}
