/* create-window.h: the form for a new race. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CONC_TYPE_CREATE_WINDOW (conc_create_window_get_type ())
G_DECLARE_FINAL_TYPE (ConcCreateWindow, conc_create_window, CONC, CREATE_WINDOW, AdwWindow)

/* Signal "created" (string path): the race is on disk and may be opened. */

GtkWidget *conc_create_window_new (GtkWindow *parent);

G_END_DECLS
