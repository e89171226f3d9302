/* race-time.c: instants, and the times of day of a race. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/race-time.h"

#include "core/error.h"
#include "core/scan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SECONDS_PER_DAY G_GINT64_CONSTANT (86400)
#define REFERENCE_WINDOW_USEC (12 * 3600 * CONC_USEC_PER_SECOND)
#define FIRST_YEAR 1900
#define LAST_YEAR 2200

/* Two days, each with up to two occurrences of one time of day. */
#define MAX_CANDIDATES 4

typedef struct
{
  gint64   usec;
  gboolean exists;
} Candidate;

typedef struct
{
  Candidate items[MAX_CANDIDATES];
  guint     count;
} Candidates;

static gint64
floor_div (gint64 a, gint64 b)
{
  return a / b - (a % b < 0 ? 1 : 0);
}

static gint64
floor_mod (gint64 a, gint64 b)
{
  return a % b + (a % b < 0 ? b : 0);
}

/* Days since 1970-01-01 in the proleptic Gregorian calendar; years are counted from March, so that
 * the leap day is the last day of a year. */
static gint64
days_from_civil (gint64 year, int month, int day)
{
  gint64 y = month > 2 ? year : year - 1;
  gint64 m = (month + 9) % 12;

  return 365 * y + floor_div (y, 4) - floor_div (y, 100) + floor_div (y, 400) + (153 * m + 2) / 5 +
         day - 1 - 719468;
}

static void
civil_from_days (gint64 days, gint64 *ret_year, int *ret_month, int *ret_day)
{
  gint64 shifted = days + 719468;
  gint64 era = floor_div (shifted, 146097);
  int    in_era = (int) (shifted - era * 146097);
  int    year_in_era = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
  int    in_year = in_era - (365 * year_in_era + year_in_era / 4 - year_in_era / 100);
  int    m = (5 * in_year + 2) / 153;

  *ret_day = in_year - (153 * m + 2) / 5 + 1;
  *ret_month = m < 10 ? m + 3 : m - 9;
  *ret_year = year_in_era + era * 400 + (*ret_month <= 2 ? 1 : 0);
}

/* A day of the years that are taken, or one next to them: there an instant may be in another zone.
 */
static gboolean
scan_date (const char **cursor, gint64 *ret_days)
{
  gint64 year, month, day;

  if (!conc_scan_digits (cursor, 4, 4, &year) || !conc_scan_char (cursor, '-') ||
      !conc_scan_digits (cursor, 2, 2, &month) || !conc_scan_char (cursor, '-') ||
      !conc_scan_digits (cursor, 2, 2, &day))
    return FALSE;
  if (year < FIRST_YEAR - 1 || year > LAST_YEAR + 1 || month < 1 || month > 12 || day < 1 ||
      day > g_date_get_days_in_month ((GDateMonth) month, (GDateYear) year))
    return FALSE;
  *ret_days = days_from_civil (year, (int) month, (int) day);
  return TRUE;
}

/* Reads H:MM:SS with a fraction; H:MM too where @seconds_optional. */
static gboolean
scan_time_of_day (const char **cursor,
                  guint        min_hour_digits,
                  gboolean     seconds_optional,
                  gint64      *ret)
{
  gint64 hour, minute, second = 0, fraction = 0;

  if (!conc_scan_digits (cursor, min_hour_digits, 2, &hour) || !conc_scan_char (cursor, ':') ||
      !conc_scan_digits (cursor, 2, 2, &minute))
    return FALSE;
  if (conc_scan_char (cursor, ':'))
    {
      if (!conc_scan_digits (cursor, 2, 2, &second) || !conc_scan_fraction (cursor, &fraction))
        return FALSE;
    }
  else if (!seconds_optional)
    return FALSE;
  if (hour > 23 || minute > 59 || second > 59)
    return FALSE;
  *ret = ((hour * 60 + minute) * 60 + second) * CONC_USEC_PER_SECOND + fraction;
  return TRUE;
}

static gboolean
scan_offset (const char **cursor, gint64 *ret_seconds)
{
  gint64 hours, minutes;
  int    sign;

  *ret_seconds = 0;
  if (conc_scan_char (cursor, 'Z') || conc_scan_char (cursor, 'z'))
    return TRUE;
  sign = conc_scan_char (cursor, '-') ? -1 : 1;
  if (sign > 0 && !conc_scan_char (cursor, '+'))
    return FALSE;
  if (!conc_scan_digits (cursor, 2, 2, &hours) || !conc_scan_char (cursor, ':') ||
      !conc_scan_digits (cursor, 2, 2, &minutes) || hours > 23 || minutes > 59)
    return FALSE;
  *ret_seconds = sign * (hours * 60 + minutes) * 60;
  return TRUE;
}

static gint64
get_offset_seconds (GTimeZone *zone, gint64 seconds)
{
  return g_time_zone_get_offset (zone,
                                 g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, seconds));
}

/* Whether the years that are taken, in whichever zone, have the instant. What was read once can
 * then be read again, in whichever zone it was written. */
static gboolean
is_known_instant (gint64 seconds)
{
  return seconds >= (days_from_civil (FIRST_YEAR, 1, 1) - 1) * SECONDS_PER_DAY &&
         seconds < (days_from_civil (LAST_YEAR + 1, 1, 1) + 1) * SECONDS_PER_DAY;
}

/* A minute that ends with second 60 exists, but neither this clock nor any file counts it. */
static gboolean
is_leap_second (const char *text)
{
  for (const char *c = strstr (text, ":60"); c != NULL; c = strstr (c + 1, ":60"))
    if (c - text >= 3 && c[-3] == ':')
      return TRUE;
  return FALSE;
}

static void
set_time_error (GError **error, const char *text)
{
  g_autofree char *shown = conc_dup_quotable (text);

  if (is_leap_second (text))
    g_set_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_INVALID,
                 _ ("“%s” is a leap second, which clocks here do not count: write second 59."),
                 shown);
  else
    g_set_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_INVALID,
                 _ ("“%s” is not a time: write it like 10:42:07, 10:42:07.35 or "
                    "2017-12-09T10:42:07-06:00."),
                 shown);
}

/**
 * conc_time_zone_parse:
 * @name: a name of the time zone database ("America/Chicago", "UTC") or an offset ("+05:45")
 * @error: CONC_CORE_ERROR_INVALID with a sentence
 *
 * Returns: (transfer full): the zone, or NULL when there is none of that name. Any thread.
 */
GTimeZone *
conc_time_zone_parse (const char *name, GError **error)
{
  g_autofree char *shown = NULL;
  GTimeZone       *zone = NULL;

  /* Other files lie beside the zones, and "right/" holds zones that count leap seconds. */
  if ((g_ascii_isupper (name[0]) || name[0] == '+' || name[0] == '-') &&
      strcmp (name, "SECURITY") != 0 && strchr (name, '.') == NULL && strlen (name) < 64)
    zone = g_time_zone_new_identifier (name);
  if (zone != NULL)
    return zone;
  shown = conc_dup_quotable (name);
  g_set_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_INVALID,
               _ ("“%s” is not a time zone: write it like America/Chicago or UTC."), shown);
  return NULL;
}

/**
 * conc_race_date_parse:
 * @text: "YYYY-MM-DD", a day that exists, in 1900 to 2200
 * @ret_year: (out) (optional): the year
 * @ret_month: (out) (optional): the month, 1 to 12
 * @ret_day: (out) (optional): the day, 1 to 31
 * @error: CONC_CORE_ERROR_INVALID with a sentence; nothing is set then
 *
 * Returns: whether @text is such a day. Any thread.
 */
gboolean
conc_race_date_parse (const char *text, int *ret_year, int *ret_month, int *ret_day, GError **error)
{
  g_autofree char *shown = NULL;
  const char      *cursor = text;
  gint64           days, year = 0;
  int              month = 0, day = 0;

  if (scan_date (&cursor, &days))
    civil_from_days (days, &year, &month, &day);
  if (*cursor != '\0' || cursor == text || year < FIRST_YEAR || year > LAST_YEAR)
    {
      shown = conc_dup_quotable (text);
      g_set_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_INVALID,
                   _ ("“%s” is not a date from %d to %d: write it like 2017-12-09."), shown,
                   FIRST_YEAR, LAST_YEAR);
      return FALSE;
    }
  if (ret_year != NULL)
    *ret_year = (int) year;
  if (ret_month != NULL)
    *ret_month = month;
  if (ret_day != NULL)
    *ret_day = day;
  return TRUE;
}

/**
 * conc_time_parse_rfc3339:
 * @text: "2017-12-09T10:42:07-06:00"; a space may stand for the T, and the second may have
 *   decimals, of which six count; years 1900 to 2200 in some zone
 * @ret_usec: (out): the instant
 * @error: CONC_CORE_ERROR_INVALID with a sentence; nothing is set then
 *
 * A leap second (":60") is refused, for no clock here counts it.
 *
 * Returns: whether @text is an instant. Any thread. Source: RFC 3339, section 5.6.
 */
gboolean
conc_time_parse_rfc3339 (const char *text, gint64 *ret_usec, GError **error)
{
  const char *cursor = text;
  gint64      days, of_day_usec, offset;

  if (!scan_date (&cursor, &days) ||
      (!conc_scan_char (&cursor, 'T') && !conc_scan_char (&cursor, 't') &&
       !conc_scan_char (&cursor, ' ')) ||
      !scan_time_of_day (&cursor, 2, FALSE, &of_day_usec) || !scan_offset (&cursor, &offset) ||
      *cursor != '\0' || !is_known_instant (days * SECONDS_PER_DAY - offset))
    {
      set_time_error (error, text);
      return FALSE;
    }
  *ret_usec = (days * SECONDS_PER_DAY - offset) * CONC_USEC_PER_SECOND + of_day_usec;
  return TRUE;
}

static void
append_date (GString *out, gint64 year, int month, int day)
{
  if (year >= 0 && year <= 9999)
    conc_append_digits (out, year, 4);
  else
    g_string_append_printf (out, "%" G_GINT64_FORMAT, year);
  g_string_append_c (out, '-');
  conc_append_digits (out, month, 2);
  g_string_append_c (out, '-');
  conc_append_digits (out, day, 2);
}

static void
append_time_of_day (GString *out, int of_day)
{
  conc_append_digits (out, of_day / 3600, 2);
  g_string_append_c (out, ':');
  conc_append_digits (out, of_day / 60 % 60, 2);
  g_string_append_c (out, ':');
  conc_append_digits (out, of_day % 60, 2);
}

/**
 * conc_time_format_rfc3339:
 * @usec: an instant
 * @zone: the zone to show it in
 *
 * Reading the text back gives @usec again. Offsets of old local mean times are cut to whole
 * minutes, for RFC 3339 has no others.
 *
 * Returns: (transfer full): like "2017-12-09T10:42:07.3-06:00", with no more decimals than needed.
 *   Any thread.
 */
char *
conc_time_format_rfc3339 (gint64 usec, GTimeZone *zone)
{
  GString *out = g_string_sized_new (sizeof "2017-12-09T10:42:07.300000-06:00");
  gint64   seconds = floor_div (usec, CONC_USEC_PER_SECOND);
  gint64   offset = get_offset_seconds (zone, seconds) / 60;
  gint64   local = seconds + offset * 60;
  gint64   days = floor_div (local, SECONDS_PER_DAY);
  int      of_day = (int) floor_mod (local, SECONDS_PER_DAY);
  gint64   year;
  int      month, day;

  civil_from_days (days, &year, &month, &day);
  append_date (out, year, month, day);
  g_string_append_c (out, 'T');
  append_time_of_day (out, of_day);
  conc_append_fraction (out, floor_mod (usec, CONC_USEC_PER_SECOND), -1);
  if (offset == 0)
    g_string_append_c (out, 'Z');
  else
    g_string_append_printf (out, "%c%02d:%02d", offset < 0 ? '-' : '+', (int) ABS (offset) / 60,
                            (int) ABS (offset) % 60);
  return g_string_free (out, FALSE);
}

/**
 * conc_time_format_clock:
 * @usec: an instant
 * @zone: the zone to show it in
 * @digits: decimals of the second, 0 to 6, cut and not rounded as a clock shows them; -1 for as
 * many as are needed
 *
 * Returns: (transfer full): the time of day, like "10:42:07" or "10:42:07.3". Any thread.
 */
char *
conc_time_format_clock (gint64 usec, GTimeZone *zone, int digits)
{
  GString *out = g_string_new (NULL);
  gint64   seconds = floor_div (usec, CONC_USEC_PER_SECOND);
  gint64   local = seconds + get_offset_seconds (zone, seconds);
  int      of_day = (int) floor_mod (local, SECONDS_PER_DAY);

  append_time_of_day (out, of_day);
  conc_append_fraction (out, floor_mod (usec, CONC_USEC_PER_SECOND), digits);
  return g_string_free (out, FALSE);
}

static void
add_candidate (Candidates *found, gint64 usec, gboolean exists)
{
  for (guint i = 0; i < found->count; i++)
    if (found->items[i].usec == usec)
      return;
  if (found->count < MAX_CANDIDATES)
    found->items[found->count++] = (Candidate){ usec, exists };
}

/* Adds every instant at which clocks of @zone show @local_usec: one, two in autumn; in the hour
 * that spring leaves out, the instant it would have been, marked so. Earliest first. */
static void
add_local (Candidates *found, GTimeZone *zone, gint64 local_usec)
{
  gint64 local = floor_div (local_usec, CONC_USEC_PER_SECOND);
  int    first = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, local - SECONDS_PER_DAY);
  int    last = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, local + SECONDS_PER_DAY);
  guint  before = found->count;

  for (int i = first; i <= last; i++)
    {
      gint64 offset = g_time_zone_get_offset (zone, i);

      if (get_offset_seconds (zone, local - offset) == offset)
        add_candidate (found, local_usec - offset * CONC_USEC_PER_SECOND, TRUE);
    }
  if (found->count == before)
    add_candidate (found, local_usec - g_time_zone_get_offset (zone, first) * CONC_USEC_PER_SECOND,
                   FALSE);
}

static const Candidate *
choose_candidate (const Candidates *found, gint64 reference_usec)
{
  const Candidate *nearest = &found->items[0];

  if (reference_usec == CONC_NO_TIME)
    return nearest;
  for (guint i = 0; i < found->count; i++)
    if (found->items[i].usec >= reference_usec &&
        found->items[i].usec - reference_usec < REFERENCE_WINDOW_USEC)
      return &found->items[i];
  for (guint i = 1; i < found->count; i++)
    if (ABS (found->items[i].usec - reference_usec) < ABS (nearest->usec - reference_usec))
      nearest = &found->items[i];
  return nearest;
}

/**
 * conc_local_time_to_usec:
 * @year: 1971 to 2200
 * @month: 1 to 12
 * @day: 1 to 31, a day that exists
 * @of_day_usec: what the clock shows, in microseconds since midnight, below 24 hours
 * @n_days: 1 for that day only; 2 when the next day may be meant too, for a race over midnight
 * @zone: the zone of the clock
 * @reference_usec: the start of the race, or CONC_NO_TIME
 * @ret_is_unsure: (out) (optional): whether @reference_usec had a say in it
 *
 * The instant at which a clock showed a time. Of several it is the first in the twelve hours from
 * @reference_usec, else the one nearest to it, else the first. A time in the hour that spring
 * leaves out is taken as of a clock that was not set forward.
 *
 * Returns: the instant. Any thread.
 */
gint64
conc_local_time_to_usec (int        year,
                         int        month,
                         int        day,
                         gint64     of_day_usec,
                         guint      n_days,
                         GTimeZone *zone,
                         gint64     reference_usec,
                         gboolean  *ret_is_unsure)
{
  Candidates found = { .count = 0 };
  gint64     days = days_from_civil (year, month, day);

  g_return_val_if_fail (n_days >= 1 && n_days <= 2, CONC_NO_TIME);

  for (guint i = 0; i < n_days; i++)
    add_local (&found, zone, (days + i) * SECONDS_PER_DAY * CONC_USEC_PER_SECOND + of_day_usec);
  if (ret_is_unsure != NULL)
    *ret_is_unsure = found.count > 1;
  return choose_candidate (&found, reference_usec)->usec;
}

/**
 * conc_race_time_parse:
 * @text: an RFC 3339 instant, or a time of day: "10:42:07", "9:05:00.25", or "10:42" for :00
 * @race_date: the day of the race, "YYYY-MM-DD"
 * @zone: the zone of the race
 * @reference_usec: the earliest gun, or CONC_NO_TIME
 * @ret_usec: (out): the instant
 * @error: CONC_CORE_ERROR_INVALID with a sentence; nothing is set then
 *
 * A time of day is on race day or, for a race over midnight, on the day after. With a gun it is the
 * first one in the twelve hours from the gun, else the one nearest to the gun; without a gun it is
 * the first one on race day. An hour that autumn has twice gives two to choose from; a time in the
 * hour that spring leaves out is refused.
 *
 * Returns: whether @text could be read. Any thread.
 */
gboolean
conc_race_time_parse (const char *text,
                      const char *race_date,
                      GTimeZone  *zone,
                      gint64      reference_usec,
                      gint64     *ret_usec,
                      GError    **error)
{
  Candidates       found = { .count = 0 };
  const Candidate *chosen;
  const char      *cursor = text;
  const char      *date = race_date;
  gint64           days, of_day_usec;

  if (!conc_race_date_parse (race_date, NULL, NULL, NULL, error) || !scan_date (&date, &days))
    return FALSE;
  if (!scan_time_of_day (&cursor, 1, TRUE, &of_day_usec) || *cursor != '\0')
    return conc_time_parse_rfc3339 (text, ret_usec, error);
  for (int i = 0; i < 2; i++)
    add_local (&found, zone, (days + i) * SECONDS_PER_DAY * CONC_USEC_PER_SECOND + of_day_usec);
  chosen = choose_candidate (&found, reference_usec);
  if (!chosen->exists)
    {
      g_set_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_INVALID,
                   _ ("%s did not exist that day, because clocks were set forward over it."), text);
      return FALSE;
    }
  *ret_usec = chosen->usec;
  return TRUE;
}
