/* hlc.h: the hybrid logical clock that orders facts across stations. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/clock.h"

G_BEGIN_DECLS

/* 48 bits of milliseconds since 1970 UTC, then 16 bits of counter; it fits a signed integer. */
typedef gint64 ConcHlc;

typedef struct
{
  ConcClock *clock;
  ConcHlc    last;
} ConcHybridClock;

void    conc_hybrid_clock_init (ConcHybridClock *hybrid, ConcClock *clock, ConcHlc last);
ConcHlc conc_hybrid_clock_tick (ConcHybridClock *hybrid);
void    conc_hybrid_clock_observe (ConcHybridClock *hybrid, ConcHlc seen);
gint64  conc_hlc_get_usec (ConcHlc hlc);
ConcHlc conc_hlc_from_usec (gint64 usec);

G_END_DECLS
