/* read-private.h: what the formats of reads share. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/read-format.h"

G_BEGIN_DECLS

/* More cells than any format has; what comes behind them is not looked at. */
#define CONC_READ_MAX_CELLS 40

/* What a column of a table holds. */
typedef enum
{
  CONC_READ_COLUMN_TAG,
  CONC_READ_COLUMN_BIB,
  CONC_READ_COLUMN_POSITION,
  CONC_READ_COLUMN_TIME,
  CONC_READ_COLUMN_DATE,
  CONC_READ_COLUMN_MILLISECONDS,
  CONC_READ_COLUMN_TOTAL,
  CONC_READ_COLUMN_SPLIT,
  CONC_READ_COLUMN_LAP_TIME,
  CONC_READ_COLUMN_ANTENNA,
  CONC_READ_COLUMN_STRENGTH,
  CONC_READ_N_COLUMNS
} ConcReadColumn;

struct _ConcReadParser
{
  /* owned */
  GString   *head;
  GString   *line; /* that the cells lie in, ended in place */
  GTimeZone *zone;

  /* state */
  ConcReadFormat format;
  int            year, month, day; /* of the race */
  gint64         start_usec;
  char          *cells[CONC_READ_MAX_CELLS];
  guint          n_cells;
  gboolean       has_columns;
  gboolean       is_named; /* the columns have names */
  char           delimiter;
  int            columns[CONC_READ_N_COLUMNS]; /* -1: the table has none */
  gboolean       timer_has_date;
};

typedef ConcReadLine (*ConcReadTake) (ConcReadParser *self,
                                      const char     *line,
                                      ConcRead       *read,
                                      GError        **error);

ConcReadLine conc_read_take_ipico (ConcReadParser *, const char *, ConcRead *, GError **);
ConcReadLine conc_read_take_race_result (ConcReadParser *, const char *, ConcRead *, GError **);
ConcReadLine conc_read_take_mylaps (ConcReadParser *, const char *, ConcRead *, GError **);
ConcReadLine conc_read_take_rfid_timing (ConcReadParser *, const char *, ConcRead *, GError **);
ConcReadLine conc_read_take_parkrun_timer (ConcReadParser *, const char *, ConcRead *, GError **);
ConcReadLine conc_read_take_parkrun_scanner (ConcReadParser *, const char *, ConcRead *, GError **);
ConcReadLine conc_read_take_stopwatch (ConcReadParser *, const char *, ConcRead *, GError **);
ConcReadLine conc_read_take_passings (ConcReadParser *, const char *, ConcRead *, GError **);

ConcReadLine conc_read_refuse (GError **error, const char *sentence);
ConcReadLine conc_read_refuse_text (GError **error, const char *sentence, const char *text);
void         conc_read_keep_head (ConcReadParser *self, const char *line);
void         conc_read_split (ConcReadParser *self, const char *line, char delimiter);
gboolean     conc_read_is_number (const char *text);
gboolean     conc_read_has_digit (const char *text);
gboolean     conc_read_set_tag (ConcRead *read, const char *tag);
gboolean     conc_read_parse_bib (const char *text, guint *ret_bib);
gboolean     conc_read_parse_small (const char *text, guint *ret_value);
void         conc_read_parse_strength (ConcRead *read, const char *text);

gboolean conc_read_scan_clock (const char **cursor, gint64 *ret_usec, gboolean *ret_has_hours);
gboolean conc_read_parse_clock (const char *text, gint64 *ret_usec);
gboolean conc_read_is_day (gint64 year, gint64 month, gint64 day);
void     conc_read_set_local (ConcReadParser *self,
                              ConcRead       *read,
                              int             year,
                              int             month,
                              int             day,
                              gint64          of_day_usec);
void     conc_read_set_time_of_day (ConcReadParser *self, ConcRead *read, gint64 of_day_usec);
void     conc_read_set_elapsed (ConcReadParser *self, ConcRead *read, gint64 usec);
gboolean conc_read_set_date_and_time (ConcReadParser *self,
                                      ConcRead       *read,
                                      const char     *date,
                                      gint64          of_day_usec);
gboolean conc_read_set_instant (ConcReadParser *self, ConcRead *read, const char *text);

G_END_DECLS
