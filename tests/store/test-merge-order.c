/* test-merge-order.c: the projections do not depend on the order in which facts arrive. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/field.h"
#include "core/merge.h"
#include "core/print-job.h"
#include "core/role.h"
#include "core/runner-facts.h"
#include "store/log.h"
#include "store/pairing.h"
#include "store/projector.h"
#include "store/schema.h"
#include "store/timebase.h"

#include <locale.h>
#include <sqlite3.h>
#include <string.h>

#define SEEDS 70
#define MAX_FACTS 170
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
  { "r3", CONC_FAMILY_RUNNER },
  { "r4", CONC_FAMILY_RUNNER },
  { "aaaaaaaaaa-1000", CONC_FAMILY_TAP },
  { "bbbbbbbbbb-1000", CONC_FAMILY_TAP },
  { "cccccccccc-1000", CONC_FAMILY_TAP },
  { "gun:", CONC_FAMILY_GUN },
  { "gun:A", CONC_FAMILY_GUN },
  { "start:1", CONC_FAMILY_START },
  { "start:2", CONC_FAMILY_START },
  { "g1", CONC_FAMILY_GIFT },
  { "g2", CONC_FAMILY_GIFT },
  { "f1", CONC_FAMILY_FEE },
  { "f2", CONC_FAMILY_FEE },
  { "p1", CONC_FAMILY_PRINT },
  { "p2", CONC_FAMILY_PRINT },
  { "setting:name", CONC_FAMILY_SETTING },
  { "station:aaaaaaaaaa", CONC_FAMILY_STATION },
  { "station:bbbbbbbbbb", CONC_FAMILY_STATION },
  { "station:cccccccccc", CONC_FAMILY_STATION },
  { "caaaaaaaaaa-1000", CONC_FAMILY_CHUTE },
  { "cbbbbbbbbbb-1000", CONC_FAMILY_CHUTE },
  { "daaaaaaaaaa-1000", CONC_FAMILY_READ },
  { "dbbbbbbbbbb-1000", CONC_FAMILY_READ },
  { "aaaaaaaaaa-1000#0", CONC_FAMILY_TAP },
  { "caaaaaaaaaa-1000#1", CONC_FAMILY_CHUTE },
  { "stream:mat", CONC_FAMILY_STREAM },
  { "stream:x", CONC_FAMILY_STREAM },
  { "chip:058", CONC_FAMILY_CHIP },
  { "setting:timezone", CONC_FAMILY_SETTING },
  { "xaaaaaaaaaa-1000", CONC_FAMILY_REPAIR },
  { "naaaaaaaaaa-1000", CONC_FAMILY_GUN_SEEN },
  { "kaaaaaaaaaa-1000", CONC_FAMILY_CLOCK },
};

/* The tables that are no projections. */
#define LOG_TABLES "'identity', 'secret', 'sync', 'station', 'fact'"

/* Keys that bodies have beside the fields of a runner. */
static const char *const keys[] = {
  "at",       "source",      "monotonic_usec", "anonymous", "removed", "apart_r1",
  "apart_r2", "message",     "amount_cents",   "from",      "method",  "name",
  "role",     "beneficiary", "value",          "runner",    "counts",  "state_at",
  "content",  "printer",     "transferred_to", "waiver_by", "filter",  "gap_usec",
  "tap",      "before"
};

typedef struct
{
  GRand     *random;
  GPtrArray *facts;
  gint64     seqs[G_N_ELEMENTS (stations)];
  ConcHlc    hlc;
} Maker;

/* Any kind that can be about such a subject, and oftener one that founds it. */
static ConcKind
choose_kind (GRand *random, ConcFamily family)
{
  ConcKind fitting[2 * CONC_N_KINDS];
  int      n_fitting = 0;

  if (g_rand_int_range (random, 0, 5) == 0)
    return CONC_KIND_UNDO;
  for (ConcKind kind = 0; kind < CONC_N_KINDS; kind++)
    if (kind != CONC_KIND_UNDO &&
        (conc_kind_get_family (kind) == family || conc_kind_get_family (kind) == CONC_FAMILY_NONE))
      {
        fitting[n_fitting++] = kind;
        if (conc_kind_founds (kind))
          fitting[n_fitting++] = kind;
      }
  return fitting[g_rand_int_range (random, 0, n_fitting)];
}

static void
add_random_time (ConcBodyBuilder *builder, GRand *random, const char *key)
{
  g_autofree char *at =
      g_strdup_printf ("2017-12-09T16:00:%02d.000000Z", g_rand_int_range (random, 0, 4));

  conc_body_builder_add_text (builder, key, at);
}

/* Values that fit their key and values that no station would write. */
static void
add_random (ConcBodyBuilder *builder, GRand *random, const char *key)
{
  static const char *const texts[] = { "Ada", "Ødegård", "Vang",      "",           "F",
                                       "no",  "cash",    "organizer", "Virtual 5K", "2000-02-29" };

  if (g_str_has_prefix (key, "apart_"))
    {
      conc_body_builder_add_bool (builder, key, g_rand_int_range (random, 0, 4) > 0);
      return;
    }
  if (strcmp (key, "tap") == 0 || strcmp (key, "before") == 0)
    {
      const char *subject = subjects[g_rand_int_range (random, 0, G_N_ELEMENTS (subjects))].name;

      conc_body_builder_add_text (builder, key, subject);
      return;
    }
  switch (g_rand_int_range (random, 0, 8))
    {
    case 0:
      conc_body_builder_add_int (builder, key, g_rand_int_range (random, -1, 3));
      return;
    case 1:
      conc_body_builder_add_bool (builder, key, g_rand_boolean (random));
      return;
    case 2:
      add_random_time (builder, random, key);
      return;
    default:
      conc_body_builder_add_text (builder, key,
                                  texts[g_rand_int_range (random, 0, G_N_ELEMENTS (texts))]);
    }
}

/* Lines of one chip and of none, and one that is damaged. */
static void
add_random_lines (ConcBodyBuilder *builder, GRand *random)
{
  static const char *const lines[] = {
    "Chip,Bib,Time,Position",
    "058,,2017-12-09 16:00:01.250,",
    "058,,16:00:02.5,",
    "058,,16:02:00,",
    ",2,16:00:03,1",
    ",,0:02.5,2",
    "059,3,2017-12-09 16:00:01,",
    "058,,25:00:00,",
  };
  g_autoptr (GString) text = g_string_new (lines[0]);

  for (gsize i = 1; i < G_N_ELEMENTS (lines); i++)
    if (g_rand_int_range (random, 0, 3) > 0)
      g_string_append_printf (text, "\n%s", lines[i]);
  conc_body_builder_add_text (builder, "stream", g_rand_boolean (random) ? "mat" : "x");
  conc_body_builder_add_text (builder, "format", "passings");
  conc_body_builder_add_text (builder, "lines", text->str);
}

/* The second stream is one of another watch. */
static const char *
choose_use (GRand *random, const char *subject)
{
  static const char *const uses[] = { "second", "select", "finish", "start", "chute", "?" };
  int n_uses = strcmp (subject, "stream:x") == 0 ? 2 : (int) G_N_ELEMENTS (uses);

  return uses[g_rand_int_range (random, 0, n_uses)];
}

/* What the kind cannot do without; or there would be no rows. */
static const char *
add_needed (ConcBodyBuilder *builder, GRand *random, ConcKind kind, const char *subject)
{
  switch (kind)
    {
    case CONC_KIND_GUN:
    case CONC_KIND_START:
    case CONC_KIND_CHUTE:
    case CONC_KIND_GUN_SEEN:
    case CONC_KIND_CLOCK:
    case CONC_KIND_GIFT:
      add_random_time (builder, random, "at");
      return "at";
    case CONC_KIND_TAP:
      add_random_time (builder, random, "at");
      if (g_rand_int_range (random, 0, 6) == 0)
        conc_body_builder_add_text (builder, "stream", "x");
      return "at";
    case CONC_KIND_BIB:
    case CONC_KIND_TAP_BIB:
    case CONC_KIND_CHUTE_SET:
    case CONC_KIND_CHIP:
    case CONC_KIND_CROSSING:
      conc_body_builder_add_int (builder, "bib", g_rand_int_range (random, 0, 3));
      return "bib";
    case CONC_KIND_CHECK_IN:
      add_random_time (builder, random, "checked_in_at");
      return "checked_in_at";
    case CONC_KIND_RUNNER:
      conc_body_builder_add_text (builder, "given_name",
                                  g_rand_int_range (random, 0, 8) > 0 ? "Ada" : "Cai");
      conc_body_builder_add_bool (builder, CONC_KEY_WALK_UP, g_rand_int_range (random, 0, 8) > 0);
      return "given_name";
    case CONC_KIND_FEE:
    case CONC_KIND_PRINT:
      conc_body_builder_add_text (builder, "runner", g_rand_boolean (random) ? "r1" : "r2");
      return "runner";
    case CONC_KIND_PRINT_STATE:
      conc_body_builder_add_text (builder, "state",
                                  conc_print_state_to_text (
                                      g_rand_int_range (random, 0, CONC_N_PRINT_STATES)));
      return "state";
    case CONC_KIND_READ:
      add_random_lines (builder, random);
      return "lines";
    case CONC_KIND_READ_SET:
      conc_body_builder_add_bool (builder, "ignore.1", g_rand_boolean (random));
      return "ignore.1";
    case CONC_KIND_STREAM:
      conc_body_builder_add_text (builder, "use", choose_use (random, subject));
      return "use";
    case CONC_KIND_SETTING:
      conc_body_builder_add_text (builder, "value", g_rand_boolean (random) ? "5K" : "10K");
      return "value";
    case CONC_KIND_STATION:
      conc_body_builder_add_text (builder, "role",
                                  conc_role_to_text (g_rand_int_range (random, 0, CONC_N_ROLES)));
      return "role";
    default:
      return "";
    }
}

static void
add_names (ConcBodyBuilder *builder, Maker *maker, const char *key, const char *subject)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < maker->facts->len; i++)
    {
      const ConcFact  *fact = g_ptr_array_index (maker->facts, i);
      g_autofree char *name = conc_fact_id_to_text (&fact->id);

      if (g_strcmp0 (fact->subject, subject) == 0 && g_rand_boolean (maker->random))
        g_string_append_printf (names, "%s%s", names->len > 0 ? " " : "", name);
    }
  conc_body_builder_add_text (builder, key, names->str);
}

/* Names are seldom corrected, so that some are the same. */
static gboolean
is_name (ConcField field)
{
  return field == CONC_FIELD_GIVEN_NAME || field == CONC_FIELD_FAMILY_NAME;
}

/* By which clock a time was taken, and what was known of it: more or less, and nonsense. */
static void
add_clock (ConcBodyBuilder *builder, GRand *random)
{
  static const char *const clocks[] = { "boot1-1000+0", "boot1-1000+60000", "boot1-9000+0",
                                        "stopwatch", "" };
  static const gint64      errors[] = { 0, 700, 900, 5000, 250000, -5, G_MAXINT64 };

  if (g_rand_boolean (random))
    return;
  conc_body_builder_add_text (builder, CONC_KEY_CLOCK,
                              clocks[g_rand_int_range (random, 0, G_N_ELEMENTS (clocks))]);
  if (g_rand_int_range (random, 0, 4) == 0)
    conc_body_builder_add_text (builder, CONC_KEY_CLOCK_OF,
                                stations[g_rand_int_range (random, 0, G_N_ELEMENTS (stations))]);
  if (g_rand_boolean (random))
    return;
  conc_body_builder_add_int (builder, CONC_KEY_OFFSET,
                             g_rand_int_range (random, 0, 16) == 0
                                 ? G_MININT64
                                 : g_rand_int_range (random, -3000000, 3000000));
  conc_body_builder_add_int (builder, CONC_KEY_OFFSET_ERROR,
                             errors[g_rand_int_range (random, 0, G_N_ELEMENTS (errors))]);
}

static ConcBody *
make_body (Maker *maker, ConcKind kind, const char *subject)
{
  ConcBodyBuilder *builder = conc_body_builder_new ();
  const char      *needed = add_needed (builder, maker->random, kind, subject);

  add_clock (builder, maker->random);
  if (kind == CONC_KIND_SETTLE || g_rand_int_range (maker->random, 0, 8) == 0)
    add_names (builder, maker, CONC_KEY_SETTLES, subject);
  if (kind == CONC_KIND_RUNNER_REMOVED)
    add_names (builder, maker, CONC_KEY_SAW, subject);
  for (ConcField field = 0; field < CONC_N_FIELDS; field++)
    if (g_strcmp0 (conc_field_get_key (field), needed) != 0 &&
        g_rand_int_range (maker->random, 0, is_name (field) ? 64 : 4) == 0)
      add_random (builder, maker->random, conc_field_get_key (field));
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_strcmp0 (keys[i], needed) != 0 && g_rand_int_range (maker->random, 0, 3) == 0)
      add_random (builder, maker->random, keys[i]);
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

/* Runners oftener: they have the most rules. */
static int
choose_subject (GRand *random)
{
  return g_rand_int_range (random, 0,
                           g_rand_int_range (random, 0, 5) == 0 ? 4
                                                                : (int) G_N_ELEMENTS (subjects));
}

static void
add_fact (Maker *maker)
{
  int         s = choose_subject (maker->random);
  int         n = g_rand_int_range (maker->random, 0, G_N_ELEMENTS (stations));
  const char *subject = subjects[s].name;
  ConcKind    kind = choose_kind (maker->random, subjects[s].family);
  ConcFactId  id = { "", 0 };
  ConcFactId  replaces = { "", 0 };
  g_autoptr (ConcBody) body = make_body (maker, kind, subject);

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

/* Every projection that the file has, and of it everything but the number of a row, which tells the
 * order of arrival. */
static GPtrArray *
list_dumps (ConcDb *db)
{
  GPtrArray    *dumps = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *statement = NULL;
  const char   *sql =
      "SELECT t.name, group_concat (c.name) FROM sqlite_schema t, pragma_table_info (t.name) c "
      "WHERE t.type = 'table' AND t.name NOT IN (" LOG_TABLES ") "
      "AND c.name <> 'n' GROUP BY t.name";

  g_assert_cmpint (sqlite3_prepare_v2 (conc_db_get_handle (db), sql, -1, &statement, NULL), ==,
                   SQLITE_OK);
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_ptr_array_add (dumps, g_strdup_printf ("SELECT %s FROM %s ORDER BY 1, 2",
                                             conc_column_text (statement, 1),
                                             conc_column_text (statement, 0)));
  g_assert_cmpint (sqlite3_finalize (statement), ==, SQLITE_OK);
  return dumps;
}

static void
dump_all (ConcDb *db, GString *text)
{
  g_autoptr (GPtrArray) dumps = list_dumps (db);

  for (guint i = 0; i < dumps->len; i++)
    dump_query (db, g_ptr_array_index (dumps, i), text);
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
  conc_db_exec (db, "BEGIN", &error);
  g_assert_no_error (error);
  log = conc_log_new (db);
  for (guint i = 0; i < order->len; i++)
    receive (db, log, g_ptr_array_index (order, i));
  conc_pairing_settle_all (db, &error);
  g_assert_no_error (error);
  conc_db_exec (db, "COMMIT", &error);
  g_assert_no_error (error);
  dump_all (db, text);
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

/* Of how many of the races each projection is empty, by the query that shows it. */
static void
count_empty (const char *text, GHashTable *n_empty)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    if (g_str_has_prefix (lines[i], "SELECT "))
      {
        guint is_empty = !strchr (lines[i + 1], '|');
        guint n = GPOINTER_TO_UINT (g_hash_table_lookup (n_empty, lines[i]));

        g_hash_table_insert (n_empty, g_strdup (lines[i]), GUINT_TO_POINTER (n + is_empty));
      }
}

/* The property would be worth nothing if the facts made no rows. */
static void
test_facts_make_rows (void)
{
  g_autoptr (GHashTable) n_empty = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer       query, n;

  for (guint seed = 1; seed <= 20; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      g_autoptr (GPtrArray) facts = make_facts (random);
      g_autofree char *text = project_in_order (facts);

      count_empty (text, n_empty);
    }
  g_assert_cmpuint (g_hash_table_size (n_empty), >=, 9);
  g_hash_table_iter_init (&iter, n_empty);
  while (g_hash_table_iter_next (&iter, &query, &n))
    {
      g_test_message ("empty in %u of 20: %s", GPOINTER_TO_UINT (n), (char *) query);
      g_assert_cmpuint (GPOINTER_TO_UINT (n), <, 10);
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
