/* test-stock.c: Label stocks: what is read, what is refused, and where labels are. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/error.h"
#include "print/stock.h"

#include <locale.h>
#include <glib.h>
#include <glib/gstdio.h>

#define GOOD                                                                                       \
  "[Label Stock]\ntitle=T\npage-width-mm=210\npage-height-mm=297\n"                                \
  "label-width-mm=100\nlabel-height-mm=50\n"

static ConcStock *
parse (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return conc_stock_new_from_bytes ("mine", bytes, error);
}

static void
test_defaults (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcStock) stock = parse (GOOD "hologram=yes\n", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (stock->name, ==, "mine");
  g_assert_cmpstr (stock->title, ==, "T");
  g_assert_cmpint (conc_stock_get_count (stock), ==, 1);
  g_assert_cmpint (stock->dpi, ==, 300);
  g_assert_true (stock->colour);
  g_assert_cmpfloat (stock->inset_mm, ==, 2.5);
  g_assert_cmpfloat (stock->column_pitch_mm, ==, 100);
}

static void
test_refusals (void)
{
  static const struct
  {
    const char *text;
    const char *sentence;
  } ROWS[] = {
    { "", "*no group *" },
    { "\xff\xfe", "*no group*" },
    { "[Other]\na=1\n", "*no group*" },
    { "[Label Stock]\npage-width-mm=1\n", "*title is missing.*" },
    { "[Label Stock]\ntitle=T\n", "*page-width-mm is missing.*" },
    { GOOD "left-mm=wide\n", "*left-mm is not a number.*" },
    { GOOD "left-mm=nan\n", "*left-mm is not a number.*" },
    { GOOD "top-mm=inf\n", "*top-mm is not a number.*" },
    { GOOD "columns=two\n", "*columns is not a whole number.*" },
    { GOOD "columns=0\n", "*1 to 100 columns*" },
    { GOOD "rows=99999\n", "*1 to 100 rows*" },
    { GOOD "rows=99999999999999\n", "*rows is not a whole number.*" },
    { GOOD "page-width-mm=0\n", "*more than 0*" },
    { GOOD "page-height-mm=5000\n", "*at most 1200 mm*" },
    { GOOD "label-height-mm=0\n", "*at least 12 mm*" },
    { GOOD "label-width-mm=-100\n", "*at least 12 mm*" },
    { GOOD "dpi=9\n", "*100 to 2400 dots*" },
    { GOOD "row-pitch-mm=1e38\n", "*at most 1200 mm*" },
    { GOOD "continuous=true\nrows=2\n", "*one label a page*" },
    { GOOD "left-mm=-1\n", "*not below 0*" },
    { GOOD "inset-mm=20\n", "*more than a quarter*" },
    { GOOD "columns=2\n", "*side by side overlap*" },
    { GOOD "columns=2\ncolumn-pitch-mm=99\n", "*side by side overlap*" },
    { GOOD "rows=2\nrow-pitch-mm=49\n", "*below each other overlap*" },
    { GOOD "columns=2\ncolumn-pitch-mm=111\n",
      "*last column ends at 211?0 mm, off the page of 210?0 mm*" },
    { GOOD "rows=5\nrow-pitch-mm=50\ntop-mm=48\n", "*last row ends at 298?0 mm*" },
    { GOOD "left-mm=111\n", "*off the page*" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ConcStock) stock = parse (ROWS[i].text, &error);
      g_autofree char *sentence = g_strdup (ROWS[i].sentence);

      /* The mark stands for the decimal point of the locale. */
      g_strdelimit (sentence, "?", *localeconv ()->decimal_point);
      g_assert_null (stock);
      g_assert_error (error, CONC_PRINT_ERROR, CONC_PRINT_ERROR_STOCK_INVALID);
      g_test_message ("%s", error->message);
      g_assert_true (g_pattern_match_simple (sentence, error->message));
      g_assert_true (g_str_has_prefix (error->message, "The label stock “mine” cannot be used: "));
    }
}

static void
test_labels_may_touch_each_other_and_the_edge (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcStock) stock = parse (GOOD "columns=2\nrows=2\ncolumn-pitch-mm=100\n"
                                            "row-pitch-mm=50\nleft-mm=10\ntop-mm=197\n",
                                       &error);

  g_assert_no_error (error);
  g_assert_nonnull (stock);
}

static void
test_positions_run_row_by_row (void)
{
  static const struct
  {
    guint  slot;
    guint  page;
    double x_mm;
    double y_mm;
  } ROWS[] = {
    { 0, 0, 3.97, 12.7 },    { 1, 0, 110.33, 12.7 }, { 2, 0, 3.97, 63.5 },
    { 9, 0, 110.33, 215.9 }, { 10, 1, 3.97, 12.7 },  { 25, 2, 110.33, 114.3 },
  };
  g_autoptr (ConcStock) stock = conc_stock_load ("avery-5163", NULL);

  g_assert_cmpuint (conc_stock_get_count (stock), ==, 10);
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      guint  page;
      double x_mm, y_mm;

      conc_stock_get_position (stock, ROWS[i].slot, &page, &x_mm, &y_mm);
      g_assert_cmpuint (page, ==, ROWS[i].page);
      g_assert_cmpfloat_with_epsilon (x_mm, ROWS[i].x_mm, 0.001);
      g_assert_cmpfloat_with_epsilon (y_mm, ROWS[i].y_mm, 0.001);
    }
}

static void
test_the_program_brings_valid_stocks (void)
{
  g_autoptr (GPtrArray) stocks = conc_stock_list ();
  const char *previous = "";

  g_assert_cmpuint (stocks->len, >=, 3);
  for (guint i = 0; i < stocks->len; i++)
    {
      ConcStock *stock = stocks->pdata[i];

      g_assert_cmpstr (previous, <, stock->name);
      g_assert_true (conc_stock_validate (stock, NULL));
      previous = stock->name;
    }
}

static void
test_an_unknown_stock_names_the_known_ones (void)
{
  static const char *const NAMES[] = { "avery-1", "", "../stocks/avery-5163", "avery-5163.stock" };

  for (gsize i = 0; i < G_N_ELEMENTS (NAMES); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (conc_stock_load (NAMES[i], &error));
      g_assert_error (error, CONC_PRINT_ERROR, CONC_PRINT_ERROR_STOCK_UNKNOWN);
      g_assert_nonnull (strstr (error->message, "avery-5160, avery-5163, "));
    }
}

static void
test_a_copy_is_independent (void)
{
  g_autoptr (ConcStock) stock = conc_stock_load ("roll-62x29", NULL);
  g_autoptr (ConcStock) copy = conc_stock_copy (stock);

  copy->dpi = 203;
  g_clear_pointer (&copy->name, g_free);
  g_assert_cmpint (stock->dpi, ==, 300);
  g_assert_cmpstr (stock->name, ==, "roll-62x29");
  g_assert_false (stock->colour);
}

static void
test_own_stocks_are_kept (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcStock) stock = parse (GOOD "dpi=203\ncolumns=2\ncolumn-pitch-mm=101.6667\n", NULL);
  g_autoptr (ConcStock) loaded = NULL;
  g_autoptr (GPtrArray) stocks = NULL;
  gboolean listed = FALSE;

  g_free (stock->name);
  stock->name = g_strdup ("club-labels");
  g_free (stock->title);
  stock->title = g_strdup ("Ours, “small” = 2 × 1\nor so");
  g_assert_true (conc_stock_save (stock, &error));
  g_assert_no_error (error);
  /* Saved again, it is replaced. */
  stock->dpi = 300;
  g_assert_true (conc_stock_save (stock, &error));
  loaded = conc_stock_load ("club-labels", &error);
  g_assert_no_error (error);
  g_assert_true (loaded->custom);
  g_assert_cmpint (loaded->dpi, ==, 300);
  g_assert_cmpint (loaded->columns, ==, 2);
  g_assert_cmpfloat_with_epsilon (loaded->column_pitch_mm, 101.667, 1e-9);
  g_assert_cmpstr (loaded->title, ==, stock->title);
  stocks = conc_stock_list ();
  for (guint i = 0; i < stocks->len; i++)
    {
      const ConcStock *one = stocks->pdata[i];

      g_assert_cmpint (one->custom, ==, g_str_equal (one->name, "club-labels"));
      listed = listed || one->custom;
    }
  g_assert_true (listed);
  g_assert_true (conc_stock_delete ("club-labels", &error));
  g_assert_no_error (error);
  g_assert_false (conc_stock_delete ("club-labels", &error));
  g_assert_error (error, CONC_PRINT_ERROR, CONC_PRINT_ERROR_STOCK_UNKNOWN);
}

static void
test_names_are_safe (void)
{
  static const char *const NAMES[] = {
    "",
    ".",
    "..",
    "../x",
    "a/b",
    "Über",
    "a b",
    ".stock",
    "-a",
    "A",
    "avery-5163",
    "\xff",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (NAMES); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ConcStock) stock = parse (GOOD, NULL);

      g_test_message ("%s", NAMES[i]);
      g_free (stock->name);
      stock->name = g_strdup (NAMES[i]);
      g_assert_false (conc_stock_save (stock, &error));
      g_assert_error (error, CONC_PRINT_ERROR, CONC_PRINT_ERROR_STOCK_INVALID);
      g_clear_error (&error);
      g_assert_false (conc_stock_delete (NAMES[i], &error));
      g_assert_error (error, CONC_PRINT_ERROR, CONC_PRINT_ERROR_STOCK_INVALID);
    }
}

/* What others left in the folder neither stops the program nor is taken for a stock. */
static void
test_a_broken_file_is_left_out (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) before = conc_stock_list ();
  g_autoptr (GPtrArray) after = NULL;
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "concourse", "stocks", NULL);
  g_autofree char *broken = g_build_filename (folder, "broken.stock", NULL);
  g_autofree char *shadow = g_build_filename (folder, "avery-5163.stock", NULL);
  g_autofree char *huge = g_build_filename (folder, "huge.stock", NULL);
  g_autofree char *bytes = g_strnfill (100 * 1024, '#');
  g_autoptr (ConcStock) own = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (broken, "[Label Stock]\n", -1, NULL));
  g_assert_true (g_file_set_contents (shadow, GOOD, -1, NULL));
  g_assert_true (g_file_set_contents (huge, bytes, -1, NULL));
  after = conc_stock_list ();
  g_assert_cmpuint (after->len, ==, before->len);
  g_assert_null (conc_stock_load ("broken", &error));
  g_assert_error (error, CONC_PRINT_ERROR, CONC_PRINT_ERROR_STOCK_INVALID);
  g_clear_error (&error);
  g_assert_null (conc_stock_load ("huge", &error));
  g_assert_nonnull (error);
  own = conc_stock_load ("avery-5163", NULL);
  g_assert_cmpint (own->columns, ==, 2);
  g_assert_cmpint (g_unlink (broken) + g_unlink (shadow) + g_unlink (huge), ==, 0);
}

/* The last part of the path first. */
static void
remove_folder (const char *folder)
{
  g_autofree char *stocks = g_build_filename (folder, "concourse", "stocks", NULL);
  g_autofree char *concourse = g_path_get_dirname (stocks);

  g_rmdir (stocks);
  g_rmdir (concourse);
  g_rmdir (folder);
}

int
main (int argc, char *argv[])
{
  g_autofree char *folder = g_dir_make_tmp ("concourse-stocks-XXXXXX", NULL);
  int              status;

  setlocale (LC_ALL, "");
  /* Before anything asks for the folder; GLib's own isolation of tests leaks. */
  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stock/defaults", test_defaults);
  g_test_add_func ("/stock/refusals", test_refusals);
  g_test_add_func ("/stock/labels may touch each other and the edge",
                   test_labels_may_touch_each_other_and_the_edge);
  g_test_add_func ("/stock/positions run row by row", test_positions_run_row_by_row);
  g_test_add_func ("/stock/the program brings valid stocks", test_the_program_brings_valid_stocks);
  g_test_add_func ("/stock/an unknown stock names the known ones",
                   test_an_unknown_stock_names_the_known_ones);
  g_test_add_func ("/stock/own stocks are kept", test_own_stocks_are_kept);
  g_test_add_func ("/stock/names are safe", test_names_are_safe);
  g_test_add_func ("/stock/a broken file is left out", test_a_broken_file_is_left_out);
  g_test_add_func ("/stock/a copy is independent", test_a_copy_is_independent);
  status = g_test_run ();
  remove_folder (folder);
  return status;
}
