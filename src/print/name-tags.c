/* name-tags.c: Reads who gets a name tag from a table. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/name-tags.h"

#include "core/csv.h"
#include "print/error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define TAGS_MAX 10000

/* Which columns are which; a table without headings has names, then tasks. */
typedef struct
{
  guint name;
  guint task;
} Columns;

static gboolean
is_heading (const char *cell, const char *heading)
{
  g_autofree char *stripped = g_strstrip (g_strdup (cell));

  return g_ascii_strcasecmp (stripped, heading) == 0;
}

static gboolean
find_columns (const ConcCsvRow *row, Columns *columns)
{
  gboolean found = FALSE;

  for (guint i = 0; i < row->n_cells; i++)
    if (is_heading (row->cells[i], "name"))
      {
        columns->name = i;
        found = TRUE;
      }
  if (!found)
    return FALSE;
  columns->task = G_MAXUINT;
  for (guint i = 0; i < row->n_cells; i++)
    if (is_heading (row->cells[i], "task"))
      columns->task = i;
  return TRUE;
}

static char *
dup_cell (const ConcCsvRow *row, guint column)
{
  return column < row->n_cells ? g_strstrip (g_strdup (row->cells[column])) : NULL;
}

static void
add_tag (GPtrArray *tags, const ConcCsvRow *row, const Columns *columns, const char *race)
{
  g_autofree char *name = dup_cell (row, columns->name);
  ConcLabel       *tag;

  if (name == NULL || *name == '\0')
    return;
  tag = conc_label_new (NULL, NULL);
  tag->name = g_steal_pointer (&name);
  tag->task = dup_cell (row, columns->task);
  tag->race = g_strdup (race);
  g_ptr_array_add (tags, tag);
}

/**
 * conc_name_tags_new_from_csv:
 * @text: a table in CSV form with names and tasks, with the headings "name" and "task" or without
 * @length: its length in bytes
 * @race: (nullable): the name of the race
 * @error: where to put why it cannot be read
 *
 * Makes a label for everybody in a table. Rows without a name are left out, and so is what comes
 * after the ten-thousandth.
 *
 * Returns: (transfer full) (element-type ConcLabel): the labels in the order of the table, maybe
 *   none; %NULL with the errors of the CSV reader, or with CONC_PRINT_ERROR_NOTHING when the table
 *   has nobody.
 *
 * Thread: any.
 */
GPtrArray *
conc_name_tags_new_from_csv (const char *text, gsize length, const char *race, GError **error)
{
  g_autoptr (ConcCsvReader) csv = conc_csv_reader_new (text, length, error);
  g_autoptr (GPtrArray) tags = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_label_free);
  Columns     columns = { 0, 1 };
  ConcCsvRow  row;
  ConcCsvStep step = CONC_CSV_STEP_FAILED;
  gboolean    first = TRUE;

  if (csv == NULL)
    return NULL;
  while (tags->len < TAGS_MAX &&
         (step = conc_csv_reader_next (csv, &row, error)) == CONC_CSV_STEP_ROW)
    {
      if (!first || !find_columns (&row, &columns))
        add_tag (tags, &row, &columns, race);
      first = FALSE;
    }
  if (step == CONC_CSV_STEP_FAILED)
    return NULL;
  if (tags->len == 0)
    {
      g_set_error_literal (error, CONC_PRINT_ERROR, CONC_PRINT_ERROR_NOTHING,
                           _ ("The table has nobody in it: it needs a column “name”, and may have "
                              "one “task”."));
      return NULL;
    }
  return g_steal_pointer (&tags);
}
