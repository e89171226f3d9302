/* test-clock-offset.c: the distance of two clocks, measured over a link that does what it likes. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/clock-offset.h"

#include <locale.h>

#define SEEDS 200
#define ROUNDS 300
#define WARM_UP 10
#define LAN_AIM_USEC 10000
#define SECOND ((gint64) G_USEC_PER_SEC)

/* Two laptops and true time. Each clock is right at time 0 but for its offset, and then drifts. */
typedef struct
{
  GRand *random;
  gint64 true_usec;
  gint64 wall_usec;  /* this wall clock less this monotonic clock */
  gint64 other_usec; /* the other clock less true time, at time 0 */
  gint64 slept_usec;
  int    own_ppm, other_ppm;
} World;

static gint64
drift (gint64 usec, int ppm)
{
  return usec / G_USEC_PER_SEC * ppm + usec % G_USEC_PER_SEC * ppm / G_USEC_PER_SEC;
}

static gint64
get_monotonic (const World *world)
{
  return world->true_usec + drift (world->true_usec, world->own_ppm) - world->slept_usec;
}

static gint64
get_other (const World *world)
{
  return world->true_usec + drift (world->true_usec, world->other_ppm) + world->other_usec;
}

static gint64
get_truth (const World *world)
{
  return get_other (world) - (get_monotonic (world) + world->wall_usec);
}

static void
exchange (World *world, ConcOffsetFilter *filter, gint64 there_usec, gint64 back_usec)
{
  gint64 sent_usec = get_monotonic (world), answered_usec;

  world->true_usec += there_usec;
  answered_usec = get_other (world);
  world->true_usec += back_usec;
  conc_offset_filter_add (filter, sent_usec, answered_usec, get_monotonic (world),
                          world->wall_usec);
}

static gint64
assert_true_within_error (const World *world, const ConcOffsetFilter *filter)
{
  gint64 offset_usec, error_usec;

  g_assert_true (conc_offset_filter_get (filter, &offset_usec, &error_usec));
  g_assert_cmpint (ABS (offset_usec - get_truth (world)), <=, error_usec);
  return error_usec;
}

/* One way through a hall: a fraction of a millisecond to a few, and now and then 200 ms. */
static gint64
random_delay (GRand *random, gint64 least_usec, int load_usec)
{
  gint64 delay_usec = least_usec + g_rand_int_range (random, 0, load_usec);

  if (g_rand_int_range (random, 0, 20) == 0)
    delay_usec += g_rand_int_range (random, 0, 200000);
  return delay_usec;
}

static void
world_init (World *world, guint32 seed)
{
  GRand *random = g_rand_new_with_seed (seed);

  *world = (World){ .random = random,
                    .wall_usec = g_rand_int_range (random, 0, G_MAXINT32) * SECOND,
                    .other_usec = g_rand_int_range (random, -1000000000, 1000000000),
                    .own_ppm = g_rand_int_range (random, -50, 51),
                    .other_ppm = g_rand_int_range (random, -50, 51) };
}

static void
world_clear (World *world)
{
  g_rand_free (world->random);
}

static void
test_knows_nothing (void)
{
  g_autoptr (ConcOffsetFilter) filter = conc_offset_filter_new ();
  gint64 offset_usec = 47, error_usec = 11;

  g_assert_false (conc_offset_filter_get (filter, &offset_usec, &error_usec));
  conc_offset_filter_add (filter, 0, 1000, 10, 0);
  g_assert_true (conc_offset_filter_get (filter, &offset_usec, &error_usec));
  conc_offset_filter_forget (filter);
  offset_usec = 47;
  g_assert_false (conc_offset_filter_get (filter, &offset_usec, &error_usec));
  g_assert_cmpint (offset_usec, ==, 47);
}

static void
test_least_delay_wins (void)
{
  g_autoptr (ConcOffsetFilter) filter = conc_offset_filter_new ();
  gint64 offset_usec, error_usec;

  conc_offset_filter_add (filter, 1000, 502100, 4000, 100);
  conc_offset_filter_add (filter, 5000, 505600, 5200, 100);
  conc_offset_filter_add (filter, 6000, 600000, 206000, 100);
  g_assert_true (conc_offset_filter_get (filter, &offset_usec, &error_usec));
  g_assert_cmpint (offset_usec, ==, 505600 - 5100 - 100);
  g_assert_cmpint (error_usec, ==, 100 + 201000 / 10000 + 1);
}

static void
test_nonsense_is_not_counted (void)
{
  static const gint64 cases[][4] = {
    { 10, 1000, 9, 0 },       { 0, 1000, 61 * SECOND, 0 },      { 0, G_MAXINT64, 10, 0 },
    { 0, G_MININT64, 10, 0 }, { G_MININT64, 0, G_MAXINT64, 0 }, { G_MAXINT64, 0, G_MININT64, 0 },
    { 0, 0, 10, G_MININT64 },
  };
  g_autoptr (ConcOffsetFilter) filter = conc_offset_filter_new ();
  gint64 offset_usec, error_usec;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    conc_offset_filter_add (filter, cases[i][0], cases[i][1], cases[i][2], cases[i][3]);
  g_assert_false (conc_offset_filter_get (filter, &offset_usec, &error_usec));
}

/* One way is ten times as long as the other, and none is ever equal. */
static void
test_asymmetric_delay_is_uncertainty (void)
{
  for (guint32 seed = 0; seed < SEEDS; seed++)
    {
      g_autoptr (ConcOffsetFilter) filter = conc_offset_filter_new ();
      World  world;
      gint64 there_usec, back_usec;

      world_init (&world, seed);
      there_usec = g_rand_int_range (world.random, 100, 100000);
      back_usec = seed % 2 == 0 ? there_usec / 10 : there_usec * 10;
      for (guint i = 0; i < ROUNDS; i++)
        {
          exchange (&world, filter, random_delay (world.random, there_usec, 1000),
                    random_delay (world.random, back_usec, 100));
          assert_true_within_error (&world, filter);
          world.true_usec += g_rand_int_range (world.random, 0, (int) (3 * SECOND));
        }
      world_clear (&world);
    }
}

static void
test_lan_under_load (void)
{
  for (guint32 seed = 0; seed < SEEDS; seed++)
    {
      g_autoptr (ConcOffsetFilter) filter = conc_offset_filter_new ();
      World world;

      world_init (&world, seed);
      for (guint i = 0; i < ROUNDS; i++)
        {
          gint64 error_usec;

          exchange (&world, filter, random_delay (world.random, 200, 8000),
                    random_delay (world.random, 200, 8000));
          error_usec = assert_true_within_error (&world, filter);
          if (i >= WARM_UP)
            g_assert_cmpint (error_usec, <, LAN_AIM_USEC);
          world.true_usec += SECOND;
        }
      world_clear (&world);
    }
}

typedef void (*Disturbance) (World *world);

static void
set_own_clock (World *world)
{
  world->wall_usec += g_rand_int_range (world->random, -10 * SECOND, 10 * SECOND);
}

static void
set_other_clock (World *world)
{
  gint64 step_usec = g_rand_int_range (world->random, SECOND, 10 * SECOND);

  world->other_usec += g_rand_boolean (world->random) ? step_usec : -step_usec;
}

/* The wall clock goes on and the monotonic one does not. */
static void
sleep_for_a_while (World *world)
{
  gint64 usec = g_rand_int_range (world->random, SECOND, 100 * SECOND);

  world->true_usec += usec;
  world->slept_usec += usec;
  world->wall_usec += usec;
}

static void
run_disturbed (Disturbance disturb)
{
  for (guint32 seed = 0; seed < SEEDS; seed++)
    {
      g_autoptr (ConcOffsetFilter) filter = conc_offset_filter_new ();
      World world;

      world_init (&world, seed);
      for (guint i = 0; i < ROUNDS; i++)
        {
          exchange (&world, filter, random_delay (world.random, 200, 2000),
                    random_delay (world.random, 200, 2000));
          assert_true_within_error (&world, filter);
          world.true_usec += SECOND;
          if (g_rand_int_range (world.random, 0, 25) == 0)
            disturb (&world);
        }
      world_clear (&world);
    }
}

static void
test_own_clock_is_set (void)
{
  run_disturbed (set_own_clock);
}

static void
test_other_clock_is_set (void)
{
  run_disturbed (set_other_clock);
}

static void
test_sleep (void)
{
  run_disturbed (sleep_for_a_while);
}

/* What was measured before a step of this wall clock is not lost by it. */
static void
test_step_keeps_what_is_known (void)
{
  g_autoptr (ConcOffsetFilter) filter = conc_offset_filter_new ();
  World world;

  world_init (&world, 1);
  exchange (&world, filter, 300, 400);
  world.wall_usec += 3 * SECOND;
  exchange (&world, filter, 150000, 40000);
  g_assert_cmpint (assert_true_within_error (&world, filter), <, 500);
  world_clear (&world);
}

/* After a pause the last minute does not count, nor does a lucky exchange for ever. */
static void
test_old_exchanges_are_dropped (void)
{
  g_autoptr (ConcOffsetFilter) filter = conc_offset_filter_new ();
  World world;

  world_init (&world, 2);
  exchange (&world, filter, 10, 10);
  world.true_usec += 50 * SECOND;
  exchange (&world, filter, 20000, 20000);
  g_assert_cmpint (assert_true_within_error (&world, filter), <, 5100);
  world.true_usec += 50 * SECOND;
  exchange (&world, filter, 30000, 30000);
  g_assert_cmpint (assert_true_within_error (&world, filter), >, 20000);
  world_clear (&world);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/clock-offset/knows nothing at first", test_knows_nothing);
  g_test_add_func ("/clock-offset/the least delay wins", test_least_delay_wins);
  g_test_add_func ("/clock-offset/nonsense is not counted", test_nonsense_is_not_counted);
  g_test_add_func ("/clock-offset/asymmetric delay is uncertainty",
                   test_asymmetric_delay_is_uncertainty);
  g_test_add_func ("/clock-offset/under 10 ms on a LAN under load", test_lan_under_load);
  g_test_add_func ("/clock-offset/this clock is set", test_own_clock_is_set);
  g_test_add_func ("/clock-offset/the other clock is set", test_other_clock_is_set);
  g_test_add_func ("/clock-offset/this laptop sleeps", test_sleep);
  g_test_add_func ("/clock-offset/a step keeps what is known", test_step_keeps_what_is_known);
  g_test_add_func ("/clock-offset/old exchanges are dropped", test_old_exchanges_are_dropped);
  return g_test_run ();
}
