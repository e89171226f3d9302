/* verb-backup.c: copies the race file while the race goes on. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verb.h"

#include "store/maintain.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <sys/stat.h>

static gboolean
is_same_file (const char *a, const char *b)
{
  struct stat first, second;

  return stat (a, &first) == 0 && stat (b, &second) == 0 && first.st_dev == second.st_dev &&
         first.st_ino == second.st_ino;
}

ConcExit
conc_verb_backup (ConcCall *call)
{
  gboolean           force = FALSE;
  const GOptionEntry options[] = {
    { "force", 0, 0, G_OPTION_ARG_NONE, &force, N_ ("replaces a file that is there already"),
      NULL },
    { NULL },
  };
  g_autoptr (GError) error = NULL;
  const char *path, *target;
  ConcExit    status;

  if (!conc_call_parse (call, options, 2, 2, &status))
    return status;
  path = call->args[0];
  target = call->args[1];
  if (is_same_file (path, target))
    conc_complain (_ ("%s is the race file itself: give another name."), target);
  else if (!force && g_file_test (target, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK))
    conc_complain (_ ("There is a file %s already: give another name, or --force to replace it."),
                   target);
  else if (!conc_backup (path, target, &error))
    conc_failed (error);
  else
    {
      printf (_ ("Copied %s to %s.\n"), path, target);
      return CONC_EXIT_DONE;
    }
  return CONC_EXIT_FAILED;
}
