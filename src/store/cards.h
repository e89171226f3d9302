/* cards.h: what stations decided apart and somebody must decide together, in plain words. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/reader.h"

G_BEGIN_DECLS

typedef enum
{
  CONC_CARD_FIELD,      /* two corrections of one field */
  CONC_CARD_BIB,        /* one bib, two people */
  CONC_CARD_TWO_BIBS,   /* one person, two bibs */
  CONC_CARD_CHECK_IN,   /* one person checked in at two desks */
  CONC_CARD_ATTENDANCE, /* here at one desk, deferred or replaced at another */
  CONC_CARD_TRANSFER,   /* one place given to two people */
  CONC_CARD_WALK_UP,    /* a walk-up who was registered */
  CONC_CARD_REMOVED,    /* edited here and removed there */
  CONC_CARD_GUN,        /* two guns of one wave */
  CONC_CARD_START,      /* two starts of one runner */
  CONC_CARD_TAP,        /* two bibs for one tap */
  CONC_CARD_CHUTE,      /* one bib of the chute, corrected or linked twice */
  CONC_CARD_STREAM,     /* two settings of one source of times */
  CONC_CARD_CHIP,       /* one chip, two bibs */
  CONC_CARD_GIFT,
  CONC_CARD_FEE, /* paid at two desks */
  CONC_CARD_SETTING,
  CONC_CARD_STATION,
  CONC_N_CARD_KINDS
} ConcCardKind;

/* @id: names the choice to CONC_COMMAND_SETTLE. */
typedef struct
{
  char    *id;
  char    *label;
  gboolean is_shown; /* it is what the race shows meanwhile */
} ConcChoice;

/* One conflict. @lines say what happened where, by whom and when, one thing a line. */
typedef struct
{
  char        *id; /* the same at every station */
  ConcCardKind kind;
  char        *title;
  GPtrArray   *lines;   /* element-type utf8 */
  GPtrArray   *choices; /* element-type ConcChoice */
} ConcCard;

const char *conc_card_kind_to_text (ConcCardKind kind);
void        conc_card_free (ConcCard *card);

/* All open cards that the role of this station may settle, in an order that does not change.
 * Transfer full, element-type ConcCard. */
GPtrArray *conc_reader_list_cards (ConcReader *reader, GTimeZone *zone, GError **error);

/* How many they are. */
gboolean conc_reader_count_cards (ConcReader *reader, guint *ret_count, GError **error);

/* What the ids of cards are made of; the writer reads them. */
#define CONC_CARD_BIB_PREFIX "bib:"
#define CONC_CARD_SAME_PREFIX "same:"
#define CONC_CARD_FEE_PREFIX "fee:"
#define CONC_CHOICE_NOBODY "nobody"
#define CONC_CHOICE_APART "apart"
#define CONC_CHOICE_KEEP_REMOVED "removed"
#define CONC_CHOICE_BRING_BACK "back"
#define CONC_CHOICE_ALL "all"

/* Keys of the body of a payment: whether somebody decided that it counts, and what was known to be
 * paid before it, in cents, by which one made without knowing of another is noticed. */
#define CONC_KEY_COUNTS "counts"
#define CONC_KEY_BEFORE "before_cents"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcCard, conc_card_free)

G_END_DECLS
