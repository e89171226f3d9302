/* scoreboard-read.c: the rows, places and lists of a scoreboard. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/scoreboard-private.h"

/**
 * conc_scoreboard_get_entrant_count:
 *
 * Returns: how many entrants were put on the board, finished or not.
 */
guint
conc_scoreboard_get_entrant_count (const ConcScoreboard *board)
{
  return board->slots->len;
}

/**
 * conc_scoreboard_get_count:
 * @list: the number of a list
 *
 * Returns: how many finishers are placed in it; 0 when there is no such list.
 */
guint
conc_scoreboard_get_count (ConcScoreboard *board, int list)
{
  conc_scoreboard_settle (board);
  return list >= 0 && (guint) list < board->list_count ? board->lists[list].count : 0;
}

static guint
get_place (ConcScoreboard *board, ConcEntry *entry, guint depth, gboolean *ret_tied)
{
  int list = conc_entry_get_list (entry, depth);

  *ret_tied = FALSE;
  if (!entry->score.placed || list == CONC_LIST_NONE)
    return 0;
  return conc_rank_list_get_place (&board->lists[list],
                                   conc_rank_list_find (&board->lists[list], &entry->ranked),
                                   board->rules.places, ret_tied);
}

static void
fill_result (ConcScoreboard *board, ConcEntry *entry, ConcResult *ret_row)
{
  *ret_row = (ConcResult){
    .entrant = &entry->entrant,
    .division = conc_divisions_get_name (board->rules.divisions, entry->division),
    .finish_usec = entry->score.finish_usec,
    .gun_usec = entry->score.gun_usec,
    .net_usec = entry->score.net_usec,
    .rank_usec = entry->score.rank_usec,
    .laps_done = entry->score.laps.laps_done,
    .laps_needed = entry->score.laps_needed,
    .ignored_count = entry->score.laps.ignored_count,
    .start_ignored = entry->score.start_ignored,
  };
  ret_row->place = get_place (board, entry, CONC_DEPTH_OVERALL, &ret_row->tied);
  ret_row->sex_place = get_place (board, entry, CONC_DEPTH_SEX, &ret_row->sex_tied);
  ret_row->division_place = get_place (board, entry, CONC_DEPTH_DIVISION, &ret_row->division_tied);
}

/**
 * conc_scoreboard_get_row:
 * @list: the number of a list
 * @n: which finisher, from 0, in order of finish
 * @ret_row: (out caller-allocates): the result
 *
 * Returns: whether there is that row; nothing is set when not. Cost: a binary search at most.
 */
gboolean
conc_scoreboard_get_row (ConcScoreboard *board, int list, guint n, ConcResult *ret_row)
{
  if (n >= conc_scoreboard_get_count (board, list))
    return FALSE;
  fill_result (board, (ConcEntry *) board->lists[list].items[n], ret_row);
  return TRUE;
}

/**
 * conc_scoreboard_get_result:
 * @key: who
 * @ret_row: (out caller-allocates): the result; its places are 0 for who is not placed
 *
 * Returns: whether there is such an entrant; nothing is set when not. Cost: a binary search at
 * most.
 */
gboolean
conc_scoreboard_get_result (ConcScoreboard *board, const char *key, ConcResult *ret_row)
{
  ConcEntry *entry = g_hash_table_lookup (board->entries, key);

  if (entry == NULL)
    return FALSE;
  conc_scoreboard_settle (board);
  fill_result (board, entry, ret_row);
  return TRUE;
}

/**
 * conc_scoreboard_get_nth:
 * @n: which entrant, from 0, in no order
 * @ret_row: (out caller-allocates): the result, as of conc_scoreboard_get_result()
 *
 * Returns: whether there are that many; nothing is set when not. Cost: a binary search at most.
 */
gboolean
conc_scoreboard_get_nth (ConcScoreboard *board, guint n, ConcResult *ret_row)
{
  if (n >= board->slots->len)
    return FALSE;
  conc_scoreboard_settle (board);
  fill_result (board, g_ptr_array_index (board->slots, n), ret_row);
  return TRUE;
}

/**
 * conc_scoreboard_get_uses:
 * @key: who
 * @ret_count: (out): how many crossings
 *
 * Returns: (transfer none) (nullable): what became of each crossing, in the order of the crossings
 *   of the result's entrant, until that entrant changes; NULL when there is no such entrant.
 */
const ConcCrossingUse *
conc_scoreboard_get_uses (const ConcScoreboard *board, const char *key, guint *ret_count)
{
  const ConcEntry *entry = g_hash_table_lookup (board->entries, key);

  *ret_count = entry != NULL ? entry->entrant.crossing_count : 0;
  return entry != NULL ? entry->uses : NULL;
}

/**
 * conc_list_of_sex:
 *
 * Returns: the number of the list of that sex, the same on every board; CONC_LIST_NONE when the sex
 *   is not known. Any thread.
 */
int
conc_list_of_sex (ConcSex sex)
{
  return sex == CONC_SEX_UNKNOWN || sex > CONC_SEX_NONBINARY ? CONC_LIST_NONE : (int) sex;
}

/**
 * conc_scoreboard_get_list_name:
 * @list: the number of a list
 *
 * Returns: (transfer none) (nullable): "overall", "F", "M", "X", or a division like "F30-39"; NULL
 *   when there is no such list.
 */
const char *
conc_scoreboard_get_list_name (const ConcScoreboard *board, int list)
{
  if (list == CONC_LIST_OVERALL)
    return "overall";
  if (list > CONC_LIST_OVERALL && list < CONC_LIST_FIRST_DIVISION)
    return conc_sex_to_text ((ConcSex) list);
  return conc_divisions_get_name (board->rules.divisions, list - CONC_LIST_FIRST_DIVISION);
}

/**
 * conc_scoreboard_find_list:
 * @name: as conc_scoreboard_get_list_name() gives it, in small or large letters
 *
 * Returns: the number of the list, or CONC_LIST_NONE. Cost: linear in the number of lists.
 */
int
conc_scoreboard_find_list (const ConcScoreboard *board, const char *name)
{
  for (guint i = 0; i < board->list_count; i++)
    if (g_ascii_strcasecmp (conc_scoreboard_get_list_name (board, (int) i), name) == 0)
      return (int) i;
  return CONC_LIST_NONE;
}

/**
 * conc_scoreboard_dup_divisions:
 *
 * Returns: (transfer full) (element-type int): the numbers of the divisions that have a finisher:
 *   women from young to old, then men, then non-binary runners; perhaps empty.
 */
GArray *
conc_scoreboard_dup_divisions (ConcScoreboard *board)
{
  GArray *present = g_array_new (FALSE, FALSE, sizeof (int));

  conc_scoreboard_settle (board);
  for (int i = CONC_LIST_FIRST_DIVISION; i < (int) board->list_count; i++)
    if (board->lists[i].count > 0)
      g_array_append_val (present, i);
  return present;
}

static int
compare_out (gconstpointer a, gconstpointer b)
{
  const ConcEntrant *one = ((const ConcResult *) a)->entrant;
  const ConcEntrant *two = ((const ConcResult *) b)->entrant;

  if (one->status != two->status)
    return one->status > two->status ? -1 : 1;
  if (one->bib != two->bib)
    return one->bib < two->bib ? -1 : 1;
  return g_strcmp0 (one->key, two->key);
}

/**
 * conc_scoreboard_list_out:
 *
 * Who is out of the race: disqualified, then not finished, then not started, each by bib.
 *
 * Returns: (transfer full) (element-type ConcResult): valid until the board changes. Cost: linear
 *   in the entrants.
 */
GArray *
conc_scoreboard_list_out (ConcScoreboard *board)
{
  GArray *out = g_array_new (FALSE, FALSE, sizeof (ConcResult));

  conc_scoreboard_settle (board);
  for (guint i = 0; i < board->slots->len; i++)
    {
      ConcEntry *entry = g_ptr_array_index (board->slots, i);
      ConcResult result;

      if (entry->entrant.status == CONC_ENTRANT_RUNNING)
        continue;
      fill_result (board, entry, &result);
      g_array_append_val (out, result);
    }
  g_array_sort (out, compare_out);
  return out;
}
