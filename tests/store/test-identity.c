/* test-identity.c: who a race file is: joined, copied, moved and renamed. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/identity.h"
#include "store/maintain.h"
#include "store/reader-sync.h"
#include "store/receive.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <sqlite3.h>

#define RACE_DAY_USEC (G_GINT64_CONSTANT (1512831600) * G_USEC_PER_SEC)
#define RACE_ID "0123456789abcdef"

typedef struct
{
  char         *folder;
  ConcFakeClock clock;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("concourse-test-XXXXXX", &error);
  g_assert_no_error (error);
  conc_fake_clock_init (&fixture->clock, RACE_DAY_USEC);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);

  for (const char *name; (name = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
}

static ConcRaceFile *
create_race (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (ConcSettings) settings = conc_settings_new ();
  g_autoptr (GError) error = NULL;
  ConcRaceFile *file;

  conc_settings_set (settings, CONC_SETTING_DATE, "2017-12-09");
  file = conc_race_file_create (path, settings, &fixture->clock.clock, &error);
  g_assert_no_error (error);
  return file;
}

static ConcRaceFile *
join_race (Fixture *fixture, const char *name, ConcRole role)
{
  static const guint8 bytes[32] = { 1, 2, 3 };
  g_autofree char    *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GBytes) key = g_bytes_new_static (bytes, sizeof bytes);
  ConcIdentity identity = { RACE_ID, key, role, "Desk 2" };
  g_autoptr (GError) error = NULL;
  ConcRaceFile *file =
      conc_race_file_create_joined (path, &identity, &fixture->clock.clock, &error);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (conc_race_file_get_key (file), key));
  return file;
}

static ConcRaceFile *
open_race (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GError) error = NULL;
  ConcRaceFile *file = conc_race_file_open (path, CONC_OPEN_WRITE, &fixture->clock.clock, &error);

  g_assert_no_error (error);
  return file;
}

static void
close_race (ConcRaceFile *file)
{
  conc_race_file_close (file);
  g_object_unref (file);
}

/* The station under which a race is opened. */
static char *
open_for_station (Fixture *fixture, const char *name)
{
  ConcRaceFile *file = open_race (fixture, name);
  char         *station = g_strdup (conc_race_file_get_station (file));

  close_race (file);
  return station;
}

static char *
verify (ConcRaceFile *file)
{
  g_autoptr (GPtrArray) sentences = NULL;
  g_autoptr (GError) error = NULL;
  char  *digest = NULL;
  gint64 n_facts;

  conc_verify (conc_race_file_get_path (file), &sentences, &n_facts, &digest, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < sentences->len; i++)
    g_test_message ("%s", (char *) g_ptr_array_index (sentences, i));
  g_assert_cmpuint (sentences->len, ==, 0);
  return digest;
}

/* The contents alone, into a file that may be there and then keeps its number. */
static void
copy_file (Fixture *fixture, const char *from, const char *to)
{
  g_autofree char *source = g_build_filename (fixture->folder, from, NULL);
  g_autofree char *target = g_build_filename (fixture->folder, to, NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;
  FILE *stream;

  g_file_get_contents (source, &contents, &length, &error);
  g_assert_no_error (error);
  stream = g_fopen (target, "w");
  g_assert_nonnull (stream);
  g_assert_cmpuint (fwrite (contents, 1, length, stream), ==, length);
  g_assert_cmpint (fclose (stream), ==, 0);
}

static ConcFactId
submit (ConcRaceFile *file, ConcCommand *command)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcReceipt) receipt = conc_race_file_submit (file, command, &error);

  g_assert_no_error (error);
  conc_command_free (command);
  return receipt->fact;
}

static void
assert_refused (ConcRaceFile *file, ConcCommand *command, const char *sentence)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcReceipt) receipt = conc_race_file_submit (file, command, &error);

  g_assert_null (receipt);
  g_assert_error (error, CONC_STORE_ERROR, CONC_STORE_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==, sentence);
  conc_command_free (command);
}

static ConcFactId
tap (Fixture *fixture, ConcRaceFile *file)
{
  conc_fake_clock_advance (&fixture->clock, G_USEC_PER_SEC);
  return submit (file, conc_command_new (CONC_COMMAND_TAP, &fixture->clock.clock));
}

static gint64
count_facts (ConcRaceFile *file)
{
  ConcCounts counts;

  g_assert_true (conc_reader_count (conc_race_file_get_reader (file), &counts, NULL));
  return counts.n_facts;
}

static ConcReceived
hand_over (ConcRaceFile *from, ConcRaceFile *to)
{
  g_autoptr (GPtrArray) facts = NULL;
  g_autoptr (GError) error = NULL;
  gint64       after = 0;
  ConcReceived received;

  facts = conc_reader_list_facts_after (conc_race_file_get_reader (from), &after, 10000, &error);
  g_assert_no_error (error);
  conc_race_file_receive (to, facts, &received, &error);
  g_assert_no_error (error);
  return received;
}

static void
test_joined (Fixture *fixture, gconstpointer data)
{
  ConcRaceFile    *file = join_race (fixture, "x.race", CONC_ROLE_TIMING);
  g_autofree char *name = conc_race_file_dup_sync (file, CONC_SYNC_NAME, NULL);
  g_autofree char *digest = NULL;
  g_autoptr (GBytes) key = NULL;

  g_assert_cmpstr (conc_race_file_get_race_id (file), ==, RACE_ID);
  g_assert_cmpint (conc_race_file_get_role (file), ==, CONC_ROLE_TIMING);
  g_assert_cmpstr (name, ==, "Desk 2");
  key = conc_race_file_dup_secret (file, CONC_SECRET_PRIVATE_KEY, NULL);
  g_assert_null (key);
  g_assert_cmpint (count_facts (file), ==, 0);
  tap (fixture, file);
  submit (file, conc_command_new (CONC_COMMAND_GUN, &fixture->clock.clock));
  close_race (file);
  file = open_race (fixture, "x.race");
  g_assert_cmpint (conc_race_file_get_role (file), ==, CONC_ROLE_TIMING);
  g_assert_cmpint (count_facts (file), ==, 2);
  digest = verify (file);
  close_race (file);
}

static void
assert_secret (ConcRaceFile *file, const char *name, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) secret = conc_race_file_dup_secret (file, name, &error);
  g_autoptr (GBytes) wanted = text != NULL ? g_bytes_new (text, strlen (text)) : NULL;

  g_assert_no_error (error);
  if (wanted == NULL)
    g_assert_null (secret);
  else
    g_assert_true (g_bytes_equal (secret, wanted));
}

static void
test_secrets (Fixture *fixture, gconstpointer data)
{
  ConcRaceFile    *file = create_race (fixture, "x.race");
  g_autofree char *hub = NULL;
  g_autoptr (GBytes) key = conc_race_file_dup_secret (file, CONC_SECRET_PRIVATE_KEY, NULL);
  g_autoptr (GBytes) first = g_bytes_new_static ("first", 5);
  g_autoptr (GBytes) second = g_bytes_new_static ("second", 6);

  g_assert_cmpuint (g_bytes_get_size (key), ==, 32);
  g_assert_true (conc_race_file_set_secret (file, CONC_SECRET_HUB_KEY, first, NULL));
  g_assert_true (conc_race_file_set_secret (file, CONC_SECRET_HUB_KEY, second, NULL));
  g_assert_true (conc_race_file_set_secret (file, CONC_SECRET_PASSWORD, first, NULL));
  g_assert_true (conc_race_file_set_secret (file, CONC_SECRET_PASSWORD, NULL, NULL));
  g_assert_true (conc_race_file_set_sync (file, CONC_SYNC_HUB, "a:1", NULL));
  g_assert_true (conc_race_file_set_sync (file, CONC_SYNC_HUB, "b:2", NULL));
  close_race (file);
  file = open_race (fixture, "x.race");
  assert_secret (file, CONC_SECRET_HUB_KEY, "second");
  assert_secret (file, CONC_SECRET_PASSWORD, NULL);
  hub = conc_race_file_dup_sync (file, CONC_SYNC_HUB, NULL);
  g_assert_cmpstr (hub, ==, "b:2");
  close_race (file);
}

static ConcCommand *
make_walk_up (Fixture *fixture)
{
  ConcCommand *command = conc_command_new (CONC_COMMAND_REGISTER, &fixture->clock.clock);

  command->runner = conc_runner_new ("");
  conc_runner_set (command->runner, CONC_FIELD_GIVEN_NAME, "Ada");
  conc_runner_set (command->runner, CONC_FIELD_BIB, "7");
  return command;
}

static ConcCommand *
make_gift (Fixture *fixture, gint64 cents)
{
  ConcCommand *command = conc_command_new (CONC_COMMAND_GIFT, &fixture->clock.clock);

  command->gift = conc_gift_new ();
  command->gift->amount_cents = cents;
  command->gift->method = CONC_METHOD_CASH;
  return command;
}

static void
test_roles (Fixture *fixture, gconstpointer data)
{
  ConcClock    *clock = &fixture->clock.clock;
  ConcRaceFile *timing = join_race (fixture, "timing.race", CONC_ROLE_TIMING);
  ConcRaceFile *desk = join_race (fixture, "desk.race", CONC_ROLE_CHECK_IN);
  ConcRaceFile *display = join_race (fixture, "display.race", CONC_ROLE_DISPLAY);
  ConcFactId    runner, undone, gun;

  assert_refused (timing, make_walk_up (fixture),
                  "This station is for timing. Runners are entered at check-in.");
  assert_refused (timing, make_gift (fixture, 100),
                  "This station is for timing. Gifts are entered at check-in.");
  assert_refused (desk, conc_command_new (CONC_COMMAND_TAP, clock),
                  "This station is for check-in. Times are taken at the timing stations.");
  assert_refused (desk, conc_command_new_setting (clock, CONC_SETTING_NAME, "Other 5K"),
                  "This station is for check-in. Settings are changed by the organizers.");
  assert_refused (display, conc_command_new (CONC_COMMAND_GUN, clock),
                  "This station is a display. Times are taken at the timing stations.");
  g_assert_cmpint (count_facts (timing) + count_facts (desk) + count_facts (display), ==, 0);
  runner = submit (desk, make_walk_up (fixture));
  gun = submit (timing, conc_command_new (CONC_COMMAND_GUN, clock));
  hand_over (desk, timing);
  hand_over (timing, desk);
  hand_over (desk, display);
  assert_refused (timing, conc_command_new_undo (clock, &runner),
                  "This station is for timing. Runners are entered at check-in.");
  assert_refused (display, conc_command_new_undo (clock, &runner),
                  "This station is a display. Nothing is entered here.");
  undone = submit (timing, conc_command_new_undo (clock, &gun));
  hand_over (timing, desk);
  assert_refused (desk, conc_command_new_undo (clock, &undone),
                  "This station is for check-in. Times are taken at the timing stations.");
  close_race (timing);
  close_race (desk);
  close_race (display);
}

static void
test_own_facts (Fixture *fixture, gconstpointer data)
{
  ConcRaceFile    *file = create_race (fixture, "x.race");
  const char      *station = conc_race_file_get_station (file);
  g_autofree char *subject = g_strconcat ("station:", station, NULL);
  g_autofree char *name = NULL;
  ConcCounts       counts;

  for (guint i = 1; i <= 2; i++)
    {
      ConcBodyBuilder *builder = conc_body_builder_new ();
      g_autofree char *text = g_strdup_printf ("Desk %u", i);

      conc_body_builder_add_text (builder, "name", text);
      conc_body_builder_add_text (builder, "role", "organizer");
      g_assert_true (conc_race_file_append (file, CONC_KIND_STATION, subject,
                                            conc_body_builder_end (builder), NULL));
    }
  name = conc_reader_dup_station_name (conc_race_file_get_reader (file), station);
  g_assert_cmpstr (name, ==, "Desk 2");
  g_assert_true (conc_reader_count (conc_race_file_get_reader (file), &counts, NULL));
  g_assert_cmpuint (counts.n_conflicts, ==, 0);
  close_race (file);
}

static void
test_version_1 (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "x.race", NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GBytes) key = NULL;
  ConcRaceFile *file;
  gsize         length;

  g_assert_true (g_file_get_contents (STORE_DATA_DIR "/version-1.race", &contents, &length, NULL));
  g_assert_true (g_file_set_contents (path, contents, (gssize) length, NULL));
  file = open_race (fixture, "x.race");
  g_assert_cmpint (conc_race_file_get_role (file), ==, CONC_ROLE_ORGANIZER);
  key = conc_race_file_dup_secret (file, CONC_SECRET_PRIVATE_KEY, NULL);
  g_assert_nonnull (key);
  g_assert_cmpuint (g_bytes_get_size (key), ==, 32);
  close_race (file);
}

static void
test_copied (Fixture *fixture, gconstpointer data)
{
  ConcRaceFile    *file = create_race (fixture, "x.race");
  g_autofree char *station = g_strdup (conc_race_file_get_station (file));
  g_autofree char *copy = NULL;
  g_autofree char *copy_again = NULL;
  g_autofree char *original = NULL;
  g_autofree char *moved = NULL;
  g_autofree char *source = g_build_filename (fixture->folder, "x.race", NULL);
  g_autofree char *target = g_build_filename (fixture->folder, "z.race", NULL);

  tap (fixture, file);
  close_race (file);
  copy_file (fixture, "x.race", "y.race");
  copy = open_for_station (fixture, "y.race");
  copy_again = open_for_station (fixture, "y.race");
  original = open_for_station (fixture, "x.race");
  g_assert_cmpstr (copy, !=, station);
  g_assert_cmpstr (copy, ==, copy_again);
  g_assert_cmpstr (original, ==, station);
  g_assert_cmpint (g_rename (source, target), ==, 0);
  moved = open_for_station (fixture, "z.race");
  g_assert_cmpstr (moved, ==, station);
}

/* The file at hand is overwritten by its backup, so it lies where it lay. */
static void
test_restored (Fixture *fixture, gconstpointer data)
{
  ConcRaceFile    *file = create_race (fixture, "x.race");
  g_autofree char *station = g_strdup (conc_race_file_get_station (file));
  g_autofree char *backup = g_build_filename (fixture->folder, "backup.race", NULL);
  g_autofree char *digest = NULL;
  ConcFactId       fact;

  tap (fixture, file);
  g_assert_true (conc_backup (conc_race_file_get_path (file), backup, NULL));
  fact = tap (fixture, file);
  g_assert_cmpstr (fact.station, ==, station);
  close_race (file);
  copy_file (fixture, "backup.race", "x.race");
  file = open_race (fixture, "x.race");
  fact = tap (fixture, file);
  g_assert_cmpstr (fact.station, !=, station);
  g_assert_cmpint (fact.seq, ==, 1);
  digest = verify (file);
  close_race (file);
}

static void
test_renamed_only (Fixture *fixture, gconstpointer data)
{
  ConcRaceFile    *file = create_race (fixture, "x.race");
  g_autofree char *old = g_strdup (conc_race_file_get_station (file));
  g_autofree char *reopened = NULL;
  g_autofree char *digest = NULL;
  const char *new;
  gint64     n_facts;
  ConcFactId fact;

  tap (fixture, file);
  n_facts = count_facts (file);
  g_assert_true (conc_race_file_rename_station (file, NULL, NULL));
  new = conc_race_file_get_station (file);
  g_assert_cmpstr (new, !=, old);
  g_assert_true (conc_station_id_is_valid (new));
  fact = tap (fixture, file);
  g_assert_cmpstr (fact.station, ==, new);
  g_assert_cmpint (fact.seq, ==, 1);
  g_assert_cmpint (count_facts (file), ==, n_facts + 1);
  digest = verify (file);
  close_race (file);
  reopened = open_for_station (fixture, "x.race");
  g_assert_cmpstr (reopened, ==, new);
}

static void
pretend_to_be (Fixture *fixture, const char *name, const char *station)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autofree char *sql =
      g_strdup_printf ("UPDATE identity SET station = '%s', fingerprint = ''", station);
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

/* Taps, a bib for one, another taken back, and a gift. */
static void
work (Fixture *fixture, ConcRaceFile *file, guint bib)
{
  ConcFactId undone;

  tap (fixture, file);
  submit (file, conc_command_new_bib (CONC_COMMAND_BIB, &fixture->clock.clock, bib));
  undone = tap (fixture, file);
  submit (file, conc_command_new_undo (&fixture->clock.clock, &undone));
  submit (file, make_gift (fixture, 100 * bib));
}

static void
assert_race (ConcRaceFile *file, guint n_taps, gint64 raised_cents)
{
  ConcCounts counts;

  g_assert_true (conc_reader_count (conc_race_file_get_reader (file), &counts, NULL));
  g_assert_cmpuint (counts.n_taps, ==, n_taps);
  g_assert_cmpuint (counts.n_unmatched, ==, 0);
  g_assert_cmpuint (counts.n_conflicts, ==, 0);
  g_assert_cmpint (counts.raised_cents, ==, raised_cents);
}

static void
assert_facts_are_safe (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  sqlite3         *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "DELETE FROM fact", NULL, NULL, NULL), ==, SQLITE_CONSTRAINT);
  g_assert_cmpint (sqlite3_exec (db, "UPDATE fact SET seq = seq + 1", NULL, NULL, NULL), ==,
                   SQLITE_CONSTRAINT);
  sqlite3_close (db);
}

/* Two laptops with copies of one file under one name: nothing is lost, nothing is mixed. */
static void
test_one_name_twice (Fixture *fixture, gconstpointer data)
{
  ConcRaceFile    *one = create_race (fixture, "x.race");
  g_autofree char *station = g_strdup (conc_race_file_get_station (one));
  g_autofree char *digest_of_one = NULL;
  g_autofree char *digest_of_two = NULL;
  ConcRaceFile    *two;
  ConcReceived     received;
  gint64           n_common;

  work (fixture, one, 1);
  n_common = count_facts (one);
  close_race (one);
  copy_file (fixture, "x.race", "y.race");
  pretend_to_be (fixture, "y.race", station);
  one = open_race (fixture, "x.race");
  two = open_race (fixture, "y.race");
  g_assert_cmpstr (conc_race_file_get_station (two), ==, station);
  work (fixture, one, 2);
  work (fixture, two, 3);
  work (fixture, two, 4);
  received = hand_over (one, two);
  g_assert_cmpuint (received.n_new, ==, 0);
  g_assert_cmpint (received.first_own.seq, ==, n_common + 1);
  g_assert_true (conc_race_file_rename_station (two, &received.first_own, NULL));
  g_assert_cmpstr (conc_race_file_get_station (two), !=, station);
  assert_race (two, 3, 800);
  received = hand_over (one, two);
  g_assert_cmpuint (received.n_differ, ==, 0);
  g_assert_cmpuint (received.n_new, ==, 5);
  received = hand_over (two, one);
  g_assert_cmpuint (received.n_differ, ==, 0);
  g_assert_cmpuint (received.n_new, ==, 10);
  assert_race (one, 4, 1000);
  assert_race (two, 4, 1000);
  tap (fixture, two);
  hand_over (two, one);
  g_assert_cmpint (count_facts (one), ==, n_common + 16);
  digest_of_one = verify (one);
  digest_of_two = verify (two);
  g_assert_cmpstr (digest_of_one, ==, digest_of_two);
  close_race (one);
  close_race (two);
  assert_facts_are_safe (fixture, "y.race");
}

static void
add (const char *path, void (*test) (Fixture *fixture, gconstpointer data))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  add ("/identity/a joined race works before any fact came", test_joined);
  add ("/identity/secrets and the state of the exchange are kept", test_secrets);
  add ("/identity/a station writes what its role may write", test_roles);
  add ("/identity/what a station says again replaces what it said", test_own_facts);
  add ("/identity/a file of version 1 gets a private key", test_version_1);
  add ("/identity/a copy takes a name of its own, a move keeps it", test_copied);
  add ("/identity/a backup put in place takes a name of its own", test_restored);
  add ("/identity/a station takes another name", test_renamed_only);
  add ("/identity/two files that wrote under one name", test_one_name_twice);
  return g_test_run ();
}
