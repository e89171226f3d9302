/* streams.h: sources of times and bibs, and what becomes of what they send. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/ids.h"
#include "core/read-filter.h"
#include "core/read-format.h"

G_BEGIN_DECLS

#define CONC_STREAM_NAME_MAX_BYTES 60
/* No watch is farther off than a year. */
#define CONC_STREAM_OFFSET_MAX_USEC (G_GINT64_CONSTANT (366) * 86400 * G_USEC_PER_SEC)

/* What the times of a stream are for. */
typedef enum
{
  CONC_STREAM_FINISH, /* they count */
  CONC_STREAM_START,  /* runners' own starts */
  CONC_STREAM_CHUTE,  /* bibs in the order of arrival */
  CONC_STREAM_SECOND, /* a second timer, for the ladder alone */
  CONC_STREAM_SELECT  /* times of single bibs by another watch, for the ladder alone */
} ConcStreamUse;

#define CONC_N_STREAM_USES (CONC_STREAM_SELECT + 1)

/* What became of one line. From CONC_READ_OUTCOME_REPEAT on it does not count. */
typedef enum
{
  CONC_READ_OUTCOME_CROSSING, /* it is a crossing of its stream */
  CONC_READ_OUTCOME_START,    /* it is a runner's own start */
  CONC_READ_OUTCOME_CHUTE,    /* it is a bib in the chute */
  CONC_READ_OUTCOME_WATCH,    /* it is a time of another watch */
  CONC_READ_OUTCOME_REPEAT,   /* another read stands for the same crossing */
  CONC_READ_OUTCOME_LATER,    /* the runner started with an earlier read */
  CONC_READ_OUTCOME_BEFORE_GUN,
  CONC_READ_OUTCOME_UNKNOWN_CHIP,
  CONC_READ_OUTCOME_NO_BIB,  /* a time alone, where a bib is needed */
  CONC_READ_OUTCOME_NO_TIME, /* it counts from a gun that was not fired yet */
  CONC_READ_OUTCOME_MARK,    /* the start of the timer */
  CONC_READ_OUTCOME_IGNORED, /* somebody decided so */
  CONC_READ_OUTCOME_DAMAGED,
  CONC_READ_OUTCOME_NO_STREAM /* nothing is known about its stream yet */
} ConcReadOutcome;

#define CONC_N_READ_OUTCOMES (CONC_READ_OUTCOME_NO_STREAM + 1)

/* What is to be set about a stream; NULL texts and what is not there are left as they are. */
typedef struct
{
  char    *name;
  char    *use;
  char    *format;
  char    *from; /* a path, or "tcp:HOST:PORT" */
  char    *filter;
  gboolean has_offset;
  gint64   offset_usec;
  gboolean has_gap;
  gint64   gap_usec;
} ConcStreamOrder;

/* Lines of one source, in their order. Of each it says how often the source has sent that very line
 * so far, this time included, so that what was recorded before is not recorded twice. @head: what
 * the lines in front of them say, see conc_read_parser_get_head(). */
typedef struct
{
  char      *stream;
  char      *format;
  char      *head;
  char      *file;
  GPtrArray *lines;    /* of texts without line breaks */
  GArray    *ordinals; /* of guint, from 1 */
} ConcReadBatch;

ConcStreamOrder *conc_stream_order_new (const char *name);
ConcStreamOrder *conc_stream_order_copy (const ConcStreamOrder *order);
void             conc_stream_order_free (ConcStreamOrder *order);
ConcReadBatch   *conc_read_batch_new (const char *stream, const char *format);
void             conc_read_batch_add (ConcReadBatch *batch, const char *line, guint ordinal);
void             conc_read_batch_free (ConcReadBatch *batch);

const char    *conc_stream_use_get_name (ConcStreamUse use);
gboolean       conc_stream_use_from_name (const char *name, ConcStreamUse *ret_use);
const char    *conc_stream_use_get_label (ConcStreamUse use);
ConcReadFilter conc_stream_use_get_filter (ConcStreamUse use);
ConcStreamUse  conc_read_format_get_use (ConcReadFormat format);
gboolean       conc_stream_name_is_valid (const char *name);

const char *conc_read_outcome_get_name (ConcReadOutcome outcome);
gboolean    conc_read_outcome_from_name (const char *name, ConcReadOutcome *ret_outcome);
const char *conc_read_outcome_get_label (ConcReadOutcome outcome);

/* The names of what follows from line N of a fact: "FACT#N", and "cFACT#N" in the chute. */
char    *conc_read_subject_new (const char *prefix, const ConcFactId *fact, guint line);
gboolean conc_read_subject_parse (const char *subject, ConcFactId *ret_fact, guint *ret_line);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcStreamOrder, conc_stream_order_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcReadBatch, conc_read_batch_free)

G_END_DECLS
