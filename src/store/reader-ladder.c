/* reader-ladder.c: the ladder of a race, kept as its file says. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/reader-ladder.h"

#include "core/race-time.h"
#include "store/queries.h"
#include "store/reader-ladder-private.h"

/* No runner is faster over any distance, and who is slower is not waited for: 2:20 and 30 minutes a
 * kilometre. */
#define LEAST_PACE_USEC (G_GINT64_CONSTANT (140) * G_USEC_PER_SEC)
#define MOST_PACE_USEC (G_GINT64_CONSTANT (1800) * G_USEC_PER_SEC)
#define KILOMETRE_MM (G_GINT64_CONSTANT (1000000))

typedef struct
{
  guint  bib;
  gint64 start_usec;
} Start;

static void
holder_free (gpointer data)
{
  ConcLadderHolder *holder = data;

  g_free (holder->runner_id);
  g_free (holder->name);
  g_free (holder);
}

/** conc_reader_ladder_new: Returns: (transfer full): a ladder that has read nothing yet. */
ConcReaderLadder *
conc_reader_ladder_new (ConcReader *reader)
{
  ConcReaderLadder *ladder = g_new0 (ConcReaderLadder, 1);

  ladder->reader = reader;
  ladder->table = conc_ladder_table_new (conc_reader_get_db (reader));
  ladder->order = g_ptr_array_new ();
  ladder->input = conc_ladder_input_new ();
  ladder->ladder = conc_ladder_new ();
  ladder->starts = g_array_new (FALSE, FALSE, sizeof (Start));
  ladder->watched = conc_reader_ladder_new_watched ();
  ladder->holders = g_hash_table_new_full (NULL, NULL, NULL, holder_free);
  return ladder;
}

/** conc_reader_ladder_free: frees @ladder, which may be %NULL. */
void
conc_reader_ladder_free (ConcReaderLadder *ladder)
{
  if (ladder == NULL)
    return;
  g_ptr_array_unref (ladder->order);
  conc_ladder_table_free (ladder->table);
  conc_ladder_input_free (ladder->input);
  conc_ladder_free (ladder->ladder);
  g_array_unref (ladder->starts);
  g_array_unref (ladder->watched);
  g_hash_table_unref (ladder->holders);
  g_clear_pointer (&ladder->zone, g_time_zone_unref);
  g_clear_pointer (&ladder->doubts, g_ptr_array_unref);
  g_free (ladder);
}

/* ------------------------------------------------------------- what is known beside the streams */

static gboolean
load_settings (ConcReaderLadder *ladder, GError **error)
{
  g_autoptr (ConcSettings) settings = conc_reader_dup_settings (ladder->reader, error);
  g_auto (ConcRules) rules = { 0 };

  if (settings == NULL)
    return FALSE;
  conc_settings_get_rules (settings, &rules);
  ladder->laps = (int) conc_rules_get_most_laps (&rules);
  ladder->distance_mm = rules.distance_mm;
  ladder->input->min_lap_usec = ladder->laps > 1 ? rules.min_lap_usec : 0;
  g_clear_pointer (&ladder->zone, g_time_zone_unref);
  ladder->zone = conc_settings_dup_zone (settings);
  return TRUE;
}

/* When everybody who has a bib started, by bib. */
static gboolean
load_starts (ConcReaderLadder *ladder, GError **error)
{
  ConcDb       *db = conc_reader_get_db (ladder->reader);
  sqlite3_stmt *statement = conc_db_prepare (
      db,
      "SELECT r.bib, coalesce (s.at_usec, w.at_usec, g.at_usec) AS started FROM runner r "
      "LEFT JOIN start s ON s.bib = r.bib LEFT JOIN gun w ON w.wave = r.wave "
      "LEFT JOIN gun g ON g.wave = '' WHERE r.bib IS NOT NULL AND started IS NOT NULL "
      "ORDER BY r.bib, r.bib_order, r.id",
      error);
  guint    last = 0;
  ConcStep step;

  if (statement == NULL)
    return FALSE;
  g_array_set_size (ladder->starts, 0);
  while ((step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    {
      Start start = { (guint) sqlite3_column_int64 (statement, 0),
                      sqlite3_column_int64 (statement, 1) };

      if (start.bib != last)
        g_array_append_val (ladder->starts, start);
      last = start.bib;
    }
  return step == CONC_STEP_DONE;
}

static void
expect_within_pace (ConcReaderLadder *ladder, const Start *start)
{
  ConcLadderExpectation expectation = { .bib = start->bib };
  gint64                metres = ladder->distance_mm / 1000;

  if (ladder->distance_mm == 0)
    return;
  expectation.earliest_usec = start->start_usec + LEAST_PACE_USEC / 1000 * metres;
  expectation.latest_usec = start->start_usec + MOST_PACE_USEC / 1000 * metres;
  g_array_append_val (ladder->input->expectations, expectation);
}

static int
compare_crossings_cb (gconstpointer a, gconstpointer b)
{
  const ConcTableTap *left = *(ConcTableTap *const *) a;
  const ConcTableTap *right = *(ConcTableTap *const *) b;

  if (left->own_bib != right->own_bib)
    return left->own_bib < right->own_bib ? -1 : 1;
  return left->at_usec < right->at_usec ? -1 : left->at_usec > right->at_usec;
}

/* The taps that have bibs of their own, by bib and then by time. */
static GPtrArray *
list_crossings (ConcReaderLadder *ladder)
{
  GPtrArray *crossings = g_ptr_array_new ();

  for (guint i = 0; i < ladder->table->taps->len; i++)
    {
      ConcTableTap *tap = g_ptr_array_index (ladder->table->taps, i);

      if (tap->own_bib != 0)
        g_ptr_array_add (crossings, tap);
    }
  g_ptr_array_sort (crossings, compare_crossings_cb);
  return crossings;
}

/* After each lap that is known to be this runner's. */
static void
expect_laps (ConcReaderLadder *ladder, const Start *start, GPtrArray *crossings, guint *next)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_val (times, start->start_usec);
  for (; *next < crossings->len; (*next)++)
    {
      const ConcTableTap *tap = g_ptr_array_index (crossings, *next);

      if (tap->own_bib > start->bib)
        return;
      if (tap->own_bib < start->bib || tap->at_usec <= start->start_usec)
        continue;
      g_array_append_val (times, tap->at_usec);
      if (times->len <= (guint) ladder->laps)
        conc_ladder_expect_lap (ladder->input, start->bib, (const gint64 *) times->data,
                                times->len);
    }
}

static void
expect (ConcReaderLadder *ladder)
{
  g_autoptr (GPtrArray) crossings = ladder->laps > 1 ? list_crossings (ladder) : NULL;
  guint next = 0;

  g_array_set_size (ladder->input->expectations, 0);
  for (guint i = 0; i < ladder->starts->len; i++)
    {
      const Start *start = &g_array_index (ladder->starts, Start, i);

      if (crossings != NULL)
        expect_laps (ladder, start, crossings, &next);
      else
        expect_within_pace (ladder, start);
    }
}

static gboolean
load_context (ConcReaderLadder *ladder, GError **error)
{
  g_hash_table_remove_all (ladder->holders);
  if (!load_settings (ladder, error) || !load_starts (ladder, error))
    return FALSE;
  expect (ladder);
  return TRUE;
}

/* ------------------------------------------------------------- keeping it */

static void
run (ConcReaderLadder *ladder)
{
  ConcLadderInput *input = ladder->input;

  g_ptr_array_unref (ladder->order);
  ladder->order = conc_ladder_table_list_in_order (ladder->table);
  g_array_set_size (input->taps, 0);
  g_array_set_size (input->bibs, 0);
  g_array_set_size (input->rungs, 0);
  conc_ladder_table_fill (ladder->table, ladder->order, input);
  conc_reader_ladder_fill_watched (ladder);
  if (ladder->laps > 1)
    expect (ladder);
  ladder->result = conc_ladder_update (ladder->ladder, input);
  g_clear_pointer (&ladder->doubts, g_ptr_array_unref);
}

static gboolean
load (ConcReaderLadder *ladder, GError **error)
{
  ladder->is_loaded = FALSE;
  if (!conc_ladder_table_load (ladder->table, error) ||
      !conc_reader_ladder_load_watched (ladder, error) || !load_context (ladder, error))
    return FALSE;
  ladder->is_loaded = TRUE;
  return TRUE;
}

typedef enum
{
  NEEDS_NOTHING,
  NEEDS_ROW,
  NEEDS_CONTEXT,
  NEEDS_ALL
} Needs;

static Needs
find_needs (const char *subject)
{
  switch (conc_subject_get_family (subject))
    {
    case CONC_FAMILY_TAP:
    case CONC_FAMILY_CHUTE:
      return NEEDS_ROW;
    case CONC_FAMILY_RUNNER:
    case CONC_FAMILY_GUN:
    case CONC_FAMILY_START:
    case CONC_FAMILY_SETTING:
      return NEEDS_CONTEXT;
    case CONC_FAMILY_STREAM:
    case CONC_FAMILY_READ:
    case CONC_FAMILY_CHIP:
      return NEEDS_ALL;
    default:
      return NEEDS_NOTHING;
    }
}

static gboolean
read_changed (ConcReaderLadder *ladder, const char *const *subjects, GError **error)
{
  Needs most = NEEDS_NOTHING;

  for (guint i = 0; subjects[i] != NULL; i++)
    most = MAX (most, find_needs (subjects[i]));
  if (most == NEEDS_ALL)
    return load (ladder, error);
  for (guint i = 0; subjects[i] != NULL; i++)
    if (find_needs (subjects[i]) == NEEDS_ROW &&
        (!conc_ladder_table_read (ladder->table, subjects[i], error) ||
         !conc_reader_ladder_read_watched (ladder, subjects[i], error)))
      return FALSE;
  return most != NEEDS_CONTEXT || load_context (ladder, error);
}

/**
 * conc_reader_ladder_update:
 * @subjects: (nullable): what changed since the last update, as ConcRaceFile::changed names it;
 *   %NULL reads everything
 *
 * Afterwards the ladder is of this moment. After an error it has no lines, and the next update
 * reads everything. Cost: with one tap or bib more a part of a millisecond, and what
 * conc_ladder_update() takes.
 */
gboolean
conc_reader_ladder_update (ConcReaderLadder *ladder, const char *const *subjects, GError **error)
{
  gboolean is_read = subjects == NULL || !ladder->is_loaded
                         ? load (ladder, error)
                         : read_changed (ladder, subjects, error);

  if (!is_read)
    {
      ladder->is_loaded = FALSE;
      ladder->result = NULL;
      g_clear_pointer (&ladder->doubts, g_ptr_array_unref);
      return FALSE;
    }
  run (ladder);
  return TRUE;
}

/* ------------------------------------------------------------- lines */

/** conc_reader_ladder_find_holder: Returns: (transfer none): who holds @bib; found once. */
const ConcLadderHolder *
conc_reader_ladder_find_holder (ConcReaderLadder *ladder, guint bib)
{
  ConcLadderHolder *holder = g_hash_table_lookup (ladder->holders, GUINT_TO_POINTER (bib));
  g_autoptr (ConcRunner) runner = NULL;

  if (holder != NULL)
    return holder;
  holder = g_new0 (ConcLadderHolder, 1);
  runner = bib != 0 ? conc_query_bib_holder (conc_reader_get_db (ladder->reader), bib, NULL) : NULL;
  if (runner != NULL)
    {
      holder->runner_id = g_strdup (conc_runner_get_id (runner));
      holder->name = conc_runner_dup_full_name (runner);
    }
  g_hash_table_insert (ladder->holders, GUINT_TO_POINTER (bib), holder);
  return holder;
}

/** conc_reader_ladder_get_n_lines: Returns: how many lines there are; 0 before the first update. */
guint
conc_reader_ladder_get_n_lines (ConcReaderLadder *ladder)
{
  return ladder->result != NULL ? ladder->result->rows->len : 0;
}

static void
fill_tap (ConcReaderLadder *ladder, guint index, ConcLadderLine *line)
{
  const ConcTableTap *tap = g_ptr_array_index (ladder->table->taps, index);

  line->tap = tap->subject;
  line->standing_bib = tap->own_bib != 0 ? tap->own_bib : tap->bib;
  if (tap->own_bib == 0)
    return;
  line->bib = tap->own_bib;
  line->is_linked = TRUE;
}

static void
fill_entry (ConcReaderLadder *ladder, guint index, ConcLadderLine *line)
{
  const ConcTableEntry *entry = g_ptr_array_index (ladder->order, index);

  line->entry = entry->subject;
  line->entry_usec = entry->at_usec;
  line->chute_place = index + 1;
  if (entry->bib != 0)
    line->bib = entry->bib;
  if (line->tap != NULL && entry->linked == line->tap)
    line->is_linked = TRUE;
}

static void
fill_second (ConcReaderLadder *ladder, guint index, ConcLadderLine *line)
{
  const ConcLadderTap *second = &g_array_index (ladder->input->second, ConcLadderTap, index);

  line->has_second = TRUE;
  line->second_usec = second->at_usec - ladder->result->second_offset_usec - line->at_usec;
}

/**
 * conc_reader_ladder_get_line:
 * @index: from 0
 * @ret_line: (out): the line
 *
 * Returns: whether there is one. Cost: the first time that a bib is seen, a look for its runner.
 */
gboolean
conc_reader_ladder_get_line (ConcReaderLadder *ladder, guint index, ConcLadderLine *ret_line)
{
  ConcLadderLine          line = { .place = index + 1, .entry_usec = CONC_NO_TIME };
  const ConcLadderRow    *row;
  const ConcLadderHolder *holder;

  if (index >= conc_reader_ladder_get_n_lines (ladder))
    return FALSE;
  row = &g_array_index (ladder->result->rows, ConcLadderRow, index);
  line.at_usec = row->at_usec != 0 ? row->at_usec : CONC_NO_TIME;
  line.waits = row->waits;
  if (row->tap != CONC_LADDER_NONE)
    fill_tap (ladder, row->tap, &line);
  if (row->bib != CONC_LADDER_NONE)
    fill_entry (ladder, row->bib, &line);
  if (row->second != CONC_LADDER_NONE && line.at_usec != CONC_NO_TIME)
    fill_second (ladder, row->second, &line);
  holder = conc_reader_ladder_find_holder (ladder, line.bib);
  line.runner_id = holder->runner_id;
  line.runner_name = holder->name;
  *ret_line = line;
  return TRUE;
}

/** conc_reader_ladder_get_second_offset: @ret_offset_usec: (out): the second timer's clock less the
 * first's, if it is known. */
gboolean
conc_reader_ladder_get_second_offset (ConcReaderLadder *ladder, gint64 *ret_offset_usec)
{
  if (ladder->result == NULL || !ladder->result->has_second_offset)
    return FALSE;
  *ret_offset_usec = ladder->result->second_offset_usec;
  return TRUE;
}
