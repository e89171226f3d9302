/* desk-window.h: the conflict desk: what stations decided apart, one card each. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A window beside the work, which never waits for it. */
#define CONC_TYPE_DESK_WINDOW (conc_desk_window_get_type ())
G_DECLARE_FINAL_TYPE (ConcDeskWindow, conc_desk_window, CONC, DESK_WINDOW, AdwWindow)

GtkWidget *conc_desk_window_new (GtkWindow *parent, ConcSession *session);

G_END_DECLS
