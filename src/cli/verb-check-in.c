/* verb-check-in.c: checks a runner in, or takes that back. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verb.h"

#include "cli/field-values.h"
#include "cli/output.h"
#include "cli/race.h"
#include "core/race-time.h"
#include "core/token.h"
#include "store/desk-reader.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

typedef struct
{
  ConcRaceFile *file;
  GTimeZone    *zone;
  guint         bib;   /* to be given; 0: none */
  char         *shirt; /* the size that is handed out; NULL: none */
  gboolean      is_undo;
  gboolean      as_json;
} CheckIn;

/* A bib, or the token of a label; with --bib, somebody who need not have one. */
static ConcRunner *
find_runner (CheckIn *self, const char *text, ConcExit *ret_exit)
{
  GBytes *key = conc_race_file_get_key (self->file);
  g_autoptr (GError) error = NULL;
  g_autofree char *number = NULL;
  guint            bib;

  if (self->bib > 0)
    return conc_find_registered (self->file, text, ret_exit);
  if (g_ascii_string_to_unsigned (text, 10, 1, CONC_BIB_MAX, NULL, NULL))
    return conc_find_runner (self->file, text, ret_exit);
  if (!conc_token_parse (text, conc_race_file_get_race_id (self->file),
                         g_bytes_get_data (key, NULL), &bib, &error))
    {
      *ret_exit = conc_failed (error);
      return NULL;
    }
  number = g_strdup_printf ("%u", bib);
  return conc_find_runner (self->file, number, ret_exit);
}

/* What was to be settled before: afterwards nothing blocks any more. */
static GPtrArray *
list_unsettled (CheckIn *self, const ConcRunner *runner, GError **error)
{
  g_autoptr (ConcDeskReader) desk =
      conc_desk_reader_new (conc_race_file_get_reader (self->file), error);

  return desk != NULL ? conc_desk_reader_list (desk, runner, error) : NULL;
}

static void
append_unsettled (GString *json, const GPtrArray *items)
{
  conc_json_key (json, "unsettled");
  g_string_append_c (json, '[');
  for (guint i = 0; i < items->len; i++)
    {
      const ConcDeskItem *item = g_ptr_array_index (items, i);

      conc_json_next (json);
      g_string_append_c (json, '{');
      conc_json_member_text (json, "kind", conc_desk_kind_to_text (item->kind));
      conc_json_member_text (json, "weight", conc_desk_weight_to_text (item->weight));
      conc_json_member_text (json, "sentence", item->sentence);
      g_string_append_c (json, '}');
    }
  g_string_append_c (json, ']');
}

/* On the output for errors, so that scripts that read the other one are not surprised. That
 * somebody is here already was said there. */
static void
print_unsettled (const GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    {
      const ConcDeskItem *item = g_ptr_array_index (items, i);

      if (item->kind != CONC_DESK_CHECKED_IN)
        fprintf (stderr, "%s\n", item->sentence);
    }
}

static void
print_json (CheckIn           *self,
            const ConcRunner  *runner,
            const ConcReceipt *receipt,
            const GPtrArray   *unsettled)
{
  g_autoptr (GString) json = g_string_new ("{");
  g_autofree char *fact = conc_fact_id_to_text (&receipt->fact);
  g_autofree char *name = conc_runner_dup_full_name (runner);

  if (conc_runner_get_bib (runner) > 0)
    conc_json_member_int (json, "bib", conc_runner_get_bib (runner));
  else
    conc_json_member_null (json, "bib");
  conc_json_member_text (json, "id", conc_runner_get_id (runner));
  conc_json_member_text (json, "name", name);
  conc_json_member_bool (json, "checked_in", !self->is_undo);
  conc_json_member_bool (json, "already", receipt->was_already);
  conc_json_member_time (json, "time", self->is_undo ? CONC_NO_TIME : receipt->at_usec, self->zone);
  conc_json_member_text (json, "fact", conc_fact_id_is_set (&receipt->fact) ? fact : NULL);
  if (!self->is_undo)
    append_unsettled (json, unsettled);
  g_string_append_c (json, '}');
  conc_print_line (json);
}

static void
print_text (CheckIn *self, const ConcRunner *runner, const ConcReceipt *receipt)
{
  g_autofree char *name = conc_runner_dup_full_name (runner);
  g_autofree char *at = NULL;
  guint            bib = conc_runner_get_bib (runner);

  if (self->is_undo && bib == 0)
    printf (_ ("%s is no longer checked in and has no bib.\n"), name);
  else if (self->is_undo)
    printf (_ ("%s, bib %u, is no longer checked in.\n"), name, bib);
  else if (receipt->was_already)
    {
      at = conc_time_format_clock (receipt->at_usec, self->zone, 0);
      printf (_ ("%s, bib %u, was checked in already at %s.\n"), name, bib, at);
    }
  else
    printf (_ ("%s, bib %u, is checked in.\n"), name, bib);
}

static ConcReceipt *
submit (CheckIn *self, const ConcRunner *runner, ConcExit *ret_exit)
{
  ConcCommand *command =
      conc_command_new_check_in (conc_clock_get_system (), conc_runner_get_id (runner), self->bib);

  command->shirt = g_strdup (self->shirt);
  if (self->is_undo)
    command->kind = CONC_COMMAND_CHECK_OUT;
  return conc_race_submit (self->file, command, ret_exit);
}

static ConcExit
check_in (CheckIn *self, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcReceipt) receipt = NULL;
  g_autoptr (ConcRunner) found = NULL;
  g_autoptr (ConcRunner) runner = NULL;
  g_autoptr (GPtrArray) unsettled = NULL;
  ConcExit status;

  found = find_runner (self, text, &status);
  if (found == NULL)
    return status;
  unsettled = list_unsettled (self, found, &error);
  if (unsettled == NULL)
    return conc_failed (error);
  receipt = submit (self, found, &status);
  if (receipt == NULL)
    return status;
  runner = conc_reader_get_runner (conc_race_file_get_reader (self->file),
                                   conc_runner_get_id (found), &error);
  if (runner == NULL)
    return error != NULL ? conc_failed (error) : CONC_EXIT_DONE;
  if (self->as_json)
    print_json (self, runner, receipt, unsettled);
  else
    {
      print_text (self, runner, receipt);
      if (!self->is_undo)
        print_unsettled (unsettled);
    }
  return CONC_EXIT_DONE;
}

static ConcExit
run (ConcCall *call, CheckIn *self, const char *bib_text)
{
  g_autoptr (GTimeZone) zone = NULL;
  ConcExit status = CONC_EXIT_USAGE;
  gint64   bib = 0;

  if (bib_text != NULL && self->is_undo)
    return conc_call_misused (call, _ ("--bib and --undo do not go together."));
  if (self->shirt != NULL && self->is_undo)
    return conc_call_misused (call, _ ("--shirt and --undo do not go together."));
  if (bib_text != NULL && !conc_call_parse_number ("--bib", bib_text, 1, CONC_BIB_MAX, &bib))
    return CONC_EXIT_USAGE;
  self->bib = (guint) bib;
  self->file = conc_race_open_for_writing (call->args[0], &status);
  if (self->file == NULL)
    return status;
  zone = conc_settings_dup_zone (conc_race_file_get_settings (self->file));
  self->zone = zone;
  status = check_in (self, call->args[1]);
  conc_race_file_close (self->file);
  g_clear_object (&self->file);
  return status;
}

ConcExit
conc_verb_check_in (ConcCall *call)
{
  CheckIn            self = { NULL };
  g_autofree char   *bib = NULL;
  const GOptionEntry options[] = {
    { "bib", 0, 0, CONC_OPTION_TEXT, &bib,
      N_ ("gives this bib to the runner of that id or registration number"), "N" },
    { "shirt", 0, 0, CONC_OPTION_TEXT, &self.shirt, N_ ("hands out a shirt of this size"),
      N_ ("SIZE") },
    { "undo", 0, 0, G_OPTION_ARG_NONE, &self.is_undo, N_ ("takes a check-in back"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self.as_json, N_ ("writes JSON"), NULL },
    { NULL },
  };
  ConcExit status;

  if (conc_call_parse (call, options, 2, 2, &status))
    status = run (call, &self, bib);
  g_free (self.shirt);
  return status;
}
