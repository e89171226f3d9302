/* print-order.c: Chooses the labels that somebody wants and puts them into the queue. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "spool/print-order.h"

#include "print/layout.h"
#include "spool/label-factory.h"
#include "spool/label-maker.h"
#include "store/random.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define START_MAX 1000

/** conc_print_order_new: Returns: (transfer full): an order with nothing chosen but @which. */
ConcPrintOrder *
conc_print_order_new (ConcToPrint which)
{
  ConcPrintOrder *self = g_new0 (ConcPrintOrder, 1);

  self->which = which;
  return self;
}

/** conc_print_order_free: @self: (nullable): frees an order. */
void
conc_print_order_free (ConcPrintOrder *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->range, conc_bib_range_free);
  g_free (self->runner_id);
  g_free (self->printer);
  g_free (self->layout);
  g_free (self->stock);
  g_free (self->again);
  g_free (self->operator_name);
  g_free (self);
}

/** conc_print_receipt_free: @self: (nullable): frees a receipt. */
void
conc_print_receipt_free (ConcPrintReceipt *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->prints);
  g_free (self);
}

static const char *
first_of (const char *a, const char *b)
{
  return a != NULL ? a : b;
}

/**
 * conc_print_order_complete:
 * @book: what is known about the printers of this computer
 *
 * Fills in printer, layout and stock where they were not chosen.
 *
 * Returns: whether all are known; if not, %CONC_SPOOL_ERROR_NO_PRINTER with a sentence that says
 *   what has to be chosen. Thread: any.
 */
gboolean
conc_print_order_complete (ConcPrintOrder *self, ConcPrinterBook *book, GError **error)
{
  g_autoptr (ConcPrinterUse) use = NULL;

  if (self->printer == NULL)
    self->printer =
        conc_printer_book_dup_printer (book, first_of (self->layout, CONC_LAYOUT_DEFAULT));
  if (self->printer == NULL)
    {
      g_set_error_literal (error, CONC_SPOOL_ERROR, CONC_SPOOL_ERROR_NO_PRINTER,
                           _ ("No printer was chosen for these labels at this station."));
      return FALSE;
    }
  use = conc_printer_book_dup_use (book, self->printer);
  if (self->layout == NULL)
    self->layout = g_strdup (first_of (use->layout, CONC_LAYOUT_DEFAULT));
  if (self->stock == NULL)
    self->stock = g_strdup (use->stock);
  if (self->stock == NULL)
    g_set_error (error, CONC_SPOOL_ERROR, CONC_SPOOL_ERROR_NO_PRINTER,
                 _ ("It is not known which labels are in the printer “%s”: choose the stock."),
                 self->printer);
  return self->stock != NULL;
}

/* ---------------------------------------------------------------- choosing */

/* One that failed may have come out: as long as the queue asks, it counts. */
static gboolean
is_counted (const ConcPrint *print, GHashTable *repeated)
{
  return print->runner_id != NULL && print->state != CONC_PRINT_CANCELLED &&
         (print->state != CONC_PRINT_FAILED || !g_hash_table_contains (repeated, print->id));
}

/* The newest print of each runner in this layout that came out, is about to, or asks. */
static GHashTable *
index_prints (GPtrArray *prints, const char *layout)
{
  GHashTable *newest = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) repeated = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < prints->len; i++)
    {
      ConcPrint *print = g_ptr_array_index (prints, i);

      if (print->reprint_of != NULL)
        g_hash_table_add (repeated, print->reprint_of);
    }
  for (guint i = 0; i < prints->len; i++)
    {
      ConcPrint *print = g_ptr_array_index (prints, i);

      if (g_strcmp0 (print->layout, layout) == 0 && is_counted (print, repeated))
        g_hash_table_insert (newest, print->runner_id, print);
    }
  return newest;
}

static gboolean
is_wanted (const ConcPrintOrder *self, const ConcPrint *before, const char *content)
{
  switch (self->which)
    {
    case CONC_TO_PRINT_LATE:
      return before == NULL;
    case CONC_TO_PRINT_CHANGED:
      return before != NULL && before->state != CONC_PRINT_FAILED &&
             g_strcmp0 (before->content, content) != 0;
    case CONC_TO_PRINT_ALL:
    default:
      return before == NULL || self->again != NULL;
    }
}

static const char *
get_reason (const ConcPrintOrder *self)
{
  if (self->again != NULL)
    return self->again;
  return _ ("changed since it was printed");
}

static ConcPrint *
create_print (const ConcPrintOrder *self,
              const ConcRunner     *runner,
              const ConcPrint      *before,
              const char           *content,
              const char           *batch)
{
  ConcPrint *print = conc_print_new ();

  print->runner_id = g_strdup (conc_runner_get_id (runner));
  print->bib = conc_runner_get_bib (runner);
  print->layout = g_strdup (self->layout);
  print->stock = g_strdup (self->stock);
  print->printer = g_strdup (self->printer);
  print->batch = g_strdup (batch);
  print->content = g_strdup (content);
  if (before != NULL)
    {
      print->reprint_of = g_strdup (before->id);
      print->reason = g_strdup (get_reason (self));
    }
  return print;
}

static int
compare_bibs (gconstpointer a, gconstpointer b)
{
  guint first = conc_runner_get_bib (*(const ConcRunner *const *) a);
  guint second = conc_runner_get_bib (*(const ConcRunner *const *) b);

  return (first > second) - (first < second);
}

/* In the order of their bibs, in which they are handed out. */
static GPtrArray *
list_runners (const ConcPrintOrder *self, ConcReader *reader, GError **error)
{
  GPtrArray  *runners;
  ConcRunner *runner;

  if (self->runner_id == NULL)
    {
      runners = conc_reader_list_runners (reader, error);
      if (runners != NULL)
        g_ptr_array_sort (runners, compare_bibs);
      return runners;
    }
  runner = conc_reader_get_runner (reader, self->runner_id, error);
  if (runner == NULL)
    return NULL;
  runners = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_runner_free);
  g_ptr_array_add (runners, runner);
  return runners;
}

static gboolean
is_coming (const ConcRunner *runner)
{
  const char *attendance = conc_runner_get (runner, CONC_FIELD_ATTENDANCE);

  return !conc_runner_get_virtual (runner) &&
         g_strcmp0 (attendance, CONC_ATTENDANCE_TRANSFERRED) != 0 &&
         g_strcmp0 (attendance, CONC_ATTENDANCE_DEFERRED) != 0;
}

static gboolean
is_meant (const ConcPrintOrder *self, const ConcRunner *runner)
{
  guint bib = conc_runner_get_bib (runner);

  return bib != 0 && (self->runner_id != NULL || is_coming (runner)) &&
         (self->range == NULL || conc_bib_range_contains (self->range, bib));
}

/* What an order is made from. */
typedef struct
{
  ConcLabelFactory *factory;
  GHashTable       *newest;
  char             *batch;
} Choice;

static void
choose (const ConcPrintOrder *self,
        const Choice         *choice,
        GPtrArray            *runners,
        ConcPrintReceipt     *receipt)
{
  for (guint i = 0; i < runners->len; i++)
    {
      const ConcRunner *runner = g_ptr_array_index (runners, i);
      const ConcPrint  *before;
      g_autoptr (ConcLabel) label = NULL;
      g_autofree char *content = NULL;

      if (!is_meant (self, runner))
        continue;
      before = g_hash_table_lookup (choice->newest, conc_runner_get_id (runner));
      label = conc_label_factory_make (choice->factory, runner);
      content = conc_label_factory_dup_content (choice->factory, label);
      if (is_wanted (self, before, content))
        g_ptr_array_add (receipt->prints,
                         create_print (self, runner, before, content, choice->batch));
      else if (before != NULL)
        receipt->n_before++;
    }
}

static gboolean
choose_from_race (const ConcPrintOrder *self,
                  ConcRaceFile         *file,
                  ConcReader           *reader,
                  ConcPrintReceipt     *receipt,
                  GError              **error)
{
  g_autoptr (ConcLabelFactory) factory = conc_label_factory_new (file, reader, self->layout, error);
  g_autoptr (GPtrArray) prints =
      factory != NULL ? conc_reader_list_prints (reader, NULL, 0, error) : NULL;
  g_autoptr (GPtrArray) runners = prints != NULL ? list_runners (self, reader, error) : NULL;
  g_autofree char *id = runners != NULL ? conc_random_id (CONC_BATCH_LETTERS, error) : NULL;
  g_autofree char *batch = g_strdup_printf ("%s-%u", id, self->start_at + 1);
  g_autoptr (GHashTable) newest = NULL;

  if (id == NULL)
    return FALSE;
  newest = index_prints (prints, self->layout);
  choose (self, &(const Choice){ factory, newest, batch }, runners, receipt);
  return TRUE;
}

/* ---------------------------------------------------------------- queueing */

/**
 * conc_prints_queue:
 * @prints: (element-type ConcPrint): what is wanted; they get their names
 * @operator_name: (nullable): who wants it
 *
 * Puts prints into the queue of this station in one commit: all of them or none.
 *
 * Returns: whether it is durable. Thread: any; waits for the disk.
 */
gboolean
conc_prints_queue (GPtrArray *prints, ConcRaceFile *file, const char *operator_name, GError **error)
{
  g_autoptr (ConcCommand) command =
      conc_command_new_prints (CONC_COMMAND_PRINT, conc_race_file_get_clock (file), prints);
  g_autoptr (ConcReceipt) receipt = NULL;

  command->operator_name = g_strdup (operator_name);
  receipt = conc_race_file_submit (file, command, error);
  if (receipt == NULL)
    return FALSE;
  for (guint i = 0; i < prints->len; i++)
    {
      ConcPrint *print = g_ptr_array_index (prints, i);

      print->id = g_strdup (g_ptr_array_index (receipt->print_ids, i));
      g_free (print->station);
      print->station = g_strdup (conc_race_file_get_station (file));
    }
  return TRUE;
}

static gboolean
check_start (const ConcPrintOrder *self, ConcLabelMaker *maker, GError **error)
{
  const ConcStock *stock = conc_label_maker_get_stock (maker);

  if (self->start_at < conc_stock_get_count (stock))
    return TRUE;
  g_set_error (error, CONC_SPOOL_ERROR, CONC_SPOOL_ERROR_NOTHING,
               _ ("Printing cannot start at label %u: a page of %s has %u."), self->start_at + 1,
               stock->title, conc_stock_get_count (stock));
  return FALSE;
}

static void
set_nothing (const ConcPrintOrder *self, guint n_before, GError **error)
{
  g_set_error_literal (error, CONC_SPOOL_ERROR, CONC_SPOOL_ERROR_NOTHING,
                       n_before > 0 && self->which == CONC_TO_PRINT_CHANGED
                           ? _ ("Nothing has changed on these labels since they were printed.")
                       : n_before > 0
                           ? _ ("All of these labels were printed already, or are in the queue.")
                       : self->which == CONC_TO_PRINT_CHANGED
                           ? _ ("None of these labels was printed before.")
                           : _ ("No runner has one of these bibs, so there is no label."));
}

/**
 * conc_print_order_queue:
 * @book: what is known about the printers of this computer
 * @file: the race, open for writing
 * @reader: a connection to it of this thread
 *
 * Puts the labels into the queue of this station, durably and all at once. Labels that were printed
 * before, by whichever station, or that are in a queue, are left out unless they changed or the
 * order says why they are wanted again; one that failed may have come out, so it is left out as
 * long as the queue asks about it. Who does not come is in no batch. Nothing is sent to a printer.
 *
 * Returns: (transfer full): what is in the queue now; %NULL with %CONC_SPOOL_ERROR_NOTHING when
 *   there is nothing to print, %CONC_SPOOL_ERROR_NO_PRINTER when something has to be chosen first,
 *   or errors of store and print; nothing is queued then. Thread: that of @reader; waits for the
 *   disk.
 */
ConcPrintReceipt *
conc_print_order_queue (ConcPrintOrder  *self,
                        ConcPrinterBook *book,
                        ConcRaceFile    *file,
                        ConcReader      *reader,
                        GError         **error)
{
  g_autoptr (ConcPrintReceipt) receipt = g_new0 (ConcPrintReceipt, 1);
  g_autoptr (ConcLabelMaker) maker = NULL;

  receipt->prints = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_print_free);
  if (!conc_print_order_complete (self, book, error))
    return NULL;
  maker = conc_label_maker_new (book, self->printer, self->layout, self->stock, error);
  if (maker == NULL || !check_start (self, maker, error) ||
      !choose_from_race (self, file, reader, receipt, error))
    return NULL;
  if (receipt->prints->len == 0)
    {
      set_nothing (self, receipt->n_before, error);
      return NULL;
    }
  return conc_prints_queue (receipt->prints, file, self->operator_name, error)
             ? g_steal_pointer (&receipt)
             : NULL;
}

/**
 * conc_print_batch_get_start:
 * @batch: (nullable): the name of a batch
 *
 * The place is a part of the name, because a batch of sheets that waits through a crash must not be
 * printed over labels that are used.
 *
 * Returns: the place on its first sheet at which it begins, from 0. Thread: any.
 */
guint
conc_print_batch_get_start (const char *batch)
{
  const char *dash = batch != NULL ? strrchr (batch, '-') : NULL;
  guint64     start;

  if (dash == NULL || !g_ascii_string_to_unsigned (dash + 1, 10, 1, START_MAX, &start, NULL))
    return 0;
  return (guint) start - 1;
}
