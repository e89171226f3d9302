/* test-seal.c: bodies of private facts outside of the stations that may read them. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/error.h"
#include "sync/seal.h"

#include <locale.h>
#include <string.h>

static const char secret[] = "{\"email\":\"ada@example.org\",\"medical\":\"peanuts\"}";

static GBytes *
make_key (guint8 fill)
{
  guint8 bytes[CONC_SEAL_KEY_BYTES];

  memset (bytes, fill, sizeof bytes);
  return g_bytes_new (bytes, sizeof bytes);
}

static ConcFact *
make_fact (ConcKind kind, gint64 seq, const char *subject, const char *json)
{
  ConcFactId id = { "aaaaaaaaaa", seq };
  g_autoptr (ConcBody) body = conc_body_parse (json, -1, NULL);

  g_assert_nonnull (body);
  return conc_fact_new (&id, 1, kind, subject, NULL, NULL, body);
}

static ConcBody *
unseal (const ConcFact *fact, const char *sealed, GBytes *key, GError **error)
{
  return conc_unseal_body (&fact->id, fact->kind, fact->subject, sealed, key, error);
}

static void
assert_damaged (const ConcFact *fact, const char *sealed, GBytes *key)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcBody) body = unseal (fact, sealed, key, &error);

  g_assert_null (body);
  g_assert_error (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_DAMAGED);
}

static void
test_comes_back (void)
{
  g_autoptr (GBytes) key = make_key (1);

  for (ConcKind kind = 0; kind < CONC_N_KINDS; kind++)
    {
      g_autoptr (ConcFact) fact = make_fact (kind, 17, "r1", secret);
      g_autofree char *sealed = conc_seal_body (fact, key, NULL);
      g_autoptr (ConcBody) body = unseal (fact, sealed, key, NULL);

      g_assert_cmpstr (conc_body_get_json (body), ==, secret);
      g_assert_true ((strstr (sealed, "ada") == NULL) == conc_kind_is_private (kind));
    }
}

static void
test_public_needs_no_key (void)
{
  g_autoptr (ConcFact) fact = make_fact (CONC_KIND_BIB, 1, "r1", "{\"bib\":7}");
  g_autofree char *text = conc_seal_body (fact, NULL, NULL);
  g_autoptr (ConcBody) body = unseal (fact, text, NULL, NULL);

  g_assert_cmpstr (text, ==, "{\"bib\":7}");
  g_assert_cmpint (conc_body_get_int (body, "bib", 0), ==, 7);
}

static void
test_private_needs_key (void)
{
  g_autoptr (GBytes) key = make_key (1);
  g_autoptr (GBytes) brief = g_bytes_new_static ("abc", 3);
  g_autoptr (ConcFact) fact = make_fact (CONC_KIND_RUNNER_PRIVATE, 1, "r1", secret);
  g_autofree char *sealed = conc_seal_body (fact, key, NULL);
  GBytes          *keys[] = { NULL, brief };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autoptr (GError) sealing = NULL, opening = NULL;

      g_assert_null (conc_seal_body (fact, keys[i], &sealing));
      g_assert_error (sealing, CONC_SYNC_ERROR, CONC_SYNC_ERROR_NOT_ALLOWED);
      g_assert_null (unseal (fact, sealed, keys[i], &opening));
      g_assert_error (opening, CONC_SYNC_ERROR, CONC_SYNC_ERROR_NOT_ALLOWED);
    }
}

static void
test_same_fact_same_text (void)
{
  g_autoptr (GBytes) key = make_key (1);
  g_autoptr (ConcFact) fact = make_fact (CONC_KIND_RUNNER_PRIVATE, 1, "r1", secret);
  g_autofree char *first = conc_seal_body (fact, key, NULL);
  g_autofree char *second = conc_seal_body (fact, key, NULL);

  g_assert_cmpstr (first, ==, second);
}

static void
test_other_fact_other_text (void)
{
  static const struct
  {
    ConcKind    kind;
    gint64      seq;
    const char *subject;
  } others[] = {
    { CONC_KIND_RUNNER_PRIVATE, 2, "r1" },
    { CONC_KIND_RUNNER_PRIVATE, 1, "r2" },
    { CONC_KIND_RUNNER_SET_PRIVATE, 1, "r1" },
  };
  g_autoptr (GBytes) key = make_key (1);
  g_autoptr (GBytes) other_key = make_key (2);
  g_autoptr (ConcFact) fact = make_fact (CONC_KIND_RUNNER_PRIVATE, 1, "r1", secret);
  g_autofree char *sealed = conc_seal_body (fact, key, NULL);

  assert_damaged (fact, sealed, other_key);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (ConcFact) other =
          make_fact (others[i].kind, others[i].seq, others[i].subject, secret);
      g_autofree char *text = conc_seal_body (other, key, NULL);

      /* Not even the nonce is the same, let alone the beginning of the ciphertext. */
      g_assert_false (strncmp (text, sealed, 16) == 0);
      assert_damaged (other, sealed, key);
    }
}

static void
test_every_change_is_seen (void)
{
  g_autoptr (GBytes) key = make_key (1);
  g_autoptr (ConcFact) fact = make_fact (CONC_KIND_GIFT_PRIVATE, 1, "g1", "{\"from\":\"Ada\"}");
  g_autofree char *sealed = conc_seal_body (fact, key, NULL);
  gsize            length = strlen (sealed);

  for (gsize at = 0; at < length; at++)
    {
      g_autofree char *changed = g_strdup (sealed);
      g_autofree char *brief = g_strndup (sealed, at);

      changed[at] = changed[at] == 'A' ? 'B' : 'A';
      assert_damaged (fact, changed, key);
      assert_damaged (fact, brief, key);
    }
}

static void
test_refuses_what_is_not_sealed (void)
{
  g_autofree char         *long_text = g_strnfill (CONC_BODY_MAX_BYTES * 2, 'A');
  const char *const        texts[] = { "", "1:", "2:AAAA", "{}", secret, "1:====", long_text };
  static const char *const bodies[] = { "", "1:", "[]", "{", "{\"a\":{}}", "null" };
  g_autoptr (GBytes) key = make_key (1);
  g_autoptr (ConcFact) closed = make_fact (CONC_KIND_RUNNER_PRIVATE, 1, "r1", "{}");
  g_autoptr (ConcFact) open = make_fact (CONC_KIND_RUNNER, 1, "r1", "{}");

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_damaged (closed, texts[i], key);
  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    assert_damaged (open, bodies[i], key);
}

/* The greatest body that a race file takes goes through as well. */
static void
test_greatest_body (void)
{
  g_autoptr (GBytes) key = make_key (1);
  g_autofree char *filler = g_strnfill (CONC_BODY_MAX_BYTES - strlen ("{\"notes\":\"\"}"), 'x');
  g_autofree char *json = g_strdup_printf ("{\"notes\":\"%s\"}", filler);
  g_autoptr (ConcFact) fact = make_fact (CONC_KIND_RUNNER_PRIVATE, 1, "r1", json);
  g_autofree char *sealed = conc_seal_body (fact, key, NULL);
  g_autoptr (ConcBody) body = unseal (fact, sealed, key, NULL);

  g_assert_cmpstr (conc_body_get_json (body), ==, json);
  g_assert_cmpuint (strlen (sealed), <, 128 * 1024);
}

static void
test_keys_by_purpose (void)
{
  g_autoptr (GBytes) key = make_key (1);
  g_autoptr (GBytes) other = make_key (2);
  g_autoptr (GBytes) a = conc_derive_key (key, "a");
  g_autoptr (GBytes) again = conc_derive_key (key, "a");
  g_autoptr (GBytes) b = conc_derive_key (key, "b");
  g_autoptr (GBytes) c = conc_derive_key (other, "a");

  g_assert_cmpuint (g_bytes_get_size (a), ==, CONC_SEAL_KEY_BYTES);
  g_assert_true (g_bytes_equal (a, again));
  g_assert_false (g_bytes_equal (a, b));
  g_assert_false (g_bytes_equal (a, c));
  g_assert_false (g_bytes_equal (a, key));
}

static void
test_random_bytes_differ (void)
{
  g_autoptr (GBytes) first = conc_random_bytes (16);
  g_autoptr (GBytes) second = conc_random_bytes (16);
  g_autoptr (GBytes) none = conc_random_bytes (0);

  g_assert_cmpuint (g_bytes_get_size (first), ==, 16);
  g_assert_cmpuint (g_bytes_get_size (none), ==, 0);
  g_assert_false (g_bytes_equal (first, second));
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/seal/a body comes back", test_comes_back);
  g_test_add_func ("/seal/a public body needs no key", test_public_needs_no_key);
  g_test_add_func ("/seal/a private body needs the key", test_private_needs_key);
  g_test_add_func ("/seal/the same fact gives the same text", test_same_fact_same_text);
  g_test_add_func ("/seal/another fact gives another text", test_other_fact_other_text);
  g_test_add_func ("/seal/every change is seen", test_every_change_is_seen);
  g_test_add_func ("/seal/what is not sealed is refused", test_refuses_what_is_not_sealed);
  g_test_add_func ("/seal/the greatest body", test_greatest_body);
  g_test_add_func ("/seal/keys by purpose", test_keys_by_purpose);
  g_test_add_func ("/seal/random bytes differ", test_random_bytes_differ);
  return g_test_run ();
}
