/* desk-search.h: finds who stands at the desk. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/check-in/desk-message.h"
#include "app/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Signals: "chosen" (ConcMatch or NULL): who is to be shown; "activated": Enter; "scanned"
 * (string): the code of a label arrived as text; "stopped": Escape. */
#define CONC_TYPE_DESK_SEARCH (conc_desk_search_get_type ())
G_DECLARE_FINAL_TYPE (ConcDeskSearch, conc_desk_search, CONC, DESK_SEARCH, GtkWidget)

void             conc_desk_search_set_session (ConcDeskSearch *self, ConcSession *session);
void             conc_desk_search_set_capture (ConcDeskSearch *self, GtkWidget *window);
ConcDeskMessage *conc_desk_search_get_message (ConcDeskSearch *self);
char            *conc_desk_search_dup_text (ConcDeskSearch *self);
gboolean         conc_desk_search_is_typed (ConcDeskSearch *self);
gboolean         conc_desk_search_again (ConcDeskSearch *self);
void             conc_desk_search_clear (ConcDeskSearch *self);

G_END_DECLS
