/* test-cards.c: what two stations decided apart is one question at both, and is settled by a fact.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/runner-facts.h"
#include "store/cards.h"
#include "store/identity.h"
#include "store/import.h"
#include "store/maintain.h"
#include "store/race-file.h"
#include "store/reader-desk.h"
#include "store/receive.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

#define RACE_DAY_USEC (G_GINT64_CONSTANT (1512831600) * G_USEC_PER_SEC)
#define MINUTE_USEC (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
#define N_STATIONS 2

static const char export[] = "First Name,Last Name,Registration ID,Date of Birth,City,Bib\n"
                             "Ann,Olson,R1,1990-05-01,Eagan,5\n"
                             "Tou,Vang,R2,1985-02-03,Edina,\n"
                             "Ben,Ødegård,R3,,Duluth,\n";

typedef struct
{
  char         *folder;
  ConcFakeClock clock;
  ConcRaceFile *files[N_STATIONS];
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  static const char *const names[N_STATIONS] = { "a.race", "b.race" };
  g_autoptr (ConcSettings) settings = conc_settings_new ();
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("concourse-test-XXXXXX", &error);
  g_assert_no_error (error);
  conc_fake_clock_init (&fixture->clock, RACE_DAY_USEC);
  conc_settings_set (settings, CONC_SETTING_DATE, "2017-12-09");
  conc_settings_set (settings, CONC_SETTING_TIMEZONE, "America/Chicago");
  for (guint i = 0; i < N_STATIONS; i++)
    {
      g_autofree char *path = g_build_filename (fixture->folder, names[i], NULL);
      GBytes          *key = i > 0 ? conc_race_file_get_key (fixture->files[0]) : NULL;

      if (i == 0)
        fixture->files[i] = conc_race_file_create (path, settings, &fixture->clock.clock, &error);
      else
        {
          const ConcIdentity identity = { conc_race_file_get_race_id (fixture->files[0]), key,
                                          CONC_ROLE_ORGANIZER, "Check-in 2" };

          fixture->files[i] =
              conc_race_file_create_joined (path, &identity, &fixture->clock.clock, &error);
        }
      g_assert_no_error (error);
    }
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = NULL;

  for (guint i = 0; i < N_STATIONS; i++)
    {
      conc_race_file_close (fixture->files[i]);
      g_object_unref (fixture->files[i]);
    }
  dir = g_dir_open (fixture->folder, 0, NULL);
  for (const char *name; (name = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
}

/* ----------------------------------------------------------------- what people do */

static ConcReader *
get_reader (Fixture *fixture, guint station)
{
  return conc_race_file_get_reader (fixture->files[station]);
}

static void
submit (Fixture *fixture, guint station, ConcCommand *command)
{
  g_autoptr (ConcCommand) owned = command;
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcReceipt) receipt = conc_race_file_submit (fixture->files[station], owned, &error);

  g_assert_no_error (error);
  conc_fake_clock_advance (&fixture->clock, MINUTE_USEC);
}

static void
import_text (Fixture *fixture, guint station, const char *csv)
{
  g_autoptr (GBytes) bytes = g_bytes_new (csv, strlen (csv));
  g_autoptr (GError) error = NULL;
  ConcImportPlan *plan =
      conc_import_plan_new (get_reader (fixture, station), bytes, CONC_IMPORT_GUESS, NULL, &error);

  g_assert_no_error (error);
  conc_race_file_import (fixture->files[station], plan, &error);
  g_assert_no_error (error);
  conc_fake_clock_advance (&fixture->clock, MINUTE_USEC);
}

static ConcRunner *
find (Fixture *fixture, guint station, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = conc_reader_search (get_reader (fixture, station), name, 1, &error);

  g_assert_no_error (error);
  return found->len > 0 ? conc_runner_copy (g_ptr_array_index (found, 0)) : NULL;
}

static void
edit (Fixture *fixture, guint station, const char *name, ConcField field, const char *text)
{
  g_autoptr (ConcRunner) seen = find (fixture, station, name);
  g_autoptr (ConcRunner) wanted = conc_runner_copy (seen);

  conc_runner_set (wanted, field, text);
  submit (fixture, station, conc_command_new_edit (&fixture->clock.clock, seen, wanted));
}

static void
remove_runner (Fixture *fixture, guint station, const char *name)
{
  g_autoptr (ConcRunner) runner = find (fixture, station, name);

  submit (fixture, station,
          conc_command_new_remove (&fixture->clock.clock, conc_runner_get_id (runner), "twice"));
}

static void
check_in (Fixture *fixture, guint station, const char *name)
{
  g_autoptr (ConcRunner) runner = find (fixture, station, name);
  ConcCommand *command = conc_command_new (CONC_COMMAND_CHECK_IN, &fixture->clock.clock);

  command->runner_id = g_strdup (conc_runner_get_id (runner));
  submit (fixture, station, command);
}

static void
check_in_with_bib (Fixture *fixture, guint station, const char *name, guint bib, const char *shirt)
{
  g_autoptr (ConcRunner) runner = find (fixture, station, name);
  ConcCommand *command =
      conc_command_new_check_in (&fixture->clock.clock, conc_runner_get_id (runner), bib);

  command->shirt = g_strdup (shirt);
  submit (fixture, station, command);
}

static void
set_attendance (Fixture *fixture, guint station, const char *name, const char *attendance)
{
  g_autoptr (ConcRunner) runner = find (fixture, station, name);

  submit (fixture, station,
          conc_command_new_attendance (&fixture->clock.clock, conc_runner_get_id (runner),
                                       attendance));
}

static void
transfer (Fixture *fixture, guint station, const char *name, const char *to)
{
  g_autoptr (ConcRunner) runner = find (fixture, station, name);
  g_autoptr (ConcRunner) person = conc_runner_new (NULL);

  conc_runner_set (person, CONC_FIELD_GIVEN_NAME, to);
  submit (fixture, station,
          conc_command_new_transfer (&fixture->clock.clock, conc_runner_get_id (runner), person));
}

static void
pay (Fixture *fixture, guint station, const char *name, gint64 cents)
{
  g_autoptr (ConcRunner) runner = find (fixture, station, name);

  submit (fixture, station,
          conc_command_new_fee (&fixture->clock.clock, conc_runner_get_id (runner), cents,
                                CONC_METHOD_CASH));
}

static void
sign (Fixture *fixture, guint station, const char *name)
{
  g_autoptr (ConcRunner) runner = find (fixture, station, name);

  submit (fixture, station,
          conc_command_new_waiver (&fixture->clock.clock, conc_runner_get_id (runner), "screen",
                                   NULL, "1,2 3,4"));
}

static void
register_walk_up (Fixture    *fixture,
                  guint       station,
                  const char *given,
                  const char *family,
                  const char *birth_date,
                  const char *bib)
{
  ConcCommand *command = conc_command_new (CONC_COMMAND_REGISTER, &fixture->clock.clock);

  command->runner = conc_runner_new ("");
  conc_runner_set (command->runner, CONC_FIELD_GIVEN_NAME, given);
  conc_runner_set (command->runner, CONC_FIELD_FAMILY_NAME, family);
  conc_runner_set (command->runner, CONC_FIELD_BIRTH_DATE, birth_date);
  conc_runner_set (command->runner, CONC_FIELD_BIB, bib);
  submit (fixture, station, command);
}

static void
fire_gun (Fixture *fixture, guint station, const char *when)
{
  ConcCommand *command = conc_command_new (CONC_COMMAND_GUN, &fixture->clock.clock);

  command->when = g_strdup (when);
  submit (fixture, station, command);
}

static void
settle (Fixture *fixture, guint station, const char *card, const char *choice)
{
  submit (fixture, station, conc_command_new_settle (&fixture->clock.clock, card, choice));
}

/* ------------------------------------------------------------------------ exchange */

static gboolean
collect_cb (ConcFact *fact, gpointer user_data)
{
  g_ptr_array_add (user_data, conc_fact_ref (fact));
  return TRUE;
}

static void
hand_over (Fixture *fixture, guint from, guint to)
{
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_fact_unref);
  g_autoptr (GError) error = NULL;
  ConcReceived received;

  g_assert_true (conc_reader_each_fact (get_reader (fixture, from), collect_cb, facts, &error));
  conc_race_file_receive (fixture->files[to], facts, &received, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (received.n_differ, ==, 0);
}

static char *
verify (Fixture *fixture, guint station)
{
  g_autoptr (GPtrArray) sentences = NULL;
  g_autoptr (GError) error = NULL;
  char  *digest = NULL;
  gint64 n_facts;

  conc_verify (conc_race_file_get_path (fixture->files[station]), &sentences, &n_facts, &digest,
               &error);
  g_assert_no_error (error);
  for (guint i = 0; i < sentences->len; i++)
    g_test_message ("%s", (char *) g_ptr_array_index (sentences, i));
  g_assert_cmpuint (sentences->len, ==, 0);
  return digest;
}

/* Both ways; then both have the same race. */
static void
exchange (Fixture *fixture)
{
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;

  hand_over (fixture, 0, 1);
  hand_over (fixture, 1, 0);
  a = verify (fixture, 0);
  b = verify (fixture, 1);
  g_assert_cmpstr (a, ==, b);
}

/* --------------------------------------------------------------------------- cards */

static GPtrArray *
list_cards (Fixture *fixture, guint station)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("America/Chicago");
  g_autoptr (GError) error = NULL;
  GPtrArray *cards = conc_reader_list_cards (get_reader (fixture, station), zone, &error);
  ConcCounts counts;

  g_assert_no_error (error);
  g_assert_true (conc_reader_count (get_reader (fixture, station), &counts, &error));
  g_assert_cmpuint (counts.n_conflicts, ==, cards->len);
  return cards;
}

/* Everything that a person reads of a card, and what settles it. */
static char *
describe (Fixture *fixture, guint station)
{
  g_autoptr (GPtrArray) cards = list_cards (fixture, station);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < cards->len; i++)
    {
      const ConcCard *card = g_ptr_array_index (cards, i);

      g_string_append_printf (text, "%s %s %s\n", card->id, conc_card_kind_to_text (card->kind),
                              card->title);
      for (guint n = 0; n < card->lines->len; n++)
        g_string_append_printf (text, "  %s\n", (char *) g_ptr_array_index (card->lines, n));
      for (guint n = 0; n < card->choices->len; n++)
        {
          const ConcChoice *choice = g_ptr_array_index (card->choices, n);

          g_string_append_printf (text, "  %s [%s]%s\n", choice->id, choice->label,
                                  choice->is_shown ? "*" : "");
        }
    }
  return g_string_free (text, FALSE);
}

static void
assert_no_card_at (Fixture *fixture, guint station)
{
  g_autofree char *text = describe (fixture, station);

  g_assert_cmpstr (text, ==, "");
}

static void
assert_no_card (Fixture *fixture)
{
  for (guint i = 0; i < N_STATIONS; i++)
    assert_no_card_at (fixture, i);
}

/* The one card that both have, the same at both. */
static ConcCard *
find_only_card (Fixture *fixture, ConcCardKind kind)
{
  g_autofree char *a = describe (fixture, 0);
  g_autofree char *b = describe (fixture, 1);
  g_autoptr (GPtrArray) cards = list_cards (fixture, 0);
  ConcCard *card;

  g_test_message ("%s", a);
  g_assert_cmpstr (a, ==, b);
  g_assert_cmpuint (cards->len, ==, 1);
  card = g_ptr_array_steal_index (cards, 0);
  g_assert_cmpstr (conc_card_kind_to_text (card->kind), ==, conc_card_kind_to_text (kind));
  g_assert_cmpuint (card->lines->len, >=, 2);
  g_assert_cmpuint (card->choices->len, >=, 2);
  return card;
}

static const char *
find_choice (const ConcCard *card, const char *label)
{
  for (guint i = 0; i < card->choices->len; i++)
    {
      const ConcChoice *choice = g_ptr_array_index (card->choices, i);

      if (g_strcmp0 (choice->label, label) == 0)
        return choice->id;
    }
  g_error ("no choice “%s”", label);
}

/* ----------------------------------------------------------- the conflicts, one by one */

typedef struct
{
  const char  *name;
  ConcCardKind kind;
  const char  *title;
  const char  *choices[N_STATIONS]; /* labels; what each station decides when they do not agree */
  void (*plant) (Fixture *fixture);
  ConcCardKind again; /* the kind of the card when they do not */
} Planted;

static void
plant_field (Fixture *fixture)
{
  edit (fixture, 0, "Tou Vang", CONC_FIELD_CITY, "Duluth");
  edit (fixture, 1, "Tou Vang", CONC_FIELD_CITY, "Hibbing");
}

static void
plant_private_field (Fixture *fixture)
{
  edit (fixture, 0, "Tou Vang", CONC_FIELD_PHONE, "218-555-0101");
  edit (fixture, 1, "Tou Vang", CONC_FIELD_PHONE, "218-555-0102");
}

static void
plant_birth_date (Fixture *fixture)
{
  edit (fixture, 0, "Tou Vang", CONC_FIELD_BIRTH_DATE, "1986-02-03");
  edit (fixture, 1, "Tou Vang", CONC_FIELD_BIRTH_DATE, "1958-02-03");
}

static void
plant_bib (Fixture *fixture)
{
  edit (fixture, 0, "Tou Vang", CONC_FIELD_BIB, "214");
  edit (fixture, 1, "Ben Ødegård", CONC_FIELD_BIB, "214");
}

static void
plant_two_bibs (Fixture *fixture)
{
  edit (fixture, 0, "Tou Vang", CONC_FIELD_BIB, "214");
  edit (fixture, 1, "Tou Vang", CONC_FIELD_BIB, "215");
}

static void
plant_check_in (Fixture *fixture)
{
  check_in (fixture, 0, "Tou Vang");
  check_in (fixture, 1, "Tou Vang");
}

static void
plant_removed (Fixture *fixture)
{
  remove_runner (fixture, 0, "Tou Vang");
  edit (fixture, 1, "Tou Vang", CONC_FIELD_CITY, "Hibbing");
}

static void
plant_walk_up (Fixture *fixture)
{
  register_walk_up (fixture, 0, "Jo", "Lee", "1999-01-02", "300");
  register_walk_up (fixture, 1, "Jo", "Lee", NULL, NULL);
}

static void
plant_guns (Fixture *fixture)
{
  fire_gun (fixture, 0, "09:00:01.25");
  fire_gun (fixture, 1, "09:00:02");
}

static void
plant_starts (Fixture *fixture)
{
  for (guint i = 0; i < N_STATIONS; i++)
    submit (fixture, i, conc_command_new_bib (CONC_COMMAND_START, &fixture->clock.clock, 5));
}

static void
append_to (Fixture    *fixture,
           ConcKind    kind,
           const char *subject,
           const char *key,
           gint64      first,
           gint64      second)
{
  for (guint i = 0; i < N_STATIONS; i++)
    {
      ConcBodyBuilder *builder = conc_body_builder_new ();
      g_autoptr (GError) error = NULL;

      conc_body_builder_add_int (builder, key, i == 0 ? first : second);
      conc_race_file_append (fixture->files[i], kind, subject, conc_body_builder_end (builder),
                             &error);
      g_assert_no_error (error);
      conc_fake_clock_advance (&fixture->clock, MINUTE_USEC);
    }
}

static void
plant_tap (Fixture *fixture)
{
  submit (fixture, 0, conc_command_new (CONC_COMMAND_TAP, &fixture->clock.clock));
  exchange (fixture);
  submit (fixture, 0, conc_command_new_bib (CONC_COMMAND_BIB, &fixture->clock.clock, 5));
  submit (fixture, 1, conc_command_new_bib (CONC_COMMAND_BIB, &fixture->clock.clock, 6));
}

static void
plant_two_check_ins (Fixture *fixture)
{
  check_in_with_bib (fixture, 0, "Tou Vang", 214, NULL);
  check_in_with_bib (fixture, 1, "Tou Vang", 215, NULL);
}

static void
plant_two_shirts (Fixture *fixture)
{
  check_in (fixture, 0, "Tou Vang");
  exchange (fixture);
  check_in_with_bib (fixture, 0, "Tou Vang", 0, "M");
  check_in_with_bib (fixture, 1, "Tou Vang", 0, "L");
}

static void
plant_here_and_deferred (Fixture *fixture)
{
  register_walk_up (fixture, 0, "Far", "Away", "1999-09-09", NULL);
  edit (fixture, 0, "Far Away", CONC_FIELD_EVENT, "Virtual 5K");
  edit (fixture, 0, "Tou Vang", CONC_FIELD_EVENT, "5K");
  exchange (fixture);
  check_in (fixture, 0, "Tou Vang");
  set_attendance (fixture, 1, "Tou Vang", CONC_ATTENDANCE_DEFERRED);
}

static void
plant_transfers (Fixture *fixture)
{
  transfer (fixture, 0, "Tou Vang", "Ida");
  transfer (fixture, 1, "Tou Vang", "Eva");
}

static void
plant_fees (Fixture *fixture)
{
  edit (fixture, 0, "Tou Vang", CONC_FIELD_BALANCE, "2500");
  exchange (fixture);
  pay (fixture, 0, "Tou Vang", 2500);
  pay (fixture, 1, "Tou Vang", 2000);
}

static void
plant_setting (Fixture *fixture)
{
  submit (fixture, 0,
          conc_command_new_setting (&fixture->clock.clock, CONC_SETTING_NAME, "Jingle 5K"));
  submit (fixture, 1,
          conc_command_new_setting (&fixture->clock.clock, CONC_SETTING_NAME, "Bells 5K"));
}

/* Two exports of one service, with the same gift. */
static void
plant_chute (Fixture *fixture)
{
  g_autoptr (ConcCommand) command = conc_command_new_chute (&fixture->clock.clock, 4, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcReceipt) receipt = conc_race_file_submit (fixture->files[0], command, &error);
  g_autofree char *name = conc_fact_id_to_text (&receipt->fact);
  g_autofree char *entry = g_strconcat ("c", name, NULL);

  g_assert_no_error (error);
  exchange (fixture);
  for (guint i = 0; i < N_STATIONS; i++)
    submit (fixture, i, conc_command_new_chute_set (&fixture->clock.clock, entry, 5 + i));
}

static void
plant_chip (Fixture *fixture)
{
  append_to (fixture, CONC_KIND_CHIP, "chip:058", "bib", 5, 6);
}

static void
plant_stream (Fixture *fixture)
{
  append_to (fixture, CONC_KIND_STREAM, "stream:mat", "offset_usec", 1500000, 2000000);
}

static void
plant_gift (Fixture *fixture)
{
  import_text (fixture, 0, "Donation ID,Amount,Donor,Date\nD1,$20,Kim,2017-12-01\n");
  import_text (fixture, 1, "Donation ID,Amount,Donor,Date\nD1,$25,Kim,2017-12-01\n");
}

static void
plant_station (Fixture *fixture)
{
  static const char *const names[N_STATIONS] = { "Desk by the door", "Desk by the stage" };

  for (guint i = 0; i < N_STATIONS; i++)
    {
      ConcBodyBuilder *builder = conc_body_builder_new ();
      g_autoptr (GError) error = NULL;

      conc_body_builder_add_text (builder, "name", names[i]);
      conc_body_builder_add_text (builder, "role", "check-in");
      conc_race_file_append (fixture->files[i], CONC_KIND_STATION, "station:zzzzzzzzzz",
                             conc_body_builder_end (builder), &error);
      g_assert_no_error (error);
      conc_fake_clock_advance (&fixture->clock, MINUTE_USEC);
    }
}

static const Planted planted[] = {
  { "two corrections of one field",
    CONC_CARD_FIELD,
    "Tou Vang: two entries for “Town”",
    { "Keep “Duluth”", "Keep “Hibbing”" },
    plant_field,
    CONC_CARD_FIELD },
  { "two corrections of a private field",
    CONC_CARD_FIELD,
    "Tou Vang: two entries for “Phone”",
    { "Keep “218-555-0101”", "Keep “218-555-0102”" },
    plant_private_field,
    CONC_CARD_FIELD },
  { "two birth dates",
    CONC_CARD_FIELD,
    "Tou Vang: two entries for “Birth date”",
    { "Keep “1986-02-03”", "Keep “1958-02-03”" },
    plant_birth_date,
    CONC_CARD_FIELD },
  { "one bib, two people",
    CONC_CARD_BIB,
    "Bib 214 was given to two people",
    { "Tou Vang keeps it", "Ben Ødegård keeps it" },
    plant_bib,
    CONC_CARD_BIB },
  { "one person, two bibs",
    CONC_CARD_TWO_BIBS,
    "Tou Vang was given two bibs",
    { "Keep bib 214", "Keep bib 215" },
    plant_two_bibs,
    CONC_CARD_TWO_BIBS },
  { "checked in at two desks",
    CONC_CARD_CHECK_IN,
    "Tou Vang was checked in at two desks",
    { NULL, NULL },
    plant_check_in,
    CONC_CARD_CHECK_IN },
  { "checked in with two bibs",
    CONC_CARD_TWO_BIBS,
    "Tou Vang was given two bibs",
    { "Keep bib 214", "Keep bib 215" },
    plant_two_check_ins,
    CONC_CARD_TWO_BIBS },
  { "given two shirts",
    CONC_CARD_FIELD,
    "Tou Vang: two entries for “Shirt given”",
    { "Keep “M”", "Keep “L”" },
    plant_two_shirts,
    CONC_CARD_FIELD },
  { "here and deferred",
    CONC_CARD_ATTENDANCE,
    "Desks disagree on whether Tou Vang is here",
    { "Keep checked in", "Keep deferred" },
    plant_here_and_deferred,
    CONC_CARD_ATTENDANCE },
  { "one place for two people",
    CONC_CARD_TRANSFER,
    "The place of Tou Vang was given to two people",
    { "Keep Ida", "Keep Eva" },
    plant_transfers,
    CONC_CARD_TRANSFER },
  { "a fee paid twice",
    CONC_CARD_FEE,
    "Tou Vang paid at two desks",
    { NULL, NULL },
    plant_fees,
    CONC_CARD_FEE },
  { "edited here and removed there",
    CONC_CARD_REMOVED,
    "Tou Vang was removed at one desk and edited at another",
    { "Leave removed", "Bring back" },
    plant_removed,
    CONC_CARD_REMOVED },
  { "two guns",
    CONC_CARD_GUN,
    "The gun was fired twice",
    { NULL, NULL },
    plant_guns,
    CONC_CARD_GUN },
  { "two starts",
    CONC_CARD_START,
    "Bib 5 has two starts",
    { NULL, NULL },
    plant_starts,
    CONC_CARD_START },
  { "two bibs for a tap",
    CONC_CARD_TAP,
    "One tap was given two bibs",
    { "Keep bib 5", "Keep bib 6" },
    plant_tap,
    CONC_CARD_TAP },
  { "two corrections of a bib of the chute",
    CONC_CARD_CHUTE,
    "A bib of the chute was read as two bibs",
    { "Keep bib 5", "Keep bib 6" },
    plant_chute,
    CONC_CARD_CHUTE },
  { "two bibs for a chip",
    CONC_CARD_CHIP,
    "Chip 058 was given to two bibs",
    { "Keep bib 5", "Keep bib 6" },
    plant_chip,
    CONC_CARD_CHIP },
  { "two settings of a stream",
    CONC_CARD_STREAM,
    "The stream “mat” was set up twice: offset_usec",
    { "Keep 1500 ms", "Keep 2000 ms" },
    plant_stream,
    CONC_CARD_STREAM },
  { "two names of the race",
    CONC_CARD_SETTING,
    "The setting “name” was changed twice",
    { "Keep “Jingle 5K”", "Keep “Bells 5K”" },
    plant_setting,
    CONC_CARD_SETTING },
  { "two amounts of a gift",
    CONC_CARD_GIFT,
    "A gift was corrected twice",
    { "Keep $20.00", "Keep $25.00" },
    plant_gift,
    CONC_CARD_GIFT },
  { "two names of a station",
    CONC_CARD_STATION,
    "A station has two names",
    { "Keep “Desk by the door”", "Keep “Desk by the stage”" },
    plant_station,
    CONC_CARD_STATION },
  { "one person, two walk-ups",
    CONC_CARD_WALK_UP,
    "Jo Lee may be registered twice",
    { "The same person: keep the walk-up, bib 300", "They are two people" },
    plant_walk_up,
    CONC_CARD_REMOVED },
};

static const char *
choose (const ConcCard *card, const Planted *conflict, guint which)
{
  if (conflict->choices[which] != NULL)
    return find_choice (card, conflict->choices[which]);
  return ((ConcChoice *) g_ptr_array_index (card->choices, which))->id;
}

static void
start_together (Fixture *fixture)
{
  import_text (fixture, 0, export);
  exchange (fixture);
  assert_no_card (fixture);
}

static void
test_is_one_card_and_settled (Fixture *fixture, gconstpointer data)
{
  const Planted *conflict = data;
  g_autoptr (ConcCard) card = NULL;
  g_autoptr (ConcCommand) again = NULL;
  g_autoptr (GError) error = NULL;

  start_together (fixture);
  conflict->plant (fixture);
  assert_no_card (fixture);
  exchange (fixture);
  card = find_only_card (fixture, conflict->kind);
  g_assert_cmpstr (card->title, ==, conflict->title);
  settle (fixture, 1, card->id, choose (card, conflict, 0));
  exchange (fixture);
  assert_no_card (fixture);
  again = conc_command_new_settle (&fixture->clock.clock, card->id, choose (card, conflict, 1));
  g_assert_null (conc_race_file_submit (fixture->files[0], again, &error));
  g_assert_error (error, CONC_STORE_ERROR, CONC_STORE_ERROR_REFUSED);
}

/* What is shown is among the choices; it is settled like any other. */
static void
test_settled_as_shown (Fixture *fixture, gconstpointer data)
{
  const Planted *conflict = data;
  g_autoptr (ConcCard) card = NULL;
  const char *shown = NULL;

  start_together (fixture);
  conflict->plant (fixture);
  exchange (fixture);
  card = find_only_card (fixture, conflict->kind);
  for (guint i = 0; i < card->choices->len; i++)
    if (((ConcChoice *) g_ptr_array_index (card->choices, i))->is_shown)
      {
        g_assert_null (shown);
        shown = ((ConcChoice *) g_ptr_array_index (card->choices, i))->id;
      }
  g_assert_nonnull (shown);
  settle (fixture, 0, card->id, shown);
  exchange (fixture);
  assert_no_card (fixture);
}

/* What is said of each entry: what, where, by whom and when. */
static void
test_origin (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConcRunner) seen = NULL;
  g_autoptr (ConcRunner) wanted = NULL;
  g_autoptr (ConcCard) card = NULL;
  ConcCommand *command;

  start_together (fixture);
  edit (fixture, 0, "Tou Vang", CONC_FIELD_CITY, "Duluth");
  seen = find (fixture, 1, "Tou Vang");
  wanted = conc_runner_copy (seen);
  conc_runner_set (wanted, CONC_FIELD_CITY, "Hibbing");
  command = conc_command_new_edit (&fixture->clock.clock, seen, wanted);
  command->operator_name = g_strdup ("Kim");
  submit (fixture, 1, command);
  exchange (fixture);
  card = find_only_card (fixture, CONC_CARD_FIELD);
  for (guint i = 0; i < N_STATIONS; i++)
    {
      const char      *line = g_ptr_array_index (card->lines, i);
      const char      *station = conc_race_file_get_station (fixture->files[1]);
      g_autofree char *theirs = g_strdup_printf ("“Hibbing” at %s, by Kim, 09:02:00", station);

      if (strstr (line, "Hibbing") != NULL)
        g_assert_true (g_str_has_prefix (line, theirs));
      else
        g_assert_true (g_regex_match_simple ("^“Duluth” at [0-9a-z]{10}, 09:01:00", line, 0, 0));
    }
}

static void
test_settled_apart (Fixture *fixture, gconstpointer data)
{
  const Planted *conflict = data;
  g_autoptr (ConcCard) card = NULL;
  g_autoptr (ConcCard) again = NULL;

  start_together (fixture);
  conflict->plant (fixture);
  exchange (fixture);
  card = find_only_card (fixture, conflict->kind);
  settle (fixture, 0, card->id, choose (card, conflict, 0));
  settle (fixture, 1, card->id, choose (card, conflict, 1));
  assert_no_card (fixture);
  exchange (fixture);
  again = find_only_card (fixture, conflict->again);
  settle (fixture, 1, again->id, ((ConcChoice *) g_ptr_array_index (again->choices, 0))->id);
  exchange (fixture);
  assert_no_card (fixture);
}

static void
test_settled_alike (Fixture *fixture, gconstpointer data)
{
  const Planted *conflict = data;
  g_autoptr (ConcCard) card = NULL;

  start_together (fixture);
  conflict->plant (fixture);
  exchange (fixture);
  card = find_only_card (fixture, conflict->kind);
  settle (fixture, 0, card->id, choose (card, conflict, 0));
  settle (fixture, 1, card->id, choose (card, conflict, 0));
  exchange (fixture);
  assert_no_card (fixture);
}

/* --------------------------------------------------------------------- none invented */

/* A file that is read at two laptops, each of which goes on before it hears of the other. */
static void
test_none_invented (Fixture *fixture, gconstpointer data)
{
  import_text (fixture, 0, export);
  edit (fixture, 0, "Ann Olson", CONC_FIELD_CITY, "Hibbing");
  edit (fixture, 0, "Ann Olson", CONC_FIELD_BIB, "7");
  check_in (fixture, 0, "Ann Olson");
  import_text (fixture, 1, export);
  edit (fixture, 1, "Tou Vang", CONC_FIELD_CITY, "Winona");
  edit (fixture, 1, "Tou Vang", CONC_FIELD_CITY, "Ely");
  register_walk_up (fixture, 1, "Tou", "Vang", "2001-01-01", "8");
  remove_runner (fixture, 1, "Ben Ødegård");
  exchange (fixture);
  assert_no_card (fixture);
  edit (fixture, 0, "Ann Olson", CONC_FIELD_CITY, "Ely");
  edit (fixture, 1, "Ann Olson", CONC_FIELD_CITY, "Ely");
  exchange (fixture);
  assert_no_card (fixture);
  edit (fixture, 1, "Ann Olson", CONC_FIELD_CITY, "Winona");
  exchange (fixture);
  assert_no_card (fixture);
}

/* What two desks may both do, and what one knows of the other. */
static void
test_none_of_the_desk (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConcRunner) runner = NULL;

  start_together (fixture);
  for (guint i = 0; i < N_STATIONS; i++)
    sign (fixture, i, "Tou Vang");
  pay (fixture, 0, "Tou Vang", 2500);
  exchange (fixture);
  assert_no_card (fixture);
  /* This desk knows of the other payment, and takes more all the same. */
  pay (fixture, 1, "Tou Vang", 1000);
  /* Nobody came, says the one; the other has just checked in both. */
  submit (fixture, 0, conc_command_new (CONC_COMMAND_NO_SHOWS, &fixture->clock.clock));
  check_in (fixture, 1, "Ben Ødegård");
  check_in (fixture, 1, "Ann Olson");
  exchange (fixture);
  assert_no_card (fixture);
  runner = find (fixture, 0, "Ben Ødegård");
  g_assert_true (conc_runner_get_checked_in (runner));
  g_assert_null (conc_runner_get (runner, CONC_FIELD_ATTENDANCE));
  g_clear_pointer (&runner, conc_runner_free);
  runner = find (fixture, 1, "Tou Vang");
  g_assert_cmpstr (conc_runner_get (runner, CONC_FIELD_ATTENDANCE), ==, CONC_ATTENDANCE_NO_SHOW);
}

/* Two desks took parts of one balance: nothing is too much. */
static void
test_paid_in_parts (Fixture *fixture, gconstpointer data)
{
  start_together (fixture);
  edit (fixture, 0, "Tou Vang", CONC_FIELD_BALANCE, "2500");
  exchange (fixture);
  pay (fixture, 0, "Tou Vang", 1000);
  pay (fixture, 1, "Tou Vang", 1500);
  exchange (fixture);
  assert_no_card (fixture);
}

static gint64
get_paid_cents (Fixture *fixture, guint station, const char *name)
{
  g_autoptr (ConcRunner) runner = find (fixture, station, name);

  return conc_reader_get_paid_cents (get_reader (fixture, station), conc_runner_get_id (runner),
                                     NULL);
}

static void
test_paid_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConcCard) card = NULL;

  start_together (fixture);
  plant_fees (fixture);
  exchange (fixture);
  g_assert_cmpint (get_paid_cents (fixture, 0, "Tou Vang"), ==, 4500);
  card = find_only_card (fixture, CONC_CARD_FEE);
  settle (fixture, 0, card->id, ((ConcChoice *) g_ptr_array_index (card->choices, 1))->id);
  exchange (fixture);
  for (guint i = 0; i < N_STATIONS; i++)
    g_assert_cmpint (get_paid_cents (fixture, i, "Tou Vang"), ==, 2500);
}

/* What @plant does at two stations becomes one card, which @station settles by @choice. */
static void
plant_and_settle (Fixture *fixture,
                  void (*plant) (Fixture *fixture),
                  ConcCardKind kind,
                  guint        station,
                  const char  *choice)
{
  g_autoptr (ConcCard) card = NULL;

  start_together (fixture);
  plant (fixture);
  exchange (fixture);
  card = find_only_card (fixture, kind);
  settle (fixture, station, card->id, find_choice (card, choice));
  exchange (fixture);
}

/* Whoever is here after all is in the event of the registration, with the check-in. */
static void
test_here_after_all (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConcRunner) runner = NULL;

  plant_and_settle (fixture, plant_here_and_deferred, CONC_CARD_ATTENDANCE, 1, "Keep checked in");
  runner = find (fixture, 0, "Tou Vang");
  g_assert_true (conc_runner_get_checked_in (runner));
  g_assert_null (conc_runner_get (runner, CONC_FIELD_ATTENDANCE));
  g_assert_cmpstr (conc_runner_get (runner, CONC_FIELD_EVENT), ==, "5K");
}

/* One of the check-ins counts, with the bib that was given with it. */
static void
test_bib_with_its_check_in (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConcRunner) runner = NULL;
  g_autoptr (ConcRunner) out = NULL;
  ConcCommand *command;

  plant_and_settle (fixture, plant_two_check_ins, CONC_CARD_TWO_BIBS, 0, "Keep bib 214");
  runner = find (fixture, 1, "Tou Vang");
  g_assert_cmpuint (conc_runner_get_bib (runner), ==, 214);
  g_assert_true (conc_runner_get_checked_in (runner));
  command = conc_command_new_check_in (&fixture->clock.clock, conc_runner_get_id (runner), 0);
  command->kind = CONC_COMMAND_CHECK_OUT;
  submit (fixture, 1, command);
  exchange (fixture);
  assert_no_card (fixture);
  out = find (fixture, 0, "Tou Vang");
  g_assert_false (conc_runner_get_checked_in (out));
  g_assert_null (conc_runner_get (out, CONC_FIELD_BIB));
}

/* Somebody had registered, and registers once more at a desk that has not heard of it. */
static void
test_walk_up_was_registered (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConcCard) card = NULL;
  g_autoptr (ConcRunner) runner = NULL;
  g_autoptr (ConcWaiver) waiver = NULL;

  import_text (fixture, 0, export);
  register_walk_up (fixture, 1, "Tou", "Vang", "1985-02-03", "300");
  check_in_with_bib (fixture, 1, "Tou Vang", 0, "M");
  sign (fixture, 1, "Tou Vang");
  pay (fixture, 1, "Tou Vang", 4000);
  exchange (fixture);
  card = find_only_card (fixture, CONC_CARD_WALK_UP);
  settle (fixture, 0, card->id, find_choice (card, "The same person: keep the registration"));
  exchange (fixture);
  assert_no_card (fixture);
  runner = find (fixture, 1, "Tou Vang");
  g_assert_cmpuint (conc_runner_get_bib (runner), ==, 300);
  g_assert_true (conc_runner_get_checked_in (runner));
  g_assert_cmpstr (conc_runner_get (runner, CONC_FIELD_CITY), ==, "Edina");
  g_assert_cmpstr (conc_runner_get (runner, CONC_FIELD_SHIRT_GIVEN), ==, "M");
  g_assert_true (conc_runner_get_waiver (runner));
  waiver = conc_reader_get_waiver (get_reader (fixture, 1), conc_runner_get_id (runner), NULL);
  g_assert_cmpstr (waiver->signature, ==, "1,2 3,4");
  g_assert_cmpint (get_paid_cents (fixture, 1, "Tou Vang"), ==, 4000);
}

/* The age on race day goes with the birth date. */
static void
test_age_follows (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConcCard) card = NULL;
  g_autoptr (ConcRunner) runner = NULL;

  start_together (fixture);
  plant_birth_date (fixture);
  exchange (fixture);
  card = find_only_card (fixture, CONC_CARD_FIELD);
  settle (fixture, 0, card->id, find_choice (card, "Keep “1986-02-03”"));
  exchange (fixture);
  runner = find (fixture, 1, "Tou Vang");
  g_assert_cmpint (conc_runner_get_age (runner), ==, 31);
  g_assert_cmpstr (conc_runner_get (runner, CONC_FIELD_BIRTH_DATE), ==, "1986-02-03");
}

/* Every fact of a decision is taken back, and the question is there again. */
static void
test_undone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConcCard) card = NULL;
  g_autoptr (ConcCard) again = NULL;
  g_autoptr (ConcCommand) command = NULL;
  g_autoptr (ConcReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  start_together (fixture);
  plant_bib (fixture);
  exchange (fixture);
  card = find_only_card (fixture, CONC_CARD_BIB);
  command = conc_command_new_settle (&fixture->clock.clock, card->id,
                                     find_choice (card, "Tou Vang keeps it"));
  receipt = conc_race_file_submit (fixture->files[0], command, &error);
  g_assert_no_error (error);
  assert_no_card_at (fixture, 0);
  for (guint i = 0; i < receipt->n_facts; i++)
    {
      ConcFactId target = receipt->fact;

      target.seq += i;
      submit (fixture, 0, conc_command_new_undo (&fixture->clock.clock, &target));
    }
  exchange (fixture);
  again = find_only_card (fixture, CONC_CARD_BIB);
  g_assert_cmpstr (again->id, ==, card->id);
}

/* Two desks remove the same runner: they agree, also when they give other reasons. */
static void
test_removed_at_both (Fixture *fixture, gconstpointer data)
{
  start_together (fixture);
  remove_runner (fixture, 0, "Tou Vang");
  remove_runner (fixture, 1, "Tou Vang");
  exchange (fixture);
  assert_no_card (fixture);
  g_assert_null (find (fixture, 0, "Tou Vang"));
}

/* Both decisions leave one of the two out; together they would leave out both. */
static void
test_each_keeps_another (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConcCard) card = NULL;
  g_autoptr (GPtrArray) cards = NULL;

  start_together (fixture);
  plant_walk_up (fixture);
  exchange (fixture);
  card = find_only_card (fixture, CONC_CARD_WALK_UP);
  settle (fixture, 0, card->id, find_choice (card, "The same person: keep the walk-up, bib 300"));
  settle (fixture, 1, card->id, find_choice (card, "The same person: keep the walk-up"));
  exchange (fixture);
  cards = list_cards (fixture, 1);
  g_assert_cmpuint (cards->len, ==, 2);
  for (guint i = 0; i < cards->len; i++)
    g_assert_cmpint (((ConcCard *) g_ptr_array_index (cards, i))->kind, ==, CONC_CARD_REMOVED);
}

/* Nobody is asked what only others may decide. */
static void
test_roles (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    ConcRole role;
    guint    n_cards;
  } cases[] = {
    { CONC_ROLE_CHECK_IN, 3 },
    { CONC_ROLE_TIMING, 1 },
    { CONC_ROLE_DISPLAY, 0 },
  };
  GBytes *key = conc_race_file_get_key (fixture->files[0]);

  start_together (fixture);
  plant_bib (fixture);
  plant_field (fixture);
  plant_guns (fixture);
  plant_walk_up (fixture);
  exchange (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char   *name = g_strdup_printf ("%s.race", conc_role_to_text (cases[i].role));
      g_autofree char   *path = g_build_filename (fixture->folder, name, NULL);
      const ConcIdentity identity = { conc_race_file_get_race_id (fixture->files[0]), key,
                                      cases[i].role, "Another" };
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) cards = NULL;
      ConcRaceFile *kept = fixture->files[1];

      fixture->files[1] =
          conc_race_file_create_joined (path, &identity, &fixture->clock.clock, &error);
      g_assert_no_error (error);
      hand_over (fixture, 0, 1);
      cards = list_cards (fixture, 1);
      g_assert_cmpuint (cards->len, ==, cases[i].n_cards);
      conc_race_file_close (fixture->files[1]);
      g_object_unref (fixture->files[1]);
      fixture->files[1] = kept;
    }
}

/* Of every kind of fact: what it says twice is asked, or it goes along with another. */
static void
test_every_kind (void)
{
  static const char *const cards[CONC_N_KINDS] = {
    [CONC_KIND_RUNNER] = "field",
    [CONC_KIND_RUNNER_PRIVATE] = "field",
    [CONC_KIND_RUNNER_SET] = "field",
    [CONC_KIND_RUNNER_SET_PRIVATE] = "field",
    [CONC_KIND_BIB] = "bib, two-bibs",
    [CONC_KIND_CHECK_IN] = "check-in",
    [CONC_KIND_RUNNER_REMOVED] = "removed",
    [CONC_KIND_RUNNER_APART] = "walk-up, removed",
    [CONC_KIND_WAIVER] = "none: whoever accepted twice has accepted",
    [CONC_KIND_GUN] = "gun",
    [CONC_KIND_START] = "start",
    [CONC_KIND_TAP] = "tap",
    [CONC_KIND_CROSSING] = "tap",
    [CONC_KIND_TAP_BIB] = "tap",
    [CONC_KIND_CHUTE] = "chute",
    [CONC_KIND_CHUTE_SET] = "chute",
    [CONC_KIND_STREAM] = "stream",
    [CONC_KIND_READ] = "none: what a reader said stays as it came",
    [CONC_KIND_READ_SET] = "none: the latest counts, and is taken back as easily",
    [CONC_KIND_CHIP] = "chip",
    [CONC_KIND_RULING] = "field",
    [CONC_KIND_RULING_REASON] = "field",
    [CONC_KIND_REPAIR] = "that of what it changes",
    [CONC_KIND_GUN_SEEN] = "none: it changes no result",
    [CONC_KIND_CLOCK] = "none: a station says it of itself alone",
    [CONC_KIND_GIFT] = "gift",
    [CONC_KIND_GIFT_PRIVATE] = "gift",
    [CONC_KIND_FEE] = "fee",
    [CONC_KIND_PRINT] = "none: two labels are two pieces of paper",
    [CONC_KIND_PRINT_STATE] = "none: the station that prints says it, and the latest counts",
    [CONC_KIND_SETTING] = "setting",
    [CONC_KIND_STATION] = "station",
    [CONC_KIND_STATION_LOGIN] = "none: the latest counts, and nobody reads it",
    [CONC_KIND_SETTLE] = "that of what it settles",
    [CONC_KIND_UNDO] = "that of what it takes back",
  };

  for (ConcKind kind = 0; kind < CONC_N_KINDS; kind++)
    g_assert_nonnull (cards[kind]);
}

static void
add_each (const char *path, void (*test) (Fixture *fixture, gconstpointer data))
{
  for (guint i = 0; i < G_N_ELEMENTS (planted); i++)
    {
      g_autofree char *name = g_strdup_printf ("/cards/%s/%s", planted[i].name, path);

      g_test_add (name, Fixture, &planted[i], set_up, test, tear_down);
    }
}

static void
add (const char *path, void (*test) (Fixture *fixture, gconstpointer data))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  add_each ("one card, and settled", test_is_one_card_and_settled);
  add_each ("settled as shown", test_settled_as_shown);
  add_each ("settled apart", test_settled_apart);
  add_each ("settled alike", test_settled_alike);
  add ("/cards/what, where, by whom and when", test_origin);
  add ("/cards/none invented", test_none_invented);
  add ("/cards/none invented at the desk", test_none_of_the_desk);
  add ("/cards/a balance is paid in parts", test_paid_in_parts);
  add ("/cards/a payment was entered twice", test_paid_once);
  add ("/cards/deferred and here after all", test_here_after_all);
  add ("/cards/a bib and the check-in it was given with", test_bib_with_its_check_in);
  add ("/cards/a walk-up was registered", test_walk_up_was_registered);
  add ("/cards/the age follows the birth date", test_age_follows);
  add ("/cards/a decision is taken back", test_undone);
  add ("/cards/removed at both", test_removed_at_both);
  add ("/cards/each keeps another", test_each_keeps_another);
  add ("/cards/roles", test_roles);
  g_test_add_func ("/cards/every kind of fact", test_every_kind);
  return g_test_run ();
}
