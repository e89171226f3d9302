/* stick-window.h: exchanges with other laptops by a file, where there is no network. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CONC_TYPE_STICK_WINDOW (conc_stick_window_get_type ())
G_DECLARE_FINAL_TYPE (ConcStickWindow, conc_stick_window, CONC, STICK_WINDOW, AdwWindow)

GtkWidget *conc_stick_window_new (GtkWindow *parent, ConcSession *session);

G_END_DECLS
