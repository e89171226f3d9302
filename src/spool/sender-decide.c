/* sender-decide.c: What people decide about labels in the queue: send, cancel, printed. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "spool/sender-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* ---------------------------------------------------------------- finding */

static gboolean
is_named (const char *const *ids, const char *id)
{
  return ids == NULL || g_strv_contains (ids, id);
}

/** conc_sender_hold_back: @ids: (nullable): what was released and is not sent is only queued again.
 */
void
conc_sender_hold_back (ConcSender *self, const char *const *ids)
{
  for (GList *link = self->unsent.head; link != NULL;)
    {
      GList      *next = link->next;
      ConcBundle *bundle = link->data;

      for (guint i = 0; i < bundle->prints->len;)
        if (is_named (ids, ((ConcPrint *) g_ptr_array_index (bundle->prints, i))->id))
          {
            g_ptr_array_remove_index (bundle->prints, i);
            self->n_total -= self->n_total > self->n_done ? 1 : 0;
          }
        else
          i++;
      if (bundle->prints->len == 0)
        {
          conc_bundle_free (bundle);
          g_queue_delete_link (&self->unsent, link);
        }
      link = next;
    }
}

static gboolean
has_named (GPtrArray *open, const char *id)
{
  for (guint i = 0; i < open->len; i++)
    if (strcmp (((ConcPrint *) g_ptr_array_index (open, i))->id, id) == 0)
      return TRUE;
  return FALSE;
}

/* Some may have come out since somebody looked at the queue; that stops nobody from deciding about
 * the others. */
static gboolean
check_named (ConcSender *self, GPtrArray *open, const char *const *ids, GError **error)
{
  guint n_open = 0;

  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    {
      g_autoptr (ConcPrint) print = conc_reader_get_print (self->reader, ids[i], error);

      if (print == NULL)
        {
          if (error != NULL && *error == NULL)
            g_set_error (error, CONC_SPOOL_ERROR, CONC_SPOOL_ERROR_NOTHING,
                         _ ("There is no label “%s” in this race."), ids[i]);
          return FALSE;
        }
      n_open += has_named (open, ids[i]);
    }
  if (ids == NULL || ids[0] == NULL || n_open > 0)
    return TRUE;
  g_set_error (error, CONC_SPOOL_ERROR, CONC_SPOOL_ERROR_NOTHING,
               _ ("The label “%s” does not wait in the queue of this station."), ids[0]);
  return FALSE;
}

static GPtrArray *
list_open (ConcSender *self, const char *const *ids, GError **error)
{
  g_autoptr (GPtrArray) open =
      conc_queue_list_open (self->reader, conc_sender_get_station (self), error);

  if (open == NULL || !check_named (self, open, ids, error))
    return NULL;
  return g_steal_pointer (&open);
}

/* ---------------------------------------------------------------- sending */

static gboolean
is_sheet (ConcSender *self, const ConcPrint *print)
{
  ConcLabelMaker *maker = conc_sender_get_maker (self, print, NULL);

  return maker != NULL && conc_stock_get_count (conc_label_maker_get_stock (maker)) > 1;
}

/* A label of somebody who stands at the desk goes before a batch, behind others of that kind. */
static void
push_unsent (ConcSender *self, ConcBundle *bundle, gboolean is_urgent)
{
  GList *link = self->unsent.head;

  bundle->is_urgent = is_urgent;
  while (link != NULL && (!is_urgent || ((ConcBundle *) link->data)->is_urgent))
    link = link->next;
  if (link != NULL)
    g_queue_insert_before (&self->unsent, link, bundle);
  else
    g_queue_push_tail (&self->unsent, bundle);
}

/** conc_sender_enqueue: @prints: (element-type ConcPrint): queued prints: they are sent by steps.
 */
void
conc_sender_enqueue (ConcSender *self, GPtrArray *prints, gboolean is_urgent)
{
  GQueue bundles = G_QUEUE_INIT;

  for (guint i = 0; i < prints->len; i++)
    {
      const ConcPrint *print = g_ptr_array_index (prints, i);

      conc_bundles_add (&bundles, conc_print_copy (print), is_sheet (self, print));
      self->n_total++;
    }
  while (!g_queue_is_empty (&bundles))
    push_unsent (self, g_queue_pop_head (&bundles), is_urgent);
}

/* A name that no printer has is a slip; a print service that is down is none, so labels wait for
 * it. */
static gboolean
check_printer (ConcSender *self, const char *name, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (ConcPrinter) printer = conc_printers_get (self->transport, name, &problem);

  if (printer != NULL || !g_error_matches (problem, CONC_SPOOL_ERROR, CONC_SPOOL_ERROR_NO_PRINTER))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/**
 * conc_sender_order:
 * @order: what somebody wants; it is completed
 *
 * Puts the labels into the queue and releases them: they are sent by conc_sender_step(). That of a
 * single runner goes before those of a batch.
 *
 * Returns: (transfer full): see conc_print_order_queue().
 */
ConcPrintReceipt *
conc_sender_order (ConcSender *self, ConcPrintOrder *order, GError **error)
{
  ConcPrintReceipt *receipt;

  conc_sender_forget_makers (self);
  if (!conc_print_order_complete (order, self->book, error) ||
      !check_printer (self, order->printer, error))
    return NULL;
  receipt = conc_print_order_queue (order, self->book, self->file, self->reader, error);
  if (receipt != NULL)
    conc_sender_enqueue (self, receipt->prints, order->runner_id != NULL);
  return receipt;
}

static gboolean
is_repeated (GPtrArray *open, const char *id)
{
  for (guint i = 0; i < open->len; i++)
    if (g_strcmp0 (((ConcPrint *) g_ptr_array_index (open, i))->reprint_of, id) == 0)
      return TRUE;
  return FALSE;
}

/* Takes jobs back that are at another printer; what did not come out is queued again. */
static gboolean
withdraw_from_others (ConcSender *self, const char *const *ids, const char *printer, GError **error)
{
  g_autoptr (GPtrArray) others = g_ptr_array_new ();

  for (guint i = 0; i < self->sent->len; i++)
    {
      ConcBundle *bundle = g_ptr_array_index (self->sent, i);

      for (guint j = 0; j < bundle->prints->len; j++)
        if (strcmp (bundle->printer, printer) != 0 &&
            is_named (ids, ((ConcPrint *) g_ptr_array_index (bundle->prints, j))->id))
          {
            g_ptr_array_add (others, bundle);
            break;
          }
    }
  for (guint i = 0; i < others->len; i++)
    if (!conc_sender_withdraw (self, g_ptr_array_index (others, i), error))
      return FALSE;
  return conc_sender_say (self, error);
}

/* What is queued and nobody is sending. A print that is being printed again in its place, by
 * somebody who was interrupted, is cancelled. */
static GPtrArray *
choose_queued (ConcSender *self, GPtrArray *open, const char *const *ids)
{
  GPtrArray *chosen = g_ptr_array_new ();

  for (guint i = 0; i < open->len; i++)
    {
      ConcPrint *print = g_ptr_array_index (open, i);

      if (print->state != CONC_PRINT_QUEUED || !is_named (ids, print->id) ||
          conc_sender_find_sent (self, print->id) != NULL)
        continue;
      if (is_repeated (open, print->id))
        conc_sender_tell (self, print, CONC_PRINT_CANCELLED, NULL, NULL);
      else
        g_ptr_array_add (chosen, print);
    }
  return chosen;
}

/* Whoever names only labels that were sent before must say that they are to be printed again. */
static gboolean
check_queued (ConcSender *self, GPtrArray *open, const char *const *ids, GError **error)
{
  const ConcPrint *sent = NULL;

  for (guint i = 0; ids != NULL && i < open->len; i++)
    {
      const ConcPrint *print = g_ptr_array_index (open, i);

      if (!g_strv_contains (ids, print->id))
        continue;
      if (print->state == CONC_PRINT_QUEUED || conc_sender_find_sent (self, print->id) != NULL)
        return TRUE;
      sent = print;
    }
  if (sent == NULL)
    return TRUE;
  g_set_error (
      error, CONC_SPOOL_ERROR, CONC_SPOOL_ERROR_REFUSED,
      _ ("The label of bib %u was sent to a printer before: print it again, or say that it "
         "was printed."),
      sent->bib);
  return FALSE;
}

static gboolean
give_printer (ConcSender *self, GPtrArray *prints, const char *printer, GError **error)
{
  for (guint i = 0; i < prints->len; i++)
    {
      ConcPrint *print = g_ptr_array_index (prints, i);

      if (print->printer == NULL && printer == NULL)
        {
          g_set_error (error, CONC_SPOOL_ERROR, CONC_SPOOL_ERROR_NO_PRINTER,
                       _ ("No printer was chosen for the label of bib %u."), print->bib);
          return FALSE;
        }
      if (printer == NULL || g_strcmp0 (print->printer, printer) == 0)
        continue;
      g_free (print->printer);
      print->printer = g_strdup (printer);
      conc_sender_tell (self, print, CONC_PRINT_QUEUED, printer, NULL);
    }
  return TRUE;
}

/**
 * conc_sender_release:
 * @ids: (nullable): names of prints that wait; %NULL for all that are queued
 * @printer: (nullable): another printer for them; %NULL for the one of each
 *
 * Lets queued labels be sent. With @printer also those that wait at the print service for another
 * printer are taken back and sent there; of one that was begun nobody knows whether it came out, so
 * it is not sent again but asks.
 *
 * Returns: whether it could be done; if not, nothing is lost and what was not sent is queued.
 */
gboolean
conc_sender_release (ConcSender *self, const char *const *ids, const char *printer, GError **error)
{
  g_autoptr (GPtrArray) open = NULL;
  g_autoptr (GPtrArray) chosen = NULL;

  conc_sender_forget_makers (self);
  if (printer != NULL)
    {
      g_autoptr (ConcPrinter) there = conc_printers_get (self->transport, printer, error);

      if (there == NULL || !withdraw_from_others (self, ids, printer, error))
        return FALSE;
    }
  conc_sender_hold_back (self, ids);
  open = list_open (self, ids, error);
  if (open == NULL || !check_queued (self, open, ids, error))
    return FALSE;
  chosen = choose_queued (self, open, ids);
  if (!give_printer (self, chosen, printer, error) || !conc_sender_say (self, error))
    return FALSE;
  conc_sender_set_problem (self, NULL);
  conc_sender_enqueue (self, chosen, FALSE);
  return TRUE;
}

/* ---------------------------------------------------------------- ending */

/**
 * conc_sender_cancel:
 * @ids: (nullable): names of prints; %NULL for all that are queued or at the print service
 *
 * Labels are not wanted any more. What is at the print service is cancelled there; what comes of
 * that is known after some steps.
 *
 * Returns: whether it is durable and the print service answered where it was asked.
 */
gboolean
conc_sender_cancel (ConcSender *self, const char *const *ids, GError **error)
{
  g_autoptr (GPtrArray) open = list_open (self, ids, error);

  if (open == NULL)
    return FALSE;
  conc_sender_hold_back (self, ids);
  for (guint i = 0; i < open->len; i++)
    {
      const ConcPrint  *print = g_ptr_array_index (open, i);
      const ConcBundle *sent = conc_sender_find_sent (self, print->id);

      if (!is_named (ids, print->id) || (ids == NULL && print->state == CONC_PRINT_FAILED))
        continue;
      if (sent == NULL)
        {
          g_hash_table_remove (self->unsure, print->id);
          conc_sender_tell (self, print, CONC_PRINT_CANCELLED, NULL, NULL);
          continue;
        }
      g_hash_table_add (self->unwanted, g_strdup (print->id));
      if (sent->id > 0 && !conc_transport_cancel (self->transport, sent->id, error))
        return FALSE;
    }
  self->polled_usec = 0;
  return conc_sender_say (self, error);
}

/**
 * conc_sender_mark_printed:
 * @ids: names of prints that wait, failed or are perhaps printed
 *
 * Somebody has seen that the labels are there.
 *
 * Returns: whether it is durable; %CONC_SPOOL_ERROR_REFUSED while one is at the printer.
 */
gboolean
conc_sender_mark_printed (ConcSender *self, const char *const *ids, GError **error)
{
  g_autoptr (GPtrArray) open = list_open (self, ids, error);

  if (open == NULL)
    return FALSE;
  for (guint i = 0; i < open->len; i++)
    if (is_named (ids, ((ConcPrint *) g_ptr_array_index (open, i))->id) &&
        !conc_sender_check_not_at_printer (self, g_ptr_array_index (open, i), error))
      return FALSE;
  conc_sender_hold_back (self, ids);
  for (guint i = 0; i < open->len; i++)
    {
      const ConcPrint *print = g_ptr_array_index (open, i);

      if (!is_named (ids, print->id))
        continue;
      g_hash_table_remove (self->unsure, print->id);
      conc_sender_tell (self, print, CONC_PRINT_PRINTED, NULL, _ ("seen by somebody"));
    }
  return conc_sender_say (self, error);
}

/* ---------------------------------------------------------------- recovering */

/**
 * conc_sender_recover:
 *
 * Takes up what was being printed when the program ended: the print service is asked about it, and
 * what it does not know asks somebody. Nothing is sent. When the print service does not answer, it
 * is asked again by conc_sender_step().
 *
 * Returns: whether the race could be read.
 */
gboolean
conc_sender_recover (ConcSender *self, GError **error)
{
  g_autoptr (GPtrArray) open = list_open (self, NULL, error);
  GQueue bundles = G_QUEUE_INIT;

  if (open == NULL)
    return FALSE;
  for (guint i = 0; i < open->len; i++)
    {
      const ConcPrint *print = g_ptr_array_index (open, i);

      if (print->state != CONC_PRINT_PRINTING || print->printer == NULL ||
          conc_sender_find_sent (self, print->id) != NULL)
        continue;
      g_hash_table_remove (self->unsure, print->id);
      conc_bundles_add (&bundles, conc_print_copy (print), is_sheet (self, print));
      self->n_total++;
    }
  while (!g_queue_is_empty (&bundles))
    g_ptr_array_add (self->sent, g_queue_pop_head (&bundles));
  self->polled_usec = 0;
  return TRUE;
}
