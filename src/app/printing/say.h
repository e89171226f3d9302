/* say.h: the sentence at the foot of a page about printing. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void conc_say (GtkLabel *label, const char *sentence, gboolean is_problem);

G_END_DECLS
