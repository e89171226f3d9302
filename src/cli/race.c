/* race.c: what the verbs have in common when they open a race. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/race.h"

#include "core/race-time.h"

/**
 * conc_race_view_open:
 * @view: a view that is zero
 * @path: the race file
 * @ret_exit: (out): how the program ends, set when %FALSE is returned
 *
 * Opens a race for reading. It may be open for writing elsewhere; the view stays at one moment.
 *
 * Returns: whether it could be done; the complaint was made if not.
 */
gboolean
conc_race_view_open (ConcRaceView *view, const char *path, ConcExit *ret_exit)
{
  g_autoptr (GError) error = NULL;

  view->reader = conc_reader_open (path, &error);
  if (view->reader == NULL || !conc_reader_begin (view->reader, &error))
    {
      *ret_exit = conc_failed (error);
      return FALSE;
    }
  view->settings = conc_reader_dup_settings (view->reader, &error);
  if (view->settings == NULL)
    {
      *ret_exit = conc_failed (error);
      return FALSE;
    }
  view->zone = conc_settings_dup_zone (view->settings);
  return TRUE;
}

/** conc_race_view_close: closes @view, which may be half open. */
void
conc_race_view_close (ConcRaceView *view)
{
  /* Closing ends what conc_reader_begin() began. */
  g_clear_pointer (&view->reader, conc_reader_close);
  g_clear_pointer (&view->settings, conc_settings_unref);
  g_clear_pointer (&view->zone, g_time_zone_unref);
}

/**
 * conc_race_open_for_writing:
 * @path: the race file
 * @ret_exit: (out): how the program ends, set when %NULL is returned
 *
 * What is entered is by the person whom --operator or the environment names.
 *
 * Returns: (transfer full): the race, locked for this program; %NULL after the complaint.
 */
ConcRaceFile *
conc_race_open_for_writing (const char *path, ConcExit *ret_exit)
{
  g_autoptr (GError) error = NULL;
  ConcRaceFile *file =
      conc_race_file_open (path, CONC_OPEN_WRITE, conc_clock_get_system (), &error);

  if (file == NULL)
    *ret_exit = conc_failed (error);
  else
    conc_race_file_set_operator (file, g_getenv (CONC_OPERATOR_VARIABLE));
  return file;
}

/**
 * conc_race_check_time:
 * @when: (nullable): what was typed for a time
 *
 * Returns: whether @when is a time of this race; a bad one is wrong usage and writes nothing.
 */
gboolean
conc_race_check_time (ConcRaceFile *file, const char *when, GError **error)
{
  ConcSettings *settings = conc_race_file_get_settings (file);
  g_autoptr (GTimeZone) zone = conc_settings_dup_zone (settings);
  gint64 usec;

  return when == NULL ||
         conc_race_time_parse (when, conc_settings_get (settings, CONC_SETTING_DATE), zone,
                               CONC_NO_TIME, &usec, error);
}

/**
 * conc_race_submit:
 * @command: (transfer full): what to do
 * @ret_exit: (out): how the program ends, set when %NULL is returned
 *
 * Returns: (transfer full): the receipt, when the facts are durable; %NULL after the complaint.
 */
ConcReceipt *
conc_race_submit (ConcRaceFile *file, ConcCommand *command, ConcExit *ret_exit)
{
  g_autoptr (ConcCommand) owned = command;
  g_autoptr (GError) error = NULL;
  ConcReceipt *receipt = conc_race_file_submit (file, owned, &error);

  if (receipt == NULL)
    *ret_exit = conc_failed (error);
  return receipt;
}
