/* clock-panel.h: what is known of the clocks, beside the guns. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A sentence, and all that is known of the clocks when asked for. Property "session". */
#define CONC_TYPE_CLOCK_PANEL (conc_clock_panel_get_type ())
G_DECLARE_FINAL_TYPE (ConcClockPanel, conc_clock_panel, CONC, CLOCK_PANEL, GtkWidget)

G_END_DECLS
