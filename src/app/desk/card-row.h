/* card-row.h: one conflict: what happened, and its choices as buttons. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/cards.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Signal: "chosen" (string card, string choice). */
#define CONC_TYPE_CARD_ROW (conc_card_row_get_type ())
G_DECLARE_FINAL_TYPE (ConcCardRow, conc_card_row, CONC, CARD_ROW, GtkListBoxRow)

GtkWidget  *conc_card_row_new (const ConcCard *card);
const char *conc_card_row_get_card (ConcCardRow *self);
gboolean    conc_card_row_shows (ConcCardRow *self, const ConcCard *card);

G_END_DECLS
