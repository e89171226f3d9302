/* pairing.c: which tap each chute bib has, kept as the facts say. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/pairing.h"

#include "core/fact.h"
#include "store/ladder-table.h"

typedef enum
{
  STATE_UNKNOWN,
  STATE_NONE, /* there is no chute bib, and no tap has one */
  STATE_KNOWN
} State;

struct _ConcPairing
{
  ConcDb          *db;
  State            state;
  ConcLadderTable *table;
  GHashTable      *noted; /* subjects whose rows were written anew */
  gboolean         has_noted_all;
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
  pairing->table = conc_ladder_table_new (db);
  pairing->noted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return pairing;
}

/** conc_pairing_free: frees @pairing, which may be %NULL. */
void
conc_pairing_free (ConcPairing *pairing)
{
  if (pairing == NULL)
    return;
  conc_ladder_table_free (pairing->table);
  g_hash_table_unref (pairing->noted);
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
  conc_ladder_table_clear (pairing->table);
}

/* ------------------------------------------------------------- what is known */

static gboolean
load (ConcPairing *pairing, GError **error)
{
  gint64 has_any;

  pairing->state = STATE_UNKNOWN;
  if (!conc_db_get_int (pairing->db,
                        "SELECT EXISTS (SELECT 1 FROM chute) OR "
                        "EXISTS (SELECT 1 FROM tap WHERE chute IS NOT NULL)",
                        &has_any, error))
    return FALSE;
  if (has_any != 0 && !conc_ladder_table_load (pairing->table, error))
    return FALSE;
  pairing->state = has_any != 0 ? STATE_KNOWN : STATE_NONE;
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
  gpointer       subject;

  g_hash_table_iter_init (&iter, pairing->noted);
  while (g_hash_table_iter_next (&iter, &subject, NULL))
    if (!conc_ladder_table_read (pairing->table, subject, error))
      return FALSE;
  return TRUE;
}

/* ------------------------------------------------------------- pairing */

static gboolean
write_tap (ConcPairing *pairing, ConcTableTap *tap, const ConcTableEntry *entry, GError **error)
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
settle_tap (ConcPairing          *pairing,
            ConcTableTap         *tap,
            const ConcTableEntry *entry,
            const Listener       *listener,
            GError              **error)
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
settle_entry (ConcPairing        *pairing,
              ConcTableEntry     *entry,
              const ConcTableTap *tap,
              const Listener     *listener,
              GError            **error)
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
  g_autofree ConcTableEntry **of_taps = g_new0 (ConcTableEntry *, pairing->table->taps->len + 1);

  for (guint i = 0; i < order->len; i++)
    {
      ConcTableEntry *entry = g_ptr_array_index (order, i);
      guint           tap = g_array_index (pairs, guint, i);

      if (tap != CONC_LADDER_NONE)
        of_taps[tap] = entry;
      if (!settle_entry (pairing, entry,
                         tap != CONC_LADDER_NONE ? g_ptr_array_index (pairing->table->taps, tap)
                                                 : NULL,
                         listener, error))
        return FALSE;
    }
  for (guint i = 0; i < pairing->table->taps->len; i++)
    if (!settle_tap (pairing, g_ptr_array_index (pairing->table->taps, i), of_taps[i], listener,
                     error))
      return FALSE;
  return TRUE;
}

static gboolean
pair (ConcPairing *pairing, const Listener *listener, GError **error)
{
  g_autoptr (GPtrArray) order = conc_ladder_table_list_in_order (pairing->table);
  g_autoptr (ConcLadderInput) input = conc_ladder_input_new ();
  g_autoptr (GArray) pairs = NULL;

  conc_ladder_table_fill (pairing->table, order, input);
  pairs = conc_ladder_pair (input);
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
  if (pairing->state == STATE_KNOWN && pairing->table->entries->len == 0)
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
