/* test-finder.c: people found by whatever is typed of them. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/finder.h"
#include "core/name-forms.h"
#include "core/one-error.h"
#include "core/tell-apart.h"
#include "core/text-fold.h"

#include <locale.h>
#include <string.h>

#define FOUND_MAX 50

static void
put (ConcFinder *finder, const char *id, const char *given_name, const char *family_name)
{
  g_autofree char *name = g_strjoin (" ", given_name, family_name, NULL);
  g_autofree char *search = conc_text_fold (name);
  ConcFindable     person = { .id = id, .given_name = given_name, .search = search, .age = -1 };

  conc_finder_put (finder, &person);
}

/* The ids that are found, separated by spaces. */
static char *
find (ConcFinder *finder, const char *text)
{
  g_autoptr (GPtrArray) ids = conc_finder_find (finder, text, FOUND_MAX);

  g_ptr_array_add (ids, NULL);
  return g_strjoinv (" ", (char **) ids->pdata);
}

static void
test_one_error (void)
{
  static const struct
  {
    const char  *typed;
    const char  *word;
    ConcErrorFit fit;
  } vectors[] = {
    { "jse", "jose", CONC_ERROR_WHOLE },
    { "joose", "jose", CONC_ERROR_WHOLE },
    { "jise", "jose", CONC_ERROR_WHOLE },
    { "jsoe", "jose", CONC_ERROR_WHOLE },
    { "ose", "jose", CONC_ERROR_WHOLE },
    { "xjose", "jose", CONC_ERROR_WHOLE },
    { "kose", "jose", CONC_ERROR_WHOLE },
    { "ojse", "jose", CONC_ERROR_WHOLE },
    { "jos", "jose", CONC_ERROR_WHOLE },
    { "josee", "jose", CONC_ERROR_WHOLE },
    { "josx", "jose", CONC_ERROR_WHOLE },
    { "joes", "jose", CONC_ERROR_WHOLE },
    { "gonzla", "gonzalez", CONC_ERROR_BEGUN },
    { "ginza", "gonzalez", CONC_ERROR_BEGUN },
    { "gnza", "gonzalez", CONC_ERROR_BEGUN },
    { "gonnza", "gonzalez", CONC_ERROR_BEGUN },
    { "xonza", "gonzalez", CONC_ERROR_BEGUN },
    { "gonzx", "gonzalez", CONC_ERROR_MORE },
    { "joxx", "jose", CONC_ERROR_MORE },
    { "xosx", "jose", CONC_ERROR_MORE },
    { "j", "jose", CONC_ERROR_MORE },
    { "", "j", CONC_ERROR_WHOLE },
    { "x", "", CONC_ERROR_WHOLE },
    { "", "jo", CONC_ERROR_MORE },
    { "чайкоский", "чайковский", CONC_ERROR_WHOLE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      glong                n_typed, n_word;
      g_autofree gunichar *typed = g_utf8_to_ucs4_fast (vectors[i].typed, -1, &n_typed);
      g_autofree gunichar *word = g_utf8_to_ucs4_fast (vectors[i].word, -1, &n_word);

      g_test_message ("%s for %s", vectors[i].typed, vectors[i].word);
      g_assert_cmpint (conc_one_error (typed, (guint) n_typed, word, (guint) n_word), ==,
                       vectors[i].fit);
    }
}

static void
test_spellings (void)
{
  static const struct
  {
    const char *word;
    const char *spellings;
  } vectors[] = {
    { "muller", "" },
    { "mueller", "muller" },
    { "haakon", "hakon" },
    { "baeckerhoefe", "backerhoefe baeckerhofe backerhofe" },
    { "", "" },
    { "ae", "a" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_auto (GStrv) spellings = conc_name_spellings (vectors[i].word);
      g_autofree char *text = g_strjoinv (" ", spellings);

      g_assert_cmpstr (text, ==, vectors[i].spellings);
    }
}

/* A name with a capital or an accent, or one twice in a line, would never be found. */
static void
test_table (void)
{
  static const char *const names[] = { "bill", "liz", "pepe", "mohamed", "sasha", "fadumo" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GPtrArray) forms = conc_name_forms (names[i]);

      g_assert_cmpuint (forms->len, >, 0);
      for (guint k = 0; k < forms->len; k++)
        {
          const char      *form = g_ptr_array_index (forms, k);
          g_autofree char *folded = conc_text_fold (form);

          g_assert_cmpstr (folded, ==, form);
          g_assert_cmpstr (form, !=, names[i]);
        }
    }
}

typedef struct
{
  const char *given_name;
  const char *family_name;
  const char *typed; /* each of it finds the person; parted by "|" */
} Vector;

static const Vector vectors[] = {
  { "José", "García",
    "jose garcia|garcia jose|JOSÉ|gar|jo g|jse garcia|jgar|garcj|pepe garcia|"
    "jose grcia|joze garcia|josegarcia|hose garcia|aosé garcía|garica" },
  { "William", "O’Connor", "bill oconnor|o connor|o'connor|OConnor, William|willy|liam o|oconor" },
  { "Elizabeth", "Van der Berg",
    "liz berg|beth van|vanderberg|van den berg|vander berg|vander|"
    "berg elizabeth|lizabeth|elziabeth" },
  { "Jürgen", "Müller", "jurgen muller|juergen mueller|jürgen müller|mueller|mulller|muler" },
  { "Joerg", "Mueller-Lüdenscheidt", "jörg müller|mueller ludenscheidt|luedenscheidt|jorg" },
  { "Søren", "Ødegård", "soren odegard|soeren oedegaard|ødegård|odegaard|oedegard" },
  { "Łukasz", "Żółć", "lukasz zolc|łukasz|luke zolc|ŻÓŁĆ" },
  { "Đức", "Nguyễn", "duc nguyen|nguyen duc|nguyên|ngyuen" },
  { "Þórður", "Ægisson", "thordur aegisson|aegisson|thordur|þórður" },
  { "Muhammad", "Cabdi", "mohamed abdi|mohammed cabdi|muhammed|mohamud|muhamad cabdi" },
  { "İpek", "Yılmaz", "ipek yilmaz|IPEK|yilmaz|yılmaz|yilmas" },
  { "Jonas", "Weiß", "weiss|weiß jonas|weis|jonas weiß" },
  { "Иван", "Чайковский", "иван|чайковский|чайкоский|ИВАН чай" },
  { "李", "小龍", "李|小龍|李 小" },
  { "Pa Kou", "Vang", "pa kou|kou vang|pakou|vang pa|pkvang" },
  { "Anne-Marie", "Muñoz",
    "annemarie|anne marie|anne munoz|muñoz|marie munoz|munos|annemarie munoz" },
  { "Siobhán", "McDonald", "siobhan|mc donald|mcdonald|siobahn|mcdonlad" },
  { "Robert", "St. James", "bob st james|st james|stjames|bobby james|rob st. james" },
};

static void
test_names (void)
{
  g_autoptr (ConcFinder) finder = conc_finder_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++)
    put (finder, vectors[i].family_name, vectors[i].given_name, vectors[i].family_name);
  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_auto (GStrv) typed = g_strsplit (vectors[i].typed, "|", -1);

      for (guint k = 0; typed[k] != NULL; k++)
        {
          g_autoptr (GPtrArray) ids = conc_finder_find (finder, typed[k], FOUND_MAX);

          g_test_message ("%s for %s %s", typed[k], vectors[i].given_name, vectors[i].family_name);
          g_assert_true (
              g_ptr_array_find_with_equal_func (ids, vectors[i].family_name, g_str_equal, NULL));
        }
    }
}

/* What somebody types who has only the letters a to z. */
static const Vector other_scripts[] = {
  { "Юлия", "Ковалёва",
    "yulia|iuliia|yuliya|julija|kovaleva|kovalyova|yulia kovaleva|yuli kov|юлия" },
  { "Дмитрий", "Щербаков", "dmitry|dmitriy|dmitrii|dmitri shcherb|scherbakov|sherbakov" },
  { "Александр", "Жуков", "aleksandr|alexandr|alexander zhukov|sasha|zukov" },
  { "Наталья", "Хрущёва", "natalya|natalia|natalja hrus|khrushch|natasha" },
  { "Григорій", "Шевченко", "hryhorii|hryhoriy|shevchenko|grigor|sevcenko" },
  { "Ђорђе", "Љубојевић", "djordje|ljubojevic" },
  { "Παύλος", "Γιαννόπουλος", "pavlos|paulos|giannopoulos|yannopoulos|giannop pav" },
  { "Χρήστος", "Μπακογιάννης", "christos|hristos|bakoyannis|mpakogiannis" },
  { "Ευάγγελος", "Ντάλας", "evangelos|evan dalas|ntalas" },
};

static void
test_other_scripts (void)
{
  g_autoptr (ConcFinder) finder = conc_finder_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (other_scripts); i++)
    put (finder, other_scripts[i].family_name, other_scripts[i].given_name,
         other_scripts[i].family_name);
  for (gsize i = 0; i < G_N_ELEMENTS (other_scripts); i++)
    {
      g_auto (GStrv) typed = g_strsplit (other_scripts[i].typed, "|", -1);

      for (guint k = 0; typed[k] != NULL; k++)
        {
          g_autoptr (GPtrArray) ids = conc_finder_find (finder, typed[k], FOUND_MAX);

          g_test_message ("%s for %s", typed[k], other_scripts[i].family_name);
          g_assert_cmpuint (ids->len, >, 0);
          g_assert_cmpstr (g_ptr_array_index (ids, 0), ==, other_scripts[i].family_name);
        }
    }
}

/* The letters of these do not tell how they are spelled; there are other ways to find them. */
static void
test_without_letters (void)
{
  static const ConcFindable people[] = {
    { "wang", "伟", "伟 王", "w.wang@example.org", "612-555-0199", 31, 1985, 32, FALSE, NULL },
    { "kong", "ກອງ", "ກອງ ວັງ", NULL, NULL, 0, 1985, 32, FALSE, "Kong Vang" },
    { "abdallah", "عبدالله", "عبدالله حسن", NULL, "612-555-0142", 0, 1990, 27, FALSE, "Abdullah" },
    { "ann", "Ann", "ann olson", NULL, NULL, 85, 1985, 32, FALSE, NULL },
  };
  static const struct
  {
    const char *typed;
    const char *ids;
  } questions[] = {
    { "31", "wang" },        { "w.wang", "wang" },      { "0199", "wang" },
    { "伟", "wang" },        { "1985", "wang" },        { "kong", "kong" },
    { "kong vang", "kong" }, { "vang k", "kong" },      { "abdulah", "abdallah" },
    { "0142", "abdallah" },  { "عبدالله", "abdallah" }, { "1990", "" },
    { "ກອງ", "kong" },       { "wang", "wang kong" },   { "85", "ann" },
  };
  g_autoptr (ConcFinder) finder = conc_finder_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (people); i++)
    conc_finder_put (finder, &people[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      g_autofree char *ids = find (finder, questions[i].typed);

      g_test_message ("%s", questions[i].typed);
      g_assert_cmpstr (ids, ==, questions[i].ids);
    }
}

/* A name that a runner is known by finds like the one that is registered. */
static void
test_known_as (void)
{
  static const ConcFindable people[] = {
    { "robert", "Robert", "robert smith", NULL, NULL, 0, 0, -1, FALSE, "Buzz" },
    { "buzz", "Buzz", "buzz smith", NULL, NULL, 0, 0, -1, TRUE, "Buzz" },
    { "other", "Rob", "rob smith", NULL, NULL, 0, 0, -1, FALSE, NULL },
  };
  ConcFindable changed = people[2];
  g_autoptr (ConcFinder) finder = conc_finder_new ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *twice = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (people); i++)
    conc_finder_put (finder, &people[i]);
  before = find (finder, "buzz smith");
  g_assert_cmpstr (before, ==, "robert buzz");
  twice = find (finder, "buzz buzz");
  g_assert_cmpstr (twice, ==, "");
  changed.known_as = "Buzz";
  conc_finder_put (finder, &changed);
  after = find (finder, "smith buzz");
  g_assert_cmpstr (after, ==, "other robert buzz");
}

static void
test_nobody (void)
{
  static const char *const typed[] = {
    "",    " ",    "-", "*",       "\"", "zzzz", "a\" OR \"b",       "@", "%", "x@y@z",
    "000", "\xff", "9", "ann ann", "xx", "0:0",  "qqann olson olson"
  };
  g_autoptr (ConcFinder) finder = conc_finder_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autofree char *nobody = find (finder, typed[i]);

      g_assert_cmpstr (nobody, ==, "");
    }
  put (finder, "ann", "Ann", "Olson");
  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autofree char *nobody = find (finder, typed[i]);

      g_test_message ("“%s” finds nobody", typed[i]);
      g_assert_cmpstr (nobody, ==, "");
    }
}

static void
put_all (ConcFinder *finder)
{
  static const ConcFindable people[] = {
    { "exact", "Ann", "ann smith", "ann@example.org", "+1 612-555-0100", 7, 1980, 37, FALSE, NULL },
    { "here", "Ann", "ann smith", "smith@example.org", "612-555-0101", 70, 1990, 27, TRUE, NULL },
    { "whole", "Ann", "ann smith jones", NULL, "(612) 555-0102", 71, 1991, 26, FALSE, NULL },
    { "begun", "Anna", "anna smithers", NULL, NULL, 700, 1992, 25, FALSE, NULL },
    { "other", "Nancy", "nancy smith", NULL, NULL, 8, 0, 40, FALSE, NULL },
    { "error", "Amn", "amn smith", NULL, NULL, 0, 1993, 24, FALSE, NULL },
    { "glued", "Annsmith", "annsmith lee", NULL, NULL, 0, 1994, 23, FALSE, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (people); i++)
    conc_finder_put (finder, &people[i]);
}

static void
test_order (void)
{
  static const struct
  {
    const char *typed;
    const char *ids;
  } questions[] = {
    { "ann smith", "exact here whole begun other glued error" },
    { "Smith, Ann", "exact here whole begun other error" },
    { "7", "exact here whole begun" },
    { "70", "here begun" },
    { "8", "other" },
    { "smith ann 1990", "here" },
    { "smith90", "here" },
    { "smith 40", "other" },
    { "asm91", "whole" },
    { "ann@example.org", "exact" },
    { "ANN@EX", "exact" },
    { "@example", "exact here" },
    { "nancy.smith@other.example", "other exact whole here begun" },
    { "0101", "here" },
    { "612 555 0102", "whole" },
    { "1-612-555-0101", "here" },
    { "6125550100", "exact" },
    { "(612) 555", "exact whole here" },
  };
  g_autoptr (ConcFinder) finder = conc_finder_new ();

  put_all (finder);
  for (gsize i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      g_autofree char *ids = find (finder, questions[i].typed);

      g_test_message ("%s", questions[i].typed);
      g_assert_cmpstr (ids, ==, questions[i].ids);
    }
}

static void
test_changes (void)
{
  g_autoptr (ConcFinder) finder = conc_finder_new ();
  ConcFindable     ben = { .id = "b", .given_name = "Ben", .search = "ben lee", .age = -1 };
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;

  put (finder, "a", "Ada", "Lee");
  conc_finder_put (finder, &ben);
  first = find (finder, "lee");
  g_assert_cmpstr (first, ==, "a b");
  put (finder, "a", "Ada", "Lindgren");
  ben.is_checked_in = TRUE;
  ben.bib = 5;
  conc_finder_put (finder, &ben);
  put (finder, "c", "Zoe", "Lee");
  second = find (finder, "lee");
  g_assert_cmpstr (second, ==, "c b");
  conc_finder_remove (finder, "c");
  conc_finder_remove (finder, "nobody");
  third = find (finder, "5");
  g_assert_cmpstr (third, ==, "b");
  g_assert_cmpuint (conc_finder_get_count (finder), ==, 2);
}

static char *
make_word (GRand *random, guint n_syllables)
{
  static const char *const syllables[] = { "an", "bel", "co", "da", "er", "fin", "ga", "ho", "il",
                                           "ja", "ka",  "lo", "mi", "no", "ol",  "pe", "ra", "so",
                                           "ta", "ur",  "va", "wi", "xe", "ya",  "zu" };
  GString                 *word = g_string_new (NULL);

  for (guint i = 0; i < n_syllables; i++)
    g_string_append (word, syllables[g_rand_int_range (random, 0, G_N_ELEMENTS (syllables))]);
  return g_string_free (word, FALSE);
}

/* What is found with errors begins with what is found without, and a limit cuts the same list. */
static void
test_superset (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (29);
  g_autoptr (ConcFinder) finder = conc_finder_new ();
  guint n_longer = 0;

  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);
      g_autofree char *given = make_word (random, 2);
      g_autofree char *family = make_word (random, 3);

      put (finder, id, given, family);
    }
  for (guint i = 0; i < 3000; i++)
    {
      g_autofree char *word = make_word (random, (guint) g_rand_int_range (random, 1, 4));
      g_autofree char *other = make_word (random, 1);
      g_autofree char *text = i % 2 == 0 ? g_strdup (word) : g_strjoin (" ", word, other, NULL);
      g_autoptr (GPtrArray) strictly = conc_finder_find_strictly (finder, text, 0);
      g_autoptr (GPtrArray) all = conc_finder_find (finder, text, 0);
      g_autoptr (GPtrArray) some = conc_finder_find (finder, text, 3);

      g_assert_cmpuint (all->len, >=, strictly->len);
      g_assert_cmpuint (some->len, ==, MIN (3, all->len));
      for (guint k = 0; k < strictly->len; k++)
        g_assert_cmpstr (all->pdata[k], ==, strictly->pdata[k]);
      for (guint k = 0; k < some->len; k++)
        g_assert_cmpstr (some->pdata[k], ==, all->pdata[k]);
      n_longer += all->len > strictly->len ? 1 : 0;
    }
  g_assert_cmpuint (n_longer, >, 100);
}

static ConcRunner *
make_runner (const char *name, const char *birth_date, const char *city, const char *team)
{
  ConcRunner *runner = conc_runner_new (name);

  conc_runner_set (runner, CONC_FIELD_GIVEN_NAME, name);
  conc_runner_set (runner, CONC_FIELD_FAMILY_NAME, "Lee");
  conc_runner_set (runner, CONC_FIELD_BIRTH_DATE, birth_date);
  conc_runner_set (runner, CONC_FIELD_CITY, city);
  conc_runner_set (runner, CONC_FIELD_TEAM, team);
  return runner;
}

static void
test_tell_apart (void)
{
  static const struct
  {
    const char *people[3][4];
    const char *texts;
  } groups[] = {
    { { { "Zoë", "1985-01-01", "Edina", NULL }, { "Zoe", "1990-01-01", "Edina", NULL } },
      "born 1985|born 1990" },
    { { { "Zoe", "1985-01-01", "Edina", NULL }, { "Ann", "1985-01-01", "Edina", NULL } }, "-|-" },
    { { { "Zoe", "1985-01-01", "Edina", NULL }, { "Zoe", "1985-09-01", "Duluth", NULL } },
      "Edina|Duluth" },
    { { { "Zoe", NULL, "Edina", "Reds" }, { "Zoe", NULL, "Edina", "Blues" } }, "Reds|Blues" },
    { { { "Zoe", "1985-01-01", "Edina", "Reds" }, { "Zoe", "1985-01-02", "Edina", "Reds" } },
      "born 1985-01-01|born 1985-01-02" },
    { { { "Zoe", "1985-01-01", "Edina", NULL },
        { "Zoe", "1985-01-01", "Duluth", NULL },
        { "Zoe", "1990-01-01", "Edina", NULL } },
      "born 1985 · Edina|born 1985 · Duluth|born 1990 · Edina" },
    { { { "Zoe", "1985-01-01", "Edina", NULL }, { "Zoe", "1985-01-01", "Edina", NULL } }, "-|-" },
    { { { "Zoe", NULL, NULL, NULL }, { "Zoe", NULL, NULL, NULL } }, "-|-" },
    { { { "Zoe", NULL, "Edina", NULL }, { "Zoe", NULL, NULL, NULL } }, "Edina|-" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      g_autoptr (GPtrArray) runners =
          g_ptr_array_new_with_free_func ((GDestroyNotify) conc_runner_free);
      g_autoptr (GPtrArray) texts = NULL;
      g_autoptr (GString) said = g_string_new (NULL);

      for (guint k = 0; k < 3 && groups[i].people[k][0] != NULL; k++)
        g_ptr_array_add (runners, make_runner (groups[i].people[k][0], groups[i].people[k][1],
                                               groups[i].people[k][2], groups[i].people[k][3]));
      texts = conc_tell_apart (runners);
      g_assert_cmpuint (texts->len, ==, runners->len);
      for (guint k = 0; k < texts->len; k++)
        g_string_append_printf (said, "%s%s", k > 0 ? "|" : "",
                                texts->pdata[k] != NULL ? (char *) texts->pdata[k] : "-");
      g_assert_cmpstr (said->str, ==, groups[i].texts);
    }
}

/* ------------------------------------------------- a plain way to find, to compare with */

#define PLAIN_PEOPLE 3000
#define PLAIN_QUESTIONS 400

typedef struct
{
  char    *id;
  char    *given;
  char    *search;
  char   **words;
  guint    n_given;
  guint    birth_year;
  gboolean is_checked_in;

  /* for the question that is asked */
  guint by;
  guint misfit;
  guint place;
} PlainPerson;

static void
plain_person_free (gpointer data)
{
  PlainPerson *person = data;

  g_free (person->id);
  g_free (person->given);
  g_free (person->search);
  g_strfreev (person->words);
  g_free (person);
}

/* No two of these letters are one letter of another language, and no name is a form of another. */
static char *
make_plain_word (void)
{
  static const char *const parts[] = { "ba", "bo", "bé", "ke", "ko", "kø", "ni",
                                       "nu", "nž", "t",  "王", "李", "ж" };
  g_autoptr (GString) word = g_string_new (NULL);

  for (int left = g_test_rand_int_range (1, 4); left > 0; left--)
    g_string_append (word, parts[g_test_rand_int_range (0, G_N_ELEMENTS (parts))]);
  return g_string_free (g_steal_pointer (&word), FALSE);
}

static PlainPerson *
make_plain_person (guint i)
{
  PlainPerson     *person = g_new0 (PlainPerson, 1);
  g_autofree char *second = g_test_rand_int_range (0, 3) == 0 ? make_plain_word () : NULL;
  g_autofree char *first = make_plain_word ();
  g_autofree char *family = make_plain_word ();
  g_autofree char *name = NULL;
  g_autofree char *given_folded = NULL;
  g_auto (GStrv) given_words = NULL;

  person->id = g_strdup_printf ("%u", i);
  person->given = second != NULL ? g_strjoin (" ", first, second, NULL) : g_strdup (first);
  name = g_strjoin (" ", person->given, family, NULL);
  person->search = conc_text_fold (name);
  person->words = g_strsplit (person->search, " ", -1);
  given_folded = conc_text_fold (person->given);
  given_words = g_strsplit (given_folded, " ", -1);
  person->n_given = g_strv_length (given_words);
  person->birth_year = (guint) g_test_rand_int_range (1940, 1945);
  person->is_checked_in = g_test_rand_int_range (0, 3) == 0;
  return person;
}

/* Whether each word of @typed begins a word of the name; the longest chooses first. */
static gboolean
plain_fits (PlainPerson *person, char **typed)
{
  guint    n_typed = g_strv_length (typed), n_words = g_strv_length (person->words);
  gboolean is_used[8] = { FALSE };
  guint    first = 0;

  person->misfit = person->place = 0;
  if (n_typed == 2 && strlen (typed[1]) > strlen (typed[0]))
    first = 1;
  for (guint k = 0; k < n_typed; k++)
    {
      guint asked = (first + k) % n_typed, at = G_MAXUINT, worse = 2;

      for (guint i = 0; i < n_words; i++)
        {
          guint misfit = strcmp (person->words[i], typed[asked]) == 0 ? 0 : 1;

          if (!is_used[i] && g_str_has_prefix (person->words[i], typed[asked]) && misfit < worse)
            {
              worse = misfit;
              at = i;
            }
        }
      if (at == G_MAXUINT)
        return FALSE;
      is_used[at] = TRUE;
      person->misfit += worse;
      if (asked == 0)
        person->place = at == 0 ? 0 : at == person->n_given ? 1 : 2;
    }
  person->by = person->misfit > 0 ? 2 : n_typed == n_words ? 0 : 1;
  return TRUE;
}

static int
compare_numbers (guint a, guint b)
{
  return a == b ? 0 : a < b ? -1 : 1;
}

static const char *
get_family (const PlainPerson *person)
{
  const char *at = person->search;

  for (guint i = 0; i < person->n_given; i++)
    at = strchr (at, ' ') + 1;
  return at;
}

static int
compare_plain_cb (gconstpointer a, gconstpointer b)
{
  const PlainPerson *left = *(PlainPerson *const *) a, *right = *(PlainPerson *const *) b;
  int                orders[] = { compare_numbers (left->by, right->by),
                                  compare_numbers (left->misfit, right->misfit),
                                  left->is_checked_in - right->is_checked_in,
                                  compare_numbers (left->place, right->place),
                                  strcmp (get_family (left), get_family (right)),
                                  strcmp (left->search, right->search),
                                  compare_numbers (left->birth_year, right->birth_year),
                                  strcmp (left->id, right->id) };

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    if (orders[i] != 0)
      return orders[i];
  return 0;
}

static GPtrArray *
find_plainly (GPtrArray *people, const char *text)
{
  g_autofree char *folded = conc_text_fold (text);
  g_auto (GStrv) typed = g_strsplit (folded, " ", -1);
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < people->len; i++)
    if (plain_fits (people->pdata[i], typed))
      g_ptr_array_add (found, people->pdata[i]);
  g_ptr_array_sort (found, compare_plain_cb);
  return found;
}

static char *
make_plain_question (GPtrArray *people)
{
  PlainPerson     *person = people->pdata[g_test_rand_int_range (0, (int) people->len)];
  const char      *family = get_family (person);
  glong            n = g_utf8_strlen (family, -1);
  g_autofree char *begun = g_utf8_substring (family, 0, g_test_rand_int_range (1, (int) n + 1));

  if (g_test_rand_int_range (0, 2) == 0)
    return g_steal_pointer (&begun);
  return g_strjoin (" ", begun, person->words[0], NULL);
}

/* Those that are found by words and their beginnings, which come before all others. */
static void
test_plain_order (void)
{
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func (plain_person_free);
  g_autoptr (ConcFinder) finder = conc_finder_new ();
  guint n_found = 0;

  for (guint i = 0; i < PLAIN_PEOPLE; i++)
    {
      PlainPerson *person = make_plain_person (i);
      ConcFindable findable = { .id = person->id,
                                .given_name = person->given,
                                .search = person->search,
                                .birth_year = person->birth_year,
                                .age = -1,
                                .is_checked_in = person->is_checked_in };

      g_ptr_array_add (people, person);
      conc_finder_put (finder, &findable);
    }
  for (guint i = 0; i < PLAIN_QUESTIONS; i++)
    {
      g_autofree char *text = make_plain_question (people);
      g_autoptr (GPtrArray) wanted = find_plainly (people, text);
      g_autoptr (GPtrArray) ids =
          conc_finder_find (finder, text, i % 2 == 0 ? 0 : MAX (wanted->len, 1));

      g_test_message ("“%s”", text);
      g_assert_cmpuint (ids->len, >=, wanted->len);
      for (guint k = 0; k < wanted->len; k++)
        g_assert_cmpstr (ids->pdata[k], ==, ((PlainPerson *) wanted->pdata[k])->id);
      n_found += wanted->len;
    }
  g_assert_cmpuint (n_found, >, PLAIN_QUESTIONS * 10);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/finder/one error of each kind, at each letter", test_one_error);
  g_test_add_func ("/finder/two letters for one with a mark", test_spellings);
  g_test_add_func ("/finder/the table of names is folded", test_table);
  g_test_add_func ("/finder/names of many languages", test_names);
  g_test_add_func ("/finder/names in Cyrillic and Greek", test_other_scripts);
  g_test_add_func ("/finder/names whose letters nobody can type", test_without_letters);
  g_test_add_func ("/finder/the name a runner is known by", test_known_as);
  g_test_add_func ("/finder/what is nobody finds nobody", test_nobody);
  g_test_add_func ("/finder/the order is that of a plain comparison", test_plain_order);
  g_test_add_func ("/finder/the best match comes first", test_order);
  g_test_add_func ("/finder/people who change and leave", test_changes);
  g_test_add_func ("/finder/errors only add to what is found", test_superset);
  g_test_add_func ("/tell-apart/in as few words as do", test_tell_apart);
  return g_test_run ();
}
