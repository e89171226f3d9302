/* test-repair.c: the ladder of a race, what it suspects, and repairs. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/race-time.h"
#include "store/maintain.h"
#include "store/reader-ladder.h"
#include "store/reader-story.h"

#include "fixture.h"

#include <locale.h>

#define SECOND_USEC ((gint64) G_USEC_PER_SEC)
#define N_FEW 5

/* 10:00 at the place of the race. */
#define TEN_USEC (RACE_DAY_USEC + G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

typedef struct
{
  char *taps[N_FEW + 1];
  char *entries[N_FEW + 1];
} Few;

static char *
submit (Fixture *fixture, ConcCommand *command)
{
  g_autoptr (ConcCommand) owned = command;
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcReceipt) receipt = conc_race_file_submit (fixture->file, owned, &error);

  g_assert_no_error (error);
  return conc_fact_id_to_text (&receipt->fact);
}

static void
assert_refused (Fixture *fixture, const ConcRepairOrder *order, const char *sentence)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcCommand) command = conc_command_new_repair (&fixture->clock.clock, order);
  ConcReceipt *receipt = conc_race_file_submit (fixture->file, command, &error);

  g_assert_null (receipt);
  g_assert_error (error, CONC_STORE_ERROR, CONC_STORE_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==, sentence);
}

static void
undo (Fixture *fixture, const char *fact)
{
  ConcFactId id;

  g_assert_true (conc_fact_id_parse (fact, &id));
  g_free (submit (fixture, conc_command_new_undo (&fixture->clock.clock, &id)));
}

static char *
submit_at (Fixture *fixture, ConcCommand *command, gint64 at_usec)
{
  conc_command_set_key_time (command, at_usec, 0);
  return submit (fixture, command);
}

static char *
tap_at (Fixture *fixture, gint64 at_usec)
{
  return submit_at (fixture, conc_command_new (CONC_COMMAND_TAP, &fixture->clock.clock), at_usec);
}

static char *
read_at (Fixture *fixture, gint64 at_usec, guint bib)
{
  g_autofree char *fact =
      submit_at (fixture, conc_command_new_chute (&fixture->clock.clock, bib, NULL), at_usec);

  return g_strconcat ("c", fact, NULL);
}

static void
add_few (Fixture *fixture, Few *few)
{
  for (guint i = 1; i <= N_FEW; i++)
    few->taps[i] = tap_at (fixture, TEN_USEC + i * SECOND_USEC);
  for (guint i = 1; i <= N_FEW; i++)
    few->entries[i] = read_at (fixture, TEN_USEC + (20 + i) * SECOND_USEC, i);
}

static void
clear_few (Few *few)
{
  for (guint i = 1; i <= N_FEW; i++)
    {
      g_free (few->taps[i]);
      g_free (few->entries[i]);
    }
}

static void
assert_bibs (Fixture *fixture, const char *bibs)
{
  g_autoptr (GPtrArray) taps = conc_reader_list_taps (fixture_get_reader (fixture), 0, NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < taps->len; i++)
    g_string_append_printf (text, "%s%u", i > 0 ? " " : "",
                            ((ConcTap *) g_ptr_array_index (taps, i))->bib);
  g_assert_cmpstr (text->str, ==, bibs);
}

static gint64
find_time (Fixture *fixture, guint bib)
{
  g_autoptr (GPtrArray) taps = conc_reader_list_taps (fixture_get_reader (fixture), 0, NULL);

  for (guint i = 0; i < taps->len; i++)
    if (((ConcTap *) g_ptr_array_index (taps, i))->bib == bib)
      return ((ConcTap *) g_ptr_array_index (taps, i))->at_usec;
  return CONC_NO_TIME;
}

/* What the ladder foretold is what the results say. */
static void
assert_effects (Fixture *fixture, const ConcLadderOutcome *outcome, gboolean is_after)
{
  for (guint i = 0; i < outcome->effects->len; i++)
    {
      const ConcLadderEffect *effect = g_ptr_array_index (outcome->effects, i);

      if (effect->bib != 0)
        g_assert_cmpint (find_time (fixture, effect->bib), ==,
                         is_after ? effect->after_usec : effect->before_usec);
    }
}

/* ------------------------------------------------------------- repairs */

typedef struct
{
  ConcLadderRepairKind kind;
  guint                tap;
  guint                entry;
  guint                last_entry;
  gint64               at_usec; /* after 10:00 */
  guint                bib;
  int                  count;
  const char          *bibs;
  const char          *sentence;
} Case;

static const Case cases[] = {
  { CONC_LADDER_INSERT_TAP, 0, 0, 0, 2500000, 0, 0, "1 2 3 4 5 0",
    "3 runners get a time that is 0.5 to 1.0 s earlier." },
  { CONC_LADDER_INSERT_BIB, 0, 3, 0, 0, 9, 0, "1 2 9 3 4", NULL },
  { CONC_LADDER_INSERT_BIB, 0, 3, 0, 0, 0, 0, "1 2 0 3 4", NULL },
  { CONC_LADDER_INSERT_BIB, 0, 0, 0, 0, 9, 0, "1 2 3 4 5", NULL },
  { CONC_LADDER_REMOVE_TAP, 2, 0, 0, 0, 0, 0, "1 2 3 4", NULL },
  { CONC_LADDER_REMOVE_BIB, 0, 2, 0, 0, 0, 0, "1 3 4 5 0", NULL },
  { CONC_LADDER_SHIFT, 0, 3, 0, 0, 0, 1, "1 2 0 3 4", NULL },
  { CONC_LADDER_SHIFT, 0, 3, 0, 0, 0, 2, "1 2 0 0 3", NULL },
  { CONC_LADDER_SHIFT, 0, 3, 0, 0, 0, -1, "1 2 3 4 5 0", NULL },
  { CONC_LADDER_SWAP, 0, 2, 4, 0, 0, 0, "1 4 3 2 5", NULL },
  { CONC_LADDER_REVERSE, 0, 2, 5, 0, 0, 0, "1 5 4 3 2", NULL },
  { CONC_LADDER_LINK, 4, 2, 0, 0, 0, 0, "1 0 0 2 3", NULL },
};

static ConcRepairOrder *
make_order (const Case *each, const Few *few)
{
  ConcRepairOrder *order = conc_repair_order_new (each->kind);

  order->tap = g_strdup (few->taps[each->tap]);
  order->entry = g_strdup (few->entries[each->entry]);
  order->last_entry = g_strdup (few->entries[each->last_entry]);
  order->at_usec = each->at_usec != 0 ? TEN_USEC + each->at_usec : 0;
  order->bib = each->bib;
  order->count = each->count;
  return order;
}

static void
test_repair (Fixture *fixture, gconstpointer data)
{
  const Case *each = data;
  Few         few = { { NULL }, { NULL } };
  g_autoptr (ConcRepairOrder) order = NULL;
  g_autoptr (ConcReaderLadder) ladder = conc_reader_ladder_new (fixture_get_reader (fixture));
  g_autoptr (ConcLadderOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *fact = NULL, *undone = NULL;
  ConcFactId       id;

  add_few (fixture, &few);
  order = make_order (each, &few);
  assert_bibs (fixture, "1 2 3 4 5");
  g_assert_true (conc_reader_ladder_update (ladder, NULL, &error));
  outcome = conc_reader_ladder_try (ladder, order, &error);
  g_assert_no_error (error);
  if (each->sentence != NULL)
    g_assert_cmpstr (outcome->sentence, ==, each->sentence);
  assert_effects (fixture, outcome, FALSE);
  fact = submit (fixture, conc_command_new_repair (&fixture->clock.clock, order));
  assert_bibs (fixture, each->bibs);
  assert_effects (fixture, outcome, TRUE);

  g_assert_true (conc_fact_id_parse (fact, &id));
  undone = submit (fixture, conc_command_new_undo (&fixture->clock.clock, &id));
  assert_bibs (fixture, "1 2 3 4 5");
  undo (fixture, undone);
  assert_bibs (fixture, each->bibs);
  clear_few (&few);
}

/* One deed in the story, with its reason. */
static void
test_story (Fixture *fixture, gconstpointer data)
{
  Few few = { { NULL }, { NULL } };
  g_autoptr (ConcRepairOrder) order = NULL;
  g_autoptr (GPtrArray) story = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *fact = NULL, *subject = NULL;

  add_few (fixture, &few);
  order = make_order (&cases[9], &few);
  fact = submit (fixture, conc_command_new_repair (&fixture->clock.clock, order));
  subject = g_strconcat ("x", fact, NULL);
  story = conc_reader_read_story (fixture_get_reader (fixture), subject, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (story->len, ==, 1);
  clear_few (&few);
}

static void
test_unlink (Fixture *fixture, gconstpointer data)
{
  Few few = { { NULL }, { NULL } };
  g_autoptr (ConcRepairOrder) link = NULL;
  g_autoptr (ConcRepairOrder) unlink = conc_repair_order_new (CONC_LADDER_UNLINK);
  ConcCommand *command;

  add_few (fixture, &few);
  unlink->entry = g_strdup (few.entries[2]);
  assert_refused (fixture, unlink, "That would repair nothing.");
  link = make_order (&cases[11], &few);
  g_free (submit (fixture, conc_command_new_repair (&fixture->clock.clock, link)));
  assert_refused (fixture, link, "They are linked already.");
  assert_bibs (fixture, "1 0 0 2 3");
  g_free (submit (fixture, conc_command_new_repair (&fixture->clock.clock, unlink)));
  assert_bibs (fixture, "1 2 3 4 5");

  /* A bib that somebody gave the tap is a link too, and gives way. */
  command = conc_command_new_bib (CONC_COMMAND_LINK, &fixture->clock.clock, 2);
  g_assert_true (conc_fact_id_parse (few.taps[5], &command->target));
  g_free (submit (fixture, command));
  assert_bibs (fixture, "1 0 0 0 2");
  g_free (submit (fixture, conc_command_new_repair (&fixture->clock.clock, unlink)));
  assert_bibs (fixture, "1 2 3 4 5");
  clear_few (&few);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  Few few = { { NULL }, { NULL } };
  g_autoptr (ConcRepairOrder) swap = NULL;
  g_autoptr (ConcRepairOrder) insert = conc_repair_order_new (CONC_LADDER_INSERT_BIB);
  g_autoptr (ConcRepairOrder) remove = conc_repair_order_new (CONC_LADDER_REMOVE_TAP);
  g_autoptr (ConcRepairOrder) reverse = conc_repair_order_new (CONC_LADDER_REVERSE);
  g_autoptr (ConcRepairOrder) offset = conc_repair_order_new (CONC_LADDER_OFFSET_SECOND);
  g_autoptr (ConcRepairOrder) none = conc_repair_order_new (CONC_LADDER_REPAIR_NONE);
  g_autofree char *gone = NULL;

  add_few (fixture, &few);
  swap = make_order (&cases[9], &few);
  undo (fixture, few.entries[4] + 1);
  gone = g_strdup_printf ("The bib %s of the chute is not there any more, so look again.",
                          few.entries[4]);
  assert_refused (fixture, swap, gone);
  g_free (gone);
  undo (fixture, few.taps[3]);
  gone = g_strdup_printf ("The tap %s is not there any more, so look again.", few.taps[3]);
  remove->tap = g_strdup (few.taps[3]);
  assert_refused (fixture, remove, gone);
  insert->bib = CONC_BIB_MAX + 1;
  assert_refused (fixture, insert, "A bib is a number from 1 to 999999.");
  reverse->entry = g_strdup (few.entries[3]);
  assert_refused (fixture, reverse, "The repair does not say what is to be repaired.");
  reverse->last_entry = g_strdup (few.entries[1]);
  assert_refused (fixture, reverse, "The block ends before it begins.");
  offset->at_usec = SECOND_USEC;
  assert_refused (fixture, offset, "There is no second timer.");
  assert_refused (fixture, none, "The repair does not say what is to be repaired.");
  clear_few (&few);
}

/* ------------------------------------------------------------- suspicions */

#define N_FIELD 60
#define MISSED 30

static gint64
field_usec (guint i)
{
  return TEN_USEC + i * 3 * SECOND_USEC + (i * 7 % 5) * 200000;
}

/* An even field, one tap of which was missed, and bibs that were entered whole now and then. */
static void
add_field (Fixture *fixture)
{
  for (guint i = 1; i <= N_FIELD; i++)
    {
      gint64 at_usec = field_usec (i);

      if (i % 20 == 0)
        g_free (submit_at (fixture,
                           conc_command_new_bib (CONC_COMMAND_CROSS, &fixture->clock.clock, i),
                           at_usec));
      else if (i != MISSED)
        g_free (tap_at (fixture, at_usec));
    }
  for (guint i = 1; i <= N_FIELD; i++)
    g_free (read_at (fixture, field_usec (i) + 40 * SECOND_USEC, i));
}

static void
set_up_stream (Fixture *fixture, const char *name, const char *use)
{
  g_autoptr (ConcStreamOrder) order = conc_stream_order_new (name);

  order->use = g_strdup (use);
  g_free (submit (fixture, conc_command_new_stream (&fixture->clock.clock, order)));
}

static char *
watch_at (Fixture *fixture, const char *stream, gint64 at_usec, guint bib)
{
  ConcCommand *command = bib != 0
                             ? conc_command_new_bib (CONC_COMMAND_CROSS, &fixture->clock.clock, bib)
                             : conc_command_new (CONC_COMMAND_TAP, &fixture->clock.clock);

  command->stream = g_strdup (stream);
  return submit_at (fixture, command, at_usec);
}

static const ConcLadderDoubt *
find_kind (ConcReaderLadder *ladder, ConcLadderKind kind)
{
  const GPtrArray *doubts = conc_reader_ladder_get_doubts (ladder);

  for (guint i = 0; i < doubts->len; i++)
    if (((ConcLadderDoubt *) g_ptr_array_index (doubts, i))->kind == kind)
      return g_ptr_array_index (doubts, i);
  g_assert_not_reached ();
}

static void
test_suspicion (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConcReaderLadder) ladder = conc_reader_ladder_new (fixture_get_reader (fixture));
  g_autoptr (GError) error = NULL;
  const GPtrArray       *doubts;
  const ConcLadderDoubt *doubt;
  g_autofree char       *id = NULL;
  ConcLadderLine         line;

  add_field (fixture);
  g_assert_true (conc_reader_ladder_update (ladder, NULL, &error));
  doubts = conc_reader_ladder_get_doubts (ladder);
  g_assert_cmpuint (doubts->len, ==, 1);
  doubt = g_ptr_array_index (doubts, 0);
  g_test_message ("%s: %s", doubt->id, doubt->sentence);
  g_assert_cmpint (doubt->kind, ==, CONC_LADDER_MISSED_TAP);
  g_assert_cmpuint (ABS ((int) doubt->place - MISSED), <=, 2);
  g_assert_nonnull (doubt->order);
  g_assert_nonnull (doubt->repair);
  g_assert_true (conc_reader_ladder_find_doubt (ladder, doubt->id) == doubt);
  g_assert_null (conc_reader_ladder_find_doubt (ladder, "00000000"));
  id = g_strdup (doubt->id);
  g_assert_true (conc_reader_ladder_get_line (ladder, N_FIELD - 1, &line));
  g_assert_cmpuint (line.bib, ==, N_FIELD);
  g_assert_cmpuint (line.standing_bib, ==, N_FIELD);
  g_assert_true (line.is_linked);
  g_assert_cmpuint (line.chute_place, ==, N_FIELD);

  g_free (submit (fixture, conc_command_new_repair (&fixture->clock.clock, doubt->order)));
  g_assert_true (conc_reader_ladder_update (ladder, NULL, &error));
  g_assert_cmpuint (conc_reader_ladder_get_doubts (ladder)->len, ==, 0);
  g_assert_null (conc_reader_ladder_find_doubt (ladder, id));
  g_assert_cmpuint (conc_reader_ladder_get_n_lines (ladder), ==, N_FIELD);
}

/* A second timer whose watch is two seconds late says so, and select times are rungs. */
static void
test_other_watches (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConcReaderLadder) ladder = conc_reader_ladder_new (fixture_get_reader (fixture));
  g_autoptr (GError) error = NULL;
  ConcLadderLine         line;
  const ConcLadderDoubt *doubt;
  gint64                 offset_usec;

  set_up_stream (fixture, "porch", "second");
  set_up_stream (fixture, "press", "select");
  add_field (fixture);
  for (guint i = 1; i <= N_FIELD; i++)
    g_free (watch_at (fixture, "porch", field_usec (i) + 2 * SECOND_USEC, 0));
  g_free (watch_at (fixture, "press", field_usec (7) + 300000, 7));
  g_assert_true (conc_reader_ladder_update (ladder, NULL, &error));
  g_assert_true (conc_reader_ladder_get_second_offset (ladder, &offset_usec));
  g_assert_cmpint (offset_usec, ==, 2 * SECOND_USEC);
  g_assert_true (conc_reader_ladder_get_line (ladder, 4, &line));
  g_assert_true (line.has_second);
  g_assert_cmpint (line.second_usec, ==, 0);
  doubt = find_kind (ladder, CONC_LADDER_MISSED_TAP);
  g_assert_cmpint (doubt->order->at_usec, ==, field_usec (MISSED));
  doubt = find_kind (ladder, CONC_LADDER_SECOND_OFFSET);
  g_assert_cmpint (doubt->order->at_usec, ==, 2 * SECOND_USEC);
  g_free (submit (fixture, conc_command_new_repair (&fixture->clock.clock, doubt->order)));
  g_assert_true (conc_reader_ladder_update (ladder, NULL, &error));
  g_assert_true (conc_reader_ladder_get_second_offset (ladder, &offset_usec));
  g_assert_cmpint (offset_usec, ==, 0);
}

typedef struct
{
  ConcReaderLadder *ladder;
  guint             n_heard;
} Kept;

static void
changed_cb (ConcRaceFile *file, ConcChanged changed, GStrv subjects, Kept *kept)
{
  g_autoptr (GError) error = NULL;

  kept->n_heard++;
  g_assert_true (conc_reader_ladder_update (kept->ladder, (const char *const *) subjects, &error));
}

static void
assert_same_lines (ConcReaderLadder *a, ConcReaderLadder *b)
{
  g_assert_cmpuint (conc_reader_ladder_get_n_lines (a), ==, conc_reader_ladder_get_n_lines (b));
  for (guint i = 0; i < conc_reader_ladder_get_n_lines (a); i++)
    {
      ConcLadderLine left, right;

      g_assert_true (conc_reader_ladder_get_line (a, i, &left));
      g_assert_true (conc_reader_ladder_get_line (b, i, &right));
      g_assert_cmpstr (left.tap, ==, right.tap);
      g_assert_cmpstr (left.entry, ==, right.entry);
      g_assert_cmpuint (left.bib, ==, right.bib);
      g_assert_cmpuint (left.standing_bib, ==, right.standing_bib);
      g_assert_cmpint (left.at_usec, ==, right.at_usec);
      g_assert_cmpstr (left.runner_name, ==, right.runner_name);
    }
}

/* What commits name is enough to keep the ladder as it would be read anew. */
static void
test_kept (Fixture *fixture, gconstpointer data)
{
  static const char csv[] = "first_name,last_name,bib\nAda,Vang,3\nBo,Lund,4\n";
  g_autoptr (ConcReaderLadder) anew = conc_reader_ladder_new (fixture_get_reader (fixture));
  Few              few = { { NULL }, { NULL } };
  Kept             kept = { conc_reader_ladder_new (fixture_get_reader (fixture)), 0 };
  g_autofree char *fact = NULL;
  g_autoptr (ConcRepairOrder) order = NULL;
  ConcLadderLine line;

  g_signal_connect (fixture->file, "changed", G_CALLBACK (changed_cb), &kept);
  add_few (fixture, &few);
  order = make_order (&cases[10], &few);
  fact = submit (fixture, conc_command_new_repair (&fixture->clock.clock, order));
  fixture_import (fixture, csv, sizeof csv - 1);
  undo (fixture, few.taps[2]);
  undo (fixture, fact);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (kept.n_heard, >=, 5);
  g_assert_true (conc_reader_ladder_update (anew, NULL, NULL));
  assert_same_lines (kept.ladder, anew);
  g_assert_true (conc_reader_ladder_get_line (anew, 2, &line));
  g_assert_cmpuint (line.bib, ==, 3);
  g_assert_cmpstr (line.runner_name, ==, "Ada Vang");
  g_signal_handlers_disconnect_by_data (fixture->file, &kept);
  conc_reader_ladder_free (kept.ladder);
  clear_few (&few);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
#define add(path, function)                                                                        \
  g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path =
          g_strdup_printf ("/repair/%s/%u", conc_ladder_repair_to_text (cases[i].kind), (guint) i);

      g_test_add (path, Fixture, &cases[i], fixture_set_up, test_repair, fixture_tear_down);
    }
  add ("/repair/one deed in the story", test_story);
  add ("/repair/unlink", test_unlink);
  add ("/repair/what is refused", test_refused);
  add ("/repair/a missed tap is suspected, and its repair mends it", test_suspicion);
  add ("/repair/a second timer and select times", test_other_watches);
  add ("/repair/the ladder is kept by what commits name", test_kept);
  return g_test_run ();
}
