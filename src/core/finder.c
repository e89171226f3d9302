/* finder.c: people in memory, and the words of their names. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/finder-private.h"

#include "core/text-fold.h"
#include "core/transliterate.h"

#include <string.h>

#define TEXTS_CHUNK_BYTES 65536
#define WORDS_OF_A_NAME_MAX 32
#define MASK_BITS 32
/* So many new words are put in their places one by one; more are sorted with the others. */
#define NEW_WORDS_MAX 64

static void
clear_word (gpointer data)
{
  ConcFinderWord *word = data;

  g_free (word->letters);
  g_array_unref (word->people);
}

static void
init_pile (ConcFinderPile *pile)
{
  pile->text = g_string_new ("\n");
  pile->starts = g_array_new (FALSE, FALSE, sizeof (gsize));
  pile->people = g_array_new (FALSE, FALSE, sizeof (guint32));
}

static void
clear_pile (ConcFinderPile *pile)
{
  g_string_free (pile->text, TRUE);
  g_array_unref (pile->starts);
  g_array_unref (pile->people);
}

/** conc_finder_new: Returns: (transfer full): a finder that knows nobody. One thread at a time. */
ConcFinder *
conc_finder_new (void)
{
  ConcFinder *finder = g_new0 (ConcFinder, 1);

  finder->texts = g_string_chunk_new (TEXTS_CHUNK_BYTES);
  finder->words = g_array_new (FALSE, FALSE, sizeof (ConcFinderWord));
  finder->shapes = g_array_new (FALSE, FALSE, sizeof (ConcFinderShape));
  finder->marked = g_array_new (FALSE, TRUE, sizeof (guint64));
  g_array_set_clear_func (finder->words, clear_word);
  finder->word_by_text = g_hash_table_new (g_str_hash, g_str_equal);
  finder->sorted = g_array_new (FALSE, FALSE, sizeof (guint32));
  finder->people = g_array_new (FALSE, FALSE, sizeof (ConcFinderPerson));
  finder->person_by_id = g_hash_table_new (g_str_hash, g_str_equal);
  finder->name_words = g_array_new (FALSE, FALSE, sizeof (guint32));
  finder->name_places = g_array_new (FALSE, FALSE, sizeof (guint8));
  init_pile (&finder->emails);
  init_pile (&finder->phones);
  return finder;
}

/** conc_finder_free: frees @finder, which may be %NULL. */
void
conc_finder_free (ConcFinder *finder)
{
  if (finder == NULL)
    return;
  g_hash_table_unref (finder->word_by_text);
  g_hash_table_unref (finder->person_by_id);
  g_array_unref (finder->words);
  g_array_unref (finder->shapes);
  g_array_unref (finder->marked);
  g_array_unref (finder->sorted);
  g_array_unref (finder->people);
  g_array_unref (finder->name_words);
  g_array_unref (finder->name_places);
  clear_pile (&finder->emails);
  clear_pile (&finder->phones);
  g_string_chunk_free (finder->texts);
  g_free (finder);
}

static guint32
add_word (ConcFinder *finder, const char *text)
{
  ConcFinderWord  word = { .text = g_string_chunk_insert (finder->texts, text) };
  ConcFinderShape shape = { 0, 0 };
  glong           n_letters;

  word.letters = g_utf8_to_ucs4_fast (text, -1, &n_letters);
  word.n_letters = shape.n_letters = (guint) n_letters;
  for (guint i = 0; i < word.n_letters; i++)
    shape.mask |= 1U << (word.letters[i] % MASK_BITS);
  word.people = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_array_append_val (finder->words, word);
  g_array_append_val (finder->shapes, shape);
  g_hash_table_insert (finder->word_by_text, (gpointer) word.text,
                       GUINT_TO_POINTER (finder->words->len));
  return finder->words->len - 1;
}

/* @place: of the word in the name; that of another word which this one is written for. */
static void
add_name_word (ConcFinder       *finder,
               ConcFinderPerson *person,
               guint32           n_person,
               const char       *text,
               guint8            place)
{
  guint   known = GPOINTER_TO_UINT (g_hash_table_lookup (finder->word_by_text, text));
  guint32 n = known > 0 ? known - 1 : add_word (finder, text);
  GArray *people = conc_finder_word (finder, n)->people;

  g_array_append_val (finder->name_words, n);
  g_array_append_val (finder->name_places, place);
  if (people->len == 0 || g_array_index (people, guint32, people->len - 1) != n_person)
    g_array_append_val (people, n_person);
  person->n_words++;
  person->is_typable |= g_ascii_isalpha (*text) && conc_is_latin (text);
}

/* A word that the person has already would let one word that is typed twice find two. */
static void
add_other_word (ConcFinder       *finder,
                ConcFinderPerson *person,
                guint32           n_person,
                const char       *text,
                guint8            place)
{
  guint known = GPOINTER_TO_UINT (g_hash_table_lookup (finder->word_by_text, text));

  for (guint i = 0; known > 0 && i < person->n_words; i++)
    if (g_array_index (finder->name_words, guint32, person->first_word + i) == known - 1)
      return;
  if (person->n_words < WORDS_OF_A_NAME_MAX)
    add_name_word (finder, person, n_person, text, place);
}

/* Folded words are parted by single spaces. */
static void
add_name (ConcFinder *finder, ConcFinderPerson *person, guint32 n_person)
{
  g_autofree char *words = g_strdup (person->search);
  char            *word = words;

  person->first_word = finder->name_words->len;
  while (word != NULL && *word != '\0' && person->n_words < WORDS_OF_A_NAME_MAX)
    {
      char *end = strchr (word, ' ');

      if (end != NULL)
        *end = '\0';
      if ((gsize) (word - words) < person->family_at)
        person->n_given++;
      add_name_word (finder, person, n_person, word, person->n_words);
      word = end != NULL ? end + 1 : NULL;
    }
  person->n_own = person->n_words;
}

/* What the person is called otherwise. */
static void
add_known_as (ConcFinder *finder, ConcFinderPerson *person, guint32 n_person)
{
  g_autofree char *folded = NULL;
  g_auto (GStrv) words = NULL;

  if (person->known_as == NULL)
    return;
  folded = conc_text_fold (person->known_as);
  words = g_strsplit (folded, " ", WORDS_OF_A_NAME_MAX);
  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      add_other_word (finder, person, n_person, words[i], person->n_words);
}

/* Words in letters that a volunteer may not be able to type, as they are written in those they
 * can. */
static void
add_transliterations (ConcFinder *finder, ConcFinderPerson *person, guint32 n_person)
{
  const guint n_words = person->n_words;

  for (guint i = 0; i < n_words; i++)
    {
      guint32     n = g_array_index (finder->name_words, guint32, person->first_word + i);
      const char *word = conc_finder_word (finder, n)->text;
      g_auto (GStrv) forms = NULL;

      if (conc_is_latin (word))
        continue;
      forms = conc_transliterate (word);
      for (guint k = 0; forms[k] != NULL; k++)
        add_other_word (finder, person, n_person, forms[k], (guint8) i);
    }
}

static void
add_to_pile (ConcFinderPile *pile, const char *text, guint32 n_person)
{
  gsize start = pile->text->len;

  if (text == NULL)
    return;
  g_array_append_val (pile->starts, start);
  g_array_append_val (pile->people, n_person);
  g_string_append (pile->text, text);
  g_string_append_c (pile->text, '\n');
}

static char *
dup_email (const char *email)
{
  char *lower = email != NULL ? g_utf8_strdown (email, -1) : NULL;

  return lower != NULL ? g_strdelimit (lower, "\n\r\t ", '_') : NULL;
}

static char *
dup_digits (const char *phone)
{
  GString *digits;

  if (phone == NULL)
    return NULL;
  digits = g_string_new (NULL);
  for (const char *at = phone; *at != '\0'; at++)
    if (g_ascii_isdigit (*at))
      g_string_append_c (digits, *at);
  return g_string_free (digits, digits->len == 0);
}

static const char *
keep (ConcFinder *finder, const char *text)
{
  return text != NULL ? g_string_chunk_insert (finder->texts, text) : NULL;
}

/* The first letters of @text as a number: of two texts the one that is the less by strcmp() never
 * has the greater number. */
static guint64
read_order (const char *text)
{
  guint64 order = 0;

  for (guint i = 0; i < sizeof order; i++)
    {
      order = order << 8 | (guchar) *text;
      if (*text != '\0')
        text++;
    }
  return order;
}

static void
add_person (ConcFinder *finder, const ConcFindable *findable, const char *email, const char *phone)
{
  g_autofree char *given =
      conc_text_fold (findable->given_name != NULL ? findable->given_name : "");
  const guint32    n = finder->people->len;
  ConcFinderPerson person = {
    .id = keep (finder, findable->id),
    .search = keep (finder, findable->search != NULL ? findable->search : ""),
    .email = keep (finder, email),
    .phone = keep (finder, phone),
    .known_as = keep (finder, findable->known_as),
    .bib = findable->bib,
    .birth_year = findable->birth_year,
    .age = (gint16) findable->age,
    .is_checked_in = findable->is_checked_in,
  };

  person.family_at =
      (guint) MIN (strlen (given) + (*given != '\0' ? 1 : 0), strlen (person.search));
  person.order = read_order (person.search + person.family_at);
  add_name (finder, &person, n);
  add_known_as (finder, &person, n);
  add_transliterations (finder, &person, n);
  g_array_append_val (finder->people, person);
  /* The key is that of the newest, whose text stays. */
  g_hash_table_replace (finder->person_by_id, (gpointer) person.id, GUINT_TO_POINTER (n + 1));
  add_to_pile (&finder->emails, email, n);
  add_to_pile (&finder->phones, phone, n);
}

/**
 * conc_finder_put:
 * @person: is copied; who has its id is replaced
 *
 * Cost: constant but for new words, which the next question puts in their places.
 */
void
conc_finder_put (ConcFinder *finder, const ConcFindable *person)
{
  guint known = GPOINTER_TO_UINT (g_hash_table_lookup (finder->person_by_id, person->id));
  ConcFinderPerson *old = known > 0 ? conc_finder_person (finder, known - 1) : NULL;
  g_autofree char  *email = dup_email (person->email);
  g_autofree char  *phone = dup_digits (person->phone);

  if (old != NULL && strcmp (old->search, person->search != NULL ? person->search : "") == 0 &&
      g_strcmp0 (old->email, email) == 0 && g_strcmp0 (old->phone, phone) == 0 &&
      g_strcmp0 (old->known_as, person->known_as) == 0)
    {
      old->bib = person->bib;
      old->birth_year = person->birth_year;
      old->age = (gint16) person->age;
      old->is_checked_in = person->is_checked_in;
      return;
    }
  conc_finder_remove (finder, person->id);
  add_person (finder, person, email, phone);
}

/** conc_finder_remove: forgets the person with @id; nothing when there is none. */
void
conc_finder_remove (ConcFinder *finder, const char *id)
{
  guint known = GPOINTER_TO_UINT (g_hash_table_lookup (finder->person_by_id, id));

  if (known == 0)
    return;
  g_hash_table_remove (finder->person_by_id, id);
  conc_finder_person (finder, known - 1)->is_gone = TRUE;
  finder->n_gone++;
}

/** conc_finder_get_count: Returns: how many people can be found. */
guint
conc_finder_get_count (ConcFinder *finder)
{
  return finder->people->len - finder->n_gone;
}

static int
compare_words_cb (gconstpointer a, gconstpointer b, gpointer user_data)
{
  ConcFinder *finder = user_data;

  return strcmp (conc_finder_word (finder, *(const guint32 *) a)->text,
                 conc_finder_word (finder, *(const guint32 *) b)->text);
}

static void
insert_sorted (ConcFinder *finder, guint32 n)
{
  guint low = 0, high = finder->sorted->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (compare_words_cb (&g_array_index (finder->sorted, guint32, middle), &n, finder) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  g_array_insert_val (finder->sorted, low, n);
}

/**
 * conc_finder_settle:
 *
 * Puts new words in their places, as the next question would. After many were put this takes a
 * few milliseconds, which can be spent where nobody waits.
 */
void
conc_finder_settle (ConcFinder *finder)
{
  guint32 first = finder->sorted->len;

  if (finder->words->len - first <= NEW_WORDS_MAX)
    {
      for (guint32 n = first; n < finder->words->len; n++)
        insert_sorted (finder, n);
      return;
    }
  for (guint32 n = first; n < finder->words->len; n++)
    g_array_append_val (finder->sorted, n);
  g_array_sort_with_data (finder->sorted, compare_words_cb, finder);
}
