/* host-window.h: the hub of the race and the stations that share through it, for organizers. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CONC_TYPE_HOST_WINDOW (conc_host_window_get_type ())
G_DECLARE_FINAL_TYPE (ConcHostWindow, conc_host_window, CONC, HOST_WINDOW, AdwWindow)

GtkWidget *conc_host_window_new (GtkWindow *parent, ConcSession *session);

G_END_DECLS
