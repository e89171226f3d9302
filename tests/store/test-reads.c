/* test-reads.c: lines of readers are kept as they came, and counted by what is known now. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/chip-table.h"
#include "core/race-time.h"
#include "store/reader-reads.h"

#include "fixture.h"

#include <locale.h>
#include <string.h>

static ConcReceipt *
submit (Fixture *fixture, ConcCommand *take_command)
{
  g_autoptr (ConcCommand) command = take_command;
  g_autoptr (GError) error = NULL;
  ConcReceipt *receipt = conc_race_file_submit (fixture->file, command, &error);

  g_assert_no_error (error);
  conc_fake_clock_advance (&fixture->clock, G_USEC_PER_SEC);
  return receipt;
}

/* "use=start filter=last gap=5 offset=-2", seconds. */
static void
set_stream (Fixture *fixture, const char *name, const char *words)
{
  ConcStreamOrder order = { .name = (char *) name };
  g_auto (GStrv) parts = g_strsplit (words, " ", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *value = strchr (parts[i], '=');

      if (value == NULL)
        continue;
      *value++ = '\0';
      if (strcmp (parts[i], "use") == 0)
        order.use = value;
      else if (strcmp (parts[i], "filter") == 0)
        order.filter = value;
      else if (strcmp (parts[i], "format") == 0)
        order.format = value;
      else if (strcmp (parts[i], "gap") == 0)
        {
          order.has_gap = TRUE;
          order.gap_usec = g_ascii_strtoll (value, NULL, 10) * G_USEC_PER_SEC;
        }
      else if (strcmp (parts[i], "offset") == 0)
        {
          order.has_offset = TRUE;
          order.offset_usec = g_ascii_strtoll (value, NULL, 10) * G_USEC_PER_SEC;
        }
    }
  conc_receipt_free (submit (fixture, conc_command_new_stream (&fixture->clock.clock, &order)));
}

/* Lines of a file that is read from its beginning; returns how many were new. */
static guint
add_lines (Fixture    *fixture,
           const char *stream,
           const char *format,
           const char *head,
           const char *text)
{
  ConcReadBatch *batch = conc_read_batch_new (stream, format);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (ConcReceipt) receipt = NULL;

  batch->head = g_strdup (head);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, lines[i])) + 1;

      g_hash_table_insert (counts, lines[i], GUINT_TO_POINTER (n));
      conc_read_batch_add (batch, lines[i], n);
    }
  receipt = submit (fixture, conc_command_new_reads (&fixture->clock.clock, batch));
  g_assert_cmpuint (receipt->n_new + receipt->n_known, ==, g_strv_length (lines));
  return receipt->n_new;
}

static void
give_chip (Fixture *fixture, const char *tag, guint bib)
{
  ConcChip chip = { (char *) tag, bib, 1 };
  g_autoptr (GPtrArray) chips = g_ptr_array_new ();

  g_ptr_array_add (chips, &chip);
  conc_receipt_free (submit (fixture, conc_command_new_chips (&fixture->clock.clock, chips)));
}

static void
fire_gun (Fixture *fixture, const char *when)
{
  ConcCommand *command = conc_command_new (CONC_COMMAND_GUN, &fixture->clock.clock);

  command->when = g_strdup (when);
  conc_receipt_free (submit (fixture, command));
}

/* The taps by time: "bib@seconds since nine", "-" without a bib. */
static char *
describe_taps (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) taps = conc_reader_list_taps (fixture_get_reader (fixture), 0, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < taps->len; i++)
    {
      const ConcTap   *tap = g_ptr_array_index (taps, i);
      g_autofree char *bib = tap->bib > 0 ? g_strdup_printf ("%u", tap->bib) : g_strdup ("-");
      gint64           at_usec = tap->at_usec - RACE_DAY_USEC;

      g_string_append_printf (text, "%s%s@%d.%02d", i > 0 ? " " : "", bib,
                              (int) (at_usec / G_USEC_PER_SEC),
                              (int) (at_usec % G_USEC_PER_SEC / 10000));
    }
  return g_string_free (text, FALSE);
}

static void
assert_taps (Fixture *fixture, const char *expected)
{
  g_autofree char *described = describe_taps (fixture);

  g_assert_cmpstr (described, ==, expected);
}

/* What became of each line, in the order in which they came. */
static void
assert_outcomes (Fixture *fixture, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = conc_reader_list_reads (fixture_get_reader (fixture), NULL, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    {
      const ConcReadRow *row = g_ptr_array_index (rows, i);

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                              conc_read_outcome_get_name (row->outcome));
      if (row->bib > 0)
        g_string_append_printf (text, ":%u", row->bib);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

#define HEAD "Chip,Time\n"
#define TWO_LAPS                                                                                   \
  "AA,2017-12-09T15:20:00.50Z\nAA,2017-12-09T15:20:01Z\nBB,2017-12-09T15:20:02Z\n"                 \
  "AA,2017-12-09T15:40:00Z\nAA,2017-12-09T15:40:03.25Z"

/* RACE_DAY_USEC is 15:00 UTC. */
static void
test_crossings (Fixture *fixture, gconstpointer data)
{
  set_stream (fixture, "mat", "use=finish");
  give_chip (fixture, "aa", 7);
  g_assert_cmpuint (add_lines (fixture, "mat", "passings", HEAD, TWO_LAPS), ==, 5);
  assert_taps (fixture, "7@1200.50 7@2400.00");
  assert_outcomes (fixture, "crossing:7 repeat:7 unknown-chip crossing:7 repeat:7");
  give_chip (fixture, "BB", 8);
  assert_taps (fixture, "7@1200.50 8@1202.00 7@2400.00");
  give_chip (fixture, "AA", 9);
  assert_taps (fixture, "9@1200.50 8@1202.00 9@2400.00");
  give_chip (fixture, "AA", 0);
  assert_taps (fixture, "8@1202.00");
}

static void
test_twice (Fixture *fixture, gconstpointer data)
{
  set_stream (fixture, "mat", "");
  give_chip (fixture, "AA", 7);
  g_assert_cmpuint (add_lines (fixture, "mat", "passings", HEAD, TWO_LAPS "\nAA,x\nAA,x"), ==, 7);
  g_assert_cmpuint (add_lines (fixture, "mat", "passings", HEAD, TWO_LAPS "\nAA,x\nAA,x"), ==, 0);
  g_assert_cmpuint (add_lines (fixture, "mat", "passings", HEAD,
                               TWO_LAPS "\nAA,x\nAA,x\nAA,x\nBB,x"),
                    ==, 2);
  assert_taps (fixture, "7@1200.50 7@2400.00");
}

/* Whatever came first, the crossings are those of all reads. */
static void
test_out_of_order (Fixture *fixture, gconstpointer data)
{
  set_stream (fixture, "mat", "");
  give_chip (fixture, "AA", 7);
  add_lines (fixture, "mat", "passings", HEAD, "AA,2017-12-09T15:40:03.25Z");
  assert_taps (fixture, "7@2403.25");
  add_lines (fixture, "mat", "passings", HEAD, "AA,2017-12-09T15:20:01Z");
  add_lines (fixture, "mat", "passings", HEAD, "AA,2017-12-09T15:40:00Z");
  add_lines (fixture, "mat", "passings", HEAD, "AA,2017-12-09T15:20:00.50Z");
  assert_taps (fixture, "7@1200.50 7@2400.00");
}

static void
test_settings (Fixture *fixture, gconstpointer data)
{
  set_stream (fixture, "mat", "");
  give_chip (fixture, "AA", 7);
  add_lines (fixture, "mat", "passings", HEAD, TWO_LAPS);
  set_stream (fixture, "mat", "filter=last");
  assert_taps (fixture, "7@1201.00 7@2403.25");
  set_stream (fixture, "mat", "gap=0");
  assert_taps (fixture, "7@1200.50 7@1201.00 7@2400.00 7@2403.25");
  set_stream (fixture, "mat", "gap=3600 filter=first offset=-2");
  assert_taps (fixture, "7@1198.50");
  set_stream (fixture, "mat", "use=second gap=30");
  assert_taps (fixture, "");
  assert_outcomes (fixture, "watch:7 repeat:7 watch watch:7 repeat:7");
  set_stream (fixture, "mat", "use=select");
  assert_outcomes (fixture, "watch:7 repeat:7 unknown-chip watch:7 repeat:7");
  set_stream (fixture, "mat", "use=finish offset=0");
  assert_taps (fixture, "7@1200.50 7@2400.00");
}

static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) streams = NULL;
  const ConcReadRow *row;
  const ConcStream  *stream;

  set_stream (fixture, "mat", "");
  add_lines (fixture, "mat", "ipico", NULL,
             "aa00058000123b3200012603071348503277\naa00058000123b3200012603071348503278");
  rows = conc_reader_list_reads (fixture_get_reader (fixture), "mat", NULL);
  row = g_ptr_array_index (rows, 1);
  g_assert_cmpint (row->outcome, ==, CONC_READ_OUTCOME_DAMAGED);
  g_assert_cmpstr (row->raw, ==, "aa00058000123b3200012603071348503278");
  g_assert_cmpstr (row->reason, ==, "The checksum is wrong, so some of the line is too.");
  row = g_ptr_array_index (rows, 0);
  g_assert_cmpstr (row->tag, ==, "058000123b32");
  g_assert_cmpint (row->outcome, ==, CONC_READ_OUTCOME_UNKNOWN_CHIP);
  streams = conc_reader_list_streams (fixture_get_reader (fixture), NULL);
  g_assert_cmpuint (streams->len, ==, 1);
  stream = g_ptr_array_index (streams, 0);
  g_assert_cmpuint (stream->n_lines, ==, 2);
  g_assert_cmpuint (stream->n_damaged, ==, 1);
  g_assert_cmpuint (stream->n_unknown, ==, 1);
  g_assert_cmpuint (stream->n_counted, ==, 0);
  /* What was taken for another format is read again. */
  set_stream (fixture, "mat", "format=rfid-timing");
  assert_outcomes (fixture, "damaged damaged");
  set_stream (fixture, "mat", "format=ipico");
  assert_outcomes (fixture, "unknown-chip damaged");
}

/* Runners stand about on the mat before the gun; the last read of the crossing at the gun is the
 * start, and the chip that comes back to the mat later has started already. */
static void
test_own_starts (Fixture *fixture, gconstpointer data)
{
  ConcCommand *typed;

  set_stream (fixture, "mat", "use=start filter=last");
  give_chip (fixture, "AA", 7);
  add_lines (fixture, "mat", "passings", HEAD,
             "AA,2017-12-09T14:50:00Z\nAA,2017-12-09T15:00:03Z\nAA,2017-12-09T15:00:05Z\n"
             "AA,2017-12-09T15:20:05Z");
  assert_outcomes (fixture, "start:7 repeat:7 later:7 later:7");
  fire_gun (fixture, "09:00:00");
  assert_outcomes (fixture, "before-gun:7 repeat:7 start:7 later:7");
  fire_gun (fixture, "08:40:00");
  assert_outcomes (fixture, "start:7 repeat:7 later:7 later:7");
  fire_gun (fixture, "10:00:00");
  assert_outcomes (fixture, "before-gun:7 repeat:7 before-gun:7 before-gun:7");
  typed = conc_command_new_bib (CONC_COMMAND_START, &fixture->clock.clock, 7);
  typed->when = g_strdup ("10:00:30");
  conc_receipt_free (submit (fixture, typed));
  fire_gun (fixture, "09:00:00");
  assert_outcomes (fixture, "before-gun:7 repeat:7 start:7 later:7");
}

/* The times of a stopwatch count from the gun, and follow it. */
static void
test_stopwatch (Fixture *fixture, gconstpointer data)
{
  set_stream (fixture, "watch", "");
  add_lines (fixture, "watch", "stopwatch", "Lap,Total\n", "1,20:00.5\n2,20:02");
  assert_outcomes (fixture, "no-time no-time");
  fire_gun (fixture, "09:00:00");
  assert_taps (fixture, "-@1200.50 -@1202.00");
  fire_gun (fixture, "09:00:10");
  assert_taps (fixture, "-@1210.50 -@1212.00");
}

/* A token tells the order of the chute, and the scan came later. */
static void
test_chute (Fixture *fixture, gconstpointer data)
{
  set_stream (fixture, "scanner", "use=chute");
  set_stream (fixture, "watch", "");
  give_chip (fixture, "A4580442", 7);
  fire_gun (fixture, "09:00:00");
  add_lines (fixture, "watch", "stopwatch", "Lap,Total\n", "1,20:00\n2,20:02\n3,20:04");
  add_lines (fixture, "scanner", "parkrun-scanner", NULL,
             "214,P0003,09/12/2017 09:30:00\nA4580442,P0001,09/12/2017 09:31:00\n"
             "A999,P0002,09/12/2017 09:30:30\n214,P0003,09/12/2017 09:32:00");
  assert_taps (fixture, "7@1200.00 -@1202.00 214@1204.00");
  give_chip (fixture, "a999", 8);
  assert_taps (fixture, "7@1200.00 8@1202.00 214@1204.00");
}

/* What is corrected about a crossing of a reader stays so when its reads are counted again. */
static void
test_corrected (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = NULL;
  const ConcReadRow *row;
  ConcCommand       *link;
  g_autofree char   *name = NULL;

  set_stream (fixture, "mat", "");
  give_chip (fixture, "AA", 7);
  add_lines (fixture, "mat", "passings", HEAD, TWO_LAPS);
  rows = conc_reader_list_reads (fixture_get_reader (fixture), NULL, NULL);
  row = g_ptr_array_index (rows, 0);
  name = g_strdup (row->name);
  conc_receipt_free (
      submit (fixture, conc_command_new_ignore_read (&fixture->clock.clock, name, TRUE)));
  assert_taps (fixture, "7@1201.00 7@2400.00");
  conc_receipt_free (
      submit (fixture, conc_command_new_ignore_read (&fixture->clock.clock, name, FALSE)));
  assert_taps (fixture, "7@1200.50 7@2400.00");
  link = conc_command_new_bib (CONC_COMMAND_LINK, &fixture->clock.clock, 5);
  link->entry = g_strdup (name);
  conc_receipt_free (submit (fixture, link));
  assert_taps (fixture, "5@1200.50 7@2400.00");
  add_lines (fixture, "mat", "passings", HEAD, "AA,2017-12-09T15:20:00.75Z");
  assert_taps (fixture, "5@1200.50 7@2400.00");
}

static void
changed_cb (ConcRaceFile *file, guint what, char **subjects, gpointer user_data)
{
  ConcScoreboard **board = user_data;
  g_autoptr (GError) error = NULL;
  ConcReader *reader = conc_race_file_get_reader (file);

  if (subjects == NULL)
    {
      g_clear_pointer (board, conc_scoreboard_free);
      *board = conc_reader_load_scoreboard (reader, &error);
    }
  else
    conc_reader_update_scoreboard (reader, *board, (const char *const *) subjects, &error);
  g_assert_no_error (error);
}

static void
assert_same_board (Fixture *fixture, ConcScoreboard **board)
{
  g_autoptr (ConcScoreboard) fresh =
      conc_reader_load_scoreboard (fixture_get_reader (fixture), NULL);

  while (g_main_context_iteration (NULL, FALSE))
    ;
  for (guint bib = 1; bib < 10; bib++)
    {
      g_autofree char *key = g_strdup_printf ("bib:%u", bib);
      ConcResult       here = { 0 }, there = { 0 };
      gboolean         is_here = conc_scoreboard_get_result (*board, key, &here);

      g_assert_cmpint (is_here, ==, conc_scoreboard_get_result (fresh, key, &there));
      if (is_here)
        g_assert_cmpint (here.finish_usec, ==, there.finish_usec);
    }
}

/* A board that is kept current is like one that is read anew. */
static void
test_board (Fixture *fixture, gconstpointer data)
{
  ConcScoreboard *board = conc_reader_load_scoreboard (fixture_get_reader (fixture), NULL);
  gulong handler = g_signal_connect (fixture->file, "changed", G_CALLBACK (changed_cb), &board);

  fire_gun (fixture, "09:00:00");
  set_stream (fixture, "mat", "");
  give_chip (fixture, "AA", 7);
  add_lines (fixture, "mat", "passings", HEAD, "AA,2017-12-09T15:20:03Z");
  assert_same_board (fixture, &board);
  add_lines (fixture, "mat", "passings", HEAD, TWO_LAPS);
  assert_same_board (fixture, &board);
  give_chip (fixture, "AA", 8);
  assert_same_board (fixture, &board);
  set_stream (fixture, "mat", "use=second");
  assert_same_board (fixture, &board);
  set_stream (fixture, "mat", "use=finish");
  assert_same_board (fixture, &board);
  g_signal_handler_disconnect (fixture->file, handler);
  conc_scoreboard_free (board);
}

/* A file of many lines is many facts, none of them too large. */
static void
test_long_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) streams = NULL;

  for (guint i = 0; i < 6000; i++)
    g_string_append_printf (text, "%s\"T%u\",2017-12-09T15:%02u:%02uZ", i > 0 ? "\n" : "", i % 300,
                            i / 60 % 60, i % 60);
  set_stream (fixture, "mat", "");
  g_assert_cmpuint (add_lines (fixture, "mat", "passings", HEAD, text->str), ==, 6000);
  g_assert_cmpuint (add_lines (fixture, "mat", "passings", HEAD, text->str), ==, 0);
  streams = conc_reader_list_streams (fixture_get_reader (fixture), NULL);
  g_assert_cmpuint (((ConcStream *) g_ptr_array_index (streams, 0))->n_unknown, ==, 6000);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *name;
    const char *use;
    const char *sentence;
  } orders[] = {
    { "a b", NULL, "“a b” cannot name a stream: use up to 60 letters, digits, “-”, “_” and “.”." },
    { "", NULL, "“” cannot name a stream: use up to 60 letters, digits, “-”, “_” and “.”." },
    { "a", "x", "“x” is no use of a stream: it is finish, start, chute, second or select." },
  };
  g_autoptr (ConcCommand) reads = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      ConcStreamOrder order = { .name = (char *) orders[i].name, .use = (char *) orders[i].use };
      g_autoptr (ConcCommand) command = conc_command_new_stream (&fixture->clock.clock, &order);
      g_autoptr (GError) refusal = NULL;

      g_assert_null (conc_race_file_submit (fixture->file, command, &refusal));
      g_assert_error (refusal, CONC_STORE_ERROR, CONC_STORE_ERROR_REFUSED);
      g_assert_cmpstr (refusal->message, ==, orders[i].sentence);
    }
  reads = conc_command_new_reads (&fixture->clock.clock, conc_read_batch_new ("mat", "ipico"));
  g_assert_null (conc_race_file_submit (fixture->file, reads, &error));
  g_assert_cmpstr (error->message, ==, "There is no stream “mat”. Set it up first.");
}

#define ADD(name, func)                                                                            \
  g_test_add ("/reads/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  ADD ("many reads are few crossings", test_crossings);
  ADD ("a file that is read twice adds nothing", test_twice);
  ADD ("reads come out of order", test_out_of_order);
  ADD ("settings of a stream count its reads again", test_settings);
  ADD ("a damaged line is kept", test_damaged);
  ADD ("own starts", test_own_starts);
  ADD ("a stopwatch counts from the gun", test_stopwatch);
  ADD ("tokens tell the order of the chute", test_chute);
  ADD ("corrections stay", test_corrected);
  ADD ("the board is kept current", test_board);
  ADD ("a long file", test_long_file);
  ADD ("what is refused", test_refused);
  return g_test_run ();
}
