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
  GArray     *people; /* guint32; some have left since */
} ConcFinderWord;

/* Which letters a word has, to see at once which words it cannot be. */
typedef struct
{
  guint32 mask; /* a bit for each letter, by its number modulo 32 */
  guint32 n_letters;
} ConcFinderShape;

typedef struct
{
  const char *id;
  const char *search;
  const char *email;      /* NULL: none */
  const char *phone;      /* NULL: none */
  const char *known_as;   /* NULL: none */
  guint64     order;      /* the beginning of the family name, as a number that orders like it */
  guint       family_at;  /* where the family name begins in search */
  guint       first_word; /* of n_words, in name_words */
  guint8      n_words;
  guint8      n_own;   /* so many of the words are of the name, those before the others */
  guint8      n_given; /* so many of these are of the given name */
  gint16      age;
  guint       birth_year;
  guint       bib;
  guint32     found; /* the number of the question that has found this person */
  gboolean    is_checked_in;
  gboolean    is_gone;
  gboolean    is_typable; /* a word is of letters that everybody can type */
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
  GArray        *shapes;       /* ConcFinderShape, of the words */
  GHashTable    *word_by_text; /* its number plus one */
  GArray        *sorted;       /* guint32: words by their text; the last ones are not in it yet */
  GArray        *people;       /* ConcFinderPerson */
  GHashTable    *person_by_id; /* the number plus one */
  GArray        *name_words;   /* guint32 */
  GArray        *name_places;  /* guint8: which words of a name are one, written otherwise */
  ConcFinderPile emails;
  ConcFinderPile phones;
  GArray        *marked; /* guint64: a bit for each person, all clear between two uses */
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
#define conc_finder_shape(finder, n) (&g_array_index ((finder)->shapes, ConcFinderShape, n))
#define conc_finder_person(finder, n) (&g_array_index ((finder)->people, ConcFinderPerson, n))

ConcHits *conc_hits_new (ConcFinder *finder, const char *word, const char *other);
ConcHits *conc_hits_new_with_error (ConcFinder     *finder,
                                    const char     *word,
                                    const ConcHits *without,
                                    gboolean        is_alone);
void      conc_hits_free (ConcHits *hits);

G_END_DECLS
