/* verb-clock.c: what is known of the clocks: of this laptop, of the hub and of the others. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verb.h"

#include "cli/output.h"
#include "cli/race.h"
#include "core/clock-words.h"
#include "core/race-time.h"
#include "store/clock-report.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

static void
append_distance (GString *json, gint64 ahead_usec, gint64 error_usec)
{
  if (error_usec >= 0)
    {
      conc_json_member_int (json, "ahead_of_hub_usec", ahead_usec);
      conc_json_member_int (json, "error_usec", error_usec);
      return;
    }
  conc_json_member_null (json, "ahead_of_hub_usec");
  conc_json_member_null (json, "error_usec");
}

static void
append_stations (GString *json, GPtrArray *stations, GTimeZone *zone)
{
  conc_json_key (json, "stations");
  g_string_append_c (json, '[');
  for (guint i = 0; i < stations->len; i++)
    {
      const ConcStationClock *clock = g_ptr_array_index (stations, i);

      conc_json_next (json);
      g_string_append_c (json, '{');
      conc_json_member_text (json, "station", clock->station);
      conc_json_member_text (json, "name", clock->name);
      conc_json_member_text (json, "clock", clock->timebase);
      append_distance (json, clock->ahead_usec, clock->error_usec);
      conc_json_member_time (json, "measured", clock->measured_usec, zone);
      g_string_append_c (json, '}');
    }
  g_string_append_c (json, ']');
}

static void
append_events (GString *json, GPtrArray *events, GTimeZone *zone)
{
  conc_json_key (json, "events");
  g_string_append_c (json, '[');
  for (guint i = 0; i < events->len; i++)
    {
      const ConcClockEvent *event = g_ptr_array_index (events, i);
      g_autofree char      *sentence = conc_clock_describe_event (event->event, event->by_usec);

      conc_json_next (json);
      g_string_append_c (json, '{');
      conc_json_member_time (json, "time", event->at_usec, zone);
      conc_json_member_text (json, "station", event->station);
      conc_json_member_text (json, "name", event->name);
      conc_json_member_text (json, "event", event->event);
      conc_json_member_int (json, "by_usec", event->by_usec);
      conc_json_member_text (json, "sentence", sentence);
      g_string_append_c (json, '}');
    }
  g_string_append_c (json, ']');
}

static void
print_json (const ConcClockReport *report, GTimeZone *zone)
{
  g_autoptr (GString) json = g_string_new ("{");

  conc_json_member_time (json, "time", report->now_usec, zone);
  conc_json_member_time (json, "wall", report->now_usec + report->difference_usec, zone);
  conc_json_member_int (json, "difference_usec", report->difference_usec);
  conc_json_member_text (json, "clock", report->timebase);
  append_distance (json, report->ahead_usec, report->error_usec);
  if (report->age_usec >= 0)
    conc_json_member_int (json, "age_usec", report->age_usec);
  else
    conc_json_member_null (json, "age_usec");
  append_stations (json, report->stations, zone);
  append_events (json, report->events, zone);
  g_string_append_c (json, '}');
  conc_print_line (json);
}

static void
print_text (const ConcClockReport *report, GTimeZone *zone)
{
  g_auto (GStrv) sentences = conc_clock_report_describe (report, zone);

  for (guint i = 0; sentences[i] != NULL; i++)
    printf ("%s\n", sentences[i]);
}

ConcExit
conc_verb_clock (ConcCall *call)
{
  gboolean           as_json = FALSE;
  const GOptionEntry options[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_ ("writes JSON"), NULL },
    { NULL },
  };
  g_autoptr (ConcRaceFile) file = NULL;
  g_autoptr (ConcClockReport) report = NULL;
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GError) error = NULL;
  ConcExit status;

  if (!conc_call_parse (call, options, 1, 1, &status))
    return status;
  file = conc_race_file_open (call->args[0], CONC_OPEN_READ, conc_clock_get_system (), &error);
  report = file != NULL ? conc_clock_report_new (file, &error) : NULL;
  if (report == NULL)
    return conc_failed (error);
  zone = conc_settings_dup_zone (conc_race_file_get_settings (file));
  if (as_json)
    print_json (report, zone);
  else
    print_text (report, zone);
  return CONC_EXIT_DONE;
}
