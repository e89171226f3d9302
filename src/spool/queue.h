/* queue.h: The labels of this station that somebody still waits for, as one picture. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/print-job.h"
#include "spool/transport.h"
#include "store/reader-desk.h"

G_BEGIN_DECLS

/**
 * ConcQueueState:
 * @CONC_QUEUE_WAITING: in the queue; nobody has said in this run that it is to be sent
 * @CONC_QUEUE_SENDING: it will be sent as soon as the printer is ready
 * @CONC_QUEUE_PRINTING: the print service has it
 * @CONC_QUEUE_UNSURE: it was sent and the print service does not know it: it may have come out
 * @CONC_QUEUE_FAILED: it did not come out, or not wholly
 *
 * Where a label is that has not come out.
 */
typedef enum
{
  CONC_QUEUE_WAITING,
  CONC_QUEUE_SENDING,
  CONC_QUEUE_PRINTING,
  CONC_QUEUE_UNSURE,
  CONC_QUEUE_FAILED
} ConcQueueState;

/* @note: (nullable): more about it, a sentence or a part of one. */
typedef struct
{
  ConcPrint     *print;
  ConcQueueState state;
  char          *note;
} ConcQueueItem;

/* A picture of the queue: a value that is never changed. @items: (element-type ConcQueueItem), in
 * the order in which they were queued. @n_asking: how many of them wait for somebody to decide:
 * CONC_QUEUE_WAITING, CONC_QUEUE_UNSURE and CONC_QUEUE_FAILED. @n_done of @n_total labels of what
 * is being sent now have ended. @problem: (nullable): a sentence: why nothing comes out now. */
typedef struct
{
  GPtrArray *items;
  guint      n_asking;
  guint      n_done;
  guint      n_total;
  char      *problem;
} ConcQueue;

ConcQueue  *conc_queue_ref (ConcQueue *self);
void        conc_queue_unref (ConcQueue *self);
ConcQueue  *conc_queue_new (void);
void        conc_queue_item_free (ConcQueueItem *self);
const char *conc_queue_state_get_title (ConcQueueState state);
const char *conc_queue_state_to_text (ConcQueueState state);
gboolean    conc_queue_state_is_asking (ConcQueueState state);

/* What is in the queue according to the facts: queued, printing, and failed without being printed
 * again. */
GPtrArray *conc_queue_list_open (ConcReader *reader, const char *station, GError **error);

/* Where an open print is for a program that sends nothing itself. */
ConcQueueState conc_queue_judge (const ConcPrint *print, GPtrArray *open, GPtrArray *jobs);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcQueue, conc_queue_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcQueueItem, conc_queue_item_free)

G_END_DECLS
