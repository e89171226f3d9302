/* print-run.c: sends what was released, waits as asked, and tells what became of it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/print-run.h"

#include "cli/output.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

/* A printer that lacks something is not waited for: whoever comes back sends the rest. */
#define PATIENCE_USEC (2 * G_USEC_PER_SEC)

/** conc_print_open: Returns: (transfer full): a sender that knows what was sent before. */
ConcSender *
conc_print_open (ConcRaceFile *file, ConcExit *ret_exit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcSender) sender = conc_sender_new (file, &error);

  if (sender == NULL || !conc_sender_recover (sender, &error))
    {
      *ret_exit = conc_failed (error);
      return NULL;
    }
  return g_steal_pointer (&sender);
}

static char *
dup_problem (ConcSender *sender)
{
  g_autoptr (ConcQueue) queue = conc_sender_picture (sender, NULL);

  return queue != NULL ? g_strdup (queue->problem) : NULL;
}

static gboolean
is_enough (ConcSender *sender, const ConcPrintWait *wait)
{
  return conc_sender_count_unsent (sender) == 0 && conc_sender_count_unwanted (sender) == 0 &&
         (!wait->until_printed || conc_sender_count_sent (sender) == 0);
}

/* Why nothing comes out any more; NULL when all is as it was asked for. */
static char *
work (ConcSender *sender, const ConcPrintWait *wait)
{
  gint64 stuck_since_usec = 0;
  int    wait_msec;

  while ((wait_msec = conc_sender_step (sender)) != CONC_SENDER_IDLE && !is_enough (sender, wait))
    {
      g_autofree char *problem = wait_msec > 0 ? dup_problem (sender) : NULL;
      gint64           now_usec = g_get_monotonic_time ();

      if (problem == NULL)
        stuck_since_usec = 0;
      else if (stuck_since_usec == 0)
        stuck_since_usec = now_usec;
      else if (now_usec - stuck_since_usec >= PATIENCE_USEC)
        return g_steal_pointer (&problem);
      g_usleep ((gulong) wait_msec * 1000);
    }
  return NULL;
}

static void
count_print (const ConcPrint *print, ConcPrintCount *count)
{
  switch (print->state)
    {
    case CONC_PRINT_QUEUED:
      count->n_waiting++;
      break;
    case CONC_PRINT_PRINTING:
      count->n_sent++;
      break;
    case CONC_PRINT_PRINTED:
      count->n_printed++;
      break;
    default:
      count->n_failed++;
    }
}

static void
print_json (GPtrArray *prints, const ConcPrintCount *count, guint n_before, const char *problem)
{
  g_autoptr (GString) json = g_string_new ("{");

  conc_json_member_int (json, "queued", prints->len);
  conc_json_member_int (json, "left_out", n_before);
  conc_json_member_int (json, "waiting", count->n_waiting);
  conc_json_member_int (json, "sent", count->n_sent);
  conc_json_member_int (json, "printed", count->n_printed);
  conc_json_member_int (json, "failed", count->n_failed);
  conc_json_member_text (json, "problem", problem);
  conc_json_key (json, "prints");
  g_string_append_c (json, '[');
  for (guint i = 0; i < prints->len; i++)
    {
      const ConcPrint *print = g_ptr_array_index (prints, i);

      conc_json_next (json);
      g_string_append_c (json, '{');
      conc_json_member_text (json, "print", print->id);
      conc_json_member_int (json, "bib", print->bib);
      conc_json_member_text (json, "state", conc_print_state_to_text (print->state));
      conc_json_member_text (json, "detail", print->detail);
      g_string_append_c (json, '}');
    }
  g_string_append (json, "]}");
  conc_print_line (json);
}

static void
print_text (GPtrArray *prints, const ConcPrintCount *count, guint n_before)
{
  if (count->n_printed > 0)
    printf (g_dngettext (GETTEXT_PACKAGE, "%u label was printed.\n", "%u labels were printed.\n",
                         count->n_printed),
            count->n_printed);
  if (count->n_sent > 0)
    printf (g_dngettext (GETTEXT_PACKAGE, "%u label is with the print service.\n",
                         "%u labels are with the print service.\n", count->n_sent),
            count->n_sent);
  if (count->n_waiting > 0)
    printf (g_dngettext (GETTEXT_PACKAGE, "%u label waits in the queue.\n",
                         "%u labels wait in the queue.\n", count->n_waiting),
            count->n_waiting);
  if (n_before > 0)
    printf (g_dngettext (GETTEXT_PACKAGE,
                         "%u label was left out, because it was printed before: --again REASON "
                         "prints it again.\n",
                         "%u labels were left out, because they were printed before: --again "
                         "REASON prints them again.\n",
                         n_before),
            n_before);
  for (guint i = 0; i < prints->len; i++)
    {
      const ConcPrint *print = g_ptr_array_index (prints, i);

      if (print->state == CONC_PRINT_FAILED)
        conc_complain (_ ("The label of bib %u was not printed: %s"), print->bib,
                       print->detail != NULL ? print->detail : "");
    }
}

static GPtrArray *
read_again (ConcReader *reader, GPtrArray *prints, GError **error)
{
  g_autoptr (GPtrArray) now = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_print_free);

  for (guint i = 0; i < prints->len; i++)
    {
      const char *id = ((const ConcPrint *) g_ptr_array_index (prints, i))->id;
      ConcPrint  *print = conc_reader_get_print (reader, id, error);

      if (print == NULL)
        return NULL;
      g_ptr_array_add (now, print);
    }
  return g_steal_pointer (&now);
}

/**
 * conc_print_run:
 * @prints: (element-type ConcPrint): what was asked for
 * @n_before: labels that were left out
 *
 * Returns: how the program ends, after telling what became of @prints. A printer that is stopped,
 *   and a print service that does not answer, are given two seconds; what was not sent waits.
 */
ConcExit
conc_print_run (ConcSender          *sender,
                ConcReader          *reader,
                GPtrArray           *prints,
                const ConcPrintWait *wait,
                guint                n_before)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *problem = work (sender, wait);
  g_autoptr (GPtrArray) now =
      conc_sender_flush (sender, &error) ? read_again (reader, prints, &error) : NULL;
  ConcPrintCount count = { 0 };

  if (now == NULL)
    return error != NULL ? conc_failed (error) : CONC_EXIT_FAILED;
  for (guint i = 0; i < now->len; i++)
    count_print (g_ptr_array_index (now, i), &count);
  if (wait->as_json)
    print_json (now, &count, n_before, problem);
  else
    print_text (now, &count, n_before);
  if (problem != NULL)
    conc_complain ("%s", problem);
  return problem != NULL || count.n_failed > 0 ? CONC_EXIT_FAILED : CONC_EXIT_DONE;
}
