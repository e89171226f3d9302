/* columns-clean.c: cells of exports, cleaned. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/columns-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char *const yes_words[] = { "yes",   "y",      "true",   "t",  "1",       "x",
                                         "on",    "ok",     "accept", "si", "checked", "accepted",
                                         "agree", "agreed", "signed", "sí", "✓",       "✔" };
static const char *const no_words[] = { "no",  "n",          "false",    "f",          "0",
                                        "off", "none",       "declined", "not signed", "unchecked",
                                        "-",   "not agreed", "unsigned" };

/* Words that belong to the family name behind them. */
static const char *const particles[] = { "van", "von", "der", "den", "de",  "del", "della",
                                         "di",  "da",  "dos", "das", "du",  "la",  "le",
                                         "el",  "al",  "bin", "ibn", "abu", "st.", "st",
                                         "ter", "ten", "zu",  "af",  "av" };
static const char *const suffixes[] = { "jr", "jr.", "sr", "sr.", "ii", "iii", "iv" };

static gboolean
is_listed (const char *const *words, guint n_words, const char *text)
{
  for (guint i = 0; i < n_words; i++)
    if (g_ascii_strcasecmp (words[i], text) == 0)
      return TRUE;
  return FALSE;
}

/* Plain ASCII with single spaces inside, as nearly all cells are. */
static gboolean
is_clean (const char *cell)
{
  char before = ' ';

  if (*cell == '\'' || *cell == '=')
    return FALSE;
  for (; *cell != '\0'; cell++)
    {
      if (*cell < ' ' || *cell == 0x7f || (*cell & 0x80) != 0 || (*cell == ' ' && before == ' '))
        return FALSE;
      before = *cell;
    }
  return before != ' ';
}

/* Zero-width and direction marks are invisible and make equal names differ; the two joiners are
 * letters of some scripts. */
static gboolean
is_invisible (gunichar letter)
{
  GUnicodeType type = g_unichar_type (letter);

  return (type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT) && letter != 0x200c &&
         letter != 0x200d;
}

/* Spreadsheets keep text from being changed with ="01234" or '01234. */
static void
strip_armour (GString *text)
{
  if (text->len >= 3 && g_str_has_prefix (text->str, "=\"") && text->str[text->len - 1] == '"')
    {
      g_string_truncate (text, text->len - 1);
      g_string_erase (text, 0, 2);
    }
  else if (text->len >= 2 && text->str[0] == '\'' &&
           (strchr ("=+-@", text->str[1]) != NULL || g_ascii_isdigit (text->str[1])))
    g_string_erase (text, 0, 1);
}

static void
compose (GString *text)
{
  g_autofree char *composed = NULL;

  if (strchr (text->str, '\xcc') == NULL && strchr (text->str, '\xcd') == NULL)
    return; /* no combining marks */
  composed = g_utf8_normalize (text->str, (gssize) text->len, G_NORMALIZE_DEFAULT_COMPOSE);
  if (composed != NULL)
    g_string_assign (text, composed);
}

static const char *
clean (GString *scratch, const char *cell)
{
  g_string_truncate (scratch, 0);
  for (const char *p = cell; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar letter = g_utf8_get_char (p);

      if (g_unichar_isspace (letter) || letter == 0x85)
        {
          if (scratch->len > 0 && scratch->str[scratch->len - 1] != ' ')
            g_string_append_c (scratch, ' ');
        }
      else if (!is_invisible (letter))
        g_string_append_unichar (scratch, letter);
    }
  if (scratch->len > 0 && scratch->str[scratch->len - 1] == ' ')
    g_string_truncate (scratch, scratch->len - 1);
  strip_armour (scratch);
  compose (scratch);
  return scratch->str;
}

/**
 * conc_columns_get_cell:
 * @self: a reader of rows
 * @row: a row
 * @meaning: what is wanted
 *
 * Returns: the cell without white space around and control characters in it, white space within
 *   as single spaces, accents composed; empty when the row or the file does not have it. Valid
 *   until the next call. Any thread, one at a time.
 */
const char *
conc_columns_get_cell (ConcColumns *self, const ConcCsvRow *row, int meaning)
{
  int column = self->columns[meaning];

  if (column < 0 || (guint) column >= row->n_cells)
    return "";
  if (is_clean (row->cells[column]))
    return row->cells[column];
  return clean (self->scratch, row->cells[column]);
}

/** conc_columns_dup_cell: like conc_columns_get_cell(). Returns: (transfer full) (nullable): a
 * copy, %NULL for an empty cell. */
char *
conc_columns_dup_cell (ConcColumns *self, const ConcCsvRow *row, int meaning)
{
  const char *cell = conc_columns_get_cell (self, row, meaning);

  return *cell != '\0' ? g_strdup (cell) : NULL;
}

static gboolean
repeats_header (ConcColumns *self, const ConcCsvRow *row)
{
  if (row->n_cells != self->n_columns || row->n_cells < 2)
    return FALSE;
  for (guint i = 0; i < row->n_cells; i++)
    if (strcmp (row->cells[i], self->headers[i]) != 0)
      return FALSE;
  return TRUE;
}

/**
 * conc_columns_check_width:
 * @self: a reader of rows
 * @row: a row
 * @problems: (element-type ConcProblem): where what is wrong is added
 *
 * Empty rows and a header in the middle of a file (two exports joined) are passed over with a
 * note. A row with more cells than there are columns is refused: most likely a comma within a
 * cell was not quoted, and every cell behind it is in the wrong column. Missing cells are empty.
 *
 * Returns: whether the row is to be read. Any thread.
 */
gboolean
conc_columns_check_width (ConcColumns *self, const ConcCsvRow *row, GPtrArray *problems)
{
  guint n_used = 0;

  for (guint i = 0; i < row->n_cells; i++)
    if (row->cells[i][strspn (row->cells[i], " \t")] != '\0')
      n_used = i + 1;

  if (n_used == 0)
    {
      conc_columns_add_problem (problems, CONC_PROBLEM_NOTE, row->line,
                                g_strdup_printf (_ ("Line %u is empty."), row->line));
      return FALSE;
    }
  if (n_used > self->n_columns)
    {
      conc_columns_add_problem (
          problems, CONC_PROBLEM_REFUSED, row->line,
          g_strdup_printf (_ ("Line %u has %u cells, but there are only %u columns: put a cell "
                              "with a comma in it into quotation marks."),
                           row->line, n_used, self->n_columns));
      return FALSE;
    }
  if (repeats_header (self, row))
    {
      conc_columns_add_problem (problems, CONC_PROBLEM_NOTE, row->line,
                                g_strdup_printf (_ ("Line %u repeats the names of the columns."),
                                                 row->line));
      return FALSE;
    }
  return TRUE;
}

/**
 * conc_columns_parse_date:
 * @self: a reader of rows
 * @row: a row
 * @meaning: a column of dates
 * @last_year: see conc_export_date_parse()
 * @ret_date: (out): the date
 *
 * Returns: whether the cell is a date, in the order that the column has. Any thread.
 */
gboolean
conc_columns_parse_date (ConcColumns      *self,
                         const ConcCsvRow *row,
                         int               meaning,
                         int               last_year,
                         ConcExportDate   *ret_date)
{
  gboolean day_first = self->day_first[meaning] && !self->month_first[meaning];

  return conc_export_date_parse (conc_columns_get_cell (self, row, meaning),
                                 day_first ? CONC_DAY_ORDER_DAY_FIRST : CONC_DAY_ORDER_MONTH_FIRST,
                                 last_year, ret_date);
}

/** conc_columns_parse_answer: Returns: what @text answers to a question for yes or no. */
Answer
conc_columns_parse_answer (const char *text)
{
  if (*text == '\0')
    return ANSWER_NONE;
  if (is_listed (yes_words, G_N_ELEMENTS (yes_words), text))
    return ANSWER_YES;
  return is_listed (no_words, G_N_ELEMENTS (no_words), text) ? ANSWER_NO : ANSWER_OTHER;
}

static gboolean
split_at_comma (const char *name, char **ret_given, char **ret_family)
{
  const char *comma = strchr (name, ',');
  const char *after;

  if (comma == NULL)
    return FALSE;
  after = comma + 1 + strspn (comma + 1, " ");
  if (is_listed (suffixes, G_N_ELEMENTS (suffixes), after))
    return FALSE;
  *ret_family = g_strchomp (g_strndup (name, (gsize) (comma - name)));
  *ret_given = g_strdup (after);
  return TRUE;
}

/* The word where the family name starts: the last but suffixes, or its first particle. */
static guint
find_family (char **words, guint n_words)
{
  guint start = n_words - 1;

  while (start > 1 && is_listed (suffixes, G_N_ELEMENTS (suffixes), words[start]))
    start--;
  while (start > 1 && is_listed (particles, G_N_ELEMENTS (particles), words[start - 1]))
    start--;
  return start;
}

/* Moves empty words to the end; returns how many others there are. */
static guint
drop_empty (char **words)
{
  guint count = 0;

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      {
        char *word = words[i];

        words[i] = words[count];
        words[count++] = word;
      }
  return count;
}

static char *
join (char **words, guint from, guint to)
{
  GString *joined = g_string_new (NULL);

  for (guint i = from; i < to; i++)
    g_string_append_printf (joined, "%s%s", i > from ? " " : "", words[i]);
  return g_string_free (joined, FALSE);
}

/**
 * conc_columns_split_name:
 * @name: a full name, cleaned
 * @ret_given: (out): the given name; empty when there is none
 * @ret_family: (out): the family name; empty when there is none
 *
 * Splits “Berg, Anna” at the comma, “Mary Ann Smith Jr.” and “Mateo de la Cruz” before the last
 * word and what belongs to it. A single word is a given name: people with one name are called by
 * it. Any thread.
 */
void
conc_columns_split_name (const char *name, char **ret_given, char **ret_family)
{
  g_autofree char *joined = NULL;
  g_auto (GStrv) words = NULL;
  guint n_words, family;

  if (split_at_comma (name, ret_given, ret_family))
    return;
  /* Only the comma before a suffix can be left, and with it an empty word. */
  joined = g_strdup (name);
  words = g_strsplit (g_strdelimit (joined, ",", ' '), " ", -1);
  n_words = drop_empty (words);
  family = n_words >= 2 ? find_family (words, n_words) : n_words;
  *ret_given = join (words, 0, family);
  *ret_family = join (words, family, n_words);
}

/** conc_columns_add_problem: adds a problem with the sentence @take_sentence to @problems. */
void
conc_columns_add_problem (GPtrArray          *problems,
                          ConcProblemSeverity severity,
                          guint               line,
                          char               *take_sentence)
{
  ConcProblem *problem = g_new0 (ConcProblem, 1);

  problem->severity = severity;
  problem->line = line;
  problem->sentence = take_sentence;
  g_ptr_array_add (problems, problem);
}
