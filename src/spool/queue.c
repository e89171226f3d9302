/* queue.c: The labels of this station that somebody still waits for, as one picture. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "spool/queue.h"

#include "spool/sender-private.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *text;
  const char *title;
  gboolean    is_asking;
} states[] = {
  [CONC_QUEUE_WAITING] = { "waiting", N_ ("Waiting to be sent"), TRUE },
  [CONC_QUEUE_SENDING] = { "sending", N_ ("About to be sent"), FALSE },
  [CONC_QUEUE_PRINTING] = { "printing", N_ ("At the printer"), FALSE },
  [CONC_QUEUE_UNSURE] = { "unsure", N_ ("Perhaps printed"), TRUE },
  [CONC_QUEUE_FAILED] = { "failed", N_ ("Not printed"), TRUE },
};

/** conc_queue_state_get_title: Returns: (transfer none): @state for people. */
const char *
conc_queue_state_get_title (ConcQueueState state)
{
  return _ (states[state].title);
}

/** conc_queue_state_to_text: Returns: (transfer none): @state for scripts. */
const char *
conc_queue_state_to_text (ConcQueueState state)
{
  return states[state].text;
}

/** conc_queue_state_is_asking: Returns: whether somebody has to decide what becomes of it. */
gboolean
conc_queue_state_is_asking (ConcQueueState state)
{
  return states[state].is_asking;
}

/** conc_queue_item_free: @self: (nullable): frees an item and its print. */
void
conc_queue_item_free (ConcQueueItem *self)
{
  if (self == NULL)
    return;
  conc_print_free (self->print);
  g_free (self->note);
  g_free (self);
}

/** conc_queue_new: Returns: (transfer full): a picture in which nothing is yet. */
ConcQueue *
conc_queue_new (void)
{
  ConcQueue *self = g_atomic_rc_box_new0 (ConcQueue);

  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_queue_item_free);
  return self;
}

/** conc_queue_ref: Returns: (transfer full): @self. Thread: any. */
ConcQueue *
conc_queue_ref (ConcQueue *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  ConcQueue *self = data;

  g_ptr_array_unref (self->items);
  g_free (self->problem);
}

/** conc_queue_unref: lets go of a picture. Thread: any. */
void
conc_queue_unref (ConcQueue *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

/* What was printed again is no longer waited for, whatever became of the new one: that is in the
 * queue itself. */
static GHashTable *
index_repeated (GPtrArray *prints)
{
  GHashTable *repeated = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < prints->len; i++)
    {
      const ConcPrint *print = g_ptr_array_index (prints, i);

      if (print->reprint_of != NULL)
        g_hash_table_add (repeated, print->reprint_of);
    }
  return repeated;
}

static gboolean
is_open (const ConcPrint *print, GHashTable *repeated, const char *station)
{
  if (g_strcmp0 (print->station, station) != 0)
    return FALSE;
  return print->state == CONC_PRINT_QUEUED || print->state == CONC_PRINT_PRINTING ||
         (print->state == CONC_PRINT_FAILED && !g_hash_table_contains (repeated, print->id));
}

/**
 * conc_queue_list_open:
 * @station: whose queue
 *
 * Returns: (transfer full) (element-type ConcPrint): what is queued, what is printing, and what
 *   failed and was not printed again, oldest first, maybe none; %NULL when the race cannot be read.
 *   Thread: that of @reader. Reads all prints of the race.
 */
GPtrArray *
conc_queue_list_open (ConcReader *reader, const char *station, GError **error)
{
  g_autoptr (GPtrArray) all = conc_reader_list_prints (reader, NULL, 0, error);
  GPtrArray *open;
  g_autoptr (GHashTable) repeated = NULL;

  if (all == NULL)
    return NULL;
  repeated = index_repeated (all);
  open = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_print_free);
  for (guint i = 0; i < all->len; i++)
    {
      ConcPrint *print = g_ptr_array_index (all, i);

      if (is_open (print, repeated, station))
        g_ptr_array_add (open, conc_print_copy (print));
    }
  return open;
}

/* The part of its batch that is being printed with @print. */
static char *
dup_part_mark (const ConcPrint *print, GPtrArray *open)
{
  g_autoptr (GPtrArray) part = g_ptr_array_new ();

  if (print->batch == NULL)
    return conc_bundle_dup_mark (print->id, NULL);
  for (guint i = 0; i < open->len; i++)
    {
      ConcPrint *other = g_ptr_array_index (open, i);

      if (other->state == CONC_PRINT_PRINTING && g_strcmp0 (other->batch, print->batch) == 0 &&
          g_strcmp0 (other->printer, print->printer) == 0)
        g_ptr_array_add (part, other);
    }
  return conc_bundle_dup_mark (print->batch, part);
}

static ConcJobState
find_job_state (const ConcPrint *print, GPtrArray *open, GPtrArray *jobs)
{
  g_autofree char *alone = conc_bundle_dup_mark (print->id, NULL);
  g_autofree char *part = dup_part_mark (print, open);
  const ConcJob   *newest = NULL;

  for (guint i = 0; jobs != NULL && i < jobs->len; i++)
    {
      const ConcJob *job = g_ptr_array_index (jobs, i);

      if (job->title != NULL &&
          (g_str_has_suffix (job->title, alone) || g_str_has_suffix (job->title, part)) &&
          (newest == NULL || job->id > newest->id))
        newest = job;
    }
  return newest != NULL ? newest->state : CONC_JOB_UNKNOWN;
}

/**
 * conc_queue_judge:
 * @print: one of @open
 * @open: (element-type ConcPrint): those of conc_queue_list_open()
 * @jobs: (nullable) (element-type ConcJob): all jobs of the print service; %NULL when it was not
 *   asked or did not answer
 *
 * Returns: where the label is; of one that was being printed and of which the print service knows
 *   nothing, that it may have come out. Thread: any.
 */
ConcQueueState
conc_queue_judge (const ConcPrint *print, GPtrArray *open, GPtrArray *jobs)
{
  if (print->state == CONC_PRINT_QUEUED)
    return CONC_QUEUE_WAITING;
  if (print->state == CONC_PRINT_FAILED)
    return CONC_QUEUE_FAILED;
  switch (find_job_state (print, open, jobs))
    {
    case CONC_JOB_UNKNOWN:
      return CONC_QUEUE_UNSURE;
    case CONC_JOB_CANCELLED:
    case CONC_JOB_ABORTED:
      return CONC_QUEUE_FAILED;
    default:
      return CONC_QUEUE_PRINTING;
    }
}
