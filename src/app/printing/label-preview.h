/* label-preview.h: a page of labels on the screen, as it will be printed. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "print/label.h"
#include "print/layout.h"
#include "print/stock.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CONC_TYPE_LABEL_PREVIEW (conc_label_preview_get_type ())
G_DECLARE_FINAL_TYPE (ConcLabelPreview, conc_label_preview, CONC, LABEL_PREVIEW, GtkWidget)

void conc_label_preview_set_stock (ConcLabelPreview *self, const ConcStock *stock);
void conc_label_preview_set_layout (ConcLabelPreview *self, const ConcLayout *layout);
void conc_label_preview_set_labels (ConcLabelPreview *self, GPtrArray *labels);
void conc_label_preview_set_start (ConcLabelPreview *self, guint start_at);
void conc_label_preview_set_side (ConcLabelPreview *self, guint side);

G_END_DECLS
