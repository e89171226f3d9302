/* test-printer-book.c: what is known about printers is kept, and damage costs no more than that. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "spool/printer-book.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

static void
write_book (const char *text)
{
  g_autofree char *path = conc_printer_book_dup_path ();
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
remove_book (void)
{
  g_autofree char *path = conc_printer_book_dup_path ();
  g_autofree char *aside = g_strconcat (path, ".damaged", NULL);

  g_unlink (path);
  g_unlink (aside);
}

static ConcPrinterBook *
load (void)
{
  char            *complaint = NULL;
  ConcPrinterBook *book = conc_printer_book_load (&complaint);

  g_assert_null (complaint);
  return book;
}

static void
test_nothing_known (void)
{
  g_autoptr (ConcPrinterBook) book = NULL;
  g_autoptr (ConcPrinterUse) use = NULL;
  g_autofree char *printer = NULL;
  int              x = 1, y = 1;

  remove_book ();
  book = load ();
  use = conc_printer_book_dup_use (book, "Zebra");
  printer = conc_printer_book_dup_printer (book, "bib-label");
  conc_printer_book_get_offset (book, "Zebra", "roll-62x29", &x, &y);
  g_assert_cmpint (use->language, ==, CONC_PRINT_PDF);
  g_assert_cmpint (use->dpi, ==, 0);
  g_assert_null (use->stock);
  g_assert_null (use->layout);
  g_assert_null (printer);
  g_assert_cmpint (x, ==, 0);
  g_assert_cmpint (y, ==, 0);
  g_assert_false (conc_printer_book_knows (book, "Zebra"));
  g_assert_false (conc_printer_book_get_automatic (book, "bib-label"));
}

/* Names as people give them: brackets, equals signs, other letters and blanks at the end. */
static const char *const names[] = { "Zebra", "desk[1]", "a=b", "Büro", "[", "#x;y", "two " };

static void
test_round_trip (void)
{
  remove_book ();
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (ConcPrinterBook) book = load ();
      ConcPrinterUse use = { CONC_PRINT_ZPL, 300 + (int) i, (char *) "roll-62x29",
                             (char *) "bib-label" };

      conc_printer_book_set_use (book, names[i], &use);
      conc_printer_book_set_offset (book, names[i], names[i], -7, (int) i);
      conc_printer_book_set_printer (book, names[i], names[i]);
      conc_printer_book_set_automatic (book, names[i], TRUE);
      g_assert_true (conc_printer_book_save (book, NULL));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (ConcPrinterBook) book = load ();
      g_autoptr (ConcPrinterUse) use = conc_printer_book_dup_use (book, names[i]);
      g_autofree char *printer = conc_printer_book_dup_printer (book, names[i]);
      int              x, y;

      conc_printer_book_get_offset (book, names[i], names[i], &x, &y);
      g_assert_true (conc_printer_book_knows (book, names[i]));
      g_assert_cmpint (use->language, ==, CONC_PRINT_ZPL);
      g_assert_cmpint (use->dpi, ==, 300 + (int) i);
      g_assert_cmpstr (use->stock, ==, "roll-62x29");
      g_assert_cmpstr (use->layout, ==, "bib-label");
      g_assert_cmpstr (printer, ==, names[i]);
      g_assert_true (conc_printer_book_get_automatic (book, names[i]));
      g_assert_cmpint (x, ==, -7);
      g_assert_cmpint (y, ==, (int) i);
    }
}

/* Nobody nudges a label by a hand's breadth: a slip is cut, and a file that says so is not
 * believed. */
static void
test_limits (void)
{
  g_autoptr (ConcPrinterBook) book = NULL;
  int x, y;

  remove_book ();
  book = load ();
  conc_printer_book_set_offset (book, "Zebra", "a", 99999, -99999);
  conc_printer_book_get_offset (book, "Zebra", "a", &x, &y);
  g_assert_cmpint (x, ==, CONC_OFFSET_MAX_TENTHS);
  g_assert_cmpint (y, ==, -CONC_OFFSET_MAX_TENTHS);
}

static const char *const wrong[] = {
  "[Printer Zebra]\nlanguage=klingon\ndpi=-5\noffset-roll=1\n",
  "[Printer Zebra]\nlanguage=\ndpi=many\noffset-roll=1;x\n",
  "[Printer Zebra]\ndpi=99999999999\noffset-roll=9999;0\n",
  "[Printer Zebra]\noffset-roll=1;2;3\nstock=\nlayout=\n",
  "[Layout bib-label]\nautomatic=perhaps\nprinter=\n",
  "",
};

static void
test_wrong_values_count_as_not_said (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (ConcPrinterBook) book = NULL;
      g_autoptr (ConcPrinterUse) use = NULL;
      g_autofree char *printer = NULL;
      int              x, y;

      write_book (wrong[i]);
      book = load ();
      use = conc_printer_book_dup_use (book, "Zebra");
      printer = conc_printer_book_dup_printer (book, "bib-label");
      conc_printer_book_get_offset (book, "Zebra", "roll", &x, &y);
      g_assert_cmpint (use->language, ==, CONC_PRINT_PDF);
      g_assert_cmpint (use->dpi, ==, 0);
      g_assert_null (use->stock);
      g_assert_null (printer);
      g_assert_cmpint (x, ==, 0);
      g_assert_cmpint (y, ==, 0);
      g_assert_false (conc_printer_book_get_automatic (book, "bib-label"));
    }
}

static const char *const damaged[] = {
  "not a key file at all",
  "[Printer Zebra\nlanguage=zpl\n",
  "language=zpl\n",
  "[Printer Zebra]\nstock=\xff\xfe\n",
};

static void
test_damage_is_told_and_kept_aside (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (damaged); i++)
    {
      g_autofree char *path = conc_printer_book_dup_path ();
      g_autofree char *aside = g_strconcat (path, ".damaged", NULL);
      g_autofree char *complaint = NULL;
      g_autofree char *kept = NULL;
      g_autoptr (ConcPrinterBook) book = NULL;
      g_autoptr (ConcPrinterBook) again = NULL;

      remove_book ();
      write_book (damaged[i]);
      book = conc_printer_book_load (&complaint);
      g_assert_nonnull (complaint);
      g_assert_nonnull (strstr (complaint, path));
      conc_printer_book_set_printer (book, "bib-label", "Zebra");
      g_assert_true (conc_printer_book_save (book, NULL));
      again = load ();
      g_assert_true (g_file_get_contents (aside, &kept, NULL, NULL));
      g_assert_cmpstr (kept, ==, damaged[i]);
    }
}

static void
test_unwritable (void)
{
  g_autofree char *path = conc_printer_book_dup_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (ConcPrinterBook) book = conc_printer_book_new ();
  g_autoptr (GError) error = NULL;

  remove_book ();
  g_rmdir (folder);
  /* A file where the folder should be: also the superuser cannot write there. */
  g_assert_true (g_file_set_contents (folder, "", 0, NULL));
  g_assert_false (conc_printer_book_save (book, &error));
  g_assert_error (error, CONC_SPOOL_ERROR, CONC_SPOOL_ERROR_BOOK);
  g_unlink (folder);
}

static void
remove_folder (const char *folder)
{
  g_autofree char *path = conc_printer_book_dup_path ();
  g_autofree char *concourse = g_path_get_dirname (path);

  remove_book ();
  g_rmdir (concourse);
  g_rmdir (folder);
}

int
main (int argc, char *argv[])
{
  g_autofree char *folder = g_dir_make_tmp ("concourse-book-XXXXXX", NULL);
  int              status;

  setlocale (LC_ALL, "");
  /* Before anything asks for the folder; GLib's own isolation of tests leaks. */
  g_setenv ("XDG_CONFIG_HOME", folder, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/printer-book/nothing-known", test_nothing_known);
  g_test_add_func ("/printer-book/round-trip", test_round_trip);
  g_test_add_func ("/printer-book/limits", test_limits);
  g_test_add_func ("/printer-book/wrong-values-count-as-not-said",
                   test_wrong_values_count_as_not_said);
  g_test_add_func ("/printer-book/damage-is-told-and-kept-aside",
                   test_damage_is_told_and_kept_aside);
  g_test_add_func ("/printer-book/unwritable", test_unwritable);
  status = g_test_run ();
  remove_folder (folder);
  return status;
}
