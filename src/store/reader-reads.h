/* reader-reads.h: streams, and what became of each line that they sent. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/streams.h"
#include "store/reader.h"

G_BEGIN_DECLS

/* A stream that the race has. Times are of its reads, with its offset. */
typedef struct
{
  char          *name;
  ConcStreamUse  use;
  char          *format; /* NULL: that of each delivery */
  char          *from;   /* NULL: not known */
  gint64         offset_usec;
  ConcReadFilter filter;
  gint64         gap_usec;
  guint          n_lines;
  guint          n_counted;
  guint          n_damaged;
  guint          n_unknown; /* of chips that nobody has */
  gint64         last_usec; /* CONC_NO_TIME without any */
} ConcStream;

/* A line of a source. @name is "FACT#LINE", which is also the name of the tap that follows. */
typedef struct
{
  char           *name;
  char           *stream;
  char           *raw;
  char           *format;
  gint64          at_usec;     /* as it counts; CONC_NO_TIME: not known */
  gint64          source_usec; /* without the offset of the stream */
  char           *tag;         /* NULL: none */
  guint           bib;         /* whose it is; 0: nobody's */
  guint           position;
  guint           antenna;
  int             strength;
  ConcReadOutcome outcome;
  char           *reason; /* of a damaged line, a sentence; else NULL */
} ConcReadRow;

void       conc_stream_free (ConcStream *stream);
GPtrArray *conc_reader_list_streams (ConcReader *reader, GError **error);
void       conc_read_row_free (ConcReadRow *row);
GPtrArray *conc_reader_list_reads (ConcReader *reader, const char *stream, GError **error);
GPtrArray *
conc_reader_list_reads_of_fact (ConcReader *reader, const ConcFactId *fact, GError **error);
GPtrArray *conc_reader_list_reads_of_bib (ConcReader *reader, guint bib, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcStream, conc_stream_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcReadRow, conc_read_row_free)

G_END_DECLS
