/* export-date.c: dates and times as exports and spreadsheets write them. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/export-date.h"

#include "core/scan.h"

#include <string.h>

/* The years in which an instant can be written; see race-time.c. */
#define FIRST_YEAR 1900
#define LAST_YEAR 2200
#define SECONDS_PER_DAY 86400
#define EPOCH_JULIAN 719163 /* 1970-01-01 as g_date_get_julian() counts */

typedef struct
{
  const char *name;
  int         offset_hours;
} ZoneName;

/* The zones of races in the United States; other names are not guessed. */
static const ZoneName zone_names[] = {
  { "UTC", 0 },  { "GMT", 0 },  { "EST", -5 }, { "EDT", -4 }, { "CST", -6 },
  { "CDT", -5 }, { "MST", -7 }, { "MDT", -6 }, { "PST", -8 }, { "PDT", -7 },
};

static const char *const month_names[] = { "january",   "february", "march",    "april",
                                           "may",       "june",     "july",     "august",
                                           "september", "october",  "november", "december" };
static const char *const day_names[] = { "monday", "tuesday",  "wednesday", "thursday",
                                         "friday", "saturday", "sunday" };

static void
skip_spaces (const char **cursor)
{
  *cursor += strspn (*cursor, " \t\r\n");
}

/* Reads a name of the list or its first three letters or more; returns 1 for the first, 0 for
 * none. */
static int
scan_name (const char **cursor, const char *const *names, guint n_names)
{
  gsize length = 0;

  while (g_ascii_isalpha ((*cursor)[length]))
    length++;
  if (length < 3)
    return 0;
  for (guint i = 0; i < n_names; i++)
    if (length <= strlen (names[i]) && g_ascii_strncasecmp (*cursor, names[i], length) == 0)
      {
        *cursor += length;
        if (**cursor == '.')
          (*cursor)++;
        return (int) i + 1;
      }
  return 0;
}

/* Two digits are a year of the hundred that end with @last_year. */
static gboolean
scan_year (const char **cursor, int last_year, int *ret_year)
{
  const char *start = *cursor;
  gint64      value = 0;

  if (!conc_scan_digits (cursor, 2, 4, &value) || *cursor - start == 3)
    return FALSE;
  if (*cursor - start == 2)
    {
      value += last_year / 100 * 100;
      if (value > last_year)
        value -= 100;
    }
  *ret_year = (int) value;
  return TRUE;
}

static void
skip_ordinal (const char **cursor)
{
  static const char *const endings[] = { "st", "nd", "rd", "th" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_ascii_strncasecmp (*cursor, endings[i], 2) == 0 && !g_ascii_isalpha ((*cursor)[2]))
      {
        *cursor += 2;
        return;
      }
}

static gboolean
scan_small (const char **cursor, int *ret_value)
{
  gint64 value = 0;

  if (!conc_scan_digits (cursor, 1, 2, &value))
    return FALSE;
  *ret_value = (int) value;
  return TRUE;
}

/* “Aug 18, 1985”, after the month. */
static gboolean
scan_after_month (const char **cursor, int last_year, ConcExportDate *date)
{
  skip_spaces (cursor);
  if (!scan_small (cursor, &date->day))
    return FALSE;
  skip_ordinal (cursor);
  conc_scan_char (cursor, ',');
  skip_spaces (cursor);
  return scan_year (cursor, last_year, &date->year);
}

/* “18 Aug 1985” and “18-Aug-85”, after the day. */
static gboolean
scan_after_day (const char **cursor, int last_year, ConcExportDate *date)
{
  skip_ordinal (cursor);
  *cursor += strspn (*cursor, " -/");
  date->month = scan_name (cursor, month_names, G_N_ELEMENTS (month_names));
  if (date->month == 0)
    return FALSE;
  *cursor += strspn (*cursor, " -/,");
  return scan_year (cursor, last_year, &date->year);
}

/* “1985-08-18”, also with slashes or dots, and “19850818”. */
static gboolean
scan_year_first (const char **cursor, ConcExportDate *date)
{
  gint64 value = 0;
  char   separator;

  if (conc_scan_digits (cursor, 8, 8, &value))
    {
      date->year = (int) (value / 10000);
      date->month = (int) (value / 100 % 100);
      date->day = (int) (value % 100);
      return TRUE;
    }
  if (!conc_scan_digits (cursor, 4, 4, &value))
    return FALSE;
  date->year = (int) value;
  separator = **cursor;
  return separator != '\0' && strchr ("-/.", separator) != NULL &&
         conc_scan_char (cursor, separator) && scan_small (cursor, &date->month) &&
         conc_scan_char (cursor, separator) && scan_small (cursor, &date->day);
}

/* Two numbers and the year, with one separator. */
static gboolean
scan_numbers (const char **cursor, int *ret_first, int *ret_second, char *ret_separator)
{
  if (!scan_small (cursor, ret_first))
    return FALSE;
  *ret_separator = **cursor;
  if (*ret_separator == '\0' || strchr ("/-.", *ret_separator) == NULL)
    return FALSE;
  (*cursor)++;
  return scan_small (cursor, ret_second) && conc_scan_char (cursor, *ret_separator);
}

static gboolean
scan_numeric (const char **cursor, ConcDayOrder order, int last_year, ConcExportDate *date)
{
  int  first = 0, second = 0;
  char separator = '\0';

  if (!scan_numbers (cursor, &first, &second, &separator))
    return FALSE;
  if (separator == '.' || order == CONC_DAY_ORDER_DAY_FIRST)
    {
      date->day = first;
      date->month = second;
    }
  else
    {
      date->month = first;
      date->day = second;
    }
  return scan_year (cursor, last_year, &date->year);
}

static gboolean
scan_date (const char **cursor, ConcDayOrder order, int last_year, ConcExportDate *date)
{
  const char *start = *cursor;
  gsize       n_digits = strspn (start, "0123456789");

  if (n_digits >= 4)
    return scan_year_first (cursor, date);
  if (n_digits > 0)
    {
      const char *after = start + n_digits + strspn (start + n_digits, " -/");

      if (!g_ascii_isalpha (*after))
        return scan_numeric (cursor, order, last_year, date);
      return scan_small (cursor, &date->day) && scan_after_day (cursor, last_year, date);
    }
  if (scan_name (cursor, day_names, G_N_ELEMENTS (day_names)) != 0)
    {
      conc_scan_char (cursor, ',');
      skip_spaces (cursor);
      /* One weekday only: anything else behind it is not a date. */
      if (g_ascii_isdigit (**cursor))
        return scan_date (cursor, order, last_year, date);
    }
  date->month = scan_name (cursor, month_names, G_N_ELEMENTS (month_names));
  return date->month != 0 && scan_after_month (cursor, last_year, date);
}

static gboolean
scan_half_of_day (const char **cursor, gint64 *hour)
{
  const char *p = *cursor;
  char        half = g_ascii_tolower (*p);

  if (half != 'a' && half != 'p')
    return TRUE;
  p++;
  if (*p == '.')
    p++;
  if (g_ascii_tolower (*p) != 'm')
    return TRUE;
  p++;
  if (*p == '.')
    p++;
  if (*hour < 1 || *hour > 12)
    return FALSE;
  *hour = *hour % 12 + (half == 'p' ? 12 : 0);
  *cursor = p;
  return TRUE;
}

static gboolean
scan_offset (const char **cursor, ConcExportDate *date)
{
  gint64 hours = 0, minutes = 0;
  int    sign;

  for (guint i = 0; i < G_N_ELEMENTS (zone_names); i++)
    if (g_ascii_strncasecmp (*cursor, zone_names[i].name, 3) == 0)
      {
        *cursor += 3;
        date->has_offset = TRUE;
        date->offset_seconds = zone_names[i].offset_hours * 3600;
        return TRUE;
      }
  if (conc_scan_char (cursor, 'Z'))
    {
      date->has_offset = TRUE;
      return TRUE;
    }
  sign = **cursor == '-' ? -1 : 1;
  if (!conc_scan_char (cursor, '-') && !conc_scan_char (cursor, '+'))
    return TRUE;
  if (conc_scan_digits (cursor, 4, 4, &hours))
    {
      minutes = hours % 100;
      hours /= 100;
    }
  else if (!conc_scan_digits (cursor, 2, 2, &hours) ||
           (conc_scan_char (cursor, ':') && !conc_scan_digits (cursor, 2, 2, &minutes)))
    return FALSE;
  date->has_offset = TRUE;
  date->offset_seconds = sign * (int) (hours * 3600 + minutes * 60);
  return hours <= 14 && minutes < 60;
}

static gboolean
scan_time (const char **cursor, ConcExportDate *date)
{
  gint64 hour = 0, minute = 0, second = 0, fraction = 0;

  if (!conc_scan_digits (cursor, 1, 2, &hour) || !conc_scan_char (cursor, ':') ||
      !conc_scan_digits (cursor, 2, 2, &minute))
    return FALSE;
  if (conc_scan_char (cursor, ':') &&
      (!conc_scan_digits (cursor, 2, 2, &second) || !conc_scan_fraction (cursor, &fraction)))
    return FALSE;
  skip_spaces (cursor);
  if (!scan_half_of_day (cursor, &hour) || hour > 23 || minute > 59 || second > 59)
    return FALSE;
  date->of_day_usec = ((hour * 60 + minute) * 60 + second) * CONC_USEC_PER_SECOND + fraction;
  skip_spaces (cursor);
  return scan_offset (cursor, date);
}

static gboolean
is_day (const ConcExportDate *date)
{
  return date->year >= 1 && date->year <= 9999 && date->month >= 1 && date->month <= 12 &&
         date->day >= 1 &&
         date->day <= g_date_get_days_in_month ((GDateMonth) date->month, (GDateYear) date->year);
}

static gint64
get_local_seconds (const ConcExportDate *date)
{
  GDate day;

  g_date_clear (&day, 1);
  g_date_set_dmy (&day, (GDateDay) date->day, (GDateMonth) date->month, (GDateYear) date->year);
  return ((gint64) g_date_get_julian (&day) - EPOCH_JULIAN) * SECONDS_PER_DAY +
         date->of_day_usec / CONC_USEC_PER_SECOND;
}

/**
 * conc_export_date_sniff:
 * @text: a cell of a column of dates
 *
 * What this date says about its column: in 24/11/2017 the day must come first, in 11/24/2017 the
 * month; 03/04/2017, other forms and no date at all say nothing.
 *
 * Returns: the order of day and month in the column, as far as @text tells. Any thread.
 */
ConcDayOrder
conc_export_date_sniff (const char *text)
{
  const char *cursor = text;
  int         first = 0, second = 0;
  char        separator = '\0';

  skip_spaces (&cursor);
  if (!scan_numbers (&cursor, &first, &second, &separator) || separator == '.')
    return CONC_DAY_ORDER_UNKNOWN;
  if (first > 12 && first <= 31 && second >= 1 && second <= 12)
    return CONC_DAY_ORDER_DAY_FIRST;
  if (second > 12 && second <= 31 && first >= 1 && first <= 12)
    return CONC_DAY_ORDER_MONTH_FIRST;
  return CONC_DAY_ORDER_UNKNOWN;
}

/**
 * conc_export_date_parse:
 * @text: a date with or without a time of day
 * @order: order of day and month in the column; month first when not known
 * @last_year: years of two digits are read as one of the hundred that end with this year
 * @ret_date: (out): the date
 *
 * Reads 2017-11-24, 2017-11-24T16:29:05.5-06:00, 20171124, 11/24/2017 04:29 PM, 11/24/17 22:28,
 * 24.11.2017 (after a dot the day always comes first), Nov 24, 2017 and 24-Nov-17, each with any
 * of the times of day, and times of day with an offset, UTC or the name of a zone of the United
 * States. Days that do not exist are refused.
 *
 * Returns: whether @text is a date; else @ret_date is untouched. Any thread.
 */
gboolean
conc_export_date_parse (const char     *text,
                        ConcDayOrder    order,
                        int             last_year,
                        ConcExportDate *ret_date)
{
  ConcExportDate date = { 0 };
  const char    *cursor = text;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (ret_date != NULL, FALSE);

  skip_spaces (&cursor);
  if (!scan_date (&cursor, order, last_year, &date) || !is_day (&date))
    return FALSE;

  conc_scan_char (&cursor, ',');
  skip_spaces (&cursor);
  if (g_ascii_strncasecmp (cursor, "at ", 3) == 0)
    cursor += 3;
  else if ((*cursor == 'T' || *cursor == 't') && g_ascii_isdigit (cursor[1]))
    cursor++;
  if (*cursor != '\0' && !scan_time (&cursor, &date))
    return FALSE;
  skip_spaces (&cursor);
  if (*cursor != '\0')
    return FALSE;

  *ret_date = date;
  return TRUE;
}

/**
 * conc_export_date_to_iso:
 * @date: a date
 *
 * Returns: (transfer full): the day as YYYY-MM-DD. Any thread.
 */
char *
conc_export_date_to_iso (const ConcExportDate *date)
{
  GString *iso;

  g_return_val_if_fail (date != NULL, NULL);

  iso = g_string_sized_new (sizeof "2017-12-09");
  conc_append_digits (iso, date->year, 4);
  g_string_append_c (iso, '-');
  conc_append_digits (iso, date->month, 2);
  g_string_append_c (iso, '-');
  conc_append_digits (iso, date->day, 2);
  return g_string_free (iso, FALSE);
}

/**
 * conc_export_date_is_instant:
 * @date: a date
 *
 * Returns: whether it is in the years 1900 to 2200, in which an instant can be written. Any thread.
 */
gboolean
conc_export_date_is_instant (const ConcExportDate *date)
{
  return date->year >= FIRST_YEAR && date->year <= LAST_YEAR;
}

/**
 * conc_export_date_to_usec:
 * @date: a date with conc_export_date_is_instant(); without a time of day its midnight
 * @zone: the zone it is meant in when it names none
 *
 * Of an hour that comes twice in autumn the first is meant; a time that spring leaves out is
 * read with the offset before it, an hour later on the clock.
 *
 * Returns: the instant in microseconds since 1970 UTC. Any thread.
 */
gint64
conc_export_date_to_usec (const ConcExportDate *date, GTimeZone *zone)
{
  gint64 seconds, fraction;

  g_return_val_if_fail (date != NULL, 0);
  g_return_val_if_fail (zone != NULL, 0);

  seconds = get_local_seconds (date);
  fraction = date->of_day_usec % CONC_USEC_PER_SECOND;
  if (date->has_offset)
    seconds -= date->offset_seconds;
  else
    {
      /* The offset a day earlier holds unless the clocks were changed in between. */
      int earlier =
          g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, seconds - SECONDS_PER_DAY);
      gint64 guess = seconds - g_time_zone_get_offset (zone, earlier);
      int    interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, guess);
      gint64 other = seconds - g_time_zone_get_offset (zone, interval);

      if (other != guess &&
          g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, other) == interval)
        guess = other;
      seconds = guess;
    }
  return seconds * CONC_USEC_PER_SECOND + fraction;
}
