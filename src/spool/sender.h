/* sender.h: Sends labels of the queue to printers, each exactly once unless somebody asks again. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "spool/print-order.h"
#include "spool/queue.h"

G_BEGIN_DECLS

/* There is one for a race file that is open for writing. All functions are for one thread, not that
 * of a window: they wait for the disk and for the print service. Nothing is sent but what somebody
 * released since it was made. */
typedef struct _ConcSender ConcSender;

ConcSender *conc_sender_new (ConcRaceFile *file, GError **error);
void        conc_sender_free (ConcSender *self);
void        conc_sender_set_operator (ConcSender *self, const char *operator_name);

/* Asks the print service what became of what was being printed when the program ended. */
gboolean conc_sender_recover (ConcSender *self, GError **error);

/* Queues what is ordered and releases it. */
ConcPrintReceipt *conc_sender_order (ConcSender *self, ConcPrintOrder *order, GError **error);

/* @ids: (nullable): names of prints; NULL for all that wait. */
gboolean
conc_sender_release (ConcSender *self, const char *const *ids, const char *printer, GError **error);
gboolean conc_sender_repeat (ConcSender        *self,
                             const char *const *ids,
                             const char        *printer,
                             const char        *reason,
                             GError           **error);
gboolean conc_sender_cancel (ConcSender *self, const char *const *ids, GError **error);
gboolean conc_sender_mark_printed (ConcSender *self, const char *const *ids, GError **error);

/* Does what is due: asks the print service, sends the next label. */
#define CONC_SENDER_IDLE (-1)
int        conc_sender_step (ConcSender *self);
gboolean   conc_sender_flush (ConcSender *self, GError **error);
GPtrArray *conc_sender_list_unsent (ConcSender *self);
guint      conc_sender_count_unsent (ConcSender *self);
guint      conc_sender_count_sent (ConcSender *self);
guint      conc_sender_count_unwanted (ConcSender *self);
ConcQueue *conc_sender_picture (ConcSender *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcSender, conc_sender_free)

G_END_DECLS
