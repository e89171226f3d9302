/* ladder-prepare.c: the streams with all that is known about each tap and each bib. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/ladder-private.h"

static int
compare_expectations_cb (gconstpointer a, gconstpointer b)
{
  const ConcLadderExpectation *first = a;
  const ConcLadderExpectation *second = b;

  return first->bib < second->bib ? -1 : first->bib > second->bib;
}

static const ConcLadderExpectation *
get_expectation (const GArray *sorted, guint index)
{
  return &g_array_index (sorted, ConcLadderExpectation, index);
}

/* Of several for one bib, one for each lap, the one that is nearest to the entry. */
static const ConcLadderExpectation *
find_expectation (const GArray *sorted, guint bib, gint64 at_usec)
{
  const ConcLadderExpectation *found = NULL;
  guint                        low = 0, high = sorted->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (get_expectation (sorted, middle)->bib < bib)
        low = middle + 1;
      else
        high = middle;
    }
  for (; low < sorted->len && get_expectation (sorted, low)->bib == bib; low++)
    if (found == NULL || ABS (get_expectation (sorted, low)->expected_usec - at_usec) <
                             ABS (found->expected_usec - at_usec))
      found = get_expectation (sorted, low);
  return found;
}

static void
add_expectation (ConcLadderEntry *entry, const GArray *sorted)
{
  const ConcLadderExpectation *found =
      entry->bib != 0 ? find_expectation (sorted, entry->bib, entry->at_usec) : NULL;

  entry->earliest_usec = found != NULL ? found->earliest_usec : G_MININT64;
  entry->latest_usec = found != NULL ? found->latest_usec : G_MAXINT64;
  entry->expected_usec = found != NULL ? found->expected_usec : 0;
  if (found != NULL && found->spread_usec > 0)
    entry->expected_weight = (float) ((double) G_USEC_PER_SEC / (double) found->spread_usec);
}

/* Whether the caller has them in the order of the bibs already. */
static gboolean
is_sorted (const GArray *expectations)
{
  for (guint i = 1; i < expectations->len; i++)
    if (g_array_index (expectations, ConcLadderExpectation, i - 1).bib >
        g_array_index (expectations, ConcLadderExpectation, i).bib)
      return FALSE;
  return TRUE;
}

static void
add_service (ConcLadderEntry          *entry,
             gint64                    gap_usec,
             const ConcLadderModel    *model,
             const ConcLadderPrepared *before,
             guint                     index)
{
  const ConcLadderEntry *old = before != NULL && index < before->entries->len
                                   ? &g_array_index (before->entries, ConcLadderEntry, index)
                                   : NULL;

  if (old != NULL && index > 0 && old->at_usec - old[-1].at_usec == gap_usec)
    {
      entry->service_density = old->service_density;
      entry->service_chance = old->service_chance;
    }
  else
    conc_ladder_model_service (model, (double) gap_usec / G_USEC_PER_SEC, &entry->service_density,
                               &entry->service_chance);
}

/* The entry of the same bib before this one, unless that is of an earlier lap. */
static guint
find_same (const ConcLadderInput *input, guint earlier, guint index)
{
  gint64 apart_usec;

  if (earlier == CONC_LADDER_NONE)
    return CONC_LADDER_NONE;
  apart_usec = g_array_index (input->bibs, ConcLadderBib, index).at_usec -
               g_array_index (input->bibs, ConcLadderBib, earlier).at_usec;
  return input->min_lap_usec == 0 || apart_usec < input->min_lap_usec ? earlier : CONC_LADDER_NONE;
}

/* Notes @index as the latest entry of its bib. Returns: the one before it, or NONE. */
static guint
note_entry (ConcLadderBibs *bibs, guint bib, guint index)
{
  gpointer before = NULL;

  bibs->earlier[index] = CONC_LADDER_NONE;
  if (bib == 0)
    return CONC_LADDER_NONE;
  if (g_hash_table_lookup_extended (bibs->latest, GUINT_TO_POINTER (bib), NULL, &before))
    bibs->earlier[index] = GPOINTER_TO_UINT (before);
  g_hash_table_insert (bibs->latest, GUINT_TO_POINTER (bib), GUINT_TO_POINTER (index));
  return bibs->earlier[index];
}

static void
add_entries (ConcLadderPrepared       *prepared,
             const ConcLadderInput    *input,
             const ConcLadderModel    *model,
             const ConcLadderPrepared *before,
             ConcLadderBibs           *bibs)
{
  g_autoptr (GArray) sorted = NULL;
  gint64 before_usec = 0;

  if (is_sorted (input->expectations))
    sorted = g_array_ref (input->expectations);
  else
    {
      sorted = g_array_copy (input->expectations);
      g_array_sort (sorted, compare_expectations_cb);
    }
  for (guint i = 0; i < input->bibs->len; i++)
    {
      const ConcLadderBib *bib = &g_array_index (input->bibs, ConcLadderBib, i);
      ConcLadderEntry      entry = { 0 };

      entry.at_usec = bib->at_usec;
      entry.bib = bib->bib;
      entry.hint = CONC_LADDER_NONE;
      entry.same = find_same (input, note_entry (bibs, bib->bib, i), i);
      if (i == 0)
        before_usec = bib->at_usec - 60 * G_USEC_PER_SEC;
      add_service (&entry, bib->at_usec - before_usec, model, before, i);
      add_expectation (&entry, sorted);
      g_array_append_val (prepared->entries, entry);
      before_usec = bib->at_usec;
    }
}

/**
 * conc_ladder_prepare:
 * @input: the streams
 * @model: of the chute
 * @before: (nullable): what was prepared before with the same model, to be taken over
 *
 * Puts both timers into one list of moments and gives each moment and each entry what is known
 * about it. A moment depends on the taps near to it only, and an entry on the entries up to it and
 * its rung, so that what is added at the end changes little.
 *
 * Returns: (transfer full): for conc_ladder_prepared_free(). Any thread. Cost: n log n.
 */
ConcLadderPrepared *
conc_ladder_prepare (const ConcLadderInput    *input,
                     const ConcLadderModel    *model,
                     const ConcLadderPrepared *before)
{
  ConcLadderPrepared *prepared = g_new0 (ConcLadderPrepared, 1);
  g_autoptr (GHashTable) latest = g_hash_table_new (NULL, NULL);
  g_autofree guint *earlier = g_new (guint, input->bibs->len + 1);
  ConcLadderBibs    bibs = { latest, earlier };

  prepared->instants = g_array_sized_new (FALSE, FALSE, sizeof (ConcLadderInstant),
                                          input->taps->len + input->second->len / 8);
  prepared->entries = g_array_sized_new (FALSE, FALSE, sizeof (ConcLadderEntry), input->bibs->len);
  prepared->has_offset =
      conc_ladder_find_offset (input->taps, input->second, &prepared->offset_usec);
  conc_ladder_prepare_instants (prepared, input, before);
  add_entries (prepared, input, model, before, &bibs);
  conc_ladder_prepare_rungs (prepared, input, &bibs);
  return prepared;
}

/** conc_ladder_prepared_free: frees @prepared, which may be NULL. */
void
conc_ladder_prepared_free (ConcLadderPrepared *prepared)
{
  if (prepared == NULL)
    return;
  g_array_unref (prepared->instants);
  g_array_unref (prepared->entries);
  conc_ladder_pairing_unref (prepared->pairing);
  g_free (prepared);
}
