/* repair-order.h: a repair of the ladder as somebody asks for it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/ladder.h"

G_BEGIN_DECLS

/* What a ConcLadderRepair says, with the names of taps and chute bibs in the place of ids that only
 * one ladder knows. @stream is the one whose clock is corrected. The last five are kept with it:
 * which suspicion it answers, and the sentences that told of it. */
typedef struct
{
  ConcLadderRepairKind kind;
  char                *tap;
  char                *entry;
  char                *last_entry;
  char                *stream;
  gint64               at_usec;
  guint                bib;
  int                  count;
  guint                certainty_percent;
  char                *suspicion;
  char                *reason;
  char                *before;
  char                *after;
} ConcRepairOrder;

ConcRepairOrder *conc_repair_order_new (ConcLadderRepairKind kind);
ConcRepairOrder *conc_repair_order_copy (const ConcRepairOrder *order);
void             conc_repair_order_free (ConcRepairOrder *order);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcRepairOrder, conc_repair_order_free)

G_END_DECLS
