/* columns-sniff.c: what the whole of a file tells about its columns. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/columns-private.h"

/* Columns of these are dates, whose order of day and month is to be found out. */
static const int runner_dates[] = { CONC_FIELD_BIRTH_DATE, CONC_FIELD_REGISTERED };
static const int gift_dates[] = { GIFT_TIME };

static const int *
get_dates (ConcColumns *self, guint *ret_count)
{
  gboolean runners = self->kind == CONC_COLUMNS_RUNNERS;

  *ret_count = runners ? G_N_ELEMENTS (runner_dates) : G_N_ELEMENTS (gift_dates);
  return runners ? runner_dates : gift_dates;
}

/**
 * conc_columns_guess_kind:
 * @header: the first row of a file
 * @ret_kind: (out): what the file seems to list
 *
 * A file with an amount and nothing that only runners have lists gifts; one with names lists
 * runners.
 *
 * Returns: whether the columns tell; else the user has to. Any thread.
 */
gboolean
conc_columns_guess_kind (const ConcCsvRow *header, ConcColumnsKind *ret_kind)
{
  gboolean runner = FALSE, name = FALSE, amount = FALSE;

  g_return_val_if_fail (header != NULL, FALSE);
  g_return_val_if_fail (ret_kind != NULL, FALSE);

  for (guint i = 0; i < header->n_cells; i++)
    {
      guint rank = 0;
      int   meaning = conc_columns_find_meaning (CONC_COLUMNS_RUNNERS, header->cells[i], &rank);
      int   gift = conc_columns_find_meaning (CONC_COLUMNS_GIFTS, header->cells[i], &rank);

      runner = runner || meaning == CONC_FIELD_BIB || meaning == CONC_FIELD_SEX ||
               meaning == CONC_FIELD_AGE || meaning == CONC_FIELD_BIRTH_DATE ||
               meaning == CONC_FIELD_EVENT || meaning == CONC_FIELD_SHIRT ||
               meaning == CONC_FIELD_WAIVER;
      name = name || meaning == CONC_FIELD_GIVEN_NAME || meaning == CONC_FIELD_FAMILY_NAME ||
             meaning == COLUMN_FULL_NAME;
      amount = amount || gift == GIFT_AMOUNT || gift == GIFT_AMOUNT_CENTS;
    }
  if (!name && !amount)
    return FALSE;
  *ret_kind = amount && !runner ? CONC_COLUMNS_GIFTS : CONC_COLUMNS_RUNNERS;
  return TRUE;
}

/**
 * conc_columns_sniff:
 * @self: a reader of rows
 * @row: a row after the header
 *
 * Looks at a row before any is read. The whole of a column tells whether its dates have the day
 * first (one with 24/11/2017) or the month; without any sign the other columns of the file tell,
 * and without any at all the month is first. Call it for every row, then
 * conc_columns_end_sniff(). Any thread, one at a time.
 */
void
conc_columns_sniff (ConcColumns *self, const ConcCsvRow *row)
{
  guint      n_dates = 0;
  const int *dates;

  g_return_if_fail (self != NULL && row != NULL);

  dates = get_dates (self, &n_dates);
  for (guint i = 0; i < n_dates; i++)
    {
      int          column = self->columns[dates[i]];
      ConcDayOrder order;

      if (column < 0 || (guint) column >= row->n_cells)
        continue;
      order = conc_export_date_sniff (row->cells[column]);
      self->day_first[dates[i]] |= order == CONC_DAY_ORDER_DAY_FIRST;
      self->month_first[dates[i]] |= order == CONC_DAY_ORDER_MONTH_FIRST;
    }
  if (self->id_is_weak)
    {
      int column = self->columns[CONC_FIELD_REGISTRATION_ID];

      /* Once a number came twice, the column is not read at all. */
      if (column >= 0 && (guint) column < row->n_cells && *row->cells[column] != '\0' &&
          !g_hash_table_add (self->seen, g_strdup (row->cells[column])))
        {
          self->meanings[column] = MEANING_NONE;
          self->columns[CONC_FIELD_REGISTRATION_ID] = -1;
        }
    }
}

/**
 * conc_columns_end_sniff:
 * @self: a reader of rows
 *
 * Ends the first pass: what was found holds from here. Any thread, one at a time.
 */
void
conc_columns_end_sniff (ConcColumns *self)
{
  guint      n_dates = 0;
  const int *dates;
  gboolean   day_first = FALSE, month_first = FALSE;

  g_return_if_fail (self != NULL);

  g_hash_table_remove_all (self->seen);
  self->id_is_weak = FALSE;
  dates = get_dates (self, &n_dates);
  for (guint i = 0; i < n_dates; i++)
    {
      day_first = day_first || self->day_first[dates[i]];
      month_first = month_first || self->month_first[dates[i]];
    }
  for (guint i = 0; i < n_dates; i++)
    if (!self->day_first[dates[i]] && !self->month_first[dates[i]])
      self->day_first[dates[i]] = day_first && !month_first;
}
