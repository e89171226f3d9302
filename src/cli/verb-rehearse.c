/* verb-rehearse.c: plays a synthetic race day, live, for practice. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verb.h"

#include "cli/local-zone.h"
#include "cli/rehearse-clock.h"
#include "cli/rehearse-stage.h"
#include "core/race-time.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>

#define DEFAULT_RUNNERS 200
#define DEFAULT_SPEED 60
#define MAX_SPEED 100000
#define MARK "Rehearsal"
#define WAVES "A,B"
#define GOAL "5000"

typedef struct
{
  const char *path;
  guint       n_runners;
  double      speed;
  guint32     seed;
} Wish;

/* @began_usec is of the monotonic clock of this computer. */
typedef struct
{
  ConcRehearseClock clock;
  ConcStage        *stage;
  GPtrArray        *steps;
  guint             next;
  double            speed;
  GTimeZone        *zone;
  gint64            began_usec;
  GMainLoop        *loop;
  guint             timer;
  ConcExit          status;
} Rehearsal;

static gboolean step_cb (gpointer user_data);

static gboolean
play_next (Rehearsal *self)
{
  const ConcRehearsalStep *step = g_ptr_array_index (self->steps, self->next++);
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;
  g_autofree char *at = NULL;

  conc_rehearse_clock_set (&self->clock, step->after_usec);
  if (!conc_stage_play (self->stage, step, &line, &error))
    {
      self->status = conc_failed (error);
      return FALSE;
    }
  if (line == NULL)
    return TRUE;
  at = conc_time_format_clock (conc_clock_get_wall_usec (&self->clock.clock), self->zone, 0);
  printf ("%s  %s\n", at, line);
  /* Whoever watches wants to see it now; nobody watching is the end. */
  return fflush (stdout) == 0;
}

static void
schedule (Rehearsal *self)
{
  const ConcRehearsalStep *step = g_ptr_array_index (self->steps, self->next);
  gint64                   wait_usec = 0;

  if (self->speed > 0)
    wait_usec = self->began_usec + (gint64) ((double) step->after_usec / self->speed) -
                g_get_monotonic_time ();
  self->timer = g_timeout_add ((guint) (MAX (wait_usec, 0) / 1000), step_cb, self);
}

static gboolean
step_cb (gpointer user_data)
{
  Rehearsal *self = user_data;

  self->timer = 0;
  if (play_next (self) && self->next < self->steps->len)
    schedule (self);
  else
    g_main_loop_quit (self->loop);
  return G_SOURCE_REMOVE;
}

static gboolean
stop_cb (gpointer user_data)
{
  Rehearsal *self = user_data;

  printf (_ ("Stopped; what was played is in the file.\n"));
  g_main_loop_quit (self->loop);
  return G_SOURCE_CONTINUE;
}

static void
play (Rehearsal *self)
{
  guint terminate = g_unix_signal_add (SIGTERM, stop_cb, self);
  guint interrupt = g_unix_signal_add (SIGINT, stop_cb, self);

  self->loop = g_main_loop_new (NULL, FALSE);
  self->began_usec = g_get_monotonic_time ();
  schedule (self);
  g_main_loop_run (self->loop);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_source_remove (terminate);
  g_source_remove (interrupt);
  g_main_loop_unref (self->loop);
}

static void
set_up (ConcSettings *settings, ConcSetting setting, const char *text)
{
  g_autofree char *value = conc_setting_normalise (setting, text, NULL);

  conc_settings_set (settings, setting, value);
}

static ConcRaceFile *
create (const char *path, ConcClock *clock, GError **error)
{
  g_autoptr (ConcSettings) settings = conc_settings_new ();
  g_autofree char *zone_name = conc_dup_local_zone ();
  g_autoptr (GTimeZone) zone = conc_time_zone_parse (zone_name, NULL);
  g_autofree char *at = conc_time_format_rfc3339 (conc_clock_get_wall_usec (clock), zone);
  g_autofree char *date = g_strndup (at, 10);

  set_up (settings, CONC_SETTING_NAME, MARK);
  set_up (settings, CONC_SETTING_DATE, date);
  set_up (settings, CONC_SETTING_TIMEZONE, zone_name);
  set_up (settings, CONC_SETTING_WAVES, WAVES);
  set_up (settings, CONC_SETTING_GOAL, GOAL);
  return conc_race_file_create (path, settings, clock, error);
}

static gboolean
change (ConcRaceFile *file, ConcSetting setting, const char *text, GError **error)
{
  g_autoptr (ConcCommand) command =
      conc_command_new_setting (conc_race_file_get_clock (file), setting, text);
  g_autoptr (ConcReceipt) receipt = conc_race_file_submit (file, command, error);

  return receipt != NULL;
}

/* Practice must not get into a real race: only a rehearsal or an empty race will do, and an empty
 * one is marked as a rehearsal. */
static gboolean
prepare (ConcRaceFile *file, GError **error)
{
  ConcSettings    *settings = conc_race_file_get_settings (file);
  const char      *path = conc_race_file_get_path (file);
  const char      *name = conc_settings_get (settings, CONC_SETTING_NAME);
  gboolean         is_marked = g_str_has_prefix (name, MARK);
  g_autofree char *marked = NULL;
  ConcCounts       counts;

  if (!conc_reader_count (conc_race_file_get_reader (file), &counts, error))
    return FALSE;
  if (!is_marked && (counts.n_registered > 0 || counts.n_taps > 0 || counts.n_gifts > 0 ||
                     counts.first_gun_usec != CONC_NO_TIME))
    {
      g_set_error (error, CONC_STORE_ERROR, CONC_STORE_ERROR_REFUSED,
                   _ ("%s is a real race: give the name of a new file to rehearse."), path);
      return FALSE;
    }
  if (counts.first_gun_usec != CONC_NO_TIME || counts.n_taps > 0)
    {
      g_set_error (error, CONC_STORE_ERROR, CONC_STORE_ERROR_REFUSED,
                   _ ("%s was rehearsed already: give the name of a new file."), path);
      return FALSE;
    }
  marked = g_strdup_printf ("%s: %s", MARK, name);
  if (!is_marked && !change (file, CONC_SETTING_NAME, marked, error))
    return FALSE;
  return counts.n_registered > 0 || *conc_settings_get (settings, CONC_SETTING_WAVES) != '\0' ||
         change (file, CONC_SETTING_WAVES, WAVES, error);
}

static ConcRaceFile *
open_or_create (const char *path, ConcClock *clock, GError **error)
{
  g_autoptr (ConcRaceFile) file = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return create (path, clock, error);
  file = conc_race_file_open (path, CONC_OPEN_WRITE, clock, error);
  if (file == NULL || !prepare (file, error))
    return NULL;
  return g_steal_pointer (&file);
}

/* The rehearsed day ends now, or when a slower rehearsal will end: no time is in the future. */
static gint64
get_base_usec (const Wish *wish, gint64 length_usec)
{
  gint64 now_usec = conc_clock_get_wall_usec (conc_clock_get_system ());

  if (wish->speed > 0)
    now_usec += (gint64) ((double) length_usec / wish->speed);
  return now_usec - length_usec;
}

static gint64
get_length_usec (GPtrArray *steps)
{
  const ConcRehearsalStep *last = g_ptr_array_index (steps, steps->len - 1);

  return last->after_usec;
}

static ConcExit
play_on (Rehearsal *self, ConcRaceFile *file, const Wish *wish)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcStage) stage = conc_stage_new (file, &error);
  g_autoptr (GTimeZone) zone = conc_settings_dup_zone (conc_race_file_get_settings (file));
  guint n_cast = stage != NULL ? conc_stage_count_cast (stage) : 0;

  if (stage == NULL)
    return conc_failed (error);
  if (n_cast > 0 && n_cast != wish->n_runners)
    {
      g_ptr_array_unref (self->steps);
      self->steps = conc_rehearsal_plan (MIN (n_cast, CONC_REHEARSAL_MAX_RUNNERS), wish->seed);
      self->clock.base_usec = get_base_usec (wish, get_length_usec (self->steps));
    }
  self->stage = stage;
  self->zone = zone;
  printf (_ ("Rehearsing on %s, seed %u; Ctrl+C stops.\n"), wish->path, wish->seed);
  play (self);
  return self->status;
}

static ConcExit
rehearse (const Wish *wish)
{
  Rehearsal self = { .speed = wish->speed, .status = CONC_EXIT_DONE };
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcRaceFile) file = NULL;
  ConcExit status;

  self.steps = conc_rehearsal_plan (wish->n_runners, wish->seed);
  conc_rehearse_clock_init (&self.clock, get_base_usec (wish, get_length_usec (self.steps)));
  file = open_or_create (wish->path, &self.clock.clock, &error);
  status = file != NULL ? play_on (&self, file, wish) : conc_failed (error);
  if (file != NULL)
    conc_race_file_close (file);
  g_ptr_array_unref (self.steps);
  return status;
}

static gboolean
parse_speed (const char *text, double *ret_speed)
{
  char  *end = NULL;
  double speed;

  if (text == NULL)
    return TRUE;
  speed = g_ascii_strtod (text, &end);
  if (end == text || *end != '\0' || !(speed >= 0 && speed <= MAX_SPEED))
    {
      conc_complain (_ ("“%s” does not fit --speed: write a number from 0 to %d."), text,
                     MAX_SPEED);
      return FALSE;
    }
  *ret_speed = speed;
  return TRUE;
}

ConcExit
conc_verb_rehearse (ConcCall *call)
{
  g_autofree char   *runners = NULL;
  g_autofree char   *speed = NULL;
  g_autofree char   *seed_text = NULL;
  const GOptionEntry options[] = {
    { "runners", 0, 0, CONC_OPTION_TEXT, &runners, N_ ("how many register; 200 when not given"),
      "N" },
    { "speed", 0, 0, CONC_OPTION_TEXT, &speed,
      N_ ("how many times as fast as a real race; 60 when not given, 0 for at once"), "X" },
    { "seed", 0, 0, CONC_OPTION_TEXT, &seed_text, N_ ("the same seed plays the same day"), "N" },
    { NULL },
  };
  gint64   n_runners = DEFAULT_RUNNERS;
  gint64   seed = g_random_int ();
  Wish     wish = { .speed = DEFAULT_SPEED };
  ConcExit status;

  if (!conc_call_parse (call, options, 1, 1, &status))
    return status;
  if (!conc_call_parse_number ("runners", runners, 1, CONC_REHEARSAL_MAX_RUNNERS, &n_runners) ||
      !conc_call_parse_number ("seed", seed_text, 0, G_MAXUINT32, &seed) ||
      !parse_speed (speed, &wish.speed))
    return CONC_EXIT_USAGE;
  wish.path = call->args[0];
  wish.n_runners = (guint) n_runners;
  wish.seed = (guint32) seed;
  return rehearse (&wish);
}
