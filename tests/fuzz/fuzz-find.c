/* fuzz-find.c: whatever is typed to find somebody, the answer is a list of people, each once. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/finder.h"
#include "core/text-fold.h"
#include "fuzz.h"

#define LIMIT 3

const guint       fuzz_rounds = 20000;
const char *const fuzz_seeds[] = {
  "jse garcia",  "García, José", "jgar85",        "bill o connor",  "vanderberg liz",
  "müller 1985", "mueller",      "ada@example.o", "612-555-0103",   "+1 (612) 555 0103",
  "7",           "70 ann",       "Чайковский",    "李 小龍",        "a a a a a a a a a a",
  "delacruz",    "Nguyễn Thị",   "\xcc\x81\xcc",  "pa kou vang 99", NULL,
};

static void
put (ConcFinder *finder, guint i, const char *given_name, const char *family_name)
{
  g_autofree char *id = g_strdup_printf ("%u", i);
  g_autofree char *name = g_strjoin (" ", given_name, family_name, NULL);
  g_autofree char *search = conc_text_fold (name);
  g_autofree char *email = g_strdup_printf ("Runner.%u@example.org", i);
  g_autofree char *phone = g_strdup_printf ("612-555-01%02u", i);
  ConcFindable     person = {
        .id = id,
        .given_name = given_name,
        .search = search,
        .email = i % 3 != 0 ? email : NULL,
        .phone = i % 4 != 0 ? phone : NULL,
        .bib = i * 7,
        .birth_year = 1940 + i,
        .age = (int) i - 1,
        .is_checked_in = i % 2 == 0,
  };

  conc_finder_put (finder, &person);
}

static ConcFinder *
get_finder (void)
{
  static const char *const given[] = { "José", "William", "Pa Kou", "Ann", "李", "Jürgen", "" };
  static const char *const family[] = { "García",     "O’Connor", "van der Berg", "Müller",
                                        "Чайковский", "小龍",     "de la Cruz" };
  static ConcFinder       *finder;

  if (finder != NULL)
    return finder;
  finder = conc_finder_new ();
  for (guint i = 0; i < G_N_ELEMENTS (given) * G_N_ELEMENTS (family); i++)
    put (finder, i, given[i % G_N_ELEMENTS (given)], family[i / G_N_ELEMENTS (given)]);
  return finder;
}

/* @ids begins with @beginning, and nobody is in it twice. */
static void
check_list (GPtrArray *ids, GPtrArray *beginning)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (ids->len, >=, beginning->len);
  g_assert_cmpuint (ids->len, <=, conc_finder_get_count (get_finder ()));
  for (guint i = 0; i < ids->len; i++)
    {
      g_assert_true (g_hash_table_add (seen, g_ptr_array_index (ids, i)));
      if (i < beginning->len)
        g_assert_cmpstr (g_ptr_array_index (ids, i), ==, g_ptr_array_index (beginning, i));
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GPtrArray) all = conc_finder_find (get_finder (), text, 0);
  g_autoptr (GPtrArray) strictly = conc_finder_find_strictly (get_finder (), text, 0);
  g_autoptr (GPtrArray) some = conc_finder_find (get_finder (), text, LIMIT);

  check_list (all, strictly);
  check_list (all, some);
  g_assert_cmpuint (some->len, ==, MIN (LIMIT, all->len));
  if (all->len > 0)
    fuzz_n_read++;
  else
    fuzz_n_refused++;
  return 0;
}
