/* fuzz-times.c: any text is a time, a date, a zone or a duration that reads back, or is refused. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/duration.h"
#include "core/export-date.h"
#include "core/race-time.h"
#include "fuzz.h"

#define GUN_USEC G_GINT64_CONSTANT (1512831600000000)

const guint       fuzz_rounds = 10000;
const char *const fuzz_seeds[] = {
  "2017-12-09T10:42:07.35-06:00",
  "2017-12-09 10:42:07Z",
  "2016-12-31T23:59:60Z",
  "10:42:07.123",
  "9:05",
  "02:30:00",
  "1:02:03.5",
  "27:41",
  "2017-12-09",
  "12/9/2017 5:09 PM",
  "9.12.17",
  "Dec 9, 2017 10:00:00 CST",
  "43078.5",
  "America/Chicago",
  "Europe/Berlin",
  "+05:45",
  NULL,
};

/* Read once: it is a file. */
static GTimeZone *
get_zone (void)
{
  static GTimeZone *zone;

  if (zone == NULL)
    zone = g_time_zone_new_identifier ("America/Chicago");
  return zone;
}

static void
check_instant (gint64 usec, GTimeZone *zone)
{
  g_autofree char *text = conc_time_format_rfc3339 (usec, zone);
  g_autofree char *clock = conc_time_format_clock (usec, zone, 3);
  gint64           again;

  g_assert_true (conc_time_parse_rfc3339 (text, &again, NULL));
  g_assert_cmpint (again, ==, usec);
  g_assert_cmpuint (strlen (clock), ==, strlen ("10:42:07.123"));
  fuzz_n_read++;
}

static void
read_instant (const char *text)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GError) error = NULL;
  gint64 usec;

  if (conc_time_parse_rfc3339 (text, &usec, &error))
    check_instant (usec, utc);
  else
    fuzz_check_error (error);
}

/* On days when clocks are set forward, set back, and neither. */
static void
read_race_time (const char *text, gint64 gun_usec)
{
  static const char *const dates[] = { "2017-03-12", "2017-11-05", "2017-12-09" };
  GTimeZone               *zone = get_zone ();

  for (gsize i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 usec;

      if (conc_race_time_parse (text, dates[i], zone, gun_usec, &usec, &error))
        check_instant (usec, zone);
      else
        fuzz_check_error (error);
    }
}

static void
read_duration (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *exact = NULL;
  gint64           usec, again;

  if (!conc_duration_parse (text, &usec, &error))
    {
      fuzz_check_error (error);
      return;
    }
  exact = conc_duration_format (usec, CONC_ROUND_EXACT);
  g_assert_true (conc_duration_parse (exact, &again, NULL));
  g_assert_cmpint (again, ==, usec);
}

static void
read_date (const char *text)
{
  GTimeZone *zone = get_zone ();
  g_autoptr (GError) error = NULL;
  ConcExportDate date;
  int            year, month, day;

  if (!conc_race_date_parse (text, &year, &month, &day, &error))
    fuzz_check_error (error);
  conc_export_date_sniff (text);
  for (ConcDayOrder order = CONC_DAY_ORDER_UNKNOWN; order <= CONC_DAY_ORDER_DAY_FIRST; order++)
    if (conc_export_date_parse (text, order, 2017, &date))
      {
        g_autofree char *iso = conc_export_date_to_iso (&date);

        g_assert_cmpuint (strlen (iso), ==, strlen ("2017-12-09"));
        if (!conc_export_date_is_instant (&date))
          continue;
        g_assert_true (conc_race_date_parse (iso, NULL, NULL, NULL, NULL));
        check_instant (conc_export_date_to_usec (&date, zone), zone);
      }
}

static void
read_zone (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GTimeZone) zone = conc_time_zone_parse (text, &error);

  if (zone == NULL)
    fuzz_check_error (error);
  else
    check_instant (GUN_USEC, zone);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);

  read_instant (text);
  read_race_time (text, CONC_NO_TIME);
  read_race_time (text, GUN_USEC);
  read_duration (text);
  read_date (text);
  read_zone (text);
  return 0;
}
