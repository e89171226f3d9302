/* name-forms.c: other spellings and other forms of a name. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/name-forms.h"

#include "core/name-forms-table.h"

#include <string.h>

#define SPELLINGS_MAX 8

/* Two letters that stand for one with a mark where the keyboard has none; folding leaves the
 * letter without the mark. */
static const char *const digraphs[] = { "ae", "oe", "ue", "aa" };

/* Which lines of the table a name is in. */
static GHashTable *
make_lines (void)
{
  GHashTable *lines =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);

  for (guint n = 0; conc_name_forms_table[n] != NULL; n++)
    {
      g_auto (GStrv) names = g_strsplit (conc_name_forms_table[n], " ", -1);

      for (guint i = 0; names[i] != NULL; i++)
        {
          GArray *of_name = g_hash_table_lookup (lines, names[i]);

          if (of_name == NULL)
            {
              of_name = g_array_new (FALSE, FALSE, sizeof (guint));
              g_hash_table_insert (lines, g_strdup (names[i]), of_name);
            }
          g_array_append_val (of_name, n);
        }
    }
  return lines;
}

static GHashTable *
get_lines (void)
{
  static gsize       ready = 0;
  static GHashTable *lines;

  if (g_once_init_enter (&ready))
    {
      lines = make_lines ();
      g_once_init_leave (&ready, 1);
    }
  return lines;
}

/**
 * conc_name_forms:
 * @word: a folded name
 *
 * Returns: (transfer full) (element-type utf8): the names that somebody called @word may have
 * registered with, such as "william" for "bill"; none for most words. Any thread.
 */
GPtrArray *
conc_name_forms (const char *word)
{
  GPtrArray *forms = g_ptr_array_new_with_free_func (g_free);
  GArray    *of_name = g_hash_table_lookup (get_lines (), word);

  for (guint i = 0; of_name != NULL && i < of_name->len; i++)
    {
      g_auto (GStrv) names =
          g_strsplit (conc_name_forms_table[g_array_index (of_name, guint, i)], " ", -1);

      for (guint k = 0; names[k] != NULL; k++)
        if (strcmp (names[k], word) != 0)
          g_ptr_array_add (forms, g_strdup (names[k]));
    }
  return forms;
}

/* @text with the second letter of two at @at left out. */
static char *
leave_out (const char *text, const char *at)
{
  return g_strdup_printf ("%.*s%s", (int) (at + 1 - text), text, at + 2);
}

/**
 * conc_name_spellings:
 * @word: a folded name
 *
 * Returns: (transfer full): what @word is where two letters of it stand for one with a mark:
 * "muller" for "mueller", which "Müller" is folded to. At most one pair is read so, or all.
 */
char **
conc_name_spellings (const char *word)
{
  GStrvBuilder    *spellings = g_strv_builder_new ();
  g_autofree char *all = g_strdup (word);
  char           **list;
  guint            n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (digraphs); i++)
    for (const char *at = strstr (word, digraphs[i]); at != NULL && n < SPELLINGS_MAX; n++)
      {
        g_autofree char *spelling = leave_out (word, at);

        g_strv_builder_add (spellings, spelling);
        at = strstr (at + 2, digraphs[i]);
      }
  for (guint i = 0; n > 1 && i < G_N_ELEMENTS (digraphs); i++)
    for (char *at; (at = strstr (all, digraphs[i])) != NULL;)
      memmove (at + 1, at + 2, strlen (at + 2) + 1);
  if (n > 1)
    g_strv_builder_add (spellings, all);
  list = g_strv_builder_end (spellings);
  g_strv_builder_unref (spellings);
  return list;
}

/**
 * conc_name_spell_out:
 * @text: as typed
 *
 * Returns: (transfer full) (nullable): @text with two letters for each that has such a spelling,
 * "Mueller" for "Müller"; %NULL when it has none of those.
 */
char *
conc_name_spell_out (const char *text)
{
  static const char *const letters[][2] = {
    { "ä", "ae" }, { "ö", "oe" }, { "ü", "ue" }, { "ø", "oe" }, { "å", "aa" },
    { "Ä", "ae" }, { "Ö", "oe" }, { "Ü", "ue" }, { "Ø", "oe" }, { "Å", "aa" },
  };
  g_autofree char *composed = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);
  GString         *out;
  guint            n = 0;

  if (composed == NULL)
    return NULL;
  out = g_string_new (composed);
  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    n += g_string_replace (out, letters[i][0], letters[i][1], 0);
  return g_string_free (out, n == 0);
}
