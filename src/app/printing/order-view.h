/* order-view.h: which labels are printed, on what and where, and how they will look. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CONC_TYPE_ORDER_VIEW (conc_order_view_get_type ())
G_DECLARE_FINAL_TYPE (ConcOrderView, conc_order_view, CONC, ORDER_VIEW, GtkWidget)

/* Signal "stocks-changed": the user's own labels are others now. */

void conc_order_view_set_session (ConcOrderView *self, ConcSession *session);
void conc_order_view_set_printers (ConcOrderView *self, GPtrArray *printers);
void conc_order_view_set_problem (ConcOrderView *self, const char *sentence);
void conc_order_view_set_book (ConcOrderView *self, ConcPrinterBook *book);

G_END_DECLS
