/* watch.h: taps of other watches, which do not count. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/database.h"

G_BEGIN_DECLS

gboolean conc_watch_sort_tap (ConcDb *db, const char *subject, const char *stream, GError **error);
gboolean conc_watch_sort_stream (ConcDb *db, const char *stream, GError **error);

G_END_DECLS
