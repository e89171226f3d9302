/* verb-gift.c: enters a gift or a pledge. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verb.h"

#include "cli/race.h"
#include "core/money.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

typedef struct
{
  char    *method;
  char    *from;
  char    *beneficiary;
  char    *message;
  gboolean is_anonymous;
} Words;

static ConcExit
enter (ConcRaceFile *file, const ConcGift *wanted)
{
  ConcGift        *gift = conc_gift_copy (wanted);
  ConcCommand     *command = conc_command_new (CONC_COMMAND_GIFT, conc_clock_get_system ());
  g_autofree char *amount = conc_money_format (gift->amount_cents);
  g_autofree char *fact = NULL;
  g_autoptr (ConcReceipt) receipt = NULL;
  ConcExit status;

  gift->at_usec = command->at_usec;
  command->gift = gift;
  receipt = conc_race_submit (file, command, &status);
  if (receipt == NULL)
    return status;
  fact = conc_fact_id_to_text (&receipt->fact);
  printf (_ ("Entered %s, %s (%s).\n"), amount, conc_method_get_title (wanted->method), fact);
  return CONC_EXIT_DONE;
}

static ConcExit
give (ConcCall *call, Words *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcRaceFile) file = NULL;
  g_autoptr (ConcGift) gift = conc_gift_new ();
  ConcExit status;

  if (words->method == NULL)
    return conc_call_misused (call, _ ("A gift needs a method: give --method."));
  gift->method = conc_method_from_text (words->method);
  if (gift->method == CONC_N_METHODS)
    return conc_call_misused (call,
                              _ ("“%s” does not fit --method: write cash, check, card, online, "
                                 "pledge or match."),
                              words->method);
  if (!g_utf8_validate (call->args[1], -1, NULL))
    return conc_call_misused (call, _ ("The amount is not text in UTF-8."));
  if (!conc_money_parse (call->args[1], &gift->amount_cents, &error))
    return conc_misused (error);
  if (gift->amount_cents == 0)
    return conc_call_misused (call, _ ("A gift of nothing is not entered."));
  gift->from = g_strdup (words->from);
  gift->message = g_strdup (words->message);
  gift->beneficiary = g_strdup (words->beneficiary);
  gift->is_anonymous = words->is_anonymous;

  file = conc_race_open_for_writing (call->args[0], &status);
  if (file == NULL)
    return status;
  status = enter (file, gift);
  conc_race_file_close (file);
  return status;
}

ConcExit
conc_verb_gift (ConcCall *call)
{
  Words              words = { NULL };
  const GOptionEntry options[] = {
    { "method", 0, 0, CONC_OPTION_TEXT, &words.method,
      N_ ("cash, check, card, online, pledge or match"), "METHOD" },
    { "from", 0, 0, CONC_OPTION_TEXT, &words.from, N_ ("who gives"), "NAME" },
    { "anonymous", 0, 0, G_OPTION_ARG_NONE, &words.is_anonymous,
      N_ ("the giver is not to be named in public"), NULL },
    { "beneficiary", 0, 0, CONC_OPTION_TEXT, &words.beneficiary, N_ ("for whom it is"), "NAME" },
    { "message", 0, 0, CONC_OPTION_TEXT, &words.message, N_ ("what the giver says"), "TEXT" },
    { NULL },
  };
  ConcExit status;

  if (conc_call_parse (call, options, 2, 2, &status))
    status = give (call, &words);
  g_free (words.method);
  g_free (words.from);
  g_free (words.beneficiary);
  g_free (words.message);
  return status;
}
