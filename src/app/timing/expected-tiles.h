/* expected-tiles.h: who comes to the line next in a race of laps, and what to call out to them. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Property "session". Shown by itself where somebody has several laps. Signal "cross" (guint bib,
 * guint event_msec): a tile or its key was pressed then; the page records it. */
#define CONC_TYPE_EXPECTED_TILES (conc_expected_tiles_get_type ())
G_DECLARE_FINAL_TYPE (ConcExpectedTiles, conc_expected_tiles, CONC, EXPECTED_TILES, GtkWidget)

G_END_DECLS
