/* seal.c: closes bodies of private facts so that only organizers and check-in can read them. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/seal.h"

#include "sync/error.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

/* "1:" and in base64 the nonce, then the ciphertext. No JSON object begins like that. */
#define PREFIX "1:"
#define NONCE_BYTES crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_BYTES crypto_aead_xchacha20poly1305_ietf_ABYTES
#define BASE64 sodium_base64_VARIANT_ORIGINAL
#define SEALED_MAX_BYTES (CONC_BODY_MAX_BYTES + NONCE_BYTES + TAG_BYTES)

G_STATIC_ASSERT (CONC_SEAL_KEY_BYTES == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
G_STATIC_ASSERT (CONC_SEAL_KEY_BYTES <= crypto_generichash_KEYBYTES_MAX);
G_STATIC_ASSERT (NONCE_BYTES <= crypto_generichash_BYTES_MAX &&
                 NONCE_BYTES >= crypto_generichash_BYTES_MIN);

static void
prepare_sodium (void)
{
  int ready = sodium_init ();

  g_assert (ready >= 0);
}

/**
 * conc_derive_key:
 * @key: %CONC_SEAL_KEY_BYTES bytes
 * @purpose: what the new key is for; constant text, so that no two uses share a key
 *
 * Returns: (transfer full): %CONC_SEAL_KEY_BYTES bytes, from which @key cannot be found. Any
 * thread.
 */
GBytes *
conc_derive_key (GBytes *key, const char *purpose)
{
  gsize         length;
  const guint8 *bytes = g_bytes_get_data (key, &length);
  guint8       *derived = g_malloc (CONC_SEAL_KEY_BYTES);

  g_return_val_if_fail (length >= crypto_generichash_KEYBYTES_MIN &&
                            length <= crypto_generichash_KEYBYTES_MAX,
                        NULL);
  prepare_sodium ();
  crypto_generichash (derived, CONC_SEAL_KEY_BYTES, (const guint8 *) purpose, strlen (purpose),
                      bytes, length);
  return g_bytes_new_take (derived, CONC_SEAL_KEY_BYTES);
}

/** conc_random_bytes: Returns: (transfer full): @length bytes that nobody can guess. Any thread. */
GBytes *
conc_random_bytes (gsize length)
{
  guint8 *bytes = g_malloc (length);

  prepare_sodium ();
  if (length > 0)
    randombytes_buf (bytes, length);
  return g_bytes_new_take (bytes, length);
}

/* Which fact a body belongs to. Zero bytes end the parts, so that no two facts give one text. */
static GByteArray *
describe_fact (const ConcFactId *id, ConcKind kind, const char *subject)
{
  GByteArray      *text = g_byte_array_new ();
  g_autofree char *name = conc_fact_id_to_text (id);
  const char      *parts[] = { name, conc_kind_to_text (kind), subject };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    g_byte_array_append (text, (const guint8 *) parts[i], (guint) strlen (parts[i]) + 1);
  return text;
}

/* The same fact gets the same nonce and so the same bytes, wherever and how often it is sealed;
 * another content gets another nonce, as if it were random. */
static void
make_nonce (GBytes *key, const GByteArray *fact, const char *json, guint8 *ret_nonce)
{
  g_autoptr (GBytes) own = conc_derive_key (key, "concourse seal nonce 1");
  crypto_generichash_state state;

  crypto_generichash_init (&state, g_bytes_get_data (own, NULL), g_bytes_get_size (own),
                           NONCE_BYTES);
  crypto_generichash_update (&state, fact->data, fact->len);
  crypto_generichash_update (&state, (const guint8 *) json, strlen (json));
  crypto_generichash_final (&state, ret_nonce, NONCE_BYTES);
}

static gboolean
check_key (GBytes *key, GError **error)
{
  if (key != NULL && g_bytes_get_size (key) == CONC_SEAL_KEY_BYTES)
    return TRUE;
  g_set_error_literal (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_NOT_ALLOWED,
                       _ ("This station has no key to private details. An organizer or a check-in "
                          "station has it."));
  return FALSE;
}

static char *
to_base64 (const guint8 *bytes, gsize length)
{
  gsize size = sodium_base64_encoded_len (length, BASE64);
  char *text = g_malloc (strlen (PREFIX) + size);

  memcpy (text, PREFIX, strlen (PREFIX));
  sodium_bin2base64 (text + strlen (PREFIX), size, bytes, length, BASE64);
  return text;
}

/**
 * conc_seal_body:
 * @key: (nullable): the private key of the race; not needed for a kind that is not private
 *
 * The body as it leaves a station: JSON for public kinds; for private ones XChaCha20-Poly1305
 * under a key of its own, bound to name, kind and subject of the fact, with a nonce made from the
 * content. Sealing the same fact twice gives the same text, so that nothing travels twice.
 *
 * Returns: (transfer full) (nullable): the text; %NULL with %CONC_SYNC_ERROR_NOT_ALLOWED when
 *   the kind is private and there is no key. Any thread.
 */
char *
conc_seal_body (const ConcFact *fact, GBytes *key, GError **error)
{
  const char *json = conc_body_get_json (fact->body);
  gsize       length = strlen (json);
  g_autoptr (GByteArray) binding = NULL;
  g_autoptr (GBytes) own = NULL;
  g_autofree guint8 *sealed = NULL;

  if (!conc_kind_is_private (fact->kind))
    return g_strdup (json);
  if (!check_key (key, error))
    return NULL;
  prepare_sodium ();
  binding = describe_fact (&fact->id, fact->kind, fact->subject);
  own = conc_derive_key (key, "concourse seal 1");
  sealed = g_malloc (NONCE_BYTES + length + TAG_BYTES);
  make_nonce (key, binding, json, sealed);
  crypto_aead_xchacha20poly1305_ietf_encrypt (sealed + NONCE_BYTES, NULL, (const guint8 *) json,
                                              length, binding->data, binding->len, NULL, sealed,
                                              g_bytes_get_data (own, NULL));
  return to_base64 (sealed, NONCE_BYTES + length + TAG_BYTES);
}

static guint8 *
from_base64 (const char *text, gsize *ret_length)
{
  gsize              size = strlen (text);
  gsize              room = size / 4 * 3;
  g_autofree guint8 *bytes = NULL;

  if (!g_str_has_prefix (text, PREFIX) || room > SEALED_MAX_BYTES + 3)
    return NULL;
  text += strlen (PREFIX);
  bytes = g_malloc (room + 1);
  if (sodium_base642bin (bytes, room + 1, text, strlen (text), NULL, ret_length, NULL, BASE64) !=
          0 ||
      *ret_length < NONCE_BYTES + TAG_BYTES || *ret_length > SEALED_MAX_BYTES)
    return NULL;
  return g_steal_pointer (&bytes);
}

static ConcBody *
open_body (GByteArray *binding, const char *sealed, GBytes *key)
{
  gsize              length = 0;
  unsigned long long opened = 0;
  g_autofree guint8 *bytes = from_base64 (sealed, &length);
  g_autofree char   *json = NULL;
  g_autoptr (GBytes) own = conc_derive_key (key, "concourse seal 1");

  if (bytes == NULL)
    return NULL;
  json = g_malloc (length);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt ((guint8 *) json, &opened, NULL,
                                                  bytes + NONCE_BYTES, length - NONCE_BYTES,
                                                  binding->data, binding->len, bytes,
                                                  g_bytes_get_data (own, NULL)) != 0)
    return NULL;
  return conc_body_parse (json, (gssize) opened, NULL);
}

/**
 * conc_unseal_body:
 * @id: the name of the fact
 * @sealed: what conc_seal_body() gave for this fact, or anything else
 * @key: (nullable): the private key of the race; not needed for a kind that is not private
 *
 * Returns: (transfer full) (nullable): the body. %CONC_SYNC_ERROR_NOT_ALLOWED without a key
 *   that is needed; %CONC_SYNC_ERROR_DAMAGED when the text was changed, was sealed with another
 *   key, belongs to another fact or is no body. Any thread.
 */
ConcBody *
conc_unseal_body (const ConcFactId *id,
                  ConcKind          kind,
                  const char       *subject,
                  const char       *sealed,
                  GBytes           *key,
                  GError          **error)
{
  g_autoptr (GByteArray) binding = NULL;
  g_autofree char *name = NULL;
  ConcBody        *body;

  if (!conc_kind_is_private (kind))
    body = conc_body_parse (sealed, -1, NULL);
  else
    {
      if (!check_key (key, error))
        return NULL;
      prepare_sodium ();
      binding = describe_fact (id, kind, subject);
      body = open_body (binding, sealed, key);
    }
  if (body != NULL)
    return body;
  name = conc_fact_id_to_text (id);
  g_set_error (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_DAMAGED,
               _ ("Entry %s was changed on its way or sealed with another key. It was not taken."),
               name);
  return NULL;
}
