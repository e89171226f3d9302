/* bib-box.h: gives a bib to a runner who has none. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/runner.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Signal: "changed": another number was typed. The page around it offers the actions
 * "check-in.confirm", "check-in.take-bib" and "check-in.show-runner" (id). */
#define CONC_TYPE_BIB_BOX (conc_bib_box_get_type ())
G_DECLARE_FINAL_TYPE (ConcBibBox, conc_bib_box, CONC, BIB_BOX, GtkWidget)

void     conc_bib_box_propose (ConcBibBox *self, guint bib);
gboolean conc_bib_box_read (ConcBibBox *self, guint *ret_bib);
void     conc_bib_box_say_held (ConcBibBox *self, guint bib, const ConcRunner *holder);
gboolean conc_bib_box_has_focus (ConcBibBox *self);

G_END_DECLS
