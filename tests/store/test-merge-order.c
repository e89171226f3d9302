/* test-merge-order.c: the projections do not depend on the order in which facts arrive. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/merge.h"
#include "store/log.h"
#include "store/projector.h"
#include "store/schema.h"

#include <locale.h>
#include <sqlite3.h>
#include <string.h>

#define SEEDS 200
#define MAX_FACTS 48
#define MAX_HLC_STEP 3
#define ORDERS 3

static const char *const stations[] = { "aaaaaaaaaa", "bbbbbbbbbb", "cccccccccc" };

static const struct
{
  const char *name;
  ConcFamily  family;
} subjects[] = {
  { "r1", CONC_FAMILY_RUNNER },
  { "r2", CONC_FAMILY_RUNNER },
  { "aaaaaaaaaa-1000", CONC_FAMILY_TAP },
  { "bbbbbbbbbb-1000", CONC_FAMILY_TAP },
  { "gun:", CONC_FAMILY_GUN },
  { "gun:A", CONC_FAMILY_GUN },
  { "g1", CONC_FAMILY_GIFT },
  { "setting:name", CONC_FAMILY_SETTING },
};

/* Everything but the number of a row, which tells the order of arrival. */
static const char *const dumps[] = {
  "SELECT id, bib, given_name, family_name, team, city, checked_in_at, email, bib_order, "
  "is_virtual, search FROM runner ORDER BY id",
  "SELECT term, doc FROM temp.words ORDER BY term",
  "SELECT * FROM tap ORDER BY subject",
  "SELECT * FROM gun ORDER BY wave",
  "SELECT * FROM gift ORDER BY id",
  "SELECT * FROM setting ORDER BY key",
  "SELECT * FROM conflict ORDER BY subject, key",
};

typedef struct
{
  GRand     *random;
  GPtrArray *facts;
  gint64     seqs[G_N_ELEMENTS (stations)];
  ConcHlc    hlc;
} Maker;

static ConcKind
choose_kind (GRand *random, ConcFamily family)
{
  static const ConcKind kinds[CONC_N_FAMILIES][5] = {
    [CONC_FAMILY_RUNNER] = { CONC_KIND_RUNNER, CONC_KIND_RUNNER_PRIVATE, CONC_KIND_RUNNER_SET,
                             CONC_KIND_BIB, CONC_KIND_CHECK_IN },
    [CONC_FAMILY_TAP] = { CONC_KIND_TAP, CONC_KIND_TAP, CONC_KIND_CROSSING, CONC_KIND_TAP_BIB,
                          CONC_KIND_TAP_BIB },
    [CONC_FAMILY_GUN] = { CONC_KIND_GUN, CONC_KIND_GUN, CONC_KIND_GUN, CONC_KIND_GUN,
                          CONC_KIND_GUN },
    [CONC_FAMILY_GIFT] = { CONC_KIND_GIFT, CONC_KIND_GIFT, CONC_KIND_GIFT, CONC_KIND_GIFT_PRIVATE,
                           CONC_KIND_GIFT_PRIVATE },
    [CONC_FAMILY_SETTING] = { CONC_KIND_SETTING, CONC_KIND_SETTING, CONC_KIND_SETTING,
                              CONC_KIND_SETTING, CONC_KIND_SETTING },
  };

  if (g_rand_int_range (random, 0, 4) == 0)
    return CONC_KIND_UNDO;
  return kinds[family][g_rand_int_range (random, 0, 5)];
}

static void
add_random_text (ConcBodyBuilder *builder, GRand *random, const char *key)
{
  static const char *const texts[] = { "Ada", "Ødegård", "Vang", "" };

  conc_body_builder_add_text (builder, key,
                              texts[g_rand_int_range (random, 0, G_N_ELEMENTS (texts))]);
}

static void
add_random_time (ConcBodyBuilder *builder, GRand *random, const char *key)
{
  g_autofree char *at =
      g_strdup_printf ("2017-12-09T16:00:%02d.000000Z", g_rand_int_range (random, 0, 4));

  conc_body_builder_add_text (builder, key, at);
}

static ConcBody *
make_body (GRand *random, ConcKind kind)
{
  ConcBodyBuilder *builder = conc_body_builder_new ();

  if (kind == CONC_KIND_RUNNER)
    add_random_text (builder, random, "given_name");
  if (kind == CONC_KIND_RUNNER || kind == CONC_KIND_RUNNER_SET)
    add_random_text (builder, random, g_rand_boolean (random) ? "family_name" : "team");
  if (kind == CONC_KIND_RUNNER_PRIVATE)
    add_random_text (builder, random, "email");
  if (kind == CONC_KIND_CHECK_IN)
    add_random_time (builder, random, "checked_in_at");
  if (conc_kind_founds (kind) && kind != CONC_KIND_RUNNER && kind != CONC_KIND_SETTING)
    add_random_time (builder, random, "at");
  if (kind == CONC_KIND_BIB || kind == CONC_KIND_TAP_BIB || kind == CONC_KIND_CROSSING)
    conc_body_builder_add_int (builder, "bib", g_rand_int_range (random, 0, 3));
  if (kind == CONC_KIND_GIFT)
    conc_body_builder_add_int (builder, "amount_cents", g_rand_int_range (random, 1, 4));
  if (kind == CONC_KIND_GIFT_PRIVATE)
    add_random_text (builder, random, "from");
  if (kind == CONC_KIND_SETTING)
    add_random_text (builder, random, "value");
  return conc_body_builder_end (builder);
}

/* Only what was written before can be replaced, and only of the same subject. */
static void
choose_replaced (Maker *maker, const char *subject, ConcFactId *ret_id)
{
  g_autoptr (GPtrArray) earlier = g_ptr_array_new ();

  for (guint i = 0; i < maker->facts->len; i++)
    {
      ConcFact *fact = g_ptr_array_index (maker->facts, i);

      if (g_strcmp0 (fact->subject, subject) == 0)
        g_ptr_array_add (earlier, fact);
    }
  if (earlier->len > 0)
    *ret_id = ((ConcFact *) g_ptr_array_index (earlier, g_rand_int_range (maker->random, 0,
                                                                          (int) earlier->len)))
                  ->id;
}

static void
add_fact (Maker *maker)
{
  int         s = g_rand_int_range (maker->random, 0, G_N_ELEMENTS (subjects));
  int         n = g_rand_int_range (maker->random, 0, G_N_ELEMENTS (stations));
  const char *subject = subjects[s].name;
  ConcKind    kind = choose_kind (maker->random, subjects[s].family);
  ConcFactId  id = { "", 0 };
  ConcFactId  replaces = { "", 0 };
  g_autoptr (ConcBody) body = make_body (maker->random, kind);

  if (kind == CONC_KIND_UNDO || g_rand_boolean (maker->random))
    choose_replaced (maker, subject, &replaces);
  if (kind == CONC_KIND_UNDO && !conc_fact_id_is_set (&replaces))
    return;
  g_strlcpy (id.station, stations[n], sizeof id.station);
  id.seq = ++maker->seqs[n];
  /* Two stations may well write at one moment. */
  maker->hlc += g_rand_int_range (maker->random, 0, MAX_HLC_STEP);
  g_ptr_array_add (maker->facts,
                   conc_fact_new (&id, maker->hlc, kind, subject, &replaces, NULL, body));
}

static GPtrArray *
make_facts (GRand *random)
{
  Maker maker = { .random = random, .hlc = G_GINT64_CONSTANT (1) << 40 };

  maker.facts = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_fact_unref);
  for (guint i = 0; i < MAX_FACTS; i++)
    add_fact (&maker);
  return maker.facts;
}

/* Every fact at least once, and about half of them once more. */
static GPtrArray *
shuffle (GPtrArray *facts, GRand *random)
{
  GPtrArray *order = g_ptr_array_new ();

  for (guint i = 0; i < facts->len; i++)
    for (int times = g_rand_int_range (random, 1, 3); times > 0; times--)
      g_ptr_array_add (order, g_ptr_array_index (facts, i));
  for (guint i = order->len - 1; i > 0; i--)
    {
      int      other = g_rand_int_range (random, 0, (int) i + 1);
      gpointer kept = order->pdata[i];

      order->pdata[i] = order->pdata[other];
      order->pdata[other] = kept;
    }
  return order;
}

static void
receive (ConcDb *db, ConcLog *log, const ConcFact *fact)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) known = NULL;
  g_autoptr (ConcMerged) merged = NULL;

  conc_log_append (log, fact, &error);
  g_assert_no_error (error);
  known = conc_log_read_subject (log, fact->subject, &error);
  g_assert_no_error (error);
  merged = conc_merge (known);
  conc_project (db, fact->subject, merged, &error);
  g_assert_no_error (error);
}

static void
dump_query (ConcDb *db, const char *sql, GString *text)
{
  sqlite3_stmt *statement = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (conc_db_get_handle (db), sql, -1, &statement, NULL), ==,
                   SQLITE_OK);
  g_string_append_printf (text, "%s\n", sql);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      for (int i = 0; i < sqlite3_column_count (statement); i++)
        {
          const char *column = conc_column_text (statement, i);

          g_string_append_printf (text, "%s|", column != NULL ? column : "NULL");
        }
      g_string_append_c (text, '\n');
    }
  g_assert_cmpint (sqlite3_finalize (statement), ==, SQLITE_OK);
}

static char *
project_in_order (GPtrArray *order)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcDb) db = conc_db_open (":memory:", SQLITE_OPEN_READWRITE, &error);
  g_autoptr (ConcLog) log = NULL;
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  conc_schema_create (db, &error);
  g_assert_no_error (error);
  conc_db_exec (db,
                "CREATE VIRTUAL TABLE temp.words USING fts5vocab (main, runner_search, row); BEGIN",
                &error);
  g_assert_no_error (error);
  log = conc_log_new (db);
  for (guint i = 0; i < order->len; i++)
    receive (db, log, g_ptr_array_index (order, i));
  conc_db_exec (db, "COMMIT", &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (dumps); i++)
    dump_query (db, dumps[i], text);
  return g_string_free (text, FALSE);
}

static void
test_order (void)
{
  for (guint seed = 1; seed <= SEEDS; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      g_autoptr (GPtrArray) facts = make_facts (random);
      g_autofree char *wanted = project_in_order (facts);

      for (guint i = 0; i < ORDERS; i++)
        {
          g_autoptr (GPtrArray) order = shuffle (facts, random);
          g_autofree char *got = project_in_order (order);

          if (g_strcmp0 (got, wanted) != 0)
            g_test_message ("seed %u, order %u", seed, i);
          g_assert_cmpstr (got, ==, wanted);
        }
    }
}

/* The property would be worth nothing if the facts made no rows. */
static void
test_facts_make_rows (void)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint seed = 1; seed <= 20; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      g_autoptr (GPtrArray) facts = make_facts (random);
      g_autofree char *text = project_in_order (facts);

      g_string_append (all, text);
    }
  for (guint i = 0; i < G_N_ELEMENTS (dumps); i++)
    {
      g_autofree char *empty = g_strconcat (dumps[i], "\nSELECT", NULL);
      guint            n_empty = 0;

      for (const char *at = strstr (all->str, empty); at != NULL; at = strstr (at + 1, empty))
        n_empty++;
      g_assert_cmpuint (n_empty, <, 10);
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/merge/the order of arrival does not matter", test_order);
  g_test_add_func ("/merge/the facts of the test make rows", test_facts_make_rows);
  return g_test_run ();
}
