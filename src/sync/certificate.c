/* certificate.c: the key and the certificate that prove who the hub of a race is. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/certificate.h"

#include "sync/error.h"

#include <glib/gi18n-lib.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <string.h>

/* Laptops at a race have wrong clocks, and nobody renews anything: from long ago, and without an
 * end (RFC 5280, 4.1.2.5). */
#define NOT_BEFORE "20000101000000Z"
#define NOT_AFTER "99991231235959Z"
#define X509_VERSION_3_NUMBER 2
#define SERIAL_BITS 127
#define HASH_BYTES 32

G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509, X509_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY, EVP_PKEY_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIGNUM, BN_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509_EXTENSION, X509_EXTENSION_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIO, BIO_free)

static gboolean
fail (GError **error)
{
  g_set_error_literal (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_FAILED,
                       _ ("This computer's OpenSSL library cannot make or read a certificate."));
  return FALSE;
}

static gboolean
add_serial (X509 *certificate)
{
  g_autoptr (BIGNUM) number = BN_new ();

  return BN_rand (number, SERIAL_BITS, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) == 1 &&
         BN_to_ASN1_INTEGER (number, X509_get_serialNumber (certificate)) != NULL;
}

static gboolean
add_extension (X509 *certificate, int nid, const char *value)
{
  g_autoptr (X509_EXTENSION) extension = NULL;
  X509V3_CTX context;

  X509V3_set_ctx (&context, certificate, certificate, NULL, NULL, 0);
  extension = X509V3_EXT_conf_nid (NULL, &context, nid, value);
  return extension != NULL && X509_add_ext (certificate, extension, -1) == 1;
}

/* Trusted by itself: the certificate is its own authority and says so. */
static gboolean
fill (X509 *certificate, EVP_PKEY *key, const char *name)
{
  X509_NAME *subject = X509_get_subject_name (certificate);

  return X509_set_version (certificate, X509_VERSION_3_NUMBER) == 1 && add_serial (certificate) &&
         ASN1_TIME_set_string_X509 (X509_getm_notBefore (certificate), NOT_BEFORE) == 1 &&
         ASN1_TIME_set_string_X509 (X509_getm_notAfter (certificate), NOT_AFTER) == 1 &&
         X509_NAME_add_entry_by_txt (subject, "CN", MBSTRING_UTF8, (const guint8 *) name, -1, -1,
                                     0) == 1 &&
         X509_set_issuer_name (certificate, subject) == 1 &&
         X509_set_pubkey (certificate, key) == 1 &&
         add_extension (certificate, NID_basic_constraints, "critical,CA:TRUE,pathlen:0") &&
         add_extension (certificate, NID_key_usage, "critical,digitalSignature,keyCertSign") &&
         X509_sign (certificate, key, EVP_sha256 ()) > 0;
}

static char *
take_text (BIO *bio)
{
  char *bytes;
  long  length = BIO_get_mem_data (bio, &bytes);

  return g_strndup (bytes, (gsize) length);
}

/**
 * conc_certificate_make:
 * @race_id: goes into the name
 * @ret_key: (out): PEM; whoever has it can be the hub of the race
 * @ret_certificate: (out): PEM; what stations trust
 *
 * A key on the curve P-256, which libpq can bind SCRAM to, and a certificate signed by itself that
 * does not end. Any thread.
 */
gboolean
conc_certificate_make (const char *race_id, char **ret_key, char **ret_certificate, GError **error)
{
  g_autoptr (EVP_PKEY) key = EVP_EC_gen ("P-256");
  g_autoptr (X509) certificate = X509_new ();
  g_autoptr (BIO) key_text = BIO_new (BIO_s_mem ());
  g_autoptr (BIO) certificate_text = BIO_new (BIO_s_mem ());
  g_autofree char *name = g_strconcat ("concourse ", race_id, NULL);

  if (key == NULL || !fill (certificate, key, name) ||
      PEM_write_bio_PKCS8PrivateKey (key_text, key, NULL, NULL, 0, NULL, NULL) != 1 ||
      PEM_write_bio_X509 (certificate_text, certificate) != 1)
    return fail (error);
  *ret_key = take_text (key_text);
  *ret_certificate = take_text (certificate_text);
  return TRUE;
}

/** conc_certificate_get_fingerprint: Returns: (transfer full): SHA-256 of @pem's bytes, hex. */
char *
conc_certificate_get_fingerprint (const char *pem, GError **error)
{
  g_autoptr (BIO) bio = BIO_new_mem_buf (pem, -1);
  g_autoptr (X509) certificate = PEM_read_bio_X509 (bio, NULL, NULL, NULL);
  guint8   hash[HASH_BYTES];
  GString *text;

  if (certificate == NULL || X509_digest (certificate, EVP_sha256 (), hash, NULL) != 1)
    {
      fail (error);
      return NULL;
    }
  text = g_string_new (NULL);
  for (guint i = 0; i < HASH_BYTES; i++)
    g_string_append_printf (text, "%02x", hash[i]);
  return g_string_free (text, FALSE);
}
