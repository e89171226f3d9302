/* expected-tile.h: one runner who is expected at the line, as a button. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CONC_TYPE_EXPECTED_TILE (conc_expected_tile_get_type ())
G_DECLARE_FINAL_TYPE (ConcExpectedTile, conc_expected_tile, CONC, EXPECTED_TILE, GtkWidget)

/* Property "number": the key, 1 to 9. Signal "cross" (guint bib, guint event_msec): the runner is
 * at the line; at the time of the press. */
void  conc_expected_tile_clear (ConcExpectedTile *self);
void  conc_expected_tile_set (ConcExpectedTile *self,
                              guint             bib,
                              const char       *name,
                              const char       *laps,
                              const char       *previous,
                              const char       *due);
guint conc_expected_tile_get_bib (ConcExpectedTile *self);

G_END_DECLS
