/* finder-words.c: the words of names that a typed word can mean. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/finder-private.h"

#include "core/name-forms.h"
#include "core/one-error.h"

#include <string.h>

/* A shorter word with an error could be nearly any; beside other words one letter less will do. */
#define ERROR_LETTERS_MIN 3
#define ERROR_LETTERS_MIN_BESIDE 2
/* The beginning of a word with an error says little before so many letters. */
#define ERROR_BEGUN_LETTERS_MIN 4
#define ERROR_LETTERS_MAX 40
#define MASK_BITS 32

static ConcHits *
new_hits (ConcFinder *finder)
{
  ConcHits *hits = g_new0 (ConcHits, 1);

  hits->fits = g_new0 (guint8, finder->words->len + 1);
  hits->words = g_array_new (FALSE, FALSE, sizeof (guint32));
  return hits;
}

/** conc_hits_free: frees @hits, which may be %NULL. */
void
conc_hits_free (ConcHits *hits)
{
  if (hits == NULL)
    return;
  g_free (hits->fits);
  g_array_unref (hits->words);
  g_free (hits);
}

/* The first fit of a word is its best one. */
static void
add_hit (ConcFinder *finder, ConcHits *hits, guint32 n, ConcFit fit)
{
  if (hits->fits[n] != CONC_FIT_NONE)
    return;
  hits->fits[n] = (guint8) fit;
  g_array_append_val (hits->words, n);
  hits->n_people += conc_finder_word (finder, n)->people->len;
}

/* Where the first word that is not before @text is in the order of words. */
static guint
find_place (ConcFinder *finder, const char *text)
{
  guint low = 0, high = finder->sorted->len;

  while (low < high)
    {
      guint   middle = low + (high - low) / 2;
      guint32 n = g_array_index (finder->sorted, guint32, middle);

      if (strcmp (conc_finder_word (finder, n)->text, text) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static void
add_begun (ConcFinder *finder, ConcHits *hits, const char *text, ConcFit whole, ConcFit begun)
{
  gsize length = strlen (text);

  for (guint i = find_place (finder, text); i < finder->sorted->len; i++)
    {
      guint32     n = g_array_index (finder->sorted, guint32, i);
      const char *word = conc_finder_word (finder, n)->text;

      if (strncmp (word, text, length) != 0)
        return;
      add_hit (finder, hits, n, word[length] == '\0' ? whole : begun);
    }
}

static void
add_whole (ConcFinder *finder, ConcHits *hits, const char *text)
{
  guint known = GPOINTER_TO_UINT (g_hash_table_lookup (finder->word_by_text, text));

  if (known > 0)
    add_hit (finder, hits, known - 1, CONC_FIT_OTHER);
}

static void
add_forms (ConcFinder *finder, ConcHits *hits, const char *text)
{
  g_autoptr (GPtrArray) forms = conc_name_forms (text);

  for (guint i = 0; i < forms->len; i++)
    add_whole (finder, hits, g_ptr_array_index (forms, i));
}

/**
 * conc_hits_new:
 * @word: as typed, folded
 * @other: another spelling of it, such as "mueller" for "müller"; %NULL for none
 *
 * Returns: (transfer full): the words of names that @word is, begins or spells in another way.
 */
ConcHits *
conc_hits_new (ConcFinder *finder, const char *word, const char *other)
{
  ConcHits *hits = new_hits (finder);
  g_auto (GStrv) spellings = conc_name_spellings (word);

  add_begun (finder, hits, word, CONC_FIT_WHOLE, CONC_FIT_BEGUN);
  if (other != NULL)
    add_begun (finder, hits, other, CONC_FIT_OTHER, CONC_FIT_OTHER);
  for (guint i = 0; spellings[i] != NULL; i++)
    add_begun (finder, hits, spellings[i], CONC_FIT_OTHER, CONC_FIT_OTHER);
  add_forms (finder, hits, word);
  for (guint i = 0; spellings[i] != NULL; i++)
    add_forms (finder, hits, spellings[i]);
  return hits;
}

static gboolean
has_digit (const char *word)
{
  return strpbrk (word, "0123456789") != NULL;
}

/* Most words have too many other letters, which is seen at once. */
static gboolean
may_fit (const ConcFinderShape *word, guint32 mask, guint n_letters)
{
  const guint32 other = mask & ~word->mask;

  return word->n_letters + 1 >= n_letters && (other & (other - 1)) == 0;
}

/**
 * conc_hits_new_with_error:
 * @without: the words that @word fits without an error, which are left out
 * @is_alone: whether nothing else was typed
 *
 * Returns: (transfer full): the words of names that @word is or begins, with one typing error.
 * Cost: a few nanoseconds for each different word of all names.
 */
ConcHits *
conc_hits_new_with_error (ConcFinder     *finder,
                          const char     *word,
                          const ConcHits *without,
                          gboolean        is_alone)
{
  ConcHits            *hits = new_hits (finder);
  glong                n_letters;
  g_autofree gunichar *letters = g_utf8_to_ucs4_fast (word, -1, &n_letters);
  guint32              mask = 0;

  if (n_letters < (is_alone ? ERROR_LETTERS_MIN : ERROR_LETTERS_MIN_BESIDE) ||
      n_letters > ERROR_LETTERS_MAX || has_digit (word))
    return hits;
  for (glong i = 0; i < n_letters; i++)
    mask |= 1U << (letters[i] % MASK_BITS);
  for (guint32 n = 0; n < finder->words->len; n++)
    {
      const ConcFinderWord *each;
      ConcErrorFit          fit;

      if (!may_fit (conc_finder_shape (finder, n), mask, (guint) n_letters) ||
          without->fits[n] != CONC_FIT_NONE)
        continue;
      each = conc_finder_word (finder, n);
      fit = conc_one_error (letters, (guint) n_letters, each->letters, each->n_letters);
      if (fit == CONC_ERROR_WHOLE)
        add_hit (finder, hits, n, CONC_FIT_ERROR);
      else if (fit == CONC_ERROR_BEGUN && n_letters >= ERROR_BEGUN_LETTERS_MIN)
        add_hit (finder, hits, n, CONC_FIT_ERROR_BEGUN);
    }
  return hits;
}
