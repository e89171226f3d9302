/* receive.h: facts of other stations come into the race file. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/race-file.h"

G_BEGIN_DECLS

/* What became of the facts that were handed over. */
typedef struct
{
  guint      n_new;      /* appended */
  guint      n_known;    /* were there already */
  guint      n_withheld; /* of kinds that this station's role may not read: not taken */
  guint      n_differ;   /* another content under a known name: not taken */
  ConcFactId first_own;  /* the first of those that is in this station's own name; unset if none */
} ConcReceived;

/* Whether a fact can be taken at all: the limits of its parts, and a subject that its kind can be
 * about. One that cannot makes a whole delivery fail, so look first at what comes from afar. */
gboolean conc_receive_check (const ConcFact *fact, GError **error);

/* One transaction on the writer thread; waits until it is durable. @facts (element-type ConcFact)
 * come in any order, any number of times. When first_own is set, nothing in this station's own name
 * was taken: rename the station and hand the same facts over again. Any thread but the main loop of
 * the app. */
gboolean conc_race_file_receive (ConcRaceFile *file,
                                 GPtrArray    *facts,
                                 ConcReceived *ret_received,
                                 GError      **error);

G_END_DECLS
