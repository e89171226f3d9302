/* verb-check-in.c: checks a runner in, or takes that back. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verb.h"

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
  gboolean      is_undo;
  gboolean      as_json;
} CheckIn;

static gboolean
find_bib (ConcRaceFile *file, const char *text, guint *ret_bib, GError **error)
{
  GBytes *key = conc_race_file_get_key (file);
  guint64 bib;

  if (g_ascii_string_to_unsigned (text, 10, 1, CONC_BIB_MAX, &bib, NULL))
    {
      *ret_bib = (guint) bib;
      return TRUE;
    }
  return conc_token_parse (text, conc_race_file_get_race_id (file), g_bytes_get_data (key, NULL),
                           ret_bib, error);
}

/* What was to be settled before: afterwards nothing blocks any more. */
static GPtrArray *
list_unsettled (CheckIn *self, guint bib, GError **error)
{
  ConcReader *reader = conc_race_file_get_reader (self->file);
  g_autoptr (ConcDeskReader) desk = conc_desk_reader_new (reader, error);
  g_autoptr (ConcRunner) runner = NULL;
  GError *local_error = NULL;

  if (desk == NULL)
    return NULL;
  runner = conc_reader_get_runner_by_bib (reader, bib, &local_error);
  if (runner != NULL)
    return conc_desk_reader_list (desk, runner, error);
  if (local_error == NULL)
    return g_ptr_array_new ();
  g_propagate_error (error, local_error);
  return NULL;
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

  conc_json_member_int (json, "bib", conc_runner_get_bib (runner));
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

  if (self->is_undo)
    printf (_ ("%s, bib %u, is no longer checked in.\n"), name, bib);
  else if (receipt->was_already)
    {
      at = conc_time_format_clock (receipt->at_usec, self->zone, 0);
      printf (_ ("%s, bib %u, was checked in already at %s.\n"), name, bib, at);
    }
  else
    printf (_ ("%s, bib %u, is checked in.\n"), name, bib);
}

static ConcExit
check_in (CheckIn *self, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcReceipt) receipt = NULL;
  g_autoptr (ConcRunner) runner = NULL;
  g_autoptr (GPtrArray) unsettled = NULL;
  ConcExit status;
  guint    bib;

  if (!find_bib (self->file, text, &bib, &error))
    return conc_failed (error);
  unsettled = list_unsettled (self, bib, &error);
  if (unsettled == NULL)
    return conc_failed (error);
  receipt = conc_race_submit (self->file,
                              conc_command_new_bib (self->is_undo ? CONC_COMMAND_CHECK_OUT
                                                                  : CONC_COMMAND_CHECK_IN,
                                                    conc_clock_get_system (), bib),
                              &status);
  if (receipt == NULL)
    return status;
  runner = conc_reader_get_runner_by_bib (conc_race_file_get_reader (self->file), bib, &error);
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

ConcExit
conc_verb_check_in (ConcCall *call)
{
  CheckIn            self = { NULL };
  const GOptionEntry options[] = {
    { "undo", 0, 0, G_OPTION_ARG_NONE, &self.is_undo, N_ ("takes a check-in back"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self.as_json, N_ ("writes JSON"), NULL },
    { NULL },
  };
  g_autoptr (ConcRaceFile) file = NULL;
  g_autoptr (GTimeZone) zone = NULL;
  ConcExit status;

  if (!conc_call_parse (call, options, 2, 2, &status))
    return status;
  file = conc_race_open_for_writing (call->args[0], &status);
  if (file == NULL)
    return status;
  zone = conc_settings_dup_zone (conc_race_file_get_settings (file));
  self.file = file;
  self.zone = zone;
  status = check_in (&self, call->args[1]);
  conc_race_file_close (file);
  return status;
}
