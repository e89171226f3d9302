/* group-box.h: who was registered together with the runner at the desk. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/check-in/match.h"
#include "store/desk-reader.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The page around it offers the actions "check-in.check-in-group" and "check-in.show-runner". */
#define CONC_TYPE_GROUP_BOX (conc_group_box_get_type ())
G_DECLARE_FINAL_TYPE (ConcGroupBox, conc_group_box, CONC, GROUP_BOX, GtkWidget)

void
conc_group_box_show (ConcGroupBox *self, GPtrArray *runners, ConcDeskReader *desk, GTimeZone *zone);
GPtrArray *conc_group_box_list_chosen (ConcGroupBox *self);
char      *conc_group_box_dup_left_out (ConcGroupBox *self);

G_END_DECLS
