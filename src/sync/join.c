/* join.c: a new station gets its role, its keys and its race file. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/join.h"

#include "core/pairing-code.h"
#include "store/identity.h"
#include "sync/certificate.h"
#include "sync/hub.h"
#include "sync/introduce.h"
#include "sync/invitation.h"
#include "sync/seal.h"
#include "sync/target.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#define TIMEOUT_MSEC 15000
#define CONNECT_TIMEOUT_MSEC 5000
#define TRIES 3
#define KEY_BYTES 32

/* One attempt to join; the token lets it ask again when the line breaks half way. */
typedef struct
{
  /* owned */
  ConcInvitationLogin login;
  ConcInvitationKeys  keys;
  ConcPairingUrl      url;
  char               *server; /* a given server instead of a host */
  char               *token;
  char               *race_id;
  char               *shown; /* the certificate that the hub showed, PEM */
  ConcLink           *link;

  ConcRole role;
} Join;

static void
join_clear (Join *join)
{
  conc_invitation_login_clear (&join->login);
  conc_invitation_keys_clear (&join->keys);
  conc_pairing_url_clear (&join->url);
  g_clear_pointer (&join->server, g_free);
  g_clear_pointer (&join->token, g_free);
  g_clear_pointer (&join->race_id, g_free);
  g_clear_pointer (&join->shown, g_free);
  g_clear_pointer (&join->link, conc_link_close);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Join, join_clear)

static gboolean
set_invitation_error (GError **error, const char *sentence)
{
  g_set_error_literal (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_INVITATION, sentence);
  return FALSE;
}

/* ----------------------------------------------------------------- the address */

/* A hub on a given server has its address in "s=". */
static char *
find_server (const char *url)
{
  const char *query = strchr (url, '?');
  g_auto (GStrv) members = g_strsplit (query != NULL ? query + 1 : "", "&", -1);

  for (guint i = 0; members[i] != NULL; i++)
    if (g_str_has_prefix (members[i], "s="))
      return g_uri_unescape_string (members[i] + 2, NULL);
  return NULL;
}

static gboolean
read_url (Join *join, const char *url, GError **error)
{
  g_autoptr (GError) refusal = NULL;

  if (!conc_pairing_url_parse (url, &join->url, &refusal))
    return set_invitation_error (error, refusal->message);
  join->server = find_server (url);
  if (join->server != NULL && !g_str_has_prefix (join->server, "postgresql://"))
    return set_invitation_error (error, _ ("The address in the invitation is none of a hub."));
  if (join->url.port == 0)
    join->url.port = CONC_HUB_DEFAULT_PORT;
  conc_invitation_login_derive (&join->login, join->url.secret);
  join->token = conc_target_make_password ();
  return TRUE;
}

static char *
make_address (const Join *join)
{
  if (join->server != NULL)
    return g_strdup (join->server);
  return g_strdup_printf (strchr (join->url.host, ':') != NULL ? "[%s]:%u" : "%s:%u",
                          join->url.host, join->url.port);
}

/* -------------------------------------------------------------------- talking */

/* What the QR code says about the certificate is as good as having it: only the hub of the race
 * can answer then. Without it the code itself proves it, by SCRAM over this very connection. */
static gboolean
check_fingerprint (Join *join, GError **error)
{
  g_autofree char *print = NULL;

  if (join->server != NULL)
    return TRUE;
  g_free (join->shown);
  join->shown = conc_link_dup_certificate (join->link, error);
  print = join->shown != NULL ? conc_certificate_get_fingerprint (join->shown, error) : NULL;
  if (print == NULL)
    return FALSE;
  if (join->url.fingerprint == NULL || strcmp (join->url.fingerprint, print) == 0)
    return TRUE;
  g_set_error_literal (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_NOT_THE_HUB,
                       _ ("Somebody else answers where the hub of this race should be. Nothing was "
                          "sent. Check the address and the network."));
  return FALSE;
}

static gboolean
connect_to_hub (Join *join, GError **error)
{
  ConcLinkTarget target = { join->url.host,   join->url.port,       CONC_HUB_DATABASE,
                            join->login.user, join->login.password, NULL,
                            join->server,     CONNECT_TIMEOUT_MSEC };

  g_clear_pointer (&join->link, conc_link_close);
  join->link = conc_link_open (&target, NULL, error);
  return join->link != NULL && check_fingerprint (join, error);
}

/* Asks, and once more on a new connection when the line breaks: the hub knows the token, so that
 * asking twice is the same as asking once. */
static PGresult *
ask (Join *join, const char *sql, guint n_params, const char *const *params, GError **error)
{
  g_autoptr (GError) failure = NULL;

  for (guint i = 0; i < TRIES; i++)
    {
      PGresult *result = NULL;

      g_clear_error (&failure);
      if ((join->link != NULL && conc_link_is_alive (join->link)) ||
          connect_to_hub (join, &failure))
        result = conc_link_query (join->link, TIMEOUT_MSEC, &failure, sql, n_params, params);
      if (result != NULL)
        return result;
      if (!g_error_matches (failure, CONC_SYNC_ERROR, CONC_SYNC_ERROR_UNREACHABLE))
        break;
    }
  if (g_error_matches (failure, CONC_SYNC_ERROR, CONC_SYNC_ERROR_REFUSED) &&
      !(join->link != NULL && conc_link_is_alive (join->link)))
    set_invitation_error (error, _ ("The hub does not know this invitation: it is mistyped, used, "
                                    "revoked or too old. Ask an organizer for a new one."));
  else
    g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

static gboolean
take_answer (Join *join, const PGresult *result, GError **error)
{
  join->role = conc_role_from_text (PQgetvalue (result, 0, 0));
  join->race_id = g_strdup (PQgetvalue (result, 0, 2));
  if (g_ascii_strtoll (PQgetvalue (result, 0, 3), NULL, 10) > CONC_HUB_VERSION ||
      join->role == CONC_ROLE_NONE)
    {
      g_set_error_literal (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_NEWER,
                           _ ("The hub is of a newer version of Concourse. Update Concourse on "
                              "this laptop, and ask for a new invitation."));
      return FALSE;
    }
  return conc_invitation_keys_open (&join->keys, PQgetvalue (result, 0, 1), join->login.key, error);
}

/* The hub must be the one whose certificate the organizer sealed into the letter. */
static gboolean
check_certificate (Join *join, GError **error)
{
  g_autofree char *sealed = NULL;
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;

  if (join->server != NULL)
    return TRUE;
  if (join->keys.hub_certificate != NULL)
    sealed = g_strndup (g_bytes_get_data (join->keys.hub_certificate, NULL),
                        g_bytes_get_size (join->keys.hub_certificate));
  a = sealed != NULL ? conc_certificate_get_fingerprint (sealed, NULL) : NULL;
  b = conc_certificate_get_fingerprint (join->shown, NULL);
  if (a != NULL && g_strcmp0 (a, b) == 0)
    return TRUE;
  g_set_error_literal (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_NOT_THE_HUB,
                       _ ("The hub does not show the certificate of this race. Nothing was set up; "
                          "ask for a new invitation."));
  return FALSE;
}

static gboolean
claim (Join *join, GError **error)
{
  g_autoptr (PGresult) result = NULL;
  const char *params[] = { join->token };

  result =
      ask (join, "SELECT role, sealed, race_id, version FROM hub.claim ($1)", 1, params, error);
  if (result == NULL)
    return FALSE;
  if (PQntuples (result) == 1)
    return take_answer (join, result, error) && check_certificate (join, error);
  return set_invitation_error (error, _ ("The hub does not know this invitation."));
}

/* ------------------------------------------------------------------- the race file */

static gboolean
check_place (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_file_test (path, G_FILE_TEST_EXISTS) || g_access (folder, W_OK) == 0)
    return TRUE;
  g_set_error (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_FAILED,
               _ ("The race file cannot be made in %s: %s."), folder, g_strerror (errno));
  return FALSE;
}

static ConcRaceFile *
create_file (Join *join, const char *path, const char *name, ConcClock *clock, GError **error)
{
  g_autoptr (GBytes) key = join->keys.race_key != NULL ? g_bytes_ref (join->keys.race_key)
                                                       : conc_random_bytes (KEY_BYTES);
  ConcIdentity identity = { join->race_id, key, join->role, name };

  return conc_race_file_create_joined (path, &identity, clock, error);
}

/* A file of the same race goes on as another station: whoever had its name may still be there. */
static gboolean
check_existing (const Join *join, ConcRaceFile *file, GError **error)
{
  if (strcmp (conc_race_file_get_race_id (file), join->race_id) != 0)
    {
      g_set_error (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_FOREIGN,
                   _ ("%s is another race. Give the name of a new file, and ask for a new "
                      "invitation."),
                   conc_race_file_get_path (file));
      return FALSE;
    }
  if (conc_race_file_get_role (file) == join->role)
    return TRUE;
  g_set_error (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_NOT_ALLOWED,
               _ ("%s was set up for another role (%s). Give the name of a new file, and ask for a "
                  "new invitation."),
               conc_race_file_get_path (file),
               conc_role_get_label (conc_race_file_get_role (file)));
  return FALSE;
}

static gboolean
keep_secrets (Join *join, ConcRaceFile *file, const char *password, GError **error)
{
  g_autoptr (GBytes) password_bytes = g_bytes_new (password, strlen (password));
  const struct
  {
    const char *name;
    GBytes     *value;
  } secrets[] = {
    { CONC_SECRET_PRIVATE_KEY, join->keys.private_key },
    { CONC_SECRET_HUB_KEY, join->keys.hub_key },
    { CONC_SECRET_HUB_CERTIFICATE, join->keys.hub_certificate },
    { CONC_SECRET_PASSWORD, password_bytes },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (secrets); i++)
    if (secrets[i].value != NULL &&
        !conc_race_file_set_secret (file, secrets[i].name, secrets[i].value, error))
      return FALSE;
  return TRUE;
}

static gboolean
keep_state (Join *join, ConcRaceFile *file, const char *name, GError **error)
{
  g_autofree char *address = make_address (join);

  return conc_race_file_set_sync (file, CONC_SYNC_NAME, name, error) &&
         conc_race_file_set_sync (file, CONC_SYNC_HUB, address, error) &&
         conc_race_file_set_sync (file, CONC_SYNC_CURSOR, NULL, error) &&
         conc_race_file_set_sync (file, CONC_SYNC_LOGIN, conc_race_file_get_station (file), error);
}

static gboolean
pair (Join *join, ConcRaceFile *file, const char *name, GError **error)
{
  g_autofree char *password = conc_target_make_password ();
  const char      *station = conc_race_file_get_station (file);
  g_autofree char *verifier = conc_link_make_verifier (station, password, error);
  const char      *params[] = { join->token, station, name, verifier };
  g_autoptr (PGresult) result = NULL;

  /* Kept before the hub knows it, so that no crash leaves a login without its password. */
  if (verifier == NULL || !keep_secrets (join, file, password, error) ||
      !keep_state (join, file, name, error))
    return FALSE;
  result = ask (join, "SELECT hub.pair ($1, $2, $3, $4)", G_N_ELEMENTS (params), params, error);
  return result != NULL && conc_introduce_station (file, conc_race_file_get_reader (file), error);
}

static void
remove_file (const char *path)
{
  static const char *const suffixes[] = { "", "-wal", "-shm", "-journal", "-lock" };

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *each = g_strconcat (path, suffixes[i], NULL);

      g_unlink (each);
    }
}

static ConcRaceFile *
join_existing (Join *join, ConcRaceFile *file, const char *name, GError **error)
{
  g_autoptr (ConcRaceFile) owned = file;

  if (!claim (join, error) || !check_existing (join, file, error) ||
      !conc_race_file_rename_station (file, NULL, error) || !pair (join, file, name, error))
    {
      conc_race_file_close (owned);
      return NULL;
    }
  return g_steal_pointer (&owned);
}

static ConcRaceFile *
join_new (Join *join, const char *path, const char *name, ConcClock *clock, GError **error)
{
  g_autoptr (ConcRaceFile) file = NULL;

  if (!claim (join, error))
    return NULL;
  file = create_file (join, path, name, clock, error);
  if (file == NULL)
    return NULL;
  if (pair (join, file, name, error))
    return g_steal_pointer (&file);
  conc_race_file_close (file);
  remove_file (path);
  return NULL;
}

/**
 * conc_join:
 * @path: the race file to make, or one of the same race and role
 * @url: concourse://HOST:PORT/CODE?f=FINGERPRINT; the fingerprint may be missing
 * @station_name: (nullable): what people call the station; the name of the computer without
 *
 * Connects as the guest that the code makes, checks that it is the hub whose organizer gave the
 * code, takes the keys of the role out of the letter, and gets a login with a password made here,
 * which the hub never sees. The invitation is used up once the hub has handed the letter out.
 *
 * Returns: (transfer full): the race, open for writing. After a failure there is no file at @path
 * that was not there before. %CONC_SYNC_ERROR_INVITATION: a new code is needed. Waits for the
 * network: a worker.
 */
ConcRaceFile *
conc_join (const char *path,
           const char *url,
           const char *station_name,
           ConcClock  *clock,
           GError    **error)
{
  g_auto (Join) join = { 0 };
  const char   *name = station_name != NULL ? station_name : g_get_host_name ();
  ConcRaceFile *file;

  if (!read_url (&join, url, error) || !check_place (path, error))
    return NULL;
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return join_new (&join, path, name, clock, error);
  file = conc_race_file_open (path, CONC_OPEN_WRITE, clock, error);
  return file != NULL ? join_existing (&join, file, name, error) : NULL;
}
