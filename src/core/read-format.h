/* read-format.h: lines as chip readers, timers, scanners and stopwatches write them. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CONC_READ_TAG_MAX_BYTES 40
#define CONC_READ_LINE_MAX_BYTES 1000
#define CONC_READ_NO_STRENGTH G_MININT

/* In the order in which a file is tried; the last one takes any table by the meaning of its
 * columns. */
typedef enum
{
  CONC_READ_FORMAT_IPICO,
  CONC_READ_FORMAT_RACE_RESULT,
  CONC_READ_FORMAT_MYLAPS,
  CONC_READ_FORMAT_RFID_TIMING,
  CONC_READ_FORMAT_PARKRUN_TIMER,
  CONC_READ_FORMAT_PARKRUN_SCANNER,
  CONC_READ_FORMAT_STOPWATCH,
  CONC_READ_FORMAT_PASSINGS
} ConcReadFormat;

#define CONC_N_READ_FORMATS (CONC_READ_FORMAT_PASSINGS + 1)

typedef enum
{
  CONC_READ_CHIP, /* a chip at a time */
  CONC_READ_TIME, /* a time, with the bib where the line has it */
  CONC_READ_BIB,  /* a bib or the code of a runner, in order */
  CONC_READ_START /* the timer was started, or the gun was fired, by the clock of the source */
} ConcReadKind;

/* What one line says. */
typedef struct
{
  ConcReadKind kind;
  gint64       at_usec;  /* CONC_NO_TIME: it counts from a start that is not known yet */
  gboolean     by_start; /* @at_usec follows from the start of the race and moves with it */
  guint        bib;      /* 0: the line has none */
  guint        position; /* 0: the line has none */
  guint        antenna;  /* 0: the line has none */
  int          strength; /* more is stronger; or CONC_READ_NO_STRENGTH */
  char         tag[CONC_READ_TAG_MAX_BYTES + 1]; /* as written; empty: the line has none */
} ConcRead;

typedef enum
{
  CONC_READ_LINE_DAMAGED, /* it should be a read and cannot be read */
  CONC_READ_LINE_OTHER,   /* a heading, a message of the device, an empty line */
  CONC_READ_LINE_READ
} ConcReadLine;

/* Where and when the lines were written: what they leave out. */
typedef struct
{
  const char *race_date;  /* YYYY-MM-DD */
  GTimeZone  *zone;       /* that the clock of the source shows */
  gint64      start_usec; /* the earliest gun, or CONC_NO_TIME */
} ConcReadPlace;

typedef struct _ConcReadParser ConcReadParser;

const char *conc_read_format_get_name (ConcReadFormat format);
char       *conc_read_format_dup_names (void);
gboolean conc_read_format_from_name (const char *name, ConcReadFormat *ret_format, GError **error);
const char *conc_read_format_get_breaks (ConcReadFormat format);
const char *conc_read_format_get_greeting (ConcReadFormat format);
gboolean    conc_read_format_sniff (const char *text, ConcReadFormat *ret_format);

ConcReadParser *conc_read_parser_new (ConcReadFormat format, const ConcReadPlace *place);
void            conc_read_parser_free (ConcReadParser *self);
ConcReadLine
conc_read_parser_take (ConcReadParser *self, const char *line, ConcRead *ret_read, GError **error);
const char *conc_read_parser_get_head (ConcReadParser *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcReadParser, conc_read_parser_free)

G_END_DECLS
