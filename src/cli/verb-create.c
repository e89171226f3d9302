/* verb-create.c: makes a new race file. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verb.h"

#include "cli/local-zone.h"
#include "store/race-file.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

typedef struct
{
  ConcSetting setting;
  const char *option;
  char       *text;
} Given;

enum
{
  GIVEN_NAME,
  GIVEN_DATE,
  GIVEN_TIMEZONE,
  GIVEN_DISTANCE,
  GIVEN_LAPS,
  GIVEN_GOAL,
  N_GIVEN
};

static gboolean
take_setting (ConcSettings *settings, const Given *given)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *value = NULL;

  if (given->text == NULL)
    return TRUE;
  value = conc_setting_normalise (given->setting, given->text, &error);
  if (value == NULL)
    {
      conc_complain ("--%s: %s", given->option, error->message);
      return FALSE;
    }
  conc_settings_set (settings, given->setting, value);
  return TRUE;
}

static ConcExit
create (ConcCall *call, Given *given)
{
  g_autoptr (ConcSettings) settings = conc_settings_new ();
  g_autoptr (ConcRaceFile) file = NULL;
  g_autoptr (GError) error = NULL;

  if (given[GIVEN_NAME].text == NULL || given[GIVEN_DATE].text == NULL)
    return conc_call_misused (call, _ ("A new race needs a name and a date: give --name and "
                                       "--date."));
  if (given[GIVEN_TIMEZONE].text == NULL)
    given[GIVEN_TIMEZONE].text = conc_dup_local_zone ();
  for (guint i = 0; i < N_GIVEN; i++)
    if (!take_setting (settings, &given[i]))
      return CONC_EXIT_USAGE;

  file = conc_race_file_create (call->args[0], settings, conc_clock_get_system (), &error);
  if (file == NULL)
    return conc_failed (error);
  conc_race_file_close (file);
  printf (_ ("Created %s: %s, %s, %s.\n"), call->args[0],
          conc_settings_get (settings, CONC_SETTING_NAME),
          conc_settings_get (settings, CONC_SETTING_DATE),
          conc_settings_get (settings, CONC_SETTING_TIMEZONE));
  return CONC_EXIT_DONE;
}

ConcExit
conc_verb_create (ConcCall *call)
{
  Given given[N_GIVEN] = {
    [GIVEN_NAME] = { CONC_SETTING_NAME, "name" },
    [GIVEN_DATE] = { CONC_SETTING_DATE, "date" },
    [GIVEN_TIMEZONE] = { CONC_SETTING_TIMEZONE, "timezone" },
    [GIVEN_DISTANCE] = { CONC_SETTING_DISTANCE, "distance" },
    [GIVEN_LAPS] = { CONC_SETTING_LAPS, "laps" },
    [GIVEN_GOAL] = { CONC_SETTING_GOAL, "goal" },
  };
  const GOptionEntry options[] = {
    { "name", 0, 0, CONC_OPTION_TEXT, &given[GIVEN_NAME].text, N_ ("the name of the race"),
      "TEXT" },
    { "date", 0, 0, CONC_OPTION_TEXT, &given[GIVEN_DATE].text, N_ ("the day of the race"),
      "YYYY-MM-DD" },
    { "timezone", 0, 0, CONC_OPTION_TEXT, &given[GIVEN_TIMEZONE].text,
      N_ ("its time zone; this computer's when not given"), "ZONE" },
    { "distance", 0, 0, CONC_OPTION_TEXT, &given[GIVEN_DISTANCE].text, N_ ("its length in metres"),
      "METRES" },
    { "laps", 0, 0, CONC_OPTION_TEXT, &given[GIVEN_LAPS].text,
      N_ ("how often a runner crosses the line to finish"), "N" },
    { "goal", 0, 0, CONC_OPTION_TEXT, &given[GIVEN_GOAL].text, N_ ("how much is to be raised"),
      "DOLLARS" },
    { NULL },
  };
  ConcExit status;

  if (conc_call_parse (call, options, 1, 1, &status))
    status = create (call, given);
  for (guint i = 0; i < N_GIVEN; i++)
    g_free (given[i].text);
  return status;
}
