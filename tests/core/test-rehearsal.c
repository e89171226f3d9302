/* test-rehearsal.c: tests of the plan of a race day that never was. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rehearsal.h"

#include <locale.h>
#include <string.h>

#define MINUTE G_GINT64_CONSTANT (60000000)

#define STEP(steps, i) ((const ConcRehearsalStep *) g_ptr_array_index (steps, i))

static void
test_order (void)
{
  g_autoptr (GPtrArray) steps = conc_rehearsal_plan (300, 1);

  for (guint i = 1; i < steps->len; i++)
    g_assert_cmpint (STEP (steps, i - 1)->after_usec, <=, STEP (steps, i)->after_usec);
  g_assert_cmpint (STEP (steps, 0)->kind, ==, CONC_REHEARSAL_REGISTER);
}

static char *
dup_digest (guint n_runners, guint32 seed)
{
  g_autoptr (GPtrArray) steps = conc_rehearsal_plan (n_runners, seed);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < steps->len; i++)
    {
      const ConcRehearsalStep *step = STEP (steps, i);

      g_string_append_printf (text, "%d %" G_GINT64_FORMAT " %u %u", step->kind, step->after_usec,
                              step->index, step->tap);
      if (step->runner != NULL)
        g_string_append (text, conc_runner_get (step->runner, CONC_FIELD_GIVEN_NAME));
    }
  return g_string_free (text, FALSE);
}

static void
test_seed (void)
{
  g_autofree char *first = dup_digest (50, 7);
  g_autofree char *again = dup_digest (50, 7);
  g_autofree char *other = dup_digest (50, 8);

  g_assert_cmpstr (first, ==, again);
  g_assert_cmpstr (first, !=, other);
}

static void
test_busiest_minute (void)
{
  g_autoptr (GPtrArray) steps = conc_rehearsal_plan (1000, 3);
  guint per_minute[240] = { 0 };
  guint busiest = 0;

  for (guint i = 0; i < steps->len; i++)
    if (STEP (steps, i)->kind == CONC_REHEARSAL_TAP)
      {
        guint minute = (guint) (STEP (steps, i)->after_usec / MINUTE);

        g_assert_cmpuint (minute, <, G_N_ELEMENTS (per_minute));
        busiest = MAX (busiest, ++per_minute[minute]);
      }
  g_assert_cmpuint (busiest, >=, 80);
  g_assert_cmpuint (busiest, <=, 160);
}

/* Plays the plan as the timing table would: a bib is for the oldest tap without one. */
static void
test_bibs_meet_their_taps (void)
{
  g_autoptr (GPtrArray) steps = conc_rehearsal_plan (2000, 5);
  g_autoptr (GArray) waiting = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GHashTable) wrong = g_hash_table_new (NULL, NULL);
  guint n_kinds[CONC_REHEARSAL_GIFT + 1] = { 0 };

  for (guint i = 0; i < steps->len; i++)
    {
      const ConcRehearsalStep *step = STEP (steps, i);

      n_kinds[step->kind]++;
      if (step->kind == CONC_REHEARSAL_TAP)
        g_array_append_val (waiting, step->tap);
      else if (step->kind == CONC_REHEARSAL_UNDO_TAP)
        {
          g_assert_cmpuint (waiting->len, >, 0);
          for (guint j = 0; j < waiting->len; j++)
            if (g_array_index (waiting, guint, j) == step->tap)
              g_array_remove_index (waiting, j--);
        }
      else if (step->kind == CONC_REHEARSAL_BIB || step->kind == CONC_REHEARSAL_WRONG_BIB)
        {
          g_assert_cmpuint (waiting->len, >, 0);
          if (step->kind == CONC_REHEARSAL_WRONG_BIB)
            {
              g_assert_cmpuint (g_array_index (waiting, guint, 0), ==, step->tap);
              g_hash_table_add (wrong, GUINT_TO_POINTER (step->tap));
            }
          g_array_remove_index (waiting, 0);
        }
      else if (step->kind == CONC_REHEARSAL_MEND_BIB)
        g_assert_true (g_hash_table_remove (wrong, GUINT_TO_POINTER (step->tap)));
    }
  g_assert_cmpuint (waiting->len, ==, 0);
  g_assert_cmpuint (g_hash_table_size (wrong), ==, 0);
  for (guint kind = 0; kind < G_N_ELEMENTS (n_kinds); kind++)
    g_assert_cmpuint (n_kinds[kind], >, 0);
}

static void
test_everyone_is_made_up (void)
{
  g_autoptr (GPtrArray) steps = conc_rehearsal_plan (500, 2);

  for (guint i = 0; i < steps->len; i++)
    {
      const ConcRunner *runner = STEP (steps, i)->runner;

      if (runner == NULL)
        continue;
      g_assert_true (g_str_has_suffix (conc_runner_get (runner, CONC_FIELD_EMAIL), "@example.org"));
      g_assert_true (g_str_is_ascii (conc_runner_get (runner, CONC_FIELD_EMAIL)));
      g_assert_nonnull (strstr (conc_runner_get (runner, CONC_FIELD_PHONE), "-555-"));
      g_assert_nonnull (conc_runner_get (runner, CONC_FIELD_FAMILY_NAME));
    }
}

static void
test_one_runner (void)
{
  g_autoptr (GPtrArray) steps = conc_rehearsal_plan (1, 1);
  guint n_taps = 0;

  for (guint i = 0; i < steps->len; i++)
    if (STEP (steps, i)->kind == CONC_REHEARSAL_TAP)
      n_taps++;
  g_assert_cmpuint (n_taps, ==, 1);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/rehearsal/a race of one runner", test_one_runner);
  g_test_add_func ("/rehearsal/steps are in the order of time", test_order);
  g_test_add_func ("/rehearsal/one seed gives one day", test_seed);
  g_test_add_func ("/rehearsal/the busiest minute is that of a 5K", test_busiest_minute);
  g_test_add_func ("/rehearsal/each bib is for the oldest tap", test_bibs_meet_their_taps);
  g_test_add_func ("/rehearsal/everyone is made up", test_everyone_is_made_up);
  return g_test_run ();
}
