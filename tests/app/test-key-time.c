/* test-key-time.c: when a key was pressed, and what the race clock says. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/timing/key-time.h"
#include "app/timing/race-clock.h"

#include "core/race-time.h"

#include <locale.h>

#define WALL_USEC G_GINT64_CONSTANT (1512828000000000)
#define MSEC G_GINT64_CONSTANT (1000)
/* 2^32 ms and a little: the clock of a computer that runs for 49.7 days. */
#define WRAP_USEC (G_GINT64_CONSTANT (4294967296) * MSEC)

typedef struct
{
  const char *name;
  guint32     event_msec;
  gint64      now_usec;
  gboolean    is_key_time;
  gint64      age_usec;
} Vector;

static const Vector vectors[] = {
  { "at once", 5000, 5000 * MSEC + 700, TRUE, 200 },
  { "within the same half millisecond", 5000, 5000 * MSEC + 300, TRUE, 0 },
  { "after 300 ms of work", 5000, 5300 * MSEC + 250, TRUE, 299750 },
  { "just before it is too old", 5000, 14999 * MSEC, TRUE, 9998500 },
  { "too old", 5000, 15000 * MSEC, FALSE, 0 },
  { "one millisecond in the future", 5001, 5000 * MSEC + 999, FALSE, 0 },
  { "no time", 0, 5000 * MSEC, FALSE, 0 },
  { "no time just after the start", 0, 3 * MSEC, FALSE, 0 },
  { "across the wrap", 4294967290u, WRAP_USEC + 20 * MSEC, TRUE, 25500 },
  { "after the wrap", 100, WRAP_USEC + 150 * MSEC, TRUE, 49500 },
  { "another clock", 3000000000u, 5000 * MSEC, FALSE, 0 },
};

static void
test_key_time (gconstpointer data)
{
  const Vector *vector = data;
  ConcKeyTime   time = conc_key_time_resolve (vector->event_msec, vector->now_usec, WALL_USEC);

  g_assert_cmpint (time.is_key_time, ==, vector->is_key_time);
  g_assert_cmpint (vector->now_usec - time.monotonic_usec, ==, vector->age_usec);
  g_assert_cmpint (WALL_USEC - time.wall_usec, ==, vector->age_usec);
}

static void
test_one_reading (void)
{
  ConcFakeClock clock;
  ConcKeyTime   time;

  conc_fake_clock_init (&clock, WALL_USEC);
  clock.monotonic_usec = 8000 * MSEC;
  time = conc_key_time_read (7990, &clock.clock);
  g_assert_true (time.is_key_time);
  g_assert_cmpint (time.wall_usec, ==, WALL_USEC - 9500);
}

static void
test_clock_text (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  static const struct
  {
    gint64      since_usec;
    const char *text;
  } table[] = {
    { 0, "0:00:00" },
    { 999999, "0:00:00" },
    { 1000000, "0:00:01" },
    { G_GINT64_CONSTANT (3599999999), "0:59:59" },
    { G_GINT64_CONSTANT (3600000000), "1:00:00" },
    { G_GINT64_CONSTANT (90061000000), "25:01:01" },
    { -1, "−0:00:01" },
    { -1000000, "−0:00:01" },
    { -1000001, "−0:00:02" },
    { G_GINT64_CONSTANT (-3600000000), "−1:00:00" },
    { G_GINT64_CONSTANT (-86400000001), "13:59:59" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *text =
          conc_race_clock_format (WALL_USEC + table[i].since_usec, WALL_USEC, utc);

      g_assert_cmpstr (text, ==, table[i].text);
    }
}

static void
test_clock_without_gun_tells_the_time_of_day (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *text = conc_race_clock_format (WALL_USEC, CONC_NO_TIME, utc);

  g_assert_cmpstr (text, ==, "14:00:00");
}

static void
test_clock_waits_for_the_next_second (void)
{
  g_assert_cmpint (conc_race_clock_until_next (WALL_USEC, CONC_NO_TIME), ==, G_USEC_PER_SEC);
  g_assert_cmpint (conc_race_clock_until_next (WALL_USEC + 250000, CONC_NO_TIME), ==, 750000);
  g_assert_cmpint (conc_race_clock_until_next (WALL_USEC + 250000, WALL_USEC + 200000), ==, 950000);
  g_assert_cmpint (conc_race_clock_until_next (WALL_USEC, WALL_USEC + 1250000), ==, 250000);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *path = g_strconcat ("/key-time/", vectors[i].name, NULL);

      g_test_add_data_func (path, &vectors[i], test_key_time);
    }
  g_test_add_func ("/key-time/both clocks are read together", test_one_reading);
  g_test_add_func ("/race-clock/text", test_clock_text);
  g_test_add_func ("/race-clock/without gun", test_clock_without_gun_tells_the_time_of_day);
  g_test_add_func ("/race-clock/waits for the next second", test_clock_waits_for_the_next_second);
  return g_test_run ();
}
