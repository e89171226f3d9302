/* impact-cards.c: the figures about trafficking that the projector shows, each with its source. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/display/impact-cards.h"

#include "core/csv.h"

#include <string.h>

typedef enum
{
  COLUMN_FIGURE,
  COLUMN_TEXT,
  COLUMN_SOURCE,
  COLUMN_YEAR,
  N_COLUMNS
} Column;

static const char *const column_names[N_COLUMNS] = { "figure", "text", "source", "year" };

void
conc_impact_card_free (ConcImpactCard *card)
{
  g_free (card->figure);
  g_free (card->text);
  g_free (card->source);
  g_free (card);
}

static const char *
get_cell (const ConcCsvRow *row, const int *columns, Column column)
{
  if (columns[column] < 0 || (guint) columns[column] >= row->n_cells)
    return "";
  return row->cells[columns[column]];
}

static void
find_columns (const ConcCsvRow *header, int *columns)
{
  for (int column = 0; column < N_COLUMNS; column++)
    {
      columns[column] = -1;
      for (guint i = 0; i < header->n_cells; i++)
        if (g_str_equal (header->cells[i], column_names[column]))
          columns[column] = (int) i;
    }
}

/* The year belongs to the source, unless the source tells it already. */
static char *
dup_source (const char *source, const char *year)
{
  if (*year == '\0' || strstr (source, year) != NULL)
    return g_strdup (source);
  return g_strdup_printf ("%s, %s", source, year);
}

static void
add_card (GPtrArray *cards, const ConcCsvRow *row, const int *columns)
{
  const char     *source = get_cell (row, columns, COLUMN_SOURCE);
  ConcImpactCard *card;

  if (*source == '\0' || *get_cell (row, columns, COLUMN_FIGURE) == '\0')
    return;
  card = g_new0 (ConcImpactCard, 1);
  card->figure = g_strdup (get_cell (row, columns, COLUMN_FIGURE));
  card->text = g_strdup (get_cell (row, columns, COLUMN_TEXT));
  card->source = dup_source (source, get_cell (row, columns, COLUMN_YEAR));
  g_ptr_array_add (cards, card);
}

/**
 * conc_impact_cards_parse:
 * @bytes: a CSV file with the columns figure, text, source and year, in any order
 *
 * Returns: (transfer full) (element-type ConcImpactCard): the cards in the order of the file,
 *   without those that name no source; NULL with @error when @bytes is no CSV file.
 */
GPtrArray *
conc_impact_cards_parse (GBytes *bytes, GError **error)
{
  g_autoptr (GPtrArray) cards =
      g_ptr_array_new_with_free_func ((GDestroyNotify) conc_impact_card_free);
  gsize       length;
  const char *text = g_bytes_get_data (bytes, &length);
  g_autoptr (ConcCsvReader) reader = conc_csv_reader_new (text, length, error);
  int         columns[N_COLUMNS];
  gboolean    has_header = FALSE;
  ConcCsvRow  row;
  ConcCsvStep step;

  if (reader == NULL)
    return NULL;
  while ((step = conc_csv_reader_next (reader, &row, error)) == CONC_CSV_STEP_ROW)
    {
      if (has_header)
        add_card (cards, &row, columns);
      else
        find_columns (&row, columns);
      has_header = TRUE;
    }
  return step == CONC_CSV_STEP_FAILED ? NULL : g_steal_pointer (&cards);
}
