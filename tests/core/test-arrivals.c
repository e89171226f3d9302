/* test-arrivals.c: tests of how many come to check-in when. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/arrivals.h"

#include "core/race-time.h"

#include <locale.h>

#define MINUTE G_TIME_SPAN_MINUTE

/* 2026-01-17, 08:00 UTC. */
#define OPENS (G_GINT64_CONSTANT (1768636800) * G_USEC_PER_SEC)
#define CLOSES (OPENS + 60 * MINUTE)

static void
test_count (void)
{
  const gint64 times[] = { OPENS + 12 * MINUTE, OPENS, OPENS + 5 * MINUTE - 1, OPENS + 14 * MINUTE,
                           OPENS - 1 };
  const ConcArrivals wanted[] = { { OPENS - 5 * MINUTE, 1 },
                                  { OPENS, 2 },
                                  { OPENS + 10 * MINUTE, 2 } };
  g_autoptr (GArray) steps = conc_arrivals_count (times, G_N_ELEMENTS (times));
  g_autoptr (GArray) none = conc_arrivals_count (NULL, 0);

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (steps->len, ==, G_N_ELEMENTS (wanted));
  for (guint i = 0; i < steps->len; i++)
    {
      g_assert_cmpint (g_array_index (steps, ConcArrivals, i).from_usec, ==, wanted[i].from_usec);
      g_assert_cmpuint (g_array_index (steps, ConcArrivals, i).count, ==, wanted[i].count);
    }
}

static void
test_hours (void)
{
  static const struct
  {
    gint64 opens, closes, gun, first, wanted_opens, wanted_closes;
  } cases[] = {
    { OPENS, CLOSES, CONC_NO_TIME, CONC_NO_TIME, OPENS, CLOSES },
    { OPENS, CLOSES, CLOSES, OPENS - 1, OPENS, CLOSES },
    { CONC_NO_TIME, CLOSES, CONC_NO_TIME, CONC_NO_TIME, OPENS, CLOSES },
    { OPENS, CONC_NO_TIME, CONC_NO_TIME, CONC_NO_TIME, OPENS, CLOSES },
    { OPENS, CONC_NO_TIME, CLOSES + 30 * MINUTE, CONC_NO_TIME, OPENS, CLOSES + 15 * MINUTE },
    { CONC_NO_TIME, CONC_NO_TIME, CLOSES + 15 * MINUTE, OPENS, OPENS, CLOSES },
    { CONC_NO_TIME, CONC_NO_TIME, CONC_NO_TIME, OPENS, OPENS, CLOSES },
    { CONC_NO_TIME, CONC_NO_TIME, CONC_NO_TIME, CONC_NO_TIME, CONC_NO_TIME, CONC_NO_TIME },
    { CLOSES, OPENS, CONC_NO_TIME, CONC_NO_TIME, CONC_NO_TIME, CONC_NO_TIME },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ConcDeskHours hours;

      conc_desk_hours_init (&hours, cases[i].opens, cases[i].closes, cases[i].gun, cases[i].first);
      g_test_message ("case %d", (int) i);
      g_assert_cmpint (hours.opens_usec, ==, cases[i].wanted_opens);
      g_assert_cmpint (hours.closes_usec, ==, cases[i].wanted_closes);
      g_assert_cmpint (conc_desk_hours_are_known (&hours), ==,
                       cases[i].wanted_opens != CONC_NO_TIME);
      g_assert_cmpint (hours.is_guess, ==,
                       cases[i].opens == CONC_NO_TIME || cases[i].closes == CONC_NO_TIME);
    }
}

static guint
sum (GArray *steps, gint64 from_usec, gint64 until_usec)
{
  guint count = 0;

  for (guint i = 0; i < steps->len; i++)
    {
      const ConcArrivals *step = &g_array_index (steps, ConcArrivals, i);

      if (step->from_usec >= from_usec && step->from_usec < until_usec)
        count += step->count;
    }
  return count;
}

/* 500 runners in an hour: 60 % in the busiest half, 20 % in the last quarter. */
static void
test_model (void)
{
  const ConcDeskHours hours = { OPENS, CLOSES, FALSE };
  g_autoptr (GArray) steps = conc_arrivals_expect (&hours, 500, OPENS - 30 * MINUTE);
  ConcArrivals peak;

  g_assert_cmpuint (steps->len, ==, 12);
  g_assert_cmpuint (sum (steps, OPENS, CLOSES), ==, 500);
  g_assert_cmpuint (sum (steps, OPENS + 15 * MINUTE, OPENS + 45 * MINUTE), ==, 300);
  g_assert_cmpuint (sum (steps, OPENS + 45 * MINUTE, CLOSES), ==, 100);
  g_assert_true (conc_arrivals_find_peak ((ConcArrivals *) steps->data, steps->len, &peak));
  g_assert_cmpint (peak.from_usec, ==, OPENS + 25 * MINUTE);
  g_assert_cmpuint (peak.count, ==, 56);
}

static void
test_rest (void)
{
  const ConcDeskHours hours = { OPENS, CLOSES, FALSE };
  const ConcDeskHours unknown = { CONC_NO_TIME, CONC_NO_TIME, TRUE };
  g_autoptr (GArray) late = conc_arrivals_expect (&hours, 90, OPENS + 52 * MINUTE);
  g_autoptr (GArray) closed = conc_arrivals_expect (&hours, 90, CLOSES);
  g_autoptr (GArray) nothing = conc_arrivals_expect (&unknown, 90, OPENS);
  g_autoptr (GArray) nobody = conc_arrivals_expect (&hours, 0, OPENS);
  ConcArrivals peak = { 7, 7 };

  g_assert_cmpuint (late->len, ==, 2);
  g_assert_cmpuint (sum (late, OPENS, CLOSES), ==, 90);
  g_assert_cmpuint (closed->len, ==, 0);
  g_assert_cmpuint (nothing->len, ==, 0);
  g_assert_cmpuint (sum (nobody, OPENS, CLOSES), ==, 0);
  g_assert_false (conc_arrivals_find_peak ((ConcArrivals *) nobody->data, nobody->len, &peak));
  g_assert_cmpuint (peak.count, ==, 7);
}

static void
test_words (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  static const struct
  {
    ConcDeskHours hours;
    guint         n_missing;
    gint64        now;
    const char   *wanted;
  } cases[] = {
    { { OPENS, CLOSES, FALSE }, 0, OPENS, "Nobody else is expected." },
    { { OPENS, CLOSES, FALSE },
      410,
      OPENS,
      "At most about 45 in five minutes, around 08:25, if all 410 who are missing come." },
    { { OPENS, CLOSES, TRUE },
      410,
      OPENS,
      "At most about 45 in five minutes, around 08:25, if all 410 who are missing come. This takes "
      "it that check-in closes at 09:00." },
    { { OPENS, CLOSES, FALSE },
      12,
      CLOSES - 5 * MINUTE,
      "At most about 12 in five minutes, around 08:55, if all 12 who are missing come." },
    { { OPENS, CLOSES, FALSE }, 1, OPENS, "One now and then." },
    { { OPENS, CLOSES, FALSE }, 37, CLOSES, "Check-in closed at 09:00; 37 are missing." },
    { { CONC_NO_TIME, CONC_NO_TIME, TRUE },
      37,
      OPENS,
      "Once it is set when check-in opens and closes, this tells when most are to be expected." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words =
          conc_arrivals_describe_outlook (&cases[i].hours, cases[i].n_missing, cases[i].now, zone);

      g_assert_cmpstr (words, ==, cases[i].wanted);
    }
}

static void
test_chart_in_words (void)
{
  const ConcArrivals steps[] = { { OPENS, 2 }, { OPENS + 10 * MINUTE, 5 } };
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autofree char *words = conc_arrivals_describe (steps, G_N_ELEMENTS (steps), zone);
  g_autofree char *none = conc_arrivals_describe (NULL, 0, zone);

  g_assert_cmpstr (words, ==,
                   "7 came between 08:00 and 08:15, at most 5 in five minutes, at 08:10.");
  g_assert_cmpstr (none, ==, "Nobody has come yet.");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/arrivals/are-counted-in-steps-of-five-minutes", test_count);
  g_test_add_func ("/arrivals/hours-that-nobody-set-are-guessed", test_hours);
  g_test_add_func ("/arrivals/three-in-five-come-in-the-busiest-half", test_model);
  g_test_add_func ("/arrivals/the-rest-comes-before-the-desk-closes", test_rest);
  g_test_add_func ("/arrivals/the-outlook-in-words", test_words);
  g_test_add_func ("/arrivals/the-chart-in-words", test_chart_in_words);
  return g_test_run ();
}
