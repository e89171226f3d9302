/* late-start.h: records the own start of somebody who comes after the gun. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Property "session". */
#define CONC_TYPE_LATE_START (conc_late_start_get_type ())
G_DECLARE_FINAL_TYPE (ConcLateStart, conc_late_start, CONC, LATE_START, GtkWidget)

G_END_DECLS
