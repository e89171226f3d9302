/* scram.c: what a server keeps of a password. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/link.h"
#include "sync/seal.h"

#include <glib/gi18n-lib.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <string.h>

#define SALT_BYTES 16
#define HASH_BYTES 32
/* What PostgreSQL takes itself; the passwords are random, so more would only cost time. */
#define ITERATIONS 4096

static gboolean
authenticate (const guint8 *key, const char *text, guint8 *ret_code)
{
  return HMAC (EVP_sha256 (), key, HASH_BYTES, (const guint8 *) text, strlen (text), ret_code,
               NULL) != NULL;
}

/**
 * conc_link_make_verifier:
 * @user: whose it is; SCRAM does without it
 * @password: plain letters, so that it needs no preparation (RFC 4013)
 *
 * Returns: (transfer full): the verifier as PostgreSQL stores it (RFC 5803 in its way of writing):
 * the password cannot be found from it. Any thread; some milliseconds.
 */
char *
conc_link_make_verifier (const char *user, const char *password, GError **error)
{
  g_autoptr (GBytes) salt = conc_random_bytes (SALT_BYTES);
  const guint8    *salt_bytes = g_bytes_get_data (salt, NULL);
  guint8           salted[HASH_BYTES], client[HASH_BYTES], stored[HASH_BYTES], server[HASH_BYTES];
  g_autofree char *salt_text = g_base64_encode (salt_bytes, SALT_BYTES);
  g_autofree char *stored_text = NULL;
  g_autofree char *server_text = NULL;

  if (PKCS5_PBKDF2_HMAC (password, (int) strlen (password), salt_bytes, SALT_BYTES, ITERATIONS,
                         EVP_sha256 (), HASH_BYTES, salted) != 1 ||
      !authenticate (salted, "Client Key", client) ||
      !authenticate (salted, "Server Key", server) ||
      EVP_Digest (client, HASH_BYTES, stored, NULL, EVP_sha256 (), NULL) != 1)
    {
      g_set_error_literal (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_FAILED,
                           _ ("This computer's OpenSSL library cannot make a password."));
      return NULL;
    }
  stored_text = g_base64_encode (stored, HASH_BYTES);
  server_text = g_base64_encode (server, HASH_BYTES);
  return g_strdup_printf ("SCRAM-SHA-256$%d:%s$%s:%s", ITERATIONS, salt_text, stored_text,
                          server_text);
}
