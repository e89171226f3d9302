/* make-labels.c: Writes the PDF of the labels that standard input describes. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/label.h"
#include "print/labels-pdf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One label a line: token, bib, name, second line, wave, wave colour, shirt, race, task, emergency
 * and medical notes, with tabs between; the last four may be left out. */
static ConcLabel *
read_label (const char *line)
{
  g_auto (GStrv) fields = g_strsplit (line, "\t", -1);
  ConcLabel *label;

  if (g_strv_length (fields) != 7 && g_strv_length (fields) != 11)
    {
      g_printerr ("A label has 7 or 11 fields: “%s”.\n", line);
      exit (2);
    }
  label = conc_label_new (fields[0], fields[1]);
  label->name = g_strdup (fields[2]);
  label->line2 = g_strdup (fields[3]);
  label->wave = g_strdup (fields[4]);
  label->wave_colour = g_strdup (fields[5]);
  label->shirt = g_strdup (fields[6]);
  if (fields[7] != NULL)
    {
      label->race = g_strdup (fields[7]);
      label->task = g_strdup (fields[8]);
      label->emergency = g_strdup (fields[9]);
      label->medical = g_strdup (fields[10]);
    }
  return label;
}

static GPtrArray *
read_labels (void)
{
  GPtrArray *labels = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_label_free);
  char      *line = NULL;
  size_t     size = 0;

  while (getline (&line, &size, stdin) > 0)
    {
      line[strcspn (line, "\n")] = '\0';
      g_ptr_array_add (labels, read_label (line));
    }
  free (line);
  return labels;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) labels = NULL;
  g_autoptr (ConcStock) stock = NULL;
  g_autoptr (ConcLayout) layout = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFileOutputStream) stream = NULL;

  if (argc != 6)
    {
      g_printerr ("Usage: make-labels STOCK LAYOUT DPI START-AT FILE.pdf < LABELS\n");
      return 2;
    }
  labels = read_labels ();
  stock = conc_stock_load (argv[1], &error);
  layout = stock != NULL ? conc_layout_load (argv[2], &error) : NULL;
  file = g_file_new_for_commandline_arg (argv[5]);
  if (layout != NULL)
    {
      stock->dpi = atoi (argv[3]);
      stream = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, &error);
    }
  if (stream == NULL ||
      !conc_labels_write_pdf (labels, stock, layout, (guint) atoi (argv[4]), 0, 0,
                              G_OUTPUT_STREAM (stream), NULL, NULL, NULL, &error) ||
      !g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  return 0;
}
