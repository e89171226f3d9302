/* csv.h: reads and writes tables in CSV form (RFC 4180). */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CONC_CSV_MAX_BYTES (256 * 1024 * 1024)
#define CONC_CSV_MAX_COLUMNS 1000
#define CONC_CSV_MAX_CELL_BYTES (1024 * 1024)

typedef struct _ConcCsvReader ConcCsvReader;

/**
 * ConcCsvStep:
 * @CONC_CSV_STEP_FAILED: the file cannot be read further; the error is set
 * @CONC_CSV_STEP_ROW: a row was read
 * @CONC_CSV_STEP_END: there are no more rows
 */
typedef enum
{
  CONC_CSV_STEP_FAILED,
  CONC_CSV_STEP_ROW,
  CONC_CSV_STEP_END,
} ConcCsvStep;

/**
 * ConcCsvRow:
 * @cells: the cells, each UTF-8 and ended by a zero byte, never %NULL; the array
 *   is valid until the next row, the texts as long as the reader
 * @n_cells: how many the row has, at least 1
 * @line: line of the file where the row starts, from 1
 */
typedef struct
{
  const char *const *cells;
  guint              n_cells;
  guint              line;
} ConcCsvRow;

/**
 * ConcCsvWriteFlags:
 * @CONC_CSV_WRITE_DEFAULT: cells are written as they are
 * @CONC_CSV_WRITE_PROTECT_FORMULAS: a cell that a spreadsheet would run as a
 *   formula is written with a leading apostrophe
 */
typedef enum
{
  CONC_CSV_WRITE_DEFAULT = 0,
  CONC_CSV_WRITE_PROTECT_FORMULAS = 1 << 0,
} ConcCsvWriteFlags;

/* Where a row begins: bytes before it, and its line. */
typedef struct
{
  gsize offset;
  guint line;
} ConcCsvMark;

ConcCsvReader *conc_csv_reader_new (const char *text, gsize length, GError **error);
ConcCsvReader *
conc_csv_reader_new_part (const char *text, const ConcCsvMark *start, gsize end, char delimiter);
void        conc_csv_reader_get_mark (ConcCsvReader *self, ConcCsvMark *ret_mark);
void        conc_csv_reader_free (ConcCsvReader *self);
char        conc_csv_reader_get_delimiter (ConcCsvReader *self);
void        conc_csv_reader_set_delimiter (ConcCsvReader *self, char delimiter);
ConcCsvStep conc_csv_reader_next (ConcCsvReader *self, ConcCsvRow *ret_row, GError **error);

void conc_csv_append_row (GString           *out,
                          const char *const *cells,
                          guint              n_cells,
                          ConcCsvWriteFlags  flags);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcCsvReader, conc_csv_reader_free)

G_END_DECLS
