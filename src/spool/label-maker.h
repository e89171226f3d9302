/* label-maker.h: Makes what is sent to a printer: PDF or ZPL, aligned, and read back before. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "print/label.h"
#include "print/layout.h"
#include "spool/printer-book.h"

G_BEGIN_DECLS

/* Labels of one layout for one printer and stock. Use it on one thread. */
typedef struct _ConcLabelMaker ConcLabelMaker;

ConcLabelMaker   *conc_label_maker_new (ConcPrinterBook *book,
                                        const char      *printer,
                                        const char      *layout,
                                        const char      *stock,
                                        GError         **error);
void              conc_label_maker_free (ConcLabelMaker *self);
const ConcStock  *conc_label_maker_get_stock (ConcLabelMaker *self);
const ConcLayout *conc_label_maker_get_layout (ConcLabelMaker *self);
ConcPrintLanguage conc_label_maker_get_language (ConcLabelMaker *self);
gboolean conc_label_maker_check (ConcLabelMaker *self, const ConcLabel *label, GError **error);
GBytes *
conc_label_maker_make (ConcLabelMaker *self, GPtrArray *labels, guint start_at, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcLabelMaker, conc_label_maker_free)

G_END_DECLS
