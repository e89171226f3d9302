/* label-line.h: one line about the label of a runner: whether it was printed, and doing so. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CONC_TYPE_LABEL_LINE (conc_label_line_get_type ())
G_DECLARE_FINAL_TYPE (ConcLabelLine, conc_label_line, CONC, LABEL_LINE, GtkWidget)

/* Properties: "session" (ConcSession) and "runner-id" (string; NULL for nobody). It is not visible
 * where it has nothing to say: no printer of this laptop, and nothing printed anywhere. */

G_END_DECLS
