/* printers.c: The printers of this computer and how they are. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "spool/printers.h"

#include "spool/ipp-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char *const printer_attributes[] = {
  "printer-name",          "printer-info",
  "printer-location",      "printer-make-and-model",
  "printer-state",         "printer-state-reasons",
  "printer-state-message", "printer-is-accepting-jobs",
  "printer-type",          "device-uri",
};

/* What printers say they lack, in the order of how much it matters. The keywords are those of RFC
 * 8011 and of the IANA registry of printer-state-reasons, without their severity. */
static const struct
{
  const char *keyword;
  const char *text;
} reasons[] = {
  { "media-jam", N_ ("paper is jammed") },
  { "media-empty", N_ ("out of paper") },
  { "media-needed", N_ ("out of paper") },
  { "input-tray-missing", N_ ("the paper tray is missing") },
  { "cover-open", N_ ("a cover is open") },
  { "door-open", N_ ("a door is open") },
  { "interlock-open", N_ ("a cover is open") },
  { "marker-supply-empty", N_ ("out of ink or ribbon") },
  { "toner-empty", N_ ("out of toner") },
  { "offline", N_ ("not reachable: is it plugged in and switched on?") },
  { "shutdown", N_ ("switched off") },
  { "connecting-to-device", N_ ("not reachable yet: is it plugged in and switched on?") },
  { "timed-out", N_ ("it does not answer") },
  { "spool-area-full", N_ ("the disk of the print service is full") },
  { "cups-missing-filter", N_ ("its driver is not installed") },
  { "cups-insecure-filter", N_ ("its driver is not installed right") },
  { "other", N_ ("it reports a fault") },
};

/* "media-empty-error" and "media-empty" are one. */
static gboolean
is_keyword (const char *said, const char *keyword)
{
  gsize length = strlen (keyword);

  return strncmp (said, keyword, length) == 0 &&
         (said[length] == '\0' || strcmp (said + length, "-error") == 0 ||
          strcmp (said + length, "-warning") == 0 || strcmp (said + length, "-report") == 0);
}

/**
 * conc_printer_reason_to_text:
 * @keyword: what a printer says it lacks, such as "media-empty-error"
 *
 * Returns: (transfer none) (nullable): the same in words; %NULL for what needs nobody, and for
 *   what is not known. Thread: any. Source: RFC 8011, 5.4.12.
 */
const char *
conc_printer_reason_to_text (const char *keyword)
{
  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (is_keyword (keyword, reasons[i].keyword))
      return _ (reasons[i].text);
  return NULL;
}

static gsize
rank_reason (const char *keyword)
{
  gsize rank = 0;

  while (rank < G_N_ELEMENTS (reasons) && !is_keyword (keyword, reasons[rank].keyword))
    rank++;
  return rank;
}

static char *
choose_reason (ipp_attribute_t *attribute)
{
  gsize       best = G_N_ELEMENTS (reasons);
  const char *chosen = NULL;

  for (int i = 0; i < ippGetCount (attribute); i++)
    {
      const char *keyword = ippGetString (attribute, i, NULL);

      if (keyword != NULL && rank_reason (keyword) < best)
        {
          best = rank_reason (keyword);
          chosen = keyword;
        }
    }
  return chosen != NULL ? g_strdup (conc_printer_reason_to_text (chosen)) : NULL;
}

static gboolean
sounds_like_zpl (const char *text)
{
  g_autofree char *folded = text != NULL ? g_ascii_strdown (text, -1) : NULL;

  return folded != NULL && (strstr (folded, "zebra") != NULL || strstr (folded, "zpl") != NULL);
}

/* Everything but what its state says. */
static void
read_text (ConcPrinter *printer, const char *name, ipp_attribute_t *attribute)
{
  g_autofree char *text = conc_ipp_dup_text (attribute);

  if (strcmp (name, "printer-name") == 0)
    printer->name = g_steal_pointer (&text);
  else if (strcmp (name, "printer-info") == 0)
    printer->title = g_steal_pointer (&text);
  else if (strcmp (name, "printer-location") == 0)
    printer->place = g_steal_pointer (&text);
  else if (strcmp (name, "device-uri") == 0)
    printer->speaks_zpl = printer->speaks_zpl || sounds_like_zpl (text);
  else if (strcmp (name, "printer-make-and-model") == 0)
    {
      printer->speaks_zpl = printer->speaks_zpl || sounds_like_zpl (text);
      printer->model = g_steal_pointer (&text);
    }
}

static void
read_attribute (ConcPrinter *printer, ipp_attribute_t *attribute, char **message)
{
  const char *name = ippGetName (attribute);

  switch (ippGetValueTag (attribute))
    {
    case IPP_TAG_ENUM:
      if (strcmp (name, "printer-state") == 0)
        {
          printer->is_stopped = ippGetInteger (attribute, 0) == IPP_PSTATE_STOPPED;
          printer->is_busy = ippGetInteger (attribute, 0) == IPP_PSTATE_PROCESSING;
        }
      else if (strcmp (name, "printer-type") == 0)
        printer->is_default = (ippGetInteger (attribute, 0) & (int) CUPS_PRINTER_DEFAULT) != 0;
      break;
    case IPP_TAG_BOOLEAN:
      if (strcmp (name, "printer-is-accepting-jobs") == 0)
        printer->takes_jobs = ippGetBoolean (attribute, 0) != 0;
      break;
    case IPP_TAG_KEYWORD:
      if (strcmp (name, "printer-state-reasons") == 0)
        printer->reason = choose_reason (attribute);
      break;
    default:
      if (strcmp (name, "printer-state-message") == 0)
        *message = conc_ipp_dup_text (attribute);
      else
        read_text (printer, name, attribute);
    }
}

/* Reads attributes up to the end of one printer; %NULL for one without a name. */
static ConcPrinter *
read_printer (ipp_t *answer, ipp_attribute_t **attribute)
{
  g_autoptr (ConcPrinter) printer = g_new0 (ConcPrinter, 1);
  g_autofree char *message = NULL;

  for (; *attribute != NULL && ippGetGroupTag (*attribute) == IPP_TAG_PRINTER;
       *attribute = ippNextAttribute (answer))
    if (ippGetName (*attribute) != NULL)
      read_attribute (printer, *attribute, &message);
  if (printer->name == NULL)
    return NULL;
  if (printer->title == NULL)
    printer->title = g_strdup (printer->name);
  if (printer->reason == NULL && printer->is_stopped)
    printer->reason = g_steal_pointer (&message);
  return g_steal_pointer (&printer);
}

static GPtrArray *
read_printers (ipp_t *answer)
{
  GPtrArray       *printers = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_printer_free);
  ipp_attribute_t *attribute = ippFirstAttribute (answer);

  while (attribute != NULL)
    if (ippGetGroupTag (attribute) == IPP_TAG_PRINTER)
      {
        ConcPrinter *printer = read_printer (answer, &attribute);

        if (printer != NULL)
          g_ptr_array_add (printers, printer);
      }
    else
      attribute = ippNextAttribute (answer);
  return printers;
}

static int
compare_printers (gconstpointer a, gconstpointer b)
{
  const ConcPrinter *first = *(const ConcPrinter *const *) a;
  const ConcPrinter *second = *(const ConcPrinter *const *) b;
  int                order = g_utf8_collate (first->title, second->title);

  return order != 0 ? order : strcmp (first->name, second->name);
}

static GPtrArray *
ask (ConcTransport *transport,
     ipp_t         *request,
     const char    *what,
     ipp_status_t  *ret_status,
     GError       **error)
{
  ipp_t     *answer;
  GPtrArray *printers;

  ippAddStrings (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                 G_N_ELEMENTS (printer_attributes), NULL, printer_attributes);
  answer = conc_transport_ask (transport, request, what, ret_status, error);
  if (answer == NULL)
    return NULL;
  printers = read_printers (answer);
  ippDelete (answer);
  return printers;
}

/**
 * conc_printers_list:
 * @transport: the connection that is asked
 *
 * Returns: (transfer full) (element-type ConcPrinter): the printers of this computer in the order
 *   of their titles, maybe none; %NULL with %CONC_SPOOL_ERROR_NO_SERVICE when the print service
 *   does not answer. Thread: that of @transport.
 */
GPtrArray *
conc_printers_list (ConcTransport *transport, GError **error)
{
  ipp_t       *request = conc_ipp_new_request (IPP_OP_CUPS_GET_PRINTERS);
  ipp_status_t status;
  g_autoptr (GError) refusal = NULL;
  GPtrArray *printers;

  printers = ask (transport, request, _ ("the printers"), &status, &refusal);
  /* So it says that there is none. */
  if (printers == NULL && status == IPP_STATUS_ERROR_NOT_FOUND)
    return g_ptr_array_new_with_free_func ((GDestroyNotify) conc_printer_free);
  if (printers == NULL)
    g_propagate_error (error, g_steal_pointer (&refusal));
  else
    g_ptr_array_sort (printers, compare_printers);
  return printers;
}

/**
 * conc_printers_get:
 * @name: what the print service calls a printer
 *
 * Returns: (transfer full): how that printer is now; %NULL with %CONC_SPOOL_ERROR_NO_PRINTER when
 *   there is none of this name. Thread: that of @transport.
 */
ConcPrinter *
conc_printers_get (ConcTransport *transport, const char *name, GError **error)
{
  ipp_t *request = conc_ipp_new_request (IPP_OP_GET_PRINTER_ATTRIBUTES);
  g_autoptr (GPtrArray) printers = NULL;

  conc_ipp_add_printer (request, name);
  printers = ask (transport, request, name, NULL, error);
  if (printers == NULL)
    return NULL;
  if (printers->len > 0)
    return g_ptr_array_steal_index (printers, 0);
  conc_ipp_set_error (IPP_STATUS_ERROR_NOT_FOUND, name, error);
  return NULL;
}

static void
list_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_autoptr (ConcTransport) transport = conc_transport_new ();
  GError    *error = NULL;
  GPtrArray *printers = conc_printers_list (transport, &error);

  if (printers != NULL)
    g_task_return_pointer (task, printers, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/** conc_printers_list_async: as conc_printers_list(), for a window: it does not wait. */
void
conc_printers_list_async (GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, conc_printers_list_async);
  g_task_set_return_on_cancel (task, TRUE);
  g_task_run_in_thread (task, list_thread);
}

/** conc_printers_list_finish: Returns: (transfer full) (nullable): as conc_printers_list(). */
GPtrArray *
conc_printers_list_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * conc_printers_peek:
 * @printers: (nullable) (element-type ConcPrinter): %NULL while they are not known
 * @place: from 0; may be beyond the end, as of a list in which nothing is chosen
 *
 * Returns: (transfer none) (nullable): the printer at @place; %NULL when there is none.
 */
const ConcPrinter *
conc_printers_peek (GPtrArray *printers, guint place)
{
  return printers != NULL && place < printers->len ? g_ptr_array_index (printers, place) : NULL;
}

/**
 * conc_printer_dup_state:
 *
 * Returns: (transfer full): in one line how the printer is, such as "Stopped: out of paper".
 */
char *
conc_printer_dup_state (const ConcPrinter *self)
{
  const char *word = !self->takes_jobs  ? _ ("Takes no jobs")
                     : self->is_stopped ? _ ("Stopped")
                     : self->is_busy    ? _ ("Printing")
                                        : _ ("Ready");

  if (self->reason == NULL)
    return g_strdup (word);
  /* Translators: the state of a printer, and why, such as "Stopped: out of paper". */
  return g_strdup_printf (_ ("%s: %s"), word, self->reason);
}

/** conc_printer_is_ready: Returns: whether what is sent to it now would be printed. */
gboolean
conc_printer_is_ready (const ConcPrinter *self)
{
  return self->takes_jobs && !self->is_stopped;
}

/** conc_printer_copy: Returns: (transfer full): a copy. */
ConcPrinter *
conc_printer_copy (const ConcPrinter *self)
{
  ConcPrinter *copy = g_memdup2 (self, sizeof *self);

  copy->name = g_strdup (self->name);
  copy->title = g_strdup (self->title);
  copy->place = g_strdup (self->place);
  copy->model = g_strdup (self->model);
  copy->reason = g_strdup (self->reason);
  return copy;
}

/** conc_printer_free: @self: (nullable): frees a printer. */
void
conc_printer_free (ConcPrinter *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->title);
  g_free (self->place);
  g_free (self->model);
  g_free (self->reason);
  g_free (self);
}
