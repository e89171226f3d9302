/* tap-list.c: the taps of a race as a list that follows the race file, row by row. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/timing/tap-list.h"

/* Changes are gathered for this long, so that a burst of taps is read once a frame. */
#define GATHER_MSEC 30

struct _ConcTapList
{
  GObject parent_instance;

  /* owned */
  ConcSession *session;
  GListStore  *rows;    /* of ConcTapRow, by time */
  GHashTable  *by_fact; /* fact -> ConcTapRow, borrowed from @rows */
  GHashTable  *changed; /* facts to read again */
  GQueue       saving;  /* of ConcTapRow, in the order of submission */

  /* state */
  guint    gather_source;
  gboolean wants_all;
  gboolean has_moved; /* a row is not where its time belongs */
};

enum
{
  UPDATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConcTapList, conc_tap_list, G_TYPE_OBJECT)

/* Where a tap of this time belongs; taps come nearly always at the end. */
static guint
find_place (ConcTapList *self, gint64 at_usec)
{
  guint place = g_list_model_get_n_items (G_LIST_MODEL (self->rows));

  for (; place > 0; place--)
    {
      g_autoptr (ConcTapRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), place - 1);

      if (conc_tap_row_get_at_usec (row) <= at_usec)
        break;
    }
  return place;
}

static void
insert_row (ConcTapList *self, ConcTapRow *row)
{
  conc_tap_list_describe_row (self, row);
  g_list_store_insert (self->rows, find_place (self, conc_tap_row_get_at_usec (row)), row);
}

/* The commit may be announced before its command is done: the row is there already, with the time
 * of this station. */
static ConcTapRow *
find_saving (ConcTapList *self, gint64 raw_usec)
{
  for (GList *l = self->saving.head; l != NULL; l = l->next)
    if (conc_tap_row_get_fact (l->data) == NULL && conc_tap_row_get_raw_usec (l->data) == raw_usec)
      return l->data;
  return NULL;
}

static void
take_tap (ConcTapList *self, const ConcTap *tap)
{
  ConcTapRow *row = g_hash_table_lookup (self->by_fact, tap->fact);
  gboolean    is_known = row != NULL;
  g_autoptr (ConcTapRow) fresh = NULL;

  if (!is_known)
    row = find_saving (self, tap->raw_usec);
  if (row != NULL)
    {
      self->has_moved = self->has_moved || conc_tap_row_get_at_usec (row) != tap->at_usec;
      conc_tap_row_set_tap (row, tap);
      conc_tap_list_describe_row (self, row);
    }
  else
    {
      row = fresh = conc_tap_row_new (tap);
      insert_row (self, row);
    }
  if (!is_known)
    g_hash_table_insert (self->by_fact, g_strdup (tap->fact), row);
}

static int
compare_rows (gconstpointer a, gconstpointer b, gpointer user_data)
{
  gint64 a_usec = conc_tap_row_get_at_usec ((ConcTapRow *) a);
  gint64 b_usec = conc_tap_row_get_at_usec ((ConcTapRow *) b);

  return (a_usec > b_usec) - (a_usec < b_usec);
}

/* The clock of a station was measured, and its taps count as other times than before. */
static void
sort_moved (ConcTapList *self)
{
  if (self->has_moved)
    g_list_store_sort (self->rows, compare_rows, NULL);
  self->has_moved = FALSE;
}

/* Everything at once, so that a view is told once. */
static void
fill (ConcTapList *self, GPtrArray *taps)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < taps->len; i++)
    {
      const ConcTap *tap = taps->pdata[i];
      ConcTapRow    *row = conc_tap_row_new (tap);

      conc_tap_list_describe_row (self, row);
      g_ptr_array_add (rows, row);
      g_hash_table_insert (self->by_fact, g_strdup (tap->fact), row);
    }
  g_list_store_splice (self->rows, 0, 0, rows->pdata, rows->len);
}

/* A tap that was undone is no longer among those that stand. */
static void
remove_missing (ConcTapList *self, GPtrArray *taps)
{
  g_autoptr (GHashTable) standing = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < taps->len; i++)
    g_hash_table_add (standing, ((ConcTap *) taps->pdata[i])->fact);
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->rows)); i-- > 0;)
    {
      g_autoptr (ConcTapRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), i);
      const char *fact = conc_tap_row_get_fact (row);

      if (fact == NULL || g_hash_table_contains (standing, fact))
        continue;
      g_hash_table_remove (self->by_fact, fact);
      g_list_store_remove (self->rows, i);
    }
}

static void
read_everything (ConcTapList *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) taps =
      conc_reader_list_taps (conc_session_get_reader (self->session), 0, &error);

  self->wants_all = FALSE;
  g_hash_table_remove_all (self->changed);
  if (taps == NULL)
    {
      conc_session_fail (self->session, error->message);
      return;
    }
  if (g_list_model_get_n_items (G_LIST_MODEL (self->rows)) == 0)
    {
      fill (self, taps);
      return;
    }
  remove_missing (self, taps);
  for (guint i = 0; i < taps->len; i++)
    take_tap (self, taps->pdata[i]);
  sort_moved (self);
}

/* The tap was undone. */
static void
remove_tap (ConcTapList *self, const char *fact)
{
  ConcTapRow *row = g_hash_table_lookup (self->by_fact, fact);
  guint       position;

  if (row == NULL)
    return;
  position = conc_tap_list_find_position (self, row);
  g_hash_table_remove (self->by_fact, fact);
  if (position != G_MAXUINT)
    g_list_store_remove (self->rows, position);
}

static void
read_changed (ConcTapList *self)
{
  ConcReader    *reader = conc_session_get_reader (self->session);
  GHashTableIter iter;
  gpointer       fact;

  g_hash_table_iter_init (&iter, self->changed);
  while (g_hash_table_iter_next (&iter, &fact, NULL))
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ConcTap) tap = conc_reader_get_tap (reader, fact, &error);

      if (tap != NULL)
        take_tap (self, tap);
      else if (error == NULL)
        remove_tap (self, fact);
      else
        conc_session_fail (self->session, error->message);
    }
  g_hash_table_remove_all (self->changed);
  sort_moved (self);
}

static gboolean
gather_cb (gpointer user_data)
{
  ConcTapList *self = user_data;

  self->gather_source = 0;
  if (self->wants_all)
    read_everything (self);
  else if (g_hash_table_size (self->changed) > 0)
    read_changed (self);
  g_signal_emit (self, signals[UPDATED], 0);
  return G_SOURCE_REMOVE;
}

/* A tap is its own subject. A runner's new name or bib may stand in any row. */
static void
session_changed_cb (ConcSession *session, guint what, char **subjects, ConcTapList *self)
{
  ConcFactId id;

  if ((what & (CONC_CHANGED_TIMING | CONC_CHANGED_RUNNERS | CONC_CHANGED_SETTINGS)) == 0)
    return;
  if (subjects == NULL || (what & CONC_CHANGED_RUNNERS) != 0)
    self->wants_all = TRUE;
  for (char **subject = subjects; subject != NULL && *subject != NULL; subject++)
    if (conc_fact_id_parse (*subject, &id))
      g_hash_table_add (self->changed, g_strdup (*subject));
  if (self->gather_source == 0)
    self->gather_source = g_timeout_add (GATHER_MSEC, gather_cb, self);
}

/* Commands are done in the order in which they were given. */
static void
tap_done_cb (ConcSession *session, ConcReceipt *receipt, const GError *error, gpointer user_data)
{
  ConcTapList *self = user_data;
  g_autoptr (ConcTapRow) row = g_queue_pop_head (&self->saving);
  g_autofree char *fact = NULL;
  ConcTap          tap = { .source = (char *) "key" };

  if (row == NULL)
    return;
  if (receipt == NULL)
    {
      conc_tap_row_set_failed (row, error->message);
      return;
    }
  fact = conc_fact_id_to_text (&receipt->fact);
  if (g_hash_table_contains (self->by_fact, fact))
    return;
  tap.fact = fact;
  tap.at_usec = receipt->at_usec;
  tap.raw_usec = conc_tap_row_get_raw_usec (row);
  conc_tap_row_set_tap (row, &tap);
  conc_tap_list_describe_row (self, row);
  g_hash_table_insert (self->by_fact, g_strdup (fact), row);
  g_signal_emit (self, signals[UPDATED], 0);
}

static void
conc_tap_list_dispose (GObject *object)
{
  ConcTapList *self = CONC_TAP_LIST (object);

  g_clear_handle_id (&self->gather_source, g_source_remove);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  g_queue_clear_full (&self->saving, g_object_unref);
  G_OBJECT_CLASS (conc_tap_list_parent_class)->dispose (object);
}

static void
conc_tap_list_finalize (GObject *object)
{
  ConcTapList *self = CONC_TAP_LIST (object);

  g_hash_table_unref (self->by_fact);
  g_hash_table_unref (self->changed);
  g_object_unref (self->rows);
  G_OBJECT_CLASS (conc_tap_list_parent_class)->finalize (object);
}

static void
conc_tap_list_class_init (ConcTapListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = conc_tap_list_dispose;
  object_class->finalize = conc_tap_list_finalize;

  signals[UPDATED] = g_signal_new ("updated", CONC_TYPE_TAP_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
conc_tap_list_init (ConcTapList *self)
{
  self->rows = g_list_store_new (CONC_TYPE_TAP_ROW);
  self->by_fact = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->changed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_queue_init (&self->saving);
}

/* Reads all taps of the race and follows it. */
ConcTapList *
conc_tap_list_new (ConcSession *session)
{
  ConcTapList *self = g_object_new (CONC_TYPE_TAP_LIST, NULL);

  self->session = g_object_ref (session);
  g_signal_connect (session, "changed", G_CALLBACK (session_changed_cb), self);
  read_everything (self);
  return self;
}

/* (transfer none) */
GListModel *
conc_tap_list_get_model (ConcTapList *self)
{
  return G_LIST_MODEL (self->rows);
}

/* Shows the tap at once and says when it is on disk. Takes @command. */
void
conc_tap_list_submit (ConcTapList *self, ConcCommand *command)
{
  ConcSteadyClock *steady = conc_race_file_get_steady_clock (conc_session_get_file (self->session));
  gint64           at_usec = command->at_usec + conc_steady_clock_get_shift (steady);
  ConcTapRow      *row = conc_tap_row_new_saving (at_usec, command->at_usec);

  insert_row (self, row);
  g_queue_push_tail (&self->saving, row);
  conc_session_submit (self->session, command, tap_done_cb, self);
}

/* (transfer full) (nullable): the tap that gets the next bib. */
ConcTapRow *
conc_tap_list_find_oldest_waiting (ConcTapList *self)
{
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->rows));

  for (guint i = 0; i < n_rows; i++)
    {
      g_autoptr (ConcTapRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), i);

      if (conc_tap_row_get_bib (row) == 0 && conc_tap_row_get_state (row) != CONC_TAP_FAILED)
        return g_steal_pointer (&row);
    }
  return NULL;
}

/* From 0; G_MAXUINT when it is not in the list. */
guint
conc_tap_list_find_position (ConcTapList *self, ConcTapRow *row)
{
  guint position;

  return g_list_store_find (self->rows, row, &position) ? position : G_MAXUINT;
}

/* How many taps are at @since_usec or later. */
guint
conc_tap_list_count_since (ConcTapList *self, gint64 since_usec)
{
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->rows));
  guint i = n_rows;

  for (; i > 0; i--)
    {
      g_autoptr (ConcTapRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), i - 1);

      if (conc_tap_row_get_at_usec (row) < since_usec)
        break;
    }
  return n_rows - i;
}

/* Says anew what became of @row; for the rows in view when others changed. */
void
conc_tap_list_describe_row (ConcTapList *self, ConcTapRow *row)
{
  conc_tap_row_describe (row, conc_session_get_scoreboard (self->session),
                         conc_session_get_zone (self->session));
}
