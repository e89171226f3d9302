/* pairing-code.c: the code of an invitation, as people type it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/pairing-code.h"

#include "core/error.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

/* No 0 and O, no 1 and I: what looks alike on a screen or in handwriting is not there. */
static const char alphabet[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

#define SYMBOL_BITS 5
#define N_SYMBOLS (CONC_PAIRING_BYTES * 8 / SYMBOL_BITS)
#define CODE_LENGTH (N_SYMBOLS + 1)
#define GROUP_LENGTH 4
#define TEXT_MAX_BYTES 128
#define URL_MAX_BYTES 1024
#define HOST_MAX_BYTES 253 /* RFC 1035 */
#define FINGERPRINT_LENGTH 64
#define SCHEME "concourse://"

G_STATIC_ASSERT (sizeof alphabet - 1 == 1 << SYMBOL_BITS);
G_STATIC_ASSERT (N_SYMBOLS *SYMBOL_BITS == CONC_PAIRING_BYTES * 8);

/* Multiplies by the generator of the field of 32 elements, x^5 + x^2 + 1. */
static guint
times_generator (guint value)
{
  value <<= 1;
  return (value & 32) != 0 ? value ^ 37 : value;
}

/* Symbol i counts with a power of the generator of its own, and the last with 1; the sum of a code
 * is 0. No power is 0, so one wrong symbol changes the sum; no two are equal, so two different
 * symbols that changed places do too. */
static guint
make_check (const guint8 *symbols)
{
  guint sum = 0;

  for (guint i = 0; i < N_SYMBOLS; i++)
    sum = times_generator (sum ^ symbols[i]);
  return sum;
}

static void
bytes_to_symbols (const guint8 *bytes, guint8 *ret_symbols)
{
  for (guint bit = 0; bit < CONC_PAIRING_BYTES * 8; bit++)
    {
      guint value = (bytes[bit / 8] >> (7 - bit % 8)) & 1u;

      ret_symbols[bit / SYMBOL_BITS] = (guint8) (ret_symbols[bit / SYMBOL_BITS] << 1 | value);
    }
}

static void
symbols_to_bytes (const guint8 *symbols, guint8 *ret_bytes)
{
  for (guint bit = 0; bit < CONC_PAIRING_BYTES * 8; bit++)
    {
      guint shift = SYMBOL_BITS - 1 - bit % SYMBOL_BITS;

      ret_bytes[bit / 8] =
          (guint8) (ret_bytes[bit / 8] << 1 | ((symbols[bit / SYMBOL_BITS] >> shift) & 1u));
    }
}

/**
 * conc_pairing_code_format:
 * @secret: %CONC_PAIRING_BYTES random bytes
 *
 * Returns: (transfer full): the code as it is shown and typed, XXXX-XXXX-XXXX-XXXXX: 16 symbols
 *   of five bits and one that finds slips. Any thread.
 */
char *
conc_pairing_code_format (const guint8 *secret)
{
  guint8   symbols[CODE_LENGTH] = { 0 };
  GString *text = g_string_sized_new (CODE_LENGTH + CODE_LENGTH / GROUP_LENGTH + 1);

  g_return_val_if_fail (secret != NULL, NULL);
  bytes_to_symbols (secret, symbols);
  symbols[N_SYMBOLS] = (guint8) make_check (symbols);
  for (guint i = 0; i < CODE_LENGTH; i++)
    {
      if (i > 0 && i < N_SYMBOLS && i % GROUP_LENGTH == 0)
        g_string_append_c (text, '-');
      g_string_append_c (text, alphabet[symbols[i]]);
    }
  return g_string_free (text, FALSE);
}

static gboolean
set_invalid (GError **error, const char *sentence)
{
  g_set_error_literal (error, CONC_CORE_ERROR, CONC_CORE_ERROR_INVALID, sentence);
  return FALSE;
}

static gboolean
is_separator (gunichar letter)
{
  return g_unichar_isspace (letter) || g_unichar_type (letter) == G_UNICODE_DASH_PUNCTUATION;
}

static gboolean
set_not_a_symbol (GError **error, gunichar letter)
{
  char text[7] = { 0 };

  if (!g_unichar_isprint (letter))
    return set_invalid (error, _ ("This is not the code of an invitation."));
  g_unichar_to_utf8 (letter, text);
  g_set_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_INVALID,
               _ ("“%s” is in no code: a code has no 0, O, 1 and I. Look at the invitation again."),
               text);
  return FALSE;
}

/* @ret_n may be one more than fits, which tells that there are too many. */
static gboolean
read_symbols (const char *text, guint8 *ret_symbols, guint *ret_n, GError **error)
{
  guint n = 0;

  for (; *text != '\0' && n <= CODE_LENGTH; text = g_utf8_next_char (text))
    {
      gunichar    letter = g_utf8_get_char (text);
      const char *found = NULL;

      if (is_separator (letter))
        continue;
      if (letter > ' ' && letter < 0x80)
        found = strchr (alphabet, g_ascii_toupper ((char) letter));
      if (found == NULL)
        return set_not_a_symbol (error, letter);
      if (n < CODE_LENGTH)
        ret_symbols[n] = (guint8) (found - alphabet);
      n++;
    }
  *ret_n = n;
  return TRUE;
}

/**
 * conc_pairing_code_parse:
 * @text: what was typed: upper or lower case, with or without spaces and hyphens
 * @ret_secret: (out): %CONC_PAIRING_BYTES bytes, set only on success
 *
 * Every single wrong symbol and every two symbols that changed places are found; of other
 * mistakes, 31 in 32.
 *
 * Returns: whether it is a code; else %CONC_CORE_ERROR_INVALID and a sentence for who typed it.
 *   Any thread.
 */
gboolean
conc_pairing_code_parse (const char *text, guint8 *ret_secret, GError **error)
{
  guint8 symbols[CODE_LENGTH] = { 0 };
  guint8 secret[CONC_PAIRING_BYTES] = { 0 };
  guint  n = 0;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (ret_secret != NULL, FALSE);

  if (strnlen (text, TEXT_MAX_BYTES + 1) > TEXT_MAX_BYTES || !g_utf8_validate (text, -1, NULL))
    return set_invalid (error, _ ("This is not the code of an invitation."));
  if (!read_symbols (text, symbols, &n, error))
    return FALSE;
  if (n < CODE_LENGTH)
    return set_invalid (error, _ ("The code is not complete: it has 17 letters and digits."));
  if (n > CODE_LENGTH)
    return set_invalid (error, _ ("The code is too long: it has 17 letters and digits."));
  if (make_check (symbols) != symbols[N_SYMBOLS])
    return set_invalid (error, _ ("There is a slip in the code. Compare it with the invitation, "
                                  "letter by letter."));
  symbols_to_bytes (symbols, secret);
  memcpy (ret_secret, secret, sizeof secret);
  return TRUE;
}

/**
 * conc_pairing_url_format:
 * @host: a name or an address; one of IPv6 without brackets, its zone after a percent sign
 * @port: 0 leaves it out
 * @code: as conc_pairing_code_format() gave it
 * @print: (nullable): SHA-256 of the hub's certificate, 64 hexadecimal digits
 *
 * Returns: (transfer full): the text of the QR code. Any thread.
 */
char *
conc_pairing_url_format (const char *host, guint port, const char *code, const char *print)
{
  GString *url = g_string_new (SCHEME);
  gboolean is_ipv6 = strchr (host, ':') != NULL;

  if (is_ipv6)
    {
      g_auto (GStrv) parts = g_strsplit (host, "%", 2);
      g_autofree char *inner = g_strjoinv ("%25", parts); /* RFC 6874 */

      g_string_append_printf (url, "[%s]", inner);
    }
  else
    g_string_append (url, host);
  if (port != 0)
    g_string_append_printf (url, ":%u", port);
  g_string_append_printf (url, "/%s", code);
  if (print != NULL)
    g_string_append_printf (url, "?f=%s", print);
  return g_string_free (url, FALSE);
}

static gboolean
is_made_of (const char *text, gsize min, gsize max, const char *others)
{
  gsize length = strlen (text);

  for (const char *at = text; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at) && strchr (others, *at) == NULL)
      return FALSE;
  return length >= min && length <= max;
}

/* "ADDRESS" or "ADDRESS%25ZONE", also with a bare percent sign, as people copy it. */
static char *
parse_ipv6 (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "%", 2);
  g_autoptr (GInetAddress) address = NULL;
  const char *zone = parts[0] != NULL ? parts[1] : NULL;

  if (parts[0] == NULL || strchr (parts[0], ':') == NULL)
    return NULL;
  address = g_inet_address_new_from_string (parts[0]);
  if (address == NULL)
    return NULL;
  if (zone == NULL)
    return g_strdup (text);
  if (g_str_has_prefix (zone, "25") && zone[2] != '\0')
    zone += 2;
  return is_made_of (zone, 1, 32, "-._") ? g_strdup_printf ("%s%%%s", parts[0], zone) : NULL;
}

/* Sets @ret_rest to what follows the host. */
static char *
parse_host (const char *text, const char **ret_rest)
{
  g_autofree char *host = NULL;

  if (*text == '[')
    {
      const char *end = strchr (text, ']');

      if (end == NULL)
        return NULL;
      host = g_strndup (text + 1, (gsize) (end - text - 1));
      *ret_rest = end + 1;
      return parse_ipv6 (host);
    }
  *ret_rest = text + strcspn (text, ":/?");
  host = g_strndup (text, (gsize) (*ret_rest - text));
  return is_made_of (host, 1, HOST_MAX_BYTES, "-._") ? g_steal_pointer (&host) : NULL;
}

static gboolean
parse_port (const char **text, guint *ret_port)
{
  guint64          port;
  gsize            length;
  g_autofree char *digits = NULL;

  *ret_port = 0;
  if (**text != ':')
    return TRUE;
  length = strcspn (*text + 1, "/?");
  digits = g_strndup (*text + 1, length);
  if (!g_ascii_string_to_unsigned (digits, 10, 1, G_MAXUINT16, &port, NULL))
    return FALSE;
  *ret_port = (guint) port;
  *text += 1 + length;
  return TRUE;
}

/* What is not "f" is left to later versions. */
static gboolean
parse_fingerprint (const char *query, char **ret_fingerprint)
{
  g_auto (GStrv) members = g_strsplit (query, "&", -1);

  for (guint i = 0; members[i] != NULL; i++)
    if (g_str_has_prefix (members[i], "f="))
      {
        const char *digits = members[i] + 2;

        if (*ret_fingerprint != NULL || strlen (digits) != FINGERPRINT_LENGTH ||
            strspn (digits, "0123456789abcdefABCDEF") != FINGERPRINT_LENGTH)
          return FALSE;
        *ret_fingerprint = g_ascii_strdown (digits, -1);
      }
  return TRUE;
}

/* Everything but the code, whose mistakes have sentences of their own. */
static gboolean
split_url (const char *text, ConcPairingUrl *url, char **ret_code)
{
  const char *rest = text, *query;

  if (g_ascii_strncasecmp (text, SCHEME, strlen (SCHEME)) == 0)
    text += strlen (SCHEME);
  url->host = parse_host (text, &rest);
  if (url->host == NULL || !parse_port (&rest, &url->port) || *rest != '/')
    return FALSE;
  rest++;
  query = strchr (rest, '?');
  if (query != NULL && !parse_fingerprint (query + 1, &url->fingerprint))
    return FALSE;
  *ret_code = query != NULL ? g_strndup (rest, (gsize) (query - rest)) : g_strdup (rest);
  return TRUE;
}

/**
 * conc_pairing_url_parse:
 * @text: concourse://HOST:PORT/CODE?f=FINGERPRINT; the scheme, the port and the fingerprint may be
 *   missing, and white space around it is not read
 * @ret_url: (out): set only on success; conc_pairing_url_clear() frees what it holds
 *
 * Returns: whether it is the address of an invitation; else %CONC_CORE_ERROR_INVALID and a
 *   sentence. Any thread.
 */
gboolean
conc_pairing_url_parse (const char *text, ConcPairingUrl *ret_url, GError **error)
{
  g_auto (ConcPairingUrl) url = { NULL };
  g_autofree char *trimmed = NULL;
  g_autofree char *code = NULL;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (ret_url != NULL, FALSE);

  if (strnlen (text, URL_MAX_BYTES + 1) <= URL_MAX_BYTES)
    trimmed = g_strstrip (g_strdup (text));
  if (trimmed == NULL || !split_url (trimmed, &url, &code))
    return set_invalid (error, _ ("This is not the address of an invitation, which looks like "
                                  "concourse://192.0.2.7:47815/ABCD-EFGH-JKLM-NPQRS."));
  if (!conc_pairing_code_parse (code, url.secret, error))
    return FALSE;
  *ret_url = url;
  memset (&url, 0, sizeof url);
  return TRUE;
}

/** conc_pairing_url_clear: frees what @url holds and forgets the secret. */
void
conc_pairing_url_clear (ConcPairingUrl *url)
{
  g_free (url->host);
  g_free (url->fingerprint);
  memset (url, 0, sizeof *url);
}
