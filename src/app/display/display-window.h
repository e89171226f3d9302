/* display-window.h: the window for the projector. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CONC_TYPE_DISPLAY_WINDOW (conc_display_window_get_type ())
G_DECLARE_FINAL_TYPE (ConcDisplayWindow, conc_display_window, CONC, DISPLAY_WINDOW, GtkWindow)

GtkWidget *conc_display_window_new (ConcSession *session);

G_END_DECLS
