/* clock-offset.c: how far this clock is from another, from timed questions and answers. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/clock-offset.h"

/* A minute of exchanges, one a second. */
#define MAX_SAMPLES 64
#define WINDOW_USEC (60 * G_USEC_PER_SEC)

/* Both clocks are not read at once; more than this between them is a clock that was set, or a
 * laptop that slept. */
#define STEP_USEC 1000

#define DELAY_MAX_USEC WINDOW_USEC
#define TIME_MAX_USEC (G_MAXINT64 / 8)

/* @wall is this wall clock less this clock that never steps; @other the other's clock less it. */
typedef struct
{
  gint64 sent_usec;
  gint64 half_delay_usec;
  gint64 other_usec;
  gint64 wall_usec;
} Sample;

struct _ConcOffsetFilter
{
  Sample samples[MAX_SAMPLES]; /* oldest first */
  guint  n_samples;
  gint64 now_usec; /* when the latest answer came */
};

/** conc_offset_filter_new: Returns: (transfer full): a filter that knows nothing yet. */
ConcOffsetFilter *
conc_offset_filter_new (void)
{
  return g_new0 (ConcOffsetFilter, 1);
}

/** conc_offset_filter_free: frees @filter. */
void
conc_offset_filter_free (ConcOffsetFilter *filter)
{
  g_free (filter);
}

/** conc_offset_filter_forget: for when another clock is asked from now on. */
void
conc_offset_filter_forget (ConcOffsetFilter *filter)
{
  filter->n_samples = 0;
}

/* The other read its clock at some moment between question and answer, and since then both clocks
 * ran at their own pace. */
static gint64
get_error (const Sample *sample, gint64 now_usec)
{
  gint64 age_usec = MAX (now_usec - sample->sent_usec, 0);

  return sample->half_delay_usec + age_usec / CONC_OFFSET_DRIFT_DIVISOR + 1;
}

static gboolean
is_time (gint64 usec)
{
  return usec >= -TIME_MAX_USEC && usec <= TIME_MAX_USEC;
}

static gboolean
is_near (gint64 a_usec, gint64 b_usec, gint64 error_usec)
{
  return ABS (a_usec - b_usec) <= error_usec;
}

/* Whether what was known still holds. When the other clock was set, an earlier sample contradicts
 * the new one. When this wall clock was set, they agree by the monotonic clock and no more by the
 * wall clock. When this laptop slept, its monotonic clock did not run, and it is the other way
 * round; a sample that is too coarse to tell these two apart is no reason to trust the others. */
static gboolean
fits_earlier (const ConcOffsetFilter *filter, const Sample *sample, gint64 now_usec)
{
  gboolean is_step = FALSE, contradicts_wall = FALSE;

  for (guint i = 0; i < filter->n_samples; i++)
    {
      const Sample *earlier = &filter->samples[i];
      gint64        error_usec = get_error (earlier, now_usec) + get_error (sample, now_usec);

      if (!is_near (earlier->other_usec, sample->other_usec, error_usec))
        return FALSE;
      is_step = is_step || !is_near (earlier->wall_usec, sample->wall_usec, STEP_USEC);
      contradicts_wall =
          contradicts_wall || !is_near (earlier->other_usec - earlier->wall_usec,
                                        sample->other_usec - sample->wall_usec, error_usec);
    }
  return !is_step || contradicts_wall;
}

static void
remove_first (ConcOffsetFilter *filter, guint n)
{
  filter->n_samples -= n;
  for (guint i = 0; i < filter->n_samples; i++)
    filter->samples[i] = filter->samples[i + n];
}

static void
remove_old (ConcOffsetFilter *filter)
{
  guint n = 0;

  while (n < filter->n_samples && filter->now_usec - filter->samples[n].sent_usec > WINDOW_USEC)
    n++;
  remove_first (filter, n == 0 && filter->n_samples == MAX_SAMPLES ? 1 : n);
}

/**
 * conc_offset_filter_add:
 * @sent_usec: when the question left, by this monotonic clock
 * @answered_usec: the other's wall clock, read at any moment before the answer left it
 * @received_usec: when the answer was here, by this monotonic clock
 * @wall_less_monotonic_usec: this wall clock less this monotonic clock, read then
 *
 * Adds an exchange, as in RFC 5905, section 8: the other clock is taken to have answered in the
 * middle. Half of the delay bounds the error of that, however unequal the two ways are. Exchanges
 * that cannot be, such as an answer before its question, are not counted. Setting either clock, and
 * sleeping, are noticed. Cost: linear in the window, 64 exchanges.
 */
void
conc_offset_filter_add (ConcOffsetFilter *filter,
                        gint64            sent_usec,
                        gint64            answered_usec,
                        gint64            received_usec,
                        gint64            wall_less_monotonic_usec)
{
  Sample sample = { .sent_usec = sent_usec, .wall_usec = wall_less_monotonic_usec };

  g_return_if_fail (filter != NULL);
  if (!is_time (sent_usec) || !is_time (answered_usec) || !is_time (received_usec) ||
      !is_time (wall_less_monotonic_usec) || received_usec < sent_usec ||
      received_usec - sent_usec > DELAY_MAX_USEC)
    return;
  sample.half_delay_usec = (received_usec - sent_usec + 1) / 2;
  sample.other_usec = answered_usec - (sent_usec + (received_usec - sent_usec) / 2);
  if (!fits_earlier (filter, &sample, received_usec))
    conc_offset_filter_forget (filter);
  filter->now_usec = received_usec;
  remove_old (filter);
  filter->samples[filter->n_samples++] = sample;
}

/**
 * conc_offset_filter_get:
 * @ret_offset_usec: (out): the other's clock less this wall clock, when the latest answer came
 * @ret_error_usec: (out): half the width of what is known
 *
 * Takes the exchange of the last minute that tells most: the one with the least delay, but for
 * what the clocks may have drifted since. This is the clock filter of RFC 5905, section 10. While
 * each clock is within 50 ppm of true, the truth is within the error; unequal delays, load and
 * spikes only widen it.
 *
 * Returns: whether anything is known; if not, nothing is set.
 */
gboolean
conc_offset_filter_get (const ConcOffsetFilter *filter,
                        gint64                 *ret_offset_usec,
                        gint64                 *ret_error_usec)
{
  const Sample *best = NULL;

  g_return_val_if_fail (filter != NULL, FALSE);
  for (guint i = 0; i < filter->n_samples; i++)
    if (best == NULL ||
        get_error (&filter->samples[i], filter->now_usec) <= get_error (best, filter->now_usec))
      best = &filter->samples[i];
  if (best == NULL)
    return FALSE;
  *ret_offset_usec = best->other_usec - filter->samples[filter->n_samples - 1].wall_usec;
  *ret_error_usec = get_error (best, filter->now_usec);
  return TRUE;
}

/**
 * conc_offset_get_rank:
 * @error_usec: half the width of what is known about an offset, 0 or more
 *
 * How good a measurement is, from 1 for the best; each rank is twice as wide as the one before. One
 * that is a little better than another has the same rank, so that it need not take its place.
 *
 * Returns: the rank.
 */
guint
conc_offset_get_rank (gint64 error_usec)
{
  guint rank = 1;

  for (; error_usec > 1; error_usec /= 2)
    rank++;
  return rank;
}
