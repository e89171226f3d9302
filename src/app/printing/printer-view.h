/* printer-view.h: how this laptop uses a printer: its paper, what it prints and where. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/printing/book-job.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CONC_TYPE_PRINTER_VIEW (conc_printer_view_get_type ())
G_DECLARE_FINAL_TYPE (ConcPrinterView, conc_printer_view, CONC, PRINTER_VIEW, GtkWidget)

/* Signal "changed": what the book says is something else now. */

void conc_printer_view_set_printers (ConcPrinterView *self, GPtrArray *printers);
void
conc_printer_view_set_book (ConcPrinterView *self, ConcPrinterBook *book, const char *complaint);
void conc_printer_view_reload (ConcPrinterView *self);

G_END_DECLS
