/* divisions.c: age divisions within each sex. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/divisions.h"

#include "core/error.h"
#include "core/scan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_AGE 150
#define MAX_GROUPS 60
#define N_SEXES 3

/* The layout most US races announce: 19 and under, then five or ten years each, to 70 and over. */
#define FIVE_YEARS "0-19,20-24,25-29,30-34,35-39,40-44,45-49,50-54,55-59,60-64,65-69,70+"
#define TEN_YEARS "0-19,20-29,30-39,40-49,50-59,60-69,70+"

typedef struct
{
  int from;
  int to;
} Group;

struct _ConcDivisions
{
  gatomicrefcount refs;
  char           *text;
  guint           group_count;
  Group           groups[MAX_GROUPS];
  gint8           group_of_age[MAX_AGE + 1];
  char           *names[N_SEXES * MAX_GROUPS];
};

static const struct
{
  const char *name;
  const char *table;
} presets[] = {
  { "none", "" },
  { "5-year", FIVE_YEARS },
  { "10-year", TEN_YEARS },
};

static const char *
find_preset (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (presets); i++)
    if (g_ascii_strcasecmp (presets[i].name, text) == 0)
      return presets[i].table;
  return NULL;
}

static char *
dup_group_text (const Group *group)
{
  if (group->to == MAX_AGE)
    return g_strdup_printf ("%d+", group->from);
  return g_strdup_printf ("%d-%d", group->from, group->to);
}

static char *
dup_ages_text (int from, int to)
{
  if (from == to)
    return g_strdup_printf (_ ("age %d"), from);
  return g_strdup_printf (_ ("ages %d to %d"), from, to);
}

/* Spaces are dropped, and dashes as word processors write them become plain ones. */
static char *
dup_plain (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c++)
    if (g_ascii_isspace (*c))
      continue;
    else if (strncmp (c, "–", strlen ("–")) == 0)
      {
        g_string_append_c (out, '-');
        c += strlen ("–") - 1;
      }
    else
      g_string_append_c (out, *c == ';' ? ',' : *c);
  return g_string_free (out, FALSE);
}

static gboolean
parse_group (const char *text, Group *ret_group, GError **error)
{
  g_autofree char *shown = NULL;
  const char      *cursor = text;
  gint64           from, to = MAX_AGE;
  gboolean         well_formed = conc_scan_digits (&cursor, 1, 3, &from);

  if (well_formed && !conc_scan_char (&cursor, '+'))
    well_formed = conc_scan_char (&cursor, '-') && conc_scan_digits (&cursor, 1, 3, &to);
  shown = conc_dup_quotable (text);
  if (!well_formed || *cursor != '\0')
    {
      g_set_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_INVALID,
                   _ ("“%s” is not a group of ages: write none, 5-year, 10-year, or a table such "
                      "as 0-19,20-39,40+."),
                   shown);
      return FALSE;
    }
  if (from > to || to > MAX_AGE)
    {
      g_set_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_RANGE,
                   _ ("The ages of “%s” do not go up from the first to the last, or pass %d."),
                   shown, MAX_AGE);
      return FALSE;
    }
  *ret_group = (Group){ (int) from, (int) to };
  return TRUE;
}

static int
compare_groups (gconstpointer a, gconstpointer b)
{
  const Group *x = a;
  const Group *y = b;

  return x->from != y->from ? x->from - y->from : x->to - y->to;
}

static gboolean
check_neighbours (const Group *low, const Group *high, GError **error)
{
  g_autofree char *low_text = dup_group_text (low);
  g_autofree char *high_text = dup_group_text (high);

  if (high->from <= low->to)
    {
      g_autofree char *ages = dup_ages_text (high->from, MIN (low->to, high->to));

      g_set_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_INVALID,
                   _ ("The divisions overlap: %s would be in both %s and %s."), ages, low_text,
                   high_text);
      return FALSE;
    }
  if (high->from > low->to + 1)
    {
      g_autofree char *ages = dup_ages_text (low->to + 1, high->from - 1);

      g_set_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_INVALID,
                   _ ("The divisions have a gap: %s would be in none, between %s and %s."), ages,
                   low_text, high_text);
      return FALSE;
    }
  return TRUE;
}

static gboolean
fill_groups (ConcDivisions *divisions, const char *table, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (table, ",", MAX_GROUPS + 1);

  if (g_strv_length (parts) > MAX_GROUPS)
    {
      g_set_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_LIMIT,
                   _ ("A race has at most %d groups of ages."), MAX_GROUPS);
      return FALSE;
    }
  for (guint i = 0; parts[i] != NULL; i++)
    if (!parse_group (parts[i], &divisions->groups[divisions->group_count++], error))
      return FALSE;
  qsort (divisions->groups, divisions->group_count, sizeof (Group), compare_groups);
  for (guint i = 1; i < divisions->group_count; i++)
    if (!check_neighbours (&divisions->groups[i - 1], &divisions->groups[i], error))
      return FALSE;
  return TRUE;
}

static void
fill_names (ConcDivisions *divisions)
{
  GString *text = g_string_new (NULL);

  memset (divisions->group_of_age, -1, sizeof divisions->group_of_age);
  for (guint i = 0; i < divisions->group_count; i++)
    {
      g_autofree char *ages = dup_group_text (&divisions->groups[i]);

      for (int age = divisions->groups[i].from; age <= divisions->groups[i].to; age++)
        divisions->group_of_age[age] = (gint8) i;
      for (guint sex = 0; sex < N_SEXES; sex++)
        divisions->names[sex * divisions->group_count + i] =
            g_strconcat (conc_sex_to_text (CONC_SEX_FEMALE + sex), ages, NULL);
      g_string_append_printf (text, "%s%s", i == 0 ? "" : ",", ages);
    }
  divisions->text = g_string_free (text, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (presets); i++)
    if (strcmp (divisions->text, presets[i].table) == 0)
      {
        g_free (divisions->text);
        divisions->text = g_strdup (presets[i].name);
        return;
      }
}

/**
 * conc_divisions_parse:
 * @text: "5-year", "10-year", "none", or groups of ages like "0-19,20-29,30-39,40+"
 * @error: CONC_CORE_ERROR with a sentence that names the ages at fault
 *
 * "10-year" is 0-19, 20-29 and so on to 60-69 and 70+; "5-year" is 0-19, 20-24 and so on to 65-69
 * and 70+. A table may begin above 0 and end below the oldest age: who is outside has no division.
 * Between its groups a table has neither gaps nor overlaps. The order of the groups does not
 * matter.
 *
 * Returns: (transfer full): the divisions, which never change; NULL with @error. Any thread.
 */
ConcDivisions *
conc_divisions_parse (const char *text, GError **error)
{
  g_autoptr (ConcDivisions) divisions = g_new0 (ConcDivisions, 1);
  g_autofree char *plain = dup_plain (text);
  const char      *table = find_preset (plain);

  g_atomic_ref_count_init (&divisions->refs);
  if (table == NULL && plain[0] == '\0')
    {
      g_set_error_literal (error, CONC_CORE_ERROR, CONC_CORE_ERROR_INVALID,
                           _ ("No divisions are given: write none, 5-year, 10-year, or groups of "
                              "ages like 0-19,20-29,30+."));
      return NULL;
    }
  if (!fill_groups (divisions, table != NULL ? table : plain, error))
    return NULL;
  fill_names (divisions);
  return g_steal_pointer (&divisions);
}

/**
 * conc_divisions_ref:
 *
 * Returns: (transfer full): @divisions, held once more. Any thread.
 */
ConcDivisions *
conc_divisions_ref (ConcDivisions *divisions)
{
  g_atomic_ref_count_inc (&divisions->refs);
  return divisions;
}

/**
 * conc_divisions_unref:
 * @divisions: (transfer full) (nullable): let go; freed when nobody holds it. Any thread.
 */
void
conc_divisions_unref (ConcDivisions *divisions)
{
  if (divisions == NULL || !g_atomic_ref_count_dec (&divisions->refs))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (divisions->names); i++)
    g_free (divisions->names[i]);
  g_free (divisions->text);
  g_free (divisions);
}

/**
 * conc_divisions_get_text:
 *
 * Returns: (transfer none): the shortest text that gives this table again. Any thread.
 */
const char *
conc_divisions_get_text (const ConcDivisions *divisions)
{
  return divisions->text;
}

/**
 * conc_divisions_get_count:
 *
 * Returns: how many divisions there are, all sexes together; 0 for none. Any thread.
 */
guint
conc_divisions_get_count (const ConcDivisions *divisions)
{
  return divisions->group_count * N_SEXES;
}

/**
 * conc_divisions_find:
 * @sex: the sex of a runner
 * @age: the age on race day in years, negative when not known
 *
 * Returns: the number of the division, 0 to the count less one, women from young to old, then men,
 *   then non-binary runners; CONC_DIVISION_NONE when sex or age is missing or outside the table.
 *   Any thread.
 */
int
conc_divisions_find (const ConcDivisions *divisions, ConcSex sex, int age)
{
  if (sex == CONC_SEX_UNKNOWN || sex > CONC_SEX_NONBINARY || age < 0 || age > MAX_AGE ||
      divisions->group_count == 0 || divisions->group_of_age[age] < 0)
    return CONC_DIVISION_NONE;
  return (int) ((sex - CONC_SEX_FEMALE) * divisions->group_count) + divisions->group_of_age[age];
}

/**
 * conc_divisions_get_name:
 * @division: a number from conc_divisions_find()
 *
 * Returns: (transfer none) (nullable): its name, like "F30-39", "M70+" or "X0-19" (19 and under);
 *   NULL for CONC_DIVISION_NONE. It lives as long as @divisions. Any thread.
 */
const char *
conc_divisions_get_name (const ConcDivisions *divisions, int division)
{
  if (division < 0 || (guint) division >= conc_divisions_get_count (divisions))
    return NULL;
  return divisions->names[division];
}

/**
 * conc_divisions_lookup:
 * @sex: the sex of a runner
 * @age: the age on race day in years, negative when not known
 *
 * Returns: (transfer none) (nullable): the name of the division of that runner, as
 *   conc_divisions_get_name(); NULL when there is none. Any thread.
 */
const char *
conc_divisions_lookup (const ConcDivisions *divisions, ConcSex sex, int age)
{
  return conc_divisions_get_name (divisions, conc_divisions_find (divisions, sex, age));
}
