/* reader-protest.h: what goes on paper: a protest, and the log of the race. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/log-entry.h"
#include "core/protest.h"
#include "store/reader.h"

G_BEGIN_DECLS

/* @board is that of this moment, and has to outlive what is returned. */
ConcProtest *
conc_reader_read_protest (ConcReader *reader, ConcScoreboard *board, guint bib, GError **error);

/* Element-type ConcLogEntry, by time. */
GPtrArray *conc_reader_list_log (ConcReader *reader, GError **error);

G_END_DECLS
