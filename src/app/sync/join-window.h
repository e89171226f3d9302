/* join-window.h: makes this laptop a station of a race that another laptop hosts. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Signal: "joined" (string path): the race file is there and closed. */
#define CONC_TYPE_JOIN_WINDOW (conc_join_window_get_type ())
G_DECLARE_FINAL_TYPE (ConcJoinWindow, conc_join_window, CONC, JOIN_WINDOW, AdwWindow)

GtkWidget *conc_join_window_new (GtkWindow *parent);

G_END_DECLS
