/* test-scan.c: whose code was scanned. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"

#include "core/token.h"
#include "store/identity.h"
#include "store/reader-scan.h"
#include "store/receive.h"

#include <locale.h>
#include <string.h>

#define REGISTRATIONS                                                                              \
  "First Name,Last Name,Bib,Registration ID,Email,Phone\n"                                         \
  "Ann,Olson,214,RSU-1001,xq7@example.org,612-555-0147\n"                                          \
  "Bee,Olson,215,77123,,\n"                                                                        \
  "Cai,Vang,77,215,,\n"                                                                            \
  "Max,Ek,,A88,,\n"                                                                                \
  "Tou,Vang,,5001,,\n"                                                                             \
  "Lia,Vang,,5001,,\n"

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture_set_up (fixture, data);
  fixture_import (fixture, REGISTRATIONS, strlen (REGISTRATIONS));
}

static ConcScanned *
scan (Fixture *fixture, const char *text)
{
  g_autoptr (GError) error = NULL;
  ConcScanned *scanned =
      conc_reader_find_scanned (conc_race_file_get_reader (fixture->file),
                                conc_race_file_get_race_id (fixture->file),
                                conc_race_file_get_key (fixture->file), text, &error);

  g_assert_no_error (error);
  return scanned;
}

/* The names that were found, or the sentence that says why none was. */
static char *
describe (const ConcScanned *scanned)
{
  g_autoptr (GString) names = g_string_new (NULL);

  g_assert_cmpint (scanned->as == CONC_SCANNED_RUNNER, ==, scanned->sentence == NULL);
  g_assert_cmpint (scanned->as == CONC_SCANNED_RUNNER, ==, scanned->runners->len > 0);
  if (scanned->sentence != NULL)
    return g_strdup (scanned->sentence);
  for (guint i = 0; i < scanned->runners->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            conc_runner_get (g_ptr_array_index (scanned->runners, i),
                                             CONC_FIELD_GIVEN_NAME));
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static void
assert_scanned (Fixture *fixture, const char *text, const char *wanted, guint bib)
{
  g_autoptr (ConcScanned) scanned = scan (fixture, text);
  g_autofree char *said = describe (scanned);

  g_test_message ("“%s”", text);
  g_assert_cmpstr (said, ==, wanted);
  g_assert_cmpuint (scanned->bib, ==, bib);
}

static char *
make_token (Fixture *fixture, guint bib)
{
  return conc_token_make (conc_race_file_get_race_id (fixture->file),
                          g_bytes_get_data (conc_race_file_get_key (fixture->file), NULL), bib);
}

static void
test_labels (Fixture *fixture, gconstpointer data)
{
  static const guint8 other_key[CONC_TOKEN_KEY_BYTES] = { 1 };

  g_autofree char *token = make_token (fixture, 214);
  g_autofree char *lower = g_ascii_strdown (token, -1);
  g_autofree char *around = g_strconcat ("\002]Q1~", token, "\003\r\n", NULL);
  g_autofree char *free_bib = make_token (fixture, 300);
  g_autofree char *of_other = conc_token_make ("another", other_key, 214);
  g_autofree char *after_other = g_strconcat (of_other, token, NULL);
  g_autofree char *half = g_strndup (token, 12);
  g_autofree char *forged = g_strdup (token);
  g_autoptr (ConcScanned) scanned = scan (fixture, token);

  forged[18] = forged[18] == 'A' ? 'B' : 'A';
  g_assert_true (scanned->is_token);
  g_assert_cmpstr (scanned->text, ==, token);
  assert_scanned (fixture, token, "Ann", 214);
  assert_scanned (fixture, lower, "Ann", 214);
  assert_scanned (fixture, around, "Ann", 214);
  assert_scanned (fixture, after_other, "Ann", 214);
  assert_scanned (fixture, free_bib, "Nobody has bib 300 yet. Search for the name and give it.",
                  300);
  assert_scanned (fixture, of_other, "This bib belongs to another race.", 0);
  assert_scanned (fixture, half, "Only a part of the code was read. Scan it again.", 0);
  assert_scanned (fixture, forged,
                  "This code is damaged or was not made for this race: type the bib and look at "
                  "the runner's name.",
                  0);
}

static void
test_numbers (Fixture *fixture, gconstpointer data)
{
  assert_scanned (fixture, "214", "Ann", 214);
  assert_scanned (fixture, "000214\r", "Ann", 214);
  assert_scanned (fixture, "300", "Nobody has bib 300 yet. Search for the name and give it.", 300);
  /* A bib of one runner and the registration of another: both are shown, the bib first. */
  assert_scanned (fixture, "215", "Bee, Cai", 215);
  assert_scanned (fixture, "77123", "Bee", 0);
  assert_scanned (fixture, "4006381333931",
                  "“4006381333931” is no bib and no registration of this race. Search for the "
                  "name.",
                  0);
}

static void
test_registrations (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *text;
    const char *wanted;
  } vectors[] = {
    { "RSU-1001", "Ann" },
    { "rsu-1001", "Ann" },
    { "a88", "Max" },
    { "https://example.org/checkin?registration_id=77123&t=99", "Bee" },
    { "HTTPS://EXAMPLE.ORG/R?REG=RSU-1001", "Ann" },
    { "https://example.org/race/2017/registration/77123", "Bee" },
    { "https://example.org/race/77123?confirmation=RSU%2D1001", "Ann" },
    { "REG 77123", "Bee" },
    { "Confirmation: RSU-1001, Ann Olson", "Ann" },
    { "ticket#5001", "Tou, Lia" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr (ConcScanned) scanned = scan (fixture, vectors[i].text);
      g_autofree char *said = describe (scanned);

      g_test_message ("%s", vectors[i].text);
      /* Of one number the order is that of the ids, which are random. */
      if (scanned->runners->len == 2)
        g_assert_true (strstr (said, "Tou") != NULL && strstr (said, "Lia") != NULL);
      else
        g_assert_cmpstr (said, ==, vectors[i].wanted);
      g_assert_cmpuint (scanned->bib, ==, 0);
    }
}

static void
test_nobody (Fixture *fixture, gconstpointer data)
{
  assert_scanned (fixture, "RSU-9999",
                  "“RSU-9999” is no bib and no registration of this race. Search for the name.", 0);
  assert_scanned (fixture, "Ann Olson",
                  "“Ann Olson” is no bib and no registration of this race. Search for the name.",
                  0);
  assert_scanned (fixture, "%' OR 1=1 --",
                  "“%' OR 1=1 --” is no bib and no registration of this race. Search for the "
                  "name.",
                  0);
  assert_scanned (fixture, "\xff\002",
                  "“�” is no bib and no registration of this race. Search for the name.", 0);
}

static gboolean
take_cb (ConcFact *fact, gpointer user_data)
{
  g_ptr_array_add (user_data, conc_fact_ref (fact));
  return TRUE;
}

/* The fixture's race as a station of @role gets it. */
static ConcRaceFile *
join_race (Fixture *fixture, ConcRole role)
{
  g_autofree char *path = g_build_filename (fixture->folder, "joined.race", NULL);
  ConcIdentity     identity = { conc_race_file_get_race_id (fixture->file),
                                conc_race_file_get_key (fixture->file), role, "Finish" };
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_fact_unref);
  g_autoptr (GError) error = NULL;
  ConcRaceFile *file =
      conc_race_file_create_joined (path, &identity, &fixture->clock.clock, &error);

  g_assert_no_error (error);
  conc_reader_each_fact (fixture_get_reader (fixture), take_cb, facts, &error);
  g_assert_no_error (error);
  conc_race_file_receive (file, facts, NULL, &error);
  g_assert_no_error (error);
  return file;
}

static guint
count_found (ConcRaceFile *file, const char *text)
{
  g_autoptr (GPtrArray) found =
      conc_reader_search (conc_race_file_get_reader (file), text, 0, NULL);

  return found->len;
}

/* Whoever may not see registration numbers, addresses and phones finds nobody by them, neither with
 * a scanner nor by typing; bibs and names are for everybody. */
static void
test_roles (Fixture *fixture, gconstpointer data)
{
  static const char *const private_texts[] = { "xq7@example.org", "xq7@", "0147" };

  ConcRaceFile    *own = fixture->file;
  ConcRaceFile    *joined = join_race (fixture, CONC_ROLE_TIMING);
  g_autofree char *token = make_token (fixture, 214);

  for (gsize i = 0; i < G_N_ELEMENTS (private_texts); i++)
    {
      g_test_message ("%s", private_texts[i]);
      g_assert_cmpuint (count_found (own, private_texts[i]), ==, 1);
      g_assert_cmpuint (count_found (joined, private_texts[i]), ==, 0);
    }
  g_assert_cmpuint (count_found (joined, "olson an"), ==, 1);
  fixture->file = joined;
  assert_scanned (fixture, "RSU-1001",
                  "“RSU-1001” is no bib and no registration of this race. Search for the name.", 0);
  assert_scanned (fixture, "77123", "Nobody has bib 77123 yet. Search for the name and give it.",
                  77123);
  assert_scanned (fixture, "214", "Ann", 214);
  assert_scanned (fixture, token, "Ann", 214);
  fixture->file = own;
  conc_race_file_close (joined);
  g_object_unref (joined);
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, fixture_tear_down)

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  ADD ("/scan/labels of this race and of others", test_labels);
  ADD ("/scan/bar codes with a number", test_numbers);
  ADD ("/scan/confirmations of a registration", test_registrations);
  ADD ("/scan/codes of nobody", test_nobody);
  ADD ("/scan/a role that is told no registration numbers", test_roles);
  return g_test_run ();
}
