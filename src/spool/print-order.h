/* print-order.h: Who wants which labels, and putting them into the queue. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/bib-range.h"
#include "core/print-job.h"
#include "print/label.h"
#include "spool/printer-book.h"
#include "store/race-file.h"
#include "store/reader-desk.h"

G_BEGIN_DECLS

typedef enum
{
  CONC_TO_PRINT_ALL,
  CONC_TO_PRINT_LATE,   /* nothing of this layout was printed or is on its way */
  CONC_TO_PRINT_CHANGED /* what was printed last is not what would be printed now */
} ConcToPrint;

/**
 * ConcPrintOrder:
 * @which: everybody who has a bib, late entries, or those whose label has changed
 * @range: (nullable): only these bibs
 * @runner_id: (nullable): only this runner
 * @printer: (nullable): %NULL for the one that this station uses for the layout
 * @layout: (nullable): %NULL for that of the printer, or that of bib labels
 * @stock: (nullable): %NULL for that of the printer
 * @start_at: the first free place of a sheet that was used before, from 0
 * @again: (nullable): why labels that were printed already are printed again; %NULL to leave
 *   them out
 * @operator_name: (nullable): who wants it
 *
 * What somebody wants printed. Texts are owned.
 */
typedef struct
{
  ConcToPrint   which;
  ConcBibRange *range;
  char         *runner_id;
  char         *printer;
  char         *layout;
  char         *stock;
  guint         start_at;
  char         *again;
  char         *operator_name;
} ConcPrintOrder;

/* What became of an order. @prints: (element-type ConcPrint): what is in the queue now, with the
 * names that it got. @n_before: labels that were left out because they were printed already, are
 * about to be, or failed and ask. */
typedef struct
{
  GPtrArray *prints;
  guint      n_before;
} ConcPrintReceipt;

ConcPrintOrder *conc_print_order_new (ConcToPrint which);
void            conc_print_order_free (ConcPrintOrder *self);
gboolean conc_print_order_complete (ConcPrintOrder *self, ConcPrinterBook *book, GError **error);
ConcPrintReceipt *conc_print_order_queue (ConcPrintOrder  *self,
                                          ConcPrinterBook *book,
                                          ConcRaceFile    *file,
                                          ConcReader      *reader,
                                          GError         **error);
gboolean          conc_prints_queue (GPtrArray    *prints,
                                     ConcRaceFile *file,
                                     const char   *operator_name,
                                     GError      **error);
void              conc_print_receipt_free (ConcPrintReceipt *self);

/* Letters in the name of a batch, before the place at which it begins. */
#define CONC_BATCH_LETTERS 10

/* The place on the first sheet, from 0, that the name of a batch tells. */
guint conc_print_batch_get_start (const char *batch);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcPrintOrder, conc_print_order_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcPrintReceipt, conc_print_receipt_free)

G_END_DECLS
