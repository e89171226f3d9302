/* transport.h: Hands bytes to the print service as jobs, and asks what became of them. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "spool/error.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* What the bytes of a job are. */
typedef enum
{
  CONC_PRINT_PDF,
  CONC_PRINT_ZPL
} ConcPrintLanguage;

/**
 * ConcJobState:
 * @CONC_JOB_UNKNOWN: the print service has no such job, or has forgotten it
 * @CONC_JOB_WAITING: it waits for the printer
 * @CONC_JOB_PRINTING: it is being printed
 * @CONC_JOB_STOPPED: printing it was interrupted
 * @CONC_JOB_DONE: it was printed
 * @CONC_JOB_CANCELLED: somebody cancelled it
 * @CONC_JOB_ABORTED: the print service gave up
 */
typedef enum
{
  CONC_JOB_UNKNOWN,
  CONC_JOB_WAITING,
  CONC_JOB_PRINTING,
  CONC_JOB_STOPPED,
  CONC_JOB_DONE,
  CONC_JOB_CANCELLED,
  CONC_JOB_ABORTED
} ConcJobState;

/* A job at the print service. @began: whether the printer was ever given a part of it. @reason:
 * (nullable): what the print service says about it. */
typedef struct
{
  int          id;
  ConcJobState state;
  gboolean     began;
  char        *printer;
  char        *title;
  char        *reason;
} ConcJob;

/* What is to be printed. Sizes are those of one page in millimetres. */
typedef struct
{
  const char       *printer;
  const char       *title;
  ConcPrintLanguage language;
  double            page_width_mm;
  double            page_height_mm;
  gboolean          two_sided;
  GBytes           *bytes;
} ConcJobOrder;

/* Each is a connection of its own; use it on one thread, and not on that of a window: every call
 * waits for the print service, though never longer than CONC_TRANSPORT_PATIENCE_MSEC. */
typedef struct _ConcTransport ConcTransport;

#define CONC_TRANSPORT_PATIENCE_MSEC 10000

ConcTransport *conc_transport_new (void);
void           conc_transport_free (ConcTransport *self);
int            conc_transport_send (ConcTransport *self, const ConcJobOrder *order, GError **error);
ConcJob       *conc_transport_get_job (ConcTransport *self, int id, GError **error);
GPtrArray     *conc_transport_list_jobs (ConcTransport *self, GError **error);
gboolean       conc_transport_cancel (ConcTransport *self, int id, GError **error);

/* For what is no label of the queue, such as the target of the alignment: from a window. */
void conc_transport_send_async (const ConcJobOrder *order,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data);
int  conc_transport_send_finish (GAsyncResult *result, GError **error);

gboolean conc_job_has_ended (const ConcJob *job);
void     conc_job_free (ConcJob *job);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcTransport, conc_transport_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcJob, conc_job_free)

G_END_DECLS
