/* problems.h: what a person must look at before the results can be trusted. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/scoreboard.h"

G_BEGIN_DECLS

/* The gravest first: what makes many times wrong, then one time, then what is only not done yet. */
typedef enum
{
  CONC_PROBLEM_WAVE_START,
  CONC_PROBLEM_NO_GUN,
  CONC_PROBLEM_GUN_DIFFERS,
  CONC_PROBLEM_BEFORE_GUN,
  CONC_PROBLEM_TOO_FAST,
  CONC_PROBLEM_TWO_PLACES,
  CONC_PROBLEM_UNKNOWN_BIB,
  CONC_PROBLEM_NEVER_STARTED,
  CONC_PROBLEM_RULED_OUT,
  CONC_PROBLEM_SHORT_LAP,
  CONC_PROBLEM_MISSED_LAP,
  CONC_PROBLEM_SAME_TIME,
  CONC_PROBLEM_START_IGNORED,
  CONC_PROBLEM_NO_BIB,
  CONC_PROBLEM_NO_TIME,
  CONC_PROBLEM_NO_DIVISION,
  CONC_N_PROBLEMS
} ConcProblemKind;

/* @key is that of the entrant, @fact the name of a tap or the subject of a chute bib; both NULL and
 * @bib 0 where there is none, and @at_usec CONC_NO_TIME. @sentence says what is wrong and why it is
 * believed, @advice what can be done. */
typedef struct
{
  ConcProblemKind kind;
  guint           bib;
  char           *key;
  char           *fact;
  gint64          at_usec;
  char           *sentence;
  char           *advice;
} ConcProblem;

/* What is known of an entrant beside the scoreboard; any text may be NULL. @name is for the crew.
 */
typedef struct
{
  char    *name;
  char    *event;
  gboolean is_checked_in;
  gboolean is_no_show;
} ConcProblemRunner;

/* A tap, or a chute bib: @bib is 0 where there is none. @source says how the time came to be
 * known. */
typedef struct
{
  const char *fact;
  gint64      at_usec;
  guint       bib;
  const char *source;
} ConcProblemTime;

/* A gun as another station took it, which is called @place. */
typedef struct
{
  const char *wave;
  gint64      at_usec;
  const char *place;
} ConcProblemGun;

/* @runners has a ConcProblemRunner for each key that is known. @taps are all that stand, by time;
 * @chute are the chute bibs that have no tap; either may be NULL, as may @guns. */
typedef struct
{
  ConcScoreboard *board;
  GHashTable     *runners;
  GArray         *taps;
  GArray         *chute;
  GArray         *guns;
  GTimeZone      *zone;
} ConcProblemInput;

GPtrArray  *conc_problems_find (const ConcProblemInput *input);
void        conc_problem_free (ConcProblem *problem);
const char *conc_problem_kind_to_text (ConcProblemKind kind);
const char *conc_problem_kind_get_title (ConcProblemKind kind);

void conc_problem_runner_free (ConcProblemRunner *runner);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcProblem, conc_problem_free)

G_END_DECLS
