/* open.c: creates, checks and opens the database of a race file. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/open.h"

#include "store/fingerprint.h"
#include "store/lock.h"
#include "store/random.h"
#include "store/schema.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#define RACE_ID_CHARS 16
/* Up to this size the whole file is checked when it is opened for writing; it takes milliseconds.
 */
#define QUICK_CHECK_MAX_BYTES (32 * 1024 * 1024)

/** conc_open_exists: Returns: whether @path is a file; otherwise %CONC_STORE_ERROR_NOT_FOUND. */
gboolean
conc_open_exists (const char *path, GError **error)
{
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, CONC_STORE_ERROR, CONC_STORE_ERROR_NOT_A_RACE,
                   _ ("“%s” is a folder, not a race file."), path);
      return FALSE;
    }
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, CONC_STORE_ERROR, CONC_STORE_ERROR_NOT_FOUND,
                   _ ("There is no file “%s”."), path);
      return FALSE;
    }
  return TRUE;
}

/**
 * conc_open_is_race:
 *
 * Asks SQLite, which reads only, and creates nothing beside a file that is something else. It must
 * not be asked of the system: closing a file by another way than SQLite's would drop the locks that
 * this process has on it (POSIX fcntl), and another program could take its log for left over.
 */
gboolean
conc_open_is_race (const char *path, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (ConcDb) db = NULL;
  gint64 application_id = 0;

  if (g_access (path, R_OK) != 0)
    {
      g_set_error (error, CONC_STORE_ERROR, CONC_STORE_ERROR_READ_ONLY,
                   _ ("“%s” cannot be read: %s."), path, g_strerror (errno));
      return FALSE;
    }
  db = conc_db_open (path, SQLITE_OPEN_READONLY, &local_error);
  if (db != NULL && conc_db_get_int (db, "PRAGMA application_id", &application_id, &local_error) &&
      application_id == CONC_APPLICATION_ID)
    return TRUE;
  /* It is a database: what is wrong with it is found when it is opened. */
  if (local_error != NULL &&
      !g_error_matches (local_error, CONC_STORE_ERROR, CONC_STORE_ERROR_NOT_A_RACE))
    return TRUE;
  g_set_error (error, CONC_STORE_ERROR, CONC_STORE_ERROR_NOT_A_RACE, _ ("“%s” is not a race file."),
               path);
  return FALSE;
}

/* The write-ahead log needs shared memory, which a network folder does not give: there a
 * rollback journal is used, slower and just as safe. */
static gboolean
is_on_network (const char *path)
{
  static const unsigned long network_types[] = { 0x6969,     0x517b,     0xff534d42,
                                                 0xfe534d42, 0x65735546, 0x01021997 };
  g_autofree char           *folder = g_path_get_dirname (path);
  struct statfs              info;

  if (statfs (folder, &info) != 0)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (network_types); i++)
    if ((unsigned long) info.f_type == network_types[i])
      return TRUE;
  return FALSE;
}

static gboolean
set_up (ConcDb *db, const char *path, GError **error)
{
  return conc_db_exec (db,
                       is_on_network (path) ? "PRAGMA journal_mode = TRUNCATE"
                                            : "PRAGMA journal_mode = WAL",
                       error) &&
         conc_db_exec (db,
                       "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; "
                       "PRAGMA trusted_schema = OFF; PRAGMA cache_size = -32768;",
                       error);
}

static gboolean
insert_identity (ConcDb *db, const char *race, GBytes *key, ConcRole role, GError **error)
{
  g_autofree char *station = conc_random_id (CONC_STATION_ID_LENGTH, error);

  return station != NULL &&
         conc_db_run (db,
                      "INSERT INTO identity (one, race, key, station, role) "
                      "VALUES (1, ?, ?, ?, ?)",
                      error, "tbtt", race, key, station, conc_role_to_text (role));
}

static gboolean
write_new_race (ConcDb *db, GError **error)
{
  g_autofree char *race = conc_random_id (RACE_ID_CHARS, error);
  g_autoptr (GBytes) key = race != NULL ? conc_random_key (error) : NULL;

  return key != NULL && insert_identity (db, race, key, CONC_ROLE_ORGANIZER, error) &&
         conc_schema_make_private_key (db, error);
}

static gboolean
write_joined (ConcDb *db, const ConcIdentity *joined, GError **error)
{
  return insert_identity (db, joined->race_id, joined->key, joined->role, error) &&
         conc_db_run (db, "INSERT INTO sync (key, value) VALUES (?, ?)", error, "tt",
                      CONC_SYNC_NAME, joined->station_name);
}

static gboolean
create_tables (ConcDb *db, const ConcIdentity *joined, GError **error)
{
  return conc_db_exec (db, "BEGIN IMMEDIATE", error) && conc_schema_create (db, error) &&
         (joined != NULL ? write_joined (db, joined, error) : write_new_race (db, error)) &&
         conc_db_exec (db, "COMMIT", error);
}

/**
 * conc_open_create:
 * @joined: (nullable): the race that this file is to be of; %NULL for a new one
 *
 * Returns: (transfer full) (nullable): a race without facts.
 */
ConcDb *
conc_open_create (const char *path, const ConcIdentity *joined, GError **error)
{
  g_autoptr (ConcDb) db = conc_db_open (path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error);

  if (db == NULL || !set_up (db, path, error) || !create_tables (db, joined, error) ||
      !conc_fingerprint_claim (db, path, error))
    return NULL;
  return g_steal_pointer (&db);
}

/** conc_open_remove: removes what a failed creation left at @path. */
void
conc_open_remove (const char *path)
{
  static const char *const suffixes[] = { "", "-wal", "-shm", "-journal" };

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (path, suffixes[i], NULL);

      g_unlink (name);
    }
}

static gboolean
check_pages (ConcDb *db, const char *path, GError **error)
{
  sqlite3_stmt *statement;
  struct stat   info;
  gboolean      is_sound;

  if (stat (path, &info) != 0 || info.st_size > QUICK_CHECK_MAX_BYTES)
    return TRUE;
  statement = conc_db_prepare (db, "PRAGMA quick_check (1)", error);
  if (statement == NULL || conc_db_step (db, statement, error) != CONC_STEP_ROW)
    return FALSE;
  is_sound = g_strcmp0 (conc_column_text (statement, 0), "ok") == 0;
  sqlite3_reset (statement);
  if (!is_sound)
    conc_store_error_from_sqlite (SQLITE_CORRUPT, NULL, error);
  return is_sound;
}

/** conc_open_for_writing: Returns: (transfer full) (nullable): a checked connection. */
ConcDb *
conc_open_for_writing (const char *path, GError **error)
{
  g_autoptr (ConcDb) db = NULL;

  if (g_access (path, W_OK) != 0)
    {
      conc_store_error_from_sqlite (SQLITE_READONLY, NULL, error);
      return NULL;
    }
  db = conc_db_open (path, SQLITE_OPEN_READWRITE, error);
  if (db == NULL || !conc_schema_check (db, error) || !set_up (db, path, error) ||
      !check_pages (db, path, error) || !conc_schema_upgrade (db, error) ||
      !conc_fingerprint_claim (db, path, error))
    return NULL;
  return g_steal_pointer (&db);
}

/* A reader finds the tables of this version only. */
static gboolean
bring_up_to_date (const char *path, GError **error)
{
  g_autoptr (ConcLock) lock = NULL;
  g_autoptr (ConcDb) db = NULL;

  if (g_access (path, W_OK) != 0)
    {
      g_set_error (error, CONC_STORE_ERROR, CONC_STORE_ERROR_READ_ONLY,
                   _ ("“%s” was made by an older version of Concourse and must be brought up to "
                      "date, but it cannot be written. Copy it to a folder of your own and open "
                      "the copy."),
                   path);
      return FALSE;
    }
  lock = conc_lock_take (path, error);
  if (lock == NULL)
    return FALSE;
  db = conc_open_for_writing (path, error);
  return db != NULL;
}

/* In a folder that cannot be written SQLite cannot keep its shared memory. When no writer left a
 * log there either, the file is complete in itself and is read as it is. */
static ConcDb *
open_unchanging (const char *path, GError **error)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *uri_path = g_uri_escape_string (path, "/", TRUE);
  g_autofree char *uri = g_strdup_printf ("file:%s?immutable=1", uri_path);

  if (g_file_test (log, G_FILE_TEST_EXISTS))
    return NULL;
  return conc_db_open (uri, SQLITE_OPEN_READONLY, error);
}

/** conc_open_for_reading: Returns: (transfer full) (nullable): a checked connection. */
ConcDb *
conc_open_for_reading (const char *path, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (ConcDb) db = NULL;

  if (!conc_open_exists (path, error) || !conc_open_is_race (path, error))
    return NULL;
  db = conc_db_open (path, SQLITE_OPEN_READONLY, &local_error);
  if (db != NULL && conc_schema_check (db, &local_error))
    {
      if (!conc_schema_is_current (db) && !bring_up_to_date (path, error))
        return NULL;
      return g_steal_pointer (&db);
    }
  if (g_error_matches (local_error, CONC_STORE_ERROR, CONC_STORE_ERROR_IO) ||
      g_error_matches (local_error, CONC_STORE_ERROR, CONC_STORE_ERROR_READ_ONLY))
    {
      g_clear_pointer (&db, conc_db_close);
      db = open_unchanging (path, NULL);
      if (db != NULL && conc_schema_check (db, NULL) && conc_schema_is_current (db))
        return g_steal_pointer (&db);
    }
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}
