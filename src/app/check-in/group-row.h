/* group-row.h: somebody who was registered together with the runner at the desk. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/check-in/match.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Signal: "toggled". */
#define CONC_TYPE_GROUP_ROW (conc_group_row_get_type ())
G_DECLARE_FINAL_TYPE (ConcGroupRow, conc_group_row, CONC, GROUP_ROW, GtkWidget)

GtkWidget *conc_group_row_new (ConcMatch *match, GPtrArray *items);
ConcMatch *conc_group_row_get_match (ConcGroupRow *self);
gboolean   conc_group_row_get_chosen (ConcGroupRow *self);
void       conc_group_row_set_chosen (ConcGroupRow *self, gboolean is_chosen);
gboolean   conc_group_row_can_check_in (ConcGroupRow *self);

G_END_DECLS
