/* test-race-time.c: instants, zones, midnight and the two clock changes of a year. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/error.h"
#include "core/race-time.h"

#include <locale.h>
#include <string.h>

#define USEC G_GINT64_CONSTANT (1000000)

static gint64
instant (const char *text)
{
  g_autoptr (GError) error = NULL;
  gint64 usec = CONC_NO_TIME;

  if (text == NULL)
    return CONC_NO_TIME;
  conc_time_parse_rfc3339 (text, &usec, &error);
  g_assert_no_error (error);
  return usec;
}

static void
test_rfc3339_read (void)
{
  static const struct
  {
    const char *text;
    gint64      usec;
  } rows[] = {
    { "1970-01-01T00:00:00Z", 0 },
    { "1970-01-01t00:00:00z", 0 },
    { "1970-01-01 00:00:01-00:00", USEC },
    { "1969-12-31T23:59:59.5Z", -USEC / 2 },
    { "2017-12-09T10:42:07-06:00", 1512837727 * USEC },
    { "2017-12-09T22:27:07.000001+05:45", 1512837727 * USEC + 1 },
    { "2017-12-09T10:42:07.1234567-06:00", 1512837727 * USEC + 123456 },
    { "2017-12-09T16:42:07.999999999999999999999Z", 1512837727 * USEC + 999999 },
    { "2000-02-29T12:00:00Z", 951825600 * USEC },
    { "1900-03-01T00:00:00Z", -2203891200 * USEC },
    { "2200-12-31T23:59:59Z", G_GINT64_CONSTANT (7289654399) * USEC },
    { "2200-12-31T23:59:59-23:59", G_GINT64_CONSTANT (7289740739) * USEC },
    { "2201-01-01T23:58:59Z", G_GINT64_CONSTANT (7289740739) * USEC },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (instant (rows[i].text), ==, rows[i].usec);
}

static void
test_rfc3339_refused (void)
{
  static const char *const rows[] = {
    "",
    "10:42:07",
    "2017-12-09",
    "2017-12-09T10:42:07",
    "2017-12-09T10:42-06:00",
    "2017-12-09T24:00:00Z",
    "2017-12-09T10:60:00Z",
    "2017-12-09T10:42:07.Z",
    "2017-12-09T10:42:07,5Z",
    "2017-12-09T10:42:07-0600",
    "2017-12-09T10:42:07-24:00",
    "2017-12-09T10:42:07-06:00 ",
    "2017-02-29T10:42:07Z",
    "1900-02-29T10:42:07Z",
    "2017-13-01T10:42:07Z",
    "2017-00-01T10:42:07Z",
    "2017-01-00T10:42:07Z",
    "1899-12-30T23:59:59Z",
    "2201-01-02T00:00:00Z",
    "99999-01-01T10:42:07Z",
    "\xff\xfe garbage",
    "a\nb",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 usec = 7;

      g_assert_false (conc_time_parse_rfc3339 (rows[i], &usec, &error));
      g_assert_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_INVALID);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_null (strchr (error->message, '\n'));
      g_assert_cmpint (usec, ==, 7);
    }
}

static void
test_leap_second_has_its_own_sentence (void)
{
  g_autoptr (GError) error = NULL;
  gint64 usec;

  g_assert_false (conc_time_parse_rfc3339 ("2016-12-31T23:59:60Z", &usec, &error));
  g_assert_nonnull (strstr (error->message, "leap second"));
}

static void
test_format (void)
{
  static const struct
  {
    const char *zone;
    gint64      usec;
    const char *rfc3339;
    const char *clock;
  } rows[] = {
    { "UTC", 0, "1970-01-01T00:00:00Z", "00:00:00" },
    { "UTC", -1, "1969-12-31T23:59:59.999999Z", "23:59:59.9" },
    { "America/Chicago", 1512837727 * USEC + 300000, "2017-12-09T10:42:07.3-06:00", "10:42:07.3" },
    { "America/Chicago", 1512837727 * USEC + 350000, "2017-12-09T10:42:07.35-06:00", "10:42:07.3" },
    { "Asia/Kathmandu", 1512837727 * USEC, "2017-12-09T22:27:07+05:45", "22:27:07.0" },
    { "Europe/Berlin", 1498824127 * USEC + 1, "2017-06-30T14:02:07.000001+02:00", "14:02:07.0" },
    { "America/Chicago", 1512799200 * USEC, "2017-12-09T00:00:00-06:00", "00:00:00.0" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GTimeZone) zone = conc_time_zone_parse (rows[i].zone, NULL);
      g_autofree char *rfc3339 = conc_time_format_rfc3339 (rows[i].usec, zone);
      g_autofree char *clock = conc_time_format_clock (rows[i].usec, zone, i == 0 ? -1 : 1);

      g_assert_cmpstr (rfc3339, ==, rows[i].rfc3339);
      g_assert_cmpstr (clock, ==, rows[i].clock);
    }
}

static void
test_format_survives_any_number (void)
{
  static const gint64 rows[] = { G_MININT64, G_MAXINT64, -1, 1, G_MININT64 + 1 };
  g_autoptr (GTimeZone) zone = conc_time_zone_parse ("America/Chicago", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *rfc3339 = conc_time_format_rfc3339 (rows[i], zone);
      g_autofree char *clock = conc_time_format_clock (rows[i], zone, 6);

      g_assert_cmpuint (strlen (clock), ==, strlen ("00:00:00.000000"));
      g_assert_nonnull (strchr (rfc3339, 'T'));
    }
}

static void
test_format_and_read_agree (void)
{
  static const char *const zones[] = { "UTC",           "America/Chicago",
                                       "Europe/Berlin", "Asia/Kathmandu",
                                       "-03:30",        "Africa/Monrovia" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (20171209);

  for (guint z = 0; z < G_N_ELEMENTS (zones); z++)
    {
      g_autoptr (GTimeZone) zone = conc_time_zone_parse (zones[z], NULL);

      for (guint i = 0; i < 4000; i++)
        {
          gint64 usec = g_rand_int_range (rand, -2000000000, 2000000000) * USEC +
                        g_rand_int_range (rand, 0, (int) USEC);
          g_autofree char *text = conc_time_format_rfc3339 (usec, zone);

          g_assert_cmpint (instant (text), ==, usec);
        }
    }
}

static void
test_zones (void)
{
  static const char *const bad[] = {
    "",
    "Nowhere",
    "America/Nowhere",
    "leapseconds",
    "SECURITY",
    "../etc/passwd",
    "/etc/localtime",
    "America",
    "right/America/Chicago",
    "\xff",
  };
  static const char *const good[] = { "UTC", "America/Chicago", "Asia/Kathmandu", "+05:45" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (conc_time_zone_parse (bad[i], &error));
      g_assert_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_INVALID);
    }
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GTimeZone) zone = conc_time_zone_parse (good[i], NULL);

      g_assert_nonnull (zone);
    }
}

static void
test_dates (void)
{
  static const char *const bad[] = { "",           "2017-12-9",  "2017-02-29",  "17-12-09",
                                     "2017/12/09", "2017-12-32", "2017-12-09 ", "2201-01-01" };
  int                      year, month, day;

  g_assert_true (conc_race_date_parse ("2016-02-29", &year, &month, &day, NULL));
  g_assert_cmpint (year * 10000 + month * 100 + day, ==, 20160229);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (conc_race_date_parse (bad[i], NULL, NULL, NULL, &error));
      g_assert_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_INVALID);
    }
}

/* An empty expected value: the time is refused. */
static const struct
{
  const char *name;
  const char *zone;
  const char *date;
  const char *gun;
  const char *text;
  const char *expected;
} race_times[] = {
  { "race day without a gun", "America/Chicago", "2017-12-09", NULL, "10:42:07",
    "2017-12-09T10:42:07-06:00" },
  { "one digit hour and decimals", "America/Chicago", "2017-12-09", NULL, "9:05:00.25",
    "2017-12-09T09:05:00.25-06:00" },
  { "hours and minutes", "America/Chicago", "2017-12-09", NULL, "10:42",
    "2017-12-09T10:42:00-06:00" },
  { "a whole instant stays as it is", "America/Chicago", "2017-12-09", NULL, "2018-01-01T00:00:00Z",
    "2018-01-01T00:00:00Z" },
  { "after the gun", "America/Chicago", "2017-12-09", "2017-12-09T10:00:00-06:00", "10:42:07",
    "2017-12-09T10:42:07-06:00" },
  { "at the gun", "America/Chicago", "2017-12-09", "2017-12-09T10:00:00-06:00", "10:00:00",
    "2017-12-09T10:00:00-06:00" },
  { "a little before the gun stays that day", "America/Chicago", "2017-12-09",
    "2017-12-09T10:00:00-06:00", "9:59:58", "2017-12-09T09:59:58-06:00" },
  { "before the gun of a late race", "America/Chicago", "2017-12-09", "2017-12-09T23:30:00-06:00",
    "23:29:00", "2017-12-09T23:29:00-06:00" },
  { "over midnight", "America/Chicago", "2017-12-09", "2017-12-09T23:30:00-06:00", "0:10:00",
    "2017-12-10T00:10:00-06:00" },
  { "midnight itself", "America/Chicago", "2017-12-09", "2017-12-09T23:30:00-06:00", "00:00:00",
    "2017-12-10T00:00:00-06:00" },
  { "midnight without a gun opens race day", "America/Chicago", "2017-12-09", NULL, "00:00:00",
    "2017-12-09T00:00:00-06:00" },
  { "the last moment of twelve hours", "UTC", "2017-12-09", "2017-12-09T20:00:00Z", "7:59:59.9",
    "2017-12-10T07:59:59.9Z" },
  { "twelve hours later counts as before", "UTC", "2017-12-09", "2017-12-09T20:00:00Z", "8:00:00",
    "2017-12-09T08:00:00Z" },
  { "Kathmandu", "Asia/Kathmandu", "2017-12-09", "2017-12-09T23:50:00+05:45", "00:12:00",
    "2017-12-10T00:12:00+05:45" },
  { "Chicago spring, before the gap", "America/Chicago", "2018-03-11", NULL, "1:59:59",
    "2018-03-11T01:59:59-06:00" },
  { "Chicago spring, in the gap", "America/Chicago", "2018-03-11", NULL, "2:00:00", "" },
  { "Chicago spring, the end of the gap", "America/Chicago", "2018-03-11", NULL, "2:59:59.9", "" },
  { "Chicago spring, after the gap", "America/Chicago", "2018-03-11", NULL, "3:00:00",
    "2018-03-11T03:00:00-05:00" },
  { "the gap is the night before", "America/Chicago", "2018-03-11", "2018-03-11T20:00:00-05:00",
    "2:30:00", "2018-03-12T02:30:00-05:00" },
  { "the gap is the night after", "America/Chicago", "2018-03-10", "2018-03-10T22:00:00-06:00",
    "2:30:00", "" },
  { "over the gap", "America/Chicago", "2018-03-10", "2018-03-10T22:00:00-06:00", "3:30:00",
    "2018-03-11T03:30:00-05:00" },
  { "Chicago autumn, first of two", "America/Chicago", "2018-11-04", NULL, "1:30:00",
    "2018-11-04T01:30:00-05:00" },
  { "Chicago autumn, second by the gun", "America/Chicago", "2018-11-04",
    "2018-11-04T01:45:00-05:00", "1:30:00", "2018-11-04T01:30:00-06:00" },
  { "Chicago autumn, first by the gun", "America/Chicago", "2018-11-04",
    "2018-11-04T01:15:00-05:00", "1:30:00", "2018-11-04T01:30:00-05:00" },
  { "Chicago autumn, after both", "America/Chicago", "2018-11-03", "2018-11-03T23:00:00-05:00",
    "2:00:00", "2018-11-04T02:00:00-06:00" },
  { "Berlin spring, in the gap", "Europe/Berlin", "2018-03-25", NULL, "2:30:00", "" },
  { "Berlin spring, after the gap", "Europe/Berlin", "2018-03-25", NULL, "3:00:00",
    "2018-03-25T03:00:00+02:00" },
  { "Berlin autumn, first of two", "Europe/Berlin", "2018-10-28", NULL, "2:30:00",
    "2018-10-28T02:30:00+02:00" },
  { "Berlin autumn, second by the gun", "Europe/Berlin", "2018-10-28", "2018-10-28T02:45:00+02:00",
    "2:30:00", "2018-10-28T02:30:00+01:00" },
  { "the last second of a day", "UTC", "2017-12-31", NULL, "23:59:59.999999",
    "2017-12-31T23:59:59.999999Z" },
  { "a leap second", "UTC", "2016-12-31", NULL, "23:59:60", "" },
  { "hour 24", "UTC", "2016-12-31", NULL, "24:00:00", "" },
  { "a negative time", "UTC", "2016-12-31", NULL, "-1:00:00", "" },
  { "words", "UTC", "2016-12-31", NULL, "noon", "" },
  { "nothing", "UTC", "2016-12-31", NULL, "", "" },
  { "a bad race date", "UTC", "2016-12-32", NULL, "10:00:00", "" },
  { "space behind it", "UTC", "2016-12-31", NULL, "10:00:00 ", "" },
  { "a comma for the dot", "UTC", "2016-12-31", NULL, "10:00:00,5", "" },
};

static void
test_race_time (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (GTimeZone) zone = conc_time_zone_parse (race_times[i].zone, NULL);
  g_autoptr (GError) error = NULL;
  gint64   gun = instant (race_times[i].gun);
  gint64   usec = 7;
  gboolean ok =
      conc_race_time_parse (race_times[i].text, race_times[i].date, zone, gun, &usec, &error);

  if (race_times[i].expected[0] == '\0')
    {
      g_assert_false (ok);
      g_assert_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_INVALID);
      g_assert_cmpint (usec, ==, 7);
      return;
    }
  g_assert_no_error (error);
  g_assert_true (ok);
  g_assert_cmpint (usec, ==, instant (race_times[i].expected));
}

static void
test_gap_has_its_own_sentence (void)
{
  g_autoptr (GTimeZone) zone = conc_time_zone_parse ("America/Chicago", NULL);
  g_autoptr (GError) error = NULL;
  gint64 usec;

  g_assert_false (
      conc_race_time_parse ("2:30:00", "2018-03-11", zone, CONC_NO_TIME, &usec, &error));
  g_assert_nonnull (strstr (error->message, "did not exist"));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/race-time/rfc3339/read", test_rfc3339_read);
  g_test_add_func ("/race-time/rfc3339/refused", test_rfc3339_refused);
  g_test_add_func ("/race-time/rfc3339/leap second has its own sentence",
                   test_leap_second_has_its_own_sentence);
  g_test_add_func ("/race-time/format", test_format);
  g_test_add_func ("/race-time/format survives any number", test_format_survives_any_number);
  g_test_add_func ("/race-time/format and read agree", test_format_and_read_agree);
  g_test_add_func ("/race-time/zones", test_zones);
  g_test_add_func ("/race-time/dates", test_dates);
  g_test_add_func ("/race-time/gap has its own sentence", test_gap_has_its_own_sentence);
  for (guint i = 0; i < G_N_ELEMENTS (race_times); i++)
    {
      g_autofree char *path = g_strconcat ("/race-time/parse/", race_times[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_race_time);
    }
  return g_test_run ();
}
