/* fingerprint.c: knows a copied race file from the one that it is a copy of. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/fingerprint.h"

#include "core/ids.h"
#include "store/random.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>

/* What a fingerprint is when the file is a copy, wherever it lies. */
#define COPY "copy"

static char *
read_machine (void)
{
  static const char *const paths[] = { "/etc/machine-id", "/var/lib/dbus/machine-id" };
  char                    *machine = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    if (g_file_get_contents (paths[i], &machine, NULL, NULL))
      return g_strstrip (machine);
  return g_strdup (g_get_host_name ());
}

/* File systems that make their inode numbers up: FAT, exFAT, FUSE, SMB, 9P. The same file has
 * another number when it is mounted again. */
static gboolean
has_lasting_inodes (const struct statfs *info)
{
  static const unsigned long types[] = { 0x4d44,     0x2011bab0, 0x65735546, 0x517b,
                                         0xff534d42, 0xfe534d42, 0x01021997 };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if ((unsigned long) info->f_type == types[i])
      return FALSE;
  return TRUE;
}

/* The machine, the file system and the file: a move within a file system keeps all three. Hashed,
 * because race files are given away and the name of a machine is nobody's business. */
static char *
make_fingerprint (const char *path, GError **error)
{
  g_autofree char *machine = read_machine ();
  g_autofree char *text = NULL;
  struct statfs    info;
  struct stat      file;
  guint64          device;

  if (stat (path, &file) != 0 || statfs (path, &info) != 0)
    {
      g_set_error (error, CONC_STORE_ERROR, CONC_STORE_ERROR_IO, _ ("“%s” cannot be read: %s."),
                   path, g_strerror (errno));
      return NULL;
    }
  memcpy (&device, &info.f_fsid, sizeof device);
  text = g_strdup_printf ("concourse:%s:%" G_GINT64_MODIFIER "x:%" G_GINT64_MODIFIER "x", machine,
                          device, has_lasting_inodes (&info) ? (guint64) file.st_ino : 0);
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

/** conc_fingerprint_set_station: gives this copy a name, inside the caller's transaction, if any.
 */
gboolean
conc_fingerprint_set_station (ConcDb *db, const char *station, GError **error)
{
  return conc_db_run (db, "UPDATE identity SET station = ?", error, "t", station) &&
         conc_db_run (db, "DELETE FROM sync WHERE key = 'pushed'", error, "");
}

static gboolean
claim (ConcDb *db, const char *fingerprint, gboolean is_copy, GError **error)
{
  g_autofree char *station = is_copy ? conc_random_id (CONC_STATION_ID_LENGTH, error) : NULL;

  if (is_copy && (station == NULL || !conc_fingerprint_set_station (db, station, error)))
    return FALSE;
  return conc_db_run (db, "UPDATE identity SET fingerprint = ?", error, "t", fingerprint);
}

/**
 * conc_fingerprint_claim:
 * @path: the file of @db, which is open for writing
 *
 * Two files that write under one name would give one name to two facts. So a file that is a copy,
 * by where it lies, takes a name of its own before anything is written. One that nobody has claimed
 * is where it belongs. After a failure it is as it was.
 */
gboolean
conc_fingerprint_claim (ConcDb *db, const char *path, GError **error)
{
  g_autofree char *here = make_fingerprint (path, error);
  g_autofree char *known = NULL;
  sqlite3_stmt    *statement;

  if (here == NULL)
    return FALSE;
  statement = conc_db_prepare (db, "SELECT fingerprint FROM identity", error);
  if (statement == NULL || conc_db_step (db, statement, error) != CONC_STEP_ROW)
    return FALSE;
  known = conc_column_dup (statement, 0);
  sqlite3_reset (statement);
  if (strcmp (known, here) == 0)
    return TRUE;
  if (!conc_db_exec (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (claim (db, here, *known != '\0', error) && conc_db_exec (db, "COMMIT", error))
    return TRUE;
  conc_db_exec (db, "ROLLBACK", NULL);
  return FALSE;
}

/** conc_fingerprint_mark_copy: makes @db take a name of its own when it is opened, wherever it is.
 */
gboolean
conc_fingerprint_mark_copy (ConcDb *db, GError **error)
{
  return conc_db_run (db, "UPDATE identity SET fingerprint = '" COPY "'", error, "");
}
