/* ladder-rungs.c: which entries and moments the rungs are of. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/ladder-private.h"

#define LINK_SPREAD_SEC 0.02
#define LEAST_RUNG_SPREAD_USEC 50000
#define LINK_MOST 14.0f
#define SELECT_MOST 8.0f

/* Runners whose crossing was entered whole and who are not in the list, not even unread. */
#define P_KNOWN_ALONE 0.1f

/* How many entries ahead a rung is looked for. */
#define HINT_REACH 128u

static ConcLadderInstant *
get_instant (ConcLadderPrepared *prepared, guint index)
{
  return &g_array_index (prepared->instants, ConcLadderInstant, index);
}

static guint
find_instant (const ConcLadderPrepared *prepared, gint64 at_usec)
{
  guint low = 0, high = prepared->instants->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (prepared->instants, ConcLadderInstant, middle).at_usec < at_usec)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static ConcLadderEntry *
find_entry (ConcLadderPrepared *prepared, const ConcLadderBibs *bibs, guint bib, gint64 at_usec)
{
  gpointer found = NULL;
  guint    index;

  if (bib == 0 ||
      !g_hash_table_lookup_extended (bibs->latest, GUINT_TO_POINTER (bib), NULL, &found))
    return NULL;
  index = GPOINTER_TO_UINT (found);
  while (bibs->earlier[index] != CONC_LADDER_NONE &&
         g_array_index (prepared->entries, ConcLadderEntry, bibs->earlier[index]).at_usec >=
             at_usec - CONC_LADDER_EARLY_USEC)
    index = bibs->earlier[index];
  return &g_array_index (prepared->entries, ConcLadderEntry, index);
}

/* When the taps were taken that rungs name, by their ids; 0 for those that are not there. */
static GHashTable *
find_rung_taps (const ConcLadderInput *input)
{
  GHashTable *times = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < input->rungs->len; i++)
    {
      ConcLadderRung *rung = &g_array_index (input->rungs, ConcLadderRung, i);

      if (rung->tap != 0)
        g_hash_table_insert (times, &rung->tap, NULL);
    }
  for (guint i = 0; i < input->taps->len && g_hash_table_size (times) != 0; i++)
    {
      ConcLadderTap *tap = &g_array_index (input->taps, ConcLadderTap, i);

      if (g_hash_table_contains (times, &tap->id))
        g_hash_table_replace (times, &tap->id, tap);
    }
  return times;
}

/* The entries that rungs name by their ids: index + 1. */
static GHashTable *
find_rung_entries (const ConcLadderInput *input)
{
  GHashTable *entries = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < input->rungs->len; i++)
    {
      ConcLadderRung *rung = &g_array_index (input->rungs, ConcLadderRung, i);

      if (rung->bib_id != 0)
        g_hash_table_insert (entries, &rung->bib_id, NULL);
    }
  for (guint i = 0; i < input->bibs->len && g_hash_table_size (entries) != 0; i++)
    {
      ConcLadderBib *bib = &g_array_index (input->bibs, ConcLadderBib, i);

      if (g_hash_table_contains (entries, &bib->id))
        g_hash_table_insert (entries, &bib->id, GUINT_TO_POINTER (i + 1));
    }
  return entries;
}

/* A tap whose bib was entered with it and is nowhere in the list: it is of that runner, whether the
 * runner comes through the chute or not. */
static void
know_instant (ConcLadderPrepared *prepared, const ConcLadderInput *input, const ConcLadderTap *tap)
{
  guint index = (guint) (tap - (const ConcLadderTap *) (gpointer) input->taps->data);

  for (guint i = find_instant (prepared, tap->at_usec); i < prepared->instants->len; i++)
    {
      ConcLadderInstant *instant = get_instant (prepared, i);

      if (instant->at_usec != tap->at_usec)
        return;
      if (instant->tap != index)
        continue;
      instant->extra = P_KNOWN_ALONE;
      instant->is_known = TRUE;
    }
}

static void
set_rung (ConcLadderEntry *entry, const ConcLadderRung *rung, const ConcLadderTap *tap)
{
  gint64 spread_usec = MAX (rung->spread_usec, LEAST_RUNG_SPREAD_USEC);

  entry->rung_usec = tap != NULL ? tap->at_usec : rung->at_usec;
  entry->rung_weight = (float) (tap != NULL ? 1.0 / LINK_SPREAD_SEC
                                            : (double) G_USEC_PER_SEC / (double) spread_usec);
  entry->rung_most = tap != NULL ? LINK_MOST : SELECT_MOST;
}

static void
add_rungs (ConcLadderPrepared *prepared, const ConcLadderInput *input, const ConcLadderBibs *bibs)
{
  g_autoptr (GHashTable) taps = find_rung_taps (input);
  g_autoptr (GHashTable) entries = find_rung_entries (input);

  for (guint i = 0; i < input->rungs->len; i++)
    {
      const ConcLadderRung *rung = &g_array_index (input->rungs, ConcLadderRung, i);
      const ConcLadderTap  *tap = g_hash_table_lookup (taps, &rung->tap);
      gint64                at_usec = tap != NULL ? tap->at_usec : rung->at_usec;
      guint                 named = GPOINTER_TO_UINT (g_hash_table_lookup (entries, &rung->bib_id));
      ConcLadderEntry      *entry = NULL;

      if (rung->tap != 0 && tap == NULL)
        continue;
      if (named != 0)
        entry = &g_array_index (prepared->entries, ConcLadderEntry, named - 1);
      else if (rung->bib_id == 0)
        entry = find_entry (prepared, bibs, rung->bib, at_usec);
      if (entry != NULL)
        set_rung (entry, rung, tap);
      else if (tap != NULL)
        know_instant (prepared, input, tap);
    }
}

static void
add_hints (ConcLadderPrepared *prepared)
{
  gint64 hint = -1;
  guint  left = 0;

  for (guint i = prepared->entries->len; i-- != 0;)
    {
      ConcLadderEntry *entry = &g_array_index (prepared->entries, ConcLadderEntry, i);

      if (entry->rung_weight > 0.0f)
        {
          hint = find_instant (prepared, entry->rung_usec);
          left = HINT_REACH;
        }
      else if (left != 0)
        {
          hint--;
          left--;
        }
      if (left != 0)
        entry->hint = (guint) MAX (hint, 0);
    }
}

/**
 * conc_ladder_prepare_rungs:
 * @prepared: with its moments and its entries; what rungs tell is filled in
 * @bibs: the entries of each bib
 *
 * A rung is of an entry, or of a moment whose runner is not in the list. Entries in front of one
 * are told where they may be. Any thread. Cost: of entries and rungs.
 */
void
conc_ladder_prepare_rungs (ConcLadderPrepared    *prepared,
                           const ConcLadderInput *input,
                           const ConcLadderBibs  *bibs)
{
  add_rungs (prepared, input, bibs);
  add_hints (prepared);
}
