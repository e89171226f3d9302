/* ladder-private.h: what the files of the ladder share. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/ladder.h"

G_BEGIN_DECLS

/* The odds of each fault, for one crossing, and what belongs to them; see ladder-model.c. */
#define CONC_LADDER_P_MISSED_TAP 0.0008
#define CONC_LADDER_P_DOUBLE_TAP 0.0008
#define CONC_LADDER_P_MISSED_BIB 0.0008
#define CONC_LADDER_P_DOUBLE_BIB 0.0010
#define CONC_LADDER_P_AGAIN 0.15
#define CONC_LADDER_P_SECOND_MISSED 0.01
#define CONC_LADDER_P_SECOND_FALSE 0.005
#define CONC_LADDER_P_BOTH_FALSE 0.000001

/* What the chute and the typing are like, measured from the streams themselves. Seconds.
 * @mark stands for what was looked at. */
typedef struct
{
  double  walk_sec;
  double  walk_spread_sec;
  double  service_sec;
  guint64 mark;
} ConcLadderModel;

/* A moment at which somebody crossed by one timer or by both, with the likelihoods of what it can
 * be, all as odds against the first kind: a crossing with a bib. */
typedef struct
{
  gint64 at_usec;
  guint  tap;
  guint  second;
  float  real;
  float  extra; /* not a crossing */
  float  rate;  /* crossings a second around it */
  float  alone; /* how likely one timer has it and the other has not */
  float  gap_sec;
  float  twice;    /* odds that a key was pressed twice, by its gap and rate */
  guint  is_known; /* of a runner who is not in the list */
  float  none;     /* so that no byte of it is left open: they are compared */
} ConcLadderInstant;

/* A rung is of the first entry of its bib from so long before its time on: a bib may be entered
 * before the tap. */
#define CONC_LADDER_EARLY_USEC (5 * G_USEC_PER_SEC)

/* An entry with all that is known about its bib. @hint is the instant of its rung, or of the next
 * one, less the entries between; NONE without. */
typedef struct
{
  gint64 at_usec;
  gint64 expected_usec;
  gint64 earliest_usec;
  gint64 latest_usec;
  gint64 rung_usec;
  guint  bib;
  guint  same; /* the entry of the same bib before it, or NONE */
  guint  hint;
  float  service_density; /* of the time since the entry before */
  float  service_chance;
  float  expected_weight; /* 1 over the spread in seconds, 0 without */
  float  rung_weight;
  float  rung_most; /* the most that a rung can cost */
} ConcLadderEntry;

/* Which taps of two timers are of the same runners. */
typedef struct
{
  guint  *pairs;        /* for each tap the index of the other timer's, or NONE */
  double *first_alone;  /* for each tap how likely it is that the other timer has not got it */
  double *second_alone; /* and for each of the other timer's */
  GArray *taps;         /* what was paired */
  GArray *second;
  gint64  offset_usec;
} ConcLadderPairing;

typedef struct
{
  GArray            *instants; /* ConcLadderInstant */
  GArray            *entries;  /* ConcLadderEntry */
  gboolean           has_offset;
  gint64             offset_usec;
  ConcLadderPairing *pairing;     /* NULL without an offset */
  guint              alone_count; /* taps before the second timer's first */
} ConcLadderPrepared;

/* A step of the alignment. @instant or @entry is NONE where only the other is there. */
typedef struct
{
  guint instant;
  guint entry;
  guint before_instant; /* instants and entries passed before this step */
  guint before_entry;
} ConcLadderStep;

/* Two steps whose bibs should change places, or a block of steps whose bibs should be turned round.
 * @center is what finds it again. */
typedef struct
{
  guint    first;
  guint    last;
  guint    center;
  gboolean is_block;
  double   odds;
  double   certainty; /* 0 to 1 */
} ConcLadderMove;

/* ladder-model.c */
guint    conc_ladder_model_measure (ConcLadderModel *model, const ConcLadderInput *input);
gboolean conc_ladder_model_has_rung (const ConcLadderInput *input, guint count, guint rung);
double   conc_ladder_model_fit (ConcLadderModel       *model,
                                const ConcLadderInput *input,
                                const guint           *taps,
                                guint                  count);
void     conc_ladder_model_service (const ConcLadderModel *model,
                                    double                 gap_sec,
                                    float                 *ret_density,
                                    float                 *ret_chance);
double   conc_ladder_model_walk_density (const ConcLadderModel *model, double delay_sec);
double   conc_ladder_model_walk_chance (const ConcLadderModel *model, double delay_sec);
double   conc_ladder_model_double_odds (double gap_sec, double rate);
double   conc_ladder_entry_cost (const ConcLadderEntry *entry, gint64 at_usec);

/* ladder-prepare.c */
ConcLadderPrepared *conc_ladder_prepare (const ConcLadderInput    *input,
                                         const ConcLadderModel    *model,
                                         const ConcLadderPrepared *before);
void                conc_ladder_prepared_free (ConcLadderPrepared *prepared);

/* ladder-instants.c */
void conc_ladder_prepare_instants (ConcLadderPrepared       *prepared,
                                   const ConcLadderInput    *input,
                                   const ConcLadderPrepared *before);

/* ladder-rungs.c */
/* The entries of each bib: the latest one, and for each entry the one before it. */
typedef struct
{
  GHashTable *latest;
  guint      *earlier;
} ConcLadderBibs;

void conc_ladder_prepare_rungs (ConcLadderPrepared    *prepared,
                                const ConcLadderInput *input,
                                const ConcLadderBibs  *bibs);

/* ladder-second.c */
gboolean conc_ladder_find_offset (const GArray *taps, const GArray *second, gint64 *ret_usec);

/* ladder-timers.c */
ConcLadderPairing *
conc_ladder_pair_timers (const GArray *taps, const GArray *second, gint64 offset_usec);
ConcLadderPairing *conc_ladder_pairing_ref_if_same (ConcLadderPairing *pairing,
                                                    const GArray      *taps,
                                                    const GArray      *second,
                                                    gint64             offset_usec);
void               conc_ladder_pairing_unref (ConcLadderPairing *pairing);

/* ladder-align.c */
typedef struct _ConcLadderAligner ConcLadderAligner;

ConcLadderAligner *conc_ladder_aligner_new (void);
void               conc_ladder_aligner_free (ConcLadderAligner *aligner);
void               conc_ladder_aligner_run (ConcLadderAligner        *aligner,
                                            const ConcLadderModel    *model,
                                            const ConcLadderPrepared *prepared,
                                            guint                     same_instants,
                                            guint                     same_entries);
const GArray      *conc_ladder_aligner_get_steps (const ConcLadderAligner *aligner);
double             conc_ladder_aligner_get_missing (const ConcLadderAligner *aligner, guint entry);
double             conc_ladder_aligner_get_extra (const ConcLadderAligner *aligner, guint instant);

/* ladder-moves.c */
typedef struct _ConcLadderMover ConcLadderMover;

ConcLadderMover *conc_ladder_mover_new (void);
void             conc_ladder_mover_free (ConcLadderMover *mover);
const GArray    *conc_ladder_mover_run (ConcLadderMover          *mover,
                                        const ConcLadderPrepared *prepared,
                                        const GArray             *steps,
                                        guint                     same_entries);

/* ladder-words.c */
char *conc_ladder_format_tenths (gint64 usec);

/* What the files share that write the result: rows, and what is suspected at them. */
typedef struct
{
  ConcLadderResult         *result;
  const ConcLadderInput    *input;
  const ConcLadderPrepared *prepared;
  const ConcLadderAligner  *aligner;
  const GArray             *steps; /* ConcLadderStep */
  guint                    *row_of_step;
  guint                    *step_of_entry;
  guint                    *step_of_instant; /* NONE for those that wait or have no row */
  double                   *missing;         /* for each entry: that it has no tap, 0 to 1 */
} ConcLadderWriter;

const ConcLadderInstant *conc_ladder_writer_get_instant (const ConcLadderWriter *writer,
                                                         guint                   index);
const ConcLadderEntry   *conc_ladder_writer_get_entry (const ConcLadderWriter *writer, guint index);
const ConcLadderStep    *conc_ladder_writer_get_step (const ConcLadderWriter *writer, guint index);
guint64                  conc_ladder_writer_get_bib_id (const ConcLadderWriter *writer, guint bib);
void
conc_ladder_add_reason (ConcLadderSuspicion *suspicion, ConcLadderReasonCode code, gint64 value);
ConcLadderSuspicion conc_ladder_start_suspicion (ConcLadderKind kind,
                                                 guint          row,
                                                 guint          tap,
                                                 guint          bib,
                                                 double         certainty);

/* ladder-suspect-moves.c */
void conc_ladder_suspect_move (const ConcLadderWriter *writer, const ConcLadderMove *move);

/* ladder-learn.c */
void conc_ladder_learn (ConcLadderModel *model, const ConcLadderInput *input);

/* ladder-place.c */
typedef enum
{
  CONC_LADDER_SIDE_TAP, /* a tap without a bib */
  CONC_LADDER_SIDE_BIB  /* a bib without a tap */
} ConcLadderSide;

/* Where a fault is told: the moment or entry, and how likely it is within two places of it. */
typedef struct
{
  guint  middle;
  double certainty;
  double near; /* that it is anywhere near */
} ConcLadderPlace;

gboolean
     conc_ladder_step_is_alone (const ConcLadderWriter *writer, guint step, ConcLadderSide side);
void conc_ladder_spread_missing (const ConcLadderWriter *writer);
ConcLadderPlace
conc_ladder_find_place (const ConcLadderWriter *writer, guint step, ConcLadderSide side);

/* ladder-suspect.c */
void conc_ladder_suspect (ConcLadderResult         *result,
                          const ConcLadderInput    *input,
                          const ConcLadderPrepared *prepared,
                          const ConcLadderAligner  *aligner,
                          const GArray             *moves);

G_END_DECLS
