/* sender-repeat.c: Prints labels again, as new prints that say why. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "spool/sender-private.h"

#include "store/random.h"

#include <glib/gi18n-lib.h>

/** conc_sender_check_not_at_printer: Returns: whether it has ended or nobody has sent it. */
gboolean
conc_sender_check_not_at_printer (ConcSender *self, const ConcPrint *print, GError **error)
{
  if (print->runner_id == NULL || conc_sender_find_sent (self, print->id) == NULL)
    return TRUE;
  g_set_error (error, CONC_SPOOL_ERROR, CONC_SPOOL_ERROR_REFUSED,
               _ ("The label of bib %u is at the printer: wait for it, or cancel it first."),
               print->bib);
  return FALSE;
}

static ConcPrint *
create_repeat (ConcSender      *self,
               const ConcPrint *old,
               const char      *printer,
               const char      *reason,
               GError         **error)
{
  ConcLabelFactory *factory = conc_sender_get_factory (self, old->layout, error);
  g_autoptr (ConcRunner) runner =
      factory != NULL ? conc_reader_get_runner (self->reader, old->runner_id, error) : NULL;
  g_autoptr (ConcLabel) label = NULL;
  ConcPrint *print;

  if (factory == NULL || runner == NULL || conc_runner_get_bib (runner) == 0)
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, CONC_SPOOL_ERROR, CONC_SPOOL_ERROR_NOTHING,
                     _ ("The runner who had bib %u has no bib any more."), old->bib);
      return NULL;
    }
  label = conc_label_factory_make (factory, runner);
  print = conc_print_copy (old);
  g_clear_pointer (&print->id, g_free);
  g_clear_pointer (&print->detail, g_free);
  g_clear_pointer (&print->content, g_free);
  g_clear_pointer (&print->batch, g_free);
  g_free (print->reprint_of);
  g_free (print->reason);
  print->bib = conc_runner_get_bib (runner);
  print->content = conc_label_factory_dup_content (factory, label);
  print->reprint_of = g_strdup (old->id);
  print->reason = g_strdup (reason);
  print->state = CONC_PRINT_QUEUED;
  if (printer != NULL)
    {
      g_autoptr (ConcPrinterUse) use = conc_printer_book_dup_use (self->book, printer);

      g_free (print->printer);
      print->printer = g_strdup (printer);
      if (use->stock != NULL)
        {
          g_free (print->stock);
          print->stock = g_strdup (use->stock);
        }
    }
  return print;
}

static GPtrArray *
list_by_id (ConcSender *self, const char *const *ids, GError **error)
{
  g_autoptr (GPtrArray) prints = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_print_free);

  for (; *ids != NULL; ids++)
    {
      g_autoptr (GError) problem = NULL;
      ConcPrint *print = conc_reader_get_print (self->reader, *ids, &problem);

      if (print == NULL)
        {
          if (problem != NULL)
            g_propagate_error (error, g_steal_pointer (&problem));
          else
            g_set_error (error, CONC_SPOOL_ERROR, CONC_SPOOL_ERROR_NOTHING,
                         _ ("There is no label “%s” in this race."), *ids);
          return NULL;
        }
      g_ptr_array_add (prints, print);
    }
  return g_steal_pointer (&prints);
}

static void
close_old (ConcSender *self, const ConcPrint *old)
{
  if (g_strcmp0 (old->station, conc_sender_get_station (self)) != 0)
    return;
  if (old->state == CONC_PRINT_QUEUED)
    conc_sender_tell (self, old, CONC_PRINT_CANCELLED, NULL, _ ("Another one is printed instead."));
  else if (old->state == CONC_PRINT_PRINTING)
    conc_sender_tell (self, old, CONC_PRINT_FAILED, NULL,
                      _ ("It is not known whether it came out. It was printed again."));
  g_hash_table_remove (self->unsure, old->id);
}

static gboolean
give_batch (GPtrArray *prints, GError **error)
{
  g_autofree char *id = conc_random_id (CONC_BATCH_LETTERS, error);

  if (id == NULL)
    return FALSE;
  for (guint i = 0; i < prints->len; i++)
    ((ConcPrint *) g_ptr_array_index (prints, i))->batch = g_strconcat (id, "-1", NULL);
  return TRUE;
}

/**
 * conc_sender_repeat:
 * @ids: names of prints, in whatever state they are
 * @printer: (nullable): where; %NULL for the printer of each
 * @reason: why, in somebody's words
 *
 * Prints labels again, with what is on them now: a new print for each that names the old one, the
 * reason and who wanted it. The new ones are in the queue before the old ones are closed; whoever
 * is interrupted in between finds both, and only the new one is sent.
 *
 * Returns: whether they are queued and released; %CONC_SPOOL_ERROR_REFUSED while one of them is at
 *   the printer. Nothing is queued else.
 */
gboolean
conc_sender_repeat (ConcSender        *self,
                    const char *const *ids,
                    const char        *printer,
                    const char        *reason,
                    GError           **error)
{
  g_autoptr (GPtrArray) olds = list_by_id (self, ids, error);
  g_autoptr (GPtrArray) prints = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_print_free);

  conc_sender_forget_makers (self);
  if (olds == NULL)
    return FALSE;
  for (guint i = 0; i < olds->len; i++)
    {
      const ConcPrint *old = g_ptr_array_index (olds, i);
      ConcPrint       *print = NULL;

      if (conc_sender_check_not_at_printer (self, old, error))
        print = create_repeat (self, old, printer, reason, error);
      if (print == NULL)
        return FALSE;
      g_ptr_array_add (prints, print);
    }
  conc_sender_hold_back (self, ids);
  if (!give_batch (prints, error) ||
      !conc_prints_queue (prints, self->file, self->operator_name, error))
    return FALSE;
  for (guint i = 0; i < olds->len; i++)
    close_old (self, g_ptr_array_index (olds, i));
  conc_sender_set_problem (self, NULL);
  conc_sender_enqueue (self, prints, prints->len == 1);
  return conc_sender_say (self, error);
}
