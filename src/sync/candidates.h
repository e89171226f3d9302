/* candidates.h: the addresses at which the hub of a race may be. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/race-file.h"

G_BEGIN_DECLS

/* The remembered address, and in turn with it those of the organizers, one of whom may have become
 * the hub, and what was found on the network. One thread. */
typedef struct _ConcCandidates ConcCandidates;

ConcCandidates *conc_candidates_new (ConcRaceFile *file);
void            conc_candidates_free (ConcCandidates *candidates);

/* The address to try now, or NULL for the remembered one. Transfer full. */
char *conc_candidates_next (ConcCandidates *candidates, gboolean *ret_is_last);
void  conc_candidates_praise (ConcCandidates *candidates);
void  conc_candidates_learn (ConcCandidates *candidates, GPtrArray *peers);

G_END_DECLS
