/* problems-private.h: what the parts of the search for problems share. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/problems.h"

G_BEGIN_DECLS

/* @suspect_waves are those whose start is believed to be wrong: what follows from it is not told
 * again of each runner. @expects_check_in: so many of those who crossed the line checked in that
 * one who did not stands out. */
typedef struct
{
  const ConcRaceProblemInput *input;
  GPtrArray                  *problems;
  GHashTable                 *suspect_waves;
  gboolean                    expects_check_in;
} ConcRaceProblemSearch;

/* problems.c */
ConcRaceProblem             *conc_race_problem_add (ConcRaceProblemSearch *search,
                                                    ConcRaceProblemKind    kind,
                                                    char                  *sentence,
                                                    char                  *advice);
ConcRaceProblem             *conc_race_problem_add_of (ConcRaceProblemSearch *search,
                                                       ConcRaceProblemKind    kind,
                                                       const ConcResult      *result,
                                                       const ConcCrossing    *crossing,
                                                       char                  *sentence,
                                                       char                  *advice);
const ConcRaceProblemRunner *conc_race_problem_get_runner (const ConcRaceProblemSearch *search,
                                                           const ConcResult            *result);
char  *conc_race_problem_dup_who (const ConcRaceProblemSearch *search, const ConcResult *result);
char  *conc_race_problem_dup_clock (const ConcRaceProblemSearch *search, gint64 usec);
char  *conc_race_problem_dup_span (gint64 usec);
int    conc_race_problem_compare_usec (gconstpointer a, gconstpointer b);
gint64 conc_race_problem_median (GArray *times);

/* problems-runner.c */
gboolean conc_race_problem_is_too_fast (const ConcRules *rules, const ConcResult *result);
gboolean conc_race_problem_is_before_gun (const ConcScoreboard *board, const ConcResult *result);
void conc_race_problems_find_of_runner (ConcRaceProblemSearch *search, const ConcResult *result);

/* problems-lap.c */
void conc_race_problems_find_laps (ConcRaceProblemSearch *search, const ConcResult *result);

/* problems-wave.c */
void conc_race_problems_find_waves (ConcRaceProblemSearch *search);

G_END_DECLS
