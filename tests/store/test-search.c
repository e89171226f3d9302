/* test-search.c: searching a race file, while it changes and with slips of the fingers. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"

#include "core/text-fold.h"

#include <locale.h>
#include <string.h>

#define HEADER "First Name,Last Name,Bib,Email,Phone\n"
#define TYPOS 10000
#define FIRST 5
#define MANY 3000

static ConcFactId
submit (Fixture *fixture, ConcCommand *command)
{
  g_autoptr (ConcCommand) owned = command;
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcReceipt) receipt = conc_race_file_submit (fixture->file, owned, &error);

  g_assert_no_error (error);
  conc_fake_clock_advance (&fixture->clock, G_USEC_PER_SEC);
  return receipt->fact;
}

static GPtrArray *
search (ConcReader *reader, const char *text, guint limit)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *found = conc_reader_search (reader, text, limit, &error);

  g_assert_no_error (error);
  return found;
}

static void
assert_found (ConcReader *reader, const char *text, const char *names)
{
  g_autoptr (GPtrArray) found = search (reader, text, 0);
  g_autoptr (GString) said = g_string_new (NULL);

  for (guint i = 0; i < found->len; i++)
    {
      g_autofree char *name = conc_runner_dup_full_name (g_ptr_array_index (found, i));

      g_string_append_printf (said, "%s%s", i > 0 ? "|" : "", name);
    }
  g_assert_cmpstr (said->str, ==, names);
}

/* What is found is what the file says now, however it came to say it. */
static void
test_changes (Fixture *fixture, gconstpointer data)
{
  static const char csv[] = HEADER "Ada,Olson,1,ada@example.org,612-555-0101\n"
                                   "Ben,Olson,2,,\nCai,Vang,3,,\n";
  ConcReader       *reader = fixture_get_reader (fixture);
  g_autoptr (ConcReader) other = conc_reader_open (fixture->path, NULL);
  g_autoptr (ConcRunner) seen = NULL;
  g_autoptr (ConcRunner) wanted = NULL;
  ConcFactId edit;

  assert_found (reader, "olson", "");
  fixture_import (fixture, csv, strlen (csv));
  assert_found (reader, "olson", "Ada Olson|Ben Olson");
  assert_found (other, "olson", "Ada Olson|Ben Olson");
  submit (fixture, conc_command_new_bib (CONC_COMMAND_CHECK_IN, &fixture->clock.clock, 1));
  assert_found (reader, "olson", "Ben Olson|Ada Olson");
  assert_found (other, "olson", "Ben Olson|Ada Olson");
  assert_found (other, "ada@ex", "Ada Olson");
  assert_found (other, "0101", "Ada Olson");
  seen = conc_reader_get_runner_by_bib (reader, 3, NULL);
  wanted = conc_runner_copy (seen);
  conc_runner_set (wanted, CONC_FIELD_FAMILY_NAME, "Øster");
  edit = submit (fixture, conc_command_new_edit (&fixture->clock.clock, seen, wanted));
  assert_found (reader, "oster", "Cai Øster");
  assert_found (reader, "vang", "");
  assert_found (reader, "otser", "Cai Øster");
  submit (fixture, conc_command_new_undo (&fixture->clock.clock, &edit));
  assert_found (reader, "oster", "");
  assert_found (other, "vang", "Cai Vang");
  submit (fixture,
          conc_command_new_remove (&fixture->clock.clock, conc_runner_get_id (seen), "Twice"));
  assert_found (reader, "vang", "");
  assert_found (other, "vang", "");
}

/* The names are read on another thread, before an import and after it. */
static void
test_prepared (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) csv = g_string_new (HEADER);
  ConcReader *reader = fixture_get_reader (fixture);
  g_autoptr (GPtrArray) found = NULL;
  ConcReader *idle = conc_reader_open (fixture->path, NULL);

  conc_reader_prepare_search (reader);
  conc_reader_prepare_search (reader);
  for (guint i = 0; i < MANY; i++)
    g_string_append_printf (csv, "Ann,Smith%c%c%c,,,\n", 'a' + i % 26, 'a' + i / 26 % 26,
                            'a' + i / 676);
  fixture_import (fixture, csv->str, csv->len);
  found = search (reader, "ann", 0);
  g_assert_cmpuint (found->len, ==, MANY);
  g_ptr_array_unref (found);
  conc_reader_prepare_search (reader);
  g_string_assign (csv, HEADER "Zoe,Last,,,\n");
  fixture_import (fixture, csv->str, csv->len);
  assert_found (reader, "zoe", "Zoe Last");
  conc_reader_prepare_search (idle);
  conc_reader_close (idle);
  found = search (reader, "an", 10);
  g_assert_cmpuint (found->len, ==, 10);
}

static char *
mistype (GRand *random, const char *word)
{
  glong                n;
  g_autofree gunichar *letters = g_utf8_to_ucs4_fast (word, -1, &n);
  glong                at = g_rand_int_range (random, 0, (gint32) n);
  gunichar             other = 'a' + (gunichar) g_rand_int_range (random, 0, 26);
  int                  kind = g_rand_int_range (random, 0, at + 1 < n ? 4 : 3);
  GString             *typed = g_string_new (NULL);

  for (glong i = 0; i < n; i++)
    {
      if (i == at && kind == 0)
        g_string_append_unichar (typed, other);
      if (i == at && kind == 2)
        g_string_append_unichar (typed, other);
      else if (i == at && kind == 3)
        g_string_append_unichar (typed, letters[i + 1]);
      else if (i == at + 1 && kind == 3)
        g_string_append_unichar (typed, letters[i - 1]);
      else if (i != at || kind != 1)
        g_string_append_unichar (typed, letters[i]);
    }
  return g_string_free (typed, FALSE);
}

/* A slip in one word of a name of perhaps several. */
static char *
mistype_name (GRand *random, const char *name)
{
  g_auto (GStrv) words = g_strsplit (name, " ", -1);
  char           **word = &words[g_rand_int_range (random, 0, (gint32) g_strv_length (words))];
  g_autofree char *right = *word;

  *word = mistype (random, right);
  return g_strjoinv (" ", words);
}

/* Types the names with a slip in one of them, the family name first or last. */
static char *
type_wrongly (GRand *random, const ConcRunner *runner)
{
  g_autofree char *given = conc_text_fold (conc_runner_get (runner, CONC_FIELD_GIVEN_NAME));
  g_autofree char *family = conc_text_fold (conc_runner_get (runner, CONC_FIELD_FAMILY_NAME));
  gboolean         in_given = g_rand_boolean (random) && strlen (given) > 3;
  g_autofree char *wrong = mistype_name (random, in_given ? given : family);
  const char      *first = in_given ? wrong : given, *last = in_given ? family : wrong;

  return g_rand_boolean (random) ? g_strjoin (" ", first, last, NULL)
                                 : g_strjoin (" ", last, first, NULL);
}

static gboolean
is_among (GPtrArray *found, const ConcRunner *runner)
{
  g_autofree char *name = conc_runner_dup_full_name (runner);

  for (guint i = 0; i < found->len; i++)
    {
      g_autofree char *each = conc_runner_dup_full_name (g_ptr_array_index (found, i));

      if (strcmp (each, name) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
test_typos (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1512831600);
  g_autoptr (GPtrArray) runners = NULL;
  g_autofree char *csv = NULL;
  gsize            length;
  guint            n_found = 0;

  g_assert_true (g_file_get_contents (SAMPLE, &csv, &length, NULL));
  fixture_import (fixture, csv, length);
  runners = conc_reader_list_runners (fixture_get_reader (fixture), NULL);
  g_assert_cmpuint (runners->len, >, 1000);
  for (guint i = 0; i < TYPOS; i++)
    {
      const ConcRunner *runner =
          g_ptr_array_index (runners, g_rand_int_range (random, 0, (gint32) runners->len));
      g_autofree char *typed = type_wrongly (random, runner);
      g_autoptr (GPtrArray) found = search (fixture_get_reader (fixture), typed, FIRST);

      if (is_among (found, runner))
        n_found++;
      else
        g_test_message ("not among the first for “%s”: %s %s", typed,
                        conc_runner_get (runner, CONC_FIELD_GIVEN_NAME),
                        conc_runner_get (runner, CONC_FIELD_FAMILY_NAME));
    }
  g_test_message ("%u of %u were found", n_found, TYPOS);
  g_assert_cmpuint (n_found, >=, TYPOS / 100 * 99);
}

static void
add (const char *name, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (name, Fixture, NULL, fixture_set_up, test, fixture_tear_down);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  add ("/search/what the file says now is found", test_changes);
  add ("/search/names that were read before they were asked for", test_prepared);
  add ("/search/ten thousand slips of the fingers", test_typos);
  return g_test_run ();
}
