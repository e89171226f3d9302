/* ladder-pair.c: which tap each entry has while nothing is repaired. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/ladder-private.h"

typedef enum
{
  TAP_FREE,
  TAP_LINKED,
  TAP_KNOWN /* its bib is in no entry */
} TapState;

typedef struct
{
  const ConcLadderInput *input;
  GHashTable            *taps;    /* index + 1 by id, of the taps that rungs name */
  GHashTable            *entries; /* index + 1 by id, of the entries that rungs name */
  GHashTable            *bibs;    /* index + 1 of the first entry by bib, of bibs that rungs name */
  guint                 *next;    /* for each entry the next one of its bib */
  guint                 *links;   /* for each entry its tap, or NONE */
  TapState              *states;  /* for each tap */
} Linker;

static const ConcLadderBib *
get_bib (const ConcLadderInput *input, guint index)
{
  return &g_array_index (input->bibs, ConcLadderBib, index);
}

static guint
look_up (GHashTable *table, gconstpointer key)
{
  guint found = GPOINTER_TO_UINT (g_hash_table_lookup (table, key));

  return found == 0 ? CONC_LADDER_NONE : found - 1;
}

/* Only what rungs name is looked for: they are few, and most lists have none. */
static void
note_names (Linker *linker)
{
  for (guint i = 0; i < linker->input->rungs->len; i++)
    {
      ConcLadderRung *rung = &g_array_index (linker->input->rungs, ConcLadderRung, i);

      if (rung->tap == 0)
        continue;
      g_hash_table_insert (linker->taps, &rung->tap, NULL);
      if (rung->bib_id != 0)
        g_hash_table_insert (linker->entries, &rung->bib_id, NULL);
      else if (rung->bib != 0)
        g_hash_table_insert (linker->bibs, GUINT_TO_POINTER (rung->bib), NULL);
    }
}

static void
find_names (Linker *linker)
{
  for (guint i = 0; i < linker->input->taps->len; i++)
    {
      ConcLadderTap *tap = &g_array_index (linker->input->taps, ConcLadderTap, i);

      if (g_hash_table_contains (linker->taps, &tap->id))
        g_hash_table_insert (linker->taps, &tap->id, GUINT_TO_POINTER (i + 1));
    }
  for (guint i = linker->input->bibs->len; i-- != 0;)
    {
      const ConcLadderBib *bib = get_bib (linker->input, i);
      gpointer             key = GUINT_TO_POINTER (bib->bib);

      linker->next[i] = CONC_LADDER_NONE;
      if (g_hash_table_contains (linker->entries, &bib->id))
        g_hash_table_insert (linker->entries, (gpointer) &bib->id, GUINT_TO_POINTER (i + 1));
      if (bib->bib == 0 || !g_hash_table_contains (linker->bibs, key))
        continue;
      linker->next[i] = look_up (linker->bibs, key);
      g_hash_table_insert (linker->bibs, key, GUINT_TO_POINTER (i + 1));
    }
}

/* The entry that a link names, or else the first one of its bib that is of its lap. */
static guint
find_entry (const Linker *linker, const ConcLadderRung *rung, gint64 at_usec)
{
  gint64 from_usec = at_usec - CONC_LADDER_EARLY_USEC;
  guint  entry;

  if (rung->bib_id != 0)
    return look_up (linker->entries, &rung->bib_id);
  if (rung->bib == 0)
    return CONC_LADDER_NONE;
  entry = look_up (linker->bibs, GUINT_TO_POINTER (rung->bib));
  while (entry != CONC_LADDER_NONE && linker->next[entry] != CONC_LADDER_NONE &&
         get_bib (linker->input, entry)->at_usec < from_usec)
    entry = linker->next[entry];
  return entry;
}

/* A tap is of the first rung that names it, and an entry has the tap of its last one. */
static void
set_links (Linker *linker)
{
  for (guint i = 0; i < linker->input->bibs->len; i++)
    linker->links[i] = CONC_LADDER_NONE;
  for (guint i = 0; i < linker->input->rungs->len; i++)
    {
      const ConcLadderRung *rung = &g_array_index (linker->input->rungs, ConcLadderRung, i);
      guint tap = rung->tap != 0 ? look_up (linker->taps, &rung->tap) : CONC_LADDER_NONE;
      guint entry;

      if (tap == CONC_LADDER_NONE || linker->states[tap] != TAP_FREE)
        continue;
      entry = find_entry (linker, rung,
                          g_array_index (linker->input->taps, ConcLadderTap, tap).at_usec);
      linker->states[tap] = entry != CONC_LADDER_NONE ? TAP_LINKED : TAP_KNOWN;
      if (entry != CONC_LADDER_NONE)
        linker->links[entry] = tap;
    }
}

static void
find_links (const ConcLadderInput *input, guint *links, TapState *states)
{
  g_autoptr (GHashTable) taps = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GHashTable) entries = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GHashTable) bibs = g_hash_table_new (NULL, NULL);
  g_autofree guint *next = g_new (guint, input->bibs->len + 1);
  Linker            linker = { input, taps, entries, bibs, next, links, states };

  note_names (&linker);
  find_names (&linker);
  set_links (&linker);
}

/* Entries before a link have taps before it: for each entry, the taps that are not for it. */
static void
find_ends (const guint *links, guint n_entries, guint n_taps, guint *ends)
{
  ends[n_entries] = n_taps;
  for (guint i = n_entries; i-- != 0;)
    ends[i] = links[i] != CONC_LADDER_NONE ? MIN (links[i], ends[i + 1]) : ends[i + 1];
}

static gboolean
is_for (TapState state, const ConcLadderBib *bib)
{
  return state == TAP_FREE || (state == TAP_KNOWN && bib->bib == 0);
}

/**
 * conc_ladder_pair:
 * @input: the streams; only @taps (in the order of time), @bibs (in the order of arrival) and
 *   those of @rungs that name a tap count
 *
 * The one rule of what stands while nothing is repaired:
 *
 * 1. A rung with a tap is a link: the entry of the rung has that tap, and no other entry of a bib
 *    has it, whether the entry of the rung is in @bibs or not. A tap that several rungs name is of
 *    the first of them; an entry of several links has the last one's tap, and the taps of the
 * others are of nobody.
 * 2. An entry that is not linked has the oldest tap that is left, behind the taps of all links
 *    before it and in front of the taps of all links after it; it has none if there is no such tap.
 *    Taps of a bib that is in no entry are left over for entries whose bib was not read: a runner
 *    whose crossing was entered whole, and who is a placeholder in the chute. No tap is of two
 *    entries, and times are not looked at: an entry may be older than its tap.
 *
 * A link whose tap is behind those of all links before it and in front of those of all links after
 * it parts the streams: what stands behind it depends on nothing in front of it, and the other way
 * round. The entries behind it, with the taps behind its tap and the rungs among them, can be
 * paired by themselves and stand as they do in the whole; a change between two such links changes
 * nothing outside of them.
 *
 * Returns: (transfer full) (element-type guint): for each entry the index of its tap, or
 *   CONC_LADDER_NONE. Any thread. Cost: of taps, entries and rungs, each looked at once; a rung
 *   without an entry's id also of the earlier laps of its bib.
 */
GArray *
conc_ladder_pair (const ConcLadderInput *input)
{
  GArray              *pairs = g_array_sized_new (FALSE, FALSE, sizeof (guint), input->bibs->len);
  g_autofree guint    *links = g_new (guint, input->bibs->len + 1);
  g_autofree guint    *ends = g_new (guint, input->bibs->len + 1);
  g_autofree TapState *states = g_new0 (TapState, input->taps->len + 1);
  guint                next = 0;

  find_links (input, links, states);
  find_ends (links, input->bibs->len, input->taps->len, ends);
  for (guint i = 0; i < input->bibs->len; i++)
    {
      guint tap = links[i];

      if (tap != CONC_LADDER_NONE)
        next = MAX (next, tap + 1);
      else
        {
          while (next < input->taps->len && !is_for (states[next], get_bib (input, i)))
            next++;
          if (next < ends[i])
            tap = next++;
        }
      g_array_append_val (pairs, tap);
    }
  return pairs;
}
