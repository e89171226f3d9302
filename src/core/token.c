/* token.c: the text in the QR code of a bib. */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/token.h"

#include "core/error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* C, race tag, bib, authenticator: 19 characters of the QR alphanumeric set, of which a
 * version 1 code with error correction M holds 20. */
#define TAG_LENGTH 4
#define BIB_LENGTH 6
#define CODE_LENGTH 8
#define TAG_AT 1
#define BIB_AT (TAG_AT + TAG_LENGTH)
#define CODE_AT (BIB_AT + BIB_LENGTH)
#define BIB_MAX 999999

/* Crockford's base 32: no I, L, O and U, so that a token can be read aloud. */
static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

G_STATIC_ASSERT (CODE_AT + CODE_LENGTH == CONC_TOKEN_LENGTH);

static void
encode (const guint8 *bytes, guint n_letters, char *ret_letters)
{
  guint64 bits = 0;

  for (guint i = 0; i < 8; i++)
    bits = (bits << 8) | bytes[i];
  for (guint i = 0; i < n_letters; i++)
    ret_letters[i] = alphabet[(bits >> (59 - 5 * i)) & 31];
}

static void
make_tag (const char *race_id, char *ret_tag)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  static const char purpose[] = "concourse race tag 1";
  guint8            digest[32];
  gsize             size = sizeof digest;

  g_checksum_update (checksum, (const guchar *) purpose, sizeof purpose);
  g_checksum_update (checksum, (const guchar *) race_id, -1);
  g_checksum_get_digest (checksum, digest, &size);
  encode (digest, TAG_LENGTH, ret_tag);
}

static void
make_code (const char *race_id, const guint8 *key, guint bib, char *ret_code)
{
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, key, CONC_TOKEN_KEY_BYTES);
  static const char purpose[] = "concourse bib token 1";
  char              number[12];
  guint8            digest[32];
  gsize             size = sizeof digest;

  /* Zero bytes end the parts, so that no two inputs give one text. */
  g_snprintf (number, sizeof number, "%u", bib);
  g_hmac_update (hmac, (const guchar *) purpose, sizeof purpose);
  g_hmac_update (hmac, (const guchar *) race_id, (gssize) strlen (race_id) + 1);
  g_hmac_update (hmac, (const guchar *) number, -1);
  g_hmac_get_digest (hmac, digest, &size);
  encode (digest, CODE_LENGTH, ret_code);
}

/* Brings what a scanner or a person entered into the form of a token: without white space
 * and control characters, without the symbology prefix "]Q1" that some scanners add, upper
 * case, letters that look like digits as digits. FALSE when it cannot be one. */
static gboolean
normalize (const char *text, char *ret_token)
{
  guint length = 0;

  while (g_ascii_isspace (*text) || g_ascii_iscntrl (*text))
    {
      if (*text == '\0')
        return FALSE;
      text++;
    }
  if (text[0] == ']' && g_ascii_toupper (text[1]) == 'Q' && g_ascii_isdigit (text[2]))
    text += 3;

  for (; *text != '\0'; text++)
    {
      char letter = g_ascii_toupper (*text);

      if (g_ascii_isspace (letter) || g_ascii_iscntrl (letter))
        continue;
      if (letter == 'O')
        letter = '0';
      else if (letter == 'I' || letter == 'L')
        letter = '1';
      if (length == CONC_TOKEN_LENGTH || strchr (alphabet, letter) == NULL)
        return FALSE;
      ret_token[length++] = letter;
    }
  ret_token[length] = '\0';

  if (length != CONC_TOKEN_LENGTH || ret_token[0] != 'C')
    return FALSE;
  for (guint i = 0; i < BIB_LENGTH; i++)
    if (!g_ascii_isdigit (ret_token[BIB_AT + i]))
      return FALSE;
  return TRUE;
}

/* Takes the same time wherever the first difference is. */
static gboolean
equal_constant_time (const char *a, const char *b, gsize length)
{
  guint8 difference = 0;

  for (gsize i = 0; i < length; i++)
    difference |= (guint8) (a[i] ^ b[i]);
  return difference == 0;
}

/**
 * conc_token_make:
 * @race_id: the id of the race
 * @key: the race's own key, %CONC_TOKEN_KEY_BYTES bytes
 * @bib: 1 to 999,999
 *
 * Makes the token of a bib: the letter C, four letters that tell races apart, the bib in
 * six digits, eight letters (40 bits) of an HMAC-SHA256 over race and bib. It holds no
 * personal detail, and who has not the key cannot make one: of a million guesses for one
 * bib, one in a million would pass.
 *
 * Returns: (transfer full): %CONC_TOKEN_LENGTH characters, digits and upper-case letters.
 *
 * Thread: any.
 */
char *
conc_token_make (const char *race_id, const guint8 *key, guint bib)
{
  char token[CONC_TOKEN_LENGTH + 1];

  g_return_val_if_fail (race_id != NULL, NULL);
  g_return_val_if_fail (key != NULL, NULL);
  g_return_val_if_fail (bib >= 1 && bib <= BIB_MAX, NULL);

  token[0] = 'C';
  make_tag (race_id, token + TAG_AT);
  g_snprintf (token + BIB_AT, BIB_LENGTH + 1, "%06u", bib);
  make_code (race_id, key, bib, token + CODE_AT);
  token[CONC_TOKEN_LENGTH] = '\0';
  return g_strdup (token);
}

/**
 * conc_token_looks_like_token:
 * @text: what was typed or scanned
 *
 * Whether the text has the form of a token, of whichever race and whether authentic or
 * not. Bibs, names and parts of them never have.
 *
 * Thread: any.
 */
gboolean
conc_token_looks_like_token (const char *text)
{
  char token[CONC_TOKEN_LENGTH + 1];

  g_return_val_if_fail (text != NULL, FALSE);

  return normalize (text, token);
}

static guint
bib_from_token (const char *token)
{
  guint bib = 0;

  for (guint i = 0; i < BIB_LENGTH; i++)
    bib = bib * 10 + (guint) g_ascii_digit_value (token[BIB_AT + i]);
  return bib;
}

/**
 * conc_token_peek_bib:
 * @text: what was typed or scanned
 *
 * The bib that a token names, of whichever race and whether authentic or not: to say what was
 * read, and to decide nothing by it.
 *
 * Returns: the bib; 0 when the text has not the form of a token, or names none.
 *
 * Thread: any.
 */
guint
conc_token_peek_bib (const char *text)
{
  char token[CONC_TOKEN_LENGTH + 1];

  g_return_val_if_fail (text != NULL, 0);

  return normalize (text, token) ? bib_from_token (token) : 0;
}

/**
 * conc_token_parse:
 * @text: what was typed or scanned; upper or lower case, with or without white space and
 *   control characters
 * @race_id: the id of the race
 * @key: the race's own key, %CONC_TOKEN_KEY_BYTES bytes
 * @ret_bib: (out): the bib
 * @error: return location
 *
 * Reads a token and checks that it was made for this race.
 *
 * Returns: whether it was; else @ret_bib is untouched and the error is
 *   %CONC_CORE_ERROR_INVALID when the text is no token, %CONC_CORE_ERROR_OTHER_RACE
 *   when it is one of another race, %CONC_CORE_ERROR_FORGED when it was changed.
 *
 * Thread: any.
 */
gboolean
conc_token_parse (const char   *text,
                  const char   *race_id,
                  const guint8 *key,
                  guint        *ret_bib,
                  GError      **error)
{
  char  token[CONC_TOKEN_LENGTH + 1], tag[TAG_LENGTH], code[CODE_LENGTH];
  guint bib;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (race_id != NULL, FALSE);
  g_return_val_if_fail (key != NULL, FALSE);
  g_return_val_if_fail (ret_bib != NULL, FALSE);

  if (!normalize (text, token))
    {
      g_set_error_literal (
          error, CONC_CORE_ERROR, CONC_CORE_ERROR_INVALID,
          _ ("This is not the code of a bib: scan the label again or type the bib."));
      return FALSE;
    }
  make_tag (race_id, tag);
  if (!equal_constant_time (token + TAG_AT, tag, TAG_LENGTH))
    {
      g_set_error_literal (error, CONC_CORE_ERROR, CONC_CORE_ERROR_OTHER_RACE,
                           _ ("This bib belongs to another race."));
      return FALSE;
    }
  bib = bib_from_token (token);
  make_code (race_id, key, bib, code);
  if (bib == 0 || !equal_constant_time (token + CODE_AT, code, CODE_LENGTH))
    {
      g_set_error_literal (error, CONC_CORE_ERROR, CONC_CORE_ERROR_FORGED,
                           _ ("This code is damaged or was not made for this race: type the bib "
                              "and look at the runner's name."));
      return FALSE;
    }

  *ret_bib = bib;
  return TRUE;
}
