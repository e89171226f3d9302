/* auto-label.c: prints the label of whoever is checked in, where the printer is told to. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/printing/auto-label.h"

#include "app/background.h"
#include "print/layout.h"

#include <glib/gi18n.h>

/* A check-in, on its way to the book of printers and back. */
typedef struct
{
  char    *runner_id;
  gboolean is_wanted;
} Ask;

static void
ask_free (gpointer pointer)
{
  Ask *ask = pointer;

  g_free (ask->runner_id);
  g_free (ask);
}

/* Worker. Returns: whose label is wanted, or nothing. */
static char *
ask_book (gpointer pointer, GError **error)
{
  const Ask *ask = pointer;
  g_autoptr (ConcPrinterBook) book = conc_printer_book_load (NULL);

  if (!conc_printer_book_get_automatic (book, CONC_LAYOUT_DEFAULT))
    return g_strdup ("");
  return g_strdup (ask->runner_id);
}

static void
asked (GObject *owner, const char *runner_id, const GError *error)
{
  if (runner_id != NULL && *runner_id != '\0')
    conc_auto_label_print (CONC_SESSION (owner), runner_id, NULL);
}

static void
checked_in_cb (ConcSession *session, const char *runner_id)
{
  Ask *ask = g_new0 (Ask, 1);

  ask->runner_id = g_strdup (runner_id);
  conc_background_run (G_OBJECT (session), ask_book, ask, ask_free, asked);
}

/* What comes after a check-in that @session makes: its label, if the book of printers says so. */
void
conc_auto_label_attach (ConcSession *session)
{
  g_signal_connect (session, "checked-in", G_CALLBACK (checked_in_cb), NULL);
}

/* That there is nothing to print, as the label was printed before or there is no bib, is no news to
 * whoever checks in. */
static void
ordered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConcSession) session = user_data;
  g_autoptr (GError) error = NULL;
  ConcPrintReceipt *receipt = conc_spooler_order_finish (CONC_SPOOLER (source), result, &error);

  if (receipt == NULL && !g_error_matches (error, CONC_SPOOL_ERROR, CONC_SPOOL_ERROR_NOTHING))
    conc_session_fail (session, error->message);
  conc_print_receipt_free (receipt);
}

/* Puts the bib label of one runner into the queue of this laptop's printer. @again: why one that
 * was printed already is printed once more; NULL to leave it at the first. Nothing waits. */
void
conc_auto_label_print (ConcSession *session, const char *runner_id, const char *again)
{
  ConcPrintOrder *order = conc_print_order_new (CONC_TO_PRINT_ALL);

  order->runner_id = g_strdup (runner_id);
  order->layout = g_strdup (CONC_LAYOUT_DEFAULT);
  order->again = g_strdup (again);
  conc_spooler_order_async (conc_session_get_spooler (session), order, ordered_cb,
                            g_object_ref (session));
}
