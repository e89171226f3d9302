/* stock-choice.h: a row in which sheets or a roll are chosen, the user's own among them. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "print/stock.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CONC_TYPE_STOCK_CHOICE (conc_stock_choice_get_type ())
G_DECLARE_FINAL_TYPE (ConcStockChoice, conc_stock_choice, CONC, STOCK_CHOICE, AdwComboRow)

/* The property "selected" of the row tells of changes. */

const ConcStock *conc_stock_choice_get (ConcStockChoice *self);
GPtrArray       *conc_stock_choice_get_all (ConcStockChoice *self);
const char      *conc_stock_choice_get_name (ConcStockChoice *self);
void             conc_stock_choice_set_name (ConcStockChoice *self, const char *name);
void             conc_stock_choice_reload (ConcStockChoice *self);

G_END_DECLS
