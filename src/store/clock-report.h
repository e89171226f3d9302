/* clock-report.h: what is known of the clocks of a race. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/race-file.h"

G_BEGIN_DECLS

/* The clock of a station as it was measured best in the timebase that it used last. @ahead_usec is
 * it less the hub's; @error_usec is -1 when it was not measured. */
typedef struct
{
  char    *station;
  char    *name; /* what people call the station */
  char    *timebase;
  gboolean is_own;
  gint64   ahead_usec;
  gint64   error_usec;
  gint64   measured_usec; /* when; CONC_NO_TIME when it was not */
} ConcStationClock;

/* @event is one of CONC_CLOCK_EVENT_…, or a word of a later version. */
typedef struct
{
  char  *station;
  char  *name;
  char  *event;
  gint64 at_usec;
  gint64 by_usec;
} ConcClockEvent;

/* @now_usec by the clock of this station, which the computer's clock is ahead of by
 * @difference_usec. Of the hub's clock what was measured last, or what was written down. */
typedef struct
{
  gint64     now_usec;
  gint64     difference_usec;
  char      *timebase;
  gint64     ahead_usec;
  gint64     error_usec; /* -1: not known */
  gint64     age_usec;
  GPtrArray *stations; /* element-type ConcStationClock */
  GPtrArray *events;   /* element-type ConcClockEvent, the latest first */
} ConcClockReport;

ConcClockReport *conc_clock_report_new (ConcRaceFile *file, GError **error);
void             conc_clock_report_free (ConcClockReport *report);
GStrv            conc_clock_report_describe (const ConcClockReport *report, GTimeZone *zone);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcClockReport, conc_clock_report_free)

G_END_DECLS
