/* problems.h: what a person must look at before the results can be trusted. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/scoreboard.h"

G_BEGIN_DECLS

/* The gravest first: what makes many times wrong, then one time, then what is only not done yet. */
typedef enum
{
  CONC_RACE_PROBLEM_WAVE_START,
  CONC_RACE_PROBLEM_NO_GUN,
  CONC_RACE_PROBLEM_GUN_DIFFERS,
  CONC_RACE_PROBLEM_BEFORE_GUN,
  CONC_RACE_PROBLEM_TOO_FAST,
  CONC_RACE_PROBLEM_TWO_PLACES,
  CONC_RACE_PROBLEM_UNKNOWN_BIB,
  CONC_RACE_PROBLEM_NEVER_STARTED,
  CONC_RACE_PROBLEM_RULED_OUT,
  CONC_RACE_PROBLEM_SHORT_LAP,
  CONC_RACE_PROBLEM_MISSED_LAP,
  CONC_RACE_PROBLEM_SAME_TIME,
  CONC_RACE_PROBLEM_START_IGNORED,
  CONC_RACE_PROBLEM_NO_BIB,
  CONC_RACE_PROBLEM_NO_TIME,
  CONC_RACE_PROBLEM_NO_DIVISION,
  CONC_N_RACE_PROBLEMS
} ConcRaceProblemKind;

/* @key is that of the entrant, @fact the name of a tap or the subject of a chute bib; both NULL and
 * @bib 0 where there is none, and @at_usec CONC_NO_TIME. @sentence says what is wrong and why it is
 * believed, @advice what can be done. */
typedef struct
{
  ConcRaceProblemKind kind;
  guint               bib;
  char               *key;
  char               *fact;
  gint64              at_usec;
  char               *sentence;
  char               *advice;
} ConcRaceProblem;

/* What is known of an entrant beside the scoreboard; any text may be NULL. @name is for the crew.
 */
typedef struct
{
  char    *name;
  char    *event;
  gboolean is_checked_in;
  gboolean is_no_show;
} ConcRaceProblemRunner;

/* A tap, or a chute bib: @bib is 0 where there is none. @source says how the time came to be
 * known. */
typedef struct
{
  const char *fact;
  gint64      at_usec;
  guint       bib;
  const char *source;
} ConcRaceProblemTime;

/* A gun as another station took it, which is called @place. */
typedef struct
{
  const char *wave;
  gint64      at_usec;
  const char *place;
} ConcRaceProblemGun;

/* @runners has a ConcRaceProblemRunner for each key that is known. @taps are all that stand, by
 * time;
 * @chute are the chute bibs that have no tap; either may be NULL, as may @guns. */
typedef struct
{
  ConcScoreboard *board;
  GHashTable     *runners;
  GArray         *taps;
  GArray         *chute;
  GArray         *guns;
  GTimeZone      *zone;
} ConcRaceProblemInput;

GPtrArray  *conc_race_problems_find (const ConcRaceProblemInput *input);
void        conc_race_problem_free (ConcRaceProblem *problem);
const char *conc_race_problem_kind_to_text (ConcRaceProblemKind kind);
const char *conc_race_problem_kind_get_title (ConcRaceProblemKind kind);

void conc_race_problem_runner_free (ConcRaceProblemRunner *runner);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcRaceProblem, conc_race_problem_free)

G_END_DECLS
