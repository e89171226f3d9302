/* read-filter.h: which of many reads of one chip is a crossing. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Which read of a crossing stands for it. */
typedef enum
{
  CONC_READ_FILTER_FIRST,
  CONC_READ_FILTER_LAST,
  CONC_READ_FILTER_BEST
} ConcReadFilter;

#define CONC_READ_GAP_USEC (30 * G_GINT64_CONSTANT (1000000))
#define CONC_READ_GAP_MAX_USEC (24 * 3600 * G_GINT64_CONSTANT (1000000))

/* One read of the chip. @order parts reads at the same time, and must be the same everywhere. */
typedef struct
{
  gint64   at_usec;
  guint64  order;
  int      strength; /* or CONC_READ_NO_STRENGTH */
  guint    user;     /* the caller's */
  guint    crossing; /* set: which crossing it belongs to, from 0 */
  gboolean stands;   /* set: whether it is the one that stands for the crossing */
} ConcFilterRead;

const char *conc_read_filter_get_name (ConcReadFilter filter);
gboolean    conc_read_filter_from_name (const char *name, ConcReadFilter *ret_filter);
guint       conc_read_filter_run (ConcReadFilter filter, gint64 gap_usec, GArray *reads);

G_END_DECLS
