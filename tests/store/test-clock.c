/* test-clock.c: times count the same whatever is done to the clocks of the laptops. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/cards.h"
#include "store/identity.h"
#include "store/maintain.h"
#include "store/reader-sync.h"
#include "store/receive.h"
#include "store/station-clock.h"
#include "store/timebase.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

/* 2017-12-09, 09:00 in Minneapolis. */
#define MORNING_USEC (G_GINT64_CONSTANT (1512831600) * G_USEC_PER_SEC)
#define SECOND ((gint64) G_USEC_PER_SEC)
#define MINUTE (60 * SECOND)
#define MSEC (SECOND / 1000)

typedef struct
{
  char         *path;
  ConcFakeClock clock;
  ConcRaceFile *file;
} Laptop;

/* Two laptops of one race; the second is 2 s behind the first, whose clock is that of the hub. */
typedef struct
{
  char  *folder;
  Laptop hub, line;
} Fixture;

#define BEHIND_USEC (2 * SECOND)

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConcSettings) settings = conc_settings_new ();
  g_autoptr (GError) error = NULL;
  ConcIdentity identity = { .role = CONC_ROLE_TIMING, .station_name = "Line" };

  fixture->folder = g_dir_make_tmp ("concourse-test-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->hub.path = g_build_filename (fixture->folder, "hub.race", NULL);
  fixture->line.path = g_build_filename (fixture->folder, "line.race", NULL);
  conc_fake_clock_init (&fixture->hub.clock, MORNING_USEC);
  conc_fake_clock_init (&fixture->line.clock, MORNING_USEC - BEHIND_USEC);
  conc_settings_set (settings, CONC_SETTING_DATE, "2017-12-09");
  conc_settings_set (settings, CONC_SETTING_TIMEZONE, "America/Chicago");
  fixture->hub.file =
      conc_race_file_create (fixture->hub.path, settings, &fixture->hub.clock.clock, &error);
  g_assert_no_error (error);
  identity.race_id = conc_race_file_get_race_id (fixture->hub.file);
  identity.key = conc_race_file_get_key (fixture->hub.file);
  fixture->line.file = conc_race_file_create_joined (fixture->line.path, &identity,
                                                     &fixture->line.clock.clock, &error);
  g_assert_no_error (error);
}

/* Whatever a test did, the projections are as the facts say. */
static void
close_laptop (Laptop *laptop)
{
  g_autoptr (GPtrArray) sentences = NULL;
  g_autoptr (GError) error = NULL;
  gint64 n_facts;

  conc_race_file_close (laptop->file);
  g_clear_object (&laptop->file);
  conc_verify (laptop->path, &sentences, &n_facts, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < sentences->len; i++)
    g_test_message ("%s", (char *) g_ptr_array_index (sentences, i));
  g_assert_cmpuint (sentences->len, ==, 0);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = NULL;

  close_laptop (&fixture->hub);
  close_laptop (&fixture->line);
  dir = g_dir_open (fixture->folder, 0, NULL);
  for (const char *name; (name = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->hub.path);
  g_free (fixture->line.path);
  g_free (fixture->folder);
}

static void
reopen (Laptop *laptop)
{
  g_autoptr (GError) error = NULL;

  close_laptop (laptop);
  laptop->file = conc_race_file_open (laptop->path, CONC_OPEN_WRITE, &laptop->clock.clock, &error);
  g_assert_no_error (error);
}

static void
advance (Fixture *fixture, gint64 usec)
{
  conc_fake_clock_advance (&fixture->hub.clock, usec);
  conc_fake_clock_advance (&fixture->line.clock, usec);
}

static ConcCommand *
make (Laptop *laptop, ConcCommandKind kind)
{
  return conc_command_new (kind, conc_race_file_get_clock (laptop->file));
}

static ConcFactId
submit (Laptop *laptop, ConcCommand *command)
{
  g_autoptr (ConcCommand) owned = command;
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcReceipt) receipt = conc_race_file_submit (laptop->file, owned, &error);

  g_assert_no_error (error);
  return receipt->fact;
}

static char *
tap (Laptop *laptop)
{
  ConcFactId id = submit (laptop, make (laptop, CONC_COMMAND_TAP));

  return conc_fact_id_to_text (&id);
}

static void
fire (Laptop *laptop)
{
  submit (laptop, make (laptop, CONC_COMMAND_GUN));
}

/* What came of the worker's exchange with the hub. */
static void
measure (Laptop *laptop, gint64 offset_usec, gint64 error_usec)
{
  g_autoptr (GError) error = NULL;

  conc_race_file_tell_offset (laptop->file, offset_usec, error_usec, &error);
  g_assert_no_error (error);
}

static void
give (Laptop *from, Laptop *to)
{
  g_autoptr (GPtrArray) facts = NULL;
  g_autoptr (GError) error = NULL;
  gint64 after = 0;

  facts =
      conc_reader_list_facts_after (conc_race_file_get_reader (from->file), &after, 10000, &error);
  g_assert_no_error (error);
  conc_race_file_receive (to->file, facts, NULL, &error);
  g_assert_no_error (error);
}

static void
exchange (Fixture *fixture)
{
  give (&fixture->hub, &fixture->line);
  give (&fixture->line, &fixture->hub);
}

static gint64
get_gun (Laptop *laptop)
{
  ConcCounts counts;

  g_assert_true (conc_reader_count (conc_race_file_get_reader (laptop->file), &counts, NULL));
  return counts.first_gun_usec;
}

static gint64
get_tap (Laptop *laptop, const char *fact)
{
  g_autoptr (GError) error = NULL;
  ConcTap *found = conc_reader_get_tap (conc_race_file_get_reader (laptop->file), fact, &error);
  gint64   at_usec;

  g_assert_no_error (error);
  g_assert_nonnull (found);
  at_usec = found->at_usec;
  conc_tap_free (found);
  return at_usec;
}

static guint
count_events (Laptop *laptop, const char *event)
{
  g_autoptr (GPtrArray) facts = NULL;
  gint64 after = 0;
  guint  n = 0;

  facts =
      conc_reader_list_facts_after (conc_race_file_get_reader (laptop->file), &after, 10000, NULL);
  for (guint i = 0; i < facts->len; i++)
    {
      const ConcFact *fact = g_ptr_array_index (facts, i);

      if (fact->kind == CONC_KIND_CLOCK &&
          g_strcmp0 (conc_body_get_text (fact->body, "event"), event) == 0)
        n++;
    }
  return n;
}

static ConcFact *
get_last_fact (Laptop *laptop)
{
  g_autoptr (GPtrArray) facts = NULL;
  gint64 after = 0;

  facts =
      conc_reader_list_facts_after (conc_race_file_get_reader (laptop->file), &after, 10000, NULL);
  g_assert_cmpuint (facts->len, >, 0);
  return conc_fact_ref (g_ptr_array_index (facts, facts->len - 1));
}

/* A time says by which clock it was taken, what the wall clock said and how far the hub was. */
static void
test_keys (Fixture *fixture, gconstpointer data)
{
  Laptop          *line = &fixture->line;
  g_autofree char *first = tap (line);
  g_autofree char *second = NULL;
  g_autoptr (ConcFact) plain = get_last_fact (line);
  g_autoptr (ConcFact) full = NULL;

  g_assert_cmpstr (conc_body_get_text (plain->body, "clock"), ==, "fake1-1000+0");
  g_assert_cmpint (conc_body_get_int (plain->body, "monotonic_usec", 0), ==, SECOND);
  g_assert_false (conc_body_has (plain->body, "wall"));
  g_assert_false (conc_body_has (plain->body, "offset_usec"));
  conc_fake_clock_set_wall (&line->clock, 5 * SECOND);
  measure (line, 1999000, 4000);
  advance (fixture, 10 * SECOND);
  second = tap (line);
  full = get_last_fact (line);
  g_assert_cmpstr (conc_body_get_text (full->body, "at"), ==, "2017-12-09T15:00:08Z");
  g_assert_cmpstr (conc_body_get_text (full->body, "wall"), ==, "2017-12-09T15:00:13Z");
  g_assert_cmpint (conc_body_get_int (full->body, "offset_usec", 0), ==, 1999000);
  g_assert_cmpint (conc_body_get_int (full->body, "offset_error_usec", 0), ==, 5000);
}

/* The gun at one laptop, taps at another that is 2 s behind: the race is as long as it was, once
 * both know how far the hub's clock is, whether that was known before or is found out after. */
static void
test_two_stations (Fixture *fixture, gconstpointer data)
{
  g_autofree char *early = NULL;
  g_autofree char *late = NULL;

  measure (&fixture->hub, 40, 200);
  fire (&fixture->hub);
  advance (fixture, 20 * MINUTE);
  early = tap (&fixture->line);
  exchange (fixture);
  g_assert_cmpint (get_tap (&fixture->hub, early) - get_gun (&fixture->hub), ==,
                   20 * MINUTE - BEHIND_USEC - 40);

  measure (&fixture->line, BEHIND_USEC + 40, 500);
  advance (fixture, MINUTE);
  late = tap (&fixture->line);
  exchange (fixture);
  for (guint i = 0; i < 2; i++)
    {
      Laptop *laptop = i == 0 ? &fixture->hub : &fixture->line;

      g_assert_cmpint (get_tap (laptop, early) - get_gun (laptop), ==, 20 * MINUTE);
      g_assert_cmpint (get_tap (laptop, late) - get_gun (laptop), ==, 21 * MINUTE);
    }
  g_assert_cmpuint (count_events (&fixture->hub, CONC_CLOCK_EVENT_MEASURED), ==, 1);
}

/* What is a little better changes nothing; what is much better is written down and moves all times
 * of the timebase together. */
static void
test_better_measurements (Fixture *fixture, gconstpointer data)
{
  Laptop          *line = &fixture->line;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  gint64           first_usec;

  measure (line, BEHIND_USEC + 900, 900);
  first = tap (line);
  first_usec = get_tap (line, first);
  g_assert_cmpint (first_usec, ==, MORNING_USEC + 900);
  measure (line, BEHIND_USEC + 700, 700);
  advance (fixture, 1);
  second = tap (line);
  g_assert_cmpint (get_tap (line, first), ==, first_usec);
  g_assert_cmpint (get_tap (line, second), ==, first_usec + 1);
  measure (line, BEHIND_USEC + 5, 50);
  g_assert_cmpint (get_tap (line, first), ==, MORNING_USEC + 5);
  g_assert_cmpint (get_tap (line, second), ==, MORNING_USEC + 6);
  g_assert_cmpuint (count_events (line, CONC_CLOCK_EVENT_MEASURED), ==, 1);
}

/* The race clock shows what times count as, also at a station that records none. */
static void
test_race_clock (Fixture *fixture, gconstpointer data)
{
  Laptop          *line = &fixture->line;
  g_autofree char *first = NULL;

  g_assert_cmpint (conc_clock_get_wall_usec (conc_race_file_get_race_clock (line->file)), ==,
                   MORNING_USEC - BEHIND_USEC);
  measure (line, BEHIND_USEC, 900);
  g_assert_cmpint (conc_clock_get_wall_usec (conc_race_file_get_race_clock (line->file)), ==,
                   MORNING_USEC);
  first = tap (line);
  measure (line, BEHIND_USEC + 3, 800);
  g_assert_cmpint (conc_clock_get_wall_usec (conc_race_file_get_race_clock (line->file)), ==,
                   MORNING_USEC);
  reopen (line);
  g_assert_cmpint (conc_clock_get_wall_usec (conc_race_file_get_race_clock (line->file)), ==,
                   MORNING_USEC);
}

/* Somebody sets the wall clock in the middle of the race, and again while the program is away. */
static void
test_steps (Fixture *fixture, gconstpointer data)
{
  Laptop          *hub = &fixture->hub;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;

  fire (hub);
  advance (fixture, 10 * MINUTE);
  first = tap (hub);
  conc_fake_clock_set_wall (&hub->clock, -60 * MINUTE);
  advance (fixture, MINUTE);
  second = tap (hub);
  g_assert_cmpuint (count_events (hub, CONC_CLOCK_EVENT_STEP), ==, 1);
  conc_fake_clock_set_wall (&hub->clock, 61 * MINUTE);
  reopen (hub);
  advance (fixture, MINUTE);
  third = tap (hub);
  g_assert_cmpint (get_tap (hub, first) - get_gun (hub), ==, 10 * MINUTE);
  g_assert_cmpint (get_tap (hub, second) - get_gun (hub), ==, 11 * MINUTE);
  g_assert_cmpint (get_tap (hub, third) - get_gun (hub), ==, 12 * MINUTE);
  g_assert_cmpuint (count_events (hub, CONC_CLOCK_EVENT_STEP), ==, 2);
}

/* Nothing is entered, and still it is said. */
static void
test_watch (Fixture *fixture, gconstpointer data)
{
  Laptop *hub = &fixture->hub;

  fire (hub);
  g_assert_true (conc_race_file_watch_clock (hub->file, NULL));
  g_assert_cmpuint (count_events (hub, CONC_CLOCK_EVENT_STEP), ==, 0);
  conc_fake_clock_set_wall (&hub->clock, 12 * MSEC);
  g_assert_true (conc_race_file_watch_clock (hub->file, NULL));
  g_assert_true (conc_race_file_watch_clock (hub->file, NULL));
  g_assert_cmpuint (count_events (hub, CONC_CLOCK_EVENT_STEP), ==, 1);
}

/* As long as no time is recorded, a clock that is put right is right. */
static void
test_before_the_race (Fixture *fixture, gconstpointer data)
{
  Laptop *hub = &fixture->hub;

  conc_fake_clock_set_wall (&hub->clock, 90 * SECOND);
  reopen (hub);
  g_assert_cmpint (conc_clock_get_wall_usec (conc_race_file_get_clock (hub->file)), ==,
                   MORNING_USEC + 90 * SECOND);
  conc_fake_clock_set_wall (&hub->clock, -30 * SECOND);
  g_assert_true (conc_race_file_watch_clock (hub->file, NULL));
  fire (hub);
  g_assert_cmpint (get_gun (hub), ==, MORNING_USEC + 60 * SECOND);
  g_assert_cmpuint (count_events (hub, CONC_CLOCK_EVENT_STEP), ==, 0);
}

/* A program that is started again goes on to the microsecond: before midnight, after midnight, and
 * whatever the wall clock says. */
static void
test_restart (Fixture *fixture, gconstpointer data)
{
  Laptop *hub = &fixture->hub;

  advance (fixture, 14 * 60 * MINUTE);
  fire (hub);
  for (gint64 n = 1; n <= 5; n++)
    {
      advance (fixture, 17 * MINUTE + 123457);
      conc_fake_clock_set_wall (&hub->clock, n * 7 * SECOND);
      reopen (hub);
      g_assert_cmpint (conc_clock_get_wall_usec (conc_race_file_get_race_clock (hub->file)) -
                           get_gun (hub),
                       ==, n * (17 * MINUTE + 123457));
    }
}

/* The laptop sleeps for an hour; then its clock is half a second off, which is measured again. The
 * times before are not touched, and until it is measured those after are as far off as they were.
 */
static void
test_sleep (Fixture *fixture, gconstpointer data)
{
  Laptop          *line = &fixture->line;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  measure (line, BEHIND_USEC, 500);
  before = tap (line);
  conc_fake_clock_suspend (&line->clock, 60 * MINUTE);
  after = tap (line);
  g_assert_cmpint (get_tap (line, before), ==, MORNING_USEC);
  g_assert_cmpint (get_tap (line, after), ==, MORNING_USEC + 60 * MINUTE);
  measure (line, BEHIND_USEC + 500 * MSEC, 400);
  g_assert_cmpint (get_tap (line, before), ==, MORNING_USEC);
  g_assert_cmpint (get_tap (line, after), ==, MORNING_USEC + 60 * MINUTE + 500 * MSEC);
  g_assert_cmpuint (count_events (line, CONC_CLOCK_EVENT_SUSPEND), ==, 1);
  g_assert_cmpuint (count_events (line, CONC_CLOCK_EVENT_STEP), ==, 0);
}

/* The laptop's battery was empty. Its clock begins anew, which is said once. */
static void
test_reboot (Fixture *fixture, gconstpointer data)
{
  Laptop          *line = &fixture->line;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  measure (line, BEHIND_USEC, 500);
  before = tap (line);
  conc_fake_clock_reboot (&line->clock, 5 * MINUTE);
  conc_fake_clock_set_wall (&line->clock, -30 * SECOND);
  reopen (line);
  after = tap (line);
  measure (line, BEHIND_USEC + 30 * SECOND, 500);
  g_assert_cmpint (get_tap (line, before), ==, MORNING_USEC);
  g_assert_cmpint (get_tap (line, after), ==, MORNING_USEC + 5 * MINUTE);
  g_assert_cmpuint (count_events (line, CONC_CLOCK_EVENT_START), ==, 1);
  g_assert_cmpuint (count_events (line, CONC_CLOCK_EVENT_STEP), ==, 0);
  reopen (line);
  g_free (tap (line));
  g_assert_cmpuint (count_events (line, CONC_CLOCK_EVENT_START), ==, 1);
}

/* What was typed is what somebody said that it was. */
static void
test_typed (Fixture *fixture, gconstpointer data)
{
  Laptop      *line = &fixture->line;
  ConcCommand *command = make (line, CONC_COMMAND_GUN);
  g_autoptr (ConcFact) fact = NULL;

  exchange (fixture);
  measure (line, BEHIND_USEC, 500);
  fire (line);
  g_assert_cmpint (get_gun (line), ==, MORNING_USEC);
  command->when = g_strdup ("2017-12-09T08:59:30-06:00");
  submit (line, command);
  fact = get_last_fact (line);
  g_assert_false (conc_body_has (fact->body, "clock"));
  g_assert_false (conc_body_has (fact->body, "offset_usec"));
  g_assert_cmpint (get_gun (line), ==, MORNING_USEC - 30 * SECOND);
  measure (line, BEHIND_USEC + 8, 5);
  g_assert_cmpint (get_gun (line), ==, MORNING_USEC - 30 * SECOND);
}

/* Both fired the gun, and the organizer takes the one of the line: it counts by the line's clock,
 * and follows what is found out about that. */
static void
test_settled_gun (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) cards = NULL;
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  const ConcCard  *card;
  g_autofree char *choice = NULL;

  fire (&fixture->line);
  advance (fixture, 100 * MSEC);
  fire (&fixture->hub);
  exchange (fixture);
  cards = conc_reader_list_cards (conc_race_file_get_reader (fixture->hub.file), zone, NULL);
  g_assert_cmpuint (cards->len, ==, 1);
  card = g_ptr_array_index (cards, 0);
  for (guint i = 0; i < card->choices->len; i++)
    {
      const ConcChoice *each = g_ptr_array_index (card->choices, i);

      if (strstr (each->id, conc_race_file_get_station (fixture->line.file)) != NULL)
        choice = g_strdup (each->id);
    }
  g_assert_nonnull (choice);
  submit (&fixture->hub,
          conc_command_new_settle (conc_race_file_get_clock (fixture->hub.file), card->id, choice));
  exchange (fixture);
  g_assert_cmpint (get_gun (&fixture->hub), ==, MORNING_USEC - BEHIND_USEC);
  measure (&fixture->line, BEHIND_USEC, 500);
  exchange (fixture);
  g_assert_cmpint (get_gun (&fixture->hub), ==, MORNING_USEC);
  g_assert_cmpint (get_gun (&fixture->line), ==, MORNING_USEC);
}

/* A station that gets another name takes what it knows of its clock along. */
static void
test_other_name (Fixture *fixture, gconstpointer data)
{
  Laptop          *line = &fixture->line;
  g_autofree char *before = tap (line);
  g_autofree char *renamed = NULL;
  g_autoptr (GError) error = NULL;
  ConcFactId id, first = { "", 1 };

  g_strlcpy (first.station, conc_race_file_get_station (line->file), sizeof first.station);
  measure (line, BEHIND_USEC, 500);
  g_assert_true (conc_fact_id_parse (before, &id));
  conc_race_file_rename_station (line->file, &first, &error);
  g_assert_no_error (error);
  g_strlcpy (id.station, conc_race_file_get_station (line->file), sizeof id.station);
  renamed = conc_fact_id_to_text (&id);
  g_assert_cmpint (get_tap (line, renamed), ==, MORNING_USEC);
}

/* A commit that cannot be done takes nothing of what was noticed away. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
  Laptop *hub = &fixture->hub;
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcCommand) second = NULL;

  fire (hub);
  conc_fake_clock_set_wall (&hub->clock, MINUTE);
  second = make (hub, CONC_COMMAND_GUN);
  g_assert_null (conc_race_file_submit (hub->file, second, &error));
  g_assert_error (error, CONC_STORE_ERROR, CONC_STORE_ERROR_REFUSED);
  g_assert_cmpuint (count_events (hub, CONC_CLOCK_EVENT_STEP), ==, 1);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "what a time says of its clock", test_keys },
    { "two stations", test_two_stations },
    { "better measurements", test_better_measurements },
    { "the race clock", test_race_clock },
    { "the wall clock is set", test_steps },
    { "the wall clock is set and nothing entered", test_watch },
    { "the wall clock is set before the race", test_before_the_race },
    { "the program is started again", test_restart },
    { "sleep", test_sleep },
    { "the laptop is started again", test_reboot },
    { "typed times", test_typed },
    { "a gun that was decided about", test_settled_gun },
    { "another name", test_other_name },
    { "what is refused", test_refused },
  };

  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/clock/", tests[i].name, NULL);

      g_test_add (path, Fixture, NULL, set_up, tests[i].test, tear_down);
    }
  return g_test_run ();
}
