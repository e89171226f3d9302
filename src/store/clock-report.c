/* clock-report.c: what is known of the clocks of a race. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/clock-report.h"

#include "core/clock-words.h"
#include "core/race-time.h"
#include "store/reader-private.h"
#include "store/reader-sync.h"
#include "store/timebase.h"

#include <glib/gi18n-lib.h>

static void
station_clock_free (gpointer data)
{
  ConcStationClock *clock = data;

  g_free (clock->station);
  g_free (clock->name);
  g_free (clock->timebase);
  g_free (clock);
}

static void
event_free (gpointer data)
{
  ConcClockEvent *event = data;

  g_free (event->station);
  g_free (event->name);
  g_free (event->event);
  g_free (event);
}

/** conc_clock_report_free: frees @report, which may be %NULL. */
void
conc_clock_report_free (ConcClockReport *report)
{
  if (report == NULL)
    return;
  g_clear_pointer (&report->stations, g_ptr_array_unref);
  g_clear_pointer (&report->events, g_ptr_array_unref);
  g_free (report->timebase);
  g_free (report);
}

static ConcStationClock *
read_station (ConcReader *reader, sqlite3_stmt *statement, const char *own)
{
  ConcStationClock *clock = g_new0 (ConcStationClock, 1);

  clock->station = conc_column_dup (statement, 0);
  clock->name = conc_reader_dup_station_name (reader, clock->station);
  clock->timebase = conc_column_dup (statement, 1);
  clock->is_own = g_strcmp0 (clock->station, own) == 0;
  clock->ahead_usec = -sqlite3_column_int64 (statement, 2);
  clock->error_usec = sqlite3_column_int64 (statement, 3);
  clock->measured_usec = clock->error_usec >= 0
                             ? conc_hlc_get_usec (sqlite3_column_int64 (statement, 4))
                             : CONC_NO_TIME;
  return clock;
}

/* Of each station the timebase in which its last time was recorded, or measured. */
static GPtrArray *
list_stations (ConcReader *reader, const char *own, GError **error)
{
  ConcDb       *db = conc_reader_get_db (reader);
  sqlite3_stmt *statement =
      conc_db_prepare (db,
                       "SELECT station, clock, offset_usec, error_usec, hlc, "
                       "max (max (hlc, coalesce ((SELECT max (hlc) FROM tap t WHERE "
                       "t.station = b.station AND t.clock = b.clock), 0))) "
                       "FROM timebase b GROUP BY station ORDER BY station",
                       error);
  g_autoptr (GPtrArray) stations = g_ptr_array_new_with_free_func (station_clock_free);
  ConcStep step;

  if (statement == NULL)
    return NULL;
  while ((step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    g_ptr_array_add (stations, read_station (reader, statement, own));
  return step == CONC_STEP_DONE ? g_steal_pointer (&stations) : NULL;
}

static GPtrArray *
list_events (ConcReader *reader, GError **error)
{
  ConcDb       *db = conc_reader_get_db (reader);
  sqlite3_stmt *statement = conc_db_prepare (
      db, "SELECT station, event, at_usec, by_usec FROM clock_event ORDER BY at_usec DESC, subject",
      error);
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (event_free);
  ConcStep step;

  if (statement == NULL)
    return NULL;
  while ((step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    {
      ConcClockEvent *event = g_new0 (ConcClockEvent, 1);

      event->station = conc_column_dup (statement, 0);
      event->name = conc_reader_dup_station_name (reader, event->station);
      event->event = conc_column_dup (statement, 1);
      event->at_usec = sqlite3_column_int64 (statement, 2);
      event->by_usec = sqlite3_column_int64 (statement, 3);
      g_ptr_array_add (events, event);
    }
  return step == CONC_STEP_DONE ? g_steal_pointer (&events) : NULL;
}

static void
read_clock (ConcClockReport *report, ConcSteadyClock *steady)
{
  ConcReading now;
  ConcAnchor  anchor;

  conc_reading_take (&now, conc_steady_clock_get_source (steady));
  conc_steady_clock_get_anchor (steady, &anchor);
  report->now_usec = conc_anchor_get_usec (&anchor, now.boottime_usec);
  report->difference_usec = now.wall_usec - report->now_usec;
  report->timebase = conc_anchor_dup_timebase (&anchor);
}

/* Another program may have measured; what it wrote down is nearly as good. */
static void
read_hub (ConcClockReport *report, ConcSteadyClock *steady)
{
  gint64 offset_usec;

  report->error_usec = -1;
  report->age_usec = -1;
  if (conc_steady_clock_get_offset (steady, &offset_usec, &report->error_usec, &report->age_usec))
    {
      report->ahead_usec = -offset_usec;
      return;
    }
  for (guint i = 0; i < report->stations->len; i++)
    {
      const ConcStationClock *clock = g_ptr_array_index (report->stations, i);

      if (!clock->is_own || clock->error_usec < 0 ||
          g_strcmp0 (clock->timebase, report->timebase) != 0)
        continue;
      report->ahead_usec = clock->ahead_usec;
      report->error_usec = clock->error_usec;
      report->age_usec = MAX (report->now_usec + report->difference_usec - clock->measured_usec, 0);
    }
}

/**
 * conc_clock_report_new:
 *
 * Returns: (transfer full) (nullable): what is known now. On the thread of the file's reader.
 */
ConcClockReport *
conc_clock_report_new (ConcRaceFile *file, GError **error)
{
  ConcReader      *reader = conc_race_file_get_reader (file);
  ConcSteadyClock *steady = conc_race_file_get_steady_clock (file);
  g_autoptr (ConcClockReport) report = g_new0 (ConcClockReport, 1);

  read_clock (report, steady);
  report->stations = list_stations (reader, conc_race_file_get_station (file), error);
  report->events = report->stations != NULL ? list_events (reader, error) : NULL;
  if (report->events == NULL)
    return NULL;
  read_hub (report, steady);
  return g_steal_pointer (&report);
}

static char *
describe_station (const ConcStationClock *clock)
{
  g_autofree char *distance = NULL;

  if (clock->error_usec < 0)
    return g_strdup_printf (_ ("%s: its clock was not measured."), clock->name);
  distance = conc_clock_describe_distance (clock->ahead_usec, clock->error_usec);
  return g_strdup_printf (_ ("%s: its clock is %s."), clock->name, distance);
}

static char *
describe_event (const ConcClockEvent *event, GTimeZone *zone)
{
  g_autofree char *at = conc_time_format_clock (event->at_usec, zone, 0);
  g_autofree char *sentence = conc_clock_describe_event (event->event, event->by_usec);

  return g_strdup_printf ("%s %s: %s", at, event->name, sentence);
}

/**
 * conc_clock_report_describe:
 * @zone: the time zone of the race
 *
 * Returns: (transfer full): sentences: about this clock, the hub's, the others', and what happened,
 *   the earliest first. Any thread.
 */
GStrv
conc_clock_report_describe (const ConcClockReport *report, GTimeZone *zone)
{
  g_autofree char *now = conc_time_format_clock (report->now_usec, zone, 2);
  GPtrArray       *sentences = g_ptr_array_new ();

  g_ptr_array_add (sentences,
                   g_strdup_printf (_ ("It is %s by the clock that times are recorded by."), now));
  g_ptr_array_add (sentences, conc_clock_describe_wall (report->difference_usec));
  g_ptr_array_add (sentences, conc_clock_describe_hub (report->ahead_usec, report->error_usec,
                                                       report->age_usec));
  for (guint i = 0; i < report->stations->len; i++)
    if (!((const ConcStationClock *) g_ptr_array_index (report->stations, i))->is_own)
      g_ptr_array_add (sentences, describe_station (g_ptr_array_index (report->stations, i)));
  for (guint i = report->events->len; i-- > 0;)
    g_ptr_array_add (sentences, describe_event (g_ptr_array_index (report->events, i), zone));
  g_ptr_array_add (sentences, NULL);
  return (GStrv) g_ptr_array_free (sentences, FALSE);
}
