/* printers.h: The printers of this computer and how they are. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "spool/transport.h"

G_BEGIN_DECLS

/**
 * ConcPrinter:
 * @name: what the print service calls it
 * @title: what a person calls it; never empty
 * @place: (nullable): where it stands
 * @model: (nullable): make and model
 * @reason: (nullable): what it lacks, in words, such as "out of paper"
 * @is_stopped: it prints nothing until somebody starts it again
 * @is_busy: it prints now
 * @takes_jobs: whether jobs can be sent to it at all
 * @is_default: the one that programs use when none is chosen
 * @speaks_zpl: it calls itself a Zebra, or a printer that understands its language
 */
typedef struct
{
  char    *name;
  char    *title;
  char    *place;
  char    *model;
  char    *reason;
  gboolean is_stopped;
  gboolean is_busy;
  gboolean takes_jobs;
  gboolean is_default;
  gboolean speaks_zpl;
} ConcPrinter;

GPtrArray         *conc_printers_list (ConcTransport *transport, GError **error);
ConcPrinter       *conc_printers_get (ConcTransport *transport, const char *name, GError **error);
void               conc_printers_list_async (GCancellable       *cancellable,
                                             GAsyncReadyCallback callback,
                                             gpointer            user_data);
GPtrArray         *conc_printers_list_finish (GAsyncResult *result, GError **error);
const ConcPrinter *conc_printers_peek (GPtrArray *printers, guint place);

char        *conc_printer_dup_state (const ConcPrinter *self);
gboolean     conc_printer_is_ready (const ConcPrinter *self);
ConcPrinter *conc_printer_copy (const ConcPrinter *self);
void         conc_printer_free (ConcPrinter *self);
const char  *conc_printer_reason_to_text (const char *keyword);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcPrinter, conc_printer_free)

G_END_DECLS
