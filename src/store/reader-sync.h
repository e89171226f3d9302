/* reader-sync.h: what the exchange with other stations asks of a race file. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/reader.h"

G_BEGIN_DECLS

/* Facts of @station with numbers above @after, in order, at most @limit (element-type ConcFact). */
GPtrArray *conc_reader_list_facts_of (ConcReader *reader,
                                      const char *station,
                                      gint64      after,
                                      guint       limit,
                                      GError    **error);

/* Facts in the order of this log above @after; *@after is moved to the last one. */
GPtrArray *
conc_reader_list_facts_after (ConcReader *reader, gint64 *after, guint limit, GError **error);

/* The last number that @station has here, 0 for none. */
gboolean conc_reader_get_last_seq (ConcReader *reader,
                                   const char *station,
                                   gint64     *ret_last_seq,
                                   GError    **error);

/* How much of each station is here (element-type ConcStationCount). */
typedef struct
{
  char   station[CONC_STATION_ID_LENGTH + 1];
  gint64 n_facts;
  gint64 last_seq;
} ConcStationCount;

GPtrArray *conc_reader_count_by_station (ConcReader *reader, GError **error);

/* How many facts of other stations than @station came after the place @*after in this log; @*after
 * is moved to the end. */
gboolean conc_reader_count_of_others (ConcReader *reader,
                                      const char *station,
                                      gint64     *after,
                                      gint64     *ret_n_facts,
                                      GError    **error);

/* What people call a station: its name, else its id. Transfer full. */
char *conc_reader_dup_station_name (ConcReader *reader, const char *station);

G_END_DECLS
