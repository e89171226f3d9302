/* ladder-align-private.h: the table of the alignment, which three files fill. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/ladder-private.h"

G_BEGIN_DECLS

/* The widest row. */
#define CONC_LADDER_MOST_WIDTH 400u

#define CONC_LADDER_TABLE_REACH 12
#define CONC_LADDER_TABLE_STEPS 32
#define CONC_LADDER_TABLE_SIZE (2 * CONC_LADDER_TABLE_REACH * CONC_LADDER_TABLE_STEPS + 1)

typedef enum
{
  CONC_LADDER_STATE_MATCH,
  CONC_LADDER_STATE_TAP,
  CONC_LADDER_STATE_BIB,
  CONC_LADDER_N_STATES
} ConcLadderState;

/* One cell: the likelihoods of its steps, the sum over all ways to it, the best way to it, and how
 * likely its two kinds of fault are in the end. */
typedef struct
{
  float  match;
  float  bib_open;
  double forward[CONC_LADDER_N_STATES];
  double best[CONC_LADDER_N_STATES];
  float  tap_alone;
  float  bib_alone;
  guint8 from[CONC_LADDER_N_STATES];
} ConcLadderCell;

typedef struct
{
  guint low; /* the first number of instants passed */
  guint width;
  guint offset; /* into the cells */
  guint peak;   /* where the best way is */
} ConcLadderAlignRow;

struct _ConcLadderAligner
{
  GArray                   *rows;  /* ConcLadderAlignRow: one more than there are entries */
  GArray                   *cells; /* ConcLadderCell */
  GArray                   *steps; /* ConcLadderStep */
  GArray                   *bib_alone;
  GArray                   *tap_alone;
  guint                     sure_rows; /* rows whose certainty is worked out for good */
  const ConcLadderModel    *model;     /* borrowed while it runs */
  const ConcLadderPrepared *prepared;
  float                     walk_density[CONC_LADDER_TABLE_SIZE];
  float                     walk_chance[CONC_LADDER_TABLE_SIZE];
};

/* ladder-align.c */
const ConcLadderInstant *conc_ladder_align_get_instant (const ConcLadderAligner *aligner,
                                                        guint                    index);
const ConcLadderEntry *conc_ladder_align_get_entry (const ConcLadderAligner *aligner, guint index);
ConcLadderAlignRow    *conc_ladder_align_get_row (const ConcLadderAligner *aligner, guint index);
ConcLadderCell *
conc_ladder_align_get_cell (const ConcLadderAligner *aligner, guint row_index, guint passed);

/* ladder-odds.c */
void  conc_ladder_odds_fill (ConcLadderAligner *aligner);
float conc_ladder_odds_get_match (const ConcLadderAligner *aligner,
                                  guint                    instant_index,
                                  guint                    entry_index);
float
conc_ladder_odds_get_bib_open (const ConcLadderAligner *aligner, guint passed, guint entry_index);
void conc_ladder_odds_get_tap (const ConcLadderAligner *aligner,
                               guint                    instant_index,
                               double                  *open,
                               double                  *again);
void conc_ladder_odds_get_bib (const ConcLadderAligner *aligner,
                               const ConcLadderCell    *cell,
                               guint                    entry_index,
                               double                  *open,
                               double                  *again);

/* ladder-certainty.c */
void conc_ladder_certainty_run (ConcLadderAligner *aligner, guint from_row);
void conc_ladder_certainty_sum (ConcLadderAligner *aligner);

G_END_DECLS
