/* desk-reader.c: reads what is to be settled for a runner beyond what the runner alone tells. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/desk-reader.h"

#include "core/tell-apart.h"
#include "store/queries.h"
#include "store/reader-private.h"

/* Of a name that more people have than these, those are told apart who come first. */
#define SAME_NAME_MAX 20

struct _ConcDeskReader
{
  ConcReader   *reader; /* borrowed */
  ConcSettings *settings;
  GTimeZone    *zone;
  GPtrArray    *shirts;
  char        **waves;
  char        **events;
};

/* What is read for one runner; the texts belong to it. */
typedef struct
{
  ConcDeskContext context;
  char           *told_apart_by;
  char           *checked_in_at;
  char           *runs_instead;
} About;

static void
about_clear (About *about)
{
  g_free (about->told_apart_by);
  g_free (about->checked_in_at);
  g_free (about->runs_instead);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (About, about_clear)

static int
count_shirts_left (ConcDeskReader *self, const char *size)
{
  for (guint i = 0; size != NULL && i < self->shirts->len; i++)
    {
      const ConcShirtCount *count = g_ptr_array_index (self->shirts, i);

      if (count->is_counted && g_ascii_strcasecmp (count->size, size) == 0)
        return MAX (count->left, 0);
    }
  return CONC_DESK_NOT_COUNTED;
}

static GPtrArray *
read_same_name (ConcDb *db, const char *id, GError **error)
{
  g_autoptr (GPtrArray) runners =
      g_ptr_array_new_with_free_func ((GDestroyNotify) conc_runner_free);
  sqlite3_stmt *statement =
      conc_db_prepare (db,
                       "SELECT " CONC_RUNNER_COLUMNS " FROM runner WHERE search <> '' AND "
                       "search = (SELECT search FROM runner WHERE id = ?1) "
                       "ORDER BY id <> ?1, id LIMIT ?2",
                       error);
  ConcStep step;

  if (statement == NULL || !conc_db_bind (db, statement, error, "ti", id, (gint64) SAME_NAME_MAX))
    return NULL;
  while ((step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    g_ptr_array_add (runners, conc_query_read_runner (statement));
  return step == CONC_STEP_DONE ? g_steal_pointer (&runners) : NULL;
}

static gboolean
read_twins (ConcDb *db, const ConcRunner *runner, About *about, GError **error)
{
  g_autoptr (GPtrArray) same = read_same_name (db, conc_runner_get_id (runner), error);
  g_autoptr (GPtrArray) texts = NULL;

  if (same == NULL)
    return FALSE;
  if (same->len < 2)
    return TRUE;
  texts = conc_tell_apart (same);
  about->context.n_others_of_name = same->len - 1;
  about->told_apart_by = g_strdup (g_ptr_array_index (texts, 0));
  about->context.told_apart_by = about->told_apart_by;
  return TRUE;
}

/* The laptop that wrote the check-in last; a race of one laptop has no name for it. */
static gboolean
read_place (ConcDb *db, const ConcRunner *runner, About *about, GError **error)
{
  sqlite3_stmt *statement;
  ConcStep      step;

  if (!conc_runner_get_checked_in (runner))
    return TRUE;
  statement = conc_db_prepare (db,
                               "SELECT named_station.name FROM fact "
                               "JOIN station ON station.n = fact.station "
                               "LEFT JOIN named_station ON named_station.id = station.id "
                               "WHERE fact.subject = ? AND fact.kind = 'check-in' "
                               "ORDER BY fact.hlc DESC LIMIT 1",
                               error);
  if (statement == NULL || !conc_db_bind (db, statement, error, "t", conc_runner_get_id (runner)))
    return FALSE;
  step = conc_db_step (db, statement, error);
  if (step == CONC_STEP_ROW)
    about->checked_in_at = conc_column_dup (statement, 0);
  sqlite3_reset (statement);
  about->context.checked_in_at = about->checked_in_at;
  return step != CONC_STEP_FAILED;
}

static gboolean
read_other_person (ConcReader *reader, const ConcRunner *runner, About *about, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (ConcRunner) other = NULL;
  g_autofree char *id = NULL;

  if (g_strcmp0 (conc_runner_get (runner, CONC_FIELD_ATTENDANCE), CONC_ATTENDANCE_TRANSFERRED) != 0)
    return TRUE;
  id = conc_reader_dup_transferred_to (reader, conc_runner_get_id (runner), &local_error);
  if (id != NULL)
    other = conc_reader_get_runner (reader, id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (other != NULL)
    about->runs_instead = conc_runner_dup_full_name (other);
  about->context.runs_instead = about->runs_instead;
  return TRUE;
}

static gboolean
read_paid (ConcReader *reader, const ConcRunner *runner, gint64 *ret_cents, GError **error)
{
  *ret_cents = 0;
  if (conc_runner_get (runner, CONC_FIELD_BALANCE) == NULL)
    return TRUE;
  *ret_cents = conc_reader_get_paid_cents (reader, conc_runner_get_id (runner), error);
  return *ret_cents >= 0;
}

/**
 * conc_desk_reader_new:
 * @reader: kept by the caller for as long as the result lives
 *
 * Returns: (transfer full) (nullable): what the desk knows of the race now. On the thread of
 *   @reader. Cost: one pass over the runners.
 */
ConcDeskReader *
conc_desk_reader_new (ConcReader *reader, GError **error)
{
  g_autoptr (ConcDeskReader) self = g_new0 (ConcDeskReader, 1);

  self->reader = reader;
  self->settings = conc_reader_dup_settings (reader, error);
  if (self->settings == NULL)
    return NULL;
  self->zone = conc_settings_dup_zone (self->settings);
  self->shirts = conc_reader_count_shirts (reader, error);
  if (self->shirts == NULL)
    return NULL;
  self->waves = conc_reader_list_waves (reader, error);
  if (self->waves == NULL)
    return NULL;
  self->events = conc_reader_list_events (reader, error);
  return self->events != NULL ? g_steal_pointer (&self) : NULL;
}

/** conc_desk_reader_free: frees @desk, which may be %NULL. */
void
conc_desk_reader_free (ConcDeskReader *desk)
{
  if (desk == NULL)
    return;
  g_clear_pointer (&desk->settings, conc_settings_unref);
  g_clear_pointer (&desk->zone, g_time_zone_unref);
  g_clear_pointer (&desk->shirts, g_ptr_array_unref);
  g_strfreev (desk->waves);
  g_strfreev (desk->events);
  g_free (desk);
}

/**
 * conc_desk_reader_list:
 * @runner: as the race has it now
 *
 * Returns: (transfer full) (nullable) (element-type ConcDeskItem): as conc_desk_items() gives them;
 *   %NULL with @error when the file could not be read. On the thread of the reader.
 */
GPtrArray *
conc_desk_reader_list (ConcDeskReader *desk, const ConcRunner *runner, GError **error)
{
  ConcDb *db = conc_reader_get_db (desk->reader);
  g_auto (About) about = { .context = { .settings = desk->settings,
                                        .zone = desk->zone,
                                        .waves = desk->waves,
                                        .n_events = g_strv_length (desk->events) } };

  about.context.n_shirts_left =
      count_shirts_left (desk, conc_runner_get (runner, CONC_FIELD_SHIRT));
  if (!read_paid (desk->reader, runner, &about.context.paid_cents, error) ||
      !read_twins (db, runner, &about, error) || !read_place (db, runner, &about, error) ||
      !read_other_person (desk->reader, runner, &about, error))
    return NULL;
  return conc_desk_items (runner, &about.context);
}

/** conc_desk_reader_get_due_cents: Returns: what @runner still owes; -1 with @error. */
gint64
conc_desk_reader_get_due_cents (ConcDeskReader *desk, const ConcRunner *runner, GError **error)
{
  gint64 paid_cents;

  if (!read_paid (desk->reader, runner, &paid_cents, error))
    return -1;
  return conc_desk_get_due_cents (runner, paid_cents);
}

/**
 * conc_desk_reader_get_usual_place:
 * @ret_event: (out) (nullable): the event
 * @ret_wave: (out) (nullable): the wave
 *
 * The event and wave of most runners who are checked in, or of most who run here as long as nobody
 * is: what somebody who registers at the desk most likely wants.
 *
 * Returns: %FALSE with @error when the file could not be read; then nothing is set. On the thread
 *   of the reader. Cost: one pass over the runners.
 */
gboolean
conc_desk_reader_get_usual_place (ConcDeskReader *desk,
                                  char          **ret_event,
                                  char          **ret_wave,
                                  GError        **error)
{
  ConcDb       *db = conc_reader_get_db (desk->reader);
  sqlite3_stmt *statement =
      conc_db_prepare (db,
                       "SELECT event, wave FROM runner WHERE NOT is_virtual GROUP BY event, wave "
                       "ORDER BY count (checked_in_at) DESC, count (*) DESC, event, wave LIMIT 1",
                       error);
  ConcStep step;

  if (statement == NULL)
    return FALSE;
  step = conc_db_step (db, statement, error);
  if (step == CONC_STEP_FAILED)
    return FALSE;
  *ret_event = step == CONC_STEP_ROW ? conc_column_dup (statement, 0) : NULL;
  *ret_wave = step == CONC_STEP_ROW ? conc_column_dup (statement, 1) : NULL;
  sqlite3_reset (statement);
  return TRUE;
}

/** conc_desk_reader_get_shirts: Returns: (element-type ConcShirtCount): see
 * conc_reader_count_shirts(). */
const GPtrArray *
conc_desk_reader_get_shirts (ConcDeskReader *desk)
{
  return desk->shirts;
}

/** conc_desk_reader_get_waves: Returns: the waves of the race; empty when it has none. */
const char *const *
conc_desk_reader_get_waves (ConcDeskReader *desk)
{
  return (const char *const *) desk->waves;
}

/** conc_desk_reader_get_events: Returns: the events that runners are in, by name. */
const char *const *
conc_desk_reader_get_events (ConcDeskReader *desk)
{
  return (const char *const *) desk->events;
}

/** conc_desk_reader_get_settings: Returns: (transfer none): the settings. */
const ConcSettings *
conc_desk_reader_get_settings (ConcDeskReader *desk)
{
  return desk->settings;
}
