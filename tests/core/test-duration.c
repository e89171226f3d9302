/* test-duration.c: rounding, writing and reading of running times and paces. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/duration.h"
#include "core/error.h"

#include <locale.h>

#define USEC G_GINT64_CONSTANT (1000000)
#define HMS(h, m, s) ((((h) *60 + (m)) * 60 + (s)) * USEC)

static void
test_round_and_format (void)
{
  static const struct
  {
    gint64      usec;
    const char *second;
    const char *tenth;
    const char *hundredth;
    const char *exact;
  } rows[] = {
    { 0, "0:00", "0:00.0", "0:00.00", "0:00" },
    { 1, "0:01", "0:00.1", "0:00.01", "0:00.000001" },
    { HMS (0, 0, 58) + 999999, "0:59", "0:59.0", "0:59.00", "0:58.999999" },
    { HMS (0, 0, 59), "0:59", "0:59.0", "0:59.00", "0:59" },
    { HMS (0, 0, 59) + 1, "1:00", "0:59.1", "0:59.01", "0:59.000001" },
    { HMS (0, 27, 40) + 300000, "27:41", "27:40.3", "27:40.30", "27:40.3" },
    { HMS (0, 27, 40) + 345000, "27:41", "27:40.4", "27:40.35", "27:40.345" },
    { HMS (0, 27, 41), "27:41", "27:41.0", "27:41.00", "27:41" },
    { HMS (2, 9, 44) + 300000, "2:09:45", "2:09:44.3", "2:09:44.30", "2:09:44.3" },
    { HMS (0, 59, 59) + 950000, "1:00:00", "1:00:00.0", "59:59.95", "59:59.95" },
    { HMS (0, 59, 59), "59:59", "59:59.0", "59:59.00", "59:59" },
    { HMS (27, 0, 0), "27:00:00", "27:00:00.0", "27:00:00.00", "27:00:00" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *second = conc_duration_format (rows[i].usec, CONC_ROUND_UP_SECOND);
      g_autofree char *tenth = conc_duration_format (rows[i].usec, CONC_ROUND_UP_TENTH);
      g_autofree char *hundredth = conc_duration_format (rows[i].usec, CONC_ROUND_UP_HUNDREDTH);
      g_autofree char *exact = conc_duration_format (rows[i].usec, CONC_ROUND_EXACT);

      g_assert_cmpstr (second, ==, rows[i].second);
      g_assert_cmpstr (tenth, ==, rows[i].tenth);
      g_assert_cmpstr (hundredth, ==, rows[i].hundredth);
      g_assert_cmpstr (exact, ==, rows[i].exact);
    }
}

static void
test_rounding_keeps_order (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5000);

  for (guint i = 0; i < 20000; i++)
    {
      gint64 a = g_rand_int_range (rand, 0, 2 * (int) USEC);
      gint64 b = g_rand_int_range (rand, 0, 2 * (int) USEC);

      for (ConcRounding r = CONC_ROUND_UP_SECOND; r <= CONC_ROUND_EXACT; r++)
        {
          g_assert_cmpint (conc_duration_round (a, r), >=, a);
          if (a <= b)
            g_assert_cmpint (conc_duration_round (a, r), <=, conc_duration_round (b, r));
        }
    }
}

static void
test_extremes (void)
{
  static const gint64 rows[] = { G_MININT64, -1, G_MAXINT64 };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (ConcRounding r = CONC_ROUND_UP_SECOND; r <= CONC_ROUND_EXACT; r++)
      {
        g_autofree char *text = conc_duration_format (rows[i], r);
        g_autofree char *seconds = conc_duration_format_seconds (rows[i]);

        g_assert_cmpint (text[0], !=, '-');
        g_assert_cmpint (seconds[0], !=, '-');
      }
}

static void
test_seconds (void)
{
  static const struct
  {
    gint64      usec;
    const char *decimal;
    gint64      whole;
  } rows[] = {
    { 0, "0", 0 },
    { 1660345000, "1660.345", 1661 },
    { 1660000000, "1660", 1660 },
    { 1660000001, "1660.000001", 1661 },
    { 500000, "0.5", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *decimal = conc_duration_format_seconds (rows[i].usec);

      g_assert_cmpstr (decimal, ==, rows[i].decimal);
      g_assert_cmpint (conc_duration_get_whole_seconds (rows[i].usec), ==, rows[i].whole);
    }
}

static void
test_pace (void)
{
  static const struct
  {
    gint64       usec;
    gint64       distance_mm;
    ConcPaceUnit unit;
    const char  *expected;
  } rows[] = {
    { HMS (0, 27, 41), 5000000, CONC_PACE_PER_KM, "5:32" },
    { HMS (0, 27, 41), 5000000, CONC_PACE_PER_MILE, "8:54" },
    { HMS (0, 25, 0), 5000000, CONC_PACE_PER_KM, "5:00" },
    { HMS (0, 24, 59) + 999999, 5000000, CONC_PACE_PER_KM, "4:59" },
    { HMS (2, 9, 45), 42195000, CONC_PACE_PER_KM, "3:04" },
    { HMS (0, 0, 0), 5000000, CONC_PACE_PER_KM, "0:00" },
    { HMS (60 * 24, 0, 0), 1000000, CONC_PACE_PER_MILE, "2317:27:19" },
    { HMS (0, 27, 41), 0, CONC_PACE_PER_KM, NULL },
    { HMS (0, 27, 41), -1, CONC_PACE_PER_KM, NULL },
    { -1, 5000000, CONC_PACE_PER_KM, NULL },
    { G_MAXINT64, 5000000, CONC_PACE_PER_KM, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *pace = conc_pace_format (rows[i].usec, rows[i].distance_mm, rows[i].unit);

      g_assert_cmpstr (pace, ==, rows[i].expected);
    }
}

static void
test_read (void)
{
  static const struct
  {
    const char *text;
    gint64      usec;
  } rows[] = {
    { "27:41", HMS (0, 27, 41) },
    { "1:02:03.5", HMS (1, 2, 3) + 500000 },
    { "0:59", HMS (0, 0, 59) },
    { "75:30", HMS (1, 15, 30) },
    { "00:00", 0 },
    { "27:40.000001", HMS (0, 27, 40) + 1 },
    { "27:40.0000019", HMS (0, 27, 40) + 1 },
    { "100:00:00", HMS (100, 0, 0) },
  };
  static const char *const bad[] = {
    "",       "27",     "27.5",    "27:4", "27:60", "1:60:00",  "1:00:60",    "-1:00",
    "27:41 ", "27:41.", "27:41,5", "a:bc", "1:2:3", "12345:00", "1:00:00:00",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 usec = -1;

      g_assert_true (conc_duration_parse (rows[i].text, &usec, &error));
      g_assert_cmpint (usec, ==, rows[i].usec);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 usec = 7;

      g_assert_false (conc_duration_parse (bad[i], &usec, &error));
      g_assert_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_INVALID);
      g_assert_cmpint (usec, ==, 7);
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/duration/round and format", test_round_and_format);
  g_test_add_func ("/duration/rounding keeps the order", test_rounding_keeps_order);
  g_test_add_func ("/duration/extremes", test_extremes);
  g_test_add_func ("/duration/seconds", test_seconds);
  g_test_add_func ("/duration/pace", test_pace);
  g_test_add_func ("/duration/read", test_read);
  return g_test_run ();
}
