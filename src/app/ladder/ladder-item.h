/* ladder-item.h: one row of the ladder: a line, or a doubt at its place. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/reader-ladder.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define CONC_TYPE_LADDER_ITEM (conc_ladder_item_get_type ())
G_DECLARE_FINAL_TYPE (ConcLadderItem, conc_ladder_item, CONC, LADDER_ITEM, GObject)

/* Signal: "changed", when a doubt was opened or closed. */

ConcLadderItem *conc_ladder_item_new_line (const ConcLadderLine *line, gint64 start_usec);
ConcLadderItem *conc_ladder_item_new_doubt (const ConcLadderDoubt *doubt);
ConcLadderItem *conc_ladder_item_new_wish (const ConcRepairOrder *order, guint place);
gboolean        conc_ladder_item_equal (ConcLadderItem *self, ConcLadderItem *other);

/* Of a line; NULL of a doubt. */
const ConcLadderLine *conc_ladder_item_get_line (ConcLadderItem *self);
gint64                conc_ladder_item_get_start_usec (ConcLadderItem *self);

/* Of a doubt, or of what somebody wishes to repair, which has no id. */
const char            *conc_ladder_item_get_id (ConcLadderItem *self);
guint                  conc_ladder_item_get_place (ConcLadderItem *self);
const char            *conc_ladder_item_get_sentence (ConcLadderItem *self);
const char            *conc_ladder_item_get_reasons (ConcLadderItem *self);
guint                  conc_ladder_item_get_certainty (ConcLadderItem *self);
const ConcRepairOrder *conc_ladder_item_get_order (ConcLadderItem *self);
ConcLadderOutcome     *conc_ladder_item_get_outcome (ConcLadderItem *self);
void conc_ladder_item_take_outcome (ConcLadderItem *self, ConcLadderOutcome *outcome);

G_END_DECLS
