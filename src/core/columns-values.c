/* columns-values.c: cells of registrations as numbers, dates and answers. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/columns-private.h"

#include "core/money.h"
#include "core/race-time.h"
#include "core/scan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FIRST_BIRTH_YEAR 1900
#define AGE_MAX 120
/* Registrations have no date before this century. */
#define LAST_REGISTRATION_YEAR 2099

typedef struct
{
  const char *word;
  const char *sex; /* "" for an answer that tells nothing */
} SexWord;

static const SexWord sex_words[] = {
  { "f", "F" },
  { "m", "M" },
  { "female", "F" },
  { "male", "M" },
  { "woman", "F" },
  { "man", "M" },
  { "w", "F" },
  { "girl", "F" },
  { "boy", "M" },
  { "women", "F" },
  { "men", "M" },
  { "x", "X" },
  { "nb", "X" },
  { "nonbinary", "X" },
  { "non-binary", "X" },
  { "non binary", "X" },
  { "other", "X" },
  { "another gender", "X" },
  { "n", "X" },
  { "u", "" },
  { "unknown", "" },
  { "not specified", "" },
  { "unspecified", "" },
  { "prefer not to say", "" },
  { "prefer not to answer", "" },
  { "prefer not to disclose", "" },
  { "decline to state", "" },
  { "not provided", "" },
  { "n/a", "" },
  { "-", "" },
};

static void
note (ConcRunnerReading *r, char *take_sentence)
{
  conc_columns_add_problem (r->problems, CONC_PROBLEM_NOTE, r->row->line, take_sentence);
}

static const char *
get (ConcRunnerReading *r, int meaning)
{
  return conc_columns_get_cell (r->columns, r->row, meaning);
}

static void
note_left_out (ConcRunnerReading *r, ConcField field, const char *cell)
{
  g_autofree char *shown = conc_dup_quotable (cell);

  note (r, g_strdup_printf (_ ("Line %u: “%s” cannot be read as %s and was left out."),
                            r->row->line, shown, conc_field_get_title (field)));
}

static void
read_bib (ConcRunnerReading *r)
{
  const char *cell = get (r, CONC_FIELD_BIB);
  const char *cursor = *cell == '#' ? cell + 1 : cell;
  gint64      bib = 0;

  if (*cell == '\0' || strcmp (cell, "0") == 0)
    return; /* 0 is how some platforms write that there is none */
  if (!conc_scan_digits (&cursor, 1, 9, &bib) || *cursor != '\0' || bib < 1 || bib > CONC_BIB_MAX)
    {
      g_autofree char *shown = conc_dup_quotable (cell);

      note (r, g_strdup_printf (_ ("Line %u: “%s” is not a bib from 1 to %u and was left out."),
                                r->row->line, shown, CONC_BIB_MAX));
      return;
    }
  conc_runner_take (r->runner, CONC_FIELD_BIB, g_strdup_printf ("%u", (guint) bib));
}

static void
read_sex (ConcRunnerReading *r)
{
  const char *cell = get (r, CONC_FIELD_SEX);

  if (*cell == '\0')
    return;
  for (guint i = 0; i < G_N_ELEMENTS (sex_words); i++)
    if (g_ascii_strcasecmp (cell, sex_words[i].word) == 0)
      {
        conc_runner_set (r->runner, CONC_FIELD_SEX, sex_words[i].sex);
        return;
      }
  note_left_out (r, CONC_FIELD_SEX, cell);
}

static gboolean
read_birth_date (ConcRunnerReading *r)
{
  const char      *cell = get (r, CONC_FIELD_BIRTH_DATE);
  g_autofree char *iso = NULL;
  ConcExportDate   date;
  int              age;

  if (*cell == '\0')
    return FALSE;
  if (!conc_columns_parse_date (r->columns, r->row, CONC_FIELD_BIRTH_DATE, r->columns->race_year,
                                &date))
    {
      note_left_out (r, CONC_FIELD_BIRTH_DATE, cell);
      return FALSE;
    }
  iso = conc_export_date_to_iso (&date);
  age = conc_age_on (iso, r->columns->race_date);
  if (date.year < FIRST_BIRTH_YEAR || age < 0)
    {
      note (r, g_strdup_printf (
                   date.year < FIRST_BIRTH_YEAR
                       ? _ ("Line %u: the birth date %s lies before 1900 and was left out.")
                       : _ ("Line %u: the birth date %s lies after the race and was left out."),
                   r->row->line, iso));
      return FALSE;
    }
  conc_runner_take (r->runner, CONC_FIELD_BIRTH_DATE, g_steal_pointer (&iso));
  conc_runner_take (r->runner, CONC_FIELD_AGE, g_strdup_printf ("%d", age));
  return TRUE;
}

static void
read_age (ConcRunnerReading *r)
{
  const char *cell = get (r, CONC_FIELD_AGE);
  const char *cursor = cell;
  gint64      age = 0;

  if (*cell == '\0')
    return;
  if (!conc_scan_digits (&cursor, 1, 3, &age) || *cursor != '\0' || age > AGE_MAX)
    note_left_out (r, CONC_FIELD_AGE, cell);
  else if (age > 0) /* 0 is how some platforms write that it is not known */
    conc_runner_take (r->runner, CONC_FIELD_AGE, g_strdup_printf ("%d", (int) age));
}

static void
read_email (ConcRunnerReading *r)
{
  const char      *cell = get (r, CONC_FIELD_EMAIL);
  const char      *sign = strchr (cell, '@');
  g_autofree char *lower = NULL;

  if (*cell == '\0')
    return;
  if (sign == NULL || sign == cell || sign[1] == '\0' || strchr (cell, ' ') != NULL)
    {
      note_left_out (r, CONC_FIELD_EMAIL, cell);
      return;
    }
  lower = g_str_is_ascii (cell) ? g_ascii_strdown (cell, -1) : g_utf8_strdown (cell, -1);
  conc_columns_set_text (r, CONC_FIELD_EMAIL, lower);
}

static void
read_registered (ConcRunnerReading *r)
{
  const char    *cell = get (r, CONC_FIELD_REGISTERED);
  ConcExportDate date;

  if (*cell == '\0')
    return;
  if (!conc_columns_parse_date (r->columns, r->row, CONC_FIELD_REGISTERED, LAST_REGISTRATION_YEAR,
                                &date) ||
      !conc_export_date_is_instant (&date))
    note_left_out (r, CONC_FIELD_REGISTERED, cell);
  else
    conc_runner_take (r->runner, CONC_FIELD_REGISTERED,
                      conc_time_format_rfc3339 (conc_export_date_to_usec (&date, r->columns->zone),
                                                r->columns->utc));
}

static Answer
read_answer (ConcRunnerReading *r, int meaning)
{
  const char      *cell = get (r, meaning);
  Answer           answer = conc_columns_parse_answer (cell);
  g_autofree char *shown = NULL;

  if (answer == ANSWER_OTHER)
    {
      shown = conc_dup_quotable (cell);
      note (r, g_strdup_printf (_ ("Line %u: “%s” is neither yes nor no, so the runner will not be "
                                   "named in public."),
                                r->row->line, shown));
    }
  return answer;
}

/* Whoever asked not to be named is not named, also when the answer cannot be understood. */
static void
read_public (ConcRunnerReading *r)
{
  Answer shown = read_answer (r, CONC_FIELD_PUBLIC);
  Answer hidden = read_answer (r, COLUMN_HIDDEN);

  if (shown == ANSWER_NO || shown == ANSWER_OTHER || hidden == ANSWER_YES || hidden == ANSWER_OTHER)
    conc_runner_set (r->runner, CONC_FIELD_PUBLIC, "no");
  else if (shown == ANSWER_YES || hidden == ANSWER_NO)
    conc_runner_set (r->runner, CONC_FIELD_PUBLIC, "yes");
}

static void
read_waiver (ConcRunnerReading *r)
{
  const char    *cell = get (r, CONC_FIELD_WAIVER);
  ConcExportDate date;

  switch (conc_columns_parse_answer (cell))
    {
    case ANSWER_YES:
      conc_runner_set (r->runner, CONC_FIELD_WAIVER, "yes");
      break;
    case ANSWER_NO:
      conc_runner_set (r->runner, CONC_FIELD_WAIVER, "no");
      break;
    case ANSWER_OTHER:
      /* Some platforms write when it was accepted. */
      if (conc_export_date_parse (cell, CONC_DAY_ORDER_UNKNOWN, LAST_REGISTRATION_YEAR, &date) ||
          conc_export_date_parse (cell, CONC_DAY_ORDER_DAY_FIRST, LAST_REGISTRATION_YEAR, &date))
        conc_runner_set (r->runner, CONC_FIELD_WAIVER, "yes");
      else
        note_left_out (r, CONC_FIELD_WAIVER, cell);
      break;
    case ANSWER_NONE:
    default:
      break;
    }
}

static gboolean
parse_cents (const char *cell, gint64 *ret_cents)
{
  const char *cursor = cell;

  return conc_scan_digits (&cursor, 1, 11, ret_cents) && *cursor == '\0' &&
         *ret_cents <= CONC_MONEY_MAX_CENTS;
}

/* In dollars, or in cents in a column of its own. Nothing is as if it were not there. */
static void
read_money (ConcRunnerReading *r, ConcField field, int meaning_in_cents)
{
  gboolean    in_cents = *get (r, meaning_in_cents) != '\0';
  const char *cell = get (r, in_cents ? meaning_in_cents : (int) field);
  gint64      cents = 0;

  if (*cell == '\0')
    return;
  if (!(in_cents ? parse_cents (cell, &cents) : conc_money_parse_export (cell, &cents, NULL)))
    note_left_out (r, field, cell);
  else if (cents > 0)
    conc_runner_take (r->runner, field, g_strdup_printf ("%" G_GINT64_FORMAT, cents));
}

/* Only who is one is said to be; nobody else has to say no. */
static void
read_captain (ConcRunnerReading *r)
{
  const char *cell = get (r, CONC_FIELD_CAPTAIN);

  switch (conc_columns_parse_answer (cell))
    {
    case ANSWER_YES:
      conc_runner_set (r->runner, CONC_FIELD_CAPTAIN, "yes");
      break;
    case ANSWER_NO:
      conc_runner_set (r->runner, CONC_FIELD_CAPTAIN, "no");
      break;
    case ANSWER_OTHER:
      if (g_ascii_strcasecmp (cell, "captain") == 0)
        conc_runner_set (r->runner, CONC_FIELD_CAPTAIN, "yes");
      else
        note_left_out (r, CONC_FIELD_CAPTAIN, cell);
      break;
    case ANSWER_NONE:
    default:
      break;
    }
}

/**
 * conc_columns_set_text:
 * @r: the row that is being read
 * @field: a field
 * @text: its text, cleaned; of more than %CONC_NAME_MAX_CHARS characters it is left out with a note
 *
 * Any thread, one at a time.
 */
void
conc_columns_set_text (ConcRunnerReading *r, ConcField field, const char *text)
{
  if (*text == '\0')
    return;
  if (strlen (text) > CONC_NAME_MAX_CHARS && g_utf8_strlen (text, -1) > CONC_NAME_MAX_CHARS)
    note (r, g_strdup_printf (_ ("Line %u: the text for %s is longer than %d characters and was "
                                 "left out."),
                              r->row->line, conc_field_get_title (field), CONC_NAME_MAX_CHARS));
  else
    conc_runner_set (r->runner, field, text);
}

/**
 * conc_columns_read_values:
 * @r: the row that is being read
 *
 * Reads bib, sex, birth date, age, e-mail, time of registration, answers and money. What cannot
 * be read is left out with a note. Any thread, one at a time.
 */
void
conc_columns_read_values (ConcRunnerReading *r)
{
  read_bib (r);
  read_sex (r);
  if (!read_birth_date (r))
    read_age (r);
  read_email (r);
  read_registered (r);
  read_public (r);
  read_waiver (r);
  read_captain (r);
  read_money (r, CONC_FIELD_DONATION, COLUMN_DONATION_CENTS);
  read_money (r, CONC_FIELD_BALANCE, COLUMN_BALANCE_CENTS);
}
