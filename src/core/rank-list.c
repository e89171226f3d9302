/* rank-list.c: a list in order of finish, in which places are found quickly. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rank-list.h"

#include "core/race-time.h"

#include <string.h>

#define FIRST_CAPACITY 64

/* The numbers that decide nearly every comparison, next to each other in memory. */
typedef struct
{
  guint64     rank_usec;
  gint64      finish_usec;
  ConcRanked *ranked;
} SortItem;

/* No time sorts behind every time: -1 is the largest unsigned number. */
static guint64
get_rank_key (const ConcRanked *ranked)
{
  G_STATIC_ASSERT (CONC_NO_TIME == -1);
  return (guint64) ranked->rank_usec;
}

/**
 * conc_ranked_compare:
 *
 * Faster first; then the order at the line, as it was timed and then as it was recorded; then the
 * key, so that two members are never equal. Finishes without a time come last.
 *
 * Returns: below, equal to or above 0, as strcmp(). Any thread.
 */
int
conc_ranked_compare (const ConcRanked *a, const ConcRanked *b)
{
  int by_finish;

  if (a->rank_usec != b->rank_usec)
    return get_rank_key (a) < get_rank_key (b) ? -1 : 1;
  by_finish = conc_crossing_compare (a->finish, b->finish);
  if (by_finish != 0)
    return by_finish;
  return strcmp (a->key, b->key);
}

static int
compare_sort_items (gconstpointer a, gconstpointer b)
{
  const SortItem *x = a;
  const SortItem *y = b;

  if (x->rank_usec != y->rank_usec)
    return x->rank_usec < y->rank_usec ? -1 : 1;
  if (x->finish_usec != y->finish_usec)
    return x->finish_usec < y->finish_usec ? -1 : 1;
  return conc_ranked_compare (x->ranked, y->ranked);
}

/**
 * conc_ranked_sort:
 * @items: (array length=count): the members in any order
 *
 * Sorts by conc_ranked_compare(). Thread: any. Cost: n log n, about 10 ms for 50,000.
 */
void
conc_ranked_sort (ConcRanked **items, guint count)
{
  g_autofree SortItem *sorted = NULL;

  if (count == 0)
    return;
  sorted = g_new (SortItem, count);
  for (guint i = 0; i < count; i++)
    sorted[i] = (SortItem){ get_rank_key (items[i]), items[i]->finish->at_usec, items[i] };
  qsort (sorted, count, sizeof (SortItem), compare_sort_items);
  for (guint i = 0; i < count; i++)
    items[i] = sorted[i].ranked;
}

/* The index of the first item that is not before @ranked. */
static guint
find_lower_bound (const ConcRankList *list, const ConcRanked *ranked)
{
  guint low = 0, high = list->count;

  /* Nearly every new finisher is the last one so far. */
  if (high > 0 && conc_ranked_compare (list->items[high - 1], ranked) < 0)
    return high;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (conc_ranked_compare (list->items[middle], ranked) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static void
grow (ConcRankList *list)
{
  if (list->count < list->capacity)
    return;
  list->capacity = list->capacity == 0 ? FIRST_CAPACITY : list->capacity * 2;
  list->items = g_renew (ConcRanked *, list->items, list->capacity);
}

/**
 * conc_rank_list_append:
 * @ranked: (transfer none): a member that is behind all others; it outlives its membership
 *
 * Thread: any one at a time. Cost: constant.
 */
void
conc_rank_list_append (ConcRankList *list, ConcRanked *ranked)
{
  grow (list);
  ranked->hints[list->depth] = list->count;
  list->items[list->count++] = ranked;
}

/**
 * conc_rank_list_insert:
 * @ranked: (transfer none): a new member; it outlives its membership and does not change in it
 *
 * Thread: any one at a time. Cost: a binary search, and moving the pointers behind it.
 */
void
conc_rank_list_insert (ConcRankList *list, ConcRanked *ranked)
{
  guint index = find_lower_bound (list, ranked);

  grow (list);
  memmove (&list->items[index + 1], &list->items[index],
           (list->count - index) * sizeof (ConcRanked *));
  list->items[index] = ranked;
  list->count++;
  ranked->hints[list->depth] = index;
}

/**
 * conc_rank_list_remove:
 * @ranked: a member
 *
 * Thread: any one at a time. Cost: as conc_rank_list_insert().
 */
void
conc_rank_list_remove (ConcRankList *list, ConcRanked *ranked)
{
  guint index = conc_rank_list_find (list, ranked);

  list->count--;
  memmove (&list->items[index], &list->items[index + 1],
           (list->count - index) * sizeof (ConcRanked *));
}

/**
 * conc_rank_list_find:
 * @ranked: a member
 *
 * Returns: its index. Thread: any one at a time, for it remembers the index in @ranked.
 *   Cost: constant when nothing before it has changed since, else a binary search.
 */
guint
conc_rank_list_find (const ConcRankList *list, ConcRanked *ranked)
{
  guint *hint = &ranked->hints[list->depth];

  if (*hint >= list->count || list->items[*hint] != ranked)
    *hint = find_lower_bound (list, ranked);
  g_assert (*hint < list->count && list->items[*hint] == ranked);
  return *hint;
}

static gboolean
shares_time (const ConcRankList *list, guint index, gint64 shown_usec)
{
  return index < list->count && list->items[index]->shown_usec == shown_usec;
}

static guint
find_first_sharing (const ConcRankList *list, guint index)
{
  gint64 shown_usec = list->items[index]->shown_usec;
  guint  low = 0, high = index;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (list->items[middle]->shown_usec < shown_usec)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/**
 * conc_rank_list_get_place:
 * @index: an index in the list
 * @places: distinct (1, 2, 3) or shared (1, 2, 2, 4)
 * @ret_tied: (out): whether the place is shared with another
 *
 * Shared places are for equal times as they are shown. Finishes without a time share nothing.
 *
 * Returns: the place, from 1. Any thread. Cost: a binary search at most.
 */
guint
conc_rank_list_get_place (const ConcRankList *list,
                          guint               index,
                          ConcPlaces          places,
                          gboolean           *ret_tied)
{
  gint64   shown_usec = list->items[index]->shown_usec;
  gboolean with_last = FALSE;

  *ret_tied = FALSE;
  if (places == CONC_PLACES_DISTINCT || shown_usec == CONC_NO_TIME)
    return index + 1;
  with_last = index > 0 && shares_time (list, index - 1, shown_usec);
  *ret_tied = with_last || shares_time (list, index + 1, shown_usec);
  return (with_last ? find_first_sharing (list, index) : index) + 1;
}

/**
 * conc_rank_list_clear:
 *
 * Lets go of all members and of the memory. Thread: any one at a time.
 */
void
conc_rank_list_clear (ConcRankList *list)
{
  g_clear_pointer (&list->items, g_free);
  list->count = 0;
  list->capacity = 0;
}
