/* label-file.c: Makes the PDF of labels that a table describes, for bench-label-peers.py. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/csv.h"
#include "print/label.h"
#include "print/labels-pdf.h"

#include <stdlib.h>

#define STOCK "avery-5160"
#define N_CELLS 6

/* Token, bib, name, wave, colour and shirt. */
static GPtrArray *
read_labels (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autoptr (ConcCsvReader) csv = NULL;
  GPtrArray *labels = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_label_free);
  ConcCsvRow row;
  gsize      length = 0;

  if (g_file_get_contents (path, &text, &length, &error))
    csv = conc_csv_reader_new (text, length, &error);
  if (csv == NULL || conc_csv_reader_next (csv, &row, &error) != CONC_CSV_STEP_ROW)
    g_error ("%s", error != NULL ? error->message : "There are no headings.");
  while (conc_csv_reader_next (csv, &row, &error) == CONC_CSV_STEP_ROW)
    {
      ConcLabel *label;

      g_assert (row.n_cells == N_CELLS);
      label = conc_label_new (row.cells[0], row.cells[1]);
      label->name = g_strdup (row.cells[2]);
      label->wave = g_strdup (row.cells[3]);
      label->wave_colour = g_strdup (row.cells[4]);
      label->shirt = g_strdup (row.cells[5]);
      g_ptr_array_add (labels, label);
    }
  g_assert_no_error (error);
  return labels;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) labels = argc == 3 ? read_labels (argv[1]) : NULL;
  g_autoptr (ConcStock) stock = conc_stock_load (STOCK, &error);
  g_autoptr (GFile) file = argc == 3 ? g_file_new_for_path (argv[2]) : NULL;
  g_autoptr (GFileOutputStream) stream = NULL;

  if (labels == NULL)
    {
      g_printerr ("Usage: label-file LABELS.csv FILE.pdf\n");
      return 2;
    }
  stream = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, &error);
  if (stream == NULL ||
      !conc_labels_write_pdf (labels, stock, NULL, 0, 0, 0, G_OUTPUT_STREAM (stream), NULL, NULL,
                              NULL, &error) ||
      !g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, &error))
    g_error ("%s", error->message);
  return EXIT_SUCCESS;
}
