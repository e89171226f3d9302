/* hub-programs.c: finds and runs the programs of PostgreSQL. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/hub-programs.h"

#include "sync/error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Where Debian has them, a folder for each major version. */
#define DEBIAN_FOLDER "/usr/lib/postgresql"
/* CREATE OR REPLACE TRIGGER came with it. */
#define OLDEST_MAJOR 14
/* The folder with the programs, for who has them elsewhere. */
#define FOLDER_VARIABLE "CONCOURSE_POSTGRESQL"

static gboolean
has_programs (const char *bin)
{
  g_autofree char *pg_ctl = g_build_filename (bin, "pg_ctl", NULL);
  g_autofree char *initdb = g_build_filename (bin, "initdb", NULL);

  return g_file_test (pg_ctl, G_FILE_TEST_IS_EXECUTABLE) &&
         g_file_test (initdb, G_FILE_TEST_IS_EXECUTABLE);
}

static guint64
parse_major (const char *text)
{
  guint64 major;

  return g_ascii_string_to_unsigned (text, 10, 1, 999, &major, NULL) ? major : 0;
}

static guint64
read_major (const char *data)
{
  g_autofree char *path = data != NULL ? g_build_filename (data, "PG_VERSION", NULL) : NULL;
  g_autofree char *text = NULL;

  if (path == NULL || !g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  return parse_major (g_strstrip (text));
}

/* The newest, or that of @wanted. */
static char *
find_in_debian (guint64 wanted)
{
  g_autoptr (GDir) folder = g_dir_open (DEBIAN_FOLDER, 0, NULL);
  g_autofree char *best = NULL;
  guint64          best_major = 0;
  const char      *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      guint64          major = parse_major (name);
      g_autofree char *bin = g_build_filename (DEBIAN_FOLDER, name, "bin", NULL);

      if (major < OLDEST_MAJOR || (wanted != 0 && major != wanted) || major <= best_major ||
          !has_programs (bin))
        continue;
      g_free (best);
      best = g_steal_pointer (&bin);
      best_major = major;
    }
  return g_steal_pointer (&best);
}

static char *
find_in_path (void)
{
  g_autofree char *pg_ctl = g_find_program_in_path ("pg_ctl");
  g_autofree char *bin = pg_ctl != NULL ? g_path_get_dirname (pg_ctl) : NULL;

  return bin != NULL && has_programs (bin) ? g_steal_pointer (&bin) : NULL;
}

/** conc_hub_programs_find: Returns: (transfer full): their folder; else what to install. */
char *
conc_hub_programs_find (const char *data, GError **error)
{
  const char *told = g_getenv (FOLDER_VARIABLE);
  guint64     wanted = read_major (data);
  char       *bin = NULL;

  if (told != NULL)
    bin = has_programs (told) ? g_strdup (told) : NULL;
  else
    {
      bin = find_in_debian (wanted);
      if (bin == NULL)
        bin = find_in_path ();
    }
  if (bin == NULL && wanted != 0)
    g_set_error (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_MISSING,
                 _ ("The hub on this computer needs PostgreSQL %u, which is not installed. Install "
                    "the package postgresql-%u."),
                 (guint) wanted, (guint) wanted);
  else if (bin == NULL)
    g_set_error_literal (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_MISSING,
                         _ ("A hub needs PostgreSQL, which is not installed. Install the package "
                            "postgresql, for example with “sudo apt install postgresql”."));
  return bin;
}

/* The user's own settings are for the user's own servers. */
static GSubprocessLauncher *
make_launcher (void)
{
  static const char *const foreign[] = {
    "PGDATA", "PGPORT", "PGHOST", "PGUSER", "PGDATABASE", "PGOPTIONS", "PGSERVICE", "LANGUAGE",
  };
  GSubprocessLauncher *launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE);

  for (gsize i = 0; i < G_N_ELEMENTS (foreign); i++)
    g_subprocess_launcher_unsetenv (launcher, foreign[i]);
  g_subprocess_launcher_setenv (launcher, "LC_ALL", "C", TRUE);
  g_subprocess_launcher_set_cwd (launcher, "/");
  return launcher;
}

/**
 * conc_hub_programs_run:
 * @argv: the name of a program in @bin and its arguments
 * @ret_output: (out): what it said, also when it failed
 *
 * Returns: whether it ran and was content; without an error when it was not. Any thread but the
 * main loop.
 */
gboolean
conc_hub_programs_run (const char        *bin,
                       const char *const *argv,
                       char             **ret_output,
                       GCancellable      *cancellable,
                       GError           **error)
{
  g_autoptr (GSubprocessLauncher) launcher = make_launcher ();
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *program = g_build_filename (bin, argv[0], NULL);
  g_auto (GStrv) words = g_strdupv ((char **) argv);

  g_free (words[0]);
  words[0] = g_steal_pointer (&program);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) words, error);
  return process != NULL &&
         g_subprocess_communicate_utf8 (process, NULL, cancellable, ret_output, NULL, error) &&
         g_subprocess_get_successful (process);
}
