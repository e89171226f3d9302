/* book-job.c: one change in the book of printers, made on a worker. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/printing/book-job.h"

#include <glib/gi18n.h>

void
conc_book_job_free (gpointer pointer)
{
  ConcBookJob *job = pointer;

  g_free (job->printer);
  g_free (job->use.stock);
  g_free (job->use.layout);
  g_free (job->layout);
  g_free (job);
}

/* Fills in what @book knows about the printer and the layout that @job names. The offset is that
 * with the stock that @job has, or else with the stock of the printer's use. */
void
conc_book_job_read (ConcBookJob *job, ConcPrinterBook *book)
{
  ConcPrinterUse  *use = conc_printer_book_dup_use (book, job->printer);
  g_autofree char *bound = conc_printer_book_dup_printer (book, job->layout);

  job->use.language = use->language;
  job->use.dpi = use->dpi;
  if (job->use.stock == NULL)
    job->use.stock = g_strdup (use->stock);
  g_free (job->use.layout);
  job->use.layout = g_strdup (use->layout);
  conc_printer_use_free (use);
  if (job->use.stock != NULL)
    conc_printer_book_get_offset (book, job->printer, job->use.stock, &job->x_tenths,
                                  &job->y_tenths);
  job->is_bound = g_strcmp0 (bound, job->printer) == 0;
  job->is_automatic = job->is_bound && conc_printer_book_get_automatic (book, job->layout);
}

static void
write_binding (const ConcBookJob *job, ConcPrinterBook *book)
{
  g_autofree char *bound = conc_printer_book_dup_printer (book, job->layout);
  gboolean         was_bound = g_strcmp0 (bound, job->printer) == 0;

  /* What is bound to another printer is not this one's to undo. */
  if (!job->is_bound && !was_bound)
    return;
  conc_printer_book_set_printer (book, job->layout, job->is_bound ? job->printer : NULL);
  conc_printer_book_set_automatic (book, job->layout, job->is_bound && job->is_automatic);
}

/* Changes @book, but not its file. */
void
conc_book_job_write (const ConcBookJob *job, ConcPrinterBook *book)
{
  conc_printer_book_set_use (book, job->printer, &job->use);
  if (job->use.stock != NULL)
    conc_printer_book_set_offset (book, job->printer, job->use.stock, job->x_tenths, job->y_tenths);
  write_binding (job, book);
}

/* Worker. The book is read anew, so that another window's changes stay. */
char *
conc_book_job_run (gpointer pointer, GError **error)
{
  g_autoptr (ConcPrinterBook) book = conc_printer_book_load (NULL);

  conc_book_job_write (pointer, book);
  if (!conc_printer_book_save (book, error))
    return NULL;
  return g_strdup (_ ("Saved for this laptop."));
}
