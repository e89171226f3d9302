/* duration.c: how long something took, rounded and written as races do. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/duration.h"

#include "core/error.h"
#include "core/scan.h"

#include <glib/gi18n-lib.h>

#define MM_PER_KM G_GINT64_CONSTANT (1000000)
#define MM_PER_MILE G_GINT64_CONSTANT (1609344)

/* Longest time that a pace is told for: 60 days; the product with a mile in mm still fits. */
#define MAX_PACED_USEC (60 * 86400 * CONC_USEC_PER_SECOND)

static const struct
{
  gint64 step_usec;
  int    digits;
} roundings[] = {
  [CONC_ROUND_UP_SECOND] = { CONC_USEC_PER_SECOND, 0 },
  [CONC_ROUND_UP_TENTH] = { CONC_USEC_PER_SECOND / 10, 1 },
  [CONC_ROUND_UP_HUNDREDTH] = { CONC_USEC_PER_SECOND / 100, 2 },
  [CONC_ROUND_EXACT] = { 1, -1 },
};

/**
 * conc_duration_round:
 * @usec: a duration in microseconds, 0 or more
 * @rounding: to what
 *
 * Rounds up, never down: 2:09:44.3 is 2:09:45, and a time on the whole second stays.
 *
 * Returns: the rounded duration in microseconds. Any thread.
 * Source: World Athletics Technical Rules, the rule on times of road races (TR 19).
 */
gint64
conc_duration_round (gint64 usec, ConcRounding rounding)
{
  gint64 step = roundings[rounding].step_usec;
  gint64 rest = usec % step;

  if (rest <= 0 || usec > G_MAXINT64 - step)
    return usec - rest;
  return usec - rest + step;
}

/**
 * conc_duration_get_whole_seconds:
 * @usec: a duration in microseconds, 0 or more
 *
 * Returns: the official whole seconds, rounded up. Any thread.
 */
gint64
conc_duration_get_whole_seconds (gint64 usec)
{
  return conc_duration_round (usec, CONC_ROUND_UP_SECOND) / CONC_USEC_PER_SECOND;
}

/**
 * conc_duration_format:
 * @usec: a duration in microseconds, 0 or more
 * @rounding: how it is rounded, and so how many decimals it gets
 *
 * Returns: (transfer full): "27:41", "2:09:45", "0:59"; with tenths "27:40.3"; exact with no more
 *   decimals than needed. The same in every locale. Any thread.
 */
char *
conc_duration_format (gint64 usec, ConcRounding rounding)
{
  GString *out = g_string_new (NULL);
  gint64   rounded = conc_duration_round (MAX (usec, 0), rounding);
  gint64   seconds = rounded / CONC_USEC_PER_SECOND;

  if (seconds >= 3600)
    g_string_append_printf (out, "%" G_GINT64_FORMAT ":%02d:%02d", seconds / 3600,
                            (int) (seconds / 60 % 60), (int) (seconds % 60));
  else
    g_string_append_printf (out, "%d:%02d", (int) (seconds / 60), (int) (seconds % 60));
  conc_append_fraction (out, rounded % CONC_USEC_PER_SECOND, roundings[rounding].digits);
  return g_string_free (out, FALSE);
}

/**
 * conc_duration_format_seconds:
 * @usec: a duration in microseconds, 0 or more
 *
 * Returns: (transfer full): decimal seconds for machines, "1660.345", not rounded, with no more
 *   decimals than needed and a dot in every locale. Any thread.
 */
char *
conc_duration_format_seconds (gint64 usec)
{
  GString *out = g_string_new (NULL);
  gint64   positive = MAX (usec, 0);

  g_string_append_printf (out, "%" G_GINT64_FORMAT, positive / CONC_USEC_PER_SECOND);
  conc_append_fraction (out, positive % CONC_USEC_PER_SECOND, -1);
  return g_string_free (out, FALSE);
}

/**
 * conc_pace_format:
 * @usec: a duration in microseconds, 0 to 60 days
 * @distance_mm: the distance in millimetres; 0 when it is not known
 * @unit: per kilometre or per mile
 *
 * The pace is cut to the whole second, not rounded, so that nobody is shown slower than they ran.
 *
 * Returns: (transfer full) (nullable): "5:32", or NULL when there is no distance or no time to tell
 *   it from. Any thread.
 */
char *
conc_pace_format (gint64 usec, gint64 distance_mm, ConcPaceUnit unit)
{
  gint64 unit_mm = unit == CONC_PACE_PER_MILE ? MM_PER_MILE : MM_PER_KM;
  gint64 pace_usec;

  if (distance_mm <= 0 || usec < 0 || usec > MAX_PACED_USEC)
    return NULL;
  pace_usec = usec * unit_mm / distance_mm;
  return conc_duration_format (pace_usec - pace_usec % CONC_USEC_PER_SECOND, CONC_ROUND_UP_SECOND);
}

/* The first part may be large, so that 75:30 is read as an hour and a quarter and a bit. */
static gboolean
scan_duration (const char *text, gint64 *ret_usec)
{
  const char *cursor = text;
  gint64      first, second, third, fraction;
  gint64      seconds;

  if (!conc_scan_digits (&cursor, 1, 4, &first) || !conc_scan_char (&cursor, ':') ||
      !conc_scan_digits (&cursor, 2, 2, &second) || second > 59)
    return FALSE;
  seconds = first * 60 + second;
  if (conc_scan_char (&cursor, ':'))
    {
      if (!conc_scan_digits (&cursor, 2, 2, &third) || third > 59)
        return FALSE;
      seconds = seconds * 60 + third;
    }
  if (!conc_scan_fraction (&cursor, &fraction) || *cursor != '\0')
    return FALSE;
  *ret_usec = seconds * CONC_USEC_PER_SECOND + fraction;
  return TRUE;
}

/**
 * conc_duration_parse:
 * @text: minutes and seconds "27:41", or hours too "1:02:03.5"; up to six decimals
 * @ret_usec: (out): the duration in microseconds
 * @error: CONC_CORE_ERROR_INVALID with a sentence; nothing is set then
 *
 * A bare number is refused, for nobody can tell minutes from seconds.
 *
 * Returns: whether @text is a duration. Any thread.
 */
gboolean
conc_duration_parse (const char *text, gint64 *ret_usec, GError **error)
{
  g_autofree char *shown = NULL;

  if (scan_duration (text, ret_usec))
    return TRUE;
  shown = conc_dup_quotable (text);
  g_set_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_INVALID,
               _ ("“%s” is not a running time: write it like 27:41 or 1:02:03.5."), shown);
  return FALSE;
}
