/* transliterate.c: names in Cyrillic and Greek letters as they are written in Latin ones. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/transliterate.h"

#include <string.h>

/* The ways in which the letters of one script are written. Passports, libraries and families each
 * have their own, and a runner's confirmation may have another than the passport. */
#define WAYS 5

typedef struct
{
  const char *letters;       /* one or two, in small letters without marks */
  const char *written[WAYS]; /* NULL: as the way before */
} Letter;

/* The English usage (BGN/PCGN), passports (ICAO Doc 9303), scholars, ISO 9 without its marks, and
 * what families make of it. Pairs stand before the letters that they begin with. */
static const Letter cyrillic[] = {
  { "ия", { "iya", "iia", "ija", "ia", "ia" } },
  { "ья", { "ya", "ia", "ja", "a", "ia" } },
  { "ий", { "iy", "ii", "ij", "ij", "y" } },
  { "ый", { "yy", "yi", "yj", "yj", "y" } },
  { "кс", { "ks", "ks", "ks", "ks", "x" } },
  { "а", { "a" } },
  { "ә", { "a" } },
  { "б", { "b" } },
  { "в", { "v", NULL, NULL, NULL, "w" } },
  { "г", { "g" } },
  { "ґ", { "g" } },
  { "ғ", { "g" } },
  { "ѓ", { "gj" } },
  { "д", { "d" } },
  { "ђ", { "dj" } },
  { "е", { "e", NULL, NULL, NULL, "ye" } },
  { "ё", { "yo", "e", "jo", "e", "io" } },
  { "є", { "ye", "ie", "je", "e", "e" } },
  { "ж", { "zh", "zh", "z", "z", "j" } },
  { "җ", { "j" } },
  { "з", { "z" } },
  { "ѕ", { "dz" } },
  { "и", { "i" } },
  { "ӣ", { "i" } },
  { "і", { "i" } },
  { "ї", { "yi", "i", "ji", "i", "i" } },
  { "й", { "y", "i", "j", "j", "i" } },
  { "ј", { "j" } },
  { "к", { "k" } },
  { "қ", { "q", "k", "q", "k", "k" } },
  { "ќ", { "kj" } },
  { "л", { "l" } },
  { "љ", { "lj" } },
  { "м", { "m" } },
  { "н", { "n" } },
  { "ң", { "ng", "n", "n", "n", "ng" } },
  { "њ", { "nj" } },
  { "о", { "o" } },
  { "ө", { "o" } },
  { "п", { "p" } },
  { "р", { "r" } },
  { "с", { "s" } },
  { "т", { "t" } },
  { "ћ", { "c" } },
  { "у", { "u" } },
  { "ў", { "w", "u", "u", "u", "u" } },
  { "ӯ", { "u" } },
  { "ү", { "u" } },
  { "ұ", { "u" } },
  { "ф", { "f" } },
  { "х", { "kh", "kh", "ch", "h", "h" } },
  { "ҳ", { "h" } },
  { "һ", { "h" } },
  { "ц", { "ts", "ts", "c", "c", "tz" } },
  { "ч", { "ch", "ch", "c", "c", "tch" } },
  { "ҷ", { "j" } },
  { "џ", { "dz" } },
  { "ш", { "sh", "sh", "s", "s", "sch" } },
  { "щ", { "shch", "shch", "sc", "s", "sch" } },
  { "ъ", { "", "ie", "", "", "a" } },
  { "ы", { "y" } },
  { "ь", { "" } },
  { "э", { "e" } },
  { "ю", { "yu", "iu", "ju", "u", "yu" } },
  { "я", { "ya", "ia", "ja", "a", "ya" } },
  { "ѣ", { "e" } },
};

/* Ukrainian and Belarusian have the letters of Russian with other sounds. */
static const Letter ukrainian[] = {
  { "ьо", { "io", "yo", "jo" } },
  { "ий", { "yi", "yy", "yj", "y", "y" } },
  { "зг", { "zgh" } },
  { "г", { "h" } },
  { "и", { "y" } },
  { "є", { "ie", "ye", "je", "e", "e" } },
  { "ї", { "i", "yi", "ji", "i", "i" } },
  { "щ", { "shch", "shch", "sc", "s", "sch" } },
};

/* ELOT 743, which passports use; the letters of old Greek; and three ways of families. */
static const Letter greek[] = {
  { "ου", { "ou", "ou", "ou", "u", "u" } },
  { "αυ", { "av", "au", "af", "av", "au" } },
  { "ευ", { "ev", "eu", "ef", "ev", "eu" } },
  { "ηυ", { "iv", "eu", "if", "iv", "iv" } },
  { "γγ", { "ng" } },
  { "γξ", { "nx" } },
  { "γχ", { "nch" } },
  { "γκ", { "gk", "gk", "g", "g", "gk" } },
  { "γι", { "gi", "gi", "gi", "y", "yi" } },
  { "γε", { "ge", "ge", "ge", "ye", "ge" } },
  { "μπ", { "mp", "mp", "b", "b", "mp" } },
  { "ντ", { "nt", "nt", "nt", "d", "nt" } },
  { "τζ", { "tz", "tz", "tz", "j", "tz" } },
  { "α", { "a" } },
  { "β", { "v", "b", "v", "v", "v" } },
  { "γ", { "g", NULL, NULL, NULL, "gh" } },
  { "δ", { "d", NULL, NULL, NULL, "dh" } },
  { "ε", { "e" } },
  { "ζ", { "z" } },
  { "η", { "i", "e", "i", "i", "i" } },
  { "θ", { "th" } },
  { "ι", { "i" } },
  { "κ", { "k", "c", "k", "k", "k" } },
  { "λ", { "l" } },
  { "μ", { "m" } },
  { "ν", { "n" } },
  { "ξ", { "x", "x", "ks", "x", "x" } },
  { "ο", { "o" } },
  { "π", { "p" } },
  { "ρ", { "r" } },
  { "σ", { "s" } },
  { "τ", { "t" } },
  { "υ", { "y", "y", "i", "i", "u" } },
  { "φ", { "f", "ph", "f", "f", "f" } },
  { "χ", { "ch", "ch", "h", "h", "kh" } },
  { "ψ", { "ps" } },
  { "ω", { "o" } },
};

typedef struct
{
  const Letter *letters;
  guint         n_letters;
} Table;

static const Table cyrillic_tables[] = { { cyrillic, G_N_ELEMENTS (cyrillic) } };
static const Table ukrainian_tables[] = { { ukrainian, G_N_ELEMENTS (ukrainian) },
                                          { cyrillic, G_N_ELEMENTS (cyrillic) } };
static const Table greek_tables[] = { { greek, G_N_ELEMENTS (greek) } };

static const char *
get_written (const Letter *letter, guint way)
{
  while (letter->written[way] == NULL)
    way--;
  return letter->written[way];
}

/* The pair or letter that @at begins with. */
static const Letter *
find_letter (const Table *tables, guint n_tables, const char *at)
{
  for (guint t = 0; t < n_tables; t++)
    for (guint i = 0; i < tables[t].n_letters; i++)
      if (g_str_has_prefix (at, tables[t].letters[i].letters))
        return &tables[t].letters[i];
  return NULL;
}

/* NULL when a letter has no Latin one. */
static char *
write_word (const Table *tables, guint n_tables, const char *word, guint way)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *at = word; *at != '\0';)
    {
      const Letter *letter = find_letter (tables, n_tables, at);

      if (letter == NULL && (*at & 0x80) != 0)
        return NULL;
      if (letter == NULL)
        g_string_append_c (out, *at++);
      else
        {
          g_string_append (out, get_written (letter, way));
          at += strlen (letter->letters);
        }
    }
  return out->len > 0 ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}

static void
add_ways (GPtrArray *forms, const Table *tables, guint n_tables, const char *word)
{
  for (guint way = 0; way < WAYS; way++)
    {
      g_autofree char *form = write_word (tables, n_tables, word, way);

      if (form != NULL && !g_ptr_array_find_with_equal_func (forms, form, g_str_equal, NULL))
        g_ptr_array_add (forms, g_steal_pointer (&form));
    }
}

/* Greek accents go; the marks of й and ё make other letters. */
static char *
dup_bare (const char *word)
{
  g_autofree char *composed = g_utf8_normalize (word, -1, G_NORMALIZE_ALL_COMPOSE);
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *at = composed; at != NULL && *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar letter = g_utf8_get_char (at);
      gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH] = { letter };

      if (g_unichar_get_script (letter) == G_UNICODE_SCRIPT_GREEK)
        g_unichar_fully_decompose (letter, FALSE, parts, G_N_ELEMENTS (parts));
      if (!g_unichar_ismark (parts[0]))
        g_string_append_unichar (out, parts[0]);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gboolean
has_script (const char *word, GUnicodeScript script)
{
  for (; *word != '\0'; word = g_utf8_next_char (word))
    if (g_unichar_get_script (g_utf8_get_char (word)) == script)
      return TRUE;
  return FALSE;
}

static gboolean
has_letter_of (const char *word, const char *letters)
{
  for (; *word != '\0'; word = g_utf8_next_char (word))
    if (g_utf8_strchr (letters, -1, g_utf8_get_char (word)) != NULL)
      return TRUE;
  return FALSE;
}

/**
 * conc_is_latin:
 * @word: folded
 *
 * Returns: whether it can be typed with the letters a to z and digits. Any thread.
 */
gboolean
conc_is_latin (const char *word)
{
  return g_str_is_ascii (word);
}

/**
 * conc_transliterate:
 * @word: a folded name
 *
 * How a name in Cyrillic or Greek letters is written in Latin ones, in several ways each. Other
 * scripts have none: the letters of an Arabic, Chinese or Lao name do not tell how it is spelled.
 *
 * Returns: (transfer full): each form once, the most usual first; none for most words. At most ten.
 * Thread: any.
 */
char **
conc_transliterate (const char *word)
{
  GPtrArray *forms = g_ptr_array_new ();

  if (!g_str_is_ascii (word))
    {
      g_autofree char *bare = dup_bare (word);

      if (has_script (bare, G_UNICODE_SCRIPT_GREEK))
        add_ways (forms, greek_tables, G_N_ELEMENTS (greek_tables), bare);
      if (has_script (bare, G_UNICODE_SCRIPT_CYRILLIC))
        add_ways (forms, cyrillic_tables, G_N_ELEMENTS (cyrillic_tables), bare);
      /* No word of Ukrainian has these; any other may be. */
      if (has_script (bare, G_UNICODE_SCRIPT_CYRILLIC) && !has_letter_of (bare, "ыэъё"))
        add_ways (forms, ukrainian_tables, G_N_ELEMENTS (ukrainian_tables), bare);
    }
  g_ptr_array_add (forms, NULL);
  return (char **) g_ptr_array_free (forms, FALSE);
}
