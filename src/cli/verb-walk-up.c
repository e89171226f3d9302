/* verb-walk-up.c: registers somebody at the desk. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verb.h"

#include "cli/field-values.h"
#include "cli/output.h"
#include "cli/race.h"
#include "core/money.h"
#include "store/reader-desk.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

typedef struct
{
  char    *bib;
  char    *fee;
  char    *method_text;
  gboolean with_check_in;
  gboolean is_sure;
  gboolean as_json;

  gint64     fee_cents;
  ConcMethod method;
} WalkUp;

/* A fee of nothing is as if none were given: some run for free. */
static gboolean
read_fee (ConcCall *call, WalkUp *self, ConcExit *ret_exit)
{
  g_autoptr (GError) error = NULL;

  self->method = conc_method_from_text (self->method_text != NULL ? self->method_text : "cash");
  if (self->method_text != NULL && self->fee == NULL)
    *ret_exit = conc_call_misused (call, _ ("--method says how a fee is paid: give --fee too."));
  else if (self->method > CONC_METHOD_ONLINE)
    *ret_exit =
        conc_call_misused (call,
                           _ ("“%s” does not fit --method: write cash, check, card or online."),
                           self->method_text);
  else if (self->fee != NULL && strcmp (self->fee, "0") != 0 &&
           !conc_money_parse (self->fee, &self->fee_cents, &error))
    *ret_exit = conc_misused (error);
  else
    return TRUE;
  return FALSE;
}

/* "Ben Vang, bib 12, born 1985-01-31" */
static char *
describe (const ConcRunner *runner)
{
  g_autofree char *name = conc_runner_dup_full_name (runner);
  const char      *birth_date = conc_runner_get (runner, CONC_FIELD_BIRTH_DATE);
  GString         *text = g_string_new (name);

  if (conc_runner_get_bib (runner) > 0)
    g_string_append_printf (text, _ (", bib %u"), conc_runner_get_bib (runner));
  if (birth_date != NULL)
    g_string_append_printf (text, _ (", born %s"), birth_date);
  return g_string_free (text, FALSE);
}

/* Whoever is at the desk hears of it and is registered all the same: the card of the conflict asks
 * again. */
static gboolean
warn_of_others (const WalkUp     *self,
                ConcRaceFile     *file,
                const ConcRunner *runner,
                ConcExit         *ret_exit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) others = NULL;

  if (self->is_sure)
    return TRUE;
  others = conc_reader_list_look_alikes (conc_race_file_get_reader (file), runner, &error);
  if (others == NULL)
    {
      *ret_exit = conc_failed (error);
      return FALSE;
    }
  for (guint i = 0; i < others->len; i++)
    {
      g_autofree char *other = describe (g_ptr_array_index (others, i));

      conc_complain (_ ("Perhaps registered already: %s."), other);
    }
  return TRUE;
}

static gboolean
pay (const WalkUp *self, ConcRaceFile *file, const char *id, ConcExit *ret_exit)
{
  g_autoptr (ConcReceipt) receipt = NULL;

  if (self->fee_cents == 0)
    return TRUE;
  receipt = conc_race_submit (file,
                              conc_command_new_fee (conc_clock_get_system (), id, self->fee_cents,
                                                    self->method),
                              ret_exit);
  return receipt != NULL;
}

static gboolean
set_bib (ConcRunner *runner, const char *text)
{
  gint64 bib;

  if (text == NULL)
    return TRUE;
  if (!conc_call_parse_number ("--bib", text, 1, CONC_BIB_MAX, &bib))
    return FALSE;
  conc_runner_take (runner, CONC_FIELD_BIB, g_strdup_printf ("%d", (int) bib));
  return TRUE;
}

static gboolean
check_in (ConcRaceFile *file, const char *id, ConcExit *ret_exit)
{
  ConcCommand *command = conc_command_new (CONC_COMMAND_CHECK_IN, conc_clock_get_system ());
  g_autoptr (ConcReceipt) receipt = NULL;

  command->runner_id = g_strdup (id);
  receipt = conc_race_submit (file, command, ret_exit);
  return receipt != NULL;
}

static void
print_json (const WalkUp *self, const ConcRunner *runner, const ConcReceipt *receipt)
{
  g_autoptr (GString) json = g_string_new ("{");
  g_autofree char *fact = conc_fact_id_to_text (&receipt->fact);
  g_autofree char *name = conc_runner_dup_full_name (runner);

  conc_json_member_text (json, "id", receipt->runner_id);
  if (receipt->bib > 0)
    conc_json_member_int (json, "bib", receipt->bib);
  else
    conc_json_member_null (json, "bib");
  conc_json_member_text (json, "name", name);
  conc_json_member_bool (json, "checked_in", self->with_check_in);
  conc_json_member_text (json, "fact", fact);
  conc_json_member_int (json, "paid_cents", self->fee_cents);
  g_string_append_c (json, '}');
  conc_print_line (json);
}

static void
print_text (const WalkUp *self, const ConcRunner *runner, const ConcReceipt *receipt)
{
  g_autofree char *name = conc_runner_dup_full_name (runner);

  if (receipt->bib == 0)
    printf (self->with_check_in ? _ ("%s is registered and checked in.\n")
                                : _ ("%s is registered.\n"),
            name);
  else
    printf (self->with_check_in ? _ ("%s is registered with bib %u and checked in.\n")
                                : _ ("%s is registered with bib %u.\n"),
            name, receipt->bib);
}

static ConcExit
register_runner (const WalkUp *self, ConcRaceFile *file, const ConcRunner *runner)
{
  ConcCommand *command = conc_command_new (CONC_COMMAND_REGISTER, conc_clock_get_system ());
  g_autoptr (ConcReceipt) receipt = NULL;
  ConcExit status;

  command->runner = conc_runner_copy (runner);
  receipt = conc_race_submit (file, command, &status);
  if (receipt == NULL || !pay (self, file, receipt->runner_id, &status) ||
      (self->with_check_in && !check_in (file, receipt->runner_id, &status)))
    return status;
  if (self->as_json)
    print_json (self, runner, receipt);
  else
    print_text (self, runner, receipt);
  return CONC_EXIT_DONE;
}

static ConcExit
walk_up (ConcCall *call, const WalkUp *self)
{
  ConcExit status;
  g_autoptr (ConcRaceFile) file = conc_race_open_for_writing (call->args[0], &status);
  g_autoptr (ConcRunner) runner = NULL;

  if (file == NULL)
    return status;
  status = CONC_EXIT_USAGE;
  runner = conc_field_values_read (call, call->args + 1, call->n_args - 1,
                                   conc_race_file_get_settings (file), NULL, &status);
  if (runner != NULL && set_bib (runner, self->bib) && warn_of_others (self, file, runner, &status))
    status = register_runner (self, file, runner);
  conc_race_file_close (file);
  return status;
}

ConcExit
conc_verb_walk_up (ConcCall *call)
{
  WalkUp             self = { NULL };
  const GOptionEntry options[] = {
    { "bib", 0, 0, CONC_OPTION_TEXT, &self.bib, N_ ("the bib that the runner gets"), "N" },
    { "fee", 0, 0, CONC_OPTION_TEXT, &self.fee, N_ ("what is paid to take part"), "DOLLARS" },
    { "method", 0, 0, CONC_OPTION_TEXT, &self.method_text,
      N_ ("cash, check, card or online; cash unless it is given"), "METHOD" },
    { "anyway", 0, 0, G_OPTION_ARG_NONE, &self.is_sure,
      N_ ("says nothing about others who may be the same person"), NULL },
    { "check-in", 0, 0, G_OPTION_ARG_NONE, &self.with_check_in, N_ ("checks the runner in too"),
      NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self.as_json, N_ ("writes JSON"), NULL },
    { NULL },
  };
  g_autofree char *bib = NULL;
  g_autofree char *fee = NULL;
  g_autofree char *method = NULL;
  ConcExit         status = CONC_EXIT_USAGE;

  if (!conc_call_parse (call, options, 2, G_MAXUINT, &status))
    return status;
  bib = self.bib;
  fee = self.fee;
  method = self.method_text;
  return read_fee (call, &self, &status) ? walk_up (call, &self) : status;
}
