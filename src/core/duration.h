/* duration.h: how long something took, rounded and written as races do. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How a time is rounded where it is shown. The time itself is never rounded. */
typedef enum
{
  CONC_ROUND_UP_SECOND,
  CONC_ROUND_UP_TENTH,
  CONC_ROUND_UP_HUNDREDTH,
  CONC_ROUND_EXACT
} ConcRounding;

typedef enum
{
  CONC_PACE_PER_KM,
  CONC_PACE_PER_MILE
} ConcPaceUnit;

gint64   conc_duration_round (gint64 usec, ConcRounding rounding);
gint64   conc_duration_get_whole_seconds (gint64 usec);
char    *conc_duration_format (gint64 usec, ConcRounding rounding);
char    *conc_duration_format_seconds (gint64 usec);
char    *conc_pace_format (gint64 usec, gint64 distance_mm, ConcPaceUnit unit);
gboolean conc_duration_parse (const char *text, gint64 *ret_usec, GError **error);

G_END_DECLS
