/* scan.h: small steps of reading times and numbers from typed text. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CONC_USEC_PER_SECOND G_GINT64_CONSTANT (1000000)

gboolean conc_scan_char (const char **cursor, char wanted);
gboolean
conc_scan_digits (const char **cursor, guint min_count, guint max_count, gint64 *ret_value);
gboolean conc_scan_fraction (const char **cursor, gint64 *ret_usec);
void     conc_append_digits (GString *out, gint64 number, guint n_digits);
void     conc_append_fraction (GString *out, gint64 usec, int digits);
char    *conc_dup_quotable (const char *text);

G_END_DECLS
