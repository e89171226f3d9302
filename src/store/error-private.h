/* error-private.h: how the store sets its errors. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/error.h"

#include <sqlite3.h>

G_BEGIN_DECLS

void     conc_store_error_from_sqlite (int sqlite_code, const char *detail, GError **error);
gboolean conc_store_refuse (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

G_END_DECLS
