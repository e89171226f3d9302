/* execute-print.c: labels are put into the queue, and what becomes of them. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/execute.h"

#include "core/race-time.h"
#include "store/queries.h"
#include "store/random.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define ID_CHARS 16
#define TEXT_MAX_BYTES 500

static gboolean
is_short (const char *text)
{
  return text == NULL || (strlen (text) <= TEXT_MAX_BYTES && g_utf8_validate (text, -1, NULL));
}

static gboolean
check_texts (const ConcPrint *print, GError **error)
{
  if (is_short (print->layout) && is_short (print->stock) && is_short (print->printer) &&
      is_short (print->batch) && is_short (print->content) && is_short (print->reprint_of) &&
      is_short (print->reason) && is_short (print->detail))
    return TRUE;
  return conc_store_refuse (error, _ ("What is said about a label has at most %d letters."),
                            TEXT_MAX_BYTES);
}

static gboolean
check_runner (ConcDb *db, const ConcPrint *print, GError **error)
{
  GError *local_error = NULL;
  g_autoptr (ConcRunner) runner = conc_query_runner (db, print->runner_id, &local_error);

  if (runner != NULL)
    return TRUE;
  if (local_error != NULL)
    g_propagate_error (error, local_error);
  else
    conc_store_refuse (error, _ ("This runner is not in the race any more."));
  return FALSE;
}

static gboolean
check_print (ConcWriter *writer, const ConcPrint *print, GError **error)
{
  if (print->layout == NULL || *print->layout == '\0')
    return conc_store_refuse (error, _ ("A label needs a layout."));
  if (print->reprint_of != NULL && (print->reason == NULL || *print->reason == '\0'))
    return conc_store_refuse (error, _ ("A label is printed again for a reason: give one."));
  return check_texts (print, error) && check_runner (conc_writer_get_db (writer), print, error);
}

/* The id is chance, not the name of the fact: it stays when this station takes another name while
 * the label is on its way. */
static gboolean
append_print (ConcWriter        *writer,
              const ConcCommand *command,
              const ConcPrint   *print,
              const char        *at,
              ConcReceipt       *receipt,
              GError           **error)
{
  g_autofree char *id = conc_random_id (ID_CHARS, error);
  char            *subject;

  if (id == NULL)
    return FALSE;
  subject = g_strconcat ("p", id, NULL);
  g_ptr_array_add (receipt->print_ids, subject);
  return conc_execute_append (writer, command, CONC_KIND_PRINT, subject, NULL,
                              conc_print_to_body (print, at), receipt, error);
}

/** conc_execute_print: puts labels into the queue, all or none; @receipt names them in order. */
gboolean
conc_execute_print (ConcWriter        *writer,
                    const ConcCommand *command,
                    ConcReceipt       *receipt,
                    GError           **error)
{
  g_autofree char *at = NULL;

  if (!conc_execute_resolve_time (writer, command, NULL, &receipt->at_usec, error))
    return FALSE;
  for (guint i = 0; i < command->prints->len; i++)
    if (!check_print (writer, g_ptr_array_index (command->prints, i), error))
      return FALSE;
  g_clear_pointer (&receipt->print_ids, g_ptr_array_unref);
  receipt->print_ids = g_ptr_array_new_with_free_func (g_free);
  at = conc_time_format_rfc3339 (receipt->at_usec, conc_writer_get_utc (writer));
  for (guint i = 0; i < command->prints->len; i++)
    if (!append_print (writer, command, g_ptr_array_index (command->prints, i), at, receipt, error))
      return FALSE;
  return TRUE;
}

static gboolean
check_state (ConcWriter *writer, const ConcPrint *print, GError **error)
{
  g_autoptr (ConcMerged) merged = NULL;

  if (!check_texts (print, error))
    return FALSE;
  if (print->id == NULL || conc_subject_get_family (print->id) != CONC_FAMILY_PRINT)
    return conc_store_refuse (error, _ ("There is no label “%s” in the queue."),
                              print->id != NULL ? print->id : "");
  if (!conc_execute_read_merged (writer, print->id, &merged, error))
    return FALSE;
  if (!conc_merged_exists (merged))
    return conc_store_refuse (error, _ ("There is no label “%s” in the queue."), print->id);
  return TRUE;
}

static gboolean
is_like_that (const ConcMerged *merged, const ConcPrint *wanted)
{
  g_autoptr (ConcPrint) known = conc_print_from_merged (wanted->id, merged);

  return known->state == wanted->state && conc_merged_find (merged, "state") != NULL &&
         g_strcmp0 (known->detail != NULL ? known->detail : "",
                    wanted->detail != NULL ? wanted->detail : "") == 0 &&
         (wanted->printer == NULL || g_strcmp0 (known->printer, wanted->printer) == 0);
}

static gboolean
append_state (ConcWriter        *writer,
              const ConcCommand *command,
              const ConcPrint   *print,
              const char        *at,
              ConcReceipt       *receipt,
              GError           **error)
{
  g_autoptr (ConcMerged) merged = NULL;
  const ConcSlot *slot;

  if (!conc_execute_read_merged (writer, print->id, &merged, error))
    return FALSE;
  if (is_like_that (merged, print))
    return TRUE;
  slot = conc_merged_find (merged, "state");
  return conc_execute_append (writer, command, CONC_KIND_PRINT_STATE, print->id,
                              slot != NULL ? &slot->winner->id : NULL,
                              conc_print_to_state_body (print, at), receipt, error);
}

/** conc_execute_print_state: says what became of labels, all or none; what is known is not said
 * again. */
gboolean
conc_execute_print_state (ConcWriter        *writer,
                          const ConcCommand *command,
                          ConcReceipt       *receipt,
                          GError           **error)
{
  g_autofree char *at = NULL;

  if (!conc_execute_resolve_time (writer, command, NULL, &receipt->at_usec, error))
    return FALSE;
  for (guint i = 0; i < command->prints->len; i++)
    if (!check_state (writer, g_ptr_array_index (command->prints, i), error))
      return FALSE;
  at = conc_time_format_rfc3339 (receipt->at_usec, conc_writer_get_utc (writer));
  for (guint i = 0; i < command->prints->len; i++)
    if (!append_state (writer, command, g_ptr_array_index (command->prints, i), at, receipt, error))
      return FALSE;
  receipt->was_already = receipt->n_facts == 0;
  return TRUE;
}
