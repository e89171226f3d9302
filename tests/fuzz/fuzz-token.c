/* fuzz-token.c: nothing but the token itself is taken for the token of a bib. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/ids.h"
#include "core/token.h"
#include "fuzz.h"

#define RACE_ID "7f3k9m2q4xr0w8sj"

/* The first seed is the token of bib 214 of this race; the second, of another. */
const guint       fuzz_rounds = 40000;
const char *const fuzz_seeds[] = {
  "@TOKEN@", "C9Q10000101H5JSPZ29", "214", "7f3k9m2q4x-17", NULL,
};

static const guint8 key[32] = { 1, 2, 3 };

/* Beside blanks, case and what scanners put in front, only letters that look like digits may
 * differ. */
static gboolean
is_same_token (const char *text, const char *token)
{
  g_autoptr (GString) bare = g_string_new (NULL);

  for (; *text != '\0'; text++)
    if (g_ascii_isgraph (*text) || (*text & 0x80) != 0)
      g_string_append_c (bare, g_ascii_toupper (*text));
  if (bare->str[0] == ']')
    g_string_erase (bare, 0, 3);
  return strcmp (g_strdelimit (g_strdelimit (bare->str, "O", '0'), "IL", '1'), token) == 0;
}

static void
read_token (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *token = NULL;
  guint            bib = 0;

  if (!conc_token_parse (text, RACE_ID, key, &bib, &error))
    {
      g_assert_cmpuint (bib, ==, 0);
      fuzz_check_error (error);
      return;
    }
  token = conc_token_make (RACE_ID, key, bib);
  if (!is_same_token (text, token))
    g_error ("“%s” was taken for %s", text, token);
  g_assert_true (conc_token_looks_like_token (text));
  fuzz_n_read++;
}

static void
read_fact_id (const char *text)
{
  ConcFactId       id;
  g_autofree char *again = NULL;

  if (!conc_fact_id_parse (text, &id))
    return;
  again = conc_fact_id_to_text (&id);
  g_assert_cmpstr (again, ==, text);
  g_assert_true (conc_station_id_is_valid (id.station));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *bytes = g_strndup ((const char *) data, size);
  g_autofree char *token = conc_token_make (RACE_ID, key, 214);
  g_auto (GStrv) parts = g_strsplit (bytes, "@TOKEN@", -1);
  g_autofree char *text = g_strjoinv (token, parts);

  read_token (text);
  read_fact_id (bytes);
  /* One byte of a good token at a time. */
  if (size >= 2)
    {
      g_autofree char *forged = g_strdup (token);

      forged[data[0] % strlen (token)] = (char) (data[1] != 0 ? data[1] : 1);
      read_token (forged);
    }
  return 0;
}
