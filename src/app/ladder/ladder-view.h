/* ladder-view.h: taps and bibs side by side, what is suspected of them, and repairs. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CONC_TYPE_LADDER_VIEW (conc_ladder_view_get_type ())
G_DECLARE_FINAL_TYPE (ConcLadderView, conc_ladder_view, CONC, LADDER_VIEW, GtkWidget)

/* Properties: "session"; "doubts" (guint, notifies): how many suspicions nobody has left or
 * repaired. Signal: "correct" (string entry, uint bib): the next number is the bib of this entry.
 * The keys are those of the page around it. */

void     conc_ladder_view_move (ConcLadderView *self, int direction);
gboolean conc_ladder_view_activate (ConcLadderView *self);
gboolean conc_ladder_view_leave (ConcLadderView *self);
gboolean conc_ladder_view_remove (ConcLadderView *self);
void     conc_ladder_view_open_menu (ConcLadderView *self);

G_END_DECLS
