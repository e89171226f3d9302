/* print-window.c: labels: what is printed where, what has not come out, and the printers. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/printing/print-window.h"

#include "app/printing/book-read.h"
#include "app/printing/order-view.h"
#include "app/printing/printer-view.h"
#include "app/printing/queue-view.h"
#include "spool/printers.h"

#include <glib/gi18n.h>

struct _ConcPrintWindow
{
  AdwWindow parent_instance;

  /* template */
  AdwViewStack     *stack;
  AdwViewStackPage *queue_page;
  ConcOrderView    *order_view;
  ConcQueueView    *queue_view;
  ConcPrinterView  *printer_view;

  /* owned */
  ConcSession     *session;
  GCancellable    *asking;
  GPtrArray       *printers; /* of ConcPrinter; NULL while they are being asked for */
  ConcPrinterBook *book;     /* NULL until it was read */

  /* state */
  gboolean is_reading;
  gboolean must_read; /* the book changed while it was read */
};

G_DEFINE_FINAL_TYPE (ConcPrintWindow, conc_print_window, ADW_TYPE_WINDOW)

/* ------------------------------------------------------------------ printers */

static void
show_printers (ConcPrintWindow *self, GPtrArray *printers)
{
  g_clear_pointer (&self->printers, g_ptr_array_unref);
  conc_order_view_set_printers (self->order_view, printers);
  conc_queue_view_set_printers (self->queue_view, printers);
  conc_printer_view_set_printers (self->printer_view, printers);
}

/* The views may still be asked for something that is read in the old one. */
static void
set_book (ConcPrintWindow *self, ConcPrinterBook *book, const char *complaint)
{
  g_autoptr (ConcPrinterBook) old = g_steal_pointer (&self->book);

  self->book = book;
  conc_printer_view_set_book (self->printer_view, book, complaint);
  conc_order_view_set_book (self->order_view, book);
}

static void read_book (ConcPrintWindow *self);

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ConcPrintWindow *self = CONC_PRINT_WINDOW (source);
  g_autofree char *complaint = NULL;
  g_autoptr (ConcPrinterBook) book = conc_book_read_finish (result, &complaint);
  g_autoptr (GPtrArray) printers = NULL;

  self->is_reading = FALSE;
  if (self->session == NULL)
    return;
  if (self->must_read)
    {
      read_book (self);
      return;
    }
  set_book (self, g_steal_pointer (&book), complaint);
  printers = g_steal_pointer (&self->printers);
  if (printers != NULL)
    show_printers (self, printers);
}

/* No window waits for a disk, and so not for the book either. */
static void
read_book (ConcPrintWindow *self)
{
  self->must_read = self->is_reading;
  if (self->is_reading)
    return;
  self->is_reading = TRUE;
  conc_book_read_async (G_OBJECT (self), read_cb);
}

/* A print service that does not answer has no printers; the sentence says which of the two. */
static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConcPrintWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) printers = conc_printers_list_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->session == NULL)
    return;
  conc_order_view_set_problem (self->order_view, error != NULL ? error->message : NULL);
  self->printers = printers != NULL ? g_steal_pointer (&printers) : g_ptr_array_new ();
  read_book (self);
}

static void
look_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcPrintWindow *self = CONC_PRINT_WINDOW (widget);

  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  self->asking = g_cancellable_new ();
  show_printers (self, NULL);
  conc_printers_list_async (self->asking, listed_cb, g_object_ref (self));
}

static void
book_changed_cb (ConcPrintWindow *self)
{
  read_book (self);
}

static void
stocks_changed_cb (ConcPrintWindow *self)
{
  conc_printer_view_reload (self->printer_view);
}

/* --------------------------------------------------------------------- queue */

/* The number on the page's button says how many labels wait for somebody. */
static void
queue_changed_cb (ConcPrintWindow *self)
{
  g_autoptr (ConcQueue) queue = conc_spooler_dup_queue (conc_session_get_spooler (self->session));

  adw_view_stack_page_set_badge_number (self->queue_page, queue->n_asking);
  adw_view_stack_page_set_needs_attention (self->queue_page, queue->n_asking > 0);
}

/* -------------------------------------------------------------------- window */

static void
conc_print_window_dispose (GObject *object)
{
  ConcPrintWindow *self = CONC_PRINT_WINDOW (object);

  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_clear_object (&self->session);
  g_clear_pointer (&self->printers, g_ptr_array_unref);
  if (self->book != NULL)
    set_book (self, NULL, NULL);
  G_OBJECT_CLASS (conc_print_window_parent_class)->dispose (object);
}

static void
conc_print_window_class_init (ConcPrintWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = conc_print_window_dispose;
  g_type_ensure (CONC_TYPE_ORDER_VIEW);
  g_type_ensure (CONC_TYPE_QUEUE_VIEW);
  g_type_ensure (CONC_TYPE_PRINTER_VIEW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/notinourcity/Concourse/printing/print-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcPrintWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, ConcPrintWindow, queue_page);
  gtk_widget_class_bind_template_child (widget_class, ConcPrintWindow, order_view);
  gtk_widget_class_bind_template_child (widget_class, ConcPrintWindow, queue_view);
  gtk_widget_class_bind_template_child (widget_class, ConcPrintWindow, printer_view);
  gtk_widget_class_bind_template_callback (widget_class, book_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stocks_changed_cb);
  gtk_widget_class_install_action (widget_class, "printers.look", NULL, look_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, 0, "printers.look", NULL);
}

static void
conc_print_window_init (ConcPrintWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Not modal: runners wait at the desk while labels are printed. */
GtkWidget *
conc_print_window_new (GtkWindow *parent, ConcSession *session)
{
  ConcPrintWindow *self = g_object_new (CONC_TYPE_PRINT_WINDOW, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  conc_order_view_set_session (self->order_view, session);
  conc_queue_view_set_session (self->queue_view, session);
  g_signal_connect_object (conc_session_get_spooler (session), "changed",
                           G_CALLBACK (queue_changed_cb), self, G_CONNECT_SWAPPED);
  queue_changed_cb (self);
  gtk_widget_activate_action (GTK_WIDGET (self), "printers.look", NULL);
  return GTK_WIDGET (self);
}

void
conc_print_window_show_page (ConcPrintWindow *self, const char *page)
{
  adw_view_stack_set_visible_child_name (self->stack, page);
}
