/* import-read.c: reads the rows of a file that is imported, on all processors. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/import-private.h"

#include "core/csv.h"
#include "core/encoding.h"
#include "core/ids.h"
#include "core/text-fold.h"

#include <glib/gi18n-lib.h>

/* Less than this is read before a thread has started. */
#define PART_BYTES_MIN (128 * 1024)

/* The text of a file, and where the rows of each part of it begin. */
typedef struct
{
  char   *text;
  gsize   length;
  char    delimiter;
  GArray *marks; /* element-type ConcCsvMark */
} File;

/* What one thread reads. */
typedef struct
{
  ConcColumns   *columns;
  ConcCsvReader *csv;
  ConcImportKind kind;
  const char    *race_id;
  GArray        *readings;
  GThread       *thread; /* NULL: the caller's */
  GError        *error;
} Part;

static void
reading_clear (gpointer data)
{
  ConcImportReading *reading = data;

  g_free (reading->subject);
  g_free (reading->key);
  g_free (reading->search);
  conc_runner_free (reading->runner);
  g_clear_pointer (&reading->gift, conc_gift_row_free);
  g_clear_pointer (&reading->problems, g_ptr_array_unref);
}

/** conc_import_fold_name: Returns: (transfer full): the name of @runner as it is searched for. */
char *
conc_import_fold_name (const ConcRunner *runner)
{
  g_autofree char *name = conc_runner_dup_full_name (runner);

  return conc_text_fold (name);
}

static char *
make_natural_key (const ConcRunner *runner, const char *folded)
{
  const char *id = conc_runner_get (runner, CONC_FIELD_REGISTRATION_ID);
  const char *birth = conc_runner_get (runner, CONC_FIELD_BIRTH_DATE);
  const char *email = conc_runner_get (runner, CONC_FIELD_EMAIL);

  if (id != NULL)
    return g_strconcat ("id:", id, NULL);
  return g_strjoin ("\n", "person:", folded, birth != NULL ? birth : "", email != NULL ? email : "",
                    NULL);
}

static void
read_runner (Part *part, const ConcCsvRow *row, ConcImportReading *reading, GPtrArray *problems)
{
  reading->runner = conc_columns_read_runner (part->columns, row, problems);
  if (reading->runner == NULL)
    return;
  reading->search = conc_import_fold_name (reading->runner);
  reading->key = make_natural_key (reading->runner, reading->search);
  reading->subject = conc_subject_of_registration (part->race_id, reading->key);
}

static GPtrArray *
new_problems (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) conc_problem_free);
}

/* Hardly any row has problems, so the list of one without is that of the next. */
static void
read_rows (Part *part)
{
  g_autoptr (GPtrArray) problems = new_problems ();
  ConcCsvRow row;

  while (conc_csv_reader_next (part->csv, &row, &part->error) == CONC_CSV_STEP_ROW)
    {
      ConcImportReading reading = { .line = row.line };

      if (part->kind == CONC_IMPORT_GIFTS)
        reading.gift = conc_columns_read_gift (part->columns, &row, problems);
      else
        read_runner (part, &row, &reading, problems);
      if (problems->len > 0)
        {
          reading.problems = problems;
          problems = new_problems ();
        }
      g_array_append_val (part->readings, reading);
    }
}

static gpointer
thread_main (gpointer data)
{
  read_rows (data);
  return NULL;
}

static GArray *
new_readings (void)
{
  GArray *readings = g_array_new (FALSE, FALSE, sizeof (ConcImportReading));

  g_array_set_clear_func (readings, reading_clear);
  return readings;
}

static void
begin_part (Part *part, const ConcImportPlan *plan, const File *file, guint index)
{
  const ConcCsvMark *mark = &g_array_index (file->marks, ConcCsvMark, index);
  gsize              end = file->length;

  if (index + 1 < file->marks->len)
    end = g_array_index (file->marks, ConcCsvMark, index + 1).offset;
  part->columns = conc_columns_copy (plan->columns);
  part->csv = conc_csv_reader_new_part (file->text, mark, end, file->delimiter);
  part->kind = plan->kind;
  part->race_id = plan->race_id;
  part->readings = new_readings ();
  if (index > 0)
    part->thread = g_thread_new ("import", thread_main, part);
}

/* Hands the readings of @part over to @readings. */
static void
end_part (Part *part, GArray *readings, GError **error)
{
  if (part->thread != NULL)
    g_thread_join (part->thread);
  g_array_append_vals (readings, part->readings->data, part->readings->len);
  g_array_set_clear_func (part->readings, NULL);
  g_array_unref (part->readings);
  conc_csv_reader_free (part->csv);
  conc_columns_free (part->columns);
  if (part->error != NULL && error != NULL && *error == NULL)
    g_propagate_error (error, part->error);
  else
    g_clear_error (&part->error);
}

static GArray *
read_parts (const ConcImportPlan *plan, const File *file, GError **error)
{
  guint            n_parts = file->marks->len;
  g_autofree Part *parts = g_new0 (Part, n_parts);
  g_autoptr (GArray) readings = new_readings ();
  GError *local_error = NULL;

  for (guint i = n_parts; i > 0; i--)
    begin_part (&parts[i - 1], plan, file, i - 1);
  read_rows (&parts[0]);
  for (guint i = 0; i < n_parts; i++)
    end_part (&parts[i], readings, &local_error);
  if (local_error == NULL)
    return g_steal_pointer (&readings);
  g_propagate_error (error, local_error);
  return NULL;
}

static gboolean
read_header (ConcCsvReader *csv, ConcCsvRow *ret_row, GError **error)
{
  switch (conc_csv_reader_next (csv, ret_row, error))
    {
    case CONC_CSV_STEP_ROW:
      return TRUE;
    case CONC_CSV_STEP_END:
      return conc_store_refuse (error, _ ("The file is empty."));
    default:
      return FALSE;
    }
}

static gboolean
settle_kind (ConcImportPlan *plan, const ConcCsvRow *header, GError **error)
{
  ConcColumnsKind kind;

  if (plan->kind != CONC_IMPORT_GUESS)
    return TRUE;
  if (!conc_columns_guess_kind (header, &kind))
    return conc_store_refuse (error, _ ("The columns do not tell whether this file lists runners "
                                        "or gifts. Say which, and which column is which."));
  plan->kind = kind == CONC_COLUMNS_GIFTS ? CONC_IMPORT_GIFTS : CONC_IMPORT_RUNNERS;
  return TRUE;
}

/* As many parts as there are processors; gifts are told apart by what came before them and are one
 * part. */
static gsize
choose_part_size (const ConcImportPlan *plan, const File *file)
{
  if (plan->kind == CONC_IMPORT_GIFTS)
    return G_MAXSIZE;
  return MAX (file->length / g_get_num_processors () + 1, PART_BYTES_MIN);
}

/* The first pass, which looks at all rows and notes where parts can begin. */
static gboolean
sniff_rows (ConcImportPlan *plan, File *file, ConcCsvReader *csv, GError **error)
{
  gsize       part_size = choose_part_size (plan, file);
  ConcCsvMark mark, part;
  ConcCsvRow  row;
  ConcCsvStep step;

  conc_csv_reader_get_mark (csv, &part);
  g_array_append_val (file->marks, part);
  while ((step = conc_csv_reader_next (csv, &row, error)) == CONC_CSV_STEP_ROW)
    {
      conc_columns_sniff (plan->columns, &row);
      conc_csv_reader_get_mark (csv, &mark);
      if (mark.offset - part.offset < part_size)
        continue;
      part = mark;
      g_array_append_val (file->marks, part);
    }
  conc_columns_end_sniff (plan->columns);
  return step == CONC_CSV_STEP_END;
}

static gboolean
sniff (ConcImportPlan    *plan,
       ConcSettings      *settings,
       File              *file,
       const char *const *map,
       GError           **error)
{
  g_autoptr (ConcCsvReader) csv = conc_csv_reader_new (file->text, file->length, error);
  g_autoptr (GTimeZone) zone = conc_settings_dup_zone (settings);
  ConcCsvRow row;

  if (csv == NULL || !read_header (csv, &row, error) || !settle_kind (plan, &row, error))
    return FALSE;
  file->delimiter = conc_csv_reader_get_delimiter (csv);
  plan->columns =
      conc_columns_new (plan->kind == CONC_IMPORT_GIFTS ? CONC_COLUMNS_GIFTS : CONC_COLUMNS_RUNNERS,
                        &row, map, zone, conc_settings_get (settings, CONC_SETTING_DATE), error);
  return plan->columns != NULL && sniff_rows (plan, file, csv, error);
}

/**
 * conc_import_read:
 * @plan: gets its kind, when that was to be guessed, and its columns
 * @map: (nullable): what the user says about columns, each "Column=field"
 *
 * Reads the whole file. Rows of runners are read by as many threads as there are processors; what
 * they are beside the race and beside each other is for the caller to find out.
 *
 * Returns: (transfer full) (nullable) (element-type ConcImportReading): all rows, in their order.
 */
GArray *
conc_import_read (ConcImportPlan    *plan,
                  ConcSettings      *settings,
                  GBytes            *bytes,
                  const char *const *map,
                  GError           **error)
{
  File          file = { NULL };
  gsize         size;
  gconstpointer data = g_bytes_get_data (bytes, &size);
  GArray       *readings = NULL;

  if (size == 0)
    {
      conc_store_refuse (error, _ ("The file is empty."));
      return NULL;
    }
  file.text = conc_encoding_to_utf8 (data, size, &file.length, NULL, error);
  if (file.text == NULL)
    return NULL;
  file.marks = g_array_new (FALSE, FALSE, sizeof (ConcCsvMark));
  if (sniff (plan, settings, &file, map, error))
    readings = read_parts (plan, &file, error);
  g_array_unref (file.marks);
  g_free (file.text);
  return readings;
}
