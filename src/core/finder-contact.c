/* finder-contact.c: finds people by bib, by phone number and by e-mail address. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/finder-question.h"

#include <stdlib.h>
#include <string.h>

/* A part that more share is no way to find anyone. */
#define PARTS_MAX 500
#define PHONE_DIGITS_MIN 4
/* Without the code of the country; fewer are a part of a number. */
#define PHONE_DIGITS_WHOLE 7
#define COUNTRY_DIGITS_MAX 3
#define NORTH_AMERICAN_DIGITS 11
#define YEAR_DIGITS 4

/** conc_question_add_bibs: who has the bib @number, then bibs that begin with it, in their order.
 */
void
conc_question_add_bibs (ConcQuestion *question, const char *number)
{
  ConcFinder   *finder = question->finder;
  const guint64 wanted = strtoull (number, NULL, 10);

  for (guint32 n = 0; n < finder->people->len; n++)
    {
      const guint bib = conc_finder_person (finder, n)->bib;
      guint       rest = bib;

      while (rest > wanted)
        rest /= 10;
      if (bib > 0 && rest == wanted)
        conc_question_add (question, n, bib == wanted ? CONC_BY_BIB : CONC_BY_BIB_BEGUN, bib);
    }
}

/** conc_question_add_born: who was born in @year and has no name that everybody can type. Others
 * are not, lest the number of a bib that nobody has finds somebody. */
void
conc_question_add_born (ConcQuestion *question, const char *year)
{
  ConcFinder   *finder = question->finder;
  const guint64 wanted = strlen (year) == YEAR_DIGITS ? strtoull (year, NULL, 10) : 0;

  for (guint32 n = 0; wanted > 0 && n < finder->people->len; n++)
    {
      const ConcFinderPerson *person = conc_finder_person (finder, n);

      if (person->birth_year == wanted && !person->is_typable && person->n_words > 0)
        conc_question_add (question, n, CONC_BY_PARTED_WORDS, person->is_checked_in ? 1 : 0);
    }
}

/* Who has the line of @pile that @at is in. */
static guint32
find_owner (const ConcFinderPile *pile, const char *at)
{
  const gsize offset = (gsize) (at - pile->text->str);
  guint       low = 0, high = pile->starts->len;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (pile->starts, gsize, middle) <= offset)
        low = middle;
      else
        high = middle;
    }
  return g_array_index (pile->people, guint32, low);
}

typedef ConcMatchBy (*SayBy) (const char *at, gsize length);

static void
add_from_pile (ConcQuestion *question, const ConcFinderPile *pile, const char *part, SayBy say_by)
{
  const gsize length = strlen (part);
  guint       n_parts = 0;

  for (const char *at = strstr (pile->text->str, part); at != NULL && n_parts < PARTS_MAX;
       at = strstr (at + length, part))
    {
      const guint32 n = find_owner (pile, at);
      ConcMatchBy   by = say_by (at, length);

      if (by == CONC_BY_CONTACT_PART)
        n_parts++;
      conc_question_add (question, n, by,
                         conc_finder_person (question->finder, n)->is_checked_in ? 1 : 0);
    }
}

static ConcMatchBy
say_by_email (const char *at, gsize length)
{
  if (at[-1] != '\n')
    return CONC_BY_CONTACT_PART;
  return at[length] == '\n' ? CONC_BY_CONTACT : CONC_BY_CONTACT_BEGUN;
}

/* People say the last digits of their number, and leave the code of the country out. */
static ConcMatchBy
say_by_phone (const char *at, gsize length)
{
  guint n_before = 0;

  if (at[length] != '\n')
    return CONC_BY_CONTACT_PART;
  while (at[-1 - (gssize) n_before] != '\n')
    n_before++;
  return n_before <= COUNTRY_DIGITS_MAX && length >= PHONE_DIGITS_WHOLE ? CONC_BY_CONTACT
                                                                        : CONC_BY_CONTACT_BEGUN;
}

/** conc_question_add_emails: who has @text, or the beginning or a part of it, for an address. */
void
conc_question_add_emails (ConcQuestion *question, const char *text)
{
  g_autofree char *lower = g_utf8_strdown (text, -1);

  if (*lower != '\0' && strpbrk (lower, " \t\r\n") == NULL)
    add_from_pile (question, &question->finder->emails, lower, say_by_email);
}

/* The digits that are the same however a number is written; NULL when too few. */
static char *
dup_digits (const char *text)
{
  GString *digits = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at++)
    if (g_ascii_isdigit (*at))
      g_string_append_c (digits, *at);
  if (digits->len == NORTH_AMERICAN_DIGITS && *digits->str == '1')
    g_string_erase (digits, 0, 1);
  else if (digits->len > PHONE_DIGITS_WHOLE && g_str_has_prefix (digits->str, "00"))
    g_string_erase (digits, 0, 2);
  else if (digits->len > PHONE_DIGITS_WHOLE && *digits->str == '0')
    g_string_erase (digits, 0, 1);
  return g_string_free (digits, digits->len < PHONE_DIGITS_MIN);
}

/** conc_question_add_phones: who has the digits of @text, or ends with them, for a phone number. */
void
conc_question_add_phones (ConcQuestion *question, const char *text)
{
  g_autofree char *digits = NULL;

  if (strspn (text, "0123456789 +-().,/") != strlen (text))
    return;
  digits = dup_digits (text);
  if (digits != NULL)
    add_from_pile (question, &question->finder->phones, digits, say_by_phone);
}
