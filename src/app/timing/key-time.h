/* key-time.h: when a key was pressed, from what its event says. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/clock.h"

G_BEGIN_DECLS

/* @is_key_time: the event told the time; otherwise both readings are those of the handler. */
typedef struct
{
  gint64   wall_usec;
  gint64   monotonic_usec;
  gboolean is_key_time;
} ConcKeyTime;

ConcKeyTime
conc_key_time_resolve (guint32 event_msec, gint64 now_monotonic_usec, gint64 now_wall_usec);
ConcKeyTime conc_key_time_read (guint32 event_msec, ConcClock *clock);

G_END_DECLS
