/* finder-private.h: how a finder keeps people and the words of their names. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/finder.h"

G_BEGIN_DECLS

/* A word of somebody's name, folded. */
typedef struct
{
  const char *text;
  gunichar   *letters;
  guint       n_letters;
  guint32     mask;   /* a bit for each letter, by its number modulo 32 */
  GArray     *people; /* guint32; some have left since */
} ConcFinderWord;

typedef struct
{
  const char *id;
  const char *search;
  const char *email;      /* NULL: none */
  const char *phone;      /* NULL: none */
  guint       family_at;  /* where the family name begins in search */
  guint       first_word; /* of n_words, in name_words */
  guint8      n_words;
  guint8      n_given; /* so many of the words are of the given name */
  gint16      age;
  guint       birth_year;
  guint       bib;
  guint32     found; /* the number of the question that has found this person */
  gboolean    is_checked_in;
  gboolean    is_gone;
} ConcFinderPerson;

/* Texts one after the other, each ended by a line feed, to be looked through at once. */
typedef struct
{
  GString *text;
  GArray  *starts; /* gsize, ascending */
  GArray  *people; /* guint32, of the same order */
} ConcFinderPile;

struct _ConcFinder
{
  GStringChunk  *texts;
  GArray        *words;        /* ConcFinderWord */
  GHashTable    *word_by_text; /* its number plus one */
  GArray        *sorted;       /* guint32: words by their text; the last ones are not in it yet */
  GArray        *people;       /* ConcFinderPerson */
  GHashTable    *person_by_id; /* the number plus one */
  GArray        *name_words;   /* guint32 */
  ConcFinderPile emails;
  ConcFinderPile phones;
  guint32        question;
  guint          n_gone;
};

/* How a word of a name fits a word that was typed; the less the better. */
typedef enum
{
  CONC_FIT_NONE,
  CONC_FIT_WHOLE,
  CONC_FIT_BEGUN,
  CONC_FIT_OTHER, /* another spelling */
  CONC_FIT_ERROR,
  CONC_FIT_ERROR_BEGUN
} ConcFit;

/* All words of names that fit a word that was typed. */
typedef struct
{
  guint8 *fits;  /* by the number of the word */
  GArray *words; /* guint32: those that fit */
  gsize   n_people;
} ConcHits;

#define conc_finder_word(finder, n) (&g_array_index ((finder)->words, ConcFinderWord, n))
#define conc_finder_person(finder, n) (&g_array_index ((finder)->people, ConcFinderPerson, n))

ConcHits *conc_hits_new (ConcFinder *finder, const char *word, const char *other);
ConcHits *conc_hits_new_with_error (ConcFinder     *finder,
                                    const char     *word,
                                    const ConcHits *without,
                                    gboolean        is_alone);
void      conc_hits_free (ConcHits *hits);

G_END_DECLS
