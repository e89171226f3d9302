/* target.c: where the hub of a race file is, and how this station gets in. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/target.h"

#include "core/ids.h"
#include "store/identity.h"
#include "sync/hub.h"
#include "sync/seal.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define CONNECT_TIMEOUT_MSEC 3000
#define PASSWORD_BYTES 32
#define PASSWORD_CHARS 51

/** conc_target_clear: frees what @target points to. */
void
conc_target_clear (ConcTarget *target)
{
  g_clear_pointer (&target->host, g_free);
  g_clear_pointer (&target->user, g_free);
  g_clear_pointer (&target->password, g_free);
  g_clear_pointer (&target->certificate, g_free);
  g_clear_pointer (&target->url, g_free);
}

/** conc_target_get_user: Returns: (transfer full): the login of a station at the hub. */
char *
conc_target_get_user (const char *station)
{
  return g_strconcat ("s_", station, NULL);
}

/** conc_target_make_password: Returns: (transfer full): 255 random bits; nobody types it. */
char *
conc_target_make_password (void)
{
  g_autoptr (GBytes) bytes = conc_random_bytes (PASSWORD_BYTES);

  return conc_id_from_bytes (g_bytes_get_data (bytes, NULL), PASSWORD_BYTES, PASSWORD_CHARS);
}

/**
 * conc_target_split_address:
 * @address: HOST, HOST:PORT, or [ADDRESS]:PORT for IPv6
 * @ret_port: (out): the usual port when it is not said
 *
 * Returns: whether it is an address.
 */
gboolean
conc_target_split_address (const char *address, char **ret_host, guint *ret_port)
{
  g_autoptr (GSocketConnectable) connectable =
      g_network_address_parse (address, CONC_HUB_DEFAULT_PORT, NULL);

  if (connectable == NULL)
    return FALSE;
  *ret_host = g_strdup (g_network_address_get_hostname (G_NETWORK_ADDRESS (connectable)));
  *ret_port = g_network_address_get_port (G_NETWORK_ADDRESS (connectable));
  return **ret_host != '\0' && *ret_port > 0;
}

static char *
dup_secret_text (ConcRaceFile *file, const char *name)
{
  g_autoptr (GBytes) bytes = conc_race_file_dup_secret (file, name, NULL);

  return bytes != NULL ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes))
                       : NULL;
}

/**
 * conc_target_load:
 * @address: (nullable): the hub's address; %NULL for the one that @file remembers
 * @login: the station as which to log in
 *
 * %CONC_SYNC_ERROR_REFUSED when @file has not joined a hub. @target is to be cleared also after a
 * failure.
 */
gboolean
conc_target_load (ConcTarget   *target,
                  ConcRaceFile *file,
                  const char   *address,
                  const char   *login,
                  GError      **error)
{
  g_autofree char *remembered = conc_race_file_dup_sync (file, CONC_SYNC_HUB, NULL);
  const char      *where = address != NULL ? address : remembered;

  target->user = conc_target_get_user (login);
  target->password = dup_secret_text (file, CONC_SECRET_PASSWORD);
  target->certificate = dup_secret_text (file, CONC_SECRET_HUB_CERTIFICATE);
  target->link.database = CONC_HUB_DATABASE;
  target->link.user = target->user;
  target->link.password = target->password;
  target->link.certificate = target->certificate;
  target->link.timeout_msec = CONNECT_TIMEOUT_MSEC;
  if (where != NULL && g_str_has_prefix (where, "postgres"))
    target->link.url = target->url = g_strdup (where);
  else if (where == NULL || !conc_target_split_address (where, &target->host, &target->link.port))
    {
      g_set_error_literal (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_REFUSED,
                           _ ("This station has not joined a hub. Join with an invitation."));
      return FALSE;
    }
  target->link.host = target->host;
  return TRUE;
}
