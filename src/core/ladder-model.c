/* ladder-model.c: how likely it is that an entry belongs to a tap. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/ladder-private.h"

#include <math.h>
#include <string.h>

/* Until eight entries are there, and where they say nothing: a chute of some 15 m at a walk, and
 * one bib in a second and a half. */
#define WALK_SEC 12.0
#define WALK_SPREAD_SEC 4.0
#define SERVICE_SEC 1.5
#define LEAST_MEASURED 8u
#define MOST_MEASURED 1024u

/* The times of one and the same hand scatter by about a third. */
#define SERVICE_SPREAD 0.35

/* The narrowest and widest chute that is believed. */
#define LEAST_SPREAD_SEC 0.3
#define MOST_SPREAD_SEC 60.0

/* Entries at which nobody waited tell the walk. Blocks of entries are compared under each shift, so
 * that a fault among the first does not blur it. */
#define BLOCK 32u
#define MOST_SHIFT 4
/* From the middle of the differences to the spread of a normal law, and a little more, since a
 * chute that is thought to be too even costs more than one that is thought to be uneven. */
#define MAD_TO_SPREAD (1.4826 * 1.15)
#define LEAST_IDLE 6u
#define FAR_BETTER 0.4
#define IDLE_SEC 1.5
#define MOST_SAMPLES 256u

/* A key that is pressed twice: most often after a quarter of a second. Runners come by chance at
 * the local rate, and a quarter of them in company. */
#define DOUBLE_SEC 0.25
#define DOUBLE_SPREAD 0.45
#define COMPANY 0.25
#define COMPANY_SEC 0.5

/* One runner in some hundreds does what laps do not foretell, and one select time in some
 * thousands names another runner. */
#define MOST_LAP_COST 8.0
#define PACE_COST 6.0

static double
normal_density (double z)
{
  return exp (-0.5 * z * z) * 0.3989422804014327;
}

static double
normal_chance (double z)
{
  return 0.5 * erfc (-z * G_SQRT2 / 2.0);
}

static int
compare_doubles_cb (gconstpointer a, gconstpointer b)
{
  double first = *(const double *) a;
  double second = *(const double *) b;

  return first < second ? -1 : first > second;
}

static double
get_quantile (double *values, guint count, double share)
{
  qsort (values, count, sizeof *values, compare_doubles_cb);
  return values[MIN (count - 1, (guint) (share * count))];
}

static double
get_seconds (gint64 usec)
{
  return (double) usec / (double) G_USEC_PER_SEC;
}

static double
get_gap_sec (const ConcLadderInput *input, guint entry)
{
  return get_seconds (g_array_index (input->bibs, ConcLadderBib, entry).at_usec -
                      g_array_index (input->bibs, ConcLadderBib, entry - 1).at_usec);
}

/* The delays of one block under one shift, those at which nobody waited. */
static guint
collect_delays (const ConcLadderInput *input,
                guint                  first,
                guint                  count,
                int                    shift,
                double                 idle_sec,
                double                *ret_delays)
{
  guint n = 0;

  for (guint i = MAX (first, 1); i < count && i < first + BLOCK; i++)
    {
      gint64 tap = (gint64) i + shift;

      if (tap < 0 || tap >= count || get_gap_sec (input, i) < idle_sec)
        continue;
      ret_delays[n++] =
          get_seconds (g_array_index (input->bibs, ConcLadderBib, i).at_usec -
                       g_array_index (input->taps, ConcLadderTap, (guint) tap).at_usec);
    }
  return n;
}

static double
get_scatter (double *delays, guint count)
{
  double middle = get_quantile (delays, count, 0.5);
  double off[BLOCK];

  for (guint i = 0; i < count; i++)
    off[i] = fabs (delays[i] - middle);
  return get_quantile (off, count, 0.5);
}

/* The middles and the scatters of all blocks in which enough entries were idle. The shift of the
 * block before stays unless another one fits far better. */
static guint
measure_blocks (const ConcLadderInput *input,
                guint                  count,
                double                 idle_sec,
                double                *ret_middles,
                double                *ret_scatters,
                int                   *ret_shifts)
{
  guint n = 0;
  int   kept = 0;

  for (guint first = 0; first < count; first += BLOCK)
    {
      double delays[BLOCK], best;
      int    shift = kept;
      guint  n_delays = collect_delays (input, first, count, kept, idle_sec, delays);

      ret_shifts[first / BLOCK] = kept;
      if (n_delays < LEAST_IDLE)
        continue;
      best = get_scatter (delays, n_delays) * FAR_BETTER;
      for (int other = -MOST_SHIFT; other <= MOST_SHIFT; other++)
        {
          double scatter;

          n_delays = collect_delays (input, first, count, other, idle_sec, delays);
          scatter = n_delays < LEAST_IDLE ? G_MAXDOUBLE : get_scatter (delays, n_delays);
          if (scatter < best)
            {
              best = scatter;
              shift = other;
            }
        }
      kept = ret_shifts[first / BLOCK] = shift;
      n_delays = collect_delays (input, first, count, kept, idle_sec, delays);
      ret_scatters[n] = get_scatter (delays, n_delays);
      ret_middles[n++] = get_quantile (delays, n_delays, 0.5);
    }
  return n;
}

/* How well the model explains entries all over what was measured, the more the better. */
static double
get_likelihood (const ConcLadderModel *model,
                const ConcLadderInput *input,
                const guint           *taps,
                guint                  count)
{
  guint  step = MAX (count / MOST_SAMPLES, 1);
  double sum = 0.0;

  for (guint i = 1; i < count; i += step)
    {
      double delay_sec;
      float  density, chance;

      if (taps[i] == CONC_LADDER_NONE)
        continue;
      delay_sec = get_seconds (g_array_index (input->bibs, ConcLadderBib, i).at_usec -
                               g_array_index (input->taps, ConcLadderTap, taps[i]).at_usec);
      conc_ladder_model_service (model, get_gap_sec (input, i), &density, &chance);
      sum += log (0.98 * (conc_ladder_model_walk_density (model, delay_sec) * (double) chance +
                          conc_ladder_model_walk_chance (model, delay_sec) * (double) density) +
                  0.001);
    }
  return sum;
}

/**
 * conc_ladder_model_fit:
 * @model: (inout): where to begin
 * @taps: the tap of each entry, or CONC_LADDER_NONE
 * @count: so many entries are looked at
 *
 * One number after the other is changed as long as that explains more, in ever smaller steps.
 *
 * Returns: how well @model explains the entries now, the more the better. Any thread. Cost: of 256
 *   entries, some thirty times.
 */
double
conc_ladder_model_fit (ConcLadderModel       *model,
                       const ConcLadderInput *input,
                       const guint           *taps,
                       guint                  count)
{
  double best = get_likelihood (model, input, taps, count);

  for (double step = 1.0; step > 0.1; step /= 2.0)
    for (guint i = 0; i < 6; i++)
      {
        ConcLadderModel other = *model;
        double          by = i % 2 == 0 ? step : -step, likelihood;

        if (i / 2 == 0)
          other.walk_sec += by * model->walk_spread_sec;
        else if (i / 2 == 1)
          other.walk_spread_sec =
              CLAMP (model->walk_spread_sec * exp2 (by), LEAST_SPREAD_SEC, MOST_SPREAD_SEC);
        else
          other.service_sec = model->service_sec * exp2 (by);
        likelihood = get_likelihood (&other, input, taps, count);
        if (likelihood > best)
          {
            best = likelihood;
            *model = other;
          }
      }
  return best;
}

/* In a dense line somebody is always in front, and the walk seems longer and more even than it is:
 * entries after a pause are where the fit begins. */
static void
measure_walk (ConcLadderModel *model, const ConcLadderInput *input, guint count)
{
  g_autofree double *middles = g_new (double, count / BLOCK + 2);
  g_autofree double *scatters = g_new (double, count / BLOCK + 2);
  g_autofree int    *shifts = g_new0 (int, count / BLOCK + 2);
  g_autofree guint  *taps = g_new (guint, count);
  double             dense_sec = 1.6 * model->service_sec;
  double             idle_sec = MAX (IDLE_SEC, dense_sec);
  guint              n = measure_blocks (input, count, idle_sec, middles, scatters, shifts);

  if (n == 0)
    n = measure_blocks (input, count, dense_sec, middles, scatters, shifts);
  if (n == 0)
    n = measure_blocks (input, count, 0.0, middles, scatters, shifts);
  if (n == 0)
    return;
  model->walk_sec = get_quantile (middles, n, 0.5);
  model->walk_spread_sec =
      CLAMP (MAD_TO_SPREAD * get_quantile (scatters, n, 0.6), LEAST_SPREAD_SEC, MOST_SPREAD_SEC);
  for (guint i = 0; i < count; i++)
    {
      gint64 tap = (gint64) i + shifts[i / BLOCK];

      taps[i] = tap >= 0 && tap < count ? (guint) tap : CONC_LADDER_NONE;
    }
  conc_ladder_model_fit (model, input, taps, count);
}

/**
 * conc_ladder_model_has_rung:
 * @count: so many taps are measured, 1 or more
 * @rung: index of a rung
 *
 * Returns: whether the rung is among them. Any thread.
 */
gboolean
conc_ladder_model_has_rung (const ConcLadderInput *input, guint count, guint rung)
{
  return g_array_index (input->rungs, ConcLadderRung, rung).at_usec <=
         g_array_index (input->taps, ConcLadderTap, count - 1).at_usec;
}

static guint64
mix (guint64 mark, gint64 value)
{
  return (mark ^ (guint64) value) * 1099511628211u;
}

/* Tells whether what would be measured is still the same. */
static guint64
get_mark (const ConcLadderInput *input, guint count)
{
  guint64 mark = 14695981039346656037u;

  for (guint i = 0; i < count; i++)
    {
      mark = mix (mark, g_array_index (input->bibs, ConcLadderBib, i).at_usec);
      mark = mix (mark, g_array_index (input->bibs, ConcLadderBib, i).bib);
      mark = mix (mark, g_array_index (input->taps, ConcLadderTap, i).at_usec);
    }
  for (guint i = 0; i < input->rungs->len && count != 0; i++)
    if (conc_ladder_model_has_rung (input, count, i))
      {
        const ConcLadderRung *rung = &g_array_index (input->rungs, ConcLadderRung, i);

        mark = mix (mark, rung->bib);
        mark = mix (mark, rung->at_usec);
        mark = mix (mark, (gint64) rung->tap);
        mark = mix (mark, (gint64) rung->bib_id);
      }
  return mark | 1;
}

/**
 * conc_ladder_model_measure:
 * @model: (inout): what was measured before, or zeros
 * @input: the streams
 *
 * Measures the walk through the chute and the time that one entry takes, from as many entries as
 * the largest power of two that is there: it is done anew when the list has doubled, and the same
 * input always gives the same model.
 *
 * Returns: how many entries it measured, 0 when the model stays. Any thread. Cost: of the entries
 *   that are measured, at most 1,024.
 */
guint
conc_ladder_model_measure (ConcLadderModel *model, const ConcLadderInput *input)
{
  guint              count = MIN (input->bibs->len, input->taps->len);
  guint              measured = count < LEAST_MEASURED ? 0 : 1u << (g_bit_storage (count) - 1);
  guint64            mark;
  g_autofree double *gaps = NULL;

  measured = MIN (measured, MOST_MEASURED);
  mark = get_mark (input, measured);
  if (mark == model->mark)
    return 0;
  *model = (ConcLadderModel){ WALK_SEC, WALK_SPREAD_SEC, SERVICE_SEC, mark };
  if (measured == 0)
    return 0;
  gaps = g_new (double, measured);
  for (guint i = 1; i < measured; i++)
    gaps[i - 1] = get_gap_sec (input, i);
  model->service_sec = CLAMP (get_quantile (gaps, measured - 1, 0.15), 0.05, 20.0);
  measure_walk (model, input, measured);
  return measured;
}

/**
 * conc_ladder_model_service:
 * @gap_sec: since the entry before
 * @ret_density: (out): that one entry took as long, in 1/s
 * @ret_chance: (out): that one entry took no longer
 *
 * The work of the hand that types or scans, as a log-normal time. Any thread.
 */
void
conc_ladder_model_service (const ConcLadderModel *model,
                           double                 gap_sec,
                           float                 *ret_density,
                           float                 *ret_chance)
{
  double z;

  *ret_density = 0.0f;
  *ret_chance = 0.0f;
  if (gap_sec <= 0.0)
    return;
  z = log (gap_sec / model->service_sec) / SERVICE_SPREAD;
  *ret_density = (float) (normal_density (z) / (SERVICE_SPREAD * gap_sec));
  *ret_chance = (float) normal_chance (z);
}

/** conc_ladder_model_walk_density: of a walk of @delay_sec through the chute, in 1/s. */
double
conc_ladder_model_walk_density (const ConcLadderModel *model, double delay_sec)
{
  double z = (delay_sec - model->walk_sec) / model->walk_spread_sec;

  return (0.95 * normal_density (z) + 0.05 / 3.0 * normal_density (z / 3.0)) /
         model->walk_spread_sec;
}

/** conc_ladder_model_walk_chance: that the walk takes no longer than @delay_sec. */
double
conc_ladder_model_walk_chance (const ConcLadderModel *model, double delay_sec)
{
  double z = (delay_sec - model->walk_sec) / model->walk_spread_sec;

  return 0.95 * normal_chance (z) + 0.05 * normal_chance (z / 3.0);
}

/**
 * conc_ladder_model_double_odds:
 * @gap_sec: since the tap before
 * @rate: crossings a second around it
 *
 * Returns: how much better @gap_sec fits a key that was pressed twice than the next runner.
 */
double
conc_ladder_model_double_odds (double gap_sec, double rate)
{
  double gap = MAX (gap_sec, 0.02);
  double twice = normal_density (log (gap / DOUBLE_SEC) / DOUBLE_SPREAD) / (DOUBLE_SPREAD * gap);
  double next =
      (1.0 - COMPANY) * rate * exp (-rate * gap) + COMPANY / COMPANY_SEC * exp (-gap / COMPANY_SEC);

  return twice / MAX (next, 1e-9) + 1e-4;
}

/**
 * conc_ladder_entry_cost:
 * @at_usec: a time
 *
 * Returns: how ill it fits what is known about the bib of @entry, as a negative logarithm of odds:
 *   its rung, its laps, and the limits of its pace; each has a most that it can cost, since each is
 *   wrong at times. 0 when nothing is known.
 */
double
conc_ladder_entry_cost (const ConcLadderEntry *entry, gint64 at_usec)
{
  double cost = 0.0;

  if (entry->expected_weight > 0.0f)
    {
      double z = get_seconds (at_usec - entry->expected_usec) * (double) entry->expected_weight;

      cost += MIN (0.5 * z * z, MOST_LAP_COST);
    }
  if (at_usec < entry->earliest_usec || at_usec > entry->latest_usec)
    cost += PACE_COST;
  if (entry->rung_weight > 0.0f)
    {
      double z = get_seconds (at_usec - entry->rung_usec) * (double) entry->rung_weight;

      cost += MIN (0.5 * z * z, (double) entry->rung_most);
    }
  return cost;
}
