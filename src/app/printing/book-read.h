/* book-read.h: the book of printers, read on a worker. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "spool/printer-book.h"

#include <gio/gio.h>

G_BEGIN_DECLS

void             conc_book_read_async (GObject *owner, GAsyncReadyCallback callback);
ConcPrinterBook *conc_book_read_finish (GAsyncResult *result, char **ret_complaint);

G_END_DECLS
