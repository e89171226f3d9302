/* rehearsal.c: the plan of a race day that never was. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rehearsal.h"

#include "core/rehearsal-people.h"

#include <math.h>

#define SECOND G_GINT64_CONSTANT (1000000)
#define MINUTE (60 * SECOND)

#define CHECK_IN_USEC (20 * MINUTE)
#define GUN_A_USEC (25 * MINUTE)
#define GUN_B_USEC (27 * MINUTE)
#define WALKERS_PERCENT 15
#define ABSENT_PERCENT 6
#define UNFINISHED_PERCENT 2
#define RUNNERS_PER_FAULT 60
#define RUNNERS_PER_GIFT 8
#define LEAST_GIFTS 3

/* Running times are the fastest one and a log-normal rest: with these the busiest minute brings
 * about 0.12 of the field, as it does in a 5K. */
#define RUN_FASTEST_MIN 16.0
#define RUN_REST_MIN 13.5
#define RUN_SPREAD 0.24
#define WALK_FASTEST_MIN 36.0
#define WALK_REST_MIN 11.0
#define WALK_SPREAD 0.35

/* One hand on the space bar, and bibs typed a few seconds behind it. A tap made by mistake is taken
 * back before its bib would be typed. */
#define TAP_GAP_USEC (SECOND / 10)
#define BIB_DELAY_USEC (4 * SECOND)
#define BIB_GAP_USEC (SECOND * 6 / 5)
#define SECOND_TAP_USEC (SECOND * 3 / 10)
#define UNDO_USEC (2 * SECOND)
#define MEND_USEC (12 * SECOND)

typedef struct
{
  guint  index;
  gint64 at_usec;
} Finish;

typedef struct
{
  GRand     *random;
  GPtrArray *steps;
  GArray    *finishes;
  guint      n_runners;
  guint      n_taps;
} Plan;

static void
step_free (gpointer data)
{
  ConcRehearsalStep *step = data;

  conc_runner_free (step->runner);
  conc_gift_free (step->gift);
  g_free (step);
}

static ConcRehearsalStep *
add_step (Plan *plan, ConcRehearsalKind kind, gint64 after_usec)
{
  ConcRehearsalStep *step = g_new0 (ConcRehearsalStep, 1);

  step->kind = kind;
  step->after_usec = after_usec;
  step->order = plan->steps->len;
  g_ptr_array_add (plan->steps, step);
  return step;
}

static gboolean
happens (Plan *plan, guint percent)
{
  return g_rand_int_range (plan->random, 0, 100) < (gint32) percent;
}

static gint64
pick_usec (Plan *plan, gint64 from_usec, gint64 to_usec)
{
  return from_usec + (gint64) (g_rand_double (plan->random) * (double) (to_usec - from_usec));
}

/* Box and Muller's way to a normal deviate. */
static double
pick_normal (Plan *plan)
{
  double radius = sqrt (-2.0 * log (1.0 - g_rand_double (plan->random)));

  return radius * cos (2.0 * G_PI * g_rand_double (plan->random));
}

static gint64
pick_race_usec (Plan *plan, gboolean walks)
{
  double fastest = walks ? WALK_FASTEST_MIN : RUN_FASTEST_MIN;
  double rest = walks ? WALK_REST_MIN : RUN_REST_MIN;
  double spread = walks ? WALK_SPREAD : RUN_SPREAD;

  return (gint64) ((fastest + rest * exp (spread * pick_normal (plan))) * (double) MINUTE);
}

static void
plan_finish (Plan *plan, guint index, gboolean walks, gboolean is_late)
{
  gint64 gun_usec = walks ? GUN_B_USEC : GUN_A_USEC;
  Finish finish = { index, gun_usec };

  if (is_late)
    {
      finish.at_usec += pick_usec (plan, 3 * MINUTE, 6 * MINUTE);
      add_step (plan, CONC_REHEARSAL_START, finish.at_usec)->index = index;
    }
  finish.at_usec += pick_race_usec (plan, walks);
  g_array_append_val (plan->finishes, finish);
}

static void
plan_runner (Plan *plan, guint index)
{
  gboolean           walks = happens (plan, WALKERS_PERCENT);
  ConcRehearsalStep *step = add_step (plan, CONC_REHEARSAL_REGISTER, 0);

  step->index = index;
  step->runner = conc_rehearsal_make_runner (plan->random, index, walks);
  if (index != 0 && happens (plan, ABSENT_PERCENT))
    return;
  add_step (plan, CONC_REHEARSAL_CHECK_IN, pick_usec (plan, SECOND, CHECK_IN_USEC))->index = index;
  if (index == 0 || !happens (plan, UNFINISHED_PERCENT))
    plan_finish (plan, index, walks, index % RUNNERS_PER_FAULT == RUNNERS_PER_FAULT / 2);
}

static int
compare_finishes (gconstpointer a, gconstpointer b)
{
  const Finish *first = a;
  const Finish *second = b;

  if (first->at_usec != second->at_usec)
    return first->at_usec < second->at_usec ? -1 : 1;
  return first->index < second->index ? -1 : 1;
}

static guint
plan_tap (Plan *plan, gint64 at_usec)
{
  add_step (plan, CONC_REHEARSAL_TAP, at_usec)->tap = plan->n_taps;
  return plan->n_taps++;
}

static void
plan_double_tap (Plan *plan, gint64 at_usec)
{
  guint tap = plan_tap (plan, at_usec + SECOND_TAP_USEC);

  add_step (plan, CONC_REHEARSAL_UNDO_TAP, at_usec + UNDO_USEC)->tap = tap;
}

static void
plan_bib (Plan *plan, guint index, guint tap, gint64 at_usec, gboolean is_wrong)
{
  ConcRehearsalStep *step;

  if (!is_wrong)
    {
      add_step (plan, CONC_REHEARSAL_BIB, at_usec)->index = index;
      return;
    }
  add_step (plan, CONC_REHEARSAL_WRONG_BIB, at_usec)->tap = tap;
  step = add_step (plan, CONC_REHEARSAL_MEND_BIB, at_usec + MEND_USEC);
  step->index = index;
  step->tap = tap;
}

/* More people type where more runners come, so that the typing never falls far behind. */
static gint64
get_bib_gap (guint n_runners)
{
  return MIN (BIB_GAP_USEC, 250 * SECOND / n_runners);
}

static void
plan_line (Plan *plan)
{
  gint64 gap_usec = get_bib_gap (plan->n_runners);
  gint64 tapped_usec = 0, typed_usec = 0;

  g_array_sort (plan->finishes, compare_finishes);
  for (guint i = 0; i < plan->finishes->len; i++)
    {
      const Finish *finish = &g_array_index (plan->finishes, Finish, i);
      gint64        seen_usec;
      guint         tap;

      tapped_usec = MAX (finish->at_usec, tapped_usec + TAP_GAP_USEC);
      seen_usec = tapped_usec + pick_usec (plan, BIB_DELAY_USEC, BIB_DELAY_USEC + 2 * SECOND);
      typed_usec = MAX (seen_usec, typed_usec + gap_usec);
      tap = plan_tap (plan, tapped_usec);
      if (i % RUNNERS_PER_FAULT == 2)
        plan_double_tap (plan, tapped_usec);
      plan_bib (plan, finish->index, tap, typed_usec, i % RUNNERS_PER_FAULT == 5);
    }
}

static void
plan_gifts (Plan *plan, gint64 end_usec)
{
  guint n_gifts = MAX (LEAST_GIFTS, plan->n_runners / RUNNERS_PER_GIFT);

  for (guint i = 0; i < n_gifts; i++)
    add_step (plan, CONC_REHEARSAL_GIFT, pick_usec (plan, SECOND, end_usec))->gift =
        conc_rehearsal_make_gift (plan->random);
}

static int
compare_steps_cb (gconstpointer a, gconstpointer b)
{
  const ConcRehearsalStep *first = *(const ConcRehearsalStep *const *) a;
  const ConcRehearsalStep *second = *(const ConcRehearsalStep *const *) b;

  if (first->after_usec != second->after_usec)
    return first->after_usec < second->after_usec ? -1 : 1;
  return first->order < second->order ? -1 : first->order > second->order;
}

/**
 * conc_rehearsal_plan:
 * @n_runners: how many register, 1 to %CONC_REHEARSAL_MAX_RUNNERS
 * @seed: the same seed gives the same day
 *
 * A race day with what happens on race days: some do not come, some do not finish, somebody comes
 * late to the start, a key is pressed twice, a bib is typed wrong. The bibs are typed in the order
 * of the taps, so that each is for the oldest tap without one.
 *
 * Returns: (transfer full) (element-type ConcRehearsalStep): the steps in the order of time.
 *   Any thread. Cost: n log n.
 */
GPtrArray *
conc_rehearsal_plan (guint n_runners, guint32 seed)
{
  Plan   plan = { g_rand_new_with_seed (seed), NULL, NULL, n_runners, 0 };
  gint64 end_usec = GUN_B_USEC;

  g_return_val_if_fail (n_runners >= 1 && n_runners <= CONC_REHEARSAL_MAX_RUNNERS, NULL);

  plan.steps = g_ptr_array_new_with_free_func (step_free);
  plan.finishes = g_array_new (FALSE, FALSE, sizeof (Finish));
  for (guint i = 0; i < n_runners; i++)
    plan_runner (&plan, i);
  add_step (&plan, CONC_REHEARSAL_ASSIGN, 0);
  add_step (&plan, CONC_REHEARSAL_GUN, GUN_A_USEC)->wave = "A";
  add_step (&plan, CONC_REHEARSAL_GUN, GUN_B_USEC)->wave = "B";
  plan_line (&plan);
  for (guint i = 0; i < plan.steps->len; i++)
    end_usec =
        MAX (end_usec, ((ConcRehearsalStep *) g_ptr_array_index (plan.steps, i))->after_usec);
  plan_gifts (&plan, end_usec);
  g_ptr_array_sort (plan.steps, compare_steps_cb);
  g_array_unref (plan.finishes);
  g_rand_free (plan.random);
  return plan.steps;
}
