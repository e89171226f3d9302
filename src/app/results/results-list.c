/* results-list.c: one list of the scoreboard as a list model that changes as little as it must. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/results/results-list.h"

#include "app/results/result-item.h"

/* Whether row @old_n of @store is the finisher of row @new_n; brings the row up to date then. */
static gboolean
keep (GListStore *store, guint old_n, ConcScoreboard *board, int list, guint new_n)
{
  g_autoptr (ConcResultItem) item = g_list_model_get_item (G_LIST_MODEL (store), old_n);
  ConcResult result;

  if (!conc_scoreboard_get_row (board, list, new_n, &result) ||
      g_strcmp0 (conc_result_item_get_key (item), result.entrant->key) != 0)
    return FALSE;
  conc_result_item_update (item, &result, list, conc_scoreboard_get_rules (board)->rounding);
  return TRUE;
}

/* Makes @store, of ConcResultItem, show @list of @board. Rows before and behind a change stay the
 * same objects, so that the view keeps its place and nothing flickers. Linear in the rows. */
void
conc_results_list_update (GListStore *store, ConcScoreboard *board, int list)
{
  ConcRounding rounding = conc_scoreboard_get_rules (board)->rounding;
  guint        n_old = g_list_model_get_n_items (G_LIST_MODEL (store));
  guint        n_new = conc_scoreboard_get_count (board, list);
  guint        head = 0, tail = 0;
  ConcResult   result;
  g_autoptr (GPtrArray) added = g_ptr_array_new_with_free_func (g_object_unref);

  while (head < MIN (n_old, n_new) && keep (store, head, board, list, head))
    head++;
  while (tail < MIN (n_old, n_new) - head &&
         keep (store, n_old - 1 - tail, board, list, n_new - 1 - tail))
    tail++;
  for (guint n = head; n < n_new - tail; n++)
    if (conc_scoreboard_get_row (board, list, n, &result))
      g_ptr_array_add (added, conc_result_item_new (&result, list, rounding));
  if (n_old - tail > head || added->len > 0)
    g_list_store_splice (store, head, n_old - tail - head, added->pdata, added->len);
}
