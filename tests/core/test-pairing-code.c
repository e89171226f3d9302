/* test-pairing-code.c: the code of an invitation, as people type it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/error.h"
#include "core/pairing-code.h"

#include <locale.h>
#include <string.h>

#define SEEDS 40
#define FUZZ_ROUNDS 20000

static const char   alphabet[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
static const char   print[] = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
static const guint8 sample[CONC_PAIRING_BYTES] = { 0x00, 0x44, 0x32, 0x14, 0xc7,
                                                   0x42, 0x54, 0xb6, 0x35, 0xcf };

static void
make_secret (guint32 seed, guint8 *ret_secret)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  for (guint i = 0; i < CONC_PAIRING_BYTES; i++)
    ret_secret[i] = (guint8) g_rand_int_range (random, 0, 256);
}

static gboolean
is_read (const char *text)
{
  guint8 secret[CONC_PAIRING_BYTES];

  return conc_pairing_code_parse (text, secret, NULL);
}

static void
assert_refused (const char *text, const char *words)
{
  guint8 secret[CONC_PAIRING_BYTES] = { 47 };
  g_autoptr (GError) error = NULL;

  g_assert_false (conc_pairing_code_parse (text, secret, &error));
  g_assert_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_INVALID);
  g_assert_true (g_str_has_suffix (error->message, "."));
  g_assert_nonnull (strstr (error->message, words));
  g_assert_cmpint (secret[0], ==, 47);
}

static void
test_form (void)
{
  /* The first bytes count 0, 1, 2, 3 ... in groups of five bits. */
  g_autofree char *code = conc_pairing_code_format (sample);

  g_assert_cmpuint (strlen (code), ==, 20);
  g_assert_true (g_str_has_prefix (code, "2345-6789-ABCD-EFGH"));
  g_assert_true (is_read (code));
}

static void
test_comes_back (void)
{
  for (guint32 seed = 0; seed < 1000; seed++)
    {
      guint8           secret[CONC_PAIRING_BYTES], again[CONC_PAIRING_BYTES];
      g_autofree char *code = NULL;

      make_secret (seed, secret);
      code = conc_pairing_code_format (secret);
      g_assert_cmpuint (strspn (code, "23456789ABCDEFGHJKLMNPQRSTUVWXYZ-"), ==, strlen (code));
      g_assert_true (conc_pairing_code_parse (code, again, NULL));
      g_assert_cmpmem (secret, sizeof secret, again, sizeof again);
    }
}

static void
test_ways_of_typing (void)
{
  static const char *const ways[] = {
    "2345-6789-ABCD-EFGH%c",    "2345-6789-abcd-efgh%c", "23456789ABCDEFGH%c",
    " 2345 6789 abcd EFGH  %c", "2345–6789—ABCD‐EFGH%c", "\t2345-6789-ABCD-EFGH-%c\n",
  };
  g_autofree char *code = conc_pairing_code_format (sample);
  char             last = code[strlen (code) - 1];

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      guint8 secret[CONC_PAIRING_BYTES];
      g_auto (GStrv) parts = g_strsplit (ways[i], "%c", 2);
      char             check[2] = { last, '\0' };
      g_autofree char *text = g_strjoinv (check, parts);

      g_assert_true (conc_pairing_code_parse (text, secret, NULL));
      g_assert_cmpmem (secret, sizeof secret, sample, sizeof sample);
    }
}

static void
test_refused_with_a_reason (void)
{
  g_autofree char *endless = g_strnfill (100000, 'A');
  const struct
  {
    const char *text, *words;
  } cases[] = {
    { "", "not complete" },
    { " - ", "not complete" },
    { "2345-6789-ABCD-EFGH", "not complete" },
    { "2345-6789-ABCD-EFGHAA", "too long" },
    { "2345-6789-ABCD-EFGO2", "“O”" },
    { "2345-6789-ABCD-EFG02", "“0”" },
    { "1345-6789-ABCD-EFGH2", "“1”" },
    { "i345-6789-ABCD-EFGH2", "“i”" },
    { "2345-6789-ABCD-EFGÅ2", "“Å”" },
    { "2345-6789-ABCD-\x01", "not the code" },
    { "2345-6789-ABCD-\xff", "not the code" },
    { endless, "not the code" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (cases[i].text, cases[i].words);
}

static void
test_every_wrong_symbol (void)
{
  for (guint32 seed = 0; seed < SEEDS; seed++)
    {
      guint8           secret[CONC_PAIRING_BYTES];
      g_autofree char *code = NULL;

      make_secret (seed, secret);
      code = conc_pairing_code_format (secret);
      for (guint at = 0; code[at] != '\0'; at++)
        for (const char *letter = alphabet; *letter != '\0' && code[at] != '-'; letter++)
          {
            g_autofree char *changed = g_strdup (code);

            if (*letter == code[at])
              continue;
            changed[at] = *letter;
            assert_refused (changed, "slip");
          }
    }
}

static void
swap (char *text, guint a, guint b)
{
  char letter = text[a];

  text[a] = text[b];
  text[b] = letter;
}

/* Of any two symbols, so also of two that stand side by side. */
static void
test_every_swap (void)
{
  for (guint32 seed = 0; seed < SEEDS; seed++)
    {
      guint8           secret[CONC_PAIRING_BYTES];
      g_autofree char *code = NULL;

      make_secret (seed, secret);
      code = conc_pairing_code_format (secret);
      for (guint a = 0; code[a] != '\0'; a++)
        for (guint b = a + 1; code[b] != '\0'; b++)
          {
            g_autofree char *changed = g_strdup (code);

            if (code[a] == '-' || code[b] == '-' || code[a] == code[b])
              continue;
            swap (changed, a, b);
            assert_refused (changed, "slip");
          }
    }
}

/* The sum is linear, so that what is true of all pairs of symbols in all places beside nothing but
 * zeros is true of them in every code. */
static void
test_every_swap_of_all_pairs (void)
{
  for (guint bit = 0; bit + 10 <= CONC_PAIRING_BYTES * 8; bit += 5)
    for (guint pair = 0; pair < 1024; pair++)
      {
        guint8           secret[CONC_PAIRING_BYTES] = { 0 };
        g_autofree char *code = NULL;
        guint            at = bit / 5 + bit / 20;

        for (guint i = 0; i < 10; i++)
          secret[(bit + i) / 8] |= (guint8) (((pair >> (9 - i)) & 1) << (7 - (bit + i) % 8));
        code = conc_pairing_code_format (secret);
        swap (code, at, code[at + 1] == '-' ? at + 2 : at + 1);
        g_assert_true (is_read (code) == (pair >> 5 == (pair & 31)));
      }
}

static void
test_url_comes_back (void)
{
  static const struct
  {
    const char *host;
    guint       port;
    const char *print;
    const char *begins;
  } cases[] = {
    { "192.0.2.7", 47815, print, "concourse://192.0.2.7:47815/2345-" },
    { "hall-laptop.local", 1, NULL, "concourse://hall-laptop.local:1/2345-" },
    { "hub.example.org", 0, print, "concourse://hub.example.org/2345-" },
    { "2001:db8::7", 65535, print, "concourse://[2001:db8::7]:65535/2345-" },
    { "fe80::1%wlan0", 47815, NULL, "concourse://[fe80::1%25wlan0]:47815/2345-" },
    { "::1", 0, NULL, "concourse://[::1]/2345-" },
  };
  g_autofree char *code = conc_pairing_code_format (sample);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text =
          conc_pairing_url_format (cases[i].host, cases[i].port, code, cases[i].print);
      g_auto (ConcPairingUrl) url = { NULL };

      g_assert_true (g_str_has_prefix (text, cases[i].begins));
      g_assert_true (conc_pairing_url_parse (text, &url, NULL));
      g_assert_cmpstr (url.host, ==, cases[i].host);
      g_assert_cmpuint (url.port, ==, cases[i].port);
      g_assert_cmpstr (url.fingerprint, ==, cases[i].print);
      g_assert_cmpmem (url.secret, sizeof url.secret, sample, sizeof sample);
    }
}

static void
test_url_as_typed (void)
{
  static const char *const forms[] = {
    "192.0.2.7/%s",
    "192.0.2.7:47815/%s",
    " CONCOURSE://192.0.2.7:47815/%s \n",
    "concourse://[fe80::1%%wlan0]/%s",
    "concourse://192.0.2.7/%s?later=yes",
    "concourse://192.0.2.7/%s?",
  };
  g_autofree char *code = conc_pairing_code_format (sample);
  g_autofree char *lower = g_ascii_strdown (code, -1);

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_auto (GStrv) parts = g_strsplit (forms[i], "%s", 2);
      g_autofree char *text = g_strjoinv (lower, parts);
      g_auto (ConcPairingUrl) url = { NULL };

      if (strstr (text, "%%") != NULL)
        memmove (strstr (text, "%%"), strstr (text, "%%") + 1, strlen (strstr (text, "%%")));
      g_assert_true (conc_pairing_url_parse (text, &url, NULL));
      g_assert_null (url.fingerprint);
    }
}

static void
test_url_refused (void)
{
  g_autofree char         *endless = g_strnfill (100000, 'a');
  g_autofree char         *code = conc_pairing_code_format (sample);
  static const char *const forms[] = {
    "",
    "/%s",
    "%s",
    "concourse://",
    "concourse:///%s",
    "http://example.org/%s",
    "concourse://example.org:/%s",
    "concourse://example.org:0/%s",
    "concourse://example.org:65536/%s",
    "concourse://example.org:+1/%s",
    "concourse://example.org:47815",
    "concourse://example.org:47815/",
    "concourse://example.org:47815/AAAA",
    "concourse://user@example.org/%s",
    "concourse://exa mple.org/%s",
    "concourse://exämple.org/%s",
    "concourse://[2001:db8::7/%s",
    "concourse://[2001:db8::g]/%s",
    "concourse://[192.0.2.7]/%s",
    "concourse://[]/%s",
    "concourse://[fe80::1%]/%s",
    "concourse://[fe80::1%a b]/%s",
    "concourse://[::1]x/%s",
    "concourse://2001:db8::7/%s",
    "concourse://example.org/%s?f=",
    "concourse://example.org/%s?f=abc",
    "concourse://example.org/%s?f=zz112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
    "concourse://example.org/%s?f=000112233445566778899aabbccddeeff00112233445566778899aabbccddeef"
    "f",
  };

  g_assert_false (conc_pairing_url_parse (endless, &(ConcPairingUrl){ NULL }, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_auto (GStrv) parts = g_strsplit (forms[i], "%s", 2);
      g_autofree char *text = g_strjoinv (code, parts);
      g_autoptr (GError) error = NULL;
      ConcPairingUrl url = { NULL };

      g_assert_false (conc_pairing_url_parse (text, &url, &error));
      g_assert_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_INVALID);
      g_assert_null (url.host);
    }
}

/* Whatever is read can be written and read again. */
static void
check_fuzzed (const char *text)
{
  g_auto (ConcPairingUrl) url = { NULL };
  g_auto (ConcPairingUrl) again = { NULL };
  g_autofree char *code = NULL;
  g_autofree char *written = NULL;

  if (!conc_pairing_url_parse (text, &url, NULL))
    return;
  code = conc_pairing_code_format (url.secret);
  written = conc_pairing_url_format (url.host, url.port, code, url.fingerprint);
  g_assert_true (conc_pairing_url_parse (written, &again, NULL));
  g_assert_cmpstr (again.host, ==, url.host);
  g_assert_cmpuint (again.port, ==, url.port);
  g_assert_cmpstr (again.fingerprint, ==, url.fingerprint);
}

static void
test_fuzzed (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20171209);
  g_autofree char *code = conc_pairing_code_format (sample);
  g_autofree char *text = conc_pairing_url_format ("fe80::1%wlan0", 47815, code, print);
  gsize            length = strlen (text);

  for (guint round = 0; round < FUZZ_ROUNDS; round++)
    {
      g_autofree char *changed = g_strdup (text);

      for (int n = g_rand_int_range (random, 1, 4); n > 0; n--)
        changed[g_rand_int_range (random, 0, (int) length)] =
            (char) (g_rand_boolean (random) ? "%:/?[]&=-2"[g_rand_int_range (random, 0, 10)]
                                            : g_rand_int_range (random, 0, 256));
      check_fuzzed (changed);
    }
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/pairing-code/its form", test_form);
  g_test_add_func ("/pairing-code/comes back", test_comes_back);
  g_test_add_func ("/pairing-code/ways of typing it", test_ways_of_typing);
  g_test_add_func ("/pairing-code/refused with a reason", test_refused_with_a_reason);
  g_test_add_func ("/pairing-code/every wrong symbol is found", test_every_wrong_symbol);
  g_test_add_func ("/pairing-code/every swap is found", test_every_swap);
  g_test_add_func ("/pairing-code/every swap of all pairs is found", test_every_swap_of_all_pairs);
  g_test_add_func ("/pairing-code/an address comes back", test_url_comes_back);
  g_test_add_func ("/pairing-code/an address as typed", test_url_as_typed);
  g_test_add_func ("/pairing-code/an address is refused", test_url_refused);
  g_test_add_func ("/pairing-code/fuzzed", test_fuzzed);
  return g_test_run ();
}
