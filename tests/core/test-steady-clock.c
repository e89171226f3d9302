/* test-steady-clock.c: the clock of a station through all that can happen to a computer's clocks.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/clock-offset.h"
#include "core/steady-clock.h"

#include <locale.h>

#define SECOND ((gint64) G_USEC_PER_SEC)
#define MSEC (SECOND / 1000)
#define HOUR (3600 * SECOND)
/* 2017-12-09, 09:00 in Minneapolis. */
#define MORNING_USEC (G_GINT64_CONSTANT (1512831600) * G_USEC_PER_SEC)

static ConcSteadyClock *
start (ConcFakeClock *fake, const ConcAnchor *kept)
{
  return conc_steady_clock_new (&fake->clock, fake->clock.get_boot_id (&fake->clock), kept);
}

static gint64
get_usec (ConcSteadyClock *steady)
{
  return conc_clock_get_wall_usec (conc_steady_clock_get_station_clock (steady));
}

/* What happens in one after the other: time goes by, the wall clock is set, sleep. */
static const struct
{
  const char *name;
  gint64      gone_usec, set_usec, slept_usec;
  gint64      step_usec, suspend_usec; /* what is to be noticed */
} changes[] = {
  { "nothing", SECOND, 0, 0, 0, 0 },
  { "set ahead", SECOND, 2 * SECOND, 0, 2 * SECOND, 0 },
  { "set back", SECOND, -2 * SECOND, 0, -2 * SECOND, 0 },
  { "set back by an hour, as by a hand when daylight saving ends", SECOND, -HOUR, 0, -HOUR, 0 },
  { "set ahead by 11 ms at once", 0, 11 * MSEC, 0, 11 * MSEC, 0 },
  { "set by less than can be told", 0, 10 * MSEC, 0, 0, 0 },
  { "a leap second", 30 * SECOND, -SECOND, 0, -SECOND, 0 },
  { "slewed at 500 ppm for 100 s", 100 * SECOND, 50 * MSEC, 0, 0, 0 },
  { "slewed back at 500 ppm for 100 s", 100 * SECOND, -50 * MSEC, 0, 0, 0 },
  { "set by more than slewing could", 100 * SECOND, 61 * MSEC, 0, 61 * MSEC, 0 },
  { "set while nobody looked for a day", 24 * HOUR, 311 * MSEC, 0, 311 * MSEC, 0 },
  { "slept", SECOND, 0, HOUR, 0, HOUR },
  { "no sleep", SECOND, 0, 100 * MSEC, 0, 0 },
  { "slept, and NTP set the clock on waking", SECOND, 3 * SECOND, HOUR, 3 * SECOND, HOUR },
  { "over midnight", 16 * HOUR, 0, 0, 0, 0 },
};

static void
test_change (gconstpointer data)
{
  guint           i = GPOINTER_TO_UINT (data);
  ConcFakeClock   fake;
  ConcClockChange change;
  g_autoptr (ConcSteadyClock) steady = NULL;
  gint64 gone_usec = changes[i].gone_usec + changes[i].slept_usec;

  conc_fake_clock_init (&fake, MORNING_USEC);
  steady = start (&fake, NULL);
  conc_fake_clock_advance (&fake, changes[i].gone_usec);
  conc_fake_clock_suspend (&fake, changes[i].slept_usec);
  conc_fake_clock_set_wall (&fake, changes[i].set_usec);
  g_assert_cmpint (get_usec (steady), ==, MORNING_USEC + gone_usec);
  g_assert_cmpint (conc_steady_clock_has_news (steady), ==,
                   changes[i].step_usec != 0 || changes[i].suspend_usec != 0);
  g_assert_cmpint (conc_steady_clock_look (steady, &change), ==,
                   changes[i].step_usec != 0 || changes[i].suspend_usec != 0);
  g_assert_cmpint (change.step_usec, ==, changes[i].step_usec);
  g_assert_cmpint (change.suspend_usec, ==, changes[i].suspend_usec);
  g_assert_cmpint (conc_steady_clock_get_difference (steady), ==, changes[i].set_usec);
  /* It is noticed once, and looking changed nothing. */
  g_assert_false (conc_steady_clock_look (steady, &change));
  g_assert_cmpint (get_usec (steady), ==, MORNING_USEC + gone_usec);
}

/* Slewing is followed step by step for hours without a word, and a step in the middle of it is
 * told apart. */
static void
test_slewing_and_a_step (void)
{
  ConcFakeClock   fake;
  ConcClockChange change;
  g_autoptr (ConcSteadyClock) steady = NULL;

  conc_fake_clock_init (&fake, MORNING_USEC);
  steady = start (&fake, NULL);
  for (gint64 n = 1; n <= 7200; n++)
    {
      conc_fake_clock_advance (&fake, SECOND);
      conc_fake_clock_set_wall (&fake, SECOND / 2000);
      if (n == 3600)
        conc_fake_clock_set_wall (&fake, -40 * MSEC);
      g_assert_cmpint (conc_steady_clock_look (steady, &change), ==, n == 3600);
      g_assert_cmpint (change.step_usec, ==, n == 3600 ? SECOND / 2000 - 40 * MSEC : 0);
      g_assert_cmpint (get_usec (steady), ==, MORNING_USEC + n * SECOND);
    }
  g_assert_cmpint (conc_steady_clock_get_difference (steady), ==, 3600 * MSEC - 40 * MSEC);
}

/* What a program keeps is enough to go on to the microsecond, whatever was done to the wall clock
 * meanwhile; and what was done is noticed. */
static void
test_program_is_restarted (void)
{
  ConcFakeClock    fake;
  ConcAnchor       anchor, read;
  ConcClockChange  change;
  g_autofree char *text = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  ConcSteadyClock *steady;

  conc_fake_clock_init (&fake, MORNING_USEC);
  steady = start (&fake, NULL);
  conc_fake_clock_advance (&fake, 12345678);
  conc_fake_clock_suspend (&fake, HOUR);
  conc_fake_clock_set_wall (&fake, 777);
  g_assert_true (conc_steady_clock_look (steady, &change));
  conc_steady_clock_get_anchor (steady, &anchor);
  text = conc_anchor_to_text (&anchor);
  before = conc_anchor_dup_timebase (&anchor);
  conc_steady_clock_free (steady);

  conc_fake_clock_advance (&fake, 60 * SECOND);
  conc_fake_clock_set_wall (&fake, -90 * SECOND);
  g_assert_true (conc_anchor_from_text (text, &read));
  steady = start (&fake, &read);
  g_assert_cmpint (get_usec (steady), ==, MORNING_USEC + 12345678 + HOUR + 60 * SECOND);
  g_assert_true (conc_steady_clock_look (steady, &change));
  g_assert_cmpint (change.step_usec, ==, -90 * SECOND);
  conc_steady_clock_get_anchor (steady, &read);
  g_assert_true (conc_anchor_is_equal (&anchor, &read));
  after = conc_anchor_dup_timebase (&read);
  g_assert_cmpstr (after, ==, before);
  conc_steady_clock_free (steady);
}

static void
test_computer_is_restarted (void)
{
  ConcFakeClock    fake;
  ConcAnchor       anchor, fresh;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  ConcSteadyClock *steady;

  conc_fake_clock_init (&fake, MORNING_USEC);
  steady = start (&fake, NULL);
  conc_steady_clock_get_anchor (steady, &anchor);
  before = conc_anchor_dup_timebase (&anchor);
  conc_steady_clock_free (steady);

  conc_fake_clock_reboot (&fake, 90 * SECOND);
  steady = start (&fake, &anchor);
  g_assert_cmpint (get_usec (steady), ==, MORNING_USEC + 90 * SECOND);
  conc_steady_clock_get_anchor (steady, &fresh);
  after = conc_anchor_dup_timebase (&fresh);
  g_assert_cmpstr (after, !=, before);
  conc_steady_clock_free (steady);
}

/* The clock follows the wall clock anew only when it is told to. */
static void
test_begin_anew (void)
{
  ConcFakeClock fake;
  g_autoptr (ConcSteadyClock) steady = NULL;
  gint64 offset_usec, error_usec;

  conc_fake_clock_init (&fake, MORNING_USEC);
  steady = start (&fake, NULL);
  conc_steady_clock_set_offset (steady, 5, 1);
  conc_fake_clock_advance (&fake, SECOND);
  conc_fake_clock_set_wall (&fake, -HOUR);
  conc_steady_clock_begin_anew (steady);
  g_assert_cmpint (get_usec (steady), ==, MORNING_USEC + SECOND - HOUR);
  g_assert_false (conc_steady_clock_get_offset (steady, &offset_usec, &error_usec, NULL));
}

/* A key that waited while the program was busy, pressed before or after a step of the wall clock.
 */
static void
test_time_of_a_key (void)
{
  ConcFakeClock fake;
  g_autoptr (ConcSteadyClock) steady = NULL;
  gint64 pressed_usec;

  conc_fake_clock_init (&fake, MORNING_USEC);
  steady = start (&fake, NULL);
  conc_fake_clock_suspend (&fake, HOUR);
  conc_fake_clock_advance (&fake, SECOND);
  pressed_usec = fake.monotonic_usec;
  conc_fake_clock_advance (&fake, 300 * MSEC);
  conc_fake_clock_set_wall (&fake, -HOUR);
  g_assert_cmpint (conc_steady_clock_from_monotonic (steady, pressed_usec), ==,
                   MORNING_USEC + HOUR + SECOND);
}

/* What is known of the hub grows old, less sure, and ends with sleep; the race clock follows what
 * it is told. */
static void
test_offset (void)
{
  ConcFakeClock   fake;
  ConcClockChange change;
  g_autoptr (ConcSteadyClock) steady = NULL;
  ConcClock *race;
  gint64     offset_usec, error_usec, age_usec;

  conc_fake_clock_init (&fake, MORNING_USEC);
  steady = start (&fake, NULL);
  race = conc_steady_clock_get_race_clock (steady);
  g_assert_false (conc_steady_clock_get_offset (steady, &offset_usec, &error_usec, &age_usec));
  g_assert_true (conc_steady_clock_set_offset (steady, 30000, 1000));
  g_assert_false (conc_steady_clock_set_offset (steady, 30000, 600));
  g_assert_true (conc_steady_clock_set_offset (steady, 30000, 500));
  g_assert_false (conc_steady_clock_set_offset (steady, 31000, 4000));
  conc_fake_clock_advance (&fake, 100 * SECOND);
  g_assert_true (conc_steady_clock_get_offset (steady, &offset_usec, &error_usec, &age_usec));
  g_assert_cmpint (offset_usec, ==, 31000);
  g_assert_cmpint (error_usec, ==, 14000);
  g_assert_cmpint (age_usec, ==, 100 * SECOND);
  g_assert_cmpint (conc_clock_get_wall_usec (race), ==, get_usec (steady));
  conc_steady_clock_set_shift (steady, 30000);
  g_assert_cmpint (conc_clock_get_wall_usec (race), ==, get_usec (steady) + 30000);
  conc_fake_clock_suspend (&fake, HOUR);
  g_assert_true (conc_steady_clock_look (steady, &change));
  g_assert_false (conc_steady_clock_get_offset (steady, &offset_usec, &error_usec, NULL));
  g_assert_true (conc_steady_clock_set_offset (steady, 31000, 4000));
  g_assert_cmpint (conc_clock_get_wall_usec (race), ==, get_usec (steady) + 30000);
}

/* Sleep begins another timebase of the same base. */
static void
test_timebase (void)
{
  ConcAnchor       anchor = { .boot_id = "3f2a9c1e07b2", .boottime_usec = 5021337999 };
  g_autofree char *before = conc_anchor_dup_timebase (&anchor);
  g_autofree char *after = NULL;
  g_autofree char *base = NULL;
  g_autofree char *foreign = conc_timebase_dup_base ("a stopwatch");

  anchor.suspended_usec = 61000999;
  after = conc_anchor_dup_timebase (&anchor);
  base = conc_timebase_dup_base (after);
  g_assert_cmpstr (before, ==, "3f2a9c1e07b2-5021337+0");
  g_assert_cmpstr (after, ==, "3f2a9c1e07b2-5021337+61000");
  g_assert_cmpstr (base, ==, "3f2a9c1e07b2-5021337");
  g_assert_cmpstr (foreign, ==, "a stopwatch");
}

static void
test_rank (void)
{
  static const struct
  {
    gint64 error_usec;
    guint  rank;
  } vectors[] = { { 0, 1 },    { 1, 1 },     { 2, 2 },     { 3, 2 },          { 511, 9 },
                  { 512, 10 }, { 1023, 10 }, { 1024, 11 }, { G_MAXINT64, 63 } };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    g_assert_cmpuint (conc_offset_get_rank (vectors[i].error_usec), ==, vectors[i].rank);
}

static void
test_unreadable_anchors (void)
{
  static const char *const texts[] = {
    "",
    "{}",
    "nonsense",
    "{\"boot\":\"\",\"boottime_usec\":1,\"difference_usec\":0,\"seen_usec\":1,"
    "\"suspended_usec\":0,\"wall_usec\":1}",
    "{\"boot\":\"aaaaaaaaaaaaa\",\"boottime_usec\":1,\"difference_usec\":0,\"seen_usec\":1,"
    "\"suspended_usec\":0,\"wall_usec\":1}",
    "{\"boot\":\"a\",\"boottime_usec\":1,\"difference_usec\":0,\"seen_usec\":1,"
    "\"suspended_usec\":0,\"wall_usec\":9223372036854775806}",
    "{\"boot\":\"a\",\"boottime_usec\":1,\"difference_usec\":0,\"seen_usec\":1,"
    "\"suspended_usec\":0}",
  };
  ConcAnchor anchor = { .wall_usec = 5 };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_false (conc_anchor_from_text (texts[i], &anchor));
  g_assert_cmpint (anchor.wall_usec, ==, 5);
}

/* The clocks of this computer: they go on together. */
static void
test_this_computer (void)
{
  ConcClock  *clock = conc_clock_get_system ();
  ConcReading first, second;

  g_assert_null (clock->get_boot_id);
  conc_reading_take (&first, clock);
  conc_reading_take (&second, clock);
  g_assert_cmpint (second.boottime_usec, >=, first.boottime_usec);
  g_assert_cmpint (second.monotonic_usec, >=, first.monotonic_usec);
  g_assert_cmpint (first.boottime_usec, >=, first.monotonic_usec - first.error_usec);
  g_assert_cmpint (first.error_usec, >=, 0);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *path = g_strconcat ("/steady-clock/", changes[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_change);
    }
  g_test_add_func ("/steady-clock/slewing and a step", test_slewing_and_a_step);
  g_test_add_func ("/steady-clock/the program is restarted", test_program_is_restarted);
  g_test_add_func ("/steady-clock/the computer is restarted", test_computer_is_restarted);
  g_test_add_func ("/steady-clock/begins anew", test_begin_anew);
  g_test_add_func ("/steady-clock/the time of a key", test_time_of_a_key);
  g_test_add_func ("/steady-clock/what is known of the hub", test_offset);
  g_test_add_func ("/steady-clock/names of timebases", test_timebase);
  g_test_add_func ("/steady-clock/ranks", test_rank);
  g_test_add_func ("/steady-clock/unreadable anchors", test_unreadable_anchors);
  g_test_add_func ("/steady-clock/this computer", test_this_computer);
  return g_test_run ();
}
