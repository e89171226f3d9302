/* check-row.h: one thing that is to be settled, with what settles it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Properties: "icon-name": of what is only told; "controls" (GtkWidget): what settles it. */
#define CONC_TYPE_CHECK_ROW (conc_check_row_get_type ())
G_DECLARE_FINAL_TYPE (ConcCheckRow, conc_check_row, CONC, CHECK_ROW, GtkWidget)

void     conc_check_row_show (ConcCheckRow *self, ConcDeskWeight weight, const char *sentence);
void     conc_check_row_hide (ConcCheckRow *self);
gboolean conc_check_row_blocks (ConcCheckRow *self);

G_END_DECLS
