/* tap-view.h: shows one tap as a line of the list. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/timing/tap-row.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CONC_TYPE_TAP_VIEW (conc_tap_view_get_type ())
G_DECLARE_FINAL_TYPE (ConcTapView, conc_tap_view, CONC, TAP_VIEW, GtkWidget)

/* Signal "undo" (ConcTapRow row): the row's button was pressed. */
GtkWidget  *conc_tap_view_new (void);
void        conc_tap_view_set_row (ConcTapView *self, ConcTapRow *row);
ConcTapRow *conc_tap_view_get_row (ConcTapView *self);

G_END_DECLS
