/* project-runner.c: the projection of runners. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/runner-facts.h"
#include "core/text-fold.h"
#include "store/projector.h"
#include "store/queries.h"

/* Columns of the table runner: id, the fields in the order of ConcField, then these. */
enum
{
  COLUMN_ID = 1,
  COLUMN_FIRST_FIELD,
  COLUMN_BIB_ORDER = COLUMN_FIRST_FIELD + CONC_N_FIELDS,
  COLUMN_IS_VIRTUAL,
  COLUMN_SEARCH
};

static const char write_runner[] =
    "INSERT INTO runner (" CONC_RUNNER_COLUMNS ", bib_order, is_virtual, search) VALUES ("
    "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
    "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET bib = excluded.bib, "
    "given_name = "
    "excluded.given_name, family_name = excluded.family_name, sex = excluded.sex, age = "
    "excluded.age, event = excluded.event, wave = excluded.wave, team = excluded.team, shirt "
    "= excluded.shirt, city = excluded.city, state = excluded.state, public = "
    "excluded.public, waiver = excluded.waiver, registered_at = excluded.registered_at, "
    "checked_in_at = excluded.checked_in_at, known_as = excluded.known_as, captain = "
    "excluded.captain, shirt_given = excluded.shirt_given, attendance = excluded.attendance, "
    "ruling = excluded.ruling, ruling_reason = excluded.ruling_reason, penalty_usec = "
    "excluded.penalty_usec, penalty_reason = excluded.penalty_reason, "
    "birth_date = excluded.birth_date, email = excluded.email, phone = excluded.phone, zip = "
    "excluded.zip, country = excluded.country, emergency_name = excluded.emergency_name, "
    "emergency_phone = excluded.emergency_phone, guardian = excluded.guardian, note = "
    "excluded.note, donation_cents = excluded.donation_cents, registration_id = "
    "excluded.registration_id, balance_cents = excluded.balance_cents, medical = "
    "excluded.medical, bib_order = excluded.bib_order, is_virtual = excluded.is_virtual, "
    "search = excluded.search";

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
  if (conc_field_is_number (field))
    return sqlite3_bind_int64 (statement, column, g_ascii_strtoll (text, NULL, 10));
  return sqlite3_bind_text (statement, column, text, -1, SQLITE_STATIC);
}

static gboolean
write_row (ConcDb           *db,
           const ConcRunner *runner,
           ConcHlc           bib_order,
           const char       *search,
           GError          **error)
{
  sqlite3_stmt *statement = conc_db_prepare (db, write_runner, error);

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

/** conc_project_runner: see conc_project(). A runner who was removed has no row. */
gboolean
conc_project_runner (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error)
{
  g_autoptr (ConcRunner) runner = NULL;
  g_autofree char *search = NULL;
  const ConcSlot  *bib;

  if (!conc_merged_exists (merged) || conc_merged_get_bool (merged, CONC_KEY_REMOVED, FALSE))
    return conc_db_run (db, "DELETE FROM runner WHERE id = ?", error, "t", subject) &&
           conc_project_twins (db, subject, NULL, error);
  runner = conc_runner_from_merged (subject, merged);
  search = make_search_text (runner);
  bib = conc_merged_find (merged, conc_field_get_key (CONC_FIELD_BIB));
  return write_row (db, runner, bib != NULL ? bib->winner->hlc : 0, search, error) &&
         conc_project_twins (db, subject, merged, error);
}
