/* invitation.c: what an invitation's code opens: a login, and the keys of a role. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/invitation.h"

#include "core/pairing-code.h"
#include "store/identity.h"
#include "sync/seal.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#define USER_CHARS 16
#define PASSWORD_CHARS 51

/** conc_invitation_login_clear: frees what @login points to. */
void
conc_invitation_login_clear (ConcInvitationLogin *login)
{
  g_clear_pointer (&login->user, g_free);
  g_clear_pointer (&login->password, g_free);
  g_clear_pointer (&login->key, g_bytes_unref);
}

static char *
derive_text (GBytes *root, const char *purpose, guint n_chars)
{
  g_autoptr (GBytes) key = conc_derive_key (root, purpose);

  return conc_id_from_bytes (g_bytes_get_data (key, NULL), CONC_SEAL_KEY_BYTES, n_chars);
}

/**
 * conc_invitation_login_derive:
 * @secret: %CONC_PAIRING_BYTES bytes, what the code says
 *
 * The name, the password and the key that closes the letter say nothing of each other, nor of the
 * code.
 */
void
conc_invitation_login_derive (ConcInvitationLogin *login, const guint8 *secret)
{
  guint8 hash[CONC_SEAL_KEY_BYTES];
  g_autoptr (GBytes) root = NULL;
  g_autofree char *name = NULL;

  crypto_generichash (hash, sizeof hash, secret, CONC_PAIRING_BYTES, NULL, 0);
  root = g_bytes_new (hash, sizeof hash);
  name = derive_text (root, "concourse invitation login", USER_CHARS);
  login->user = g_strconcat ("i_", name, NULL);
  login->password = derive_text (root, "concourse invitation password", PASSWORD_CHARS);
  login->key = conc_derive_key (root, "concourse invitation keys");
}

/** conc_invitation_keys_clear: frees what @keys points to. */
void
conc_invitation_keys_clear (ConcInvitationKeys *keys)
{
  g_clear_pointer (&keys->race_key, g_bytes_unref);
  g_clear_pointer (&keys->private_key, g_bytes_unref);
  g_clear_pointer (&keys->hub_key, g_bytes_unref);
  g_clear_pointer (&keys->hub_certificate, g_bytes_unref);
}

static gboolean
load (ConcRaceFile *file, const char *name, GBytes **ret_bytes, GError **error)
{
  *ret_bytes = conc_race_file_dup_secret (file, name, error);
  if (*ret_bytes == NULL && error != NULL && *error == NULL)
    g_set_error_literal (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_NOT_ALLOWED,
                         _ ("This station has not the keys of the race. Invite from the station "
                            "that hosts it."));
  return *ret_bytes != NULL;
}

/**
 * conc_invitation_keys_load:
 *
 * Fills @keys with what @role may have, from an organizer's @file. A hub on a given server has no
 * certificate of ours; then its parts stay %NULL.
 */
gboolean
conc_invitation_keys_load (ConcInvitationKeys *keys,
                           ConcRaceFile       *file,
                           ConcRole            role,
                           GError            **error)
{
  if (conc_role_has_race_key (role))
    keys->race_key = g_bytes_ref (conc_race_file_get_key (file));
  if (conc_role_has_private_key (role) &&
      !load (file, CONC_SECRET_PRIVATE_KEY, &keys->private_key, error))
    return FALSE;
  if (role == CONC_ROLE_ORGANIZER && !load (file, CONC_SECRET_HUB_KEY, &keys->hub_key, error))
    return FALSE;
  return load (file, CONC_SECRET_HUB_CERTIFICATE, &keys->hub_certificate, error);
}

typedef struct
{
  const char *name;
  gsize       offset;
} Member;

static const Member members[] = {
  { "race-key", G_STRUCT_OFFSET (ConcInvitationKeys, race_key) },
  { "private-key", G_STRUCT_OFFSET (ConcInvitationKeys, private_key) },
  { "hub-key", G_STRUCT_OFFSET (ConcInvitationKeys, hub_key) },
  { "hub-certificate", G_STRUCT_OFFSET (ConcInvitationKeys, hub_certificate) },
};

/** conc_invitation_keys_seal: Returns: (transfer full): @keys, readable with @key only. */
char *
conc_invitation_keys_seal (const ConcInvitationKeys *keys, GBytes *key)
{
  ConcBodyBuilder *builder = conc_body_builder_new ();
  g_autoptr (ConcBody) body = NULL;
  g_autofree guint8 *box = NULL;
  const char        *text;
  gsize              length;

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      GBytes          *bytes = G_STRUCT_MEMBER (GBytes *, keys, members[i].offset);
      g_autofree char *base64 = NULL;

      if (bytes == NULL)
        continue;
      base64 = g_base64_encode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      conc_body_builder_add_text (builder, members[i].name, base64);
    }
  body = conc_body_builder_end (builder);
  text = conc_body_get_json (body);
  length = strlen (text);
  box = g_malloc (crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + length);
  randombytes_buf (box, crypto_secretbox_NONCEBYTES);
  crypto_secretbox_easy (box + crypto_secretbox_NONCEBYTES, (const guint8 *) text, length, box,
                         g_bytes_get_data (key, NULL));
  return g_base64_encode (box, crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + length);
}

static char *
unbox (const char *sealed, GBytes *key)
{
  gsize              length;
  g_autofree guint8 *box = g_base64_decode (sealed, &length);
  gsize              overhead = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
  g_autofree char   *text = NULL;

  if (length < overhead)
    return NULL;
  text = g_malloc0 (length - overhead + 1);
  if (crypto_secretbox_open_easy ((guint8 *) text, box + crypto_secretbox_NONCEBYTES,
                                  length - crypto_secretbox_NONCEBYTES, box,
                                  g_bytes_get_data (key, NULL)) != 0)
    return NULL;
  return g_steal_pointer (&text);
}

/**
 * conc_invitation_keys_open:
 *
 * Fills @keys with what conc_invitation_keys_seal() was given. %CONC_SYNC_ERROR_NOT_THE_HUB when
 * @sealed was not made for @key.
 */
gboolean
conc_invitation_keys_open (ConcInvitationKeys *keys,
                           const char         *sealed,
                           GBytes             *key,
                           GError            **error)
{
  g_autofree char *text = unbox (sealed, key);
  g_autoptr (ConcBody) body = text != NULL ? conc_body_parse (text, -1, NULL) : NULL;

  if (body == NULL)
    {
      g_set_error_literal (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_NOT_THE_HUB,
                           _ ("The answer to the invitation was not made by an organizer. Nothing "
                              "was set up."));
      return FALSE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *base64 = conc_body_get_text (body, members[i].name);
      gsize       length;
      guchar     *bytes;

      if (base64 == NULL)
        continue;
      bytes = g_base64_decode (base64, &length);
      G_STRUCT_MEMBER (GBytes *, keys, members[i].offset) = g_bytes_new_take (bytes, length);
    }
  return TRUE;
}
