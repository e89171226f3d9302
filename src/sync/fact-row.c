/* fact-row.c: facts as rows of the hub. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/fact-row.h"

#include "sync/error.h"
#include "sync/seal.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

enum
{
  COLUMN_STATION,
  COLUMN_SEQ,
  COLUMN_HLC,
  COLUMN_KIND,
  COLUMN_SUBJECT,
  COLUMN_REPLACES,
  COLUMN_OPERATOR,
  COLUMN_BODY
};

G_STATIC_ASSERT (COLUMN_BODY + 1 == CONC_ROW_N_COLUMNS);

/* An element of an array literal: quoted, so that nothing in it means anything. */
static void
append_element (GString *array, const char *text)
{
  if (array->len > 1)
    g_string_append_c (array, ',');
  if (text == NULL)
    {
      g_string_append (array, "NULL");
      return;
    }
  g_string_append_c (array, '"');
  for (; *text != '\0'; text++)
    {
      if (*text == '"' || *text == '\\')
        g_string_append_c (array, '\\');
      g_string_append_c (array, *text);
    }
  g_string_append_c (array, '"');
}

static void
append_int (GString *array, gint64 value)
{
  if (array->len > 1)
    g_string_append_c (array, ',');
  g_string_append_printf (array, "%" G_GINT64_FORMAT, value);
}

static gboolean
append_fact (GString **arrays, const ConcFact *fact, GBytes *private_key, GError **error)
{
  g_autofree char *body = NULL;
  g_autofree char *replaces = NULL;

  if (conc_kind_is_private (fact->kind))
    body = conc_seal_body (fact, private_key, error);
  else
    body = g_strdup (conc_body_get_json (fact->body));
  if (body == NULL)
    return FALSE;
  if (conc_fact_id_is_set (&fact->replaces))
    replaces = conc_fact_id_to_text (&fact->replaces);
  append_element (arrays[COLUMN_STATION], fact->id.station);
  append_int (arrays[COLUMN_SEQ], fact->id.seq);
  append_int (arrays[COLUMN_HLC], fact->hlc);
  append_element (arrays[COLUMN_KIND], conc_kind_to_text (fact->kind));
  append_element (arrays[COLUMN_SUBJECT], fact->subject);
  append_element (arrays[COLUMN_REPLACES], replaces);
  append_element (arrays[COLUMN_OPERATOR], fact->operator_name);
  append_element (arrays[COLUMN_BODY], body);
  return TRUE;
}

/**
 * conc_rows_from_facts:
 * @facts: (element-type ConcFact): what is to be written
 * @private_key: (nullable): seals bodies of private kinds; they cannot be sent without it
 * @columns: (out): an array literal of PostgreSQL for each of %CONC_ROW_COLUMNS; set on success
 *
 * Any thread.
 */
gboolean
conc_rows_from_facts (GPtrArray *facts,
                      GBytes    *private_key,
                      char      *columns[CONC_ROW_N_COLUMNS],
                      GError   **error)
{
  GString *arrays[CONC_ROW_N_COLUMNS];
  gboolean is_complete = TRUE;

  for (guint i = 0; i < CONC_ROW_N_COLUMNS; i++)
    arrays[i] = g_string_new ("{");
  for (guint i = 0; i < facts->len && is_complete; i++)
    is_complete = append_fact (arrays, g_ptr_array_index (facts, i), private_key, error);
  for (guint i = 0; i < CONC_ROW_N_COLUMNS; i++)
    {
      g_string_append_c (arrays[i], '}');
      columns[i] = g_string_free (arrays[i], !is_complete);
    }
  return is_complete;
}

static gboolean
refuse_row (const char *station, gint64 seq, GError **error)
{
  g_set_error (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_DAMAGED,
               _ ("Entry %s-%" PRId64 " from the hub cannot be read and is left out."), station,
               seq);
  return FALSE;
}

static gboolean
refuse_kind (const char *kind, GError **error)
{
  g_set_error (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_NEWER,
               _ ("The hub has entries of a newer version of Concourse (“%s”)."), kind);
  return FALSE;
}

static const char *
get_text (const PGresult *result, int row, int column)
{
  return PQgetisnull (result, row, column) ? NULL : PQgetvalue (result, row, column);
}

static ConcBody *
read_body (const PGresult   *result,
           int               row,
           int               first,
           const ConcFactId *id,
           ConcKind          kind,
           GBytes           *private_key)
{
  const char *body = PQgetvalue (result, row, first + COLUMN_BODY);

  if (!conc_kind_is_private (kind))
    return conc_body_parse (body, PQgetlength (result, row, first + COLUMN_BODY), NULL);
  if (private_key == NULL)
    return NULL;
  return conc_unseal_body (id, kind, PQgetvalue (result, row, first + COLUMN_SUBJECT), body,
                           private_key, NULL);
}

/**
 * conc_fact_from_row:
 * @private_key: (nullable): opens bodies of private kinds
 *
 * Nothing of a row is trusted: names, numbers and bodies are held to the same limits as in a file.
 *
 * Returns: (transfer full) (nullable): the fact; otherwise %CONC_SYNC_ERROR_NEWER for a kind that
 * this version does not know, and %CONC_SYNC_ERROR_DAMAGED. Any thread.
 */
ConcFact *
conc_fact_from_row (const PGresult *result, int row, int first, GBytes *private_key, GError **error)
{
  const char *station = PQgetvalue (result, row, first + COLUMN_STATION);
  const char *replaces_text = get_text (result, row, first + COLUMN_REPLACES);
  ConcKind    kind = conc_kind_from_text (PQgetvalue (result, row, first + COLUMN_KIND));
  ConcFactId  replaces = { "", 0 };
  ConcFactId  id = { "", 0 };
  g_autoptr (ConcBody) body = NULL;

  id.seq = g_ascii_strtoll (PQgetvalue (result, row, first + COLUMN_SEQ), NULL, 10);
  if (kind == CONC_KIND_NONE)
    {
      refuse_kind (PQgetvalue (result, row, first + COLUMN_KIND), error);
      return NULL;
    }
  if (!conc_station_id_is_valid (station) || id.seq <= 0 ||
      (replaces_text != NULL && !conc_fact_id_parse (replaces_text, &replaces)))
    {
      refuse_row (station, id.seq, error);
      return NULL;
    }
  g_strlcpy (id.station, station, sizeof id.station);
  body = read_body (result, row, first, &id, kind, private_key);
  if (body == NULL)
    {
      refuse_row (station, id.seq, error);
      return NULL;
    }
  return conc_fact_new (&id,
                        g_ascii_strtoll (PQgetvalue (result, row, first + COLUMN_HLC), NULL, 10),
                        kind, PQgetvalue (result, row, first + COLUMN_SUBJECT), &replaces,
                        get_text (result, row, first + COLUMN_OPERATOR), body);
}
