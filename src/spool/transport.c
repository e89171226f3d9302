/* transport.c: Hands bytes to the print service as jobs, and asks what became of them. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "spool/transport.h"

#include "spool/ipp-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PIECE_BYTES 65536
#define HUNDREDTHS_A_MM 100

struct _ConcTransport
{
  http_t *http; /* NULL until it is needed and after a failure */
};

/**
 * conc_transport_new:
 *
 * Returns: (transfer full): a connection that is made when it is used first, and made again after
 *   the print service was restarted.
 */
ConcTransport *
conc_transport_new (void)
{
  return g_new0 (ConcTransport, 1);
}

static void
disconnect (ConcTransport *self)
{
  g_clear_pointer (&self->http, httpClose);
}

/** conc_transport_free: @self: (nullable): ends the connection; jobs that were sent go on. */
void
conc_transport_free (ConcTransport *self)
{
  if (self == NULL)
    return;
  disconnect (self);
  g_free (self);
}

static gboolean
reach (ConcTransport *self, GError **error)
{
  if (self->http == NULL)
    self->http = conc_ipp_connect (error);
  return self->http != NULL;
}

/**
 * conc_transport_ask:
 * @request: (transfer full): the question
 * @what: the printer that it is about, for the sentence
 * @ret_status: (out) (optional): what the print service answered
 *
 * Returns: (transfer full): the answer, for ippDelete(); %NULL when it is a refusal or there is
 *   none. Thread: that of @self.
 */
ipp_t *
conc_transport_ask (ConcTransport *self,
                    ipp_t         *request,
                    const char    *what,
                    ipp_status_t  *ret_status,
                    GError       **error)
{
  ipp_t       *answer = NULL;
  ipp_status_t status = IPP_STATUS_ERROR_SERVICE_UNAVAILABLE;

  if (reach (self, error))
    {
      answer = cupsDoRequest (self->http, g_steal_pointer (&request), "/");
      status = answer != NULL ? ippGetStatusCode (answer) : cupsLastError ();
      if (answer == NULL || status > IPP_STATUS_OK_CONFLICTING)
        {
          conc_ipp_set_error (status, what, error);
          g_clear_pointer (&answer, ippDelete);
          disconnect (self);
        }
    }
  if (request != NULL)
    ippDelete (request);
  if (ret_status != NULL)
    *ret_status = status;
  return answer;
}

/* ---------------------------------------------------------------- sending */

static void
add_word (ipp_t *request, const char *name, const char *word)
{
  ippAddString (request, IPP_TAG_JOB, IPP_TAG_KEYWORD, name, NULL, word);
}

/* A page is put on the paper as it is: neither scaled to fit nor turned, and without a banner. */
static void
add_page (ipp_t *request, const ConcJobOrder *order)
{
  pwg_media_t *media = pwgMediaForSize ((int) (order->page_width_mm * HUNDREDTHS_A_MM + 0.5),
                                        (int) (order->page_height_mm * HUNDREDTHS_A_MM + 0.5));

  if (media != NULL)
    add_word (request, "media", media->pwg);
  add_word (request, "print-scaling", "none");
  add_word (request, "sides", order->two_sided ? "two-sided-long-edge" : "one-sided");
  ippAddString (request, IPP_TAG_JOB, IPP_TAG_NAME, "job-sheets", NULL, "none");
}

static ipp_t *
create_print_request (const ConcJobOrder *order)
{
  ipp_t *request = conc_ipp_new_request (IPP_OP_PRINT_JOB);

  conc_ipp_add_printer (request, order->printer);
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", NULL, order->title);
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", NULL,
                order->language == CONC_PRINT_PDF ? CUPS_FORMAT_PDF : CUPS_FORMAT_RAW);
  if (order->language == CONC_PRINT_PDF)
    add_page (request, order);
  return request;
}

/* Whether the service may have all of it. Writing the last piece may fail although it has arrived:
 * the library looks for an answer then, and finds one, or that the service has gone since. */
static gboolean
write_bytes (http_t *http, GBytes *bytes)
{
  gsize       size;
  const char *data = g_bytes_get_data (bytes, &size);

  while (size > 0)
    {
      gsize piece = MIN (size, PIECE_BYTES);

      if (cupsWriteRequestData (http, data, piece) != HTTP_STATUS_CONTINUE)
        return piece == size;
      data += piece;
      size -= piece;
    }
  return TRUE;
}

static void
set_unsure (const char *printer, GError **error)
{
  g_set_error (error, CONC_SPOOL_ERROR, CONC_SPOOL_ERROR_UNSURE,
               _ ("The print service went silent after it was given a job for “%s”."), printer);
}

static int
read_job_id (ipp_t *answer, const char *printer, GError **error)
{
  ipp_status_t     status = ippGetStatusCode (answer);
  ipp_attribute_t *id = ippFindAttribute (answer, "job-id", IPP_TAG_INTEGER);

  if (status <= IPP_STATUS_OK_CONFLICTING && id != NULL)
    return ippGetInteger (id, 0);
  if (status <= IPP_STATUS_OK_CONFLICTING)
    set_unsure (printer, error);
  else
    conc_ipp_set_error (status, printer, error);
  return 0;
}

static gboolean
is_refusal (http_status_t status)
{
  return (status >= HTTP_STATUS_BAD_REQUEST && status < HTTP_STATUS_SERVER_ERROR) ||
         status == HTTP_STATUS_CUPS_AUTHORIZATION_CANCELED;
}

/* There was no answer. Only a service that says no, and one that never had the last piece, have no
 * job for certain. */
static void
set_silent (http_t *http, gboolean is_whole, const char *printer, GError **error)
{
  if (!is_whole || is_refusal (httpGetStatus (http)))
    conc_ipp_set_error (cupsLastError (), printer, error);
  else
    set_unsure (printer, error);
}

static int
send_request (http_t *http, ipp_t *request, const ConcJobOrder *order, GError **error)
{
  g_autofree char *resource = g_strdup_printf ("/printers/%s", order->printer);
  gsize            length = ippLength (request) + g_bytes_get_size (order->bytes);
  ipp_t           *answer;
  gboolean         is_whole;
  int              id = 0;

  if (cupsSendRequest (http, request, resource, length) != HTTP_STATUS_CONTINUE)
    {
      conc_ipp_set_error (cupsLastError (), order->printer, error);
      return 0;
    }
  is_whole = write_bytes (http, order->bytes);
  answer = cupsGetResponse (http, resource);
  if (answer != NULL)
    {
      id = read_job_id (answer, order->printer, error);
      ippDelete (answer);
    }
  else
    set_silent (http, is_whole, order->printer, error);
  return id;
}

/**
 * conc_transport_send:
 * @order: what to print, where and how
 *
 * Sends one document as one job, in one request: the print service has either all of it, or
 * nothing. A connection of its own is used, so that the library does not repeat a request on its
 * own because an old one had been closed meanwhile.
 *
 * Returns: the number of the job; 0 with an error of the spool domain. After
 *   %CONC_SPOOL_ERROR_UNSURE the job may exist, which its title can tell; after any other it does
 *   not. Thread: that of @self.
 */
int
conc_transport_send (ConcTransport *self, const ConcJobOrder *order, GError **error)
{
  ipp_t *request;
  int    id = 0;

  g_return_val_if_fail (order->printer != NULL && order->bytes != NULL, 0);

  disconnect (self);
  if (!reach (self, error))
    return 0;
  request = create_print_request (order);
  id = send_request (self->http, request, order, error);
  ippDelete (request);
  if (id == 0)
    disconnect (self);
  return id;
}

static void
order_free (gpointer data)
{
  ConcJobOrder *order = data;

  g_free ((char *) order->printer);
  g_free ((char *) order->title);
  g_bytes_unref (order->bytes);
  g_free (order);
}

static void
send_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_autoptr (ConcTransport) transport = conc_transport_new ();
  GError *error = NULL;
  int     id = conc_transport_send (transport, task_data, &error);

  if (id > 0)
    g_task_return_int (task, id);
  else
    g_task_return_error (task, error);
}

/** conc_transport_send_async: @order: copied: as conc_transport_send(); it does not wait. */
void
conc_transport_send_async (const ConcJobOrder *order,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  ConcJobOrder *copy = g_memdup2 (order, sizeof *order);

  copy->printer = g_strdup (order->printer);
  copy->title = g_strdup (order->title);
  g_bytes_ref (copy->bytes);
  g_task_set_source_tag (task, conc_transport_send_async);
  g_task_set_task_data (task, copy, order_free);
  g_task_run_in_thread (task, send_thread);
}

/** conc_transport_send_finish: Returns: the number of the job; 0 with @error. */
int
conc_transport_send_finish (GAsyncResult *result, GError **error)
{
  gssize id = g_task_propagate_int (G_TASK (result), error);

  return id > 0 ? (int) id : 0;
}

/* ---------------------------------------------------------------- asking */

static const char *const job_attributes[] = {
  "job-id",
  "job-name",
  "job-state",
  "job-state-reasons",
  "job-printer-uri",
  "job-printer-state-message",
  "time-at-processing",
};

static void
add_job_attributes (ipp_t *request)
{
  ippAddStrings (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                 G_N_ELEMENTS (job_attributes), NULL, job_attributes);
}

static ConcJobState
translate_state (ipp_jstate_t state)
{
  switch (state)
    {
    case IPP_JSTATE_PENDING:
    case IPP_JSTATE_HELD:
      return CONC_JOB_WAITING;
    case IPP_JSTATE_PROCESSING:
      return CONC_JOB_PRINTING;
    case IPP_JSTATE_STOPPED:
      return CONC_JOB_STOPPED;
    case IPP_JSTATE_CANCELED:
      return CONC_JOB_CANCELLED;
    case IPP_JSTATE_ABORTED:
      return CONC_JOB_ABORTED;
    case IPP_JSTATE_COMPLETED:
      return CONC_JOB_DONE;
    default:
      return CONC_JOB_UNKNOWN;
    }
}

static void
read_job_attribute (ConcJob *job, ipp_attribute_t *attribute)
{
  const char *name = ippGetName (attribute);

  if (strcmp (name, "job-id") == 0)
    job->id = ippGetInteger (attribute, 0);
  else if (strcmp (name, "job-state") == 0)
    job->state = translate_state ((ipp_jstate_t) ippGetInteger (attribute, 0));
  else if (strcmp (name, "time-at-processing") == 0)
    job->began = ippGetValueTag (attribute) == IPP_TAG_INTEGER;
  else if (strcmp (name, "job-name") == 0 && job->title == NULL)
    job->title = conc_ipp_dup_text (attribute);
  else if (strcmp (name, "job-printer-state-message") == 0 && job->reason == NULL)
    job->reason = conc_ipp_dup_text (attribute);
  else if (strcmp (name, "job-printer-uri") == 0 && job->printer == NULL)
    {
      const char *uri = ippGetString (attribute, 0, NULL);
      const char *slash = uri != NULL ? strrchr (uri, '/') : NULL;

      job->printer = slash != NULL ? g_uri_unescape_string (slash + 1, NULL) : NULL;
    }
}

/* Reads attributes up to the end of one job of an answer. */
static ConcJob *
read_job (ipp_t *answer, ipp_attribute_t **attribute)
{
  ConcJob *job = g_new0 (ConcJob, 1);

  for (; *attribute != NULL && ippGetGroupTag (*attribute) == IPP_TAG_JOB;
       *attribute = ippNextAttribute (answer))
    if (ippGetName (*attribute) != NULL)
      read_job_attribute (job, *attribute);
  return job;
}

static GPtrArray *
read_jobs (ipp_t *answer)
{
  GPtrArray       *jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_job_free);
  ipp_attribute_t *attribute = ippFirstAttribute (answer);

  while (attribute != NULL)
    if (ippGetGroupTag (attribute) == IPP_TAG_JOB)
      g_ptr_array_add (jobs, read_job (answer, &attribute));
    else
      attribute = ippNextAttribute (answer);
  return jobs;
}

/**
 * conc_transport_get_job:
 * @id: the number of a job
 *
 * Returns: (transfer full): what became of it, with %CONC_JOB_UNKNOWN when the print service has
 *   no such job; %NULL when the print service does not answer. Thread: that of @self.
 */
ConcJob *
conc_transport_get_job (ConcTransport *self, int id, GError **error)
{
  ipp_t       *request = conc_ipp_new_request (IPP_OP_GET_JOB_ATTRIBUTES);
  ipp_t       *answer;
  ipp_status_t status;
  g_autoptr (GError) refusal = NULL;
  g_autoptr (GPtrArray) jobs = NULL;

  conc_ipp_add_job (request, id);
  add_job_attributes (request);
  answer = conc_transport_ask (self, request, _ ("a job"), &status, &refusal);
  if (answer == NULL && status != IPP_STATUS_ERROR_NOT_FOUND)
    {
      g_propagate_error (error, g_steal_pointer (&refusal));
      return NULL;
    }
  if (answer == NULL)
    return g_new0 (ConcJob, 1);
  jobs = read_jobs (answer);
  ippDelete (answer);
  return jobs->len > 0 ? g_ptr_array_steal_index (jobs, 0) : g_new0 (ConcJob, 1);
}

/**
 * conc_transport_list_jobs:
 *
 * Returns: (transfer full) (element-type ConcJob): all jobs that the print service remembers, of
 *   all printers, ended ones too; titles only of this user's own. %NULL when it does not answer.
 *   Thread: that of @self.
 */
GPtrArray *
conc_transport_list_jobs (ConcTransport *self, GError **error)
{
  ipp_t     *request = conc_ipp_new_request (IPP_OP_GET_JOBS);
  ipp_t     *answer;
  GPtrArray *jobs;

  conc_ipp_add_printer (request, NULL);
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "which-jobs", NULL, "all");
  add_job_attributes (request);
  answer = conc_transport_ask (self, request, _ ("the jobs"), NULL, error);
  if (answer == NULL)
    return NULL;
  jobs = read_jobs (answer);
  ippDelete (answer);
  return jobs;
}

/**
 * conc_transport_cancel:
 * @id: the number of a job
 *
 * Asks the print service to cancel a job. What became of it has to be asked afterwards: it may
 * have been printed meanwhile.
 *
 * Returns: whether the print service answered; a job that has ended already is no error. Thread:
 *   that of @self.
 */
gboolean
conc_transport_cancel (ConcTransport *self, int id, GError **error)
{
  ipp_t       *request = conc_ipp_new_request (IPP_OP_CANCEL_JOB);
  ipp_t       *answer;
  ipp_status_t status;
  g_autoptr (GError) refusal = NULL;

  conc_ipp_add_job (request, id);
  answer = conc_transport_ask (self, request, _ ("a job"), &status, &refusal);
  if (answer != NULL)
    ippDelete (answer);
  else if (status != IPP_STATUS_ERROR_NOT_FOUND && status != IPP_STATUS_ERROR_NOT_POSSIBLE)
    {
      g_propagate_error (error, g_steal_pointer (&refusal));
      return FALSE;
    }
  return TRUE;
}

/** conc_job_has_ended: Returns: whether nothing will become of @job any more. */
gboolean
conc_job_has_ended (const ConcJob *job)
{
  return job->state == CONC_JOB_DONE || job->state == CONC_JOB_CANCELLED ||
         job->state == CONC_JOB_ABORTED;
}

/** conc_job_free: @job: (nullable): frees a job. */
void
conc_job_free (ConcJob *job)
{
  if (job == NULL)
    return;
  g_free (job->printer);
  g_free (job->title);
  g_free (job->reason);
  g_free (job);
}
