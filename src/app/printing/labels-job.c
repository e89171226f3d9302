/* labels-job.c: makes the labels of a race as a PDF file on a worker. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/printing/labels-job.h"

#include "print/error.h"
#include "print/labels-pdf.h"
#include "spool/label-factory.h"

#include <glib/gi18n.h>

void
conc_labels_job_free (gpointer pointer)
{
  ConcLabelsJob *job = pointer;

  g_clear_object (&job->file);
  g_free (job->target);
  g_free (job->layout);
  g_free (job->names);
  g_clear_pointer (&job->stock, conc_stock_free);
  g_clear_pointer (&job->range, conc_bib_range_free);
  g_free (job);
}

static GPtrArray *
label_runners (const ConcLabelsJob *job, ConcReader *reader, GError **error)
{
  g_autoptr (ConcLabelFactory) factory =
      conc_label_factory_new (job->file, reader, job->layout, error);
  g_autoptr (GPtrArray) runners = factory != NULL ? conc_reader_list_runners (reader, error) : NULL;
  GPtrArray *labels;

  if (runners == NULL)
    return NULL;
  labels = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_label_free);
  for (guint i = 0; i < runners->len; i++)
    {
      const ConcRunner *runner = g_ptr_array_index (runners, i);
      guint             bib = conc_runner_get_bib (runner);

      if (bib > 0 && (job->range == NULL || conc_bib_range_contains (job->range, bib)))
        g_ptr_array_add (labels, conc_label_factory_make (factory, runner));
    }
  return labels;
}

static int
compare_bibs (gconstpointer a, gconstpointer b)
{
  guint64 first = g_ascii_strtoull ((*(ConcLabel *const *) a)->bib, NULL, 10);
  guint64 second = g_ascii_strtoull ((*(ConcLabel *const *) b)->bib, NULL, 10);

  return (first > second) - (first < second);
}

/* One line a person: the name, and after a comma what they do. */
static GPtrArray *
label_names (const ConcLabelsJob *job, ConcReader *reader, GError **error)
{
  g_autoptr (ConcSettings) settings = conc_reader_dup_settings (reader, error);
  g_auto (GStrv) lines = g_strsplit (job->names, "\n", -1);
  GPtrArray *labels;

  if (settings == NULL)
    return NULL;
  labels = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_label_free);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (g_strstrip (lines[i]), ",", 2);
      ConcLabel *label;

      if (parts[0] == NULL || *g_strstrip (parts[0]) == '\0')
        continue;
      label = conc_label_new ("", "");
      label->name = g_strdup (parts[0]);
      label->task = parts[1] != NULL ? g_strdup (g_strstrip (parts[1])) : NULL;
      label->race = g_strdup (conc_settings_get (settings, CONC_SETTING_NAME));
      g_ptr_array_add (labels, label);
    }
  return labels;
}

static GPtrArray *
make_labels (const ConcLabelsJob *job, GError **error)
{
  g_autoptr (ConcReader) reader = conc_reader_open (conc_race_file_get_path (job->file), error);
  g_autoptr (GPtrArray) labels = NULL;

  if (reader != NULL)
    labels = (job->names != NULL ? label_names : label_runners) (job, reader, error);
  if (labels == NULL)
    return NULL;
  if (labels->len == 0)
    {
      g_set_error_literal (error, CONC_PRINT_ERROR, CONC_PRINT_ERROR_NOTHING,
                           job->names != NULL
                               ? _ ("There is no name yet: write one on each line.")
                               : _ ("No runner has one of these bibs, so there is no label. Bibs "
                                    "are assigned on the page Runners."));
      return NULL;
    }
  if (job->names == NULL)
    g_ptr_array_sort (labels, compare_bibs);
  return g_steal_pointer (&labels);
}

/* Worker. Writes a new file and renames it when complete. Returns: a sentence for the crew. */
char *
conc_labels_job_run (gpointer pointer, GError **error)
{
  ConcLabelsJob *job = pointer;
  g_autoptr (GPtrArray) labels = make_labels (job, error);
  g_autoptr (ConcLayout) layout = labels != NULL ? conc_layout_load (job->layout, error) : NULL;
  g_autoptr (GFile) file = g_file_new_for_path (job->target);
  g_autoptr (GFileOutputStream) stream = NULL;
  g_autofree char *name = g_path_get_basename (job->target);

  if (layout == NULL)
    return NULL;
  stream = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, error);
  if (stream == NULL ||
      !conc_labels_write_pdf (labels, job->stock, layout, job->start_at, 0, 0,
                              G_OUTPUT_STREAM (stream), NULL, NULL, NULL, error) ||
      !g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, error))
    return NULL;
  return g_strdup_printf (ngettext ("Wrote %u label to %s.", "Wrote %u labels to %s.", labels->len),
                          labels->len, name);
}
