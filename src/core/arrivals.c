/* arrivals.c: how many come to check-in when, and how many are still to be expected. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/arrivals.h"

#include "core/race-time.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Where nobody said when the desk is open: an hour of registration that ends a quarter of an hour
 * before the gun is what organizers of small races plan with. */
#define OPEN_USEC (60 * G_TIME_SPAN_MINUTE)
#define CLOSED_BEFORE_GUN_USEC (15 * G_TIME_SPAN_MINUTE)

/* Shares of the whole are counted in millionths. */
#define WHOLE G_GINT64_CONSTANT (1000000)

/* From here on "about 45" is as much as the model can say. */
#define ROUND_FROM 20
#define ROUND_TO 5

/**
 * conc_desk_hours_init:
 * @opens_usec: when the desk opens as somebody said, or CONC_NO_TIME
 * @closes_usec: likewise
 * @gun_usec: the first gun, or CONC_NO_TIME
 * @first_arrival_usec: the first check-in of the day, or CONC_NO_TIME
 *
 * What nobody said is guessed: the desk closes 15 minutes before the gun and is open for an hour;
 * without a gun it opened with the first arrival. Hours that end before they begin are not known.
 */
void
conc_desk_hours_init (ConcDeskHours *hours,
                      gint64         opens_usec,
                      gint64         closes_usec,
                      gint64         gun_usec,
                      gint64         first_arrival_usec)
{
  hours->is_guess = opens_usec == CONC_NO_TIME || closes_usec == CONC_NO_TIME;
  if (closes_usec == CONC_NO_TIME && gun_usec != CONC_NO_TIME)
    closes_usec = gun_usec - CLOSED_BEFORE_GUN_USEC;
  if (opens_usec == CONC_NO_TIME && closes_usec != CONC_NO_TIME)
    opens_usec = closes_usec - OPEN_USEC;
  if (opens_usec == CONC_NO_TIME)
    opens_usec = first_arrival_usec;
  if (closes_usec == CONC_NO_TIME && opens_usec != CONC_NO_TIME)
    closes_usec = opens_usec + OPEN_USEC;
  if (opens_usec == CONC_NO_TIME || closes_usec <= opens_usec)
    opens_usec = closes_usec = CONC_NO_TIME;
  hours->opens_usec = opens_usec;
  hours->closes_usec = closes_usec;
}

/** conc_desk_hours_are_known: Returns: whether there is anything to go by. Any thread. */
gboolean
conc_desk_hours_are_known (const ConcDeskHours *hours)
{
  return hours->opens_usec != CONC_NO_TIME;
}

static gint64
find_step (gint64 usec)
{
  gint64 rest = usec % CONC_ARRIVALS_STEP_USEC;

  return usec - (rest < 0 ? rest + CONC_ARRIVALS_STEP_USEC : rest);
}

static int
compare_times_cb (gconstpointer a, gconstpointer b)
{
  gint64 one = *(const gint64 *) a, other = *(const gint64 *) b;

  return (one > other) - (one < other);
}

/**
 * conc_arrivals_count:
 * @times_usec: (array length=n_times): when people were checked in, in any order
 *
 * Returns: (transfer full) (element-type ConcArrivals): the steps in which anybody came, by time.
 * Any thread.
 */
GArray *
conc_arrivals_count (const gint64 *times_usec, guint n_times)
{
  GArray *steps = g_array_new (FALSE, FALSE, sizeof (ConcArrivals));
  g_autoptr (GArray) sorted = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n_times);

  if (n_times > 0)
    g_array_append_vals (sorted, times_usec, n_times);
  g_array_sort (sorted, compare_times_cb);
  for (guint i = 0; i < n_times; i++)
    {
      ConcArrivals  step = { find_step (g_array_index (sorted, gint64, i)), 1 };
      ConcArrivals *last =
          steps->len > 0 ? &g_array_index (steps, ConcArrivals, steps->len - 1) : NULL;

      if (last != NULL && last->from_usec == step.from_usec)
        last->count++;
      else
        g_array_append_val (steps, step);
    }
  return steps;
}

/* The part of all who come that has come by @usec, in millionths. The density rises in a straight
 * line from 0.6 of the average when the desk opens to 1.4 in the middle and falls back to 0.6. */
static gint64
get_share_by (const ConcDeskHours *hours, gint64 usec)
{
  gint64 length = hours->closes_usec - hours->opens_usec;
  gint64 at = CLAMP (usec - hours->opens_usec, 0, length);
  gint64 part = at <= length / 2 ? at : length - at;
  gint64 u = part * WHOLE / length;
  gint64 share = (6 * u + 8 * (u * u / WHOLE)) / 10;

  return at <= length / 2 ? share : WHOLE - share;
}

/**
 * conc_arrivals_expect:
 * @n_missing: how many are expected and not here
 * @now_usec: the time now
 *
 * The model: whoever is missing comes before the desk closes, and of all who come 60 % come in the
 * busiest half of the time that the desk is open, and 20 % in its last quarter. Nobody knows how
 * many will not come at all, so the figures are an upper bound.
 *
 * Source: rules of thumb of race registration, 500 runners in an hour with 60 % in the busiest
 * half of it, and one in five at closing time.
 *
 * Returns: (transfer full) (element-type ConcArrivals): how many are to be expected in each step
 * from that of @now_usec on, by time; empty after the desk has closed or when its hours are not
 * known. Any thread.
 */
GArray *
conc_arrivals_expect (const ConcDeskHours *hours, guint n_missing, gint64 now_usec)
{
  GArray *steps = g_array_new (FALSE, FALSE, sizeof (ConcArrivals));
  gint64  past, from;

  if (!conc_desk_hours_are_known (hours) || now_usec >= hours->closes_usec)
    return steps;
  past = get_share_by (hours, now_usec);
  from = find_step (MAX (now_usec, hours->opens_usec));
  for (; from < hours->closes_usec && past < WHOLE; from += CONC_ARRIVALS_STEP_USEC)
    {
      gint64       begin = get_share_by (hours, MAX (from, now_usec));
      gint64       end = get_share_by (hours, from + CONC_ARRIVALS_STEP_USEC);
      gint64       share = (end - begin) * n_missing;
      ConcArrivals step = { from, (guint) ((share + (WHOLE - past) / 2) / (WHOLE - past)) };

      g_array_append_val (steps, step);
    }
  return steps;
}

/**
 * conc_arrivals_find_peak:
 * @steps: (array length=n_steps)
 * @ret_peak: (out): the first of the steps with the most
 *
 * Returns: whether anybody comes in any of them. Any thread.
 */
gboolean
conc_arrivals_find_peak (const ConcArrivals *steps, guint n_steps, ConcArrivals *ret_peak)
{
  const ConcArrivals *peak = NULL;

  for (guint i = 0; i < n_steps; i++)
    if (steps[i].count > 0 && (peak == NULL || steps[i].count > peak->count))
      peak = &steps[i];
  if (peak != NULL)
    *ret_peak = *peak;
  return peak != NULL;
}

/* "08:50" */
static char *
format_minute (gint64 usec, GTimeZone *zone)
{
  char *clock = conc_time_format_clock (usec, zone, 0);

  *strrchr (clock, ':') = '\0';
  return clock;
}

static guint
round_count (guint count)
{
  return count < ROUND_FROM ? count : (count + ROUND_TO / 2) / ROUND_TO * ROUND_TO;
}

static char *
describe_peak (const ConcArrivals *peak, guint n_missing, GTimeZone *zone)
{
  g_autofree char *clock = format_minute (peak->from_usec, zone);

  return g_strdup_printf (
      ngettext ("At most about %u in five minutes, around %s, if the one who is missing comes.",
                "At most about %u in five minutes, around %s, if all %u who are missing come.",
                n_missing),
      round_count (peak->count), clock, n_missing);
}

static char *
describe_closed (const ConcDeskHours *hours, guint n_missing, GTimeZone *zone)
{
  g_autofree char *clock = format_minute (hours->closes_usec, zone);

  return g_strdup_printf (ngettext ("Check-in closed at %s; %u is missing.",
                                    "Check-in closed at %s; %u are missing.", n_missing),
                          clock, n_missing);
}

/**
 * conc_arrivals_describe_outlook:
 *
 * Returns: (transfer full): in words what conc_arrivals_expect() expects at its peak, and where it
 * had to guess when the desk closes. Any thread.
 */
char *
conc_arrivals_describe_outlook (const ConcDeskHours *hours,
                                guint                n_missing,
                                gint64               now_usec,
                                GTimeZone           *zone)
{
  g_autoptr (GArray) steps = conc_arrivals_expect (hours, n_missing, now_usec);
  g_autofree char *sentence = NULL;
  g_autofree char *closes = NULL;
  ConcArrivals     peak;

  if (n_missing == 0)
    return g_strdup (_ ("Nobody else is expected."));
  if (!conc_desk_hours_are_known (hours))
    return g_strdup (_ ("Once it is set when check-in opens and closes, this tells when most are "
                        "to be expected."));
  if (now_usec >= hours->closes_usec)
    return describe_closed (hours, n_missing, zone);
  if (!conc_arrivals_find_peak ((ConcArrivals *) steps->data, steps->len, &peak))
    return g_strdup (_ ("One now and then."));
  sentence = describe_peak (&peak, n_missing, zone);
  if (!hours->is_guess)
    return g_steal_pointer (&sentence);
  closes = format_minute (hours->closes_usec, zone);
  return g_strdup_printf (_ ("%s This takes it that check-in closes at %s."), sentence, closes);
}

/**
 * conc_arrivals_describe:
 * @steps: (array length=n_steps): steps in which anybody came, by time
 *
 * Returns: (transfer full): in words what a chart of @steps shows. Any thread.
 */
char *
conc_arrivals_describe (const ConcArrivals *steps, guint n_steps, GTimeZone *zone)
{
  g_autofree char *from = NULL;
  g_autofree char *until = NULL;
  g_autofree char *busiest = NULL;
  ConcArrivals     peak;
  guint            count = 0;

  if (!conc_arrivals_find_peak (steps, n_steps, &peak))
    return g_strdup (_ ("Nobody has come yet."));
  for (guint i = 0; i < n_steps; i++)
    count += steps[i].count;
  from = format_minute (steps[0].from_usec, zone);
  until = format_minute (steps[n_steps - 1].from_usec + CONC_ARRIVALS_STEP_USEC, zone);
  busiest = format_minute (peak.from_usec, zone);
  return g_strdup_printf (ngettext ("%u came between %s and %s, at most %u in five minutes, at %s.",
                                    "%u came between %s and %s, at most %u in five minutes, at %s.",
                                    count),
                          count, from, until, peak.count, busiest);
}
