/* reader-search.c: finds runners by name or bib as somebody types. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/reader-private.h"

#include "core/text-fold.h"
#include "store/queries.h"

#include <string.h>

/* So many candidates of a kind are looked at to put the best first; more would make short words
 * slow. */
#define CANDIDATES_MAX 200
#define WORDS_MAX 8

/* As much of a candidate as tells its place. */
typedef struct
{
  gint64 n;
  char  *sort_key;
  guint  rank;
} Match;

#define MATCH_COLUMNS "SELECT n, id, family_name, given_name, search, bib FROM runner WHERE "

enum
{
  COLUMN_N,
  COLUMN_ID,
  COLUMN_FAMILY_NAME,
  COLUMN_GIVEN_NAME,
  COLUMN_SEARCH,
  COLUMN_BIB
};

static void
match_free (gpointer data)
{
  Match *match = data;

  g_free (match->sort_key);
  g_free (match);
}

static int
compare_matches (gconstpointer a, gconstpointer b)
{
  const Match *left = *(Match *const *) a;
  const Match *right = *(Match *const *) b;

  if (left->rank != right->rank)
    return left->rank < right->rank ? -1 : 1;
  return strcmp (left->sort_key, right->sort_key);
}

/* Words of letters and digits only: nothing that a person types is an operator of the index. */
static char **
split_words (const char *text)
{
  g_autofree char *folded = conc_text_fold (text);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_autoptr (GString) word = g_string_new (NULL);
  guint n_words = 0;

  for (const char *at = folded; n_words < WORDS_MAX; at = g_utf8_next_char (at))
    {
      gunichar letter = g_utf8_get_char (at);

      if (g_unichar_isalnum (letter) || g_unichar_ismark (letter))
        g_string_append_unichar (word, letter);
      else if (word->len > 0)
        {
          g_strv_builder_add (words, word->str);
          g_string_truncate (word, 0);
          n_words++;
        }
      if (letter == '\0')
        break;
    }
  return g_strv_builder_end (words);
}

/* Words with a bit in @begun may be only begun; the others are whole. */
static char *
make_expression (char **words, guint begun)
{
  GString *expression = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    g_string_append_printf (expression, "%s\"%s\"%s", i > 0 ? " " : "", words[i],
                            (begun >> i & 1) != 0 ? "*" : "");
  return g_string_free (expression, FALSE);
}

/* The fewer words of the name are only begun, and the more come first in it, the better. */
static guint
rank_match (const char *search, char **words)
{
  g_auto (GStrv) names = g_strsplit (search, " ", -1);
  guint rank = 0;

  for (guint i = 0; words[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) names, words[i]))
      rank += 2;
  if (words[0] != NULL && !g_str_has_prefix (search, words[0]))
    rank += 1;
  return rank;
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

static char *
make_sort_key (sqlite3_stmt *statement)
{
  return g_strjoin ("\x1f", or_empty (conc_column_text (statement, COLUMN_FAMILY_NAME)),
                    or_empty (conc_column_text (statement, COLUMN_GIVEN_NAME)),
                    conc_column_text (statement, COLUMN_ID), NULL);
}

/* Without @words the place is that of the bib. */
static gboolean
add_matches (ConcReader   *reader,
             sqlite3_stmt *statement,
             char        **words,
             GHashTable   *seen,
             GPtrArray    *matches,
             GError      **error)
{
  ConcDb  *db = conc_reader_get_db (reader);
  ConcStep step;

  while ((step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    {
      gint64 n = sqlite3_column_int64 (statement, COLUMN_N);
      Match *match;

      if (seen != NULL && !g_hash_table_add (seen, GSIZE_TO_POINTER (n)))
        continue;
      match = g_new0 (Match, 1);
      match->n = n;
      match->rank = words != NULL ? rank_match (conc_column_text (statement, COLUMN_SEARCH), words)
                                  : (guint) sqlite3_column_int64 (statement, COLUMN_BIB);
      match->sort_key = make_sort_key (statement);
      g_ptr_array_add (matches, match);
    }
  return step == CONC_STEP_DONE;
}

static gboolean
add_names (ConcReader *reader,
           char      **words,
           guint       begun,
           guint       limit,
           GHashTable *seen,
           GPtrArray  *matches,
           GError    **error)
{
  ConcDb          *db = conc_reader_get_db (reader);
  g_autofree char *expression = make_expression (words, begun);
  sqlite3_stmt    *statement =
      conc_db_prepare (db,
                       MATCH_COLUMNS
                       "n IN "
                       "(SELECT rowid FROM runner_search WHERE runner_search MATCH ? LIMIT ?)",
                       error);

  return statement != NULL &&
         conc_db_bind (db, statement, error, "ti", expression,
                       limit > 0 ? (gint64) MAX (limit, CANDIDATES_MAX) : -1) &&
         add_matches (reader, statement, words, seen, matches, error);
}

/* Stores a bit for each of @words that is the whole of somebody's word. */
static gboolean
find_whole (ConcReader *reader, char **words, guint *ret_whole, GError **error)
{
  ConcDb *db = conc_reader_get_db (reader);
  guint   whole = 0;

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *expression = g_strdup_printf ("\"%s\"", words[i]);
      sqlite3_stmt    *statement =
          conc_db_prepare (db, "SELECT 1 FROM runner_search WHERE runner_search MATCH ? LIMIT 1",
                           error);
      ConcStep step;

      if (statement == NULL || !conc_db_bind (db, statement, error, "t", expression))
        return FALSE;
      step = conc_db_step (db, statement, error);
      if (step == CONC_STEP_FAILED)
        return FALSE;
      if (step == CONC_STEP_ROW)
        whole |= 1U << i;
      sqlite3_reset (statement);
    }
  *ret_whole = whole;
  return TRUE;
}

/* Candidates come in no useful order, so those that fit best are asked for first: every word whole,
 * then all but the last, as somebody types, then all but the first, as in an initial and a family
 * name, then each one only begun. A word that nobody has whole is not asked for whole: the index
 * would gather everybody for the words beside it first, to find nobody. */
static gboolean
search_names (ConcReader *reader, char **words, guint limit, GPtrArray *matches, GError **error)
{
  const guint all = (1U << g_strv_length (words)) - 1;
  const guint begun[] = { 0, (all + 1) >> 1, 1, all };
  g_autoptr (GHashTable) seen = NULL;
  guint whole;

  if (limit == 0)
    return add_names (reader, words, all, limit, NULL, matches, error);
  if (!find_whole (reader, words, &whole, error))
    return FALSE;
  seen = g_hash_table_new (g_direct_hash, g_direct_equal);
  for (gsize i = 0; i < G_N_ELEMENTS (begun) && matches->len < limit; i++)
    if ((i == 0 || begun[i] != begun[i - 1]) && (begun[i] | whole) == all &&
        !add_names (reader, words, begun[i], limit, seen, matches, error))
      return FALSE;
  return TRUE;
}

/* The bib itself, then the bibs that begin with what was typed. */
static gboolean
search_bibs (ConcReader *reader, guint64 number, guint limit, GPtrArray *matches, GError **error)
{
  ConcDb       *db = conc_reader_get_db (reader);
  sqlite3_stmt *statement = conc_db_prepare (
      db,
      MATCH_COLUMNS
      "bib = ?1 "
      "OR bib BETWEEN ?1 * 10 AND ?1 * 10 + 9 OR bib BETWEEN ?1 * 100 AND ?1 * 100 + 99 "
      "OR bib BETWEEN ?1 * 1000 AND ?1 * 1000 + 999 "
      "ORDER BY bib LIMIT ?2",
      error);

  return statement != NULL &&
         conc_db_bind (db, statement, error, "ii", (gint64) number,
                       limit > 0 ? (gint64) MAX (limit, CANDIDATES_MAX) : -1) &&
         add_matches (reader, statement, NULL, NULL, matches, error);
}

/* Only those that are wanted are read whole. */
static GPtrArray *
read_best (ConcReader *reader, GPtrArray *matches, guint limit, GError **error)
{
  g_autoptr (GPtrArray) runners =
      g_ptr_array_new_with_free_func ((GDestroyNotify) conc_runner_free);
  ConcDb *db = conc_reader_get_db (reader);

  g_ptr_array_sort (matches, compare_matches);
  for (guint i = 0; i < matches->len && (limit == 0 || runners->len < limit); i++)
    {
      const Match  *match = g_ptr_array_index (matches, i);
      sqlite3_stmt *statement =
          conc_db_prepare (db, "SELECT " CONC_RUNNER_COLUMNS " FROM runner WHERE n = ?", error);
      ConcStep step;

      if (statement == NULL || !conc_db_bind (db, statement, error, "i", match->n))
        return NULL;
      step = conc_db_step (db, statement, error);
      if (step == CONC_STEP_FAILED)
        return NULL;
      if (step == CONC_STEP_ROW) /* else taken out of the race a moment ago */
        g_ptr_array_add (runners, conc_query_read_runner (statement));
      sqlite3_reset (statement);
    }
  return g_steal_pointer (&runners);
}

/**
 * conc_reader_search:
 * @text: parts of names in any order, with or without accents, or a bib
 * @limit: at most so many; 0 for all
 *
 * Returns: (transfer full) (nullable) (element-type ConcRunner): best match first, then by name;
 * a number finds bibs in their order. Nothing typed finds nobody. Cost: a fraction of a
 * millisecond among 100,000 runners with a @limit.
 */
GPtrArray *
conc_reader_search (ConcReader *reader, const char *text, guint limit, GError **error)
{
  g_auto (GStrv) words = split_words (text);
  g_autoptr (GPtrArray) matches = g_ptr_array_new_with_free_func (match_free);
  guint64  bib;
  gboolean found = TRUE;

  if (words[0] == NULL)
    return g_ptr_array_new_with_free_func ((GDestroyNotify) conc_runner_free);
  if (words[1] == NULL && g_ascii_string_to_unsigned (words[0], 10, 0, CONC_BIB_MAX, &bib, NULL))
    found = search_bibs (reader, bib, limit, matches, error);
  else
    found = search_names (reader, words, limit, matches, error);
  return found ? read_best (reader, matches, limit, error) : NULL;
}
