/* csv-write.c: writes tables in CSV form (RFC 4180). */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/csv.h"

#include <string.h>

static gboolean
needs_quotes (const char *cell, gboolean only_cell)
{
  if (*cell == '\0')
    return only_cell; /* an empty line would be skipped by a reader */
  if (only_cell && g_ascii_strncasecmp (cell, "sep=", 4) == 0)
    return TRUE; /* would decide the delimiter */
  if (*cell == ' ' || *cell == '\t' || g_str_has_suffix (cell, " "))
    return TRUE;
  return strpbrk (cell, ",;\t\"\r\n") != NULL || g_str_has_prefix (cell, "\357\273\277");
}

/* A plain number cannot do anything, and an apostrophe would make it text. */
static gboolean
is_plain_number (const char *cell)
{
  const char *p = cell + strspn (cell, "+-");

  if (p - cell > 1 || *p == '\0')
    return FALSE;
  p += strspn (p, "0123456789");
  if (*p == '.')
    p += 1 + strspn (p + 1, "0123456789");
  return *p == '\0' && g_ascii_isdigit (p[-1]);
}

static gboolean
runs_as_formula (const char *cell)
{
  return *cell != '\0' && strchr ("=+-@\t\r\n", *cell) != NULL && !is_plain_number (cell);
}

static void
append_cell (GString *out, const char *cell, gboolean only_cell, ConcCsvWriteFlags flags)
{
  gboolean protect = (flags & CONC_CSV_WRITE_PROTECT_FORMULAS) != 0 && runs_as_formula (cell);
  gboolean quote = needs_quotes (cell, only_cell);

  if (quote)
    g_string_append_c (out, '"');
  if (protect)
    g_string_append_c (out, '\'');
  if (!quote)
    g_string_append (out, cell);
  else
    {
      for (const char *p = cell; *p != '\0'; p++)
        {
          if (*p == '"')
            g_string_append_c (out, '"');
          g_string_append_c (out, *p);
        }
      g_string_append_c (out, '"');
    }
}

/**
 * conc_csv_append_row:
 * @out: where the row is added
 * @cells: texts in UTF-8; %NULL is an empty cell
 * @n_cells: how many, at least 1
 * @flags: how
 *
 * Writes a row as RFC 4180 has it: comma between cells, quotes where a reader needs
 * them, quotation marks doubled. But the row ends with LF alone, which spreadsheets
 * take as well, and cut, awk and grep on this platform need.
 *
 * With %CONC_CSV_WRITE_PROTECT_FORMULAS a cell that starts with =, +, -, @, a tab or a
 * line break gets a leading apostrophe, except plain numbers such as -5.00: a
 * spreadsheet would run it as a formula, and registrants choose their own names.
 * Leave it off where a program reads the file.
 *
 * Thread: any.
 */
void
conc_csv_append_row (GString *out, const char *const *cells, guint n_cells, ConcCsvWriteFlags flags)
{
  g_return_if_fail (out != NULL);
  g_return_if_fail (cells != NULL && n_cells > 0);

  for (guint i = 0; i < n_cells; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      append_cell (out, cells[i] != NULL ? cells[i] : "", n_cells == 1, flags);
    }
  g_string_append_c (out, '\n');
}
