/* finder-question.h: one question to a finder while it is answered. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/finder-private.h"

G_BEGIN_DECLS

#define CONC_TYPED_WORDS_MAX 8

/* What a match is by; the first is the best. */
typedef enum
{
  CONC_BY_BIB,
  CONC_BY_BIB_BEGUN,
  CONC_BY_EXACT_NAME, /* every word of the name, in any order */
  CONC_BY_WHOLE_WORDS,
  CONC_BY_BEGUN_WORDS,
  CONC_BY_OTHER_SPELLING,
  CONC_BY_CONTACT,       /* the whole e-mail address or phone number */
  CONC_BY_CONTACT_BEGUN, /* an address that begins so, a number that ends so */
  CONC_BY_CONTACT_PART,
  CONC_BY_PARTED_WORDS, /* words run together or parted in another way */
  CONC_BY_ERROR
} ConcMatchBy;

typedef struct
{
  guint32 rank; /* what it is by, then how well; the less the better */
  guint32 person;
} ConcFinderMatch;

/* What was typed, read in one way. */
typedef struct
{
  const char *words[CONC_TYPED_WORDS_MAX + 2];
  const char *others[CONC_TYPED_WORDS_MAX + 2]; /* each word spelled out; NULL: the same */
  guint       n_words;
  const char *numbers[CONC_TYPED_WORDS_MAX]; /* of a birth year, an age or a bib */
  guint       n_numbers;
} ConcReading;

typedef struct
{
  ConcFinder   *finder;
  GHashTable   *hits;  /* of typed words */
  GStringChunk *texts; /* of the readings */
  GArray       *matches;
} ConcQuestion;

void conc_question_add (ConcQuestion *question, guint32 person, ConcMatchBy by, guint32 detail);
void conc_question_ask (ConcQuestion *question, const ConcReading *reading, ConcMatchBy at_best);
void conc_question_ask_with_error (ConcQuestion *question, const ConcReading *reading);
GPtrArray *conc_question_best (ConcQuestion *question, guint limit);

void conc_question_add_bibs (ConcQuestion *question, const char *number);
void conc_question_add_born (ConcQuestion *question, const char *year);
void conc_question_add_phones (ConcQuestion *question, const char *text);
void conc_question_add_emails (ConcQuestion *question, const char *text);

G_END_DECLS
