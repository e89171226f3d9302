/* schema.c: the tables of a race file, version by version. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/schema.h"

#include "store/identity.h"
#include "store/log.h"
#include "store/pairing.h"
#include "store/projector.h"
#include "store/random.h"

#include <glib/gi18n-lib.h>

#define GUARD_OF_DELETE                                                                            \
  "CREATE TRIGGER fact_is_never_deleted BEFORE DELETE ON fact"                                     \
  "  BEGIN SELECT RAISE (ABORT, 'a fact is never deleted'); END;"

/* The facts, and who this copy of the file is. Nothing else is a source of truth. As they were in
 * version 1; what came later is in the steps below, for new files too. */
static const char log_tables[] =
    "CREATE TABLE identity ("
    "  one INTEGER PRIMARY KEY CHECK (one = 1),"
    "  race TEXT NOT NULL,"
    "  key BLOB NOT NULL,"
    "  station TEXT NOT NULL) STRICT;"
    "CREATE TABLE station ("
    "  n INTEGER PRIMARY KEY,"
    "  id TEXT NOT NULL UNIQUE) STRICT;"
    "CREATE TABLE fact ("
    "  position INTEGER PRIMARY KEY,"
    "  station INTEGER NOT NULL REFERENCES station,"
    "  seq INTEGER NOT NULL CHECK (seq > 0),"
    "  hlc INTEGER NOT NULL,"
    "  kind TEXT NOT NULL,"
    "  subject TEXT NOT NULL,"
    "  replaces_station INTEGER REFERENCES station,"
    "  replaces_seq INTEGER,"
    "  operator TEXT,"
    "  body TEXT NOT NULL,"
    "  UNIQUE (station, seq)) STRICT;"
    "CREATE INDEX fact_by_subject ON fact (subject);"
    "CREATE TRIGGER fact_is_never_changed BEFORE UPDATE ON fact"
    "  BEGIN SELECT RAISE (ABORT, 'a fact is never changed'); END;" GUARD_OF_DELETE;

#define CREATE_NAMED_STATION                                                                       \
  "CREATE TABLE named_station ("                                                                   \
  "  id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL) STRICT;"

/* Version 2: several stations. The role and the place of this copy; keys and passwords, which are
 * never facts; and how far the exchange with the hub has come, which can be found out anew. */
#define VERSION_2_LOG                                                                              \
  "ALTER TABLE identity ADD COLUMN role TEXT NOT NULL DEFAULT 'organizer';"                        \
  "ALTER TABLE identity ADD COLUMN fingerprint TEXT NOT NULL DEFAULT '';"                          \
  "CREATE TABLE secret (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;"                       \
  "CREATE TABLE sync (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;"

/* One row for each thing to be decided; @card is the question, which several rows can share. */
#define CREATE_CONFLICT                                                                            \
  "CREATE TABLE conflict ("                                                                        \
  "  subject TEXT NOT NULL, key TEXT NOT NULL, card TEXT NOT NULL,"                                \
  "  winner TEXT NOT NULL, rivals TEXT NOT NULL,"                                                  \
  "  PRIMARY KEY (subject, key)) STRICT, WITHOUT ROWID;"                                           \
  "CREATE INDEX conflict_by_card ON conflict (card);"

#define CREATE_NAME_INDEX "CREATE INDEX runner_by_search ON runner (search);"

/* Who registered at the desk; who has the name of such a one; and who was said to be another. */
#define CREATE_TWINS                                                                               \
  "CREATE TABLE walk_up (id TEXT PRIMARY KEY, search TEXT NOT NULL) STRICT, WITHOUT ROWID;"        \
  "CREATE INDEX walk_up_by_search ON walk_up (search);"                                            \
  "CREATE TABLE twin ("                                                                            \
  "  a TEXT NOT NULL, b TEXT NOT NULL, PRIMARY KEY (a, b)) STRICT, WITHOUT ROWID;"                 \
  "CREATE INDEX twin_by_b ON twin (b);"                                                            \
  "CREATE TABLE apart ("                                                                           \
  "  a TEXT NOT NULL, b TEXT NOT NULL, PRIMARY KEY (a, b)) STRICT, WITHOUT ROWID;"

/* Version 3: the desk and the printers. */
#define CREATE_FEE                                                                                 \
  "CREATE TABLE fee ("                                                                             \
  "  id TEXT PRIMARY KEY, fact TEXT NOT NULL, hlc INTEGER NOT NULL, at_usec INTEGER NOT NULL,"     \
  "  runner TEXT NOT NULL, amount_cents INTEGER NOT NULL, method TEXT NOT NULL,"                   \
  "  before_cents INTEGER NOT NULL, counts INTEGER) STRICT;"                                       \
  "CREATE INDEX fee_by_runner ON fee (runner);"

#define CREATE_PRINT                                                                               \
  "CREATE TABLE print ("                                                                           \
  "  id TEXT PRIMARY KEY, hlc INTEGER NOT NULL, runner TEXT NOT NULL, bib INTEGER,"                \
  "  layout TEXT, stock TEXT, printer TEXT, batch TEXT, content TEXT, reprint_of TEXT,"            \
  "  reason TEXT, station TEXT NOT NULL, operator TEXT, queued_usec INTEGER NOT NULL,"             \
  "  state TEXT NOT NULL, state_usec INTEGER NOT NULL, detail TEXT) STRICT, WITHOUT ROWID;"        \
  "CREATE INDEX print_by_runner ON print (runner);"

/* Few runners are captains, so a group is looked for only where there is one; and few do not come,
 * so those are counted apart. */
#define CREATE_FEW_INDEXES                                                                         \
  "CREATE INDEX runner_by_captain ON runner (team) WHERE captain = 'yes';"                         \
  "CREATE INDEX runner_by_attendance ON runner (attendance) WHERE attendance IS NOT NULL;"

#define ADD_RUNNER_COLUMNS                                                                         \
  "ALTER TABLE runner ADD COLUMN known_as TEXT;"                                                   \
  "ALTER TABLE runner ADD COLUMN captain TEXT;"                                                    \
  "ALTER TABLE runner ADD COLUMN shirt_given TEXT;"                                                \
  "ALTER TABLE runner ADD COLUMN attendance TEXT;"                                                 \
  "ALTER TABLE runner ADD COLUMN balance_cents INTEGER;"                                           \
  "ALTER TABLE runner ADD COLUMN medical TEXT;"

/* Version 4: the timing table. Times are as their station took them (raw_usec), and as they count
 * (at_usec), by the clock of the hub. A tap is a time at the finish that counts; what other watches
 * took is beside it. */
#define CREATE_TIMES                                                                               \
  "CREATE TABLE tap ("                                                                             \
  "  subject TEXT PRIMARY KEY, at_usec INTEGER NOT NULL, raw_usec INTEGER NOT NULL,"               \
  "  hlc INTEGER NOT NULL, station TEXT NOT NULL, clock TEXT, stream TEXT NOT NULL,"               \
  "  bib INTEGER, bib_fact TEXT, chute TEXT, source TEXT) STRICT, WITHOUT ROWID;"                  \
  "CREATE INDEX tap_by_bib ON tap (bib, at_usec);"                                                 \
  "CREATE INDEX tap_by_time ON tap (at_usec);"                                                     \
  "CREATE TABLE gun ("                                                                             \
  "  wave TEXT PRIMARY KEY, fact TEXT NOT NULL, at_usec INTEGER NOT NULL,"                         \
  "  raw_usec INTEGER NOT NULL, station TEXT NOT NULL, clock TEXT) STRICT;"                        \
  "CREATE TABLE start ("                                                                           \
  "  bib INTEGER PRIMARY KEY, fact TEXT NOT NULL, at_usec INTEGER NOT NULL,"                       \
  "  raw_usec INTEGER NOT NULL, station TEXT NOT NULL, clock TEXT) STRICT;"                        \
  "CREATE TABLE gun_seen ("                                                                        \
  "  subject TEXT PRIMARY KEY, wave TEXT NOT NULL, at_usec INTEGER NOT NULL,"                      \
  "  raw_usec INTEGER NOT NULL, station TEXT NOT NULL, clock TEXT) STRICT, WITHOUT ROWID;"

/* Few runners are ruled on, and those are looked for alone. */
#define CREATE_RULING_INDEX                                                                        \
  "CREATE INDEX runner_by_ruling ON runner (ruling) WHERE ruling IS NOT NULL;"

#define ADD_RULING_COLUMNS                                                                         \
  "ALTER TABLE runner ADD COLUMN ruling TEXT;"                                                     \
  "ALTER TABLE runner ADD COLUMN ruling_reason TEXT;"                                              \
  "ALTER TABLE runner ADD COLUMN penalty_usec INTEGER;"                                            \
  "ALTER TABLE runner ADD COLUMN penalty_reason TEXT;" CREATE_RULING_INDEX

/* Times of other watches, of a second timer and of single bibs: for the ladder, they do not count.
 */
#define CREATE_WATCH                                                                               \
  "CREATE TABLE watch ("                                                                           \
  "  subject TEXT PRIMARY KEY, at_usec INTEGER NOT NULL, raw_usec INTEGER NOT NULL,"               \
  "  hlc INTEGER NOT NULL, station TEXT NOT NULL, clock TEXT, stream TEXT NOT NULL,"               \
  "  use TEXT NOT NULL, bib INTEGER, bib_fact TEXT, source TEXT) STRICT, WITHOUT ROWID;"           \
  "CREATE INDEX watch_by_time ON watch (use, at_usec);"

/* What readers sent, a delivery and a line at a time; what somebody corrected about a row that
 * follows from a line; and by which gun, date and zone the lines were read. */
#define CREATE_READS                                                                               \
  "CREATE TABLE delivery ("                                                                        \
  "  subject TEXT PRIMARY KEY, hlc INTEGER NOT NULL, station TEXT NOT NULL, stream TEXT NOT NULL," \
  "  format TEXT, head TEXT, file TEXT) STRICT, WITHOUT ROWID;"                                    \
  "CREATE INDEX delivery_by_stream ON delivery (stream);"                                          \
  "CREATE TABLE read ("                                                                            \
  "  subject TEXT NOT NULL, line INTEGER NOT NULL, stream TEXT NOT NULL, raw TEXT NOT NULL,"       \
  "  hash INTEGER NOT NULL, kind TEXT, at_usec INTEGER, by_start INTEGER NOT NULL,"                \
  "  tag TEXT COLLATE NOCASE, bib INTEGER, position INTEGER, antenna INTEGER, strength INTEGER,"   \
  "  is_ignored INTEGER NOT NULL, outcome TEXT NOT NULL, counts_for INTEGER NOT NULL,"             \
  "  PRIMARY KEY (subject, line)) STRICT, WITHOUT ROWID;"                                          \
  "CREATE INDEX read_by_tag ON read (tag, stream, at_usec);"                                       \
  "CREATE INDEX read_by_hash ON read (stream, hash);"                                              \
  "CREATE INDEX read_of_start ON read (counts_for) WHERE outcome = 'start';"                       \
  "CREATE INDEX read_by_start ON read (stream) WHERE by_start;"                                    \
  "CREATE TABLE read_fix ("                                                                        \
  "  subject TEXT PRIMARY KEY, bib INTEGER, bib_fact TEXT, linked TEXT) STRICT, WITHOUT ROWID;"    \
  "CREATE TABLE read_base ("                                                                       \
  "  start_usec INTEGER PRIMARY KEY, date TEXT NOT NULL, timezone TEXT NOT NULL) STRICT;"

/* Bibs in the order of arrival, what was done to mend them, and where times come from. */
#define CREATE_STREAMS                                                                             \
  "CREATE TABLE chute ("                                                                           \
  "  subject TEXT PRIMARY KEY, at_usec INTEGER NOT NULL, raw_usec INTEGER NOT NULL,"               \
  "  hlc INTEGER NOT NULL, station TEXT NOT NULL, clock TEXT, stream TEXT NOT NULL,"               \
  "  before TEXT, bib INTEGER, bib_fact TEXT, linked TEXT, tap TEXT, source TEXT)"                 \
  "  STRICT, WITHOUT ROWID;"                                                                       \
  "CREATE INDEX chute_by_time ON chute (at_usec);"                                                 \
  "CREATE TABLE repair ("                                                                          \
  "  subject TEXT PRIMARY KEY, hlc INTEGER NOT NULL, station TEXT NOT NULL, operator TEXT,"        \
  "  repair TEXT NOT NULL, facts TEXT NOT NULL, reason TEXT) STRICT, WITHOUT ROWID;"               \
  "CREATE TABLE stream ("                                                                          \
  "  name TEXT PRIMARY KEY, use TEXT NOT NULL, format TEXT, origin TEXT,"                          \
  "  offset_usec INTEGER NOT NULL, filter TEXT NOT NULL, gap_usec INTEGER NOT NULL) STRICT;"       \
  "CREATE TABLE chip (tag TEXT PRIMARY KEY, bib INTEGER NOT NULL, fact TEXT NOT NULL) STRICT;"     \
  "CREATE INDEX chip_by_bib ON chip (bib);" CREATE_WATCH CREATE_READS

/* The clocks of the stations: one offset to the hub for each timebase, and what happened to them.
 */
#define CREATE_CLOCKS                                                                              \
  "CREATE TABLE timebase ("                                                                        \
  "  station TEXT NOT NULL, clock TEXT NOT NULL, base TEXT NOT NULL,"                              \
  "  offset_usec INTEGER NOT NULL, error_usec INTEGER NOT NULL, rank INTEGER NOT NULL,"            \
  "  hlc INTEGER NOT NULL, seq INTEGER NOT NULL,"                                                  \
  "  PRIMARY KEY (station, clock)) STRICT, WITHOUT ROWID;"                                         \
  "CREATE TABLE clock_event ("                                                                     \
  "  subject TEXT PRIMARY KEY, station TEXT NOT NULL, clock TEXT NOT NULL, event TEXT NOT NULL,"   \
  "  at_usec INTEGER NOT NULL, by_usec INTEGER NOT NULL) STRICT, WITHOUT ROWID;"

/* What brings a file from the version of its index to the next; forward only. */
static const char *const upgrades[CONC_SCHEMA_VERSION] = {
  [1] = VERSION_2_LOG CREATE_NAMED_STATION CREATE_NAME_INDEX CREATE_TWINS
  "DROP TABLE runner_search;"
  "ALTER TABLE conflict RENAME TO old_conflict;" CREATE_CONFLICT,
  [2] = ADD_RUNNER_COLUMNS CREATE_FEW_INDEXES CREATE_FEE CREATE_PRINT,
  [3] = "DROP TABLE tap; DROP TABLE gun; DROP TABLE start;" ADD_RULING_COLUMNS CREATE_TIMES
      CREATE_STREAMS CREATE_CLOCKS,
};

/* Projections: what the facts say together. All can be dropped and made again. The columns of
 * runner are the keys of core/field.h; bib_order decides between two holders of one bib. */
static const char projection_tables[] =
    "CREATE TABLE runner ("
    "  n INTEGER PRIMARY KEY,"
    "  id TEXT NOT NULL UNIQUE,"
    "  bib INTEGER,"
    "  given_name TEXT, family_name TEXT, sex TEXT, age INTEGER, event TEXT, wave TEXT,"
    "  team TEXT, shirt TEXT, city TEXT, state TEXT, public TEXT, waiver TEXT,"
    "  registered_at TEXT, checked_in_at TEXT,"
    "  known_as TEXT, captain TEXT, shirt_given TEXT, attendance TEXT,"
    "  ruling TEXT, ruling_reason TEXT, penalty_usec INTEGER, penalty_reason TEXT,"
    "  birth_date TEXT, email TEXT, phone TEXT, zip TEXT, country TEXT,"
    "  emergency_name TEXT, emergency_phone TEXT, guardian TEXT, note TEXT,"
    "  donation_cents INTEGER, registration_id TEXT, balance_cents INTEGER, medical TEXT,"
    "  bib_order INTEGER,"
    "  is_virtual INTEGER NOT NULL,"
    "  search TEXT NOT NULL) STRICT;"
    "CREATE INDEX runner_by_bib ON runner (bib) WHERE bib IS NOT NULL;" CREATE_NAME_INDEX
        CREATE_FEW_INDEXES CREATE_RULING_INDEX CREATE_TIMES CREATE_STREAMS CREATE_CLOCKS
    "CREATE TABLE gift ("
    "  id TEXT PRIMARY KEY, fact TEXT NOT NULL, hlc INTEGER NOT NULL, at_usec INTEGER NOT NULL,"
    "  amount_cents INTEGER NOT NULL, method TEXT NOT NULL, donor TEXT,"
    "  is_anonymous INTEGER NOT NULL, beneficiary TEXT, message TEXT) STRICT;"
    "CREATE TABLE setting ("
    "  key TEXT PRIMARY KEY, fact TEXT NOT NULL, value TEXT NOT NULL) STRICT;" CREATE_NAMED_STATION
        CREATE_TWINS CREATE_CONFLICT CREATE_FEE CREATE_PRINT;

/**
 * conc_schema_drop_name_index:
 *
 * Before many runners are written into an empty table, in one transaction with
 * conc_schema_create_name_index(): names come in no order, and sorting them once is half the time.
 */
gboolean
conc_schema_drop_name_index (ConcDb *db, GError **error)
{
  return conc_db_exec (db, "DROP INDEX runner_by_search", error);
}

/** conc_schema_create_name_index: makes what conc_schema_drop_name_index() took away. */
gboolean
conc_schema_create_name_index (ConcDb *db, GError **error)
{
  return conc_db_exec (db, CREATE_NAME_INDEX, error);
}

/** conc_schema_create_projections: makes the empty projections; for new files and verify. */
gboolean
conc_schema_create_projections (ConcDb *db, GError **error)
{
  return conc_db_exec (db, projection_tables, error);
}

/** conc_schema_create: makes the tables of the current version in an empty database. */
gboolean
conc_schema_create (ConcDb *db, GError **error)
{
  g_autofree char *pragmas =
      g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %d;", CONC_APPLICATION_ID,
                       CONC_SCHEMA_VERSION);

  return conc_db_exec (db, log_tables, error) && conc_db_exec (db, VERSION_2_LOG, error) &&
         conc_schema_create_projections (db, error) && conc_db_exec (db, pragmas, error);
}

/** conc_schema_is_current: Returns: whether @db, a race file, needs no upgrade. */
gboolean
conc_schema_is_current (ConcDb *db)
{
  gint64 version;

  return conc_db_get_int (db, "PRAGMA user_version", &version, NULL) &&
         version == CONC_SCHEMA_VERSION;
}

/** conc_schema_make_private_key: gives a race the key that seals private facts outside of it. */
gboolean
conc_schema_make_private_key (ConcDb *db, GError **error)
{
  g_autoptr (GBytes) key = conc_random_key (error);

  return key != NULL && conc_db_run (db, "INSERT INTO secret (name, value) VALUES (?, ?)", error,
                                     "tb", CONC_SECRET_PRIVATE_KEY, key);
}

/**
 * conc_schema_delete_facts:
 * @station: the station whose facts are deleted
 * @first: the number from which on they are
 *
 * The one exception to the rule that a fact is never deleted: when a station takes another name,
 * its facts have been written anew under that. Inside the caller's transaction.
 */
gboolean
conc_schema_delete_facts (ConcDb *db, const char *station, gint64 first, GError **error)
{
  return conc_db_exec (db, "DROP TRIGGER fact_is_never_deleted", error) &&
         conc_db_run (db,
                      "DELETE FROM fact WHERE station = (SELECT n FROM station WHERE id = ?) "
                      "AND seq >= ?",
                      error, "ti", station, first) &&
         conc_db_exec (db, GUARD_OF_DELETE, error);
}

static gboolean
project_anew (ConcDb *db, const char *subjects_sql, GError **error)
{
  g_autoptr (ConcLog) log = conc_log_new (db);
  g_autoptr (GPtrArray) subjects = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *statement = conc_db_prepare (db, subjects_sql, error);
  ConcStep      step;

  if (statement == NULL)
    return FALSE;
  while ((step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    g_ptr_array_add (subjects, conc_column_dup (statement, 0));
  for (guint i = 0; step == CONC_STEP_DONE && i < subjects->len; i++)
    {
      const char *subject = g_ptr_array_index (subjects, i);
      g_autoptr (GPtrArray) facts = conc_log_read_subject (log, subject, error);
      g_autoptr (ConcMerged) merged = facts != NULL ? conc_merge (facts) : NULL;

      if (merged == NULL || !conc_project (db, subject, merged, error))
        return FALSE;
    }
  return step == CONC_STEP_DONE;
}

/* Version 4 has other tables of times. A file of version 3 may hold facts of kinds that it did not
 * know. */
static gboolean
complete_version_4 (ConcDb *db, GError **error)
{
  return project_anew (db,
                       "SELECT DISTINCT subject FROM fact WHERE kind IN ('tap', 'crossing', "
                       "'tap.bib', 'gun', 'start', 'chute', 'chute.set', 'stream', 'read', "
                       "'read.set', 'chip', 'ruling', 'repair', 'gun.seen', 'clock')",
                       error) &&
         conc_pairing_settle_all (db, error);
}

/* The statement that reads it has to be gone before a table can be dropped. */
static gboolean
complete_version_2 (ConcDb *db, GError **error)
{
  return project_anew (db, "SELECT DISTINCT subject FROM old_conflict", error) &&
         conc_schema_make_private_key (db, error) &&
         conc_db_exec (db, "DROP TABLE old_conflict", error);
}

/* A station of version 2 may have taken facts of newer ones, whose keys it did not know. */
static gboolean
complete_version_3 (ConcDb *db, GError **error)
{
  return project_anew (db,
                       "SELECT DISTINCT subject FROM fact WHERE kind IN ('runner', "
                       "'runner.private', 'runner.set', 'runner.set.private', 'check-in') AND "
                       "(instr (body, '\"known_as\"') OR instr (body, '\"captain\"') OR "
                       "instr (body, '\"shirt_given\"') OR instr (body, '\"attendance\"') OR "
                       "instr (body, '\"balance_cents\"') OR instr (body, '\"medical\"'))",
                       error);
}

static gboolean
upgrade_steps (ConcDb *db, GError **error)
{
  g_autofree char *pragma = g_strdup_printf ("PRAGMA user_version = %d", CONC_SCHEMA_VERSION);
  gint64           first;

  if (!conc_db_get_int (db, "PRAGMA user_version", &first, error))
    return FALSE;
  for (gint64 version = first; version < CONC_SCHEMA_VERSION; version++)
    if (!conc_db_exec (db, upgrades[version], error))
      return FALSE;
  /* Rows are written as this version writes them, so only when all its tables are there. Version 1
   * noted more conflicts than what is to be decided. */
  return (first > 1 || complete_version_2 (db, error)) && complete_version_3 (db, error) &&
         complete_version_4 (db, error) && conc_db_exec (db, pragma, error);
}

/**
 * conc_schema_upgrade:
 *
 * Brings a race file of any earlier version to this one, in one transaction. After a failure it
 * is as it was.
 */
gboolean
conc_schema_upgrade (ConcDb *db, GError **error)
{
  if (conc_schema_is_current (db))
    return TRUE;
  if (!conc_db_exec (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (upgrade_steps (db, error) && conc_db_exec (db, "COMMIT", error))
    return TRUE;
  conc_db_exec (db, "ROLLBACK", NULL);
  return FALSE;
}

/**
 * conc_schema_check:
 *
 * Returns: whether @db is a race file that this version understands; otherwise @error is
 * %CONC_STORE_ERROR_NOT_A_RACE, %CONC_STORE_ERROR_NEWER or %CONC_STORE_ERROR_DAMAGED.
 */
gboolean
conc_schema_check (ConcDb *db, GError **error)
{
  gint64 application_id, version;

  if (!conc_db_get_int (db, "PRAGMA application_id", &application_id, error) ||
      !conc_db_get_int (db, "PRAGMA user_version", &version, error))
    return FALSE;
  if (application_id != CONC_APPLICATION_ID || version < 1)
    {
      g_set_error_literal (error, CONC_STORE_ERROR, CONC_STORE_ERROR_NOT_A_RACE,
                           _ ("This file is not a race file."));
      return FALSE;
    }
  if (version > CONC_SCHEMA_VERSION)
    {
      g_set_error (error, CONC_STORE_ERROR, CONC_STORE_ERROR_NEWER,
                   _ ("This race file was written by a newer version of Concourse (format %d; "
                      "this one reads up to %d). Update Concourse on this computer."),
                   (int) version, CONC_SCHEMA_VERSION);
      return FALSE;
    }
  return TRUE;
}
