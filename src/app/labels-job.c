/* labels-job.c: makes the labels of a race on a worker. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/labels-job.h"

#include "print/error.h"
#include "print/label.h"
#include "print/labels-pdf.h"
#include "store/reader.h"

#include <glib/gi18n.h>

void
conc_labels_job_free (gpointer pointer)
{
  ConcLabelsJob *job = pointer;

  g_free (job->race_path);
  g_free (job->race_id);
  g_bytes_unref (job->key);
  g_free (job->target);
  g_clear_pointer (&job->stock, conc_stock_free);
  g_clear_pointer (&job->range, conc_bib_range_free);
  g_free (job);
}

static GPtrArray *
make_labels (const ConcLabelsJob *job, GError **error)
{
  g_autoptr (ConcReader) reader = conc_reader_open (job->race_path, error);
  g_autoptr (GPtrArray) runners = reader != NULL ? conc_reader_list_runners (reader, error) : NULL;
  g_autoptr (GPtrArray) labels = NULL;
  const ConcLabelSource source = { .race_id = job->race_id, .key = job->key };

  if (runners == NULL)
    return NULL;
  labels = conc_labels_new_for_runners (runners, job->range, &source);
  if (labels->len == 0)
    {
      g_set_error_literal (error, CONC_PRINT_ERROR, CONC_PRINT_ERROR_NOTHING,
                           _ ("No runner has one of these bibs, so there is no label. Bibs are "
                              "assigned on the page Runners."));
      return NULL;
    }
  return g_steal_pointer (&labels);
}

/* Worker. Writes a new file and renames it when complete. Returns: a sentence for the crew. */
char *
conc_labels_job_run (gpointer pointer, GError **error)
{
  ConcLabelsJob *job = pointer;
  g_autoptr (GPtrArray) labels = make_labels (job, error);
  g_autoptr (GFile) file = g_file_new_for_path (job->target);
  g_autoptr (GFileOutputStream) stream = NULL;
  g_autofree char *name = g_path_get_basename (job->target);

  if (labels == NULL)
    return NULL;
  stream = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, error);
  if (stream == NULL ||
      !conc_labels_write_pdf (labels, job->stock, NULL, 0, 0, 0, G_OUTPUT_STREAM (stream), NULL,
                              NULL, NULL, error) ||
      !g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, error))
    return NULL;
  return g_strdup_printf (ngettext ("Wrote %u label to %s.", "Wrote %u labels to %s.", labels->len),
                          labels->len, name);
}
