/* queue-entry.h: a label that has not come out yet, for lists and templates. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"
#include "spool/queue.h"

G_BEGIN_DECLS

#define CONC_TYPE_QUEUE_ENTRY (conc_queue_entry_get_type ())
G_DECLARE_FINAL_TYPE (ConcQueueEntry, conc_queue_entry, CONC, QUEUE_ENTRY, GObject)

/* Properties, which notify when they change: "title" (whose label it is), "subtitle" (which, where
 * and when), "state-text", "note", "icon-name" (strings), "can-send", "can-repeat" and "can-mark"
 * (boolean: what can be decided about it; cancelling always can), and "send-label",
 * "repeat-label", "mark-label" and "cancel-label" (strings: what the buttons are for, whole). */

ConcQueueEntry *conc_queue_entry_new (const ConcQueueItem *item, ConcSession *session);
void            conc_queue_entry_update (ConcQueueEntry *self, const ConcQueueItem *item);
const char     *conc_queue_entry_get_id (ConcQueueEntry *self);

G_END_DECLS
