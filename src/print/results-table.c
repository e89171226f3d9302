/* results-table.c: results as CSV and JSON, for programs. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/results-lines.h"

#include "core/body.h"
#include "core/csv.h"
#include "core/race-time.h"

static char *
dup_number (guint number)
{
  return number > 0 ? g_strdup_printf ("%u", number) : NULL;
}

static void
append_csv_line (GString *out, const ConcResultsLine *line)
{
  g_autofree char *place = dup_number (line->place);
  g_autofree char *bib = dup_number (line->bib);
  g_autofree char *age = line->age >= 0 ? g_strdup_printf ("%d", line->age) : NULL;
  g_autofree char *sex_place = dup_number (line->sex_place);
  g_autofree char *division_place = dup_number (line->division_place);
  const char      *cells[] = {
         place,          bib,          line->name,     line->sex,      age,
         line->division, sex_place,    division_place, line->gun_time, line->net_time,
         line->status,   line->penalty
  };

  conc_csv_append_row (out, cells, G_N_ELEMENTS (cells), CONC_CSV_WRITE_PROTECT_FORMULAS);
}

/**
 * conc_results_sheet_to_csv:
 *
 * Columns are what scripts rely on: more may be added at the end, none is renamed. What is not
 * known is empty. Names that a spreadsheet would run as a formula get an apostrophe.
 *
 * Returns: (transfer full): CSV in UTF-8, as RFC 4180 has it, with LF after each row. Any thread.
 */
char *
conc_results_sheet_to_csv (const ConcResultsSheet *sheet)
{
  static const char *const columns[] = { "place",    "bib",      "name",      "sex",
                                         "age",      "division", "sex_place", "division_place",
                                         "gun_time", "net_time", "status",    "penalty" };
  GString                 *out = g_string_new (NULL);

  conc_csv_append_row (out, columns, G_N_ELEMENTS (columns), CONC_CSV_WRITE_DEFAULT);
  for (guint s = 0; s < sheet->sections->len; s++)
    {
      const ConcResultsSection *section = g_ptr_array_index (sheet->sections, s);

      for (guint i = 0; i < section->lines->len; i++)
        append_csv_line (out, g_ptr_array_index (section->lines, i));
    }
  return g_string_free (out, FALSE);
}

static void
append_json_text (GString *out, const char *key, const char *text)
{
  g_string_append_printf (out, ",\"%s\":", key);
  if (text == NULL)
    {
      g_string_append (out, "null");
      return;
    }
  conc_json_append_text (out, text);
}

static void
append_json_number (GString *out, const char *key, gint64 number, gboolean is_known)
{
  if (is_known)
    g_string_append_printf (out, ",\"%s\":%" G_GINT64_FORMAT, key, number);
  else
    g_string_append_printf (out, ",\"%s\":null", key);
}

/* Whole seconds as shown, and decimal ones that were never rounded. */
static void
append_json_seconds (GString *out, const char *key, gint64 usec, ConcRounding rounding)
{
  g_autofree char *exact = NULL;

  append_json_number (out, key,
                      conc_duration_get_whole_seconds (
                          conc_duration_round (MAX (usec, 0), rounding)),
                      usec != CONC_NO_TIME);
  if (usec != CONC_NO_TIME)
    exact = conc_duration_format_seconds (usec);
  g_string_append_printf (out, ",\"%s_exact\":%s", key, exact != NULL ? exact : "null");
}

static void
append_json_line (GString *out, const ConcResultsLine *line, const ConcResultsSheet *sheet)
{
  g_autofree char *finished_at = line->finish_usec != CONC_NO_TIME
                                     ? conc_time_format_rfc3339 (line->finish_usec, sheet->zone)
                                     : NULL;

  g_string_append (out, line->place > 0 ? "{\"place\":" : "{\"place\":null");
  if (line->place > 0)
    g_string_append_printf (out, "%u", line->place);
  append_json_number (out, "bib", line->bib, line->bib > 0);
  append_json_text (out, "name", line->name);
  append_json_text (out, "sex", line->sex);
  append_json_number (out, "age", line->age, line->age >= 0);
  append_json_text (out, "division", line->division);
  append_json_number (out, "sex_place", line->sex_place, line->sex_place > 0);
  append_json_number (out, "division_place", line->division_place, line->division_place > 0);
  append_json_text (out, "gun_time", line->gun_time);
  append_json_text (out, "net_time", line->net_time);
  append_json_text (out, "status", line->status);
  append_json_text (out, "penalty", line->penalty);
  append_json_seconds (out, "gun_seconds", line->gun_usec, sheet->rules->rounding);
  append_json_seconds (out, "net_seconds", line->net_usec, sheet->rules->rounding);
  append_json_text (out, "finished_at", finished_at);
  g_string_append_printf (out, ",\"tied\":%s", line->tied ? "true" : "false");
  append_json_number (out, "laps", line->laps_done, TRUE);
  g_string_append_c (out, '}');
}

/**
 * conc_results_sheet_to_json:
 *
 * Returns: (transfer full): a JSON array with an object for each finisher, one a line. The keys are
 * the columns of the CSV, and then seconds as shown and exact, the moment of the finish in RFC
 * 3339, whether the overall place is shared, and laps. What is not known is null. Any thread.
 */
char *
conc_results_sheet_to_json (const ConcResultsSheet *sheet)
{
  GString *out = g_string_new ("[");
  guint    n_lines = 0;

  for (guint s = 0; s < sheet->sections->len; s++)
    {
      const ConcResultsSection *section = g_ptr_array_index (sheet->sections, s);

      for (guint i = 0; i < section->lines->len; i++)
        {
          g_string_append (out, n_lines++ > 0 ? ",\n" : "\n");
          append_json_line (out, g_ptr_array_index (section->lines, i), sheet);
        }
    }
  g_string_append (out, n_lines > 0 ? "\n]\n" : "]\n");
  return g_string_free (out, FALSE);
}
