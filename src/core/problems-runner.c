/* problems-runner.c: what is wrong with the crossings of one entrant. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/problems-private.h"

#include "core/race-time.h"
#include "core/world-best.h"

#include <glib/gi18n-lib.h>

static const ConcCrossing *
get_finish (const ConcResult *result)
{
  for (guint i = 0; i < result->entrant->crossing_count; i++)
    if (result->entrant->crossings[i].at_usec == result->finish_usec)
      return &result->entrant->crossings[i];
  return NULL;
}

/* The shorter of the times that are published, without the penalty. */
static gint64
get_run_usec (const ConcResult *result)
{
  gint64 usec = result->gun_usec;

  if (usec == CONC_NO_TIME || (result->net_usec != CONC_NO_TIME && result->net_usec < usec))
    usec = result->net_usec;
  return usec != CONC_NO_TIME ? usec - result->entrant->penalty_usec : CONC_NO_TIME;
}

/** conc_race_problem_is_too_fast: Returns: whether nobody has ever run the race in that time. */
gboolean
conc_race_problem_is_too_fast (const ConcRules *rules, const ConcResult *result)
{
  gint64 usec = get_run_usec (result);

  return usec != CONC_NO_TIME &&
         usec < conc_world_best_usec (rules->distance_mm, result->entrant->sex);
}

/** conc_race_problem_is_before_gun: Returns: whether the runner crossed the line only before the
 * gun. */
gboolean
conc_race_problem_is_before_gun (const ConcScoreboard *board, const ConcResult *result)
{
  guint                  count;
  const ConcCrossingUse *uses = conc_scoreboard_get_uses (board, result->entrant->key, &count);

  for (guint i = 0; i < count; i++)
    if (uses[i] != CONC_CROSSING_BEFORE_GUN)
      return FALSE;
  return count > 0;
}

static void
find_before_gun (ConcRaceProblemSearch *search, const ConcResult *result)
{
  const ConcEntrant  *entrant = result->entrant;
  const ConcCrossing *last = &entrant->crossings[entrant->crossing_count - 1];
  gint64              gun_usec = conc_scoreboard_get_start (search->input->board, entrant->wave);
  g_autofree char    *who = conc_race_problem_dup_who (search, result);
  g_autofree char    *at = conc_race_problem_dup_clock (search, last->at_usec);
  g_autofree char    *span = conc_race_problem_dup_span (gun_usec - last->at_usec);

  conc_race_problem_add_of (
      search, CONC_RACE_PROBLEM_BEFORE_GUN, result, last,
      g_strdup_printf (_ ("%s crossed the line at %s, which is %s before the gun of the wave, and "
                          "has no other crossing."),
                       who, at, span),
      g_strdup (_ ("See whether the bib, the wave or the gun is wrong.")));
}

static void
find_too_fast (ConcRaceProblemSearch *search, const ConcResult *result)
{
  const ConcRules *rules = conc_scoreboard_get_rules (search->input->board);
  g_autofree char *who = conc_race_problem_dup_who (search, result);
  g_autofree char *span = conc_race_problem_dup_span (get_run_usec (result));
  g_autofree char *best =
      conc_race_problem_dup_span (conc_world_best_usec (rules->distance_mm, result->entrant->sex));

  conc_race_problem_add_of (
      search, CONC_RACE_PROBLEM_TOO_FAST, result, get_finish (result),
      g_strdup_printf (_ ("%s finished in %s, and nobody has ever run this distance below %s."),
                       who, span, best),
      g_strdup (_ ("See whether the bib, the wave or the gun is wrong, or whether the course was "
                   "cut.")));
}

static void
add_second_place (ConcRaceProblemSearch *search,
                  const ConcResult      *result,
                  const ConcCrossing    *crossing)
{
  g_autofree char *who = conc_race_problem_dup_who (search, result);
  g_autofree char *at = conc_race_problem_dup_clock (search, crossing->at_usec);
  g_autofree char *finish = conc_race_problem_dup_clock (search, result->finish_usec);
  g_autofree char *span = conc_race_problem_dup_span (crossing->at_usec - result->finish_usec);

  conc_race_problem_add_of (
      search, CONC_RACE_PROBLEM_TWO_PLACES, result, crossing,
      g_strdup_printf (_ ("%s finished at %s and crossed the line again at %s, %s "
                          "later. Only the first counts."),
                       who, finish, at, span),
      g_strdup (_ ("See whose time the other one is: perhaps a bib was read wrong, "
                   "or read twice.")));
}

/* The same bib at two places: one of the two times is somebody else's, or nobody's. */
static void
find_two_places (ConcRaceProblemSearch *search, const ConcResult *result)
{
  guint                  count;
  const ConcCrossingUse *uses =
      conc_scoreboard_get_uses (search->input->board, result->entrant->key, &count);

  for (guint i = 0; i < count; i++)
    if (uses[i] == CONC_CROSSING_AFTER_FINISH)
      add_second_place (search, result, &result->entrant->crossings[i]);
}

static void
find_unknown (ConcRaceProblemSearch *search, const ConcResult *result)
{
  const ConcEntrant  *entrant = result->entrant;
  const ConcCrossing *crossing = get_finish (result);
  g_autofree char    *at = NULL;

  if (crossing == NULL)
    crossing = &entrant->crossings[entrant->crossing_count - 1];
  at = conc_race_problem_dup_clock (search, crossing->at_usec);
  conc_race_problem_add_of (
      search, CONC_RACE_PROBLEM_UNKNOWN_BIB, result, crossing,
      g_strdup_printf (_ ("Bib %u crossed the line at %s, and nobody is registered for it. It is "
                          "kept and listed."),
                       entrant->bib, at),
      g_strdup (_ ("Correct the bib if it was read wrong, or register the runner with it.")));
}

static char *
dup_absence (const ConcRaceProblemSearch *search,
             const ConcResult            *result,
             const char                  *who,
             const char                  *at)
{
  const ConcRaceProblemRunner *runner = conc_race_problem_get_runner (search, result);

  if (result->entrant->status == CONC_ENTRANT_DNS)
    return g_strdup_printf (_ ("%s crossed the line at %s, and is ruled not to have started."), who,
                            at);
  if (runner == NULL)
    return NULL;
  if (runner->is_no_show)
    return g_strdup_printf (
        _ ("%s crossed the line at %s, and is marked as one who does not come."), who, at);
  if (search->expects_check_in && !runner->is_checked_in &&
      result->entrant->own_start_usec == CONC_NO_TIME)
    return g_strdup_printf (_ ("%s crossed the line at %s, and never checked in."), who, at);
  return NULL;
}

static void
find_never_started (ConcRaceProblemSearch *search, const ConcResult *result)
{
  const ConcEntrant  *entrant = result->entrant;
  const ConcCrossing *last = &entrant->crossings[entrant->crossing_count - 1];
  g_autofree char    *who = conc_race_problem_dup_who (search, result);
  g_autofree char    *at = conc_race_problem_dup_clock (search, last->at_usec);
  char               *sentence = dup_absence (search, result, who, at);

  if (sentence != NULL)
    conc_race_problem_add_of (
        search, CONC_RACE_PROBLEM_NEVER_STARTED, result, last, sentence,
        g_strdup (_ ("Correct the bib if it was read wrong; else check the runner in.")));
}

static void
find_ruled_out (ConcRaceProblemSearch *search, const ConcResult *result)
{
  g_autofree char *who = conc_race_problem_dup_who (search, result);
  g_autofree char *at = conc_race_problem_dup_clock (search, result->finish_usec);

  conc_race_problem_add_of (
      search, CONC_RACE_PROBLEM_RULED_OUT, result, get_finish (result),
      g_strdup_printf (_ ("%s finished at %s, and is ruled not to have finished."), who, at),
      g_strdup (_ ("Take the ruling back, or correct the bib if it was read wrong.")));
}

static char *
dup_no_division (const ConcEntrant *entrant, const char *who)
{
  gboolean no_sex = entrant->sex == CONC_SEX_UNKNOWN;
  gboolean no_age = entrant->age < 0;

  if (no_sex && no_age)
    return g_strdup_printf (_ ("%s: sex and age are missing, so there is no division."), who);
  if (no_sex)
    return g_strdup_printf (_ ("%s: the sex is missing, so there is no division."), who);
  return no_age ? g_strdup_printf (_ ("%s: the age is missing, so there is no division."), who)
                : NULL;
}

static void
find_division (ConcRaceProblemSearch *search, const ConcResult *result)
{
  g_autofree char *who = conc_race_problem_dup_who (search, result);
  char            *sentence = dup_no_division (result->entrant, who);

  if (sentence != NULL)
    conc_race_problem_add_of (search, CONC_RACE_PROBLEM_NO_DIVISION, result, NULL, sentence,
                              g_strdup (_ ("Complete the registration.")));
}

static void
find_of_finisher (ConcRaceProblemSearch *search, const ConcResult *result)
{
  const ConcRules *rules = conc_scoreboard_get_rules (search->input->board);

  find_two_places (search, result);
  if (result->entrant->status == CONC_ENTRANT_DNF)
    find_ruled_out (search, result);
  if (result->start_ignored)
    {
      g_autofree char *who = conc_race_problem_dup_who (search, result);

      conc_race_problem_add_of (
          search, CONC_RACE_PROBLEM_START_IGNORED, result, NULL,
          g_strdup_printf (_ ("%s: the own start is after the finish and is left out."), who),
          g_strdup (_ ("Correct the start, or the bib of the crossing.")));
    }
  if (result->entrant->status == CONC_ENTRANT_RUNNING && result->division == NULL &&
      conc_divisions_get_count (rules->divisions) > 0)
    find_division (search, result);
}

/** conc_race_problems_find_of_runner: adds what is wrong with the crossings of @result. */
void
conc_race_problems_find_of_runner (ConcRaceProblemSearch *search, const ConcResult *result)
{
  const ConcRules *rules = conc_scoreboard_get_rules (search->input->board);
  const char      *wave = result->entrant->wave != NULL ? result->entrant->wave : "";
  gboolean         is_suspect = g_hash_table_contains (search->suspect_waves, wave);

  if (result->entrant->crossing_count == 0)
    return;
  if (!is_suspect && conc_race_problem_is_before_gun (search->input->board, result))
    find_before_gun (search, result);
  if (!is_suspect && conc_race_problem_is_too_fast (rules, result))
    find_too_fast (search, result);
  if (g_str_has_prefix (result->entrant->key, "bib:"))
    {
      find_unknown (search, result);
      if (result->finish_usec != CONC_NO_TIME)
        find_two_places (search, result);
      return;
    }
  find_never_started (search, result);
  conc_race_problems_find_laps (search, result);
  if (result->finish_usec != CONC_NO_TIME)
    find_of_finisher (search, result);
}
