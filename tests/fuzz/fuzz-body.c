/* fuzz-body.c: any bytes are the body of a fact, which reads back, or are refused. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/body.h"
#include "fuzz.h"

const guint       fuzz_rounds = 40000;
const char *const fuzz_seeds[] = {
  "{}",
  "{\"at\":\"2017-12-09T16:00:00Z\",\"bib\":214,\"source\":\"key\"}",
  "{\"a\":true,\"b\":false,\"c\":-9223372036854775808,\"d\":9223372036854775807}",
  "{\"\\u00d8\":\"\\ud83c\\udfc3 \\\"\\\\\\/\\b\\f\\n\\r\\t\"}",
  "{\"a\":\"\",\"b\":0}",
  NULL,
};

static void
check_entry (ConcBody *body, ConcBody *again, guint i)
{
  const char      *key = conc_body_get_key (body, i);
  g_autofree char *entry = conc_body_dup_entry (body, key);

  g_assert_true (g_utf8_validate (key, -1, NULL));
  g_assert_true (conc_body_has (body, key));
  g_assert_true (conc_body_entry_equal (body, again, key));
  g_assert_nonnull (entry);
  g_assert_true (g_utf8_validate (entry, -1, NULL));
  if (i > 0)
    g_assert_cmpstr (conc_body_get_key (body, i - 1), <, key);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcBody) body = conc_body_parse ((const char *) data, (gssize) size, &error);
  g_autoptr (ConcBody) again = NULL;

  if (body == NULL)
    {
      fuzz_check_error (error);
      return 0;
    }
  fuzz_n_read++;
  g_assert_cmpuint (conc_body_get_n (body), <=, CONC_BODY_MAX_ENTRIES);
  again = conc_body_parse (conc_body_get_json (body), -1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (conc_body_get_json (again), ==, conc_body_get_json (body));
  for (guint i = 0; i < conc_body_get_n (body); i++)
    check_entry (body, again, i);
  return 0;
}
