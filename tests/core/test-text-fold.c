/* test-text-fold.c: text folded for search. */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/text-fold.h"

#include <locale.h>
#include <string.h>

static void
test_vectors (void)
{
  static const struct
  {
    const char *text;
    const char *folded;
  } vectors[] = {
    { "", "" },
    { " \t\n", "" },
    { "Emma", "emma" },
    { "  Van  der\tBerg ", "van der berg" },
    { "O'Brien", "obrien" },
    { "O’Brien", "obrien" },
    { "O´Brien", "obrien" },
    { "O`Brien", "obrien" },
    { "OʻBrien", "obrien" },
    { "O＇Brien", "obrien" },
    { "Abdi-Rahman", "abdi rahman" },
    { "Abdi–Rahman", "abdi rahman" },
    { "Abdi - Rahman", "abdi rahman" },
    { "St. James", "st james" },
    { "St.James,Jr.", "st james jr" },
    { "-x-", "x" },
    { "Grit & Grace", "grit grace" },
    { "emma.p@example.org", "emma p example org" },
    { "Ødegård", "odegard" },
    { "ÅBERG", "aberg" },
    { "A\xcc\x8a"
      "berg",
      "aberg" },
    { "Łukasz Żółć", "lukasz zolc" },
    { "Đức Lê", "duc le" },
    { "Nguyễn Thị Ánh", "nguyen thi anh" },
    { "Þórður Ægisson", "thordur aegisson" },
    { "Straße STRAẞE", "strasse strasse" },
    { "Iğdır İzmir ıI", "igdir izmir ii" },
    { "Œuvre Ŋoma Ħal", "oeuvre noma hal" },
    { "Muñoz Begoña", "munoz begona" },
    { "Əliyev Ɔkɛ", "eliyev oke" },
    { "Ĳssel Ǆ ŉ ﬁ Ａ", "ijssel dz n fi a" },
    { "col·lecció", "colleccio" },
    { "ẞ", "ss" },
    { "soft\xc2\xadhyphen", "softhyphen" },
    { "Иван Чайковский", "иван чайковский" },
    { "ΟΔΥΣΣΕΎΣ", "οδυσσεύσ" },
    { "李小龍 3", "李小龍 3" },
    { "हिन्दी", "हिन्दी" },
    { "محمد", "محمد" },
    { "👟 run", "run" },
    { "\xcc\x81", "" },
    { "a\xff"
      "b",
      "a b" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *folded = conc_text_fold (vectors[i].text);
      g_autofree char *again = conc_text_fold (folded);

      g_assert_cmpstr (folded, ==, vectors[i].folded);
      g_assert_cmpstr (again, ==, folded);
    }
}

/* Past the Latin letters that some language is written with; there are phonetic ones beyond. */
#define LATIN_END 0xac00
/* Letters for sounds of the throat and the tongue, which nobody types. */
static const char stops[] = "ǀǁǂǃɁɂʔʕʖʘʡʢʬʭˤᴤᴥᵜꜢꜣꜤꜥꞋꞌꞏ";

static gboolean
is_a_to_z (const char *text)
{
  return *text != '\0' && strspn (text, "abcdefghijklmnopqrstuvwxyz") == strlen (text);
}

/* Every letter of the script Latin, with and without a mark above and one below. */
static void
test_latin_letters_become_ascii (void)
{
  guint n_letters = 0;

  for (gunichar letter = 'A'; letter < LATIN_END; letter++)
    {
      char             text[8] = "";
      g_autofree char *folded = NULL;
      g_autofree char *marked = NULL;
      g_autofree char *folded_marked = NULL;

      if (!g_unichar_isalpha (letter) || g_unichar_get_script (letter) != G_UNICODE_SCRIPT_LATIN)
        continue;
      n_letters++;
      g_unichar_to_utf8 (letter, text);
      folded = conc_text_fold (text);
      marked = g_strconcat (text, "\xcc\x81\xcc\xa3", NULL);
      folded_marked = conc_text_fold (marked);
      g_test_message ("U+%04X is “%s”", letter, folded);
      g_assert_cmpstr (folded_marked, ==, folded);
      if (g_utf8_strchr (stops, -1, letter) != NULL)
        g_assert_cmpstr (folded, ==, "");
      else
        g_assert_true (is_a_to_z (folded));
    }
  g_assert_cmpuint (n_letters, >, 1250);
}

/* The quick path for ASCII and the other one have one rule. */
static void
test_both_paths_agree (void)
{
  for (char letter = 1; letter < 127; letter++)
    {
      char             text[] = { 'a', letter, 'B', '\0' };
      g_autofree char *longer = g_strconcat (text, "é", NULL);
      g_autofree char *folded = conc_text_fold (text);
      g_autofree char *folded_longer = conc_text_fold (longer);
      g_autofree char *expected = g_strconcat (folded, "e", NULL);

      g_assert_cmpstr (folded_longer, ==, expected);
    }
}

static void
test_any_text_folds_once (void)
{
  GRand *random = g_rand_new_with_seed (3);

  for (guint round = 0; round < 5000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *folded = NULL;
      g_autofree char *again = NULL;

      for (int left = g_rand_int_range (random, 0, 8); left > 0; left--)
        {
          gunichar letter =
              (gunichar) g_rand_int_range (random, 1, round % 2 == 0 ? 0x500 : 0x3000);

          g_string_append_unichar (text, letter);
        }
      folded = conc_text_fold (text->str);
      again = conc_text_fold (folded);
      g_assert_true (g_utf8_validate (folded, -1, NULL));
      g_assert_cmpstr (again, ==, folded);
    }
  g_rand_free (random);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/text-fold/vectors", test_vectors);
  g_test_add_func ("/text-fold/latin letters become ascii", test_latin_letters_become_ascii);
  g_test_add_func ("/text-fold/both paths agree", test_both_paths_agree);
  g_test_add_func ("/text-fold/any text folds once", test_any_text_folds_once);

  return g_test_run ();
}
