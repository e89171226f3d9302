/* reader-private.h: what the rest of the store sees of a reader. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/database.h"
#include "store/log.h"
#include "store/reader.h"

G_BEGIN_DECLS

ConcDb  *conc_reader_get_db (ConcReader *reader);
ConcLog *conc_reader_get_log (ConcReader *reader);

/* Who can be found; see reader-search.c. */
typedef struct _ConcReaderSearch ConcReaderSearch;

ConcReaderSearch *conc_reader_search_new (void);
void              conc_reader_search_free (ConcReaderSearch *search);
ConcReaderSearch *conc_reader_get_search (ConcReader *reader);

G_END_DECLS
