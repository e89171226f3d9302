/* problems.c: what a person must look at before the results can be trusted. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/problems-private.h"

#include "core/race-time.h"
#include "core/runner.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Times of day and spans are told as they decide. */
#define DIGITS 2
#define HUNDREDTH_USEC 10000

static const struct
{
  const char *text;
  const char *title;
} kinds[CONC_N_RACE_PROBLEMS] = {
  [CONC_RACE_PROBLEM_WAVE_START] = { "wave-start", N_ ("Start of a wave") },
  [CONC_RACE_PROBLEM_NO_GUN] = { "no-gun", N_ ("No gun") },
  [CONC_RACE_PROBLEM_GUN_DIFFERS] = { "gun-differs", N_ ("Two times of one gun") },
  [CONC_RACE_PROBLEM_BEFORE_GUN] = { "before-gun", N_ ("Before the gun") },
  [CONC_RACE_PROBLEM_TOO_FAST] = { "too-fast", N_ ("Impossible time") },
  [CONC_RACE_PROBLEM_TWO_PLACES] = { "two-places", N_ ("Twice at the line") },
  [CONC_RACE_PROBLEM_UNKNOWN_BIB] = { "unknown-bib", N_ ("Unknown bib") },
  [CONC_RACE_PROBLEM_NEVER_STARTED] = { "never-started", N_ ("Never started") },
  [CONC_RACE_PROBLEM_RULED_OUT] = { "ruled-out", N_ ("Ruled out, and finished") },
  [CONC_RACE_PROBLEM_SHORT_LAP] = { "short-lap", N_ ("Short lap") },
  [CONC_RACE_PROBLEM_MISSED_LAP] = { "missed-lap", N_ ("Missed lap") },
  [CONC_RACE_PROBLEM_SAME_TIME] = { "same-time", N_ ("Same time") },
  [CONC_RACE_PROBLEM_START_IGNORED] = { "start-ignored", N_ ("Own start after the finish") },
  [CONC_RACE_PROBLEM_NO_BIB] = { "no-bib", N_ ("Time without a bib") },
  [CONC_RACE_PROBLEM_NO_TIME] = { "no-time", N_ ("Bib without a time") },
  [CONC_RACE_PROBLEM_NO_DIVISION] = { "no-division", N_ ("No division") },
};

/** conc_race_problem_kind_to_text: Returns: (transfer none): the word for scripts, like
 * "two-places". */
const char *
conc_race_problem_kind_to_text (ConcRaceProblemKind kind)
{
  g_return_val_if_fail ((guint) kind < CONC_N_RACE_PROBLEMS, NULL);
  return kinds[kind].text;
}

/** conc_race_problem_kind_get_title: Returns: (transfer none): a few translated words. Any thread.
 */
const char *
conc_race_problem_kind_get_title (ConcRaceProblemKind kind)
{
  g_return_val_if_fail ((guint) kind < CONC_N_RACE_PROBLEMS, NULL);
  return _ (kinds[kind].title);
}

/** conc_race_problem_free: frees @problem, which may be %NULL. */
void
conc_race_problem_free (ConcRaceProblem *problem)
{
  if (problem == NULL)
    return;
  g_free (problem->key);
  g_free (problem->fact);
  g_free (problem->sentence);
  g_free (problem->advice);
  g_free (problem);
}

/** conc_race_problem_runner_free: frees @runner, which may be %NULL. */
void
conc_race_problem_runner_free (ConcRaceProblemRunner *runner)
{
  if (runner == NULL)
    return;
  g_free (runner->name);
  g_free (runner->event);
  g_free (runner);
}

/* ------------------------------------------------------------------- what the parts use */

/**
 * conc_race_problem_add:
 * @sentence: (transfer full): what is wrong
 * @advice: (transfer full): what can be done
 *
 * Returns: (transfer none): the problem, of nobody and of no time yet.
 */
ConcRaceProblem *
conc_race_problem_add (ConcRaceProblemSearch *search,
                       ConcRaceProblemKind    kind,
                       char                  *sentence,
                       char                  *advice)
{
  ConcRaceProblem *problem = g_new0 (ConcRaceProblem, 1);

  problem->kind = kind;
  problem->at_usec = CONC_NO_TIME;
  problem->sentence = sentence;
  problem->advice = advice;
  g_ptr_array_add (search->problems, problem);
  return problem;
}

/* What a reader sent has a name that the crossing alone does not tell. */
static char *
dup_crossing_name (const ConcRaceProblemSearch *search, guint bib, const ConcCrossing *crossing)
{
  const GArray *taps = search->input->taps;
  guint         low = 0;
  guint         high = taps != NULL ? taps->len : 0;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (taps, ConcRaceProblemTime, middle).at_usec < crossing->at_usec)
        low = middle + 1;
      else
        high = middle;
    }
  for (; taps != NULL && low < taps->len; low++)
    {
      const ConcRaceProblemTime *tap = &g_array_index (taps, ConcRaceProblemTime, low);

      if (tap->at_usec != crossing->at_usec)
        break;
      if (tap->bib == bib)
        return g_strdup (tap->fact);
    }
  return conc_fact_id_to_text (&crossing->fact);
}

/**
 * conc_race_problem_add_of:
 * @crossing: (nullable): which crossing it is about
 *
 * As conc_race_problem_add(), about an entrant.
 */
ConcRaceProblem *
conc_race_problem_add_of (ConcRaceProblemSearch *search,
                          ConcRaceProblemKind    kind,
                          const ConcResult      *result,
                          const ConcCrossing    *crossing,
                          char                  *sentence,
                          char                  *advice)
{
  ConcRaceProblem *problem = conc_race_problem_add (search, kind, sentence, advice);

  problem->key = g_strdup (result->entrant->key);
  problem->bib = result->entrant->bib;
  if (crossing == NULL)
    return problem;
  problem->fact = dup_crossing_name (search, problem->bib, crossing);
  problem->at_usec = crossing->at_usec;
  return problem;
}

/** conc_race_problem_get_runner: Returns: (transfer none) (nullable): what else is known of them.
 */
const ConcRaceProblemRunner *
conc_race_problem_get_runner (const ConcRaceProblemSearch *search, const ConcResult *result)
{
  GHashTable *runners = search->input->runners;

  return runners != NULL ? g_hash_table_lookup (runners, result->entrant->key) : NULL;
}

/** conc_race_problem_dup_who: Returns: (transfer full): "Bib 11 (Ada Ash)". */
char *
conc_race_problem_dup_who (const ConcRaceProblemSearch *search, const ConcResult *result)
{
  const ConcRaceProblemRunner *runner = conc_race_problem_get_runner (search, result);

  if (runner == NULL || runner->name == NULL || *runner->name == '\0')
    return g_strdup_printf (_ ("Bib %u"), result->entrant->bib);
  if (result->entrant->bib == 0)
    return g_strdup (runner->name);
  return g_strdup_printf (_ ("Bib %u (%s)"), result->entrant->bib, runner->name);
}

/** conc_race_problem_dup_clock: Returns: (transfer full): the time of day, "10:24:31.20". */
char *
conc_race_problem_dup_clock (const ConcRaceProblemSearch *search, gint64 usec)
{
  return conc_time_format_clock (usec, search->input->zone, DIGITS);
}

/** conc_race_problem_dup_span: Returns: (transfer full): a duration cut to hundredths, "24:31.20".
 */
char *
conc_race_problem_dup_span (gint64 usec)
{
  return conc_duration_format (ABS (usec) / HUNDREDTH_USEC * HUNDREDTH_USEC,
                               CONC_ROUND_UP_HUNDREDTH);
}

/** conc_race_problem_compare_usec: a GCompareFunc of gint64. */
int
conc_race_problem_compare_usec (gconstpointer a, gconstpointer b)
{
  gint64 one = *(const gint64 *) a;
  gint64 two = *(const gint64 *) b;

  return one < two ? -1 : one > two;
}

/** conc_race_problem_median: sorts @times, at least one of gint64. Returns: the one in the middle,
 * the lower of two. */
gint64
conc_race_problem_median (GArray *times)
{
  g_array_sort (times, conc_race_problem_compare_usec);
  return g_array_index (times, gint64, (times->len - 1) / 2);
}

/* ------------------------------------------------------------------- taps and chute bibs */

static void
find_unmatched (ConcRaceProblemSearch *search)
{
  const GArray *taps = search->input->taps;

  for (guint i = 0; taps != NULL && i < taps->len; i++)
    {
      const ConcRaceProblemTime *tap = &g_array_index (taps, ConcRaceProblemTime, i);
      g_autofree char           *at = NULL;
      ConcRaceProblem           *problem;

      if (tap->bib != 0)
        continue;
      at = conc_race_problem_dup_clock (search, tap->at_usec);
      problem = conc_race_problem_add (
          search, CONC_RACE_PROBLEM_NO_BIB,
          g_strdup_printf (_ ("Somebody crossed the line at %s, and has no bib yet."), at),
          g_strdup (_ ("Give the bib that was read in the chute, or take the tap back if nobody "
                       "crossed.")));
      problem->fact = g_strdup (tap->fact);
      problem->at_usec = tap->at_usec;
    }
}

static char *
describe_untimed (const ConcRaceProblemTime *entry, const char *at)
{
  if (entry->bib != 0)
    return g_strdup_printf (_ ("Bib %u came through the chute at %s, and there is no tap for it."),
                            entry->bib, at);
  return g_strdup_printf (
      _ ("A bib that was not read came through the chute at %s, and there is no tap for it."), at);
}

static void
find_untimed (ConcRaceProblemSearch *search)
{
  const GArray *chute = search->input->chute;

  for (guint i = 0; chute != NULL && i < chute->len; i++)
    {
      const ConcRaceProblemTime *entry = &g_array_index (chute, ConcRaceProblemTime, i);
      g_autofree char           *at = conc_race_problem_dup_clock (search, entry->at_usec);
      ConcRaceProblem           *problem;

      problem = conc_race_problem_add (
          search, CONC_RACE_PROBLEM_NO_TIME, describe_untimed (entry, at),
          g_strdup (_ ("Look on the ladder where a tap is missing before it, or put the time in "
                       "from another watch.")));
      problem->fact = g_strdup (entry->fact);
      problem->bib = entry->bib;
      problem->at_usec = entry->at_usec;
    }
}

static void
add_same_time (ConcRaceProblemSearch     *search,
               const ConcRaceProblemTime *a,
               const ConcRaceProblemTime *b)
{
  g_autofree char *at = conc_race_problem_dup_clock (search, b->at_usec);
  ConcRaceProblem *problem = conc_race_problem_add (
      search, CONC_RACE_PROBLEM_SAME_TIME,
      g_strdup_printf (_ ("Bib %u and bib %u crossed the line in the same hundredth, at %s, and "
                          "their times come from different sources."),
                       a->bib, b->bib, at),
      g_strdup (_ ("One runner may have been taken twice: see whose bib is wrong.")));

  problem->bib = b->bib;
  problem->fact = g_strdup (b->fact);
  problem->at_usec = b->at_usec;
}

/* Two who tap at one line never do so in one hundredth by two sources; one runner, taken by both,
 * does. */
static void
find_same_times (ConcRaceProblemSearch *search)
{
  const GArray *taps = search->input->taps;

  for (guint i = 1; taps != NULL && i < taps->len; i++)
    {
      const ConcRaceProblemTime *a = &g_array_index (taps, ConcRaceProblemTime, i - 1);
      const ConcRaceProblemTime *b = &g_array_index (taps, ConcRaceProblemTime, i);

      if (a->bib != 0 && b->bib != 0 && a->bib != b->bib &&
          a->at_usec / HUNDREDTH_USEC == b->at_usec / HUNDREDTH_USEC &&
          g_strcmp0 (a->source, b->source) != 0)
        add_same_time (search, a, b);
    }
}

/* ------------------------------------------------------------------------------ all */

static gboolean
expects_check_in (const ConcRaceProblemSearch *search)
{
  guint      n_crossed = 0;
  guint      n_checked_in = 0;
  ConcResult result;

  for (guint n = 0; conc_scoreboard_get_nth (search->input->board, n, &result); n++)
    {
      const ConcRaceProblemRunner *runner = conc_race_problem_get_runner (search, &result);

      if (runner == NULL || result.entrant->crossing_count == 0)
        continue;
      n_crossed++;
      if (runner->is_checked_in)
        n_checked_in++;
    }
  return n_checked_in * 2 > n_crossed;
}

static int
compare_problems_cb (gconstpointer a, gconstpointer b)
{
  const ConcRaceProblem *one = *(ConcRaceProblem *const *) a;
  const ConcRaceProblem *two = *(ConcRaceProblem *const *) b;

  if (one->kind != two->kind)
    return one->kind < two->kind ? -1 : 1;
  if (one->at_usec != two->at_usec)
    return one->at_usec < two->at_usec ? -1 : 1;
  if (one->bib != two->bib)
    return one->bib < two->bib ? -1 : 1;
  return g_strcmp0 (one->sentence, two->sentence);
}

static void
free_problem_cb (gpointer problem)
{
  conc_race_problem_free (problem);
}

/**
 * conc_race_problems_find:
 * @input: the board of a moment, and what else is known then
 *
 * A pure function: the same race has the same problems in the same order. A problem is a question
 * to a person; nothing is changed and nothing is left out of the results because of it. Where the
 * start of a wave is believed to be wrong, that is told once and not of each of its runners. That
 * somebody did not check in is told only in a race where more than half of those who crossed the
 * line did.
 *
 * Returns: (transfer full) (element-type ConcRaceProblem): the gravest kind first, in each by time
 * and bib; empty when there is nothing to look at. Any thread. Cost: about a microsecond a
 * crossing.
 */
GPtrArray *
conc_race_problems_find (const ConcRaceProblemInput *input)
{
  g_autoptr (GHashTable) suspect_waves = g_hash_table_new (g_str_hash, g_str_equal);
  ConcRaceProblemSearch search = { .input = input, .suspect_waves = suspect_waves };
  ConcResult            result;

  search.problems = g_ptr_array_new_with_free_func (free_problem_cb);
  search.expects_check_in = expects_check_in (&search);
  conc_race_problems_find_waves (&search);
  for (guint n = 0; conc_scoreboard_get_nth (input->board, n, &result); n++)
    conc_race_problems_find_of_runner (&search, &result);
  find_unmatched (&search);
  find_untimed (&search);
  find_same_times (&search);
  g_ptr_array_sort (search.problems, compare_problems_cb);
  return search.problems;
}
