/* hub.c: the server that the stations of a race exchange their facts through. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/hub.h"

#include "store/identity.h"
#include "sync/certificate.h"
#include "sync/hub-programs.h"
#include "sync/hub-schema.h"
#include "sync/hub-server.h"
#include "sync/introduce.h"
#include "sync/logins.h"
#include "sync/other-hub.h"
#include "sync/peers.h"
#include "sync/seal.h"
#include "sync/target.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define TIMEOUT_MSEC 15000
#define FIRST_DATABASE "postgres"

/** conc_hub_status_clear: frees what @status points to. */
void
conc_hub_status_clear (ConcHubStatus *status)
{
  g_clear_pointer (&status->addresses, g_strfreev);
  g_clear_pointer (&status->folder, g_free);
  g_clear_pointer (&status->problem, g_free);
}

/* ---------------------------------------------------------------- the race's keys */

static gboolean
check_organizer (ConcRaceFile *file, GError **error)
{
  if (conc_race_file_get_role (file) == CONC_ROLE_ORGANIZER)
    return TRUE;
  g_set_error_literal (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_NOT_ALLOWED,
                       _ ("Only an organizer's station does that."));
  return FALSE;
}

static gboolean
keep_text (ConcRaceFile *file, const char *name, const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return conc_race_file_set_secret (file, name, bytes, error);
}

static char *
dup_text (ConcRaceFile *file, const char *name)
{
  g_autoptr (GBytes) bytes = conc_race_file_dup_secret (file, name, NULL);

  return bytes != NULL ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes))
                       : NULL;
}

/* Made once for a race; every organizer gets them, so that each can become the hub. */
static gboolean
ensure_keys (ConcRaceFile *file, GError **error)
{
  g_autoptr (GBytes) private_key = conc_race_file_dup_secret (file, CONC_SECRET_PRIVATE_KEY, NULL);
  g_autofree char *hub_key = dup_text (file, CONC_SECRET_HUB_KEY);
  g_autofree char *certificate = dup_text (file, CONC_SECRET_HUB_CERTIFICATE);

  if (private_key == NULL)
    {
      private_key = conc_random_bytes (CONC_SEAL_KEY_BYTES);
      if (!conc_race_file_set_secret (file, CONC_SECRET_PRIVATE_KEY, private_key, error))
        return FALSE;
    }
  if (hub_key != NULL && certificate != NULL)
    return TRUE;
  g_clear_pointer (&hub_key, g_free);
  g_clear_pointer (&certificate, g_free);
  return conc_certificate_make (conc_race_file_get_race_id (file), &hub_key, &certificate, error) &&
         keep_text (file, CONC_SECRET_HUB_KEY, hub_key, error) &&
         keep_text (file, CONC_SECRET_HUB_CERTIFICATE, certificate, error);
}

/* ------------------------------------------------------------- this station itself */

static gboolean
is_let_in (ConcLink *link, const char *station, gboolean *ret_is, GError **error)
{
  g_autoptr (PGresult) result = conc_link_query (
      link, TIMEOUT_MSEC, error,
      "SELECT FROM hub.station WHERE id = $1 AND role = 'organizer' AND revoked_at IS NULL", 1,
      &station);

  if (result == NULL)
    return FALSE;
  *ret_is = PQntuples (result) == 1;
  return TRUE;
}

/* The station that hosts gets a login like any other; it needs no invitation. */
static gboolean
let_self_in (ConcRaceFile *file, ConcLink *link, GError **error)
{
  const char      *station = conc_race_file_get_station (file);
  g_autofree char *login = conc_race_file_dup_sync (file, CONC_SYNC_LOGIN, NULL);
  g_autofree char *password = dup_text (file, CONC_SECRET_PASSWORD);
  g_autofree char *verifier = NULL;
  g_autofree char *name = conc_introduce_dup_name (file);
  const char      *params[] = { station, name, NULL };
  gboolean         is_known = FALSE;
  g_autoptr (PGresult) result = NULL;

  if (!is_let_in (link, station, &is_known, error))
    return FALSE;
  if (is_known && password != NULL && g_strcmp0 (login, station) == 0)
    return TRUE;
  g_free (password);
  password = conc_target_make_password ();
  verifier = conc_link_make_verifier (station, password, error);
  if (verifier == NULL)
    return FALSE;
  params[2] = verifier;
  result = conc_link_query (link, TIMEOUT_MSEC, error,
                            "SELECT hub.admit ($1, 'organizer', $2, $3, NULL, true)",
                            G_N_ELEMENTS (params), params);
  return result != NULL && keep_text (file, CONC_SECRET_PASSWORD, password, error) &&
         conc_race_file_set_sync (file, CONC_SYNC_LOGIN, station, error);
}

/* ------------------------------------------------------------------- making it */

/* What is added to this computer's clock to have the hub's: what times of this station count as. A
 * server of somebody else is on another computer. */
static gboolean
begin_clock (ConcRaceFile *file, ConcLink *link, gboolean is_private, GError **error)
{
  ConcSteadyClock *steady = conc_race_file_get_steady_clock (file);
  ConcReading      now;
  ConcAnchor       anchor;
  g_autofree char *correction = NULL;
  g_autoptr (PGresult) result = NULL;

  if (!is_private)
    return TRUE;
  conc_reading_take (&now, conc_steady_clock_get_source (steady));
  conc_steady_clock_get_anchor (steady, &anchor);
  correction = g_strdup_printf ("%" G_GINT64_FORMAT,
                                conc_anchor_get_usec (&anchor, now.boottime_usec) +
                                    conc_steady_clock_get_shift (steady) - now.wall_usec);
  result = conc_link_query (link, TIMEOUT_MSEC, error, "SELECT hub.begin_clock ($1)", 1,
                            (const char *const[]){ correction });
  return result != NULL;
}

static gboolean
set_up (ConcRaceFile *file, ConcLink *link, gboolean is_private, GError **error)
{
  g_autoptr (ConcReader) reader = conc_reader_open (conc_race_file_get_path (file), error);
  g_autoptr (ConcSettings) settings =
      reader != NULL ? conc_reader_dup_settings (reader, error) : NULL;
  ConcHubRace race = { conc_race_file_get_race_id (file), NULL, is_private };

  if (settings == NULL)
    return FALSE;
  race.race_name = conc_settings_get (settings, CONC_SETTING_NAME);
  return conc_hub_schema_apply (link, &race, error) &&
         begin_clock (file, link, is_private, error) && conc_logins_restore (reader, link, error) &&
         let_self_in (file, link, error) && conc_logins_record (file, reader, link, error) &&
         conc_introduce_station (file, reader, error);
}

static ConcLink *
open_as_admin (const ConcHubServer *server,
               guint                port,
               const char          *database,
               GCancellable        *cancellable,
               GError             **error)
{
  g_autofree char *password = conc_hub_server_dup_password (server->race_id, error);
  ConcLinkTarget   target = { CONC_HUB_OWN_HOST,   port, database,    CONC_HUB_ADMIN, password,
                              server->certificate, NULL, TIMEOUT_MSEC };

  return password != NULL ? conc_link_open (&target, cancellable, error) : NULL;
}

static gboolean
ensure_database (const ConcHubServer *server, guint port, GCancellable *cancellable, GError **error)
{
  g_autoptr (ConcLink) link = open_as_admin (server, port, FIRST_DATABASE, cancellable, error);
  g_autoptr (PGresult) result = NULL;

  if (link == NULL)
    return FALSE;
  result =
      conc_link_query (link, TIMEOUT_MSEC, error,
                       "SELECT FROM pg_database WHERE datname = '" CONC_HUB_DATABASE "'", 0, NULL);
  if (result == NULL || PQntuples (result) == 1)
    return result != NULL;
  return conc_link_run (link, TIMEOUT_MSEC, error, "CREATE DATABASE " CONC_HUB_DATABASE);
}

static gboolean
start_private (ConcRaceFile *file, guint port, GCancellable *cancellable, GError **error)
{
  g_autofree char *key = dup_text (file, CONC_SECRET_HUB_KEY);
  g_autofree char *certificate = dup_text (file, CONC_SECRET_HUB_CERTIFICATE);
  ConcHubServer    server = { conc_race_file_get_race_id (file), key, certificate, port };
  g_autoptr (ConcLink) link = NULL;
  g_autofree char *address = NULL;
  guint            found_port;

  if (!conc_hub_server_start (&server, &found_port, cancellable, error) ||
      !ensure_database (&server, found_port, cancellable, error))
    return FALSE;
  link = open_as_admin (&server, found_port, CONC_HUB_DATABASE, cancellable, error);
  address = g_strdup_printf (CONC_HUB_OWN_HOST ":%u", found_port);
  return link != NULL && set_up (file, link, TRUE, error) &&
         conc_race_file_set_sync (file, CONC_SYNC_HUB, address, error);
}

/* The address without who made the hub there: stations come as themselves. */
static char *
strip_url (const char *url, GError **error)
{
  char             *complaint = NULL;
  PQconninfoOption *options = PQconninfoParse (url, &complaint);
  GString          *text = g_string_new ("postgresql://?");

  if (options == NULL)
    {
      PQfreemem (complaint);
      g_string_free (text, TRUE);
      g_set_error (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_FAILED,
                   _ ("“%s” is not an address of a PostgreSQL server."), url);
      return NULL;
    }
  for (PQconninfoOption *option = options; option->keyword != NULL; option++)
    if (option->val != NULL && strcmp (option->keyword, "user") != 0 &&
        strcmp (option->keyword, "password") != 0)
      {
        g_autofree char *value = g_uri_escape_string (option->val, NULL, FALSE);

        g_string_append_printf (text, "%s%s=%s", text->str[text->len - 1] == '?' ? "" : "&",
                                option->keyword, value);
      }
  PQconninfoFree (options);
  return g_string_free (text, FALSE);
}

static gboolean
start_given (ConcRaceFile *file, const char *url, GCancellable *cancellable, GError **error)
{
  ConcLinkTarget   target = { NULL, 0, NULL, NULL, NULL, NULL, url, TIMEOUT_MSEC };
  g_autofree char *address = strip_url (url, error);
  g_autoptr (ConcLink) link = address != NULL ? conc_link_open (&target, cancellable, error) : NULL;

  return link != NULL && set_up (file, link, FALSE, error) &&
         conc_race_file_set_sync (file, CONC_SYNC_HUB, address, error);
}

/* A laptop that hosted, was away, and comes back finds that another has taken over. */
static gboolean
check_only_hub (ConcRaceFile *file, GCancellable *cancellable, GError **error)
{
  g_autofree char *address = NULL;
  guint            port;

  if (conc_hub_server_is_running (conc_race_file_get_race_id (file), &port))
    return TRUE;
  address = conc_other_hub_find (file, cancellable);
  if (address == NULL)
    return TRUE;
  if (conc_race_file_set_sync (file, CONC_SYNC_HUB, address, error))
    g_set_error (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_NOT_ALLOWED,
                 _ ("The hub of this race runs at %s, and this laptop uses it. To host the race "
                    "here, stop it there first."),
                 address);
  return FALSE;
}

/**
 * conc_hub_start:
 * @file: the race, open for writing, of an organizer
 * @server: (nullable): postgresql://USER@HOST/DATABASE of a server that somebody else runs, whose
 *   user may make roles; its password comes with it, or from where PostgreSQL's programs look
 * @port: 0: the one it had, the usual one, or the next that is free
 *
 * Makes a hub or takes the place of one that is gone: everybody who was let in can come, each with
 * the password that it has, and the certificate is the same. May be called again at any time; what
 * is right stays as it is. After a failure too, so that it can be tried again. Refused while the
 * hub runs on another computer: then this one uses that.
 *
 * %CONC_SYNC_ERROR_MISSING names the package that is missing. Waits for some seconds: a worker.
 */
gboolean
conc_hub_start (ConcRaceFile *file,
                const char   *server,
                guint         port,
                GCancellable *cancellable,
                GError      **error)
{
  if (!check_organizer (file, error) || !ensure_keys (file, error) ||
      (server == NULL && !check_only_hub (file, cancellable, error)))
    return FALSE;
  return server != NULL ? start_given (file, server, cancellable, error)
                        : start_private (file, port, cancellable, error);
}

/**
 * conc_hub_revive:
 *
 * Somebody who hosts a race wants it hosted until he says otherwise, also after a power cut. When
 * another computer has taken over meanwhile, that one is used. Whatever fails is tried again.
 */
void
conc_hub_revive (ConcRaceFile *file, GCancellable *cancellable)
{
  g_autofree char *address = conc_race_file_dup_sync (file, CONC_SYNC_HUB, NULL);

  if (address != NULL && g_str_has_prefix (address, CONC_HUB_OWN_HOST ":") &&
      conc_race_file_get_role (file) == CONC_ROLE_ORGANIZER &&
      conc_hub_server_has_fallen (conc_race_file_get_race_id (file)))
    conc_hub_start (file, NULL, 0, cancellable, NULL);
}

/** conc_hub_stop: stops the private server of the race's hub; nothing that it holds is lost. */
gboolean
conc_hub_stop (ConcRaceFile *file, GError **error)
{
  return conc_hub_server_stop (conc_race_file_get_race_id (file), error);
}

/**
 * conc_hub_get_status:
 * @ret_status: (out): what there is of a hub on this computer; to be cleared
 *
 * Starts nothing and asks nobody.
 */
gboolean
conc_hub_get_status (const char *race_id, ConcHubStatus *ret_status, GError **error)
{
  g_autofree char *data = conc_hub_server_get_data (race_id);
  g_autofree char *bin = NULL;
  g_autoptr (GError) missing = NULL;
  ConcPeer self = { NULL };

  memset (ret_status, 0, sizeof *ret_status);
  bin = conc_hub_programs_find (data, &missing);
  ret_status->is_installed = bin != NULL;
  ret_status->is_made = g_file_test (data, G_FILE_TEST_IS_DIR);
  ret_status->is_running = conc_hub_server_is_running (race_id, &ret_status->port);
  ret_status->folder = conc_hub_server_get_folder (race_id);
  ret_status->problem = missing != NULL ? g_strdup (missing->message) : NULL;
  conc_peer_measure (&self, "/");
  ret_status->addresses = g_strsplit (self.addresses, " ", -1);
  g_free (self.addresses);
  g_free (self.version);
  return TRUE;
}
