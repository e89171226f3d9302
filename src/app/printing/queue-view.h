/* queue-view.h: the labels of this laptop that have not come out, and what is to be done. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CONC_TYPE_QUEUE_VIEW (conc_queue_view_get_type ())
G_DECLARE_FINAL_TYPE (ConcQueueView, conc_queue_view, CONC, QUEUE_VIEW, GtkWidget)

void conc_queue_view_set_session (ConcQueueView *self, ConcSession *session);
void conc_queue_view_set_printers (ConcQueueView *self, GPtrArray *printers);

G_END_DECLS
