/* csv.c: reads tables in CSV form (RFC 4180). */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/csv.h"

#include "core/encoding.h"
#include "core/error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

enum
{
  BYTE_PLAIN,
  BYTE_DELIMITER,
  BYTE_BREAK,
  BYTE_END,
};

struct _ConcCsvReader
{
  /* owned */
  char        *text; /* a copy: cells are unquoted and ended in place */
  const char **cells;

  /* state */
  char  *pos;
  char  *end;
  guint  cells_size;
  guint  line;
  char   delimiter;
  guint8 kinds[256]; /* what a byte outside quotes means */
};

static void
update_kinds (ConcCsvReader *self)
{
  memset (self->kinds, BYTE_PLAIN, sizeof self->kinds);
  self->kinds['\n'] = BYTE_BREAK;
  self->kinds['\r'] = BYTE_BREAK;
  self->kinds[0] = BYTE_END;
  self->kinds[(guint8) self->delimiter] = BYTE_DELIMITER;
}

static char
guess_delimiter (const char *text)
{
  guint    n_commas = 0, n_tabs = 0, n_semicolons = 0;
  gboolean quoted = FALSE;

  text += strspn (text, "\r\n");
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"')
        quoted = !quoted;
      else if (quoted)
        continue;
      else if (*p == ',')
        n_commas++;
      else if (*p == '\t')
        n_tabs++;
      else if (*p == ';')
        n_semicolons++;
      else if (*p == '\n' || *p == '\r')
        break;
    }

  if (n_tabs > n_commas && n_tabs >= n_semicolons)
    return '\t';
  return n_semicolons > n_commas ? ';' : ',';
}

/* Steps over CR, LF or CRLF at @p and counts one line. */
static char *
skip_break (ConcCsvReader *self, char *p)
{
  self->line++;
  return p[0] == '\r' && p[1] == '\n' ? p + 2 : p + 1;
}

/* Spreadsheets written for other countries may begin with a line like “sep=;”. */
static void
take_separator_line (ConcCsvReader *self)
{
  const char *p = self->pos;

  if (g_ascii_strncasecmp (p, "sep=", 4) != 0 || p[4] == '\0' || strchr ("\r\n\"", p[4]) != NULL ||
      (p[4] & 0x80) != 0 || (p[5] != '\r' && p[5] != '\n'))
    return;
  conc_csv_reader_set_delimiter (self, p[4]);
  self->pos = skip_break (self, self->pos + 5);
}

static gboolean
fail_cell_size (guint line, GError **error)
{
  g_set_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_LIMIT,
               _ ("Line %u has a cell of more than 1 MiB: this is not a list of people or gifts."),
               line);
  return FALSE;
}

/* Unquotes the cell at @p in place. Returns its end in the file, %NULL on error. */
static char *
read_quoted (ConcCsvReader *self, char *p, char **ret_write, GError **error)
{
  guint start_line = self->line;
  char *write = *ret_write;

  for (p++;; p++)
    {
      if (*p == '"')
        {
          if (p[1] != '"')
            break;
          p++;
        }
      else if (*p == '\0')
        {
          g_set_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_INVALID,
                       _ ("A quotation mark is opened in line %u and never closed."), start_line);
          return NULL;
        }
      else if (*p == '\n' || (*p == '\r' && p[1] != '\n'))
        self->line++;
      *write++ = *p;
    }

  *ret_write = write;
  return p + 1;
}

static gboolean
add_cell (ConcCsvReader *self, guint index, const char *cell, guint line, GError **error)
{
  if (index >= CONC_CSV_MAX_COLUMNS)
    {
      g_set_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_LIMIT,
                   _ ("Line %u has more than %d columns: this is not a list of people or gifts."),
                   line, CONC_CSV_MAX_COLUMNS);
      return FALSE;
    }
  if (index >= self->cells_size)
    {
      self->cells_size = MAX (32, self->cells_size * 2);
      self->cells = g_renew (const char *, self->cells, self->cells_size);
    }
  self->cells[index] = cell;
  return TRUE;
}

/* Reads the cell at self->pos, which then stands on what ended it; that byte is
 * returned in @ret_kind, since ending the cell overwrites it. */
static gboolean
read_cell (ConcCsvReader *self, guint8 *ret_kind, GError **error)
{
  const guint8 *kinds = self->kinds;
  guint         line = self->line;
  char         *start = self->pos;
  char         *p = start, *write = start;

  if (*p == '"')
    {
      p = read_quoted (self, p, &write, error);
      if (p == NULL)
        return FALSE;
      /* Text after the closing mark is not RFC 4180; nothing of it is dropped. */
      while (kinds[(guint8) *p] == BYTE_PLAIN)
        *write++ = *p++;
    }
  else
    {
      while (kinds[(guint8) *p] == BYTE_PLAIN)
        p++;
      write = p;
    }

  if (write - start > CONC_CSV_MAX_CELL_BYTES)
    return fail_cell_size (line, error);

  *ret_kind = kinds[(guint8) *p];
  self->pos = *ret_kind == BYTE_BREAK ? skip_break (self, p) : *ret_kind == BYTE_END ? p : p + 1;
  *write = '\0';
  return TRUE;
}

static ConcCsvReader *
new_reader (const char *text, gsize length, guint line)
{
  ConcCsvReader *self = g_new0 (ConcCsvReader, 1);

  self->text = g_malloc (length + 1);
  if (length > 0)
    memcpy (self->text, text, length);
  self->text[length] = '\0';
  self->pos = self->text;
  self->end = self->text + length;
  self->line = line;
  return self;
}

/**
 * conc_csv_reader_new:
 * @text: the whole file, UTF-8, with or without byte-order mark
 * @length: its length in bytes, at most %CONC_CSV_MAX_BYTES
 * @error: return location
 *
 * Prepares to read a table. The delimiter is the one of comma, tab and
 * semicolon that the first line has most of, outside quotes; comma when it has
 * none. A first line “sep=;” as spreadsheets write it decides instead.
 *
 * The text is copied. Empty text is a table without rows.
 *
 * Returns: (transfer full): a reader, or %NULL with %CONC_CORE_ERROR_LIMIT or
 *   %CONC_CORE_ERROR_ENCODING (zero bytes or invalid UTF-8; bytes of other
 *   encodings go through conc_encoding_to_utf8() first).
 *
 * Thread: any, one at a time. Cost: linear.
 */
ConcCsvReader *
conc_csv_reader_new (const char *text, gsize length, GError **error)
{
  ConcCsvReader *self;

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  if (length > CONC_CSV_MAX_BYTES)
    {
      g_set_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_LIMIT,
                   _ ("The file is larger than %d MiB: this is not a list of people or gifts."),
                   CONC_CSV_MAX_BYTES / (1024 * 1024));
      return NULL;
    }
  if (!conc_encoding_is_utf8 (text, length))
    {
      g_set_error_literal (
          error, CONC_CORE_ERROR, CONC_CORE_ERROR_ENCODING,
          _ ("This file is not a text file: export the list as CSV and try again."));
      return NULL;
    }

  self = new_reader (text, length, 1);
  if (g_str_has_prefix (self->pos, "\357\273\277"))
    self->pos += 3;
  conc_csv_reader_set_delimiter (self, guess_delimiter (self->pos));
  take_separator_line (self);
  return self;
}

/**
 * conc_csv_reader_new_part:
 * @text: a text that another reader was made of
 * @start: where that reader was, see conc_csv_reader_get_mark()
 * @end: the offset of a later mark of it, or the length of @text
 * @delimiter: that of the other reader
 *
 * Reads some of the rows once more, perhaps on another thread. They have the same lines.
 *
 * Returns: (transfer full): a reader with a copy of its part. Any thread.
 */
ConcCsvReader *
conc_csv_reader_new_part (const char *text, const ConcCsvMark *start, gsize end, char delimiter)
{
  ConcCsvReader *self;

  g_return_val_if_fail (text != NULL && start != NULL && start->offset <= end, NULL);

  self = new_reader (text + start->offset, end - start->offset, start->line);
  conc_csv_reader_set_delimiter (self, delimiter);
  return self;
}

/**
 * conc_csv_reader_get_mark:
 * @self: a reader of a whole text
 * @ret_mark: (out): where its next row begins, or its end
 *
 * Thread: any, one at a time.
 */
void
conc_csv_reader_get_mark (ConcCsvReader *self, ConcCsvMark *ret_mark)
{
  g_return_if_fail (self != NULL && ret_mark != NULL);

  ret_mark->offset = (gsize) (self->pos - self->text);
  ret_mark->line = self->line;
}

/**
 * conc_csv_reader_free:
 * @self: a reader
 *
 * Frees the reader and the texts of all its cells.
 *
 * Thread: any.
 */
void
conc_csv_reader_free (ConcCsvReader *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->text);
  g_free (self->cells);
  g_free (self);
}

/**
 * conc_csv_reader_get_delimiter:
 * @self: a reader
 *
 * Returns: the byte between two cells.
 *
 * Thread: any.
 */
char
conc_csv_reader_get_delimiter (ConcCsvReader *self)
{
  g_return_val_if_fail (self != NULL, ',');

  return self->delimiter;
}

/**
 * conc_csv_reader_set_delimiter:
 * @self: a reader
 * @delimiter: an ASCII byte, neither quotation mark nor line break
 *
 * Decides the delimiter in place of the guess, from the next row on.
 *
 * Thread: any.
 */
void
conc_csv_reader_set_delimiter (ConcCsvReader *self, char delimiter)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (delimiter > 0 && strchr ("\"\r\n", delimiter) == NULL);

  self->delimiter = delimiter;
  update_kinds (self);
}

/**
 * conc_csv_reader_next:
 * @self: a reader
 * @ret_row: (out): the row, set only for %CONC_CSV_STEP_ROW
 * @error: return location
 *
 * Reads the next row. Empty lines are skipped; a row may have any number of
 * cells. Rows end with CRLF, LF or CR, also mixed; the last needs no end. Line
 * breaks within quotes are part of the cell and count as lines. A quotation
 * mark within an unquoted cell is a letter like others.
 *
 * Returns: what was read. After %CONC_CSV_STEP_FAILED the reader is at its end:
 *   %CONC_CORE_ERROR_INVALID for a quotation mark that is never closed (the
 *   sentence names the line where it opens), %CONC_CORE_ERROR_LIMIT for a cell
 *   of more than %CONC_CSV_MAX_CELL_BYTES or more than %CONC_CSV_MAX_COLUMNS.
 *
 * Thread: any, one at a time. Cost: linear in the row, no allocation per cell.
 */
ConcCsvStep
conc_csv_reader_next (ConcCsvReader *self, ConcCsvRow *ret_row, GError **error)
{
  guint8 kind = BYTE_DELIMITER;
  guint  n_cells = 0, line;

  g_return_val_if_fail (self != NULL, CONC_CSV_STEP_FAILED);
  g_return_val_if_fail (ret_row != NULL, CONC_CSV_STEP_FAILED);

  while (*self->pos == '\r' || *self->pos == '\n')
    self->pos = skip_break (self, self->pos);
  if (self->pos >= self->end)
    return CONC_CSV_STEP_END;

  line = self->line;
  while (kind == BYTE_DELIMITER)
    {
      const char *cell = self->pos;

      if (!read_cell (self, &kind, error) || !add_cell (self, n_cells, cell, line, error))
        {
          self->pos = self->end;
          return CONC_CSV_STEP_FAILED;
        }
      n_cells++;
    }

  ret_row->cells = self->cells;
  ret_row->n_cells = n_cells;
  ret_row->line = line;
  return CONC_CSV_STEP_ROW;
}
