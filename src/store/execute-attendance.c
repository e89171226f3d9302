/* execute-attendance.c: who does not come, and who takes part from elsewhere. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/execute.h"

#include "core/runner-facts.h"
#include "store/queries.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/** conc_execute_check_not_here: Returns: whether nothing says that @runner is here: neither a desk
 * nor the line. */
gboolean
conc_execute_check_not_here (ConcWriter *writer, const ConcRunner *runner, GError **error)
{
  g_autofree char *name = conc_runner_dup_full_name (runner);
  gboolean         has_run;

  if (conc_runner_get_checked_in (runner))
    return conc_store_refuse (error, _ ("%s is checked in. Take the check-in back first."), name);
  if (!conc_query_has_run (conc_writer_get_db (writer), conc_runner_get_bib (runner), &has_run,
                           error))
    return FALSE;
  return !has_run ||
         conc_store_refuse (error, _ ("%s has a time on the course, and so is here."), name);
}

/* -------------------------------------------------------------------- expected again */

/* The new person would have no place any more. */
static gboolean
check_place_is_free (ConcWriter *writer, const ConcMerged *merged, GError **error)
{
  const char *to = conc_merged_get_text (merged, CONC_KEY_TRANSFERRED_TO);
  GError     *local_error = NULL;
  g_autoptr (ConcRunner) other = NULL;
  g_autofree char *name = NULL;

  if (to == NULL || *to == '\0')
    return TRUE;
  other = conc_query_runner (conc_writer_get_db (writer), to, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  if (other == NULL)
    return TRUE;
  name = conc_runner_dup_full_name (other);
  return conc_store_refuse (error, _ ("The place was given to %s. Take %s out of the race first."),
                            name, name);
}

static gboolean
expect_again (ConcWriter        *writer,
              const ConcCommand *command,
              const ConcRunner  *runner,
              const ConcMerged  *merged,
              ConcReceipt       *receipt,
              GError           **error)
{
  if (!check_place_is_free (writer, merged, error))
    return FALSE;
  return conc_execute_append_undos (writer, command, conc_runner_get_id (runner), merged,
                                    conc_field_get_key (CONC_FIELD_ATTENDANCE), receipt, error);
}

/* -------------------------------------------------------------------- does not come */

/* The event in which those take part who are elsewhere: the one that most have; NULL: none. */
static gboolean
find_virtual_event (ConcDb *db, char **ret_event, GError **error)
{
  sqlite3_stmt *statement =
      conc_db_prepare (db,
                       "SELECT event FROM runner WHERE is_virtual AND event IS NOT NULL "
                       "GROUP BY event ORDER BY count (*) DESC, event LIMIT 1",
                       error);
  ConcStep step;

  *ret_event = NULL;
  if (statement == NULL)
    return FALSE;
  step = conc_db_step (db, statement, error);
  if (step == CONC_STEP_ROW)
    {
      *ret_event = conc_column_dup (statement, 0);
      sqlite3_reset (statement);
    }
  return step != CONC_STEP_FAILED;
}

/* A no-show that was deferred before is one of the event of the registration. */
static gboolean
choose_event (ConcWriter       *writer,
              const ConcRunner *runner,
              const ConcMerged *merged,
              gboolean          is_deferred,
              char            **ret_event,
              GError          **error)
{
  *ret_event = NULL;
  if (!is_deferred)
    {
      *ret_event = conc_execute_dup_event_before (merged);
      return TRUE;
    }
  return conc_runner_get_virtual (runner) ||
         find_virtual_event (conc_writer_get_db (writer), ret_event, error);
}

static gboolean
append_absence (ConcWriter        *writer,
                const ConcCommand *command,
                const ConcRunner  *runner,
                const ConcMerged  *merged,
                ConcReceipt       *receipt,
                GError           **error)
{
  gboolean         is_deferred = strcmp (command->text, CONC_ATTENDANCE_DEFERRED) == 0;
  g_autofree char *event = NULL;
  ConcBodyBuilder *builder;

  if (!choose_event (writer, runner, merged, is_deferred, &event, error))
    return FALSE;
  builder = conc_body_builder_new ();
  conc_body_builder_add_text (builder, conc_field_get_key (CONC_FIELD_ATTENDANCE), command->text);
  conc_body_builder_add_text (builder, conc_field_get_key (CONC_FIELD_EVENT), event);
  return conc_execute_append_over (writer, command, CONC_KIND_RUNNER_SET,
                                   conc_runner_get_id (runner), merged, builder, receipt, error);
}

static gboolean
check_attendance (const char *text, GError **error)
{
  if (text != NULL && (*text == '\0' || strcmp (text, CONC_ATTENDANCE_NO_SHOW) == 0 ||
                       strcmp (text, CONC_ATTENDANCE_DEFERRED) == 0))
    return TRUE;
  return conc_store_refuse (error, _ ("A runner is expected, a no-show or deferred."));
}

/* A place that was given away is no longer that of the runner. */
static gboolean
check_is_expected (ConcWriter *writer, const ConcRunner *runner, GError **error)
{
  const char      *attendance = conc_runner_get (runner, CONC_FIELD_ATTENDANCE);
  g_autofree char *name = conc_runner_dup_full_name (runner);

  if (g_strcmp0 (attendance, CONC_ATTENDANCE_TRANSFERRED) == 0)
    return conc_store_refuse (
        error, _ ("The place of %s was given to somebody else. Take that back first."), name);
  return conc_execute_check_not_here (writer, runner, error);
}

/**
 * conc_execute_attendance:
 *
 * A runner does not come, takes part from elsewhere, or is expected after all. Who is deferred gets
 * the virtual event of the race, when it has one; taking that back brings the event back too.
 */
gboolean
conc_execute_attendance (ConcWriter        *writer,
                         const ConcCommand *command,
                         ConcReceipt       *receipt,
                         GError           **error)
{
  g_autoptr (ConcRunner) runner = conc_execute_find_runner (writer, command, error);
  g_autoptr (ConcMerged) merged = NULL;
  const char *known;

  if (runner == NULL || !check_attendance (command->text, error) ||
      !conc_execute_read_merged (writer, conc_runner_get_id (runner), &merged, error))
    return FALSE;
  conc_execute_fill_receipt (receipt, runner);
  known = conc_runner_get (runner, CONC_FIELD_ATTENDANCE);
  receipt->was_already = strcmp (known != NULL ? known : "", command->text) == 0;
  if (receipt->was_already)
    return TRUE;
  if (*command->text == '\0')
    return expect_again (writer, command, runner, merged, receipt, error);
  return check_is_expected (writer, runner, error) &&
         append_absence (writer, command, runner, merged, receipt, error);
}

/* ------------------------------------------------------------------------- no-shows */

static GPtrArray *
list_missing (ConcDb *db, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *statement = conc_db_prepare (
      db,
      "SELECT id FROM runner r WHERE NOT is_virtual AND checked_in_at IS NULL "
      "AND attendance IS NULL AND NOT EXISTS (SELECT 1 FROM tap WHERE bib = r.bib) "
      "AND NOT EXISTS (SELECT 1 FROM start WHERE bib = r.bib) ORDER BY id",
      error);
  ConcStep step;

  if (statement == NULL)
    return NULL;
  while ((step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    g_ptr_array_add (ids, conc_column_dup (statement, 0));
  return step == CONC_STEP_DONE ? g_steal_pointer (&ids) : NULL;
}

static gboolean
append_no_show (ConcWriter        *writer,
                const ConcCommand *command,
                const char        *id,
                ConcReceipt       *receipt,
                GError           **error)
{
  g_autoptr (ConcMerged) merged = NULL;
  ConcBodyBuilder *builder;

  if (!conc_execute_read_merged (writer, id, &merged, error))
    return FALSE;
  builder = conc_body_builder_new ();
  conc_body_builder_add_text (builder, conc_field_get_key (CONC_FIELD_ATTENDANCE),
                              CONC_ATTENDANCE_NO_SHOW);
  return conc_execute_append_over (writer, command, CONC_KIND_RUNNER_SET, id, merged, builder,
                                   receipt, error);
}

/**
 * conc_execute_no_shows:
 *
 * Everybody who is expected and of whom there is no sign is a no-show, all in one commit; @receipt
 * counts them. Whoever comes after all is checked in as ever.
 */
gboolean
conc_execute_no_shows (ConcWriter        *writer,
                       const ConcCommand *command,
                       ConcReceipt       *receipt,
                       GError           **error)
{
  g_autoptr (GPtrArray) ids = list_missing (conc_writer_get_db (writer), error);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    if (!append_no_show (writer, command, g_ptr_array_index (ids, i), receipt, error))
      return FALSE;
  receipt->was_already = ids->len == 0;
  return TRUE;
}
