/* recent-row.h: one of the runners who were checked in last. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/check-in/match.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Property: "match". The page around it offers the action "check-in.check-out" (id). */
#define CONC_TYPE_RECENT_ROW (conc_recent_row_get_type ())
G_DECLARE_FINAL_TYPE (ConcRecentRow, conc_recent_row, CONC, RECENT_ROW, GtkWidget)

G_END_DECLS
