/* labels-pdf.h: A PDF of labels, sheet by sheet. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "print/layout.h"
#include "print/pdf.h"
#include "print/stock.h"

G_BEGIN_DECLS

gboolean conc_labels_write_pdf (GPtrArray            *labels,
                                const ConcStock      *stock,
                                const ConcLayout     *layout,
                                guint                 start_at,
                                double                offset_x_mm,
                                double                offset_y_mm,
                                GOutputStream        *stream,
                                ConcPrintProgressFunc progress,
                                gpointer              progress_data,
                                GCancellable         *cancellable,
                                GError              **error);

G_END_DECLS
