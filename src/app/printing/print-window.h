/* print-window.h: labels: what is printed where, what has not come out, and the printers. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CONC_TYPE_PRINT_WINDOW (conc_print_window_get_type ())
G_DECLARE_FINAL_TYPE (ConcPrintWindow, conc_print_window, CONC, PRINT_WINDOW, AdwWindow)

/* Pages: "labels", "queue", "printers". */

GtkWidget *conc_print_window_new (GtkWindow *parent, ConcSession *session);
void       conc_print_window_show_page (ConcPrintWindow *self, const char *page);

G_END_DECLS
