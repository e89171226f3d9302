/* timebase.c: what the times of a station count as, by the clock of the hub. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/timebase.h"

#include "core/anchor.h"
#include "core/clock-offset.h"
#include "core/race-time.h"

#include <string.h>

/* What no clock that is worth a correction is off by; more is nonsense, and would overflow. */
#define OFFSET_MAX_USEC (G_GINT64_CONSTANT (100) * 366 * 86400 * G_USEC_PER_SEC)
#define ERROR_MAX_USEC (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)
#define CLOCK_MAX_BYTES 100

/* A timebase as a fact names it; with a measurement when @error_usec is 0 or more. */
typedef struct
{
  const char *station;
  const char *clock;
  gint64      offset_usec;
  gint64      error_usec;
  gint64      rank;
  ConcHlc     hlc;
  gint64      seq;
} Measured;

/* ------------------------------------------------------------- moving times */

/* All tables that have a column raw_usec. */
static gboolean
move_times (ConcDb *db, const char *station, const char *clock, gint64 by_usec, GError **error)
{
  static const char *const statements[] = {
    "UPDATE tap SET at_usec = at_usec + ? WHERE station = ? AND clock = ?",
    "UPDATE gun SET at_usec = at_usec + ? WHERE station = ? AND clock = ?",
    "UPDATE start SET at_usec = at_usec + ? WHERE station = ? AND clock = ?",
    "UPDATE gun_seen SET at_usec = at_usec + ? WHERE station = ? AND clock = ?",
    "UPDATE chute SET at_usec = at_usec + ? WHERE station = ? AND clock = ?",
    "UPDATE watch SET at_usec = at_usec + ? WHERE station = ? AND clock = ?",
  };
  int n_before = sqlite3_total_changes (conc_db_get_handle (db));

  if (by_usec == 0)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    if (!conc_db_run (db, statements[i], error, "itt", by_usec, station, clock))
      return FALSE;
  if (sqlite3_total_changes (conc_db_get_handle (db)) != n_before)
    conc_db_note_moved (db);
  return TRUE;
}

/* ------------------------------------------------------------- what is known of a timebase */

static gboolean
find_row (ConcDb *db, Measured *row, gboolean *ret_found, GError **error)
{
  sqlite3_stmt *statement =
      conc_db_prepare (db,
                       "SELECT offset_usec, error_usec, rank, hlc, seq FROM timebase "
                       "WHERE station = ? AND clock = ?",
                       error);
  ConcStep step;

  *ret_found = FALSE;
  if (statement == NULL || !conc_db_bind (db, statement, error, "tt", row->station, row->clock))
    return FALSE;
  step = conc_db_step (db, statement, error);
  if (step != CONC_STEP_ROW)
    return step == CONC_STEP_DONE;
  row->offset_usec = sqlite3_column_int64 (statement, 0);
  row->error_usec = sqlite3_column_int64 (statement, 1);
  row->rank = sqlite3_column_int64 (statement, 2);
  row->hlc = sqlite3_column_int64 (statement, 3);
  row->seq = sqlite3_column_int64 (statement, 4);
  sqlite3_reset (statement);
  *ret_found = TRUE;
  return TRUE;
}

/* Of two of one rank the earlier counts, so that the order in which they come does not matter. */
static gboolean
is_better (const Measured *a, const Measured *b)
{
  if (a->error_usec < 0 || b->error_usec < 0)
    return a->error_usec >= 0 && b->error_usec < 0;
  if (a->rank != b->rank)
    return a->rank < b->rank;
  return a->hlc != b->hlc ? a->hlc < b->hlc : a->seq < b->seq;
}

/* The best that was measured in any timebase of @base; 0 when nothing was. */
static gboolean
find_best (ConcDb     *db,
           const char *station,
           const char *base,
           gint64     *ret_offset_usec,
           GError    **error)
{
  sqlite3_stmt *statement =
      conc_db_prepare (db,
                       "SELECT offset_usec FROM timebase WHERE station = ? AND base = ? "
                       "AND error_usec >= 0 ORDER BY rank, hlc, seq LIMIT 1",
                       error);
  ConcStep step;

  if (statement == NULL || !conc_db_bind (db, statement, error, "tt", station, base))
    return FALSE;
  step = conc_db_step (db, statement, error);
  *ret_offset_usec = step == CONC_STEP_ROW ? sqlite3_column_int64 (statement, 0) : 0;
  sqlite3_reset (statement);
  return step != CONC_STEP_FAILED;
}

static gboolean
list_unmeasured (ConcDb     *db,
                 const char *station,
                 const char *base,
                 gint64      unless_usec,
                 GPtrArray  *clocks,
                 GArray     *offsets,
                 GError    **error)
{
  sqlite3_stmt *statement =
      conc_db_prepare (db,
                       "SELECT clock, offset_usec FROM timebase WHERE station = ? AND base = ? "
                       "AND error_usec < 0 AND offset_usec <> ?",
                       error);
  ConcStep step;

  if (statement == NULL || !conc_db_bind (db, statement, error, "tti", station, base, unless_usec))
    return FALSE;
  while ((step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    {
      gint64 offset_usec = sqlite3_column_int64 (statement, 1);

      g_ptr_array_add (clocks, conc_column_dup (statement, 0));
      g_array_append_val (offsets, offset_usec);
    }
  return step == CONC_STEP_DONE;
}

/* A timebase in which nothing was measured has the offset that was measured best before or after
 * the sleep that divides it from another. */
static gboolean
let_inherit (ConcDb *db, const char *station, const char *base, GError **error)
{
  g_autoptr (GPtrArray) clocks = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) offsets = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 best_usec;

  if (!find_best (db, station, base, &best_usec, error) ||
      !list_unmeasured (db, station, base, best_usec, clocks, offsets, error))
    return FALSE;
  for (guint i = 0; i < clocks->len; i++)
    {
      const char *clock = g_ptr_array_index (clocks, i);

      if (!move_times (db, station, clock, best_usec - g_array_index (offsets, gint64, i), error) ||
          !conc_db_run (db, "UPDATE timebase SET offset_usec = ? WHERE station = ? AND clock = ?",
                        error, "itt", best_usec, station, clock))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_row (ConcDb *db, const Measured *measured, const char *base, GError **error)
{
  return conc_db_run (db,
                      "INSERT INTO timebase (station, clock, base, offset_usec, error_usec, rank, "
                      "hlc, seq) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
                      "ON CONFLICT (station, clock) DO UPDATE SET "
                      "offset_usec = excluded.offset_usec, error_usec = excluded.error_usec, "
                      "rank = excluded.rank, hlc = excluded.hlc, seq = excluded.seq",
                      error, "tttiiiii", measured->station, measured->clock, base,
                      measured->offset_usec, measured->error_usec, measured->rank, measured->hlc,
                      measured->seq);
}

static gboolean
learn (ConcDb *db, const Measured *measured, GError **error)
{
  Measured         row = { .station = measured->station, .clock = measured->clock };
  g_autofree char *base = NULL;
  gboolean         found;

  if (!find_row (db, &row, &found, error))
    return FALSE;
  if (found && !is_better (measured, &row))
    return TRUE;
  base = conc_timebase_dup_base (measured->clock);
  return move_times (db, measured->station, measured->clock,
                     measured->offset_usec - row.offset_usec, error) &&
         write_row (db, measured, base, error) && let_inherit (db, measured->station, base, error);
}

/* ------------------------------------------------------------- what facts say */

static const char *
get_clock (const ConcFact *fact)
{
  const char *clock = conc_body_get_text (fact->body, CONC_KEY_CLOCK);

  return clock != NULL && *clock != '\0' && strlen (clock) <= CLOCK_MAX_BYTES ? clock : NULL;
}

/* A fact that passes on what another station timed says whose clock it was, and measures nothing.
 */
static const char *
get_station (const ConcFact *fact)
{
  const char *station = conc_body_get_text (fact->body, CONC_KEY_CLOCK_OF);

  return station != NULL && conc_station_id_is_valid (station) ? station : fact->id.station;
}

static gboolean
get_measured (const ConcFact *fact, Measured *ret_measured)
{
  gint64 offset_usec = conc_body_get_int (fact->body, CONC_KEY_OFFSET, G_MAXINT64);
  gint64 error_usec = conc_body_get_int (fact->body, CONC_KEY_OFFSET_ERROR, -1);

  *ret_measured =
      (Measured){ .station = fact->id.station, .clock = get_clock (fact), .error_usec = -1 };
  if (ret_measured->clock == NULL || conc_body_has (fact->body, CONC_KEY_CLOCK_OF))
    return FALSE;
  if (offset_usec < -OFFSET_MAX_USEC || offset_usec > OFFSET_MAX_USEC || error_usec < 0 ||
      error_usec > ERROR_MAX_USEC)
    return TRUE;
  ret_measured->offset_usec = offset_usec;
  ret_measured->error_usec = error_usec;
  ret_measured->rank = conc_offset_get_rank (error_usec);
  ret_measured->hlc = fact->hlc;
  ret_measured->seq = fact->id.seq;
  return TRUE;
}

/**
 * conc_timebase_learn:
 * @merged: what is known about one subject
 *
 * The times of one timebase must not change their order, so they have one offset: the one that was
 * measured best. Every fact that was ever written in the timebase tells what its station knew
 * then, also one that was taken back. When a better one comes, all times of the timebase move
 * together. What is known in the end does not depend on the order in which facts come.
 *
 * Cost: one look for each fact; moving times is linear in them, and happens a few times a race,
 * because only a measurement that is twice as good takes the place of another.
 */
gboolean
conc_timebase_learn (ConcDb *db, const ConcMerged *merged, GError **error)
{
  for (guint i = 0; i < conc_merged_get_n_facts (merged); i++)
    {
      Measured measured;
      gboolean is_effective;

      if (get_measured (conc_merged_get_fact (merged, i, &is_effective), &measured) &&
          !learn (db, &measured, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * conc_timebase_find:
 * @ret_offset_usec: (out): what is added to the times of the timebase; 0 when nothing is known
 * @ret_error_usec: (out): half the width of what is known, or -1
 *
 * Returns: whether it could be read.
 */
gboolean
conc_timebase_find (ConcDb     *db,
                    const char *station,
                    const char *clock,
                    gint64     *ret_offset_usec,
                    gint64     *ret_error_usec,
                    GError    **error)
{
  Measured row = { .station = station, .clock = clock };
  gboolean found;

  if (!find_row (db, &row, &found, error))
    return FALSE;
  *ret_offset_usec = found ? row.offset_usec : 0;
  *ret_error_usec = found ? row.error_usec : -1;
  return TRUE;
}

/**
 * conc_timebase_read:
 * @merged: what is known about one subject, after conc_timebase_learn()
 * @ret_timed: (out): when it was; borrows from @merged
 * @ret_has_time: (out): whether it has a time that can be read; if not, @ret_timed is not set
 *
 * A typed time is what somebody said that it was, and is taken as it is.
 */
gboolean
conc_timebase_read (ConcDb           *db,
                    const ConcMerged *merged,
                    ConcTimed        *ret_timed,
                    gboolean         *ret_has_time,
                    GError          **error)
{
  const ConcSlot *slot = conc_merged_find (merged, "at");
  ConcTimed       timed = { 0 };
  const char     *text;
  gint64          offset_usec = 0, error_usec;

  *ret_has_time = FALSE;
  text = slot != NULL ? conc_body_get_text (slot->winner->body, "at") : NULL;
  if (text == NULL || !conc_time_parse_rfc3339 (text, &timed.raw_usec, NULL))
    return TRUE;
  timed.fact = slot->winner;
  timed.station = get_station (slot->winner);
  timed.clock = get_clock (slot->winner);
  if (timed.clock != NULL &&
      !conc_timebase_find (db, timed.station, timed.clock, &offset_usec, &error_usec, error))
    return FALSE;
  timed.at_usec = timed.raw_usec + offset_usec;
  *ret_timed = timed;
  *ret_has_time = TRUE;
  return TRUE;
}

/* ------------------------------------------------------------- for the writer */

/**
 * conc_timebase_forget:
 *
 * Forgets what was measured at @station, some of whose facts were deleted. The caller projects
 * again what is left.
 */
gboolean
conc_timebase_forget (ConcDb *db, const char *station, GError **error)
{
  sqlite3_stmt *statement =
      conc_db_prepare (db, "SELECT clock, offset_usec FROM timebase WHERE station = ?", error);
  g_autoptr (GPtrArray) clocks = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) offsets = g_array_new (FALSE, FALSE, sizeof (gint64));
  ConcStep step;

  if (statement == NULL || !conc_db_bind (db, statement, error, "t", station))
    return FALSE;
  while ((step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    {
      gint64 offset_usec = sqlite3_column_int64 (statement, 1);

      g_ptr_array_add (clocks, conc_column_dup (statement, 0));
      g_array_append_val (offsets, offset_usec);
    }
  for (guint i = 0; step == CONC_STEP_DONE && i < clocks->len; i++)
    if (!move_times (db, station, g_ptr_array_index (clocks, i),
                     -g_array_index (offsets, gint64, i), error))
      return FALSE;
  return step == CONC_STEP_DONE &&
         conc_db_run (db, "DELETE FROM timebase WHERE station = ?", error, "t", station);
}

static gboolean
ask (ConcDb *db, sqlite3_stmt *statement, gboolean *ret_answer, GError **error)
{
  if (conc_db_step (db, statement, error) != CONC_STEP_ROW)
    return FALSE;
  *ret_answer = sqlite3_column_int (statement, 0) != 0;
  sqlite3_reset (statement);
  return TRUE;
}

/** conc_timebase_is_used: @ret_is_used: (out): whether any time that counts is of the timebase. */
gboolean
conc_timebase_is_used (ConcDb     *db,
                       const char *station,
                       const char *clock,
                       gboolean   *ret_is_used,
                       GError    **error)
{
  sqlite3_stmt *statement =
      conc_db_prepare (db,
                       "SELECT EXISTS (SELECT 1 FROM timebase WHERE station = ?1 AND clock = ?2)",
                       error);

  return statement != NULL && conc_db_bind (db, statement, error, "tt", station, clock) &&
         ask (db, statement, ret_is_used, error);
}

/** conc_timebase_has_race_begun: @ret_has_begun: (out): whether any time was recorded anywhere. */
gboolean
conc_timebase_has_race_begun (ConcDb *db, gboolean *ret_has_begun, GError **error)
{
  sqlite3_stmt *statement =
      conc_db_prepare (db,
                       "SELECT EXISTS (SELECT 1 FROM gun) OR EXISTS (SELECT 1 FROM tap) OR "
                       "EXISTS (SELECT 1 FROM start) OR EXISTS (SELECT 1 FROM chute) OR "
                       "EXISTS (SELECT 1 FROM timebase)",
                       error);

  return statement != NULL && ask (db, statement, ret_has_begun, error);
}
