/* scan.c: small steps of reading times and numbers from typed text. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/scan.h"

#include <string.h>

#define QUOTABLE_CHARS 40
#define FRACTION_DIGITS 6

/**
 * conc_scan_char:
 * @cursor: (inout): where to read; moved past the character when it is there
 * @wanted: an ASCII character
 *
 * Returns: whether @wanted was there. Any thread.
 */
gboolean
conc_scan_char (const char **cursor, char wanted)
{
  if (**cursor != wanted)
    return FALSE;
  (*cursor)++;
  return TRUE;
}

/**
 * conc_scan_digits:
 * @cursor: (inout): where to read; moved past the digits on success only
 * @min_count: fewest digits, at least 1
 * @max_count: most digits, up to 18; one digit more is a failure, not a stop
 * @ret_value: (out): their value
 *
 * ASCII digits only, whatever the locale says.
 *
 * Returns: whether that many digits were there. Any thread.
 */
gboolean
conc_scan_digits (const char **cursor, guint min_count, guint max_count, gint64 *ret_value)
{
  const char *text = *cursor;
  gint64      value = 0;
  guint       count = 0;

  for (; g_ascii_isdigit (text[count]); count++)
    {
      if (count == max_count)
        return FALSE;
      value = value * 10 + (text[count] - '0');
    }
  if (count < min_count)
    return FALSE;
  *cursor += count;
  *ret_value = value;
  return TRUE;
}

/**
 * conc_scan_fraction:
 * @cursor: (inout): where to read; moved past the fraction on success only
 * @ret_usec: (out): microseconds, 0 when no fraction is written
 *
 * Reads ".3" to ".345678"; what is below a microsecond is read and cut. No dot is no fraction; a
 * dot without a digit fails.
 *
 * Returns: whether the text is well formed up to here. Any thread.
 */
gboolean
conc_scan_fraction (const char **cursor, gint64 *ret_usec)
{
  const char *digits = *cursor;
  gint64      usec = 0;
  guint       count = 0;

  if (!conc_scan_char (&digits, '.'))
    {
      *ret_usec = 0;
      return TRUE;
    }
  for (; g_ascii_isdigit (digits[count]); count++)
    if (count < FRACTION_DIGITS)
      usec = usec * 10 + (digits[count] - '0');
  if (count == 0)
    return FALSE;
  for (guint i = count; i < FRACTION_DIGITS; i++)
    usec *= 10;
  *cursor = digits + count;
  *ret_usec = usec;
  return TRUE;
}

/**
 * conc_append_digits:
 * @out: where to write
 * @number: not negative, less than the power of ten of @n_digits
 * @n_digits: 1 to 9
 *
 * Writes @number with zeros in front, many times as fast as a format does: a date has several,
 * and a file of registrations has many dates. Any thread.
 */
void
conc_append_digits (GString *out, gint64 number, guint n_digits)
{
  char text[9];

  g_return_if_fail (number >= 0 && n_digits > 0 && n_digits <= sizeof text);

  for (guint i = n_digits; i > 0; i--)
    {
      text[i - 1] = (char) ('0' + number % 10);
      number /= 10;
    }
  g_string_append_len (out, text, n_digits);
}

/**
 * conc_append_fraction:
 * @out: where to write
 * @usec: 0 to 999999
 * @digits: 0 to 6 digits, cut and not rounded; -1 for as many as are needed, perhaps none
 *
 * Writes the dot and the digits. Any thread.
 */
void
conc_append_fraction (GString *out, gint64 usec, int digits)
{
  if (digits < 0)
    for (digits = usec == 0 ? 0 : FRACTION_DIGITS; usec > 0 && usec % 10 == 0; digits--)
      usec /= 10;
  else
    for (int i = digits; i < FRACTION_DIGITS; i++)
      usec /= 10;
  if (digits == 0)
    return;
  g_string_append_c (out, '.');
  conc_append_digits (out, usec, (guint) digits);
}

/**
 * conc_dup_quotable:
 * @text: anything a person or a file gave; need not be UTF-8
 *
 * What of @text can stand in an error sentence: valid UTF-8, one line, at most 40 characters.
 *
 * Returns: (transfer full): the text to quote. Any thread.
 */
char *
conc_dup_quotable (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, strnlen (text, QUOTABLE_CHARS * 6));
  g_autofree char *head = NULL;

  for (char *c = valid; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      *c = ' ';
  if (g_utf8_strlen (valid, -1) <= QUOTABLE_CHARS)
    return g_steal_pointer (&valid);
  head = g_utf8_substring (valid, 0, QUOTABLE_CHARS);
  return g_strconcat (head, "…", NULL);
}
