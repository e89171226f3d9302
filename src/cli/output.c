/* output.c: JSON and columns on standard output. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/output.h"

#include "core/body.h"
#include "core/race-time.h"

#include <stdio.h>

/**
 * conc_json_next:
 *
 * Parts the next member or element from the one before it, if there is one.
 */
void
conc_json_next (GString *json)
{
  char last = json->len > 0 ? json->str[json->len - 1] : '{';

  if (last != '{' && last != '[')
    g_string_append_c (json, ',');
}

/** conc_json_key: begins a member of an object; its value is appended next. */
void
conc_json_key (GString *json, const char *key)
{
  conc_json_next (json);
  conc_json_append_text (json, key);
  g_string_append_c (json, ':');
}

/** conc_json_member_text: appends a member; null for %NULL. */
void
conc_json_member_text (GString *json, const char *key, const char *text)
{
  conc_json_key (json, key);
  conc_json_append_text (json, text);
}

/** conc_json_member_int: appends a member that is a whole number. */
void
conc_json_member_int (GString *json, const char *key, gint64 value)
{
  conc_json_key (json, key);
  g_string_append_printf (json, "%" G_GINT64_FORMAT, value);
}

/** conc_json_member_bool: appends a member that is true or false. */
void
conc_json_member_bool (GString *json, const char *key, gboolean value)
{
  conc_json_key (json, key);
  g_string_append (json, value ? "true" : "false");
}

/** conc_json_member_null: appends a member that is not known. */
void
conc_json_member_null (GString *json, const char *key)
{
  conc_json_key (json, key);
  g_string_append (json, "null");
}

/** conc_json_member_time: appends an instant as RFC 3339; null for CONC_NO_TIME. */
void
conc_json_member_time (GString *json, const char *key, gint64 usec, GTimeZone *zone)
{
  g_autofree char *text = usec != CONC_NO_TIME ? conc_time_format_rfc3339 (usec, zone) : NULL;

  conc_json_member_text (json, key, text);
}

static guint
count_cells (const char *text)
{
  guint count = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar letter = g_utf8_get_char (at);

      if (!g_unichar_iszerowidth (letter))
        count += g_unichar_iswide (letter) ? 2 : 1;
    }
  return count;
}

/**
 * conc_append_column:
 * @text: (nullable): valid UTF-8 of one line
 * @width: how many cells of a terminal the column has
 *
 * Appends @text and blanks up to the next column; a longer text pushes the rest.
 */
void
conc_append_column (GString *line, const char *text, guint width)
{
  guint cells = text != NULL ? count_cells (text) : 0;

  g_string_append (line, text != NULL ? text : "");
  do
    g_string_append_c (line, ' ');
  while (++cells < width);
}

/** conc_print: writes bytes to standard output; the end of the program tells when that failed. */
void
conc_print (const char *text, gsize length)
{
  fwrite (text, 1, length, stdout);
}

/** conc_print_line: writes a line without the blanks at its end. */
void
conc_print_line (const GString *line)
{
  gsize length = line->len;

  while (length > 0 && line->str[length - 1] == ' ')
    length--;
  conc_print (line->str, length);
  conc_print ("\n", 1);
}
