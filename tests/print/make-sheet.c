/* make-sheet.c: Writes the PDF of a table of results, to be looked at and read back. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/sheet.h"

#include <stdlib.h>

static const char *const NAMES[] = {
  "Ann Olson",
  "Nguyễn-Abdirahman de la Cruz y Ibáñez with a name longer than any column",
  "Runner 214",
  "Thuỷ Trần",
  "محمد عبد الرحمن",
  "Paj Ntaub Vang",
  "Jo",
  "Łukasz Øster",
};

static void
add_rows (ConcSheet *sheet, guint first, guint count)
{
  for (guint i = first; i < first + count; i++)
    {
      g_autofree char *place = g_strdup_printf ("%u", i + 1);
      g_autofree char *bib = g_strdup_printf ("%u", 101 + i * 37 % 900);
      g_autofree char *age = g_strdup_printf ("%u", 18 + i * 7 % 60);
      g_autofree char *gun = g_strdup_printf ("%u:%02u", 18 + i / 6, i * 11 % 60);
      g_autofree char *net = g_strdup_printf ("%u:%02u", 17 + i / 6, i * 13 % 60);
      const char      *cells[] = {
             place,    bib, NAMES[i % G_N_ELEMENTS (NAMES)], i % 2 == 0 ? "F" : "M", age,
             "F30–39", gun, i % 9 == 0 ? NULL : net
      };

      conc_sheet_add_row (sheet, cells);
    }
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcSheet) sheet = conc_sheet_new (CONC_PAPER_LETTER, "Not in Our City 5K");
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (argc > 1 ? argv[1] : "sheet.pdf");
  g_autoptr (GFileOutputStream) stream =
      g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, &error);

  conc_sheet_set_subtitle (sheet, "Saturday, 9 December 2017 · ranked by gun time");
  conc_sheet_set_as_of (sheet, "As of 10:41:07, 143 of 212 runners finished");
  conc_sheet_set_footer (sheet, "National Human Trafficking Hotline 1-888-373-7888");
  conc_sheet_add_column (sheet, "Place", CONC_COLUMN_RIGHT, 1.0);
  conc_sheet_add_column (sheet, "Bib", CONC_COLUMN_RIGHT, 1.0);
  conc_sheet_add_column (sheet, "Name", CONC_COLUMN_LEFT, 6.0);
  conc_sheet_add_column (sheet, "Sex", CONC_COLUMN_LEFT, 0.8);
  conc_sheet_add_column (sheet, "Age", CONC_COLUMN_RIGHT, 0.8);
  conc_sheet_add_column (sheet, "Division", CONC_COLUMN_LEFT, 1.6);
  conc_sheet_add_column (sheet, "Gun time", CONC_COLUMN_RIGHT, 1.5);
  conc_sheet_add_column (sheet, "Net time", CONC_COLUMN_RIGHT, 1.5);
  conc_sheet_add_section (sheet, "Overall");
  add_rows (sheet, 0, 52);
  conc_sheet_add_section (sheet, "Women 30–39");
  add_rows (sheet, 0, 21);
  conc_sheet_add_section (sheet, "Women 40–49");
  add_rows (sheet, 0, 60);
  if (stream == NULL ||
      !conc_sheet_write_pdf (sheet, G_OUTPUT_STREAM (stream), NULL, NULL, NULL, &error) ||
      !g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  return 0;
}
