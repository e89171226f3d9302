/* stock-editor.h: describes label sheets and rolls that the program does not know. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "print/stock.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CONC_TYPE_STOCK_EDITOR (conc_stock_editor_get_type ())
G_DECLARE_FINAL_TYPE (ConcStockEditor, conc_stock_editor, CONC, STOCK_EDITOR, AdwWindow)

/* Signal "saved" (string name of the stock): it is in the list of stocks now. */

GtkWidget *conc_stock_editor_new (GtkWindow *parent, const ConcStock *stock, GPtrArray *stocks);

G_END_DECLS
