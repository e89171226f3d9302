/* lock.c: keeps two programs from writing one race file. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/lock.h"

#include "store/error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* A program that was just killed may hold its lock for a moment longer. */
#define TRIES 20
#define TRY_AGAIN_USEC 50000
#define HOLDER_MAX_BYTES 200

/* The lock is on a file beside the race file, because SQLite's own locks on the race file would
 * be lost if anything else in this process opened and closed it. */
struct _ConcLock
{
  char *path;
  int   fd;
};

static void
set_open_error (int code, const char *path, GError **error)
{
  if (code == ENOSPC || code == EDQUOT)
    g_set_error_literal (error, CONC_STORE_ERROR, CONC_STORE_ERROR_FULL,
                         _ ("The disk is full. Free some space and try again."));
  else if (code == EACCES || code == EROFS || code == EPERM)
    g_set_error (error, CONC_STORE_ERROR, CONC_STORE_ERROR_READ_ONLY,
                 _ ("The folder of “%s” cannot be written. Copy the race file to a folder of "
                    "your own."),
                 path);
  else
    g_set_error (error, CONC_STORE_ERROR, CONC_STORE_ERROR_IO,
                 _ ("“%s” cannot be opened for writing: %s."), path, g_strerror (code));
}

static void
set_locked_error (ConcLock *lock, GError **error)
{
  char    holder[HOLDER_MAX_BYTES + 1] = "";
  ssize_t length = pread (lock->fd, holder, HOLDER_MAX_BYTES, 0);

  if (length > 0 && g_utf8_validate (holder, length, NULL))
    g_set_error (error, CONC_STORE_ERROR, CONC_STORE_ERROR_LOCKED,
                 _ ("Another program is writing this race file (%s). Close it and try again."),
                 g_strchomp (holder));
  else
    g_set_error_literal (error, CONC_STORE_ERROR, CONC_STORE_ERROR_LOCKED,
                         _ ("Another program is writing this race file. Close it and try again."));
}

/* The one who releases removes the file: a lock on a removed file is no lock. */
static gboolean
is_still_there (ConcLock *lock)
{
  struct stat by_fd, by_path;

  return fstat (lock->fd, &by_fd) == 0 && stat (lock->path, &by_path) == 0 &&
         by_fd.st_ino == by_path.st_ino && by_fd.st_dev == by_path.st_dev;
}

static gboolean
try_lock (ConcLock *lock, const char *path, GError **error)
{
  lock->fd = g_open (lock->path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock->fd < 0)
    {
      set_open_error (errno, path, error);
      return FALSE;
    }
  if (flock (lock->fd, LOCK_EX | LOCK_NB) == 0 && is_still_there (lock))
    return TRUE;
  set_locked_error (lock, error);
  close (lock->fd);
  lock->fd = -1;
  return FALSE;
}

static void
write_holder (ConcLock *lock)
{
  g_autofree char *holder =
      g_strdup_printf ("%s, %s %d\n", g_get_prgname () != NULL ? g_get_prgname () : "concourse",
                       _ ("process"), (int) getpid ());

  /* For the sentence of the next one only: a failure to write it is no failure. */
  if (ftruncate (lock->fd, 0) == 0 && pwrite (lock->fd, holder, strlen (holder), 0) < 0)
    return;
}

/**
 * conc_lock_take:
 * @path: the race file
 *
 * Waits up to a second for a program that is just ending. The lock ends with the process,
 * however it ends. Not on the main loop of the app.
 *
 * Returns: (transfer full) (nullable): the lock.
 */
ConcLock *
conc_lock_take (const char *path, GError **error)
{
  g_autoptr (ConcLock) lock = g_new0 (ConcLock, 1);

  lock->path = g_strconcat (path, "-lock", NULL);
  lock->fd = -1;
  for (int tries = 1;; tries++)
    {
      g_autoptr (GError) local_error = NULL;

      if (try_lock (lock, path, &local_error))
        break;
      if (tries == TRIES ||
          !g_error_matches (local_error, CONC_STORE_ERROR, CONC_STORE_ERROR_LOCKED))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
      g_usleep (TRY_AGAIN_USEC);
    }
  write_holder (lock);
  return g_steal_pointer (&lock);
}

/** conc_lock_release: gives the lock back; @lock may be %NULL. */
void
conc_lock_release (ConcLock *lock)
{
  if (lock == NULL)
    return;
  if (lock->fd >= 0)
    {
      g_unlink (lock->path);
      close (lock->fd);
    }
  g_free (lock->path);
  g_free (lock);
}
