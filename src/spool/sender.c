/* sender.c: Sends labels of the queue to printers, each exactly once unless somebody asks again. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "spool/sender.h"

#include "spool/sender-private.h"

#include <string.h>

#define POLL_USEC (100 * G_TIME_SPAN_MILLISECOND)
#define POLL_SLOWEST_USEC (1000 * G_TIME_SPAN_MILLISECOND)
#define DETAIL_MAX_BYTES 400
/* Enough that a printer never waits for the next label, and few enough to be taken back quickly. */
#define SENT_MAX 12

/**
 * conc_sender_new:
 * @file: the race, open for writing; it is kept open by nobody: end the sender before closing it
 *
 * Returns: (transfer full): a sender that has sent nothing and knows of nothing that was sent;
 *   %NULL when the race cannot be read. Thread: any, and that one from then on.
 */
ConcSender *
conc_sender_new (ConcRaceFile *file, GError **error)
{
  ConcReader *reader = conc_reader_open (conc_race_file_get_path (file), error);
  ConcSender *self;

  if (reader == NULL)
    return NULL;
  self = g_new0 (ConcSender, 1);
  self->file = g_object_ref (file);
  self->reader = reader;
  self->transport = conc_transport_new ();
  self->book = conc_printer_book_load (NULL);
  self->makers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify) conc_label_maker_free);
  self->factories = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                           (GDestroyNotify) conc_label_factory_free);
  self->readiness =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) conc_readiness_free);
  self->sent = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_bundle_free);
  self->news = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_print_free);
  self->unsure = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->unwanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_queue_init (&self->unsent);
  return self;
}

/**
 * conc_sender_free:
 * @self: (nullable): a sender
 *
 * Forgets what was released. What is at the print service goes on there, and is asked about when
 * the next sender recovers; what was not sent is in the queue.
 */
void
conc_sender_free (ConcSender *self)
{
  if (self == NULL)
    return;
  conc_sender_say (self, NULL);
  g_queue_clear_full (&self->unsent, (GDestroyNotify) conc_bundle_free);
  g_ptr_array_unref (self->sent);
  g_ptr_array_unref (self->news);
  g_hash_table_unref (self->makers);
  g_hash_table_unref (self->factories);
  g_hash_table_unref (self->readiness);
  g_hash_table_unref (self->unsure);
  g_hash_table_unref (self->unwanted);
  conc_printer_book_free (self->book);
  conc_transport_free (self->transport);
  conc_reader_close (self->reader);
  g_object_unref (self->file);
  g_free (self->operator_name);
  g_free (self->problem);
  g_free (self);
}

/** conc_sender_set_operator: @operator_name: (nullable): who acts from now on. */
void
conc_sender_set_operator (ConcSender *self, const char *operator_name)
{
  g_free (self->operator_name);
  self->operator_name = g_strdup (operator_name);
}

/** conc_sender_get_station: Returns: (transfer none): whose queue it is. */
const char *
conc_sender_get_station (ConcSender *self)
{
  return conc_race_file_get_station (self->file);
}

/** conc_sender_set_problem: @sentence: (nullable): why nothing comes out now. */
void
conc_sender_set_problem (ConcSender *self, const char *sentence)
{
  if (g_strcmp0 (self->problem, sentence) == 0)
    return;
  g_free (self->problem);
  self->problem = g_strdup (sentence);
}

/* ---------------------------------------------------------------- saying */

static char *
shorten (const char *text)
{
  g_autofree char *cut = NULL;

  if (text == NULL || strlen (text) <= DETAIL_MAX_BYTES)
    return g_strdup (text);
  cut = g_strndup (text, DETAIL_MAX_BYTES);
  /* A letter that was cut through becomes a mark of three bytes. */
  return g_utf8_make_valid (cut, -1);
}

/**
 * conc_sender_tell:
 * @print: a print
 * @state: what became of it
 * @printer: (nullable): where; %NULL when that is as before
 * @detail: (nullable): more about it
 *
 * Notes what goes with the next commit; of one print the last counts.
 */
void
conc_sender_tell (ConcSender      *self,
                  const ConcPrint *print,
                  ConcPrintState   state,
                  const char      *printer,
                  const char      *detail)
{
  ConcPrint *news = conc_print_new ();

  for (guint i = 0; i < self->news->len; i++)
    if (strcmp (((ConcPrint *) g_ptr_array_index (self->news, i))->id, print->id) == 0)
      {
        g_ptr_array_remove_index (self->news, i);
        break;
      }
  news->id = g_strdup (print->id);
  news->state = state;
  news->printer = g_strdup (printer);
  news->detail = shorten (detail);
  g_ptr_array_add (self->news, news);
}

/**
 * conc_sender_say:
 *
 * Commits what was noted. After a failure it stays noted, for the next time.
 *
 * Returns: whether it is durable.
 */
gboolean
conc_sender_say (ConcSender *self, GError **error)
{
  g_autoptr (ConcCommand) command = NULL;
  g_autoptr (ConcReceipt) receipt = NULL;

  if (self->news->len == 0)
    return TRUE;
  command = conc_command_new_prints (CONC_COMMAND_PRINT_STATE,
                                     conc_race_file_get_clock (self->file), self->news);
  command->operator_name = g_strdup (self->operator_name);
  receipt = conc_race_file_submit (self->file, command, error);
  if (receipt == NULL)
    return FALSE;
  g_ptr_array_set_size (self->news, 0);
  return TRUE;
}

/** conc_sender_flush: Returns: whether everything that is known is durable. */
gboolean
conc_sender_flush (ConcSender *self, GError **error)
{
  return conc_sender_say (self, error);
}

/* ---------------------------------------------------------------- making */

/** conc_sender_forget_makers: book, stocks, layouts and settings are read again when needed. */
void
conc_sender_forget_makers (ConcSender *self)
{
  g_hash_table_remove_all (self->makers);
  g_hash_table_remove_all (self->factories);
  g_hash_table_remove_all (self->readiness);
  conc_printer_book_free (self->book);
  self->book = conc_printer_book_load (NULL);
}

/** conc_sender_get_maker: Returns: (transfer none) (nullable): see conc_label_maker_new(). */
ConcLabelMaker *
conc_sender_get_maker (ConcSender *self, const ConcPrint *print, GError **error)
{
  const char      *printer = print->printer != NULL ? print->printer : "";
  const char      *stock = print->stock != NULL ? print->stock : "";
  g_autofree char *key = g_strjoin ("\n", printer, print->layout, stock, NULL);
  ConcLabelMaker  *maker = g_hash_table_lookup (self->makers, key);

  if (maker != NULL)
    return maker;
  maker = conc_label_maker_new (self->book, printer, print->layout, stock, error);
  if (maker != NULL)
    g_hash_table_insert (self->makers, g_steal_pointer (&key), maker);
  return maker;
}

/** conc_sender_get_factory: Returns: (transfer none) (nullable): see conc_label_factory_new(). */
ConcLabelFactory *
conc_sender_get_factory (ConcSender *self, const char *layout, GError **error)
{
  ConcLabelFactory *factory = g_hash_table_lookup (self->factories, layout);

  if (factory != NULL)
    return factory;
  factory = conc_label_factory_new (self->file, self->reader, layout, error);
  if (factory != NULL)
    g_hash_table_insert (self->factories, g_strdup (layout), factory);
  return factory;
}

/* ---------------------------------------------------------------- working */

static guint
count_at (ConcSender *self, const char *printer)
{
  guint count = 0;

  for (guint i = 0; i < self->sent->len; i++)
    count += strcmp (((ConcBundle *) g_ptr_array_index (self->sent, i))->printer, printer) == 0;
  return count;
}

/* The first that can go: one printer that is stopped does not hold up another. */
static ConcBundle *
take_next (ConcSender *self)
{
  for (GList *link = self->unsent.head; link != NULL; link = link->next)
    {
      ConcBundle *bundle = link->data;

      if (count_at (self, bundle->printer) < SENT_MAX &&
          conc_sender_is_ready (self, bundle->printer))
        {
          g_queue_delete_link (&self->unsent, link);
          return bundle;
        }
    }
  return NULL;
}

/* Why nothing comes out now; NULL when nothing is known to be wrong. */
static const char *
get_problem (ConcSender *self)
{
  GHashTableIter iter;
  gpointer       value;

  if (self->problem != NULL)
    return self->problem;
  g_hash_table_iter_init (&iter, self->readiness);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((ConcReadiness *) value)->problem != NULL)
      return ((ConcReadiness *) value)->problem;
  return NULL;
}

static gint64
get_poll_usec (ConcSender *self)
{
  return get_problem (self) != NULL ? POLL_SLOWEST_USEC : POLL_USEC;
}

/* A printer that stopped is told of, also when everything is there already. */
static void
poll_when_due (ConcSender *self)
{
  gint64 now_usec = g_get_monotonic_time ();

  if (self->sent->len == 0 || now_usec - self->polled_usec < get_poll_usec (self))
    return;
  conc_sender_poll (self);
  for (guint i = 0; i < self->sent->len; i++)
    conc_sender_is_ready (self, ((ConcBundle *) g_ptr_array_index (self->sent, i))->printer);
  self->polled_usec = g_get_monotonic_time ();
}

static void
rest_from_work (ConcSender *self)
{
  self->n_done = 0;
  self->n_total = 0;
  conc_sender_set_problem (self, NULL);
  g_hash_table_remove_all (self->readiness);
}

/**
 * conc_sender_step:
 *
 * Does the next thing: asks what became of what was sent, or sends one job.
 *
 * Returns: after how many milliseconds it is to be called again, 0 for at once;
 *   %CONC_SENDER_IDLE when there is nothing to do until something is released.
 */
int
conc_sender_step (ConcSender *self)
{
  g_autoptr (GError) error = NULL;
  ConcBundle *next;

  poll_when_due (self);
  next = take_next (self);
  if (next != NULL)
    return conc_sender_send (self, next) ? 0 : POLL_SLOWEST_USEC / G_TIME_SPAN_MILLISECOND;
  if (!conc_sender_say (self, &error))
    conc_sender_set_problem (self, error->message);
  if (self->sent->len > 0 || self->unsent.length > 0 || self->news->len > 0)
    return (int) (get_poll_usec (self) / G_TIME_SPAN_MILLISECOND);
  rest_from_work (self);
  return CONC_SENDER_IDLE;
}

/** conc_sender_list_unsent: Returns: (transfer full) (element-type ConcPrint): copies of them. */
GPtrArray *
conc_sender_list_unsent (ConcSender *self)
{
  GPtrArray *prints = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_print_free);

  for (GList *link = self->unsent.head; link != NULL; link = link->next)
    {
      const ConcBundle *bundle = link->data;

      for (guint i = 0; i < bundle->prints->len; i++)
        g_ptr_array_add (prints, conc_print_copy (g_ptr_array_index (bundle->prints, i)));
    }
  return prints;
}

/** conc_sender_count_unsent: Returns: labels that were released and are not yet sent. */
guint
conc_sender_count_unsent (ConcSender *self)
{
  guint count = 0;

  for (GList *link = self->unsent.head; link != NULL; link = link->next)
    count += ((ConcBundle *) link->data)->prints->len;
  return count;
}

/** conc_sender_count_sent: Returns: labels that the print service has. */
guint
conc_sender_count_sent (ConcSender *self)
{
  guint count = 0;

  for (guint i = 0; i < self->sent->len; i++)
    count += ((ConcBundle *) g_ptr_array_index (self->sent, i))->prints->len;
  return count;
}

/** conc_sender_count_unwanted: Returns: labels that were cancelled and that the print service has.
 */
guint
conc_sender_count_unwanted (ConcSender *self)
{
  return g_hash_table_size (self->unwanted);
}

/* ---------------------------------------------------------------- the picture */

/** conc_sender_find_sent: Returns: (transfer none) (nullable): the job at the print service. */
ConcBundle *
conc_sender_find_sent (ConcSender *self, const char *id)
{
  for (guint i = 0; i < self->sent->len; i++)
    if (conc_bundle_has (g_ptr_array_index (self->sent, i), id))
      return g_ptr_array_index (self->sent, i);
  return NULL;
}

static GHashTable *
index_unsent (ConcSender *self)
{
  GHashTable *ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (GList *link = self->unsent.head; link != NULL; link = link->next)
    {
      const ConcBundle *bundle = link->data;

      for (guint i = 0; i < bundle->prints->len; i++)
        g_hash_table_add (ids, ((ConcPrint *) g_ptr_array_index (bundle->prints, i))->id);
    }
  return ids;
}

static ConcQueueState
judge (const ConcPrint *print, const ConcBundle *sent, GHashTable *unsent)
{
  if (sent != NULL)
    return CONC_QUEUE_PRINTING;
  if (g_hash_table_contains (unsent, print->id))
    return CONC_QUEUE_SENDING;
  switch (print->state)
    {
    case CONC_PRINT_PRINTING:
      return CONC_QUEUE_UNSURE;
    case CONC_PRINT_FAILED:
      return CONC_QUEUE_FAILED;
    default:
      return CONC_QUEUE_WAITING;
    }
}

static ConcQueueItem *
create_item (ConcSender *self, const ConcPrint *print, GHashTable *unsent)
{
  const ConcBundle *sent = conc_sender_find_sent (self, print->id);
  ConcQueueItem    *item = g_new0 (ConcQueueItem, 1);

  item->print = conc_print_copy (print);
  item->state = judge (print, sent, unsent);
  item->note = g_strdup (sent != NULL ? sent->note : print->detail);
  return item;
}

/**
 * conc_sender_picture:
 *
 * Returns: (transfer full): the queue as it is; %NULL when the race cannot be read.
 */
ConcQueue *
conc_sender_picture (ConcSender *self, GError **error)
{
  g_autoptr (GPtrArray) prints =
      conc_queue_list_open (self->reader, conc_sender_get_station (self), error);
  g_autoptr (GHashTable) unsent = NULL;
  ConcQueue *picture;

  if (prints == NULL)
    return NULL;
  unsent = index_unsent (self);
  picture = conc_queue_new ();
  for (guint i = 0; i < prints->len; i++)
    {
      ConcQueueItem *item = create_item (self, g_ptr_array_index (prints, i), unsent);

      g_ptr_array_add (picture->items, item);
      picture->n_asking += conc_queue_state_is_asking (item->state);
    }
  picture->n_done = self->n_done;
  picture->n_total = self->n_total;
  picture->problem = g_strdup (get_problem (self));
  return picture;
}
