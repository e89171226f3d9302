/* hub-server.c: the private PostgreSQL server of a hub: made, started, stopped. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/hub-server.h"

#include "sync/hub-config.h"
#include "sync/hub-programs.h"
#include "sync/hub.h"
#include "sync/target.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#define PORTS_TRIED 100
/* Processes of a server that was killed go within moments; until then no new one starts. */
#define START_TRIES 20
#define START_PAUSE_MSEC 500
#define PID_LINE 0
#define PORT_LINE 3

/** conc_hub_server_get_folder: Returns: (transfer full): where the hub of a race keeps its files.
 */
char *
conc_hub_server_get_folder (const char *race_id)
{
  return g_build_filename (g_get_user_data_dir (), "concourse", "hubs", race_id, NULL);
}

/** conc_hub_server_get_data: Returns: (transfer full): the folder of PostgreSQL itself. */
char *
conc_hub_server_get_data (const char *race_id)
{
  g_autofree char *folder = conc_hub_server_get_folder (race_id);

  return g_build_filename (folder, "data", NULL);
}

/** conc_hub_server_dup_password: Returns: (transfer full): that of the owner of the server. */
char *
conc_hub_server_dup_password (const char *race_id, GError **error)
{
  g_autofree char *folder = conc_hub_server_get_folder (race_id);
  g_autofree char *path = g_build_filename (folder, "admin", NULL);
  char            *text = NULL;

  return g_file_get_contents (path, &text, NULL, error) ? g_strstrip (text) : NULL;
}

/* -------------------------------------------------------------- whether it runs */

/* A crash leaves postmaster.pid behind, and after a reboot its number may be another program's.
 * That one does not have the folder in its command line. */
static gboolean
is_postmaster (gint64 pid, const char *data)
{
  g_autofree char *path = g_strdup_printf ("/proc/%" G_GINT64_FORMAT "/cmdline", pid);
  g_autofree char *words = NULL;
  gsize            length;

  if (pid <= 1 || (kill ((pid_t) pid, 0) != 0 && errno == ESRCH))
    return FALSE;
  if (!g_file_get_contents (path, &words, &length, NULL))
    return TRUE;
  for (gsize at = 0; at < length; at += strlen (words + at) + 1)
    if (strcmp (words + at, data) == 0)
      return TRUE;
  return FALSE;
}

static char **
read_pid_file (const char *data)
{
  g_autofree char *path = g_build_filename (data, "postmaster.pid", NULL);
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? g_strsplit (text, "\n", -1) : NULL;
}

/**
 * conc_hub_server_is_running:
 * @ret_port: (out): where, when it runs
 *
 * Returns: whether the server of the race's hub runs on this computer.
 */
gboolean
conc_hub_server_is_running (const char *race_id, guint *ret_port)
{
  g_autofree char *data = conc_hub_server_get_data (race_id);
  g_auto (GStrv) lines = read_pid_file (data);

  if (lines == NULL || g_strv_length (lines) <= PORT_LINE ||
      !is_postmaster (g_ascii_strtoll (lines[PID_LINE], NULL, 10), data))
    return FALSE;
  *ret_port = (guint) g_ascii_strtoull (lines[PORT_LINE], NULL, 10);
  return *ret_port != 0;
}

static void
forget_dead_postmaster (const char *data)
{
  g_autofree char *path = g_build_filename (data, "postmaster.pid", NULL);
  g_auto (GStrv) lines = read_pid_file (data);

  if (lines != NULL && lines[0] != NULL &&
      !is_postmaster (g_ascii_strtoll (lines[PID_LINE], NULL, 10), data))
    g_unlink (path);
}

/* ------------------------------------------------------------------ the port */

static gboolean
is_free_of (GSocketFamily family, guint port)
{
  g_autoptr (GSocket) socket =
      g_socket_new (family, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr (GInetAddress) any = g_inet_address_new_any (family);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (any, (guint16) port);
  g_autoptr (GError) error = NULL;

  if (socket == NULL || g_socket_bind (socket, address, TRUE, &error))
    return TRUE;
  return !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);
}

static gboolean
is_free (guint port)
{
  return is_free_of (G_SOCKET_FAMILY_IPV4, port) && is_free_of (G_SOCKET_FAMILY_IPV6, port);
}

static guint
read_port (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "port", NULL);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  return (guint) g_ascii_strtoull (text, NULL, 10);
}

static gboolean
choose_port (const ConcHubServer *server, const char *folder, guint *ret_port, GError **error)
{
  guint remembered = read_port (folder);

  if (server->port != 0 && !is_free (server->port))
    {
      g_set_error (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_FAILED,
                   _ ("Another program uses port %u. Give another port, or none."), server->port);
      return FALSE;
    }
  *ret_port = server->port != 0 ? server->port : remembered;
  if (*ret_port != 0 && is_free (*ret_port))
    return TRUE;
  for (guint port = CONC_HUB_DEFAULT_PORT; port < CONC_HUB_DEFAULT_PORT + PORTS_TRIED; port++)
    if (is_free (port))
      {
        *ret_port = port;
        return TRUE;
      }
  g_set_error_literal (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_FAILED,
                       _ ("No port is free for the hub. Give one."));
  return FALSE;
}

/* ----------------------------------------------------------------- making it */

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      if (!g_file_test (inner, G_FILE_TEST_IS_SYMLINK) && g_file_test (inner, G_FILE_TEST_IS_DIR))
        remove_folder (inner);
      else
        g_unlink (inner);
    }
  g_rmdir (path);
}

static gboolean
fail_with_output (const char *sentence, const char *output, GError **error)
{
  g_auto (GStrv) lines =
      g_strsplit (g_strstrip (g_strdup (output != NULL ? output : "")), "\n", -1);
  guint n_lines = g_strv_length (lines);

  if (error != NULL && *error == NULL)
    g_set_error (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_FAILED, "%s (%s)", sentence,
                 n_lines > 0 ? lines[n_lines - 1] : "");
  return FALSE;
}

/* Under another name first, so that what was cut short is never taken for a server. */
static gboolean
make_cluster (const char   *bin,
              const char   *folder,
              const char   *data,
              GCancellable *cancellable,
              GError      **error)
{
  g_autofree char  *fresh = g_strconcat (data, ".new", NULL);
  g_autofree char  *password = conc_target_make_password ();
  g_autofree char  *password_file = g_strconcat ("--pwfile=", folder, "/admin", NULL);
  g_autofree char  *output = NULL;
  const char *const argv[] = {
    "initdb",           "-D",          fresh, "-U",   CONC_HUB_ADMIN, "-A",
    "scram-sha-256",    password_file, "-E",  "UTF8", "--no-locale",  "--no-instructions",
    "--data-checksums", NULL
  };

  remove_folder (fresh);
  if (!conc_hub_config_write_secret (folder, "admin", password, error))
    return FALSE;
  if (!conc_hub_programs_run (bin, argv, &output, cancellable, error))
    return fail_with_output (_ ("PostgreSQL could not make the hub. Is the disk full?"), output,
                             error);
  if (g_rename (fresh, data) == 0)
    return TRUE;
  g_set_error (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_FAILED,
               _ ("The folder of the hub could not be made: %s."), g_strerror (errno));
  return FALSE;
}

/* ------------------------------------------------------------------- starting */

static gboolean
pause_for (guint msec, GCancellable *cancellable)
{
  GPollFD fd = { -1, 0, 0 };
  guint   n_fds = g_cancellable_make_pollfd (cancellable, &fd) ? 1 : 0;

  g_poll (&fd, n_fds, (int) msec);
  if (n_fds == 1)
    g_cancellable_release_fd (cancellable);
  return !g_cancellable_is_cancelled (cancellable);
}

static gboolean
start_postmaster (const char   *bin,
                  const char   *folder,
                  const char   *data,
                  GCancellable *cancellable,
                  GError      **error)
{
  g_autofree char  *log = g_build_filename (folder, "log", NULL);
  g_autofree char  *output = NULL;
  const char *const argv[] = { "pg_ctl", "-D", data, "-l",    log, "-w",
                               "-t",     "60", "-s", "start", NULL };

  for (guint i = 0; i < START_TRIES; i++)
    {
      g_clear_pointer (&output, g_free);
      /* What an earlier life of the server said is of no use any more. */
      g_unlink (log);
      forget_dead_postmaster (data);
      if (conc_hub_programs_run (bin, argv, &output, cancellable, error))
        return TRUE;
      if ((error != NULL && *error != NULL) || !pause_for (START_PAUSE_MSEC, cancellable))
        break;
      g_clear_pointer (&output, g_free);
      if (g_file_get_contents (log, &output, NULL, NULL) &&
          strstr (output, "still in use") == NULL && strstr (output, "already exists") == NULL)
        break;
    }
  return fail_with_output (_ ("PostgreSQL did not start."), output, error);
}

static gboolean
check_user (GError **error)
{
  if (geteuid () != 0)
    return TRUE;
  g_set_error_literal (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_FAILED,
                       _ ("PostgreSQL does not run for root. Start the hub as an ordinary user."));
  return FALSE;
}

static gboolean
check_port (const ConcHubServer *server, guint port, GError **error)
{
  if (server->port == 0 || server->port == port)
    return TRUE;
  g_set_error (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_FAILED,
               _ ("The hub runs already, on port %u. Stop it first to give it another port."),
               port);
  return FALSE;
}

static char *
get_stopped_mark (const char *race_id)
{
  g_autofree char *folder = conc_hub_server_get_folder (race_id);

  return g_build_filename (folder, "stopped", NULL);
}

/* Tells a hub that somebody stopped from one that fell with its computer. */
static void
mark_stopped (const char *race_id, gboolean is_stopped)
{
  g_autofree char *mark = get_stopped_mark (race_id);

  if (is_stopped)
    g_file_set_contents (mark, "", 0, NULL);
  else
    g_unlink (mark);
}

/**
 * conc_hub_server_start:
 * @ret_port: (out): where it listens
 *
 * Makes the server when there is none, and starts it unless it runs. Also after a crash or a
 * reboot. What it holds is kept. %CONC_SYNC_ERROR_MISSING tells which package is missing.
 */
gboolean
conc_hub_server_start (const ConcHubServer *server,
                       guint               *ret_port,
                       GCancellable        *cancellable,
                       GError             **error)
{
  g_autofree char *folder = conc_hub_server_get_folder (server->race_id);
  g_autofree char *data = conc_hub_server_get_data (server->race_id);
  g_autofree char *bin = NULL;

  if (conc_hub_server_is_running (server->race_id, ret_port))
    return check_port (server, *ret_port, error);
  bin = conc_hub_programs_find (data, error);
  if (bin == NULL || !check_user (error))
    return FALSE;
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_FAILED,
                   _ ("The folder %s could not be made: %s."), folder, g_strerror (errno));
      return FALSE;
    }
  if (!g_file_test (data, G_FILE_TEST_IS_DIR) &&
      !make_cluster (bin, folder, data, cancellable, error))
    return FALSE;
  if (!choose_port (server, folder, ret_port, error) ||
      !conc_hub_config_write (server, *ret_port, error) ||
      !start_postmaster (bin, folder, data, cancellable, error))
    return FALSE;
  mark_stopped (server->race_id, FALSE);
  return TRUE;
}

/** conc_hub_server_has_fallen: Returns: whether the server was made here, does not run, and nobody
 * stopped it: after a crash or a reboot. */
gboolean
conc_hub_server_has_fallen (const char *race_id)
{
  g_autofree char *data = conc_hub_server_get_data (race_id);
  g_autofree char *mark = get_stopped_mark (race_id);
  guint            port;

  return g_file_test (data, G_FILE_TEST_IS_DIR) && !g_file_test (mark, G_FILE_TEST_EXISTS) &&
         !conc_hub_server_is_running (race_id, &port);
}

/** conc_hub_server_stop: stops the server when it runs; everybody's links end at once. */
gboolean
conc_hub_server_stop (const char *race_id, GError **error)
{
  g_autofree char  *data = conc_hub_server_get_data (race_id);
  g_autofree char  *bin = NULL;
  g_autofree char  *output = NULL;
  guint             port;
  const char *const argv[] = { "pg_ctl", "-D", data,   "-w",   "-t", "60",
                               "-s",     "-m", "fast", "stop", NULL };

  mark_stopped (race_id, TRUE);
  if (!conc_hub_server_is_running (race_id, &port))
    return TRUE;
  bin = conc_hub_programs_find (data, error);
  if (bin == NULL)
    return FALSE;
  if (!conc_hub_programs_run (bin, argv, &output, NULL, error))
    return fail_with_output (_ ("The hub did not stop."), output, error);
  return TRUE;
}
