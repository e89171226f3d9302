/* runner.c: a registered person, as a value. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/runner.h"

#include <glib/gi18n-lib.h>
#include <glib-object.h>
#include <string.h>

/* A wave is called A, B or 10 by most races, and then needs the word before it. */
#define LETTERS_OF_A_WAVE 3

struct _ConcRunner
{
  char *id;
  char *values[CONC_N_FIELDS];
};

G_DEFINE_BOXED_TYPE (ConcRunner, conc_runner, conc_runner_copy, conc_runner_free)

/**
 * conc_runner_new:
 * @id: (nullable): the runner's id, the subject of all facts about this person
 *
 * Returns: (transfer full): a runner of whom nothing else is known. Any thread.
 */
ConcRunner *
conc_runner_new (const char *id)
{
  ConcRunner *runner = g_new0 (ConcRunner, 1);

  runner->id = g_strdup (id);
  return runner;
}

/**
 * conc_runner_copy:
 *
 * Returns: (transfer full): a deep copy. Any thread.
 */
ConcRunner *
conc_runner_copy (const ConcRunner *runner)
{
  ConcRunner *copy = conc_runner_new (runner->id);

  for (ConcField field = 0; field < CONC_N_FIELDS; field++)
    copy->values[field] = g_strdup (runner->values[field]);
  return copy;
}

/**
 * conc_runner_free:
 * @runner: (transfer full) (nullable): the runner
 */
void
conc_runner_free (ConcRunner *runner)
{
  if (runner == NULL)
    return;
  for (ConcField field = 0; field < CONC_N_FIELDS; field++)
    g_free (runner->values[field]);
  g_free (runner->id);
  g_free (runner);
}

/** conc_runner_get_id: Returns: (nullable): the id. */
const char *
conc_runner_get_id (const ConcRunner *runner)
{
  return runner->id;
}

/** conc_runner_set_id: gives the runner an id; used while a registration is being read. */
void
conc_runner_set_id (ConcRunner *runner, const char *id)
{
  char *copy = g_strdup (id);

  g_free (runner->id);
  runner->id = copy;
}

/**
 * conc_runner_get:
 *
 * Returns: (nullable): the text of @field, never empty; %NULL when not known. Times are RFC 3339
 * in UTC, dates YYYY-MM-DD, yes/no fields "yes" or "no", money in cents.
 */
const char *
conc_runner_get (const ConcRunner *runner, ConcField field)
{
  g_return_val_if_fail (field < CONC_N_FIELDS, NULL);
  return runner->values[field];
}

/**
 * conc_runner_take:
 * @text: (nullable) (transfer full): the new text; empty is the same as %NULL
 */
void
conc_runner_take (ConcRunner *runner, ConcField field, char *text)
{
  g_return_if_fail (field < CONC_N_FIELDS);

  g_free (runner->values[field]);
  if (text != NULL && *text == '\0')
    g_clear_pointer (&text, g_free);
  runner->values[field] = text;
}

/** conc_runner_set: like conc_runner_take() with a copy of @text. */
void
conc_runner_set (ConcRunner *runner, ConcField field, const char *text)
{
  conc_runner_take (runner, field, g_strdup (text));
}

/** conc_runner_equal: Returns: whether id and all fields are the same. */
gboolean
conc_runner_equal (const ConcRunner *a, const ConcRunner *b)
{
  if (g_strcmp0 (a->id, b->id) != 0)
    return FALSE;
  for (ConcField field = 0; field < CONC_N_FIELDS; field++)
    if (g_strcmp0 (a->values[field], b->values[field]) != 0)
      return FALSE;
  return TRUE;
}

/** conc_runner_get_bib: Returns: the bib, 1 to %CONC_BIB_MAX; 0 when none was given. */
guint
conc_runner_get_bib (const ConcRunner *runner)
{
  const char *text = runner->values[CONC_FIELD_BIB];

  return text != NULL ? (guint) g_ascii_strtoull (text, NULL, 10) : 0;
}

/** conc_runner_get_age: Returns: the age on race day in years; -1 when not known. */
int
conc_runner_get_age (const ConcRunner *runner)
{
  const char *text = runner->values[CONC_FIELD_AGE];

  return text != NULL ? (int) g_ascii_strtoll (text, NULL, 10) : -1;
}

/** conc_runner_get_sex: Returns: the sex as registered. */
ConcSex
conc_runner_get_sex (const ConcRunner *runner)
{
  return conc_sex_from_text (runner->values[CONC_FIELD_SEX]);
}

/** conc_runner_get_public: Returns: whether the runner may be named in public; yes unless "no". */
gboolean
conc_runner_get_public (const ConcRunner *runner)
{
  return g_strcmp0 (runner->values[CONC_FIELD_PUBLIC], "no") != 0;
}

/** conc_runner_get_waiver: Returns: whether the waiver is known to be accepted. */
gboolean
conc_runner_get_waiver (const ConcRunner *runner)
{
  return g_strcmp0 (runner->values[CONC_FIELD_WAIVER], "yes") == 0;
}

/**
 * conc_runner_get_virtual:
 *
 * Returns: whether the runner takes part from elsewhere, which the event's name tells: it has
 * the word "virtual". Virtual runners get no bib and are not expected at check-in.
 */
gboolean
conc_runner_get_virtual (const ConcRunner *runner)
{
  const char      *event = runner->values[CONC_FIELD_EVENT];
  g_autofree char *lower = NULL;

  if (event == NULL)
    return FALSE;
  lower = g_ascii_strdown (event, -1);
  return strstr (lower, "virtual") != NULL;
}

/** conc_runner_get_checked_in: Returns: whether the runner is checked in. */
gboolean
conc_runner_get_checked_in (const ConcRunner *runner)
{
  return runner->values[CONC_FIELD_CHECKED_IN] != NULL;
}

/** conc_runner_get_captain: Returns: whether the runner speaks for the team. */
gboolean
conc_runner_get_captain (const ConcRunner *runner)
{
  return g_strcmp0 (runner->values[CONC_FIELD_CAPTAIN], "yes") == 0;
}

/**
 * conc_runner_get_balance_cents:
 *
 * Returns: what was owed according to the registration, in cents, not regarding what was paid at a
 *   desk since; 0 when nothing was or it is not known.
 */
gint64
conc_runner_get_balance_cents (const ConcRunner *runner)
{
  const char *text = runner->values[CONC_FIELD_BALANCE];

  return text != NULL ? MAX (g_ascii_strtoll (text, NULL, 10), 0) : 0;
}

static char *
join_names (const char *given_name, const char *family_name)
{
  if (given_name == NULL || *given_name == '\0')
    return g_strdup (family_name != NULL ? family_name : "");
  if (family_name == NULL || *family_name == '\0')
    return g_strdup (given_name);
  return g_strconcat (given_name, " ", family_name, NULL);
}

/**
 * conc_runner_dup_full_name:
 *
 * Returns: (transfer full): given and family name; empty when neither is known. For the crew,
 * never for the public.
 */
char *
conc_runner_dup_full_name (const ConcRunner *runner)
{
  return join_names (runner->values[CONC_FIELD_GIVEN_NAME], runner->values[CONC_FIELD_FAMILY_NAME]);
}

/**
 * conc_public_name:
 * @is_public: whether the runner agreed to be named
 * @bib: the bib, or 0
 *
 * Returns: (transfer full): what the public may see: the name, or "Runner 214" for someone who
 * asked not to be named or whose name is not known, or "Runner" when there is no bib either.
 */
char *
conc_public_name (const char *given_name, const char *family_name, gboolean is_public, guint bib)
{
  g_autofree char *name = join_names (given_name, family_name);

  if (is_public && *name != '\0')
    return g_steal_pointer (&name);
  if (bib == 0)
    return g_strdup (_ ("Runner"));
  return g_strdup_printf (_ ("Runner %u"), bib);
}

/** conc_runner_dup_public_name: like conc_public_name() for @runner. */
char *
conc_runner_dup_public_name (const ConcRunner *runner)
{
  return conc_public_name (runner->values[CONC_FIELD_GIVEN_NAME],
                           runner->values[CONC_FIELD_FAMILY_NAME], conc_runner_get_public (runner),
                           conc_runner_get_bib (runner));
}

static gboolean
parse_date (const char *text, int *ret_year, int *ret_month, int *ret_day)
{
  char *end = NULL;

  if (text == NULL || strlen (text) != 10 || text[4] != '-' || text[7] != '-')
    return FALSE;
  *ret_year = (int) g_ascii_strtoll (text, &end, 10);
  *ret_month = (int) g_ascii_strtoll (text + 5, &end, 10);
  *ret_day = (int) g_ascii_strtoll (text + 8, &end, 10);
  return TRUE;
}

/**
 * conc_age_on:
 * @birth_date: (nullable): YYYY-MM-DD
 * @race_date: (nullable): YYYY-MM-DD
 *
 * The age that divisions go by is the age on race day. A person born on 29 February turns a
 * year older on 1 March in common years.
 *
 * Returns: whole years, or -1 when a date is missing or the birth lies after the race.
 */
int
conc_age_on (const char *birth_date, const char *race_date)
{
  int year, month, day, race_year, race_month, race_day, age;

  if (!parse_date (birth_date, &year, &month, &day) ||
      !parse_date (race_date, &race_year, &race_month, &race_day))
    return -1;
  age = race_year - year;
  if (race_month < month || (race_month == month && race_day < day))
    age--;
  return age >= 0 ? age : -1;
}

/**
 * conc_wave_dup_title:
 * @wave: the name of a wave; "" for the gun of the race itself
 *
 * Returns: (transfer full): what a person reads: "Wave A" for "A", the name itself when it has more
 *   letters, such as "First wave".
 */
char *
conc_wave_dup_title (const char *wave)
{
  if (*wave == '\0')
    return g_strdup (_ ("Gun"));
  if (g_utf8_strlen (wave, -1) <= LETTERS_OF_A_WAVE)
    return g_strdup_printf (_ ("Wave %s"), wave);
  return g_strdup (wave);
}
