/* printer-book.h: What this computer knows about its printers: paper, language, alignment, use. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "spool/transport.h"

G_BEGIN_DECLS

/* Nobody nudges a label further than this. */
#define CONC_OFFSET_MAX_TENTHS 250

/* How a printer is used. @dpi 0: that of the stock. @stock, @layout: (nullable): not chosen. */
typedef struct
{
  ConcPrintLanguage language;
  int               dpi;
  char             *stock;
  char             *layout;
} ConcPrinterUse;

/* The book is a file of this user on this computer, for all races: a printer belongs to the desk
 * that it stands on. A value that is read on one thread; no file is touched but by load and save.
 */
typedef struct _ConcPrinterBook ConcPrinterBook;

ConcPrinterBook *conc_printer_book_new (void);
ConcPrinterBook *conc_printer_book_load (char **ret_complaint);
gboolean         conc_printer_book_save (ConcPrinterBook *self, GError **error);
char            *conc_printer_book_dup_path (void);
void             conc_printer_book_free (ConcPrinterBook *self);

ConcPrinterUse *conc_printer_book_dup_use (ConcPrinterBook *self, const char *printer);
gboolean        conc_printer_book_knows (ConcPrinterBook *self, const char *printer);
void
conc_printer_book_set_use (ConcPrinterBook *self, const char *printer, const ConcPrinterUse *use);
void conc_printer_use_free (ConcPrinterUse *use);

/* Right and down are positive, in tenths of a millimetre. */
void conc_printer_book_get_offset (ConcPrinterBook *self,
                                   const char      *printer,
                                   const char      *stock,
                                   int             *ret_x_tenths,
                                   int             *ret_y_tenths);
void conc_printer_book_set_offset (ConcPrinterBook *self,
                                   const char      *printer,
                                   const char      *stock,
                                   int              x_tenths,
                                   int              y_tenths);

/* The printer that this station uses for a layout, and whether checking in prints it. */
char *conc_printer_book_dup_printer (ConcPrinterBook *self, const char *layout);
void conc_printer_book_set_printer (ConcPrinterBook *self, const char *layout, const char *printer);
gboolean conc_printer_book_get_automatic (ConcPrinterBook *self, const char *layout);
void
conc_printer_book_set_automatic (ConcPrinterBook *self, const char *layout, gboolean automatic);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcPrinterBook, conc_printer_book_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcPrinterUse, conc_printer_use_free)

G_END_DECLS
