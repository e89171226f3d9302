/* rank-list.h: a list in order of finish, in which places are found quickly. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/laps.h"

G_BEGIN_DECLS

/* Overall, within the sex, within the division: one member is in one list of each depth. */
#define CONC_RANK_DEPTHS 3

/* @rank_usec and @shown_usec are CONC_NO_TIME for a finish without a time. @hints are where the
 * member was last seen in its lists. */
typedef struct
{
  gint64              rank_usec;
  gint64              shown_usec;
  const ConcCrossing *finish;
  const char         *key;
  guint               hints[CONC_RANK_DEPTHS];
} ConcRanked;

typedef struct
{
  ConcRanked **items;
  guint        count;
  guint        capacity;
  guint        depth;
} ConcRankList;

int   conc_ranked_compare (const ConcRanked *a, const ConcRanked *b);
void  conc_ranked_sort (ConcRanked **items, guint count);
void  conc_rank_list_append (ConcRankList *list, ConcRanked *ranked);
void  conc_rank_list_insert (ConcRankList *list, ConcRanked *ranked);
void  conc_rank_list_remove (ConcRankList *list, ConcRanked *ranked);
guint conc_rank_list_find (const ConcRankList *list, ConcRanked *ranked);
guint conc_rank_list_get_place (const ConcRankList *list,
                                guint               index,
                                ConcPlaces          places,
                                gboolean           *ret_tied);
void  conc_rank_list_clear (ConcRankList *list);

G_END_DECLS
