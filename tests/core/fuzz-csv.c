/* fuzz-csv.c: libFuzzer target: any bytes are read as a table or refused. */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/csv.h"
#include "core/encoding.h"
#include "core/text-fold.h"

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check_row (const ConcCsvRow *row)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (ConcCsvReader) reader = NULL;
  ConcCsvRow again;

  conc_csv_append_row (out, row->cells, row->n_cells, CONC_CSV_WRITE_DEFAULT);
  reader = conc_csv_reader_new (out->str, out->len, NULL);
  g_assert_nonnull (reader);
  g_assert_cmpint (conc_csv_reader_next (reader, &again, NULL), ==, CONC_CSV_STEP_ROW);
  g_assert_cmpuint (again.n_cells, ==, row->n_cells);
  for (guint i = 0; i < row->n_cells; i++)
    {
      g_autofree char *folded = conc_text_fold (row->cells[i]);

      g_assert_true (g_utf8_validate (folded, -1, NULL));
      g_assert_cmpstr (again.cells[i], ==, row->cells[i]);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  gsize            length = 0;
  g_autofree char *text = conc_encoding_to_utf8 (data, size, &length, NULL, NULL);
  g_autoptr (ConcCsvReader) reader = NULL;
  ConcCsvRow row;

  if (text == NULL)
    return 0;
  reader = conc_csv_reader_new (text, length, NULL);
  while (reader != NULL && conc_csv_reader_next (reader, &row, NULL) == CONC_CSV_STEP_ROW)
    check_row (&row);
  return 0;
}
