/* test-chip-table.c: files of chips and bibs, whole and broken, and lists of people. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/chip-table.h"

#include "core/encoding.h"
#include "core/error.h"

#include <locale.h>
#include <string.h>

static char *
read_file (const char *name)
{
  g_autofree char *path = g_build_filename (TEST_DATA_DIR, "chip", name, NULL);
  g_autofree char *bytes = NULL;
  gsize            length;
  char            *text;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  text = conc_encoding_to_utf8 (bytes, length, NULL, NULL, NULL);
  g_assert_nonnull (text);
  return text;
}

/* "bib:tag" of every chip, then the sentences, each on a line of its own. */
static char *
describe (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcChipTable) table = conc_chip_table_read (text, &error);
  GString *out = g_string_new (NULL);

  if (table == NULL)
    {
      g_string_append (out, error->message);
      return g_string_free (out, FALSE);
    }
  for (guint i = 0; i < table->chips->len; i++)
    {
      const ConcChip *chip = g_ptr_array_index (table->chips, i);

      g_string_append_printf (out, "%s%u:%s", i > 0 ? " " : "", chip->bib, chip->tag);
    }
  for (guint i = 0; i < table->problems->len; i++)
    {
      const ConcProblem *problem = g_ptr_array_index (table->problems, i);

      g_assert_cmpint (problem->severity, ==, CONC_PROBLEM_REFUSED);
      g_string_append_printf (out, "\n%s", problem->sentence);
    }
  return g_string_free (out, FALSE);
}

static void
test_files (void)
{
  static const struct
  {
    const char *name;
    const char *expected;
  } files[] = {
    { "bibchip/single.txt", "3312:058003799177" },
    { "bibchip/empty.txt", "" },
    { "bibchip/malformed_missing_fields.txt", "4401:05800374ea00\nLine 2 has no bib or no chip." },
    { "ppl/single.ppl", "This is a list of people: it has bibs and names, but no chips." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *text = read_file (files[i].name);
      g_autofree char *described = describe (text);

      g_assert_cmpstr (described, ==, files[i].expected);
    }
}

static void
test_long_files (void)
{
  static const struct
  {
    const char *name;
    guint       n_chips;
    guint       n_problems;
  } files[] = {
    { "bibchip/large.txt", 100, 0 },
    { "bibchip/multiple.txt", 10, 0 },
    { "bibchip/invalid_record.txt", 10, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *text = read_file (files[i].name);
      g_autoptr (ConcChipTable) table = conc_chip_table_read (text, NULL);

      g_assert_nonnull (table);
      g_assert_cmpuint (table->chips->len, ==, files[i].n_chips);
      g_assert_cmpuint (table->problems->len, ==, files[i].n_problems);
    }
}

static void
test_tables (void)
{
  static const struct
  {
    const char *text;
    const char *expected;
  } tables[] = {
    { "Chip Code;Name;Bib\n0580AB;Ada;214\n", "214:0580ab" },
    { "1,AA\n1,BB\n1,AA\n", "1:aa 1:bb" },
    { "1,AA\n2,aa\n", "1:aa\nLine 2: chip aa is of bib 1 already, by line 1." },
    { "BIB,CHIP\nqwerty,qwerty\n", "\nLine 2: “qwerty” is not a bib." },
    { "0,AA1\n", "\nLine 1: “0” is not a bib." },
    { "5,A A\n", "\nLine 1: “A A” is not the code of a chip." },
    { ";comment\n\n5,A1\n", "5:a1" },
    { "\"5,A1\n", "A quotation mark is opened in line 1 and never closed." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *described = describe (tables[i].text);

      g_assert_cmpstr (described, ==, tables[i].expected);
    }
}

/* The list of people in Windows-1252, byte by byte: as a file it would be no text here. */
#define FOREIGN "4,\xff\xd6\xb0\xb1\xb2\xb3\xb4\xb5,\xb6\xb7\xb8\xb9\xba\xbb\xbc\xbd\xbe\n"

static void
test_people (void)
{
  g_autofree char *large = read_file ("ppl/large.ppl");
  g_autofree char *foreign = conc_encoding_to_utf8 (FOREIGN, strlen (FOREIGN), NULL, NULL, NULL);
  g_autofree char *comments = read_file ("ppl/only_comments.ppl");
  g_autofree char *csv = conc_people_list_to_csv (large);
  g_autofree char *foreign_csv = conc_people_list_to_csv (foreign);

  g_assert_true (conc_people_list_is (large));
  g_assert_true (g_str_has_prefix (csv, "Bib,Last Name,First Name,Team,,Gender\n\n1,Mitchell,"
                                        "Patricia,Urban Stride,,F\n"));
  g_assert_nonnull (strstr (foreign_csv, "\n4,ÿÖ°±²³´µ,¶·¸¹º»¼½¾\n"));
  g_assert_false (conc_people_list_is (comments));
  g_assert_false (conc_people_list_is ("BIB,CHIP\n1,Two,Three\n"));
  g_assert_false (conc_people_list_is ("3312,058003799177,x\n"));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chip-table/files", test_files);
  g_test_add_func ("/chip-table/long files", test_long_files);
  g_test_add_func ("/chip-table/tables", test_tables);
  g_test_add_func ("/chip-table/lists of people", test_people);
  return g_test_run ();
}
