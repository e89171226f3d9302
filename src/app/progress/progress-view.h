/* progress-view.h: how check-in is getting on, for whoever coordinates it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Property: "session" (ConcSession). It keeps itself current while it is on the screen. */
#define CONC_TYPE_PROGRESS_VIEW (conc_progress_view_get_type ())
G_DECLARE_FINAL_TYPE (ConcProgressView, conc_progress_view, CONC, PROGRESS_VIEW, GtkWidget)

G_END_DECLS
