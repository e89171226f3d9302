/* window.c: plays a window that prints: orders labels, and tells that its main loop goes on. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "spool/spooler.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TICK_MSEC 5
#define ALIVE_TICKS 100

/* What the words after the race ask for, one after the other: "order BIBS PRINTER", "send
 * [PRINTER]", "again", "printed", "cancel" of all that asks. Each is answered by a line, and by one
 * about the queue. "held BIBS PRINTER" is an order during which it is told that the loop goes on.
 */
typedef struct
{
  GMainLoop    *loop;
  ConcRaceFile *file;
  ConcSpooler  *spooler;
  guint         n_ticks; /* left until that is told, 0 for never */
  guint         n_changed;
  char        **script;
  gboolean      is_waiting;
} Window;

static void next_line (Window *window);

static gboolean
tick_cb (gpointer user_data)
{
  Window *window = user_data;

  if (window->n_ticks > 0 && --window->n_ticks == 0)
    {
      printf ("alive\n");
      fflush (stdout);
    }
  return G_SOURCE_CONTINUE;
}

static void
tell_queue (Window *window)
{
  g_autoptr (ConcQueue) queue = conc_spooler_dup_queue (window->spooler);
  guint counts[CONC_QUEUE_FAILED + 1] = { 0 };

  for (guint i = 0; i < queue->items->len; i++)
    counts[((ConcQueueItem *) g_ptr_array_index (queue->items, i))->state]++;
  printf ("queue");
  for (ConcQueueState state = 0; state <= CONC_QUEUE_FAILED; state++)
    printf (" %s=%u", conc_queue_state_to_text (state), counts[state]);
  printf (" asking=%u problem=%s\n", queue->n_asking, queue->problem != NULL ? queue->problem : "");
  fflush (stdout);
}

static gboolean
is_busy (Window *window)
{
  g_autoptr (ConcQueue) queue = conc_spooler_dup_queue (window->spooler);

  if (queue->problem != NULL)
    return FALSE;
  for (guint i = 0; i < queue->items->len; i++)
    {
      ConcQueueState state = ((ConcQueueItem *) g_ptr_array_index (queue->items, i))->state;

      if (state == CONC_QUEUE_SENDING || state == CONC_QUEUE_PRINTING)
        return TRUE;
    }
  return FALSE;
}

static void
changed_cb (ConcSpooler *spooler, gpointer user_data)
{
  Window *window = user_data;

  window->n_changed++;
  if (!window->is_waiting || is_busy (window))
    return;
  window->is_waiting = FALSE;
  tell_queue (window);
  next_line (window);
}

static void
answer (Window *window, const GError *error)
{
  window->n_ticks = 0;
  printf ("%s\n", error != NULL ? error->message : "done");
  fflush (stdout);
  window->is_waiting = TRUE;
}

static void
ordered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcPrintReceipt) receipt =
      conc_spooler_order_finish (CONC_SPOOLER (source), result, &error);

  answer (user_data, error);
}

static void
batched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Window *window = user_data;
  g_autoptr (ConcPrintReceipt) receipt =
      conc_spooler_order_finish (CONC_SPOOLER (source), result, NULL);

  next_line (window);
}

static void
decided_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  conc_spooler_decide_finish (CONC_SPOOLER (source), result, &error);
  answer (user_data, error);
}

static char *
find_runner (Window *window, const char *bib)
{
  g_autoptr (ConcRunner) runner =
      conc_reader_get_runner_by_bib (conc_race_file_get_reader (window->file),
                                     (guint) g_ascii_strtoull (bib, NULL, 10), NULL);

  return g_strdup (conc_runner_get_id (runner));
}

static void
order (Window *window, char **words)
{
  ConcPrintOrder *order = conc_print_order_new (CONC_TO_PRINT_ALL);
  gboolean        is_batch = strcmp (words[0], "batch") == 0;

  if (strcmp (words[0], "desk") == 0)
    order->runner_id = find_runner (window, words[1]);
  else
    order->range = conc_bib_range_parse (words[1], NULL);
  order->printer = g_strdup (words[2]);
  order->operator_name = g_strdup ("Window");
  order->again = g_strdup (is_batch ? "a batch" : NULL);
  window->n_ticks = strcmp (words[0], "held") == 0 ? ALIVE_TICKS : 0;
  conc_spooler_order_async (window->spooler, order, is_batch ? batched_cb : ordered_cb, window);
}

static char **
list_asking (Window *window)
{
  g_autoptr (ConcQueue) queue = conc_spooler_dup_queue (window->spooler);
  GStrvBuilder *builder = g_strv_builder_new ();
  char        **ids;

  for (guint i = 0; i < queue->items->len; i++)
    {
      const ConcQueueItem *item = g_ptr_array_index (queue->items, i);

      if (conc_queue_state_is_asking (item->state))
        g_strv_builder_add (builder, item->print->id);
    }
  ids = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return ids;
}

static void
decide (Window *window, char **words)
{
  static const char *const names[] = { "send", "again", "printed", "cancel", NULL };
  ConcDecision             decision = CONC_DECISION_SEND;
  g_auto (GStrv) ids = NULL;

  while (names[decision] != NULL && strcmp (names[decision], words[0]) != 0)
    decision++;
  g_assert_nonnull (names[decision]);
  if (decision != CONC_DECISION_SEND)
    ids = list_asking (window);
  conc_spooler_decide_async (window->spooler, decision, (const char *const *) ids, words[1],
                             "the window was asked", "Window", decided_cb, window);
}

static void
next_line (Window *window)
{
  const char *line = *window->script;
  g_auto (GStrv) words = NULL;

  if (line == NULL || *line == '\0')
    {
      g_main_loop_quit (window->loop);
      return;
    }
  window->script++;
  words = g_strsplit (line, " ", -1);
  if (strcmp (words[0], "order") == 0 || strcmp (words[0], "batch") == 0 ||
      strcmp (words[0], "desk") == 0 || strcmp (words[0], "held") == 0)
    order (window, words);
  else
    decide (window, words);
}

static gboolean
start_cb (gpointer user_data)
{
  next_line (user_data);
  return G_SOURCE_REMOVE;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcRaceFile) file =
      conc_race_file_open (argv[1], CONC_OPEN_WRITE, conc_clock_get_system (), &error);
  Window window = { .file = file, .script = argv + 2 };
  guint  ticking;

  setlocale (LC_ALL, "");
  if (file == NULL)
    g_error ("%s", error->message);
  window.loop = g_main_loop_new (NULL, FALSE);
  window.spooler = conc_spooler_new (file);
  g_signal_connect (window.spooler, "changed", G_CALLBACK (changed_cb), &window);
  ticking = g_timeout_add (TICK_MSEC, tick_cb, &window);
  g_idle_add (start_cb, &window);
  g_main_loop_run (window.loop);
  g_source_remove (ticking);
  conc_spooler_stop (window.spooler);
  conc_spooler_stop (window.spooler);
  g_assert_finalize_object (window.spooler);
  conc_race_file_close (file);
  g_main_loop_unref (window.loop);
  return 0;
}
