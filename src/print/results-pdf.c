/* results-pdf.c: results on paper. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/results-lines.h"

#include "print/sheet.h"

#include <glib/gi18n-lib.h>

static void
add_columns (ConcSheet *paper, gboolean has_net)
{
  static const struct
  {
    const char    *title;
    ConcColumnSide side;
    double         weight;
  } columns[] = {
    { N_ ("Place"), CONC_COLUMN_RIGHT, 1.2 }, { N_ ("Bib"), CONC_COLUMN_RIGHT, 1.3 },
    { N_ ("Name"), CONC_COLUMN_LEFT, 6 },     { N_ ("Sex"), CONC_COLUMN_LEFT, 1 },
    { N_ ("Age"), CONC_COLUMN_RIGHT, 1 },     { N_ ("Division"), CONC_COLUMN_LEFT, 1.9 },
    { N_ ("Gun"), CONC_COLUMN_RIGHT, 1.7 },   { N_ ("Net"), CONC_COLUMN_RIGHT, 1.7 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (columns) - (has_net ? 0 : 1); i++)
    conc_sheet_add_column (paper, _ (columns[i].title), columns[i].side, columns[i].weight);
}

static char *
dup_number (int number, int min)
{
  return number >= min ? g_strdup_printf ("%d", number) : g_strdup ("");
}

static const char *
get_text (const char *text)
{
  return text != NULL ? text : "";
}

static void
add_line (ConcSheet *paper, const ConcResultsSection *section, const ConcResultsLine *line)
{
  g_autofree char *place = conc_results_section_dup_place (section, line);
  g_autofree char *name = conc_results_line_dup_name (line);
  g_autofree char *bib = dup_number ((int) line->bib, 1);
  g_autofree char *age = dup_number (line->age, 0);
  const char      *cells[] = { place,
                               bib,
                               name,
                               get_text (line->sex),
                               age,
                               get_text (line->division),
                               get_text (line->gun_time),
                               get_text (line->net_time) };

  conc_sheet_add_row (paper, cells);
}

static ConcSheet *
paper_new (const ConcResultsSheet *sheet)
{
  ConcSheet *paper =
      conc_sheet_new (CONC_PAPER_LETTER, conc_settings_get (sheet->settings, CONC_SETTING_NAME));
  g_autofree char *day = conc_results_sheet_dup_day (sheet);
  g_autofree char *state = conc_results_sheet_dup_state (sheet);
  g_autofree char *rules = conc_results_dup_rules_text (sheet->rules);

  conc_sheet_set_subtitle (paper, day);
  conc_sheet_set_as_of (paper, state);
  conc_sheet_set_footer (paper, rules);
  conc_sheet_set_empty_text (paper, _ ("Nobody has finished yet."));
  add_columns (paper, sheet->has_net);
  return paper;
}

/**
 * conc_results_sheet_to_pdf:
 * @stream: where it is written; left open
 * @error: what the stream says, or CONC_PRINT_ERROR_FAILED
 *
 * Every page says which race it is, of when the results are and by which rules.
 *
 * Returns: whether all of it was written. Any thread.
 */
gboolean
conc_results_sheet_to_pdf (const ConcResultsSheet *sheet, GOutputStream *stream, GError **error)
{
  g_autoptr (ConcSheet) paper = paper_new (sheet);

  for (guint s = 0; s < sheet->sections->len; s++)
    {
      const ConcResultsSection *section = g_ptr_array_index (sheet->sections, s);

      if (section->lines->len == 0)
        continue;
      if (sheet->sections->len > 1 || section->list != CONC_LIST_OVERALL)
        conc_sheet_add_section (paper, section->title);
      for (guint i = 0; i < section->lines->len; i++)
        add_line (paper, section, g_ptr_array_index (section->lines, i));
    }
  return conc_sheet_write_pdf (paper, stream, NULL, NULL, NULL, error);
}
