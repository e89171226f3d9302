/* runner-form.c: what may stand in the fields of a runner when a person types them. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/runners/runner-form.h"

#include "core/race-time.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define AGE_MAX 120

static char *
normalise_number (const char *text, guint min, guint max, const char *refusal, char **ret_sentence)
{
  guint64 value;

  if (g_ascii_string_to_unsigned (text, 10, min, max, &value, NULL))
    return g_strdup_printf ("%" G_GUINT64_FORMAT, value);
  *ret_sentence = g_strdup (refusal);
  return NULL;
}

/* 2 November 1985 as it is written in the country of the race: 11/2/1985. */
static char *
rewrite_us_date (const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text, "/", -1);
  guint64 month, day, year;

  if (g_strv_length (parts) != 3 ||
      !g_ascii_string_to_unsigned (parts[0], 10, 1, 12, &month, NULL) ||
      !g_ascii_string_to_unsigned (parts[1], 10, 1, 31, &day, NULL) ||
      !g_ascii_string_to_unsigned (parts[2], 10, 1900, 2200, &year, NULL))
    return g_strdup (text);
  return g_strdup_printf ("%04u-%02u-%02u", (guint) year, (guint) month, (guint) day);
}

static char *
normalise_birth_date (const char *text, const char *race_date, char **ret_sentence)
{
  g_autofree char *date = rewrite_us_date (text);
  int              year, month, day;

  if (!conc_race_date_parse (date, &year, &month, &day, NULL))
    {
      *ret_sentence = g_strdup (_ ("Write the birth date like 1985-08-18 or 8/18/1985."));
      return NULL;
    }
  if (race_date != NULL && strcmp (date, race_date) > 0)
    {
      *ret_sentence = g_strdup (_ ("This birth date is after the race."));
      return NULL;
    }
  return g_steal_pointer (&date);
}

static char *
normalise_email (const char *text, char **ret_sentence)
{
  const char *at = strchr (text, '@');

  if (at != NULL && at > text && strchr (at + 1, '@') == NULL && at[1] != '\0' &&
      strpbrk (text, " \t,;") == NULL)
    return g_strdup (text);
  *ret_sentence = g_strdup (_ ("An e-mail address looks like ann@example.org."));
  return NULL;
}

static char *
normalise_phone (const char *text, char **ret_sentence)
{
  guint n_digits = 0;

  for (const char *p = text; *p != '\0'; p++)
    n_digits += g_ascii_isdigit (*p);
  if (n_digits >= 3)
    return g_strdup (text);
  *ret_sentence = g_strdup (_ ("A phone number has at least three digits."));
  return NULL;
}

/**
 * conc_runner_form_normalise:
 * @field: which field
 * @text: what was typed
 * @race_date: (nullable): YYYY-MM-DD
 * @ret_sentence: (out): %NULL, or a sentence that says what to write instead
 *
 * Returns: (transfer full) (nullable): the text as a runner has it; %NULL when @text is empty
 * or cannot be.
 */
char *
conc_runner_form_normalise (ConcField   field,
                            const char *text,
                            const char *race_date,
                            char      **ret_sentence)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));

  *ret_sentence = NULL;
  if (*stripped == '\0')
    return NULL;
  switch (field)
    {
    case CONC_FIELD_BIB:
      return normalise_number (stripped, 1, CONC_BIB_MAX, _ ("A bib is a number from 1 to 999999."),
                               ret_sentence);
    case CONC_FIELD_AGE:
      return normalise_number (stripped, 0, AGE_MAX, _ ("An age is a number of years, 0 to 120."),
                               ret_sentence);
    case CONC_FIELD_BIRTH_DATE:
      return normalise_birth_date (stripped, race_date, ret_sentence);
    case CONC_FIELD_EMAIL:
      return normalise_email (stripped, ret_sentence);
    case CONC_FIELD_PHONE:
    case CONC_FIELD_EMERGENCY_PHONE:
      return normalise_phone (stripped, ret_sentence);
    default:
      return g_steal_pointer (&stripped);
    }
}

/**
 * conc_runner_form_check:
 * @runner: as it would be saved
 *
 * Returns: (transfer full) (nullable): a sentence that says what is missing, or %NULL.
 */
char *
conc_runner_form_check (const ConcRunner *runner)
{
  if (conc_runner_get (runner, CONC_FIELD_GIVEN_NAME) == NULL &&
      conc_runner_get (runner, CONC_FIELD_FAMILY_NAME) == NULL)
    return g_strdup (_ ("Type a given name or a family name."));
  return NULL;
}

/* The age that counts is the one on race day; who gave a birth date need not know it. */
void
conc_runner_form_set_age (ConcRunner *runner, const char *race_date)
{
  int age = conc_age_on (conc_runner_get (runner, CONC_FIELD_BIRTH_DATE), race_date);

  if (age >= 0)
    conc_runner_take (runner, CONC_FIELD_AGE, g_strdup_printf ("%d", age));
}
