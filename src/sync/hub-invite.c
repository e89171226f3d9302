/* hub-invite.c: organizers let stations in at the hub, and keep them out. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/hub.h"

#include "core/pairing-code.h"
#include "store/identity.h"
#include "sync/certificate.h"
#include "sync/invitation.h"
#include "sync/logins.h"
#include "sync/seal.h"
#include "sync/target.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define TIMEOUT_MSEC 15000

/** conc_invitation_clear: frees what @invitation points to. */
void
conc_invitation_clear (ConcInvitation *invitation)
{
  g_clear_pointer (&invitation->code, g_free);
  g_clear_pointer (&invitation->url, g_free);
}

static ConcLink *
open_link (ConcRaceFile *file, GError **error)
{
  g_auto (ConcTarget) target = { 0 };
  g_autofree char *login = conc_race_file_dup_sync (file, CONC_SYNC_LOGIN, NULL);

  if (conc_race_file_get_role (file) != CONC_ROLE_ORGANIZER)
    {
      g_set_error_literal (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_NOT_ALLOWED,
                           _ ("Only an organizer's station does that."));
      return NULL;
    }
  if (login == NULL || *login == '\0')
    {
      g_set_error_literal (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_REFUSED,
                           _ ("The race has no hub yet. Start one first."));
      return NULL;
    }
  return conc_target_load (&target, file, NULL, login, error)
             ? conc_link_open (&target.link, NULL, error)
             : NULL;
}

/* A station that hosts knows itself as 127.0.0.1, which is of no use to others. */
static char *
choose_host (ConcRaceFile *file, const char *host, guint port)
{
  g_auto (ConcHubStatus) status = { 0 };

  if (g_str_has_prefix (host, "127.") &&
      conc_hub_get_status (conc_race_file_get_race_id (file), &status, NULL) && status.is_running &&
      status.port == port && status.addresses[0] != NULL)
    return g_strdup (status.addresses[0]);
  return g_strdup (host);
}

static char *
make_given_url (const char *address, const char *code)
{
  g_autofree char *escaped = g_uri_escape_string (address, NULL, FALSE);

  return g_strdup_printf ("concourse://hub/%s?s=%s", code, escaped);
}

static char *
make_url (ConcRaceFile *file, const char *code, GError **error)
{
  g_auto (ConcTarget) target = { 0 };
  g_autofree char *host = NULL;
  g_autofree char *print = NULL;

  if (!conc_target_load (&target, file, NULL, conc_race_file_get_station (file), error))
    return NULL;
  if (target.url != NULL)
    return make_given_url (target.url, code);
  print = conc_certificate_get_fingerprint (target.certificate, error);
  if (print == NULL)
    return NULL;
  host = choose_host (file, target.host, target.link.port);
  return conc_pairing_url_format (host, target.link.port, code, print);
}

static gboolean
tell_hub (ConcLink                  *link,
          ConcRole                   role,
          guint                      minutes,
          const ConcInvitationLogin *login,
          const ConcInvitationKeys  *keys,
          gint64                    *ret_expires_usec,
          GError                   **error)
{
  g_autofree char *verifier = conc_link_make_verifier (login->user, login->password, error);
  g_autofree char *sealed = conc_invitation_keys_seal (keys, login->key);
  g_autofree char *minutes_text = g_strdup_printf ("%u", minutes);
  const char *params[] = { login->user, conc_role_to_text (role), verifier, sealed, minutes_text };
  g_autoptr (PGresult) result = NULL;

  if (verifier == NULL)
    return FALSE;
  result = conc_link_query (link, TIMEOUT_MSEC, error,
                            "SELECT (extract (epoch FROM hub.invite ($1, $2, $3, $4, $5::integer))"
                            " * 1000000)::bigint",
                            G_N_ELEMENTS (params), params);
  if (result == NULL)
    return FALSE;
  *ret_expires_usec = g_ascii_strtoll (PQgetvalue (result, 0, 0), NULL, 10);
  return TRUE;
}

/**
 * conc_hub_invite:
 * @file: the race, of an organizer that has joined a hub or hosts it
 * @minutes: how long it is good; at most 31 days
 * @ret_invitation: (out): to be cleared; whoever sees it first can use it
 *
 * The hub keeps a login made from the code and the keys of the role in a letter that only the code
 * opens, never the code.
 */
gboolean
conc_hub_invite (ConcRaceFile   *file,
                 ConcRole        role,
                 guint           minutes,
                 ConcInvitation *ret_invitation,
                 GError        **error)
{
  g_autoptr (GBytes) secret = conc_random_bytes (CONC_PAIRING_BYTES);
  g_auto (ConcInvitationLogin) login = { NULL };
  g_auto (ConcInvitationKeys) keys = { NULL };
  g_auto (ConcInvitation) invitation = { NULL };
  g_autoptr (ConcLink) link = open_link (file, error);

  if (link == NULL || !conc_invitation_keys_load (&keys, file, role, error))
    return FALSE;
  invitation.code = conc_pairing_code_format (g_bytes_get_data (secret, NULL));
  invitation.url = make_url (file, invitation.code, error);
  if (invitation.url == NULL)
    return FALSE;
  conc_invitation_login_derive (&login, g_bytes_get_data (secret, NULL));
  if (!tell_hub (link, role, minutes, &login, &keys, &invitation.expires_usec, error))
    return FALSE;
  *ret_invitation = invitation;
  memset (&invitation, 0, sizeof invitation);
  return TRUE;
}

/* ------------------------------------------------------------------- keeping out */

static char *
find_by_name (ConcLink *link, const char *name, GError **error)
{
  g_autoptr (PGresult) result =
      conc_link_query (link, TIMEOUT_MSEC, error,
                       "SELECT id FROM hub.station WHERE name = $1 AND revoked_at IS NULL", 1,
                       &name);

  if (result == NULL)
    return NULL;
  if (PQntuples (result) == 1)
    return g_strdup (PQgetvalue (result, 0, 0));
  if (PQntuples (result) == 0)
    g_set_error (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_FAILED,
                 _ ("The hub knows no station or invitation “%s”."), name);
  else
    g_set_error (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_FAILED,
                 _ ("Several stations are called “%s”: give its id, such as %s."), name,
                 PQgetvalue (result, 0, 0));
  return NULL;
}

/* What the hub calls it. */
static char *
find_login (ConcLink *link, const char *name, GError **error)
{
  g_auto (ConcInvitationLogin) login = { NULL };
  guint8 secret[CONC_PAIRING_BYTES];

  if (conc_station_id_is_valid (name))
    return g_strdup (name);
  if (!conc_pairing_code_parse (name, secret, NULL))
    return find_by_name (link, name, error);
  conc_invitation_login_derive (&login, secret);
  return g_steal_pointer (&login.user);
}

/**
 * conc_hub_revoke:
 * @name: the id or the name of a station, or the code of an invitation
 *
 * It ends at once, also where it is connected. What it wrote stays. A code that was used is gone;
 * name the station then.
 */
gboolean
conc_hub_revoke (ConcRaceFile *file, const char *name, GError **error)
{
  g_autoptr (ConcLink) link = open_link (file, error);
  g_autoptr (ConcReader) reader = NULL;
  g_autofree char *login = link != NULL ? find_login (link, name, error) : NULL;
  g_autoptr (PGresult) result = NULL;

  if (login == NULL)
    return FALSE;
  result = conc_link_query (link, TIMEOUT_MSEC, error, "SELECT hub.revoke ($1)", 1,
                            (const char *const *) &login);
  if (result == NULL)
    return FALSE;
  reader = conc_reader_open (conc_race_file_get_path (file), error);
  return reader != NULL && conc_logins_record (file, reader, link, error);
}
