/* desk-message.h: one sentence beside what the volunteer looks at. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CONC_TYPE_DESK_MESSAGE (conc_desk_message_get_type ())
G_DECLARE_FINAL_TYPE (ConcDeskMessage, conc_desk_message, CONC, DESK_MESSAGE, GtkWidget)

void     conc_desk_message_warn (ConcDeskMessage *self, const char *sentence);
void     conc_desk_message_tell (ConcDeskMessage *self, const char *sentence);
void     conc_desk_message_clear (ConcDeskMessage *self);
gboolean conc_desk_message_is_told (ConcDeskMessage *self);

G_END_DECLS
