/* card-private.h: what the makers of cards share. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/merge.h"
#include "core/race-time.h"
#include "core/runner-facts.h"
#include "store/cards.h"
#include "store/reader-sync.h"

G_BEGIN_DECLS

typedef struct
{
  ConcReader *reader;
  GTimeZone  *zone;
} ConcCardMaker;

/* Pairs of a walk-up and somebody of the same name about whom nobody has said that they are two. */
#define CONC_OPEN_TWINS                                                                            \
  "(SELECT t.a AS a, t.b AS b FROM twin t JOIN runner x ON x.id = t.a JOIN runner y ON y.id = "    \
  "t.b WHERE (x.birth_date IS NULL OR y.birth_date IS NULL OR x.birth_date = y.birth_date) AND "   \
  "NOT EXISTS (SELECT 1 FROM apart WHERE apart.a = t.a AND apart.b = t.b))"

/* Bibs that two people have, or that a runner was given and that were taken away. */
#define CONC_OPEN_BIBS                                                                             \
  "(SELECT bib FROM runner WHERE bib IS NOT NULL GROUP BY bib HAVING count (*) > 1 UNION "         \
  "SELECT CAST (substr (card, 5) AS INTEGER) FROM conflict WHERE card >= 'bib:' AND card < "       \
  "'bib;')"

/* Runners for whom more was paid than was due, because one payment was made without knowing of
 * another; whoever knows of all says so in before_cents. And those about whose payments two
 * decided. */
#define CONC_OPEN_FEES                                                                             \
  "(SELECT f.runner AS runner FROM fee f JOIN runner r ON r.id = f.runner "                        \
  "WHERE f.counts IS NOT 0 GROUP BY f.runner HAVING sum (f.counts IS NULL) > 0 AND "               \
  "max (f.before_cents + f.amount_cents) < sum (f.amount_cents) AND "                              \
  "sum (f.amount_cents) > coalesce (max (r.balance_cents), 0) UNION "                              \
  "SELECT substr (card, 5) FROM conflict WHERE card >= 'fee:' AND card < 'fee;')"

/* All others. */
#define CONC_OPEN_SLOTS                                                                            \
  "(SELECT subject, key, winner, rivals FROM conflict "                                            \
  "WHERE NOT (card >= 'bib:' AND card < 'bib;') AND NOT (card >= 'fee:' AND card < 'fee;'))"

ConcCard *conc_card_new (ConcCardKind kind, const char *id);
void      conc_card_add_choice (ConcCard *card, const char *id, char *label, gboolean is_shown);
void      conc_card_add_fact (const ConcCardMaker *maker,
                              ConcCard            *card,
                              const ConcFact      *fact,
                              const char          *what,
                              gboolean             is_shown);
char     *conc_card_dup_runner_name (const ConcCardMaker *maker, const char *id);

ConcCard *conc_card_of_slot (const ConcCardMaker *maker,
                             const char          *subject,
                             const char          *key,
                             const ConcFact      *winner,
                             GPtrArray           *rivals);
ConcCard *conc_card_of_bib (const ConcCardMaker *maker, guint bib, GError **error);
ConcCard *conc_card_of_fees (const ConcCardMaker *maker, const char *runner_id, GError **error);
ConcCard *conc_card_of_twins (const ConcCardMaker *maker, const char *a, const char *b);

G_END_DECLS
