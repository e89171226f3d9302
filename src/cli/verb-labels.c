/* verb-labels.c: writes labels to a PDF file. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verb.h"

#include "cli/input-file.h"
#include "cli/output-file.h"
#include "core/bib-range.h"
#include "core/encoding.h"
#include "print/label.h"
#include "print/labels-pdf.h"
#include "print/name-tags.h"
#include "store/race-file.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdio.h>

#define DEFAULT_STOCK "avery-5163"
#define DEFAULT_SHEET "bib-a5"
#define SHEET_LAYOUT "race-bib"
#define NAMES_LAYOUT "name-tag"
#define MAX_START 1000
#define MAX_OFFSET_MM 50.0

typedef struct
{
  const char   *output;
  const char   *names;
  ConcBibRange *range;
  ConcStock    *stock;
  ConcLayout   *layout;
  GPtrArray    *labels;
  guint         start_at;
  double        offset_x_mm;
  double        offset_y_mm;
  gboolean      emergency;
} Job;

/* What was given on the command line. */
typedef struct
{
  char    *output;
  char    *stock;
  char    *layout;
  char    *bibs;
  char    *start;
  char    *offset;
  char    *names;
  gboolean emergency;
} Options;

static void
clear_job (Job *job)
{
  g_clear_pointer (&job->range, conc_bib_range_free);
  g_clear_pointer (&job->stock, conc_stock_free);
  g_clear_pointer (&job->layout, conc_layout_unref);
  g_clear_pointer (&job->labels, g_ptr_array_unref);
}

static GPtrArray *
make_tags (const Job *job, const char *race, GError **error)
{
  g_autoptr (GBytes) bytes = conc_input_file_read (job->names, error);
  g_autofree char *text = NULL;
  gsize            length = 0;

  if (bytes == NULL)
    return NULL;
  text = conc_encoding_to_utf8 (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &length,
                                NULL, error);
  return text != NULL ? conc_name_tags_new_from_csv (text, length, race, error) : NULL;
}

static GPtrArray *
make_labels (const Job *job, ConcRaceFile *file, GError **error)
{
  ConcReader *reader = conc_race_file_get_reader (file);
  g_autoptr (ConcSettings) settings = conc_reader_dup_settings (reader, error);
  const char *race = settings != NULL ? conc_settings_get (settings, CONC_SETTING_NAME) : NULL;
  g_auto (GStrv) waves = settings != NULL ? conc_settings_dup_waves (settings) : NULL;
  const ConcLabelSource source = { .race_id = conc_race_file_get_race_id (file),
                                   .key = conc_race_file_get_key (file),
                                   .race = race,
                                   .waves = (const char *const *) waves,
                                   .emergency = job->emergency };
  g_autoptr (GPtrArray) runners = NULL;

  if (settings == NULL)
    return NULL;
  if (job->names != NULL)
    return make_tags (job, race, error);
  runners = conc_reader_list_runners (reader, error);
  if (runners == NULL)
    return NULL;
  return conc_labels_new_for_runners (runners, job->range, &source);
}

static gboolean
write_cb (GOutputStream *stream, gpointer user_data, GError **error)
{
  const Job *job = user_data;

  return conc_labels_write_pdf (job->labels, job->stock, job->layout, job->start_at,
                                job->offset_x_mm, job->offset_y_mm, stream, NULL, NULL, NULL,
                                error);
}

static ConcExit
print_labels (const char *path, Job *job)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcRaceFile) file =
      conc_race_file_open (path, CONC_OPEN_READ, conc_clock_get_system (), &error);

  if (file != NULL)
    job->labels = make_labels (job, file, &error);
  if (job->labels == NULL)
    return conc_failed (error);
  if (job->labels->len == 0)
    {
      conc_complain (job->range != NULL
                         ? _ ("No runner has one of these bibs, so there is no label.")
                         : _ ("No runner has a bib, so there is no label: "
                              "“concoursectl bibs RACE assign” gives them out."));
      return CONC_EXIT_FAILED;
    }
  if (!conc_output_file_write (job->output, write_cb, job, &error))
    return conc_failed (error);
  printf (g_dngettext (GETTEXT_PACKAGE, "Wrote %u label to %s.\n", "Wrote %u labels to %s.\n",
                       job->labels->len),
          job->labels->len, job->output);
  return CONC_EXIT_DONE;
}

/* Two numbers with a comma between, such as 0.3,-1.2. */
static gboolean
parse_offset (const char *text, Job *job)
{
  char *end;

  if (text == NULL)
    return TRUE;
  job->offset_x_mm = g_ascii_strtod (text, &end);
  if (end == text || *end != ',')
    return FALSE;
  text = end + 1;
  job->offset_y_mm = g_ascii_strtod (text, &end);
  return end != text && *end == '\0' && fabs (job->offset_x_mm) <= MAX_OFFSET_MM &&
         fabs (job->offset_y_mm) <= MAX_OFFSET_MM;
}

static const char *
choose_stock (const Options *options, const char *layout)
{
  if (options->stock != NULL)
    return options->stock;
  return g_str_equal (layout, SHEET_LAYOUT) ? DEFAULT_SHEET : DEFAULT_STOCK;
}

static gboolean
load (const Options *options, Job *job, GError **error)
{
  const char *layout = options->layout;

  if (layout == NULL)
    layout = options->names != NULL ? NAMES_LAYOUT : CONC_LAYOUT_DEFAULT;
  if (options->bibs != NULL)
    {
      job->range = conc_bib_range_parse (options->bibs, error);
      if (job->range == NULL)
        return FALSE;
    }
  job->layout = conc_layout_load (layout, error);
  if (job->layout == NULL)
    return FALSE;
  job->stock = conc_stock_load (choose_stock (options, layout), error);
  return job->stock != NULL;
}

static ConcExit
run (ConcCall *call, const Options *options, gint64 start, Job *job)
{
  g_autoptr (GError) error = NULL;

  if (options->output == NULL)
    return conc_call_misused (call, _ ("Labels need a file: give --output."));
  if (options->names != NULL && options->bibs != NULL)
    return conc_call_misused (call, _ ("People in a table have no bibs: give --names or --bibs."));
  if (!parse_offset (options->offset, job))
    return conc_call_misused (call,
                              _ ("“%s” does not fit --offset: write millimetres to the right and "
                                 "down, such as 0.3,-1.2."),
                              options->offset);
  if (!load (options, job, &error))
    return conc_misused (error);
  if (options->names != NULL && conc_layout_has_code (job->layout))
    return conc_call_misused (call, _ ("People in a table have no code: give --layout %s."),
                              NAMES_LAYOUT);
  if (start > conc_stock_get_count (job->stock))
    return conc_call_misused (call, _ ("“%u” does not fit --start-at: a page of %s has %u."),
                              (guint) start, job->stock->name, conc_stock_get_count (job->stock));
  job->output = options->output;
  job->names = options->names;
  job->emergency = options->emergency;
  job->start_at = (guint) start - 1;
  return print_labels (call->args[0], job);
}

static void
clear_options (Options *options)
{
  g_free (options->output);
  g_free (options->stock);
  g_free (options->layout);
  g_free (options->bibs);
  g_free (options->start);
  g_free (options->offset);
  g_free (options->names);
}

ConcExit
conc_verb_labels (ConcCall *call)
{
  Options            given = { NULL };
  const GOptionEntry options[] = {
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &given.output, N_ ("where to write the PDF"),
      CONC_OPTION_FILE },
    { "stock", 0, 0, CONC_OPTION_TEXT, &given.stock,
      N_ ("the sheets or the roll in the printer; avery-5163 when not given"), "NAME" },
    { "layout", 0, 0, CONC_OPTION_TEXT, &given.layout,
      N_ ("what is on a label; bib-label when not given"), "NAME" },
    { "bibs", 0, 0, CONC_OPTION_TEXT, &given.bibs, N_ ("only these, like 1-100,205"), "BIBS" },
    { "names", 0, 0, G_OPTION_ARG_FILENAME, &given.names,
      N_ ("name tags for the people of a table with the columns name and task"), CONC_OPTION_FILE },
    { "emergency", 0, 0, G_OPTION_ARG_NONE, &given.emergency,
      N_ ("prints emergency contact and medical notes where the layout has them"), NULL },
    { "start-at", 0, 0, CONC_OPTION_TEXT, &given.start,
      N_ ("the first free label of a sheet used before"), "K" },
    { "offset", 0, 0, CONC_OPTION_TEXT, &given.offset,
      N_ ("millimetres to the right and down, for a printer that is not exact"), "X,Y" },
    { NULL },
  };
  Job      job = { NULL };
  gint64   start = 1;
  ConcExit status;

  if (conc_call_parse (call, options, 1, 1, &status))
    status = conc_call_parse_number ("start-at", given.start, 1, MAX_START, &start)
                 ? run (call, &given, start, &job)
                 : CONC_EXIT_USAGE;
  clear_job (&job);
  clear_options (&given);
  return status;
}
