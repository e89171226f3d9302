/* reader-look-alike.c: whether somebody who comes to the desk is registered already. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/reader-desk.h"

#include "core/text-fold.h"
#include "store/queries.h"
#include "store/reader-private.h"

/* The same name either way round; the same address and given name, or birth date and one of the
 * names. A birth date that differs tells two people of one name apart. */
static const char list_look_alikes[] =
    "SELECT " CONC_RUNNER_COLUMNS " FROM runner WHERE id IS NOT ?1 AND "
    "(birth_date IS NULL OR ?6 IS NULL OR birth_date = ?6) AND ((search <> '' AND "
    "search IN (?2, ?3)) OR (email = ?4 COLLATE NOCASE AND given_name = ?5 COLLATE NOCASE) OR "
    "(birth_date = ?6 AND (family_name = ?7 COLLATE NOCASE OR given_name = ?5 COLLATE NOCASE))) "
    "ORDER BY search NOT IN (?2, ?3), family_name, given_name, id LIMIT ?8";

static GPtrArray *
read_runners (ConcDb *db, sqlite3_stmt *statement, GError **error)
{
  g_autoptr (GPtrArray) runners =
      g_ptr_array_new_with_free_func ((GDestroyNotify) conc_runner_free);
  ConcStep step;

  while ((step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    g_ptr_array_add (runners, conc_query_read_runner (statement));
  return step == CONC_STEP_DONE ? g_steal_pointer (&runners) : NULL;
}

static char *
fold_turned (const ConcRunner *runner)
{
  const char      *given = conc_runner_get (runner, CONC_FIELD_GIVEN_NAME);
  const char      *family = conc_runner_get (runner, CONC_FIELD_FAMILY_NAME);
  g_autofree char *turned =
      g_strjoin (" ", family != NULL ? family : "", given != NULL ? given : "", NULL);

  return conc_text_fold (turned);
}

/**
 * conc_reader_list_look_alikes:
 * @wanted: somebody who registers, as far as is known; one who is in the race is not compared with
 *   the own entry
 *
 * Returns: (transfer full) (nullable) (element-type ConcRunner): those of the same name first, at
 *   most %CONC_LOOK_ALIKES_MAX. Cost: one pass over the runners.
 */
GPtrArray *
conc_reader_list_look_alikes (ConcReader *reader, const ConcRunner *wanted, GError **error)
{
  ConcDb          *db = conc_reader_get_db (reader);
  g_autofree char *name = conc_runner_dup_full_name (wanted);
  g_autofree char *folded = conc_text_fold (name);
  g_autofree char *turned = fold_turned (wanted);
  sqlite3_stmt    *statement = conc_db_prepare (db, list_look_alikes, error);

  if (statement == NULL ||
      !conc_db_bind (db, statement, error, "ttttttti", conc_runner_get_id (wanted), folded, turned,
                     conc_runner_get (wanted, CONC_FIELD_EMAIL),
                     conc_runner_get (wanted, CONC_FIELD_GIVEN_NAME),
                     conc_runner_get (wanted, CONC_FIELD_BIRTH_DATE),
                     conc_runner_get (wanted, CONC_FIELD_FAMILY_NAME),
                     (gint64) CONC_LOOK_ALIKES_MAX))
    return NULL;
  return read_runners (db, statement, error);
}

/**
 * conc_reader_get_runner_by_registration:
 * @number: a registration number, as the export has it
 *
 * Returns: (transfer full) (nullable): the runner; of several the first by name. Cost: one pass
 * over the runners.
 */
ConcRunner *
conc_reader_get_runner_by_registration (ConcReader *reader, const char *number, GError **error)
{
  ConcDb *db = conc_reader_get_db (reader);
  g_autoptr (GPtrArray) runners = NULL;
  sqlite3_stmt *statement =
      conc_db_prepare (db,
                       "SELECT " CONC_RUNNER_COLUMNS " FROM runner WHERE registration_id = ? "
                       "ORDER BY search, id LIMIT 1",
                       error);

  if (statement == NULL || !conc_db_bind (db, statement, error, "t", number))
    return NULL;
  runners = read_runners (db, statement, error);
  return runners != NULL && runners->len > 0 ? conc_runner_copy (g_ptr_array_index (runners, 0))
                                             : NULL;
}
