/* fuzz-command.c: any line is a command with what it needs, or is refused. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/command.h"
#include "core/race-time.h"
#include "fuzz.h"

const guint       fuzz_rounds = 40000;
const char *const fuzz_seeds[] = {
  "tap",
  "tap 10:42:07.123",
  "bib 214",
  "cross 7 2017-12-09T10:42:07-06:00",
  "start 999999 9:00",
  "gun",
  "gun Wave A 09:00:00",
  "gun 2017-12-09 09:00:00Z",
  "undo 7f3k9m2q4x-17",
  "chute 214",
  "chute ? 10:42:07",
  NULL,
};

static void
check_command (const ConcCommand *command)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  gint64 usec;

  switch (command->kind)
    {
    case CONC_COMMAND_BIB:
    case CONC_COMMAND_CROSS:
    case CONC_COMMAND_START:
      g_assert_cmpuint (command->bib, >=, 1);
      g_assert_cmpuint (command->bib, <=, CONC_BIB_MAX);
      break;
    case CONC_COMMAND_UNDO:
      g_assert_true (conc_fact_id_is_set (&command->target));
      break;
    case CONC_COMMAND_CHUTE:
      g_assert_cmpuint (command->bib, <=, CONC_BIB_MAX);
      break;
    default:
      g_assert_true (command->kind == CONC_COMMAND_TAP || command->kind == CONC_COMMAND_GUN);
    }
  g_assert_true (command->wave == NULL || *command->wave != '\0');
  if (command->when != NULL)
    g_assert_true (
        conc_race_time_parse (command->when, "2000-01-01", utc, CONC_NO_TIME, &usec, NULL));
  fuzz_n_read++;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *line = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcCommand) command = NULL;
  ConcFakeClock clock;

  conc_fake_clock_init (&clock, 0);
  command = conc_command_parse_line (line, &clock.clock, &error);
  if (command == NULL)
    fuzz_check_error (error);
  else
    check_command (command);
  return 0;
}
