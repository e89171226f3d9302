/* clock-offset.h: how far this clock is from another, from timed questions and answers. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Each of two laptops' clocks runs up to 50 ppm fast or slow: a microsecond in 10,000 between
 * them. */
#define CONC_OFFSET_DRIFT_DIVISOR 10000

typedef struct _ConcOffsetFilter ConcOffsetFilter;

ConcOffsetFilter *conc_offset_filter_new (void);
void              conc_offset_filter_free (ConcOffsetFilter *filter);

/* One exchange, all in microseconds: sent and received by this monotonic clock, the other's wall
 * clock when it answered, and this wall clock less this monotonic clock, read one after the other
 * when the answer was there. */
void conc_offset_filter_add (ConcOffsetFilter *filter,
                             gint64            sent_usec,
                             gint64            answered_usec,
                             gint64            received_usec,
                             gint64            wall_less_monotonic_usec);
void conc_offset_filter_forget (ConcOffsetFilter *filter);

/* The other's clock less this wall clock when the latest answer came; the truth is within
 * +- @ret_error_usec. Returns FALSE when nothing is known. */
gboolean conc_offset_filter_get (const ConcOffsetFilter *filter,
                                 gint64                 *ret_offset_usec,
                                 gint64                 *ret_error_usec);

guint conc_offset_get_rank (gint64 error_usec);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcOffsetFilter, conc_offset_filter_free)

G_END_DECLS
