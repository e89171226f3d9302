/* book-job.h: one change in the book of printers, made on a worker. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "spool/printer-book.h"

G_BEGIN_DECLS

/* What is written about @printer: how it is used, the offset with the stock of that use, and
 * whether this laptop prints the labels of @layout there, also when somebody is checked in. Texts
 * are owned. */
typedef struct
{
  char          *printer;
  ConcPrinterUse use;
  int            x_tenths;
  int            y_tenths;
  char          *layout;
  gboolean       is_bound;
  gboolean       is_automatic;
} ConcBookJob;

void  conc_book_job_free (gpointer job);
char *conc_book_job_run (gpointer job, GError **error);
void  conc_book_job_read (ConcBookJob *job, ConcPrinterBook *book);
void  conc_book_job_write (const ConcBookJob *job, ConcPrinterBook *book);

G_END_DECLS
