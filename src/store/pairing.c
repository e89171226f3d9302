/* pairing.c: which tap each chute bib has, kept as the facts say. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/pairing.h"

#include "core/fact.h"
#include "core/ladder.h"
#include "core/runner.h"
#include "store/chute-order.h"

#include <string.h>

/* The subjects and other texts are of the pairing's chunk, so that equal ones are one. */
typedef struct
{
  const char *subject;
  gint64      at_usec;
  ConcHlc     hlc;
  guint       own_bib; /* 0: none */

  /* as its row has them, of a tap without a bib of its own */
  const char *chute;
  const char *bib_fact;
  guint       bib;

  guint index;
} Tap;

typedef struct
{
  const char *subject;
  const char *before;
  gint64      at_usec;
  ConcHlc     hlc;
  guint       bib;
  const char *bib_fact;
  const char *linked;
  const char *tap; /* as its row has it */
} Entry;

typedef enum
{
  STATE_UNKNOWN,
  STATE_NONE, /* there is no chute bib, and no tap has one */
  STATE_KNOWN
} State;

struct _ConcPairing
{
  ConcDb *db;

  State         state;
  GStringChunk *texts;
  GPtrArray    *taps;    /* Tap, in the order of time */
  GPtrArray    *entries; /* Entry, likewise */
  GHashTable   *taps_by_subject;
  GHashTable   *entries_by_subject;

  GHashTable *noted; /* subjects whose rows were written anew */
  gboolean    has_noted_all;
};

typedef struct
{
  ConcPairedFunc func;
  gpointer       user_data;
} Listener;

/** conc_pairing_new: Returns: (transfer full): a pairing that knows nothing of @db yet. */
ConcPairing *
conc_pairing_new (ConcDb *db)
{
  ConcPairing *pairing = g_new0 (ConcPairing, 1);

  pairing->db = db;
  pairing->taps = g_ptr_array_new_with_free_func (g_free);
  pairing->entries = g_ptr_array_new_with_free_func (g_free);
  pairing->taps_by_subject = g_hash_table_new (NULL, NULL);
  pairing->entries_by_subject = g_hash_table_new (NULL, NULL);
  pairing->noted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  pairing->texts = g_string_chunk_new (4096);
  return pairing;
}

static void
drop_known (ConcPairing *pairing)
{
  g_hash_table_remove_all (pairing->taps_by_subject);
  g_hash_table_remove_all (pairing->entries_by_subject);
  g_ptr_array_set_size (pairing->taps, 0);
  g_ptr_array_set_size (pairing->entries, 0);
  g_string_chunk_clear (pairing->texts);
}

/** conc_pairing_free: frees @pairing, which may be %NULL. */
void
conc_pairing_free (ConcPairing *pairing)
{
  if (pairing == NULL)
    return;
  drop_known (pairing);
  g_hash_table_unref (pairing->taps_by_subject);
  g_hash_table_unref (pairing->entries_by_subject);
  g_ptr_array_unref (pairing->taps);
  g_ptr_array_unref (pairing->entries);
  g_hash_table_unref (pairing->noted);
  g_string_chunk_free (pairing->texts);
  g_free (pairing);
}

/** conc_pairing_note: the row of the tap or chute bib @subject was written anew, or deleted. */
void
conc_pairing_note (ConcPairing *pairing, const char *subject)
{
  if (!pairing->has_noted_all && !g_hash_table_contains (pairing->noted, subject))
    g_hash_table_add (pairing->noted, g_strdup (subject));
}

/** conc_pairing_note_all: rows of taps or chute bibs were written anew that nobody named. */
void
conc_pairing_note_all (ConcPairing *pairing)
{
  pairing->has_noted_all = TRUE;
  g_hash_table_remove_all (pairing->noted);
}

/** conc_pairing_forget: after a rollback: neither what was noted nor what was settled is so. */
void
conc_pairing_forget (ConcPairing *pairing)
{
  g_hash_table_remove_all (pairing->noted);
  pairing->has_noted_all = FALSE;
  pairing->state = STATE_UNKNOWN;
  drop_known (pairing);
}

/* ------------------------------------------------------------- rows */

static const char *
keep (ConcPairing *pairing, const char *text)
{
  return text != NULL ? g_string_chunk_insert_const (pairing->texts, text) : NULL;
}

/* What cannot be a bib is a bib of its own that nobody else can have, or none that was read. */
static guint
read_bib (sqlite3_stmt *statement, int column, guint otherwise)
{
  gint64 bib = sqlite3_column_int64 (statement, column);

  if (sqlite3_column_type (statement, column) == SQLITE_NULL)
    return 0;
  return bib >= 1 && bib <= CONC_BIB_MAX ? (guint) bib : otherwise;
}

#define TAP_SQL "SELECT subject, at_usec, hlc, bib, bib_fact, chute FROM tap "

static Tap *
read_tap (ConcPairing *pairing, sqlite3_stmt *statement)
{
  Tap *tap = g_new0 (Tap, 1);

  tap->subject = keep (pairing, conc_column_text (statement, 0));
  tap->at_usec = sqlite3_column_int64 (statement, 1);
  tap->hlc = sqlite3_column_int64 (statement, 2);
  tap->chute = keep (pairing, conc_column_text (statement, 5));
  if (tap->chute == NULL)
    tap->own_bib = read_bib (statement, 3, CONC_BIB_MAX + 1);
  else
    {
      tap->bib = read_bib (statement, 3, 0);
      tap->bib_fact = keep (pairing, conc_column_text (statement, 4));
    }
  return tap;
}

#define ENTRY_SQL "SELECT subject, at_usec, hlc, bib, bib_fact, before, linked, tap FROM chute "

static Entry *
read_entry (ConcPairing *pairing, sqlite3_stmt *statement)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->subject = keep (pairing, conc_column_text (statement, 0));
  entry->at_usec = sqlite3_column_int64 (statement, 1);
  entry->hlc = sqlite3_column_int64 (statement, 2);
  entry->bib = read_bib (statement, 3, 0);
  entry->bib_fact = entry->bib != 0 ? keep (pairing, conc_column_text (statement, 4)) : NULL;
  entry->before = keep (pairing, conc_column_text (statement, 5));
  entry->linked = keep (pairing, conc_column_text (statement, 6));
  entry->tap = keep (pairing, conc_column_text (statement, 7));
  return entry;
}

static int
compare_taps (const Tap *a, const Tap *b)
{
  return conc_chute_compare (a->at_usec, a->hlc, a->subject, b->at_usec, b->hlc, b->subject);
}

static int
compare_entries (const Entry *a, const Entry *b)
{
  return conc_chute_compare (a->at_usec, a->hlc, a->subject, b->at_usec, b->hlc, b->subject);
}

/* Mostly the last of all. */
static void
add_tap (ConcPairing *pairing, Tap *tap)
{
  guint index = pairing->taps->len;

  while (index > 0 && compare_taps (g_ptr_array_index (pairing->taps, index - 1), tap) > 0)
    index--;
  g_ptr_array_insert (pairing->taps, (int) index, tap);
  g_hash_table_insert (pairing->taps_by_subject, (gpointer) tap->subject, tap);
}

static void
add_entry (ConcPairing *pairing, Entry *entry)
{
  guint index = pairing->entries->len;

  while (index > 0 && compare_entries (g_ptr_array_index (pairing->entries, index - 1), entry) > 0)
    index--;
  g_ptr_array_insert (pairing->entries, (int) index, entry);
  g_hash_table_insert (pairing->entries_by_subject, (gpointer) entry->subject, entry);
}

/* ------------------------------------------------------------- what is known of them */

static gboolean
load_taps (ConcPairing *pairing, GError **error)
{
  sqlite3_stmt *statement =
      conc_db_prepare (pairing->db, TAP_SQL "ORDER BY at_usec, hlc, subject", error);
  ConcStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = conc_db_step (pairing->db, statement, error)) == CONC_STEP_ROW)
    add_tap (pairing, read_tap (pairing, statement));
  return step == CONC_STEP_DONE;
}

static gboolean
load_entries (ConcPairing *pairing, GError **error)
{
  sqlite3_stmt *statement =
      conc_db_prepare (pairing->db, ENTRY_SQL "ORDER BY at_usec, hlc, subject", error);
  ConcStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = conc_db_step (pairing->db, statement, error)) == CONC_STEP_ROW)
    add_entry (pairing, read_entry (pairing, statement));
  return step == CONC_STEP_DONE;
}

static gboolean
load (ConcPairing *pairing, GError **error)
{
  gint64 has_any;

  drop_known (pairing);
  pairing->state = STATE_UNKNOWN;
  if (!conc_db_get_int (pairing->db,
                        "SELECT EXISTS (SELECT 1 FROM chute) OR "
                        "EXISTS (SELECT 1 FROM tap WHERE chute IS NOT NULL)",
                        &has_any, error))
    return FALSE;
  if (has_any != 0 && (!load_taps (pairing, error) || !load_entries (pairing, error)))
    return FALSE;
  pairing->state = has_any != 0 ? STATE_KNOWN : STATE_NONE;
  return TRUE;
}

static gboolean
find_row (ConcPairing   *pairing,
          const char    *sql,
          const char    *subject,
          sqlite3_stmt **ret_statement,
          GError       **error)
{
  sqlite3_stmt *statement = conc_db_prepare (pairing->db, sql, error);
  ConcStep      step;

  *ret_statement = NULL;
  if (statement == NULL || !conc_db_bind (pairing->db, statement, error, "t", subject))
    return FALSE;
  step = conc_db_step (pairing->db, statement, error);
  if (step == CONC_STEP_ROW)
    *ret_statement = statement;
  return step != CONC_STEP_FAILED;
}

static gboolean
read_tap_anew (ConcPairing *pairing, const char *subject, GError **error)
{
  Tap          *old = g_hash_table_lookup (pairing->taps_by_subject, subject);
  sqlite3_stmt *statement;

  if (old != NULL)
    {
      g_hash_table_remove (pairing->taps_by_subject, subject);
      g_ptr_array_remove (pairing->taps, old);
    }
  if (!find_row (pairing, TAP_SQL "WHERE subject = ?", subject, &statement, error))
    return FALSE;
  if (statement == NULL)
    return TRUE;
  add_tap (pairing, read_tap (pairing, statement));
  sqlite3_reset (statement);
  return TRUE;
}

static gboolean
read_entry_anew (ConcPairing *pairing, const char *subject, GError **error)
{
  Entry        *old = g_hash_table_lookup (pairing->entries_by_subject, subject);
  sqlite3_stmt *statement;

  if (old != NULL)
    {
      g_hash_table_remove (pairing->entries_by_subject, subject);
      g_ptr_array_remove (pairing->entries, old);
    }
  if (!find_row (pairing, ENTRY_SQL "WHERE subject = ?", subject, &statement, error))
    return FALSE;
  if (statement == NULL)
    return TRUE;
  add_entry (pairing, read_entry (pairing, statement));
  sqlite3_reset (statement);
  return TRUE;
}

static gboolean
has_noted_entry (ConcPairing *pairing)
{
  GHashTableIter iter;
  gpointer       subject;

  g_hash_table_iter_init (&iter, pairing->noted);
  while (g_hash_table_iter_next (&iter, &subject, NULL))
    if (conc_subject_get_family (subject) == CONC_FAMILY_CHUTE)
      return TRUE;
  return FALSE;
}

static gboolean
read_noted (ConcPairing *pairing, GError **error)
{
  GHashTableIter iter;
  gpointer       noted;

  g_hash_table_iter_init (&iter, pairing->noted);
  while (g_hash_table_iter_next (&iter, &noted, NULL))
    {
      const char *subject = keep (pairing, noted);

      if (!read_tap_anew (pairing, subject, error) || !read_entry_anew (pairing, subject, error))
        return FALSE;
    }
  return TRUE;
}

/* ------------------------------------------------------------- pairing */

static GPtrArray *
list_in_order (ConcPairing *pairing)
{
  g_autoptr (GArray) standing =
      g_array_sized_new (FALSE, FALSE, sizeof (ConcChuteStanding), pairing->entries->len);

  for (guint i = 0; i < pairing->entries->len; i++)
    {
      Entry            *entry = g_ptr_array_index (pairing->entries, i);
      ConcChuteStanding each = { entry->subject, entry->before, entry->at_usec, entry->hlc, entry };

      g_array_append_val (standing, each);
    }
  return conc_chute_order (standing);
}

/* A bib that was entered with the tap cannot be linked away from it. */
static void
add_link (ConcPairing *pairing, ConcLadderInput *input, const Entry *entry, guint64 id)
{
  const Tap *tap = g_hash_table_lookup (pairing->taps_by_subject, entry->linked);

  if (tap == NULL || (tap->own_bib != 0 && entry->bib != 0 && tap->own_bib != entry->bib))
    return;
  g_array_append_vals (input->rungs,
                       &(ConcLadderRung){ .bib = entry->bib,
                                          .tap = (guint64) tap->index + 1,
                                          .at_usec = tap->at_usec,
                                          .bib_id = id },
                       1);
}

/* Links that were made come before bibs of taps, which are of any entry of the bib. */
static ConcLadderInput *
make_input (ConcPairing *pairing, GPtrArray *order)
{
  ConcLadderInput *input = conc_ladder_input_new ();

  for (guint i = 0; i < pairing->taps->len; i++)
    {
      Tap          *tap = g_ptr_array_index (pairing->taps, i);
      ConcLadderTap each = { i + 1, tap->at_usec };

      tap->index = i;
      g_array_append_val (input->taps, each);
    }
  for (guint i = 0; i < order->len; i++)
    {
      const Entry  *entry = g_ptr_array_index (order, i);
      ConcLadderBib each = { i + 1, entry->at_usec, entry->bib };

      g_array_append_val (input->bibs, each);
      if (entry->linked != NULL)
        add_link (pairing, input, entry, i + 1);
    }
  for (guint i = 0; i < pairing->taps->len; i++)
    {
      const Tap     *tap = g_ptr_array_index (pairing->taps, i);
      ConcLadderRung rung = { .bib = tap->own_bib, .tap = i + 1, .at_usec = tap->at_usec };

      if (tap->own_bib != 0)
        g_array_append_val (input->rungs, rung);
    }
  return input;
}

static gboolean
write_tap (ConcPairing *pairing, Tap *tap, const Entry *entry, GError **error)
{
  tap->chute = entry != NULL ? entry->subject : NULL;
  tap->bib = entry != NULL ? entry->bib : 0;
  tap->bib_fact = entry != NULL ? entry->bib_fact : NULL;
  return conc_db_run (pairing->db,
                      "UPDATE tap SET chute = ?, bib = nullif (?, 0), bib_fact = ? "
                      "WHERE subject = ?",
                      error, "titt", tap->chute, (gint64) tap->bib, tap->bib_fact, tap->subject);
}

static void
tell (const Listener *listener, const char *subject)
{
  if (listener->func != NULL && subject != NULL)
    listener->func (subject, listener->user_data);
}

/* @entry: the chute bib that the tap has now, or NULL. */
static gboolean
settle_tap (ConcPairing    *pairing,
            Tap            *tap,
            const Entry    *entry,
            const Listener *listener,
            GError        **error)
{
  if (tap->own_bib != 0)
    return TRUE;
  if (entry == NULL ? tap->chute == NULL
                    : tap->chute == entry->subject && tap->bib == entry->bib &&
                          tap->bib_fact == entry->bib_fact)
    return TRUE;
  tell (listener, tap->subject);
  tell (listener, entry != NULL ? entry->subject : tap->chute);
  return write_tap (pairing, tap, entry, error);
}

static gboolean
settle_entry (ConcPairing    *pairing,
              Entry          *entry,
              const Tap      *tap,
              const Listener *listener,
              GError        **error)
{
  const char *subject = tap != NULL ? tap->subject : NULL;

  if (entry->tap == subject)
    return TRUE;
  tell (listener, entry->subject);
  entry->tap = subject;
  return conc_db_run (pairing->db, "UPDATE chute SET tap = ? WHERE subject = ?", error, "tt",
                      subject, entry->subject);
}

static gboolean
write_pairs (ConcPairing    *pairing,
             GPtrArray      *order,
             GArray         *pairs,
             const Listener *listener,
             GError        **error)
{
  g_autofree Entry **of_taps = g_new0 (Entry *, pairing->taps->len + 1);

  for (guint i = 0; i < order->len; i++)
    {
      Entry *entry = g_ptr_array_index (order, i);
      guint  tap = g_array_index (pairs, guint, i);

      if (tap != CONC_LADDER_NONE)
        of_taps[tap] = entry;
      if (!settle_entry (pairing, entry,
                         tap != CONC_LADDER_NONE ? g_ptr_array_index (pairing->taps, tap) : NULL,
                         listener, error))
        return FALSE;
    }
  for (guint i = 0; i < pairing->taps->len; i++)
    if (!settle_tap (pairing, g_ptr_array_index (pairing->taps, i), of_taps[i], listener, error))
      return FALSE;
  return TRUE;
}

static gboolean
pair (ConcPairing *pairing, const Listener *listener, GError **error)
{
  g_autoptr (GPtrArray) order = list_in_order (pairing);
  g_autoptr (ConcLadderInput) input = make_input (pairing, order);
  g_autoptr (GArray) pairs = conc_ladder_pair (input);

  return write_pairs (pairing, order, pairs, listener, error);
}

static gboolean
learn (ConcPairing *pairing, GError **error)
{
  gboolean is_first = pairing->state == STATE_NONE && has_noted_entry (pairing);

  if (pairing->has_noted_all || pairing->state == STATE_UNKNOWN || is_first)
    return load (pairing, error);
  return pairing->state == STATE_NONE || read_noted (pairing, error);
}

/**
 * conc_pairing_settle:
 * @paired: (nullable): called with each subject whose pair has changed, perhaps more than once
 *
 * Writes into the rows of taps and chute bibs which of them belong together, as
 * conc_ladder_pair() says of all that stand: a pure function of the facts, in whatever order they
 * came. A tap gets the bib of its chute bib; a tap that has a bib of its own keeps that.
 *
 * Inside the caller's transaction; after an error or a rollback conc_pairing_forget() has to be
 * called. Cost: without chute bibs nothing; else about 30 ns a tap or chute bib, and a write for
 * each pair that changed.
 */
gboolean
conc_pairing_settle (ConcPairing   *pairing,
                     ConcPairedFunc paired,
                     gpointer       user_data,
                     GError       **error)
{
  Listener listener = { paired, user_data };

  if (!pairing->has_noted_all && g_hash_table_size (pairing->noted) == 0)
    return TRUE;
  if (!learn (pairing, error) ||
      (pairing->state == STATE_KNOWN && !pair (pairing, &listener, error)))
    return FALSE;
  if (pairing->state == STATE_KNOWN && pairing->entries->len == 0)
    pairing->state = STATE_NONE;
  pairing->has_noted_all = FALSE;
  g_hash_table_remove_all (pairing->noted);
  return TRUE;
}

/** conc_pairing_settle_all: like conc_pairing_settle(), for projections that were made anew. */
gboolean
conc_pairing_settle_all (ConcDb *db, GError **error)
{
  g_autoptr (ConcPairing) pairing = conc_pairing_new (db);

  conc_pairing_note_all (pairing);
  return conc_pairing_settle (pairing, NULL, NULL, error);
}
