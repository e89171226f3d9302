/* columns.c: recognises the columns of exports. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/columns-private.h"

#include "core/error.h"
#include "core/race-time.h"
#include "core/scan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Makes @column mean @meaning, and no other column. */
static void
assign (ConcColumns *self, guint column, int meaning)
{
  int before = self->meanings[column];

  if (before != MEANING_NONE)
    self->columns[before] = -1;
  if (meaning != MEANING_NONE && self->columns[meaning] >= 0)
    self->meanings[self->columns[meaning]] = MEANING_NONE;
  self->meanings[column] = meaning;
  if (meaning != MEANING_NONE)
    self->columns[meaning] = (int) column;
}

/* Of two columns that mean the same, the one with the surer name is taken, then the first. */
static void
recognize (ConcColumns *self)
{
  guint ranks[MAX_MEANINGS] = { 0 };

  for (guint i = 0; i < self->n_columns; i++)
    {
      guint rank = 0;
      int   meaning = conc_columns_find_meaning (self->kind, self->headers[i], &rank);

      if (meaning == MEANING_NONE || (ranks[meaning] != 0 && ranks[meaning] <= rank))
        continue;
      ranks[meaning] = rank;
      assign (self, i, meaning);
    }
}

static int
find_header (ConcColumns *self, const char *name)
{
  g_autofree char *wanted = NULL;

  for (guint i = 0; i < self->n_columns; i++)
    if (strcmp (self->headers[i], name) == 0)
      return (int) i;
  wanted = conc_columns_normalize_header (name);
  for (guint i = 0; i < self->n_columns; i++)
    {
      g_autofree char *header = conc_columns_normalize_header (self->headers[i]);

      if (*wanted != '\0' && strcmp (header, wanted) == 0)
        return (int) i;
    }
  return -1;
}

static gboolean
fail_map (GError **error, char *take_message)
{
  g_autofree char *message = take_message;

  g_set_error_literal (error, CONC_CORE_ERROR, CONC_CORE_ERROR_INVALID, message);
  return FALSE;
}

/* “Column=field”; the last sign of equality counts, since a name may have one. */
static gboolean
apply_map (ConcColumns *self, const char *map, GError **error)
{
  const char      *sign = strrchr (map, '=');
  g_autofree char *header = NULL;
  g_autofree char *keys = NULL;
  g_autofree char *shown = conc_dup_quotable (map);
  int              column, meaning = MEANING_NONE;

  if (sign == NULL)
    return fail_map (error, g_strdup_printf (_ ("“%s” does not say what a column means: write it "
                                                "like \"Column=field\"."),
                                             shown));
  header = g_strstrip (g_strndup (map, (gsize) (sign - map)));
  column = find_header (self, header);
  if (column < 0)
    {
      g_autofree char *missing = conc_dup_quotable (header);

      return fail_map (error, g_strdup_printf (_ ("The file has no column “%s”."), missing));
    }

  if (sign[1] != '\0' && g_ascii_strcasecmp (sign + 1, "ignore") != 0)
    {
      meaning = conc_columns_meaning_from_key (self->kind, sign + 1);
      if (meaning == MEANING_NONE)
        {
          keys = conc_columns_dup_keys (self->kind);
          return fail_map (error, g_strdup_printf (_ ("“%s” names no field. The fields are: %s."),
                                                   shown, keys));
        }
    }
  assign (self, (guint) column, meaning);
  if (self->kind == CONC_COLUMNS_RUNNERS && meaning == CONC_FIELD_REGISTRATION_ID)
    self->id_is_weak = FALSE;
  return TRUE;
}

static gboolean
has (ConcColumns *self, int meaning)
{
  return self->columns[meaning] >= 0;
}

static gboolean
check_needed (ConcColumns *self, GError **error)
{
  if (self->kind == CONC_COLUMNS_RUNNERS && !has (self, CONC_FIELD_GIVEN_NAME) &&
      !has (self, CONC_FIELD_FAMILY_NAME) && !has (self, COLUMN_FULL_NAME))
    return fail_map (error, g_strdup (_ ("No column with names was recognised in the first line: "
                                         "say which one it is, like \"Column=given_name\".")));
  if (self->kind == CONC_COLUMNS_GIFTS && !has (self, GIFT_AMOUNT) &&
      !has (self, GIFT_AMOUNT_CENTS))
    return fail_map (error, g_strdup (_ ("No column with amounts was recognised in the first "
                                         "line: say which one it is, like \"Column=amount\".")));
  return TRUE;
}

static char *
dup_header (const char *cell)
{
  g_autofree char *valid = g_utf8_make_valid (cell, -1);

  return g_strdup (g_strstrip (valid));
}

static ConcColumns *
create (ConcColumnsKind kind, const ConcCsvRow *header, GTimeZone *zone, const char *race_date)
{
  ConcColumns *self = g_new0 (ConcColumns, 1);

  self->kind = kind;
  self->n_columns = header->n_cells;
  self->headers = g_new0 (char *, header->n_cells + 1);
  self->meanings = g_new (int, header->n_cells);
  for (guint i = 0; i < header->n_cells; i++)
    {
      self->headers[i] = dup_header (header->cells[i]);
      self->meanings[i] = MEANING_NONE;
    }
  for (guint i = 0; i < MAX_MEANINGS; i++)
    self->columns[i] = -1;
  self->zone = g_time_zone_ref (zone);
  self->utc = g_time_zone_new_utc ();
  self->race_date = g_strdup (race_date);
  conc_race_date_parse (race_date, &self->race_year, NULL, NULL, NULL);
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->scratch = g_string_new (NULL);
  return self;
}

/**
 * conc_columns_new:
 * @kind: what the file lists
 * @header: its first row
 * @maps: (nullable) (array zero-terminated=1): what the user says about columns, each
 *   "Column=field"; "Column=" and "Column=ignore" leave a column out
 * @zone: the time zone of the race, for times without one
 * @race_date: the day of the race, YYYY-MM-DD
 * @error: return location
 *
 * Recognises columns by their names, whatever their case, spaces, underscores and additions in
 * brackets. A name has to fit as a whole. Of several columns that mean the same, the one with the
 * surer name is read and the others are left out; a column that the user names wins over all. A
 * field is the key of conc_field_get_key(), or "name" for a column of full names.
 *
 * A registration number that people of one order may share (“Order #”) is only taken when the
 * sniffing found it to be different in every row.
 *
 * Returns: (transfer full): a reader of rows, or %NULL with %CONC_CORE_ERROR_INVALID when no
 *   column holds names (amounts for gifts) or a map is wrong. Any thread, one at a time.
 */
ConcColumns *
conc_columns_new (ConcColumnsKind    kind,
                  const ConcCsvRow  *header,
                  const char *const *maps,
                  GTimeZone         *zone,
                  const char        *race_date,
                  GError           **error)
{
  g_autoptr (ConcColumns) self = NULL;

  g_return_val_if_fail (header != NULL, NULL);
  g_return_val_if_fail (zone != NULL && race_date != NULL, NULL);

  self = create (kind, header, zone, race_date);
  recognize (self);
  if (kind == CONC_COLUMNS_RUNNERS && has (self, CONC_FIELD_REGISTRATION_ID))
    self->id_is_weak =
        conc_columns_is_weak_id (self->headers[self->columns[CONC_FIELD_REGISTRATION_ID]]);
  for (guint i = 0; maps != NULL && maps[i] != NULL; i++)
    if (!apply_map (self, maps[i], error))
      return NULL;
  if (!check_needed (self, error))
    return NULL;
  if (kind == CONC_COLUMNS_GIFTS && has (self, GIFT_TIME))
    self->time_is_utc = strstr (self->headers[self->columns[GIFT_TIME]], "UTC") != NULL;
  return g_steal_pointer (&self);
}

/**
 * conc_columns_copy:
 * @self: a reader of rows, after the sniffing
 *
 * Returns: (transfer full): the same for another thread. Gifts are told apart by what came before
 *   them, which the copy does not know. Any thread.
 */
ConcColumns *
conc_columns_copy (ConcColumns *self)
{
  ConcColumns *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->headers = g_strdupv (self->headers);
  copy->meanings = g_memdup2 (self->meanings, self->n_columns * sizeof *self->meanings);
  g_time_zone_ref (copy->zone);
  g_time_zone_ref (copy->utc);
  copy->race_date = g_strdup (self->race_date);
  copy->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  copy->scratch = g_string_new (NULL);
  return copy;
}

/**
 * conc_columns_free:
 * @self: a reader of rows
 *
 * Any thread.
 */
void
conc_columns_free (ConcColumns *self)
{
  g_return_if_fail (self != NULL);

  g_strfreev (self->headers);
  g_free (self->meanings);
  g_time_zone_unref (self->zone);
  g_time_zone_unref (self->utc);
  g_free (self->race_date);
  g_hash_table_unref (self->seen);
  g_string_free (self->scratch, TRUE);
  g_free (self);
}

/** conc_columns_get_count: Returns: how many columns the header has. Any thread. */
guint
conc_columns_get_count (ConcColumns *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_columns;
}

/** conc_columns_get_header: Returns: the name of @column, counted from 0. Any thread. */
const char *
conc_columns_get_header (ConcColumns *self, guint column)
{
  g_return_val_if_fail (self != NULL && column < self->n_columns, NULL);

  return self->headers[column];
}

/**
 * conc_columns_get_meaning:
 * @self: a reader of rows
 * @column: a column, counted from 0
 *
 * Returns: (nullable): the key of what @column means; %NULL when it is not read. Any thread.
 */
const char *
conc_columns_get_meaning (ConcColumns *self, guint column)
{
  g_return_val_if_fail (self != NULL && column < self->n_columns, NULL);

  return conc_columns_meaning_to_key (self->kind, self->meanings[column]);
}

/** conc_problem_free: frees @problem. Any thread. */
void
conc_problem_free (ConcProblem *problem)
{
  g_return_if_fail (problem != NULL);

  g_free (problem->sentence);
  g_free (problem);
}
