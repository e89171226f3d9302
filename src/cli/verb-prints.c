/* verb-prints.c: the queue of labels and its history, and what people decide about them. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verb.h"

#include "cli/output.h"
#include "cli/print-run.h"
#include "cli/race.h"
#include "core/race-time.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

typedef struct
{
  char    *printer;
  char    *reason;
  gboolean only_waiting;
  gboolean waits;
  gboolean as_json;
} Options;

/* ---------------------------------------------------------------- listing */

/* The queue of this station as it is now, by the ids of its prints; what is at the print service is
 * asked there. */
static GHashTable *
index_queue (GPtrArray *open, GPtrArray *jobs)
{
  GHashTable *states = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < open->len; i++)
    {
      const ConcPrint *print = g_ptr_array_index (open, i);

      g_hash_table_insert (states, print->id,
                           (gpointer) conc_queue_state_to_text (
                               conc_queue_judge (print, open, jobs)));
    }
  return states;
}

static void
append_json (GString *json, const ConcPrint *print, const char *waits, GTimeZone *zone)
{
  g_string_append_c (json, '{');
  conc_json_member_text (json, "print", print->id);
  conc_json_member_int (json, "bib", print->bib);
  conc_json_member_text (json, "runner", print->runner_id);
  conc_json_member_text (json, "state", conc_print_state_to_text (print->state));
  conc_json_member_text (json, "waits", waits);
  conc_json_member_text (json, "printer", print->printer);
  conc_json_member_text (json, "layout", print->layout);
  conc_json_member_text (json, "stock", print->stock);
  conc_json_member_text (json, "batch", print->batch);
  conc_json_member_text (json, "content", print->content);
  conc_json_member_time (json, "queued_at", print->queued_usec, zone);
  conc_json_member_time (json, "state_at", print->state_usec, zone);
  conc_json_member_text (json, "detail", print->detail);
  conc_json_member_text (json, "reprint_of", print->reprint_of);
  conc_json_member_text (json, "reason", print->reason);
  conc_json_member_text (json, "station", print->station);
  conc_json_member_text (json, "operator", print->operator_name);
  g_string_append_c (json, '}');
}

static void
print_json (GPtrArray *prints, GHashTable *queue, GTimeZone *zone)
{
  conc_print (prints->len > 0 ? "[\n" : "[", prints->len > 0 ? 2 : 1);
  for (guint i = 0; i < prints->len; i++)
    {
      const ConcPrint *print = g_ptr_array_index (prints, i);
      g_autoptr (GString) line = g_string_new (NULL);

      append_json (line, print, g_hash_table_lookup (queue, print->id), zone);
      if (i + 1 < prints->len)
        g_string_append_c (line, ',');
      conc_print_line (line);
    }
  conc_print ("]\n", 2);
}

static const char *
get_title (const ConcPrint *print, GPtrArray *open, GPtrArray *jobs, GHashTable *queue)
{
  return g_hash_table_contains (queue, print->id)
             ? conc_queue_state_get_title (conc_queue_judge (print, open, jobs))
             : conc_print_state_get_title (print->state);
}

static void
print_text (GPtrArray *prints, GPtrArray *open, GPtrArray *jobs, GHashTable *queue, GTimeZone *zone)
{
  for (guint i = 0; i < prints->len; i++)
    {
      const ConcPrint *print = g_ptr_array_index (prints, i);
      g_autoptr (GString) line = g_string_new (NULL);
      g_autofree char *bib = g_strdup_printf ("%u", print->bib);
      g_autofree char *at = conc_time_format_clock (print->state_usec, zone, 0);

      conc_append_column (line, print->id, 19);
      conc_append_column (line, bib, 7);
      conc_append_column (line, print->layout, 12);
      conc_append_column (line, print->printer, 18);
      conc_append_column (line, at, 10);
      conc_append_column (line, get_title (print, open, jobs, queue), 19);
      g_string_append (line, print->detail != NULL ? print->detail : "");
      conc_print_line (line);
    }
}

static gboolean
has_printing (GPtrArray *open)
{
  for (guint i = 0; i < open->len; i++)
    if (((const ConcPrint *) g_ptr_array_index (open, i))->state == CONC_PRINT_PRINTING)
      return TRUE;
  return FALSE;
}

/* NULL when the print service need not be asked, or says nothing. */
static GPtrArray *
list_jobs (GPtrArray *open)
{
  g_autoptr (ConcTransport) transport = conc_transport_new ();

  return has_printing (open) ? conc_transport_list_jobs (transport, NULL) : NULL;
}

static ConcExit
list (const char *path, const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcRaceFile) file =
      conc_race_file_open (path, CONC_OPEN_READ, conc_clock_get_system (), &error);
  ConcReader *reader = file != NULL ? conc_race_file_get_reader (file) : NULL;
  g_autoptr (GPtrArray) open =
      reader != NULL ? conc_queue_list_open (reader, conc_race_file_get_station (file), &error)
                     : NULL;
  g_autoptr (GPtrArray) all =
      open != NULL ? conc_reader_list_prints (reader, NULL, 0, &error) : NULL;
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (GHashTable) queue = NULL;
  g_autoptr (GTimeZone) zone = NULL;
  GPtrArray *shown = options->only_waiting ? open : all;

  if (all == NULL)
    return conc_failed (error);
  jobs = list_jobs (open);
  queue = index_queue (open, jobs);
  zone = conc_settings_dup_zone (conc_race_file_get_settings (file));
  if (options->as_json)
    print_json (shown, queue, zone);
  else
    print_text (shown, open, jobs, queue, zone);
  return CONC_EXIT_DONE;
}

/* ---------------------------------------------------------------- deciding */

typedef struct
{
  const char *name;
  gboolean    needs_ids;
  gboolean    sends;
  gboolean (*decide) (ConcSender        *sender,
                      const char *const *ids,
                      const Options     *options,
                      GError           **error);
} Decision;

static gboolean
decide_send (ConcSender *sender, const char *const *ids, const Options *options, GError **error)
{
  return conc_sender_release (sender, ids, options->printer, error);
}

static gboolean
decide_again (ConcSender *sender, const char *const *ids, const Options *options, GError **error)
{
  const char *reason = options->reason != NULL ? options->reason : _ ("asked for again");

  return conc_sender_repeat (sender, ids, options->printer, reason, error);
}

static gboolean
decide_printed (ConcSender *sender, const char *const *ids, const Options *options, GError **error)
{
  return conc_sender_mark_printed (sender, ids, error);
}

static gboolean
decide_cancel (ConcSender *sender, const char *const *ids, const Options *options, GError **error)
{
  return conc_sender_cancel (sender, ids, error);
}

static gboolean
decide_check (ConcSender *sender, const char *const *ids, const Options *options, GError **error)
{
  return TRUE;
}

static const Decision decisions[] = {
  { "send", FALSE, TRUE, decide_send },       { "again", TRUE, TRUE, decide_again },
  { "printed", TRUE, FALSE, decide_printed }, { "cancel", TRUE, FALSE, decide_cancel },
  { "check", FALSE, FALSE, decide_check },
};

static const Decision *
find_decision (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (decisions); i++)
    if (strcmp (decisions[i].name, name) == 0)
      return &decisions[i];
  return NULL;
}

static ConcExit
decide (ConcRaceFile      *file,
        const Decision    *decision,
        const char *const *ids,
        const Options     *options)
{
  g_autoptr (GError) error = NULL;
  ConcExit status = CONC_EXIT_DONE;
  g_autoptr (ConcSender) sender = conc_print_open (file, &status);
  g_autoptr (GPtrArray) prints = NULL;

  if (sender == NULL)
    return status;
  /* What is known by now decides what can be decided. */
  conc_sender_step (sender);
  if (!decision->decide (sender, ids, options, &error))
    return conc_failed (error);
  prints = decision->sends ? conc_sender_list_unsent (sender)
                           : g_ptr_array_new_with_free_func ((GDestroyNotify) conc_print_free);
  return conc_print_run (sender, conc_race_file_get_reader (file), prints,
                         &(const ConcPrintWait){ options->waits, options->as_json }, 0);
}

static ConcExit
open_and_decide (ConcCall *call, const Options *options)
{
  const Decision    *decision = find_decision (call->args[1]);
  const char *const *ids = call->n_args > 2 ? (const char *const *) call->args + 2 : NULL;
  g_autoptr (ConcRaceFile) file = NULL;
  ConcExit status;

  if (decision == NULL)
    return conc_call_misused (
        call,
        _ ("“%s” is nothing that can be done with labels: it is one of send, again, printed, "
           "cancel and check."),
        call->args[1]);
  if (decision->needs_ids && ids == NULL)
    return conc_call_misused (
        call, _ ("Say which labels: “concoursectl prints RACE” lists their names."));
  file = conc_race_open_for_writing (call->args[0], &status);
  if (file == NULL)
    return status;
  status = decide (file, decision, ids, options);
  conc_race_file_close (file);
  return status;
}

static ConcExit
parse_and_run (ConcCall *call, Options *options)
{
  const GOptionEntry entries[] = {
    { "waiting", 0, 0, G_OPTION_ARG_NONE, &options->only_waiting,
      N_ ("only what this station still waits for"), NULL },
    { "printer", 0, 0, CONC_OPTION_TEXT, &options->printer,
      N_ ("send and again: another printer than before"), "NAME" },
    { "reason", 0, 0, CONC_OPTION_TEXT, &options->reason, N_ ("again: why"), "TEXT" },
    { "wait", 0, 0, G_OPTION_ARG_NONE, &options->waits, N_ ("waits until all came out"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->as_json, N_ ("writes JSON"), NULL },
    { NULL },
  };
  ConcExit status;

  if (!conc_call_parse (call, entries, 1, G_MAXUINT, &status))
    return status;
  return call->n_args == 1 ? list (call->args[0], options) : open_and_decide (call, options);
}

ConcExit
conc_verb_prints (ConcCall *call)
{
  Options  options = { NULL };
  ConcExit status = parse_and_run (call, &options);

  g_free (options.printer);
  g_free (options.reason);
  return status;
}
