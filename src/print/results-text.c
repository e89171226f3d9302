/* results-text.c: results as an aligned table for the terminal. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/results-lines.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define N_COLUMNS 8

typedef struct
{
  const char *title;
  gboolean    is_number;
} Column;

static const Column columns[N_COLUMNS] = {
  { N_ ("Place"), TRUE }, { N_ ("Bib"), TRUE },       { N_ ("Name"), FALSE }, { N_ ("Sex"), FALSE },
  { N_ ("Age"), TRUE },   { N_ ("Division"), FALSE }, { N_ ("Gun"), TRUE },   { N_ ("Net"), TRUE },
};

/* How many cells of a terminal @text fills: marks that join a letter none, wide letters two. */
static guint
get_width (const char *text)
{
  guint width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_iszerowidth (c))
        width += g_unichar_iswide (c) ? 2 : 1;
    }
  return width;
}

static char **
cells_new (const ConcResultsSection *section, const ConcResultsLine *line)
{
  char **cells = g_new0 (char *, N_COLUMNS + 1);

  cells[0] = conc_results_section_dup_place (section, line);
  cells[1] = line->bib > 0 ? g_strdup_printf ("%u", line->bib) : g_strdup ("");
  cells[2] = conc_results_line_dup_name (line);
  cells[3] = g_strdup (line->sex != NULL ? line->sex : "");
  cells[4] = line->age >= 0 ? g_strdup_printf ("%d", line->age) : g_strdup ("");
  cells[5] = g_strdup (line->division != NULL ? line->division : "");
  cells[6] = g_strdup (line->gun_time != NULL ? line->gun_time : "");
  cells[7] = g_strdup (line->net_time != NULL ? line->net_time : "");
  return cells;
}

static void
append_row (GString *out, char **cells, const guint *widths, guint n_columns)
{
  gsize start = out->len;

  for (guint c = 0; c < n_columns; c++)
    {
      guint pad = widths[c] - get_width (cells[c]);

      if (c > 0)
        g_string_append (out, "  ");
      if (columns[c].is_number)
        g_string_append_printf (out, "%*s", (int) pad, "");
      g_string_append (out, cells[c]);
      if (!columns[c].is_number)
        g_string_append_printf (out, "%*s", (int) pad, "");
    }
  while (out->len > start && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);
  g_string_append_c (out, '\n');
}

static void
append_section (GString *out, const ConcResultsSection *section, guint n_columns)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  char **head = g_new0 (char *, N_COLUMNS + 1);
  guint  widths[N_COLUMNS] = { 0 };

  for (guint c = 0; c < N_COLUMNS; c++)
    head[c] = g_strdup (_ (columns[c].title));
  g_ptr_array_add (rows, head);
  for (guint i = 0; i < section->lines->len; i++)
    g_ptr_array_add (rows, cells_new (section, g_ptr_array_index (section->lines, i)));
  for (guint i = 0; i < rows->len; i++)
    for (guint c = 0; c < N_COLUMNS; c++)
      widths[c] = MAX (widths[c], get_width (((char **) g_ptr_array_index (rows, i))[c]));

  g_string_append_printf (out, "\n%s\n", section->title);
  for (guint i = 0; i < rows->len; i++)
    append_row (out, g_ptr_array_index (rows, i), widths, n_columns);
}

static gboolean
is_empty (const ConcResultsSheet *sheet)
{
  for (guint s = 0; s < sheet->sections->len; s++)
    if (((ConcResultsSection *) g_ptr_array_index (sheet->sections, s))->lines->len > 0)
      return FALSE;
  return TRUE;
}

/**
 * conc_results_sheet_to_text:
 *
 * Returns: (transfer full): a table for each list, aligned for a font of one width, also with
 * accents and wide letters in names. Any thread.
 */
char *
conc_results_sheet_to_text (const ConcResultsSheet *sheet)
{
  GString         *out = g_string_new (NULL);
  g_autofree char *state = conc_results_sheet_dup_state (sheet);
  g_autofree char *day = conc_results_sheet_dup_day (sheet);
  g_autofree char *rules = conc_results_dup_rules_text (sheet->rules);

  g_string_append_printf (out, "%s, %s\n%s\n%s\n",
                          conc_settings_get (sheet->settings, CONC_SETTING_NAME), day, state,
                          rules);
  if (is_empty (sheet))
    g_string_append_printf (out, "\n%s\n", _ ("Nobody has finished yet."));
  else
    for (guint s = 0; s < sheet->sections->len; s++)
      append_section (out, g_ptr_array_index (sheet->sections, s),
                      sheet->has_net ? N_COLUMNS : N_COLUMNS - 1);
  return g_string_free (out, FALSE);
}
