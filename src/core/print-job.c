/* print-job.c: one label on its way to a printer, as a value. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/print-job.h"

#include "core/race-time.h"
#include "core/runner.h"

#include <glib/gi18n-lib.h>

G_DEFINE_BOXED_TYPE (ConcPrint, conc_print, conc_print_copy, conc_print_free)

static const struct
{
  const char *text;
  const char *title;
} states[CONC_N_PRINT_STATES] = {
  [CONC_PRINT_QUEUED] = { "queued", N_ ("Waiting") },
  [CONC_PRINT_PRINTING] = { "printing", N_ ("Printing") },
  [CONC_PRINT_PRINTED] = { "printed", N_ ("Printed") },
  [CONC_PRINT_FAILED] = { "failed", N_ ("Failed") },
  [CONC_PRINT_CANCELLED] = { "cancelled", N_ ("Cancelled") },
};

/** conc_print_new: Returns: (transfer full): a print of nothing that is queued. Any thread. */
ConcPrint *
conc_print_new (void)
{
  ConcPrint *print = g_new0 (ConcPrint, 1);

  print->queued_usec = CONC_NO_TIME;
  print->state_usec = CONC_NO_TIME;
  return print;
}

/** conc_print_copy: Returns: (transfer full): a deep copy. Any thread. */
ConcPrint *
conc_print_copy (const ConcPrint *print)
{
  ConcPrint *copy = g_memdup2 (print, sizeof *print);

  copy->id = g_strdup (print->id);
  copy->runner_id = g_strdup (print->runner_id);
  copy->layout = g_strdup (print->layout);
  copy->stock = g_strdup (print->stock);
  copy->printer = g_strdup (print->printer);
  copy->batch = g_strdup (print->batch);
  copy->content = g_strdup (print->content);
  copy->reprint_of = g_strdup (print->reprint_of);
  copy->reason = g_strdup (print->reason);
  copy->station = g_strdup (print->station);
  copy->operator_name = g_strdup (print->operator_name);
  copy->detail = g_strdup (print->detail);
  return copy;
}

/** conc_print_free: frees @print, which may be %NULL. */
void
conc_print_free (ConcPrint *print)
{
  if (print == NULL)
    return;
  g_free (print->id);
  g_free (print->runner_id);
  g_free (print->layout);
  g_free (print->stock);
  g_free (print->printer);
  g_free (print->batch);
  g_free (print->content);
  g_free (print->reprint_of);
  g_free (print->reason);
  g_free (print->station);
  g_free (print->operator_name);
  g_free (print->detail);
  g_free (print);
}

/** conc_print_state_to_text: Returns: the name of @state in facts and on the command line. */
const char *
conc_print_state_to_text (ConcPrintState state)
{
  g_return_val_if_fail (state < CONC_N_PRINT_STATES, NULL);
  return states[state].text;
}

/** conc_print_state_get_title: Returns: the translated name of @state for people. */
const char *
conc_print_state_get_title (ConcPrintState state)
{
  g_return_val_if_fail (state < CONC_N_PRINT_STATES, NULL);
  return _ (states[state].title);
}

/** conc_print_state_from_text: Returns: the state, or %CONC_N_PRINT_STATES for anything else. */
ConcPrintState
conc_print_state_from_text (const char *text)
{
  for (ConcPrintState state = 0; state < CONC_N_PRINT_STATES; state++)
    if (g_strcmp0 (states[state].text, text) == 0)
      return state;
  return CONC_N_PRINT_STATES;
}

/**
 * conc_print_to_body:
 * @at: when it is queued, RFC 3339 in UTC
 *
 * Returns: (transfer full): what a "print" fact says. Any thread.
 */
ConcBody *
conc_print_to_body (const ConcPrint *print, const char *at)
{
  ConcBodyBuilder *builder = conc_body_builder_new ();

  conc_body_builder_add_text (builder, "runner", print->runner_id);
  if (print->bib > 0)
    conc_body_builder_add_int (builder, "bib", print->bib);
  conc_body_builder_add_text (builder, "layout", print->layout);
  conc_body_builder_add_text (builder, "stock", print->stock);
  conc_body_builder_add_text (builder, "printer", print->printer);
  conc_body_builder_add_text (builder, "batch", print->batch);
  conc_body_builder_add_text (builder, "content", print->content);
  conc_body_builder_add_text (builder, "reprint_of", print->reprint_of);
  conc_body_builder_add_text (builder, "reason", print->reason);
  conc_body_builder_add_text (builder, "at", at);
  return conc_body_builder_end (builder);
}

/**
 * conc_print_to_state_body:
 * @at: when it came to that, RFC 3339 in UTC
 *
 * The printer is said again, because a label may come out of another one than was planned. The time
 * has a key of its own beside that of the print.
 *
 * Returns: (transfer full): what a "print.state" fact says. Any thread.
 */
ConcBody *
conc_print_to_state_body (const ConcPrint *print, const char *at)
{
  ConcBodyBuilder *builder = conc_body_builder_new ();

  conc_body_builder_add_text (builder, "state", conc_print_state_to_text (print->state));
  conc_body_builder_add_text (builder, "state_at", at);
  conc_body_builder_add_text (builder, "detail", print->detail != NULL ? print->detail : "");
  conc_body_builder_add_text (builder, "printer", print->printer);
  return conc_body_builder_end (builder);
}

static gint64
get_time (const ConcMerged *merged, const char *key, gint64 fallback)
{
  const char *text = conc_merged_get_text (merged, key);
  gint64      usec;

  return text != NULL && conc_time_parse_rfc3339 (text, &usec, NULL) ? usec : fallback;
}

static char *
dup_text (const ConcMerged *merged, const char *key)
{
  const char *text = conc_merged_get_text (merged, key);

  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

static guint
get_bib (const ConcMerged *merged)
{
  gint64 bib = conc_merged_get_int (merged, "bib", 0);

  return bib > 0 && bib <= CONC_BIB_MAX ? (guint) bib : 0;
}

/**
 * conc_print_from_merged:
 * @id: the subject
 * @merged: what its facts say; it exists
 *
 * Returns: (transfer full): the print. A state that this version does not know counts as queued.
 *   Any thread.
 */
ConcPrint *
conc_print_from_merged (const char *id, const ConcMerged *merged)
{
  const ConcFact *founder = conc_merged_get_founder (merged);
  ConcPrint      *print = conc_print_new ();
  ConcPrintState  state = conc_print_state_from_text (conc_merged_get_text (merged, "state"));

  print->id = g_strdup (id);
  print->runner_id = dup_text (merged, "runner");
  print->bib = get_bib (merged);
  print->layout = dup_text (merged, "layout");
  print->stock = dup_text (merged, "stock");
  print->printer = dup_text (merged, "printer");
  print->batch = dup_text (merged, "batch");
  print->content = dup_text (merged, "content");
  print->reprint_of = dup_text (merged, "reprint_of");
  print->reason = dup_text (merged, "reason");
  print->station = g_strdup (founder->id.station);
  print->operator_name = g_strdup (founder->operator_name);
  print->queued_usec = get_time (merged, "at", conc_hlc_get_usec (founder->hlc));
  print->state = state < CONC_N_PRINT_STATES ? state : CONC_PRINT_QUEUED;
  print->state_usec = get_time (merged, "state_at", print->queued_usec);
  print->detail = dup_text (merged, "detail");
  return print;
}
