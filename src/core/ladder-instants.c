/* ladder-instants.c: the moments of both timers, and what each of them can be. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/ladder-private.h"

#include <string.h>

/* So many taps of one timer alone, one after the other, and the other was away. */
#define AWAY_COUNT 6u

/* The rate is that of the taps around. */
#define RATE_REACH 8u
#define LEAST_RATE 0.005
#define MOST_RATE 20.0

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

/**
 * conc_ladder_prepare_instants:
 * @prepared: its clock of the second timer is known; its moments are filled in
 * @before: (nullable): what was prepared before, to be taken over
 *
 * Puts both timers into one list of moments, in the order of time. A moment depends on the taps
 * near to it only. Any thread. Cost: of the taps.
 */
void
conc_ladder_prepare_instants (ConcLadderPrepared       *prepared,
                              const ConcLadderInput    *input,
                              const ConcLadderPrepared *before)
{
  if (prepared->has_offset)
    merge_timers (prepared, input, before);
  else
    take_taps (prepared, input);
  weigh_instants (prepared, before);
  for (guint i = 0; prepared->has_offset && i < input->taps->len &&
                    get_usec (input->taps, i) <
                        get_usec (input->second, 0) - prepared->offset_usec - G_USEC_PER_SEC;
       i++)
    prepared->alone_count++;
}
