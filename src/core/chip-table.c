/* chip-table.c: files that say which chip is whose. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/chip-table.h"

#include "core/columns-private.h"
#include "core/error.h"
#include "core/read-private.h"
#include "core/scan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char bib_names[] = "|bib|bib number|bib no|bib num|race number|race no|number|no|"
                                "start number|runner number|";
static const char tag_names[] = "|chip|chip code|chip id|chip number|chip no|chipcode|chipid|tag|"
                                "tag id|tag code|tag number|tagid|transponder|transponder id|"
                                "transponder code|epc|rfid|";

/* A list of people: the bib, the family name and more; a comment begins with a semicolon. */
#define PEOPLE_HEADER "Bib,Last Name,First Name,Team,,Gender\n"

typedef struct
{
  ConcChipTable *table;
  GHashTable    *seen; /* tag -> ConcChip of the table */
  int            bib_column;
  int            tag_column;
} Reading;

static void
chip_free (gpointer data)
{
  ConcChip *chip = data;

  g_free (chip->tag);
  g_free (chip);
}

/** conc_chip_fold: (transfer full): a tag as it is compared: readers differ in their letters. */
char *
conc_chip_fold (const char *tag)
{
  return g_ascii_strdown (tag, -1);
}

/** conc_chip_is_tag: whether a text can be the code of a chip. */
gboolean
conc_chip_is_tag (const char *text)
{
  ConcRead read;

  return conc_read_set_tag (&read, text);
}

/** conc_chip_table_free: frees a table. */
void
conc_chip_table_free (ConcChipTable *self)
{
  g_ptr_array_unref (self->chips);
  g_ptr_array_unref (self->problems);
  g_free (self);
}

static gboolean
is_named (const char *names, const char *header)
{
  g_autofree char *name = conc_columns_normalize_header (header);
  g_autofree char *wanted = g_strdup_printf ("|%s|", name);

  return *name != '\0' && strstr (names, wanted) != NULL;
}

/* Takes the columns from the first row. Without names the bib comes first; returns whether the row
 * is one of names. */
static gboolean
take_names (Reading *reading, const ConcCsvRow *row)
{
  reading->bib_column = -1;
  reading->tag_column = -1;
  for (guint i = 0; i < row->n_cells; i++)
    {
      if (reading->bib_column < 0 && is_named (bib_names, row->cells[i]))
        reading->bib_column = (int) i;
      else if (reading->tag_column < 0 && is_named (tag_names, row->cells[i]))
        reading->tag_column = (int) i;
    }
  if (reading->bib_column >= 0 && reading->tag_column >= 0)
    return TRUE;
  reading->bib_column = 0;
  reading->tag_column = 1;
  return FALSE;
}

static void
add_problem (Reading *reading, ConcProblemSeverity severity, guint line, char *take_sentence)
{
  ConcProblem *problem = g_new0 (ConcProblem, 1);

  problem->severity = severity;
  problem->line = line;
  problem->sentence = take_sentence;
  g_ptr_array_add (reading->table->problems, problem);
}

static char *
dup_cell (const ConcCsvRow *row, int column)
{
  return g_strstrip (g_strdup ((guint) column < row->n_cells ? row->cells[column] : ""));
}

/* One chip is of one bib; a bib may have several chips, on both shoes or as a spare. */
static void
add_chip (Reading *reading, const char *tag, guint bib, guint line)
{
  g_autofree char *folded = conc_chip_fold (tag);
  const ConcChip  *before = g_hash_table_lookup (reading->seen, folded);
  ConcChip        *chip;

  if (before != NULL && before->bib != bib)
    {
      add_problem (reading, CONC_PROBLEM_REFUSED, line,
                   g_strdup_printf (_ ("Line %u: chip %s is of bib %u already, by line %u."), line,
                                    tag, before->bib, before->line));
      return;
    }
  if (before != NULL)
    return;
  chip = g_new0 (ConcChip, 1);
  chip->tag = g_steal_pointer (&folded);
  chip->bib = bib;
  chip->line = line;
  g_ptr_array_add (reading->table->chips, chip);
  g_hash_table_insert (reading->seen, chip->tag, chip);
}

static gboolean
is_empty (const ConcCsvRow *row)
{
  for (guint i = 0; i < row->n_cells; i++)
    if (row->cells[i][strspn (row->cells[i], " \t")] != '\0')
      return FALSE;
  return TRUE;
}

static void
read_row (Reading *reading, const ConcCsvRow *row)
{
  g_autofree char *bib_text = dup_cell (row, reading->bib_column);
  g_autofree char *tag = dup_cell (row, reading->tag_column);
  guint            bib;

  if (is_empty (row))
    return;
  if (*tag == '\0' || *bib_text == '\0')
    add_problem (reading, CONC_PROBLEM_REFUSED, row->line,
                 g_strdup_printf (_ ("Line %u has no bib or no chip."), row->line));
  else if (!conc_read_parse_bib (bib_text, &bib))
    {
      g_autofree char *shown = conc_dup_quotable (bib_text);

      add_problem (reading, CONC_PROBLEM_REFUSED, row->line,
                   g_strdup_printf (_ ("Line %u: “%s” is not a bib."), row->line, shown));
    }
  else if (!conc_chip_is_tag (tag))
    {
      g_autofree char *shown = conc_dup_quotable (tag);

      add_problem (reading, CONC_PROBLEM_REFUSED, row->line,
                   g_strdup_printf (_ ("Line %u: “%s” is not the code of a chip."), row->line,
                                    shown));
    }
  else
    add_chip (reading, tag, bib, row->line);
}

static gboolean
read_rows (Reading *reading, ConcCsvReader *csv, GError **error)
{
  gboolean   is_first = TRUE;
  ConcCsvRow row;

  while (TRUE)
    {
      switch (conc_csv_reader_next (csv, &row, error))
        {
        case CONC_CSV_STEP_FAILED:
          return FALSE;
        case CONC_CSV_STEP_END:
          return TRUE;
        case CONC_CSV_STEP_ROW:
        default:
          break;
        }
      if (!is_first || !take_names (reading, &row))
        read_row (reading, &row);
      is_first = FALSE;
    }
}

static gboolean
is_comment (const char *line)
{
  line += strspn (line, " \t");
  return *line == ';' || *line == '\0' || *line == '\r';
}

/* The lines that are no comments; the others are left empty, so that lines keep their numbers. */
static GString *
dup_without_comments (const char *text, const char *header)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *kept = g_string_new (header);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (!is_comment (lines[i]))
        g_string_append (kept, lines[i]);
      if (lines[i + 1] != NULL)
        g_string_append_c (kept, '\n');
    }
  return kept;
}

/**
 * conc_chip_table_read:
 * @text: a file with bibs and chips, UTF-8; with or without names of columns. Without them the bib
 *   comes first. A line that begins with a semicolon is a comment.
 * @error: what conc_csv_reader_new() has, or CONC_CORE_ERROR_INVALID for a list of people
 *
 * Lines that cannot be read are refused one by one, each with a sentence. A chip that is given to
 * two bibs stays with the first.
 *
 * Returns: (transfer full): the table; without rows of an empty file. NULL with @error. Any thread.
 */
ConcChipTable *
conc_chip_table_read (const char *text, GError **error)
{
  g_autoptr (ConcChipTable) table = NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (ConcCsvReader) csv = NULL;
  g_autoptr (GString) kept = NULL;
  Reading reading = { 0 };

  if (conc_people_list_is (text))
    {
      g_set_error_literal (error, CONC_CORE_ERROR, CONC_CORE_ERROR_INVALID,
                           _ ("This is a list of people: it has bibs and names, but no chips."));
      return NULL;
    }
  kept = dup_without_comments (text, NULL);
  csv = conc_csv_reader_new (kept->str, kept->len, error);
  if (csv == NULL)
    return NULL;
  table = g_new0 (ConcChipTable, 1);
  table->chips = g_ptr_array_new_with_free_func (chip_free);
  table->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_problem_free);
  reading.table = table;
  reading.seen = seen;
  if (!read_rows (&reading, csv, error))
    return NULL;
  return g_steal_pointer (&table);
}

/* A number, then a word without digits, then more. */
static gboolean
is_person (const char *line)
{
  gsize n_digits = strspn (line, "0123456789");
  gsize n_word;

  if (n_digits == 0 || line[n_digits] != ',')
    return FALSE;
  line += n_digits + 1;
  n_word = strcspn (line, ",\"0123456789");
  return n_word > 0 && line[n_word] == ',';
}

/**
 * conc_people_list_is:
 * @text: a file
 *
 * Whether a file is a list of people as IPICO's programs keep it: no names of columns, comments
 * behind semicolons, and in the first line with cells a bib, two names and, as far as known, a
 * team, a cell that nobody uses, and the sex.
 *
 * Source: the sample files of rusty-timer.
 */
gboolean
conc_people_list_is (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", 100);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (!is_comment (lines[i]))
        return is_person (lines[i]);
    }
  return FALSE;
}

/**
 * conc_people_list_to_csv:
 * @text: a list of people
 *
 * Returns: (transfer full): the same with names of columns and without comments, for the import of
 *   runners. Lines keep their numbers. Any thread.
 */
char *
conc_people_list_to_csv (const char *text)
{
  return g_string_free (dup_without_comments (text, PEOPLE_HEADER), FALSE);
}
