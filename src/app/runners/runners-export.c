/* runners-export.c: all runners with all fields as a CSV file. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/runners/runners-export.h"

#include "core/csv.h"
#include "store/reader.h"

#include <glib/gi18n.h>

typedef struct
{
  char  *race_path;
  GFile *file;
} Export;

static void
export_free (gpointer pointer)
{
  Export *export = pointer;

  g_free (export->race_path);
  g_object_unref (export->file);
  g_free (export);
}

static void
append_head (GString *out)
{
  const char *cells[CONC_N_FIELDS + 1];

  cells[0] = "id";
  for (ConcField field = 0; field < CONC_N_FIELDS; field++)
    cells[field + 1] = conc_field_get_key (field);
  conc_csv_append_row (out, cells, G_N_ELEMENTS (cells), CONC_CSV_WRITE_DEFAULT);
}

static void
append_runner (GString *out, const ConcRunner *runner)
{
  const char *cells[CONC_N_FIELDS + 1];

  cells[0] = conc_runner_get_id (runner);
  for (ConcField field = 0; field < CONC_N_FIELDS; field++)
    cells[field + 1] = conc_runner_get (runner, field);
  conc_csv_append_row (out, cells, G_N_ELEMENTS (cells), CONC_CSV_WRITE_PROTECT_FORMULAS);
}

/* Replaces the file in one step: there is the old one or the whole new one, never half of it. */
static char *
export_work (gpointer data, GError **error)
{
  Export *export = data;
  g_autoptr (ConcReader) reader = conc_reader_open (export->race_path, error);
  g_autoptr (GPtrArray) runners = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *name = g_file_get_basename (export->file);

  if (reader != NULL)
    runners = conc_reader_list_runners (reader, error);
  if (runners == NULL)
    return NULL;
  append_head (out);
  for (guint i = 0; i < runners->len; i++)
    append_runner (out, runners->pdata[i]);
  if (!g_file_replace_contents (export->file, out->str, out->len, NULL, FALSE,
                                G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION, NULL,
                                NULL, error))
    return NULL;
  return g_strdup_printf (ngettext ("%u runner exported to %s, private details included.",
                                    "%u runners exported to %s, private details included.",
                                    runners->len),
                          runners->len, name);
}

/* On a worker with a connection of its own; the file is for the owner of the account only. */
void
conc_runners_export (GObject *owner, const char *race_path, GFile *file, ConcWorkDone done)
{
  Export *export = g_new0 (Export, 1);

  export->race_path = g_strdup (race_path);
  export->file = g_object_ref (file);
  conc_background_run (owner, export_work, export, export_free, done);
}
