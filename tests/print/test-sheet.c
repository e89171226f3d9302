/* test-sheet.c: Tables on paper: where pages end, and what is refused on the way to the file. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/sheet.h"

#include <locale.h>
#include <string.h>

static ConcSheet *
make_sheet (ConcPaper paper, guint rows)
{
  static const char *const CELLS[] = { "1", "Nguyễn-Abdirahman de la Cruz y Ibáñez", NULL };
  ConcSheet               *sheet = conc_sheet_new (paper, "Results");

  conc_sheet_add_column (sheet, "Place", CONC_COLUMN_RIGHT, 1);
  conc_sheet_add_column (sheet, "Name", CONC_COLUMN_LEFT, 4);
  conc_sheet_add_column (sheet, "Time", CONC_COLUMN_RIGHT, 1);
  for (guint i = 0; i < rows; i++)
    conc_sheet_add_row (sheet, CELLS);
  return sheet;
}

static void
test_pages_by_rows (void)
{
  static const struct
  {
    ConcPaper paper;
    guint     rows;
    guint     pages;
  } ROWS[] = {
    { CONC_PAPER_LETTER, 0, 1 },  { CONC_PAPER_LETTER, 1, 1 },  { CONC_PAPER_LETTER, 41, 1 },
    { CONC_PAPER_LETTER, 42, 2 }, { CONC_PAPER_LETTER, 83, 2 }, { CONC_PAPER_LETTER, 84, 3 },
    { CONC_PAPER_A4, 42, 1 },     { CONC_PAPER_A4, 45, 2 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autoptr (ConcSheet) sheet = make_sheet (ROWS[i].paper, ROWS[i].rows);

      g_test_message ("%u rows", ROWS[i].rows);
      g_assert_cmpuint (conc_sheet_count_pages (sheet), ==, ROWS[i].pages);
    }
}

static void
test_a_heading_stays_with_its_rows (void)
{
  static const char *const CELLS[] = { "1", "Ann Olson", "27:41" };

  for (guint rows = 30; rows < 45; rows++)
    {
      g_autoptr (ConcSheet) alone = make_sheet (CONC_PAPER_LETTER, rows);
      g_autoptr (ConcSheet) followed = make_sheet (CONC_PAPER_LETTER, rows);
      guint before;

      conc_sheet_add_section (alone, "Women 30–39");
      before = conc_sheet_count_pages (alone);
      conc_sheet_add_section (followed, "Women 30–39");
      conc_sheet_add_row (followed, CELLS);
      /* Rows are added on the page of their heading or take it along: never one page more. */
      g_assert_cmpuint (conc_sheet_count_pages (followed), >=, before);
      g_assert_cmpuint (conc_sheet_count_pages (followed), <=, 2);
    }
}

static void
count_page_cb (guint done, guint total, gpointer user_data)
{
  guint *count = user_data;

  g_assert_cmpuint (done, ==, ++*count);
  g_assert_cmpuint (total, ==, 3);
}

static void
test_pdf_reports_each_page (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcSheet) sheet = make_sheet (CONC_PAPER_LETTER, 100);
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  const char *bytes;
  guint       count = 0;

  g_assert_true (conc_sheet_write_pdf (sheet, stream, count_page_cb, &count, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count, ==, 3);
  bytes = g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (stream));
  g_assert_true (strncmp (bytes, "%PDF-", 5) == 0);
}

static void
test_a_full_stream_is_reported (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcSheet) sheet = make_sheet (CONC_PAPER_LETTER, 100);
  g_autofree char *room = g_malloc (1000);
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new (room, 1000, NULL, NULL);

  g_assert_false (conc_sheet_write_pdf (sheet, stream, NULL, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
}

static void
test_cancelling_ends_after_a_page (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcSheet) sheet = make_sheet (CONC_PAPER_LETTER, 100);
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  g_assert_false (conc_sheet_write_pdf (sheet, stream, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sheet/pages by rows", test_pages_by_rows);
  g_test_add_func ("/sheet/a heading stays with its rows", test_a_heading_stays_with_its_rows);
  g_test_add_func ("/sheet/PDF reports each page", test_pdf_reports_each_page);
  g_test_add_func ("/sheet/a full stream is reported", test_a_full_stream_is_reported);
  g_test_add_func ("/sheet/cancelling ends after a page", test_cancelling_ends_after_a_page);
  return g_test_run ();
}
