/* ladder.h: taps and bibs side by side, and where one is believed to be missing. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CONC_LADDER_NONE G_MAXUINT
#define CONC_LADDER_MAX_REASONS 6u

/* Ids are the caller's, from 1; 0 is none. @taps and @bibs each have ids of their own. */
typedef struct
{
  guint64 id;
  gint64  at_usec;
} ConcLadderTap;

/* In the order of arrival at the end of the chute; @bib 0 is a runner whose bib was not read. */
typedef struct
{
  guint64 id;
  gint64  at_usec; /* of entry */
  guint   bib;
} ConcLadderBib;

/* A known pair of bib and time. @tap is a tap that was entered together with the bib or linked with
 * its entry, and @at_usec its time; without one, @at_usec is a time that another watch took, true
 * to +- @spread_usec. @bib_id is the entry that it is of, whose @bib may be 0; without one it is of
 * the first entry of @bib in its lap. */
typedef struct
{
  guint   bib;
  guint64 tap;
  gint64  at_usec;
  gint64  spread_usec;
  guint64 bib_id;
} ConcLadderRung;

/* When a runner should come. @spread_usec 0: not known, the limits alone count. A bib may have
 * several, one for each lap. */
typedef struct
{
  guint  bib;
  gint64 expected_usec;
  gint64 spread_usec;
  gint64 earliest_usec; /* G_MININT64: no limit */
  gint64 latest_usec;   /* G_MAXINT64: no limit */
} ConcLadderExpectation;

/* Arrays of the types above. @taps and @second are in the order of time; @second are the taps of a
 * second timer, by a clock of its own. A bib that comes again within @min_lap_usec came twice by
 * mistake; 0: a bib comes once. */
typedef struct
{
  GArray *taps;
  GArray *bibs;
  GArray *rungs;
  GArray *second;
  GArray *expectations;
  gint64  min_lap_usec;
} ConcLadderInput;

typedef enum
{
  CONC_LADDER_MISSED_TAP,
  CONC_LADDER_DOUBLE_TAP,
  CONC_LADDER_MISSED_BIB,
  CONC_LADDER_DOUBLE_BIB,
  CONC_LADDER_SWAPPED_BIBS,
  CONC_LADDER_REVERSED_BLOCK,
  CONC_LADDER_SECOND_OFFSET,
  CONC_LADDER_SECOND_LATE
} ConcLadderKind;

#define CONC_LADDER_N_KINDS (CONC_LADDER_SECOND_LATE + 1)

/* The unit of each reason's value is in brackets. */
typedef enum
{
  CONC_LADDER_REASON_RUNGS,            /* rungs that fit only with the repair (number) */
  CONC_LADDER_REASON_SECOND_HAS,       /* the second timer has a tap there (its time, usec) */
  CONC_LADDER_REASON_SECOND_HAS_NOT,   /* the second timer has none there (0) */
  CONC_LADDER_REASON_LAPS,             /* runners whose laps fit better (number) */
  CONC_LADDER_REASON_PACE,             /* times outside what is plausible (number) */
  CONC_LADDER_REASON_SPACING,          /* time to the tap before (usec) */
  CONC_LADDER_REASON_COUNT,            /* taps less bibs up to the next rung (number) */
  CONC_LADDER_REASON_SAME_BIB,         /* place of the other entry of this bib (row) */
  CONC_LADDER_REASON_OFFSET,           /* second timer's clock less the first's (usec) */
  CONC_LADDER_REASON_FIRST_TAPS_ALONE, /* taps before the second timer's first (number) */
  CONC_LADDER_REASON_KIND /* odds of this kind against the one that looks like it (0 to 100) */
} ConcLadderReasonCode;

typedef struct
{
  ConcLadderReasonCode code;
  gint64               value;
} ConcLadderReason;

typedef enum
{
  CONC_LADDER_REPAIR_NONE,
  CONC_LADDER_INSERT_TAP,   /* @at_usec, and then @new_id */
  CONC_LADDER_INSERT_BIB,   /* @bib before the entry @bib_id, 0 at the end, and then @new_id */
  CONC_LADDER_REMOVE_TAP,   /* @tap_id */
  CONC_LADDER_REMOVE_BIB,   /* @bib_id */
  CONC_LADDER_SHIFT,        /* entries from @bib_id on by @count taps, with ids from @new_id */
  CONC_LADDER_SWAP,         /* @bib_id and @last_bib_id */
  CONC_LADDER_REVERSE,      /* @bib_id to @last_bib_id */
  CONC_LADDER_LINK,         /* @bib_id and @tap_id */
  CONC_LADDER_UNLINK,       /* @bib_id */
  CONC_LADDER_OFFSET_SECOND /* the second timer's taps by less @at_usec */
} ConcLadderRepairKind;

typedef struct
{
  ConcLadderRepairKind kind;
  guint64              tap_id;
  guint64              bib_id;
  guint64              last_bib_id;
  guint64              new_id;
  gint64               at_usec;
  guint                bib;
  int                  count;
} ConcLadderRepair;

/* Indexes into the arrays of the input, or CONC_LADDER_NONE. @waits: a tap whose bib has not come
 * yet. A row without a tap has the second timer's time, if it has one. */
typedef struct
{
  guint    tap;
  guint    bib;
  guint    second;
  gint64   at_usec; /* by the first timer's clock; 0: no time is known */
  gboolean waits;
} ConcLadderRow;

/* @row and @last_row are places in the rows from 0; @tap and @bib are indexes into the input. */
typedef struct
{
  ConcLadderKind   kind;
  guint            row;
  guint            last_row;
  guint            tap;
  guint            bib;
  guint            last_bib;
  guint            certainty_percent;
  ConcLadderReason reasons[CONC_LADDER_MAX_REASONS];
  guint            n_reasons;
  ConcLadderRepair repair;
} ConcLadderSuspicion;

/* @second_offset_usec is the second timer's clock less the first's, if @has_second_offset. */
typedef struct
{
  GArray  *rows;       /* ConcLadderRow */
  GArray  *suspicions; /* ConcLadderSuspicion, by row */
  gboolean has_second_offset;
  gint64   second_offset_usec;
} ConcLadderResult;

/* A bib whose time a repair would change. Times are 0 and places NONE where there is none. */
typedef struct
{
  guint64 bib_id;
  guint   bib;
  gint64  before_usec;
  gint64  after_usec;
  guint   before_place;
  guint   after_place;
} ConcLadderChange;

typedef struct _ConcLadder ConcLadder;

ConcLadderInput *conc_ladder_input_new (void);
ConcLadderInput *conc_ladder_input_copy (const ConcLadderInput *input);
void             conc_ladder_input_free (ConcLadderInput *input);
void             conc_ladder_expect_lap (ConcLadderInput *input,
                                         guint            bib,
                                         const gint64    *crossings_usec,
                                         guint            n_crossings);

ConcLadder             *conc_ladder_new (void);
void                    conc_ladder_free (ConcLadder *ladder);
const ConcLadderResult *conc_ladder_update (ConcLadder *ladder, const ConcLadderInput *input);

const char *conc_ladder_kind_to_text (ConcLadderKind kind);
const char *conc_ladder_reason_to_text (ConcLadderReasonCode code);
const char *conc_ladder_repair_to_text (ConcLadderRepairKind kind);

/* ladder-repair.c */
ConcLadderInput *conc_ladder_repair (const ConcLadderInput *input, const ConcLadderRepair *repair);
GArray *conc_ladder_consequence (const ConcLadderInput *input, const ConcLadderRepair *repair);

/* ladder-words.c */
char *conc_ladder_suspicion_dup_reasons (const ConcLadderInput     *input,
                                         const ConcLadderSuspicion *suspicion,
                                         GTimeZone                 *zone);
char *conc_ladder_suspicion_dup_sentence (const ConcLadderInput     *input,
                                          const ConcLadderSuspicion *suspicion,
                                          GTimeZone                 *zone);

/* ladder-repair-words.c */
char *conc_ladder_repair_dup_sentence (const ConcLadderInput  *input,
                                       const ConcLadderRepair *repair,
                                       GTimeZone              *zone);
char *conc_ladder_changes_dup_sentence (const GArray *changes);

/* ladder-pair.c */
GArray *conc_ladder_pair (const ConcLadderInput *input);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcLadder, conc_ladder_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcLadderInput, conc_ladder_input_free)

G_END_DECLS
