/* tap-list.h: the taps of a race as a list that follows the race file. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"
#include "app/timing/tap-row.h"

G_BEGIN_DECLS

/* Signal "updated": something changed, also in rows that are not told so one by one, as places. */
#define CONC_TYPE_TAP_LIST (conc_tap_list_get_type ())
G_DECLARE_FINAL_TYPE (ConcTapList, conc_tap_list, CONC, TAP_LIST, GObject)

ConcTapList *conc_tap_list_new (ConcSession *session);
GListModel  *conc_tap_list_get_model (ConcTapList *self);
void         conc_tap_list_submit (ConcTapList *self, ConcCommand *command);
ConcTapRow  *conc_tap_list_find_oldest_waiting (ConcTapList *self);
guint        conc_tap_list_find_position (ConcTapList *self, ConcTapRow *row);
guint        conc_tap_list_count_since (ConcTapList *self, gint64 since_usec);
void         conc_tap_list_describe_row (ConcTapList *self, ConcTapRow *row);

G_END_DECLS
