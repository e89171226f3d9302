/* money-row.h: a name and an amount as a row of a list; a gift can be taken back. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/gift.h"

#include <glib-object.h>

G_BEGIN_DECLS

/* Properties: "title", "detail" and "amount" (strings), and "target" (a string variant, or NULL):
 * the fact that taking the gift back names. */
#define CONC_TYPE_MONEY_ROW (conc_money_row_get_type ())
G_DECLARE_FINAL_TYPE (ConcMoneyRow, conc_money_row, CONC, MONEY_ROW, GObject)

ConcMoneyRow *conc_money_row_new (const char *title, const char *detail, gint64 cents);
ConcMoneyRow *conc_money_row_new_gift (const ConcGift *gift, gint64 now_usec, GTimeZone *zone);

G_END_DECLS
