/* project-runner.c: the projection of runners and the index that search uses. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/runner-facts.h"
#include "core/text-fold.h"
#include "store/projector.h"

/* Columns of the table runner: id, the fields in the order of ConcField, then these. */
enum
{
  COLUMN_ID = 1,
  COLUMN_FIRST_FIELD,
  COLUMN_BIB_ORDER = COLUMN_FIRST_FIELD + CONC_N_FIELDS,
  COLUMN_IS_VIRTUAL,
  COLUMN_SEARCH
};

static const char insert_runner[] =
    "INSERT INTO runner (id, bib, given_name, family_name, sex, age, event, wave, team, shirt, "
    "city, state, public, waiver, registered_at, checked_in_at, birth_date, email, phone, zip, "
    "country, emergency_name, emergency_phone, guardian, note, donation_cents, registration_id, "
    "bib_order, is_virtual, search) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
    "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

static char *
make_search_text (const ConcRunner *runner)
{
  g_autofree char *name = conc_runner_dup_full_name (runner);

  return conc_text_fold (name);
}

static int
bind_field (sqlite3_stmt *statement, ConcField field, const char *text)
{
  int column = COLUMN_FIRST_FIELD + (int) field;

  if (text == NULL)
    return sqlite3_bind_null (statement, column);
  if (field == CONC_FIELD_BIB || field == CONC_FIELD_AGE || field == CONC_FIELD_DONATION)
    return sqlite3_bind_int64 (statement, column, g_ascii_strtoll (text, NULL, 10));
  return sqlite3_bind_text (statement, column, text, -1, SQLITE_STATIC);
}

static gboolean
insert_row (ConcDb *db, const ConcRunner *runner, ConcHlc bib_order, GError **error)
{
  sqlite3_stmt    *statement = conc_db_prepare (db, insert_runner, error);
  g_autofree char *search = make_search_text (runner);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, COLUMN_ID, conc_runner_get_id (runner), -1, SQLITE_STATIC);
  for (ConcField field = 0; field < CONC_N_FIELDS; field++)
    bind_field (statement, field, conc_runner_get (runner, field));
  if (bib_order > 0)
    sqlite3_bind_int64 (statement, COLUMN_BIB_ORDER, bib_order);
  sqlite3_bind_int (statement, COLUMN_IS_VIRTUAL, conc_runner_get_virtual (runner));
  sqlite3_bind_text (statement, COLUMN_SEARCH, search, -1, SQLITE_STATIC);
  return conc_db_step (db, statement, error) == CONC_STEP_DONE;
}

/* Puts all runners whose row number is past @last into the index of words. */
static gboolean
index_rows (ConcDb *db, gint64 last, GError **error)
{
  return conc_db_run (db,
                      "INSERT INTO runner_search (rowid, search) "
                      "SELECT n, search FROM runner WHERE n > ?",
                      error, "i", last);
}

static gboolean
delete_row (ConcDb *db, const char *id, GError **error)
{
  return conc_db_run (db,
                      "INSERT INTO runner_search (runner_search, rowid, search) "
                      "SELECT 'delete', n, search FROM runner WHERE id = ?",
                      error, "t", id) &&
         conc_db_run (db, "DELETE FROM runner WHERE id = ?", error, "t", id);
}

/**
 * conc_project_new_runner:
 * @bib_order: the time of the fact that gave the bib; 0 without a bib
 *
 * The row of a runner about whom nothing was known before; an import of many is then spared the
 * merge of facts that it has just made. Verify holds it to the facts. Search finds the runner after
 * conc_project_new_runners_end().
 */
gboolean
conc_project_new_runner (ConcDb *db, const ConcRunner *runner, ConcHlc bib_order, GError **error)
{
  return insert_row (db, runner, bib_order, error);
}

/**
 * conc_project_new_runners_end:
 * @last: the highest row number before the first new runner; 0 for an empty table
 *
 * Lets search find the runners of conc_project_new_runner(): one statement for all of them is many
 * times faster than one for each.
 */
gboolean
conc_project_new_runners_end (ConcDb *db, gint64 last, GError **error)
{
  return index_rows (db, last, error);
}

/** conc_project_runner: see conc_project(). A runner who was removed has no row. */
gboolean
conc_project_runner (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error)
{
  g_autoptr (ConcRunner) runner = NULL;
  const ConcSlot *bib;

  if (!delete_row (db, subject, error))
    return FALSE;
  if (!conc_merged_exists (merged) || conc_merged_get_bool (merged, "removed", FALSE))
    return TRUE;
  runner = conc_runner_from_merged (subject, merged);
  bib = conc_merged_find (merged, conc_field_get_key (CONC_FIELD_BIB));
  return insert_row (db, runner, bib != NULL ? bib->winner->hlc : 0, error) &&
         index_rows (db, sqlite3_last_insert_rowid (conc_db_get_handle (db)) - 1, error);
}
