/* tube-swatch.h: a sample of how the thermometer draws one kind of money, for its legend. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Property: "part", a ConcTubePart. */
#define CONC_TYPE_TUBE_SWATCH (conc_tube_swatch_get_type ())
G_DECLARE_FINAL_TYPE (ConcTubeSwatch, conc_tube_swatch, CONC, TUBE_SWATCH, GtkWidget)

G_END_DECLS
