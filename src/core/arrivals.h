/* arrivals.h: how many come to check-in when, and how many are still to be expected. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Arrivals are counted in steps of the clock, such as from 08:50 to 08:55. */
#define CONC_ARRIVALS_STEP_MINUTES 5
#define CONC_ARRIVALS_STEP_USEC (CONC_ARRIVALS_STEP_MINUTES * G_TIME_SPAN_MINUTE)

typedef struct
{
  gint64 from_usec;
  guint  count;
} ConcArrivals;

/* When the desk is open; both are CONC_NO_TIME when there is nothing to go by. @is_guess: not both
 * were said by somebody. */
typedef struct
{
  gint64   opens_usec;
  gint64   closes_usec;
  gboolean is_guess;
} ConcDeskHours;

void     conc_desk_hours_init (ConcDeskHours *hours,
                               gint64         opens_usec,
                               gint64         closes_usec,
                               gint64         gun_usec,
                               gint64         first_arrival_usec);
gboolean conc_desk_hours_are_known (const ConcDeskHours *hours);

GArray  *conc_arrivals_count (const gint64 *times_usec, guint n_times);
GArray  *conc_arrivals_expect (const ConcDeskHours *hours, guint n_missing, gint64 now_usec);
gboolean conc_arrivals_find_peak (const ConcArrivals *steps, guint n_steps, ConcArrivals *ret_peak);
char    *conc_arrivals_describe_outlook (const ConcDeskHours *hours,
                                         guint                n_missing,
                                         gint64               now_usec,
                                         GTimeZone           *zone);
char    *conc_arrivals_describe (const ConcArrivals *steps, guint n_steps, GTimeZone *zone);

G_END_DECLS
