/* ladder-prepare.c: the streams with all that is known about each tap and each bib. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/ladder-private.h"

#include <string.h>

/* So many taps of one timer alone, one after the other, and the other was away. */
#define AWAY_COUNT 6u

/* The rate is that of the taps around. */
#define RATE_REACH 8u
#define LEAST_RATE 0.005
#define MOST_RATE 20.0

#define LINK_SPREAD_SEC 0.02
#define LEAST_RUNG_SPREAD_USEC 50000
#define LINK_MOST 14.0f
#define SELECT_MOST 8.0f

/* How many entries ahead a rung is looked for. */
#define HINT_REACH 128u

static gint64
get_usec (const GArray *taps, guint index)
{
  return g_array_index (taps, ConcLadderTap, index).at_usec;
}

static void
add_instant (GArray *instants, gint64 at_usec, guint tap, guint second)
{
  ConcLadderInstant instant = { 0 };

  instant.at_usec = at_usec;
  instant.tap = tap;
  instant.second = second;
  g_array_append_val (instants, instant);
}

/* All moments of both timers in the order of time, by the clock of the first. */
static void
merge_timers (ConcLadderPrepared *prepared, const ConcLadderInput *input)
{
  g_autofree guint  *pairs = NULL;
  g_autofree guint8 *used = g_new0 (guint8, input->second->len + 1);
  guint              next = 0;

  if (prepared->has_offset)
    pairs = conc_ladder_pair_timers (input->taps, input->second, prepared->offset_usec);
  for (guint i = 0; pairs != NULL && i < input->taps->len; i++)
    if (pairs[i] != CONC_LADDER_NONE)
      used[pairs[i]] = TRUE;
  for (guint i = 0; i < input->taps->len; i++)
    {
      gint64 at_usec = get_usec (input->taps, i);

      for (; pairs != NULL && next < input->second->len; next++)
        {
          gint64 second_usec = get_usec (input->second, next) - prepared->offset_usec;

          if (used[next])
            continue;
          if (second_usec >= at_usec)
            break;
          add_instant (prepared->instants, second_usec, CONC_LADDER_NONE, next);
        }
      add_instant (prepared->instants, at_usec, i, pairs != NULL ? pairs[i] : CONC_LADDER_NONE);
    }
  for (; pairs != NULL && next < input->second->len; next++)
    if (!used[next])
      add_instant (prepared->instants, get_usec (input->second, next) - prepared->offset_usec,
                   CONC_LADDER_NONE, next);
}

static ConcLadderInstant *
get_instant (ConcLadderPrepared *prepared, guint index)
{
  return &g_array_index (prepared->instants, ConcLadderInstant, index);
}

static double
get_rate (ConcLadderPrepared *prepared, guint index)
{
  guint  first = index > RATE_REACH ? index - RATE_REACH : 0;
  guint  last = MIN (index + RATE_REACH, prepared->instants->len - 1);
  gint64 span_usec = get_instant (prepared, last)->at_usec - get_instant (prepared, first)->at_usec;

  if (span_usec <= 0)
    return last == first ? 0.1 : MOST_RATE;
  return CLAMP ((double) (last - first) * (double) G_USEC_PER_SEC / (double) span_usec, LEAST_RATE,
                MOST_RATE);
}

/* Whether the other timer was at work when this moment came: it has one of the taps around. */
static guint8 *
find_watched (ConcLadderPrepared *prepared)
{
  guint   n = prepared->instants->len;
  guint8 *watched = g_new0 (guint8, n + 1);

  for (guint i = 0; i < n;)
    {
      gboolean by_first = get_instant (prepared, i)->tap != CONC_LADDER_NONE;
      gboolean by_both = by_first && get_instant (prepared, i)->second != CONC_LADDER_NONE;
      guint    end = i + 1;

      while (end < n && !by_both &&
             (get_instant (prepared, end)->tap != CONC_LADDER_NONE) == by_first &&
             (get_instant (prepared, end)->second != CONC_LADDER_NONE) != by_first)
        end++;
      /* Before its first tap and after its last one nothing is known of a timer. */
      if (by_both || (end - i < AWAY_COUNT && i != 0 && end < n))
        memset (watched + i, TRUE, end - i);
      i = end;
    }
  return watched;
}

static void
weigh_instants (ConcLadderPrepared *prepared)
{
  g_autofree guint8 *watched = find_watched (prepared);

  for (guint i = 0; i < prepared->instants->len; i++)
    {
      ConcLadderInstant *instant = get_instant (prepared, i);
      gint64             before_usec =
          i == 0 ? instant->at_usec - 60 * G_USEC_PER_SEC : get_instant (prepared, i - 1)->at_usec;
      double odds;

      instant->rate = (float) get_rate (prepared, i);
      instant->gap_sec = (float) ((double) (instant->at_usec - before_usec) / G_USEC_PER_SEC);
      odds = conc_ladder_model_double_odds (instant->gap_sec, instant->rate);
      instant->real = 1.0f;
      instant->extra = (float) (CONC_LADDER_P_DOUBLE_TAP * odds);
      if (instant->tap == CONC_LADDER_NONE)
        {
          instant->real = watched[i] ? (float) CONC_LADDER_P_MISSED_TAP : 0.1f;
          instant->extra = (float) CONC_LADDER_P_SECOND_FALSE;
        }
      else if (instant->second != CONC_LADDER_NONE)
        instant->extra = (float) (CONC_LADDER_P_BOTH_FALSE * odds);
      else if (watched[i])
        instant->real = (float) CONC_LADDER_P_SECOND_MISSED;
    }
}

static int
compare_expectations_cb (gconstpointer a, gconstpointer b)
{
  const ConcLadderExpectation *first = a;
  const ConcLadderExpectation *second = b;

  return first->bib < second->bib ? -1 : first->bib > second->bib;
}

static void
add_expectation (ConcLadderEntry *entry, const GArray *sorted)
{
  ConcLadderExpectation  key = { .bib = entry->bib };
  ConcLadderExpectation *found;

  entry->earliest_usec = G_MININT64;
  entry->latest_usec = G_MAXINT64;
  if (sorted == NULL || sorted->len == 0 || entry->bib == 0)
    return;
  found = bsearch (&key, sorted->data, sorted->len, sizeof key, compare_expectations_cb);
  if (found == NULL)
    return;
  entry->earliest_usec = found->earliest_usec;
  entry->latest_usec = found->latest_usec;
  entry->expected_usec = found->expected_usec;
  if (found->spread_usec > 0)
    entry->expected_weight = (float) ((double) G_USEC_PER_SEC / (double) found->spread_usec);
}

static void
add_entries (ConcLadderPrepared    *prepared,
             const ConcLadderInput *input,
             const ConcLadderModel *model,
             GHashTable            *latest)
{
  g_autoptr (GArray) sorted = g_array_copy (input->expectations);

  g_array_sort (sorted, compare_expectations_cb);
  for (guint i = 0; i < input->bibs->len; i++)
    {
      const ConcLadderBib *bib = &g_array_index (input->bibs, ConcLadderBib, i);
      gint64               before_usec = i == 0 ? bib->at_usec - 60 * G_USEC_PER_SEC
                                                : g_array_index (input->bibs, ConcLadderBib, i - 1).at_usec;
      ConcLadderEntry      entry = { 0 };
      gpointer             before = NULL;

      entry.at_usec = bib->at_usec;
      entry.bib = bib->bib;
      entry.hint = CONC_LADDER_NONE;
      entry.same = CONC_LADDER_NONE;
      if (bib->bib != 0 &&
          g_hash_table_lookup_extended (latest, GUINT_TO_POINTER (bib->bib), NULL, &before) &&
          (input->min_lap_usec == 0 ||
           bib->at_usec -
                   g_array_index (input->bibs, ConcLadderBib, GPOINTER_TO_UINT (before)).at_usec <
               input->min_lap_usec))
        entry.same = GPOINTER_TO_UINT (before);
      if (bib->bib != 0)
        g_hash_table_insert (latest, GUINT_TO_POINTER (bib->bib), GUINT_TO_POINTER (i));
      conc_ladder_model_service (model, (double) (bib->at_usec - before_usec) / G_USEC_PER_SEC,
                                 &entry.service_density, &entry.service_chance);
      add_expectation (&entry, sorted);
      g_array_append_val (prepared->entries, entry);
    }
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

/* A bib that comes in every lap has a rung for the entry that is nearest in time. */
static ConcLadderEntry *
find_entry (ConcLadderPrepared *prepared, GHashTable *latest, const ConcLadderRung *rung)
{
  gpointer         found = NULL;
  ConcLadderEntry *entry;

  if (rung->bib == 0 ||
      !g_hash_table_lookup_extended (latest, GUINT_TO_POINTER (rung->bib), NULL, &found))
    return NULL;
  entry = &g_array_index (prepared->entries, ConcLadderEntry, GPOINTER_TO_UINT (found));
  if (entry->same != CONC_LADDER_NONE)
    entry = &g_array_index (prepared->entries, ConcLadderEntry, entry->same);
  return entry;
}

static void
add_rungs (ConcLadderPrepared *prepared, const ConcLadderInput *input, GHashTable *latest)
{
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_int64_hash, g_int64_equal);

  if (input->rungs->len == 0)
    return;
  for (guint i = 0; i < input->taps->len; i++)
    g_hash_table_insert (by_id, &g_array_index (input->taps, ConcLadderTap, i).id,
                         &g_array_index (input->taps, ConcLadderTap, i));
  for (guint i = 0; i < input->rungs->len; i++)
    {
      const ConcLadderRung *rung = &g_array_index (input->rungs, ConcLadderRung, i);
      const ConcLadderTap  *tap = g_hash_table_lookup (by_id, &rung->tap);
      ConcLadderEntry      *entry = find_entry (prepared, latest, rung);

      if (entry == NULL || (rung->tap != 0 && tap == NULL))
        continue;
      entry->rung_usec = tap != NULL ? tap->at_usec : rung->at_usec;
      entry->rung_weight =
          (float) (tap != NULL ? 1.0 / LINK_SPREAD_SEC
                               : (double) G_USEC_PER_SEC /
                                     (double) MAX (rung->spread_usec, LEAST_RUNG_SPREAD_USEC));
      entry->rung_most = tap != NULL ? LINK_MOST : SELECT_MOST;
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
 * conc_ladder_prepare:
 * @input: the streams
 * @model: of the chute
 *
 * Puts both timers into one list of moments and gives each moment and each entry what is known
 * about it. A moment depends on the taps near to it only, and an entry on the entries up to it and
 * its rung, so that what is added at the end changes little.
 *
 * Returns: (transfer full): for conc_ladder_prepared_free(). Any thread. Cost: n log n.
 */
ConcLadderPrepared *
conc_ladder_prepare (const ConcLadderInput *input, const ConcLadderModel *model)
{
  ConcLadderPrepared *prepared = g_new0 (ConcLadderPrepared, 1);
  g_autoptr (GHashTable) latest = g_hash_table_new (NULL, NULL);

  prepared->instants = g_array_sized_new (FALSE, FALSE, sizeof (ConcLadderInstant),
                                          input->taps->len + input->second->len / 8);
  prepared->entries = g_array_sized_new (FALSE, FALSE, sizeof (ConcLadderEntry), input->bibs->len);
  prepared->has_offset =
      conc_ladder_find_offset (input->taps, input->second, &prepared->offset_usec);
  merge_timers (prepared, input);
  weigh_instants (prepared);
  if (prepared->has_offset)
    for (guint i = 0; i < input->taps->len &&
                      get_usec (input->taps, i) <
                          get_usec (input->second, 0) - prepared->offset_usec - G_USEC_PER_SEC;
         i++)
      prepared->alone_count++;
  add_entries (prepared, input, model, latest);
  add_rungs (prepared, input, latest);
  add_hints (prepared);
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
  g_free (prepared);
}
