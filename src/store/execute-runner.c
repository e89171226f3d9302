/* execute-runner.c: the commands of the runners' table. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/execute.h"

#include "core/ids.h"
#include "core/race-time.h"
#include "core/runner-facts.h"
#include "store/queries.h"

#include <glib/gi18n-lib.h>
#include <sys/random.h>

/** conc_execute_find_runner: Returns: (transfer full) (nullable): whom @command is about. */
ConcRunner *
conc_execute_find_runner (ConcWriter *writer, const ConcCommand *command, GError **error)
{
  ConcDb     *db = conc_writer_get_db (writer);
  GError     *local_error = NULL;
  ConcRunner *runner = command->runner_id != NULL
                           ? conc_query_runner (db, command->runner_id, &local_error)
                           : conc_query_bib_holder (db, command->bib, &local_error);

  if (runner != NULL)
    return runner;
  if (local_error != NULL)
    g_propagate_error (error, local_error);
  else if (command->runner_id != NULL)
    conc_store_refuse (error, _ ("This runner is not in the race any more."));
  else
    conc_store_refuse (error, _ ("Nobody has bib %u."), command->bib);
  return NULL;
}

/** conc_execute_fill_receipt: says in @receipt whom the command was about. */
void
conc_execute_fill_receipt (ConcReceipt *receipt, const ConcRunner *runner)
{
  receipt->bib = conc_runner_get_bib (runner);
  receipt->runner_id = g_strdup (conc_runner_get_id (runner));
}

static gboolean
check_bib_is_free (ConcWriter *writer, guint bib, const char *runner_id, GError **error)
{
  g_autoptr (ConcRunner) holder = NULL;
  g_autofree char *name = NULL;
  GError          *local_error = NULL;

  if (!conc_execute_check_bib (bib, error))
    return FALSE;
  holder = conc_query_bib_holder (conc_writer_get_db (writer), bib, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  if (holder == NULL || g_strcmp0 (conc_runner_get_id (holder), runner_id) == 0)
    return TRUE;
  name = conc_runner_dup_full_name (holder);
  return conc_store_refuse (error, _ ("Bib %u belongs to %s. Give another bib."), bib, name);
}

static char *
make_runner_id (void)
{
  guint8           bytes[10];
  g_autofree char *text = NULL;

  if (getrandom (bytes, sizeof bytes, 0) != (ssize_t) sizeof bytes)
    return NULL;
  text = conc_id_from_bytes (bytes, sizeof bytes, 16);
  return g_strconcat ("r", text, NULL);
}

static void
complete_age (ConcWriter *writer, ConcRunner *runner)
{
  const char *date = conc_settings_get (conc_writer_get_settings (writer), CONC_SETTING_DATE);
  int         age = conc_age_on (conc_runner_get (runner, CONC_FIELD_BIRTH_DATE), date);

  if (age >= 0)
    conc_runner_take (runner, CONC_FIELD_AGE, g_strdup_printf ("%d", age));
}

/**
 * conc_execute_append_registration:
 * @runner: the new runner, with an id
 * @transferred_from: (nullable): whose place it was
 *
 * Appends what makes somebody at the desk a runner.
 */
gboolean
conc_execute_append_registration (ConcWriter        *writer,
                                  const ConcCommand *command,
                                  const ConcRunner  *runner,
                                  const char        *transferred_from,
                                  ConcReceipt       *receipt,
                                  GError           **error)
{
  g_autoptr (ConcBody) private_body = conc_runner_to_private_body (runner);
  const char *id = conc_runner_get_id (runner);
  const char *bib = conc_runner_get (runner, CONC_FIELD_BIB);

  if (!conc_execute_append (writer, command, CONC_KIND_RUNNER, id, NULL,
                            conc_runner_to_walk_up_body (runner, transferred_from), receipt, error))
    return FALSE;
  if (conc_body_get_n (private_body) > 0 &&
      !conc_execute_append (writer, command, CONC_KIND_RUNNER_PRIVATE, id, NULL,
                            g_steal_pointer (&private_body), receipt, error))
    return FALSE;
  return bib == NULL ||
         conc_execute_append (writer, command, CONC_KIND_BIB, id, NULL,
                              conc_field_to_body (CONC_FIELD_BIB, bib), receipt, error);
}

/* What few have to say at the desk, because the race says it. */
static void
complete_balance (ConcWriter *writer, ConcRunner *runner)
{
  gint64 fee_cents = conc_settings_get_fee_cents (conc_writer_get_settings (writer));

  if (fee_cents > 0 && conc_runner_get (runner, CONC_FIELD_BALANCE) == NULL)
    conc_runner_take (runner, CONC_FIELD_BALANCE, g_strdup_printf ("%" G_GINT64_FORMAT, fee_cents));
}

/**
 * conc_execute_complete_runner:
 * @runner: somebody who registers at the desk
 *
 * Gives @runner an id, the age on race day and the time of the registration. Check-in is a command
 * of its own.
 */
gboolean
conc_execute_complete_runner (ConcWriter        *writer,
                              const ConcCommand *command,
                              ConcRunner        *runner,
                              GError           **error)
{
  g_autofree char *name = conc_runner_dup_full_name (runner);
  g_autofree char *id = make_runner_id ();
  g_autofree char *registered = NULL;

  if (*name == '\0')
    return conc_store_refuse (error, _ ("A runner needs a name."));
  if (id == NULL)
    return conc_store_refuse (error, _ ("This computer gave no random numbers. Try again."));
  conc_runner_set_id (runner, id);
  conc_runner_set (runner, CONC_FIELD_CHECKED_IN, NULL);
  complete_age (writer, runner);
  registered = conc_time_format_rfc3339 (command->at_usec, conc_writer_get_utc (writer));
  if (conc_runner_get (runner, CONC_FIELD_REGISTERED) == NULL)
    conc_runner_set (runner, CONC_FIELD_REGISTERED, registered);
  return TRUE;
}

/** conc_execute_register: somebody registers at the desk, and owes the fee of the race unless
 * another balance is given. */
gboolean
conc_execute_register (ConcWriter        *writer,
                       const ConcCommand *command,
                       ConcReceipt       *receipt,
                       GError           **error)
{
  g_autoptr (ConcRunner) runner = conc_runner_copy (command->runner);

  if (!conc_execute_complete_runner (writer, command, runner, error) ||
      (conc_runner_get (runner, CONC_FIELD_BIB) != NULL &&
       !check_bib_is_free (writer, conc_runner_get_bib (runner), conc_runner_get_id (runner),
                           error)))
    return FALSE;
  complete_balance (writer, runner);
  conc_execute_fill_receipt (receipt, runner);
  return conc_execute_append_registration (writer, command, runner, NULL, receipt, error);
}

static gboolean
append_change (ConcWriter        *writer,
               const ConcCommand *command,
               const ConcMerged  *merged,
               ConcField          field,
               const ConcRunner  *wanted,
               ConcReceipt       *receipt,
               GError           **error)
{
  const ConcSlot *slot = conc_merged_find (merged, conc_field_get_key (field));

  return conc_execute_append (writer, command,
                              conc_field_get_set_kind (field, conc_runner_get_public (wanted)),
                              conc_runner_get_id (wanted), slot != NULL ? &slot->winner->id : NULL,
                              conc_field_to_body (field, conc_runner_get (wanted, field)), receipt,
                              error);
}

static gboolean
is_changed (const ConcRunner *seen, const ConcRunner *wanted, ConcField field)
{
  gboolean is_revealed = !conc_runner_get_public (seen) && conc_runner_get_public (wanted);

  /* A name that may now be shown has to be said again where everybody can read it. */
  if (is_revealed && conc_field_is_name (field) && conc_runner_get (wanted, field) != NULL)
    return TRUE;
  return g_strcmp0 (conc_runner_get (seen, field), conc_runner_get (wanted, field)) != 0;
}

static gboolean
check_edit (ConcWriter *writer, const ConcRunner *seen, const ConcRunner *wanted, GError **error)
{
  g_autofree char *name = conc_runner_dup_full_name (wanted);

  if (*name == '\0')
    return conc_store_refuse (error, _ ("A runner needs a name."));
  if (!is_changed (seen, wanted, CONC_FIELD_BIB) ||
      conc_runner_get (wanted, CONC_FIELD_BIB) == NULL)
    return TRUE;
  return check_bib_is_free (writer, conc_runner_get_bib (wanted), conc_runner_get_id (wanted),
                            error);
}

/* Runners whose age on race day is not the one that is known, with the right age. */
static GPtrArray *
list_wrong_ages (ConcWriter *writer, const char *date, GError **error)
{
  ConcDb       *db = conc_writer_get_db (writer);
  sqlite3_stmt *statement =
      conc_db_prepare (db,
                       "SELECT " CONC_RUNNER_COLUMNS " FROM runner WHERE birth_date IS NOT NULL",
                       error);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_runner_free);
  ConcStep step;

  if (statement == NULL)
    return NULL;
  while ((step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    {
      g_autoptr (ConcRunner) runner = conc_query_read_runner (statement);
      int age = conc_age_on (conc_runner_get (runner, CONC_FIELD_BIRTH_DATE), date);

      if (age < 0 || age == conc_runner_get_age (runner))
        continue;
      conc_runner_take (runner, CONC_FIELD_AGE, g_strdup_printf ("%d", age));
      g_ptr_array_add (list, g_steal_pointer (&runner));
    }
  return step == CONC_STEP_DONE ? g_steal_pointer (&list) : NULL;
}

/**
 * conc_execute_correct_ages:
 * @receipt: counts the facts
 *
 * The age of a runner is that on race day, and is written down because the birth date is private.
 * So it is corrected when the date of the race changes, which the caller has appended. Who gave an
 * age only keeps it.
 */
gboolean
conc_execute_correct_ages (ConcWriter        *writer,
                           const ConcCommand *command,
                           ConcReceipt       *receipt,
                           GError           **error)
{
  g_autoptr (ConcMerged) setting = NULL;
  g_autoptr (GPtrArray) list = NULL;
  const char *date;

  if (!conc_execute_read_merged (writer, CONC_EXECUTE_DATE_SUBJECT, &setting, error))
    return FALSE;
  date = conc_merged_get_text (setting, "value");
  list = list_wrong_ages (writer, date != NULL ? date : "", error);
  if (list == NULL)
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    {
      const ConcRunner *runner = g_ptr_array_index (list, i);
      g_autoptr (ConcMerged) merged = NULL;

      if (!conc_execute_read_merged (writer, conc_runner_get_id (runner), &merged, error) ||
          !append_change (writer, command, merged, CONC_FIELD_AGE, runner, receipt, error))
        return FALSE;
    }
  return TRUE;
}

/** conc_execute_edit: changes the fields in which what is wanted differs from what was seen. */
gboolean
conc_execute_edit (ConcWriter        *writer,
                   const ConcCommand *command,
                   ConcReceipt       *receipt,
                   GError           **error)
{
  g_autoptr (ConcRunner) wanted = conc_runner_copy (command->runner);
  g_autoptr (ConcMerged) merged = NULL;
  const char *id = conc_runner_get_id (command->seen);

  conc_runner_set_id (wanted, id);
  if (is_changed (command->seen, wanted, CONC_FIELD_BIRTH_DATE))
    complete_age (writer, wanted);
  if (!check_edit (writer, command->seen, wanted, error) ||
      !conc_execute_read_merged (writer, id, &merged, error))
    return FALSE;
  if (!conc_merged_exists (merged) || conc_merged_get_bool (merged, CONC_KEY_REMOVED, FALSE))
    return conc_store_refuse (error, _ ("This runner is not in the race any more."));
  conc_execute_fill_receipt (receipt, wanted);
  for (ConcField field = 0; field < CONC_N_FIELDS; field++)
    if (is_changed (command->seen, wanted, field) &&
        !append_change (writer, command, merged, field, wanted, receipt, error))
      return FALSE;
  receipt->was_already = receipt->n_facts == 0;
  return TRUE;
}
