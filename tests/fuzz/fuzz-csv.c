/* fuzz-csv.c: any bytes are a table, which reads back as it is written, or are refused. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/csv.h"
#include "core/encoding.h"
#include "core/text-fold.h"
#include "fuzz.h"

const guint       fuzz_rounds = 20000;
const char *const fuzz_seeds[] = {
  "First Name,Last Name\r\nAda,Ødegård\r\n",
  "\xef\xbb\xbf"
  "a;b;c\n\"x;y\";\"q\"\"q\";\n\n1;2;3",
  "a\tb\n\"two\nlines\"\t'\n",
  "Name\nJos\xe9\n\x80\n",
  "\xff\xfe"
  "a,b\n",
  "\"a\" ,b\n,,\n\"",
  NULL,
};

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
  gsize length = 0;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = conc_encoding_to_utf8 (data, size, &length, NULL, &error);
  g_autoptr (ConcCsvReader) reader = NULL;
  ConcCsvStep step = CONC_CSV_STEP_FAILED;
  ConcCsvRow  row;

  if (text != NULL)
    reader = conc_csv_reader_new (text, length, &error);
  while (reader != NULL &&
         (step = conc_csv_reader_next (reader, &row, &error)) == CONC_CSV_STEP_ROW)
    check_row (&row);
  if (step == CONC_CSV_STEP_FAILED)
    fuzz_check_error (error);
  else
    fuzz_n_read++;
  return 0;
}
