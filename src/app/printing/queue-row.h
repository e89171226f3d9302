/* queue-row.h: one label of the queue, with what can be decided about it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/printing/queue-entry.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CONC_TYPE_QUEUE_ROW (conc_queue_row_get_type ())
G_DECLARE_FINAL_TYPE (ConcQueueRow, conc_queue_row, CONC, QUEUE_ROW, GtkWidget)

/* Property "entry" (ConcQueueEntry). The list around it offers the action "queue.decide", with the
 * name of the label and a ConcDecision. */

G_END_DECLS
