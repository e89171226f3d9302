/* fuzz-pack.c: the lines of a pack are facts that a race file takes, or are refused. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"
#include "sync/pack-private.h"
#include "sync/seal.h"

#define RACE "7f3k9m2q4xr0w8sj"
#define HEAD "{\"race\":\"" RACE "\",\"station\":\"aaaaaaaaaa\",\"version\":\"1\"}\n"
#define FACT "{\"fact\":\"aaaaaaaaaa-17\",\"hlc\":99145000000000000,\"kind\":"
#define RUNNER ",\"subject\":\"r0123456789abcdef\",\"body\":"

const guint       fuzz_rounds = 40000;
const char *const fuzz_seeds[] = {
  HEAD FACT "\"runner\",\"operator\":\"Ada\"" RUNNER "{\"city\":\"St. Paul\"}}\n",
  HEAD FACT "\"bib\",\"replaces\":\"bbbbbbbbbb-3\"" RUNNER "{\"bib\":7}}\n",
  HEAD FACT "\"runner.private\"" RUNNER "\"1:AAAA\"}\n",
  HEAD FACT "\"check-in\"" RUNNER "{\"bib\":7,\"checked_in_at\":\"2017-12-09T15:00:00Z\"}}\n",
  HEAD FACT "\"print\",\"subject\":\"p0123456789abcdef\",\"body\":{\"layout\":\"bib-label\"}}\n",
  HEAD FACT "\"fee\",\"subject\":\"f0123456789abcdef\",\"body\":\"1:AAAA\"}\n",
  HEAD FACT "\"tap\",\"subject\":\"aaaaaaaaaa-17\",\"body\":{\"source\":\"key\"}}\n",
  NULL,
};

/* What is taken can be written and read again, and says the same. */
static void
check_fact (const ConcFact *fact)
{
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_fact_unref);
  g_autoptr (GString) line = g_string_new (NULL);
  ConcPackContent content = { .race_id = RACE,
                              .role = CONC_ROLE_TIMING,
                              .latest_usec = G_MAXINT64,
                              .has_head = TRUE,
                              .facts = facts };

  g_assert_true (conc_receive_check (fact, NULL));
  g_assert_true (conc_pack_append_fact (line, fact, NULL, NULL));
  g_assert_true (conc_pack_content_add_line (&content, line->str, line->len - 1, NULL));
  g_assert_cmpuint (facts->len, ==, 1);
  g_assert_cmpint (conc_fact_compare (facts->pdata[0], fact), ==, 0);
  g_assert_cmpstr (conc_body_get_json (((ConcFact *) facts->pdata[0])->body), ==,
                   conc_body_get_json (fact->body));
}

static void
read_lines (ConcRole role, GBytes *key, const char *data, size_t size)
{
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_fact_unref);
  g_autoptr (GError) error = NULL;
  ConcPackContent content = {
    .race_id = RACE, .role = role, .private_key = key, .latest_usec = G_MAXINT64, .facts = facts
  };
  const char *end;

  for (; error == NULL && (end = memchr (data, '\n', size)) != NULL; data = end + 1)
    {
      size_t length = (size_t) (end - data);

      conc_pack_content_add_line (&content, data, length, &error);
      size -= length + 1;
    }
  if (error != NULL)
    fuzz_check_error (error);
  for (guint i = 0; role == CONC_ROLE_TIMING && i < facts->len; i++)
    check_fact (facts->pdata[i]);
  if (facts->len > 0)
    fuzz_n_read++;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const guint8 bytes[CONC_SEAL_KEY_BYTES] = { 1, 2, 3 };
  g_autoptr (GBytes) key = g_bytes_new_static (bytes, sizeof bytes);

  read_lines (CONC_ROLE_TIMING, NULL, (const char *) data, size);
  read_lines (CONC_ROLE_ORGANIZER, key, (const char *) data, size);
  return 0;
}
