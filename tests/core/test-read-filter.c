/* test-read-filter.c: many reads of a chip are few crossings, in whatever order they came. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/read-filter.h"

#include "core/read-format.h"

#include <locale.h>

#define SECOND G_GINT64_CONSTANT (1000000)

typedef struct
{
  double seconds;
  int    strength;
} Given;

static GArray *
make_reads (const Given *given, gsize n)
{
  GArray *reads = g_array_new (FALSE, TRUE, sizeof (ConcFilterRead));

  for (gsize i = 0; i < n; i++)
    {
      ConcFilterRead read = { .at_usec = (gint64) (given[i].seconds * 1000) * 1000,
                              .order = i,
                              .strength = given[i].strength };

      g_array_append_val (reads, read);
    }
  return reads;
}

static void
shuffle (GRand *rand, GArray *reads)
{
  ConcFilterRead *items = (ConcFilterRead *) reads->data;

  for (guint i = reads->len; i > 1; i--)
    {
      guint          j = (guint) g_rand_int_range (rand, 0, (gint32) i);
      ConcFilterRead other = items[j];

      items[j] = items[i - 1];
      items[i - 1] = other;
    }
}

/* The orders of the reads that stand, one digit each. */
static char *
run (GArray *reads, ConcReadFilter filter, gint64 gap_usec, guint n_expected)
{
  GString *text = g_string_new (NULL);

  g_assert_cmpuint (conc_read_filter_run (filter, gap_usec, reads), ==, n_expected);
  for (guint i = 0; i < reads->len; i++)
    {
      const ConcFilterRead *read = &g_array_index (reads, ConcFilterRead, i);

      g_assert_cmpuint (read->crossing, <, n_expected);
      if (read->stands)
        g_string_append_printf (text, "%s%u", text->len > 0 ? " " : "", (guint) read->order);
    }
  return g_string_free (text, FALSE);
}

/* Two crossings of five and three reads; the second read of the first is the strongest. */
static const Given lap_and_finish[] = {
  { 100, -70 }, { 100.2, -40 }, { 100.4, -55 }, { 129, -70 },
  { 159, -80 }, { 400, -50 },   { 400, -50 },   { 400.5, -50 },
};

static void
test_filters (void)
{
  static const char *const expected[] = { "0 5", "4 7", "1 6" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (17);

  for (guint filter = 0; filter < G_N_ELEMENTS (expected); filter++)
    for (guint round = 0; round < 50; round++)
      {
        g_autoptr (GArray) reads = make_reads (lap_and_finish, G_N_ELEMENTS (lap_and_finish));
        g_autofree char *stands = NULL;

        shuffle (rand, reads);
        stands = run (reads, (ConcReadFilter) filter, 30 * SECOND, 2);
        g_assert_cmpstr (stands, ==, expected[filter]);
      }
}

static void
test_gap (void)
{
  static const struct
  {
    gint64      gap_usec;
    guint       n;
    const char *expected;
  } gaps[] = {
    { 0, 7, "0 1 2 3 4 5 7" }, { SECOND, 4, "0 3 4 5" }, { 30 * SECOND - 1, 3, "0 4 5" },
    { 30 * SECOND, 2, "0 5" }, { 241 * SECOND, 1, "0" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (gaps); i++)
    {
      g_autoptr (GArray) reads = make_reads (lap_and_finish, G_N_ELEMENTS (lap_and_finish));
      g_autofree char *stands = run (reads, CONC_READ_FILTER_FIRST, gaps[i].gap_usec, gaps[i].n);

      g_assert_cmpstr (stands, ==, gaps[i].expected);
    }
}

static void
test_middle (void)
{
  static const Given without[] = { { 1, CONC_READ_NO_STRENGTH },
                                   { 2, CONC_READ_NO_STRENGTH },
                                   { 3, CONC_READ_NO_STRENGTH },
                                   { 4, CONC_READ_NO_STRENGTH } };
  g_autoptr (GArray) reads = make_reads (without, G_N_ELEMENTS (without));
  g_autofree char *stands = run (reads, CONC_READ_FILTER_BEST, 30 * SECOND, 1);

  g_assert_cmpstr (stands, ==, "1");
  g_array_set_size (reads, 0);
  g_assert_cmpuint (conc_read_filter_run (CONC_READ_FILTER_BEST, 0, reads), ==, 0);
}

static void
test_names (void)
{
  ConcReadFilter filter;

  for (int i = 0; i <= CONC_READ_FILTER_BEST; i++)
    {
      g_assert_true (
          conc_read_filter_from_name (conc_read_filter_get_name ((ConcReadFilter) i), &filter));
      g_assert_cmpint (filter, ==, i);
    }
  g_assert_false (conc_read_filter_from_name ("middle", &filter));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/read-filter/first, last and best", test_filters);
  g_test_add_func ("/read-filter/a gap parts crossings", test_gap);
  g_test_add_func ("/read-filter/the middle without a strength", test_middle);
  g_test_add_func ("/read-filter/names", test_names);
  return g_test_run ();
}
