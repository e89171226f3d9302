/* labels-window.h: asks which labels go on which sheets. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CONC_TYPE_LABELS_WINDOW (conc_labels_window_get_type ())
G_DECLARE_FINAL_TYPE (ConcLabelsWindow, conc_labels_window, CONC, LABELS_WINDOW, AdwWindow)

GtkWidget *conc_labels_window_new (GtkWindow *parent, ConcSession *session);

G_END_DECLS
