/* test-desk.c: what is to be settled for a runner at the check-in desk. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/desk.h"

#include <locale.h>
#include <string.h>

/* Who has waiver, bib and a name that may be said has nothing to settle, so each case says what
 * differs from that. What is expected is "weight kind: sentence", one a line. */
typedef struct
{
  const char *name;
  const char *values;     /* key=value, | between; no value takes it away; NULL: as it is */
  const char *needs;      /* the setting; NULL: as it begins */
  gint64      paid_cents; /* at the desk */
  int         n_left;     /* shirts; 0: not counted, below: none */
  guint       n_others;
  const char *told_apart_by;
  const char *place;
  const char *instead;
  const char *waves; /* with a space between; NULL: none */
  guint       n_events;
  const char *expected;
} Case;

static const Case cases[] = {
  { "nothing to settle", .expected = "" },
  { "the waiver blocks", "waiver=no", .expected = "blocks waiver: The waiver is missing." },
  { "the waiver warns where it is not asked for", "waiver=", "",
    .expected = "warns waiver: The waiver is missing." },
  { "the waiver of somebody who is through warns", "waiver=|checked_in_at=2017-12-09T14:12:09.250Z",
    .expected = "warns waiver: The waiver is missing.\n"
                "tells checked-in: Checked in already: at 08:12." },
  { "a minor without a guardian", "age=17",
    .expected = "blocks guardian: Under 18, and no guardian is named." },
  { "a minor with a guardian", "age=9|guardian=Eva Olson", .expected = "" },
  { "eighteen is no minor", "age=18", .expected = "" },
  { "no age is no minor", "age=", .expected = "" },
  { "a minor warns where guardians are not asked for", "age=3", "waiver",
    .expected = "warns guardian: Under 18, and no guardian is named." },
  { "a balance warns", "balance_cents=3500",
    .expected = "warns balance: $35.00 is still to be paid." },
  { "a balance blocks where it is asked for", "balance_cents=3500", "waiver,guardian,balance",
    .expected = "blocks balance: $35.00 is still to be paid." },
  { "a balance that was paid in part", "balance_cents=3500", .paid_cents = 2000,
    .expected = "warns balance: $15.00 is still to be paid; $20.00 was paid at the desk." },
  { "a balance that was paid", "balance_cents=3500", .paid_cents = 3500, .expected = "" },
  { "a balance that was paid with more", "balance_cents=3500", .paid_cents = 4000, .expected = "" },
  { "no bib", "bib=", .expected = "warns bib: No bib yet: scan or type the next one." },
  { "a virtual runner needs no bib", "bib=|event=Virtual 5K",
    .expected = "warns virtual: Virtual runner: takes part from elsewhere and is not expected "
                "here." },
  { "another of the name", .n_others = 1, .expected = "warns twin: Somebody else has this name." },
  { "others of the name, told apart", .n_others = 2, .told_apart_by = "born 1988",
    .expected = "warns twin: 2 others have this name. This one: born 1988." },
  { "no wave", .waves = "A B", .expected = "warns wave: In no wave yet." },
  { "a wave of the race", "wave=B", .waves = "A B", .expected = "" },
  { "a wave of another race", "wave=C", .waves = "A B",
    .expected = "warns wave: There is no wave “C”." },
  { "one wave is none", .waves = "A", .expected = "" },
  { "no event of two", .n_events = 2, .expected = "warns event: In no event yet." },
  { "no event of one", .n_events = 1, .expected = "" },
  { "a shirt to hand out", "shirt=M", .expected = "tells shirt: Shirt M to hand out." },
  { "many shirts left", "shirt=M", .n_left = 40, .expected = "tells shirt: Shirt M to hand out." },
  { "few shirts left", "shirt=M", .n_left = 5,
    .expected = "tells shirt: Shirt M to hand out: 5 left." },
  { "the last shirt", "shirt=M", .n_left = 1,
    .expected = "tells shirt: Shirt M to hand out: the last one." },
  { "no shirt left", "shirt=M", .n_left = -1,
    .expected = "warns shirt: No shirt M is left: choose another size." },
  { "a shirt that was handed out", "shirt=M|shirt_given=m", .n_left = -1,
    .expected = "tells shirt: Shirt m was handed out." },
  { "another shirt was handed out", "shirt=M|shirt_given=L",
    .expected = "tells shirt: Shirt L was handed out instead of M." },
  { "notes", "note=wheelchair, ramp at Gate 29|medical=EpiPen",
    .expected = "tells note: Note: wheelchair, ramp at Gate 29\ntells medical: Medical: EpiPen" },
  { "an empty note is none", "note=", .expected = "" },
  { "not to be named", "public=no",
    .expected = "tells unnamed: Not to be named in public: results show “Runner 214”." },
  { "checked in", "checked_in_at=2017-12-09T14:12:09.250Z", .place = "Desk 2",
    .expected = "tells checked-in: Checked in already: at 08:12, by Desk 2." },
  { "checked in at no time that can be read", "checked_in_at=yes", .place = "Desk 2",
    .expected = "tells checked-in: Checked in already." },
  { "a no-show", "attendance=no-show",
    .expected = "warns attendance: Recorded as not coming. Checking in takes that back." },
  { "deferred is said once", "attendance=deferred|event=Virtual",
    .expected = "warns attendance: Moved to the virtual race. Checking in takes that back." },
  { "transferred blocks whatever is asked for", "attendance=transferred|bib=", "",
    .instead = "Max Ek", .expected = "blocks attendance: Max Ek runs instead." },
  { "transferred to somebody", "attendance=transferred",
    .expected = "blocks attendance: Somebody else runs instead." },
  { "what blocks comes first", "waiver=|bib=|note=blind|age=12|balance_cents=100",
    .expected = "blocks waiver: The waiver is missing.\n"
                "blocks guardian: Under 18, and no guardian is named.\n"
                "warns balance: $1.00 is still to be paid.\n"
                "warns bib: No bib yet: scan or type the next one.\n"
                "tells note: Note: blind" },
};

static ConcRunner *
new_runner (const Case *c)
{
  ConcRunner *runner = conc_runner_new ("r1");
  g_auto (GStrv) values = c->values != NULL ? g_strsplit (c->values, "|", -1) : NULL;

  conc_runner_set (runner, CONC_FIELD_BIB, "214");
  conc_runner_set (runner, CONC_FIELD_GIVEN_NAME, "Ann");
  conc_runner_set (runner, CONC_FIELD_FAMILY_NAME, "Olson");
  conc_runner_set (runner, CONC_FIELD_AGE, "34");
  conc_runner_set (runner, CONC_FIELD_WAIVER, "yes");
  conc_runner_set (runner, CONC_FIELD_PUBLIC, "yes");
  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    {
      char     *equals = strchr (values[i], '=');
      ConcField field;

      *equals = '\0';
      field = conc_field_from_key (values[i]);
      g_assert_cmpint (field, !=, CONC_FIELD_NONE);
      conc_runner_set (runner, field, equals[1] != '\0' ? equals + 1 : NULL);
    }
  return runner;
}

static char *
write_items (GPtrArray *items)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < items->len; i++)
    {
      const ConcDeskItem *item = g_ptr_array_index (items, i);

      g_string_append_printf (text, "%s%s %s: %s", i > 0 ? "\n" : "",
                              conc_desk_weight_to_text (item->weight),
                              conc_desk_kind_to_text (item->kind), item->sentence);
    }
  return g_string_free (text, FALSE);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (ConcRunner) runner = new_runner (c);
  g_autoptr (ConcSettings) settings = conc_settings_new ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("America/Chicago");
  g_auto (GStrv) waves = c->waves != NULL ? g_strsplit (c->waves, " ", -1) : NULL;
  ConcDeskContext context = { .settings = settings,
                              .zone = zone,
                              .waves = waves,
                              .n_events = c->n_events,
                              .paid_cents = c->paid_cents,
                              .n_shirts_left =
                                  c->n_left == 0 ? CONC_DESK_NOT_COUNTED : MAX (c->n_left, 0),
                              .n_others_of_name = c->n_others,
                              .told_apart_by = c->told_apart_by,
                              .checked_in_at = c->place,
                              .runs_instead = c->instead };
  g_autoptr (GPtrArray) items = NULL;
  g_autofree char *text = NULL;

  if (c->needs != NULL)
    conc_settings_set (settings, CONC_SETTING_CHECK_IN_NEEDS, c->needs);
  items = conc_desk_items (runner, &context);
  text = write_items (items);
  g_assert_cmpstr (text, ==, c->expected);
}

static void
test_adult_age_is_a_setting (void)
{
  g_autoptr (ConcSettings) settings = conc_settings_new ();
  g_autoptr (ConcRunner) runner = conc_runner_new ("r1");

  conc_runner_set (runner, CONC_FIELD_AGE, "18");
  g_assert_false (conc_desk_is_minor (runner, settings));
  conc_settings_set (settings, CONC_SETTING_ADULT_AGE, "21");
  g_assert_true (conc_desk_is_minor (runner, settings));
}

static void
test_words (void)
{
  for (ConcDeskKind kind = 0; kind < CONC_N_DESK_KINDS; kind++)
    g_assert_nonnull (conc_desk_kind_to_text (kind));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/desk/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/desk/the age of adults is a setting", test_adult_age_is_a_setting);
  g_test_add_func ("/desk/every kind has a word", test_words);
  return g_test_run ();
}
