/* clock-words.h: what is known of the clocks, in words. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a clock fact is about: its key "event". */
#define CONC_CLOCK_EVENT_STEP "step"         /* the wall clock was set, by_usec ahead */
#define CONC_CLOCK_EVENT_SUSPEND "suspend"   /* the computer slept for by_usec */
#define CONC_CLOCK_EVENT_START "start"       /* the computer was started again */
#define CONC_CLOCK_EVENT_MEASURED "measured" /* the hub's clock was measured */

char *conc_clock_describe_distance (gint64 ahead_usec, gint64 error_usec);
char *conc_clock_describe_hub (gint64 ahead_usec, gint64 error_usec, gint64 age_usec);
char *conc_clock_describe_wall (gint64 difference_usec);
char *conc_clock_describe_event (const char *event, gint64 by_usec);

G_END_DECLS
