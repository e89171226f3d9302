/* import-map.c: what a person says about the columns of a file. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/import-map.h"

#include "core/columns.h"
#include "core/error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
fits (ConcColumnsKind kind, const char *column, const char *pair, GError **error)
{
  /* A table that has the column, and what a table of either kind must have. */
  const char *const cells[] = { column, "Name", "Amount" };
  const char *const map[] = { pair, NULL };
  ConcCsvRow        header = { cells, G_N_ELEMENTS (cells), 1 };
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (ConcColumns) columns = conc_columns_new (kind, &header, map, utc, "2000-01-01", error);

  return columns != NULL;
}

static gboolean
check_pair (const char *pair, ConcImportKind kind, GError **error)
{
  const char      *sign = strrchr (pair, '=');
  g_autofree char *column = NULL;

  if (sign == NULL || sign == pair)
    {
      g_set_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_INVALID,
                   _ ("“%s” does not fit --map: write it like \"Column=field\"."), pair);
      return FALSE;
    }
  column = g_strndup (pair, (gsize) (sign - pair));
  if (kind == CONC_IMPORT_GUESS && fits (CONC_COLUMNS_GIFTS, column, pair, NULL))
    return TRUE;
  return fits (kind == CONC_IMPORT_GIFTS ? CONC_COLUMNS_GIFTS : CONC_COLUMNS_RUNNERS, column, pair,
               error);
}

/**
 * conc_import_map_check:
 * @map: (nullable): words like "Column=field"
 * @kind: what the file lists, as far as it was said
 *
 * Whether the file has the columns is not asked here.
 *
 * Returns: whether every word names a field of that kind of list.
 */
gboolean
conc_import_map_check (const char *const *map, ConcImportKind kind, GError **error)
{
  for (; map != NULL && *map != NULL; map++)
    if (!check_pair (*map, kind, error))
      return FALSE;
  return TRUE;
}
