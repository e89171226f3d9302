/* link.c: a connection to a hub that never waits longer than it is told. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include "sync/link.h"

#include "sync/link-error.h"
#include "sync/resolve.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <locale.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define N_PARAMS_MAX 32
/* A line that takes nothing for so long is dead (tcp(7)). */
#define TCP_USER_TIMEOUT_MSEC "2000"

struct _ConcLink
{
  PGconn       *conn;
  GCancellable *cancellable;
  char          state[6];
  gboolean      is_hinted;
};

/* ---------------------------------------------------------------------- waiting */

static gint64
deadline_in (guint timeout_msec)
{
  return g_get_monotonic_time () + (gint64) timeout_msec * 1000;
}

static int
msec_until (gint64 deadline)
{
  gint64 left_usec = deadline - g_get_monotonic_time ();

  return left_usec <= 0 ? 0 : (int) (left_usec / 1000 + 1);
}

/* The text of libpq in English, whatever the language of the program. */
static PostgresPollingStatusType
poll_in_english (PGconn *conn)
{
  static gsize              english = 0;
  locale_t                  before;
  PostgresPollingStatusType status;

  if (g_once_init_enter (&english))
    g_once_init_leave (&english, (gsize) newlocale (LC_ALL_MASK, "C", (locale_t) 0));
  before = uselocale ((locale_t) english);
  status = PQconnectPoll (conn);
  uselocale (before);
  return status;
}

/* Returns what happened at the sockets; 0 means that the time is up or the work was called off. */
static int
wait_for (ConcLink *link, short events, int wake_fd, gint64 deadline)
{
  GPollFD fds[3] = { { PQsocket (link->conn), events, 0 }, { wake_fd, G_IO_IN, 0 } };
  guint   n_fds = 2;
  int     n_ready;

  if (g_cancellable_is_cancelled (link->cancellable))
    return 0;
  if (g_cancellable_make_pollfd (link->cancellable, &fds[2]))
    n_fds = 3;
  do
    n_ready = g_poll (fds, n_fds, msec_until (deadline));
  while (n_ready < 0 && errno == EINTR);
  if (n_fds == 3)
    g_cancellable_release_fd (link->cancellable);
  if (n_ready <= 0 || (n_fds == 3 && fds[2].revents != 0))
    return 0;
  return (fds[0].revents != 0 ? 1 : 0) | (fds[1].revents != 0 ? 2 : 0);
}

/* ------------------------------------------------------------------- connecting */

typedef struct
{
  const char *keys[N_PARAMS_MAX + 1];
  const char *values[N_PARAMS_MAX + 1];
  guint       n;
} Params;

static void
add_param (Params *params, const char *key, const char *value)
{
  if (value == NULL || value[0] == '\0')
    return;
  g_assert (params->n < N_PARAMS_MAX);
  params->keys[params->n] = key;
  params->values[params->n++] = value;
}

/* Everything is said here, so that nothing is taken from the environment or the user's files. What
 * comes before the address of a given server can be said otherwise there, what comes after not. */
static void
add_params (Params *params, const ConcLinkTarget *target, const char *root_file)
{
  add_param (params, "channel_binding", "require");
  add_param (params, "sslmode", root_file != NULL ? "verify-ca" : "require");
  if (target->url != NULL)
    add_param (params, "dbname", target->url);
  else
    add_param (params, "dbname", target->database);
  add_param (params, "sslrootcert", root_file);
  add_param (params, "user", target->user);
  add_param (params, "password", target->password);
  add_param (params, "gssencmode", "disable");
  add_param (params, "sslcert", "/nonexistent");
  add_param (params, "sslkey", "/nonexistent");
  add_param (params, "sslcrl", "/nonexistent");
  add_param (params, "client_encoding", "UTF8");
  add_param (params, "options", "-c client_min_messages=error");
  add_param (params, "application_name", "concourse " CONC_VERSION);
  add_param (params, "target_session_attrs", "any");
  add_param (params, "tcp_user_timeout", TCP_USER_TIMEOUT_MSEC);
  add_param (params, "keepalives", "1");
  add_param (params, "keepalives_idle", "1");
  add_param (params, "keepalives_interval", "1");
  add_param (params, "keepalives_count", "3");
}

static char *
dup_host_of_url (const char *url, GError **error)
{
  char             *complaint = NULL;
  PQconninfoOption *options = PQconninfoParse (url, &complaint);
  char             *host = NULL;

  if (options == NULL)
    {
      PQfreemem (complaint);
      g_set_error (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_FAILED,
                   _ ("“%s” is not an address of a PostgreSQL server."), url);
      return NULL;
    }
  for (PQconninfoOption *option = options; option->keyword != NULL; option++)
    if (strcmp (option->keyword, "host") == 0)
      host = g_strdup (option->val != NULL ? option->val : "localhost");
  PQconninfoFree (options);
  return host;
}

/* A list of hosts or a folder with a socket is for libpq to find. */
static gboolean
is_one_host (const char *host)
{
  return host[0] != '\0' && host[0] != '/' && host[0] != '@' && strchr (host, ',') == NULL;
}

/* libpq reads what to trust from a file only; this one is in memory and needs no cleaning. */
static int
make_root_file (const char *certificate, char **ret_path, GError **error)
{
  gssize length = (gssize) strlen (certificate);
  int    fd = memfd_create ("certificate", MFD_CLOEXEC);

  if (fd < 0 || write (fd, certificate, (gsize) length) != length)
    {
      g_set_error (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_FAILED,
                   _ ("There is no room for the certificate of the hub: %s."), g_strerror (errno));
      if (fd >= 0)
        close (fd);
      return -1;
    }
  *ret_path = g_strdup_printf ("/proc/self/fd/%d", fd);
  return fd;
}

static gboolean
finish_connect (ConcLink *link, gint64 deadline, GError **error)
{
  PostgresPollingStatusType status = PGRES_POLLING_WRITING;

  if (PQstatus (link->conn) == CONNECTION_BAD)
    return conc_link_error_from_connect (PQerrorMessage (link->conn), error);
  for (;;)
    {
      short events = status == PGRES_POLLING_READING ? G_IO_IN : G_IO_OUT;

      if (wait_for (link, events, -1, deadline) == 0)
        return conc_link_error_from_connect (NULL, error);
      status = poll_in_english (link->conn);
      if (status == PGRES_POLLING_FAILED)
        return conc_link_error_from_connect (PQerrorMessage (link->conn), error);
      if (status == PGRES_POLLING_OK)
        return TRUE;
    }
}

/* What a server says by the way is not for a terminal; what matters comes as an error. */
static void
ignore_notice (void *unused, const char *message)
{
}

static gboolean
connect_to (ConcLink *link, const ConcLinkTarget *target, const char *root_file, GError **error)
{
  gint64           deadline = deadline_in (target->timeout_msec);
  g_autofree char *host = NULL;
  g_autofree char *address = NULL;
  g_autofree char *port = NULL;
  Params           params = { { NULL }, { NULL }, 0 };

  host = target->url != NULL ? dup_host_of_url (target->url, error) : g_strdup (target->host);
  if (host == NULL)
    return FALSE;
  if (is_one_host (host))
    {
      address = conc_resolve (host, target->timeout_msec, link->cancellable, error);
      if (address == NULL)
        return FALSE;
    }
  add_params (&params, target, root_file);
  add_param (&params, "hostaddr", address);
  if (target->url == NULL)
    {
      port = g_strdup_printf ("%u", target->port);
      add_param (&params, "host", host);
      add_param (&params, "port", port);
    }
  link->conn = PQconnectStartParams (params.keys, params.values, 1);
  PQsetNoticeProcessor (link->conn, ignore_notice, NULL);
  if (!finish_connect (link, deadline, error))
    return FALSE;
  if (PQsetnonblocking (link->conn, 1) == 0)
    return TRUE;
  return conc_link_error_from_connect (NULL, error);
}

/**
 * conc_link_open:
 * @target: where to; nothing of it is kept
 * @cancellable: (nullable): ends this and every later call of the link at once
 *
 * The other end must prove that it knows the password of the user, over this very TLS connection,
 * without learning it (SCRAM with channel binding). So nobody in the middle can pass it on, also
 * when no certificate is known yet.
 *
 * Returns: (transfer full): a link. %CONC_SYNC_ERROR_UNREACHABLE: nobody answers in time;
 * %CONC_SYNC_ERROR_REFUSED: the user or the password is not known there;
 * %CONC_SYNC_ERROR_NOT_THE_HUB: somebody answers who is not the hub. Any thread but the main loop.
 */
ConcLink *
conc_link_open (const ConcLinkTarget *target, GCancellable *cancellable, GError **error)
{
  g_autoptr (ConcLink) link = g_new0 (ConcLink, 1);
  g_autofree char *root_file = NULL;
  int              fd = -1;
  gboolean         is_open;

  if (cancellable != NULL)
    link->cancellable = g_object_ref (cancellable);
  /* Who runs a given server renews its certificate; there channel binding is what counts. */
  if (target->certificate != NULL && target->url == NULL)
    {
      fd = make_root_file (target->certificate, &root_file, error);
      if (fd < 0)
        return NULL;
    }
  is_open = connect_to (link, target, root_file, error);
  if (fd >= 0)
    close (fd);
  return is_open ? g_steal_pointer (&link) : NULL;
}

/** conc_link_close: ends the connection; a transaction that is open is undone by the hub. */
void
conc_link_close (ConcLink *link)
{
  PQfinish (link->conn);
  g_clear_object (&link->cancellable);
  g_free (link);
}

/* ---------------------------------------------------------------------- talking */

static void
drain_hints (ConcLink *link)
{
  PGnotify *hint;

  while ((hint = PQnotifies (link->conn)) != NULL)
    {
      link->is_hinted = TRUE;
      PQfreemem (hint);
    }
}

/* A link that missed a deadline has an answer under way that nobody waits for: it is of no use. */
static gboolean
kill_link (ConcLink *link, GError **error)
{
  g_clear_pointer (&link->conn, PQfinish);
  return conc_link_error_from_connect (NULL, error);
}

static gboolean
flush (ConcLink *link, gint64 deadline, GError **error)
{
  int left;

  while ((left = PQflush (link->conn)) == 1)
    if (wait_for (link, G_IO_IN | G_IO_OUT, -1, deadline) == 0 || PQconsumeInput (link->conn) == 0)
      return kill_link (link, error);
  return left == 0 ? TRUE : kill_link (link, error);
}

static gboolean
await_result (ConcLink *link, gint64 deadline, GError **error)
{
  while (PQisBusy (link->conn))
    if (wait_for (link, G_IO_IN, -1, deadline) == 0 || PQconsumeInput (link->conn) == 0)
      return kill_link (link, error);
  return TRUE;
}

static gboolean
is_good (const PGresult *result)
{
  ExecStatusType status = PQresultStatus (result);

  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
}

static gboolean
take_refusal (ConcLink *link, const PGresult *result, GError **error)
{
  const char *state = PQresultErrorField (result, PG_DIAG_SQLSTATE);
  const char *message = PQresultErrorField (result, PG_DIAG_MESSAGE_PRIMARY);

  if (state == NULL)
    return kill_link (link, error);
  g_strlcpy (link->state, state, sizeof link->state);
  return conc_link_error_from_state (state, message != NULL ? message : "", error);
}

/* Reads all answers to what was sent. The last good one counts, unless one was bad: then the first
 * of those. */
static PGresult *
collect (ConcLink *link, gint64 deadline, GError **error)
{
  g_autoptr (PGresult) kept = NULL;
  PGresult *result;

  for (;;)
    {
      if (!await_result (link, deadline, error))
        return NULL;
      result = PQgetResult (link->conn);
      if (result == NULL)
        break;
      if (kept != NULL && !is_good (kept))
        PQclear (result);
      else
        {
          g_clear_pointer (&kept, PQclear);
          kept = result;
        }
    }
  drain_hints (link);
  if (kept != NULL && is_good (kept))
    return g_steal_pointer (&kept);
  if (kept != NULL)
    take_refusal (link, kept, error);
  else
    kill_link (link, error);
  if (link->conn != NULL && PQstatus (link->conn) == CONNECTION_BAD)
    g_clear_pointer (&link->conn, PQfinish);
  return NULL;
}

/**
 * conc_link_query:
 * @timeout_msec: for the whole of it
 * @params: (array length=n_params): text of the parameters $1, $2 ...
 *
 * Returns: (transfer full): the rows. After %CONC_SYNC_ERROR_REFUSED and other answers of the hub
 * the link goes on; after %CONC_SYNC_ERROR_UNREACHABLE it may be dead, and it is not known whether
 * the hub did it.
 */
PGresult *
conc_link_query (ConcLink          *link,
                 guint              timeout_msec,
                 GError           **error,
                 const char        *sql,
                 guint              n_params,
                 const char *const *params)
{
  gint64 deadline = deadline_in (timeout_msec);

  link->state[0] = '\0';
  if (link->conn == NULL)
    {
      conc_link_error_from_connect (NULL, error);
      return NULL;
    }
  if (PQsendQueryParams (link->conn, sql, (int) n_params, NULL, params, NULL, NULL, 0) == 0)
    {
      kill_link (link, error);
      return NULL;
    }
  return flush (link, deadline, error) ? collect (link, deadline, error) : NULL;
}

/** conc_link_run: runs @sql, which may be several statements: then one transaction. */
gboolean
conc_link_run (ConcLink *link, guint timeout_msec, GError **error, const char *sql)
{
  gint64 deadline = deadline_in (timeout_msec);
  g_autoptr (PGresult) result = NULL;

  link->state[0] = '\0';
  if (link->conn == NULL)
    return conc_link_error_from_connect (NULL, error);
  if (PQsendQuery (link->conn, sql) == 0)
    return kill_link (link, error);
  if (!flush (link, deadline, error))
    return FALSE;
  result = collect (link, deadline, error);
  return result != NULL;
}

/** conc_link_wait: see the header. The time being up is no error. */
gboolean
conc_link_wait (ConcLink *link,
                int       wake_fd,
                guint     timeout_msec,
                gboolean *ret_hinted,
                GError  **error)
{
  gint64 deadline = deadline_in (timeout_msec);

  if (link->conn == NULL)
    return conc_link_error_from_connect (NULL, error);
  while (!link->is_hinted)
    {
      int ready = wait_for (link, G_IO_IN, wake_fd, deadline);

      if ((ready & 1) != 0 && PQconsumeInput (link->conn) == 0)
        return kill_link (link, error);
      drain_hints (link);
      if (ready == 0 || (ready & 2) != 0)
        break;
    }
  *ret_hinted = link->is_hinted;
  link->is_hinted = FALSE;
  return TRUE;
}

/** conc_link_is_alive: Returns: whether the link can still be used, as far as is known here. */
gboolean
conc_link_is_alive (ConcLink *link)
{
  return link->conn != NULL;
}

/** conc_link_get_state: Returns: (transfer none): the SQLSTATE of the last refusal, or "". */
const char *
conc_link_get_state (ConcLink *link)
{
  return link->state;
}

/** conc_link_dup_certificate: Returns: (transfer full): what the hub showed, PEM. */
char *
conc_link_dup_certificate (ConcLink *link, GError **error)
{
  SSL  *ssl = link->conn != NULL ? PQsslStruct (link->conn, "OpenSSL") : NULL;
  X509 *certificate = ssl != NULL ? SSL_get1_peer_certificate (ssl) : NULL;
  BIO  *bio = BIO_new (BIO_s_mem ());
  char *text = NULL;

  if (certificate != NULL && PEM_write_bio_X509 (bio, certificate) == 1)
    {
      char *bytes;
      long  length = BIO_get_mem_data (bio, &bytes);

      text = g_strndup (bytes, (gsize) length);
    }
  else
    conc_link_error_from_connect ("SSL error", error);
  BIO_free (bio);
  X509_free (certificate);
  return text;
}
