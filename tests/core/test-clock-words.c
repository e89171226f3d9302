/* test-clock-words.c: what is known of the clocks, in words. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/clock-words.h"

#include <locale.h>
#include <string.h>

#define SECOND ((gint64) G_USEC_PER_SEC)

static const struct
{
  gint64      ahead_usec, error_usec, age_usec;
  const char *sentence;
} hubs[] = {
  { -30000, 10000, -1, "This laptop is 0.03 s (± 0.01) behind the hub." },
  { 30000, 10001, 0, "This laptop is 0.03 s (± 0.02) ahead of the hub, measured just now." },
  { 4999, 0, 90 * SECOND, "This laptop is like the hub (± 0.00), measured 90 s ago." },
  { -5000, 1, 600 * SECOND, "This laptop is 0.01 s (± 0.01) behind the hub, measured 10 min ago." },
  { -2000000, 4000, 0, "This laptop is 2.00 s (± 0.01) behind the hub, measured just now." },
  { 3725 * SECOND, 4000, 0,
    "This laptop is 1:02:05 h (± 0.01) ahead of the hub, measured just now." },
  { 0, -1, -1, "How far the hub's clock is from this laptop's was not measured." },
};

static void
test_hub (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (hubs); i++)
    {
      g_autofree char *sentence =
          conc_clock_describe_hub (hubs[i].ahead_usec, hubs[i].error_usec, hubs[i].age_usec);

      g_assert_cmpstr (sentence, ==, hubs[i].sentence);
    }
}

static const struct
{
  gint64      difference_usec;
  const char *words;
} walls[] = {
  { 0, "agree" },
  { 999, "agree" },
  { 1000, "less than 0.01 s ahead of the race's clock" },
  { -125 * SECOND, "2:05 min behind the race's clock" },
  { G_MININT64, "behind" },
};

static void
test_wall (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (walls); i++)
    {
      g_autofree char *sentence = conc_clock_describe_wall (walls[i].difference_usec);

      g_test_message ("%s", sentence);
      g_assert_nonnull (strstr (sentence, walls[i].words));
    }
}

static const struct
{
  const char *event;
  gint64      by_usec;
  const char *words;
} events[] = {
  { CONC_CLOCK_EVENT_STEP, 3200000, "set 3.20 s ahead. This changes no time." },
  { CONC_CLOCK_EVENT_STEP, -3200000, "set 3.20 s back. This changes no time." },
  { CONC_CLOCK_EVENT_SUSPEND, 65 * SECOND, "slept for 1:05 min." },
  { CONC_CLOCK_EVENT_START, 0, "started again" },
  { CONC_CLOCK_EVENT_MEASURED, 0, "measured" },
  { "a later word", G_MAXINT64, "does not know" },
  { NULL, G_MININT64, "does not know" },
};

static void
test_events (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    {
      g_autofree char *sentence = conc_clock_describe_event (events[i].event, events[i].by_usec);

      g_test_message ("%s", sentence);
      g_assert_nonnull (strstr (sentence, events[i].words));
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clock-words/the hub", test_hub);
  g_test_add_func ("/clock-words/the computer", test_wall);
  g_test_add_func ("/clock-words/what happened", test_events);
  return g_test_run ();
}
