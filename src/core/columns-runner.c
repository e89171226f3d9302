/* columns-runner.c: rows of registration exports as runners. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/columns-private.h"

#include "core/scan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Read as they are. */
static const ConcField plain_fields[] = { CONC_FIELD_EVENT,
                                          CONC_FIELD_WAVE,
                                          CONC_FIELD_TEAM,
                                          CONC_FIELD_KNOWN_AS,
                                          CONC_FIELD_SHIRT,
                                          CONC_FIELD_CITY,
                                          CONC_FIELD_STATE,
                                          CONC_FIELD_ZIP,
                                          CONC_FIELD_COUNTRY,
                                          CONC_FIELD_PHONE,
                                          CONC_FIELD_EMERGENCY_PHONE,
                                          CONC_FIELD_REGISTRATION_ID };

/* A row with one of these is of somebody who registered, but does not take part. */
static const char *const gone_words[] = { "cancelled",   "canceled",  "refunded",      "deleted",
                                          "transferred", "withdrawn", "deferred",      "removed",
                                          "void",        "voided",    "not attending", "dropped",
                                          "inactive" };

static void
refuse (ConcRunnerReading *r, char *take_sentence)
{
  conc_columns_add_problem (r->problems, CONC_PROBLEM_REFUSED, r->row->line, take_sentence);
}

static const char *
get (ConcRunnerReading *r, int meaning)
{
  return conc_columns_get_cell (r->columns, r->row, meaning);
}

static gboolean
is_longer (const char *text, glong max_chars)
{
  return strlen (text) > (gsize) max_chars && g_utf8_strlen (text, -1) > max_chars;
}

static gboolean
takes_part (ConcRunnerReading *r)
{
  const char      *status = get (r, COLUMN_STATUS);
  g_autofree char *shown = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (gone_words); i++)
    if (g_ascii_strcasecmp (status, gone_words[i]) == 0)
      {
        shown = conc_dup_quotable (status);
        refuse (r, g_strdup_printf (_ ("Line %u is not of a runner any more: its status is “%s”."),
                                    r->row->line, shown));
        return FALSE;
      }
  return TRUE;
}

static gboolean
read_names (ConcRunnerReading *r)
{
  g_autofree char *given = conc_columns_dup_cell (r->columns, r->row, CONC_FIELD_GIVEN_NAME);
  g_autofree char *family = conc_columns_dup_cell (r->columns, r->row, CONC_FIELD_FAMILY_NAME);

  if (given == NULL && family == NULL)
    conc_columns_split_name (get (r, COLUMN_FULL_NAME), &given, &family);
  if ((given == NULL || *given == '\0') && (family == NULL || *family == '\0'))
    {
      refuse (r, g_strdup_printf (_ ("Line %u has no name."), r->row->line));
      return FALSE;
    }
  if ((given != NULL && is_longer (given, CONC_NAME_MAX_CHARS)) ||
      (family != NULL && is_longer (family, CONC_NAME_MAX_CHARS)))
    {
      refuse (r, g_strdup_printf (_ ("Line %u has a name of more than %d characters."),
                                  r->row->line, CONC_NAME_MAX_CHARS));
      return FALSE;
    }
  conc_runner_take (r->runner, CONC_FIELD_GIVEN_NAME, g_steal_pointer (&given));
  conc_runner_take (r->runner, CONC_FIELD_FAMILY_NAME, g_steal_pointer (&family));
  return TRUE;
}

static gboolean
read_note (ConcRunnerReading *r, ConcField field)
{
  const char *text = get (r, field);

  if (is_longer (text, CONC_NOTE_MAX_CHARS))
    {
      refuse (r, g_strdup_printf (_ ("Line %u has a note of more than %d characters."),
                                  r->row->line, CONC_NOTE_MAX_CHARS));
      return FALSE;
    }
  if (*text != '\0')
    conc_runner_set (r->runner, field, text);
  return TRUE;
}

/* Where the sizes of minors have a column of their own, they are told from those of adults by the
 * word. */
static void
read_youth_shirt (ConcRunnerReading *r)
{
  const char      *cell = get (r, COLUMN_YOUTH_SHIRT);
  g_autofree char *size = NULL;

  if (*cell == '\0' || conc_runner_get (r->runner, CONC_FIELD_SHIRT) != NULL)
    return;
  size = g_ascii_strncasecmp (cell, "y", 1) == 0 || g_ascii_strncasecmp (cell, "kid", 3) == 0 ||
                 g_ascii_strncasecmp (cell, "child", 5) == 0
             ? g_strdup (cell)
             : g_strdup_printf ("Youth %s", cell);
  conc_columns_set_text (r, CONC_FIELD_SHIRT, size);
}

/* A name in one column or in two. */
static void
read_person (ConcRunnerReading *r, ConcField field, int given_meaning, int family_meaning)
{
  const char      *name = get (r, field);
  g_autofree char *given = NULL;
  g_autofree char *family = NULL;
  g_autofree char *joined = NULL;

  if (*name != '\0')
    {
      conc_columns_set_text (r, field, name);
      return;
    }
  given = conc_columns_dup_cell (r->columns, r->row, given_meaning);
  family = conc_columns_dup_cell (r->columns, r->row, family_meaning);
  if (given == NULL && family == NULL)
    return;
  joined = g_strjoin (given != NULL && family != NULL ? " " : "", given != NULL ? given : "",
                      family != NULL ? family : "", NULL);
  conc_columns_set_text (r, field, joined);
}

/**
 * conc_columns_read_runner:
 * @self: a reader of rows of runners, after the sniffing
 * @row: a row after the header
 * @problems: (element-type ConcProblem): where problems of the row are added
 *
 * Makes a runner of a row: white space trimmed and collapsed, control characters removed, sex as
 * F, M or X, dates as YYYY-MM-DD, times as RFC 3339 in UTC, answers as yes or no, money in cents,
 * e-mail in lower case, a full name split. The age is that on race day, from the birth date where
 * there is one, else as the file has it. What cannot be read is left out with a note that quotes
 * it. A row is refused when it has no name, a name of more than %CONC_NAME_MAX_CHARS or a note of
 * more than %CONC_NOTE_MAX_CHARS characters, more cells than there are columns, or the status of
 * somebody who does not take part.
 *
 * Returns: (transfer full) (nullable): the runner, without an id; %NULL when the row is not taken,
 *   and then @problems says why. Any thread, one at a time. About 3 µs for 22 columns.
 */
ConcRunner *
conc_columns_read_runner (ConcColumns *self, const ConcCsvRow *row, GPtrArray *problems)
{
  g_autoptr (ConcRunner) runner = NULL;
  ConcRunnerReading r = { self, row, problems, NULL };

  g_return_val_if_fail (self != NULL && self->kind == CONC_COLUMNS_RUNNERS, NULL);
  g_return_val_if_fail (row != NULL && problems != NULL, NULL);

  if (!conc_columns_check_width (self, row, problems) || !takes_part (&r))
    return NULL;
  runner = r.runner = conc_runner_new (NULL);
  if (!read_names (&r) || !read_note (&r, CONC_FIELD_NOTE) || !read_note (&r, CONC_FIELD_MEDICAL))
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (plain_fields); i++)
    if (plain_fields[i] != CONC_FIELD_REGISTRATION_ID || !self->id_is_weak)
      conc_columns_set_text (&r, plain_fields[i], get (&r, plain_fields[i]));
  read_youth_shirt (&r);
  conc_columns_read_values (&r);
  read_person (&r, CONC_FIELD_EMERGENCY_NAME, COLUMN_EMERGENCY_GIVEN, COLUMN_EMERGENCY_FAMILY);
  read_person (&r, CONC_FIELD_GUARDIAN, COLUMN_GUARDIAN_GIVEN, COLUMN_GUARDIAN_FAMILY);
  return g_steal_pointer (&runner);
}
