/* ladder-race.h: races that never were, with faults at the line that are known. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/ladder.h"

G_BEGIN_DECLS

/* How the chute is staffed; ladder-race.c tells what that means. */
typedef enum
{
  LADDER_CHUTE_STEADY,
  LADDER_CHUTE_CROWDED
} LadderChute;

/* @rung_gap: a rung after so many runners, 0 none. @kinds: bits of ConcLadderKind, 0 all.
 * @odd_laps: runners in a thousand whose last lap is out of the ordinary, 0 for two. */
typedef struct
{
  guint       n_runners;
  guint       n_faults;
  guint       rung_gap;
  gboolean    has_second;
  gboolean    has_laps;
  LadderChute chute;
  guint       odd_laps;
  gboolean    neighbours; /* exchanged bibs are of runners who came one after the other */
  guint       kinds;
  guint32     seed;
} LadderRaceSettings;

/* @tap or @bib and @last_bib are ids of the input, 0 where they do not belong to the kind. */
typedef struct
{
  ConcLadderKind kind;
  guint64        tap;
  guint64        bib;
  guint64        last_bib;
} LadderFault;

typedef struct
{
  ConcLadderInput *input;
  GArray          *faults; /* LadderFault */
} LadderRace;

LadderRace *ladder_race_new (const LadderRaceSettings *settings);
void        ladder_race_free (LadderRace *race);
gboolean    ladder_race_is_located (const LadderRace       *race,
                                    const LadderFault      *fault,
                                    const ConcLadderResult *result,
                                    gboolean               *ret_named);

gboolean ladder_race_is_true (const LadderRace          *race,
                              const ConcLadderSuspicion *suspicion,
                              const ConcLadderResult    *result);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LadderRace, ladder_race_free)

G_END_DECLS
