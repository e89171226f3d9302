/* spooler.h: The queue of labels of one race, worked on by a thread of its own. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "spool/print-order.h"
#include "spool/queue.h"

G_BEGIN_DECLS

/**
 * ConcDecision:
 * @CONC_DECISION_SEND: send what is queued; with a printer, also what waits at another one
 * @CONC_DECISION_REPEAT: print again, as new prints with a reason
 * @CONC_DECISION_PRINTED: somebody has seen that it came out
 * @CONC_DECISION_CANCEL: it is not wanted any more
 *
 * What somebody decides about labels in the queue.
 */
typedef enum
{
  CONC_DECISION_SEND,
  CONC_DECISION_REPEAT,
  CONC_DECISION_PRINTED,
  CONC_DECISION_CANCEL
} ConcDecision;

#define CONC_TYPE_SPOOLER (conc_spooler_get_type ())
G_DECLARE_FINAL_TYPE (ConcSpooler, conc_spooler, CONC, SPOOLER, GObject)

/* Signal "changed" on the main context of the thread that made it, at most ten times a second, with
 * no arguments: conc_spooler_dup_queue() then has a new picture. */
ConcSpooler *conc_spooler_new (ConcRaceFile *file);
void         conc_spooler_stop (ConcSpooler *self);
ConcQueue   *conc_spooler_dup_queue (ConcSpooler *self);

/* The callbacks come on the main context of the thread that calls, when the facts are durable; what
 * comes out of the printer is told by the queue. */
void conc_spooler_order_async (ConcSpooler        *self,
                               ConcPrintOrder     *order,
                               GAsyncReadyCallback callback,
                               gpointer            user_data);
ConcPrintReceipt          *
conc_spooler_order_finish (ConcSpooler *self, GAsyncResult *result, GError **error);
void     conc_spooler_decide_async (ConcSpooler        *self,
                                    ConcDecision        decision,
                                    const char *const  *ids,
                                    const char         *printer,
                                    const char         *reason,
                                    const char         *operator_name,
                                    GAsyncReadyCallback callback,
                                    gpointer            user_data);
gboolean conc_spooler_decide_finish (ConcSpooler *self, GAsyncResult *result, GError **error);

G_END_DECLS
