/* book-read.c: the book of printers, read on a worker. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/printing/book-read.h"

typedef struct
{
  ConcPrinterBook *book;
  char            *complaint;
} Found;

static void
found_free (gpointer pointer)
{
  Found *found = pointer;

  g_clear_pointer (&found->book, conc_printer_book_free);
  g_free (found->complaint);
  g_free (found);
}

static void
run_cb (GTask *task, gpointer owner, gpointer task_data, GCancellable *cancellable)
{
  Found *found = g_new0 (Found, 1);

  found->book = conc_printer_book_load (&found->complaint);
  g_task_return_pointer (task, found, found_free);
}

/* @owner lives until @callback ran. */
void
conc_book_read_async (GObject *owner, GAsyncReadyCallback callback)
{
  g_autoptr (GTask) task = g_task_new (owner, NULL, callback, NULL);

  g_task_set_source_tag (task, conc_book_read_async);
  g_task_run_in_thread (task, run_cb);
}

/* @ret_complaint: what was wrong with the file, or NULL.
 *
 * Returns: (transfer full): the book, which is empty when there is none. */
ConcPrinterBook *
conc_book_read_finish (GAsyncResult *result, char **ret_complaint)
{
  Found           *found = g_task_propagate_pointer (G_TASK (result), NULL);
  ConcPrinterBook *book = g_steal_pointer (&found->book);

  *ret_complaint = g_steal_pointer (&found->complaint);
  found_free (found);
  return book;
}
