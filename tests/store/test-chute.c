/* test-chute.c: which tap each bib of the chute has, in whatever order the facts come. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/merge.h"
#include "store/log.h"
#include "store/pairing.h"
#include "store/projector.h"
#include "store/schema.h"

#include "fixture.h"

#include <locale.h>
#include <string.h>

/* Facts of stations a, b and c in the order of their hybrid times, each named by a letter and a
 * number: "a1 tap 10" is a tap at 10 s. Then what taps and entries have: "a1=7 a2=- | b1:a1 b2:-";
 * "?" is a bib that was not read. */
typedef struct
{
  const char *name;
  const char *facts;
  const char *pairs;
} Case;

static const Case cases[] = {
  { "nothing is read", "a1 tap 10; a2 tap 11", "a1=- a2=- |" },
  { "bibs in the order of arrival", "a1 tap 10; a2 tap 11; b1 chute 30 7; b2 chute 31 8",
    "a1=7 a2=8 | b1:a1 b2:a2" },
  { "a bib is read before its tap is known", "b1 chute 30 7; a1 tap 10", "a1=7 | b1:a1" },
  { "more taps than bibs", "a1 tap 10; a2 tap 11; b1 chute 30 7", "a1=7 a2=- | b1:a1" },
  { "more bibs than taps", "a1 tap 10; b1 chute 30 7; b2 chute 31 8", "a1=7 | b1:a1 b2:-" },
  { "a bib that was not read has its tap", "a1 tap 10; a2 tap 11; b1 chute 30 ?; b2 chute 31 8",
    "a1=? a2=8 | b1:a1 b2:a2" },
  { "a bib that is told later", "a1 tap 10; b1 chute 30 ?; b2 set b1 9", "a1=9 | b1:a1" },
  { "a bib that is corrected", "a1 tap 10; b1 chute 30 7; b2 set b1 9", "a1=9 | b1:a1" },
  { "a bib that is not known any more", "a1 tap 10; b1 chute 30 7; b2 set b1 0", "a1=? | b1:a1" },
  { "a bib that is taken back", "a1 tap 10; a2 tap 11; b1 chute 30 7; b2 chute 31 8; b3 undo b1",
    "a1=8 a2=- | b2:a1" },
  { "a tap that is taken back", "a1 tap 10; a2 tap 11; b1 chute 30 7; a3 undo a1", "a2=7 | b1:a2" },
  { "both come back", "a1 tap 10; b1 chute 30 7; a2 undo a1; b2 undo b1; a3 undo a2; b3 undo b2",
    "a1=7 | b1:a1" },
  { "a tap with a bib of its own is passed over",
    "a1 tap 10; a2 cross 11 50; a3 tap 12; b1 chute 30 7; b2 chute 31 8",
    "a1=7 a2=50 a3=8 | b1:a1 b2:a3" },
  { "a crossing is a link with the entry of its bib",
    "a1 tap 10; a2 cross 12 8; a3 tap 13; b1 chute 30 7; b2 chute 31 8; b3 chute 32 9",
    "a1=7 a2=8 a3=9 | b1:a1 b2:a2 b3:a3" },
  { "what a tap gets by hand is a link too",
    "a1 tap 10; a2 tap 12; b1 chute 30 7; b2 chute 31 8; a3 bib a2 7", "a1=- a2=7 | b1:a2 b2:-" },
  { "a tap that is missed before a link shifts nobody behind it",
    "a1 tap 10; a2 tap 12; a3 tap 13; b1 chute 30 6; b2 chute 31 7; b3 chute 32 8; b4 chute 33 9; "
    "b5 link b3 a2",
    "a1=6 a2=8 a3=9 | b1:a1 b2:- b3:a2 b4:a3" },
  { "a link that is taken back", "a1 tap 10; a2 tap 12; b1 chute 30 6; b2 link b1 a2; b3 undo b2",
    "a1=6 a2=- | b1:a1" },
  { "a link with none", "a1 tap 10; a2 tap 12; b1 chute 30 6; b2 link b1 a2; b3 link b1 -",
    "a1=6 a2=- | b1:a1" },
  { "a link with a tap that is taken back",
    "a1 tap 10; a2 tap 12; b1 chute 30 6; b2 link b1 a2; a3 undo a2", "a1=6 | b1:a1" },
  { "a link whose tap comes later", "b1 chute 30 6; b2 link b1 a2; a1 tap 10; a2 tap 12",
    "a1=- a2=6 | b1:a2" },
  { "two links with one tap: the first of the chute has it",
    "a1 tap 10; a2 tap 12; b1 chute 30 6; b2 chute 31 7; b3 link b2 a2; c1 link b1 a2",
    "a1=- a2=6 | b1:a2 b2:-" },
  { "a tap with a bib of its own is linked with no other bib",
    "a1 cross 10 5; a2 tap 12; b1 chute 30 6; b2 link b1 a1", "a1=5 a2=6 | b1:a2" },
  { "but with a bib that was not read",
    "a1 cross 10 5; a2 tap 12; b1 chute 30 ?; b2 chute 31 6; b3 link b1 a1",
    "a1=5 a2=6 | b1:a1 b2:a2" },
  { "two stations read, in the order of time",
    "a1 tap 10; a2 tap 11; a3 tap 12; b1 chute 30 7; b2 chute 32 9; c1 chute 31 8",
    "a1=7 a2=8 a3=9 | b1:a1 b2:a3 c1:a2" },
  { "two stations tap", "a1 tap 10; b1 tap 9; c1 chute 30 7; c2 chute 31 8",
    "b1=7 a1=8 | c1:b1 c2:a1" },
  { "one that is put in front of another", "a1 tap 10; a2 tap 11; b1 chute 30 7; b2 chute 31 8 b1",
    "a1=8 a2=7 | b1:a2 b2:a1" },
  { "several in front of one, in the order in which they were put there",
    "a1 tap 10; a2 tap 11; a3 tap 12; b1 chute 30 7; b2 chute 33 8 b1; b3 chute 31 9 b1",
    "a1=8 a2=9 a3=7 | b1:a3 b2:a1 b3:a2" },
  { "a chain", "a1 tap 10; a2 tap 11; a3 tap 12; b1 chute 30 7; b2 chute 33 8 b1; c1 chute 34 9 b2",
    "a1=9 a2=8 a3=7 | b1:a3 b2:a2 c1:a1" },
  { "the other one is taken back, and its own time counts",
    "a1 tap 10; a2 tap 11; b1 chute 30 7; b2 chute 31 9; b3 chute 35 8 b1; b4 undo b1",
    "a1=9 a2=8 | b2:a1 b3:a2" },
  { "the other one was never there", "a1 tap 10; a2 tap 11; b1 chute 30 7; b2 chute 31 8 c9",
    "a1=7 a2=8 | b1:a1 b2:a2" },
  { "a circle",
    "a1 tap 10; a2 tap 11; a3 tap 12; b1 chute 30 7 b2; b2 chute 31 8 b1; b3 chute 32 9",
    "a1=8 a2=7 a3=9 | b1:a2 b2:a1 b3:a3" },
  { "a circle with somebody in front of it",
    "a1 tap 10; a2 tap 11; a3 tap 12; a4 tap 13; b1 chute 30 1 c1; c1 chute 31 2 b2; "
    "b2 chute 32 3 b1; c2 chute 29 4 b2",
    "a1=2 a2=4 a3=3 a4=1 | b1:a4 b2:a3 c1:a1 c2:a2" },
  { "one in front of itself", "a1 tap 10; a2 tap 11; b1 chute 30 7 b1; b2 chute 31 8",
    "a1=7 a2=8 | b1:a1 b2:a2" },
  { "one bib twice", "a1 tap 10; a2 tap 11; b1 chute 30 7; b2 chute 31 7",
    "a1=7 a2=7 | b1:a1 b2:a2" },
  { "a tap of its own with a bib of two entries",
    "a1 tap 10; a2 cross 11 7; b1 chute 30 7; b2 chute 31 7; b3 undo b1", "a1=- a2=7 | b2:a2" },
};

typedef struct
{
  ConcDb      *db;
  ConcLog     *log;
  ConcPairing *pairing;
} Store;

/* ------------------------------------------------------------- facts in words */

static void
parse_name (const char *word, ConcFactId *ret_id)
{
  memset (ret_id->station, *word, CONC_STATION_ID_LENGTH);
  ret_id->station[CONC_STATION_ID_LENGTH] = '\0';
  ret_id->seq = g_ascii_strtoll (word + 1, NULL, 10);
}

static char *
dup_subject (const char *word, gboolean is_entry)
{
  ConcFactId       id;
  g_autofree char *name = NULL;

  parse_name (word, &id);
  name = conc_fact_id_to_text (&id);
  return g_strconcat (is_entry ? "c" : "", name, NULL);
}

static void
add_at (ConcBodyBuilder *builder, const char *word)
{
  g_autofree char *at = g_strdup_printf ("2017-12-09T16:00:%02dZ", atoi (word));

  conc_body_builder_add_text (builder, "at", at);
}

/* @subjects: of the facts so far, by their names. */
static ConcFact *
parse_fact (const char *text, ConcHlc hlc, GHashTable *subjects)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  guint            n_words = g_strv_length (words);
  const char      *verb = words[1];
  ConcBodyBuilder *builder = conc_body_builder_new ();
  ConcFactId       id, replaces = { "", 0 };
  g_autofree char *subject = NULL;
  g_autofree char *other = NULL;
  g_autoptr (ConcBody) body = NULL;
  ConcKind kind = CONC_KIND_TAP;

  parse_name (words[0], &id);
  if (strcmp (verb, "tap") == 0 || strcmp (verb, "cross") == 0)
    {
      kind = n_words > 3 ? CONC_KIND_CROSSING : CONC_KIND_TAP;
      subject = dup_subject (words[0], FALSE);
      add_at (builder, words[2]);
      if (n_words > 3)
        conc_body_builder_add_int (builder, "bib", atoi (words[3]));
    }
  else if (strcmp (verb, "bib") == 0)
    {
      kind = CONC_KIND_TAP_BIB;
      subject = dup_subject (words[2], FALSE);
      conc_body_builder_add_int (builder, "bib", atoi (words[3]));
    }
  else if (strcmp (verb, "chute") == 0)
    {
      kind = CONC_KIND_CHUTE;
      subject = dup_subject (words[0], TRUE);
      add_at (builder, words[2]);
      if (*words[3] != '?')
        conc_body_builder_add_int (builder, "bib", atoi (words[3]));
      other = n_words > 4 ? dup_subject (words[4], TRUE) : NULL;
      conc_body_builder_add_text (builder, "before", other);
    }
  else if (strcmp (verb, "undo") == 0)
    {
      kind = CONC_KIND_UNDO;
      subject = g_strdup (g_hash_table_lookup (subjects, words[2]));
      parse_name (words[2], &replaces);
    }
  else
    {
      kind = CONC_KIND_CHUTE_SET;
      subject = dup_subject (words[2], TRUE);
      other = strcmp (verb, "link") != 0 ? NULL
              : *words[3] != '-'         ? dup_subject (words[3], FALSE)
                                         : g_strdup ("");
      if (other != NULL)
        conc_body_builder_add_text (builder, "tap", other);
      else
        conc_body_builder_add_int (builder, "bib", atoi (words[3]));
    }
  body = conc_body_builder_end (builder);
  g_hash_table_insert (subjects, g_strdup (words[0]), g_strdup (subject));
  return conc_fact_new (&id, hlc, kind, subject, &replaces, NULL, body);
}

static GPtrArray *
parse_facts (const char *text)
{
  GPtrArray *facts = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_fact_unref);
  g_autoptr (GHashTable) subjects = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (GStrv) parts = g_strsplit (text, "; ", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    g_ptr_array_add (facts, parse_fact (parts[i], (G_GINT64_CONSTANT (1) << 40) + i + 1, subjects));
  return facts;
}

/* ------------------------------------------------------------- a store in memory */

static void
store_open (Store *store)
{
  g_autoptr (GError) error = NULL;

  store->db = conc_db_open (":memory:", SQLITE_OPEN_READWRITE, &error);
  g_assert_no_error (error);
  conc_schema_create (store->db, &error);
  g_assert_no_error (error);
  store->log = conc_log_new (store->db);
  store->pairing = conc_pairing_new (store->db);
}

static void
store_close (Store *store)
{
  conc_pairing_free (store->pairing);
  conc_log_free (store->log);
  conc_db_close (store->db);
}

static void
store_take (Store *store, const ConcFact *fact)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) known = NULL;
  g_autoptr (ConcMerged) merged = NULL;

  g_assert_true (conc_log_append (store->log, fact, &error));
  known = conc_log_read_subject (store->log, fact->subject, &error);
  merged = conc_merge (known);
  g_assert_true (conc_project (store->db, fact->subject, merged, &error));
  conc_pairing_note (store->pairing, fact->subject);
}

static void
store_settle (Store *store)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (conc_pairing_settle (store->pairing, NULL, NULL, &error));
  g_assert_no_error (error);
}

static void
append_short (GString *text, const char *subject)
{
  ConcFactId id;

  if (subject != NULL && !conc_fact_id_parse (subject, &id))
    subject++;
  if (subject != NULL && conc_fact_id_parse (subject, &id))
    g_string_append_printf (text, "%c%d", *id.station, (int) id.seq);
  else
    g_string_append_c (text, '-');
}

static char *
dup_pairs (Store *store)
{
  GString      *text = g_string_new (NULL);
  sqlite3_stmt *statement =
      conc_db_prepare (store->db,
                       "SELECT subject, bib, chute IS NOT NULL FROM tap ORDER BY at_usec, hlc",
                       NULL);

  while (conc_db_step (store->db, statement, NULL) == CONC_STEP_ROW)
    {
      int bib = sqlite3_column_int (statement, 1);

      append_short (text, conc_column_text (statement, 0));
      if (bib != 0)
        g_string_append_printf (text, "=%d ", bib);
      else
        g_string_append (text, sqlite3_column_int (statement, 2) != 0 ? "=? " : "=- ");
    }
  g_string_append (text, "|");
  statement = conc_db_prepare (store->db, "SELECT subject, tap FROM chute ORDER BY subject", NULL);
  while (conc_db_step (store->db, statement, NULL) == CONC_STEP_ROW)
    {
      g_string_append_c (text, ' ');
      append_short (text, conc_column_text (statement, 0));
      g_string_append_c (text, ':');
      append_short (text, conc_column_text (statement, 1));
    }
  return g_string_free (text, FALSE);
}

/* ------------------------------------------------------------- pairs */

static void
test_pairs (gconstpointer data)
{
  const Case *each = data;
  g_autoptr (GPtrArray) facts = parse_facts (each->facts);

  /* One by one in both directions, and all at once. */
  for (guint way = 0; way < 4; way++)
    {
      Store            store;
      g_autofree char *pairs = NULL;

      store_open (&store);
      for (guint i = 0; i < facts->len; i++)
        {
          store_take (&store, g_ptr_array_index (facts, way % 2 == 0 ? i : facts->len - 1 - i));
          if (way < 2)
            store_settle (&store);
        }
      store_settle (&store);
      pairs = dup_pairs (&store);
      g_assert_cmpstr (pairs, ==, each->pairs);
      g_assert_true (conc_pairing_settle_all (store.db, NULL));
      g_free (pairs);
      pairs = dup_pairs (&store);
      g_assert_cmpstr (pairs, ==, each->pairs);
      store_close (&store);
    }
}

/* Random taps, entries, links and undos: what is kept is what would be made anew. */
static void
test_random (void)
{
  for (guint32 seed = 1; seed <= 40; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      g_autoptr (GString) text = g_string_new ("a1 tap 10; b1 chute 30 7");
      g_autoptr (GPtrArray) facts = NULL;
      Store store;

      for (guint i = 2; i <= 40; i++)
        {
          int what = g_rand_int_range (random, 0, 12);
          int other = g_rand_int_range (random, 1, (int) i);
          int at = g_rand_int_range (random, 10, 40);

          if (what < 3)
            g_string_append_printf (text, "; a%u tap %d", i, at);
          else if (what < 4)
            g_string_append_printf (text, "; a%u cross %d %d", i, at, other);
          else if (what < 7)
            g_string_append_printf (text, "; b%u chute %d %d", i, at, other);
          else if (what < 8)
            g_string_append_printf (text, "; b%u chute %d ? b%d", i, at, other);
          else if (what < 9)
            g_string_append_printf (text, "; c%u set b%d %d", i, other, at);
          else if (what < 10)
            g_string_append_printf (text, "; c%u link b%d a%d", i, other, at - 9);
          else if (what < 11)
            g_string_append_printf (text, "; c%u undo b%d", i, 1);
          else
            g_string_append_printf (text, "; c%u undo a%d", i, 1);
        }
      facts = parse_facts (text->str);
      store_open (&store);
      for (guint i = 0; i < facts->len; i++)
        {
          g_autofree char *kept = NULL;
          g_autofree char *anew = NULL;

          store_take (&store, g_ptr_array_index (facts, i));
          if (g_rand_boolean (random))
            continue;
          store_settle (&store);
          kept = dup_pairs (&store);
          g_assert_true (conc_db_exec (store.db,
                                       "UPDATE chute SET tap = NULL;"
                                       "UPDATE tap SET bib = NULL, bib_fact = NULL, "
                                       "chute = NULL WHERE chute IS NOT NULL",
                                       NULL));
          g_assert_true (conc_pairing_settle_all (store.db, NULL));
          anew = dup_pairs (&store);
          g_assert_cmpstr (kept, ==, anew);
        }
      store_close (&store);
    }
}

#define N_MANY 5000

static void
count_cb (const char *subject, gpointer user_data)
{
  (*(guint *) user_data)++;
}

/* One more at the end of thousands changes two rows, and a tap in front of them all of them. */
static void
test_many (void)
{
  Store store;
  guint n_changed = 0;
  g_autoptr (GError) error = NULL;
  gint64 n_right;

  store_open (&store);
  conc_db_exec (store.db, "BEGIN", &error);
  for (gint64 i = 1; i <= N_MANY; i++)
    {
      g_autofree char *tap = g_strdup_printf ("aaaaaaaaaa-%d", (int) i);
      g_autofree char *entry = g_strdup_printf ("cbbbbbbbbbb-%d", (int) i);

      conc_db_run (store.db,
                   "INSERT INTO tap (subject, at_usec, raw_usec, hlc, station, stream) "
                   "VALUES (?, ?, 0, 0, 'a', '')",
                   &error, "ti", tap, i);
      conc_db_run (store.db,
                   "INSERT INTO chute (subject, at_usec, raw_usec, hlc, station, stream, bib) "
                   "VALUES (?, ?, 0, 0, 'b', '', ?)",
                   &error, "tii", entry, i, i);
    }
  conc_pairing_note_all (store.pairing);
  conc_pairing_settle (store.pairing, NULL, NULL, &error);
  conc_db_exec (store.db,
                "INSERT INTO tap (subject, at_usec, raw_usec, hlc, station, stream) "
                "VALUES ('aaaaaaaaaa-9000', 9000, 0, 0, 'a', '');"
                "INSERT INTO chute (subject, at_usec, raw_usec, hlc, station, stream, bib) "
                "VALUES ('cbbbbbbbbbb-9000', 9000, 0, 0, 'b', '', 9000)",
                &error);
  conc_pairing_note (store.pairing, "aaaaaaaaaa-9000");
  conc_pairing_note (store.pairing, "cbbbbbbbbbb-9000");
  conc_pairing_settle (store.pairing, count_cb, &n_changed, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_changed, ==, 3);
  conc_db_get_int (store.db, "SELECT count (*) FROM tap WHERE bib = at_usec", &n_right, &error);
  g_assert_cmpint (n_right, ==, N_MANY + 1);
  conc_db_exec (store.db,
                "INSERT INTO tap (subject, at_usec, raw_usec, hlc, station, stream) "
                "VALUES ('aaaaaaaaaa-9001', 0, 0, 0, 'a', '')",
                &error);
  conc_pairing_note (store.pairing, "aaaaaaaaaa-9001");
  conc_pairing_settle (store.pairing, NULL, NULL, &error);
  conc_db_get_int (store.db, "SELECT count (*) FROM tap WHERE bib = at_usec + 1", &n_right, &error);
  g_assert_no_error (error);
  g_assert_cmpint (n_right, ==, N_MANY);
  store_close (&store);
}

/* ------------------------------------------------------------- commands */

static char *
run (Fixture *fixture, ConcCommand *command, const char *refusal)
{
  g_autoptr (ConcCommand) owned = command;
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcReceipt) receipt = conc_race_file_submit (fixture->file, owned, &error);

  if (refusal != NULL)
    {
      g_assert_error (error, CONC_STORE_ERROR, CONC_STORE_ERROR_REFUSED);
      g_assert_cmpstr (error->message, ==, refusal);
      return NULL;
    }
  g_assert_no_error (error);
  return receipt->n_facts > 0 ? conc_fact_id_to_text (&receipt->fact) : NULL;
}

static char *
run_line (Fixture *fixture, const char *line)
{
  g_autoptr (GError) error = NULL;
  ConcCommand *command = conc_command_parse_line (line, &fixture->clock.clock, &error);

  g_assert_no_error (error);
  return run (fixture, command, NULL);
}

static void
assert_bibs (Fixture *fixture, const char *bibs)
{
  g_autoptr (GPtrArray) taps = conc_reader_list_taps (fixture_get_reader (fixture), 0, NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < taps->len; i++)
    g_string_append_printf (text, "%s%u", i > 0 ? " " : "",
                            ((ConcTap *) g_ptr_array_index (taps, i))->bib);
  g_assert_cmpstr (text->str, ==, bibs);
}

static void
test_commands (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = NULL, *second = NULL, *entry = NULL;
  ConcClock       *clock = &fixture->clock.clock;
  ConcCommand     *tap;
  ConcCounts       counts;

  g_free (run (fixture, conc_command_new_chute_set (clock, NULL, 7),
               "No bib was read at this station yet."));
  g_free (run_line (fixture, "tap 10:00:00"));
  g_free (run_line (fixture, "tap 10:00:01"));
  first = run_line (fixture, "chute 7 10:00:10");
  second = run_line (fixture, "chute ? 10:00:11");
  assert_bibs (fixture, "7 0");
  g_assert_true (conc_reader_count (fixture_get_reader (fixture), &counts, NULL));
  g_assert_cmpuint (counts.n_unmatched, ==, 1);
  g_assert_cmpuint (counts.n_unmatched_bibs, ==, 0);
  g_free (run (fixture, conc_command_new_chute_set (clock, NULL, 8), NULL));
  assert_bibs (fixture, "7 8");
  g_assert_null (run (fixture, conc_command_new_chute_set (clock, NULL, 8), NULL));
  entry = g_strconcat ("c", first, NULL);
  g_free (run (fixture, conc_command_new_chute (clock, 9, entry), NULL));
  assert_bibs (fixture, "9 7");
  g_assert_true (conc_reader_count (fixture_get_reader (fixture), &counts, NULL));
  g_assert_cmpuint (counts.n_unmatched_bibs, ==, 1);
  g_free (run (fixture, conc_command_new_chute (clock, 9, "caaaaaaaaaa-1"),
               "There is no bib of the chute named caaaaaaaaaa-1 any more."));
  g_free (run (fixture, conc_command_new_chute (clock, CONC_BIB_MAX + 1, NULL),
               "A bib is a number from 1 to 999999."));
  tap = conc_command_new (CONC_COMMAND_TAP, clock);
  tap->stream = g_strdup ("mat");
  g_free (run (fixture, tap, "There is no stream “mat”. Set it up first."));
}

/* "bib" in the same commit as the chute bib sees which tap that has. */
static void
test_bib_is_for_a_tap_that_is_left (Fixture *fixture, gconstpointer data)
{
  g_free (run_line (fixture, "tap 10:00:00"));
  g_free (run_line (fixture, "tap 10:00:01"));
  g_free (run_line (fixture, "chute 7 10:00:10"));
  g_free (run_line (fixture, "bib 8"));
  assert_bibs (fixture, "7 8");
}

typedef struct
{
  ConcScoreboard *board;
  Fixture        *fixture;
} Kept;

static void
changed_cb (ConcRaceFile *file, ConcChanged changed, GStrv subjects, Kept *kept)
{
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (subjects);
  conc_reader_update_scoreboard (fixture_get_reader (kept->fixture), kept->board,
                                 (const char *const *) subjects, &error);
  g_assert_no_error (error);
}

static void
assert_current (Kept *kept)
{
  g_autoptr (ConcScoreboard) anew =
      conc_reader_load_scoreboard (fixture_get_reader (kept->fixture), NULL);
  guint count = conc_scoreboard_get_count (anew, CONC_LIST_OVERALL);

  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (conc_scoreboard_get_count (kept->board, CONC_LIST_OVERALL), ==, count);
  for (guint i = 0; i < count; i++)
    {
      ConcResult left, right;

      g_assert_true (conc_scoreboard_get_row (anew, CONC_LIST_OVERALL, i, &left));
      g_assert_true (conc_scoreboard_get_row (kept->board, CONC_LIST_OVERALL, i, &right));
      g_assert_cmpuint (left.entrant->bib, ==, right.entrant->bib);
      g_assert_cmpint (left.finish_usec, ==, right.finish_usec);
    }
}

/* What a commit names is enough to keep results current, whatever moves. */
static void
test_results_follow (Fixture *fixture, gconstpointer data)
{
  static const char *const lines[] = {
    "gun 09:30:00",     "tap 10:00:00",     "tap 10:00:01",     "tap 10:00:02", "chute 7 10:00:10",
    "chute 8 10:00:11", "chute 9 10:00:12", "cross 8 10:00:03", "tap 09:59:59",
  };
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  Kept kept = { conc_reader_load_scoreboard (fixture_get_reader (fixture), NULL), fixture };

  g_signal_connect (fixture->file, "changed", G_CALLBACK (changed_cb), &kept);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_ptr_array_add (names, run_line (fixture, lines[i]));
      assert_current (&kept);
    }
  for (guint i = 1; i < names->len; i++)
    {
      g_autofree char *line = g_strconcat ("undo ", g_ptr_array_index (names, i), NULL);

      g_free (run_line (fixture, line));
      assert_current (&kept);
    }
  g_signal_handlers_disconnect_by_data (fixture->file, &kept);
  conc_scoreboard_free (kept.board);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/chute/pairs/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_pairs);
    }
  g_test_add_func ("/chute/what is kept is what would be made anew", test_random);
  g_test_add_func ("/chute/one more of thousands", test_many);
  g_test_add ("/chute/commands", Fixture, NULL, fixture_set_up, test_commands, fixture_tear_down);
  g_test_add ("/chute/a bib is for a tap that is left", Fixture, NULL, fixture_set_up,
              test_bib_is_for_a_tap_that_is_left, fixture_tear_down);
  g_test_add ("/chute/results follow", Fixture, NULL, fixture_set_up, test_results_follow,
              fixture_tear_down);
  return g_test_run ();
}
