/* import-apply.c: writes what the plan of an import says. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/import-private.h"

#include "core/ids.h"
#include "core/race-time.h"
#include "core/runner-facts.h"
#include "store/execute.h"
#include "store/queries.h"
#include "store/race-file-private.h"

#include <glib/gi18n-lib.h>

static gboolean
apply_change (ConcWriter          *writer,
              const ConcImportRow *row,
              ConcField            field,
              const ConcMerged    *merged,
              GError             **error)
{
  const ConcSlot *slot = conc_merged_find (merged, conc_field_get_key (field));
  gboolean is_private = conc_field_get_set_kind (field, conc_runner_get_public (row->runner)) ==
                        CONC_KIND_RUNNER_SET_PRIVATE;

  return conc_writer_append (writer, is_private ? CONC_KIND_RUNNER_PRIVATE : CONC_KIND_RUNNER,
                             row->subject, slot != NULL ? &slot->winner->id : NULL, NULL,
                             conc_field_to_body (field, conc_runner_get (row->runner, field)), NULL,
                             error);
}

static gboolean
apply_changes (ConcWriter *writer, const ConcImportRow *row, GError **error)
{
  g_autoptr (ConcMerged) merged = NULL;

  conc_writer_mark_bulk (writer);
  if (!conc_execute_read_merged (writer, row->subject, &merged, error))
    return FALSE;
  for (guint i = 0; i < row->changes->len; i++)
    if (!apply_change (writer, row, g_array_index (row->changes, guint, i), merged, error))
      return FALSE;
  return !row->bib_is_free ||
         conc_writer_append (writer, CONC_KIND_BIB, row->subject, NULL, NULL,
                             conc_field_to_body (CONC_FIELD_BIB,
                                                 conc_runner_get (row->runner, CONC_FIELD_BIB)),
                             NULL, error);
}

static gboolean
append_gift (ConcWriter *writer, const char *subject, ConcGift *gift, GError **error)
{
  ConcCommand command = { .kind = CONC_COMMAND_GIFT, .gift = gift };
  g_autoptr (ConcReceipt) receipt = conc_receipt_new ();

  conc_writer_mark_bulk (writer);
  receipt->at_usec =
      gift->at_usec != CONC_NO_TIME ? gift->at_usec : conc_writer_get_wall_usec (writer);
  return conc_execute_append_gift (writer, &command, subject, gift->beneficiary, receipt, error);
}

/* The donation of a registration has an id of its own, so that it is entered once. */
static gboolean
apply_donation (ConcWriter           *writer,
                const ConcImportPlan *plan,
                const ConcRunner     *runner,
                GError              **error)
{
  const char *text = conc_runner_get (runner, CONC_FIELD_DONATION);
  const char *registered = conc_runner_get (runner, CONC_FIELD_REGISTERED);
  g_autoptr (ConcGift) gift = conc_gift_new ();
  g_autofree char *key = g_strconcat ("registration:", conc_runner_get_id (runner), NULL);
  g_autofree char *subject = conc_subject_of_gift (plan->race_id, key);
  gboolean         known;

  gift->amount_cents = text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
  if (gift->amount_cents <= 0)
    return TRUE;
  if (!conc_query_is_known (conc_writer_get_db (writer), subject, &known, error))
    return FALSE;
  if (known)
    return TRUE;
  gift->method = CONC_METHOD_ONLINE;
  gift->from = conc_runner_dup_full_name (runner);
  gift->is_anonymous = !conc_runner_get_public (runner);
  gift->at_usec = CONC_NO_TIME;
  if (registered != NULL)
    conc_time_parse_rfc3339 (registered, &gift->at_usec, NULL);
  return append_gift (writer, subject, gift, error);
}

static gboolean
apply_row (ConcWriter *writer, const ConcImportRow *row, GError **error)
{
  gboolean known;

  if (row->changes != NULL)
    return apply_changes (writer, row, error);
  if (row->gift == NULL)
    return TRUE; /* a new runner; written together with the others */
  if (!conc_query_is_known (conc_writer_get_db (writer), row->subject, &known, error))
    return FALSE;
  if (known)
    return TRUE;
  return append_gift (writer, row->subject, row->gift, error);
}

/* A plan of runners that somebody changed since would undo that, or give their bibs away. */
static gboolean
check_is_current (ConcWriter *writer, const ConcImportPlan *plan, GError **error)
{
  ConcDb       *db = conc_writer_get_db (writer);
  sqlite3_stmt *statement = conc_db_prepare (
      db,
      "SELECT 1 FROM fact WHERE position > ?1 AND kind IN ('runner', 'runner.private', "
      "'runner.set', 'runner.set.private', 'runner.removed', 'bib', 'settle', 'undo') "
      "OR (position > ?1 AND kind = 'check-in' AND instr (body, '\"bib\"')) LIMIT 1",
      error);
  ConcStep step;

  if (statement == NULL || !conc_db_bind (db, statement, error, "i", plan->position))
    return FALSE;
  step = conc_db_step (db, statement, error);
  if (step == CONC_STEP_ROW)
    {
      sqlite3_reset (statement);
      return conc_store_refuse (error, _ ("Runners were changed after this file was looked at: "
                                          "open it once more to see what it would do now."));
    }
  return step == CONC_STEP_DONE;
}

static gboolean
apply_cb (ConcWriter *writer, gpointer data, gpointer *ret_result, GError **error)
{
  ConcImportPlan *plan = data;

  if (plan->kind == CONC_IMPORT_RUNNERS &&
      (!check_is_current (writer, plan, error) || !conc_import_append_new (writer, plan, error)))
    return FALSE;
  for (guint i = 0; i < plan->rows->len; i++)
    if (!apply_row (writer, &g_array_index (plan->rows, ConcImportRow, i), error))
      return FALSE;
  for (guint i = 0; plan->enter_donations && i < plan->donors->len; i++)
    if (!apply_donation (writer, plan, g_ptr_array_index (plan->donors, i), error))
      return FALSE;
  return TRUE;
}

/**
 * conc_race_file_import:
 * @plan: (transfer full): what to do
 *
 * Waits until everything is durable; not on the main loop of the app. After an error nothing of
 * it is in the file. A plan of runners is refused when runners were changed since it was made.
 */
gboolean
conc_race_file_import (ConcRaceFile *file, ConcImportPlan *plan, GError **error)
{
  g_autoptr (ConcImportPlan) owned = plan;
  ConcWriter *writer = conc_race_file_get_writer (file, error);

  return writer != NULL && conc_writer_call (writer, apply_cb, owned, NULL, error);
}

/** conc_race_file_import_async: like conc_race_file_import(), without blocking. */
void
conc_race_file_import_async (ConcRaceFile       *file,
                             ConcImportPlan     *plan,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (file, NULL, callback, user_data);
  g_autoptr (ConcImportPlan) owned = plan;
  GError     *error = NULL;
  ConcWriter *writer = conc_race_file_get_writer (file, &error);

  g_task_set_source_tag (task, conc_race_file_import_async);
  if (writer == NULL)
    g_task_return_error (task, error);
  else
    conc_writer_push (writer, apply_cb, g_steal_pointer (&owned),
                      (GDestroyNotify) conc_import_plan_free, NULL, g_steal_pointer (&task));
}

/** conc_race_file_import_finish: Returns: whether it is all in the file. */
gboolean
conc_race_file_import_finish (ConcRaceFile *file, GAsyncResult *result, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (g_task_is_valid (result, file), FALSE);
  g_task_propagate_pointer (G_TASK (result), &local_error);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}
