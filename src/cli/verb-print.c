/* verb-print.c: prints labels on a printer of this computer. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verb.h"

#include "cli/print-run.h"
#include "cli/race.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#define MAX_START 1000

/* The options of the verb, as they were given. */
typedef struct
{
  char    *bibs;
  char    *printer;
  char    *stock;
  char    *layout;
  char    *start_text;
  char    *again;
  gboolean is_late;
  gboolean is_changed;
  gboolean is_all;
  gboolean is_zpl;
  gboolean waits;
  gboolean as_json;
} Options;

static void
clear_options (Options *options)
{
  g_free (options->bibs);
  g_free (options->printer);
  g_free (options->stock);
  g_free (options->layout);
  g_free (options->start_text);
  g_free (options->again);
}

/* What is said once about a printer holds until something else is said. */
static gboolean
remember (const ConcPrintOrder *order, const Options *options, GError **error)
{
  g_autofree char *complaint = NULL;
  g_autoptr (ConcPrinterBook) book = conc_printer_book_load (&complaint);
  g_autoptr (ConcPrinterUse) use = NULL;

  if (complaint != NULL)
    conc_complain ("%s", complaint);
  if (order->printer == NULL)
    return TRUE;
  use = conc_printer_book_dup_use (book, order->printer);
  if (conc_printer_book_knows (book, order->printer) && use->stock != NULL &&
      (!options->is_zpl || use->language == CONC_PRINT_ZPL))
    return TRUE;
  if (options->is_zpl)
    use->language = CONC_PRINT_ZPL;
  if (use->stock == NULL)
    use->stock = g_strdup (order->stock);
  conc_printer_book_set_use (book, order->printer, use);
  return conc_printer_book_save (book, error);
}

static ConcPrintOrder *
create_order (const Options *options, gint64 start, GError **error)
{
  g_autoptr (ConcPrintOrder) order =
      conc_print_order_new (options->is_late      ? CONC_TO_PRINT_LATE
                            : options->is_changed ? CONC_TO_PRINT_CHANGED
                                                  : CONC_TO_PRINT_ALL);

  if (options->bibs != NULL)
    {
      order->range = conc_bib_range_parse (options->bibs, error);
      if (order->range == NULL)
        return NULL;
    }
  order->printer = g_strdup (options->printer);
  order->stock = g_strdup (options->stock);
  order->layout = g_strdup (options->layout);
  order->again = g_strdup (options->again);
  order->start_at = (guint) start - 1;
  return g_steal_pointer (&order);
}

/* That nobody is late, or nothing has changed, is what a script hopes for. */
static ConcExit
tell_nothing (const Options *options, const GError *error)
{
  if (!g_error_matches (error, CONC_SPOOL_ERROR, CONC_SPOOL_ERROR_NOTHING) ||
      (!options->is_late && !options->is_changed))
    return conc_failed (error);
  if (options->as_json)
    printf ("{\"queued\":0,\"left_out\":0,\"waiting\":0,\"sent\":0,\"printed\":0,\"failed\":0,"
            "\"problem\":null,\"prints\":[]}\n");
  else
    printf ("%s\n", error->message);
  return CONC_EXIT_DONE;
}

static ConcExit
print_order (ConcRaceFile *file, ConcPrintOrder *order, const Options *options)
{
  g_autoptr (GError) error = NULL;
  ConcExit status = CONC_EXIT_DONE;
  g_autoptr (ConcSender) sender = conc_print_open (file, &status);
  g_autoptr (ConcPrintReceipt) receipt = NULL;

  if (sender == NULL)
    return status;
  receipt = conc_sender_order (sender, order, &error);
  if (receipt == NULL)
    return tell_nothing (options, error);
  return conc_print_run (sender, conc_race_file_get_reader (file), receipt->prints,
                         &(const ConcPrintWait){ options->waits, options->as_json },
                         receipt->n_before);
}

static ConcExit
run (ConcCall *call, const Options *options, gint64 start)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcPrintOrder) order = NULL;
  g_autoptr (ConcRaceFile) file = NULL;
  ConcExit status;

  if (options->bibs == NULL && !options->is_late && !options->is_changed && !options->is_all)
    return conc_call_misused (call,
                              _ ("Say which labels: --bibs 1-200, --late, --changed or --all."));
  if (options->is_late + options->is_changed + options->is_all > 1)
    return conc_call_misused (call, _ ("Give one of --late, --changed and --all."));
  order = create_order (options, start, &error);
  if (order == NULL)
    return conc_misused (error);
  if (!remember (order, options, &error))
    return conc_failed (error);
  file = conc_race_open_for_writing (call->args[0], &status);
  if (file == NULL)
    return status;
  status = print_order (file, order, options);
  conc_race_file_close (file);
  return status;
}

static ConcExit
parse_and_run (ConcCall *call, Options *options)
{
  const GOptionEntry entries[] = {
    { "bibs", 0, 0, CONC_OPTION_TEXT, &options->bibs, N_ ("only these, like 1-100,205"), "BIBS" },
    { "late", 0, 0, G_OPTION_ARG_NONE, &options->is_late,
      N_ ("late entries: who has no such label yet"), NULL },
    { "changed", 0, 0, G_OPTION_ARG_NONE, &options->is_changed,
      N_ ("labels on which something has changed since they were printed"), NULL },
    { "all", 0, 0, G_OPTION_ARG_NONE, &options->is_all, N_ ("everybody who has a bib"), NULL },
    { "printer", 0, 0, CONC_OPTION_TEXT, &options->printer,
      N_ ("the printer; the one of this station when not given"), "NAME" },
    { "zpl", 0, 0, G_OPTION_ARG_NONE, &options->is_zpl,
      N_ ("the printer understands ZPL, from now on"), NULL },
    { "stock", 0, 0, CONC_OPTION_TEXT, &options->stock,
      N_ ("the sheets or the roll in the printer"), "NAME" },
    { "layout", 0, 0, CONC_OPTION_TEXT, &options->layout,
      N_ ("what is printed; bib-label when not given"), "NAME" },
    { "start-at", 0, 0, CONC_OPTION_TEXT, &options->start_text,
      N_ ("the first free label of a sheet used before"), "K" },
    { "again", 0, 0, CONC_OPTION_TEXT, &options->again,
      N_ ("prints again what was printed before, and why"), "REASON" },
    { "wait", 0, 0, G_OPTION_ARG_NONE, &options->waits, N_ ("waits until all came out"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->as_json, N_ ("writes JSON"), NULL },
    { NULL },
  };
  gint64   start = 1;
  ConcExit status;

  if (!conc_call_parse (call, entries, 1, 1, &status))
    return status;
  if (!conc_call_parse_number ("start-at", options->start_text, 1, MAX_START, &start))
    return CONC_EXIT_USAGE;
  return run (call, options, start);
}

ConcExit
conc_verb_print (ConcCall *call)
{
  Options  options = { NULL };
  ConcExit status = parse_and_run (call, &options);

  clear_options (&options);
  return status;
}
