/* money.h: reads, writes and divides amounts of money in cents. */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* 100,000,000.00: more than any race raises, and far from the end of gint64. */
#define CONC_MONEY_MAX_CENTS G_GINT64_CONSTANT (10000000000)

gboolean conc_money_parse (const char *text, gint64 *ret_cents, GError **error);
gboolean conc_money_parse_export (const char *text, gint64 *ret_cents, GError **error);
char    *conc_money_format (gint64 cents);
char    *conc_money_format_short (gint64 cents);
char    *conc_money_to_decimal (gint64 cents);
gboolean
conc_money_allocate (gint64 cents, const guint *shares, guint n_shares, gint64 *ret_parts_cents);

G_END_DECLS
