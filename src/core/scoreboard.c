/* scoreboard.c: the results of a race, kept up to date with every crossing. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/scoreboard.h"

#include "core/race-time.h"
#include "core/scoreboard-private.h"

#include <string.h>

/* So many changes between two reads are made one by one; more are made by sorting once. */
#define MAX_SINGLE_CHANGES 512

static void
wave_start_free (ConcWaveStart *wave)
{
  g_free (wave->name);
  g_free (wave);
}

static ConcWaveStart *
get_wave (ConcScoreboard *board, const char *name)
{
  ConcWaveStart *wave = g_hash_table_lookup (board->waves, name);

  if (wave != NULL)
    return wave;
  wave = g_new (ConcWaveStart, 1);
  *wave = (ConcWaveStart){ g_strdup (name), CONC_NO_TIME };
  g_hash_table_insert (board->waves, wave->name, wave);
  return wave;
}

static gint64
get_wave_start (const ConcScoreboard *board, const ConcWaveStart *wave)
{
  return wave->start_usec != CONC_NO_TIME ? wave->start_usec : board->race_start->start_usec;
}

static void
init_lists (ConcScoreboard *board)
{
  board->list_count = CONC_LIST_FIRST_DIVISION + conc_divisions_get_count (board->rules.divisions);
  board->lists = g_new0 (ConcRankList, board->list_count);
  for (guint i = 0; i < board->list_count; i++)
    board->lists[i].depth = i >= CONC_LIST_FIRST_DIVISION ? CONC_DEPTH_DIVISION
                            : i == CONC_LIST_OVERALL      ? CONC_DEPTH_OVERALL
                                                          : CONC_DEPTH_SEX;
}

static void
clear_lists (ConcScoreboard *board)
{
  for (guint i = 0; i < board->list_count; i++)
    conc_rank_list_clear (&board->lists[i]);
  g_clear_pointer (&board->lists, g_free);
}

static void
for_each_list (ConcScoreboard *board,
               ConcEntry      *entry,
               void (*change) (ConcRankList *list, ConcRanked *ranked))
{
  for (guint depth = 0; depth < CONC_RANK_DEPTHS; depth++)
    {
      int list = conc_entry_get_list (entry, depth);

      if (list != CONC_LIST_NONE)
        change (&board->lists[list], &entry->ranked);
    }
}

static void
make_stale (ConcScoreboard *board)
{
  for (guint i = 0; i < board->list_count; i++)
    board->lists[i].count = 0;
  board->stale = TRUE;
}

static void
count_change (ConcScoreboard *board)
{
  if (!board->stale && ++board->change_count > MAX_SINGLE_CHANGES)
    make_stale (board);
}

static void
list_entry (ConcScoreboard *board, ConcEntry *entry)
{
  if (!entry->score.placed)
    return;
  count_change (board);
  if (!board->stale)
    for_each_list (board, entry, conc_rank_list_insert);
}

static void
unlist_entry (ConcScoreboard *board, ConcEntry *entry)
{
  if (!entry->score.placed)
    return;
  count_change (board);
  if (!board->stale)
    for_each_list (board, entry, conc_rank_list_remove);
}

/**
 * conc_scoreboard_new:
 * @rules: how the race is scored; copied
 *
 * Returns: (transfer full): a board without entrants and starts. It belongs to one thread at a
 * time.
 */
ConcScoreboard *
conc_scoreboard_new (const ConcRules *rules)
{
  ConcScoreboard *board = g_new0 (ConcScoreboard, 1);

  G_STATIC_ASSERT (G_STRUCT_OFFSET (ConcEntry, ranked) == 0);
  conc_rules_copy (rules, &board->rules);
  board->entries = g_hash_table_new (g_str_hash, g_str_equal);
  board->slots = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_entry_free);
  board->waves =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) wave_start_free);
  board->race_start = get_wave (board, "");
  init_lists (board);
  return board;
}

/**
 * conc_scoreboard_free:
 * @board: (transfer full) (nullable): the board
 */
void
conc_scoreboard_free (ConcScoreboard *board)
{
  if (board == NULL)
    return;
  clear_lists (board);
  g_hash_table_unref (board->entries);
  g_ptr_array_unref (board->slots);
  g_hash_table_unref (board->waves);
  conc_rules_clear (&board->rules);
  g_free (board);
}

/**
 * conc_scoreboard_get_rules:
 *
 * Returns: (transfer none): the rules that the board scores by.
 */
const ConcRules *
conc_scoreboard_get_rules (const ConcScoreboard *board)
{
  return &board->rules;
}

/**
 * conc_scoreboard_set_rules:
 * @rules: how the race is scored from now on; copied
 *
 * Scores everyone again. Numbers of divisions change their meaning. Cost: linear, and sorting at
 * the next read.
 */
void
conc_scoreboard_set_rules (ConcScoreboard *board, const ConcRules *rules)
{
  ConcRules old = board->rules;

  clear_lists (board);
  conc_rules_copy (rules, &board->rules);
  conc_rules_clear (&old);
  init_lists (board);
  make_stale (board);
  for (guint i = 0; i < board->slots->len; i++)
    {
      ConcEntry *entry = g_ptr_array_index (board->slots, i);

      conc_entry_score (entry, entry->scored_from_usec, &board->rules);
    }
}

static void
drop_entry (ConcScoreboard *board, ConcEntry *entry)
{
  guint slot = entry->slot;

  unlist_entry (board, entry);
  g_hash_table_remove (board->entries, entry->entrant.key);
  g_ptr_array_remove_index_fast (board->slots, slot);
  if (slot < board->slots->len)
    ((ConcEntry *) g_ptr_array_index (board->slots, slot))->slot = slot;
}

/**
 * conc_scoreboard_put:
 * @entrant: who, with all crossings in any order; copied
 *
 * Adds the entrant, or replaces the one with the same key.
 *
 * Cost: microseconds, also with 100,000 on the board: a binary search in three lists.
 */
void
conc_scoreboard_put (ConcScoreboard *board, const ConcEntrant *entrant)
{
  ConcEntry *entry;

  g_return_if_fail (entrant->key != NULL);

  entry = conc_entry_new (entrant);
  conc_scoreboard_remove (board, entrant->key);
  /* From here on @entrant may be gone: it may have been the board's own. */
  entry->wave = get_wave (board, entry->entrant.wave != NULL ? entry->entrant.wave : "");
  entry->slot = board->slots->len;
  g_ptr_array_add (board->slots, entry);
  g_hash_table_insert (board->entries, (char *) entry->entrant.key, entry);
  conc_entry_score (entry, get_wave_start (board, entry->wave), &board->rules);
  list_entry (board, entry);
}

/**
 * conc_scoreboard_remove:
 * @key: whom to take off the board
 *
 * Returns: whether there was such an entrant. Cost: as conc_scoreboard_put().
 */
gboolean
conc_scoreboard_remove (ConcScoreboard *board, const char *key)
{
  ConcEntry *entry = g_hash_table_lookup (board->entries, key);

  if (entry == NULL)
    return FALSE;
  drop_entry (board, entry);
  return TRUE;
}

/**
 * conc_scoreboard_set_start:
 * @wave: a wave; "" or NULL for the gun of the race, which starts every wave without its own
 * @start_usec: the gun, or CONC_NO_TIME when it is taken back
 *
 * Scores again those whose start it changes. Cost: linear, and sorting at the next read.
 */
void
conc_scoreboard_set_start (ConcScoreboard *board, const char *wave, gint64 start_usec)
{
  get_wave (board, wave != NULL ? wave : "")->start_usec = start_usec;
  for (guint i = 0; i < board->slots->len; i++)
    {
      ConcEntry *entry = g_ptr_array_index (board->slots, i);
      gint64     start = get_wave_start (board, entry->wave);

      if (start == entry->scored_from_usec)
        continue;
      unlist_entry (board, entry);
      conc_entry_score (entry, start, &board->rules);
      list_entry (board, entry);
    }
}

/**
 * conc_scoreboard_get_start:
 * @wave: (nullable): a wave, or "" for the race
 *
 * Returns: the gun that counts for that wave, its own or that of the race, or CONC_NO_TIME.
 */
gint64
conc_scoreboard_get_start (ConcScoreboard *board, const char *wave)
{
  const ConcWaveStart *known = g_hash_table_lookup (board->waves, wave != NULL ? wave : "");

  return get_wave_start (board, known != NULL ? known : board->race_start);
}

/**
 * conc_scoreboard_settle:
 *
 * Brings the lists up to date before they are read. Cost: sorting after many changes, else nothing.
 */
void
conc_scoreboard_settle (ConcScoreboard *board)
{
  g_autofree ConcRanked **ranked = NULL;
  guint                   count = 0;

  board->change_count = 0;
  if (!board->stale)
    return;
  ranked = g_new (ConcRanked *, board->slots->len);
  for (guint i = 0; i < board->slots->len; i++)
    {
      ConcEntry *entry = g_ptr_array_index (board->slots, i);

      if (entry->score.placed)
        ranked[count++] = &entry->ranked;
    }
  conc_ranked_sort (ranked, count);
  for (guint i = 0; i < count; i++)
    for_each_list (board, (ConcEntry *) ranked[i], conc_rank_list_append);
  board->stale = FALSE;
}
