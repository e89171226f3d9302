/* reader-ladder.h: the ladder of a race: taps and bibs side by side, doubts and repairs. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/ladder.h"
#include "core/repair-order.h"
#include "store/reader.h"

G_BEGIN_DECLS

/* Kept between changes, so that one more costs little. Used on the thread of its reader, which has
 * to outlive it. What it gives is its own, and lasts until the next update. */
typedef struct _ConcReaderLadder ConcReaderLadder;

ConcReaderLadder *conc_reader_ladder_new (ConcReader *reader);
void              conc_reader_ladder_free (ConcReaderLadder *ladder);
gboolean
conc_reader_ladder_update (ConcReaderLadder *ladder, const char *const *subjects, GError **error);

/* One line of the ladder, as it believes that taps and bibs belong together. @tap and @entry are
 * subjects; without @tap one is believed to be missing there, and without @entry there is no bib of
 * the chute. @bib is the bib that belongs to the line, 0 when there is none or it was not read, and
 * @standing_bib the one that the tap has now, which the results go by. @at_usec is
 * %CONC_NO_TIME when no time is known. */
typedef struct
{
  guint       place; /* from 1 */
  const char *tap;
  const char *entry;
  gint64      at_usec;
  gint64      entry_usec;  /* when the bib was read; %CONC_NO_TIME without one */
  guint       chute_place; /* from 1; 0 without a bib of the chute */
  guint       bib;
  guint       standing_bib;
  const char *runner_id;   /* NULL when nobody holds the bib */
  const char *runner_name; /* for the crew; NULL likewise */
  gboolean    is_linked;   /* a rung: the bib is known to be of this tap */
  gboolean    waits;       /* its bib has not come yet */
  gboolean    has_second;
  gint64      second_usec; /* the second timer's time less this one, with both clocks the same */
} ConcLadderLine;

guint conc_reader_ladder_get_n_lines (ConcReaderLadder *ladder);
gboolean
conc_reader_ladder_get_line (ConcReaderLadder *ladder, guint index, ConcLadderLine *ret_line);
gboolean conc_reader_ladder_get_second_offset (ConcReaderLadder *ladder, gint64 *ret_offset_usec);

/* What the ladder suspects. @id is the same for the same suspicion everywhere and as long as it
 * stands. @order is NULL, as is @repair, when nothing is proposed. */
typedef struct
{
  char            *id;
  ConcLadderKind   kind;
  guint            place; /* of the lines, from 1 */
  guint            last_place;
  guint            certainty_percent;
  char            *sentence;
  char            *reasons; /* NULL when the sentence says it all */
  ConcRepairOrder *order;
  char            *repair; /* what is proposed, as on a button */
} ConcLadderDoubt;

const GPtrArray       *conc_reader_ladder_get_doubts (ConcReaderLadder *ladder);
const ConcLadderDoubt *conc_reader_ladder_find_doubt (ConcReaderLadder *ladder, const char *id);

const char *conc_reader_ladder_find_subject (ConcReaderLadder *ladder,
                                             const char       *name,
                                             gboolean         *ret_is_entry);

/* Somebody whose time a repair would change. Times are %CONC_NO_TIME and places 0 where there is
 * none; places are those of the chute, from 1. */
typedef struct
{
  guint  bib;
  char  *name; /* for the crew; NULL when nobody holds the bib */
  gint64 before_usec;
  gint64 after_usec;
  guint  before_place;
  guint  after_place;
} ConcLadderEffect;

/* @effects in the order of the chute; the sentences tell what is done and whom it changes. */
typedef struct
{
  GPtrArray *effects;
  char      *repair;
  char      *sentence;
} ConcLadderOutcome;

ConcLadderOutcome *
conc_reader_ladder_try (ConcReaderLadder *ladder, const ConcRepairOrder *order, GError **error);
void conc_ladder_outcome_free (ConcLadderOutcome *outcome);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcReaderLadder, conc_reader_ladder_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcLadderOutcome, conc_ladder_outcome_free)

G_END_DECLS
