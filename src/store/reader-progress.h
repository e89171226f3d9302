/* reader-progress.h: how check-in is getting on, for whoever coordinates it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/arrivals.h"
#include "store/reader.h"

G_BEGIN_DECLS

/* @wave: NULL for those who have none. */
typedef struct
{
  char *wave;
  guint n_registered; /* virtual runners and those who do not come included */
  guint n_expected;
  guint n_checked_in;
} ConcWaveCount;

/* All of one moment. @arrivals: the steps in which anybody was checked in; @expected: those that
 * are still to come, as the model has it; @peak: the most of them, 0 when nobody is expected. */
typedef struct
{
  GArray       *arrivals; /* of ConcArrivals */
  GArray       *expected; /* of ConcArrivals */
  ConcArrivals  peak;
  ConcDeskHours hours;
  guint         n_expected; /* who come in person, as far as is known */
  guint         n_checked_in;
  guint         n_missing; /* expected and not checked in */
  guint         n_no_shows;
  GPtrArray    *waves;  /* of ConcWaveCount, in the order of the waves */
  GPtrArray    *shirts; /* of ConcShirtCount, see reader-desk.h */
} ConcProgress;

ConcProgress *conc_reader_read_progress (ConcReader *reader, gint64 now_usec, GError **error);
void          conc_progress_free (ConcProgress *progress);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcProgress, conc_progress_free)

G_END_DECLS
