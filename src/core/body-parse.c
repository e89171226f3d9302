/* body-parse.c: reads the body of a fact from JSON. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/body.h"
#include "core/error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  const char *at;
  const char *end;
} Cursor;

static void
skip_space (Cursor *cursor)
{
  while (cursor->at < cursor->end && strchr (" \t\r\n", *cursor->at) != NULL)
    cursor->at++;
}

static gboolean
take (Cursor *cursor, char expected)
{
  skip_space (cursor);
  if (cursor->at == cursor->end || *cursor->at != expected)
    return FALSE;
  cursor->at++;
  return TRUE;
}

static gboolean
parse_hex4 (Cursor *cursor, gunichar *ret_unit)
{
  gunichar unit = 0;

  if (cursor->end - cursor->at < 4)
    return FALSE;
  for (int i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (*cursor->at++);

      if (digit < 0)
        return FALSE;
      unit = unit * 16 + (gunichar) digit;
    }
  *ret_unit = unit;
  return TRUE;
}

static gboolean
parse_unicode_escape (Cursor *cursor, GString *text)
{
  gunichar unit, low;

  if (!parse_hex4 (cursor, &unit))
    return FALSE;
  if (unit >= 0xd800 && unit < 0xdc00)
    {
      if (cursor->end - cursor->at < 6 || cursor->at[0] != '\\' || cursor->at[1] != 'u')
        return FALSE;
      cursor->at += 2;
      if (!parse_hex4 (cursor, &low) || low < 0xdc00 || low > 0xdfff)
        return FALSE;
      unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
    }
  if (unit == 0 || !g_unichar_validate (unit))
    return FALSE;
  g_string_append_unichar (text, unit);
  return TRUE;
}

static gboolean
parse_escape (Cursor *cursor, GString *text)
{
  static const char from[] = "\"\\/bfnrt";
  static const char to[] = "\"\\/\b\f\n\r\t";
  const char       *found;

  if (cursor->at == cursor->end)
    return FALSE;
  if (*cursor->at == 'u')
    {
      cursor->at++;
      return parse_unicode_escape (cursor, text);
    }
  found = *cursor->at != '\0' ? strchr (from, *cursor->at) : NULL;
  if (found == NULL)
    return FALSE;
  g_string_append_c (text, to[found - from]);
  cursor->at++;
  return TRUE;
}

static gboolean
parse_text (Cursor *cursor, GString *text)
{
  g_string_truncate (text, 0);
  if (!take (cursor, '"'))
    return FALSE;
  while (cursor->at < cursor->end)
    {
      const char *start = cursor->at;

      while (cursor->at < cursor->end && *cursor->at != '"' && *cursor->at != '\\' &&
             (guchar) *cursor->at >= 0x20)
        cursor->at++;
      g_string_append_len (text, start, cursor->at - start);
      if (cursor->at == cursor->end || (guchar) *cursor->at < 0x20)
        return FALSE;
      if (*cursor->at++ == '"')
        return TRUE;
      if (!parse_escape (cursor, text))
        return FALSE;
    }
  return FALSE;
}

static gboolean
parse_word (Cursor *cursor, const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (cursor->end - cursor->at) < length || memcmp (cursor->at, word, length) != 0)
    return FALSE;
  cursor->at += length;
  return TRUE;
}

static gboolean
parse_number (Cursor *cursor, gint64 *ret_number)
{
  gboolean negative = cursor->at < cursor->end && *cursor->at == '-';
  guint64  number = 0;
  guint64  limit = negative ? (guint64) G_MAXINT64 + 1 : (guint64) G_MAXINT64;
  gsize    n_digits = 0;

  if (negative)
    cursor->at++;
  for (; cursor->at < cursor->end && g_ascii_isdigit (*cursor->at); cursor->at++, n_digits++)
    {
      if (number > (limit - (guint64) (*cursor->at - '0')) / 10)
        return FALSE;
      number = number * 10 + (guint64) (*cursor->at - '0');
    }
  if (n_digits == 0 || (cursor->at < cursor->end && strchr (".eE", *cursor->at) != NULL))
    return FALSE;
  *ret_number = negative ? (gint64) (0 - number) : (gint64) number;
  return TRUE;
}

static gboolean
parse_value (Cursor *cursor, ConcBodyBuilder *builder, const char *key, GString *scratch)
{
  gint64 number;

  skip_space (cursor);
  if (cursor->at == cursor->end)
    return FALSE;
  if (*cursor->at == '"')
    {
      if (!parse_text (cursor, scratch))
        return FALSE;
      conc_body_builder_add_text (builder, key, scratch->str);
    }
  else if (parse_word (cursor, "true"))
    conc_body_builder_add_bool (builder, key, TRUE);
  else if (parse_word (cursor, "false"))
    conc_body_builder_add_bool (builder, key, FALSE);
  else if (parse_number (cursor, &number))
    conc_body_builder_add_int (builder, key, number);
  else
    return FALSE;
  return TRUE;
}

static gboolean
parse_entries (Cursor *cursor, ConcBodyBuilder *builder)
{
  g_autoptr (GString) key = g_string_new (NULL);
  g_autoptr (GString) scratch = g_string_new (NULL);

  if (!take (cursor, '{'))
    return FALSE;
  if (take (cursor, '}'))
    return TRUE;
  do
    {
      if (!parse_text (cursor, key) || key->len == 0 || !take (cursor, ':') ||
          !parse_value (cursor, builder, key->str, scratch) ||
          conc_body_builder_get_n (builder) > CONC_BODY_MAX_ENTRIES)
        return FALSE;
    }
  while (take (cursor, ','));
  return take (cursor, '}');
}

static gboolean
has_duplicate_keys (const ConcBody *body)
{
  for (guint i = 1; i < conc_body_get_n (body); i++)
    if (strcmp (conc_body_get_key (body, i - 1), conc_body_get_key (body, i)) == 0)
      return TRUE;
  return FALSE;
}

/**
 * conc_body_parse:
 * @json: a flat JSON object of texts, whole numbers, true and false
 * @length: its length in bytes, or -1 when it ends with a NUL
 *
 * Nested values, null, fractions, a key given twice, a NUL character, invalid UTF-8, more than
 * %CONC_BODY_MAX_BYTES or %CONC_BODY_MAX_ENTRIES are refused with %CONC_CORE_ERROR_INVALID.
 *
 * Returns: (transfer full) (nullable): the body. Any thread.
 */
ConcBody *
conc_body_parse (const char *json, gssize length, GError **error)
{
  gsize  size = length >= 0 ? (gsize) length : strlen (json);
  Cursor cursor = { json, json + size };
  g_autoptr (ConcBodyBuilder) builder = conc_body_builder_new ();
  g_autoptr (ConcBody) body = NULL;

  if (size <= CONC_BODY_MAX_BYTES && g_utf8_validate_len (json, size, NULL) &&
      parse_entries (&cursor, builder))
    {
      skip_space (&cursor);
      if (cursor.at == cursor.end)
        body = conc_body_builder_end (g_steal_pointer (&builder));
    }
  if (body == NULL || has_duplicate_keys (body))
    {
      g_set_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_INVALID,
                   _ ("This entry is damaged: it is not a flat JSON object."));
      return NULL;
    }
  return g_steal_pointer (&body);
}
