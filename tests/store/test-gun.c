/* test-gun.c: guns of several stations, guns that are set beforehand, and what moving one changes.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/race-time.h"
#include "fixture.h"
#include "store/reader-gun.h"
#include "store/receive.h"

#include <locale.h>

#define SECOND G_GINT64_CONSTANT (1000000)
#define OTHER "bbbbbbbbbb"

static ConcReceipt *
submit (Fixture *fixture, ConcCommand *command, GError **error)
{
  ConcReceipt *receipt = conc_race_file_submit (fixture->file, command, error);

  conc_command_free (command);
  return receipt;
}

static void
gun (Fixture *fixture, ConcCommandKind kind, const char *when)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcReceipt) receipt =
      submit (fixture, conc_command_new_gun (kind, &fixture->clock.clock, NULL, when), &error);

  g_assert_no_error (error);
}

static void
receive_other (Fixture *fixture, gint64 seq, ConcKind kind, const char *subject, const char *at)
{
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_fact_unref);
  g_autoptr (GError) error = NULL;
  ConcBodyBuilder *builder = conc_body_builder_new ();
  g_autoptr (ConcBody) body = NULL;
  ConcFactId   id = { OTHER, seq };
  ConcReceived received;

  if (kind == CONC_KIND_STATION)
    {
      conc_body_builder_add_text (builder, "name", "Timing 2");
      conc_body_builder_add_text (builder, "role", "timing");
    }
  else
    {
      conc_body_builder_add_text (builder, "at", at);
      conc_body_builder_add_text (builder, "wave", "");
    }
  body = conc_body_builder_end (builder);
  g_ptr_array_add (facts, conc_fact_new (&id, conc_hlc_from_usec (RACE_DAY_USEC - SECOND * seq),
                                         kind, subject, NULL, NULL, body));
  conc_race_file_receive (fixture->file, facts, &received, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (received.n_new, ==, 1);
}

/* What counts is first; @expected are milliseconds after it. */
static void
assert_takes (Fixture *fixture, guint count, const int *expected)
{
  ConcReader *reader = fixture_get_reader (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) takes = conc_reader_list_gun_takes (reader, "", &error);
  const ConcGunTake *first;

  g_assert_no_error (error);
  g_assert_cmpuint (takes->len, ==, count);
  for (guint i = 0; i < count; i++)
    {
      const ConcGunTake *take = g_ptr_array_index (takes, i);

      first = g_ptr_array_index (takes, 0);
      g_assert_cmpint ((take->at_usec - first->at_usec) / 1000, ==, expected[i]);
      g_assert_cmpint (take->counts, ==, i == 0);
      g_assert_cmpstr (take->station_name, ==,
                       g_str_equal (take->station, OTHER) ? "Timing 2" : NULL);
    }
}

static void
test_several_stations (Fixture *fixture, gconstpointer data)
{
  assert_takes (fixture, 0, NULL);
  receive_other (fixture, 1, CONC_KIND_STATION, "station:" OTHER, NULL);
  receive_other (fixture, 2, CONC_KIND_GUN, "gun:", "2017-12-09T15:00:00Z");
  gun (fixture, CONC_COMMAND_GUN_SEEN, "2017-12-09T15:00:00.21Z");
  assert_takes (fixture, 2, (const int[]){ 0, 210 });
  /* Letting that one count is a correction. */
  gun (fixture, CONC_COMMAND_GUN, "2017-12-09T15:00:00.21Z");
  assert_takes (fixture, 2, (const int[]){ 0, 0 });
}

static void
test_fired_apart (Fixture *fixture, gconstpointer data)
{
  gun (fixture, CONC_COMMAND_GUN, "2017-12-09T15:00:00.5Z");
  receive_other (fixture, 1, CONC_KIND_STATION, "station:" OTHER, NULL);
  receive_other (fixture, 2, CONC_KIND_GUN, "gun:", "2017-12-09T15:00:00Z");
  assert_takes (fixture, 2, (const int[]){ 0, -500 });
  gun (fixture, CONC_COMMAND_GUN, "2017-12-09T15:00:00Z");
  assert_takes (fixture, 1, (const int[]){ 0 });
}

static void
test_set_beforehand (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcReceipt) sooner = NULL;
  g_autoptr (ConcReceipt) second = NULL;

  fixture->clock.wall_usec = RACE_DAY_USEC - 60 * SECOND;
  gun (fixture, CONC_COMMAND_GUN, "2017-12-09T15:00:00Z");
  fixture->clock.wall_usec += 50 * SECOND;
  fixture->clock.monotonic_usec += 50 * SECOND;
  sooner =
      submit (fixture, conc_command_new_gun (CONC_COMMAND_GUN, &fixture->clock.clock, NULL, NULL),
              &error);
  g_assert_no_error (error);
  g_assert_cmpint (sooner->at_usec, ==, RACE_DAY_USEC - 10 * SECOND);
  g_assert_cmpint (sooner->previous_usec, ==, RACE_DAY_USEC);
  second =
      submit (fixture, conc_command_new_gun (CONC_COMMAND_GUN, &fixture->clock.clock, NULL, NULL),
              &error);
  g_assert_null (second);
  g_assert_error (error, CONC_STORE_ERROR, CONC_STORE_ERROR_REFUSED);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/gun/as several stations took it", Fixture, NULL, fixture_set_up,
              test_several_stations, fixture_tear_down);
  g_test_add ("/gun/fired at two stations apart", Fixture, NULL, fixture_set_up, test_fired_apart,
              fixture_tear_down);
  g_test_add ("/gun/set beforehand and fired sooner", Fixture, NULL, fixture_set_up,
              test_set_beforehand, fixture_tear_down);
  return g_test_run ();
}
