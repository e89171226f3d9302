/* ipp.c: Questions to the print service, and its refusals in words. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "spool/ipp-private.h"

#include <glib/gi18n-lib.h>

#define CONNECT_MSEC 3000
#define SILENCE_SECONDS (CONC_TRANSPORT_PATIENCE_MSEC / 1000.0)

/* The library would ask on the terminal, or wait for ever. */
static const char *
no_password_cb (const char *prompt,
                http_t     *http,
                const char *method,
                const char *resource,
                void       *user_data)
{
  return NULL;
}

static int
give_up_cb (http_t *http, void *user_data)
{
  return 0;
}

/**
 * conc_ipp_connect:
 *
 * Connects to the print service that CUPS_SERVER or the system's settings name.
 *
 * Returns: (transfer full): the connection, for httpClose(); %NULL with
 *   %CONC_SPOOL_ERROR_NO_SERVICE. Thread: any but that of a window; at most three seconds.
 */
http_t *
conc_ipp_connect (GError **error)
{
  http_t *http;

  cupsSetPasswordCB2 (no_password_cb, NULL);
  http = httpConnect2 (cupsServer (), ippPort (), NULL, AF_UNSPEC, cupsEncryption (), 1,
                       CONNECT_MSEC, NULL);
  if (http == NULL)
    {
      g_set_error (error, CONC_SPOOL_ERROR, CONC_SPOOL_ERROR_NO_SERVICE,
                   _ ("The print service (CUPS) at %s does not answer, so nothing can be printed. "
                      "Start it, or restart the computer."),
                   cupsServer ());
      return NULL;
    }
  httpSetTimeout (http, SILENCE_SECONDS, give_up_cb, NULL);
  return http;
}

/** conc_ipp_new_request: Returns: (transfer full): a request that is said by this user. */
ipp_t *
conc_ipp_new_request (ipp_op_t op)
{
  return ippNewRequest (op);
}

static void
add_uri (ipp_t *request, const char *name, const char *path)
{
  char uri[HTTP_MAX_URI];

  httpAssembleURI (HTTP_URI_CODING_ALL, uri, sizeof uri, "ipp", NULL, "localhost", ippPort (),
                   path);
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_URI, name, NULL, uri);
}

static void
add_user (ipp_t *request)
{
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL,
                cupsUser ());
}

/** conc_ipp_add_printer: @printer: (nullable): the printer that is meant; %NULL for all. */
void
conc_ipp_add_printer (ipp_t *request, const char *printer)
{
  g_autofree char *path = printer != NULL ? g_strdup_printf ("/printers/%s", printer) : NULL;

  add_uri (request, "printer-uri", path != NULL ? path : "/");
  add_user (request);
}

/** conc_ipp_add_job: the job that is meant. */
void
conc_ipp_add_job (ipp_t *request, int id)
{
  g_autofree char *path = g_strdup_printf ("/jobs/%d", id);

  add_uri (request, "job-uri", path);
  add_user (request);
}

/**
 * conc_ipp_set_error:
 * @status: what the print service answered
 * @what: the printer that it is about, for the sentence
 *
 * The one place that makes sentences of its refusals.
 */
void
conc_ipp_set_error (ipp_status_t status, const char *what, GError **error)
{
  /* The library leaves the success of an earlier answer where there was none. */
  if (status <= IPP_STATUS_OK_CONFLICTING)
    status = IPP_STATUS_ERROR_INTERNAL;
  switch (status)
    {
    case IPP_STATUS_ERROR_NOT_FOUND:
      g_set_error (error, CONC_SPOOL_ERROR, CONC_SPOOL_ERROR_NO_PRINTER,
                   _ ("There is no printer “%s” on this computer any more, or it was renamed."),
                   what);
      break;
    case IPP_STATUS_ERROR_NOT_ACCEPTING_JOBS:
      g_set_error (error, CONC_SPOOL_ERROR, CONC_SPOOL_ERROR_REFUSED,
                   _ ("The printer “%s” takes no jobs: it was told to reject them."), what);
      break;
    case IPP_STATUS_ERROR_FORBIDDEN:
    case IPP_STATUS_ERROR_NOT_AUTHENTICATED:
    case IPP_STATUS_ERROR_NOT_AUTHORIZED:
    case IPP_STATUS_ERROR_CUPS_AUTHENTICATION_CANCELED:
      g_set_error (error, CONC_SPOOL_ERROR, CONC_SPOOL_ERROR_REFUSED,
                   _ ("The print service does not let this user use “%s”."), what);
      break;
    case IPP_STATUS_ERROR_DOCUMENT_FORMAT_NOT_SUPPORTED:
      g_set_error (error, CONC_SPOOL_ERROR, CONC_SPOOL_ERROR_REFUSED,
                   _ ("The printer “%s” does not understand what it was sent: choose the other of "
                      "PDF and ZPL for it."),
                   what);
      break;
    case IPP_STATUS_ERROR_SERVICE_UNAVAILABLE:
    case IPP_STATUS_ERROR_INTERNAL:
      g_set_error (error, CONC_SPOOL_ERROR, CONC_SPOOL_ERROR_NO_SERVICE,
                   _ ("The print service (CUPS) went silent while it was asked about “%s”."), what);
      break;
    default:
      g_set_error (error, CONC_SPOOL_ERROR, CONC_SPOOL_ERROR_REFUSED,
                   _ ("The print service refuses: %s (%s)"), ippErrorString (status), what);
    }
}

/** conc_ipp_dup_text: Returns: (transfer full) (nullable): the text of an attribute, made valid. */
char *
conc_ipp_dup_text (ipp_attribute_t *attribute)
{
  const char *text = attribute != NULL ? ippGetString (attribute, 0, NULL) : NULL;

  return text != NULL && *text != '\0' ? g_utf8_make_valid (text, -1) : NULL;
}
