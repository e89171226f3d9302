/* settle-people.c: somebody decides who keeps a bib, and who is one person. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/runner-facts.h"
#include "store/card-private.h"
#include "store/queries.h"
#include "store/settle-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * conc_settle_append_bib:
 * @bib: 0 for none
 *
 * Decides between all that was said about the bib of runner @id, also for the one who keeps it, so
 * that another decision made apart is found to differ.
 */
gboolean
conc_settle_append_bib (ConcWriter        *writer,
                        const ConcCommand *command,
                        const char        *id,
                        guint              bib,
                        ConcReceipt       *receipt,
                        GError           **error)
{
  const char *key = conc_field_get_key (CONC_FIELD_BIB);
  g_autoptr (ConcMerged) merged = NULL;
  g_autofree char *names = NULL;
  const ConcSlot  *slot;
  ConcBodyBuilder *builder;

  if (!conc_execute_read_merged (writer, id, &merged, error))
    return FALSE;
  slot = conc_merged_find (merged, key);
  names = slot != NULL ? conc_settle_list_names (slot) : NULL;
  builder = conc_body_builder_new ();
  conc_body_builder_add_text (builder, CONC_KEY_SETTLES, names);
  if (bib > 0)
    conc_body_builder_add_int (builder, key, bib);
  else
    conc_body_builder_add_text (builder, key, "");
  return conc_execute_append (writer, command, CONC_KIND_BIB, id, NULL,
                              conc_body_builder_end (builder), receipt, error);
}

/** conc_settle_bib: see conc_execute_settle(). Whoever does not keep the bib has none afterwards.
 */
gboolean
conc_settle_bib (ConcWriter        *writer,
                 const ConcCommand *command,
                 ConcReceipt       *receipt,
                 GError           **error)
{
  const char *number = command->card + strlen (CONC_CARD_BIB_PREFIX);
  guint       bib = (guint) g_ascii_strtoull (number, NULL, 10);
  g_autoptr (GPtrArray) claimants =
      conc_query_bib_claimants (conc_writer_get_db (writer), bib, error);
  gboolean is_nobody = strcmp (command->choice, CONC_CHOICE_NOBODY) == 0;
  gboolean noted;

  if (claimants == NULL || !conc_settle_is_noted (writer, command->card, &noted, error))
    return FALSE;
  if (!noted && claimants->len < 2)
    return conc_settle_refuse_settled (error);
  if (!(is_nobody && claimants->len == 1) &&
      !g_ptr_array_find_with_equal_func (claimants, command->choice, g_str_equal, NULL))
    return conc_settle_refuse_choice (error, command->choice);
  receipt->bib = bib;
  for (guint i = 0; i < claimants->len; i++)
    {
      const char *id = g_ptr_array_index (claimants, i);

      if (!conc_settle_append_bib (writer, command, id, strcmp (id, command->choice) == 0 ? bib : 0,
                                   receipt, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
append_apart (ConcWriter        *writer,
              const ConcCommand *command,
              const char        *a,
              const char        *b,
              gboolean           is_apart,
              ConcReceipt       *receipt,
              GError           **error)
{
  ConcBodyBuilder *builder = conc_body_builder_new ();
  g_autofree char *key = g_strconcat (CONC_KEY_APART_PREFIX, b, NULL);

  conc_body_builder_add_bool (builder, key, is_apart);
  return conc_execute_append (writer, command, CONC_KIND_RUNNER_APART, a, NULL,
                              conc_body_builder_end (builder), receipt, error);
}

/* That one stays is said about that one too: a station that decides to keep the other instead is
 * then seen to have decided otherwise. */
static gboolean
keep_one (ConcWriter        *writer,
          const ConcCommand *command,
          const char        *stays_id,
          const char        *goes_id,
          ConcReceipt       *receipt,
          GError           **error)
{
  ConcDb *db = conc_writer_get_db (writer);
  g_autoptr (ConcRunner) stays = conc_query_runner (db, stays_id, error);
  g_autoptr (ConcRunner) goes = stays != NULL ? conc_query_runner (db, goes_id, error) : NULL;
  g_autoptr (ConcMerged) merged = NULL;

  if (stays == NULL || goes == NULL)
    return (error != NULL && *error != NULL) ? FALSE : conc_settle_refuse_settled (error);
  return conc_execute_read_merged (writer, goes_id, &merged, error) &&
         conc_execute_append_removal (writer, command, goes_id, NULL, merged,
                                      _ ("registered twice"), receipt, error) &&
         append_apart (writer, command, stays_id, goes_id, FALSE, receipt, error) &&
         conc_settle_hand_over (writer, command, stays, goes, receipt, error);
}

static gboolean
are_open_twins (ConcWriter *writer,
                const char *a,
                const char *b,
                gboolean   *ret_open,
                GError    **error)
{
  ConcDb       *db = conc_writer_get_db (writer);
  sqlite3_stmt *statement =
      conc_db_prepare (db, "SELECT 1 FROM " CONC_OPEN_TWINS " WHERE a = ? AND b = ?", error);
  ConcStep step;

  if (statement == NULL || !conc_db_bind (db, statement, error, "tt", a, b))
    return FALSE;
  step = conc_db_step (db, statement, error);
  *ret_open = step == CONC_STEP_ROW;
  sqlite3_reset (statement);
  return step != CONC_STEP_FAILED;
}

/** conc_settle_same: see conc_execute_settle(). */
gboolean
conc_settle_same (ConcWriter        *writer,
                  const ConcCommand *command,
                  ConcReceipt       *receipt,
                  GError           **error)
{
  const char *pair = command->card + strlen (CONC_CARD_SAME_PREFIX);
  g_auto (GStrv) ids = g_strsplit (pair, ":", 2);
  gboolean open;

  if (g_strv_length (ids) != 2)
    return conc_store_refuse (error, _ ("“%s” is not the name of a conflict."), command->card);
  if (!are_open_twins (writer, ids[0], ids[1], &open, error))
    return FALSE;
  if (!open)
    return conc_settle_refuse_settled (error);
  if (strcmp (command->choice, CONC_CHOICE_APART) == 0)
    return append_apart (writer, command, ids[0], ids[1], TRUE, receipt, error) &&
           append_apart (writer, command, ids[1], ids[0], TRUE, receipt, error);
  if (strcmp (command->choice, ids[0]) == 0)
    return keep_one (writer, command, ids[0], ids[1], receipt, error);
  if (strcmp (command->choice, ids[1]) == 0)
    return keep_one (writer, command, ids[1], ids[0], receipt, error);
  return conc_settle_refuse_choice (error, command->choice);
}
