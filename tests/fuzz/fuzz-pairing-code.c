/* fuzz-pairing-code.c: what is taken for an invitation can be written and read again. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/pairing-code.h"
#include "fuzz.h"

#define PRINT "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

/* "@CODE@" is a good code. */
const guint       fuzz_rounds = 40000;
const char *const fuzz_seeds[] = {
  "@CODE@",
  "concourse://192.0.2.7:47815/@CODE@?f=" PRINT,
  "concourse://[fe80::1%25wlan0]:47815/@CODE@",
  "hall.local/@CODE@?later=1&f=" PRINT,
  NULL,
};

static const guint8 sample[CONC_PAIRING_BYTES] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 };

static void
read_code (const char *text)
{
  guint8 secret[CONC_PAIRING_BYTES], again[CONC_PAIRING_BYTES];
  g_autoptr (GError) error = NULL;
  g_autofree char *code = NULL;

  if (!conc_pairing_code_parse (text, secret, &error))
    {
      fuzz_check_error (error);
      return;
    }
  code = conc_pairing_code_format (secret);
  g_assert_true (conc_pairing_code_parse (code, again, NULL));
  g_assert_true (memcmp (secret, again, sizeof secret) == 0);
  fuzz_n_read++;
}

static void
read_url (const char *text)
{
  g_auto (ConcPairingUrl) url = { NULL };
  g_auto (ConcPairingUrl) again = { NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *code = NULL;
  g_autofree char *written = NULL;

  if (!conc_pairing_url_parse (text, &url, &error))
    {
      g_assert_null (url.host);
      fuzz_check_error (error);
      return;
    }
  code = conc_pairing_code_format (url.secret);
  written = conc_pairing_url_format (url.host, url.port, code, url.fingerprint);
  g_assert_true (conc_pairing_url_parse (written, &again, NULL));
  g_assert_cmpstr (url.host, ==, again.host);
  g_assert_cmpuint (url.port, ==, again.port);
  g_assert_cmpstr (url.fingerprint, ==, again.fingerprint);
  fuzz_n_read++;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *bytes = g_strndup ((const char *) data, size);
  g_autofree char *code = conc_pairing_code_format (sample);
  g_auto (GStrv) parts = g_strsplit (bytes, "@CODE@", -1);
  g_autofree char *text = g_strjoinv (code, parts);

  read_code (text);
  read_url (text);
  return 0;
}
