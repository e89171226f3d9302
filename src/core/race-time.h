/* race-time.h: instants, and the times of day of a race. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Every instant is in microseconds since 1970 UTC; this one says that it is not known. */
#define CONC_NO_TIME G_GINT64_CONSTANT (-1)

GTimeZone *conc_time_zone_parse (const char *name, GError **error);
gboolean   conc_race_date_parse (const char *text,
                                 int        *ret_year,
                                 int        *ret_month,
                                 int        *ret_day,
                                 GError    **error);

gboolean conc_time_parse_rfc3339 (const char *text, gint64 *ret_usec, GError **error);
char    *conc_time_format_rfc3339 (gint64 usec, GTimeZone *zone);
char    *conc_time_format_clock (gint64 usec, GTimeZone *zone, int digits);

gint64 conc_local_time_to_usec (int        year,
                                int        month,
                                int        day,
                                gint64     of_day_usec,
                                guint      n_days,
                                GTimeZone *zone,
                                gint64     reference_usec,
                                gboolean  *ret_is_unsure);

gboolean conc_race_time_parse (const char *text,
                               const char *race_date,
                               GTimeZone  *zone,
                               gint64      reference_usec,
                               gint64     *ret_usec,
                               GError    **error);

G_END_DECLS
