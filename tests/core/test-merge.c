/* test-merge.c: what the facts about one subject say together, and how a conflict is settled. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/merge.h"

#include <locale.h>
#include <string.h>

/* A fact in short: who wrote it and when, what it says, and which it answers. Sequence numbers are
 * the places in the table, from 1. */
typedef struct
{
  char        station; /* 'a', 'b' or 'c' */
  ConcHlc     hlc;
  ConcKind    kind;
  const char *json;
  guint       replaces; /* a place in the table, or 0 */
} Row;

#define MAX_ROWS 8
#define RUNNER CONC_KIND_RUNNER
#define SET CONC_KIND_RUNNER_SET
#define SETTLE CONC_KIND_SETTLE
#define UNDO CONC_KIND_UNDO

/* What is shown of a key, and by which facts it is contested, by their places. */
typedef struct
{
  const char *key;
  const char *shown; /* NULL: nothing */
  guint       winner;
  const char *rivals; /* such as "1 3" */
} Wanted;

static void
name_fact (const Row *rows, guint place, ConcFactId *ret_id)
{
  memset (ret_id->station, rows[place - 1].station, CONC_STATION_ID_LENGTH);
  ret_id->station[CONC_STATION_ID_LENGTH] = '\0';
  ret_id->seq = place;
}

/* "#1" in a body is the name of the fact in that place. */
static char *
fill_in_names (const Row *rows, const char *json)
{
  GString *text = g_string_new (json);

  for (guint place = 1; place <= MAX_ROWS; place++)
    {
      g_autofree char *mark = g_strdup_printf ("#%u", place);
      g_autofree char *name = NULL;
      ConcFactId       id;

      if (strstr (text->str, mark) == NULL)
        continue;
      name_fact (rows, place, &id);
      name = conc_fact_id_to_text (&id);
      g_string_replace (text, mark, name, 0);
    }
  return g_string_free (text, FALSE);
}

static ConcFact *
make_fact (const Row *rows, guint place)
{
  const Row       *row = &rows[place - 1];
  g_autofree char *json = fill_in_names (rows, row->json);
  g_autoptr (ConcBody) body = conc_body_parse (json, -1, NULL);
  ConcFactId id, replaces = { "", 0 };

  g_assert_nonnull (body);
  name_fact (rows, place, &id);
  if (row->replaces != 0)
    name_fact (rows, row->replaces, &replaces);
  return conc_fact_new (&id, row->hlc, row->kind, "r1", &replaces, NULL, body);
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static char *
list_rivals (const ConcSlot *slot)
{
  g_autoptr (GPtrArray) places = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; slot->rivals != NULL && i < slot->rivals->len; i++)
    g_ptr_array_add (places,
                     g_strdup_printf ("%d", (int) ((ConcFact *) slot->rivals->pdata[i])->id.seq));
  g_ptr_array_sort (places, compare_places);
  g_ptr_array_add (places, NULL);
  return g_strjoinv (" ", (char **) places->pdata);
}

static void
check_slot (const ConcMerged *merged, const Wanted *wanted)
{
  const ConcSlot  *slot = conc_merged_find (merged, wanted->key);
  g_autofree char *shown = NULL;
  g_autofree char *rivals = NULL;

  if (wanted->shown == NULL)
    {
      g_assert_null (slot);
      return;
    }
  g_assert_nonnull (slot);
  shown = conc_body_dup_entry (slot->winner->body, wanted->key);
  rivals = list_rivals (slot);
  g_assert_cmpstr (shown, ==, wanted->shown);
  g_assert_cmpint (slot->winner->id.seq, ==, wanted->winner);
  g_assert_cmpstr (rivals, ==, wanted->rivals);
}

/* In every order of arrival that a few shuffles give. */
static void
check (const Row *rows, guint n_rows, const Wanted *wanted, guint n_wanted)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (n_rows);

  g_assert_cmpuint (n_rows, <=, MAX_ROWS);
  for (guint round = 0; round < 20; round++)
    {
      g_autoptr (GPtrArray) facts =
          g_ptr_array_new_with_free_func ((GDestroyNotify) conc_fact_unref);
      g_autoptr (ConcMerged) merged = NULL;

      for (guint place = 1; place <= n_rows; place++)
        g_ptr_array_insert (facts, g_rand_int_range (random, 0, (int) facts->len + 1),
                            make_fact (rows, place));
      merged = conc_merge (facts);
      g_assert_null (conc_merged_find (merged, CONC_KEY_SETTLES));
      for (guint i = 0; i < n_wanted; i++)
        check_slot (merged, &wanted[i]);
    }
}

#define CHECK(rows, ...)                                                                           \
  check (rows, G_N_ELEMENTS (rows), (const Wanted[]){ __VA_ARGS__ },                               \
         G_N_ELEMENTS (((const Wanted[]){ __VA_ARGS__ })))

static void
test_correction_is_no_conflict (void)
{
  static const Row rows[] = {
    { 'a', 10, RUNNER, "{\"city\":\"St. Paul\",\"team\":\"Blue\"}" },
    { 'b', 20, SET, "{\"city\":\"Edina\"}", 1 },
  };

  CHECK (rows, { "city", "Edina", 2, "" }, { "team", "Blue", 1, "" });
}

static void
test_two_corrections_are_rivals (void)
{
  static const Row rows[] = {
    { 'a', 10, RUNNER, "{\"city\":\"St. Paul\"}" },
    { 'b', 20, SET, "{\"city\":\"Edina\"}", 1 },
    { 'c', 30, SET, "{\"city\":\"Duluth\"}", 1 },
  };

  CHECK (rows, { "city", "Duluth", 3, "2" });
}

static void
test_rivals_that_agree_are_none (void)
{
  static const Row rows[] = {
    { 'a', 10, RUNNER, "{\"city\":\"St. Paul\"}" },
    { 'b', 20, SET, "{\"city\":\"Edina\"}", 1 },
    { 'c', 30, SET, "{\"city\":\"Edina\"}", 1 },
  };

  CHECK (rows, { "city", "Edina", 3, "" });
}

/* The clocks decide only what is shown, and stations with one time are told apart by name. */
static void
test_same_time (void)
{
  static const Row rows[] = {
    { 'b', 20, CONC_KIND_BIB, "{\"bib\":7}" },
    { 'a', 20, CONC_KIND_BIB, "{\"bib\":8}" },
    { 'a', 10, RUNNER, "{}" },
  };

  CHECK (rows, { "bib", "7", 1, "2" });
}

static void
test_settle_replaces_what_it_names (void)
{
  static const Row rows[] = {
    { 'a', 10, RUNNER, "{\"city\":\"St. Paul\"}" },
    { 'b', 20, SET, "{\"city\":\"Edina\"}", 1 },
    { 'c', 30, SET, "{\"city\":\"Duluth\"}", 1 },
    { 'a', 40, SETTLE, "{\"settles\":\"#2 #3\",\"city\":\"Edina\"}" },
  };

  CHECK (rows, { "city", "Edina", 4, "" });
}

/* Who settled did not see the third, so it is still to be decided. */
static void
test_settle_of_two_of_three (void)
{
  static const Row rows[] = {
    { 'a', 10, RUNNER, "{}" },
    { 'b', 20, SET, "{\"city\":\"Edina\"}" },
    { 'c', 30, SET, "{\"city\":\"Duluth\"}" },
    { 'a', 35, SET, "{\"city\":\"Eagan\"}" },
    { 'a', 40, SETTLE, "{\"settles\":\"#2 #3\",\"city\":\"Edina\"}" },
  };

  CHECK (rows, { "city", "Edina", 5, "4" });
}

static void
test_settle_of_three (void)
{
  static const Row rows[] = {
    { 'a', 10, RUNNER, "{}" },
    { 'b', 20, SET, "{\"city\":\"Edina\"}" },
    { 'c', 30, SET, "{\"city\":\"Duluth\"}" },
    { 'a', 35, SET, "{\"city\":\"Eagan\"}" },
    { 'a', 40, SETTLE, "{\"settles\":\"#2 #3 #4\",\"city\":\"Eagan\"}" },
  };

  CHECK (rows, { "city", "Eagan", 5, "" });
}

static void
test_undo_of_a_settle_brings_the_conflict_back (void)
{
  static const Row rows[] = {
    { 'a', 10, RUNNER, "{}" },
    { 'b', 20, SET, "{\"city\":\"Edina\"}" },
    { 'c', 30, SET, "{\"city\":\"Duluth\"}" },
    { 'a', 40, SETTLE, "{\"settles\":\"#2 #3\",\"city\":\"Edina\"}" },
    { 'b', 50, UNDO, "{}", 4 },
    { 'b', 60, UNDO, "{}", 5 },
  };

  check (rows, 5, (const Wanted[]){ { "city", "Duluth", 3, "2" } }, 1);
  check (rows, 6, (const Wanted[]){ { "city", "Edina", 4, "" } }, 1);
}

/* Taking a rival back ends the conflict as well, and then a settle of it stands all the same. */
static void
test_undo_of_a_rival (void)
{
  static const Row rows[] = {
    { 'a', 10, RUNNER, "{}" },
    { 'b', 20, SET, "{\"city\":\"Edina\"}" },
    { 'c', 30, SET, "{\"city\":\"Duluth\"}" },
    { 'c', 40, UNDO, "{}", 3 },
    { 'a', 50, SETTLE, "{\"settles\":\"#2 #3\",\"city\":\"Eagan\"}" },
  };

  check (rows, 4, (const Wanted[]){ { "city", "Edina", 2, "" } }, 1);
  check (rows, 5, (const Wanted[]){ { "city", "Eagan", 5, "" } }, 1);
}

static void
test_two_settles_made_apart_are_a_conflict (void)
{
  static const Row rows[] = {
    { 'a', 10, RUNNER, "{}" },
    { 'b', 20, SET, "{\"city\":\"Edina\"}" },
    { 'c', 30, SET, "{\"city\":\"Duluth\"}" },
    { 'b', 40, SETTLE, "{\"settles\":\"#2 #3\",\"city\":\"Edina\"}" },
    { 'c', 50, SETTLE, "{\"settles\":\"#2 #3\",\"city\":\"Duluth\"}" },
    { 'a', 60, SETTLE, "{\"settles\":\"#4 #5\",\"city\":\"Edina\"}" },
  };

  check (rows, 5, (const Wanted[]){ { "city", "Duluth", 5, "4" } }, 1);
  check (rows, 6, (const Wanted[]){ { "city", "Edina", 6, "" } }, 1);
}

static void
test_two_settles_that_agree_are_none (void)
{
  static const Row rows[] = {
    { 'a', 10, RUNNER, "{}" },
    { 'b', 20, SET, "{\"city\":\"Edina\"}" },
    { 'c', 30, SET, "{\"city\":\"Duluth\"}" },
    { 'b', 40, SETTLE, "{\"settles\":\"#2 #3\",\"city\":\"Edina\"}" },
    { 'c', 50, SETTLE, "{\"settles\":\"#2 #3\",\"city\":\"Edina\"}" },
  };

  CHECK (rows, { "city", "Edina", 5, "" });
}

static void
test_settle_for_some_keys_only (void)
{
  static const Row rows[] = {
    { 'a', 10, RUNNER, "{}" },
    { 'b', 20, SET, "{\"city\":\"Edina\",\"team\":\"Blue\"}" },
    { 'c', 30, SET, "{\"city\":\"Duluth\",\"team\":\"Red\"}" },
    { 'a', 40, SETTLE, "{\"settles\":\"#2 #3\",\"city\":\"Edina\"}" },
  };

  CHECK (rows, { "city", "Edina", 4, "" }, { "team", "Red", 3, "2" });
}

/* A correction of what was settled is a correction like any other. */
static void
test_settle_is_corrected (void)
{
  static const Row rows[] = {
    { 'a', 10, RUNNER, "{}" },
    { 'b', 20, SET, "{\"city\":\"Edina\"}" },
    { 'c', 30, SET, "{\"city\":\"Duluth\"}" },
    { 'a', 40, SETTLE, "{\"settles\":\"#2 #3\",\"city\":\"Edina\"}" },
    { 'b', 50, SET, "{\"city\":\"Eagan\"}", 4 },
  };

  CHECK (rows, { "city", "Eagan", 5, "" });
}

/* Somebody who had not heard of the settle says something else afterwards. */
static void
test_rival_after_a_settle (void)
{
  static const Row rows[] = {
    { 'a', 10, RUNNER, "{}" },
    { 'b', 20, SET, "{\"city\":\"Edina\"}" },
    { 'c', 30, SET, "{\"city\":\"Duluth\"}" },
    { 'a', 40, SETTLE, "{\"settles\":\"#2 #3\",\"city\":\"Edina\"}" },
    { 'b', 50, SET, "{\"city\":\"Eagan\"}", 2 },
  };

  CHECK (rows, { "city", "Eagan", 5, "4" });
}

/* Only what is earlier can be settled, so that no two settle each other. */
static void
test_settle_of_what_is_later (void)
{
  static const Row rows[] = {
    { 'a', 10, RUNNER, "{}" },
    { 'b', 20, SETTLE, "{\"settles\":\"#3 #2\",\"city\":\"Edina\"}" },
    { 'c', 30, SETTLE, "{\"settles\":\"#2 #3\",\"city\":\"Duluth\"}" },
  };

  CHECK (rows, { "city", "Duluth", 3, "" });
}

/* Names that are not there, no names, and no list: the settle says something and replaces
 * nothing. */
static void
test_settle_of_nothing (void)
{
  static const char *const bodies[] = {
    "{\"settles\":\"\",\"city\":\"Eagan\"}",
    "{\"settles\":\"  zzzzzzzzzz-1 #\",\"city\":\"Eagan\"}",
    "{\"settles\":7,\"city\":\"Eagan\"}",
    "{\"city\":\"Eagan\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      const Row rows[] = {
        { 'a', 10, RUNNER, "{}" },
        { 'b', 20, SET, "{\"city\":\"Edina\"}" },
        { 'a', 40, SETTLE, bodies[i] },
      };

      CHECK (rows, { "city", "Eagan", 3, "2" });
    }
}

static void
test_name_is_matched_whole (void)
{
  static const Row rows[] = {
    { 'b', 20, SET, "{\"city\":\"Edina\"}" },
    { 'a', 10, RUNNER, "{}" },
    { 'a', 40, SETTLE, "{\"settles\":\"bbbbbbbbbb-12\",\"city\":\"Eagan\"}" },
  };

  CHECK (rows, { "city", "Eagan", 3, "1" });
}

/* Decisions alone bring nobody into being. */
static void
test_settle_founds_nothing (void)
{
  static const Row rows[] = { { 'a', 40, SETTLE,
                                "{\"settles\":\"bbbbbbbbbb-1\",\"city\":\"Eagan\"}" } };
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_fact_unref);
  g_autoptr (ConcMerged) merged = NULL;

  g_ptr_array_add (facts, make_fact (rows, 1));
  merged = conc_merge (facts);
  g_assert_false (conc_merged_exists (merged));
  g_assert_cmpint (conc_merged_get_family (merged), ==, CONC_FAMILY_NONE);
}

/* What is private is settled by a fact of the private kind. */
static void
test_any_kind_settles (void)
{
  static const Row rows[] = {
    { 'a', 10, RUNNER, "{}" },
    { 'b', 20, CONC_KIND_RUNNER_SET_PRIVATE, "{\"phone\":\"1\"}" },
    { 'c', 30, CONC_KIND_RUNNER_SET_PRIVATE, "{\"phone\":\"2\"}" },
    { 'a', 40, CONC_KIND_RUNNER_SET_PRIVATE, "{\"settles\":\"#2 #3\",\"phone\":\"1\"}" },
  };

  CHECK (rows, { "phone", "1", 4, "" }, { "settles", NULL });
}

/* Nor does one that settles, whatever its kind, found anything. */
static void
test_settling_founder_founds_nothing (void)
{
  static const Row rows[] = { { 'a', 40, RUNNER,
                                "{\"settles\":\"bbbbbbbbbb-1\",\"city\":\"Eagan\"}" } };
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_fact_unref);
  g_autoptr (ConcMerged) merged = NULL;

  g_ptr_array_add (facts, make_fact (rows, 1));
  merged = conc_merge (facts);
  g_assert_false (conc_merged_exists (merged));
}

/* Two desks wrote the same; who corrects what is shown corrects both. */
static void
test_correction_of_what_two_said (void)
{
  static const Row rows[] = {
    { 'a', 10, RUNNER, "{\"city\":\"St. Paul\"}" },
    { 'b', 20, SET, "{\"city\":\"Edina\"}", 1 },
    { 'c', 30, SET, "{\"city\":\"Edina\"}", 1 },
    { 'a', 40, SET, "{\"city\":\"Duluth\"}", 3 },
  };

  CHECK (rows, { "city", "Duluth", 4, "" });
}

/* Somebody brought the old town back on purpose after it was corrected: that is another opinion. */
static void
test_same_words_later_stand (void)
{
  static const Row rows[] = {
    { 'a', 10, RUNNER, "{\"city\":\"St. Paul\"}" },
    { 'b', 20, SET, "{\"city\":\"Edina\"}", 1 },
    { 'b', 30, SET, "{\"city\":\"St. Paul\"}", 2 },
    { 'c', 40, SET, "{\"city\":\"Duluth\"}", 1 },
  };

  CHECK (rows, { "city", "Duluth", 4, "3" });
}

/* Two stations read one export, the second after the first has gone on. */
static void
test_same_export_twice (void)
{
  static const Row rows[] = {
    { 'a', 10, RUNNER, "{\"city\":\"St. Paul\",\"age\":31}" },
    { 'a', 20, SET, "{\"city\":\"Edina\"}", 1 },
    { 'b', 30, RUNNER, "{\"city\":\"St. Paul\",\"age\":30}" },
  };

  CHECK (rows, { "city", "Edina", 2, "" }, { "age", "30", 3, "1" });
}

/* A runner was removed at one desk and edited at another: both stand, under keys of their own. */
static void
test_removed_here_and_edited_there (void)
{
  static const Row rows[] = {
    { 'a', 10, RUNNER, "{\"city\":\"St. Paul\"}" },
    { 'b', 20, CONC_KIND_RUNNER_REMOVED, "{\"removed\":true,\"reason\":\"twice\"}" },
    { 'c', 30, SET, "{\"city\":\"Duluth\"}", 1 },
    { 'a', 40, SETTLE, "{\"settles\":\"#2\",\"removed\":false}" },
  };

  check (rows, 3, (const Wanted[]){ { "removed", "yes", 2, "" }, { "city", "Duluth", 3, "" } }, 2);
  check (rows, 4, (const Wanted[]){ { "removed", "no", 4, "" }, { "city", "Duluth", 3, "" } }, 2);
}

/* A hostile station writes as much as it likes about one subject: corrections of corrections, each
 * of which decides about many, with keys that nobody else has. */
static void
test_many_facts (void)
{
  enum
  {
    N_FACTS = 20000,
    N_NAMED = 30
  };
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_fact_unref);
  g_autoptr (ConcMerged) merged = NULL;
  ConcFactId replaces = { "", 0 };

  for (int n = 1; n <= N_FACTS; n++)
    {
      ConcBodyBuilder *builder = conc_body_builder_new ();
      g_autofree char *own_key = g_strdup_printf ("key_%d", n);
      g_autoptr (GString) settles = g_string_new (NULL);
      g_autoptr (ConcBody) body = NULL;
      ConcFactId id = { "aaaaaaaaaa", n };

      for (int i = 1; i <= N_NAMED; i++)
        g_string_append_printf (settles, "aaaaaaaaaa-%d ", MAX (n - i, 1));
      conc_body_builder_add_text (builder, CONC_KEY_SETTLES, settles->str);
      conc_body_builder_add_int (builder, "bib", n);
      conc_body_builder_add_bool (builder, own_key, TRUE);
      body = conc_body_builder_end (builder);
      g_ptr_array_add (facts, conc_fact_new (&id, n, SET, "r1", &replaces, NULL, body));
      replaces = id;
    }
  merged = conc_merge (facts);
  g_assert_cmpuint (conc_merged_get_n_slots (merged), ==, N_FACTS + 1);
  g_assert_cmpint (conc_merged_get_int (merged, "bib", 0), ==, N_FACTS);
  g_assert_null (conc_merged_find (merged, "bib")->rivals);
  g_assert_true (conc_merged_get_bool (merged, "key_77", FALSE));
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/merge/a correction is no conflict", test_correction_is_no_conflict);
  g_test_add_func ("/merge/two corrections are rivals", test_two_corrections_are_rivals);
  g_test_add_func ("/merge/rivals that agree are none", test_rivals_that_agree_are_none);
  g_test_add_func ("/merge/the same time", test_same_time);
  g_test_add_func ("/merge/removed here and edited there", test_removed_here_and_edited_there);
  g_test_add_func ("/merge/settle/replaces what it names", test_settle_replaces_what_it_names);
  g_test_add_func ("/merge/settle/two of three", test_settle_of_two_of_three);
  g_test_add_func ("/merge/settle/three", test_settle_of_three);
  g_test_add_func ("/merge/settle/an undo brings the conflict back",
                   test_undo_of_a_settle_brings_the_conflict_back);
  g_test_add_func ("/merge/settle/a rival is taken back", test_undo_of_a_rival);
  g_test_add_func ("/merge/settle/two made apart are a conflict",
                   test_two_settles_made_apart_are_a_conflict);
  g_test_add_func ("/merge/settle/two that agree are none", test_two_settles_that_agree_are_none);
  g_test_add_func ("/merge/settle/for some keys only", test_settle_for_some_keys_only);
  g_test_add_func ("/merge/settle/is corrected", test_settle_is_corrected);
  g_test_add_func ("/merge/settle/a rival afterwards", test_rival_after_a_settle);
  g_test_add_func ("/merge/settle/of what is later", test_settle_of_what_is_later);
  g_test_add_func ("/merge/settle/of nothing", test_settle_of_nothing);
  g_test_add_func ("/merge/settle/a name is matched whole", test_name_is_matched_whole);
  g_test_add_func ("/merge/settle/founds nothing", test_settle_founds_nothing);
  g_test_add_func ("/merge/settle/any kind", test_any_kind_settles);
  g_test_add_func ("/merge/settle/a founder that settles founds nothing",
                   test_settling_founder_founds_nothing);
  g_test_add_func ("/merge/a correction of what two said", test_correction_of_what_two_said);
  g_test_add_func ("/merge/the same words later stand", test_same_words_later_stand);
  g_test_add_func ("/merge/many facts about one subject", test_many_facts);
  g_test_add_func ("/merge/the same export twice", test_same_export_twice);
  return g_test_run ();
}
