/* story-crossing.h: how a crossing came to its published time and place, step by step. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/scoreboard.h"

G_BEGIN_DECLS

typedef enum
{
  CONC_CROSSING_STEP_TAKEN,      /* the raw read or the key press */
  CONC_CROSSING_STEP_CLOCK,      /* by which clock it counts */
  CONC_CROSSING_STEP_BIB,        /* how it came to its bib */
  CONC_CROSSING_STEP_CORRECTION, /* what somebody changed */
  CONC_CROSSING_STEP_START,
  CONC_CROSSING_STEP_LAP, /* whether it counts, and as what */
  CONC_CROSSING_STEP_TIME,
  CONC_CROSSING_STEP_PENALTY,
  CONC_CROSSING_STEP_ROUNDING,
  CONC_CROSSING_STEP_RESULT,
  CONC_N_CROSSING_STEPS
} ConcCrossingStepKind;

/* @fact is the name of the fact that the step rests on, or NULL. */
typedef struct
{
  ConcCrossingStepKind kind;
  char                *fact;
  char                *sentence;
} ConcCrossingStep;

typedef enum
{
  CONC_BIB_NONE,
  CONC_BIB_WITH_TIME, /* entered together */
  CONC_BIB_GIVEN,     /* given to the time afterwards */
  CONC_BIB_OF_CHUTE,  /* by the order of arrival */
  CONC_BIB_OF_CHIP,   /* the chip that was read is that of the bib */
  CONC_BIB_LINKED,    /* somebody said that these two belong together */
} ConcBibSource;

/* What somebody changed; it was taken back when @is_undone. */
typedef struct
{
  const char *fact;
  const char *sentence;
  gboolean    is_undone;
} ConcCrossingCorrection;

/* Everything that the steps are made of. Texts may be NULL where nothing is known, times
 * CONC_NO_TIME.
 *
 * @fact, @place, @who: of the tap, where it was taken and by whom; @source: "key", "clock", "typed"
 * or "repair"; @stream and @line: the source of times and the line as it came; @raw_usec: by the
 * clock of its station; @wall_usec: what the wall clock said, where that differs; @monotonic_usec:
 * the reading of the key event, -1 for none; @is_measured and @error_usec: whether that clock was
 * compared with the hub's, and half the width of what is known; @at_usec: as it counts.
 *
 * @chute_usec, @chute_fact: of the bib of the chute; @bib_fact: that gave the bib; @tag: the chip.
 * @corrections has ConcCrossingCorrection.
 *
 * @result is of the entrant who has the crossing, NULL without a bib; @crossing is its index there,
 * @use what became of it. @start_usec and @start_fact are of the gun of the wave. */
typedef struct
{
  const char *fact;
  const char *place;
  const char *who;
  const char *source;
  const char *stream;
  const char *line;
  gint64      raw_usec;
  gint64      wall_usec;
  gint64      monotonic_usec;
  gint64      at_usec;
  gboolean    is_measured;
  gint64      error_usec;

  guint         bib;
  ConcBibSource bib_source;
  const char   *bib_fact;
  const char   *chute_fact;
  gint64        chute_usec;
  const char   *tag;
  const GArray *corrections;

  const char            *name;
  const ConcResult      *result;
  const ConcCrossingUse *uses;
  guint                  crossing;
  gint64                 start_usec;
  const char            *start_fact;
  const char            *penalty_reason;
  const ConcRules       *rules;
  guint                  laps_needed;
  GTimeZone             *zone;
} ConcCrossingFacts;

/* One crossing, or one gun, of which @bib is 0. */
typedef struct
{
  char      *subject;
  guint      bib;
  gint64     at_usec;
  GPtrArray *steps; /* element-type ConcCrossingStep */
} ConcCrossingStory;

GPtrArray *conc_crossing_tell (const ConcCrossingFacts *facts);
GPtrArray      *
conc_crossing_tell_gun (const ConcCrossingFacts *facts, const char *wave, guint n_finishers);
void conc_crossing_step_free (ConcCrossingStep *step);
void conc_crossing_story_free (ConcCrossingStory *story);
const char *conc_crossing_step_to_text (ConcCrossingStepKind kind);
const char *conc_crossing_step_get_title (ConcCrossingStepKind kind);
char       *conc_crossing_dup_clock (gint64 usec, GTimeZone *zone);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcCrossingStep, conc_crossing_step_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcCrossingStory, conc_crossing_story_free)

G_END_DECLS
