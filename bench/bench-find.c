/* bench-find.c: finding anyone among 100,000 runners, and the keys that it takes at the desk. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/text-fold.h"
#include "core/token.h"
#include "store/import.h"
#include "store/race-file.h"
#include "store/reader-scan.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define RUNNERS 100000
#define GIVEN_NAMES 3000
#define FAMILY_NAMES 25000
#define QUESTIONS 6000
#define LIMIT 50
#define SEED 20171209
#define KEYS_AIM 6
#define KEYS_MAX 12
#define HEADER "First Name,Last Name,Email,Phone,Date of Birth,Bib,Registration ID\n"

static void
check (GError *error)
{
  if (error != NULL)
    g_error ("%s", error->message);
}

static double
seconds_since (gint64 start_usec)
{
  return (double) (g_get_monotonic_time () - start_usec) / G_USEC_PER_SEC;
}

/* Of this thread alone: on a busy machine the clock on the wall also tells what others do. */
static double
processor_seconds (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (double) time.tv_sec + (double) time.tv_nsec / 1e9;
}

static int
compare_doubles_cb (const void *a, const void *b)
{
  double first = *(const double *) a, second = *(const double *) b;

  return (first > second) - (first < second);
}

static void
report (const char *figure, double seconds, double aim)
{
  printf ("{\"figure\":\"%s\",\"seconds\":%.6f,\"peer\":null,\"peer_seconds\":null,\"ratio\":null,",
          figure, seconds);
  if (aim > 0)
    printf ("\"aim\":%.3f}\n", aim);
  else
    printf ("\"aim\":null}\n");
  fflush (stdout);
}

static char *
make_name (GRand *random, guint n_syllables)
{
  static const char *const syllables[] = {
    "an", "ber", "cal", "dö", "el",  "fra", "gar", "hin", "is",  "jo", "kov", "lan",
    "ma", "nel", "ø",   "pe", "qui", "ros", "son", "té",  "ulr", "va", "wei", "xio",
    "ya", "zel", "ł",   "th", "mar", "chi", "sen", "der", "ri",  "na",
  };
  g_autoptr (GString) name = g_string_new (NULL);
  g_autofree char *first = NULL;

  for (guint i = 0; i < n_syllables; i++)
    g_string_append (name, syllables[g_rand_int_range (random, 0, G_N_ELEMENTS (syllables))]);
  first = g_utf8_substring (name->str, 0, 1);
  g_string_erase (name, 0, (gssize) strlen (first));
  g_string_prepend (name, first);
  return g_string_free (g_steal_pointer (&name), FALSE);
}

static char **
make_names (GRand *random, guint n, guint least_syllables)
{
  char **names = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    names[i] = make_name (random, least_syllables + (guint) g_rand_int_range (random, 0, 3));
  return names;
}

/* A few names are common and most are rare. */
static const char *
pick (GRand *random, char **names, guint n)
{
  double part = g_rand_double (random);

  return names[(guint) (part * part * part * n)];
}

typedef struct
{
  char *given;
  char *family;
  char *email;
  char *phone;
} Person;

static void
person_free (gpointer data)
{
  Person *person = data;

  g_free (person->given);
  g_free (person->family);
  g_free (person->email);
  g_free (person->phone);
  g_free (person);
}

static GPtrArray *
make_people (GRand *random)
{
  GPtrArray *people = g_ptr_array_new_with_free_func (person_free);
  g_auto (GStrv) given = make_names (random, GIVEN_NAMES, 2);
  g_auto (GStrv) family = make_names (random, FAMILY_NAMES, 2);

  for (guint i = 0; i < RUNNERS; i++)
    {
      Person          *person = g_new0 (Person, 1);
      g_autofree char *folded = NULL;

      person->given = g_strdup (pick (random, given, GIVEN_NAMES));
      person->family = g_strdup (pick (random, family, FAMILY_NAMES));
      folded = conc_text_fold (person->family);
      person->email = g_strdup_printf ("%.1s.%s.%u@example.org", folded, folded, i);
      person->phone = g_strdup_printf ("%03d-555-%04d", g_rand_int_range (random, 200, 1000),
                                       g_rand_int_range (random, 0, 10000));
      g_ptr_array_add (people, person);
    }
  return people;
}

static ConcRaceFile *
create_race (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (ConcSettings) settings = conc_settings_new ();
  GError       *error = NULL;
  ConcRaceFile *file;

  conc_settings_set (settings, CONC_SETTING_NAME, "Bench 5K");
  conc_settings_set (settings, CONC_SETTING_DATE, "2017-12-09");
  conc_settings_set (settings, CONC_SETTING_TIMEZONE, "America/Chicago");
  file = conc_race_file_create (path, settings, conc_clock_get_system (), &error);
  check (error);
  return file;
}

static void
import (ConcRaceFile *file, GBytes *bytes)
{
  GError         *error = NULL;
  ConcImportPlan *plan = conc_import_plan_new (conc_race_file_get_reader (file), bytes,
                                               CONC_IMPORT_RUNNERS, NULL, &error);

  check (error);
  conc_race_file_import (file, plan, &error);
  check (error);
}

static void
import_people (ConcRaceFile *file, GPtrArray *people)
{
  GString *csv = g_string_new (HEADER);
  g_autoptr (GBytes) bytes = NULL;

  for (guint i = 0; i < people->len; i++)
    {
      const Person *person = g_ptr_array_index (people, i);

      g_string_append_printf (csv, "%s,%s,%s,%s,%u-%02u-%02u,%u,RSU-%u\n", person->given,
                              person->family, person->email, person->phone, 1940 + i % 70,
                              i % 12 + 1, i % 28 + 1, i + 1, 5000000 + i);
    }
  bytes = g_string_free_to_bytes (csv);
  import (file, bytes);
}

/* One letter too many, one too few, another one, or two neighbours that change places. */
static char *
mistype (GRand *random, const char *text)
{
  glong                n;
  g_autofree gunichar *letters = g_utf8_to_ucs4_fast (text, -1, &n);
  glong                at = g_rand_int_range (random, 0, (gint32) MAX (n - 1, 1));
  gunichar             other = 'a' + (gunichar) g_rand_int_range (random, 0, 26);
  gunichar             swap = letters[at];
  GString             *typed = g_string_new (NULL);
  int                  kind = g_rand_int_range (random, 0, 4);

  if (kind == 2)
    letters[at] = other;
  if (kind == 3 && at + 1 < n)
    {
      letters[at] = letters[at + 1];
      letters[at + 1] = swap;
    }
  for (glong i = 0; i < n; i++)
    {
      if (i == at && kind == 0)
        g_string_append_unichar (typed, other);
      if (i != at || kind != 1)
        g_string_append_unichar (typed, letters[i]);
    }
  return g_string_free (typed, FALSE);
}

static char *
begin_of (GRand *random, const char *text, gint32 at_most)
{
  glong n = g_utf8_strlen (text, -1);

  return g_utf8_substring (text, 0, MIN (n, g_rand_int_range (random, 1, at_most + 1)));
}

/* What is typed at a desk: mostly names as they are being typed, some with a slip of the fingers,
 * and an address or a number now and then. */
static char *
make_question (GRand *random, const Person *person)
{
  g_autofree char *family = begin_of (random, person->family, 8);
  g_autofree char *given = begin_of (random, person->given, 3);
  g_autofree char *wrong = mistype (random, person->family);

  switch (g_rand_int_range (random, 0, 12))
    {
    case 0:
    case 1:
    case 2:
      return g_strdup (family);
    case 3:
      return g_strjoin (" ", given, family, NULL);
    case 4:
      return g_strjoin (" ", person->family, person->given, NULL);
    case 5:
      return g_strdup (wrong);
    case 6:
      return g_strjoin (" ", person->given, wrong, NULL);
    case 7:
      return g_strconcat (given, family, NULL);
    case 8:
      return g_strndup (person->email, (gsize) g_rand_int_range (random, 3, 24));
    case 9:
      return g_strdup (person->email);
    case 10:
      return g_strdup (strrchr (person->phone, '-') + 1);
    case 11:
    default:
      return g_strdup (person->phone);
    }
}

static void
bench_questions (ConcReader *reader, GRand *random, GPtrArray *people)
{
  static double seconds[QUESTIONS], processor[QUESTIONS];

  for (guint i = 0; i < QUESTIONS; i++)
    {
      const Person *person =
          g_ptr_array_index (people, (guint) g_rand_int_range (random, 0, RUNNERS));
      g_autofree char *text = make_question (random, person);
      GError          *error = NULL;
      double           start = processor_seconds ();
      gint64           start_usec = g_get_monotonic_time ();
      GPtrArray       *found = conc_reader_search (reader, text, LIMIT, &error);

      seconds[i] = seconds_since (start_usec);
      processor[i] = processor_seconds () - start;
      check (error);
      g_ptr_array_unref (found);
    }
  qsort (seconds, QUESTIONS, sizeof *seconds, compare_doubles_cb);
  qsort (processor, QUESTIONS, sizeof *processor, compare_doubles_cb);
  report ("find-anyone-100000-median", seconds[QUESTIONS / 2], 0);
  report ("find-anyone-100000-p99", seconds[QUESTIONS * 99 / 100], 0.008);
  report ("find-anyone-100000-p99-of-the-processor", processor[QUESTIONS * 99 / 100], 0.004);
  report ("find-anyone-100000-longest-of-the-processor", processor[QUESTIONS - 1], 0);
}

/* The next search after somebody was checked in. */
static void
bench_change (ConcRaceFile *file, GPtrArray *people)
{
  static double seconds[100];

  for (guint i = 0; i < G_N_ELEMENTS (seconds); i++)
    {
      ConcCommand *command =
          conc_command_new_bib (CONC_COMMAND_CHECK_IN, conc_clock_get_system (), i + 1);
      GError      *error = NULL;
      ConcReceipt *receipt = conc_race_file_submit (file, command, &error);
      gint64       start_usec;
      GPtrArray   *found;

      check (error);
      conc_receipt_free (receipt);
      conc_command_free (command);
      start_usec = g_get_monotonic_time ();
      found =
          conc_reader_search (conc_race_file_get_reader (file),
                              ((Person *) g_ptr_array_index (people, i))->family, LIMIT, &error);
      seconds[i] = seconds_since (start_usec);
      check (error);
      g_ptr_array_unref (found);
    }
  qsort (seconds, G_N_ELEMENTS (seconds), sizeof *seconds, compare_doubles_cb);
  report ("find-anyone-100000-after-a-commit-median", seconds[G_N_ELEMENTS (seconds) / 2], 0.008);
}

/* A label, and the address in the code of a confirmation. */
static void
bench_scan (ConcRaceFile *file, const char *figure, const char *text)
{
  static double seconds[20];

  for (guint i = 0; i < G_N_ELEMENTS (seconds); i++)
    {
      GError      *error = NULL;
      double       start = processor_seconds ();
      ConcScanned *scanned = conc_reader_find_scanned (conc_race_file_get_reader (file),
                                                       conc_race_file_get_race_id (file),
                                                       conc_race_file_get_key (file), text, &error);

      seconds[i] = processor_seconds () - start;
      check (error);
      if (scanned->as != CONC_SCANNED_RUNNER)
        g_error ("nobody has %s", text);
      conc_scanned_free (scanned);
    }
  qsort (seconds, G_N_ELEMENTS (seconds), sizeof *seconds, compare_doubles_cb);
  report (figure, seconds[G_N_ELEMENTS (seconds) / 2], 0);
}

static void
bench_scans (ConcRaceFile *file)
{
  g_autofree char *token =
      conc_token_make (conc_race_file_get_race_id (file),
                       g_bytes_get_data (conc_race_file_get_key (file), NULL), 4711);

  bench_scan (file, "scan-label-100000-of-the-processor", token);
  bench_scan (file, "scan-confirmation-100000-of-the-processor",
              "https://example.org/checkin?registration_id=RSU-5004711&race=2017");
}

static void
bench_find (const char *folder)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (SEED);
  g_autoptr (GPtrArray) people = make_people (random);
  ConcRaceFile *file = create_race (folder, "large.race");
  ConcReader   *reader = conc_race_file_get_reader (file);
  GError       *error = NULL;
  gint64        start_usec;
  GPtrArray    *found;

  import_people (file, people);
  start_usec = g_get_monotonic_time ();
  found = conc_reader_search (reader, "a", LIMIT, &error);
  check (error);
  g_ptr_array_unref (found);
  report ("find-anyone-100000-first-reading", seconds_since (start_usec), 0);
  bench_questions (reader, random, people);
  bench_change (file, people);
  bench_scans (file);
  conc_race_file_close (file);
}

static gboolean
is_first (ConcReader *reader, const char *id, const char *text)
{
  GError    *error = NULL;
  GPtrArray *found = conc_reader_search (reader, text, 1, &error);
  gboolean   is;

  check (error);
  is = found->len > 0 && strcmp (conc_runner_get_id (found->pdata[0]), id) == 0;
  g_ptr_array_unref (found);
  return is;
}

/* What somebody of few words types: so many letters of the given name, run together with so many of
 * the family name, and the birth year where others have that name; NULL when there are not so
 * many letters. */
static char *
dup_typed (const char *given, const char *family, guint n_given, guint n_letters, const char *year)
{
  if (strlen (given) < n_given || n_letters < n_given || strlen (family) < n_letters - n_given)
    return NULL;
  return g_strdup_printf ("%.*s%.*s%s", (int) n_given, given, (int) (n_letters - n_given), family,
                          year);
}

static gboolean
is_found_with (ConcReader *reader, const ConcRunner *runner, guint n_keys)
{
  g_autofree char *given = conc_text_fold (conc_runner_get (runner, CONC_FIELD_GIVEN_NAME));
  g_autofree char *family = conc_text_fold (conc_runner_get (runner, CONC_FIELD_FAMILY_NAME));
  const char      *date = conc_runner_get (runner, CONC_FIELD_BIRTH_DATE);
  g_autofree char *year = date != NULL ? g_strndup (date + 2, 2) : NULL;

  for (guint n_given = 0; n_given <= 3; n_given++)
    for (guint with_year = 0; with_year <= (year != NULL && n_keys > 2 ? 1 : 0); with_year++)
      {
        g_autofree char *text =
            dup_typed (given, family, n_given, n_keys - 2 * with_year, with_year > 0 ? year : "");

        if (text != NULL && is_first (reader, conc_runner_get_id (runner), text))
          return TRUE;
      }
  return FALSE;
}

static guint
count_keys (ConcReader *reader, const ConcRunner *runner)
{
  const char *phone = conc_runner_get (runner, CONC_FIELD_PHONE);
  gsize       length = phone != NULL ? strlen (phone) : 0;

  for (guint n = 1; n < KEYS_MAX - 1; n++)
    if (is_found_with (reader, runner, n) ||
        (n == 4 && length >= 4 &&
         is_first (reader, conc_runner_get_id (runner), phone + length - 4)))
      return n + 1; /* Enter */
  return KEYS_MAX;
}

static void
bench_keys (const char *folder, const char *sample)
{
  ConcRaceFile *file = create_race (folder, "sample.race");
  ConcReader   *reader = conc_race_file_get_reader (file);
  g_autoptr (GPtrArray) runners = NULL;
  g_autoptr (GBytes) bytes = NULL;
  char   *contents;
  gsize   length;
  GError *error = NULL;
  guint   times[KEYS_MAX + 1] = { 0 };
  guint   n_few = 0;

  g_file_get_contents (sample, &contents, &length, &error);
  check (error);
  bytes = g_bytes_new_take (contents, length);
  import (file, bytes);
  runners = conc_reader_list_runners (reader, &error);
  check (error);
  for (guint i = 0; i < runners->len; i++)
    times[count_keys (reader, runners->pdata[i])]++;
  printf ("{\"figure\":\"find-anyone-keys\",\"runners\":%u,\"keys\":{", runners->len);
  for (guint n = 1; n <= KEYS_MAX; n++)
    {
      printf ("%s\"%u%s\":%u", n > 1 ? "," : "", n, n == KEYS_MAX ? " or more" : "", times[n]);
      n_few += n <= KEYS_AIM ? times[n] : 0;
    }
  printf ("},\"at_most_%u\":%.4f,\"aim\":0.95}\n", KEYS_AIM, (double) n_few / runners->len);
  fflush (stdout);
  conc_race_file_close (file);
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  GError          *error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("concourse-bench-XXXXXX", &error);

  check (error);
  if (argc != 2)
    g_error ("the table of registrations is the argument");
  bench_find (folder);
  bench_keys (folder, argv[1]);
  remove_folder (folder);
  return 0;
}
