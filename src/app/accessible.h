/* accessible.h: names for the parts of GTK's own widgets. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void conc_accessible_name_buttons (GtkWidget *widget, const char *name);

G_END_DECLS
