/* timing-page.h: the station at the line: gun, taps, bibs. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CONC_TYPE_TIMING_PAGE (conc_timing_page_get_type ())
G_DECLARE_FINAL_TYPE (ConcTimingPage, conc_timing_page, CONC, TIMING_PAGE, GtkWidget)

G_END_DECLS
