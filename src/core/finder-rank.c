/* finder-rank.c: who fits a reading of what was typed, and how well. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/finder-question.h"

#include <stdlib.h>
#include <string.h>

#define BY_SHIFT 28
#define DETAIL_MAX ((1U << BY_SHIFT) - 1)
#define MISFIT_SHIFT 4
#define CHECKED_IN_SHIFT 3
#define MARK_BITS 64u

/* The words of a reading with what they hit, the longest first: a person is to have a word for
 * each, and the longest has the fewest to choose from. */
typedef struct
{
  const ConcReading *reading;
  const ConcHits    *hits[CONC_TYPED_WORDS_MAX + 2];
  guint              order[CONC_TYPED_WORDS_MAX + 2];
} Asked;

typedef struct
{
  ConcFit worst;
  guint   misfit; /* the sum over all words */
  guint   place;  /* of the first word in the name */
} Fitness;

/** conc_question_add: notes that @person matches, if no better way was found before. */
void
conc_question_add (ConcQuestion *question, guint32 person, ConcMatchBy by, guint32 detail)
{
  ConcFinderPerson *each = conc_finder_person (question->finder, person);
  ConcFinderMatch   match = { (guint32) by << BY_SHIFT | MIN (detail, DETAIL_MAX), person };

  if (each->is_gone || each->found == question->finder->question)
    return;
  each->found = question->finder->question;
  g_array_append_val (question->matches, match);
}

static const ConcHits *
get_hits (ConcQuestion *question, const char *word, const char *other)
{
  ConcHits *hits = g_hash_table_lookup (question->hits, word);

  if (hits == NULL)
    {
      hits = conc_hits_new (question->finder, word, other);
      g_hash_table_insert (question->hits, (gpointer) word, hits);
    }
  return hits;
}

static guint32
get_word (ConcFinder *finder, const ConcFinderPerson *person, guint i)
{
  return g_array_index (finder->name_words, guint32, person->first_word + i);
}

static guint
get_place (ConcFinder *finder, const ConcFinderPerson *person, guint i)
{
  return g_array_index (finder->name_places, guint8, person->first_word + i);
}

/* Whether @person has a word of the name for each that is asked for. */
static gboolean
fit_person (ConcFinder             *finder,
            const ConcFinderPerson *person,
            const Asked            *asked,
            Fitness                *fitness)
{
  guint32 used = 0;

  fitness->worst = CONC_FIT_NONE;
  fitness->misfit = 0;
  fitness->place = 0;
  for (guint k = 0; k < asked->reading->n_words; k++)
    {
      const guint   typed = asked->order[k];
      const guint8 *fits = asked->hits[typed]->fits;
      ConcFit       best = CONC_FIT_NONE;
      guint         at = 0;

      for (guint i = 0; i < person->n_words; i++)
        {
          ConcFit fit = fits[get_word (finder, person, i)];

          if (fit != CONC_FIT_NONE && (best == CONC_FIT_NONE || fit < best) &&
              (used >> get_place (finder, person, i) & 1) == 0)
            {
              best = fit;
              at = get_place (finder, person, i);
            }
        }
      if (best == CONC_FIT_NONE)
        return FALSE;
      used |= 1U << at;
      fitness->worst = MAX (fitness->worst, best);
      fitness->misfit += best - CONC_FIT_WHOLE;
      if (typed == 0)
        fitness->place = at == 0 ? 0 : at == person->n_given || at >= person->n_own ? 1 : 2;
    }
  return TRUE;
}

static gboolean
bib_begins (guint bib, guint number)
{
  while (bib > number)
    bib /= 10;
  return bib == number && bib > 0;
}

/* What tells two people of one name apart is often a number. */
static gboolean
has_number (const ConcFinderPerson *person, const char *text)
{
  guint number = (guint) strtoul (text, NULL, 10);
  gsize n_digits = strlen (text);

  return (n_digits == 4 && person->birth_year == number) ||
         (n_digits == 2 && person->birth_year > 0 && person->birth_year % 100 == number) ||
         (n_digits <= 2 && person->age >= 0 && (guint) person->age == number) ||
         (n_digits <= 6 && bib_begins (person->bib, number));
}

static gboolean
has_numbers (const ConcFinderPerson *person, const ConcReading *reading)
{
  for (guint i = 0; i < reading->n_numbers; i++)
    if (!has_number (person, reading->numbers[i]))
      return FALSE;
  return TRUE;
}

static ConcMatchBy
get_by (const ConcFinderPerson *person, const Asked *asked, const Fitness *fitness)
{
  switch (fitness->worst)
    {
    case CONC_FIT_WHOLE:
      return asked->reading->n_words == person->n_own ? CONC_BY_EXACT_NAME : CONC_BY_WHOLE_WORDS;
    case CONC_FIT_BEGUN:
      return CONC_BY_BEGUN_WORDS;
    case CONC_FIT_OTHER:
      return CONC_BY_OTHER_SPELLING;
    case CONC_FIT_ERROR:
    case CONC_FIT_ERROR_BEGUN:
    case CONC_FIT_NONE:
    default:
      return CONC_BY_ERROR;
    }
}

/* Whoever fits better comes first, then who is not yet checked in, then whose name begins with the
 * first word. */
static void
consider (ConcQuestion *question, guint32 n, const Asked *asked, ConcMatchBy at_best)
{
  const ConcFinderPerson *person = conc_finder_person (question->finder, n);
  Fitness                 fitness;

  if (person->is_gone || person->found == question->finder->question ||
      !has_numbers (person, asked->reading) ||
      !fit_person (question->finder, person, asked, &fitness))
    return;
  conc_question_add (question, n, MAX (at_best, get_by (person, asked, &fitness)),
                     fitness.misfit << MISFIT_SHIFT |
                         (person->is_checked_in ? 1U << CHECKED_IN_SHIFT : 0) | fitness.place);
}

/* Marks everybody who has one of the words. */
static void
mark_people (ConcFinder *finder, const ConcHits *hits)
{
  guint64 *marks;

  g_array_set_size (finder->marked, finder->people->len / MARK_BITS + 1);
  marks = (guint64 *) (void *) finder->marked->data;
  for (guint i = 0; i < hits->words->len; i++)
    {
      GArray *people = conc_finder_word (finder, g_array_index (hits->words, guint32, i))->people;

      for (guint k = 0; k < people->len; k++)
        {
          const guint32 n = g_array_index (people, guint32, k);

          marks[n / MARK_BITS] |= G_GUINT64_CONSTANT (1) << n % MARK_BITS;
        }
    }
}

/* In the order in which people are in memory, which takes a third of the time of any other, and
 * each person once. Takes the marks away. */
static void
consider_marked (ConcQuestion *question, const Asked *asked, ConcMatchBy at_best)
{
  GArray *marked = question->finder->marked;

  for (guint i = 0; i < marked->len; i++)
    {
      guint64 marks = g_array_index (marked, guint64, i);

      g_array_index (marked, guint64, i) = 0;
      for (; marks != 0; marks &= marks - 1)
        consider (question, i * MARK_BITS + (guint32) __builtin_ctzll (marks), asked, at_best);
    }
}

/* Goes through the people who have the rarest of the words. */
static void
consider_all (ConcQuestion *question, Asked *asked, ConcMatchBy at_best)
{
  const ConcReading *reading = asked->reading;
  const ConcHits    *rarest = asked->hits[0];

  for (guint i = 0; i < reading->n_words; i++)
    {
      guint k = i;

      if (asked->hits[i]->n_people < rarest->n_people)
        rarest = asked->hits[i];
      for (; k > 0 && strlen (reading->words[asked->order[k - 1]]) < strlen (reading->words[i]);
           k--)
        asked->order[k] = asked->order[k - 1];
      asked->order[k] = i;
    }
  mark_people (question->finder, rarest);
  consider_marked (question, asked, at_best);
}

static gboolean
collect_hits (ConcQuestion *question, const ConcReading *reading, guint except, Asked *asked)
{
  asked->reading = reading;
  for (guint i = 0; i < reading->n_words; i++)
    {
      asked->hits[i] = get_hits (question, reading->words[i], reading->others[i]);
      if (i != except && asked->hits[i]->words->len == 0)
        return FALSE;
    }
  return reading->n_words > 0;
}

/**
 * conc_question_ask:
 * @at_best: the best that a match is taken to be by
 *
 * Notes who has a word of the name for each word of @reading, and its numbers.
 */
void
conc_question_ask (ConcQuestion *question, const ConcReading *reading, ConcMatchBy at_best)
{
  Asked asked;

  if (collect_hits (question, reading, G_MAXUINT, &asked))
    consider_all (question, &asked, at_best);
}

/** conc_question_ask_with_error: the same for one word typed with an error, whichever it is. */
void
conc_question_ask_with_error (ConcQuestion *question, const ConcReading *reading)
{
  for (guint i = 0; i < reading->n_words; i++)
    {
      Asked     asked;
      ConcHits *hits;

      if (!collect_hits (question, reading, i, &asked))
        continue;
      hits = conc_hits_new_with_error (question->finder, reading->words[i], asked.hits[i],
                                       reading->n_words == 1);
      asked.hits[i] = hits;
      if (hits->words->len > 0)
        consider_all (question, &asked, CONC_BY_ERROR);
      conc_hits_free (hits);
    }
}

static int
compare_matches (ConcFinder *finder, const ConcFinderMatch *a, const ConcFinderMatch *b)
{
  const ConcFinderPerson *left, *right;
  int                     order;

  if (a->rank != b->rank)
    return a->rank < b->rank ? -1 : 1;
  left = conc_finder_person (finder, a->person);
  right = conc_finder_person (finder, b->person);
  if (left->order != right->order)
    return left->order < right->order ? -1 : 1;
  order = strcmp (left->search + left->family_at, right->search + right->family_at);
  if (order == 0)
    order = strcmp (left->search, right->search);
  if (order == 0 && left->birth_year != right->birth_year)
    order = left->birth_year < right->birth_year ? -1 : 1;
  return order != 0 ? order : strcmp (left->id, right->id);
}

static int
compare_matches_cb (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return compare_matches (user_data, a, b);
}

/* Lets the match at @at of a heap, whose worst is on top, sink to its place. */
static void
sink (ConcFinder *finder, ConcFinderMatch *heap, guint n, guint at)
{
  for (;;)
    {
      guint           child = 2 * at + 1;
      ConcFinderMatch swap = heap[at];

      if (child + 1 < n && compare_matches (finder, &heap[child], &heap[child + 1]) < 0)
        child++;
      if (child >= n || compare_matches (finder, &heap[at], &heap[child]) >= 0)
        return;
      heap[at] = heap[child];
      heap[child] = swap;
      at = child;
    }
}

/* Sorting all would take too long when a single letter was typed. */
static void
keep_best (ConcQuestion *question, guint limit)
{
  ConcFinderMatch *heap = (ConcFinderMatch *) (void *) question->matches->data;

  for (guint i = limit / 2; i > 0; i--)
    sink (question->finder, heap, limit, i - 1);
  for (guint i = limit; i < question->matches->len; i++)
    if (compare_matches (question->finder, &heap[i], &heap[0]) < 0)
      {
        heap[0] = heap[i];
        sink (question->finder, heap, limit, 0);
      }
  g_array_set_size (question->matches, limit);
}

/**
 * conc_question_best:
 * @limit: at most so many; 0 for all
 *
 * Returns: (transfer container) (element-type utf8): ids, best match first. The ids are the
 * finder's, until somebody is put into it.
 */
GPtrArray *
conc_question_best (ConcQuestion *question, guint limit)
{
  GPtrArray *ids = g_ptr_array_new ();

  if (limit > 0 && question->matches->len > limit)
    keep_best (question, limit);
  g_array_sort_with_data (question->matches, compare_matches_cb, question->finder);
  for (guint i = 0; i < question->matches->len; i++)
    {
      guint32 n = g_array_index (question->matches, ConcFinderMatch, i).person;

      g_ptr_array_add (ids, (gpointer) conc_finder_person (question->finder, n)->id);
    }
  return ids;
}
