/* ladder-strip.h: shows one row of the ladder. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/ladder/ladder-item.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CONC_TYPE_LADDER_STRIP (conc_ladder_strip_get_type ())
G_DECLARE_FINAL_TYPE (ConcLadderStrip, conc_ladder_strip, CONC, LADDER_STRIP, GtkWidget)

/* Signals: "ask", "apply", "leave" (ConcLadderItem): the buttons of a doubt. "repair"
 * (ConcLadderItem, string): the name of an action of a line: "insert-tap", "insert-bib",
 * "remove-tap", "remove-bib", "later", "earlier", "swap", "reverse", "link", "correct". */

GtkWidget *conc_ladder_strip_new (void);
void conc_ladder_strip_set_item (ConcLadderStrip *self, ConcLadderItem *item, GTimeZone *zone);
void conc_ladder_strip_open_menu (ConcLadderStrip *self);

G_END_DECLS
