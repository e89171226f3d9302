/* station-clock.c: the clock of this station, kept in its race file and watched. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/station-clock.h"

#include "core/clock-offset.h"
#include "core/race-time.h"
#include "store/identity.h"
#include "store/race-file-private.h"
#include "store/timebase.h"

#include <string.h>

#define BOOT_ID_PATH "/proc/sys/kernel/random/boot_id"

/* The wall clock is said beside the time of the station when it is further away than two readings
 * one after the other are. */
#define SAID_FROM_USEC 1000

/* An offset is written down for its own sake when it is this many ranks better than what is known:
 * four times as good. Taps bring theirs along anyhow. */
#define WORTH_A_FACT 2

/* ------------------------------------------------------------- keeping */

/* Without the file every start of the program counts as one of the computer. */
static char *
dup_boot_id (ConcClock *source)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) parts = NULL;

  if (source->get_boot_id != NULL)
    return g_strdup (source->get_boot_id (source));
  if (!g_file_get_contents (BOOT_ID_PATH, &text, NULL, NULL))
    text = g_uuid_string_random ();
  parts = g_strsplit (g_strstrip (text), "-", -1);
  return g_strjoinv ("", parts);
}

static gboolean
read_kept (ConcDb *db, ConcAnchor *ret_anchor, gboolean *ret_found, GError **error)
{
  sqlite3_stmt *statement = conc_db_prepare (db, "SELECT value FROM sync WHERE key = ?", error);
  ConcStep      step;

  *ret_found = FALSE;
  if (statement == NULL || !conc_db_bind (db, statement, error, "t", CONC_SYNC_CLOCK))
    return FALSE;
  step = conc_db_step (db, statement, error);
  if (step == CONC_STEP_ROW)
    *ret_found = conc_anchor_from_text (conc_column_text (statement, 0), ret_anchor);
  sqlite3_reset (statement);
  return step != CONC_STEP_FAILED;
}

/* As long as no time is recorded, a clock that was set is followed. */
static gboolean
is_worth_keeping (ConcDb           *db,
                  ConcClock        *source,
                  const ConcAnchor *kept,
                  gboolean         *ret_is_worth,
                  GError          **error)
{
  ConcAnchor      anchor = *kept;
  ConcReading     now;
  ConcClockChange change;
  gboolean        has_begun;

  if (!conc_timebase_has_race_begun (db, &has_begun, error))
    return FALSE;
  conc_reading_take (&now, source);
  conc_anchor_look (&anchor, &now, &change);
  *ret_is_worth = has_begun || change.step_usec == 0;
  return TRUE;
}

/**
 * conc_station_clock_open:
 * @source: the clock of the computer; must outlive the clock
 * @ret_is_other_boot: (out): the clock was kept, but the computer was started again since
 *
 * Goes on with the clock that the race file kept, to the microsecond, whatever was done to the wall
 * clock while the program was away. Before the first time is recorded there is nothing to go on
 * with: then a wall clock that was set is followed.
 *
 * Returns: (transfer full) (nullable): the clock.
 */
ConcSteadyClock *
conc_station_clock_open (ConcDb *db, ConcClock *source, gboolean *ret_is_other_boot, GError **error)
{
  g_autofree char *boot_id = dup_boot_id (source);
  ConcAnchor       kept, anchor;
  ConcSteadyClock *steady;
  gboolean         found;

  if (!read_kept (db, &kept, &found, error) ||
      (found && !is_worth_keeping (db, source, &kept, &found, error)))
    return NULL;
  steady = conc_steady_clock_new (source, boot_id, found ? &kept : NULL);
  conc_steady_clock_get_anchor (steady, &anchor);
  *ret_is_other_boot = found && strcmp (kept.boot_id, anchor.boot_id) != 0;
  return steady;
}

/** conc_station_clock_keep: writes down what the clock is, for the next start of the program. */
gboolean
conc_station_clock_keep (ConcDb *db, ConcSteadyClock *steady, GError **error)
{
  ConcAnchor       anchor;
  g_autofree char *text = NULL;

  conc_steady_clock_get_anchor (steady, &anchor);
  text = conc_anchor_to_text (&anchor);
  return conc_db_run (db,
                      "INSERT INTO sync (key, value) VALUES (?, ?) "
                      "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                      error, "tt", CONC_SYNC_CLOCK, text);
}

/** conc_station_clock_keep_new: the same, unless it is written down already. */
gboolean
conc_station_clock_keep_new (ConcDb *db, ConcSteadyClock *steady, GError **error)
{
  ConcAnchor kept, anchor;
  gboolean   found;

  conc_steady_clock_get_anchor (steady, &anchor);
  return read_kept (db, &kept, &found, error) &&
         ((found && conc_anchor_is_equal (&kept, &anchor)) ||
          conc_station_clock_keep (db, steady, error));
}

/* ------------------------------------------------------------- saying */

static char *
dup_timebase (ConcWriter *writer)
{
  ConcAnchor anchor;

  conc_steady_clock_get_anchor (conc_writer_get_steady_clock (writer), &anchor);
  return conc_anchor_dup_timebase (&anchor);
}

static void
add_offset (ConcWriter *writer, ConcBodyBuilder *builder)
{
  gint64 offset_usec, error_usec;

  if (!conc_steady_clock_get_offset (conc_writer_get_steady_clock (writer), &offset_usec,
                                     &error_usec, NULL))
    return;
  conc_body_builder_add_int (builder, CONC_KEY_OFFSET, offset_usec);
  conc_body_builder_add_int (builder, CONC_KEY_OFFSET_ERROR, error_usec);
}

static void
add_time (ConcWriter *writer, ConcBodyBuilder *builder, const char *key, gint64 usec)
{
  g_autofree char *text = conc_time_format_rfc3339 (usec, conc_writer_get_utc (writer));

  conc_body_builder_add_text (builder, key, text);
}

/**
 * conc_station_clock_add_keys:
 * @at_usec: a time of this station that its clock told
 *
 * Adds by which clock the time was taken, what the wall clock said if that is something else, and
 * how far the hub's clock was known to be.
 */
void
conc_station_clock_add_keys (ConcWriter *writer, ConcBodyBuilder *builder, gint64 at_usec)
{
  ConcSteadyClock *steady = conc_writer_get_steady_clock (writer);
  gint64           difference_usec = conc_steady_clock_get_difference (steady);
  g_autofree char *timebase = dup_timebase (writer);

  conc_body_builder_add_text (builder, CONC_KEY_CLOCK, timebase);
  if (ABS (difference_usec) >= SAID_FROM_USEC)
    add_time (writer, builder, CONC_KEY_WALL, at_usec + difference_usec);
  add_offset (writer, builder);
}

/**
 * conc_station_clock_count:
 * @raw_usec: the time of @command by the clock of this station, or as it was typed
 *
 * Returns: what it counts as, by the clock of the hub as far as that is known now.
 */
gint64
conc_station_clock_count (ConcWriter *writer, const ConcCommand *command, gint64 raw_usec)
{
  if (command->when != NULL)
    return raw_usec;
  return raw_usec + conc_steady_clock_get_shift (conc_writer_get_steady_clock (writer));
}

/* A clock fact is its own subject, named like it with a letter before. */
static gboolean
append_event (ConcWriter *writer, const char *event, gint64 by_usec, GError **error)
{
  ConcClock *clock = conc_steady_clock_get_station_clock (conc_writer_get_steady_clock (writer));
  ConcBodyBuilder *builder = conc_body_builder_new ();
  gint64           at_usec = conc_clock_get_wall_usec (clock);
  g_autofree char *name = NULL;
  g_autofree char *subject = NULL;
  ConcFactId       id;

  conc_writer_peek_next_id (writer, &id);
  name = conc_fact_id_to_text (&id);
  subject = g_strconcat ("k", name, NULL);
  add_time (writer, builder, "at", at_usec);
  conc_body_builder_add_text (builder, "event", event);
  conc_body_builder_add_int (builder, "by_usec", by_usec);
  conc_station_clock_add_keys (writer, builder, at_usec);
  return conc_writer_append (writer, CONC_KIND_CLOCK, subject, NULL, NULL,
                             conc_body_builder_end (builder), NULL, error);
}

/* ------------------------------------------------------------- watching */

static gboolean
append_events (ConcWriter *writer, const ConcClockChange *change, gboolean is_start, GError **error)
{
  return (!is_start || append_event (writer, CONC_CLOCK_EVENT_START, 0, error)) &&
         (change->suspend_usec == 0 ||
          append_event (writer, CONC_CLOCK_EVENT_SUSPEND, change->suspend_usec, error)) &&
         (change->step_usec == 0 ||
          append_event (writer, CONC_CLOCK_EVENT_STEP, change->step_usec, error));
}

/**
 * conc_station_clock_watch:
 * @is_other_boot: the computer was started again since the clock was kept, and that was not said
 *
 * Looks at the clocks, before what was asked for is done, and writes down what happened to them.
 * As long as no time is recorded the clock follows a wall clock that is set; from then on that
 * changes nothing and is said. Inside the transaction of the batch.
 */
gboolean
conc_station_clock_watch (ConcWriter *writer, gboolean is_other_boot, GError **error)
{
  ConcSteadyClock *steady = conc_writer_get_steady_clock (writer);
  ConcDb          *db = conc_writer_get_db (writer);
  ConcClockChange  change;
  gboolean         has_begun;

  if (!conc_steady_clock_look (steady, &change) && !is_other_boot)
    return TRUE;
  if (!conc_timebase_has_race_begun (db, &has_begun, error))
    return FALSE;
  if (has_begun && !append_events (writer, &change, is_other_boot, error))
    return FALSE;
  if (!has_begun && change.step_usec != 0)
    conc_steady_clock_begin_anew (steady);
  return conc_station_clock_keep (db, steady, error);
}

/** conc_station_clock_follow: lets the race clock show what times of this station count as. */
gboolean
conc_station_clock_follow (ConcWriter *writer, GError **error)
{
  g_autofree char *timebase = dup_timebase (writer);
  gint64           offset_usec, error_usec;

  if (!conc_timebase_find (conc_writer_get_db (writer), conc_writer_get_station (writer), timebase,
                           &offset_usec, &error_usec, error))
    return FALSE;
  if (error_usec >= 0)
    conc_steady_clock_set_shift (conc_writer_get_steady_clock (writer), offset_usec);
  return TRUE;
}

static gboolean
nothing_cb (ConcWriter *writer, gpointer data, gpointer *ret_result, GError **error)
{
  return TRUE;
}

/**
 * conc_race_file_watch_clock:
 *
 * For programs that have nothing to write for a while: what happened to the clocks is written down
 * then too. Costs a few readings of clocks when nothing did.
 */
gboolean
conc_race_file_watch_clock (ConcRaceFile *file, GError **error)
{
  ConcWriter *writer = conc_race_file_get_writer (file, error);

  if (writer == NULL)
    return FALSE;
  return !conc_steady_clock_has_news (conc_race_file_get_steady_clock (file)) ||
         conc_writer_call (writer, nothing_cb, NULL, NULL, error);
}

/* Times that were recorded before anything was measured, or that nothing follows, are put right by
 * a fact that says what is known now. */
static gboolean
tell_cb (ConcWriter *writer, gpointer data, gpointer *ret_result, GError **error)
{
  ConcSteadyClock *steady = conc_writer_get_steady_clock (writer);
  g_autofree char *timebase = dup_timebase (writer);
  gint64           offset_usec, error_usec, known_usec, known_error_usec;
  gboolean         is_used;

  if (!conc_timebase_is_used (conc_writer_get_db (writer), conc_writer_get_station (writer),
                              timebase, &is_used, error) ||
      !conc_timebase_find (conc_writer_get_db (writer), conc_writer_get_station (writer), timebase,
                           &known_usec, &known_error_usec, error))
    return FALSE;
  if (!conc_steady_clock_get_offset (steady, &offset_usec, &error_usec, NULL))
    return TRUE;
  if (!is_used)
    conc_steady_clock_set_shift (steady, offset_usec);
  else if (known_error_usec < 0 || conc_offset_get_rank (error_usec) + WORTH_A_FACT <=
                                       conc_offset_get_rank (known_error_usec))
    return append_event (writer, CONC_CLOCK_EVENT_MEASURED, 0, error);
  return TRUE;
}

/**
 * conc_race_file_tell_offset:
 * @offset_usec: the hub's clock less the time of this station
 * @error_usec: half the width of what is known
 *
 * What was measured goes with every time that is recorded from now on. It is also written down by
 * itself when it is much better than what is known of the times that were recorded before.
 */
gboolean
conc_race_file_tell_offset (ConcRaceFile *file,
                            gint64        offset_usec,
                            gint64        error_usec,
                            GError      **error)
{
  ConcWriter *writer = conc_race_file_get_writer (file, error);

  if (writer == NULL)
    return FALSE;
  return !conc_steady_clock_set_offset (conc_race_file_get_steady_clock (file), offset_usec,
                                        error_usec) ||
         conc_writer_call (writer, tell_cb, NULL, NULL, error);
}
