/* finder-find.c: the ways to read what was typed, one after the other. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/finder-question.h"

#include "core/name-forms.h"
#include "core/text-fold.h"

#include <string.h>

/* With so many found, nobody looks further down for what is less likely. */
#define ENOUGH 8
/* Initials and the beginning of a name, run together, say enough from here on. */
#define PARTED_LETTERS_MIN 3
#define PARTED_LETTERS_MAX 24
#define THREE_PARTS_LETTERS_MIN 6
#define EMAIL_LETTERS_MIN 4

static gboolean
has_enough (const ConcQuestion *question)
{
  return question->matches->len >= ENOUGH;
}

static const char *
keep (ConcQuestion *question, const char *text, gsize length)
{
  return g_string_chunk_insert_len (question->texts, text, (gssize) length);
}

/* The words of @folded: letters and digits only, parted by spaces. */
static guint
split_words (ConcQuestion *question, const char *folded, const char **words)
{
  guint n_words = 0;

  for (const char *at = folded; *at != '\0' && n_words < CONC_TYPED_WORDS_MAX;)
    {
      gsize length = strcspn (at, " ");

      if (length > 0)
        words[n_words++] = keep (question, at, length);
      at += length;
      at += strspn (at, " ");
    }
  return n_words;
}

static void
read_as_typed (ConcQuestion *question, const char *text, ConcReading *reading)
{
  g_autofree char *folded = conc_text_fold (text);
  g_autofree char *spelled = conc_name_spell_out (text);
  g_autofree char *other = spelled != NULL ? conc_text_fold (spelled) : NULL;
  const char      *others[CONC_TYPED_WORDS_MAX];
  guint            n_others = 0;

  memset (reading, 0, sizeof *reading);
  reading->n_words = split_words (question, folded, reading->words);
  if (other != NULL)
    n_others = split_words (question, other, others);
  for (guint i = 0; n_others == reading->n_words && i < n_others; i++)
    if (strcmp (others[i], reading->words[i]) != 0)
      reading->others[i] = others[i];
}

static void
add_number (ConcReading *reading, const char *number)
{
  if (reading->n_numbers < CONC_TYPED_WORDS_MAX)
    reading->numbers[reading->n_numbers++] = number;
}

/* "smith85" and "smith 85": a name, and a number that tells people of that name apart. */
static void
read_numbers (ConcQuestion *question, const ConcReading *typed, ConcReading *reading)
{
  static const char digits[] = "0123456789";

  memset (reading, 0, sizeof *reading);
  for (guint i = 0; i < typed->n_words; i++)
    for (const char *at = typed->words[i]; *at != '\0';)
      {
        gsize n_digits = strspn (at, digits);
        gsize n_letters = strcspn (at + n_digits, digits);

        if (n_digits > 0)
          add_number (reading, keep (question, at, n_digits));
        if (n_letters > 0 && reading->n_words < CONC_TYPED_WORDS_MAX)
          {
            reading->others[reading->n_words] =
                n_letters == strlen (typed->words[i]) ? typed->others[i] : NULL;
            reading->words[reading->n_words++] = keep (question, at + n_digits, n_letters);
          }
        at += n_digits + n_letters;
      }
}

/* @reading with @n_parts in the place of @n_words from @at. */
static void
ask_parted (ConcQuestion      *question,
            const ConcReading *reading,
            guint              at,
            guint              n_words,
            const char *const *parts,
            guint              n_parts)
{
  ConcReading parted = *reading;
  guint       n = at;

  if (reading->n_words - n_words + n_parts > G_N_ELEMENTS (parted.words))
    return;
  for (guint i = 0; i < n_parts; i++, n++)
    {
      parted.words[n] = parts[i];
      parted.others[n] = NULL;
    }
  for (guint i = at + n_words; i < reading->n_words; i++, n++)
    {
      parted.words[n] = reading->words[i];
      parted.others[n] = reading->others[i];
    }
  parted.n_words = n;
  conc_question_ask (question, &parted, CONC_BY_PARTED_WORDS);
}

/* "mc donald" for "McDonald": words that stand beside each other are one. */
static void
ask_joined (ConcQuestion *question, const ConcReading *reading)
{
  for (guint i = 0; i < reading->n_words; i++)
    {
      g_autoptr (GString) joined = g_string_new (reading->words[i]);

      for (guint k = i + 1; k < reading->n_words; k++)
        {
          const char *part;

          g_string_append (joined, reading->words[k]);
          part = keep (question, joined->str, joined->len);
          ask_parted (question, reading, i, k - i + 1, &part, 1);
        }
    }
}

static void
ask_three_parts (ConcQuestion *question, const ConcReading *reading, guint at, const char *second)
{
  const char *word = reading->words[at];

  for (const char *third = g_utf8_next_char (second); *third != '\0';
       third = g_utf8_next_char (third))
    {
      const char *parts[] = { keep (question, word, (gsize) (second - word)),
                              keep (question, second, (gsize) (third - second)), third };

      ask_parted (question, reading, at, 1, parts, G_N_ELEMENTS (parts));
    }
}

/* "jgar" for José García, "delacruz" for De La Cruz: the beginnings of two or three words. Beside
 * other words an initial is hardly meant, and would find nearly anyone. */
static void
ask_split (ConcQuestion *question, const ConcReading *reading, guint at, gboolean in_three)
{
  const char *word = reading->words[at];
  const glong n_letters = g_utf8_strlen (word, -1);
  const glong least = reading->n_words > 1 ? 2 : 1;

  if (n_letters < (in_three ? THREE_PARTS_LETTERS_MIN : PARTED_LETTERS_MIN) ||
      n_letters > PARTED_LETTERS_MAX)
    return;
  for (const char *second = g_utf8_next_char (word); *second != '\0';
       second = g_utf8_next_char (second))
    {
      const char *parts[] = { keep (question, word, (gsize) (second - word)), second };

      if (in_three)
        ask_three_parts (question, reading, at, second);
      else if (g_utf8_strlen (word, second - word) >= least && g_utf8_strlen (second, -1) >= least)
        ask_parted (question, reading, at, 1, parts, G_N_ELEMENTS (parts));
    }
}

static void
ask_otherwise (ConcQuestion *question, const ConcReading *reading)
{
  ask_joined (question, reading);
  for (guint i = 0; i < reading->n_words; i++)
    ask_split (question, reading, i, FALSE);
  for (guint i = 0; question->matches->len == 0 && i < reading->n_words; i++)
    ask_split (question, reading, i, TRUE);
}

/* An address of which nothing is known here still has words that may be of the name. */
static void
ask_address (ConcQuestion *question, const char *text)
{
  g_autofree char *local = g_strndup (text, strcspn (text, "@"));
  ConcReading      typed, reading;

  conc_question_add_emails (question, text);
  if (question->matches->len > 0 || strchr (text, ' ') != NULL)
    return;
  read_as_typed (question, local, &typed);
  read_numbers (question, &typed, &reading);
  reading.n_numbers = 0;
  conc_question_ask (question, &reading, CONC_BY_EXACT_NAME);
}

static void
ask_everything (ConcQuestion *question, const char *text, gboolean with_errors)
{
  ConcReading typed, reading;
  gboolean    is_number;

  read_as_typed (question, text, &typed);
  is_number =
      typed.n_words == 1 && strspn (typed.words[0], "0123456789") == strlen (typed.words[0]);
  if (is_number)
    conc_question_add_bibs (question, typed.words[0]);
  conc_question_ask (question, &typed, CONC_BY_EXACT_NAME);
  conc_question_add_phones (question, text);
  if (is_number && !has_enough (question))
    conc_question_add_born (question, typed.words[0]);
  if (is_number || has_enough (question))
    return;
  if (g_utf8_strlen (text, -1) >= EMAIL_LETTERS_MIN)
    conc_question_add_emails (question, text);
  read_numbers (question, &typed, &reading);
  if (reading.n_numbers > 0)
    conc_question_ask (question, &reading, CONC_BY_EXACT_NAME);
  if (has_enough (question))
    return;
  ask_otherwise (question, &reading);
  if (with_errors)
    conc_question_ask_with_error (question, &reading);
}

static GPtrArray *
find (ConcFinder *finder, const char *text, guint limit, gboolean with_errors)
{
  g_autofree char *stripped = g_strstrip (g_utf8_make_valid (text, -1));
  ConcQuestion     question = {
        .finder = finder,
        .hits = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) conc_hits_free),
        .texts = g_string_chunk_new (256),
        .matches = g_array_new (FALSE, FALSE, sizeof (ConcFinderMatch)),
  };
  GPtrArray *ids;

  conc_finder_settle (finder);
  finder->question++;
  if (strchr (stripped, '@') != NULL)
    ask_address (&question, stripped);
  else
    ask_everything (&question, stripped, with_errors);
  ids = conc_question_best (&question, limit);
  g_hash_table_unref (question.hits);
  g_string_chunk_free (question.texts);
  g_array_unref (question.matches);
  return ids;
}

/**
 * conc_finder_find:
 * @text: a bib; parts of a name in any order; an e-mail address or a part of it; a phone number or
 *   its last digits; a name and a birth year, an age or a bib
 * @limit: at most so many; 0 for all
 *
 * The order: the bib, bibs that begin so, the exact name, whole words, words begun, another
 * spelling, an address or number, words parted otherwise, one typing error. Of equal ones who is
 * not yet checked in comes first, then by name. Errors, and words that are parted otherwise, are
 * looked for only when fewer than eight were found.
 *
 * Returns: (transfer container) (element-type utf8): ids, best match first, which stay until
 * somebody is put into @finder; empty when nothing is typed. Cost: about a millisecond among
 * 100,000 people.
 */
GPtrArray *
conc_finder_find (ConcFinder *finder, const char *text, guint limit)
{
  return find (finder, text, limit, TRUE);
}

/** conc_finder_find_strictly: conc_finder_find() that looks for no typing errors. */
GPtrArray *
conc_finder_find_strictly (ConcFinder *finder, const char *text, guint limit)
{
  return find (finder, text, limit, FALSE);
}
