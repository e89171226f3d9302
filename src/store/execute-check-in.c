/* execute-check-in.c: somebody is here, and may get a bib with it; or is not here after all. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/execute.h"

#include "core/race-time.h"
#include "core/runner-facts.h"
#include "store/queries.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* ------------------------------------------------------------------------- the bib */

static gboolean
find_holder (ConcWriter  *writer,
             guint        bib,
             const char  *runner_id,
             ConcRunner **ret_holder,
             GError     **error)
{
  GError *local_error = NULL;
  g_autoptr (ConcRunner) holder =
      conc_query_bib_holder (conc_writer_get_db (writer), bib, &local_error);

  *ret_holder = NULL;
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  if (holder != NULL && g_strcmp0 (conc_runner_get_id (holder), runner_id) != 0)
    *ret_holder = g_steal_pointer (&holder);
  return TRUE;
}

static gboolean
refuse_held (const ConcRunner *holder, guint bib, gboolean is_for_taking, GError **error)
{
  g_autofree char *name = conc_runner_dup_full_name (holder);

  if (is_for_taking)
    return conc_store_refuse (
        error, _ ("Bib %u belongs to %s, who is checked in with it. Give another bib."), bib, name);
  return conc_store_refuse (error, _ ("Bib %u belongs to %s. Give another bib."), bib, name);
}

static gboolean
refuse_other (const ConcRunner *runner, guint bib, GError **error)
{
  g_autofree char *name = conc_runner_dup_full_name (runner);

  return conc_store_refuse (error, _ ("%s has bib %u already, not %u."), name,
                            conc_runner_get_bib (runner), bib);
}

/* Whether the runner may get the bib of the command; @ret_holder is who loses it, or NULL. */
static gboolean
check_bib (ConcWriter        *writer,
           const ConcCommand *command,
           const ConcRunner  *runner,
           ConcRunner       **ret_holder,
           GError           **error)
{
  guint has = conc_runner_get_bib (runner);

  *ret_holder = NULL;
  if (!conc_execute_check_bib (command->bib, error) ||
      !find_holder (writer, command->bib, conc_runner_get_id (runner), ret_holder, error))
    return FALSE;
  if (*ret_holder != NULL && (!command->take_bib || conc_runner_get_checked_in (*ret_holder)))
    return refuse_held (*ret_holder, command->bib, command->take_bib, error);
  return has == 0 || has == command->bib || command->replace_bib ||
         refuse_other (runner, command->bib, error);
}

/* The runner who had the bib has none; a fact about that one, so it stays when the check-in is
 * taken back. */
static gboolean
clear_bib (ConcWriter        *writer,
           const ConcCommand *command,
           const ConcRunner  *holder,
           ConcReceipt       *receipt,
           GError           **error)
{
  const char *id = conc_runner_get_id (holder);
  g_autoptr (ConcMerged) merged = NULL;
  const ConcSlot *slot;

  if (!conc_execute_read_merged (writer, id, &merged, error))
    return FALSE;
  slot = conc_merged_find (merged, conc_field_get_key (CONC_FIELD_BIB));
  return conc_execute_append (writer, command, CONC_KIND_BIB, id,
                              slot != NULL ? &slot->winner->id : NULL,
                              conc_field_to_body (CONC_FIELD_BIB, NULL), receipt, error);
}

/* --------------------------------------------------------------------- who is here */

static gboolean
refuse_transferred (ConcWriter       *writer,
                    const ConcRunner *runner,
                    const ConcMerged *merged,
                    GError          **error)
{
  const char *to = conc_merged_get_text (merged, CONC_KEY_TRANSFERRED_TO);
  g_autoptr (ConcRunner) other =
      to != NULL ? conc_query_runner (conc_writer_get_db (writer), to, NULL) : NULL;
  g_autofree char *name = conc_runner_dup_full_name (runner);
  g_autofree char *other_name = other != NULL ? conc_runner_dup_full_name (other) : NULL;

  if (other_name == NULL)
    return conc_store_refuse (
        error, _ ("The place of %s was given to somebody else. Take that back first."), name);
  return conc_store_refuse (error, _ ("The place of %s was given to %s. Take that back first."),
                            name, other_name);
}

static gboolean
is_empty (const char *text)
{
  return text == NULL || *text == '\0';
}

/**
 * conc_execute_dup_event_before:
 * @merged: what is known about a runner
 *
 * Returns: (transfer full) (nullable): the event of the registration, when what is shown of the
 *   attendance has put another in its place; "" for none. %NULL when it has not.
 */
char *
conc_execute_dup_event_before (const ConcMerged *merged)
{
  const char     *key = conc_field_get_key (CONC_FIELD_EVENT);
  const ConcSlot *slot = conc_merged_find (merged, conc_field_get_key (CONC_FIELD_ATTENDANCE));
  const ConcSlot *event = conc_merged_find (merged, key);
  g_autoptr (GPtrArray) facts = g_ptr_array_new ();
  g_autoptr (ConcMerged) before = NULL;
  const char *text;

  if (slot == NULL || event == NULL || event->winner != slot->winner)
    return NULL;
  for (guint i = 0; i < conc_merged_get_n_facts (merged); i++)
    {
      gboolean        is_effective;
      const ConcFact *fact = conc_merged_get_fact (merged, i, &is_effective);

      if (fact != slot->winner)
        g_ptr_array_add (facts, (gpointer) fact);
    }
  before = conc_merge (facts);
  text = conc_merged_get_text (before, key);
  return g_strdup (text != NULL ? text : "");
}

/* Who comes after all is expected, in the event that the registration was for. */
static void
add_return (ConcBodyBuilder *builder, const ConcMerged *merged)
{
  const char      *attendance = conc_field_get_key (CONC_FIELD_ATTENDANCE);
  g_autofree char *event = NULL;

  if (is_empty (conc_merged_get_text (merged, attendance)))
    return;
  event = conc_execute_dup_event_before (merged);
  conc_body_builder_add_text (builder, attendance, "");
  conc_body_builder_add_text (builder, conc_field_get_key (CONC_FIELD_EVENT), event);
}

static gboolean
append_here (ConcWriter        *writer,
             const ConcCommand *command,
             const ConcRunner  *runner,
             const ConcMerged  *merged,
             const char        *at,
             ConcReceipt       *receipt,
             GError           **error)
{
  ConcBodyBuilder *builder = conc_body_builder_new ();
  gboolean         is_new_bib = command->runner_id != NULL && command->bib > 0 &&
                        command->bib != conc_runner_get_bib (runner);

  conc_body_builder_add_text (builder, conc_field_get_key (CONC_FIELD_CHECKED_IN), at);
  if (is_new_bib)
    conc_body_builder_add_int (builder, conc_field_get_key (CONC_FIELD_BIB), command->bib);
  if (command->shirt != NULL)
    conc_body_builder_add_text (builder, conc_field_get_key (CONC_FIELD_SHIRT_GIVEN),
                                command->shirt);
  add_return (builder, merged);
  return conc_execute_append_over (writer, command, CONC_KIND_CHECK_IN, conc_runner_get_id (runner),
                                   merged, builder, receipt, error);
}

static gboolean
append_set (ConcWriter        *writer,
            const ConcCommand *command,
            const ConcRunner  *runner,
            const ConcMerged  *merged,
            ConcField          field,
            const char        *text,
            ConcReceipt       *receipt,
            GError           **error)
{
  const ConcSlot *slot = conc_merged_find (merged, conc_field_get_key (field));

  return conc_execute_append (writer, command, conc_field_get_set_kind (field, TRUE),
                              conc_runner_get_id (runner), slot != NULL ? &slot->winner->id : NULL,
                              conc_field_to_body (field, text), receipt, error);
}

/* Who was checked in without a bib or a shirt gets it now. */
static gboolean
append_rest (ConcWriter        *writer,
             const ConcCommand *command,
             const ConcRunner  *runner,
             const ConcMerged  *merged,
             ConcReceipt       *receipt,
             GError           **error)
{
  g_autofree char *bib = g_strdup_printf ("%u", command->bib);

  if (command->runner_id != NULL && command->bib > 0 &&
      command->bib != conc_runner_get_bib (runner) &&
      !append_set (writer, command, runner, merged, CONC_FIELD_BIB, bib, receipt, error))
    return FALSE;
  return command->shirt == NULL ||
         g_strcmp0 (command->shirt, conc_runner_get (runner, CONC_FIELD_SHIRT_GIVEN)) == 0 ||
         append_set (writer, command, runner, merged, CONC_FIELD_SHIRT_GIVEN, command->shirt,
                     receipt, error);
}

static gboolean
append_all (ConcWriter        *writer,
            const ConcCommand *command,
            const ConcRunner  *runner,
            const ConcMerged  *merged,
            ConcReceipt       *receipt,
            GError           **error)
{
  g_autofree char *at = NULL;

  if (conc_runner_get_checked_in (runner))
    {
      receipt->was_already = TRUE;
      return conc_time_parse_rfc3339 (conc_runner_get (runner, CONC_FIELD_CHECKED_IN),
                                      &receipt->at_usec, error) &&
             append_rest (writer, command, runner, merged, receipt, error);
    }
  at = conc_time_format_rfc3339 (receipt->at_usec, conc_writer_get_utc (writer));
  return append_here (writer, command, runner, merged, at, receipt, error);
}

/**
 * conc_execute_check_in:
 *
 * The runner is here; being here already is no failure. A bib and a shirt that are given with it
 * are said in the same fact, so that taking it back takes all of it back. A bib that somebody else
 * holds is refused, unless that one is not here and @command takes it away.
 */
gboolean
conc_execute_check_in (ConcWriter        *writer,
                       const ConcCommand *command,
                       ConcReceipt       *receipt,
                       GError           **error)
{
  g_autoptr (ConcRunner) runner = conc_execute_find_runner (writer, command, error);
  g_autoptr (ConcRunner) holder = NULL;
  g_autoptr (ConcMerged) merged = NULL;
  gboolean gives_bib = command->runner_id != NULL && command->bib > 0;

  if (runner == NULL ||
      !conc_execute_resolve_time (writer, command, NULL, &receipt->at_usec, error) ||
      (gives_bib && !check_bib (writer, command, runner, &holder, error)) ||
      !conc_execute_read_merged (writer, conc_runner_get_id (runner), &merged, error))
    return FALSE;
  if (g_strcmp0 (conc_runner_get (runner, CONC_FIELD_ATTENDANCE), CONC_ATTENDANCE_TRANSFERRED) == 0)
    return refuse_transferred (writer, runner, merged, error);
  conc_execute_fill_receipt (receipt, runner);
  if (gives_bib)
    receipt->bib = command->bib;
  return append_all (writer, command, runner, merged, receipt, error) &&
         (holder == NULL || clear_bib (writer, command, holder, receipt, error));
}

/* ----------------------------------------------------------------- not here after all */

/**
 * conc_execute_append_undos:
 * @key: a key
 *
 * Takes back every fact that stands and says something for @key, at however many desks that was
 * said.
 */
gboolean
conc_execute_append_undos (ConcWriter        *writer,
                           const ConcCommand *command,
                           const char        *subject,
                           const ConcMerged  *merged,
                           const char        *key,
                           ConcReceipt       *receipt,
                           GError           **error)
{
  for (guint i = conc_merged_get_n_facts (merged); i-- > 0;)
    {
      gboolean         is_effective;
      const ConcFact  *fact = conc_merged_get_fact (merged, i, &is_effective);
      g_autofree char *said = conc_body_dup_entry (fact->body, key);

      if (!is_effective || fact->kind == CONC_KIND_UNDO || said == NULL || *said == '\0')
        continue;
      if (!conc_execute_append (writer, command, CONC_KIND_UNDO, subject, &fact->id,
                                conc_body_builder_end (conc_body_builder_new ()), receipt, error))
        return FALSE;
    }
  return TRUE;
}

/** conc_execute_check_out: takes back the check-in and what was given with it, at however many
 * desks it was made. */
gboolean
conc_execute_check_out (ConcWriter        *writer,
                        const ConcCommand *command,
                        ConcReceipt       *receipt,
                        GError           **error)
{
  g_autoptr (ConcRunner) runner = conc_execute_find_runner (writer, command, error);
  g_autoptr (ConcMerged) merged = NULL;
  g_autofree char *name = NULL;

  if (runner == NULL ||
      !conc_execute_read_merged (writer, conc_runner_get_id (runner), &merged, error))
    return FALSE;
  conc_execute_fill_receipt (receipt, runner);
  if (!conc_runner_get_checked_in (runner))
    {
      name = conc_runner_dup_full_name (runner);
      return conc_store_refuse (error, _ ("%s is not checked in."), name);
    }
  return conc_execute_append_undos (writer, command, conc_runner_get_id (runner), merged,
                                    conc_field_get_key (CONC_FIELD_CHECKED_IN), receipt, error);
}
