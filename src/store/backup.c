/* backup.c: a copy of one moment of the race. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/maintain.h"

#include "store/fingerprint.h"
#include "store/open.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

static gboolean
copy_pages (ConcDb *source, const char *target, GError **error)
{
  g_autoptr (ConcDb) db = conc_db_open (target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error);
  sqlite3_backup *backup;
  int             code;

  if (db == NULL)
    return FALSE;
  backup =
      sqlite3_backup_init (conc_db_get_handle (db), "main", conc_db_get_handle (source), "main");
  if (backup == NULL)
    code = sqlite3_errcode (conc_db_get_handle (db));
  else
    {
      sqlite3_backup_step (backup, -1);
      code = sqlite3_backup_finish (backup);
    }
  if (code != SQLITE_OK)
    {
      conc_store_error_from_sqlite (code, NULL, error);
      return FALSE;
    }
  /* One file, complete in itself, that can be read from a folder that cannot be written. */
  return conc_fingerprint_mark_copy (db, error) &&
         conc_db_exec (db, "PRAGMA journal_mode = DELETE", error);
}

static gboolean
put_in_place (const char *part, const char *target, GError **error)
{
  int      fd = g_open (part, O_RDONLY | O_CLOEXEC, 0);
  gboolean is_safe = fd >= 0 && fsync (fd) == 0;

  if (fd >= 0)
    close (fd);
  if (is_safe && g_rename (part, target) == 0)
    return TRUE;
  g_set_error (error, CONC_STORE_ERROR, CONC_STORE_ERROR_IO,
               _ ("The backup could not be written to “%s”: %s."), target, g_strerror (errno));
  return FALSE;
}

static gboolean
check_folder (const char *target, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (target);

  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    g_set_error (error, CONC_STORE_ERROR, CONC_STORE_ERROR_NOT_FOUND,
                 _ ("There is no folder “%s” for the backup."), folder);
  else if (g_access (folder, W_OK) != 0)
    g_set_error (error, CONC_STORE_ERROR, CONC_STORE_ERROR_READ_ONLY,
                 _ ("The folder “%s” cannot be written. Choose another one for the backup."),
                 folder);
  else
    return TRUE;
  return FALSE;
}

/**
 * conc_backup:
 * @target: where the copy goes; a file there is replaced once the copy is complete
 *
 * A copy of one moment while the race goes on. After a failure @target is as it was.
 */
gboolean
conc_backup (const char *path, const char *target, GError **error)
{
  g_autoptr (ConcDb) source = conc_open_for_reading (path, error);
  g_autofree char *part = g_strconcat (target, ".part", NULL);

  if (source == NULL || !check_folder (target, error))
    return FALSE;
  conc_open_remove (part);
  if (copy_pages (source, part, error) && put_in_place (part, target, error))
    return TRUE;
  conc_open_remove (part);
  return FALSE;
}
