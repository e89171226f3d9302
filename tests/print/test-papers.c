/* test-papers.c: the protest sheet and the paper log, with much and with nothing on them. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/race-time.h"
#include "print/paper-log.h"
#include "print/protest-sheet.h"

#include <locale.h>
#include <string.h>

#define NOON (G_GINT64_CONSTANT (1512842400) * G_USEC_PER_SEC)

static void
free_story_cb (gpointer story)
{
  conc_crossing_story_free (story);
}

static void
free_neighbour_cb (gpointer neighbour)
{
  conc_neighbour_free (neighbour);
}

static void
free_entry_cb (gpointer entry)
{
  conc_log_entry_free (entry);
}

static ConcSettings *
settings_new (void)
{
  ConcSettings *settings = conc_settings_new ();

  conc_settings_set (settings, CONC_SETTING_NAME, "Paper 5K");
  conc_settings_set (settings, CONC_SETTING_DATE, "2017-12-09");
  conc_settings_set (settings, CONC_SETTING_TIMEZONE, "America/Chicago");
  return settings;
}

/* That @stream holds a whole PDF. */
static void
assert_pdf (GOutputStream *stream)
{
  GMemoryOutputStream *memory = G_MEMORY_OUTPUT_STREAM (stream);
  const char          *data = g_memory_output_stream_get_data (memory);
  gsize                size = g_memory_output_stream_get_data_size (memory);

  g_assert_cmpuint (size, >, 1000);
  g_assert_cmpint (memcmp (data, "%PDF-", 5), ==, 0);
  g_assert_nonnull (g_strrstr_len (data + size - 32, 32, "%%EOF"));
}

static ConcProtest *
protest_new (guint n_stories)
{
  ConcProtest *protest = g_new0 (ConcProtest, 1);

  protest->bib = 11;
  protest->stories = g_ptr_array_new_with_free_func (free_story_cb);
  protest->neighbours = g_ptr_array_new_with_free_func (free_neighbour_cb);
  protest->rulings = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < n_stories; i++)
    {
      g_auto (ConcRules) rules = { 0 };
      g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
      ConcCrossingFacts  facts = { .at_usec = NOON + i,
                                   .raw_usec = NOON + i,
                                   .wall_usec = CONC_NO_TIME,
                                   .chute_usec = CONC_NO_TIME,
                                   .monotonic_usec = 17,
                                   .zone = utc };
      ConcCrossingStory *story = g_new0 (ConcCrossingStory, 1);
      ConcNeighbour     *neighbour = g_new0 (ConcNeighbour, 1);

      conc_rules_init (&rules);
      facts.rules = &rules;
      story->at_usec = NOON + i;
      story->steps = conc_crossing_tell (&facts);
      g_ptr_array_add (protest->stories, story);
      neighbour->at_usec = NOON + i;
      neighbour->gun_usec = CONC_NO_TIME;
      neighbour->name = g_strdup ("محمد عبد الرحمن");
      g_ptr_array_add (protest->neighbours, neighbour);
    }
  return protest;
}

static void
test_protest (void)
{
  static const guint sizes[] = { 0, 1, 40 };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (ConcSettings) settings = settings_new ();
      g_autoptr (ConcProtest) protest = protest_new (sizes[i]);
      g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
      g_autoptr (GError) error = NULL;

      g_assert_true (conc_protest_sheet_write (protest, settings, NOON, stream, &error));
      g_assert_no_error (error);
      assert_pdf (stream);
    }
}

static void
test_log (void)
{
  g_autoptr (ConcSettings) settings = settings_new ();
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (free_entry_cb);
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  for (guint kind = 0; kind < CONC_N_LOG_KINDS; kind++)
    for (guint waits = 0; waits < 2; waits++)
      {
        ConcLogEntry    *entry = g_new0 (ConcLogEntry, 1);
        g_autofree char *words = NULL;

        entry->kind = (ConcLogKind) kind;
        entry->at_usec = NOON;
        entry->fact = g_strdup ("aaaaaaaaaa-1");
        entry->waits = waits == 1;
        entry->detail = g_strdup ("0:30");
        words = conc_log_entry_dup_words (entry);
        g_assert_cmpstr (words, !=, "");
        g_ptr_array_add (entries, entry);
      }
  g_assert_true (conc_paper_log_write (entries, settings, NOON, stream, &error));
  g_assert_no_error (error);
  assert_pdf (stream);
}

static void
test_words (void)
{
  static const struct
  {
    ConcLogEntry entry;
    const char  *words;
  } cases[] = {
    { { .kind = CONC_LOG_GUN, .detail = (char *) "" }, "The race: gun" },
    { { .kind = CONC_LOG_GUN_SEEN, .detail = (char *) "A" }, "Wave A: gun, for comparison" },
    { { .kind = CONC_LOG_TAP, .waits = TRUE }, "At the line, no bib yet" },
    { { .kind = CONC_LOG_TAP, .bib = 11 }, "At the line" },
    { { .kind = CONC_LOG_CHUTE, .bib = 11, .waits = TRUE }, "In the chute, no time yet" },
    { { .kind = CONC_LOG_CHUTE }, "In the chute, not read" },
    { { .kind = CONC_LOG_CHUTE, .waits = TRUE }, "In the chute, not read, no time" },
    { { .kind = CONC_LOG_RULING, .detail = (char *) "dq" }, "Ruling: disqualified" },
    { { .kind = CONC_LOG_RULING, .detail = (char *) "0:30" }, "Penalty of 0:30" },
    { { .kind = CONC_LOG_REPAIR, .detail = (char *) "A tap was missing." },
      "Repair: A tap was missing." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = conc_log_entry_dup_words (&cases[i].entry);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

/* A disk that is full is not taken for a paper. */
static void
test_full (void)
{
  char room[100];
  g_autoptr (ConcSettings) settings = settings_new ();
  g_autoptr (ConcProtest) protest = protest_new (1);
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new (room, sizeof room, NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (conc_protest_sheet_write (protest, settings, NOON, stream, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/papers/protest", test_protest);
  g_test_add_func ("/papers/log", test_log);
  g_test_add_func ("/papers/words", test_words);
  g_test_add_func ("/papers/full", test_full);
  return g_test_run ();
}
