/* read-filter.c: which of many reads of one chip is a crossing. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/read-filter.h"

#include <string.h>

static const char *const names[] = { "first", "last", "best" };

/** conc_read_filter_get_name: the name on the command line and in facts; never changes. */
const char *
conc_read_filter_get_name (ConcReadFilter filter)
{
  g_return_val_if_fail ((guint) filter < G_N_ELEMENTS (names), NULL);

  return names[filter];
}

/** conc_read_filter_from_name: whether there is a filter of that name, and which. */
gboolean
conc_read_filter_from_name (const char *name, ConcReadFilter *ret_filter)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i], name) == 0)
      {
        *ret_filter = (ConcReadFilter) i;
        return TRUE;
      }
  return FALSE;
}

static int
compare_reads (gconstpointer a, gconstpointer b)
{
  const ConcFilterRead *first = a;
  const ConcFilterRead *second = b;

  if (first->at_usec != second->at_usec)
    return first->at_usec < second->at_usec ? -1 : 1;
  return first->order < second->order ? -1 : first->order > second->order;
}

/* The strongest read; of several alike, or without any strength, the middle one. */
static guint
find_best (const ConcFilterRead *reads, guint n)
{
  int   strongest = G_MININT;
  guint n_strongest = 0;
  guint wanted;

  for (guint i = 0; i < n; i++)
    {
      if (reads[i].strength > strongest)
        n_strongest = 0;
      strongest = MAX (strongest, reads[i].strength);
      n_strongest += reads[i].strength == strongest ? 1 : 0;
    }
  wanted = (n_strongest - 1) / 2;
  for (guint i = 0; i < n; i++)
    if (reads[i].strength == strongest && wanted-- == 0)
      return i;
  g_return_val_if_reached (0);
}

static void
end_crossing (ConcReadFilter filter, ConcFilterRead *reads, guint n, guint crossing)
{
  guint standing = filter == CONC_READ_FILTER_FIRST  ? 0
                   : filter == CONC_READ_FILTER_LAST ? n - 1
                                                     : find_best (reads, n);

  for (guint i = 0; i < n; i++)
    {
      reads[i].crossing = crossing;
      reads[i].stands = i == standing;
    }
}

/**
 * conc_read_filter_run:
 * @filter: which read stands for a crossing
 * @gap_usec: a read more than this after the one before it begins another crossing; 0 makes reads
 * at different times crossings of their own
 * @reads: (element-type ConcFilterRead): all reads of one chip in one stream; sorted by time here,
 *   and their last two members set
 *
 * A runner who stays at the mat is one crossing as long as the chip is read without a gap. The
 * outcome is the same in whatever order the reads came.
 *
 * Returns: the number of crossings. Any thread. Cost: sorting @reads.
 */
guint
conc_read_filter_run (ConcReadFilter filter, gint64 gap_usec, GArray *reads)
{
  ConcFilterRead *items = (ConcFilterRead *) reads->data;
  guint           n_crossings = 0;
  guint           begin = 0;

  g_array_sort (reads, compare_reads);
  for (guint i = 1; i <= reads->len; i++)
    {
      if (i < reads->len && items[i].at_usec - items[i - 1].at_usec <= gap_usec)
        continue;
      end_crossing (filter, items + begin, i - begin, n_crossings++);
      begin = i;
    }
  return n_crossings;
}
