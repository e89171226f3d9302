/* verb-labels.c: writes bib labels with QR codes to a PDF file. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verb.h"

#include "cli/output-file.h"
#include "core/bib-range.h"
#include "print/label.h"
#include "print/labels-pdf.h"
#include "store/race-file.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#define DEFAULT_STOCK "avery-5163"
#define MAX_START 1000

typedef struct
{
  GPtrArray *labels;
  ConcStock *stock;
  guint      start_at;
} Job;

static GPtrArray *
make_labels (ConcRaceFile *file, const ConcBibRange *range, GError **error)
{
  const ConcLabelSource source = { .race_id = conc_race_file_get_race_id (file),
                                   .key = conc_race_file_get_key (file) };
  g_autoptr (GPtrArray) runners =
      conc_reader_list_runners (conc_race_file_get_reader (file), error);

  if (runners == NULL)
    return NULL;
  return conc_labels_new_for_runners (runners, range, &source);
}

static gboolean
write_cb (GOutputStream *stream, gpointer user_data, GError **error)
{
  Job *job = user_data;

  return conc_labels_write_pdf (job->labels, job->stock, NULL, job->start_at, 0, 0, stream, NULL,
                                NULL, NULL, error);
}

static ConcExit
print_labels (const char *path, const char *output, Job *job, const ConcBibRange *range)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcRaceFile) file =
      conc_race_file_open (path, CONC_OPEN_READ, conc_clock_get_system (), &error);
  g_autoptr (GPtrArray) labels = file != NULL ? make_labels (file, range, &error) : NULL;

  if (labels == NULL)
    return conc_failed (error);
  if (labels->len == 0)
    {
      conc_complain (range != NULL ? _ ("No runner has one of these bibs, so there is no label.")
                                   : _ ("No runner has a bib, so there is no label: "
                                        "“concoursectl bibs RACE assign” gives them out."));
      return CONC_EXIT_FAILED;
    }
  job->labels = labels;
  if (!conc_output_file_write (output, write_cb, job, &error))
    return conc_failed (error);
  printf (g_dngettext (GETTEXT_PACKAGE, "Wrote %u label to %s.\n", "Wrote %u labels to %s.\n",
                       labels->len),
          labels->len, output);
  return CONC_EXIT_DONE;
}

static ConcExit
run (ConcCall *call, const char *output, const char *stock, const char *bibs, gint64 start)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcBibRange) range = NULL;
  Job      job = { NULL };
  ConcExit status;

  if (output == NULL)
    return conc_call_misused (call, _ ("Labels need a file: give --output."));
  if (bibs != NULL)
    range = conc_bib_range_parse (bibs, &error);
  if (error == NULL)
    job.stock = conc_stock_load (stock != NULL ? stock : DEFAULT_STOCK, &error);
  if (error != NULL)
    return conc_misused (error);
  job.start_at = (guint) start - 1;
  if (job.start_at < conc_stock_get_count (job.stock))
    status = print_labels (call->args[0], output, &job, range);
  else
    status = conc_call_misused (call, _ ("“%u” does not fit --start-at: a page of %s has %u."),
                                (guint) start, job.stock->name, conc_stock_get_count (job.stock));
  conc_stock_free (job.stock);
  return status;
}

ConcExit
conc_verb_labels (ConcCall *call)
{
  g_autofree char   *output = NULL;
  g_autofree char   *stock = NULL;
  g_autofree char   *bibs = NULL;
  g_autofree char   *start_text = NULL;
  const GOptionEntry options[] = {
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &output, N_ ("where to write the PDF"),
      CONC_OPTION_FILE },
    { "stock", 0, 0, CONC_OPTION_TEXT, &stock,
      N_ ("the sheets or the roll in the printer; avery-5163 when not given"), "NAME" },
    { "bibs", 0, 0, CONC_OPTION_TEXT, &bibs, N_ ("only these, like 1-100,205"), "BIBS" },
    { "start-at", 0, 0, CONC_OPTION_TEXT, &start_text,
      N_ ("the first free label of a sheet used before"), "K" },
    { NULL },
  };
  gint64   start = 1;
  ConcExit status;

  if (!conc_call_parse (call, options, 1, 1, &status))
    return status;
  if (!conc_call_parse_number ("start-at", start_text, 1, MAX_START, &start))
    return CONC_EXIT_USAGE;
  return run (call, output, stock, bibs, start);
}
