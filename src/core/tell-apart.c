/* tell-apart.c: what tells people of one name apart, in as few words as do. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/tell-apart.h"

#include "core/text-fold.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define YEAR_LETTERS 4

/* What can tell two apart, in the order in which somebody at a desk is asked for it. */
typedef enum
{
  TRAIT_BIRTH_YEAR,
  TRAIT_AGE,
  TRAIT_CITY,
  TRAIT_TEAM,
  TRAIT_EVENT,
  TRAIT_SEX,
  TRAIT_BIRTH_DATE,
  TRAIT_PHONE,
  TRAIT_EMAIL,
  TRAIT_BIB,
  TRAIT_REGISTRATION_ID,
  N_TRAITS
} Trait;

/* From here on a trait is a number or an address, taken only where no words tell. */
#define TRAIT_FIRST_NUMBER TRAIT_PHONE
#define TOGETHER_MAX 3

typedef struct
{
  char *texts[N_TRAITS]; /* NULL: not known */
} Traits;

static void
traits_free (gpointer data)
{
  Traits *traits = data;

  for (guint i = 0; i < N_TRAITS; i++)
    g_free (traits->texts[i]);
  g_free (traits);
}

static const char *
get_text (const ConcRunner *runner, ConcField field)
{
  const char *text = conc_runner_get (runner, field);

  return text != NULL && *text != '\0' ? text : NULL;
}

static char *
dup_birth_year (const ConcRunner *runner)
{
  const char *date = get_text (runner, CONC_FIELD_BIRTH_DATE);

  if (date == NULL || strlen (date) < YEAR_LETTERS)
    return NULL;
  return g_strdup_printf (_ ("born %.4s"), date);
}

static char *
dup_formatted (const ConcRunner *runner, ConcField field, const char *format)
{
  const char *text = get_text (runner, field);
  GString    *out;

  if (text == NULL)
    return NULL;
  out = g_string_new (format);
  g_string_replace (out, "%s", text, 1);
  return g_string_free (out, FALSE);
}

static char *
dup_sex (const ConcRunner *runner)
{
  switch (conc_runner_get_sex (runner))
    {
    case CONC_SEX_FEMALE:
      return g_strdup (_ ("female"));
    case CONC_SEX_MALE:
      return g_strdup (_ ("male"));
    case CONC_SEX_NONBINARY:
      return g_strdup (_ ("nonbinary"));
    case CONC_SEX_UNKNOWN:
    default:
      return NULL;
    }
}

static char *
dup_trait (const ConcRunner *runner, Trait trait)
{
  switch (trait)
    {
    case TRAIT_BIRTH_YEAR:
      return dup_birth_year (runner);
    case TRAIT_AGE:
      return dup_formatted (runner, CONC_FIELD_AGE, _ ("aged %s"));
    case TRAIT_CITY:
      return g_strdup (get_text (runner, CONC_FIELD_CITY));
    case TRAIT_TEAM:
      return g_strdup (get_text (runner, CONC_FIELD_TEAM));
    case TRAIT_EVENT:
      return g_strdup (get_text (runner, CONC_FIELD_EVENT));
    case TRAIT_SEX:
      return dup_sex (runner);
    case TRAIT_BIRTH_DATE:
      return dup_formatted (runner, CONC_FIELD_BIRTH_DATE, _ ("born %s"));
    case TRAIT_PHONE:
      return g_strdup (get_text (runner, CONC_FIELD_PHONE));
    case TRAIT_EMAIL:
      return g_strdup (get_text (runner, CONC_FIELD_EMAIL));
    case TRAIT_BIB:
      return dup_formatted (runner, CONC_FIELD_BIB, _ ("bib %s"));
    case TRAIT_REGISTRATION_ID:
      return dup_formatted (runner, CONC_FIELD_REGISTRATION_ID, _ ("registration %s"));
    case N_TRAITS:
    default:
      return NULL;
    }
}

/* The traits in @set of one person, parted as on a card. What is not known is left out, which
 * tells somebody apart too. */
static char *
say_traits (const Traits *traits, guint set)
{
  GString *text = g_string_new (NULL);

  for (guint trait = 0; trait < N_TRAITS; trait++)
    if ((set >> trait & 1) != 0 && traits->texts[trait] != NULL)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", traits->texts[trait]);
  return g_string_free (text, FALSE);
}

/* How many of the texts are nobody else's; an empty text says nothing. */
static guint
count_apart (char *const *texts, guint n)
{
  g_autoptr (GHashTable) times = g_hash_table_new (g_str_hash, g_str_equal);
  guint n_apart = 0;

  for (guint i = 0; i < n; i++)
    g_hash_table_insert (times, texts[i],
                         GUINT_TO_POINTER (
                             GPOINTER_TO_UINT (g_hash_table_lookup (times, texts[i])) + 1));
  for (guint i = 0; i < n; i++)
    if (*texts[i] != '\0' && GPOINTER_TO_UINT (g_hash_table_lookup (times, texts[i])) == 1)
      n_apart++;
  return n_apart;
}

static char **
say_all (GPtrArray *traits, guint set)
{
  char **texts = g_new0 (char *, traits->len + 1);

  for (guint i = 0; i < traits->len; i++)
    texts[i] = say_traits (g_ptr_array_index (traits, i), set);
  return texts;
}

/* Of the sets of @n_together traits from @first to before @end. The earlier trait is the better. */
static void
try_sets (GPtrArray *traits, guint first, guint end, int n_together, guint *set, guint *n_apart)
{
  for (guint each = 1U << first; each < 1U << end; each += 1U << first)
    {
      g_auto (GStrv) texts = NULL;
      guint n;

      if (__builtin_popcount (each) != n_together)
        continue;
      texts = say_all (traits, each);
      n = count_apart (texts, traits->len);
      if (n > *n_apart)
        {
          *set = each;
          *n_apart = n;
        }
    }
}

/* The fewest traits that tell all apart, or else most of them. */
static guint
choose_set (GPtrArray *traits)
{
  guint set = 0, n_apart = 0;

  for (int n = 1; n <= TOGETHER_MAX && n_apart < traits->len; n++)
    try_sets (traits, 0, TRAIT_FIRST_NUMBER, n, &set, &n_apart);
  if (n_apart < traits->len)
    try_sets (traits, TRAIT_FIRST_NUMBER, N_TRAITS, 1, &set, &n_apart);
  return set;
}

/* @group: the numbers of runners of one name. */
static void
tell_group (GPtrArray *runners, GArray *group, GPtrArray *texts)
{
  g_autoptr (GPtrArray) traits = g_ptr_array_new_with_free_func (traits_free);
  g_auto (GStrv) said = NULL;

  if (group->len < 2)
    return;
  for (guint i = 0; i < group->len; i++)
    {
      const ConcRunner *runner = g_ptr_array_index (runners, g_array_index (group, guint, i));
      Traits           *of_runner = g_new0 (Traits, 1);

      for (Trait trait = 0; trait < N_TRAITS; trait++)
        of_runner->texts[trait] = dup_trait (runner, trait);
      g_ptr_array_add (traits, of_runner);
    }
  said = say_all (traits, choose_set (traits));
  for (guint i = 0; i < group->len; i++)
    g_ptr_array_index (texts, g_array_index (group, guint, i)) =
        *said[i] != '\0' ? g_strdup (said[i]) : NULL;
}

/**
 * conc_tell_apart:
 * @runners: (element-type ConcRunner): a list as it is shown
 *
 * For each runner whose name, however written, is in the list more than once, the shortest text
 * that tells apart all who have it: birth year, age, town, team and so on, the same for all of
 * them. Where nothing does, the text that most of them have alone. What a station is not told is
 * not said.
 *
 * Returns: (transfer full) (element-type utf8): a text for each of @runners; %NULL for whose name
 * is nobody else's, and for whom nothing is known.
 */
GPtrArray *
conc_tell_apart (GPtrArray *runners)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) groups =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  GHashTableIter iter;
  gpointer       group;

  g_ptr_array_set_size (texts, (int) runners->len);
  for (guint i = 0; i < runners->len; i++)
    {
      g_autofree char *name = conc_runner_dup_full_name (g_ptr_array_index (runners, i));
      g_autofree char *folded = conc_text_fold (name);

      group = g_hash_table_lookup (groups, folded);
      if (group == NULL)
        {
          group = g_array_new (FALSE, FALSE, sizeof (guint));
          g_hash_table_insert (groups, g_steal_pointer (&folded), group);
        }
      g_array_append_val ((GArray *) group, i);
    }
  g_hash_table_iter_init (&iter, groups);
  while (g_hash_table_iter_next (&iter, NULL, &group))
    tell_group (runners, group, texts);
  return texts;
}
