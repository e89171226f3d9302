/* lap-call.h: what is called out to a runner who crosses the line. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/scoreboard.h"

G_BEGIN_DECLS

guint conc_laps_to_go (const ConcResult *result);
char *conc_lap_call_describe (const ConcResult *result, ConcCrossingUse use);

G_END_DECLS
