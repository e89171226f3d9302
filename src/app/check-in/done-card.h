/* done-card.h: who was checked in just now, in letters that can be read from afar. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/check-in/match.h"
#include "app/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CONC_TYPE_DONE_CARD (conc_done_card_get_type ())
G_DECLARE_FINAL_TYPE (ConcDoneCard, conc_done_card, CONC, DONE_CARD, GtkWidget)

void conc_done_card_set_session (ConcDoneCard *self, ConcSession *session);
void conc_done_card_set_match (ConcDoneCard *self, ConcMatch *match);
void conc_done_card_set_several (ConcDoneCard *self, GPtrArray *matches, const char *hint);

G_END_DECLS
