/* window.h: the window of one race, with the rail of stations. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CONC_TYPE_WINDOW (conc_window_get_type ())
G_DECLARE_FINAL_TYPE (ConcWindow, conc_window, CONC, WINDOW, AdwApplicationWindow)

ConcWindow  *conc_window_new (GtkApplication *application);
void         conc_window_open (ConcWindow *self, const char *path);
void         conc_window_start_at (ConcWindow *self, const char *page, gboolean wants_display);
const char  *conc_window_get_path (ConcWindow *self);
ConcSession *conc_window_get_session (ConcWindow *self);
gboolean     conc_window_has_page (const char *name);

G_END_DECLS
