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

/* Runners whose crossing was entered whole and who are not in the list, not even unread. */
#define P_KNOWN_ALONE 0.1f

/* How many entries ahead a rung is looked for. */
#define HINT_REACH 128u

/* The entries of each bib: the latest one, and for each entry the one before it. */
typedef struct
{
  GHashTable *latest;
  guint      *earlier;
} Bibs;

static gint64
get_usec (const GArray *taps, guint index)
{
  return g_array_index (taps, ConcLadderTap, index).at_usec;
}

static void
add_instant (GArray *instants, gint64 at_usec, guint tap, guint second, double alone)
{
  ConcLadderInstant instant = { 0 };

  instant.at_usec = at_usec;
  instant.tap = tap;
  instant.second = second;
  instant.alone = (float) alone;
  g_array_append_val (instants, instant);
}

/* The moments of the second timer alone before @until_usec, by the clock of the first. */
static guint
add_second_alone (ConcLadderPrepared      *prepared,
                  const ConcLadderInput   *input,
                  const ConcLadderPairing *pairing,
                  const guint8            *used,
                  guint                    next,
                  gint64                   until_usec)
{
  for (; next < input->second->len; next++)
    {
      gint64 at_usec = get_usec (input->second, next) - prepared->offset_usec;

      if (used[next])
        continue;
      if (at_usec >= until_usec)
        break;
      add_instant (prepared->instants, at_usec, CONC_LADDER_NONE, next,
                   pairing->second_alone[next]);
    }
  return next;
}

/* All moments of both timers in the order of time. */
static void
merge_timers (ConcLadderPrepared       *prepared,
              const ConcLadderInput    *input,
              const ConcLadderPrepared *before)
{
  ConcLadderPairing *pairing =
      conc_ladder_pairing_ref_if_same (before != NULL ? before->pairing : NULL, input->taps,
                                       input->second, prepared->offset_usec);
  g_autofree guint8 *used = g_new0 (guint8, input->second->len + 1);
  guint              next = 0;

  if (pairing == NULL)
    pairing = conc_ladder_pair_timers (input->taps, input->second, prepared->offset_usec);
  for (guint i = 0; i < input->taps->len; i++)
    if (pairing->pairs[i] != CONC_LADDER_NONE)
      used[pairing->pairs[i]] = TRUE;
  for (guint i = 0; i < input->taps->len; i++)
    {
      gint64 at_usec = get_usec (input->taps, i);

      next = add_second_alone (prepared, input, pairing, used, next, at_usec);
      add_instant (prepared->instants, at_usec, i, pairing->pairs[i], pairing->first_alone[i]);
    }
  add_second_alone (prepared, input, pairing, used, next, G_MAXINT64);
  prepared->pairing = pairing;
}

static void
take_taps (ConcLadderPrepared *prepared, const ConcLadderInput *input)
{
  for (guint i = 0; i < input->taps->len; i++)
    add_instant (prepared->instants, get_usec (input->taps, i), i, CONC_LADDER_NONE, 1.0);
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

/* What takes longest to work out is taken over where nothing changed. */
static double
get_twice (const ConcLadderInstant *instant, const ConcLadderPrepared *before, guint index)
{
  const ConcLadderInstant *old = before != NULL && index < before->instants->len
                                     ? &g_array_index (before->instants, ConcLadderInstant, index)
                                     : NULL;

  if (old != NULL && memcmp (&old->rate, &instant->rate, sizeof old->rate) == 0 &&
      memcmp (&old->gap_sec, &instant->gap_sec, sizeof old->gap_sec) == 0)
    return (double) old->twice;
  return conc_ladder_model_double_odds (instant->gap_sec, instant->rate);
}

/* What a moment can be, by the timers alone: a tap that the other timer may lack is either pressed
 * twice or missed by the other. */
static void
weigh_instant (ConcLadderInstant *instant, gboolean is_watched)
{
  double twice = CONC_LADDER_P_DOUBLE_TAP * (double) instant->twice;
  double alone = (double) instant->alone;

  instant->real = 1.0f;
  instant->extra = (float) twice;
  if (instant->tap == CONC_LADDER_NONE)
    {
      instant->real = is_watched ? (float) CONC_LADDER_P_MISSED_TAP : 0.1f;
      instant->extra = (float) CONC_LADDER_P_SECOND_FALSE;
    }
  else if (is_watched)
    {
      double missed = CONC_LADDER_P_SECOND_MISSED;

      instant->real = (float) (1.0 - alone + alone * missed / (missed + twice));
      instant->extra = (float) (CONC_LADDER_P_BOTH_FALSE * (double) instant->twice +
                                alone * twice / (missed + twice));
    }
}

static void
weigh_instants (ConcLadderPrepared *prepared, const ConcLadderPrepared *before)
{
  g_autofree guint8 *watched = find_watched (prepared);

  for (guint i = 0; i < prepared->instants->len; i++)
    {
      ConcLadderInstant *instant = get_instant (prepared, i);
      gint64             before_usec =
          i == 0 ? instant->at_usec - 60 * G_USEC_PER_SEC : get_instant (prepared, i - 1)->at_usec;

      instant->rate = (float) get_rate (prepared, i);
      instant->gap_sec = (float) ((double) (instant->at_usec - before_usec) / G_USEC_PER_SEC);
      instant->twice = (float) get_twice (instant, before, i);
      weigh_instant (instant, watched[i]);
    }
}

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
note_entry (Bibs *bibs, guint bib, guint index)
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
             Bibs                     *bibs)
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
find_entry (ConcLadderPrepared *prepared, const Bibs *bibs, guint bib, gint64 at_usec)
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
add_rungs (ConcLadderPrepared *prepared, const ConcLadderInput *input, const Bibs *bibs)
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
  Bibs              bibs = { latest, earlier };

  prepared->instants = g_array_sized_new (FALSE, FALSE, sizeof (ConcLadderInstant),
                                          input->taps->len + input->second->len / 8);
  prepared->entries = g_array_sized_new (FALSE, FALSE, sizeof (ConcLadderEntry), input->bibs->len);
  prepared->has_offset =
      conc_ladder_find_offset (input->taps, input->second, &prepared->offset_usec);
  if (prepared->has_offset)
    merge_timers (prepared, input, before);
  else
    take_taps (prepared, input);
  weigh_instants (prepared, before);
  if (prepared->has_offset)
    for (guint i = 0; i < input->taps->len &&
                      get_usec (input->taps, i) <
                          get_usec (input->second, 0) - prepared->offset_usec - G_USEC_PER_SEC;
         i++)
      prepared->alone_count++;
  add_entries (prepared, input, model, before, &bibs);
  add_rungs (prepared, input, &bibs);
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
  conc_ladder_pairing_unref (prepared->pairing);
  g_free (prepared);
}
