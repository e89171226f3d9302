/* test-pack.c: facts carried in a file from station to station. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pack-fixture.h"

#include "store/identity.h"
#include "store/maintain.h"
#include "sync/pack-private.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#define FUZZ_ROUNDS 3000
#define ORDER_SEEDS 6
#define N_STATIONS 4
#define YEAR_USEC (G_GINT64_CONSTANT (365) * 86400 * G_USEC_PER_SEC)

static gint64
count_facts (ConcRaceFile *file)
{
  g_autoptr (GError) error = NULL;
  ConcCounts counts;

  conc_reader_count (conc_race_file_get_reader (file), &counts, &error);
  g_assert_no_error (error);
  return counts.n_facts;
}

static char *
get_digest (ConcRaceFile *file)
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

static void
assert_refused (ConcRaceFile *file, const char *path, int code)
{
  g_autoptr (GError) error = NULL;
  gint64       n_facts = count_facts (file);
  ConcUnpacked unpacked = { .n_ahead = 47 };

  g_assert_false (conc_unpack (file, path, &unpacked, &error));
  if (code >= 0)
    g_assert_error (error, CONC_SYNC_ERROR, code);
  g_assert_true (error->domain == CONC_SYNC_ERROR);
  g_assert_true (g_str_has_suffix (error->message, "."));
  g_assert_cmpuint (unpacked.n_ahead, ==, 47);
  g_assert_cmpint (count_facts (file), ==, n_facts);
}

static void
assert_same_race (ConcRaceFile *a, ConcRaceFile *b)
{
  g_autofree char *first = get_digest (a);
  g_autofree char *second = get_digest (b);

  g_assert_cmpstr (first, ==, second);
  g_assert_cmpint (count_facts (a), ==, count_facts (b));
}

static void
test_comes_back (Fixture *fixture, gconstpointer data)
{
  ConcRaceFile    *other = fixture_join (fixture, "b.race", CONC_ROLE_ORGANIZER);
  g_autofree char *pack = fixture_pack (fixture, fixture->file);
  gint64           n_facts = count_facts (fixture->file);
  ConcUnpacked     first = fixture_unpack (other, pack);
  ConcUnpacked     again = fixture_unpack (other, pack);
  ConcUnpacked     own = fixture_unpack (fixture->file, pack);

  g_assert_cmpuint (first.received.n_new, ==, n_facts);
  g_assert_cmpstr (first.station, ==, conc_race_file_get_station (fixture->file));
  g_assert_cmpuint (again.received.n_new, ==, 0);
  g_assert_cmpuint (again.received.n_known, ==, n_facts);
  g_assert_cmpuint (own.received.n_new, ==, 0);
  g_assert_cmpuint (own.received.n_differ, ==, 0);
  assert_same_race (fixture->file, other);
}

typedef struct
{
  ConcRole role;
  guint    n;
} Withheld;

static gboolean
count_withheld_cb (ConcFact *fact, gpointer user_data)
{
  Withheld *withheld = user_data;

  withheld->n += conc_role_may_read (withheld->role, fact->kind) ? 0 : 1;
  return TRUE;
}

static guint
count_withheld (ConcRaceFile *file, ConcRole role)
{
  Withheld withheld = { role, 0 };

  g_assert_true (
      conc_reader_each_fact (conc_race_file_get_reader (file), count_withheld_cb, &withheld, NULL));
  g_assert_cmpuint (withheld.n, >, 0);
  return withheld.n;
}

/* A timing station takes, keeps and passes on what it may read, and nothing else. */
static void
test_withholds_by_role (Fixture *fixture, gconstpointer data)
{
  ConcRaceFile    *timing = fixture_join (fixture, "timing.race", CONC_ROLE_TIMING);
  ConcRaceFile    *check_in = fixture_join (fixture, "check-in.race", CONC_ROLE_CHECK_IN);
  g_autofree char *all = fixture_pack (fixture, fixture->file);
  ConcUnpacked     at_timing = fixture_unpack (timing, all);
  ConcUnpacked     at_check_in = fixture_unpack (check_in, all);
  g_autofree char *public = fixture_pack (fixture, timing);
  g_autofree char *content = NULL;
  gsize            length;

  g_assert_cmpuint (at_timing.received.n_withheld, ==,
                    count_withheld (fixture->file, CONC_ROLE_TIMING));
  g_assert_cmpuint (at_check_in.received.n_withheld, ==,
                    count_withheld (fixture->file, CONC_ROLE_CHECK_IN));
  g_assert_true (g_file_get_contents (conc_race_file_get_path (timing), &content, &length, NULL));
  g_assert_null (g_strstr_len (content, (gssize) length, PRIVATE_WORD));
  g_assert_cmpuint (fixture_unpack (check_in, public).received.n_new, ==, 0);
  g_assert_cmpuint (fixture_unpack (fixture->file, public).received.n_new, ==, 0);
}

static void
test_nothing_is_readable (Fixture *fixture, gconstpointer data)
{
  g_autofree char *pack = fixture_pack (fixture, fixture->file);
  g_autofree char *content = NULL;
  gsize            length;

  g_assert_true (g_file_get_contents (pack, &content, &length, NULL));
  g_assert_null (g_strstr_len (content, (gssize) length, PRIVATE_WORD));
  g_assert_null (g_strstr_len (content, (gssize) length, "Test 5K"));
  g_assert_null (g_strstr_len (content, (gssize) length, "runner"));
}

/* Also under the seal of the race, which a timing station has. */
static void
test_private_is_sealed_twice (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) lines = fixture_begin_lines (fixture);

  fixture_add_private (fixture, lines);
  g_assert_nonnull (strstr (lines->str, "runner.private"));
  g_assert_null (strstr (lines->str, PRIVATE_WORD));
}

static void
test_display_has_no_key (Fixture *fixture, gconstpointer data)
{
  ConcRaceFile    *display = fixture_join (fixture, "display.race", CONC_ROLE_DISPLAY);
  g_autofree char *pack = fixture_pack (fixture, fixture->file);
  g_autofree char *target = g_build_filename (fixture->folder, "display.pack", NULL);
  g_autoptr (GError) error = NULL;

  assert_refused (display, pack, CONC_SYNC_ERROR_NOT_ALLOWED);
  g_assert_false (conc_pack (display, target, NULL, &error));
  g_assert_error (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_NOT_ALLOWED);
  g_assert_false (g_file_test (target, G_FILE_TEST_EXISTS));
}

static void
test_every_byte (Fixture *fixture, gconstpointer data)
{
  static const char flips[] = { 0x01, (char) 0x80, (char) 0xff };
  ConcRaceFile     *other = fixture_join (fixture, "b.race", CONC_ROLE_ORGANIZER);
  g_autofree char  *pack = fixture_pack (fixture, fixture->file);
  g_autofree char  *content = NULL;
  gsize             length;

  g_assert_true (g_file_get_contents (pack, &content, &length, NULL));
  for (gsize at = 0; at < length; at++)
    {
      char flip = flips[at % G_N_ELEMENTS (flips)];

      content[at] ^= flip;
      fixture_write (pack, content, length);
      assert_refused (other, pack, -1);
      content[at] ^= flip;
    }
  fixture_write (pack, content, length);
  fixture_unpack (other, pack);
  assert_same_race (fixture->file, other);
}

static void
test_every_length (Fixture *fixture, gconstpointer data)
{
  ConcRaceFile    *other = fixture_join (fixture, "b.race", CONC_ROLE_ORGANIZER);
  g_autofree char *pack = fixture_pack (fixture, fixture->file);
  g_autofree char *content = NULL;
  gsize            length;

  g_assert_true (g_file_get_contents (pack, &content, &length, NULL));
  for (gsize at = 0; at < length; at++)
    {
      fixture_write (pack, content, at);
      assert_refused (other, pack, CONC_SYNC_ERROR_DAMAGED);
    }
  content[length] = 'x'; /* where the end of the text is */
  fixture_write (pack, content, length + 1);
  assert_refused (other, pack, CONC_SYNC_ERROR_DAMAGED);
}

/* More than one chunk: none can be left out, doubled or moved. */
static void
test_chunks (Fixture *fixture, gconstpointer data)
{
  enum
  {
    HEAD = CONC_PACK_HEADER_BYTES + 24,
    CHUNK = CONC_PACK_CHUNK_BYTES + 17
  };
  ConcRaceFile    *other = fixture_join (fixture, "b.race", CONC_ROLE_ORGANIZER);
  g_autofree char *pack = NULL;
  g_autofree char *content = NULL;
  g_autofree char *changed = NULL;
  gsize            length;

  fixture_add_runners (fixture, 1000);
  pack = fixture_pack (fixture, fixture->file);
  g_assert_true (g_file_get_contents (pack, &content, &length, NULL));
  g_assert_cmpuint (length, >, HEAD + 3 * CHUNK);
  changed = g_memdup2 (content, length);
  memmove (changed + HEAD, content + HEAD + CHUNK, length - HEAD - CHUNK);
  fixture_write (pack, changed, length - CHUNK);
  assert_refused (other, pack, CONC_SYNC_ERROR_DAMAGED);
  memcpy (changed, content, length);
  memcpy (changed + HEAD + CHUNK, content + HEAD, CHUNK);
  fixture_write (pack, changed, length);
  assert_refused (other, pack, CONC_SYNC_ERROR_DAMAGED);
  fixture_write (pack, content, HEAD + 2 * CHUNK);
  assert_refused (other, pack, CONC_SYNC_ERROR_DAMAGED);
  fixture_write (pack, content, length);
  fixture_unpack (other, pack);
  assert_same_race (fixture->file, other);
}

static void
test_foreign (Fixture *fixture, gconstpointer data)
{
  g_autofree char *pack = fixture_pack (fixture, fixture->file);
  ConcRaceFile    *foreign = fixture_create (fixture, "foreign.race");
  ConcRaceFile    *wrong_key = fixture_join_with_key (fixture, "key.race", CONC_ROLE_ORGANIZER, 9);

  assert_refused (foreign, pack, CONC_SYNC_ERROR_FOREIGN);
  assert_refused (wrong_key, pack, CONC_SYNC_ERROR_DAMAGED);
  g_assert_true (conc_pack_is_of (pack, conc_race_file_get_race_id (fixture->file)));
  g_assert_false (conc_pack_is_of (pack, conc_race_file_get_race_id (foreign)));
}

static void
test_newer (Fixture *fixture, gconstpointer data)
{
  g_autofree char *pack = fixture_pack (fixture, fixture->file);
  g_autofree char *content = NULL;
  gsize            length;

  g_assert_true (g_file_get_contents (pack, &content, &length, NULL));
  content[CONC_PACK_MAGIC_BYTES] = CONC_PACK_VERSION + 1;
  fixture_write (pack, content, length);
  assert_refused (fixture->file, pack, CONC_SYNC_ERROR_NEWER);
  g_assert_false (conc_pack_is_of (pack, conc_race_file_get_race_id (fixture->file)));
}

static void
test_what_is_no_pack (Fixture *fixture, gconstpointer data)
{
  const char      *race_id = conc_race_file_get_race_id (fixture->file);
  g_autofree char *path = g_build_filename (fixture->folder, "x.pack", NULL);

  assert_refused (fixture->file, path, CONC_SYNC_ERROR_FAILED);
  assert_refused (fixture->file, fixture->folder, CONC_SYNC_ERROR_FAILED);
  assert_refused (fixture->file, conc_race_file_get_path (fixture->file), CONC_SYNC_ERROR_DAMAGED);
  fixture_write (path, "", 0);
  assert_refused (fixture->file, path, CONC_SYNC_ERROR_DAMAGED);
  g_assert_false (conc_pack_is_of (path, race_id));
  g_unlink (path);
  /* Nobody writes to it: opening must not wait. */
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  assert_refused (fixture->file, path, CONC_SYNC_ERROR_FAILED);
  g_assert_false (conc_pack_is_of (path, race_id));
  g_unlink (path);
}

/* Nothing else that has the name is replaced. */
static void
test_target (Fixture *fixture, gconstpointer data)
{
  g_autofree char *target = g_build_filename (fixture->folder, "x.pack", NULL);
  g_autofree char *nowhere = g_build_filename (fixture->folder, "no", "x.pack", NULL);
  ConcRaceFile    *foreign = fixture_create (fixture, "foreign.race");
  const char      *refused[] = { conc_race_file_get_path (fixture->file), fixture->folder, nowhere,
                                 target };
  g_autofree char *content = NULL;
  gsize            length;
  gint64           n_facts = 0;

  g_assert_true (conc_pack (foreign, target, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (conc_pack (fixture->file, refused[i], NULL, &error));
      g_assert_error (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_FAILED);
    }
  g_assert_true (g_file_get_contents (target, &content, &length, NULL));
  g_assert_true (conc_pack (foreign, target, &n_facts, NULL));
  g_assert_cmpint (n_facts, ==, count_facts (foreign));
  fixture_assert_no_parts (fixture);
}

/* A stick that is full: the pack that was there is as it was, and no half of one is left. */
static void
test_full_stick (Fixture *fixture, gconstpointer data)
{
  g_autofree char *target = fixture_pack (fixture, fixture->file);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  struct rlimit limit, small;
  gsize         length_before, length_after;

  g_assert_true (g_file_get_contents (target, &before, &length_before, NULL));
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  small = limit;
  small.rlim_cur = 100;
  signal (SIGXFSZ, SIG_IGN);
  setrlimit (RLIMIT_FSIZE, &small);
  g_assert_false (conc_pack (fixture->file, target, NULL, &error));
  setrlimit (RLIMIT_FSIZE, &limit);
  g_assert_error (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_FAILED);
  g_assert_true (g_file_get_contents (target, &after, &length_after, NULL));
  g_assert_cmpmem (before, length_before, after, length_after);
  fixture_assert_no_parts (fixture);
}

static void
test_fuzzed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20171209);
  ConcRaceFile    *other = fixture_join (fixture, "b.race", CONC_ROLE_ORGANIZER);
  g_autofree char *pack = fixture_pack (fixture, fixture->file);
  g_autofree char *content = NULL;
  gsize            length;

  g_assert_true (g_file_get_contents (pack, &content, &length, NULL));
  for (guint round = 0; round < FUZZ_ROUNDS; round++)
    {
      g_autofree char *changed = g_memdup2 (content, length);
      gsize            size = (gsize) g_rand_int_range (random, 1, (int) length + 1);

      if (g_rand_boolean (random))
        size = length;
      for (int n = g_rand_int_range (random, 1, 9); n > 0; n--)
        changed[g_rand_int_range (random, 0, (int) size)] ^=
            (char) g_rand_int_range (random, 1, 256);
      /* Two changes in one place can make it what it was. */
      if (size == length && memcmp (changed, content, length) == 0)
        continue;
      fixture_write (pack, changed, size);
      assert_refused (other, pack, -1);
    }
}

/* Sealed with the right key all the same: who has it is not trusted to write sense. */
static void
test_absurd_facts (Fixture *fixture, gconstpointer data)
{
#define FACT "{\"fact\":\"cccccccccc-1\",\"hlc\":99211000000000,\"kind\":"
  g_autofree char *huge = g_strnfill (CONC_BODY_MAX_BYTES, 'x');
  g_autofree char *huge_body =
      g_strdup_printf (FACT "\"runner\",\"subject\":\"" RUNNER_ID "\",\"body\":{\"city\":\"%s\"}}",
                       huge);
  g_autofree char *endless = g_strnfill (CONC_PACK_MAX_LINE_BYTES * 2, 'x');
  const struct
  {
    const char *line;
    int         code;
  } cases[] = {
    { "", CONC_SYNC_ERROR_DAMAGED },
    { "{}", CONC_SYNC_ERROR_DAMAGED },
    { "null", CONC_SYNC_ERROR_DAMAGED },
    { FACT "\"runner\",\"subject\":\"" RUNNER_ID "\",\"body\":{}", CONC_SYNC_ERROR_DAMAGED },
    { FACT "\"runner\",\"subject\":\"" RUNNER_ID "\",\"body\":[]}", CONC_SYNC_ERROR_DAMAGED },
    { FACT "\"runner\",\"subject\":\"" RUNNER_ID "\",\"body\":\"\"}", CONC_SYNC_ERROR_DAMAGED },
    { FACT "\"runner\",\"subject\":\"" RUNNER_ID "\",\"body\":{\"a\":{}}}",
      CONC_SYNC_ERROR_DAMAGED },
    { FACT "\"runner\",\"body\":{}}", CONC_SYNC_ERROR_DAMAGED },
    { FACT "\"runner\",\"subject\":\"" RUNNER_ID "\",\"more\":1,\"body\":{}}",
      CONC_SYNC_ERROR_DAMAGED },
    { FACT "\"runner\",\"subject\":\"gun:\",\"body\":{}}", CONC_SYNC_ERROR_DAMAGED },
    { FACT "\"runner\",\"subject\":\"nothing\",\"body\":{}}", CONC_SYNC_ERROR_DAMAGED },
    { FACT "\"runner\",\"replaces\":\"x\",\"subject\":\"" RUNNER_ID "\",\"body\":{}}",
      CONC_SYNC_ERROR_DAMAGED },
    { FACT "\"runner.private\",\"subject\":\"" RUNNER_ID "\",\"body\":{\"email\":\"a\"}}",
      CONC_SYNC_ERROR_DAMAGED },
    { FACT "\"runner.private\",\"subject\":\"" RUNNER_ID "\",\"body\":\"1:AAAA\"}",
      CONC_SYNC_ERROR_DAMAGED },
    { FACT "\"medal\",\"subject\":\"" RUNNER_ID "\",\"body\":{}}", CONC_SYNC_ERROR_NEWER },
    { FACT "\"a\\nb\",\"subject\":\"" RUNNER_ID "\",\"body\":{}}", CONC_SYNC_ERROR_DAMAGED },
    { "{\"fact\":\"cccccccccc-0\",\"hlc\":1,\"kind\":\"bib\",\"subject\":\"" RUNNER_ID
      "\",\"body\":{}}",
      CONC_SYNC_ERROR_DAMAGED },
    { "{\"fact\":\"me-1\",\"hlc\":1,\"kind\":\"bib\",\"subject\":\"" RUNNER_ID "\",\"body\":{}}",
      CONC_SYNC_ERROR_DAMAGED },
    { "{\"fact\":\"cccccccccc-1\",\"hlc\":-1,\"kind\":\"bib\",\"subject\":\"" RUNNER_ID
      "\",\"body\":{}}",
      CONC_SYNC_ERROR_DAMAGED },
    { "{\"fact\":\"cccccccccc-1\",\"hlc\":\"1\",\"kind\":\"bib\",\"subject\":\"" RUNNER_ID
      "\",\"body\":{}}",
      CONC_SYNC_ERROR_DAMAGED },
    { huge_body, CONC_SYNC_ERROR_DAMAGED },
    { endless, CONC_SYNC_ERROR_DAMAGED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) lines = fixture_begin_lines (fixture);
      g_autofree char *pack = NULL;

      /* A good one comes before it, and is not taken either. */
      g_string_append (lines, FACT "\"bib\",\"subject\":\"" RUNNER_ID "\",\"body\":{\"bib\":7}}\n");
      g_string_append_printf (lines, "%s\n", cases[i].line);
      pack = fixture_seal (fixture, lines);
      assert_refused (fixture->file, pack, cases[i].code);
    }
#undef FACT
}

static void
test_bad_frames (Fixture *fixture, gconstpointer data)
{
  static const char *const contents[] = {
    "", "\n", "{}\n", "{\"race\":\"other\",\"station\":\"cccccccccc\"}\n", "no end of the line",
  };

  for (guint i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      g_autoptr (GString) lines = g_string_new (contents[i]);
      g_autofree char *pack = fixture_seal (fixture, lines);

      assert_refused (fixture->file, pack, CONC_SYNC_ERROR_DAMAGED);
    }
}

/* A laptop whose clock is a year ahead: its entries would win for a year. */
static void
test_dated_ahead (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) lines = fixture_begin_lines (fixture);
  g_autofree char *pack = NULL;
  ConcUnpacked     unpacked;

  fixture_add_bib (fixture, lines, "cccccccccc", 1, 7, 0);
  fixture_add_bib (fixture, lines, "cccccccccc", 2, 8, YEAR_USEC);
  pack = fixture_seal (fixture, lines);
  unpacked = fixture_unpack (fixture->file, pack);
  g_assert_cmpuint (unpacked.received.n_new, ==, 1);
  g_assert_cmpuint (unpacked.n_ahead, ==, 1);
  conc_fake_clock_advance (&fixture->clock, YEAR_USEC);
  unpacked = fixture_unpack (fixture->file, pack);
  g_assert_cmpuint (unpacked.received.n_new, ==, 1);
  g_assert_cmpuint (unpacked.n_ahead, ==, 0);
}

/* A copy of this file wrote other facts under its name; the later of the two gives way. */
static void
test_copy_under_one_name (Fixture *fixture, gconstpointer data)
{
  static const gint64 ages_usec[] = { -YEAR_USEC, YEAR_USEC / 1000 };

  for (guint i = 0; i < G_N_ELEMENTS (ages_usec); i++)
    {
      g_autoptr (GString) lines = fixture_begin_lines (fixture);
      g_autofree char *name = g_strdup (conc_race_file_get_station (fixture->file));
      g_autofree char *pack = NULL;
      gint64           n_facts = count_facts (fixture->file);
      gboolean         is_earlier = ages_usec[i] < 0;
      ConcUnpacked     unpacked;

      fixture_add_bib (fixture, lines, name, 1, 7, ages_usec[i]);
      pack = fixture_seal (fixture, lines);
      unpacked = fixture_unpack (fixture->file, pack);
      g_assert_true (unpacked.was_renamed == is_earlier);
      g_assert_true ((strcmp (name, conc_race_file_get_station (fixture->file)) != 0) ==
                     is_earlier);
      g_assert_cmpuint (unpacked.received.n_new, ==, is_earlier ? 1 : 0);
      g_assert_cmpuint (unpacked.received.n_differ, ==, is_earlier ? 0 : 1);
      g_assert_cmpint (count_facts (fixture->file), >=, n_facts + (is_earlier ? 1 : 0));
      if (is_earlier)
        fixture_append_own (fixture->file);
    }
}

/* Whatever the order and however often, everybody ends with the same race. */
static void
test_any_order (Fixture *fixture, gconstpointer data)
{
  for (guint32 seed = 0; seed < ORDER_SEEDS; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      ConcRaceFile *files[N_STATIONS];
      char         *packs[2 * N_STATIONS];

      for (guint i = 0; i < N_STATIONS; i++)
        {
          g_autofree char *name = g_strdup_printf ("%u-%u.race", seed, i);

          files[i] = fixture_join (fixture, name, CONC_ROLE_ORGANIZER);
          fixture_add_random (fixture, files[i], random);
          packs[i] = fixture_pack (fixture, files[i]);
        }
      for (guint n = 0; n < 3 * N_STATIONS; n++)
        fixture_unpack (files[g_rand_int_range (random, 0, N_STATIONS)],
                        packs[g_rand_int_range (random, 0, N_STATIONS)]);
      for (guint i = 0; i < N_STATIONS; i++)
        packs[N_STATIONS + i] = fixture_pack (fixture, files[i]);
      for (guint i = 0; i < N_STATIONS; i++)
        for (guint n = 0, at = (guint) g_rand_int_range (random, 0, 1000); n < 2 * N_STATIONS; n++)
          fixture_unpack (files[i], packs[(at + n * 3) % (2 * N_STATIONS)]);
      for (guint i = 1; i < N_STATIONS; i++)
        assert_same_race (files[0], files[i]);
      for (guint i = 0; i < 2 * N_STATIONS; i++)
        g_free (packs[i]);
      fixture_close_joined (fixture);
    }
}

typedef struct
{
  ConcRaceFile *file;
  const char   *pack;
} Job;

static gpointer
unpack_cb (gpointer data)
{
  Job *job = data;

  fixture_unpack (job->file, job->pack);
  return NULL;
}

static void
test_all_at_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  ConcRaceFile *one = fixture_join (fixture, "one.race", CONC_ROLE_ORGANIZER);
  ConcRaceFile *other = fixture_join (fixture, "other.race", CONC_ROLE_ORGANIZER);
  GThread      *threads[2 * N_STATIONS];
  Job           jobs[2 * N_STATIONS];

  for (guint i = 0; i < N_STATIONS; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.race", i);
      ConcRaceFile    *file = fixture_join (fixture, name, CONC_ROLE_ORGANIZER);

      fixture_add_random (fixture, file, random);
      jobs[i].file = one;
      jobs[i].pack = fixture_pack (fixture, file);
      jobs[N_STATIONS + i] = jobs[i];
    }
  for (guint i = 0; i < G_N_ELEMENTS (jobs); i++)
    threads[i] = g_thread_new ("unpack", unpack_cb, &jobs[i]);
  for (guint i = 0; i < G_N_ELEMENTS (jobs); i++)
    g_thread_join (threads[i]);
  for (guint i = 0; i < N_STATIONS; i++)
    {
      fixture_unpack (other, jobs[i].pack);
      g_free ((char *) jobs[i].pack);
    }
  assert_same_race (one, other);
}

static void
add (const char *name, void (*test) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/pack/", name, NULL);

  g_test_add (path, Fixture, NULL, fixture_set_up, test, fixture_tear_down);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  add ("comes back", test_comes_back);
  add ("withholds what a role does not read", test_withholds_by_role);
  add ("nothing is readable", test_nothing_is_readable);
  add ("private facts are sealed twice", test_private_is_sealed_twice);
  add ("a display has no key", test_display_has_no_key);
  add ("every byte changed is refused", test_every_byte);
  add ("every length is refused", test_every_length);
  add ("chunks left out or moved are refused", test_chunks);
  add ("another race", test_foreign);
  add ("a newer version", test_newer);
  add ("what is no pack", test_what_is_no_pack);
  add ("nothing else is replaced", test_target);
  add ("a full stick", test_full_stick);
  add ("fuzzed", test_fuzzed);
  add ("absurd facts", test_absurd_facts);
  add ("bad frames", test_bad_frames);
  add ("dated ahead", test_dated_ahead);
  add ("a copy under one name", test_copy_under_one_name);
  add ("in any order", test_any_order);
  add ("all at once", test_all_at_once);
  return g_test_run ();
}
