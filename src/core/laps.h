/* laps.h: which crossings of a runner count. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/hlc.h"
#include "core/ids.h"
#include "core/rules.h"

G_BEGIN_DECLS

/* A runner at the line: when, and the fact that says so. @hlc is when it was recorded. */
typedef struct
{
  gint64     at_usec;
  ConcHlc    hlc;
  ConcFactId fact;
  guint      line; /* of what a reader sent: which line of the fact, from 0; else 0 */
} ConcCrossing;

/* What became of a crossing. From CONC_CROSSING_BEFORE_GUN on it does not count. */
typedef enum
{
  CONC_CROSSING_LAP,
  CONC_CROSSING_FINISH,
  CONC_CROSSING_BEFORE_GUN,
  CONC_CROSSING_TOO_SOON,
  CONC_CROSSING_AFTER_FINISH
} ConcCrossingUse;

#define CONC_CROSSING_FIRST_IGNORED CONC_CROSSING_BEFORE_GUN
#define CONC_NO_CROSSING G_MAXUINT

typedef struct
{
  guint laps_done;
  guint finish;
  guint ignored_count;
} ConcLaps;

int         conc_crossing_compare (const ConcCrossing *a, const ConcCrossing *b);
ConcLaps    conc_laps_count (const ConcCrossing *crossings,
                             guint               count,
                             gint64              start_usec,
                             guint               laps_needed,
                             const ConcRules    *rules,
                             ConcCrossingUse    *ret_uses);
const char *conc_crossing_use_to_text (ConcCrossingUse use);

G_END_DECLS
