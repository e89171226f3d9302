/* rehearsal-people.c: people who do not exist, for rehearsals. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rehearsal-people.h"

#include "core/text-fold.h"

/* Names of the languages that are spoken around the race, so that search, sorting and fonts are
 * rehearsed as well. */
static const char *const women[] = {
  "Emma",   "Olivia",  "Grace", "Astrid", "Zoë",     "Renée",   "Fadumo", "Hodan",  "Ayaan",
  "Pa Kou", "Mai",     "Yer",   "María",  "Lucía",   "Beyza",   "Łucja",  "Ngọc",   "Aisha",
  "Priya",  "Hye-jin", "Yuki",  "Amara",  "Siobhán", "Natalia", "Imani",  "Winona", "Ingrid",
};
static const char *const men[] = {
  "Liam",  "Noah",    "Anders", "Lars",  "Søren", "Jürgen", "Abdi",     "Cabdullahi", "Mahad",
  "Tou",   "Xeng",    "Kong",   "José",  "Mateo", "Emre",   "Łukasz",   "Minh",       "Omar",
  "Arjun", "Min-jun", "Kenji",  "Kwame", "Seán",  "Dmitri", "Jean-Luc", "Elijah",     "DeShawn",
};
static const char *const families[] = {
  "Peterson",     "Anderson",  "Hansen",  "Lindqvist", "Ødegård", "Müller",     "Nguyễn",
  "Vang",         "Lor",       "Thao",    "Xiong",     "Cabdi",   "Maxamed",    "Warsame",
  "García",       "Hernández", "O'Shea",  "Kowalski",  "Szabó",   "Okafor",     "Mensah",
  "Patel",        "Park",      "Tanaka",  "Smith",     "Johnson", "Washington", "St. James",
  "van der Berg", "Yılmaz",    "Ivanova", "Red Cloud",
};
static const char *const teams[] = {
  "Northside Runners", "Team Freedom", "Lake Street Striders", "Gate 29", "St. Anne's Choir",
};
static const char *const shirts[] = { "Youth M", "S", "M", "L", "XL", "XXL" };
static const char *const cities[] = {
  "Minneapolis", "St. Paul", "Bloomington", "Edina", "Rochester", "Duluth",
};
static const char *const messages[] = {
  "Go, everyone!",
  "¡Sí se puede!",
  "In memory of Ruth",
  "Waad ku mahadsan tahay",
};
static const gint64 amounts_cents[] = { 500, 1000, 2000, 2500, 2500, 5000, 10000, 25000, 50000 };

#define PICK(random, table) (table)[g_rand_int_range ((random), 0, (gint32) G_N_ELEMENTS (table))]

static gboolean
happens (GRand *random, guint percent)
{
  return g_rand_int_range (random, 0, 100) < (gint32) percent;
}

static void
set_phone (GRand *random, ConcRunner *runner, ConcField field)
{
  conc_runner_take (runner, field,
                    g_strdup_printf ("612-555-%04d", g_rand_int_range (random, 0, 10000)));
}

static void
set_contact (GRand *random, ConcRunner *runner, guint number)
{
  g_autofree char *folded = conc_text_fold (conc_runner_get (runner, CONC_FIELD_GIVEN_NAME));

  for (char *c = folded; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c))
      *c = '.';
  conc_runner_take (runner, CONC_FIELD_EMAIL,
                    g_strdup_printf ("%s.%u@example.org", folded, number));
  set_phone (random, runner, CONC_FIELD_PHONE);
  conc_runner_take (runner, CONC_FIELD_EMERGENCY_NAME,
                    g_strdup_printf ("%s %s", PICK (random, women),
                                     conc_runner_get (runner, CONC_FIELD_FAMILY_NAME)));
  set_phone (random, runner, CONC_FIELD_EMERGENCY_PHONE);
}

/**
 * conc_rehearsal_make_runner:
 * @random: where chance comes from
 * @number: which runner this is, from 0; it makes the address and the registration unique, so
 *   that two people of one name are told apart
 * @walks: whether this is a walker, in wave B
 *
 * A few have no sex or no age, and a few do not want to be named, as in every race.
 *
 * Returns: (transfer full): a runner without an id and without a bib. Any thread.
 */
ConcRunner *
conc_rehearsal_make_runner (GRand *random, guint number, gboolean walks)
{
  ConcRunner *runner = conc_runner_new (NULL);
  gboolean    is_woman = happens (random, 53);

  conc_runner_set (runner, CONC_FIELD_GIVEN_NAME,
                   is_woman ? PICK (random, women) : PICK (random, men));
  conc_runner_set (runner, CONC_FIELD_FAMILY_NAME, PICK (random, families));
  if (!happens (random, 4))
    conc_runner_set (runner, CONC_FIELD_SEX, happens (random, 2) ? "X" : is_woman ? "F" : "M");
  if (!happens (random, 5))
    conc_runner_take (runner, CONC_FIELD_AGE,
                      g_strdup_printf ("%d", g_rand_int_range (random, 9, 78)));
  conc_runner_set (runner, CONC_FIELD_EVENT, walks ? "5K Walk" : "5K Run");
  conc_runner_set (runner, CONC_FIELD_WAVE, walks ? "B" : "A");
  if (happens (random, 25))
    conc_runner_set (runner, CONC_FIELD_TEAM, PICK (random, teams));
  conc_runner_set (runner, CONC_FIELD_SHIRT, PICK (random, shirts));
  conc_runner_set (runner, CONC_FIELD_CITY, PICK (random, cities));
  conc_runner_set (runner, CONC_FIELD_STATE, "MN");
  conc_runner_set (runner, CONC_FIELD_PUBLIC, happens (random, 4) ? "no" : "yes");
  conc_runner_set (runner, CONC_FIELD_WAIVER, happens (random, 3) ? "no" : "yes");
  conc_runner_take (runner, CONC_FIELD_REGISTRATION_ID, g_strdup_printf ("%u", number + 1));
  set_contact (random, runner, number);
  return runner;
}

static ConcMethod
pick_method (GRand *random)
{
  static const ConcMethod usual[] = {
    CONC_METHOD_CASH, CONC_METHOD_CASH,   CONC_METHOD_CASH,   CONC_METHOD_CHECK,
    CONC_METHOD_CARD, CONC_METHOD_ONLINE, CONC_METHOD_ONLINE, CONC_METHOD_PLEDGE,
  };

  return PICK (random, usual);
}

/** conc_rehearsal_make_gift: Returns: (transfer full): a gift by somebody. Any thread. */
ConcGift *
conc_rehearsal_make_gift (GRand *random)
{
  ConcGift *gift = conc_gift_new ();

  gift->amount_cents = PICK (random, amounts_cents);
  gift->method = pick_method (random);
  gift->from = g_strdup_printf ("%s %s", PICK (random, women), PICK (random, families));
  gift->is_anonymous = happens (random, 15);
  if (happens (random, 20))
    gift->message = g_strdup (PICK (random, messages));
  return gift;
}
