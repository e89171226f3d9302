/* test-csv.c: tables in CSV form, read and written. */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/csv.h"
#include "core/encoding.h"
#include "core/error.h"

#include <locale.h>
#include <string.h>

/* Writes rows as "line:[a][b]", and the error that they end with, if any. */
static void
dump_rows (ConcCsvReader *reader, GString *out)
{
  g_autoptr (GError) error = NULL;
  ConcCsvRow  row;
  ConcCsvStep step;

  while ((step = conc_csv_reader_next (reader, &row, &error)) == CONC_CSV_STEP_ROW)
    {
      g_string_append_printf (out, "%s%u:", out->len > 0 ? " " : "", row.line);
      for (guint i = 0; i < row.n_cells; i++)
        g_string_append_printf (out, "[%s]", row.cells[i]);
    }
  if (step == CONC_CSV_STEP_FAILED)
    {
      g_string_append_printf (out, "%s%s", out->len > 0 ? " " : "", error->message);
      g_assert_cmpint (conc_csv_reader_next (reader, &row, NULL), ==, CONC_CSV_STEP_END);
    }
}

/* A table as one text. */
static char *
dump (const char *text, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcCsvReader) reader = conc_csv_reader_new (text, length, &error);
  GString *out;

  if (reader == NULL)
    return g_strdup (error->message);
  out = g_string_new (NULL);
  dump_rows (reader, out);
  return g_string_free (out, FALSE);
}

/* The same, with a reader of its own for each @n_rows rows. */
static char *
dump_parts (const char *text, gsize length, guint n_rows)
{
  g_autoptr (ConcCsvReader) whole = conc_csv_reader_new (text, length, NULL);
  GString    *out = g_string_new (NULL);
  ConcCsvStep step = CONC_CSV_STEP_ROW;

  g_assert_nonnull (whole);
  while (step == CONC_CSV_STEP_ROW)
    {
      g_autoptr (ConcCsvReader) part = NULL;
      ConcCsvMark start, end;
      ConcCsvRow  row;

      conc_csv_reader_get_mark (whole, &start);
      for (guint i = 0; step == CONC_CSV_STEP_ROW && i < n_rows; i++)
        step = conc_csv_reader_next (whole, &row, NULL);
      conc_csv_reader_get_mark (whole, &end);
      part = conc_csv_reader_new_part (text, &start, end.offset,
                                       conc_csv_reader_get_delimiter (whole));
      dump_rows (part, out);
    }
  return g_string_free (out, FALSE);
}

static void
test_read (void)
{
  static const struct
  {
    const char *text;
    const char *rows;
  } vectors[] = {
    { "", "" },
    { "\n\r\n\r", "" },
    { "\357\273\277", "" },
    { "a", "1:[a]" },
    { "a,b\r\nc,d\r\n", "1:[a][b] 2:[c][d]" },
    { "a,b\nc,d", "1:[a][b] 2:[c][d]" },
    { "a,b\rc,d\r", "1:[a][b] 2:[c][d]" },
    { "a\r\n\r\n\nb\r\rc", "1:[a] 4:[b] 6:[c]" },
    { "\357\273\277a,b", "1:[a][b]" },
    { "\357\273\277\"a\",b", "1:[a][b]" },
    { ",", "1:[][]" },
    { "a,", "1:[a][]" },
    { ",a\n,", "1:[][a] 2:[][]" },
    { "\"\"", "1:[]" },
    { "\"\",\"\"\n", "1:[][]" },
    { "\"a,b\",c", "1:[a,b][c]" },
    { "\"a \"\"b\"\" c\",d", "1:[a \"b\" c][d]" },
    { "\"\"\"\"", "1:[\"]" },
    { "a,\"x\r\ny\nz\rw\"\nb", "1:[a][x\r\ny\nz\rw] 5:[b]" },
    { "\n\"x\n\n\"\ny", "2:[x\n\n] 5:[y]" },
    { "5'10\" tall,b\"\"c", "1:[5'10\" tall][b\"\"c]" },
    { "\"a\"b\"c\",d", "1:[ab\"c\"][d]" },
    { " \"a\" , b ", "1:[ \"a\" ][ b ]" },
    { "a\tb\nc\td,e", "1:[a][b] 2:[c][d,e]" },
    { "a;b;\"c;d\"\n1,5;2", "1:[a][b][c;d] 2:[1,5][2]" },
    { "\"x;y;z\",b\nc", "1:[x;y;z][b] 2:[c]" },
    { "a\n1;2", "1:[a] 2:[1;2]" },
    { "sep=;\r\na;b", "2:[a][b]" },
    { "sep=|\na|b,c", "2:[a][b,c]" },
    { "sep=", "1:[sep=]" },
    { "a,b,c\n1,2\n1,2,3,4", "1:[a][b][c] 2:[1][2] 3:[1][2][3][4]" },
    { "\xc3\x98,\"\xe2\x82\xac\"", "1:[\xc3\x98][\xe2\x82\xac]" },
    { "a,\"b", "A quotation mark is opened in line 1 and never closed." },
    { "a\n\"b\n\n\"\n\"c\nd\"\"\ne",
      "1:[a] 2:[b\n\n] A quotation mark is opened in line 5 and never "
      "closed." },
    { "\"", "A quotation mark is opened in line 1 and never closed." },
    { "\"a\"\"", "A quotation mark is opened in line 1 and never closed." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *rows = dump (vectors[i].text, strlen (vectors[i].text));
      g_autofree char *one_by_one = dump_parts (vectors[i].text, strlen (vectors[i].text), 1);
      g_autofree char *in_pairs = dump_parts (vectors[i].text, strlen (vectors[i].text), 2);

      g_assert_cmpstr (rows, ==, vectors[i].rows);
      g_assert_cmpstr (one_by_one, ==, vectors[i].rows);
      g_assert_cmpstr (in_pairs, ==, vectors[i].rows);
    }
}

static void
test_refuses_what_is_not_text (void)
{
  static const char zero[] = "a,b\0c,d";
  g_autoptr (GError) error = NULL;

  g_assert_null (conc_csv_reader_new (zero, sizeof zero - 1, &error));
  g_assert_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_ENCODING);
  g_clear_error (&error);
  g_assert_null (conc_csv_reader_new ("a,\xff", 3, &error));
  g_assert_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_ENCODING);
}

static void
assert_limit (const char *text, gsize length, ConcCsvStep expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcCsvReader) reader = conc_csv_reader_new (text, length, &error);
  ConcCsvRow row;

  g_assert_no_error (error);
  g_assert_cmpint (conc_csv_reader_next (reader, &row, &error), ==, expected);
  if (expected == CONC_CSV_STEP_FAILED)
    g_assert_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_LIMIT);
  else
    g_assert_no_error (error);
}

static void
test_limits (void)
{
  g_autofree char *commas = g_strnfill (CONC_CSV_MAX_COLUMNS, ',');
  g_autofree char *letters = g_strnfill (CONC_CSV_MAX_CELL_BYTES + 1, 'x');
  g_autofree char *quoted = g_strdup_printf ("\"%s\"", letters);

  assert_limit (commas, CONC_CSV_MAX_COLUMNS - 1, CONC_CSV_STEP_ROW);
  assert_limit (commas, CONC_CSV_MAX_COLUMNS, CONC_CSV_STEP_FAILED);
  assert_limit (letters, CONC_CSV_MAX_CELL_BYTES, CONC_CSV_STEP_ROW);
  assert_limit (letters, CONC_CSV_MAX_CELL_BYTES + 1, CONC_CSV_STEP_FAILED);
  assert_limit (quoted, strlen (quoted), CONC_CSV_STEP_FAILED);
}

static void
test_delimiter_can_be_set (void)
{
  g_autoptr (ConcCsvReader) reader = conc_csv_reader_new ("a|b,c", 5, NULL);
  ConcCsvRow row;

  g_assert_cmpint (conc_csv_reader_get_delimiter (reader), ==, ',');
  conc_csv_reader_set_delimiter (reader, '|');
  g_assert_cmpint (conc_csv_reader_next (reader, &row, NULL), ==, CONC_CSV_STEP_ROW);
  g_assert_cmpuint (row.n_cells, ==, 2);
  g_assert_cmpstr (row.cells[1], ==, "b,c");
  g_assert_cmpint (conc_csv_reader_next (reader, &row, NULL), ==, CONC_CSV_STEP_END);
  g_assert_cmpint (conc_csv_reader_next (reader, &row, NULL), ==, CONC_CSV_STEP_END);
}

static void
test_write (void)
{
  static const struct
  {
    const char       *cells[3];
    guint             n_cells;
    ConcCsvWriteFlags flags;
    const char       *row;
  } vectors[] = {
    { { "a", "b", "c" }, 3, 0, "a,b,c\n" },
    { { "a", NULL, "" }, 3, 0, "a,,\n" },
    { { "" }, 1, 0, "\"\"\n" },
    { { NULL }, 1, 0, "\"\"\n" },
    { { "a,b", "c\"d", "e\nf" }, 3, 0, "\"a,b\",\"c\"\"d\",\"e\nf\"\n" },
    { { " a", "b ", "c;d" }, 3, 0, "\" a\",\"b \",\"c;d\"\n" },
    { { "=1+1", "+1", "@x" }, 3, 0, "=1+1,+1,@x\n" },
    { { "=1+1", "+1-612", "@x" }, 3, 1, "'=1+1,'+1-612,'@x\n" },
    { { "-5.00", "-x", "\tx" }, 3, 1, "-5.00,'-x,\"'\tx\"\n" },
    { { "=\"a\"", "'x", "-" }, 3, 1, "\"'=\"\"a\"\"\",'x,'-\n" },
    { { "\r=x", "--1", "+.5" }, 3, 1, "\"'\r=x\",'--1,+.5\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);

      conc_csv_append_row (out, vectors[i].cells, vectors[i].n_cells, vectors[i].flags);
      g_assert_cmpstr (out->str, ==, vectors[i].row);
    }
}

static void
assert_round_trip (const char *const *cells, guint n_cells, const char *before)
{
  g_autoptr (GString) out = g_string_new (before);
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcCsvReader) reader = NULL;
  ConcCsvRow row;

  conc_csv_append_row (out, cells, n_cells, CONC_CSV_WRITE_DEFAULT);
  reader = conc_csv_reader_new (out->str, out->len, &error);
  g_assert_no_error (error);
  g_assert_cmpint (conc_csv_reader_next (reader, &row, &error), ==, CONC_CSV_STEP_ROW);
  g_assert_cmpuint (row.n_cells, ==, n_cells);
  for (guint i = 0; i < n_cells; i++)
    g_assert_cmpstr (row.cells[i], ==, cells[i]);
  g_assert_cmpint (conc_csv_reader_next (reader, &row, &error), ==, CONC_CSV_STEP_END);
}

static void
test_what_was_written_is_read (void)
{
  static const char *pieces[] = { "a",    "\"", ",", ";",     "\t",       "\n",           "\r",
                                  "\r\n", " ",  "'", "sep=;", "\xc3\x98", "\357\273\277", "|" };
  GRand             *random = g_rand_new_with_seed (5);

  for (guint round = 0; round < 3000; round++)
    {
      guint n_cells = (guint) g_rand_int_range (random, 1, 5);
      g_auto (GStrv) cells = g_new0 (char *, n_cells + 1);

      for (guint i = 0; i < n_cells; i++)
        {
          g_autoptr (GString) cell = g_string_new (NULL);

          for (int left = g_rand_int_range (random, 0, 5); left > 0; left--)
            g_string_append (cell, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
          cells[i] = g_string_free (g_steal_pointer (&cell), FALSE);
        }
      assert_round_trip ((const char *const *) cells, n_cells,
                         round % 2 == 0 ? "" : "\357\273\277");
    }
  g_rand_free (random);
}

/* The same checks as the fuzz target makes, over mutations of a known file. */
static void
check_any_bytes (const char *bytes, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcCsvReader) reader = NULL;
  g_autofree char *text = NULL;
  gsize            text_length = 0;
  guint            last_line = 0;
  ConcCsvRow       row;
  ConcCsvStep      step;

  text = conc_encoding_to_utf8 (bytes, length, &text_length, NULL, &error);
  if (text == NULL)
    {
      g_assert_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_ENCODING);
      return;
    }
  reader = conc_csv_reader_new (text, text_length, &error);
  g_assert_no_error (error);
  while ((step = conc_csv_reader_next (reader, &row, &error)) == CONC_CSV_STEP_ROW)
    {
      g_assert_cmpuint (row.line, >, last_line);
      last_line = row.line;
      g_assert_cmpuint (row.n_cells, >, 0);
      for (guint i = 0; i < row.n_cells; i++)
        g_assert_true (g_utf8_validate (row.cells[i], -1, NULL));
      assert_round_trip (row.cells, row.n_cells, "");
    }
  g_assert_true ((step == CONC_CSV_STEP_FAILED) == (error != NULL));
}

static void
test_mutations (void)
{
  static const char seed[] =
      "\357\273\277Name,\"Note, long\",Age\r\n\"O'Brien, P\",\"says \"\"hi\"\"\r\nthere\",41\r\n"
      "S\303\270rensen,,\n\n\"\",x;y\tz,\"\"\r\n";
  static const char bytes[] = "\",;\t\r\n\0\xff\xc3\x98\xfe =a";
  GRand            *random = g_rand_new_with_seed (2017);

  for (guint round = 0; round < 6000; round++)
    {
      g_autoptr (GString) text = g_string_new_len (seed, sizeof seed - 1);

      for (int left = g_rand_int_range (random, 1, 6); left > 0; left--)
        {
          gssize at = g_rand_int_range (random, 0, (gint32) text->len);
          char   byte = bytes[g_rand_int_range (random, 0, sizeof bytes - 1)];

          if (g_rand_boolean (random))
            text->str[at] = byte;
          else if (g_rand_boolean (random))
            g_string_insert_c (text, at, byte);
          else
            g_string_erase (text, at, MIN (4, (gssize) text->len - at - 1));
        }
      check_any_bytes (text->str, text->len);
    }
  g_rand_free (random);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/csv/refuses what is not text", test_refuses_what_is_not_text);
  g_test_add_func ("/csv/limits", test_limits);
  g_test_add_func ("/csv/read", test_read);
  g_test_add_func ("/csv/delimiter can be set", test_delimiter_can_be_set);
  g_test_add_func ("/csv/write", test_write);
  g_test_add_func ("/csv/what was written is read", test_what_was_written_is_read);
  g_test_add_func ("/csv/mutations", test_mutations);

  return g_test_run ();
}
