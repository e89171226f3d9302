/* reads-private.h: what the parts that count reads share. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/merge.h"
#include "core/read-filter.h"
#include "core/read-format.h"
#include "core/streams.h"
#include "store/database.h"

G_BEGIN_DECLS

/* How the reads of a stream count; a stream that is not there counts nothing. */
typedef struct
{
  gboolean       exists;
  ConcStreamUse  use;
  gint64         offset_usec;
  ConcReadFilter filter;
  gint64         gap_usec;
  char          *format; /* NULL: that of each delivery */
} ConcStreamRules;

/* One read as it is kept. */
typedef struct
{
  char    *subject;
  guint    line;
  int      kind;    /* ConcReadKind; -1 for a damaged line */
  gint64   at_usec; /* CONC_NO_TIME: not known yet */
  char    *tag;     /* NULL: none */
  guint    bib;
  guint    position;
  int      strength;
  gboolean is_ignored;
  char    *outcome;
  guint    counts_for;
} ConcKeptRead;

/* What became of a read. @counts_for 0: no bib. @at_usec is the time that counts. */
typedef struct
{
  ConcReadOutcome outcome;
  guint           counts_for;
  gint64          at_usec;
} ConcCounted;

gboolean
conc_reads_load_rules (ConcDb *db, const char *stream, ConcStreamRules *ret_rules, GError **error);
void conc_stream_rules_clear (ConcStreamRules *rules);

/* reads-parse.c: lines become reads */
gboolean conc_reads_parse (ConcDb *db, const char *subject, GError **error);
gboolean conc_reads_parse_stream (ConcDb *db, const char *stream, GError **error);

/* reads-count.c: reads become crossings */
GPtrArray          *
conc_reads_list_texts (ConcDb *db, const char *sql, const char *parameter, GError **error);
gboolean conc_reads_count_tag (ConcDb                *db,
                               const char            *stream,
                               const ConcStreamRules *rules,
                               const char            *tag,
                               GError               **error);
gboolean conc_reads_count_tokens (ConcDb                *db,
                                  const char            *stream,
                                  const ConcStreamRules *rules,
                                  GError               **error);
gboolean conc_reads_count_delivery (ConcDb *db, const char *subject, GError **error);
gboolean conc_reads_count_stream (ConcDb *db, const char *stream, GError **error);
gboolean conc_reads_count_chip (ConcDb *db, const char *tag, GError **error);

/* reads-rows.c: crossings become rows */
gboolean conc_reads_write (ConcDb                *db,
                           const char            *stream,
                           const ConcStreamRules *rules,
                           const ConcKeptRead    *read,
                           const ConcCounted     *counted,
                           GError               **error);
gboolean conc_reads_drop_rows (ConcDb *db, const char *subject, GError **error);
gboolean conc_reads_choose_start (ConcDb *db, guint bib, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ConcStreamRules, conc_stream_rules_clear)

G_END_DECLS
