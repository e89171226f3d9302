/* reader-gun.c: what every station took as a gun, and what another time of it would change. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/reader-gun.h"

#include "core/merge.h"
#include "core/race-time.h"
#include "store/error-private.h"
#include "store/queries.h"
#include "store/reader-private.h"
#include "store/timebase.h"

#include <string.h>

/** conc_gun_take_free: frees @take. */
void
conc_gun_take_free (ConcGunTake *take)
{
  g_free (take->fact);
  g_free (take->station);
  g_free (take->station_name);
  g_free (take);
}

/** conc_gun_preview_free: frees @preview. */
void
conc_gun_preview_free (ConcGunPreview *preview)
{
  g_ptr_array_unref (preview->changes);
  g_free (preview->wave);
  g_free (preview);
}

/* ------------------------------------------------------------- as stations took it */

static char *
dup_station_name (ConcDb *db, const char *station)
{
  sqlite3_stmt *statement =
      conc_db_prepare (db, "SELECT name FROM named_station WHERE id = ?", NULL);
  char *name = NULL;

  if (statement == NULL || !conc_db_bind (db, statement, NULL, "t", station) ||
      conc_db_step (db, statement, NULL) != CONC_STEP_ROW)
    return NULL;
  name = conc_column_dup (statement, 0);
  sqlite3_reset (statement);
  return name;
}

static void
add_take (GPtrArray *takes, const char *fact, const char *station, gint64 at_usec, gboolean counts)
{
  ConcGunTake *take = g_new0 (ConcGunTake, 1);

  take->fact = g_strdup (fact);
  take->station = g_strdup (station);
  take->at_usec = at_usec;
  take->counts = counts;
  g_ptr_array_add (takes, take);
}

/* One fact by itself tells when it says that the gun was. */
static gboolean
add_fact (ConcDb *db, GPtrArray *takes, ConcFact *fact, gboolean counts, GError **error)
{
  g_autoptr (GPtrArray) alone = g_ptr_array_new ();
  g_autoptr (ConcMerged) merged = NULL;
  g_autofree char *name = conc_fact_id_to_text (&fact->id);
  ConcTimed        timed;
  gboolean         has_time;

  g_ptr_array_add (alone, fact);
  merged = conc_merge (alone);
  if (!conc_timebase_read (db, merged, &timed, &has_time, error))
    return FALSE;
  if (has_time)
    add_take (takes, name, timed.station, timed.at_usec, counts);
  return TRUE;
}

/* The one that counts, and those that other stations fired apart from it. */
static gboolean
add_guns (ConcReader *reader, const char *wave, GPtrArray *takes, GError **error)
{
  g_autofree char *subject = g_strconcat ("gun:", wave, NULL);
  ConcDb          *db = conc_reader_get_db (reader);
  g_autoptr (GPtrArray) facts = NULL;
  g_autoptr (ConcMerged) merged = NULL;
  const ConcSlot *slot;

  facts = conc_log_read_subject (conc_reader_get_log (reader), subject, error);
  if (facts == NULL)
    return FALSE;
  merged = conc_merge (facts);
  slot = conc_merged_exists (merged) ? conc_merged_find (merged, "at") : NULL;
  if (slot == NULL)
    return TRUE;
  if (!add_fact (db, takes, slot->winner, TRUE, error))
    return FALSE;
  for (guint i = 0; slot->rivals != NULL && i < slot->rivals->len; i++)
    if (!add_fact (db, takes, g_ptr_array_index (slot->rivals, i), FALSE, error))
      return FALSE;
  return TRUE;
}

static gboolean
add_seen (ConcDb *db, const char *wave, GPtrArray *takes, GError **error)
{
  sqlite3_stmt *statement =
      conc_db_prepare (db,
                       "SELECT subject, station, at_usec FROM gun_seen WHERE wave = ? "
                       "ORDER BY at_usec, subject",
                       error);
  ConcStep step;

  if (statement == NULL || !conc_db_bind (db, statement, error, "t", wave))
    return FALSE;
  while ((step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    add_take (takes, conc_column_text (statement, 0), conc_column_text (statement, 1),
              sqlite3_column_int64 (statement, 2), FALSE);
  return step == CONC_STEP_DONE;
}

/**
 * conc_reader_list_gun_takes:
 * @wave: a wave, or "" for the gun of the race
 *
 * What the stations took as this gun: the one that counts first, then those that were fired apart
 * from it, then those that were taken for comparison. A gun that was corrected is there as it
 * counts.
 *
 * Returns: (transfer full) (nullable) (element-type ConcGunTake): empty before the gun.
 */
GPtrArray *
conc_reader_list_gun_takes (ConcReader *reader, const char *wave, GError **error)
{
  g_autoptr (GPtrArray) takes =
      g_ptr_array_new_with_free_func ((GDestroyNotify) conc_gun_take_free);
  ConcDb *db = conc_reader_get_db (reader);

  if (!add_guns (reader, wave, takes, error) || !add_seen (db, wave, takes, error))
    return NULL;
  for (guint i = 0; i < takes->len; i++)
    {
      ConcGunTake *take = g_ptr_array_index (takes, i);

      take->station_name = dup_station_name (db, take->station);
    }
  return g_steal_pointer (&takes);
}

/* ------------------------------------------------------------- what another time changes */

static void
gun_change_free (gpointer data)
{
  ConcGunChange *change = data;

  g_free (change->name);
  g_free (change);
}

static gint64
get_shown (ConcScoreboard *board, const ConcResult *result)
{
  return result->rank_usec == CONC_NO_TIME
             ? CONC_NO_TIME
             : conc_duration_round (result->rank_usec, conc_scoreboard_get_rules (board)->rounding);
}

/* Everybody on the board who crossed the line, as they are before. */
static GHashTable *
list_before (ConcScoreboard *board)
{
  GHashTable *before = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, gun_change_free);
  ConcResult  result;

  for (guint n = 0; conc_scoreboard_get_row (board, CONC_LIST_OVERALL, n, &result); n++)
    {
      ConcGunChange *change = g_new0 (ConcGunChange, 1);

      change->bib = result.entrant->bib;
      change->name = g_strdup (result.entrant->name);
      change->place_before = result.place;
      change->time_before_usec = get_shown (board, &result);
      change->time_after_usec = CONC_NO_TIME;
      g_hash_table_insert (before, g_strdup (result.entrant->key), change);
    }
  return before;
}

static ConcGunChange *
take_before (GHashTable *before, const ConcResult *result)
{
  char          *key = NULL;
  ConcGunChange *change = NULL;

  if (g_hash_table_steal_extended (before, result->entrant->key, (gpointer *) &key,
                                   (gpointer *) &change))
    {
      g_free (key);
      return change;
    }
  change = g_new0 (ConcGunChange, 1);
  change->bib = result->entrant->bib;
  change->name = g_strdup (result->entrant->name);
  change->time_before_usec = CONC_NO_TIME;
  return change;
}

static void
count_change (ConcGunPreview *preview, ConcGunChange *change)
{
  gboolean is_time = change->time_before_usec != change->time_after_usec;
  gboolean is_place = change->place_before != change->place_after;

  preview->n_times += is_time ? 1 : 0;
  preview->n_places += is_place ? 1 : 0;
  if (is_time || is_place)
    g_ptr_array_add (preview->changes, change);
  else
    gun_change_free (change);
}

static int
compare_lost (gconstpointer a, gconstpointer b)
{
  const ConcGunChange *one = *(ConcGunChange *const *) a;
  const ConcGunChange *two = *(ConcGunChange *const *) b;

  return (one->place_before > two->place_before) - (one->place_before < two->place_before);
}

/* Whoever had a place and has none any more: the crossing is before the gun now. */
static void
count_lost (ConcGunPreview *preview, GHashTable *before)
{
  g_autoptr (GPtrArray) lost = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer       key, change;

  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, &key, &change))
    {
      g_hash_table_iter_steal (&iter);
      g_free (key);
      g_ptr_array_add (lost, change);
    }
  g_ptr_array_sort (lost, compare_lost);
  for (guint i = 0; i < lost->len; i++)
    count_change (preview, g_ptr_array_index (lost, i));
}

static void
compare (ConcGunPreview *preview, ConcScoreboard *board)
{
  g_autoptr (GHashTable) before = list_before (board);
  ConcResult result;

  preview->before_usec = conc_scoreboard_get_start (board, preview->wave);
  preview->n_finishers = conc_scoreboard_get_count (board, CONC_LIST_OVERALL);
  conc_scoreboard_set_start (board, preview->wave, preview->after_usec);
  for (guint n = 0; conc_scoreboard_get_row (board, CONC_LIST_OVERALL, n, &result); n++)
    {
      ConcGunChange *change = take_before (before, &result);

      change->place_after = result.place;
      change->time_after_usec = get_shown (board, &result);
      count_change (preview, change);
    }
  count_lost (preview, before);
}

static gboolean
resolve (ConcReader     *reader,
         ConcGunPreview *preview,
         const char     *wave,
         const char     *when,
         GError        **error)
{
  ConcDb *db = conc_reader_get_db (reader);
  g_autoptr (ConcSettings) settings = conc_query_settings (db, error);
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GError) local_error = NULL;
  gint64 gun_usec;

  if (settings == NULL || !conc_query_resolve_wave (db, settings, wave, &preview->wave, error) ||
      !conc_query_first_gun (db, preview->wave, &gun_usec, error))
    return FALSE;
  zone = conc_settings_dup_zone (settings);
  if (conc_race_time_parse (when, conc_settings_get (settings, CONC_SETTING_DATE), zone, gun_usec,
                            &preview->after_usec, &local_error))
    return TRUE;
  return conc_store_refuse (error, "%s", local_error->message);
}

/**
 * conc_reader_preview_gun:
 * @wave: (nullable): a wave; nothing for the gun of the race
 * @when: when the gun was or shall be, as a person writes it; read as the command does
 *
 * Whose time and place another time of a gun changes, with both. Nothing is written.
 *
 * Returns: (transfer full) (nullable): what would change. %CONC_STORE_ERROR_REFUSED: there is no
 *   such wave or time. Cost: a scoreboard is filled and sorted twice, about 2 µs a crossing.
 */
ConcGunPreview *
conc_reader_preview_gun (ConcReader *reader, const char *wave, const char *when, GError **error)
{
  g_autoptr (ConcGunPreview) preview = g_new0 (ConcGunPreview, 1);
  g_autoptr (ConcScoreboard) board = NULL;

  preview->changes = g_ptr_array_new_with_free_func (gun_change_free);
  if (!resolve (reader, preview, wave, when, error))
    return NULL;
  board = conc_reader_load_scoreboard (reader, error);
  if (board == NULL)
    return NULL;
  compare (preview, board);
  return g_steal_pointer (&preview);
}
