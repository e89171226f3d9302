/* test-command.c: tests of commands and of the lines that scripts write. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/command.h"
#include "core/error.h"

#include <locale.h>

#define NOW_USEC G_GINT64_CONSTANT (1512837727000000)

static ConcFakeClock fake;

typedef struct
{
  const char     *line;
  ConcCommandKind kind;
  guint           bib;
  const char     *wave;
  const char     *when;
  const char     *target;
} Good;

static const Good good[] = {
  { "tap", CONC_COMMAND_TAP },
  { "  tap \t", CONC_COMMAND_TAP },
  { "tap\r", CONC_COMMAND_TAP },
  { "tap 10:42:07", CONC_COMMAND_TAP, .when = "10:42:07" },
  { "tap 10:42:07.123", CONC_COMMAND_TAP, .when = "10:42:07.123" },
  { "tap 2017-12-09T10:42:07-06:00", CONC_COMMAND_TAP, .when = "2017-12-09T10:42:07-06:00" },
  { "bib 214", CONC_COMMAND_BIB, 214 },
  { "bib\t214", CONC_COMMAND_BIB, 214 },
  { "bib 0214", CONC_COMMAND_BIB, 214 },
  { "bib 999999", CONC_COMMAND_BIB, 999999 },
  { "cross 7", CONC_COMMAND_CROSS, 7 },
  { "cross 7 23:59:59.999999", CONC_COMMAND_CROSS, 7, .when = "23:59:59.999999" },
  { "start 7 09:00:12", CONC_COMMAND_START, 7, .when = "09:00:12" },
  { "gun", CONC_COMMAND_GUN },
  { "gun 09:00:00", CONC_COMMAND_GUN, .when = "09:00:00" },
  { "gun A", CONC_COMMAND_GUN, .wave = "A" },
  { "gun Wave A", CONC_COMMAND_GUN, .wave = "Wave A" },
  { "gun Wave A 09:00:00", CONC_COMMAND_GUN, .wave = "Wave A", .when = "09:00:00" },
  { "gun Ä 2017-12-09T09:00:00Z", CONC_COMMAND_GUN, .wave = "Ä", .when = "2017-12-09T09:00:00Z" },
  { "gun 9:00 walkers", CONC_COMMAND_GUN, .wave = "9:00 walkers" },
  { "gun 2017-12-09 09:00:00Z", CONC_COMMAND_GUN, .when = "2017-12-09 09:00:00Z" },
  { "gun A 2017-12-09 09:00:00Z", CONC_COMMAND_GUN, .wave = "A", .when = "2017-12-09 09:00:00Z" },
  { "gun A: fast", CONC_COMMAND_GUN, .wave = "A: fast" },
  { "tap 10:42:07.123456789", CONC_COMMAND_TAP, .when = "10:42:07.123456789" },
  { "undo 7f3k9m2q4x-17", CONC_COMMAND_UNDO, .target = "7f3k9m2q4x-17" },
  { "chute 214", CONC_COMMAND_CHUTE, 214 },
  { "chute ?", CONC_COMMAND_CHUTE, 0 },
  { "chute 7 10:42:07", CONC_COMMAND_CHUTE, 7, .when = "10:42:07" },
  { "chute\t? \t10:42:07", CONC_COMMAND_CHUTE, 0, .when = "10:42:07" },
};

static void
test_good_lines (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ConcCommand) command = conc_command_parse_line (good[i].line, &fake.clock, &error);

      g_test_message ("%s", good[i].line);
      g_assert_no_error (error);
      g_assert_nonnull (command);
      g_assert_cmpint (command->kind, ==, good[i].kind);
      g_assert_cmpuint (command->bib, ==, good[i].bib);
      g_assert_cmpstr (command->wave, ==, good[i].wave);
      g_assert_cmpstr (command->when, ==, good[i].when);
      g_assert_cmpstr (command->source, ==, good[i].when != NULL ? "typed" : "clock");
      g_assert_cmpint (command->at_usec, ==, NOW_USEC);
      if (good[i].target != NULL)
        {
          g_autofree char *target = conc_fact_id_to_text (&command->target);
          g_assert_cmpstr (target, ==, good[i].target);
        }
    }
}

static const struct
{
  const char *line;
  const char *sentence;
} bad[] = {
  { "", "The line is empty: write tap, bib, cross, chute, start, gun or undo." },
  { " \t ", "The line is empty: write tap, bib, cross, chute, start, gun or undo." },
  { "fly 3", "“fly” is not a command: write tap, bib, cross, chute, start, gun or undo." },
  { "# a comment", "“#” is not a command: write tap, bib, cross, chute, start, gun or undo." },
  { "TAP", "“TAP” is not a command: write tap, bib, cross, chute, start, gun or undo." },
  { "tap now", NULL },
  { "tap 25:00:00", NULL },
  { "tap 10:00:00 10:00:01", NULL },
  { "bib", "The bib is missing: write it like “bib 214”." },
  { "bib 0", "“0” is not a bib: write a whole number from 1 to 999999." },
  { "bib -1", "“-1” is not a bib: write a whole number from 1 to 999999." },
  { "bib +1", NULL },
  { "bib 1e3", NULL },
  { "bib 1000000", NULL },
  { "bib 99999999999999999999999", NULL },
  { "bib 12 13", "“bib” takes a bib and nothing else." },
  { "cross", "The bib is missing: write it like “cross 214”." },
  { "cross 10:00:00", NULL },
  { "cross 12 soon", NULL },
  { "start 12 -5", NULL },
  { "gun 25:00:00", NULL },
  { "gun A 9:00:00:00", NULL },
  { "gun 2017-12-09T09:00:00", NULL },
  { "chute", "The bib is missing: write it like “chute 214”." },
  { "chute 0", "“0” is not a bib: write a whole number from 1 to 999999." },
  { "chute ??", "“??” is not a bib: write a whole number from 1 to 999999." },
  { "chute ?7", "“?7” is not a bib: write a whole number from 1 to 999999." },
  { "chute ? soon", NULL },
  { "undo", "The fact to undo is missing: write the text that followed “ok”." },
  { "undo 17", "“17” is not the name of a fact: write the text that followed “ok”." },
  { "undo 7f3k9m2q4x-17 twice", NULL },
  { "tap \xff", "The line is not text in UTF-8." },
};

static void
test_bad_lines (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      ConcCommand *command = conc_command_parse_line (bad[i].line, &fake.clock, &error);

      g_test_message ("line %" G_GSIZE_FORMAT, i);
      g_assert_null (command);
      g_assert_nonnull (error);
      g_assert_true (error->domain == CONC_CORE_ERROR);
      g_assert_true (g_str_has_suffix (error->message, "."));
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      if (bad[i].sentence != NULL)
        g_assert_cmpstr (error->message, ==, bad[i].sentence);
    }
}

static void
test_key_time (void)
{
  g_autoptr (ConcCommand) command = conc_command_new (CONC_COMMAND_TAP, &fake.clock);

  conc_command_set_key_time (command, NOW_USEC - 300000, 700000);
  g_assert_cmpint (command->at_usec, ==, NOW_USEC - 300000);
  g_assert_cmpint (command->monotonic_usec, ==, 700000);
  g_assert_cmpstr (command->source, ==, "key");
}

static void
test_edit_owns_copies (void)
{
  g_autoptr (ConcRunner) seen = conc_runner_new ("r1");
  g_autoptr (ConcRunner) wanted = conc_runner_copy (seen);
  g_autoptr (ConcCommand) command = NULL;

  conc_runner_set (wanted, CONC_FIELD_TEAM, "Team Freedom");
  command = conc_command_new_edit (&fake.clock, seen, wanted);
  conc_runner_set (wanted, CONC_FIELD_TEAM, "Another");
  g_assert_cmpint (command->kind, ==, CONC_COMMAND_EDIT);
  g_assert_cmpstr (command->runner_id, ==, "r1");
  g_assert_null (conc_runner_get (command->seen, CONC_FIELD_TEAM));
  g_assert_cmpstr (conc_runner_get (command->runner, CONC_FIELD_TEAM), ==, "Team Freedom");
}

static void
test_others (void)
{
  g_autoptr (ConcCommand) bib = conc_command_new_bib (CONC_COMMAND_CHECK_IN, &fake.clock, 12);
  g_autoptr (ConcCommand) setting = conc_command_new_setting (&fake.clock, CONC_SETTING_LAPS, "3");
  g_autoptr (ConcReceipt) receipt = conc_receipt_new ();

  g_assert_cmpuint (bib->bib, ==, 12);
  g_assert_cmpint (setting->setting, ==, CONC_SETTING_LAPS);
  g_assert_cmpstr (setting->text, ==, "3");
  g_assert_false (conc_fact_id_is_set (&receipt->fact));
  conc_command_free (NULL);
  conc_receipt_free (NULL);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  conc_fake_clock_init (&fake, NOW_USEC);

  g_test_add_func ("/command/line/bad lines are refused with a sentence", test_bad_lines);
  g_test_add_func ("/command/line/good lines are read", test_good_lines);
  g_test_add_func ("/command/the time of the key is the time", test_key_time);
  g_test_add_func ("/command/an edit keeps copies", test_edit_owns_copies);
  g_test_add_func ("/command/the other constructors", test_others);
  return g_test_run ();
}
