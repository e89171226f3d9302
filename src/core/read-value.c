/* read-value.c: the cells and times that the formats of reads share. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/read-private.h"

#include "core/error.h"
#include "core/export-date.h"
#include "core/race-time.h"
#include "core/runner.h"
#include "core/scan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define USEC_PER_DAY (G_GINT64_CONSTANT (86400) * CONC_USEC_PER_SECOND)

/* The years of a clock that was set at all; before them an instant could be negative. */
#define FIRST_YEAR 1971
#define LAST_YEAR 2199

/* No head is longer: the names of columns, or the start of one timer. */
#define HEAD_MAX_BYTES (4 * CONC_READ_LINE_MAX_BYTES)

/** conc_read_refuse: sets a whole sentence why a line cannot be read. */
ConcReadLine
conc_read_refuse (GError **error, const char *sentence)
{
  g_set_error_literal (error, CONC_CORE_ERROR, CONC_CORE_ERROR_INVALID, sentence);
  return CONC_READ_LINE_DAMAGED;
}

/** conc_read_refuse_text: the same, with a piece of the line in place of %s in @sentence. */
ConcReadLine
conc_read_refuse_text (GError **error, const char *sentence, const char *text)
{
  g_autofree char *shown = conc_dup_quotable (text);
  GString         *message = g_string_new (sentence);

  g_string_replace (message, "%s", shown, 1);
  g_set_error_literal (error, CONC_CORE_ERROR, CONC_CORE_ERROR_INVALID, message->str);
  g_string_free (message, TRUE);
  return CONC_READ_LINE_DAMAGED;
}

/** conc_read_keep_head: keeps a line for conc_read_parser_get_head(). */
void
conc_read_keep_head (ConcReadParser *self, const char *line)
{
  if (self->head->len + strlen (line) < HEAD_MAX_BYTES)
    g_string_append_printf (self->head, "%s\n", line);
}

/* Ends the cell at @cell; returns where the next begins, NULL behind the last. */
static char *
end_cell (char *cell, char delimiter)
{
  char *write = cell;
  char *p = cell;

  if (*p == '"')
    {
      for (p++; *p != '\0' && (*p != '"' || p[1] == '"'); p++)
        {
          p += *p == '"' ? 1 : 0;
          *write++ = *p;
        }
      p += *p == '"' ? 1 : 0;
    }
  while (*p != '\0' && *p != delimiter)
    *write++ = *p++;
  if (*p == '\0')
    {
      *write = '\0';
      return NULL;
    }
  *write = '\0';
  return p + 1;
}

/**
 * conc_read_split:
 * @self: a parser; its cells are set, each without spaces at its ends, and NULL behind the last
 * @line: a line
 * @delimiter: between two cells
 *
 * Quotation marks around a cell are taken off; one that is never closed reaches to the end.
 */
void
conc_read_split (ConcReadParser *self, const char *line, char delimiter)
{
  char *next;

  g_string_assign (self->line, line);
  next = self->line->str;
  for (self->n_cells = 0; next != NULL && self->n_cells < CONC_READ_MAX_CELLS; self->n_cells++)
    {
      char *cell = next;

      next = end_cell (cell, delimiter);
      self->cells[self->n_cells] = g_strstrip (cell);
    }
}

/** conc_read_is_number: whether a text is ASCII digits only, and not empty. */
gboolean
conc_read_is_number (const char *text)
{
  return *text != '\0' && text[strspn (text, "0123456789")] == '\0';
}

/** conc_read_has_digit: whether a text has any digit; what has none is a heading. */
gboolean
conc_read_has_digit (const char *text)
{
  return text[strcspn (text, "0123456789")] != '\0';
}

/** conc_read_set_tag: takes the code of a chip: letters, digits, "-", "_", "." and "/". */
gboolean
conc_read_set_tag (ConcRead *read, const char *tag)
{
  gsize length = strlen (tag);

  if (length == 0 || length > CONC_READ_TAG_MAX_BYTES)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (tag[i]) && strchr ("-_./", tag[i]) == NULL)
      return FALSE;
  memcpy (read->tag, tag, length + 1);
  return TRUE;
}

/** conc_read_parse_bib: a bib, 1 to CONC_BIB_MAX, with or without zeros in front of it. */
gboolean
conc_read_parse_bib (const char *text, guint *ret_bib)
{
  guint64 bib;

  if (!conc_read_is_number (text) ||
      !g_ascii_string_to_unsigned (text, 10, 1, CONC_BIB_MAX, &bib, NULL))
    return FALSE;
  *ret_bib = (guint) bib;
  return TRUE;
}

/** conc_read_parse_small: a number below a million. */
gboolean
conc_read_parse_small (const char *text, guint *ret_value)
{
  guint64 value;

  if (!conc_read_is_number (text) ||
      !g_ascii_string_to_unsigned (text, 10, 0, 999999, &value, NULL))
    return FALSE;
  *ret_value = (guint) value;
  return TRUE;
}

/** conc_read_parse_strength: how strong a signal was; a text that is no number says nothing. */
void
conc_read_parse_strength (ConcRead *read, const char *text)
{
  gint64 value;

  if (g_ascii_string_to_signed (text, 10, -100000, 100000, &value, NULL))
    read->strength = (int) value;
}

/* A fraction behind a dot, or behind the comma of other countries. */
static gboolean
scan_any_fraction (const char **cursor, gint64 *ret_usec)
{
  char        text[16] = ".";
  const char *dotted = text;
  gsize       n;

  if (**cursor != ',' || !g_ascii_isdigit ((*cursor)[1]))
    return conc_scan_fraction (cursor, ret_usec);
  n = strspn (*cursor + 1, "0123456789");
  g_strlcpy (text + 1, *cursor + 1, MIN (n + 1, sizeof text - 1));
  *cursor += 1 + n;
  return conc_scan_fraction (&dotted, ret_usec);
}

/**
 * conc_read_scan_clock:
 * @cursor: (inout): where to read; moved on success only
 * @ret_usec: (out): the time in microseconds
 * @ret_has_hours: (out): whether it has hours; without them it is minutes and seconds
 *
 * Reads "10:42:07", "10:42:07.35", "27:41.2", with a dot or a comma; hours up to 99.
 *
 * Returns: whether a time was there.
 */
gboolean
conc_read_scan_clock (const char **cursor, gint64 *ret_usec, gboolean *ret_has_hours)
{
  const char *p = *cursor;
  gint64      first, second, third = 0, fraction = 0;
  gint64      seconds;

  if (!conc_scan_digits (&p, 1, 3, &first) || !conc_scan_char (&p, ':') ||
      !conc_scan_digits (&p, 2, 2, &second) || second > 59)
    return FALSE;
  *ret_has_hours = conc_scan_char (&p, ':');
  if (*ret_has_hours && (!conc_scan_digits (&p, 2, 2, &third) || third > 59 || first > 99))
    return FALSE;
  seconds = *ret_has_hours ? (first * 60 + second) * 60 + third : first * 60 + second;
  if (!scan_any_fraction (&p, &fraction))
    return FALSE;
  *ret_usec = seconds * CONC_USEC_PER_SECOND + fraction;
  *cursor = p;
  return TRUE;
}

/** conc_read_parse_clock: a whole text that is a time of day with hours, below 24 h. */
gboolean
conc_read_parse_clock (const char *text, gint64 *ret_usec)
{
  gboolean has_hours;

  return conc_read_scan_clock (&text, ret_usec, &has_hours) && has_hours && *text == '\0' &&
         *ret_usec < USEC_PER_DAY;
}

/** conc_read_is_day: whether there is such a day in the years that a clock can show. */
gboolean
conc_read_is_day (gint64 year, gint64 month, gint64 day)
{
  return year >= FIRST_YEAR && year <= LAST_YEAR && month >= 1 && month <= 12 && day >= 1 &&
         day <= g_date_get_days_in_month ((GDateMonth) month, (GDateYear) year);
}

static void
set_local (ConcReadParser *self,
           ConcRead       *read,
           int             year,
           int             month,
           int             day,
           gint64          of_day_usec,
           guint           n_days)
{
  gboolean is_unsure;

  read->at_usec = conc_local_time_to_usec (year, month, day, of_day_usec, n_days, self->zone,
                                           self->start_usec, &is_unsure);
  read->by_start = is_unsure;
}

/** conc_read_set_local: what the clock of the source showed on a day that exists. */
void
conc_read_set_local (ConcReadParser *self,
                     ConcRead       *read,
                     int             year,
                     int             month,
                     int             day,
                     gint64          of_day_usec)
{
  set_local (self, read, year, month, day, of_day_usec, 1);
}

/** conc_read_set_time_of_day: of race day, or after midnight of the day that follows. */
void
conc_read_set_time_of_day (ConcReadParser *self, ConcRead *read, gint64 of_day_usec)
{
  set_local (self, read, self->year, self->month, self->day, of_day_usec, 2);
}

/** conc_read_set_elapsed: a time that counts from the start of the race. */
void
conc_read_set_elapsed (ConcReadParser *self, ConcRead *read, gint64 usec)
{
  read->at_usec = self->start_usec != CONC_NO_TIME ? self->start_usec + usec : CONC_NO_TIME;
  read->by_start = TRUE;
}

/* Days from race day to @date in either order of day and month; the nearer one is meant. */
static gint64
get_distance (ConcReadParser *self, const ConcExportDate *date)
{
  GDate race, other;

  g_date_clear (&race, 1);
  g_date_clear (&other, 1);
  g_date_set_dmy (&race, (GDateDay) self->day, (GDateMonth) self->month, (GDateYear) self->year);
  g_date_set_dmy (&other, (GDateDay) date->day, (GDateMonth) date->month, (GDateYear) date->year);
  return ABS (g_date_days_between (&race, &other));
}

static gboolean
parse_date (ConcReadParser *self, const char *text, ConcExportDate *ret_date)
{
  ConcExportDate other;
  gboolean       found =
      conc_export_date_parse (text, CONC_DAY_ORDER_MONTH_FIRST, self->year + 1, ret_date) &&
      conc_read_is_day (ret_date->year, ret_date->month, ret_date->day);

  if (conc_export_date_parse (text, CONC_DAY_ORDER_DAY_FIRST, self->year + 1, &other) &&
      conc_read_is_day (other.year, other.month, other.day) &&
      (!found || get_distance (self, &other) < get_distance (self, ret_date)))
    {
      *ret_date = other;
      found = TRUE;
    }
  return found;
}

/**
 * conc_read_set_date_and_time:
 * @date: a date of any form; of 03/04/2017 the one nearer to race day
 * @of_day_usec: what the clock showed
 *
 * Returns: whether @date is a day that a clock can show.
 */
gboolean
conc_read_set_date_and_time (ConcReadParser *self,
                             ConcRead       *read,
                             const char     *date,
                             gint64          of_day_usec)
{
  ConcExportDate day;

  if (!parse_date (self, date, &day) || day.has_offset)
    return FALSE;
  conc_read_set_local (self, read, day.year, day.month, day.day, of_day_usec);
  return TRUE;
}

/* Seconds, milliseconds or microseconds since 1970 UTC, as programs write them. */
static gboolean
parse_epoch (const char *text, gint64 *ret_usec)
{
  const char *cursor = text;
  gsize       n = strspn (text, "0123456789");
  gint64      value, fraction = 0;

  if ((n != 10 && n != 13 && n != 16) || !conc_scan_digits (&cursor, 10, 16, &value))
    return FALSE;
  if (n == 10 && !conc_scan_fraction (&cursor, &fraction))
    return FALSE;
  if (*cursor != '\0')
    return FALSE;
  *ret_usec = (n == 10 ? value * CONC_USEC_PER_SECOND : n == 13 ? value * 1000 : value) + fraction;
  return TRUE;
}

/**
 * conc_read_set_instant:
 * @text: a time of day, a date with a time, with or without an offset, or a time since 1970; hours
 *   may be left out only of a time that counts from the start
 *
 * Returns: whether @text is any of them. Then the time of @read is set.
 */
gboolean
conc_read_set_instant (ConcReadParser *self, ConcRead *read, const char *text)
{
  ConcExportDate date;
  const char    *cursor = text;
  gint64         usec;
  gboolean       has_hours;

  if (conc_read_scan_clock (&cursor, &usec, &has_hours) && *cursor == '\0')
    {
      if (has_hours && usec < USEC_PER_DAY)
        conc_read_set_time_of_day (self, read, usec);
      else
        conc_read_set_elapsed (self, read, usec);
      return TRUE;
    }
  if (parse_epoch (text, &read->at_usec))
    return TRUE;
  if (strchr (text, ':') == NULL || !parse_date (self, text, &date))
    return FALSE;
  if (date.has_offset)
    read->at_usec = conc_export_date_to_usec (&date, self->zone);
  else
    conc_read_set_local (self, read, date.year, date.month, date.day, date.of_day_usec);
  return TRUE;
}
