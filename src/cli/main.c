/* main.c: concoursectl, a race from the command line. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/race.h"
#include "cli/verb.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define VERB_COLUMN 12

static const ConcVerb verbs[] = {
  { "create",
    "RACE --name TEXT --date YYYY-MM-DD [--timezone ZONE] [--distance METRES] [--laps N]"
    " [--goal DOLLARS]",
    N_ ("Makes a new race file."), conc_verb_create },
  { "config", "RACE [KEY[=VALUE]]... [--json]", N_ ("Shows or changes the settings of a race."),
    conc_verb_config },
  { "import",
    "RACE FILE [--kind runners|gifts|chips] [--map \"Column=field\"]... [--with-donations] "
    "[--dry-run]"
    " [--json]",
    N_ ("Reads registrations or gifts from a table in CSV form."), conc_verb_import },
  { "runners", "RACE [--search TEXT] [--json]", N_ ("Lists the runners."), conc_verb_runners },
  { "walk-up",
    "RACE FIELD=VALUE... [--bib N] [--fee DOLLARS [--method METHOD]] [--check-in] [--anyway]"
    " [--json]",
    N_ ("Registers somebody at the desk."), conc_verb_walk_up },
  { "edit", "RACE BIB|ID FIELD=VALUE...", N_ ("Corrects fields of a runner."), conc_verb_edit },
  { "remove", "RACE BIB|ID [--reason TEXT]", N_ ("Takes a runner out of the race."),
    conc_verb_remove },
  { "bibs", "RACE assign [--from N] [--order name|registration|event] [--json]",
    N_ ("Gives a bib to every runner who has none."), conc_verb_bibs },
  { "labels",
    "RACE --output FILE.pdf [--stock NAME] [--layout NAME] [--bibs 1-100,205|--names FILE.csv]"
    " [--emergency] [--start-at K] [--offset X,Y]",
    N_ ("Writes labels with QR codes to a PDF file."), conc_verb_labels },
  { "stocks", "[--json] | add FILE | remove NAME",
    N_ ("Lists label stocks and layouts, and keeps your own stocks."), conc_verb_stocks },
  { "print",
    "RACE --bibs 1-200|--late|--changed|--all --printer NAME [--stock NAME] [--layout NAME]"
    " [--zpl] [--start-at K] [--again REASON] [--wait] [--json]",
    N_ ("Prints labels on a printer."), conc_verb_print },
  { "prints",
    "RACE [--waiting] [--json] | send [PRINT...] [--printer NAME] | again PRINT... [--reason TEXT]"
    " | printed PRINT... | cancel PRINT... | check",
    N_ ("Lists labels that were printed or wait, and settles what waits."), conc_verb_prints },
  { "transfer", "RACE BIB|ID FIELD=VALUE... [--json]",
    N_ ("Gives the place of a runner to another person."), conc_verb_transfer },
  { "ruling", "RACE BIB|ID dns|dnf|dq|counts | penalty M:SS [--reason TEXT]",
    N_ ("Says who is out of the race, and whose time gets longer."), conc_verb_ruling },
  { "attendance", "RACE BIB|ID no-show|deferred|expected | RACE --no-shows",
    N_ ("Says who does not come, and who takes part from elsewhere."), conc_verb_attendance },
  { "check-in", "RACE BIB|TOKEN [--undo] [--json] | RACE ID|REGISTRATION --bib N [--json]",
    N_ ("Checks a runner in, or takes that back."), conc_verb_check_in },
  { "gun", "RACE [--wave NAME] [--at TIME [--dry-run [--json]]] [--seen]",
    N_ ("Records the gun of the race or of a wave."), conc_verb_gun },
  { "reads",
    "RACE [FILE|tcp:HOST:PORT] [--format NAME] [--stream NAME] [--use USE] [--follow] [--json]",
    N_ ("Records what chip readers and timers send, and lists what became of it."),
    conc_verb_reads },
  { "streams", "RACE [NAME [KEY=VALUE]...] [--json]",
    N_ ("Lists the sources of times, and sets how their times count."), conc_verb_streams },
  { "record", "RACE [--stream NAME]",
    N_ ("Records taps, bibs and guns, one line of standard input each."), conc_verb_record },
  { "ladder", "RACE [--rows] [--json]",
    N_ ("Lists what is suspected of taps and bibs, or all of them side by side."),
    conc_verb_ladder },
  { "repair",
    "RACE SUSPICION | insert-tap TIME | insert-bib N|? [--before CHUTE] | remove FACT"
    " | swap CHUTE CHUTE | reverse CHUTE CHUTE | shift CHUTE later|earlier [N] | link CHUTE TAP"
    " | unlink CHUTE | correct CHUTE N|? [--dry-run] [--json] | RACE --undo FACT",
    N_ ("Repairs the ladder, or shows what that would do."), conc_verb_repair },
  { "results",
    "RACE [--board overall|division|all] [--format text|csv|json|html|pdf] [--output FILE]",
    N_ ("Writes the results."), conc_verb_results },
  { "gift",
    "RACE DOLLARS --method cash|check|card|online|pledge|match [--from NAME] [--anonymous]"
    " [--beneficiary NAME]",
    N_ ("Enters a gift or a pledge."), conc_verb_gift },
  { "conflicts", "RACE [--json]", N_ ("Lists what stations decided apart."), conc_verb_conflicts },
  { "settle", "RACE CARD CHOICE", N_ ("Decides one of the conflicts."), conc_verb_settle },
  { "status", "RACE [--json]", N_ ("Tells where the race stands."), conc_verb_status },
  { "clock", "RACE [--json]", N_ ("Says what is known of the clocks."), conc_verb_clock },
  { "problems", "RACE [--json]", N_ ("Lists what must be looked at before results are trusted."),
    conc_verb_problems },
  { "on-course", "RACE [--json]", N_ ("Lists who started and has not finished."),
    conc_verb_on_course },
  { "story", "RACE BIB|ID|FACT [--json] | RACE BIB --output FILE.pdf",
    N_ ("Tells what happened, when, where and by whom, and how times came about."),
    conc_verb_story },
  { "log", "RACE --output FILE.pdf", N_ ("Writes everything that was timed so far on paper."),
    conc_verb_log },
  { "facts", "RACE [--json]", N_ ("Lists the facts of the race in the order of the log."),
    conc_verb_facts },
  { "verify", "RACE [--json]", N_ ("Replays the facts and compares what follows from them."),
    conc_verb_verify },
  { "backup", "RACE FILE [--force]", N_ ("Copies the race file while the race goes on."),
    conc_verb_backup },
  { "pack", "RACE FILE [--json]", N_ ("Writes all facts into a sealed file, for another station."),
    conc_verb_pack },
  { "unpack", "RACE FILE [--json]", N_ ("Takes the facts of a pack that are new here."),
    conc_verb_unpack },
  { "roles", "[--json]", N_ ("Tells which role reads and writes which kind of fact."),
    conc_verb_roles },
  { "hub",
    "RACE start [--port N] [--server URL] | stop | status [--json] | invite ROLE [--minutes N]"
    " [--json] | revoke NAME",
    N_ ("Hosts a race for several laptops."), conc_verb_hub },
  { "join", "RACE URL|CODE [--name TEXT] [--hub HOST:PORT]",
    N_ ("Makes this computer a station of a race that others host."), conc_verb_join },
  { "sync", "RACE [--once] [--json]", N_ ("Exchanges entries with the hub."), conc_verb_sync },
  { "rehearse", "RACE [--runners N] [--speed X] [--seed N]",
    N_ ("Plays a synthetic race day, live, for practice."), conc_verb_rehearse },
};

static const ConcVerb *
find_verb (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (strcmp (verbs[i].name, name) == 0)
      return &verbs[i];
  return NULL;
}

static void
print_verbs (void)
{
  printf (_ ("Usage: concoursectl [--operator NAME] VERB RACE [WORD]...\n\n"));
  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    printf ("  %-*s%s\n", VERB_COLUMN, verbs[i].name, _ (verbs[i].help));
  printf (_ ("\n“concoursectl help VERB” tells more about a verb; so does the manual page "
             "concoursectl(1).\n"));
}

static ConcExit
run_verb (const char *name, const char *const *words)
{
  ConcCall call = { find_verb (name), NULL, 0 };
  ConcExit status;

  if (call.verb == NULL)
    {
      conc_complain (_ ("“%s” is not a verb: “concoursectl help” lists them."), name);
      return CONC_EXIT_USAGE;
    }
  /* The word before the arguments is for the parser of options, which skips it. */
  call.args = g_strdupv ((char **) words);
  status = call.verb->run (&call);
  g_strfreev (call.args);
  return status;
}

static ConcExit
help (const char *verb)
{
  const char *const words[] = { verb, "--help", NULL };

  if (verb != NULL)
    return run_verb (verb, words);
  print_verbs ();
  return CONC_EXIT_DONE;
}

static ConcExit run (char **argv);

/* "--operator NAME" in front of a verb says who does it. */
static ConcExit
run_as (char **argv)
{
  if (argv[2] == NULL || *argv[2] == '\0')
    {
      conc_complain (_ ("Say who it is: --operator NAME."));
      return CONC_EXIT_USAGE;
    }
  g_setenv (CONC_OPERATOR_VARIABLE, argv[2], TRUE);
  return run (argv + 2);
}

static ConcExit
run (char **argv)
{
  if (argv[0] == NULL || argv[1] == NULL)
    {
      print_verbs ();
      conc_complain (_ ("A verb is missing."));
      return CONC_EXIT_USAGE;
    }
  if (strcmp (argv[1], "--version") == 0)
    {
      printf ("concoursectl %s\n", CONC_VERSION);
      return CONC_EXIT_DONE;
    }
  if (strcmp (argv[1], "help") == 0 || strcmp (argv[1], "--help") == 0 ||
      strcmp (argv[1], "-h") == 0)
    return help (argv[2]);
  if (strcmp (argv[1], "--operator") == 0)
    return run_as (argv);
  return run_verb (argv[1], (const char *const *) argv + 1);
}

/* Where a standard stream is closed, the next file that is opened would take its place, and answers
 * would be written into a race. What stands in for it can neither be read nor written. */
static void
hold_standard_streams (void)
{
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    if (fcntl (fd, F_GETFD) < 0)
      open ("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

int
main (int argc, char *argv[])
{
  ConcExit status;

  hold_standard_streams ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, CONC_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  g_set_prgname ("concoursectl");

  status = run (argv);
  if (fflush (stdout) != 0 || ferror (stdout))
    {
      conc_complain (_ ("The output could not be written."));
      status = MAX (status, CONC_EXIT_FAILED);
    }
  return status;
}
