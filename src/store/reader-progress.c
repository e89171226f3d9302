/* reader-progress.c: how check-in is getting on, for whoever coordinates it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/reader-progress.h"

#include "core/race-time.h"
#include "store/queries.h"
#include "store/reader-desk.h"
#include "store/reader-private.h"

#define COMES "(NOT is_virtual AND coalesce (attendance, '') = '')"

static void
wave_count_free (gpointer data)
{
  ConcWaveCount *count = data;

  g_free (count->wave);
  g_free (count);
}

/** conc_progress_free: frees @progress, which may be %NULL. */
void
conc_progress_free (ConcProgress *progress)
{
  if (progress == NULL)
    return;
  g_clear_pointer (&progress->arrivals, g_array_unref);
  g_clear_pointer (&progress->expected, g_array_unref);
  g_clear_pointer (&progress->waves, g_ptr_array_unref);
  g_clear_pointer (&progress->shirts, g_ptr_array_unref);
  g_free (progress);
}

/* ------------------------------------------------------------------------- arrivals */

static GArray *
list_times (ConcDb *db, GError **error)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  sqlite3_stmt *statement =
      conc_db_prepare (db,
                       "SELECT checked_in_at FROM runner WHERE checked_in_at IS NOT NULL AND NOT "
                       "is_virtual",
                       error);
  ConcStep step;

  if (statement == NULL)
    return NULL;
  while ((step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    {
      gint64 usec;

      if (conc_time_parse_rfc3339 (conc_column_text (statement, 0), &usec, NULL))
        g_array_append_val (times, usec);
    }
  return step == CONC_STEP_DONE ? g_steal_pointer (&times) : NULL;
}

/* The time of day @text on race day; CONC_NO_TIME when there is none. */
static gint64
find_time (const ConcSettings *settings, GTimeZone *zone, const char *text)
{
  gint64 usec;

  if (*text == '\0' || !conc_race_time_parse (text, conc_settings_get (settings, CONC_SETTING_DATE),
                                              zone, CONC_NO_TIME, &usec, NULL))
    return CONC_NO_TIME;
  return usec;
}

/* The evening before is another desk. */
static gint64
find_first_arrival (GArray *times, gint64 midnight_usec)
{
  gint64 first = CONC_NO_TIME;

  for (guint i = 0; i < times->len; i++)
    {
      gint64 usec = g_array_index (times, gint64, i);

      if (usec >= midnight_usec && (first == CONC_NO_TIME || usec < first))
        first = usec;
    }
  return first;
}

static gboolean
read_arrivals (ConcReader *reader, ConcProgress *progress, gint64 now_usec, GError **error)
{
  ConcDb *db = conc_reader_get_db (reader);
  g_autoptr (ConcSettings) settings = conc_reader_dup_settings (reader, error);
  g_autoptr (GArray) times = settings != NULL ? list_times (db, error) : NULL;
  g_autoptr (GTimeZone) zone = NULL;
  gint64 gun;

  if (times == NULL || !conc_query_first_gun (db, NULL, &gun, error))
    return FALSE;
  zone = conc_settings_dup_zone (settings);
  progress->arrivals = conc_arrivals_count ((const gint64 *) (gpointer) times->data, times->len);
  conc_desk_hours_init (&progress->hours,
                        find_time (settings, zone,
                                   conc_settings_get (settings, CONC_SETTING_CHECK_IN_OPENS)),
                        find_time (settings, zone,
                                   conc_settings_get (settings, CONC_SETTING_CHECK_IN_CLOSES)),
                        gun, find_first_arrival (times, find_time (settings, zone, "00:00")));
  progress->expected = conc_arrivals_expect (&progress->hours, progress->n_missing, now_usec);
  conc_arrivals_find_peak ((const ConcArrivals *) (gpointer) progress->expected->data,
                           progress->expected->len, &progress->peak);
  return TRUE;
}

/* ---------------------------------------------------------------------------- waves */

static gboolean
count_people (ConcDb *db, ConcProgress *progress, GError **error)
{
  sqlite3_stmt *statement =
      conc_db_prepare (db,
                       "SELECT count (*) FILTER (WHERE " COMES
                       " OR (NOT is_virtual AND checked_in_at NOT NULL)), "
                       "count (*) FILTER (WHERE NOT is_virtual AND checked_in_at NOT NULL), "
                       "count (*) FILTER (WHERE " COMES " AND checked_in_at IS NULL), "
                       "count (*) FILTER (WHERE attendance = 'no-show') FROM runner",
                       error);

  if (statement == NULL || conc_db_step (db, statement, error) != CONC_STEP_ROW)
    return FALSE;
  progress->n_expected = (guint) sqlite3_column_int64 (statement, 0);
  progress->n_checked_in = (guint) sqlite3_column_int64 (statement, 1);
  progress->n_missing = (guint) sqlite3_column_int64 (statement, 2);
  progress->n_no_shows = (guint) sqlite3_column_int64 (statement, 3);
  sqlite3_reset (statement);
  return TRUE;
}

static gboolean
count_wave (ConcDb *db, const char *wave, ConcWaveCount *count, GError **error)
{
  sqlite3_stmt *statement =
      conc_db_prepare (db,
                       "SELECT count (*), "
                       "count (*) FILTER (WHERE " COMES
                       " OR (NOT is_virtual AND checked_in_at NOT NULL)), "
                       "count (*) FILTER (WHERE NOT is_virtual AND checked_in_at NOT NULL) "
                       "FROM runner WHERE wave IS ?",
                       error);

  if (statement == NULL || !conc_db_bind (db, statement, error, "t", wave) ||
      conc_db_step (db, statement, error) != CONC_STEP_ROW)
    return FALSE;
  count->n_registered = (guint) sqlite3_column_int64 (statement, 0);
  count->n_expected = (guint) sqlite3_column_int64 (statement, 1);
  count->n_checked_in = (guint) sqlite3_column_int64 (statement, 2);
  sqlite3_reset (statement);
  return TRUE;
}

static gboolean
add_wave (ConcDb *db, GPtrArray *waves, const char *wave, GError **error)
{
  ConcWaveCount *count = g_new0 (ConcWaveCount, 1);

  count->wave = g_strdup (wave);
  g_ptr_array_add (waves, count);
  if (!count_wave (db, wave, count, error))
    return FALSE;
  if (wave == NULL && count->n_registered == 0)
    g_ptr_array_remove_index (waves, waves->len - 1);
  return TRUE;
}

/* One question a wave; there are at most a few dozen. */
static gboolean
read_waves (ConcReader *reader, ConcProgress *progress, GError **error)
{
  ConcDb *db = conc_reader_get_db (reader);
  g_auto (GStrv) waves = conc_reader_list_waves (reader, error);

  progress->waves = g_ptr_array_new_with_free_func (wave_count_free);
  if (waves == NULL)
    return FALSE;
  for (guint i = 0; waves[i] != NULL; i++)
    if (!add_wave (db, progress->waves, waves[i], error))
      return FALSE;
  return add_wave (db, progress->waves, NULL, error);
}

/**
 * conc_reader_read_progress:
 * @now_usec: the time now, from which on arrivals are expected
 *
 * Those who said that they do not come, or were marked so, are not missing, nor are virtual
 * runners; they are counted when they are checked in all the same.
 *
 * Returns: (transfer full) (nullable): how check-in is getting on. Cost: reads all runners a few
 * times.
 */
ConcProgress *
conc_reader_read_progress (ConcReader *reader, gint64 now_usec, GError **error)
{
  g_autoptr (ConcProgress) progress = g_new0 (ConcProgress, 1);

  if (!count_people (conc_reader_get_db (reader), progress, error) ||
      !read_arrivals (reader, progress, now_usec, error) || !read_waves (reader, progress, error))
    return NULL;
  progress->shirts = conc_reader_count_shirts (reader, error);
  return progress->shirts != NULL ? g_steal_pointer (&progress) : NULL;
}
