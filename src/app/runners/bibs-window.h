/* bibs-window.h: gives bibs to everybody who has none. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CONC_TYPE_BIBS_WINDOW (conc_bibs_window_get_type ())
G_DECLARE_FINAL_TYPE (ConcBibsWindow, conc_bibs_window, CONC, BIBS_WINDOW, AdwWindow)

void conc_bibs_window_present (ConcSession *session, guint first_bib, GtkWindow *parent);

G_END_DECLS
