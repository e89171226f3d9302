/* power-cut.c: a disk for SQLite that forgets what was not synced. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "power-cut.h"

#include <sqlite3.h>
#include <string.h>

/* Content is held in memory. Locks and shared memory are those of SQLite's own disk, on an empty
 * file of the same name, so that whoever looks for the file finds one. */

#define SECTOR_BYTES 512

typedef struct
{
  gint64  offset;
  GBytes *data; /* NULL: the file is cut off at @offset */
} Write;

typedef struct
{
  GByteArray *now;
  GByteArray *durable;
  GPtrArray  *writes; /* since the last sync */
} Content;

typedef struct
{
  sqlite3_file  base;
  Content      *content;
  sqlite3_file *real; /* behind this struct; without methods: not opened */
} File;

static struct
{
  sqlite3_vfs *real;
  GMutex       mutex;
  GHashTable  *contents; /* path -> Content */
  guint        n_operations;
  PowerCutFunc func;
  gpointer     user_data;
} disk;

static void
write_free (gpointer data)
{
  Write *write = data;

  g_clear_pointer (&write->data, g_bytes_unref);
  g_free (write);
}

static void
content_free (gpointer data)
{
  Content *content = data;

  g_byte_array_unref (content->now);
  g_byte_array_unref (content->durable);
  g_ptr_array_unref (content->writes);
  g_free (content);
}

static GByteArray *
copy_bytes (const GByteArray *from)
{
  GByteArray *bytes = g_byte_array_sized_new (from->len);

  return from->len > 0 ? g_byte_array_append (bytes, from->data, from->len) : bytes;
}

static Content *
content_new (const GByteArray *from)
{
  Content *content = g_new0 (Content, 1);

  content->now = from != NULL ? copy_bytes (from) : g_byte_array_new ();
  content->durable = copy_bytes (content->now);
  content->writes = g_ptr_array_new_with_free_func (write_free);
  return content;
}

static void
put (GByteArray *bytes, gint64 offset, const guint8 *data, gsize length)
{
  guint before = bytes->len;

  if ((gint64) before < offset + (gint64) length)
    {
      g_byte_array_set_size (bytes, (guint) (offset + (gint64) length));
      memset (bytes->data + before, 0, bytes->len - before);
    }
  memcpy (bytes->data + offset, data, length);
}

static void
apply (GByteArray *bytes, const Write *write)
{
  gsize         length = 0;
  const guint8 *data = write->data != NULL ? g_bytes_get_data (write->data, &length) : NULL;

  if (data != NULL)
    put (bytes, write->offset, data, length);
  else if (write->data == NULL && (gint64) bytes->len > write->offset)
    g_byte_array_set_size (bytes, (guint) write->offset);
}

/* Bytes beside those that are written are never harmed, as SQLite expects of today's disks. */
static void
apply_sectors (GByteArray *bytes, const Write *write, GRand *random)
{
  gsize         length = 0, at = 0;
  const guint8 *data = write->data != NULL ? g_bytes_get_data (write->data, &length) : NULL;

  if (data == NULL && g_rand_boolean (random))
    apply (bytes, write);
  while (at < length)
    {
      gsize in_sector = SECTOR_BYTES - (gsize) (write->offset + (gint64) at) % SECTOR_BYTES;
      gsize n = MIN (in_sector, length - at);

      if (g_rand_boolean (random))
        put (bytes, write->offset + (gint64) at, data + at, n);
      at += n;
    }
}

static GByteArray *
cut (const Content *content, PowerCutMode mode, GRand *random)
{
  GByteArray *bytes = copy_bytes (content->durable);
  guint       n = content->writes->len;
  guint       n_whole = mode == POWER_CUT_ALL ? n : 0;

  if (mode == POWER_CUT_FIRST && n > 0)
    n_whole = (guint) g_rand_int_range (random, 0, (int) n);
  for (guint i = 0; i < n && mode != POWER_CUT_NOTHING; i++)
    {
      const Write *write = g_ptr_array_index (content->writes, i);

      if (i < n_whole)
        apply (bytes, write);
      else if (mode == POWER_CUT_SECTORS || i == n_whole)
        apply_sectors (bytes, write, random);
    }
  return bytes;
}

/* ------------------------------------------------------------- files */

static void
count_operation (void)
{
  disk.n_operations++;
  if (disk.func != NULL)
    disk.func (disk.user_data);
}

static void
add_write (Content *content, gint64 offset, GBytes *data)
{
  Write *write = g_new0 (Write, 1);

  write->offset = offset;
  write->data = data;
  g_mutex_lock (&disk.mutex);
  apply (content->now, write);
  g_ptr_array_add (content->writes, write);
  g_mutex_unlock (&disk.mutex);
  count_operation ();
}

static int
file_close (sqlite3_file *base)
{
  File *file = (File *) base;

  return file->real->pMethods != NULL ? file->real->pMethods->xClose (file->real) : SQLITE_OK;
}

static int
file_read (sqlite3_file *base, void *buffer, int n, sqlite3_int64 offset)
{
  GByteArray *bytes = ((File *) base)->content->now;
  gint64      there;

  g_mutex_lock (&disk.mutex);
  there = CLAMP ((gint64) bytes->len - offset, 0, n);
  if (there > 0)
    memcpy (buffer, bytes->data + offset, (gsize) there);
  g_mutex_unlock (&disk.mutex);
  memset ((char *) buffer + there, 0, (gsize) (n - there));
  return there == n ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static int
file_write (sqlite3_file *base, const void *data, int n, sqlite3_int64 offset)
{
  add_write (((File *) base)->content, offset, g_bytes_new (data, (gsize) n));
  return SQLITE_OK;
}

static int
file_truncate (sqlite3_file *base, sqlite3_int64 size)
{
  add_write (((File *) base)->content, size, NULL);
  return SQLITE_OK;
}

static int
file_sync (sqlite3_file *base, int flags)
{
  Content *content = ((File *) base)->content;

  count_operation ();
  g_mutex_lock (&disk.mutex);
  g_byte_array_unref (content->durable);
  content->durable = copy_bytes (content->now);
  g_ptr_array_set_size (content->writes, 0);
  g_mutex_unlock (&disk.mutex);
  return SQLITE_OK;
}

static int
file_size (sqlite3_file *base, sqlite3_int64 *size)
{
  g_mutex_lock (&disk.mutex);
  *size = ((File *) base)->content->now->len;
  g_mutex_unlock (&disk.mutex);
  return SQLITE_OK;
}

static int
file_lock (sqlite3_file *base, int level)
{
  sqlite3_file *real = ((File *) base)->real;

  return real->pMethods != NULL ? real->pMethods->xLock (real, level) : SQLITE_OK;
}

static int
file_unlock (sqlite3_file *base, int level)
{
  sqlite3_file *real = ((File *) base)->real;

  return real->pMethods != NULL ? real->pMethods->xUnlock (real, level) : SQLITE_OK;
}

static int
file_check_lock (sqlite3_file *base, int *result)
{
  sqlite3_file *real = ((File *) base)->real;

  *result = 0;
  return real->pMethods != NULL ? real->pMethods->xCheckReservedLock (real, result) : SQLITE_OK;
}

/* Nothing that would touch the content of the real file. */
static int
file_control (sqlite3_file *base, int operation, void *argument)
{
  return SQLITE_NOTFOUND;
}

static int
file_sector_size (sqlite3_file *base)
{
  return 4096;
}

static int
file_device (sqlite3_file *base)
{
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static int
file_shm_map (sqlite3_file *base, int region, int size, int extend, void volatile **memory)
{
  sqlite3_file *real = ((File *) base)->real;

  return real->pMethods->xShmMap (real, region, size, extend, memory);
}

static int
file_shm_lock (sqlite3_file *base, int offset, int n, int flags)
{
  sqlite3_file *real = ((File *) base)->real;

  return real->pMethods->xShmLock (real, offset, n, flags);
}

static void
file_shm_barrier (sqlite3_file *base)
{
  sqlite3_file *real = ((File *) base)->real;

  real->pMethods->xShmBarrier (real);
}

static int
file_shm_unmap (sqlite3_file *base, int delete)
{
  sqlite3_file *real = ((File *) base)->real;

  return real->pMethods->xShmUnmap (real, delete);
}

static const sqlite3_io_methods methods = {
  .iVersion = 2,
  .xClose = file_close,
  .xRead = file_read,
  .xWrite = file_write,
  .xTruncate = file_truncate,
  .xSync = file_sync,
  .xFileSize = file_size,
  .xLock = file_lock,
  .xUnlock = file_unlock,
  .xCheckReservedLock = file_check_lock,
  .xFileControl = file_control,
  .xSectorSize = file_sector_size,
  .xDeviceCharacteristics = file_device,
  .xShmMap = file_shm_map,
  .xShmLock = file_shm_lock,
  .xShmBarrier = file_shm_barrier,
  .xShmUnmap = file_shm_unmap,
};

/* ------------------------------------------------------------- the disk */

static gboolean
is_kept (const char *name, int flags)
{
  return name != NULL &&
         (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)) != 0;
}

static Content *
find_or_add (const char *name, gboolean may_add)
{
  Content *content;

  g_mutex_lock (&disk.mutex);
  content = g_hash_table_lookup (disk.contents, name);
  if (content == NULL && may_add)
    {
      content = content_new (NULL);
      g_hash_table_insert (disk.contents, g_strdup (name), content);
    }
  g_mutex_unlock (&disk.mutex);
  return content;
}

static int
disk_open (sqlite3_vfs *vfs, const char *name, sqlite3_file *base, int flags, int *out_flags)
{
  File *file = (File *) base;

  if (!is_kept (name, flags))
    return disk.real->xOpen (disk.real, name, base, flags, out_flags);
  memset (file, 0, sizeof *file);
  file->real = (sqlite3_file *) (file + 1);
  file->real->pMethods = NULL;
  file->content = find_or_add (name, (flags & SQLITE_OPEN_CREATE) != 0);
  if (file->content == NULL)
    return SQLITE_CANTOPEN;
  file->base.pMethods = &methods;
  if (out_flags != NULL)
    *out_flags = flags;
  return (flags & SQLITE_OPEN_MAIN_DB) != 0
             ? disk.real->xOpen (disk.real, name, file->real, flags, out_flags)
             : SQLITE_OK;
}

static int
disk_delete (sqlite3_vfs *vfs, const char *name, int sync_folder)
{
  g_mutex_lock (&disk.mutex);
  g_hash_table_remove (disk.contents, name);
  g_mutex_unlock (&disk.mutex);
  return SQLITE_OK;
}

static int
disk_access (sqlite3_vfs *vfs, const char *name, int flags, int *result)
{
  *result = find_or_add (name, FALSE) != NULL;
  return SQLITE_OK;
}

/** Makes this the disk of all databases that are opened from now on. */
void
power_cut_install (void)
{
  static sqlite3_vfs vfs;

  disk.real = sqlite3_vfs_find (NULL);
  disk.contents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, content_free);
  vfs = *disk.real;
  vfs.zName = "power-cut";
  vfs.szOsFile = (int) sizeof (File) + disk.real->szOsFile;
  vfs.pNext = NULL;
  vfs.xOpen = disk_open;
  vfs.xDelete = disk_delete;
  vfs.xAccess = disk_access;
  g_assert_cmpint (sqlite3_vfs_register (&vfs, 1), ==, SQLITE_OK);
}

/** The disk is what @image says, all of it synced. No database may be open. */
void
power_cut_load (PowerCutImage *image)
{
  GHashTableIter iter;
  gpointer       name, bytes;

  g_hash_table_remove_all (disk.contents);
  g_hash_table_iter_init (&iter, image);
  while (g_hash_table_iter_next (&iter, &name, &bytes))
    g_hash_table_insert (disk.contents, g_strdup (name), content_new (bytes));
}

/** Returns: (transfer full): what would be on the disk if the power were cut now. */
PowerCutImage *
power_cut_take (PowerCutMode mode, GRand *random)
{
  PowerCutImage *image =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_byte_array_unref);
  GHashTableIter iter;
  gpointer       name, content;

  g_mutex_lock (&disk.mutex);
  g_hash_table_iter_init (&iter, disk.contents);
  while (g_hash_table_iter_next (&iter, &name, &content))
    g_hash_table_insert (image, g_strdup (name), cut (content, mode, random));
  g_mutex_unlock (&disk.mutex);
  return image;
}

/** Returns: how many writes and syncs there were. */
guint
power_cut_get_n_operations (void)
{
  return disk.n_operations;
}

/** @func: (nullable): called at every write, after it, and at every sync, before it. */
void
power_cut_watch (PowerCutFunc func, gpointer user_data)
{
  disk.func = func;
  disk.user_data = user_data;
}
