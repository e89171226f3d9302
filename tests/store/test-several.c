/* test-several.c: facts of other stations in the race file. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/identity.h"
#include "store/maintain.h"
#include "store/race-file.h"
#include "store/reader-sync.h"
#include "store/receive.h"

#include <glib/gstdio.h>
#include <locale.h>

#define RACE_DAY_USEC (G_GINT64_CONSTANT (1512831600) * G_USEC_PER_SEC)
#define MINUTE_USEC (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
#define OTHER "bbbbbbbbbb"

typedef struct
{
  char         *folder;
  char         *path;
  ConcFakeClock clock;
  ConcRaceFile *file;
  guint         n_heard;
  ConcChanged   changed;
  GStrv         subjects;
} Fixture;

static void
changed_cb (ConcRaceFile *file, ConcChanged changed, GStrv subjects, Fixture *fixture)
{
  fixture->n_heard++;
  fixture->changed = changed;
  g_strfreev (fixture->subjects);
  fixture->subjects = g_strdupv (subjects);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConcSettings) settings = conc_settings_new ();
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("concourse-test-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "x.race", NULL);
  conc_fake_clock_init (&fixture->clock, RACE_DAY_USEC);
  conc_settings_set (settings, CONC_SETTING_DATE, "2017-12-09");
  fixture->file = conc_race_file_create (fixture->path, settings, &fixture->clock.clock, &error);
  g_assert_no_error (error);
  g_signal_connect (fixture->file, "changed", G_CALLBACK (changed_cb), fixture);
}

static void
close_race (Fixture *fixture)
{
  if (fixture->file != NULL)
    conc_race_file_close (fixture->file);
  g_clear_object (&fixture->file);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = NULL;

  close_race (fixture);
  dir = g_dir_open (fixture->folder, 0, NULL);
  for (const char *name; (name = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_strfreev (fixture->subjects);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static void
reopen (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  close_race (fixture);
  fixture->file =
      conc_race_file_open (fixture->path, CONC_OPEN_WRITE, &fixture->clock.clock, &error);
  g_assert_no_error (error);
}

static void
assert_verified (Fixture *fixture, guint n_sentences)
{
  g_autoptr (GPtrArray) sentences = NULL;
  g_autoptr (GError) error = NULL;
  gint64 n_facts;

  conc_verify (fixture->path, &sentences, &n_facts, NULL, &error);
  g_assert_no_error (error);
  for (guint i = n_sentences; i < sentences->len; i++)
    g_test_message ("%s", (char *) g_ptr_array_index (sentences, i));
  g_assert_cmpuint (sentences->len, ==, n_sentences);
}

static ConcFact *
make_fact (const char *station, gint64 seq, gint64 at_usec, ConcKind kind, const char *subject)
{
  ConcFactId       id = { "", seq };
  ConcBodyBuilder *builder = conc_body_builder_new ();
  g_autoptr (ConcBody) body = NULL;

  g_strlcpy (id.station, station, sizeof id.station);
  switch (kind)
    {
    case CONC_KIND_RUNNER:
      conc_body_builder_add_text (builder, "given_name", "Ada");
      break;
    case CONC_KIND_BIB:
      conc_body_builder_add_int (builder, "bib", 7);
      break;
    case CONC_KIND_STATION:
      conc_body_builder_add_text (builder, "name", "Desk 2");
      conc_body_builder_add_text (builder, "role", "check-in");
      break;
    default:
      conc_body_builder_add_text (builder, "at", "2017-12-09T16:00:00Z");
    }
  body = conc_body_builder_end (builder);
  return conc_fact_new (&id, conc_hlc_from_usec (at_usec), kind, subject, NULL, NULL, body);
}

/* Takes the facts, up to NULL. */
static ConcReceived
receive (Fixture *fixture, ConcFact *first, ...)
{
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_fact_unref);
  g_autoptr (GError) error = NULL;
  ConcReceived received;
  va_list      more;

  va_start (more, first);
  for (ConcFact *fact = first; fact != NULL; fact = va_arg (more, ConcFact *))
    g_ptr_array_add (facts, fact);
  va_end (more);
  conc_race_file_receive (fixture->file, facts, &received, &error);
  g_assert_no_error (error);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  return received;
}

static ConcFactId
submit (Fixture *fixture, ConcCommand *command)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcReceipt) receipt = conc_race_file_submit (fixture->file, command, &error);

  g_assert_no_error (error);
  conc_command_free (command);
  return receipt->fact;
}

static gint64
count_facts (Fixture *fixture)
{
  ConcCounts counts;

  g_assert_true (conc_reader_count (conc_race_file_get_reader (fixture->file), &counts, NULL));
  return counts.n_facts;
}

static ConcRunner *
get_runner (Fixture *fixture, const char *id)
{
  g_autoptr (GError) error = NULL;
  ConcRunner *runner =
      conc_reader_get_runner (conc_race_file_get_reader (fixture->file), id, &error);

  g_assert_no_error (error);
  return runner;
}

static void
test_taken (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConcRunner) runner = NULL;
  g_autofree char *name = NULL;
  ConcReceived     received =
      receive (fixture, make_fact (OTHER, 2, RACE_DAY_USEC, CONC_KIND_BIB, "r1"),
               make_fact (OTHER, 1, RACE_DAY_USEC, CONC_KIND_RUNNER, "r1"), NULL);

  g_assert_cmpuint (received.n_new, ==, 2);
  g_assert_cmpuint (received.n_known, ==, 0);
  g_assert_cmpuint (fixture->n_heard, >=, 1);
  g_assert_cmpint (fixture->changed, ==, CONC_CHANGED_RUNNERS);
  g_assert_true (g_strv_contains ((const char *const *) fixture->subjects, "r1"));
  runner = get_runner (fixture, "r1");
  g_assert_cmpuint (conc_runner_get_bib (runner), ==, 7);
  receive (fixture, make_fact (OTHER, 3, RACE_DAY_USEC, CONC_KIND_STATION, "station:" OTHER), NULL);
  g_assert_cmpint (fixture->changed, ==, CONC_CHANGED_STATIONS);
  name = conc_reader_dup_station_name (conc_race_file_get_reader (fixture->file), OTHER);
  g_assert_cmpstr (name, ==, "Desk 2");
  reopen (fixture);
  assert_verified (fixture, 0);
}

static void
test_twice (Fixture *fixture, gconstpointer data)
{
  gint64       n_facts;
  ConcReceived received;

  receive (fixture, make_fact (OTHER, 1, RACE_DAY_USEC, CONC_KIND_RUNNER, "r1"), NULL);
  n_facts = count_facts (fixture);
  received = receive (fixture, make_fact (OTHER, 1, RACE_DAY_USEC, CONC_KIND_RUNNER, "r1"),
                      make_fact (OTHER, 2, RACE_DAY_USEC, CONC_KIND_BIB, "r1"),
                      make_fact (OTHER, 2, RACE_DAY_USEC, CONC_KIND_BIB, "r1"), NULL);
  g_assert_cmpuint (received.n_new, ==, 1);
  g_assert_cmpuint (received.n_known, ==, 2);
  g_assert_cmpint (count_facts (fixture), ==, n_facts + 1);
  received = receive (fixture, make_fact (OTHER, 2, RACE_DAY_USEC, CONC_KIND_RUNNER, "r2"), NULL);
  g_assert_cmpuint (received.n_new, ==, 0);
  g_assert_cmpuint (received.n_differ, ==, 1);
  g_assert_false (conc_fact_id_is_set (&received.first_own));
  g_assert_null (get_runner (fixture, "r2"));
  assert_verified (fixture, 0);
}

static const struct
{
  const char *name;
  const char *station;
  gint64      seq;
  gint64      at_usec;
  ConcKind    kind;
  const char *subject;
} absurd[] = {
  { "no station", "", 1, RACE_DAY_USEC, CONC_KIND_RUNNER, "r1" },
  { "a short station", "bbbb", 1, RACE_DAY_USEC, CONC_KIND_RUNNER, "r1" },
  { "a station in capitals", "BBBBBBBBBB", 1, RACE_DAY_USEC, CONC_KIND_RUNNER, "r1" },
  { "number 0", OTHER, 0, RACE_DAY_USEC, CONC_KIND_RUNNER, "r1" },
  { "a negative number", OTHER, -5, RACE_DAY_USEC, CONC_KIND_RUNNER, "r1" },
  { "a negative time", OTHER, 1, -RACE_DAY_USEC, CONC_KIND_RUNNER, "r1" },
  { "a time past 2100", OTHER, 1, 3 * RACE_DAY_USEC, CONC_KIND_RUNNER, "r1" },
  { "no subject", OTHER, 1, RACE_DAY_USEC, CONC_KIND_RUNNER, "" },
  { "a subject of another family", OTHER, 1, RACE_DAY_USEC, CONC_KIND_GIFT, "r1" },
  { "a tap about a runner", OTHER, 1, RACE_DAY_USEC, CONC_KIND_TAP, "r1" },
  { "an undo of nothing", OTHER, 1, RACE_DAY_USEC, CONC_KIND_UNDO, "nothing at all" },
  { "a subject that is no text", OTHER, 1, RACE_DAY_USEC, CONC_KIND_GUN, "gun:\xff" },
};

static void
assert_refused (Fixture *fixture, ConcFact *fact)
{
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_fact_unref);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (facts, make_fact (OTHER, 99, RACE_DAY_USEC, CONC_KIND_RUNNER, "r9"));
  g_ptr_array_add (facts, fact);
  g_assert_false (conc_race_file_receive (fixture->file, facts, NULL, &error));
  g_assert_error (error, CONC_STORE_ERROR, CONC_STORE_ERROR_REFUSED);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
test_absurd (Fixture *fixture, gconstpointer data)
{
  gint64           n_facts = count_facts (fixture);
  g_autofree char *long_name = g_strnfill (CONC_SUBJECT_MAX_BYTES, 'a');
  g_autofree char *long_subject = g_strconcat ("r", long_name, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (absurd); i++)
    {
      g_test_message ("%s", absurd[i].name);
      assert_refused (fixture, make_fact (absurd[i].station, absurd[i].seq, absurd[i].at_usec,
                                          absurd[i].kind, absurd[i].subject));
    }
  assert_refused (fixture, make_fact (OTHER, 1, RACE_DAY_USEC, CONC_KIND_RUNNER, long_subject));
  g_assert_cmpint (count_facts (fixture), ==, n_facts);
  assert_verified (fixture, 0);
}

static void
test_own_come_back (Fixture *fixture, gconstpointer data)
{
  const char  *own = conc_race_file_get_station (fixture->file);
  gint64       last = count_facts (fixture);
  ConcReceived received;
  ConcFactId   next;

  received = receive (fixture, make_fact (own, last + 2, RACE_DAY_USEC, CONC_KIND_GUN, "gun:"),
                      make_fact (own, last + 1, RACE_DAY_USEC, CONC_KIND_RUNNER, "r1"), NULL);
  g_assert_cmpuint (received.n_new, ==, 2);
  next = submit (fixture, conc_command_new (CONC_COMMAND_TAP, &fixture->clock.clock));
  g_assert_cmpint (next.seq, ==, last + 3);
  reopen (fixture);
  next = submit (fixture, conc_command_new (CONC_COMMAND_TAP, &fixture->clock.clock));
  g_assert_cmpint (next.seq, ==, last + 4);
  assert_verified (fixture, 0);
}

/* A copy of this file wrote under its name: none of what is in that name may be mixed in. */
static void
test_own_differ (Fixture *fixture, gconstpointer data)
{
  const char  *own = conc_race_file_get_station (fixture->file);
  gint64       last = count_facts (fixture);
  ConcReceived received;

  submit (fixture, conc_command_new (CONC_COMMAND_TAP, &fixture->clock.clock));
  received = receive (fixture, make_fact (own, last + 2, RACE_DAY_USEC, CONC_KIND_RUNNER, "r2"),
                      make_fact (own, last + 1, RACE_DAY_USEC, CONC_KIND_RUNNER, "r1"),
                      make_fact (OTHER, 1, RACE_DAY_USEC, CONC_KIND_RUNNER, "r3"), NULL);
  g_assert_cmpuint (received.n_new, ==, 1);
  g_assert_cmpuint (received.n_differ, ==, 2);
  g_assert_cmpstr (received.first_own.station, ==, own);
  g_assert_cmpint (received.first_own.seq, ==, last + 1);
  g_assert_null (get_runner (fixture, "r2"));
  assert_verified (fixture, 0);
}

static ConcFact *
get_last_fact (Fixture *fixture)
{
  g_autoptr (GPtrArray) facts = NULL;
  ConcReader *reader = conc_race_file_get_reader (fixture->file);
  gint64      after = count_facts (fixture) - 1;

  facts = conc_reader_list_facts_after (reader, &after, 10, NULL);
  g_assert_nonnull (facts);
  g_assert_cmpuint (facts->len, ==, 1);
  return conc_fact_ref (g_ptr_array_index (facts, 0));
}

static gint64
get_next_time (Fixture *fixture)
{
  g_autoptr (ConcFact) fact = NULL;

  submit (fixture, conc_command_new (CONC_COMMAND_TAP, &fixture->clock.clock));
  fact = get_last_fact (fixture);
  return conc_hlc_get_usec (fact->hlc);
}

static void
test_clock (Fixture *fixture, gconstpointer data)
{
  gint64 ahead = RACE_DAY_USEC + 9 * MINUTE_USEC;

  receive (fixture, make_fact (OTHER, 1, ahead, CONC_KIND_GUN, "gun:A"), NULL);
  g_assert_cmpint (get_next_time (fixture), ==, ahead);
  receive (fixture, make_fact (OTHER, 2, RACE_DAY_USEC + 11 * MINUTE_USEC, CONC_KIND_GUN, "gun:B"),
           make_fact (OTHER, 3, RACE_DAY_USEC + 525600 * MINUTE_USEC, CONC_KIND_GUN, "gun:C"),
           NULL);
  g_assert_cmpint (get_next_time (fixture), ==, ahead);
  reopen (fixture);
  g_assert_cmpint (get_next_time (fixture), ==, ahead);
}

/* A laptop two hours ahead must not have the last word for two hours. */
static void
test_clock_ahead (Fixture *fixture, gconstpointer data)
{
  gint64     ahead = RACE_DAY_USEC + 120 * MINUTE_USEC;
  ConcFactId undone = { OTHER, 2 };
  g_autoptr (ConcRunner) seen = NULL;
  g_autoptr (ConcRunner) wanted = NULL;
  g_autoptr (ConcRunner) found = NULL;
  ConcCounts counts;

  receive (fixture, make_fact (OTHER, 1, ahead, CONC_KIND_RUNNER, "r1"),
           make_fact (OTHER, 2, ahead, CONC_KIND_GUN, "gun:"), NULL);
  seen = get_runner (fixture, "r1");
  wanted = conc_runner_copy (seen);
  conc_runner_set (wanted, CONC_FIELD_GIVEN_NAME, "Bea");
  submit (fixture, conc_command_new_edit (&fixture->clock.clock, seen, wanted));
  found = get_runner (fixture, "r1");
  g_assert_cmpstr (conc_runner_get (found, CONC_FIELD_GIVEN_NAME), ==, "Bea");
  submit (fixture, conc_command_new_undo (&fixture->clock.clock, &undone));
  submit (fixture, conc_command_new (CONC_COMMAND_GUN, &fixture->clock.clock));
  g_assert_true (conc_reader_count (conc_race_file_get_reader (fixture->file), &counts, NULL));
  g_assert_cmpuint (counts.n_conflicts, ==, 0);
  assert_verified (fixture, 0);
}

static void
test_lists (Fixture *fixture, gconstpointer data)
{
  ConcReader *reader = conc_race_file_get_reader (fixture->file);
  gint64      n_own = count_facts (fixture);
  gint64      after = n_own;
  g_autoptr (GPtrArray) of_other = NULL;
  g_autoptr (GPtrArray) later = NULL;
  g_autoptr (GPtrArray) counts = NULL;
  g_autofree char        *name = conc_reader_dup_station_name (reader, OTHER);
  const ConcStationCount *count;

  g_assert_cmpstr (name, ==, OTHER);
  receive (fixture, make_fact (OTHER, 3, RACE_DAY_USEC, CONC_KIND_GUN, "gun:A"),
           make_fact (OTHER, 1, RACE_DAY_USEC, CONC_KIND_GUN, "gun:B"),
           make_fact (OTHER, 4, RACE_DAY_USEC, CONC_KIND_GUN, "gun:C"), NULL);
  of_other = conc_reader_list_facts_of (reader, OTHER, 1, 2, NULL);
  g_assert_cmpuint (of_other->len, ==, 2);
  g_assert_cmpint (((ConcFact *) g_ptr_array_index (of_other, 0))->id.seq, ==, 3);
  g_assert_cmpint (((ConcFact *) g_ptr_array_index (of_other, 1))->id.seq, ==, 4);
  later = conc_reader_list_facts_after (reader, &after, 2, NULL);
  g_assert_cmpuint (later->len, ==, 2);
  g_assert_cmpint (((ConcFact *) g_ptr_array_index (later, 1))->id.seq, ==, 1);
  g_assert_cmpint (after, ==, n_own + 2);
  counts = conc_reader_count_by_station (reader, NULL);
  g_assert_cmpuint (counts->len, ==, 2);
  for (guint i = 0; i < counts->len; i++)
    {
      count = g_ptr_array_index (counts, i);
      if (g_strcmp0 (count->station, OTHER) != 0)
        continue;
      g_assert_cmpint (count->n_facts, ==, 3);
      g_assert_cmpint (count->last_seq, ==, 4);
    }
}

#define N_ORDERED 200
#define N_RUNNERS 12
#define N_ROUNDS 8

/* Facts of three stations that contradict, correct, settle and take back one another. */
static ConcFact *
make_random_fact (GRand *random, GPtrArray *before, guint number)
{
  static const char *const stations[] = { "bbbbbbbbbb", "cccccccccc", "dddddddddd" };
  static const ConcKind    kinds[] = {
       CONC_KIND_RUNNER,         CONC_KIND_RUNNER_SET, CONC_KIND_BIB,  CONC_KIND_CHECK_IN,
       CONC_KIND_RUNNER_PRIVATE, CONC_KIND_SETTLE,     CONC_KIND_UNDO, CONC_KIND_RUNNER_REMOVED,
  };
  ConcFactId       id = { "", (gint64) number };
  ConcFactId       replaces = { "", 0 };
  ConcKind         kind = kinds[g_rand_int_range (random, 0, G_N_ELEMENTS (kinds))];
  g_autofree char *subject = g_strdup_printf ("r%d", g_rand_int_range (random, 0, N_RUNNERS));
  g_autofree char *name = g_strdup_printf ("Name %d", g_rand_int_range (random, 0, 3));
  g_autofree char *settled = NULL;
  ConcBodyBuilder *builder = conc_body_builder_new ();
  g_autoptr (ConcBody) body = NULL;

  g_strlcpy (id.station, stations[g_rand_int_range (random, 0, 3)], sizeof id.station);
  if (before->len > 0 && g_rand_boolean (random))
    {
      const ConcFact *other =
          g_ptr_array_index (before, g_rand_int_range (random, 0, (int) before->len));

      replaces = other->id;
      settled = conc_fact_id_to_text (&other->id);
      g_free (subject);
      subject = g_strdup (other->subject);
    }
  if (kind == CONC_KIND_SETTLE)
    conc_body_builder_add_text (builder, CONC_KEY_SETTLES, settled);
  if (kind == CONC_KIND_BIB || kind == CONC_KIND_SETTLE)
    conc_body_builder_add_int (builder, "bib", g_rand_int_range (random, 1, 5));
  else if (kind == CONC_KIND_CHECK_IN)
    conc_body_builder_add_text (builder, "checked_in_at", "2017-12-09T14:00:00.000000Z");
  else if (kind == CONC_KIND_RUNNER_REMOVED)
    conc_body_builder_add_bool (builder, "removed", g_rand_boolean (random));
  else if (kind != CONC_KIND_UNDO)
    conc_body_builder_add_text (builder, kind == CONC_KIND_RUNNER_PRIVATE ? "email" : "given_name",
                                name);
  body = conc_body_builder_end (builder);
  return conc_fact_new (&id, conc_hlc_from_usec (RACE_DAY_USEC) + (gint64) (number / 2), kind,
                        subject, &replaces, NULL, body);
}

static GPtrArray *
make_random_facts (GRand *random)
{
  GPtrArray *facts = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_fact_unref);

  for (guint i = 1; i <= N_ORDERED; i++)
    g_ptr_array_add (facts, make_random_fact (random, facts, i));
  return facts;
}

/* All facts in any order, some of them twice, in deliveries of at most @n_batch. */
static void
deliver (ConcRaceFile *file, GPtrArray *facts, GRand *random, guint n_batch)
{
  g_autoptr (GPtrArray) order = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < facts->len; i++)
    for (int times = g_rand_int_range (random, 1, 3); times > 0; times--)
      g_ptr_array_insert (order, g_rand_int_range (random, 0, (int) order->len + 1),
                          g_ptr_array_index (facts, i));
  while (order->len > 0)
    {
      g_autoptr (GPtrArray) batch = g_ptr_array_new ();
      guint wanted = (guint) g_rand_int_range (random, 1, (int) n_batch + 1);
      guint n = MIN (order->len, wanted);

      for (guint i = 0; i < n; i++)
        g_ptr_array_add (batch, g_ptr_array_index (order, i));
      g_ptr_array_remove_range (order, 0, n);
      conc_race_file_receive (file, batch, NULL, &error);
      g_assert_no_error (error);
    }
}

static ConcRaceFile *
join_race (Fixture *fixture, const char *path, ConcRole role)
{
  g_autoptr (GBytes) key = g_bytes_new_take (g_malloc0 (32), 32);
  ConcIdentity identity = { "0123456789abcdef", key, role, "Desk 2" };
  g_autoptr (GError) error = NULL;
  ConcRaceFile *file =
      conc_race_file_create_joined (path, &identity, &fixture->clock.clock, &error);

  g_assert_no_error (error);
  return file;
}

static char *
digest_of (const char *path)
{
  g_autoptr (GPtrArray) sentences = NULL;
  g_autoptr (GError) error = NULL;
  char  *digest = NULL;
  gint64 n_facts;

  conc_verify (path, &sentences, &n_facts, &digest, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < sentences->len; i++)
    {
      g_test_message ("%s", (char *) g_ptr_array_index (sentences, i));
      g_assert_true (g_str_has_prefix (g_ptr_array_index (sentences, i), "Entries of"));
    }
  return digest;
}

/* One fact at a time, in the order of making, and every other way: the race is the same. */
static void
test_any_order (Fixture *fixture, gconstpointer data)
{
  ConcRole role = GPOINTER_TO_INT (data);
  g_autoptr (GRand) random = g_rand_new_with_seed (1 + role);
  g_autoptr (GPtrArray) facts = make_random_facts (random);
  g_autofree char *wanted = NULL;

  for (guint round = 0; round < N_ROUNDS; round++)
    {
      g_autofree char *name = g_strdup_printf ("%u.race", round);
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
      ConcRaceFile    *file = join_race (fixture, path, role);
      g_autofree char *digest = NULL;

      deliver (file, facts, random, round == 0 ? 1 : round * 30);
      conc_race_file_close (file);
      g_object_unref (file);
      digest = digest_of (path);
      if (wanted == NULL)
        wanted = g_steal_pointer (&digest);
      else
        g_assert_cmpstr (digest, ==, wanted);
    }
}

/* Stations that may not read the same agree on what all of them read. */
static void
test_public (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  g_autoptr (GPtrArray) facts = make_random_facts (random);
  g_autofree char *wanted = NULL;
  g_autofree char *all = NULL;

  for (ConcRole role = 0; role < CONC_N_ROLES; role++)
    {
      g_autofree char *path = g_build_filename (fixture->folder, conc_role_to_text (role), NULL);
      ConcRaceFile    *file = join_race (fixture, path, role);
      g_autofree char *digest = NULL;
      g_autofree char *whole = NULL;

      deliver (file, facts, random, 50);
      conc_race_file_close (file);
      g_object_unref (file);
      digest = conc_digest_public (path, NULL);
      whole = digest_of (path);
      g_assert_nonnull (digest);
      if (role == CONC_ROLE_ORGANIZER)
        {
          wanted = g_steal_pointer (&digest);
          all = g_steal_pointer (&whole);
          continue;
        }
      g_assert_cmpstr (digest, ==, wanted);
      g_assert_true ((g_strcmp0 (whole, all) == 0) == (role == CONC_ROLE_CHECK_IN));
    }
}

/* What a role may not read does not come into its file, and is not missing from it. */
static void
test_withheld (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "timing.race", NULL);
  g_autofree char *digest = NULL;

  close_race (fixture);
  g_assert_cmpint (g_unlink (fixture->path), ==, 0);
  g_free (fixture->path);
  fixture->path = g_steal_pointer (&path);
  fixture->file = join_race (fixture, fixture->path, CONC_ROLE_TIMING);
  g_assert_cmpuint (receive (fixture, make_fact (OTHER, 1, RACE_DAY_USEC, CONC_KIND_RUNNER, "r1"),
                             make_fact (OTHER, 2, RACE_DAY_USEC, CONC_KIND_RUNNER_PRIVATE, "r1"),
                             make_fact (OTHER, 3, RACE_DAY_USEC, CONC_KIND_GIFT, "g1"),
                             make_fact (OTHER, 4, RACE_DAY_USEC, CONC_KIND_BIB, "r1"), NULL)
                        .n_withheld,
                    ==, 2);
  g_assert_cmpint (count_facts (fixture), ==, 2);
  assert_verified (fixture, 0);
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
  add ("/several/facts of another station are taken", test_taken);
  add ("/several/nothing is taken twice", test_twice);
  add ("/several/what is absurd is refused as a whole", test_absurd);
  add ("/several/own facts come back", test_own_come_back);
  add ("/several/own facts that differ are not mixed", test_own_differ);
  add ("/several/a clock that runs ahead is followed ten minutes", test_clock);
  add ("/several/what a clock ahead wrote can be corrected", test_clock_ahead);
  add ("/several/facts are listed by station and by place", test_lists);
  add ("/several/what a role may not read is not taken", test_withheld);
  add ("/several/all roles agree on what all may read", test_public);
  g_test_add ("/several/in any order and in any batches, an organizer", Fixture,
              GINT_TO_POINTER (CONC_ROLE_ORGANIZER), set_up, test_any_order, tear_down);
  g_test_add ("/several/in any order and in any batches, a display", Fixture,
              GINT_TO_POINTER (CONC_ROLE_DISPLAY), set_up, test_any_order, tear_down);
  return g_test_run ();
}
