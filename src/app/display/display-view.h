/* display-view.h: shows the scenes one after the other and moves what changes. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CONC_TYPE_DISPLAY_VIEW (conc_display_view_get_type ())
G_DECLARE_FINAL_TYPE (ConcDisplayView, conc_display_view, CONC, DISPLAY_VIEW, GtkWidget)

void     conc_display_view_step (ConcDisplayView *self, int direction);
void     conc_display_view_set_paused (ConcDisplayView *self, gboolean paused);
gboolean conc_display_view_get_paused (ConcDisplayView *self);

G_END_DECLS
