/* test-story.c: tests of what happened, told in sentences. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/story.h"

#include "core/race-time.h"

#include <locale.h>
#include <string.h>

/* 2026-01-17, 08:40 in Minneapolis. */
#define MORNING_USEC (G_GINT64_CONSTANT (1768660800) * G_USEC_PER_SEC)
#define DESK "aaaaaaaaaa"
#define GATE "bbbbbbbbbb"
#define ANN "r1"

/* @at: seconds after MORNING_USEC. @replaces: the number at the desk of the fact that is replaced
 * or undone, 0 for none. @sentence: what is told, NULL for nothing. */
typedef struct
{
  int         at;
  const char *kind;
  const char *subject;
  gint64      replaces;
  const char *body;
  const char *sentence;
  gboolean    is_undone;
  gboolean    can_undo;
} Case;

static char *
name_cb (const char *subject, gpointer user_data)
{
  if (strcmp (subject, "station:" DESK) == 0)
    return g_strdup ("Check-in 2");
  return strcmp (subject, "r2") == 0 ? g_strdup ("Bo Berg") : NULL;
}

static ConcFact *
make_fact (const char *station,
           gint64      seq,
           gint64      at_usec,
           ConcKind    kind,
           const char *subject,
           gint64      replaces,
           const char *json)
{
  ConcFactId id = { "", seq };
  ConcFactId replaced = { "", replaces };
  g_autoptr (ConcBody) body = conc_body_parse (json, -1, NULL);

  g_assert_nonnull (body);
  g_strlcpy (id.station, station, sizeof id.station);
  if (replaces > 0)
    g_strlcpy (replaced.station, DESK, sizeof replaced.station);
  return conc_fact_new (&id, conc_hlc_from_usec (at_usec), kind, subject, &replaced, "Maria", body);
}

static GPtrArray *
make_facts (const Case *cases, guint n_cases)
{
  GPtrArray *facts = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_fact_unref);

  for (guint i = 0; i < n_cases; i++)
    {
      ConcKind kind = conc_kind_from_text (cases[i].kind);

      g_assert_cmpint (kind, !=, CONC_KIND_NONE);
      g_ptr_array_add (facts,
                       make_fact (DESK, i + 1, MORNING_USEC + cases[i].at * G_TIME_SPAN_SECOND,
                                  kind, cases[i].subject, cases[i].replaces, cases[i].body));
    }
  return facts;
}

static GPtrArray *
tell (GPtrArray *facts, ConcRole role)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("America/Chicago");
  const ConcStoryTeller teller = { zone, role, name_cb, NULL };

  return conc_story_tell (facts, &teller);
}

static void
check (const Case *cases, guint n_cases, ConcRole role)
{
  g_autoptr (GPtrArray) facts = make_facts (cases, n_cases);
  g_autoptr (GPtrArray) lines = tell (facts, role);
  guint n_told = 0;

  for (guint i = 0; i < n_cases; i++)
    {
      const ConcStoryLine *line;

      if (cases[i].sentence == NULL)
        continue;
      g_assert_cmpuint (n_told, <, lines->len);
      line = g_ptr_array_index (lines, n_told++);
      g_test_message ("%s", line->sentence);
      g_assert_cmpstr (line->sentence, ==, cases[i].sentence);
      g_assert_cmpstr (line->kind, ==, cases[i].kind);
      g_assert_cmpstr (line->subject, ==, cases[i].subject);
      g_assert_cmpint (line->is_undone, ==, cases[i].is_undone);
      g_assert_cmpint (line->undone != NULL, ==, cases[i].is_undone);
      g_assert_cmpint (line->can_undo, ==, cases[i].can_undo);
    }
  g_assert_cmpuint (lines->len, ==, n_told);
}

/* ------------------------------------------------------------------------ a morning */

static const Case morning[] = {
  { -86400, "runner", ANN, 0,
    "{\"city\":\"Edina\",\"event\":\"5K Run\",\"family_name\":\"Olson\",\"given_name\":\"Ann\","
    "\"shirt\":\"M\",\"wave\":\"A\"}",
    "Registered, from the registration file: Ann Olson, 5K Run, Wave A, shirt M.", FALSE, FALSE },
  { -86400, "runner.private", ANN, 0, "{\"birth_date\":\"1990-05-01\",\"email\":\"a@example.org\"}",
    "Private details, from the registration file: Birth date, E-mail.", FALSE, FALSE },
  { -86000, "runner", ANN, 1, "{\"shirt\":\"L\"}",
    "From the registration file: Shirt corrected from M to L.", FALSE, FALSE },
  { 0, "check-in", ANN, 0, "{\"bib\":12,\"checked_in_at\":\"2026-01-17T14:40:00Z\"}",
    "Checked in and given bib 12.", TRUE, FALSE },
  { 20, "undo", ANN, 4, "{}", "Taken back: Checked in and given bib 12.", FALSE, FALSE },
  { 60, "check-in", ANN, 0,
    "{\"bib\":214,\"checked_in_at\":\"2026-01-17T14:41:00Z\",\"shirt_given\":\"L\"}",
    "Checked in and given bib 214 and a shirt, size L.", FALSE, TRUE },
  { 70, "runner.set", ANN, 1, "{\"city\":\"Eden Prairie\"}",
    "Town corrected from Edina to Eden Prairie.", FALSE, TRUE },
  { 80, "runner.set.private", ANN, 2, "{\"email\":\"ann@example.org\"}",
    "E-mail corrected from a@example.org to ann@example.org.", FALSE, TRUE },
  { 90, "runner.set", ANN, 0, "{\"team\":\"Owls\"}", "Team entered: Owls.", TRUE, FALSE },
  { 95, "undo", ANN, 9, "{}", "Taken back: Team entered: Owls.", FALSE, TRUE },
  { 100, "bib", ANN, 6, "{\"bib\":215}", "Bib changed from 214 to 215.", FALSE, TRUE },
  { 110, "runner.set", ANN, 7, "{\"city\":\"\"}", "Town taken away; it was Eden Prairie.", FALSE,
    TRUE },
  { 120, "runner.set", ANN, 0, "{\"waiver\":\"yes\"}", "Waiver accepted.", FALSE, TRUE },
  { 130, "runner.set", ANN, 6, "{\"shirt_given\":\"M\"}", "Shirt of size L swapped for M.", FALSE,
    TRUE },
  { 140, "runner.removed", ANN, 0, "{\"reason\":\"hurt\",\"removed\":true,\"saw\":\"x\"}",
    "Taken out of the race: “hurt”.", TRUE, FALSE },
  { 150, "undo", ANN, 15, "{}", "Taken back: Taken out of the race: “hurt”.", FALSE, TRUE },
};

static void
test_morning (void)
{
  /* The correction of the town that was corrected again decides nothing any more. */
  Case cases[G_N_ELEMENTS (morning)];

  memcpy (cases, morning, sizeof morning);
  cases[6].can_undo = FALSE;
  check (cases, G_N_ELEMENTS (cases), CONC_ROLE_ORGANIZER);
  check (cases, G_N_ELEMENTS (cases), CONC_ROLE_CHECK_IN);
}

/* A display reads no private details and takes nothing back. */
static void
test_display (void)
{
  Case cases[G_N_ELEMENTS (morning)];

  memcpy (cases, morning, sizeof morning);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      if (g_str_has_suffix (cases[i].kind, ".private"))
        cases[i].sentence = NULL;
      cases[i].can_undo = FALSE;
    }
  check (cases, G_N_ELEMENTS (cases), CONC_ROLE_DISPLAY);
  check (cases, G_N_ELEMENTS (cases), CONC_ROLE_TIMING);
}

static void
test_undo_of_private (void)
{
  static const Case cases[] = {
    { 0, "runner.set.private", ANN, 0, "{\"note\":\"wheelchair\"}", NULL, FALSE, FALSE },
    { 1, "undo", ANN, 1, "{}", NULL, FALSE, FALSE },
    { 2, "runner.set", ANN, 1, "{\"note\":\"told\"}", "Note entered: told.", FALSE, FALSE },
  };

  check (cases, G_N_ELEMENTS (cases), CONC_ROLE_DISPLAY);
}

static void
test_undone_says_when_and_by_whom (void)
{
  g_autoptr (GPtrArray) facts = make_facts (morning, 5);
  g_autoptr (GPtrArray) lines = tell (facts, CONC_ROLE_ORGANIZER);
  const ConcStoryLine *line = g_ptr_array_index (lines, 3);
  g_autofree char     *where = conc_story_line_dup_where (line);
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("America/Chicago");
  g_autofree char *today = conc_story_format_time (line->at_usec, zone, "2026-01-17");
  g_autofree char *later = conc_story_format_time (line->at_usec, zone, "2026-01-18");

  g_assert_cmpstr (line->undone, ==, "Undone at 08:40, Check-in 2 (Maria).");
  g_assert_cmpstr (where, ==, "Check-in 2 (Maria)");
  g_assert_cmpstr (line->fact, ==, DESK "-4");
  g_assert_cmpstr (line->station, ==, DESK);
  g_assert_cmpint (line->at_usec, ==, MORNING_USEC);
  g_assert_cmpstr (today, ==, "08:40");
  g_assert_cmpstr (later, ==, "2026-01-17 08:40");
}

/* -------------------------------------------------------------------------- others */

static const Case others[] = {
  { 0, "runner", "r9", 0, "{\"event\":\"5K\",\"given_name\":\"Cy\",\"walk_up\":true}",
    "Registered at the desk: Cy, 5K.", FALSE, FALSE },
  { 1, "runner.private", "r9", 0, "{\"phone\":\"555\"}",
    "Private details, taken at the desk: Phone.", FALSE, FALSE },
  { 2, "bib", "r9", 0, "{\"bib\":7}", "Given bib 7.", FALSE, FALSE },
  { 3, "bib", "r9", 3, "{\"bib\":0}", "Bib 7 taken away.", FALSE, FALSE },
  { 4, "runner.set", "r9", 0, "{\"attendance\":\"no-show\"}", "Marked as a no-show.", FALSE,
    FALSE },
  { 600, "check-in", "r9", 0,
    "{\"attendance\":\"\",\"checked_in_at\":\"2026-01-17T14:45:00Z\",\"event\":\"5K\","
    "\"settles\":\"" DESK "-5 " DESK "-1\"}",
    "Checked in. That was at 08:45:00. Expected at the race again.", FALSE, TRUE },
  { 601, "runner.set", "r9", 0, "{\"public\":\"no\"}", "Not to be named in public.", FALSE, TRUE },
  { 602, "runner.set", "r9", 0, "{\"transferred_to\":\"r2\"}", "Bo Berg runs instead.", FALSE,
    TRUE },
  { 603, "runner.apart", "r9", 0, "{\"apart_r2\":true}",
    "Said to be another person than the other entry “Bo Berg”.", FALSE, TRUE },
  { 604, "settle", "r9", 0, "{\"bib\":8,\"settles\":\"" DESK "-3 " DESK "-4\"}",
    "Decided: Given bib 8.", FALSE, TRUE },
  { 605, "runner.set", "r9", 0, "{\"hat\":\"red\"}", "hat entered: red.", FALSE, TRUE },
  { 700, "gun", "gun:A", 0, "{\"at\":\"2026-01-17T15:00:00Z\",\"source\":\"key\",\"wave\":\"A\"}",
    "Wave A started at 09:00:00.00.", FALSE, FALSE },
  { 701, "gun", "gun:A", 12,
    "{\"at\":\"2026-01-17T15:00:02.5Z\",\"source\":\"typed\",\"wave\":\"A\"}",
    "Wave A: start corrected from 09:00:00.00 to 09:00:02.50 (typed).", FALSE, TRUE },
  { 702, "start", "start:7", 0, "{\"at\":\"2026-01-17T15:01:00Z\",\"bib\":7,\"source\":\"clock\"}",
    "Bib 7 started at 09:01:00.00 (by the clock).", FALSE, TRUE },
  { 703, "tap", DESK "-15", 0, "{\"at\":\"2026-01-17T15:20:00.129Z\",\"source\":\"key\"}",
    "Somebody crossed the line at 09:20:00.12.", FALSE, TRUE },
  { 704, "tap.bib", DESK "-15", 0, "{\"bib\":7}", "The crossing at 09:20:00.12 is of bib 7.", FALSE,
    FALSE },
  { 705, "tap.bib", DESK "-15", 16, "{\"bib\":8}",
    "The crossing at 09:20:00.12 is of bib 8 and not of bib 7.", FALSE, FALSE },
  { 706, "tap.bib", DESK "-15", 17, "{\"bib\":0}", "Bib 8 taken from the crossing at 09:20:00.12.",
    FALSE, TRUE },
  { 707, "crossing", DESK "-19", 0,
    "{\"at\":\"2026-01-17T15:21:00Z\",\"bib\":9,\"source\":\"key\"}",
    "Bib 9 crossed the line at 09:21:00.00.", FALSE, TRUE },
  { 708, "gift", "g1", 0,
    "{\"amount_cents\":2500,\"at\":\"2026-01-17T15:21:00Z\",\"method\":\"cash\"}",
    "Gift of $25.00 entered (Cash).", FALSE, TRUE },
  { 709, "setting", "setting:goal", 0, "{\"value\":\"100\"}", "The setting “goal” was made “100”.",
    FALSE, FALSE },
  { 710, "setting", "setting:goal", 21, "{\"value\":\"200\"}",
    "The setting “goal” was changed from “100” to “200”.", FALSE, FALSE },
  { 711, "station", "station:" DESK, 0, "{\"name\":\"Check-in 2\",\"role\":\"check-in\"}",
    "The station is called “Check-in 2”, for Check-in.", FALSE, FALSE },
  { 800, "waiver", "r9", 0,
    "{\"waiver_by\":\"screen\",\"waiver_signature\":\"0,0 1,1\",\"waiver_signer\":\"Di\"}",
    "Waiver signed on the screen by Di.", FALSE, FALSE },
  { 801, "waiver", "r9", 0, "{\"waiver_by\":\"paper\"}", "Waiver filed on paper.", FALSE, FALSE },
  { 802, "fee", "f1", 0,
    "{\"amount_cents\":4000,\"at\":\"2026-01-17T15:21:00Z\",\"method\":\"card\",\"runner\":\"r9\"}",
    "Paid $40.00 at the desk (Card).", FALSE, TRUE },
  { 803, "print", "p1", 0,
    "{\"bib\":7,\"layout\":\"bib-label\",\"printer\":\"Zebra\",\"runner\":\"r9\"}",
    "Bib label for bib 7 waits for Zebra.", FALSE, FALSE },
  { 804, "print.state", "p1", 0, "{\"state\":\"printing\"}", "Bib label went to the printer.",
    FALSE, FALSE },
  { 805, "print.state", "p1", 0, "{\"detail\":\"No paper.\",\"state\":\"failed\"}",
    "Bib label was not printed: No paper.", FALSE, FALSE },
  { 806, "print.state", "p1", 0, "{\"state\":\"cancelled\"}",
    "Bib label not to be printed any more.", FALSE, FALSE },
  { 807, "print", "p2", 0,
    "{\"layout\":\"own\",\"printer\":\"Zebra\",\"reason\":\"torn\",\"reprint_of\":\"p1\"}",
    "Label is to be printed once more on Zebra: “torn”.", FALSE, FALSE },
  { 808, "print.state", "p2", 0, "{\"state\":\"printed\"}", "Label printed.", FALSE, FALSE },
  { 900, "chute", "c" DESK "-32", 0, "{\"at\":\"2026-01-17T15:20:20Z\",\"bib\":7}",
    "Bib 7 came through the chute at 09:20:20.00.", FALSE, TRUE },
  { 901, "chute", "c" DESK "-33", 0, "{\"at\":\"2026-01-17T15:20:21Z\"}",
    "A bib that could not be read came through the chute at 09:20:21.00.", FALSE, TRUE },
  { 902, "chute.set", "c" DESK "-33", 0, "{\"bib\":8}", "At the chute it was bib 8.", FALSE,
    FALSE },
  { 903, "chute.set", "c" DESK "-33", 34, "{\"bib\":9}", "At the chute it was bib 9 and not bib 8.",
    FALSE, TRUE },
  { 904, "stream", "stream:mat", 0, "{\"filter\":\"first\"}",
    "Stream “mat”: filter entered: first.", FALSE, TRUE },
  { 905, "read", "d" DESK "-37", 0, "{\"lines\":\"aa\",\"stream\":\"mat\"}",
    "Lines came from the stream “mat”.", FALSE, FALSE },
  { 906, "read.set", "d" DESK "-37", 0, "{\"ignore.0\":true}",
    "Which lines of a reader count was changed.", FALSE, TRUE },
  { 907, "chip", "chip:058", 0, "{\"bib\":7}", "Chip 058 belongs to bib 7.", FALSE, TRUE },
  { 908, "ruling", "r9", 0, "{\"ruling\":\"dq\"}", "Disqualified.", FALSE, TRUE },
  { 909, "ruling", "r9", 0, "{\"penalty_usec\":30000000}", "Time penalty of 30 s.", FALSE, TRUE },
  { 910, "repair", "x" DESK "-42", 0,
    "{\"reason\":\"A tap was missing.\",\"repair\":\"insert-tap\"}",
    "The ladder was repaired: A tap was missing.", FALSE, TRUE },
  { 911, "gun.seen", "n" DESK "-43", 0, "{\"at\":\"2026-01-17T15:00:00.2Z\",\"wave\":\"A\"}",
    "Took the gun at 09:00:00.20, for comparison.", FALSE, TRUE },
  { 912, "clock", "k" DESK "-44", 0, "{\"by_usec\":-2500000,\"event\":\"step\"}",
    "The clock of this laptop was set back by 2.5 s.", FALSE, FALSE },
  { 913, "ruling.reason", "r9", 0, "{\"ruling_reason\":\"cut the course\"}",
    "The reason: “cut the course”.", FALSE, FALSE },
};

static void
test_every_kind (void)
{
  gboolean is_told[CONC_N_KINDS] = { FALSE };

  check (others, G_N_ELEMENTS (others), CONC_ROLE_ORGANIZER);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    is_told[conc_kind_from_text (others[i].kind)] = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (morning); i++)
    is_told[conc_kind_from_text (morning[i].kind)] = TRUE;
  is_told[CONC_KIND_GIFT_PRIVATE] = TRUE;
  is_told[CONC_KIND_STATION_LOGIN] = TRUE;
  for (ConcKind kind = 0; kind < CONC_N_KINDS; kind++)
    if (!is_told[kind])
      g_error ("No sentence is tested for the kind “%s”.", conc_kind_to_text (kind));
}

/* The order in which facts came does not matter, and none is lost. */
static void
test_any_order (void)
{
  g_autoptr (GPtrArray) facts = make_facts (morning, G_N_ELEMENTS (morning));
  g_autoptr (GPtrArray) straight = tell (facts, CONC_ROLE_ORGANIZER);
  g_autoptr (GRand) random = g_rand_new_with_seed (4);

  for (guint round = 0; round < 50; round++)
    {
      g_autoptr (GPtrArray) lines = NULL;

      for (guint i = facts->len; i > 1; i--)
        {
          guint    other = (guint) g_rand_int_range (random, 0, (gint32) i);
          gpointer swap = facts->pdata[i - 1];

          facts->pdata[i - 1] = facts->pdata[other];
          facts->pdata[other] = swap;
        }
      lines = tell (facts, CONC_ROLE_ORGANIZER);
      g_assert_cmpuint (lines->len, ==, straight->len);
      for (guint i = 0; i < lines->len; i++)
        {
          const ConcStoryLine *one = g_ptr_array_index (straight, i);
          const ConcStoryLine *two = g_ptr_array_index (lines, i);

          g_assert_cmpstr (one->fact, ==, two->fact);
          g_assert_cmpstr (one->sentence, ==, two->sentence);
          g_assert_cmpstr (one->undone, ==, two->undone);
        }
    }
}

static void
test_undo_of_undo (void)
{
  static const Case cases[] = {
    { 0, "runner.set", ANN, 0, "{\"city\":\"Edina\"}", "Town entered: Edina.", FALSE, TRUE },
    { 1, "undo", ANN, 1, "{}", "Taken back: Town entered: Edina.", TRUE, FALSE },
    { 2, "undo", ANN, 2, "{}", "Brought back: Town entered: Edina.", FALSE, FALSE },
    { 3, "runner.set", ANN, 1, "{\"city\":\"Hopkins\"}", "Town corrected from Edina to Hopkins.",
      TRUE, FALSE },
    { 4, "undo", ANN, 4, "{}", "Taken back: Town corrected from Edina to Hopkins.", FALSE, TRUE },
    { 5, "undo", ANN, 99, "{}", "Something was taken back that is not known here.", FALSE, FALSE },
  };

  check (cases, G_N_ELEMENTS (cases), CONC_ROLE_ORGANIZER);
}

/* Two desks take the same thing back; it stands again only when both do not. */
static void
test_undone_twice (void)
{
  static const Case cases[] = {
    { 0, "bib", ANN, 0, "{\"bib\":1}", "Given bib 1.", TRUE, FALSE },
    { 1, "undo", ANN, 1, "{}", "Taken back: Given bib 1.", TRUE, FALSE },
    { 2, "undo", ANN, 1, "{}", "Taken back: Given bib 1.", FALSE, TRUE },
    { 3, "undo", ANN, 2, "{}", "Brought back: Given bib 1.", FALSE, FALSE },
  };

  check (cases, G_N_ELEMENTS (cases), CONC_ROLE_ORGANIZER);
}

static void
test_newer_version (void)
{
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_fact_unref);
  g_autoptr (GPtrArray) lines = NULL;
  const ConcStoryLine *line;

  g_ptr_array_add (facts, make_fact (GATE, 1, MORNING_USEC, CONC_KIND_NONE, ANN, 0, "{\"x\":1}"));
  lines = tell (facts, CONC_ROLE_DISPLAY);
  g_assert_cmpuint (lines->len, ==, 1);
  line = g_ptr_array_index (lines, 0);
  g_assert_cmpstr (line->sentence, ==, "An entry that only a newer version of Concourse can tell.");
  g_assert_cmpstr (line->place, ==, GATE);
  g_assert_false (line->can_undo);
}

static void
test_nothing (void)
{
  g_autoptr (GPtrArray) facts = g_ptr_array_new ();
  g_autoptr (GPtrArray) lines = tell (facts, CONC_ROLE_ORGANIZER);

  g_assert_cmpuint (lines->len, ==, 0);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/story/a-morning-at-the-desk", test_morning);
  g_test_add_func ("/story/every-kind-has-a-sentence", test_every_kind);
  g_test_add_func ("/story/private-details-are-not-told-to-a-display", test_display);
  g_test_add_func ("/story/an-undo-of-what-is-private-is-private", test_undo_of_private);
  g_test_add_func ("/story/undone-says-when-and-by-whom", test_undone_says_when_and_by_whom);
  g_test_add_func ("/story/any-order-of-facts-is-one-story", test_any_order);
  g_test_add_func ("/story/an-undo-of-an-undo", test_undo_of_undo);
  g_test_add_func ("/story/undone-at-two-desks", test_undone_twice);
  g_test_add_func ("/story/a-newer-version", test_newer_version);
  g_test_add_func ("/story/nothing", test_nothing);
  return g_test_run ();
}
